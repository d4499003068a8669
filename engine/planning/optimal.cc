#include "planning/optimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "planning/bound.h"
#include "planning/incumbent.h"
#include "planning/strategies.h"

namespace termwise {
namespace {

double relative(Money total, Money bound, Money beyond) {
    const auto difference = static_cast<double>(total.minor - bound.minor);
    return difference / std::max(static_cast<double>(beyond.minor), 1.0);
}

class Planner {
  public:
    Planner(const Scenario& scenario, const PlanningOptions& asked)
        : scenario_(scenario),
          asked_(asked),
          limits_(scenario),
          options_(list_options(scenario, limits_, scenario.subscriptions.size() > 100 ? 1 : 0)),
          began_(std::chrono::steady_clock::now()) {
        result_.asked_gap = asked.gap.value_or(default_gap(scenario));
        effort_ = asked.effort.value_or(
            std::max<std::int64_t>(20'000, 20 * static_cast<std::int64_t>(scenario.customers.size())));
    }

    OptimalPlan run() {
        result_.floor = Money(options_.floor());
        if (options_.floor() == kNoOption) return without_options();
        const std::vector<Scaled> free(limits_.size(), 0);
        std::int64_t target = target_from_strategies();
        const auto stop = [&](const BoundSearch& best) {
            result_.steps = best.steps;
            note_bound(best.bound);
            report();
            return is_over();
        };
        // Prices are looked for with a share of the effort; without limits there is nothing to price.
        const auto bound_steps = [&](std::int64_t most) {
            return limits_.size() == 0 ? 1
                                       : static_cast<int>(std::clamp<std::int64_t>(effort_ / 50, 10, most));
        };
        BoundSearch found = search_prices(options_, free, target, bound_steps(60), asked_.threads, stop);
        if (!found.possible) return without_choice(found.impossible);
        // The first plan tells how far the bound has to go; then the bound is looked for again.
        for (int round = 0; round < 3; ++round) {
            make_plan(found);
            if (is_good_enough() || is_over()) break;
            const std::int64_t goal = best_ ? best_->minor : target;
            found = search_prices(options_, found.prices, goal, bound_steps(round == 0 ? 200 : 100),
                                  asked_.threads, stop);
        }
        return conclude();
    }

  private:
    /// A total to aim at before any plan is known: the cheapest feasible strategy's, else what all cost at
    /// their least and a tenth more.
    [[nodiscard]] std::int64_t target_from_strategies() {
        const std::int64_t floor = options_.floor();
        std::int64_t target = floor + std::max<std::int64_t>(floor / 10, 1000);
        if (scenario_.subscriptions.size() > 10'000) return target;
        for (const Strategy strategy : kStrategies) {
            StrategyPlan made = plan_by(scenario_, strategy);
            if (!check(scenario_, made.plan).feasible()) continue;
            const Money total = score(scenario_, made.plan, Detail::totals).total();
            if (!best_ || total < *best_) take(std::move(made.plan), total);
        }
        return best_ ? best_->minor : target;
    }

    void take(Plan plan, Money total) {
        best_ = total;
        result_.plan = std::move(plan);
    }

    void note_bound(ScaledSum scaled) {
        const std::int64_t bound = rounded_up(scaled, scale_shift_) - options_.slack;
        if (!has_bound_ || bound > result_.bound.minor) result_.bound = Money(bound);
        has_bound_ = true;
    }

    void report() const {
        if (!asked_.progress) return;
        PlanningProgress progress;
        progress.best = best_;
        progress.bound = result_.bound;
        if (best_) progress.avoidable_gap = relative(*best_, result_.bound, *best_ - result_.floor);
        progress.steps = result_.steps;
        asked_.progress(progress);
    }

    [[nodiscard]] bool is_good_enough() const {
        return best_ && has_bound_ &&
               relative(*best_, result_.bound, *best_ - result_.floor) <= result_.asked_gap;
    }

    bool is_over() {
        if (asked_.stop != nullptr && asked_.stop->load(std::memory_order_relaxed)) {
            result_.stopped_by = StoppedBy::request;
            return true;
        }
        if (!asked_.time_limit_seconds) return false;
        const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - began_;
        if (spent.count() < *asked_.time_limit_seconds) return false;
        result_.stopped_by = StoppedBy::time;
        return true;
    }

    void make_plan(const BoundSearch& found) {
        Prices prices(options_);
        prices.set(found.prices);
        std::vector<CustomerChoice> wished;
        if (!price_portfolio(options_, prices, asked_.threads, &wished).possible) return;
        Incumbent incumbent(options_, found.prices);
        const auto customers = static_cast<std::int64_t>(options_.customers.size());
        if (!incumbent.place_all(wished, 200 + 20 * customers)) {
            unplaced_.clear();
            for (const std::size_t c : incumbent.unplaced())
                unplaced_.push_back(options_.customers[c].customer);
            return;
        }
        note(incumbent);
        for (std::int64_t i = 0; i < effort_ / 3 && !is_good_enough() && limits_.size() > 0; ++i) {
            incumbent.improve();
            ++result_.steps;
            if (i % 256 != 255) continue;
            note(incumbent);
            report();
            if (is_over()) break;
        }
        note(incumbent);
    }

    void note(const Incumbent& incumbent) {
        if (best_ && incumbent.cost() >= best_->minor) return;
        Plan plan = incumbent.plan();
        // The judge is not the planner.
        const CheckResult judged = check(scenario_, plan);
        const Money total = score(scenario_, plan, Detail::totals).total();
        if (!judged.feasible() || total.minor != incumbent.cost())
            throw std::logic_error(
                judged.feasible() ? "the planner's total is not the scorer's; please report this scenario"
                                  : "the planner's plan breaks a rule: " +
                                        message_text(scenario_, judged.violations.front()) +
                                        "; please report this scenario");
        take(std::move(plan), total);
    }

    OptimalPlan conclude() {
        if (!best_) {
            result_.status = PlanStatus::stopped_without_plan;
            for (const CustomerIndex customer : unplaced_)
                result_.conflicts.push_back(
                    {customer, {}, "no place was found for it beside the others in the time of the teams"});
            return std::move(result_);
        }
        result_.total = *best_;
        if (result_.total == result_.bound) {
            result_.status = PlanStatus::optimal;
            result_.stopped_by = StoppedBy::gap;
        } else if (is_good_enough()) {
            result_.status = PlanStatus::within_gap;
            result_.stopped_by = StoppedBy::gap;
        } else {
            result_.status = PlanStatus::stopped;
        }
        return std::move(result_);
    }

    /// Each subscription without an option, with what stands in its way whatever the others do, in the words
    /// of the strategies.
    OptimalPlan without_options() {
        result_.status = PlanStatus::infeasible;
        std::vector<NotPlaced> obstacles;
        for (const Strategy strategy : {Strategy::wait, Strategy::cancel_now}) {
            const std::vector<NotPlaced> found = plan_by(scenario_, strategy).not_placed;
            obstacles.insert(obstacles.end(), found.begin(), found.end());
        }
        std::ranges::stable_sort(obstacles, {}, &NotPlaced::subscription);
        for (const SubscriptionOptions& s : options_.subscriptions) {
            if (s.least_cost != kNoOption) continue;
            const auto obstacle =
                std::ranges::lower_bound(obstacles, s.subscription, {}, &NotPlaced::subscription);
            const bool known = obstacle != obstacles.end() && obstacle->subscription == s.subscription;
            result_.conflicts.push_back({scenario_.at(s.subscription).customer, s.subscription,
                                         "it may not stay, and cannot move: " +
                                             (known ? obstacle_text(scenario_, *obstacle)
                                                    : "no target, term and day keeps every rule")});
        }
        return std::move(result_);
    }

    OptimalPlan without_choice(CustomerIndex customer) {
        result_.status = PlanStatus::infeasible;
        result_.conflicts.push_back(
            {customer, {}, "its subscriptions can each move, but not so that add-ons go with their bases"});
        return std::move(result_);
    }

    const Scenario& scenario_;
    const PlanningOptions& asked_;
    const Limits limits_;
    const Options options_;
    const std::chrono::steady_clock::time_point began_;
    const int scale_shift_ = scale_shift(options_);
    std::int64_t effort_ = 0;
    std::optional<Money> best_;
    bool has_bound_ = false;
    std::vector<CustomerIndex> unplaced_;
    OptimalPlan result_;
};

}  // namespace

std::string_view status_name(PlanStatus status) {
    switch (status) {
        case PlanStatus::optimal:
            return "optimal";
        case PlanStatus::within_gap:
            return "within-gap";
        case PlanStatus::stopped:
            return "stopped";
        case PlanStatus::infeasible:
            return "infeasible";
        case PlanStatus::stopped_without_plan:
            break;
    }
    return "stopped-without-plan";
}

std::string_view stopped_by_name(StoppedBy stopped_by) {
    switch (stopped_by) {
        case StoppedBy::gap:
            return "gap";
        case StoppedBy::effort:
            return "effort";
        case StoppedBy::time:
            return "time-limit";
        case StoppedBy::request:
            break;
    }
    return "request";
}

double OptimalPlan::gap() const {
    return relative(total, bound, Money(total.minor < 0 ? -total.minor : total.minor));
}

double OptimalPlan::avoidable_gap() const { return relative(total, bound, total - floor); }

double default_gap(const Scenario& scenario) {
    if (scenario.subscriptions.size() <= 100) return 0;
    return scenario.customers.size() <= 3'000 ? 0.005 : 0.001;
}

OptimalPlan plan_optimally(const Scenario& scenario, const PlanningOptions& asked) {
    return Planner(scenario, asked).run();
}

}  // namespace termwise
