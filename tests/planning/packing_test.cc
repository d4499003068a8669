// Whether everybody's work fits at all. That a proof is one is tried out with every plan in conflict_test.cc.
#include "planning/packing.h"

#include <gtest/gtest.h>

#include "plan/check.h"
#include "planning/least_use.h"
#include "support/drafts.h"

namespace termwise {
namespace {

using namespace test;

constexpr std::int64_t kMostLooks = 100'000;

/// `jobs` customers with an hour's work each before the same deadline, two weeks away.
Scenario jobs(int count, std::int32_t minutes_a_week) {
    SmallScenario s;
    s.draft.effort.emplace().provision.minutes = 60;
    s.team("ops").capacity = CapacityDraft{CapacityPer::week, minutes_a_week, {}};
    const auto before = [&](const std::string& id) { s.subscription(id).move_by = day("2026-01-16"); };
    before("contoso-e3");
    for (int i = 1; i < count; ++i) {
        const std::string id = "customer-" + std::to_string(i);
        s.add_customer(id);
        s.add_subscription(id, id + "-e3", "e3-open");
        before(id + "-e3");
    }
    return s.build();
}

class Packed {
  public:
    explicit Packed(Scenario scenario) : least_(std::move(scenario)) {}
    Packing& operator*() { return packing_; }
    Packing* operator->() { return &packing_; }
    [[nodiscard]] const Options& options() const { return least_.options(); }

  private:
    LeastUse least_;
    Packing packing_{least_.options(), kMostLooks, 1, [] { return false; }};
};

TEST(Packing, FindsAPlaceForEverybody) {
    const Scenario scenario = jobs(4, 120);
    Packed packed(scenario);
    ASSERT_EQ(packed->fit(), Fit::fits);
    Plan plan;
    for (std::size_t c = 0; c < 4; ++c)
        append_moves(packed.options(), packed.options().customers[c], packed->choices()[c], plan);
    sort_plan(plan);
    EXPECT_TRUE(check(scenario, plan).feasible()) << "the judge is not the planner";
}

TEST(Packing, ProvesThatJobsCannotBeDivided) {
    Packed packed(jobs(3, 110));  // 180 minutes into 220, one job a week
    EXPECT_EQ(packed->fit(), Fit::does_not);
    EXPECT_EQ(packed->smallest_that_does_not().size(), 3U);
}

TEST(Packing, NamesAsFewAsDoNotFit) {
    Packed packed(jobs(6, 110));
    ASSERT_EQ(packed->fit(), Fit::does_not);
    const std::vector<std::size_t> few = packed->smallest_that_does_not();
    EXPECT_EQ(few.size(), 3U) << "any three of them";
    EXPECT_EQ(packed->scarce(few).size(), 2U) << "the two weeks before the deadline";
    EXPECT_EQ(packed->least_use(few[0], packed->scarce(few)), 3'600);
}

TEST(Packing, FitsWhenEnoughAreLeftOut) {
    Packed packed(jobs(3, 110));
    EXPECT_EQ(packed->fit({false, true, false}), Fit::fits);
    EXPECT_TRUE(packed->choices().empty()) << "there is none for who is left out";
}

TEST(Packing, DoesNotProveWhatItHasNotListed) {
    const LeastUse least(jobs(3, 110));
    Packing hasty(least.options(), 200, 1, [] { return false; });  // one choice each
    EXPECT_EQ(hasty.fit(), Fit::unknown);
}

TEST(Packing, IsTheSameOnAnyNumberOfThreads) {
    const LeastUse least(jobs(4, 120));
    Packing one(least.options(), kMostLooks, 1, [] { return false; }),
        many(least.options(), kMostLooks, 4, [] { return false; });
    ASSERT_EQ(one.fit(), Fit::fits);
    ASSERT_EQ(many.fit(), Fit::fits);
    EXPECT_EQ(one.choices(), many.choices());
}

}  // namespace
}  // namespace termwise
