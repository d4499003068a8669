#include "simulation/exits.h"

#include <algorithm>

namespace termwise {
namespace {

/// Whether a contract may be cancelled on `day` inside its term `term` (M2.6, M3.7).
bool cancellable(const Programme& programme, const Subscription& s, Interval<Day> term, Day day) {
    if (day <= term.from) return false;
    const Cancellation& rules = programme.cancellation;
    if (rules.allowed == CancellationAllowed::never) return false;
    if (rules.allowed == CancellationAllowed::window && !rules.in_window(term.from, day)) return false;
    return !s.auto_renew || day <= term.to - programme.renewal_notice_days;
}

/// An end on `day`, if it comes before the horizon does.
Ending lapse(const Scenario& scenario, Day day) {
    return day <= scenario.h1() ? Ending{Ending::Kind::lapse, day} : Ending{};
}

/// Follows a contract that renews by itself at the boundaries from `boundary` on, until `done(boundary)` says
/// that it lapses there, a renewal does not take place, or H1 comes.
template <class Done>
OldEnd renew_until(const Scenario& scenario, const Subscription& s, Day boundary, Done&& done) {
    const Boundaries terms(s.term_start, s.sold_as.term);
    const Contract contract = old_contract(scenario, s, {});
    OldEnd end;
    while (boundary < scenario.h1()) {
        if (done(boundary) || renew(contract, boundary).price == nullptr) {
            end.ending = lapse(scenario, boundary);
            return end;
        }
        ++end.unwanted_renewals;
        boundary = term_around(terms, boundary).to;
    }
    if (done(boundary)) end.ending = lapse(scenario, boundary);
    return end;
}

/// M7.2: a decline that is known in time undoes the exit.
bool undone_before(const ExitFacts& facts, Day day) {
    return !facts.declined_on.none() && facts.declined_on < day;
}

OldEnd lapse_end(const Scenario& scenario, const Move& move, const Subscription& s, const ExitFacts& facts) {
    if (undone_before(facts, move.exit_on)) return {};
    if (!s.auto_renew) return {lapse(scenario, move.exit_on), 0};
    // Switched off too late it renews, and lapses at the first boundary for which the notice was in time.
    const std::int32_t notice = std::max(1, scenario.programme_of(s.offer).renewal_notice_days);
    const auto in_time = [&](Day boundary) {
        return !facts.switched_off_on.none() && facts.switched_off_on <= boundary - notice;
    };
    if (in_time(move.exit_on)) return {lapse(scenario, move.exit_on), 0};
    bool undone = false;
    OldEnd end = renew_until(scenario, s, move.exit_on, [&](Day boundary) {
        undone = undone_before(facts, boundary);
        return undone || in_time(boundary);
    });
    if (undone) end.ending = {};
    return end;
}

OldEnd cancel_end(const Scenario& scenario, const Move& move, const Subscription& s, const ExitFacts& facts) {
    const Boundaries terms(s.term_start, s.sold_as.term);
    const Day term_end = term_around(terms, move.exit_on).to;
    const Day cancelled =
        facts.cancelled_on.none() ? facts.cancelled_on : cancellation_day(scenario, move, facts.cancelled_on);
    if (!cancelled.none() && cancelled < term_end) return {{Ending::Kind::cancel, cancelled}, 0};
    if (undone_before(facts, term_end)) return {};
    if (!s.auto_renew) return {lapse(scenario, term_end), 0};
    bool stopped = false;  // cancelled in this term, or the decline became known
    OldEnd end = renew_until(scenario, s, term_end, [&](Day boundary) {
        stopped = undone_before(facts, boundary) || (!cancelled.none() && cancelled < boundary);
        return stopped;
    });
    if (!cancelled.none() && (stopped || end.ending.kind == Ending::Kind::none))
        end.ending = {Ending::Kind::cancel, cancelled};
    else if (stopped)
        end.ending = {};
    return end;
}

}  // namespace

Day cancellation_day(const Scenario& scenario, const Move& move, Day from) {
    const Subscription& s = scenario.at(move.subscription);
    const Programme& programme = scenario.programme_of(s.offer);
    const Boundaries terms(s.term_start, s.sold_as.term);
    const CustomerDays days = scenario.days_of(s.customer);
    const Day planned_end = term_around(terms, move.exit_on).to;
    const Day h1 = scenario.h1();
    Day day = days.first_at_or_after(from, h1);
    while (day < h1) {
        const Interval<Day> term = term_around(terms, day);
        if (term.to > planned_end &&
            (!s.auto_renew || renew(old_contract(scenario, s, {}), term.from).price == nullptr))
            return {};
        if (cancellable(programme, s, term, day)) return day;
        // On the first day of a term the next day may do; later ones only get worse until the next term.
        day = days.first_at_or_after(day == term.from ? day + 1 : term.to + 1, h1);
    }
    return {};
}

OldEnd old_end(const Scenario& scenario, const Move& move, const ExitFacts& facts) {
    const Subscription& s = scenario.at(move.subscription);
    return move.exit == Exit::lapse ? lapse_end(scenario, move, s, facts)
                                    : cancel_end(scenario, move, s, facts);
}

}  // namespace termwise
