// What a plan costs (M4), worked out by hand. The stage, unless a test changes it: H0 is 2026-01-05, H1
// 2026-07-01; Contoso's ten prepaid seats (2,400.00) end on 2026-04-01; the new ones cost 22.00 a month.
#include "scoring/score.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "simulation/as_planned.h"
#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::amount;
using test::Lines;
using test::PaperPlan;
using test::price;
using test::SmallScenario;

SmallScenario until_july() {
    SmallScenario s;
    s.draft.horizon->end = "2026-07-01"_day;
    return s;
}

/// "new_charges 880.00, terminal_credit 176.00": the parts that are not zero.
std::string parts(const Components& c) {
    std::string text;
    for (std::size_t i = 0; i < kComponentCount; ++i)
        if (c.amounts[i] != Money{})
            text +=
                fmt::format("{}{} {}", text.empty() ? "" : ", ", kComponentNames[i], usd_text(c.amounts[i]));
    return text.empty() ? "nothing" : text;
}

/// "2026-03 220.00" for the months with cash.
Lines months(const Score& score) {
    Lines lines;
    for (std::size_t i = 0; i < score.months.size(); ++i)
        if (score.months[i] != Money{})
            lines.push_back(fmt::format("{} {}", month_text(score.first_month + static_cast<std::int32_t>(i)),
                                        usd_text(score.months[i])));
    return lines;
}

Score score(const Scenario& scenario, const PaperPlan& plan) {
    return score(scenario, plan.plan(), Detail::everything);
}

/// The score of Contoso's one move, or stay.
template <class Decide>
Score score_of(const SmallScenario& s, Decide decide) {
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    decide(plan);
    return score(scenario, plan);
}

const auto kLapse = [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-03-25"_day); };
const auto kStay = [](PaperPlan& plan) { plan.stays("contoso-e3"); };

TEST(Score, OfTheAdvisedWay) {
    // Invited, provisioned a week before the end, the old term lapses. 220.00 on 03-25, 04-25, 05-25, 06-25.
    // Credit 220.00 x 24/30 = 176.00. Labour at 60.00: 10 + 40 + 15 minutes.
    SmallScenario s = until_july();
    s.customer("contoso").relationship = Relationship::pending;
    EffortDraft& effort = s.draft.effort.emplace();
    effort.invite.minutes = 10;
    effort.visit.minutes = 40;
    effort.provision.minutes = 15;
    const Score score = score_of(s, [](PaperPlan& plan) {
        kLapse(plan);
        plan.invites("contoso", "2026-01-06"_day);
    });
    EXPECT_EQ(parts(score.components), "new_charges 880.00, terminal_credit 176.00, labour 65.00");
    EXPECT_EQ(score.total(), "769.00"_usd);
    EXPECT_EQ(score.readings.overlap_days, 7 * 10);
    EXPECT_EQ(score.readings.gap_days, 0);
    EXPECT_EQ(score.readings.forfeited, Money{});
    EXPECT_EQ(months(score), (Lines{"2026-03 220.00", "2026-04 220.00", "2026-05 220.00", "2026-06 220.00"}));
    EXPECT_EQ(score.months.size(), 6U);  // January to June, zeros included (M8)
    // The visit and the invitation belong to the customer, not to its subscription (M8).
    EXPECT_EQ(parts(score.subscriptions.at(0)), "new_charges 880.00, terminal_credit 176.00, labour 15.00");
    EXPECT_EQ(parts(score.customers.at(0)), parts(score.components));
    EXPECT_EQ(score.migrated, 1);
    EXPECT_EQ(score.finished_on, "2026-04-01"_day);
}

TEST(Score, OfACancellationWithoutRefund) {
    // Provisioned and cancelled on 01-05: 2,400.00 x 86/365 = 565.479 is forfeited, which is told and not
    // added.
    SmallScenario s = until_july();
    s.programme("open").cancellation.fee = amount("25.00");
    s.draft.effort.emplace().cancel.minutes = 10;
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates_and_cancels("contoso-e3", "2026-01-05"_day, "2026-01-05"_day);
    });
    // 220.00 on 01-05 to 06-05; credit 220.00 x 4/30 = 29.333.
    EXPECT_EQ(parts(score.components),
              "new_charges 1320.00, fees 25.00, terminal_credit 29.33, labour 10.00");
    EXPECT_EQ(score.readings.forfeited, "565.48"_usd);
    EXPECT_EQ(score.readings.overlap_days, 0);
    EXPECT_EQ(months(score).front(), "2026-01 245.00");
}

