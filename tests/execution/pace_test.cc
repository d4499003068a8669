// How fast calls follow each other (partner-center reference 2.9, 4.3).
#include "execution/pace.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "support/dice.h"

namespace termwise {
namespace {

RC_GTEST_PROP(PaceProperty, NoMinuteHoldsMoreCallsThanTheLimits, ()) {
    const RateLimits limits{dice::roll(1, 6), dice::roll(1, 4)};
    Pace pace(limits);
    Instant now{1'000};
    std::vector<std::pair<std::string, Instant>> calls;
    for (int i = dice::roll(0, 60); i > 0; --i) {
        now = now + dice::pick<std::int64_t>({0, 0, 0, 1, 7, 59, 60});
        const auto tenant = dice::pick<std::string>({"", "a", "b"});
        const Instant next = pace.next(tenant, now);
        RC_ASSERT(next >= now);
        RC_ASSERT(next - now <= 60);
        now = next;
        pace.made(tenant, now);
        calls.emplace_back(tenant, now);
    }
    for (const auto& [first_tenant, from] : calls) {
        std::int32_t all = 0;
        std::map<std::string, std::int32_t> own;
        for (const auto& [tenant, at] : calls) {
            if (at < from || at - from >= 60) continue;
            ++all;
            ++own[tenant];
        }
        RC_ASSERT(all <= limits.in_all_per_minute);
        for (const auto& [tenant, count] : own)
            RC_ASSERT(tenant.empty() || count <= limits.per_customer_per_minute);
    }
}

TEST(Pace, HoldsEverybodyUntilTheServiceSaysSo) {
    Pace pace({100, 100});
    pace.hold_until(Instant{500});
    pace.hold_until(Instant{400});  // never earlier than was said before
    EXPECT_EQ(pace.next("a", Instant{100}), Instant{500});
    EXPECT_EQ(pace.next("", Instant{100}), Instant{500});
    EXPECT_EQ(pace.next("a", Instant{600}), Instant{600});
}

TEST(Backoff, DoublesToFiveMinutesAndHalfAsMuchAgain) {
    for (std::uint64_t seed = 0; seed < 200; ++seed)
        for (int attempt = 1; attempt < 40; ++attempt) {
            const std::int64_t least = attempt < 9 ? std::min<std::int64_t>(2LL << (attempt - 1), 300) : 300;
            EXPECT_GE(backoff_s(attempt, seed), least);
            EXPECT_LE(backoff_s(attempt, seed), least + least / 2);
        }
}

TEST(Backoff, RepeatsItselfAndSpreadsExecutors) {
    EXPECT_EQ(backoff_s(9, 7), backoff_s(9, 7));
    std::set<std::int64_t> waits;
    for (std::uint64_t seed = 0; seed < 50; ++seed) waits.insert(backoff_s(9, seed));
    EXPECT_GT(waits.size(), 20U);
}

}  // namespace
}  // namespace termwise
