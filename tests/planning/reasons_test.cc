// Why each move is what it is, against the scorer's own sums and against plans without limits.
#include "planning/reasons.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <optional>

#include "planning/optimal.h"
#include "scoring/score.h"
#include "support/drafts.h"
#include "support/random_scenarios.h"

namespace termwise {
namespace {

using namespace test;

std::int64_t count(const OptimalPlan& answer, ReasonKind kind) {
    return std::ranges::count(answer.reasons, kind, &Reason::kind);
}

/// Of few subscriptions; nothing is explained where there is no plan.
std::optional<OptimalPlan> planned(const Scenario& scenario) {
    PlanningOptions asked;
    asked.effort = 300;
    asked.explain = false;
    if (!plan_optimally(scenario, asked).has_plan()) return std::nullopt;
    asked.explain = true;
    OptimalPlan answer = plan_optimally(scenario, asked);
    if (answer.reasons.empty()) return std::nullopt;
    return answer;
}

Draw few() {
    Draw what;
    what.most_customers = 2;
    what.most_subscriptions = 2;
    what.most_days = 240;
    return what;
}

RC_GTEST_PROP(ReasonsProperty, AddUpFromTheFloorToWhatSubscriptionsCost, ()) {  // M6.2
    const Scenario scenario = draw_scenario(few()).build();
    const std::optional<OptimalPlan> found = planned(scenario);
    RC_CLASSIFY(found.has_value());
    if (!found) return;
    const OptimalPlan& answer = *found;
    RC_ASSERT(answer.reasons.size() == scenario.subscriptions.size());
    const Score scored = score(scenario, answer.plan, Detail::everything);
    std::int64_t more = 0, cost = 0;
    for (const Reason& reason : answer.reasons) {
        RC_ASSERT(reason.more >= 0);
        RC_ASSERT((reason.more == 0) == (reason.kind == ReasonKind::cheapest));
        more += reason.more;
    }
    for (const Components& components : scored.subscriptions) cost += components.total().minor;
    RC_ASSERT(cost == answer.floor.minor + more);
}

RC_GTEST_PROP(ReasonsProperty, NameALimitOnlyIfThePlanWouldBeCheaperWithoutLimits, ()) {
    SmallScenario drawn = draw_scenario(few());
    const std::optional<OptimalPlan> found = planned(drawn.build());
    RC_CLASSIFY(found && found->status == PlanStatus::optimal);
    if (!found || found->status != PlanStatus::optimal) return;
    const OptimalPlan& answer = *found;
    RC_ASSERT(count(answer, ReasonKind::search) == 0);
    for (TeamDraft& team : drawn.draft.teams) team.capacity.reset();
    drawn.draft.budgets.clear();
    const OptimalPlan freely = plan_optimally(drawn.build(), {});
    RC_ASSERT(freely.status == PlanStatus::optimal);  // nothing is shared, so that nothing is left to search
    RC_ASSERT(count(freely, ReasonKind::limit) == 0);
    RC_ASSERT((count(answer, ReasonKind::limit) == 0 || freely.total < answer.total));
}

TEST(Reasons, NameTheWeekThatIsFull) {
    // Two customers whose cheapest day is the same, and time for one of them in its week.
    SmallScenario s;
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    s.draft.effort.emplace().provision.minutes = 60;
    CapacityDraft capacity;
    capacity.minutes = 60;
    s.team("ops").capacity = capacity;
    const Scenario scenario = s.build();
    const OptimalPlan answer = plan_optimally(scenario, {});
    ASSERT_EQ(answer.status, PlanStatus::optimal);
    ASSERT_EQ(answer.reasons.size(), 2U);
    EXPECT_EQ(count(answer, ReasonKind::cheapest), 1);
    const auto kept = std::ranges::find(answer.reasons, ReasonKind::limit, &Reason::kind);
    ASSERT_NE(kept, answer.reasons.end());
    const std::string text = reason_text(scenario, Limits(scenario), *kept);
    EXPECT_TRUE(text.starts_with("limit:ops 2026-W")) << text;
    EXPECT_NE(text.find(" +"), std::string::npos) << text;
}

TEST(Reasons, SayThatAVisitIsShared) {
    // Each would go on a day of its own; a visit costs more than that is worth.
    SmallScenario s;
    s.add_subscription("contoso", "contoso-later", "e3-open").term_start = day("2025-04-10");
    s.draft.effort.emplace().visit.minutes = 600;
    const OptimalPlan answer = plan_optimally(s.build(), {});
    ASSERT_EQ(answer.status, PlanStatus::optimal);
    EXPECT_GE(count(answer, ReasonKind::visit), 1);
    EXPECT_EQ(count(answer, ReasonKind::limit), 0);
}

TEST(Reasons, AreInAWordForPrograms) {
    const Scenario scenario = SmallScenario().build();
    const Limits limits(scenario);
    EXPECT_EQ(reason_text(scenario, limits, {SubscriptionIndex(0), ReasonKind::cheapest, {}, 0}), "cheapest");
    EXPECT_EQ(reason_text(scenario, limits, {SubscriptionIndex(0), ReasonKind::visit, {}, 1240}),
              "visit +12.40");
    EXPECT_EQ(reason_text(scenario, limits, {SubscriptionIndex(0), ReasonKind::family, {}, 5}),
              "family +0.05");
}

}  // namespace
}  // namespace termwise
