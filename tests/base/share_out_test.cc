// Things shared out among threads.
#include "base/share_out.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace termwise {
namespace {

TEST(ShareOut, EveryThingIsTakenOnce) {
    for (const std::size_t threads : {0U, 1U, 2U, 7U}) {
        std::vector<std::atomic<int>> taken(1000);
        share_out(taken.size(), threads, [&](std::size_t, const auto& take) {
            while (const auto i = take()) ++taken[*i];
        });
        for (const std::atomic<int>& times : taken) EXPECT_EQ(times.load(), 1);
    }
}

TEST(ShareOut, EachThreadHasItsNumberAndTheCallerIsTheFirst) {
    const std::thread::id caller = std::this_thread::get_id();
    std::mutex mutex;
    std::set<std::size_t> numbers;
    share_out(3, 8, [&](std::size_t thread, const auto&) {
        const std::scoped_lock lock(mutex);
        EXPECT_TRUE(numbers.insert(thread).second);
        EXPECT_EQ(thread == 0, std::this_thread::get_id() == caller);
    });
    EXPECT_EQ(numbers, (std::set<std::size_t>{0, 1, 2})) << "never more threads than things";
}

TEST(ShareOut, OfNothingTheCallerIsToldSo) {
    int calls = 0;
    share_out(0, 4, [&](std::size_t, const auto& take) {
        ++calls;
        EXPECT_FALSE(take());
    });
    EXPECT_EQ(calls, 1);
}

TEST(ShareOut, AFailureEndsTheOthersAndIsThrownOn) {
    for (const std::size_t threads : {1U, 3U}) {
        std::atomic<std::size_t> done{0};
        EXPECT_THROW(share_out(1'000'000'000, threads,
                               [&](std::size_t, const auto& take) {
                                   while (const auto i = take()) {
                                       if (*i == 10) throw std::runtime_error("no");
                                       ++done;
                                   }
                               }),
                     std::runtime_error);
        EXPECT_LT(done.load(), 1'000'000'000U);
    }
}

}  // namespace
}  // namespace termwise
