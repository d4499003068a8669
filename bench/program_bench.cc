// The whole program, as a user starts it: what it takes to say that a small scenario is valid, and a million
// subscriptions from tables to compared strategies. Processor time and peak memory of the process.
#include <benchmark/benchmark.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "portfolio.h"

namespace termwise::bench {
namespace {

constexpr double kMostMegabytes = 2500;

/// The program that is built beside the benches, or TERMWISE_PROGRAM.
std::string program() {
    const char* given = std::getenv("TERMWISE_PROGRAM");
    return given != nullptr ? given : std::string(TERMWISE_SOURCE_DIR) + "/build/release/termwise";
}

struct Run {
    int exit_status = -1;
    double processor_seconds = 0;
    double peak_mb = 0;
};

/// Runs the program; what it prints goes to the file `output`. Its peak is no less than the memory of this
/// process, from which it begins: so it says something if these benches run alone.
Run run(std::vector<std::string> arguments, const std::string& output) {
    arguments.insert(arguments.begin(), program());
    std::vector<char*> words;
    for (std::string& argument : arguments) words.push_back(argument.data());
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        const int file = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (file >= 0 && ::dup2(file, STDOUT_FILENO) >= 0) ::execv(words[0], words.data());
        ::_exit(127);
    }
    Run result;
    int status = 0;
    rusage usage{};
    if (::wait4(child, &status, 0, &usage) != child || !WIFEXITED(status)) return result;
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    result.exit_status = WEXITSTATUS(status);
    result.processor_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    result.peak_mb = static_cast<double>(usage.ru_maxrss) / 1024.0;
    return result;
}

/// Times the program by its processor time. Skips the rest if it fails or takes too much memory.
void measure(benchmark::State& state, const std::vector<std::string>& arguments, const std::string& output) {
    double peak_mb = 0;
    for (auto _ : state) {
        const Run result = run(arguments, output);
        state.SetIterationTime(result.processor_seconds);
        peak_mb = std::max(peak_mb, result.peak_mb);
        if (result.exit_status != 0)
            state.SkipWithError("the program is not there or says that input is wrong");
        else if (result.peak_mb > kMostMegabytes)
            state.SkipWithError("more than 2.5 GB of memory");
    }
    state.counters["peak_mb"] = peak_mb;
}

void BM_ValidateQuickstart(benchmark::State& state) {
    measure(state, {"validate", TERMWISE_SOURCE_DIR "/scenarios/quickstart/scenario.json", "--quiet"},
            "/dev/null");
}

std::vector<std::string> generate(std::int64_t customers, const ScratchFolder& folder) {
    return {"generate", "--customers", std::to_string(customers), "--seed", "1", "--csv", "--quiet",
            "-o",       folder.path()};
}

/// By customers: tables from nothing.
void BM_GenerateTables(benchmark::State& state) {
    const ScratchFolder folder;
    measure(state, generate(state.range(0), folder), "/dev/null");
    double megabytes = 0;
    for (const auto& file : std::filesystem::directory_iterator(folder.path()))
        megabytes += static_cast<double>(file.file_size()) / 1e6;
    state.counters["answer_mb"] = megabytes;
}

/// By customers: from tables to three strategies planned, checked and scored. The answers are their totals.
void BM_CompareTables(benchmark::State& state) {
    const ScratchFolder folder, results;
    if (run(generate(state.range(0), folder), "/dev/null").exit_status != 0)
        return state.SkipWithError("the program is not there");
    const std::string output = results.path() + "/comparison.csv";
    measure(state, {"compare", folder.path() + "/scenario.json", "--csv", "--quiet"}, output);
    std::ifstream lines(output);
    std::string name, feasible, total, rest;
    std::getline(lines, rest);  // heads
    while (std::getline(lines, name, ',') && std::getline(lines, feasible, ',') &&
           std::getline(lines, total, ',') && std::getline(lines, rest))
        state.counters[name] = std::strtod(total.c_str(), nullptr);
}

/// By customers: from tables to the page with charts of three strategies. The answer is how large it is.
void BM_WriteReport(benchmark::State& state) {
    const ScratchFolder folder, results;
    if (run(generate(state.range(0), folder), "/dev/null").exit_status != 0)
        return state.SkipWithError("the program is not there");
    const std::string page = results.path() + "/report.html";
    measure(state, {"compare", folder.path() + "/scenario.json", "--no-optimal", "--report", page, "--quiet"},
            "/dev/null");
    std::error_code none;
    state.counters["answer_mb"] = static_cast<double>(std::filesystem::file_size(page, none)) / 1e6;
}

BENCHMARK(BM_ValidateQuickstart)->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK(BM_WriteReport)
    ->Arg(10)
    ->Arg(1'000)
    ->Arg(35'000)
    ->Unit(benchmark::kSecond)
    ->UseManualTime()
    ->Iterations(1);
BENCHMARK(BM_GenerateTables)->Arg(350'000)->Unit(benchmark::kSecond)->UseManualTime()->Iterations(1);
BENCHMARK(BM_CompareTables)->Arg(350'000)->Unit(benchmark::kSecond)->UseManualTime()->Iterations(1);

}  // namespace
}  // namespace termwise::bench
