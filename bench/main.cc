// Runs the benchmarks; refuses to report from an unoptimised build.
#include <benchmark/benchmark.h>

#include <cstdio>

int main(int argc, char** argv) {
#ifndef __OPTIMIZE__
    std::fputs("termwise_bench: built without optimisation; its figures would mean nothing\n", stderr);
    return 1;
#endif
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
