// Work on several threads, taken in order.
#include "sweep/in_order.h"

#include <gtest/gtest.h>

#include <numeric>
#include <stdexcept>

namespace termwise {
namespace {

using Numbers = std::vector<std::uint64_t>;

TEST(InOrder, TakesEveryResultInOrderOnAnyNumberOfThreads) {
    for (const unsigned threads : {1U, 2U, 8U, 300U}) {
        Numbers taken;
        const auto work = [](std::uint64_t i) {
            std::uint64_t spun = 0;  // early pieces take longer than later ones
            for (std::uint64_t n = 0; n < (200 - i) * 50; ++n) spun += n % 7;
            return i * 2 + (spun > 1'000'000'000 ? 1 : 0);
        };
        EXPECT_EQ(in_order({5, 200}, threads, nullptr, work,
                           [&](std::uint64_t i, std::uint64_t result) {
                               EXPECT_EQ(result, 2 * i);
                               taken.push_back(i);
                           }),
                  200U);
        Numbers expected(195);
        std::iota(expected.begin(), expected.end(), 5);
        EXPECT_EQ(taken, expected) << threads;
    }
    EXPECT_EQ(in_order(
                  {3, 3}, 4, nullptr, [](std::uint64_t i) { return i; }, [](std::uint64_t, std::uint64_t) {}),
              3U);
}

TEST(InOrder, LeavesNoGapWhenItIsStopped) {
    for (const unsigned threads : {1U, 2U, 8U}) {
        std::atomic<bool> stop{false};
        Numbers taken;
        const std::uint64_t end = in_order(
            {0, 10'000}, threads, &stop, [](std::uint64_t i) { return i; },
            [&](std::uint64_t i, std::uint64_t) {
                taken.push_back(i);
                if (i == 40) stop = true;
            });
        EXPECT_EQ(end, taken.size());
        EXPECT_LT(end, 10'000U);
        EXPECT_GE(end, 41U);
        for (std::uint64_t i = 0; i < end; ++i) EXPECT_EQ(taken[i], i);
    }
}

TEST(InOrder, NeitherBeginsNorTakesAnythingOnceItIsStopped) {
    for (const unsigned threads : {1U, 4U}) {
        std::atomic<bool> stop{false};
        const std::uint64_t end = in_order(
            {0, 100}, threads, &stop,
            [&](std::uint64_t i) {
                stop = true;  // while the first ones are at work
                return i;
            },
            [](std::uint64_t, std::uint64_t) { ADD_FAILURE() << "cut short, perhaps"; });
        EXPECT_EQ(end, 0U) << threads;
    }
}

TEST(InOrder, ThrowsWhatWorkOrTakingThrows) {
    for (const unsigned threads : {1U, 4U}) {
        const auto fails = [](std::uint64_t i) {
            if (i == 50) throw std::runtime_error("work");
            return i;
        };
        EXPECT_THROW(in_order({0, 100}, threads, nullptr, fails, [](std::uint64_t, std::uint64_t) {}),
                     std::runtime_error);
        EXPECT_THROW(in_order(
                         {0, 100}, threads, nullptr, [](std::uint64_t i) { return i; },
                         [](std::uint64_t i, std::uint64_t) {
                             if (i == 20) throw std::invalid_argument("take");
                         }),
                     std::invalid_argument);
    }
}

}  // namespace
}  // namespace termwise
