// Planning (M6): when a proven gap is reached, on the portfolios of scenarios/profiles/benchmark.json; beside
// it COIN-OR CBC on the same portfolio.
#include <benchmark/benchmark.h>
#include <sys/mman.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <new>
#include <utility>

#include "mip_peer.h"
#include "planning/optimal.h"
#include "portfolio.h"

namespace termwise::bench {
namespace {

/// Of the avoidable part (M6.2), in percent.
constexpr std::array kGaps{1.0, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01};
constexpr std::array kGapNames{"s_to_1%",    "s_to_0.5%",  "s_to_0.2%", "s_to_0.1%",
                               "s_to_0.05%", "s_to_0.02%", "s_to_0.01%"};

struct Instance {
    std::int64_t customers = 0;
    std::int32_t load = 0;  // percent
};

/// The one made last is kept: rows of one portfolio follow each other.
const Scenario& scenario_of(const Instance& instance) {
    static std::pair<std::int64_t, std::int32_t> kept;
    static std::unique_ptr<Scenario> scenario;
    if (scenario && kept == std::pair(instance.customers, instance.load)) return *scenario;
    scenario.reset();
    Profile profile = benchmark_profile();
    profile.capacity.front().percent = instance.load;
    scenario = std::make_unique<Scenario>(drawn(profile, instance.customers));
    kept = {instance.customers, instance.load};
    return *scenario;
}

double seconds_of(clockid_t clock) {
    timespec now{};
    ::clock_gettime(clock, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// What the process that plans tells the one that reports; negative seconds: not reached.
struct Told {
    double seconds = -1, to_plan = -1;
    std::array<double, kGaps.size()> to_gap;
    double total = 0, bound = 0, floor = 0, gap_percent = 100, steps = 0;
    PlanStatus status = PlanStatus::stopped_without_plan;
};

/// Plans until nothing is left to prove, the effort of this size is used up or `limit` seconds are over.
void plan(const Scenario& scenario, int threads, double limit, Told& told) {
    // With one thread processor time: another program's load does not count.
    const clockid_t clock = threads == 1 ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC;
    const double began = seconds_of(clock);
    std::atomic<bool> stop{false};
    told.to_gap.fill(-1);
    const auto note = [&](bool has_plan, double gap) {
        const double now = seconds_of(clock) - began;
        if (now > limit) stop.store(true);
        if (!has_plan) return;
        if (told.to_plan < 0) told.to_plan = now;
        for (std::size_t i = 0; i < kGaps.size(); ++i)
            if (told.to_gap[i] < 0 && 100 * gap <= kGaps[i]) told.to_gap[i] = now;
    };
    PlanningOptions asked;
    asked.gap = 0;
    asked.threads = threads;
    asked.stop = &stop;
    asked.progress = [&](const PlanningProgress& p) { note(p.best.has_value(), p.avoidable_gap); };
    const OptimalPlan answer = plan_optimally(scenario, asked);
    note(answer.has_plan(), answer.avoidable_gap());
    told.seconds = seconds_of(clock) - began;
    told.status = answer.status;
    told.steps = static_cast<double>(answer.steps);
    told.bound = static_cast<double>(answer.bound.minor) / 100;
    told.floor = static_cast<double>(answer.floor.minor) / 100;
    if (!answer.has_plan()) return;
    told.total = static_cast<double>(answer.total.minor) / 100;
    told.gap_percent = 100 * answer.avoidable_gap();
}

double limit_of(std::int64_t customers) { return customers <= 1'000 ? 20 : customers <= 10'000 ? 45 : 90; }

/// Customers, load in percent, threads. In a process of its own, for the sake of its memory.
void BM_Plan(benchmark::State& state) {
    const Scenario& scenario = scenario_of({state.range(0), static_cast<std::int32_t>(state.range(1))});
    void* shared = ::mmap(nullptr, sizeof(Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) std::abort();
    auto* told = new (shared) Told;
    double megabytes = 0;
    for (auto _ : state) {
        megabytes = peak_memory_mb(
            [&] { plan(scenario, static_cast<int>(state.range(2)), limit_of(state.range(0)), *told); });
        state.SetIterationTime(told->seconds);
    }
    if (told->seconds < 0) return state.SkipWithError("the planner broke off");
    state.SetLabel(std::string(status_name(told->status)));
    state.counters["subscriptions"] = static_cast<double>(scenario.subscriptions.size());
    state.counters["total"] = told->total;
    state.counters["bound"] = told->bound;
    state.counters["avoidable"] = told->total - told->floor;
    state.counters["gap_%"] = told->gap_percent;
    state.counters["s_to_plan"] = told->to_plan;
    for (std::size_t i = 0; i < kGaps.size(); ++i)
        if (told->to_gap[i] >= 0) state.counters[kGapNames[i]] = told->to_gap[i];
    state.counters["steps"] = told->steps;
    state.counters["MB"] = megabytes;
    ::munmap(shared, sizeof(Told));
}

/// Customers, load in percent, seconds at most.
void BM_PlanCbc(benchmark::State& state) {
    const Scenario& scenario = scenario_of({state.range(0), static_cast<std::int32_t>(state.range(1))});
    const Limits limits(scenario);
    const Options options = list_options(scenario, limits);
    const auto program = mixed_integer_program(options);
    if (!program) return state.SkipWithError("not a portfolio that the program can say");
    const ScratchFolder folder;
    const std::string file = folder.write("portfolio.mps", program->mps);
    std::optional<CbcAnswer> answer;
    for (auto _ : state) {
        answer = run_cbc(file, static_cast<int>(state.range(2)));
        state.SetIterationTime(answer ? answer->seconds : 0);
    }
    if (!answer) return state.SkipWithError("there is no cbc: it comes with the package coinor-cbc");
    const double floor = static_cast<double>(options.floor());
    state.SetLabel(answer->proven ? "optimal to 0.01%" : "stopped");
    state.counters["total"] = (floor + answer->total) / 100;
    state.counters["bound"] = (floor + answer->bound) / 100;
    state.counters["avoidable"] = answer->total / 100;
    state.counters["gap_%"] = 100 * (answer->total - answer->bound) / answer->total;
    state.counters["rows"] = static_cast<double>(program->rows);
    state.counters["binaries"] = static_cast<double>(program->binaries);
    state.counters["MB"] = answer->memory_mb;
}

BENCHMARK(BM_Plan)
    ->ArgsProduct({{30, 100, 300, 1'000, 10'000, 100'000, 333'333}, {70, 90}, {1, 2}})
    ->ArgNames({"customers", "load", "threads"})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kSecond);
BENCHMARK(BM_PlanCbc)
    ->ArgsProduct({{30, 100}, {70, 90}, {60}})
    ->ArgNames({"customers", "load", "limit"})
    ->Iterations(1)
    ->UseManualTime()
    ->Unit(benchmark::kSecond);

}  // namespace
}  // namespace termwise::bench
