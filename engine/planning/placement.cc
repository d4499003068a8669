#include "planning/placement.h"

#include <algorithm>
#include <utility>

namespace termwise {
namespace {

/// Seconds of an effort in minutes, as work on `day` for a subscription.
WorkItem minutes_of_work(WorkKind kind, const EffortItem& effort, Day day, CustomerIndex customer,
                         SubscriptionIndex s) {
    return {kind, effort.team, day, std::int64_t{effort.minutes} * 60, customer, s};
}

void set(NotPlaced& obstacle, Obstacle what, Day day = {}, Day other = {}) {
    obstacle.obstacle = what;
    obstacle.day = day;
    obstacle.other = other;
}

}  // namespace

Placement::Placement(const Scenario& scenario, Strategy strategy)
    : scenario_(scenario),
      strategy_(strategy),
      load_(scenario),
      moves_(scenario.subscriptions.size()),
      placed_(scenario.subscriptions.size(), 0),
      invited_(scenario.customers.size()) {
    for (std::size_t i = 0; i < moves_.size(); ++i) moves_[i].subscription = SubscriptionIndex(i);
}

// ---- the move that is wanted, whoever else needs the teams ----

Day Placement::first_day(const Subscription& s, const PlacementLimits& limits) const {
    Day first = std::max(scenario_.h0(), limits.earliest_provision);
    if (!s.move_from.none()) first = std::max(first, s.move_from);
    const Customer& customer = scenario_.at(s.customer);
    if (customer.relationship == Relationship::pending) {
        const Day invited = scenario_.days_of(s.customer).first_at_or_after(scenario_.h0(), scenario_.h1());
        first = std::max(first, invited + customer.plan_days);
    }
    return first;
}

bool Placement::may_be_cancelled_on(const Subscription& s, Day day) const {
    const Day end = s.current_term_end();
    if (day <= s.term_start || day >= end || !scenario_.horizon.contains(day)) return false;
    const Programme& programme = scenario_.programme_of(s.offer);
    const Cancellation& rules = programme.cancellation;
    if (rules.allowed == CancellationAllowed::never) return false;
    if (rules.allowed == CancellationAllowed::window && !rules.in_window(s.term_start, day)) return false;
    if (s.auto_renew && day > end - programme.renewal_notice_days) return false;
    return scenario_.days_of(s.customer).is_workday(day);
}

bool Placement::lapse_at_term_end(Move& move, const Subscription& s, Day latest_exit,
                                  NotPlaced& obstacle) const {
    const Day end = s.current_term_end();
    if (end > scenario_.h1()) {
        set(obstacle, Obstacle::ends_after_horizon, end);
        return false;
    }
    if (end > latest_exit) {
        set(obstacle, Obstacle::may_not_be_cancelled, end);
        return false;
    }
    move.exit = Exit::lapse;
    move.exit_on = end;
    return true;
}

/// The exit that the strategy wants, not before `from` where that is the strategy's choice.
bool Placement::choose_exit(Move& move, const Subscription& s, Day from, Day latest_exit,
                            NotPlaced& obstacle) const {
    const Day end = s.current_term_end();
    const Day last = std::min({end - 1, latest_exit, scenario_.h1() - 1});
    if (strategy_ == Strategy::wait) {
        if (end <= latest_exit) return lapse_at_term_end(move, s, latest_exit, obstacle);
        // An add-on that would outlive its parent: the last day on which it can be ended before.
        for (Day day = last; day >= scenario_.h0(); --day) {
            if (!may_be_cancelled_on(s, day)) continue;
            if (day < from) {  // handed over earlier, it could be
                set(obstacle, Obstacle::no_day, from, day);
                return false;
            }
            move.exit = Exit::cancel;
            move.exit_on = day;
            return true;
        }
        set(obstacle, Obstacle::may_not_be_cancelled, end);
        return false;
    }
    const Cancellation& rules = scenario_.programme_of(s.offer).cancellation;
    if (rules.allowed != CancellationAllowed::never)
        for (Day day = from; day <= last; ++day) {
            if (rules.allowed == CancellationAllowed::window && !rules.in_window(s.term_start, day)) break;
            if (!may_be_cancelled_on(s, day)) continue;
            move.exit = Exit::cancel;
            move.exit_on = day;
            return true;
        }
    const bool lapses = lapse_at_term_end(move, s, latest_exit, obstacle);
    if (!lapses && end > scenario_.h1()) {
        const bool may =
            rules.allowed != CancellationAllowed::never &&
            (rules.allowed == CancellationAllowed::always || rules.in_window(s.term_start, from));
        if (may)
            set(obstacle, Obstacle::no_day, from, last);
        else
            set(obstacle, Obstacle::may_not_be_cancelled, end);
    }
    return lapses;
}

/// The days on which switching auto-renew off makes the contract lapse on `move.exit_on` (M3.7), last day
/// included.
Interval<Day> Placement::auto_renew_off_days(const Subscription& s, const Move& move) const {
    const Boundaries terms(s.term_start, s.sold_as.term);
    const Day boundary_before = term_around(terms, move.exit_on - 1).from;
    const std::int32_t notice = std::max(1, scenario_.programme_of(s.offer).renewal_notice_days);
    return {std::max(scenario_.h0(), boundary_before), move.exit_on - notice + 1};
}

bool Placement::keeps_service(const Subscription& s, const Move& move, Day hand_over,
                              NotPlaced& obstacle) const {
    Day last = scenario_.h1();
    if (!s.move_by.none()) last = std::min(last, s.move_by);
    if (scenario_.continuity == Continuity::strict) last = std::min(last, move.exit_on);
    if (scenario_.continuity == Continuity::grace)
        last = std::min(last, move.exit_on + grace_after(scenario_, s, move.exit));
    if (hand_over <= last) return true;
    set(obstacle, Obstacle::no_day, hand_over, last);
    return false;
}

bool Placement::contract_can_run(const Subscription& s, const Move& move) const {
    const TermsOutcome terms = follow_terms(
        new_contract(scenario_, s, move.target, move.sold_as, move.provision_on), {}, scenario_.horizon);
    return terms.ended_by == EndedBy::in_service && terms.most_seats <= scenario_.at(move.target).max_seats;
}

/// The whole move for a provisioning day, all limits respected but the teams' time.
std::optional<Move> Placement::move_on(SubscriptionIndex index, Option option, Day provision_on,
                                       const PlacementLimits& limits, NotPlaced& obstacle) const {
    const Subscription& s = scenario_.at(index);
    const CustomerDays workdays = scenario_.days_of(s.customer);
    Move move;
    move.subscription = index;
    move.action = Action::migrate;
    move.target = option.target;
    move.sold_as = option.sold_as;
    move.provision_on = provision_on;
    if (scenario_.reassigns(s.offer, option.target)) {
        move.reassign_on =
            workdays.first_at_or_after(provision_on + scenario_.provision_days, scenario_.h1());
        const std::int32_t seats = scenario_.demand(s).at(provision_on);
        const std::int32_t a_day = scenario_.effort.reassign.seats_per_day;
        // Cheap refusal of what would take longer than the horizon, before the days are counted out.
        const bool endless = a_day > 0 && (seats - 1) / a_day >= scenario_.h1() - move.reassign_on;
        if (move.reassign_on >= scenario_.h1() || endless) {
            set(obstacle, endless ? Obstacle::reassignment_too_slow : Obstacle::no_day);
            return std::nullopt;
        }
    }
    const MoveDays days = days_of(scenario_, s, move);
    if (days.reassigns && days.last_reassigned >= scenario_.h1()) {
        set(obstacle, Obstacle::no_day, days.hand_over, scenario_.h1());
        return std::nullopt;
    }
    if (!choose_exit(move, s, days.hand_over, limits.latest_exit, obstacle)) return std::nullopt;
    if (!keeps_service(s, move, days.hand_over, obstacle)) return std::nullopt;
    if (move.exit == Exit::lapse && s.auto_renew) {
        const Interval<Day> off = auto_renew_off_days(s, move);
        if (workdays.first_at_or_after(off.from, off.to) == off.to || off.empty()) {
            set(obstacle, Obstacle::no_notice, off.to - 1);
            return std::nullopt;
        }
    }
    if (!contract_can_run(s, move)) {
        set(obstacle, Obstacle::no_target);
        return std::nullopt;
    }
    return move;
}

std::optional<Move> Placement::wanted_move(SubscriptionIndex index, Option option,
                                           const PlacementLimits& limits, NotPlaced& obstacle) const {
    const Subscription& s = scenario_.at(index);
    const CustomerDays workdays = scenario_.days_of(s.customer);
    const Day first = first_day(s, limits);
    if (strategy_ == Strategy::wait) {
        const Day end = std::min(s.current_term_end(), limits.latest_exit);
        const Day last = std::min({end - scenario_.overlap_days - scenario_.provision_days,
                                   limits.latest_wanted, scenario_.h1() - 1});
        for (Day day = workdays.last_at_or_before(last, first); !day.none();
             day = workdays.last_at_or_before(day - 1, first)) {
            const std::optional<Move> move = move_on(index, option, day, limits, obstacle);
            const bool may_help = obstacle.obstacle == Obstacle::no_day ||
                                  obstacle.obstacle == Obstacle::no_target ||
                                  obstacle.obstacle == Obstacle::reassignment_too_slow;
            if (!move && !may_help) return std::nullopt;  // no other day changes that
            if (move && days_of(scenario_, s, *move).hand_over + scenario_.overlap_days <= move->exit_on)
                return move;
        }
    }
    // At once; or, if the wanted overlap cannot be had, with as much of it as there is.
    set(obstacle, Obstacle::no_day, first, scenario_.h1());
    Day day = workdays.first_at_or_after(first, scenario_.h1());
    if (first < scenario_.h1() && day == scenario_.h1()) set(obstacle, Obstacle::no_day);
    std::optional<NotPlaced> too_late;
    bool is_unsold = false;  // on a day that would have been in time
    for (; day < scenario_.h1(); day = workdays.first_at_or_after(day + 1, scenario_.h1())) {
        const std::optional<Move> move = move_on(index, option, day, limits, obstacle);
        if (move) return move;
        if (obstacle.obstacle == Obstacle::no_target) {
            is_unsold = true;
            continue;
        }
        if (!too_late) too_late = obstacle;
        if (!may_be_sooner_later(s, option)) break;  // a later day only makes it worse
    }
    if (is_unsold)
        set(obstacle, Obstacle::no_target);
    else if (too_late)
        obstacle = *too_late;
    return std::nullopt;
}

/// Whether a later provisioning day may be handed over sooner: where fewer seats are left to reassign.
bool Placement::may_be_sooner_later(const Subscription& s, Option option) const {
    return s.demand.size > 0 && scenario_.reassigns(s.offer, option.target);
}

/// The last provisioning day that can be in time, whatever the exit.
Day Placement::last_day(const Subscription& s, const PlacementLimits& limits) const {
    Day last = scenario_.h1();
    if (!s.move_by.none()) last = std::min(last, s.move_by);
    const Day end = std::min(s.current_term_end(), limits.latest_exit);
    if (scenario_.continuity == Continuity::strict) last = std::min(last, end);
    if (scenario_.continuity == Continuity::grace)
        last = std::min(last, end + grace_after(scenario_, s, Exit::lapse));
    return std::min(last - scenario_.provision_days, scenario_.h1() - 1);
}

// ---- placing it among the others ----

bool Placement::place(const Move& wanted, const PlacementLimits& limits, NotPlaced& obstacle) {
    const Subscription& s = scenario_.at(wanted.subscription);
    const CustomerDays workdays = scenario_.days_of(s.customer);
    const Option option{wanted.target, wanted.sold_as};
    if (!is_full(s, wanted.provision_on, obstacle) && try_place(wanted, limits, obstacle)) return true;
    NotPlaced full = obstacle;
    const Day first = first_day(s, limits);
    Day earliest_tried = wanted.provision_on;
    Day latest_tried = wanted.provision_on;
    const auto try_day = [&](Day day) {
        if (is_full(s, day, obstacle))
            return false;  // most days that fail fail here, long before a move is made
        const std::optional<Move> move = move_on(wanted.subscription, option, day, limits, obstacle);
        return move && try_place(*move, limits, obstacle);
    };
    const auto earlier = [&] {
        for (Day day = workdays.last_at_or_before(wanted.provision_on - 1, first); !day.none();
             day = workdays.last_at_or_before(day - 1, first)) {
            earliest_tried = day;
            if (try_day(day)) return true;
        }
        return false;
    };
    const auto later = [&] {
        const Day end = last_day(s, limits) + 1;
        for (Day day = workdays.first_at_or_after(wanted.provision_on + 1, end); day < end;
             day = workdays.first_at_or_after(day + 1, end)) {
            obstacle.obstacle = Obstacle::no_capacity;
            if (try_day(day)) return true;
            if (obstacle.obstacle == Obstacle::no_notice) return false;
            if (obstacle.obstacle == Obstacle::no_day) {
                if (may_be_sooner_later(s, option)) continue;
                return false;
            }
            latest_tried = day;
        }
        return false;
    };
    const bool done = strategy_ == Strategy::wait ? earlier() || later() : later() || earlier();
    if (done) return true;
    obstacle = full;
    obstacle.day = earliest_tried;
    obstacle.other = latest_tried;
    return false;
}

bool Placement::is_visited(const Subscription& s, Day day) const {
    const ListRange range = scenario_.at(s.customer).subscriptions;
    for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i)
        if (placed_[i] != 0 && moves_[i].provision_on == day) return true;
    return false;
}

