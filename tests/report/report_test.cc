// What is gathered for a report.
#include "report/report.h"

#include <gtest/gtest.h>

#include "plan/check.h"
#include "plan/days.h"
#include "planning/strategies.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using test::day;

ReportedPlan plan_of(ReportedKind kind, std::int64_t total, bool feasible) {
    ReportedPlan plan;
    plan.kind = kind;
    plan.feasible = feasible;
    plan.score.components[Component::old_charges] = Money(total);
    return plan;
}

TEST(AnswerOf, IsTheCheapestThatWorksAndWhatToHoldItAgainst) {
    using enum ReportedKind;
    const ReportedAnswer none = answer_of({plan_of(strategy, 1, false)});
    EXPECT_FALSE(none.plan);
    EXPECT_FALSE(none.against);
    const ReportedAnswer answer =
        answer_of({plan_of(strategy, 1, false), plan_of(strategy, 90, true), plan_of(strategy, 80, true),
                   plan_of(file, 70, true), plan_of(optimal, 60, true)});
    EXPECT_EQ(answer.plan, 4U);
    EXPECT_EQ(answer.ranking, (std::vector<std::size_t>{4, 3, 2, 1}));
    EXPECT_EQ(answer.against, 2U);  // a strategy, though a file's plan costs less
    EXPECT_EQ(answer_of({plan_of(file, 70, true), plan_of(optimal, 60, true)}).against, 0U);
    EXPECT_EQ(answer_of({plan_of(strategy, 60, true), plan_of(optimal, 60, true)}).plan,
              0U);  // first of equals
}

Scenario scenario_of() {
    test::SmallScenario s;
    s.programme("open").renewal_notice_days = 5;
    s.subscription("contoso-e3").auto_renew = true;
    s.add_customer("zeta").relationship = Relationship::pending;
    s.add_subscription("zeta", "zeta-e3", "e3-open");
    s.draft.plan_days = 14;
    s.draft.overlap_days = 7;
    return s.build();
}

TEST(AgendaDays, AreFourWeeksOrAsManyAsHaveTwoHundredActions) {
    const Scenario scenario = scenario_of();
    const Day h0 = scenario.h0();
    std::vector<DatedAction> actions(kMostDue, {h0 + 3, ActionKind::provision, CustomerIndex(0), {}});
    EXPECT_EQ(agenda_days(scenario, {}), (Interval<Day>{h0, h0 + 28}));
    EXPECT_EQ(agenda_days(scenario, actions), (Interval<Day>{h0, h0 + 28}));
    actions.push_back({h0 + 10, ActionKind::provision, CustomerIndex(0), {}});
    EXPECT_EQ(agenda_days(scenario, actions), (Interval<Day>{h0, h0 + 10}));
    actions.assign(kMostDue + 1, {h0, ActionKind::provision, CustomerIndex(0), {}});
    EXPECT_EQ(agenda_days(scenario, actions), (Interval<Day>{h0, h0}));
}

TEST(ActionsOf, AreAllDatesOfAPlanInOrder) {
    const Scenario scenario = scenario_of();
    const Plan plan = plan_by(scenario, Strategy::wait).plan;
    const std::vector<DatedAction> actions = actions_of(scenario, plan);
    ASSERT_EQ(actions.size(), 6U);
    EXPECT_TRUE(std::ranges::is_sorted(actions, {}, &DatedAction::day));
    std::int64_t invited = 0, lapsed = 0, switched_off = 0;
    for (const DatedAction& action : actions) {
        EXPECT_TRUE(scenario.horizon.contains(action.day));
        EXPECT_EQ(action.subscription.none(), action.kind == ActionKind::invite);
        invited += action.kind == ActionKind::invite ? 1 : 0;
        lapsed += action.kind == ActionKind::lapse ? 1 : 0;
        switched_off += action.kind == ActionKind::auto_renew_off ? 1 : 0;
    }
    EXPECT_EQ(invited, 1);
    EXPECT_EQ(lapsed, 2);
    EXPECT_EQ(switched_off, 1);
    EXPECT_TRUE(actions_of(scenario, plan_by(scenario, Strategy::stay).plan).empty());
}

TEST(FinishingOf, CountsWhoIsThrough) {
    const Scenario scenario = scenario_of();
    const Plan plan = plan_by(scenario, Strategy::wait).plan;
    const std::vector<FinishedBy> finished = finishing_of(scenario, plan);
    ASSERT_EQ(finished.size(), 1U);  // both terms end on the same day
    EXPECT_EQ(finished[0].day, day("2026-04-01"));
    EXPECT_EQ(finished[0].done, 2);
    EXPECT_TRUE(finishing_of(scenario, plan_by(scenario, Strategy::stay).plan).empty());
}

TEST(TeamBuckets, AreWeeksUnlessTimeIsCountedByDay) {
    test::SmallScenario s;
    const std::vector<Day> weeks = team_buckets(s.build(), TeamIndex(0));
    EXPECT_EQ(weeks.front(), day("2026-01-05"));
    EXPECT_EQ(weeks.size(), 53U);  // to Monday 2027-01-04
    CapacityDraft& capacity = s.team("ops").capacity.emplace();
    capacity.per = CapacityPer::day;
    capacity.minutes = 60;
    EXPECT_EQ(team_buckets(s.build(), TeamIndex(0)).size(), 365U);
}

TEST(DetailsOf, AreTheSameOnAnyNumberOfThreadsAndAsExplained) {
    const Scenario scenario = scenario_of();
    const ReportedPlan wait =
        reported_plan(scenario, ReportedKind::strategy, "wait", plan_by(scenario, Strategy::wait).plan);
    const ReportedPlan now = reported_plan(scenario, ReportedKind::strategy, "cancel-now",
                                           plan_by(scenario, Strategy::cancel_now).plan);
    const auto one = details_of(scenario, wait, &now, 1), three = details_of(scenario, wait, &now, 3);
    ASSERT_EQ(one.size(), 2U);
    for (std::size_t i = 0; i < one.size(); ++i) {
        const SubscriptionIndex s = one[i].explanation.subscription;
        EXPECT_EQ(three[i].explanation.subscription, s);
        EXPECT_EQ(one[i].stake, three[i].stake);
        const Money difference =
            wait.score.subscriptions[s.at()].total() - now.score.subscriptions[s.at()].total();
        EXPECT_EQ(std::abs(difference.minor), one[i].stake.minor);
        const auto alone = explain(scenario, *wait.plan, s, {});
        ASSERT_TRUE(alone);
        EXPECT_EQ(alone->alternatives.size(), one[i].explanation.alternatives.size());
        for (std::size_t d = 0; d < alone->by_day.size(); ++d)
            EXPECT_EQ(alone->by_day[d].tried.difference, one[i].explanation.by_day[d].tried.difference);
    }
    EXPECT_GE(one[0].stake, one[1].stake);
}

}  // namespace
}  // namespace termwise
