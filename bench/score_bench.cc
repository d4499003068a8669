// Scoring and checking (M3, M4): moves a second, and what they keep in memory beside scenario and plan.
#include <benchmark/benchmark.h>

#include <map>
#include <memory>

#include "formats/scenario_reader.h"
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

const Case& case_of(std::int64_t subscriptions) {
    static std::map<std::int64_t, std::unique_ptr<Case>> cases;
    std::unique_ptr<Case>& made = cases[subscriptions];
    if (!made) {
        const ScratchFolder folder;
        const PortfolioFiles files = scenario_tables({subscriptions, 1});
        folder.write("customers.csv", files.customers);
        folder.write("subscriptions.csv", files.subscriptions);
        Diagnostics diagnostics;
        auto scenario = read_scenario(folder.write("scenario.json", files.scenario), diagnostics);
        if (!scenario) {
            std::fprintf(stderr, "%s\n", to_text(diagnostics.all().front()).c_str());
            std::abort();
        }
        Plan plan = plan_by(*scenario, Strategy::wait).plan;
        made = std::make_unique<Case>(Case{std::move(*scenario), std::move(plan)});
    }
    return *made;
}

void report(benchmark::State& state, std::int64_t moves, double answer) {
    state.SetItemsProcessed(state.iterations() * moves);
    state.counters["answer"] = answer;
}

void BM_Score(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    Money total;
    for (auto _ : state) total = score(c.scenario, c.plan, Detail::totals).total();
    report(state, state.range(0), static_cast<double>(total.minor) / 100.0);
}

void BM_Check(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    std::size_t violations = 0;
    for (auto _ : state) violations = check(c.scenario, c.plan).violations.size();
    report(state, state.range(0), static_cast<double>(violations));
}

void BM_ScoreAndCheck(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    Money total;
    for (auto _ : state) {
        total = score(c.scenario, c.plan, Detail::totals).total();
        benchmark::DoNotOptimize(check(c.scenario, c.plan));
    }
    report(state, state.range(0), static_cast<double>(total.minor) / 100.0);
    // Memory beside the columns (subscriptions and moves) that were there before.
    const double columns_mb =
        static_cast<double>(state.range(0)) * (sizeof(Subscription) + sizeof(Move)) / (1 << 20);
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
    report(state, state.range(0), static_cast<double>(best.minor) / 100.0);
}

BENCHMARK(BM_Score)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_Check)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_ScoreAndCheck)->Arg(10)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(BM_CompareStrategies)
    ->Arg(10)
    ->Arg(1'000)
    ->Arg(100'000)
    ->Arg(1'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace termwise::bench
