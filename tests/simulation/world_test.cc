// What happens when a plan meets the world (M7.1, M7.2), one story at a time.
#include "simulation/world.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "simulation/direct_world.h"
#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::Lines;
using test::PaperPlan;
using test::SmallScenario;

/// Every piece of work takes time, by a team without limit; contoso has to accept first, planned in 10 days.
SmallScenario busy() {
    SmallScenario s;
    s.draft.continuity = Continuity::soft;
    s.programme("open").grace_days = 30;
    s.customer("contoso").relationship = Relationship::pending;
    s.customer("contoso").plan_days = 10;
    s.all_work_takes_time();
    return s;
}

Uncertainty accepts_after(double days) {
    Uncertainty u;
    u.acceptance = distribution::Fixed{days};
    return u;
}
Uncertainty work_takes(double times) {
    Uncertainty u;
    u.work = distribution::Fixed{times};
    return u;
}
Uncertainty usable_after(double days) {
    Uncertainty u;
    u.provision_delay = distribution::Fixed{days};
    return u;
}
Uncertainty fails_half_the_time(std::int32_t retry_days) {
    Uncertainty u;
    u.provision_failure = ProvisionFailure{0.5, retry_days};
    return u;
}

/// contoso is invited on Monday 2 March and moves on Monday 16 March.
PaperPlan two_weeks_after_the_invitation(const Scenario& scenario) {
    PaperPlan plan(scenario);
    plan.invites("contoso", "2026-03-02"_day);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    return plan;
}

/// One world, told.
struct Told {
    friend bool operator==(const Told&, const Told&) = default;

    std::vector<SubscriptionOutcome> subscriptions;
    Lines work;  ///< "2026-03-25 visit 2400", by day
    std::int64_t undone = 0;
    std::vector<std::vector<BucketUse>> use;
};

template <class Engine>
Told told_by(const Scenario& scenario, const PaperPlan& paper, WorldKey key) {
    const Plan plan = paper.plan();
    const PreparedPlan prepared(scenario, plan);
    const ChanceTables chances(scenario);
    Engine world(prepared, chances);
    world.run(key);
    Told all;
    world.for_each_outcome([&](const CustomerOutcome& outcome) {
        for (const SubscriptionOutcome& s : outcome.subscriptions) all.subscriptions.push_back(s);
        for (const WorkItem& item : outcome.work)
            all.work.push_back(
                fmt::format("{} {} {}", to_text(item.day), test::told(item.kind), item.seconds));
    });
    std::ranges::sort(all.work);
    all.undone = world.undone();
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) all.use.push_back(world.use_of(TeamIndex(t)));
    return all;
}

/// Every story is the same whether it is told event by event or course by course.
Told told(const Scenario& scenario, const PaperPlan& paper, WorldKey key = {1, 0}) {
    Told all = told_by<World>(scenario, paper, key);
    EXPECT_TRUE(told_by<DirectWorld>(scenario, paper, key) == all);
    return all;
}

TEST(World, ALateAcceptancePutsProvisioningOffToTheNextWorkday) {
    SmallScenario s = busy();
    s.uncertainty("contoso", accepts_after(20));
    const Scenario scenario = s.build();
    const PaperPlan plan = two_weeks_after_the_invitation(scenario);
    const Told world = told(scenario, plan);
    // Accepted on Sunday 22 March.
    EXPECT_EQ(world.work,
              (Lines{"2026-03-02 invite 600", "2026-03-23 provision 900", "2026-03-23 visit 2400"}));
    EXPECT_EQ(world.subscriptions[0].provisioned_on, "2026-03-23"_day);
    EXPECT_EQ(world.subscriptions[0].handed_over_on, "2026-03-23"_day);
    EXPECT_EQ(world.subscriptions[0].old_ending.on, "2026-04-01"_day);
}

