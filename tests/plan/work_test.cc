// The work that a plan implies (M4.4), and the buckets of a team's time (M1.8, M3.10).
#include "plan/work.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "support/drafts.h"
#include "support/literals.h"
#include "support/plans.h"

namespace termwise {
namespace {

using test::Lines;
using test::PaperPlan;
using test::price;
using test::SmallScenario;

constexpr TeamIndex kOps{0};
constexpr TeamIndex kDesk{1};

/// `ops` (the first team) does what names no team; `desk` reassigns.
SmallScenario busy() {
    SmallScenario s;
    s.add_team("desk");
    s.all_work_takes_time().reassign.team = "desk";
    return s;
}

std::string told(const Scenario& scenario, const WorkItem& item) {
    return fmt::format("{} {} {} s by {}{}", to_text(item.day), test::told(item.kind), item.seconds,
                       scenario.at(item.team).id, item.subscription.none() ? " for the customer" : "");
}

Lines work_of(const Scenario& scenario, const Move& move) {
    Lines lines;
    const MoveDays days =
        move.action == Action::migrate ? days_of(scenario, scenario.at(move.subscription), move) : MoveDays{};
    for_each_work_item(scenario, move, days,
                       [&](const WorkItem& item) { lines.push_back(told(scenario, item)); });
    return lines;
}

TEST(Work, OfALapse) {
    const Scenario scenario = busy().build();
    PaperPlan plan(scenario);
    EXPECT_EQ(work_of(scenario, plan.migrates("contoso-e3", "2026-03-25"_day)),
              (Lines{"2026-03-25 provision 900 s by ops"}));
}

TEST(Work, OfACancellationFallsOnItsDay) {
    const Scenario scenario = busy().build();
    PaperPlan plan(scenario);
    EXPECT_EQ(work_of(scenario, plan.migrates_and_cancels("contoso-e3", "2026-03-25"_day, "2026-03-27"_day)),
              (Lines{"2026-03-25 provision 900 s by ops", "2026-03-27 cancel 720 s by ops"}));
}

TEST(Work, OfSwitchingAutoRenewOffFallsOnItsDayAlsoWhereItIsSuperfluous) {
    const Scenario scenario = busy().build();
    PaperPlan plan(scenario);
    Move& stay = plan.stays("contoso-e3");
    EXPECT_EQ(work_of(scenario, stay), Lines{});
    stay.auto_renew_off_on = "2026-03-02"_day;
    EXPECT_EQ(work_of(scenario, stay), (Lines{"2026-03-02 auto_renew_off 300 s by ops"}));
    Move& move = plan.migrates("contoso-e3", "2026-03-25"_day);
    move.auto_renew_off_on = "2026-03-30"_day;
    EXPECT_EQ(work_of(scenario, move),
              (Lines{"2026-03-30 auto_renew_off 300 s by ops", "2026-03-25 provision 900 s by ops"}));
}

TEST(Work, OfReassigningIsTheDaysSeatsTimesTheirSeconds) {
    SmallScenario s = busy();
    s.draft.transitions[0].reassign = true;
    s.subscription("contoso-e3").seats = 25;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates("contoso-e3", "2026-03-19"_day);
    move.reassign_on = "2026-03-20"_day;
    EXPECT_EQ(work_of(scenario, move),
              (Lines{"2026-03-19 provision 900 s by ops", "2026-03-20 reassign 600 s by desk",
                     "2026-03-23 reassign 150 s by desk"}));
}

TEST(Work, ThatTakesNoTimeIsNotListed) {
    SmallScenario s;
    s.draft.transitions[0].reassign = true;
    const Scenario scenario = s.build();
    PaperPlan plan(scenario);
    Move& move = plan.migrates_and_cancels("contoso-e3", "2026-03-19"_day, "2026-03-23"_day);
    move.reassign_on = "2026-03-20"_day;
    move.auto_renew_off_on = "2026-03-20"_day;
    EXPECT_EQ(work_of(scenario, move), Lines{});
    EXPECT_FALSE(invite_work(scenario, CustomerIndex(0), "2026-03-19"_day));
    EXPECT_FALSE(visit_work(scenario, CustomerIndex(0), "2026-03-19"_day));
}

TEST(Work, OfInvitationsAndVisitsBelongsToTheCustomer) {
    const Scenario scenario = busy().build();
    EXPECT_EQ(told(scenario, invite_work(scenario, CustomerIndex(0), "2026-01-06"_day).value()),
              "2026-01-06 invite 600 s by ops for the customer");
    EXPECT_EQ(told(scenario, visit_work(scenario, CustomerIndex(0), "2026-03-25"_day).value()),
              "2026-03-25 visit 2400 s by ops for the customer");
}

// ---- buckets ----

SmallScenario with_capacity(CapacityPer per, std::int32_t minutes,
                            std::vector<CapacityExceptionDraft> exceptions = {}) {
    SmallScenario s = busy();
    s.team("ops").capacity = CapacityDraft{per, minutes, std::move(exceptions)};
    return s;
}

TEST(TeamLoad, AWeekRunsFromMondayToSunday) {
    const Scenario scenario = with_capacity(CapacityPer::week, 60).build();
    const TeamLoad load(scenario);
    const std::int32_t week = load.bucket_of(kOps, "2026-03-16"_day);
    EXPECT_EQ(load.bucket_of(kOps, "2026-03-22"_day), week);
    EXPECT_EQ(load.bucket_of(kOps, "2026-03-15"_day), week - 1);
    EXPECT_EQ(load.bucket_of(kOps, "2026-03-23"_day), week + 1);
    EXPECT_EQ(load.bucket_name(kOps, week), "ops 2026-W12");
    EXPECT_EQ(load.bucket_text(kOps, week), "2026-W12");
}

TEST(TeamLoad, TheWeekOfTheTurnOfTheYearIsOneBucket) {
    const Scenario scenario = with_capacity(CapacityPer::week, 60).build();
    const TeamLoad load(scenario);
    const std::int32_t week = load.bucket_of(kOps, "2026-12-28"_day);
    EXPECT_EQ(load.bucket_of(kOps, "2027-01-03"_day), week);
    EXPECT_EQ(load.bucket_name(kOps, week), "ops 2026-W53");
    EXPECT_EQ(load.bucket_name(kOps, week + 1), "ops 2027-W01");
}

TEST(TeamLoad, ADayIsABucketOfItsOwn) {
    const Scenario scenario = with_capacity(CapacityPer::day, 60).build();
    TeamLoad load(scenario);
    load.add(kOps, "2026-03-16"_day, 600);
    const std::int32_t day = load.bucket_of(kOps, "2026-03-16"_day);
    EXPECT_EQ(load.bucket_name(kOps, day), "ops 2026-03-16");
    EXPECT_EQ(load.used_seconds(kOps, day), 600);
    EXPECT_EQ(load.used_seconds(kOps, day + 1), 0);
    EXPECT_EQ(load.free_seconds(kOps, day), 3000);
}

TEST(TeamLoad, AddsUpAndTakesBack) {
    const Scenario scenario = with_capacity(CapacityPer::week, 60).build();
    TeamLoad load(scenario);
    const std::int32_t week = load.bucket_of(kOps, "2026-03-16"_day);
    load.add(kOps, "2026-03-16"_day, 2000);
    load.add(kOps, "2026-03-20"_day, 1700);
    EXPECT_EQ(load.used_seconds(kOps, week), 3700);
    EXPECT_EQ(load.free_seconds(kOps, week), -100);
    load.add(kOps, "2026-03-18"_day, -1700);
    EXPECT_EQ(load.free_seconds(kOps, week), 1600);
}

TEST(TeamLoad, AnExceptionReplacesTheMinutesOfItsWholeWeek) {
    // M1.8: the exception on a Wednesday holds from Monday to Sunday.
    const Scenario scenario = with_capacity(CapacityPer::week, 60, {{"2026-03-18"_day, 10}}).build();
    const TeamLoad load(scenario);
    EXPECT_EQ(load.limit_seconds(kOps, load.bucket_of(kOps, "2026-03-15"_day)), 3600);
    EXPECT_EQ(load.limit_seconds(kOps, load.bucket_of(kOps, "2026-03-16"_day)), 600);
    EXPECT_EQ(load.limit_seconds(kOps, load.bucket_of(kOps, "2026-03-22"_day)), 600);
    EXPECT_EQ(load.limit_seconds(kOps, load.bucket_of(kOps, "2026-03-23"_day)), 3600);
}

TEST(TeamLoad, AnExceptionOfADayIsForThatDay) {
    const Scenario scenario =
        with_capacity(CapacityPer::day, 60, {{"2026-03-20"_day, 0}, {"2026-03-18"_day, 90}}).build();
    const TeamLoad load(scenario);
    const auto limit = [&](Day day) { return load.limit_seconds(kOps, load.bucket_of(kOps, day)); };
    EXPECT_EQ(limit("2026-03-17"_day), 3600);
    EXPECT_EQ(limit("2026-03-18"_day), 5400);
    EXPECT_EQ(limit("2026-03-19"_day), 3600);
    EXPECT_EQ(limit("2026-03-20"_day), 0);
}

TEST(TeamLoad, ABucketCutByTheHorizonKeepsItsMinutes) {
    // M1.8: H0 2026-01-07 is a Wednesday.
    SmallScenario s = with_capacity(CapacityPer::week, 60);
    s.draft.horizon->start = "2026-01-07"_day;
    const Scenario scenario = s.build();
    const TeamLoad load(scenario);
    EXPECT_EQ(load.free_seconds(kOps, load.bucket_of(kOps, "2026-01-07"_day)), 3600);
}

TEST(TeamLoad, ATeamWithoutLimitIsCountedByWeek) {
    const Scenario scenario = busy().build();
    TeamLoad load(scenario);
    load.add(kDesk, "2026-03-16"_day, 1'000'000);
    const std::int32_t week = load.bucket_of(kDesk, "2026-03-16"_day);
    EXPECT_EQ(load.limit_seconds(kDesk, week), TeamLoad::kUnlimited);
    EXPECT_EQ(load.free_seconds(kDesk, week), TeamLoad::kUnlimited);
    EXPECT_EQ(load.bucket_name(kDesk, week), "desk 2026-W12");
    EXPECT_EQ(load.used_seconds(kDesk, week), 1'000'000);
}

TEST(TeamLoad, CountsWorkOutsideTheHorizonToo) {
    // A plan that is refused is still judged whole.
    const Scenario scenario = with_capacity(CapacityPer::day, 60).build();
    TeamLoad load(scenario);
    const std::vector<std::pair<std::int32_t, std::int64_t>> expected{
        {("2025-12-01"_day).serial, 100}, {("2026-03-16"_day).serial, 300}, {("2031-05-05"_day).serial, 500}};
    load.add(kOps, "2031-05-05"_day, 200);
    load.add(kOps, "2026-03-16"_day, 300);
    load.add(kOps, "2025-12-01"_day, 100);
    load.add(kOps, "2031-05-05"_day, 300);
    EXPECT_EQ(load.used_buckets(kOps), expected);
    EXPECT_EQ(load.free_seconds(kOps, ("2031-05-05"_day).serial), 3100);
    EXPECT_EQ(load.used_seconds(kOps, ("2031-05-06"_day).serial), 0);
}

TEST(TeamLoad, BucketsWithoutWorkAreNotListed) {
    const Scenario scenario = with_capacity(CapacityPer::day, 60).build();
    TeamLoad load(scenario);
    load.add(kOps, "2026-03-16"_day, 300);
    load.add(kOps, "2026-03-16"_day, -300);
    EXPECT_TRUE(load.used_buckets(kOps).empty());
}

TEST(TeamLoad, WorkOfNobodyIsNotCounted) {
    SmallScenario s;
    s.draft.teams.clear();
    const Scenario scenario = s.build();
    TeamLoad load(scenario);
    load.add(TeamIndex{}, "2026-03-16"_day, 300);  // and does not fall over
}

}  // namespace
}  // namespace termwise