/// Whether there is no room for what every move needs on its provisioning day.
bool Placement::is_full(const Subscription& s, Day day, NotPlaced& obstacle) const {
    const auto has_room = [&](const EffortItem& work, std::int64_t seconds) {
        return work.team.none() || seconds == 0 ||
               load_.free_seconds(work.team, load_.bucket_of(work.team, day)) >= seconds;
    };
    const EffortItem& provision = scenario_.effort.provision;
    const EffortItem& visit = scenario_.effort.visit;
    const std::int64_t provision_seconds = std::int64_t{provision.minutes} * 60;
    const std::int64_t visit_seconds = is_visited(s, day) ? 0 : std::int64_t{visit.minutes} * 60;
    const bool together = provision.team == visit.team;
    const bool room = together ? has_room(visit, visit_seconds + provision_seconds)
                               : has_room(visit, visit_seconds) && has_room(provision, provision_seconds);
    if (room) return false;
    obstacle.obstacle = Obstacle::no_capacity;
    obstacle.team = together || has_room(provision, provision_seconds) ? visit.team : provision.team;
    return true;
}

bool Placement::take(Change& change, const WorkItem& item, NotPlaced& obstacle) {
    if (item.team.none() || item.seconds == 0) return true;
    load_.add(item);
    if (load_.free_seconds(item.team, load_.bucket_of(item.team, item.day)) >= 0) {
        change.taken.push_back(item);
        return true;
    }
    load_.add(item.team, item.day, -item.seconds);
    obstacle.obstacle = Obstacle::no_capacity;
    obstacle.team = item.team;
    obstacle.day = obstacle.other = item.day;
    return false;
}