TEST(World, AnEarlyAcceptanceWaitsForThePlannedDay) {
    SmallScenario s = busy();
    s.uncertainty("contoso", accepts_after(0));
    const Scenario scenario = s.build();
    const PaperPlan plan = two_weeks_after_the_invitation(scenario);
    EXPECT_EQ(told(scenario, plan).subscriptions[0].provisioned_on, "2026-03-16"_day);
}

TEST(World, WhoHasNotAcceptedByTheEndHasNotMoved) {
    SmallScenario s = busy();
    s.uncertainty("contoso", accepts_after(400));
    const Scenario scenario = s.build();
    const PaperPlan plan = two_weeks_after_the_invitation(scenario);
    const Told world = told(scenario, plan);
    EXPECT_FALSE(world.subscriptions[0].migrated);
    EXPECT_TRUE(world.subscriptions[0].not_moved);
    EXPECT_EQ(world.subscriptions[0].old_ending.kind, Ending::Kind::lapse);  // on its date all the same
    EXPECT_EQ(world.undone, 1);
    EXPECT_EQ(world.work, Lines{"2026-03-02 invite 600"});
}

TEST(World, WhoDeclinesStays) {  // M7.2
    SmallScenario s = busy();
    Uncertainty declines = accepts_after(10);
    declines.decline = 1;
    s.uncertainty("contoso", declines);
    const Scenario scenario = s.build();
    const PaperPlan plan = two_weeks_after_the_invitation(scenario);
    const Told known_in_time = told(scenario, plan);
    EXPECT_FALSE(known_in_time.subscriptions[0].migrated);
    EXPECT_EQ(known_in_time.subscriptions[0].old_ending.kind, Ending::Kind::none);
    PaperPlan late(scenario);
    late.invites("contoso", "2026-03-25"_day);
    late.migrates("contoso-e3", "2026-04-06"_day);
    const Told known_too_late = told(scenario, late);
    EXPECT_FALSE(known_too_late.subscriptions[0].migrated);
    EXPECT_EQ(known_too_late.subscriptions[0].old_ending.kind, Ending::Kind::lapse);
    EXPECT_EQ(known_too_late.subscriptions[0].grace_days, 30);
}

TEST(World, WorkTakesItsMultipleAndWhatIsLeftIsDoneNextTime) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 60;
    s.team("ops").capacity = capacity;
    s.uncertainty("contoso", work_takes(2));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-20"_day);  // a Friday
    const Told world = told(scenario, plan);
    // 80 minutes of visit, then 30 of provisioning: Friday 60, Monday 20 and 30.
    EXPECT_EQ(world.work, (Lines{"2026-03-23 provision 1800", "2026-03-23 visit 4800"}));
    EXPECT_EQ(world.subscriptions[0].provisioned_on, "2026-03-23"_day);
    const std::vector<BucketUse>& use = world.use[0];
    const auto at = [&](Day day) { return use[static_cast<std::size_t>(day - scenario.h0())]; };
    EXPECT_EQ(at("2026-03-20"_day).worked_seconds, 3600);
    EXPECT_EQ(at("2026-03-20"_day).waiting, 2);
    EXPECT_EQ(at("2026-03-21"_day).waiting, 2);
    EXPECT_EQ(at("2026-03-23"_day).worked_seconds, 50 * 60);
    EXPECT_EQ(at("2026-03-23"_day).waiting, 0);
}

