// M7: a world in which all goes as planned costs what is planned, to the cent: on the worked examples beside
// this file, and on the plans of the strategies for every example scenario.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "formats/plan_reader.h"
#include "formats/scenario_reader.h"
#include "plan/check.h"
#include "planning/strategies.h"
#include "scoring/score.h"
#include "simulation/world.h"

namespace termwise {
namespace {

namespace fs = std::filesystem;

/// Rules whose violation makes a plan that the world cannot carry out as it stands: work waits for time that
/// is not there, for a workday, for an acceptance or a base; an end is not where the contract has one.
bool carried_out_as_it_stands(const CheckResult& judgement) {
    return std::ranges::none_of(judgement.violations, [](const Violation& v) {
        switch (v.rule) {
            case Rule::acceptance:
            case Rule::auto_renew:
            case Rule::blackout:
            case Rule::capacity:
            case Rule::exit_date:
            case Rule::horizon:
            case Rule::invite:
            case Rule::not_cancellable:
            case Rule::parent:
            case Rule::reassign:
            case Rule::workday:
                return true;
            default:
                return false;
        }
    });
}

Scenario without_uncertainty(Scenario scenario) {
    scenario.uncertainty.reset();
    scenario.customer_uncertainties.clear();
    for (Customer& customer : scenario.customers) customer.uncertainty = -1;
    return scenario;
}

/// Every distribution is there, and each has one value: the planned one.
Scenario with_certainty(Scenario scenario) {
    scenario = without_uncertainty(std::move(scenario));
    for (Customer& customer : scenario.customers) {
        customer.uncertainty = static_cast<std::int32_t>(scenario.customer_uncertainties.size());
        Uncertainty u;
        u.acceptance = distribution::Fixed{static_cast<double>(customer.plan_days)};
        u.decline = 0;
        u.work = distribution::Triangular{1, 1, 1};
        u.provision_delay = distribution::Uniform{0, 0};
        u.provision_failure = ProvisionFailure{0, 2};
        scenario.customer_uncertainties.push_back(u);
    }
    return scenario;
}

void expect_as_planned(const Scenario& scenario, const Plan& plan) {
    const Score planned = score(scenario, plan, Detail::everything);
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    World world(prepared, chances);
    for (std::uint32_t replication = 0; replication < 2; ++replication) {
        world.run({7, replication});
        EXPECT_EQ(world.undone(), 0);
        Scorer scorer(scenario, Detail::everything);
        world.for_each_outcome([&](const CustomerOutcome& outcome) { scorer.add(outcome); });
        const Score simulated = scorer.take();
        for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
            EXPECT_EQ(simulated.subscriptions[i], planned.subscriptions[i])
                << scenario.id(SubscriptionIndex(i));
        EXPECT_EQ(simulated.customers, planned.customers);
        EXPECT_EQ(simulated.components, planned.components);
        EXPECT_EQ(simulated.readings, planned.readings);
        EXPECT_EQ(simulated.months, planned.months);
        EXPECT_EQ(simulated.finished_on, planned.finished_on);
        EXPECT_EQ(simulated.migrated, planned.migrated);
    }
}

void expect_as_planned_whatever_is_certain(const Scenario& scenario, const Plan& plan) {
    expect_as_planned(without_uncertainty(scenario), plan);
    expect_as_planned(with_certainty(scenario), plan);
}

std::vector<fs::path> scenario_files(const char* folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(TERMWISE_SOURCE_DIR) / folder)) {
        if (entry.path().extension() != ".json") continue;
        Diagnostics diagnostics;
        if (read_scenario(entry.path().string(), diagnostics)) files.push_back(entry.path());
    }
    std::ranges::sort(files);
    return files;
}

TEST(PlannedWorlds, CostWhatIsPlannedInTheWorkedExamples) {
    int carried_out = 0;
    for (const fs::path& file : scenario_files("tests/conformance")) {
        SCOPED_TRACE(file.string());
        Diagnostics diagnostics;
        const auto scenario = read_scenario(file.string(), diagnostics);
        const auto plan = read_plan((file.parent_path() / "plan.json").string(), *scenario, diagnostics);
        ASSERT_TRUE(plan);
        if (!carried_out_as_it_stands(check(*scenario, *plan))) continue;
        ++carried_out;
        expect_as_planned_whatever_is_certain(*scenario, *plan);
    }
    EXPECT_EQ(carried_out, 15);  // all but the one about capacity, blackouts and budgets
}

TEST(PlannedWorlds, CostWhatIsPlannedByTheStrategiesInEveryExampleScenario) {
    int carried_out = 0;
    for (const fs::path& file : scenario_files("scenarios")) {
        SCOPED_TRACE(file.string());
        Diagnostics diagnostics;
        const auto scenario = read_scenario(file.string(), diagnostics);
        for (const Strategy strategy : {Strategy::stay, Strategy::wait, Strategy::cancel_now}) {
            SCOPED_TRACE(strategy_name(strategy));
            const Plan plan = plan_by(*scenario, strategy).plan;
            if (!carried_out_as_it_stands(check(*scenario, plan))) continue;
            ++carried_out;
            expect_as_planned_whatever_is_certain(*scenario, plan);
        }
    }
    EXPECT_GE(carried_out, 21);
}

}  // namespace
}  // namespace termwise
