#include "explanation/other_moves.h"

#include <algorithm>
#include <tuple>

#include "options/list_exits.h"
#include "plan/days.h"

namespace termwise {
namespace {

/// First what is wrong with the day whatever else is done, last what more room would cure.
void lead_with_reason(std::vector<Violation>& violations) {
    const auto rank = [](const Violation& v) {
        if (v.rule == Rule::workday || v.rule == Rule::blackout || v.rule == Rule::horizon) return 0;
        return v.rule == Rule::capacity || v.rule == Rule::budget ? 2 : 1;
    };
    std::ranges::stable_sort(violations, {}, rank);
}

std::int32_t distance(Day a, Day b) { return a < b ? b - a : a - b; }

}  // namespace

OtherMoves::OtherMoves(const CustomerCase& of, const Trial& trial)
    : case_(of),
      trial_(trial),
      own_(trial.own()),
      own_limits_(of.own_scenario()),
      options_(of.own_scenario(), own_limits_),
      tables_(of.own_scenario()) {
    const Scenario& scenario = of.own_scenario();
    const Subscription& s = scenario.at(own_);
    const CustomerDays workdays = scenario.days_of(CustomerIndex(0));
    for (Day day = scenario.h0(); day < scenario.h1(); ++day) {
        if (workdays.is_workday(day)) days_.push_back(day);
        VisitDay visit;
        if (const auto work = visit_work(scenario, CustomerIndex(0), day)) {
            visit.cost = labour_cost(scenario, *work).minor;
            const Use use{own_limits_.bucket(work->team, day), work->seconds};
            if (!use.limit.none()) visit.uses = options_.uses.number_of({&use, 1});
        }
        options_.visits.push_back(visit);
    }
    out_.subscription = own_;
    list_exits(options_, out_, true);
    list_starts(options_, tables_, out_, days_, true);

    const Plan without = of.own_plan_without(own_);
    for (std::size_t i = 0; i < own_limits_.size(); ++i)
        room_.push_back(own_limits_.at(LimitIndex(i)).room - of.used_by_others()[i]);
    for (const Use& use : of.uses_of(without)) room_[use.limit.at()] -= use.amount;
    for (const Move& move : without.moves) {
        if (move.action != Action::migrate) continue;
        visited_.push_back(move.provision_on);
        if (scenario.at(move.subscription).parent == own_) exit_from_ = std::max(exit_from_, move.exit_on);
        if (move.subscription == s.parent) exit_to_ = std::min(exit_to_, move.exit_on);
    }
}

std::int64_t OtherMoves::visit_cost(Day day) const {
    return std::ranges::find(visited_, day) != visited_.end() ? 0 : options_.visit_on(day).cost;
}

std::uint32_t OtherMoves::visit_uses(Day day) const {
    return std::ranges::find(visited_, day) != visited_.end() ? 0 : options_.visit_on(day).uses;
}

/// Whether all these uses together fit beside the other moves.
bool OtherMoves::fits(std::initializer_list<std::uint32_t> lists) const {
    std::vector<Use> together;
    for (const std::uint32_t list : lists)
        for (const Use& use : options_.uses.at(list)) add_use(together, use.limit, use.amount);
    return std::ranges::all_of(
        together, [&](const Use& use) { return use.amount <= 0 || use.amount <= room_[use.limit.at()]; });
}

/// The plan's own day if it is one of this exit's, else the first on which the new contract has taken over.
Day OtherMoves::exit_day(const Start& start, const ExitOption& exit) const {
    const Scenario& scenario = case_.own_scenario();
    Day first = std::max(exit.first, exit_from_);
    if (exit.exit == Exit::cancel && scenario.continuity != Continuity::soft)
        first = std::max(first, Day(start.hand_over));
    const Day last = std::min(exit.last, exit_to_);
    if (first > last) return {};
    if (exit.exit == Exit::lapse) return exit.last;
    const Move* now = case_.own_move(own_);
    if (now != nullptr && now->action == Action::migrate && now->exit == Exit::cancel &&
        now->exit_on >= first && now->exit_on <= last &&
        scenario.days_of(CustomerIndex(0)).is_workday(now->exit_on))
        return now->exit_on;
    const Day day = scenario.days_of(CustomerIndex(0)).first_at_or_after(first, last + 1);
    return day > last ? Day{} : day;
}

/// The last day with room on which auto-renew can be switched off; none if there is none.
Day OtherMoves::off_day(const Start& start, const ExitOption& exit, const ExitCost& cost,
                        std::uint32_t visit) const {
    const auto days = options_.days_of(exit.off);
    const Move* now = case_.own_move(own_);
    if (now != nullptr && now->exit_on == exit.last && !now->auto_renew_off_on.none())
        for (const WorkDay& day : days)  // the plan's own bucket, if it is one of them
            if (own_limits_.bucket(case_.own_scenario().effort.auto_renew_off.team, day.day) ==
                    own_limits_.bucket(case_.own_scenario().effort.auto_renew_off.team,
                                       now->auto_renew_off_on) &&
                day.day <= now->auto_renew_off_on && fits({start.uses, cost.uses, visit, day.uses}))
                return now->auto_renew_off_on;
    for (std::size_t i = days.size(); i-- > 0;)
        if (fits({start.uses, cost.uses, visit, days[i].uses})) return days[i].day;
    return {};
}

std::optional<OtherMoves::Candidate> OtherMoves::cheapest(const Start& start, Day day, Exit kind) const {
    const auto exits = options_.exits_of(out_);
    const auto costs = options_.exit_costs_of(out_, start);
    const std::uint32_t visit = visit_uses(day);
    std::optional<Candidate> best;
    for (std::size_t e = start.first_exit; e < exits.size(); ++e) {
        const ExitOption& exit = exits[e];
        if (exit.exit != kind) continue;
        const std::int64_t cost = start.cost + costs[e].cost + options_.gap_cost(out_, start, exit);
        if (best && cost >= best->cost) continue;
        const Day exit_on = exit_day(start, exit);
        if (exit_on.none() || !fits({start.uses, costs[e].uses, visit})) continue;
        Day off;
        if (exit.needs_off) {
            off = off_day(start, exit, costs[e], visit);
            if (off.none()) continue;
        }
        best.emplace();
        best->cost = cost;
        Move& move = best->move;
        const Scenario& scenario = case_.own_scenario();
        move.subscription = own_;
        move.action = Action::migrate;
        move.target = options_.way_of(out_, start).target;
        move.sold_as = options_.way_of(out_, start).sold_as;
        move.provision_on = day;
        if (scenario.reassigns(scenario.at(own_).offer, move.target))
            move.reassign_on = scenario.days_of(CustomerIndex(0))
                                   .first_at_or_after(day + scenario.provision_days, scenario.h1());
        move.exit = kind;
        move.exit_on = exit_on;
        move.auto_renew_off_on = off;
    }
    return best;
}

/// Cheapest first; for each way, the cheapest lapse and the cheapest cancellation.
std::vector<OtherMoves::Candidate> OtherMoves::candidates_on(Day day) const {
    std::vector<Candidate> found;
    const auto starts = options_.starts_of(out_);
    auto start = std::ranges::lower_bound(starts, day, {}, [&](const Start& s) { return days_[s.day]; });
    for (; start != starts.end() && days_[start->day] == day; ++start)
        for (const Exit kind : {Exit::lapse, Exit::cancel})
            if (auto candidate = cheapest(*start, day, kind)) found.push_back(*std::move(candidate));
    std::ranges::stable_sort(found, {}, &Candidate::cost);
    return found;
}

std::optional<TriedMove> OtherMoves::best_on(Day day) const {
    for (const Candidate& candidate : candidates_on(day))
        if (TriedMove move = trial_.tried(candidate.move); move.feasible()) return move;
    return std::nullopt;
}

/// Of moves like the plan's own (its target and term, its exit and those of the old contract's other kinds)
/// the one that breaks the fewest rules.
TriedMove OtherMoves::nearest_to_feasible(Day day) const {
    const Scenario& scenario = case_.own_scenario();
    const Subscription& s = scenario.at(own_);
    const CustomerDays workdays = scenario.days_of(CustomerIndex(0));
    Move like;
    if (const Move* now = case_.own_move(own_); now != nullptr) like = *now;
    if (like.action == Action::stay) {
        like = {};
        like.subscription = own_;
        like.action = Action::migrate;
        like.exit_on = s.current_term_end();
        const std::vector<OfferIndex> targets = scenario.allowed_targets(s);
        if (!targets.empty()) {
            like.target = targets.front();
            const std::vector<TermBilling> terms = scenario.allowed_terms(s, like.target);
            if (!terms.empty()) like.sold_as = terms.front();
        }
    }
    like.provision_on = day;
    const bool reassigns = !like.target.none() && scenario.reassigns(s.offer, like.target);
    like.reassign_on =
        reassigns ? workdays.first_at_or_after(day + scenario.provision_days, scenario.h1()) : Day{};
    TriedMove best = trial_.tried(like);
    if (!workdays.is_workday(day)) {  // no exit cures that
        lead_with_reason(best.violations);
        return best;
    }
    const Day hand_over = days_of(scenario, s, like).hand_over;
    bool cancelled = false;
    for (const ExitOption& exit : options_.exits_of(out_)) {
        if (best.violations.size() <= 1) break;
        Move other = like;
        other.exit = exit.exit;
        other.exit_on = exit.last;
        other.auto_renew_off_on = {};
        if (exit.needs_off) other.auto_renew_off_on = options_.days_of(exit.off).back().day;
        if (exit.exit == Exit::cancel) {
            if (cancelled || exit.last < hand_over) continue;
            other.exit_on = workdays.first_at_or_after(std::max(exit.first, hand_over), exit.last);
            cancelled = true;
        }
        TriedMove next = trial_.tried(other);
        if (next.violations.size() < best.violations.size()) best = std::move(next);
    }
    lead_with_reason(best.violations);
    return best;
}

std::vector<DayCost> OtherMoves::by_day() const {
    const Scenario& scenario = case_.own_scenario();
    const std::optional<TriedMove>& chosen = trial_.chosen();
    std::vector<DayCost> days;
    for (Day day = scenario.h0(); day < scenario.h1(); ++day) {
        DayCost row;
        row.day = day;
        if (chosen && chosen->move.action == Action::migrate && chosen->move.provision_on == day) {
            row.tried = *chosen;
        } else if (std::optional<TriedMove> best = best_on(day)) {
            row.tried = *std::move(best);
        } else {
            row.tried = nearest_to_feasible(day);
        }
        days.push_back(std::move(row));
    }
    return days;
}

std::optional<TriedMove> OtherMoves::next_best() const {
    const std::optional<TriedMove>& chosen = trial_.chosen();
    std::vector<Candidate> all;
    for (const Day day : days_)
        for (Candidate& candidate : candidates_on(day)) {
            if (chosen && same_decision(candidate.move, chosen->move)) continue;
            candidate.cost += visit_cost(day);
            all.push_back(std::move(candidate));
        }
    const Day near = chosen && chosen->move.action == Action::migrate ? chosen->move.provision_on
                                                                      : case_.own_scenario().h0();
    std::ranges::stable_sort(all, [&](const Candidate& a, const Candidate& b) {
        return std::tuple(a.cost, distance(a.move.provision_on, near)) <
               std::tuple(b.cost, distance(b.move.provision_on, near));
    });
    std::optional<TriedMove> best;
    for (const Candidate& candidate : all)
        if (TriedMove move = trial_.tried(candidate.move); move.feasible()) {
            best = std::move(move);
            break;
        }
    if (!chosen || chosen->move.action == Action::migrate) {
        Move stays;
        stays.subscription = own_;
        TriedMove stay = trial_.tried(stays);
        if (stay.feasible() && (!best || stay.difference < best->difference)) best = std::move(stay);
    }
    return best;
}

}  // namespace termwise