void Placement::release(Change& change, const WorkItem& item) {
    if (item.team.none() || item.seconds == 0) return;
    load_.add(item.team, item.day, -item.seconds);
    change.released.push_back(item);
}

void Placement::undo(const Change& change) {
    for (const WorkItem& item : change.taken) load_.add(item.team, item.day, -item.seconds);
    for (const WorkItem& item : change.released) load_.add(item);
}

bool Placement::take_auto_renew_off(Change& change, Move& move, const Subscription& s, NotPlaced& obstacle) {
    if (move.exit != Exit::lapse || !s.auto_renew) return true;
    const CustomerDays workdays = scenario_.days_of(s.customer);
    const Interval<Day> days = auto_renew_off_days(s, move);
    const auto takes = [&](Day day) {
        if (!workdays.is_workday(day) ||
            !take(change,
                  minutes_of_work(WorkKind::auto_renew_off, scenario_.effort.auto_renew_off, day, s.customer,
                                  move.subscription),
                  obstacle))
            return false;
        move.auto_renew_off_on = day;
        return true;
    };
    // Best in one go with provisioning; else before it, else after it.
    const Day wished = std::clamp(move.provision_on, days.from, days.to - 1);
    for (Day day = wished; day >= days.from; --day)
        if (takes(day)) return true;
    for (Day day = wished + 1; day < days.to; ++day)
        if (takes(day)) return true;
    return false;
}

