// Simulation (M7): worlds and events a second, beside a textbook engine; replications scored, by threads.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "experiment/replications.h"
#include "planning/strategies.h"
#include "portfolio.h"
#include "simulation/direct_world.h"
#include "simulation/world.h"
#include "textbook_world.h"

namespace termwise::bench {
namespace {

/// How much of the hours that the plan reckoned with the team has when the plan meets the world, in percent.
enum Hours : std::int64_t { kAmple = 200, kAsPlanned = 100, kTight = 75, kJammed = 15 };

struct Case {
    Scenario scenario;
    std::vector<Plan> plans;  // of `wait`
    std::unique_ptr<Experiment> experiment;
};

/// Customers with three subscriptions each on average.
const Case& case_of(std::int64_t customers, std::int64_t hours = kAsPlanned) {
    return kept(std::pair(customers, hours), [&] {
        Profile profile = benchmark_profile();
        profile.active_percent = 33;  // the others have to accept first
        Scenario scenario = drawn(profile, customers);
        Uncertainty& u = scenario.uncertainty.emplace();
        u.acceptance = distribution::LognormalQuantiles{7, 21};
        u.decline = 0.01;
        u.work = distribution::LognormalMoments{1, 0.3};
        u.provision_delay = distribution::Empirical{{0, 0, 0, 1, 3}};
        u.provision_failure = ProvisionFailure{0.02, 2};
        auto made = std::make_unique<Case>(Case{std::move(scenario), {}, nullptr});
        made->plans.push_back(plan_by(made->scenario, Strategy::wait).plan);
        for (Team& team : made->scenario.teams)
            if (team.capacity)
                team.capacity->minutes =
                    static_cast<std::int32_t>(std::int64_t{team.capacity->minutes} * hours / 100);
        made->experiment = std::make_unique<Experiment>(made->scenario, made->plans);
        return made;
    });
}

template <class Engine>
WorldTotals totals_of(Engine& world, const Scenario& scenario) {
    WorldTotals totals;
    world.for_each_outcome([&](const CustomerOutcome& outcome) {
        for (const SubscriptionOutcome& o : outcome.subscriptions) {
            if (!o.migrated) continue;
            ++totals.provisioned;
            totals.provisioned_days += o.provisioned_on - scenario.h0();
            // What is done beyond H1 is no event of either engine.
            totals.handed_over_days += o.handed_over_on - scenario.h0();
        }
    });
    for (std::size_t t = 0; t < scenario.teams.size(); ++t)
        for (const BucketUse& use : world.use_of(TeamIndex(t))) totals.worked_seconds += use.worked_seconds;
    totals.events = world.events();
    return totals;
}

void report(benchmark::State& state, const WorldTotals& totals) {
    state.counters["events/s"] =
        benchmark::Counter(static_cast<double>(totals.events), benchmark::Counter::kIsIterationInvariantRate);
    state.counters["worlds/s"] = benchmark::Counter(1, benchmark::Counter::kIsIterationInvariantRate);
    state.counters["provisioned_days"] = static_cast<double>(totals.provisioned_days);
    state.counters["worked_seconds"] = static_cast<double>(totals.worked_seconds);
}

/// The engines in one world must agree, or nobody's time means anything.
template <class Engine>
void check_same(const Case& c, const WorldTotals& textbook, std::uint32_t replication) {
    Engine world(c.experiment->prepared(0), c.experiment->chances());
    world.run({1, replication});
    const WorldTotals totals = totals_of(world, c.scenario);
    if (totals.provisioned == textbook.provisioned && totals.provisioned_days == textbook.provisioned_days &&
        totals.worked_seconds == textbook.worked_seconds && totals.events == textbook.events)
        return;
    std::fprintf(stderr, "the textbook engine and ours disagree\n");
    std::abort();
}

/// Pieces of work that wait at the ends of the team's weeks, all together.
template <class Engine>
std::int64_t waiting(const Engine& world, const Scenario& scenario) {
    std::int64_t sum = 0;
    for (std::size_t t = 0; t < scenario.teams.size(); ++t)
        for (const BucketUse& use : world.use_of(TeamIndex(t))) sum += use.waiting;
    return sum;
}

/// Customers, hours.
template <class Engine>
void BM_Engine(benchmark::State& state) {
    const Case& c = case_of(state.range(0), state.range(1));
    Engine world(c.experiment->prepared(0), c.experiment->chances());
    for (auto _ : state) world.run({1, 0});
    report(state, totals_of(world, c.scenario));
    state.counters["waiting"] = static_cast<double>(waiting(world, c.scenario));
    if constexpr (requires { world.repairs(); }) {
        state.counters["repairs"] = static_cast<double>(world.repairs());
        state.counters["by_events"] = world.by_events() ? 1 : 0;
    }
    state.counters["MB"] = peak_memory_mb([&] {
        Engine fresh(c.experiment->prepared(0), c.experiment->chances());
        fresh.run({1, 0});
    });
}

void BM_TextbookWorld(benchmark::State& state) {
    const Case& c = case_of(state.range(0), state.range(1));
    TextbookWorld world(c.experiment->prepared(0), c.experiment->chances());
    WorldTotals totals;
    for (auto _ : state) totals = world.run({1, 0});
    report(state, totals);
    check_same<World>(c, totals, 0);
    check_same<DirectWorld>(c, totals, 0);
    const WorldTotals other = world.run({1, 1});
    check_same<World>(c, other, 1);
    check_same<DirectWorld>(c, other, 1);
    state.counters["MB"] = peak_memory_mb([&] {
        TextbookWorld fresh(c.experiment->prepared(0), c.experiment->chances());
        benchmark::DoNotOptimize(fresh.run({1, 0}));
    });
}

/// A hundred replications, scored, or ten of many customers: customers, threads.
void BM_Replications(benchmark::State& state) {
    const Case& c = case_of(state.range(0));
    const std::uint32_t replications = state.range(0) > 10'000 ? 10 : 100;
    Replications worlds;
    for (auto _ : state)
        worlds = c.experiment->run(1, {0, replications}, static_cast<unsigned>(state.range(1)), {});
    state.SetItemsProcessed(state.iterations() * replications);
    state.counters["answer"] =
        static_cast<double>(worlds.plans[0].rows.back().components.total().minor) / 100.0;
}

void sizes_and_hours(benchmark::internal::Benchmark* bench) {
    for (const std::int64_t customers : {100, 1'000, 10'000, 100'000}) bench->Args({customers, kAsPlanned});
    for (const std::int64_t customers : {10'000, 100'000})
        for (const Hours hours : {kAmple, kTight, kJammed}) bench->Args({customers, hours});
    bench->Unit(benchmark::kMillisecond);
}

BENCHMARK(BM_Engine<World>)->Name("BM_World")->Apply(sizes_and_hours);
BENCHMARK(BM_Engine<DirectWorld>)->Name("BM_DirectWorld")->Apply(sizes_and_hours);
BENCHMARK(BM_TextbookWorld)->Apply(sizes_and_hours);
BENCHMARK(BM_Replications)
    ->ArgsProduct({{100, 10'000, 100'000}, {1, 2}})
    ->UseRealTime()
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace termwise::bench
