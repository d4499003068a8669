// Work on many things by several threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace termwise {

/// Calls `body(thread, take)` once in each of `threads` threads, the calling one (number 0) among them; never
/// more threads than things, and one at least. `take()` gives the number of the next thing, from 0 to
/// `count` - 1, each to one thread; nothing when all are taken. Returns when all threads are done. The first
/// exception of a body ends the others with the thing they are at, and is thrown on.
template <class Body>
void share_out(std::size_t count, std::size_t threads, const Body& body) {
    std::atomic<std::size_t> next{0};
    std::mutex failing;
    std::exception_ptr failure;
    const auto take = [&]() -> std::optional<std::size_t> {
        const std::size_t taken = next.fetch_add(1);
        return taken < count ? std::optional(taken) : std::nullopt;
    };
    const auto work = [&](std::size_t thread) {
        try {
            body(thread, take);
        } catch (...) {
            const std::scoped_lock lock(failing);
            if (!failure) failure = std::current_exception();
            next = count;
        }
    };
    {
        std::vector<std::jthread> others;
        for (std::size_t t = 1; t < std::min(threads, count); ++t)
            others.emplace_back([&work, t] { work(t); });
        work(0);
    }
    if (failure) std::rethrow_exception(failure);
}

}  // namespace termwise