TEST(Score, OfARefundLowersTotalAndCash) {
    SmallScenario s = until_july();
    s.programme("open").cancellation.refund = Refund::prorated;
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates_and_cancels("contoso-e3", "2026-01-05"_day, "2026-01-05"_day);
    });
    EXPECT_EQ(parts(score.components), "new_charges 1320.00, refunds 565.48, terminal_credit 29.33");
    EXPECT_EQ(score.total(), "725.19"_usd);
    EXPECT_EQ(score.readings.forfeited, Money{});
    EXPECT_EQ(months(score).front(), "2026-01 -345.48");
}

TEST(Score, ForfeitsWhatIsOwedToo) {
    // Billed by the month: 200.00 on the 1st. Cancelled on 02-16, due: forfeited 200.00 x 13/28 = 92.857 and
    // 03-01.
    SmallScenario s = until_july();
    s.offer("e3-open").prices.push_back(price("P1Y", "P1M", "20.00"));
    s.subscription("contoso-e3").sold_as = {P1Y, P1M};
    s.subscription("contoso-e3").unit_price = amount("20.00");
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates_and_cancels("contoso-e3", "2026-02-16"_day, "2026-02-16"_day);
    });
    EXPECT_EQ(score.components[Component::old_charges], "400.00"_usd);
    EXPECT_EQ(score.readings.forfeited, "292.86"_usd);
}

// ---- M4.3: labour ----

TEST(Labour, IsRoundedForEachPieceOfWorkByItself) {
    // A minute at 10.00 an hour is 0.1667: 0.17. Three of them are 0.51, not 0.50.
    SmallScenario s = until_july();
    s.team("ops").labour_rate = amount("10.00");
    EffortDraft& effort = s.draft.effort.emplace();
    effort.visit.minutes = effort.provision.minutes = effort.cancel.minutes = 1;
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates_and_cancels("contoso-e3", "2026-01-05"_day, "2026-01-06"_day);
    });
    EXPECT_EQ(score.components[Component::labour], "0.51"_usd);
    EXPECT_EQ(score.subscriptions.at(0)[Component::labour], "0.34"_usd);
}

TEST(Labour, OfAReassignmentIsRoundedDayByDay) {
    // 25 seats, 20 a day, 7 s each at 47.00: 140 s = 1.828 and 35 s = 0.457; together 175 s would
    // be 2.285: 2.28.
    SmallScenario s = until_july();
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = 25;
    s.add_team("desk").labour_rate = amount("47.00");
    s.draft.effort.emplace().reassign = {7, 20, "desk"};
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates("contoso-e3", "2026-03-16"_day).reassign_on = "2026-03-16"_day;
    });
    EXPECT_EQ(score.components[Component::labour], "2.29"_usd);
}

TEST(Labour, OfEveryTeamAtItsOwnRate) {
    SmallScenario s = until_july();
    s.add_team("desk").labour_rate = amount("90.00");
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision = {20, "desk"};
    EXPECT_EQ(score_of(s, kLapse).components[Component::labour], "70.00"_usd);  // 40.00 + 30.00
}

TEST(Labour, WithoutATeamCostsNothing) {
    SmallScenario s = until_july();
    s.draft.teams.clear();
    EXPECT_EQ(parts(score_of(s, kLapse).components), "new_charges 880.00, terminal_credit 176.00");
}

TEST(Labour, OfSuperfluousWorkIsPaidAllTheSame) {
    SmallScenario s = until_july();
    s.draft.effort.emplace().invite.minutes = 10;
    s.draft.effort->auto_renew_off.minutes = 5;
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates("contoso-e3", "2026-03-25"_day).auto_renew_off_on = "2026-02-02"_day;
        plan.invites("contoso", "2026-01-06"_day);
    });
    EXPECT_EQ(score.components[Component::labour], "15.00"_usd);
}

TEST(Labour, AVisitIsSharedByWhatIsProvisionedThatDay) {
    SmallScenario s = until_july();
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    s.draft.effort.emplace().visit.minutes = 40;
    const auto on = [&](Day second) {
        return score_of(s,
                        [&](PaperPlan& plan) {
                            kLapse(plan);
                            plan.migrates("contoso-f3", second);
                        })
            .components[Component::labour];
    };
    EXPECT_EQ(on("2026-03-25"_day), "40.00"_usd);
    EXPECT_EQ(on("2026-03-26"_day), "80.00"_usd);
}

