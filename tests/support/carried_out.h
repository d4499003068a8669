// Plans that are being carried out, at random, and every plan that goes on with one of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "plan/keeps.h"
#include "scoring/score.h"
#include "support/every_plan.h"
#include "support/random_scenarios.h"

namespace termwise::test {

/// Some days of a portfolio so small that all of its plans can be tried.
inline SmallScenario draw_days(const Draw& what) {
    SmallScenario s = draw_scenario(what);
    const Day h0 = s.draft.horizon->start;
    s.draft.horizon->end = h0 + dice::roll(7, 15);
    s.draft.provision_days = dice::roll(0, 2);
    s.draft.plan_days = dice::roll(0, 3);
    for (CustomerDraft& customer : s.draft.portfolio.customers)
        customer.plan_days = std::min(customer.plan_days, 3);
    s.programme("open").renewal_notice_days = dice::pick({0, 1, 5});
    for (SubscriptionDraft& sub : s.draft.portfolio.subscriptions) {
        if (!sub.move_from.none()) sub.move_from = h0 + dice::roll(1, 6);
        if (!sub.move_by.none()) sub.move_by = h0 + dice::roll(6, 14);
        const bool monthly = sub.sold_as.term.months == 1;
        sub.term_start = monthly ? h0 - dice::roll(14, 27) : h0 + dice::roll(1, 15) - 365;
    }
    return s;
}

/// What may have changed since the plan was made.
inline void change(SmallScenario& s) {
    if (dice::chance(40)) s.team("ops").capacity = CapacityDraft{CapacityPer::week, dice::roll(20, 150), {}};
    if (dice::chance(40)) s.offer("e3-csp").prices[0].unit_price = amount("12.50");
    if (dice::chance(20)) s.draft.provision_days = dice::roll(0, 2);
    if (dice::chance(20)) s.programme("open").cancellation.allowed = CancellationAllowed::never;
    if (dice::chance(20)) s.draft.portfolio.customers[0].relationship = Relationship::active;
}

/// A plan whose moves break no rule by themselves; now and then one does.
inline Plan draw_carried_out(const Scenario& scenario) {
    Plan plan;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const CustomerIndex customer(c);
        const CustomerDays workdays = scenario.days_of(customer);
        Day first = kAfterAllDays;
        const ListRange range = scenario.customers[c].subscriptions;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            const SubscriptionIndex s(std::size_t{range.begin} + i);
            if (dice::chance(5)) continue;
            const std::vector<Move> moves = moves_of(scenario, s);
            Move move = moves.empty() || dice::chance(5) ? draw_move(scenario, s) : dice::pick(moves);
            // Reassigned later than the planner would.
            if (!move.reassign_on.none() && dice::chance(20))
                move.reassign_on = workdays.first_at_or_after(move.reassign_on + 1, scenario.h1() - 1);
            plan.moves.push_back(move);
            if (move.action == Action::migrate) first = std::min(first, move.provision_on);
        }
        if (scenario.customers[c].relationship != Relationship::pending || first == kAfterAllDays) continue;
        const Day latest = std::max(scenario.h0(), first - scenario.customers[c].plan_days);
        plan.invitations.push_back(
            {customer, workdays.first_at_or_after(scenario.h0() + dice::roll(0, latest - scenario.h0()),
                                                  scenario.h1() - 1)});
    }
    sort_plan(plan);
    return plan;
}

inline Commitments draw_commitments(const Scenario& scenario, Plan carried_out) {
    std::vector<SubscriptionIndex> locked;
    for (const Move& move : carried_out.moves)
        if (dice::chance(25)) locked.push_back(move.subscription);
    const Day from =
        scenario.h0() + (dice::chance(30) ? 0 : dice::roll(0, scenario.h1() - scenario.h0() - 1));
    const Money weight(dice::pick({0, 1, 5'000, 100'000, 50'000'000}));
    return Commitments(scenario, std::move(carried_out), from, locked, weight);
}

/// Every feasible plan of the planner's space that keeps what is fixed. Nothing: there are too many to try.
class EveryPlanThatKeeps {
  public:
    EveryPlanThatKeeps(const Scenario& scenario, const Commitments& commitments, std::size_t most)
        : scenario_(scenario), commitments_(commitments) {
        std::size_t product = 1;
        for (std::size_t c = 0; c < scenario.customers.size() && !too_many_; ++c) {
            list(CustomerIndex(c), most);
            product *= parts_.back().size();
            too_many_ = too_many_ || product > most;
        }
    }

    [[nodiscard]] bool is_tiny() const { return !too_many_; }

