#include "plan/work.h"

#include <algorithm>

namespace termwise {
namespace {

std::optional<WorkItem> customer_work(WorkKind kind, const EffortItem& work, CustomerIndex customer,
                                      Day day) {
    if (work.minutes == 0) return std::nullopt;
    return WorkItem{kind, work.team, day, std::int64_t{work.minutes} * 60, customer, {}};
}

}  // namespace

std::optional<WorkItem> invite_work(const Scenario& scenario, CustomerIndex customer, Day day) {
    return customer_work(WorkKind::invite, scenario.effort.invite, customer, day);
}

std::optional<WorkItem> visit_work(const Scenario& scenario, CustomerIndex customer, Day day) {
    return customer_work(WorkKind::visit, scenario.effort.visit, customer, day);
}

TeamLoad::TeamLoad(const Scenario& scenario) : scenario_(&scenario) {
    for (const Team& team : scenario.teams) {
        TeamBuckets buckets;
        if (team.capacity) {
            buckets.per = team.capacity->per;
            buckets.limit = std::int64_t{team.capacity->minutes} * 60;
        }
        teams_.push_back(std::move(buckets));
        const TeamIndex index(teams_.size() - 1);
        TeamBuckets& added = teams_.back();
        if (team.capacity)
            for (const CapacityException& exception : team.capacity->exceptions)
                added.exceptions.emplace_back(bucket_of(index, exception.on),
                                              std::int64_t{exception.minutes} * 60);
        std::ranges::sort(added.exceptions);
        added.first = bucket_of(index, scenario.h0());
        added.used.assign(static_cast<std::size_t>(bucket_of(index, scenario.h1() - 1) - added.first) + 1, 0);
    }
}

void TeamLoad::add(TeamIndex team, Day day, std::int64_t seconds) {
    if (team.none()) return;
    TeamBuckets& buckets = teams_[team.at()];
    const std::int32_t bucket = bucket_of(team, day);
    const auto offset = static_cast<std::uint32_t>(bucket - buckets.first);
    if (offset < buckets.used.size()) {
        buckets.used[offset] += seconds;
        return;
    }
    const auto found =
        std::ranges::lower_bound(buckets.outside, bucket, {}, &std::pair<std::int32_t, std::int64_t>::first);
    if (found != buckets.outside.end() && found->first == bucket)
        found->second += seconds;
    else
        buckets.outside.emplace(found, bucket, seconds);
}

std::int64_t TeamLoad::used_seconds(TeamIndex team, std::int32_t bucket) const {
    const TeamBuckets& buckets = teams_[team.at()];
    const auto offset = static_cast<std::uint32_t>(bucket - buckets.first);
    if (offset < buckets.used.size()) return buckets.used[offset];
    for (const auto& [number, seconds] : buckets.outside)
        if (number == bucket) return seconds;
    return 0;
}

std::int64_t TeamLoad::limit_seconds(TeamIndex team, std::int32_t bucket) const {
    const TeamBuckets& buckets = teams_[team.at()];
    if (buckets.exceptions.empty()) return buckets.limit;
    const auto found = std::ranges::lower_bound(buckets.exceptions, bucket, {},
                                                &std::pair<std::int32_t, std::int64_t>::first);
    return found != buckets.exceptions.end() && found->first == bucket ? found->second : buckets.limit;
}

std::int64_t TeamLoad::free_seconds(TeamIndex team, std::int32_t bucket) const {
    const std::int64_t limit = limit_seconds(team, bucket);
    return limit == kUnlimited ? kUnlimited : limit - used_seconds(team, bucket);
}

std::vector<std::pair<std::int32_t, std::int64_t>> TeamLoad::used_buckets(TeamIndex team) const {
    const TeamBuckets& buckets = teams_[team.at()];
    std::vector<std::pair<std::int32_t, std::int64_t>> used;
    for (std::size_t i = 0; i < buckets.used.size(); ++i)
        if (buckets.used[i] != 0)
            used.emplace_back(buckets.first + static_cast<std::int32_t>(i), buckets.used[i]);
    for (const auto& outside : buckets.outside)
        if (outside.second != 0) used.push_back(outside);
    std::ranges::sort(used);
    return used;
}

std::string TeamLoad::bucket_text(TeamIndex team, std::int32_t bucket) const {
    return teams_[team.at()].per == CapacityPer::day ? to_text(Day(bucket)) : week_text(bucket);
}

std::string TeamLoad::bucket_name(TeamIndex team, std::int32_t bucket) const {
    return scenario_->at(team).id + ' ' + bucket_text(team, bucket);
}

}  // namespace termwise