bool Placement::take_exit_work(Change& change, Move& move, const Subscription& s, Day from, Day latest_exit,
                               NotPlaced& obstacle) {
    move.auto_renew_off_on = Day{};
    if (move.exit == Exit::lapse) return take_auto_renew_off(change, move, s, obstacle);
    const Day last = std::min({s.current_term_end() - 1, latest_exit, scenario_.h1() - 1});
    const std::int32_t step = strategy_ == Strategy::wait ? -1 : 1;
    for (Day day = move.exit_on; day >= from && day <= last; day = day + step) {
        if (!may_be_cancelled_on(s, day)) continue;
        if (!take(change,
                  minutes_of_work(WorkKind::cancel, scenario_.effort.cancel, day, s.customer,
                                  move.subscription),
                  obstacle))
            continue;
        move.exit_on = day;
        return true;
    }
    const NotPlaced full = obstacle;
    if (lapse_at_term_end(move, s, latest_exit, obstacle) && move.exit_on >= from)
        return take_auto_renew_off(change, move, s, obstacle);
    obstacle = full;
    return false;
}

bool Placement::take_invitation(Change& change, const Subscription& s, const Move& move,
                                NotPlaced& obstacle) {
    const Customer& customer = scenario_.at(s.customer);
    if (customer.relationship != Relationship::pending) return true;
    Day& invited = invited_[s.customer.at()];
    const Day last = move.provision_on - customer.plan_days;
    if (!invited.none() && invited <= last) return true;
    const auto work = [&](Day day) {
        return minutes_of_work(WorkKind::invite, scenario_.effort.invite, day, s.customer, {});
    };
    if (!invited.none()) release(change, work(invited));
    const CustomerDays workdays = scenario_.days_of(s.customer);
    const Day first = scenario_.h0();
    if (strategy_ == Strategy::wait) {  // as late as the provisioning day allows
        for (Day day = workdays.last_at_or_before(last, first); !day.none();
             day = workdays.last_at_or_before(day - 1, first))
            if (take(change, work(day), obstacle)) {
                invited = day;
                return true;
            }
    } else {  // at once
        for (Day day = workdays.first_at_or_after(first, last + 1); day <= last;
             day = workdays.first_at_or_after(day + 1, last + 1))
            if (take(change, work(day), obstacle)) {
                invited = day;
                return true;
            }
    }
    return false;
}

