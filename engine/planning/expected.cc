#include "planning/expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "plan/check.h"
#include "planning/decision_pool.h"
#include "planning/nearby.h"

namespace termwise {
namespace {

constexpr std::size_t kManyCustomers = 100;
constexpr std::uint32_t kWorldsOfFew = 1000, kWorldsOfMany = 200;
constexpr int kMostRounds = 6;
/// Trials of whole plans: as many as the size allows, worlds of a customer counted.
constexpr std::int64_t kCustomerWorlds = 10'000'000;
constexpr std::int64_t kLeastTrials = 24, kMostTrials = 1'000;

struct DecisionExchange {
    std::size_t customer;
    CustomerDecision decision;
};

class ExpectedPlanner {
  public:
    ExpectedPlanner(const Scenario& scenario, const ExpectedOptions& asked)
        : scenario_(scenario),
          asked_(asked),
          worlds_(asked.worlds == 0 ? default_worlds(scenario) : asked.worlds),
          sampled_(scenario, asked.seed, worlds_, asked.threads),
          objective_(asked.cvar_weight_thousandths),
          trials_left_(
              std::clamp(kCustomerWorlds / static_cast<std::int64_t>(scenario.customers.size() * worlds_ + 1),
                         kLeastTrials, kMostTrials)) {
        result_.worlds = worlds_;
    }

    ExpectedPlan run(const Plan& cheapest) {
        begin(cheapest);
        DecisionPool pool(scenario_, held_, asked_.cvar_weight_thousandths, asked_.seed, worlds_,
                          asked_.threads);
        explore(pool);
        std::vector<DecisionExchange> wished;
        for (std::size_t c = 0; c < held_.size(); ++c)
            if (!(pool.chosen(c).decision == held_[c])) wished.push_back({c, pool.chosen(c).decision});
        adopt(wished);
        if (has_queues()) polish(pool);
        result_.plan = plan_of(held_with({}));
        result_.total = summarize(totals_);
        result_.interrupted = stopped();
        return std::move(result_);
    }

  private:
    [[nodiscard]] bool stopped() const {
        return asked_.stop != nullptr && asked_.stop->load(std::memory_order_relaxed);
    }
    void tell(const std::string& what) const {
        if (asked_.progress) asked_.progress(what);
    }
    [[nodiscard]] bool has_queues() const {
        return std::ranges::any_of(scenario_.teams, [](const Team& t) { return t.capacity.has_value(); });
    }

    /// The best of the plans there are, in the sampled worlds; what they decide is where others come from.
    void begin(const Plan& cheapest) {
        tell("trying the plans there are");
        consider(kOptimal, cheapest, true);
        for (const Strategy strategy : kStrategies) {
            if (stopped()) return;
            const Plan plan = plan_by(scenario_, strategy).plan;
            consider({strategy}, plan, check(scenario_, plan).feasible());
        }
    }

    void consider(Approach approach, const Plan& plan, bool feasible) {
        begun_.push_back(decisions_of(scenario_, plan));
        if (!feasible) return;
        std::vector<std::int64_t> totals = totals_of(plan);
        const Wide objective = objective_.of(totals);
        if (!totals_.empty() && objective >= least_) return;
        least_ = objective;
        totals_ = std::move(totals);
        held_ = begun_.back();
        result_.began_with = approach;
    }

    [[nodiscard]] std::vector<std::int64_t> totals_of(const Plan& plan) const {
        const std::vector<std::int64_t> costs = sampled_.costs(plan);
        std::vector<std::int64_t> totals(worlds_);
        for (std::size_t i = 0; i < costs.size(); ++i) totals[i % worlds_] += costs[i];
        return totals;
    }

    [[nodiscard]] std::vector<CustomerDecision> of_all_begun(std::size_t customer) const {
        std::vector<CustomerDecision> decisions;
        for (const std::vector<CustomerDecision>& plan : begun_)
            if (std::ranges::find(decisions, plan[customer]) == decisions.end())
                decisions.push_back(plan[customer]);
        return decisions;
    }

    /// Far from every plan there is first, then step by step from what was chosen.
    void explore(DecisionPool& pool) {
        std::vector<std::vector<CustomerDecision>> lists(held_.size());
        for (std::size_t c = 0; c < held_.size(); ++c)
            for (const CustomerDecision& decision : of_all_begun(c))
                for (CustomerDecision& other : far_from(scenario_, CustomerIndex(c), decision))
                    lists[c].push_back(std::move(other));
        std::vector<std::size_t> customers(held_.size());
        std::iota(customers.begin(), customers.end(), std::size_t{0});
        for (int round = 0; round < kMostRounds && !customers.empty() && !stopped(); ++round) {
            const auto go_on = [&](std::size_t done, std::size_t of) {
                tell(fmt::format("trying other days, round {}: {} customers, {} of {}", round + 1,
                                 customers.size(), done, of));
                return !stopped();
            };
            result_.tried += pool.try_out(lists, go_on);
            const std::vector<std::size_t> changed = pool.choose();
            if (round > 0) customers = changed;
            for (std::vector<CustomerDecision>& list : lists) list.clear();
            for (const std::size_t c : customers)
                lists[c] = near_to(scenario_, CustomerIndex(c), pool.chosen(c).decision, of_all_begun(c));
        }
    }

