#include "planning/optimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>

#include "plan/check.h"
#include "planning/as_before.h"
#include "planning/bound.h"
#include "planning/branching.h"
#include "planning/column_pool.h"
#include "planning/fixed_conflict.h"
#include "planning/incumbent.h"
#include "planning/one_customer.h"
#include "planning/packing.h"
#include "planning/pool_search.h"
#include "planning/strategies.h"
#include "scoring/score.h"

namespace termwise {
namespace {

/// Beyond so many customers prices alone prove nearly all that there is to prove.
constexpr std::size_t kMostToBranch = 3'000;
/// Beyond so many customers it is not tried out whether all fit in.
constexpr std::size_t kMostToPack = 300;
/// Looks at choices that a step of search is worth there.
constexpr std::int64_t kLooksToPack = 500;
/// Of one search, but for a few for each customer.
constexpr std::int64_t kMostAttempts = 300'000;
/// Columns that are listed at most, of a customer and of all, but for a few of each customer; and how few are
/// worth while where more will follow.
constexpr std::size_t kMostColumnsEach = 50'000, kMostColumns = 300'000, kColumnsAtLeast = 12,
                      kLeastColumnsEach = 100;

class Planner {
  public:
    Planner(const Scenario& scenario, const PlanningOptions& asked)
        : scenario_(scenario),
          asked_(asked),
          limits_(scenario),
          options_(list_options(scenario, limits_, tolerance(scenario), asked.commitments)),
          began_(std::chrono::steady_clock::now()) {
        result_.asked_gap = asked.gap.value_or(default_gap(scenario));
        effort_ = asked.effort.value_or(
            std::max<std::int64_t>(20'000, 20 * static_cast<std::int64_t>(scenario.customers.size())));
    }

    OptimalPlan run() {
        if (options_.floor() == kNoOption) return without_options();
        // What is fixed cannot be avoided any more, but it could have been: M6.2 speaks of the scenario.
        result_.floor = Money(asked_.commitments == nullptr
                                  ? options_.floor()
                                  : list_options(scenario_, limits_, tolerance(scenario_)).floor());
        if (options_.customers.size() == 1 && decide_alone()) return conclude();
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
        const BoundSearch found =
            search_prices(options_, free, target, bound_steps(400), asked_.threads, stop);
        if (!found.possible) return without_choice(found.impossible);
        make_plan(found);
        const bool may_pack = asked_.commitments == nullptr && options_.customers.size() <= kMostToPack;
        if (!best_ && may_pack && !is_over()) pack();
        const std::size_t customers = std::max<std::size_t>(options_.customers.size(), 1);
        const std::size_t most_each =
            std::min({kMostColumnsEach, static_cast<std::size_t>(effort_) * 5 / 2,
                      std::max<std::size_t>(kMostColumns / customers, kColumnsAtLeast)});
        for (const std::size_t part : {100, 10, 1}) {
            if (!best_ || is_good_enough() || is_over()) break;
            if (part > 1 && most_each / part < kLeastColumnsEach) continue;
            if (!look_in_pool(found, most_each / part)) break;
        }
        return conclude();
    }

  private:
    /// Minor units by which a day left out may be cheaper than its neighbours.
    static std::int64_t tolerance(const Scenario& scenario) {
        return scenario.subscriptions.size() > 100 ? 1 : 0;
    }

    /// One customer, who has all the room there is. False if that is not as simple as it looks.
    bool decide_alone() {
        const std::optional<AloneChoice> alone = choose_alone(options_);
        if (!alone) return false;
        if (asked_.commitments != nullptr) consider(asked_.commitments->carried_out());
        note({alone->choice}, alone->cost);
        note_bound(alone->bound);
        report();
        return is_good_enough();
    }

    /// An objective to aim at before any plan is known: that of the plan being carried out or of the cheapest
    /// feasible strategy, else what all cost at their least and a tenth more.
    [[nodiscard]] std::int64_t target_from_strategies() {
        const std::int64_t floor = options_.floor();
        if (asked_.commitments != nullptr) consider(asked_.commitments->carried_out());
        if (scenario_.subscriptions.size() <= 10'000)
            for (const Strategy strategy : kStrategies) consider(plan_by(scenario_, strategy).plan);
        return best_ ? best_->minor : floor + std::max<std::int64_t>(floor / 10, 1000);
    }

    /// A plan from elsewhere, good if the judges say so.
    void consider(Plan plan) {
        if (!check(scenario_, plan).feasible() || !keeps(plan)) return;
        const Money total = score(scenario_, plan, Detail::totals).total();
        const Money objective = objective_of(plan, total);
        if (!best_ || objective < *best_) take(std::move(plan), total, objective);
    }

    [[nodiscard]] bool keeps(const Plan& plan) const {
        return asked_.commitments == nullptr || not_kept(scenario_, *asked_.commitments, plan).empty();
    }

    [[nodiscard]] Money objective_of(const Plan& plan, Money total) const {
        if (asked_.commitments == nullptr) return total;
        const auto changed = static_cast<std::int64_t>(changed_moves(*asked_.commitments, plan).size());
        return total + changed * asked_.commitments->change_cost();
    }

    void take(Plan plan, Money total, Money objective) {
        best_ = objective;
        result_.total = total;
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
        if (best_) progress.avoidable_gap = gap_between(*best_, result_.bound, *best_ - result_.floor);
        progress.steps = result_.steps;
        asked_.progress(progress);
    }

    [[nodiscard]] bool is_good_enough() const {
        return best_ && has_bound_ &&
               gap_between(*best_, result_.bound, *best_ - result_.floor) <= result_.asked_gap;
    }

    /// Minor units: a total that is as close to the bound as was asked for.
    [[nodiscard]] std::int64_t good_enough_total() const {
        const auto bound = static_cast<double>(result_.bound.minor - result_.floor.minor);
        if (result_.asked_gap >= 1) return std::numeric_limits<std::int64_t>::max();
        return result_.floor.minor + static_cast<std::int64_t>(std::floor(bound / (1 - result_.asked_gap)));
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
        const std::vector<CustomerChoice> wished = mixed_choices(options_, found, asked_.threads);
        if (asked_.commitments != nullptr && choices_.empty()) {
            std::vector<CustomerChoice> as_before = wished;
            for (std::size_t c = 0; c < as_before.size(); ++c)
                if (auto choice = choice_as_before(options_, options_.customers[c]))
                    as_before[c] = std::move(*choice);
            place(found, as_before);
        }
        place(found, wished);
    }

    /// Everybody as wished, or where there is room.
    void place(const BoundSearch& found, const std::vector<CustomerChoice>& wished) {
        std::optional<Incumbent> tried(std::in_place, options_, found.prices);
        // One customer has nobody in its way: what it may do is soon tried.
        const auto customers = static_cast<std::int64_t>(options_.customers.size());
        const std::int64_t attempts = customers == 1 ? 20 : 200 + 20 * customers;
        bool placed = tried->place_all(wished, attempts);
        if (!placed && !best_ && !has_looked_beyond_room_) {
            has_looked_beyond_room_ = true;  // once: it takes long and seldom helps
            tried.emplace(options_, found.prices);
            tried->look_beyond_room();
            placed = tried->place_all(wished, 4 + 2 * customers / 5);
        }
        const Incumbent& incumbent = *tried;
        if (!placed) {
            unplaced_.clear();
            for (const std::size_t c : incumbent.unplaced())
                unplaced_.push_back(options_.customers[c].customer);
            left_.clear();
            for (std::size_t i = 0; i < limits_.size(); ++i)
                left_.push_back(limits_.all()[i].room - incumbent.used(LimitIndex(i)));
            return;
        }
        note(incumbent.choices(), incumbent.cost());
        if (!is_good_enough() && !is_over()) {
            const auto most = std::min(
                {customers == 1 ? 20 : 200 * customers, effort_ * 20, kMostAttempts + 5 * customers});
            tried->improve(most, good_enough_total(), [&] {
                // Judging takes its time: only what is a good deal cheaper.
                if (best_->minor - tried->cost() > (best_->minor - result_.bound.minor) / 20)
                    note(tried->choices(), tried->cost());
                report();
                return is_over();
            });
            note(incumbent.choices(), incumbent.cost());
        }
        // The search goes on from the latest; but what is being carried out is not given up for something
        // dearer.
        if (asked_.commitments != nullptr && !choices_.empty() && incumbent.cost() >= cost_of_choices_)
            return;
        choices_ = incumbent.choices();
        cost_of_choices_ = incumbent.cost();
    }

    /// No place was found for somebody: whether there is one at all, whatever it costs.
    void pack() {
        least_ = std::make_unique<LeastUse>(scenario_);
        const Options& costless = least_->options();
        packing_.emplace(costless, effort_ * kLooksToPack, asked_.threads, [&] { return is_over(); });
        const Fit fit = packing_->fit();
        result_.steps += effort_;
        does_not_fit_ = fit == Fit::does_not;
        if (fit != Fit::fits) return;
        Plan plan;
        for (std::size_t c = 0; c < packing_->choices().size(); ++c)
            append_moves(costless, costless.customers[c], packing_->choices()[c], plan);
        sort_plan(plan);
        const CheckResult judged = check(scenario_, plan);
        if (!judged.feasible())
            throw std::logic_error(
                "what was packed breaks a rule: " + message_text(scenario_, judged.violations.front()) +
                "; please report this scenario");
        const Money total = score(scenario_, plan, Detail::totals).total();
        take(std::move(plan), total, total);
    }

    /// Columns of all customers: cheaper plans among them, and a bound that sees what does not fit together.
    /// False if more columns would be of no use.
    bool look_in_pool(const BoundSearch& found, std::size_t most_each) {
        Prices prices(options_);
        prices.set(found.prices);
        const ScaledSum gap = (ScaledSum{best_->minor} << scale_shift_) - found.bound;
        const auto beyond = static_cast<Scaled>(std::clamp<ScaledSum>(gap, 1, kNothing / 4));
        const auto pool = list_columns(options_, prices, beyond, most_each, choices_, asked_.threads,
                                       [&] { return is_over(); });
        if (!pool) return false;
        // Where the last search brought nothing, another one in more columns brings little.
        const Money before = *best_;
        if (!choices_.empty() && search_again_) search_pool(*pool, found.prices);
        search_again_ = *best_ < before;
        if (is_good_enough() || is_over() || options_.customers.size() > kMostToBranch) return false;
        BranchingOptions how;
        how.upper = best_->minor;
        how.floor = result_.floor.minor;
        how.start = columns_of(*pool);
        how.most_looks = effort_ * 5'000;
        // A plan with a choice that has no column costs so much at least: to prove more is of no use yet.
        const ScaledSum outside = found.bound + pool->beyond();
        how.stop = [&](ScaledSum bound) {
            note_bound(std::min(bound, outside));
            report();
            return bound >= outside || is_good_enough() || is_over();
        };
        Branching done = branch(options_, *pool, scale_shift_, found.prices, how);
        result_.steps += done.looks / 1000;
        if (!done.columns.empty()) take_columns(*pool, done.columns, done.upper);
        note_bound(std::min(done.bound, outside));
        return done.bound >= outside;
    }

    [[nodiscard]] std::vector<std::uint32_t> columns_of(const ColumnPool& pool) const {
        std::vector<std::uint32_t> columns;
        for (std::size_t c = 0; c < choices_.size(); ++c)
            columns.push_back(*column_for(options_, pool, c, choices_[c]));
        return columns;
    }

    void search_pool(const ColumnPool& pool, const std::vector<Scaled>& prices) {
        PoolSearch search(options_, pool, scale_shift_, prices, columns_of(pool), 20260105);
        const auto customers = static_cast<std::int64_t>(options_.customers.size());
        // Accepting what is much dearer is of no use where the plan is close to the bound already.
        const std::int64_t tolerance = std::min((best_->minor - result_.floor.minor) / customers / 4,
                                                (best_->minor - result_.bound.minor) / 300);
        const std::int64_t each = static_cast<std::int64_t>(pool.size()) / customers + 1;
        const std::int64_t part = searches_++ == 0 ? 1 : 4;  // the first finds most of what there is
        const std::int64_t attempts =
            std::min({2'000 * customers, effort_ * 2'000 / each, kMostAttempts + 5 * customers}) / part;
        search.run(attempts, tolerance, good_enough_total(), [&] { return is_over(); });
        result_.steps += effort_;
        take_columns(pool, search.best(), search.best_cost());
    }

    void take_columns(const ColumnPool& pool, const std::vector<std::uint32_t>& columns, std::int64_t cost) {
        choices_.clear();
        for (std::size_t c = 0; c < columns.size(); ++c) choices_.push_back(pool.choice(c, columns[c]));
        cost_of_choices_ = cost;
        note(choices_, cost);
    }

    void note(const std::vector<CustomerChoice>& choices, std::int64_t cost) {
        // A plan of its own is worth more than a strategy's that costs the same: it can say why.
        if (best_ && (cost > best_->minor || (cost == best_->minor && !best_choices_.empty()))) return;
        Plan plan;
        for (std::size_t c = 0; c < choices.size(); ++c)
            append_moves(options_, options_.customers[c], choices[c], plan);
        sort_plan(plan);
        // Of a plan that is being carried out nothing changes for the sake of that.
        const bool is_carried_out = best_ && cost == best_->minor && asked_.commitments != nullptr;
        if (is_carried_out && plan.moves != result_.plan.moves) return;
        // The judge is not the planner.
        const CheckResult judged = check(scenario_, plan);
        const Money total = score(scenario_, plan, Detail::totals).total();
        const Money objective = objective_of(plan, total);
        std::string wrong;
        if (!judged.feasible())
            wrong = "the planner's plan breaks a rule: " + message_text(scenario_, judged.violations.front());
        else if (!keeps(plan))
            wrong = "the planner's plan changes what is fixed: " +
                    message_text(scenario_, not_kept(scenario_, *asked_.commitments, plan).front());
        else if (objective.minor != cost)
            wrong = "the planner's total is not the scorer's";
        if (!wrong.empty()) throw std::logic_error(wrong + "; please report this scenario");
        take(std::move(plan), total, objective);
        best_choices_ = choices;
    }

    OptimalPlan conclude() {
        if (!best_) {
            if (asked_.commitments != nullptr) return without_plan_that_keeps({});
            if (asked_.explain)
                result_.conflicts = conflicts_about_limits(scenario_, unplaced_, left_, conflict_search());
            const bool proven = does_not_fit_ || (!result_.conflicts.empty() &&
                                                  std::ranges::all_of(result_.conflicts, &Conflict::proven));
            return without_plan(proven);
        }
        result_.objective = *best_;
        if (asked_.commitments != nullptr) result_.changed = changed_moves(*asked_.commitments, result_.plan);
        if (!best_choices_.empty() && asked_.explain) result_.reasons = reasons_of(options_, best_choices_);
        if (result_.objective == result_.bound) {
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

    OptimalPlan without_options() {
        std::vector<SubscriptionIndex> without;
        for (const SubscriptionOptions& s : options_.subscriptions)
            if (s.least_cost == kNoOption) without.push_back(s.subscription);
        if (asked_.commitments != nullptr) return without_plan_that_keeps(without);
        if (asked_.explain) result_.conflicts = conflicts_of(scenario_, without, conflict_search());
        return without_plan(true);
    }

    OptimalPlan without_choice(CustomerIndex customer) {
        if (!asked_.explain) return without_plan(false);
        if (asked_.commitments != nullptr) return without_plan_that_keeps({});
        result_.conflicts = {conflict_of(scenario_, customer, conflict_search())};
        return without_plan(result_.conflicts[0].proven);
    }

    /// Either there is no plan even if nothing were fixed, or what is fixed is in the way. `without`: the
    /// subscriptions to which it leaves no option.
    OptimalPlan without_plan_that_keeps(const std::vector<SubscriptionIndex>& without) {
        if (!asked_.explain) return without_plan(!without.empty());
        PlanningOptions freely = quickly();
        freely.explain = true;
        OptimalPlan free = plan_optimally(scenario_, freely);
        if (!free.has_plan()) {
            result_.conflicts = std::move(free.conflicts);
            return without_plan(free.status == PlanStatus::infeasible || !without.empty());
        }
        FixedConflictSearch search;
        search.plan_is_found = [this](const Commitments& commitments) {
            PlanningOptions with = quickly();
            with.commitments = &commitments;
            return plan_optimally(scenario_, with).has_plan();
        };
        search.is_over = [this] { return is_over(); };
        result_.conflicts = conflicts_with(scenario_, *asked_.commitments, without, search);
        return without_plan(std::ranges::any_of(result_.conflicts, &Conflict::proven));
    }

    OptimalPlan without_plan(bool proven) {
        result_.status = proven ? PlanStatus::infeasible : PlanStatus::stopped_without_plan;
        return std::move(result_);
    }

    /// Any plan, however dear.
    [[nodiscard]] PlanningOptions quickly() const {
        PlanningOptions quickly;
        quickly.gap = std::numeric_limits<double>::max();
        quickly.effort = 10;
        quickly.stop = asked_.stop;
        quickly.threads = asked_.threads;
        quickly.explain = false;
        return quickly;
    }

    ConflictSearch conflict_search() {
        ConflictSearch search;
        search.plan_is_found = [this](const Scenario& scenario) {
            return plan_optimally(scenario, quickly()).has_plan();
        };
        search.is_over = [this] { return is_over(); };
        if (does_not_fit_) search.packing = &*packing_;
        search.threads = asked_.threads;
        return search;
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
    std::unique_ptr<LeastUse> least_;  // what `packing_` looks at
    std::optional<Packing> packing_;
    bool does_not_fit_ = false;  // proven: not all customers' work fits
    std::vector<CustomerIndex> unplaced_;
    bool search_again_ = true;
    int searches_ = 0;
    bool has_looked_beyond_room_ = false;
    std::int64_t cost_of_choices_ = 0;
    std::vector<CustomerChoice> choices_;       // of the best plan found by placing; empty: none
    std::vector<CustomerChoice> best_choices_;  // of the best plan; empty: none, or a strategy's
    std::vector<std::int64_t> left_;            // of each limit, beside those who are placed
    OptimalPlan result_;
};

}  // namespace

double default_gap(const Scenario& scenario) {
    if (scenario.subscriptions.size() <= 100) return 0;
    return scenario.customers.size() <= 3'000 ? 0.005 : 0.001;
}

OptimalPlan plan_optimally(const Scenario& scenario, const PlanningOptions& asked) {
    return Planner(scenario, asked).run();
}

}  // namespace termwise
