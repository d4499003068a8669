#include "planning/strategies.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "planning/placement.h"
#include "scoring/score.h"
#include "simulation/as_planned.h"

namespace termwise {
namespace {

/// A base with its add-ons and theirs (M3.8): they move together or not at all.
struct Family {
    Day first_end;                           // earliest end of a current term
    std::vector<SubscriptionIndex> members;  // parents first, then by (end of current term, index)
};

std::vector<Family> families_of(const Scenario& scenario) {
    const std::size_t count = scenario.subscriptions.size();
    const auto ends_before = [&](SubscriptionIndex a, SubscriptionIndex b) {
        return std::tuple(scenario.at(a).current_term_end(), a) <
               std::tuple(scenario.at(b).current_term_end(), b);
    };
    std::vector<std::pair<SubscriptionIndex, SubscriptionIndex>> add_ons;  // parent, add-on
    for (std::size_t i = 0; i < count; ++i)
        if (!scenario.subscriptions[i].parent.none())
            add_ons.emplace_back(scenario.subscriptions[i].parent, SubscriptionIndex(i));
    std::ranges::sort(add_ons, [&](const auto& a, const auto& b) {
        return a.first != b.first ? a.first < b.first : ends_before(a.second, b.second);
    });
    std::vector<Family> families;
    for (std::size_t i = 0; i < count; ++i) {
        const SubscriptionIndex base(i);
        if (!scenario.at(base).parent.none()) continue;
        Family family{scenario.at(base).current_term_end(), {base}};
        for (std::size_t m = 0; m < family.members.size(); ++m) {
            const auto of_member = std::ranges::equal_range(
                add_ons, family.members[m], {}, &std::pair<SubscriptionIndex, SubscriptionIndex>::first);
            for (const auto& [parent, add_on] : of_member) {
                family.members.push_back(add_on);
                family.first_end = std::min(family.first_end, scenario.at(add_on).current_term_end());
            }
        }
        families.push_back(std::move(family));
    }
    std::ranges::stable_sort(families, {}, &Family::first_end);
    return families;
}

/// Places family after family.
class Strategist {
  public:
    Strategist(const Scenario& scenario, Strategy strategy)
        : scenario_(scenario), strategy_(strategy), placement_(scenario, strategy) {}

    StrategyPlan run() {
        for (const Family& family : families_of(scenario_)) {
            attempts_left_ = kMostAttempts;
            failed_ = false;
            if (place_from(family, 0)) {
                placement_.commit();
                continue;
            }
            placement_.rollback(0);
            report(family);
        }
        std::ranges::sort(not_placed_, {}, &NotPlaced::subscription);
        return {placement_.take_plan(), std::move(not_placed_)};
    }

  private:
    // Combinations of options tried for one family. Few families have more than two members with several
    // options.
    static constexpr int kMostAttempts = 200;

    struct Candidate {
        Money cost;
        Option option;
        Move move;
    };

    /// Places the members from position `m` on; undoes what it did if it cannot place them all.
    bool place_from(const Family& family, std::size_t m) {
        if (m == family.members.size()) return true;
        const SubscriptionIndex s = family.members[m];
        PlacementLimits limits = limits_for(family, s);
        NotPlaced obstacle;
        obstacle.subscription = s;
        const Move* parent = parent_of(s);
        for (const Candidate& candidate : candidates(s, limits, parent, obstacle)) {
            if (place_candidate(family, m, candidate, limits, parent, obstacle)) return true;
            if (attempts_left_ <= 0) break;
        }
        if (!failed_) first_failure_ = obstacle;
        failed_ = true;
        return false;
    }

