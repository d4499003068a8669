// How fast calls may follow each other, and how long to wait after one that failed.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "calendar/instant.h"

namespace termwise {

/// Calls in any span of a minute. The service publishes 500 a minute and tenant for customers, orders and
/// subscriptions, and tunes the rest without saying so (reference 2.9): half of it leaves room for others.
struct RateLimits {
    std::int32_t in_all_per_minute = 240;
    std::int32_t per_customer_per_minute = 120;
};

/// Remembers when requests were made, in all and for each customer: every page, every second try.
class Pace {
  public:
    explicit Pace(RateLimits limits) : limits_(limits) {}

    /// When the next request for `tenant` (empty: for none) may be made, at `now` at the earliest.
    [[nodiscard]] Instant next(std::string_view tenant, Instant now) const;
    /// A request is made at `at`.
    void made(std::string_view tenant, Instant at);
    /// Nobody calls before `until`: the service said so.
    void hold_until(Instant until);

  private:
    using Calls = std::deque<Instant>;
    RateLimits limits_;
    Calls all_;
    std::map<std::string, Calls, std::less<>> by_customer_;
    Instant held_until_;
};

/// Seconds to wait before attempt `attempt` (from 1) of what failed: doubles from two seconds to five
/// minutes, and up to half as much again, drawn from `seed` so that executors do not come back all at once
/// and yet repeat themselves.
[[nodiscard]] std::int64_t backoff_s(int attempt, std::uint64_t seed);

}  // namespace termwise