TEST(World, TeamsTakeWorkByPlannedDayThenCustomerThenSubscription) {
    SmallScenario s = busy();
    s.draft.effort->visit.minutes = 0;
    s.customer("contoso").relationship = Relationship::active;
    s.add_subscription("contoso", "contoso-a1", "e3-open");
    s.add_customer("adatum");
    s.add_subscription("adatum", "adatum-e3", "e3-open");
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 15;
    s.team("ops").capacity = capacity;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    plan.migrates("contoso-a1", "2026-03-16"_day);
    plan.migrates("adatum-e3", "2026-03-16"_day);
    EXPECT_EQ(told(scenario, plan).work,
              (Lines{"2026-03-16 provision 900", "2026-03-17 provision 900", "2026-03-18 provision 900"}));
    const auto days = [&](const PaperPlan& p) {
        std::map<std::string, Day> by_id;
        for (const SubscriptionOutcome& o : told(scenario, p).subscriptions)
            by_id[std::string(scenario.id(o.subscription))] = o.provisioned_on;
        return by_id;
    };
    EXPECT_EQ(days(plan), (std::map<std::string, Day>{{"adatum-e3", "2026-03-16"_day},
                                                      {"contoso-a1", "2026-03-17"_day},
                                                      {"contoso-e3", "2026-03-18"_day}}));
    PaperPlan earlier(scenario);
    earlier.migrates("contoso-e3", "2026-03-13"_day);
    earlier.migrates("contoso-a1", "2026-03-13"_day);
    earlier.migrates("adatum-e3", "2026-03-16"_day);
    EXPECT_EQ(days(earlier).at("contoso-e3"), "2026-03-16"_day);  // it was planned for Friday
    EXPECT_EQ(days(earlier).at("adatum-e3"), "2026-03-17"_day);
}

TEST(World, WorkCarriedOverMakesNoSecondVisitAndWaitsOutABlackout) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    s.blackouts("contoso", {{"2026-03-17", "2026-03-19"}});
    s.add_customer("fabrikam");
    s.add_subscription("fabrikam", "fabrikam-e3", "e3-open");
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 60;
    s.team("ops").capacity = capacity;
    s.draft.effort->provision.minutes = 30;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    plan.migrates("fabrikam-e3", "2026-03-17"_day);
    // contoso: 40 minutes of visit and 20 of 30 on Monday; fabrikam has Tuesday and a bit of Wednesday;
    // contoso's ten minutes left wait for Thursday.
    EXPECT_EQ(told(scenario, plan).work, (Lines{"2026-03-16 visit 2400", "2026-03-17 visit 2400",
                                                "2026-03-18 provision 1800", "2026-03-19 provision 1800"}));
}

TEST(World, SeatsAreReassignedOnTheDaysThatFollow) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = 25;
    s.uncertainty("contoso", usable_after(4));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day).reassign_on = "2026-03-16"_day;
    const Told world = told(scenario, plan);
    EXPECT_EQ(world.work, (Lines{"2026-03-16 provision 900", "2026-03-16 visit 2400",
                                 "2026-03-20 reassign 600", "2026-03-23 reassign 150"}));
    EXPECT_EQ(world.subscriptions[0].seats_reassigned, 25);
    EXPECT_EQ(world.subscriptions[0].handed_over_on, "2026-03-24"_day);
}

TEST(World, WhatIsBeingReassignedAtTheEndIsDoneBeyondIt) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = 50;
    const Scenario scenario = s.build();  // to Tuesday 2027-01-05
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2027-01-04"_day).reassign_on = "2027-01-04"_day;
    const Told world = told(scenario, plan);
    EXPECT_EQ(world.subscriptions[0].handed_over_on, "2027-01-07"_day);
    EXPECT_EQ(world.subscriptions[0].seats_reassigned, 50);
    EXPECT_EQ(world.work,
              (Lines{"2027-01-04 provision 900", "2027-01-04 reassign 600", "2027-01-04 visit 2400",
                     "2027-01-05 reassign 600", "2027-01-06 reassign 300"}));
}

TEST(World, AFailureIsRetriedWithAVisitOfItsOwn) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    s.uncertainty("contoso", fails_half_the_time(2));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-20"_day);  // a Friday: again on Monday, Wednesday, Friday
    std::map<Day, int> provisioned;
    for (std::uint32_t r = 0; r < 400; ++r) {
        const Told world = told(scenario, plan, {5, r});
        ++provisioned[world.subscriptions[0].provisioned_on];
        const Day day = world.subscriptions[0].provisioned_on;
        const std::size_t attempts = day == "2026-03-20"_day ? 1 : day == "2026-03-23"_day ? 2 : 3;
        if (attempts < 3) {
            EXPECT_EQ(world.work.size(), 2 * attempts);
        }
    }
    EXPECT_NEAR(provisioned["2026-03-20"_day], 200, 50);
    EXPECT_NEAR(provisioned["2026-03-23"_day], 100, 45);
    EXPECT_NEAR(provisioned["2026-03-25"_day], 50, 35);
    EXPECT_NEAR(provisioned["2026-03-27"_day], 25, 25);
}