bool Placement::try_place(Move move, const PlacementLimits& limits, NotPlaced& obstacle) {
    const SubscriptionIndex index = move.subscription;
    const Subscription& s = scenario_.at(index);
    const MoveDays days = days_of(scenario_, s, move);
    Change change{moves_[index.at()], placed_[index.at()] != 0, invited_[s.customer.at()], {}, {}};
    bool fits = true;
    if (!is_visited(s, move.provision_on))
        fits =
            take(change,
                 minutes_of_work(WorkKind::visit, scenario_.effort.visit, move.provision_on, s.customer, {}),
                 obstacle);
    if (fits) {
        Move bare = move;  // the work of the exit is fitted in below, on a day that has room for it
        bare.exit = Exit::lapse;
        bare.auto_renew_off_on = Day{};
        for_each_work_item(scenario_, bare, days,
                           [&](const WorkItem& item) { fits = fits && take(change, item, obstacle); });
    }
    fits = fits && take_exit_work(change, move, s, days.hand_over, limits.latest_exit, obstacle);
    fits = fits && keeps_service(s, move, days.hand_over, obstacle);
    fits = fits && take_invitation(change, s, move, obstacle);
    if (!fits) {
        undo(change);
        invited_[s.customer.at()] = change.invited_before;
        return false;
    }
    moves_[index.at()] = move;
    placed_[index.at()] = 1;
    journal_.push_back(std::move(change));
    return true;
}

bool Placement::postpone_exit(SubscriptionIndex index, Day day) {
    Move move = moves_[index.at()];
    const Subscription& s = scenario_.at(index);
    if (move.exit_on >= day) return true;
    Change change{move, true, invited_[s.customer.at()], {}, {}};
    if (move.exit == Exit::cancel)
        release(change,
                minutes_of_work(WorkKind::cancel, scenario_.effort.cancel, move.exit_on, s.customer, index));
    else if (!move.auto_renew_off_on.none())
        release(change, minutes_of_work(WorkKind::auto_renew_off, scenario_.effort.auto_renew_off,
                                        move.auto_renew_off_on, s.customer, index));
    NotPlaced obstacle;
    if (!choose_exit(move, s, day, kAfterAllDays, obstacle) || move.exit_on < day ||
        !take_exit_work(change, move, s, day, kAfterAllDays, obstacle) || move.exit_on < day) {
        undo(change);
        return false;
    }
    moves_[index.at()] = move;
    journal_.push_back(std::move(change));
    return true;
}

void Placement::rollback(std::size_t mark) {
    while (journal_.size() > mark) {
        const Change& change = journal_.back();
        undo(change);
        const SubscriptionIndex s = change.before.subscription;
        moves_[s.at()] = change.before;
        placed_[s.at()] = change.was_placed ? 1 : 0;
        invited_[scenario_.at(s).customer.at()] = change.invited_before;
        journal_.pop_back();
    }
}

Plan Placement::take_plan() {
    Plan plan;
    for (std::size_t c = 0; c < invited_.size(); ++c)
        if (!invited_[c].none()) plan.invitations.push_back({CustomerIndex(c), invited_[c]});
    plan.moves = std::move(moves_);
    return plan;
}

}  // namespace termwise
