// How much time a generated team gets: by load, in fewer weeks rather than less, and enough for what is due.
#include "generation/workload.h"

#include <gtest/gtest.h>

#include "support/literals.h"

namespace termwise {
namespace {

/// Eleven customers with a subscription each, an hour of work, whose terms end in the eleventh week.
class Loaded : public ::testing::Test {
  protected:
    Loaded() {
        HorizonDraft& horizon = profile_.scenario.horizon.emplace();
        horizon.start = "2026-01-05"_day;
        horizon.end = "2027-01-05"_day;
        profile_.scenario.teams.emplace_back().id = "ops";
        EffortDraft& effort = profile_.scenario.effort.emplace();
        effort.visit.minutes = 45;
        effort.provision.minutes = 15;
    }

    [[nodiscard]] TimeOfTeam time_of(const LoadTarget& load, Day move_by = {}) const {
        DrawnCustomer customer;
        customer.is_active = true;
        DrawnSubscription& subscription = customer.subscriptions.emplace_back();
        subscription.sold_as = {Period{12}, Period{12}};
        subscription.term_start = "2025-03-16"_day;
        subscription.move_by = move_by;
        Workload work(profile_);
        for (int i = 0; i < 11; ++i) work.add(customer);
        return work.time_of(load);
    }

    static LoadTarget load(std::int32_t percent, std::int64_t least_minutes = 0, bool in_time = false) {
        return {"ops", percent, least_minutes, in_time};
    }

    Profile profile_;
};

TEST_F(Loaded, WorkFillsTheShareOfTheWeeksThatWasAskedFor) {  // 660 minutes in 11 weeks
    EXPECT_EQ(time_of(load(100)).minutes, 60);
    EXPECT_EQ(time_of(load(50)).minutes, 120);
    EXPECT_EQ(time_of(load(50)).every, 1);
    EXPECT_EQ(time_of(load(33)).minutes, 182);  // rounded up
    EXPECT_EQ(time_of(load(1'000)).minutes, 60) << "one subscription takes as much";
}

TEST_F(Loaded, ASmallTeamWorksInFewerWeeks) {
    const TimeOfTeam time = time_of(load(50, 480));
    // Every fifth week are three of the eleven, 440 minutes each; every sixth are two.
    EXPECT_EQ(time.every, 6);
    EXPECT_EQ(time.minutes, 660);
    EXPECT_TRUE(Workload::works_in(0, time));
    EXPECT_FALSE(Workload::works_in(5, time));
    EXPECT_TRUE(Workload::works_in(6, time));
    EXPECT_EQ(time_of(load(50, 5'000)).minutes, 5'000) << "in one week alone there are not so many";
}

TEST_F(Loaded, WhatIsDueEarlyGetsTheTimeItTakes) {
    const LoadTarget in_time = load(50, 0, true);
    EXPECT_EQ(time_of(in_time).minutes, 120) << "ten weeks and a day are enough";
    // Two weeks begin before 2026-01-19, the third begins on it.
    const TimeOfTeam time = time_of(in_time, "2026-01-19"_day);
    EXPECT_GE(time.minutes, 330);
    EXPECT_LT(time.minutes, 330 * 102 / 100 + 1);
    EXPECT_EQ(time_of(load(50), "2026-01-19"_day).minutes, 120) << "if nobody asks";
}

}  // namespace
}  // namespace termwise