TEST(World, AnAddOnWaitsForItsBase) {
    SmallScenario s = busy();
    s.draft.effort->visit.minutes = 0;
    s.customer("contoso").relationship = Relationship::active;
    s.add_subscription("contoso", "contoso-a1", "e3-open");
    s.parent("contoso-a1", "contoso-e3");
    CapacityDraft capacity;
    capacity.per = CapacityPer::day;
    capacity.minutes = 15;
    s.team("ops").capacity = capacity;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.migrates("contoso-e3", "2026-03-16"_day);
    plan.migrates("contoso-a1", "2026-03-16"_day);
    const Told world = told(scenario, plan);
    EXPECT_EQ(world.subscriptions[0].provisioned_on, "2026-03-17"_day);  // contoso-a1, though first by its id
    EXPECT_EQ(world.subscriptions[1].provisioned_on, "2026-03-16"_day);
}

TEST(World, ACancellationWaitsForTheHandOver) {
    SmallScenario s = busy();
    s.uncertainty("contoso", accepts_after(20));
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    plan.invites("contoso", "2026-02-02"_day);
    plan.migrates_and_cancels("contoso-e3", "2026-02-12"_day, "2026-02-16"_day);
    const Told world = told(scenario, plan);
    EXPECT_EQ(world.subscriptions[0].handed_over_on, "2026-02-23"_day);
    EXPECT_EQ(world.subscriptions[0].old_ending.kind, Ending::Kind::cancel);
    EXPECT_EQ(world.subscriptions[0].old_ending.on, "2026-02-23"_day);
    EXPECT_EQ(world.subscriptions[0].grace_days, 0);
    // Overtaken by the end of its term.
    PaperPlan late(scenario);
    late.invites("contoso", "2026-03-16"_day);
    late.migrates_and_cancels("contoso-e3", "2026-03-26"_day, "2026-03-27"_day);
    EXPECT_EQ(told(scenario, late).subscriptions[0].old_ending.kind, Ending::Kind::lapse);
    EXPECT_EQ(told(scenario, late).subscriptions[0].grace_days, 30);
}

TEST(World, ASwitchOffThatComesTooLateLetsTheContractRenew) {
    SmallScenario s = busy();
    s.customer("contoso").relationship = Relationship::active;
    s.subscription("contoso-e3").auto_renew = true;
    s.programme("open").renewal_notice_days = 2;
    CapacityDraft capacity;
    capacity.minutes = 240;
    capacity.exceptions = {{"2026-03-25"_day, 0}};  // a week in which nobody works
    s.team("ops").capacity = capacity;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", "2026-03-16"_day);
    move.auto_renew_off_on = "2026-03-20"_day;
    EXPECT_EQ(told(scenario, plan).subscriptions[0].old_ending.on, "2026-04-01"_day);
    move.auto_renew_off_on = "2026-03-25"_day;  // on Monday 30 March, which is in time
    EXPECT_EQ(told(scenario, plan).subscriptions[0].unwanted_renewals, 0);
    s.programme("open").renewal_notice_days = 3;
    const Scenario longer = s.build();
    PaperPlan again(longer);
    again.migrates("contoso-e3", "2026-03-16"_day).auto_renew_off_on = "2026-03-25"_day;
    const Told world = told(longer, again);
    EXPECT_EQ(world.subscriptions[0].unwanted_renewals, 1);
    EXPECT_EQ(world.subscriptions[0].old_ending.kind, Ending::Kind::none);  // to 2027-04-01, past the horizon
    EXPECT_TRUE(world.subscriptions[0].migrated);
}

}  // namespace
}  // namespace termwise