    /// Of those that may be too much for the limits.
    [[nodiscard]] std::size_t count() const {
        std::size_t product = 1;
        for (const std::vector<Plan>& plans : parts_) product *= plans.size();
        return product;
    }

    /// Calls `f(plan, total)` for each.
    template <class F>
    void for_each(F&& f) const {
        Plan plan;
        combine(0, plan, f);
    }

    /// The least total with `weight` for each change; nothing: there is no plan.
    [[nodiscard]] std::optional<std::int64_t> least(Money weight) const {
        std::optional<std::int64_t> found;
        for_each([&](const Plan& plan, Money total) {
            const auto changed = static_cast<std::int64_t>(changed_moves(commitments_, plan).size());
            const std::int64_t objective = (total + changed * weight).minor;
            if (!found || objective < *found) found = objective;
        });
        return found;
    }

  private:
    [[nodiscard]] bool may_be_part(const Plan& plan, CustomerIndex customer) const {
        for (const Violation& v : check(scenario_, plan).violations)
            if (v.rule != Rule::move && v.rule != Rule::capacity && v.rule != Rule::budget) return false;
        return std::ranges::none_of(not_kept(scenario_, commitments_, plan),
                                    [&](const NotKept& n) { return n.customer == customer; });
    }

    /// Those of M6.1, the one being carried out, and what is provisioned reassigned from now on.
    [[nodiscard]] std::vector<Move> moves(SubscriptionIndex s) const {
        std::vector<Move> all = moves_of(scenario_, s);
        const Move* was = commitments_.move_of(s);
        const CustomerDays workdays = scenario_.days_of(scenario_.at(s).customer);
        if (was != nullptr) {
            const std::size_t regular = all.size();
            for (std::size_t i = 0; i < regular; ++i) {
                Move later = all[i];
                if (later.reassign_on.none() || later.provision_on >= commitments_.from(s)) continue;
                later.reassign_on = workdays.first_at_or_after(
                    std::max(later.provision_on + scenario_.provision_days, commitments_.from(s)),
                    scenario_.h1());
                all.push_back(later);
                later.reassign_on = was->reassign_on;
                all.push_back(later);
            }
            // A start that is kept may end otherwise, and be reassigned as it was to be.
            for (std::size_t i = 0; i < regular; ++i) {
                Move same_start = all[i];
                if (same_start.action == Action::stay || same_start.provision_on != was->provision_on ||
                    same_start.target != was->target || same_start.sold_as != was->sold_as)
                    continue;
                same_start.reassign_on = was->reassign_on;
                all.push_back(same_start);
            }
            all.push_back(*was);
        }
        std::vector<Move> kept;
        for (const Move& move : all) {
            Plan plan;
            plan.moves = {move};
            const bool good =
                std::ranges::none_of(check(scenario_, plan).violations, [&](const Violation& v) {
                    return v.subject == SubjectKind::subscription && v.index == s.value &&
                           v.rule != Rule::parent;
                });
            const bool keeps = std::ranges::none_of(not_kept(scenario_, commitments_, plan),
                                                    [&](const NotKept& n) { return n.subscription == s; });
            if (good && keeps && std::ranges::find(kept, move) == kept.end()) kept.push_back(move);
        }
        return kept;
    }

    void list(CustomerIndex customer, std::size_t most) {
        const ListRange range = scenario_.at(customer).subscriptions;
        std::vector<std::vector<Move>> moves_each;
        std::size_t combinations = 1;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            moves_each.push_back(moves(SubscriptionIndex(std::size_t{range.begin} + i)));
            combinations *= moves_each.back().size();
        }
        std::vector<Plan>& plans = parts_.emplace_back();
        too_many_ = combinations > most;
        if (too_many_) return;
        for_each_plan(scenario_, customer, moves_each, [&](const Plan& plan) {
            if (may_be_part(plan, customer)) plans.push_back(plan);
        });
    }

    template <class F>
    void combine(std::size_t customer, const Plan& plan, F& f) const {
        if (customer == parts_.size()) {
            if (check(scenario_, plan).feasible()) f(plan, score(scenario_, plan, Detail::totals).total());
            return;
        }
        for (const Plan& part : parts_[customer]) {
            Plan more = plan;
            more.moves.insert(more.moves.end(), part.moves.begin(), part.moves.end());
            more.invitations.insert(more.invitations.end(), part.invitations.begin(), part.invitations.end());
            combine(customer + 1, more, f);
        }
    }

    const Scenario& scenario_;
    const Commitments& commitments_;
    std::vector<std::vector<Plan>> parts_;  // of each customer
    bool too_many_ = false;
};

}  // namespace termwise::test
