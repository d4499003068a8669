// All plans of tiny portfolios, tried out one by one with the judge: slow, and beyond doubt.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <vector>

#include "plan/check.h"

namespace termwise::test {

/// Every move of a subscription that no rule forbids by itself.
inline std::vector<Move> moves_of(const Scenario& scenario, SubscriptionIndex index) {
    const Subscription& s = scenario.at(index);
    const CustomerDays workdays = scenario.days_of(s.customer);
    std::vector<Move> found;
    Move move;
    move.subscription = index;
    const auto consider = [&] {
        Plan plan;
        plan.moves = {move};
        for (const Violation& v : check(scenario, plan).violations)
            if (v.subject == SubjectKind::subscription && v.index == index.value && v.rule != Rule::parent)
                return;
        found.push_back(move);
    };
    consider();
    move.action = Action::migrate;
    for (const OfferIndex target : scenario.allowed_targets(s))
        for (const TermBilling sold_as : scenario.allowed_terms(s, target))
            for (Day day = scenario.h0(); day < scenario.h1(); ++day) {
                if (!workdays.is_workday(day)) continue;
                move.target = target;
                move.sold_as = sold_as;
                move.provision_on = day;
                move.reassign_on = {};
                if (scenario.reassigns(s.offer, target))
                    move.reassign_on =
                        workdays.first_at_or_after(day + scenario.provision_days, scenario.h1());
                for (Day on = scenario.h0(); on <= scenario.h1(); ++on) {
                    const bool boundary = Boundaries(s.term_start, s.sold_as.term).has(on);
                    if (!boundary && !workdays.is_workday(on)) continue;
                    move.exit = boundary ? Exit::lapse : Exit::cancel;
                    move.exit_on = on;
                    if (boundary && s.auto_renew) {
                        for (Day off = scenario.h0(); off < on; ++off)
                            if (workdays.is_workday(off)) {
                                move.auto_renew_off_on = off;
                                consider();
                            }
                        move.auto_renew_off_on = {};
                    } else {
                        consider();
                    }
                }
            }
    return found;
}

/// Those of every subscription, by subscription; nothing if their combinations are more than `most`.
inline std::optional<std::vector<std::vector<Move>>> moves_of_all(const Scenario& scenario,
                                                                  std::size_t most) {
    std::vector<std::vector<Move>> moves;
    std::size_t combinations = 1;
    for (std::size_t s = 0; s < scenario.subscriptions.size(); ++s) {
        moves.push_back(moves_of(scenario, SubscriptionIndex(s)));
        combinations *= moves.back().size();
        if (combinations > most) return std::nullopt;
    }
    return moves;
}

/// Calls `f(plan)` for every combination of these moves of one customer's subscriptions, with every day on
/// which it could be invited.
template <class F>
void for_each_plan(const Scenario& scenario, CustomerIndex index, const std::vector<std::vector<Move>>& moves,
                   F&& f) {
    const Customer& customer = scenario.at(index);
    const CustomerDays workdays = scenario.days_of(index);
    std::size_t combinations = 1;
    for (const std::vector<Move>& of : moves) combinations *= of.size();
    for (std::size_t i = 0; i < combinations; ++i) {
        Plan plan;
        std::size_t rest = i;
        Day first = kAfterAllDays;
        for (const std::vector<Move>& of : moves) {
            plan.moves.push_back(of[rest % of.size()]);
            rest /= of.size();
            if (plan.moves.back().action == Action::migrate)
                first = std::min(first, plan.moves.back().provision_on);
        }
        if (customer.relationship != Relationship::pending || first == kAfterAllDays) {
            f(plan);
            continue;
        }
        for (Day day = scenario.h0(); day + customer.plan_days <= first; ++day) {
            if (!workdays.is_workday(day)) continue;
            plan.invitations = {{index, day}};
            f(plan);
        }
    }
}

/// Whether a portfolio without budgets has a feasible plan. Nothing: it is not tiny.
class AnyPlan {
  public:
    explicit AnyPlan(const Scenario& scenario, std::size_t most = 20'000) : scenario_(scenario) {
        for (std::size_t t = 0; t < scenario.teams.size(); ++t) {
            if (!scenario.teams[t].capacity) continue;
            const TeamIndex team(t);
            const TeamLoad load(scenario);
            for (std::int32_t b = load.bucket_of(team, scenario.h0());
                 b <= load.bucket_of(team, scenario.h1() - 1); ++b) {
                buckets_.emplace_back(team, b);
                room_.push_back(load.limit_seconds(team, b));
            }
        }
        for (std::size_t c = 0; c < scenario.customers.size() && !too_many_; ++c)
            list_loads(CustomerIndex(c), most);
    }

    [[nodiscard]] std::optional<bool> exists() const {
        if (too_many_) return std::nullopt;
        return fits(0, room_);
    }

  private:
    using Load = std::vector<std::int64_t>;

    void list_loads(CustomerIndex customer, std::size_t most) {
        const ListRange range = scenario_.at(customer).subscriptions;
        std::vector<std::vector<Move>> moves;
        std::size_t combinations = 1;
        for (std::uint32_t i = 0; i < range.size; ++i) {
            moves.push_back(moves_of(scenario_, SubscriptionIndex(std::size_t{range.begin} + i)));
            combinations *= moves.back().size();
        }
        too_many_ = combinations > most;
        std::set<Load>& loads = loads_.emplace_back();
        if (too_many_) return;
        for_each_plan(scenario_, customer, moves, [&](const Plan& plan) {
            const CheckResult judged = check(scenario_, plan);
            // That the others have no moves here is no matter.
            for (const Violation& v : judged.violations)
                if (v.rule != Rule::move && v.rule != Rule::capacity) return;
            Load load;
            for (const auto& [team, bucket] : buckets_)
                load.push_back(judged.load.used_seconds(team, bucket));
            loads.insert(std::move(load));
        });
    }

    [[nodiscard]] bool fits(std::size_t customer, const Load& room) const {
        if (customer == loads_.size()) return true;
        return std::ranges::any_of(loads_[customer], [&](const Load& load) {
            Load left = room;
            bool enough = true;
            for (std::size_t i = 0; i < left.size(); ++i) enough = (left[i] -= load[i]) >= 0 && enough;
            return enough && fits(customer + 1, left);
        });
    }

    const Scenario& scenario_;
    std::vector<std::pair<TeamIndex, std::int32_t>> buckets_;
    Load room_;
    std::vector<std::set<Load>> loads_;  // of each customer: all that its plans may ask of the teams
    bool too_many_ = false;
};

}  // namespace termwise::test