// ---- M4.2: disruption and gaps ----

TEST(Disruption, IsPaidForEverySeatThatIsReassigned) {
    SmallScenario s = until_july();
    s.draft.disruption->reassign_per_seat = amount("4.00");
    EXPECT_EQ(score_of(s, kLapse).components[Component::disruption], Money{});
    s.draft.transitions[0].reassign = true;
    s.demand("contoso-e3", {{"2026-03-16", 12}, {"2026-03-17", 30}});
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates("contoso-e3", "2026-03-16"_day).reassign_on = "2026-03-18"_day;
    });
    EXPECT_EQ(score.components[Component::disruption], "48.00"_usd);  // the 12 as provisioned
}

/// Soft continuity, ten days of grace, a gap at 3.00 a seat and day.
SmallScenario soft() {
    SmallScenario s = until_july();
    s.draft.continuity = Continuity::soft;
    s.programme("open").grace_days = 10;
    s.draft.disruption->gap_per_seat_day = amount("3.00");
    return s;
}

TEST(Gap, BeginsAfterGrace) {
    const auto gap_days = [](const SmallScenario& s, Day provision_on) {
        return score_of(s, [&](PaperPlan& plan) { plan.migrates("contoso-e3", provision_on); })
            .readings.gap_days;
    };
    EXPECT_EQ(gap_days(soft(), "2026-04-10"_day), 0);  // ended 04-01, grace to 04-11
    EXPECT_EQ(gap_days(soft(), "2026-04-13"_day), 2 * 10);
    SmallScenario strict = soft();
    strict.draft.continuity = Continuity::strict;  // late all the same: the gap is the same (M3.6)
    EXPECT_EQ(gap_days(strict, "2026-04-13"_day), 2 * 10);
    const Score score =
        score_of(soft(), [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-04-13"_day); });
    EXPECT_EQ(score.components[Component::gap], "60.00"_usd);
    EXPECT_EQ(score.readings.overlap_days, 0);
}

TEST(Gap, OfACancellationHasNoGrace) {
    const Score score = score_of(soft(), [](PaperPlan& plan) {
        plan.migrates_and_cancels("contoso-e3", "2026-03-26"_day, "2026-03-25"_day);
    });
    EXPECT_EQ(score.components[Component::gap], "30.00"_usd);
}

TEST(Gap, IsForTheSeatsNeededOnTheDayOfTheExit) {
    SmallScenario s = soft();
    s.demand("contoso-e3", {{"2026-04-01", 7}, {"2026-04-02", 9}});
    const Score score = score_of(s, [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-04-13"_day); });
    EXPECT_EQ(score.readings.gap_days, 2 * 7);
}

TEST(Gap, IsNotCutAtH1) {
    SmallScenario s = soft();
    s.draft.provision_days = 40;
    // Usable on 07-11, ten days after H1; the gap runs from 04-11: 91 days.
    const Score score = score_of(s, [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-06-01"_day); });
    EXPECT_EQ(score.readings.gap_days, 91 * 10);
}

TEST(Gap, OfOneThatStaysRunsFromTheRefusedRenewalToH1) {
    // Ends on 04-01, grace to 04-11; 10 seats to 05-01 (20 days), 6 from then to 07-01 (61 days): 566
    // seat-days.
    SmallScenario s = soft();
    s.programme("open").renewals_until = "2026-03-31"_day;
    s.demand("contoso-e3", {{"2026-05-01", 6}});
    const Score score = score_of(s, kStay);
    EXPECT_EQ(score.readings.gap_days, 20 * 10 + 61 * 6);
    EXPECT_EQ(parts(score.components), "gap 1698.00");
    EXPECT_TRUE(score.finished_on.none());
    EXPECT_EQ(score.migrated, 0);
}

TEST(Gap, OfOneThatStaysIsNothingWhereGraceOutlastsTheHorizon) {
    SmallScenario s = soft();
    s.programme("open").renewals_until = "2026-03-31"_day;
    s.programme("open").grace_days = 91;  // to H1 exactly
    EXPECT_EQ(score_of(s, kStay).readings.gap_days, 0);
    s.programme("open").grace_days = 90;
    EXPECT_EQ(score_of(s, kStay).readings.gap_days, 10);
    s.programme("open").grace_days = 200;
    EXPECT_EQ(score_of(s, kStay).readings.gap_days, 0);
}

// ---- M4.5: readings ----

TEST(Overlap, CountsTheSeatsAsProvisioned) {
    SmallScenario s = until_july();
    s.demand("contoso-e3", {{"2026-03-16", 12}, {"2026-03-17", 30}});
    const Score score = score_of(s, [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-03-16"_day); });
    EXPECT_EQ(score.readings.overlap_days, 16 * 12);
}

TEST(Readings, AreToldBySubscription) {
    SmallScenario s = until_july();
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Score score = score_of(s, [](PaperPlan& plan) {
        plan.migrates("contoso-e3", "2026-03-25"_day);
        plan.migrates_and_cancels("contoso-f3", "2026-03-25"_day, "2026-03-27"_day);
    });
    ASSERT_EQ(score.subscription_readings.size(), 2U);
    EXPECT_EQ(score.subscription_readings[0].overlap_days, 70);
    EXPECT_EQ(score.subscription_readings[0].forfeited, Money{});
    EXPECT_EQ(score.subscription_readings[1].overlap_days, 20);
    EXPECT_EQ(score.subscription_readings[1].forfeited, "32.88"_usd);  // 2,400.00 x 5/365
    EXPECT_EQ(score.readings.overlap_days, 90);
    EXPECT_EQ(score.readings.forfeited, "32.88"_usd);
}

// ---- the whole plan ----

TEST(Score, OfOneThatStaysIsItsOldContract) {
    // Renewed on 04-01 for 2,400.00; 274 of 365 days are left on 07-01: 1,801.644.
    const Score score = score_of(until_july(), kStay);
    EXPECT_EQ(parts(score.components), "old_charges 2400.00, terminal_credit 1801.64");
    EXPECT_EQ(months(score), (Lines{"2026-04 2400.00"}));
}

TEST(Score, ChargesGrowthToOneOfTheTwoContracts) {
    // Two more seats from 03-26, the day after provisioning: the new one's alone, 44.00 x 30/31 = 42.581.
    // Four charges of 220.00, then 264.00 on 04-25, 05-25, 06-25; credit 264.00 x 24/30.
    SmallScenario s = until_july();
    s.demand("contoso-e3", {{"2026-03-26", 12}});
    EXPECT_EQ(parts(score_of(s, kLapse).components), "new_charges 1054.58, terminal_credit 211.20");
    // Provisioned a day later, on that very day, with 12: the same seats from their first day on.
    const Score later = score_of(s, [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-03-26"_day); });
    EXPECT_EQ(later.components[Component::old_charges], Money{});
    // Two days later: the old one has bought them. 2 x 240.00 x 6/365 = 7.890.
    const Score too_late =
        score_of(s, [](PaperPlan& plan) { plan.migrates("contoso-e3", "2026-03-27"_day); });
    EXPECT_EQ(too_late.components[Component::old_charges], "7.89"_usd);
}

TEST(Score, LeavesOutWhatHasNotOneMove) {
    SmallScenario s = until_july();
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Score score = score_of(s, kLapse);
    EXPECT_EQ(parts(score.components), "new_charges 880.00, terminal_credit 176.00");
    EXPECT_EQ(parts(score.subscriptions.at(1)), "nothing");
}

TEST(Score, FinishesWithTheLastHandOverOrExit) {
    SmallScenario s = soft();
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const auto finished = [&](Day provision_on) {
        return score_of(s,
                        [&](PaperPlan& plan) {
                            kLapse(plan);
                            plan.migrates("contoso-f3", provision_on);
                        })
            .finished_on;
    };
    EXPECT_EQ(finished("2026-03-25"_day), "2026-04-01"_day);
    EXPECT_EQ(finished("2026-04-10"_day), "2026-04-10"_day);
}

TEST(Score, OfTotalsAloneSaysTheSameWithoutTheParts) {
    const Scenario scenario = until_july().build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    const Score everything = score(scenario, plan.plan(), Detail::everything);
    const Score totals = score(scenario, plan.plan(), Detail::totals);
    EXPECT_EQ(totals.components, everything.components);
    EXPECT_EQ(totals.readings, everything.readings);
    EXPECT_EQ(totals.months, everything.months);
    EXPECT_TRUE(totals.subscriptions.empty());
    EXPECT_TRUE(totals.customers.empty());
}

TEST(CostOf, ASubscriptionCountsItsOwnWorkAlone) {
    SmallScenario s = until_july();
    s.draft.effort.emplace().visit.minutes = 40;
    s.draft.effort->provision.minutes = 15;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-25"_day);
    plan.migrates("contoso-f3", "2026-03-25"_day);
    CustomerOutcome outcome;
    const Plan made = plan.plan();
    as_planned(scenario, made, move_positions(scenario, made), CustomerIndex(0), outcome);
    std::vector<Money> cash(6);
    const SubscriptionCost cost = cost_of(scenario, outcome.subscriptions.at(1), outcome.work, &cash);
    EXPECT_EQ(parts(cost.components), "new_charges 880.00, terminal_credit 176.00, labour 15.00");
    EXPECT_EQ(cash, (std::vector<Money>{{}, {}, "220.00"_usd, "220.00"_usd, "220.00"_usd, "220.00"_usd}));
    EXPECT_EQ(cost.readings.overlap_days, 70);
    EXPECT_EQ(cost_of(scenario, outcome.subscriptions.at(1), outcome.work, nullptr).components,
              cost.components);
}

TEST(CostOf, ACustomerIsTheSumOfItsPartsKnownOrNot) {
    SmallScenario s;
    s.draft.effort.emplace().visit.minutes = 40;
    s.add_subscription("contoso", "contoso-f3", "e3-open");
    const Scenario scenario = s.build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-03-25"_day);
    paper.migrates("contoso-f3", "2026-03-25"_day);
    const Plan plan = paper.plan();
    const KnownCosts known = known_costs(scenario, plan);
    CustomerOutcome outcome;
    as_planned(scenario, plan, move_positions(scenario, plan), CustomerIndex(std::size_t{0}), outcome);
    for (const Day provisioned : {"2026-03-25"_day, "2026-04-10"_day}) {  // as planned, and late
        outcome.subscriptions[1].provisioned_on = outcome.subscriptions[1].handed_over_on = provisioned;
        const CustomerCost cost = cost_of(scenario, outcome), looked_up = cost_of(scenario, outcome, known);
        Scorer scorer(scenario, Detail::totals);
        scorer.add(outcome);
        EXPECT_EQ(cost.components, scorer.take().components);
        EXPECT_EQ(looked_up.components, cost.components);
        EXPECT_EQ(looked_up.readings, cost.readings);
        EXPECT_EQ(looked_up.finished_on, std::max(provisioned, "2026-04-01"_day));
        EXPECT_EQ(looked_up.migrated, 2);
    }
}

TEST(CostOf, AnOldContractThatNobodyCouldEndOverlapsToH1AndLeavesNoGap) {
    const Scenario scenario = SmallScenario().build();
    PaperPlan paper(scenario);
    paper.migrates("contoso-e3", "2026-12-28"_day);
    std::vector<WorkItem> work;
    SubscriptionOutcome outcome = as_planned(scenario, paper.plan().moves[0], work);
    outcome.old_ending = {};
    outcome.handed_over_on = "2027-02-01"_day;  // after H1
    const SubscriptionCost cost = cost_of(scenario, outcome, {}, nullptr);
    EXPECT_EQ(cost.readings.overlap_days, 8 * 10);
    EXPECT_EQ(cost.readings.gap_days, 0);
}

TEST(CostOf, ALapseThatADeclineCameTooLateToUndoIsAGapToH1) {
    SmallScenario s;
    s.programme("open").grace_days = 30;
    const Scenario scenario = s.build();
    SubscriptionOutcome outcome;  // M7.2
    outcome.subscription = SubscriptionIndex(std::size_t{0});
    outcome.old_ending = {Ending::Kind::lapse, "2026-04-01"_day};
    outcome.grace_days = 30;
    const SubscriptionCost cost = cost_of(scenario, outcome, {}, nullptr);
    EXPECT_EQ(cost.readings.gap_days, 10 * ("2027-01-05"_day - "2026-05-01"_day));
    EXPECT_EQ(cost.components[Component::old_charges], Money{});  // paid before H0
}

TEST(LabourCost, IsTheTeamsRateTimesItsTime) {
    SmallScenario s;
    s.team("ops").labour_rate = amount("47.00");
    const Scenario scenario = s.build();
    WorkItem item;
    item.seconds = 450;
    EXPECT_EQ(labour_cost(scenario, item), Money{});  // nobody's
    item.team = TeamIndex(0);
    EXPECT_EQ(labour_cost(scenario, item), "5.88"_usd);  // 47.00 x 450/3600 = 5.875, half up
}

}  // namespace
}  // namespace termwise