    /// What is held, with these exchanges.
    [[nodiscard]] std::vector<const CustomerDecision*> held_with(
        std::span<const DecisionExchange> exchanges) const {
        std::vector<const CustomerDecision*> decisions;
        for (const CustomerDecision& decision : held_) decisions.push_back(&decision);
        for (const DecisionExchange& exchange : exchanges) decisions[exchange.customer] = &exchange.decision;
        return decisions;
    }

    /// Tries the whole portfolio with these exchanges; true, and they are kept, if it is feasible and better.
    bool accept(std::span<const DecisionExchange> exchanges) {
        const Plan plan = plan_of(held_with(exchanges));
        if (!check(scenario_, plan).feasible()) return false;
        --trials_left_;
        std::vector<std::int64_t> totals = totals_of(plan);
        const Wide objective = objective_.of(totals);
        if (objective >= least_) return false;
        least_ = objective;
        totals_ = std::move(totals);
        for (const DecisionExchange& exchange : exchanges) held_[exchange.customer] = exchange.decision;
        return true;
    }

    /// All together, or else each half by itself.
    void adopt(std::span<const DecisionExchange> exchanges) {
        if (exchanges.empty() || trials_left_ <= 0 || stopped()) return;
        tell(fmt::format("trying {} changes in the whole portfolio", exchanges.size()));
        if (accept(exchanges) || exchanges.size() == 1) return;
        adopt(exchanges.first(exchanges.size() / 2));
        adopt(exchanges.subspan(exchanges.size() / 2));
    }

    /// Where teams have queues the pool did not see them: one customer after the other in the whole
    /// portfolio, those first who pay most for others being before them.
    void polish(const DecisionPool& pool) {
        for (bool improved = true; improved;) {
            improved = false;
            for (const std::size_t c : by_harm(pool)) {
                if (trials_left_ <= 0 || stopped()) return;
                tell(fmt::format("looking at queues: {}", scenario_.id(CustomerIndex(c))));
                std::vector<CustomerDecision> list =
                    near_to(scenario_, CustomerIndex(c), held_[c], of_all_begun(c));
                for (const TriedDecision& kept : pool.kept(c)) list.push_back(kept.decision);
                for (CustomerDecision& decision : list) {
                    if (trials_left_ <= 0 || stopped()) return;
                    ++result_.tried;
                    const DecisionExchange exchange{c, std::move(decision)};
                    improved |= accept(std::span(&exchange, 1));
                }
            }
        }
    }

    [[nodiscard]] std::vector<std::size_t> by_harm(const DecisionPool& pool) const {
        const std::vector<std::int64_t> costs = sampled_.costs(plan_of(held_with({})));
        std::vector<Wide> harm(held_.size());
        for (std::size_t c = 0; c < held_.size(); ++c) {
            if (!(pool.chosen(c).decision == held_[c])) continue;
            for (std::size_t w = 0; w < worlds_; ++w)
                harm[c] += costs[c * worlds_ + w] - pool.chosen(c).costs[w];
        }
        std::vector<std::size_t> order(held_.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return harm[a] > harm[b]; });
        return order;
    }

    const Scenario& scenario_;
    const ExpectedOptions& asked_;
    const std::uint32_t worlds_;
    const SampledWorlds sampled_;
    RiskObjective objective_;
    std::int64_t trials_left_;
    std::vector<std::vector<CustomerDecision>> begun_;  // of each plan there is, by customer
    std::vector<CustomerDecision> held_;                // by customer
    std::vector<std::int64_t> totals_;                  // of what is held, by world
    Wide least_ = 0;                                    // its objective
    ExpectedPlan result_;
};

}  // namespace

std::uint32_t default_worlds(const Scenario& scenario) {
    return scenario.customers.size() <= kManyCustomers ? kWorldsOfFew : kWorldsOfMany;
}

ExpectedPlan plan_for_expectation(const Scenario& scenario, const Plan& cheapest,
                                  const ExpectedOptions& asked) {
    return ExpectedPlanner(scenario, asked).run(cheapest);
}

}  // namespace termwise
