#include "planning/sampled_worlds.h"

#include <algorithm>
#include <span>

#include "base/share_out.h"
#include "simulation/course.h"
#include "simulation/direct_world.h"

namespace termwise {
namespace {

/// One customer after the other, each through all worlds: right where no team's time is limited, since then
/// nobody is in the way of anybody, and much faster, since all that belongs to a customer stays at hand.
class LoneCustomer {
  public:
    LoneCustomer(const PreparedPlan& plan, const ChanceTables& chances, const KnownCosts& known)
        : plan_(plan), known_(known), maker_(plan, chances), facts_(plan.tasks().size()) {}

    void operator()(std::int32_t customer, std::uint64_t seed, std::span<std::int64_t> costs) {
        for (std::uint32_t w = 0; w < costs.size(); ++w) {
            maker_.enter({seed, kFirstForPlanning + w});
            work_.clear();
            const CourseSummary summary = maker_.make(customer, {}, work_, facts_);
            tell(plan_, customer, work_, facts_, summary.declined_on, outcome_);
            costs[w] = cost_of(plan_.scenario(), outcome_, known_).components.total().minor;
        }
    }

  private:
    const PreparedPlan& plan_;
    const KnownCosts& known_;
    CourseMaker maker_;
    std::vector<SubscriptionFacts> facts_;
    std::vector<CourseWork> work_;
    CustomerOutcome outcome_;
};

/// Whether the plan says anything about a customer.
bool is_decided(const PreparedPlan& plan, std::size_t customer) {
    const CustomerTask& task = plan.customers()[customer];
    if (task.invite_on != kNever) return true;
    const auto tasks = plan.tasks().subspan(task.subscriptions.begin, task.subscriptions.size);
    return std::ranges::any_of(tasks, [](const Task& t) { return t.move >= 0; });
}

}  // namespace

SampledWorlds::SampledWorlds(const Scenario& scenario, std::uint64_t seed, std::uint32_t worlds,
                             unsigned threads)
    : scenario_(&scenario), chances_(scenario), seed_(seed), worlds_(worlds), threads_(threads) {}

std::vector<std::int64_t> SampledWorlds::costs(const Plan& plan) const {
    const Scenario& scenario = *scenario_;
    const PreparedPlan prepared(scenario, plan);
    const KnownCosts known = known_costs(scenario, plan);
    std::vector<std::int64_t> costs(scenario.customers.size() * worlds_);
    if (std::ranges::none_of(prepared.teams(), &TeamTime::limited)) {
        std::vector<std::int32_t> decided;
        for (std::size_t c = 0; c < scenario.customers.size(); ++c)
            if (is_decided(prepared, c)) decided.push_back(static_cast<std::int32_t>(c));
        share_out(decided.size(), threads_, [&](std::size_t, const auto& take) {
            LoneCustomer alone(prepared, chances_, known);
            while (const auto i = take()) {
                const std::size_t first = static_cast<std::size_t>(decided[*i]) * worlds_;
                alone(decided[*i], seed_, std::span(costs).subspan(first, worlds_));
            }
        });
        return costs;
    }
    share_out(worlds_, threads_, [&](std::size_t, const auto& take) {
        DirectWorld world(prepared, chances_);
        while (const auto w = take()) {
            world.run({seed_, kFirstForPlanning + static_cast<std::uint32_t>(*w)});
            world.for_each_outcome([&](const CustomerOutcome& outcome) {
                if (outcome.subscriptions.empty() && outcome.work.empty()) return;
                costs[outcome.customer.at() * worlds_ + *w] =
                    cost_of(scenario, outcome, known).components.total().minor;
            });
        }
    });
    return costs;
}

}  // namespace termwise
