#include "cli/live_clock.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "cli/approved.h"

namespace termwise::cli {
namespace {

/// Answers take a while to come: what differs by less is no difference.
constexpr std::int64_t kTolerance_s = 30;
/// Clocks that are further apart are wrong, one of them: days are not counted by either then.
constexpr std::int64_t kMostApart_s = 900;

}  // namespace

Instant LiveClock::now() { return machine_time() + ahead_s_; }

void LiveClock::wait_until(Instant until) {
    constexpr std::int64_t kSlice_ms = 200;  // how long Ctrl-C may take
    while (!stop_()) {
        const std::int64_t left_ms = (until - now()) * 1000;
        if (left_ms <= 0) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(std::min(left_ms, kSlice_ms)));
    }
}

void LiveClock::adopt(Instant server_time) {
    const std::int64_t ahead = server_time - machine_time();
    if (!trusts_any_time_ && std::abs(ahead) > kMostApart_s) {
        has_doubts_ = true;
        return;
    }
    if (std::abs(ahead - ahead_s_) > kTolerance_s) ahead_s_ = ahead;
}

}  // namespace termwise::cli
