// Start-up: what the whole program takes to say that a small scenario is valid.
#include <benchmark/benchmark.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace termwise::bench {
namespace {

/// The program beside the one that runs now, or TERMWISE_PROGRAM.
std::string program() {
    const char* given = std::getenv("TERMWISE_PROGRAM");
    return given != nullptr ? given : std::string(TERMWISE_SOURCE_DIR) + "/build/release/termwise";
}

void BM_ValidateQuickstart(benchmark::State& state) {
    const std::string command =
        program() + " validate " TERMWISE_SOURCE_DIR "/scenarios/quickstart/scenario.json --quiet >/dev/null";
    int status = 0;
    for (auto _ : state) status = std::system(command.c_str());
    state.counters["answer"] = WEXITSTATUS(status);
    if (status != 0) state.SkipWithError("the program is not there or finds the scenario wrong");
}

BENCHMARK(BM_ValidateQuickstart)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
}  // namespace termwise::bench