    /// Places one member by one option, and those after it. Under `wait` a base that took the last day with
    /// room gives way, day by day, to the add-ons that need it there.
    bool place_candidate(const Family& family, std::size_t m, const Candidate& candidate,
                         PlacementLimits limits, const Move* parent, NotPlaced& obstacle) {
        const SubscriptionIndex s = family.members[m];
        Move wanted = candidate.move;
        Day before = kAfterAllDays;
        while (attempts_left_-- > 0) {
            const std::size_t mark = placement_.mark();
            const bool is_placed = place_with_parent(wanted, limits, parent, obstacle);
            const Day day = is_placed ? placement_.placed(s)->provision_on : kAfterAllDays;
            if (is_placed && day < before && place_from(family, m + 1)) return true;
            placement_.rollback(mark);
            const bool may_give_way = strategy_ == Strategy::wait && m + 1 < family.members.size();
            if (!is_placed || day >= before || !may_give_way) return false;
            before = day;
            limits.latest_wanted = day - 1;
            NotPlaced ignored;
            const auto earlier = placement_.wanted_move(s, candidate.option, limits, ignored);
            if (!earlier || earlier->provision_on >= day) return false;
            wanted = *earlier;
        }
        return false;
    }

    [[nodiscard]] const Move* parent_of(SubscriptionIndex s) const {
        const SubscriptionIndex parent = scenario_.at(s).parent;
        return parent.none() ? nullptr : placement_.placed(parent);
    }

    PlacementLimits limits_for(const Family& family, SubscriptionIndex s) const {
        PlacementLimits limits;
        if (const Move* parent = parent_of(s)) {
            limits.earliest_provision = parent->provision_on;
            if (strategy_ == Strategy::wait) limits.latest_exit = parent->exit_on;
        }
        if (strategy_ == Strategy::wait && family.members.size() > 1)
            limits.latest_wanted = wanted_by_add_ons(family, s);
        return limits;
    }

    /// The day by which the add-ons of `s`, and theirs, would like it to be provisioned; their terms may end
    /// earlier.
    [[nodiscard]] Day wanted_by_add_ons(const Family& family, SubscriptionIndex s) const {
        Day wanted = kAfterAllDays;
        for (const SubscriptionIndex add_on : family.members) {
            if (scenario_.at(add_on).parent != s) continue;
            PlacementLimits limits;
            limits.latest_exit = scenario_.at(s).current_term_end();
            limits.latest_wanted = wanted_by_add_ons(family, add_on);
            Day own = kBeforeAllDays;
            NotPlaced ignored;
            for (const Option& option : options_of(add_on))
                if (const auto move = placement_.wanted_move(add_on, option, limits, ignored))
                    own = std::max(own, move->provision_on);
            if (own != kBeforeAllDays) wanted = std::min(wanted, own);
        }
        return wanted;
    }

    [[nodiscard]] std::vector<Option> options_of(SubscriptionIndex s) const {
        const Subscription& subscription = scenario_.at(s);
        std::vector<Option> options;
        for (const OfferIndex target : scenario_.allowed_targets(subscription))
            for (const TermBilling sold_as : scenario_.allowed_terms(subscription, target))
                options.push_back({target, sold_as});
        return options;
    }

    /// The options with a day of their own, cheapest first (M5.1); why there is none in `obstacle`.
    std::vector<Candidate> candidates(SubscriptionIndex s, const PlacementLimits& limits, const Move* parent,
                                      NotPlaced& obstacle) {
        std::vector<Candidate> found;
        bool said = false;
        obstacle.obstacle = Obstacle::no_target;
        for (const Option& option : options_of(s)) {
            const std::vector<OfferIndex>& needed = scenario_.at(option.target).requires_any;
            NotPlaced why = obstacle;
            if (!needed.empty() &&
                (parent == nullptr || !std::ranges::binary_search(needed, parent->target))) {
                why.obstacle = Obstacle::requirement_not_met;
            } else if (const auto move = placement_.wanted_move(s, option, limits, why)) {
                found.push_back({{}, option, *move});
                continue;
            }
            // The most telling reason is one that is not the lack of a price on some day.
            if (!said) obstacle = why;
            said = said || why.obstacle != Obstacle::no_target;
        }
        if (found.size() < 2) return found;
        for (Candidate& candidate : found) {
            work_.clear();
            const SubscriptionOutcome outcome = as_planned(scenario_, candidate.move, work_);
            candidate.cost = cost_of(scenario_, outcome, work_, nullptr).components.total();
        }
        std::ranges::sort(found, [](const Candidate& a, const Candidate& b) {
            return std::tie(a.cost, a.option) < std::tie(b.cost, b.option);
        });
        return found;
    }

