// Work on several threads whose results are taken in order, however long each piece takes.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/interval.h"

namespace termwise {

/// Calls `work(i)` for every i of `range` on `threads` threads, and `take(i, result)` on the calling thread
/// in ascending order of i, while later work goes on; no thread runs ahead by more than a few pieces. Once
/// `stop` is true nothing is begun any more, and of what was begun only what is before the first gap is
/// taken. Returns the first i that was not taken. What work or take throws is thrown here, after all threads
/// ended. With one thread none is started.
template <class Work, class Take>
std::uint64_t in_order(Interval<std::uint64_t> range, unsigned threads, const std::atomic<bool>* stop,
                       Work&& work, Take&& take) {
    using Result = decltype(work(range.from));
    const auto stopped = [&] { return stop != nullptr && stop->load(std::memory_order_relaxed); };
    if (range.empty()) return range.from;
    if (threads <= 1) {
        std::uint64_t i = range.from;
        for (; i < range.to && !stopped(); ++i) {
            Result result = work(i);
            if (stopped()) break;  // half-hearted, perhaps: whoever stops may have cut it short
            take(i, std::move(result));
        }
        return i;
    }
    constexpr std::uint64_t kAheadPerThread = 8;
    const std::uint64_t most_ahead = kAheadPerThread * threads;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<std::uint64_t, Result> done;  // not yet taken
    std::uint64_t next = range.from, taken = range.from;
    auto working = static_cast<unsigned>(std::min<std::uint64_t>(range.to - range.from, threads));
    bool ending = false;
    std::exception_ptr failure;
    const auto run = [&] {
        std::unique_lock lock(mutex);
        for (;;) {
            changed.wait(
                lock, [&] { return ending || stopped() || next == range.to || next < taken + most_ahead; });
            if (ending || next == range.to || stopped()) break;
            const std::uint64_t i = next++;
            lock.unlock();
            try {
                Result result = work(i);
                lock.lock();
                if (!stopped()) done.emplace(i, std::move(result));
            } catch (...) {
                if (!lock.owns_lock()) lock.lock();
                if (!failure) failure = std::current_exception();
                ending = true;
            }
            changed.notify_all();
        }
        --working;
        changed.notify_all();
    };
    {
        std::vector<std::jthread> workers;
        const unsigned count = working;
        for (unsigned t = 0; t < count; ++t) workers.emplace_back(run);
        std::unique_lock lock(mutex);
        while (taken < range.to) {
            changed.wait(lock, [&] { return failure || working == 0 || done.contains(taken); });
            const auto found = done.find(taken);
            if (failure || found == done.end()) break;
            Result result = std::move(found->second);
            done.erase(found);
            lock.unlock();
            try {
                take(taken, std::move(result));
            } catch (...) {
                lock.lock();
                failure = std::current_exception();
                break;
            }
            lock.lock();
            ++taken;
            changed.notify_all();
        }
        ending = true;
        changed.notify_all();
    }
    if (failure) std::rethrow_exception(failure);
    return taken;
}

}  // namespace termwise
