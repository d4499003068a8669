// Scoring and checking (M3, M4): moves a second, and what they keep in memory beside scenario and plan.
#include <benchmark/benchmark.h>

#include <memory>

#include "plan/check.h"
#include "planning/comparison.h"
#include "portfolio.h"
#include "scoring/score.h"

namespace termwise::bench {
namespace {

struct Case {
    Scenario scenario;
    Plan plan;  // of `wait`
};

/// Customers with three subscriptions each on average.
const Case& case_of(std::int64_t customers) {
    return kept(customers, [&] {
        Scenario scenario = drawn(benchmark_profile(), customers);
        Plan plan = plan_by(scenario, Strategy::wait).plan;
        return std::make_unique<Case>(Case{std::move(scenario), std::move(plan)});
    });
}

void report(benchmark::State& state, const Case& c, double answer) {
    const auto subscriptions = static_cast<std::int64_t>(c.scenario.subscriptions.size());
    state.SetItemsProcessed(state.iterations() * subscriptions);
    state.counters["subscriptions"] = static_cast<double>(subscriptions);
    state.counters["answer"] = answer;
}

void BM_Score(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    Money total;
    for (auto _ : state) total = score(c.scenario, c.plan, Detail::totals).total();
    report(state, c, static_cast<double>(total.minor) / 100.0);
}

void BM_Check(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    std::size_t violations = 0;
    for (auto _ : state) violations = check(c.scenario, c.plan).violations.size();
    report(state, c, static_cast<double>(violations));
}

void BM_ScoreAndCheck(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    Money total;
    for (auto _ : state) {
        total = score(c.scenario, c.plan, Detail::totals).total();
        benchmark::DoNotOptimize(check(c.scenario, c.plan));
    }
    report(state, c, static_cast<double>(total.minor) / 100.0);
    // Memory beside the columns (subscriptions and moves) that were there before.
    const double columns_mb = static_cast<double>(c.scenario.subscriptions.size()) *
                              (sizeof(Subscription) + sizeof(Move)) / (1 << 20);
    const double extra_mb = peak_memory_mb([&] {
        benchmark::DoNotOptimize(score(c.scenario, c.plan, Detail::totals));
        benchmark::DoNotOptimize(check(c.scenario, c.plan));
    });
    state.counters["memory_to_columns"] = (columns_mb + extra_mb) / columns_mb;
}

void BM_CompareStrategies(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    Money best;
    for (auto _ : state) {
        const Comparison comparison = compare_strategies(c.scenario, Detail::totals);
        best = comparison.best ? comparison.results[*comparison.best].score.total() : Money{};
    }
    report(state, c, static_cast<double>(best.minor) / 100.0);
}

// By customers.
BENCHMARK(BM_Score)->Arg(3)->Arg(300)->Arg(30'000)->Arg(350'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Check)->Arg(3)->Arg(300)->Arg(30'000)->Arg(350'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ScoreAndCheck)->Arg(3)->Arg(300)->Arg(30'000)->Arg(350'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CompareStrategies)->Arg(3)->Arg(300)->Arg(30'000)->Arg(350'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace termwise::bench