    /// Under `cancel_now` a base ends when its add-ons have ended; if it cannot wait for one, the add-on ends
    /// earlier.
    bool place_with_parent(const Move& move, PlacementLimits limits, const Move* parent,
                           NotPlaced& obstacle) {
        if (!placement_.place(move, limits, obstacle)) return false;
        if (parent == nullptr || strategy_ == Strategy::wait) return true;
        const SubscriptionIndex s = move.subscription;
        const std::size_t before = placement_.mark();
        if (ancestors_wait(s, placement_.placed(s)->exit_on)) return true;
        placement_.rollback(before - 1);
        limits.latest_exit = parent->exit_on;
        const auto earlier = placement_.wanted_move(s, {move.target, move.sold_as}, limits, obstacle);
        return earlier && placement_.place(*earlier, limits, obstacle);
    }

    bool ancestors_wait(SubscriptionIndex s, Day until) {
        for (SubscriptionIndex p = scenario_.at(s).parent; !p.none(); p = scenario_.at(p).parent)
            if (!placement_.postpone_exit(p, until))
                return false;
            else
                until = placement_.placed(p)->exit_on;
        return true;
    }

    void report(const Family& family) {
        for (const SubscriptionIndex s : family.members) {
            if (s == first_failure_.subscription) {
                not_placed_.push_back(first_failure_);
            } else {
                NotPlaced stays;
                stays.subscription = s;
                stays.obstacle = Obstacle::family_stays;
                stays.because_of = first_failure_.subscription;
                not_placed_.push_back(stays);
            }
        }
    }

    const Scenario& scenario_;
    const Strategy strategy_;
    Placement placement_;
    std::vector<NotPlaced> not_placed_;
    std::vector<WorkItem> work_;
    NotPlaced first_failure_;
    bool failed_ = false;
    int attempts_left_ = 0;
};

StrategyPlan stay(const Scenario& scenario) {
    StrategyPlan result;
    result.plan.moves.resize(scenario.subscriptions.size());
    for (std::size_t i = 0; i < result.plan.moves.size(); ++i)
        result.plan.moves[i].subscription = SubscriptionIndex(i);
    return result;
}

}  // namespace

std::string_view strategy_name(Strategy strategy) {
    switch (strategy) {
        case Strategy::stay:
            return "stay";
        case Strategy::wait:
            return "wait";
        case Strategy::cancel_now:
            break;
    }
    return "cancel-now";
}

std::string obstacle_text(const Scenario& scenario, const NotPlaced& n) {
    switch (n.obstacle) {
        case Obstacle::ends_after_horizon:
            return fmt::format("its term ends on {}, after the horizon", to_text(n.day));
        case Obstacle::may_not_be_cancelled:
            return fmt::format("its term ends on {}, too late, and it may not be cancelled before",
                               to_text(n.day));
        case Obstacle::no_target:
            return "no allowed target and term has a price and enough seats for every term in the horizon";
        case Obstacle::requirement_not_met:
            return "its targets require an offer that its parent does not move to";
        case Obstacle::reassignment_too_slow:
            return fmt::format("reassigning its users at {} a day does not end within the horizon",
                               scenario.effort.reassign.seats_per_day);
        case Obstacle::no_day:
            if (n.day.none()) return "there is no workday left for it in the horizon";
            return fmt::format("it can be handed over on {} at the earliest, {} is the last day in time",
                               to_text(n.day), to_text(n.other));
        case Obstacle::no_notice:
            return fmt::format(
                "auto-renew would have to be switched off by {}, and no workday is left for that",
                to_text(n.day));
        case Obstacle::no_capacity:
            return fmt::format("team {} has no time left on any day that would serve, {} to {}",
                               scenario.at(n.team).id, to_text(n.day), to_text(n.other));
        case Obstacle::family_stays:
            return fmt::format("it moves together with {}, which cannot move", scenario.id(n.because_of));
    }
    return {};
}

StrategyPlan plan_by(const Scenario& scenario, Strategy strategy) {
    if (strategy == Strategy::stay) return stay(scenario);
    return Strategist(scenario, strategy).run();
}

}  // namespace termwise
