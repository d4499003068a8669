#include "generation/workload.h"

#include <algorithm>

#include "calendar/iso_week.h"
#include "calendar/period.h"

namespace termwise {
namespace {

constexpr std::int64_t kSeconds = 60;  // of a minute
constexpr std::int64_t kPercent = 100;
constexpr std::int32_t kDaysOfWeek = 7;
constexpr std::int32_t kMostWorkdaysOfWeek = 5;
constexpr std::int64_t kMostMinutes = 10'000'000;  // of a capacity (M1)
constexpr std::int64_t kRaise = 50;                // a fiftieth more at a time

/// `seconds` over the seconds of `weeks` of which `percent` are filled, in minutes a week, rounded up.
std::int64_t minutes_a_week(std::int64_t seconds, std::int64_t weeks, std::int64_t percent) {
    const std::int64_t available = weeks * kSeconds * percent;
    const std::int64_t rest = seconds % available;  // apart, so that no product leaves 64 bits
    return seconds / available * kPercent + (rest * kPercent + available - 1) / available;
}

}  // namespace

Workload::Workload(const Profile& profile) : profile_(profile) {
    if (profile.scenario.effort) effort_ = *profile.scenario.effort;
    teams_.resize(profile.scenario.teams.size());
    ends_ = {profile.scenario.horizon->start, profile.scenario.horizon->start};
}

void Workload::add(const DrawnCustomer& customer) {
    if (teams_.empty()) return;
    days_.clear();
    bool is_invited = customer.is_active;
    for (const DrawnSubscription& s : customer.subscriptions) {
        const Day end = Boundaries(s.term_start, s.sold_as.term).at(1);
        ends_.to = std::max(ends_.to, end);
        due_ = static_cast<std::size_t>((s.move_by.none() ? end : std::min(end, s.move_by)) - ends_.from);
        if (!is_invited) add(effort_.invite);
        is_invited = true;
        const bool is_new_day = std::ranges::find(days_, end) == days_.end();
        if (is_new_day) days_.push_back(end);
        for (OfTeam& of : teams_) of.once = 0;
        add(effort_.visit, is_new_day);
        add(effort_.provision);
        if (s.auto_renew) add(effort_.auto_renew_off);
        if (s.reassigns) reassign(s.seats);
        for (OfTeam& of : teams_) of.most = std::max(of.most, of.once);
    }
}

TimeOfTeam Workload::time_of(const LoadTarget& load) const {
    const OfTeam& of = teams_[team(load.team)];
    const std::int32_t weeks = (ends_.to - ends_.from) / kDaysOfWeek + 1;
    TimeOfTeam time;
    for (;; ++time.every) {
        const std::int32_t working = (weeks + time.every - 1) / time.every;
        time.minutes = minutes_a_week(of.seconds, working, load.percent);
        if (time.minutes >= load.least_minutes || working == 1) break;
    }
    time.minutes = std::max({time.minutes, (of.most + kSeconds - 1) / kSeconds, load.least_minutes});
    if (load.in_time)
        while (time.minutes < kMostMinutes && !is_in_time(of, time))
            time.minutes += (time.minutes + kRaise - 1) / kRaise;
    time.minutes = std::min(time.minutes, kMostMinutes);
    return time;
}

bool Workload::is_in_time(const OfTeam& of, const TimeOfTeam& time) const {
    const std::int32_t first = week_number(ends_.from);
    std::int64_t due = 0, available = 0;
    std::int32_t position = 0;  // of the next week to count
    for (std::size_t day = 0; day < of.due_until.size(); ++day) {
        due += of.due_until[day];
        const Day until = ends_.from + static_cast<std::int32_t>(day);
        for (; monday_of(first + position) < until; ++position)
            if (works_in(position, time)) available += time.minutes * kSeconds;
        if (due > available) return false;
    }
    return true;
}

std::size_t Workload::team(const std::string& id) const {
    const auto& teams = profile_.scenario.teams;
    const auto found = std::ranges::find(teams, id, &TeamDraft::id);
    return found == teams.end() ? 0 : static_cast<std::size_t>(found - teams.begin());
}

void Workload::add_seconds(const std::string& team_id, std::int64_t all, std::int64_t in_a_week) {
    OfTeam& of = teams_[team(team_id)];
    of.seconds += all;
    of.once += in_a_week;
    if (of.due_until.size() <= due_) of.due_until.resize(due_ + 1);
    of.due_until[due_] += all;
}

/// What there is of it already belongs to the week of the next subscription all the same.
void Workload::add(const EffortItemDraft& item, bool counts) {
    const std::int64_t seconds = item.minutes * kSeconds;
    add_seconds(item.team, counts ? seconds : 0, seconds);
}

void Workload::reassign(std::int32_t seats) {
    const ReassignEffortDraft& item = effort_.reassign;
    const std::int64_t in_a_week =
        item.seats_per_day > 0
            ? std::min<std::int64_t>(seats, std::int64_t{kMostWorkdaysOfWeek} * item.seats_per_day)
            : seats;
    add_seconds(item.team, std::int64_t{seats} * item.seconds_per_seat, in_a_week * item.seconds_per_seat);
}

}  // namespace termwise
