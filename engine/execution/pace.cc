#include "execution/pace.h"

#include <algorithm>

#include "base/philox.h"

namespace termwise {
namespace {

constexpr std::int64_t kSpan_s = 60;
constexpr std::int64_t kFirstWait_s = 2;
constexpr std::int64_t kLongestWait_s = 300;

/// When a call more keeps within `most` in a span.
[[nodiscard]] Instant room(const std::deque<Instant>& calls, std::int32_t most, Instant now) {
    if (calls.size() < static_cast<std::size_t>(most)) return now;
    return std::max(now, calls[calls.size() - static_cast<std::size_t>(most)] + kSpan_s);
}

void remember(std::deque<Instant>& calls, Instant at) {
    calls.push_back(at);
    while (calls.front() + kSpan_s <= at) calls.pop_front();
}

}  // namespace

Instant Pace::next(std::string_view tenant, Instant now) const {
    Instant at = std::max(room(all_, limits_.in_all_per_minute, now), held_until_);
    if (const auto own = by_customer_.find(tenant); !tenant.empty() && own != by_customer_.end())
        at = std::max(at, room(own->second, limits_.per_customer_per_minute, now));
    return at;
}

void Pace::made(std::string_view tenant, Instant at) {
    remember(all_, at);
    if (!tenant.empty()) remember(by_customer_[std::string(tenant)], at);
}

void Pace::hold_until(Instant until) { held_until_ = std::max(held_until_, until); }

std::int64_t backoff_s(int attempt, std::uint64_t seed) {
    const int doublings = std::clamp(attempt - 1, 0, 20);
    const std::int64_t wait = std::min(kFirstWait_s << doublings, kLongestWait_s);
    const std::uint64_t bits = random_bits(seed, {0, 0, 0, static_cast<std::uint32_t>(attempt)});
    return wait + static_cast<std::int64_t>(scaled_to(bits, static_cast<std::uint64_t>(wait / 2 + 1)));
}

}  // namespace termwise
