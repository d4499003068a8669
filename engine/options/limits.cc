#include "options/limits.h"

#include <algorithm>

#include "plan/work.h"

namespace termwise {

Limits::Limits(const Scenario& scenario) {
    const TeamLoad load(scenario);
    const Day last = scenario.h1() - 1;
    for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
        const TeamIndex team(t);
        const std::optional<Capacity>& capacity = scenario.teams[t].capacity;
        TeamBuckets buckets;
        if (capacity) {
            buckets.limited = true;
            buckets.by_day = capacity->per == CapacityPer::day;
            buckets.first_bucket = load.bucket_of(team, scenario.h0());
            buckets.first_limit = static_cast<std::int32_t>(limits_.size());
            for (std::int32_t b = buckets.first_bucket; b <= load.bucket_of(team, last); ++b) {
                Limit limit;
                limit.team = team;
                limit.bucket = b;
                limit.room = load.limit_seconds(team, b);
                limits_.push_back(limit);
            }
        }
        teams_.push_back(buckets);
    }
    for (std::size_t i = 0; i < scenario.budgets.size(); ++i) {
        Limit limit;
        limit.budget = static_cast<std::int32_t>(i);
        limit.room = scenario.budgets[i].max.minor;
        limits_.push_back(limit);
    }
    budgets_ = scenario.budgets.size();
    has_budgets_ = budgets_ > 0;
}

LimitIndex Limits::bucket(TeamIndex team, Day day) const {
    if (team.none()) return {};
    const TeamBuckets& buckets = teams_[team.at()];
    if (!buckets.limited) return {};
    const std::int32_t bucket = buckets.by_day ? day.serial : week_number(day);
    return LimitIndex(buckets.first_limit + bucket - buckets.first_bucket);
}

std::string Limits::name(const Scenario& scenario, LimitIndex i) const {
    const Limit& limit = at(i);
    if (limit.is_budget()) {
        const Interval<Day> days = scenario.budgets[static_cast<std::size_t>(limit.budget)].days;
        return "budget " + to_text(days.from) + '/' + to_text(days.to);
    }
    return TeamLoad(scenario).bucket_name(limit.team, limit.bucket);
}

void add_use(std::vector<Use>& uses, LimitIndex limit, std::int64_t amount) {
    if (limit.none() || amount == 0) return;
    const auto found = std::ranges::lower_bound(uses, limit, {}, &Use::limit);
    if (found != uses.end() && found->limit == limit)
        found->amount += amount;
    else
        uses.insert(found, {limit, amount});
}

namespace {

std::uint64_t hash_of(std::span<const Use> uses) {
    std::uint64_t hash = 0x9E3779B97F4A7C15U;
    const auto mix = [&](std::uint64_t value) {
        hash = (hash ^ value) * 0xFF51AFD7ED558CCDU;
        hash ^= hash >> 32U;
    };
    for (const Use& use : uses) {
        mix(static_cast<std::uint64_t>(use.limit.value));
        mix(static_cast<std::uint64_t>(use.amount));
    }
    return hash;
}

}  // namespace

UseLists::UseLists() : begins_{0, 0} {}

std::uint32_t UseLists::number_of(std::span<const Use> uses) {
    if (uses.empty()) return 0;
    const std::uint64_t hash = hash_of(uses);
    const auto [first, last] = by_hash_.equal_range(hash);
    for (auto it = first; it != last; ++it)
        if (std::ranges::equal(at(it->second), uses)) return it->second;
    const auto number = static_cast<std::uint32_t>(size());
    uses_.insert(uses_.end(), uses.begin(), uses.end());
    begins_.push_back(static_cast<std::uint32_t>(uses_.size()));
    by_hash_.emplace(hash, number);
    return number;
}

}  // namespace termwise
