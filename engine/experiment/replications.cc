#include "experiment/replications.h"

#include <algorithm>
#include <stdexcept>

#include "base/share_out.h"
#include "simulation/as_planned.h"
#include "simulation/direct_world.h"

namespace termwise {
namespace {

/// Squares of deviations below this, summed over kMostReplications, stay in 128 bits.
constexpr std::int64_t kMostDeviation = std::int64_t{1} << 51;

std::int64_t deviation(Money from, Money planned) {
    const Money difference = from - planned;
    if (difference.minor >= kMostDeviation || difference.minor <= -kMostDeviation)
        throw std::overflow_error(
            "a world's cost differs so much from what is planned that its square is not exact any more");
    return difference.minor;
}

void note(const Scenario& scenario, const CustomerOutcome& outcome, WorldRow& row, bool& unfinished) {
    for (const SubscriptionOutcome& o : outcome.subscriptions) {
        row.unwanted_renewals += o.unwanted_renewals;
        if (o.not_moved) {
            ++row.not_moved;
            ++row.missed_deadlines;
            unfinished = true;
            continue;
        }
        if (!o.migrated) continue;
        const Day move_by = scenario.at(o.subscription).move_by;
        if (o.handed_over_on > (move_by.none() ? scenario.h1() : std::min(move_by, scenario.h1())))
            ++row.missed_deadlines;
        if (o.old_ending.kind == Ending::Kind::none) unfinished = true;
    }
}

}  // namespace

void BucketSums::add(const BucketSums& other) {
    worked_seconds += other.worked_seconds;
    waiting += other.waiting;
    most_waiting = std::max(most_waiting, other.most_waiting);
    queues += other.queues;
}

void Replications::append(Replications&& next) {
    if (plans.empty()) {
        *this = std::move(next);
        return;
    }
    for (std::size_t p = 0; p < plans.size(); ++p) {
        PlanWorlds& here = plans[p];
        PlanWorlds& there = next.plans[p];
        here.rows.insert(here.rows.end(), there.rows.begin(), there.rows.end());
        for (std::size_t t = 0; t < here.teams.size(); ++t)
            for (std::size_t b = 0; b < here.teams[t].size(); ++b) here.teams[t][b].add(there.teams[t][b]);
        for (std::size_t c = 0; c < here.customers.size(); ++c) {
            here.customers[c].deviation += there.customers[c].deviation;
            here.customers[c].product += there.customers[c].product;
            here.customers[c].gaps += there.customers[c].gaps;
        }
    }
}

PlannedCost planned_cost(const Scenario& scenario, const Plan& plan) {
    PlannedCost planned;
    Scorer scorer(scenario, Detail::totals);
    for_each_as_planned(scenario, plan, [&](const CustomerOutcome& outcome) {
        scorer.add(outcome);
        planned.customers.push_back(cost_of(scenario, outcome).components.total());
    });
    planned.score = scorer.take();
    planned.known = known_costs(scenario, plan);
    return planned;
}

Experiment::Experiment(const Scenario& scenario, std::span<const Plan> plans)
    : scenario_(&scenario), chances_(scenario) {
    prepared_.reserve(plans.size());
    for (const Plan& plan : plans) {
        prepared_.emplace_back(scenario, plan);
        planned_.push_back(planned_cost(scenario, plan));
    }
}

/// What one thread has: a world for each plan, and sums of its own.
class Experiment::Worker {
  public:
    explicit Worker(const Experiment& experiment) : experiment_(experiment) {
        const Scenario& scenario = *experiment.scenario_;
        totals_.resize(scenario.customers.size());
        for (const PreparedPlan& prepared : experiment.prepared_) {
            worlds_.push_back(std::make_unique<DirectWorld>(prepared, experiment.chances_));
            PlanWorlds& sums = sums_.emplace_back();
            sums.customers.resize(scenario.customers.size());
            for (const TeamTime& team : prepared.teams()) sums.teams.emplace_back(team.limits.size());
        }
    }

    /// Lets the plan meet the world; returns its row and adds to the sums.
    [[nodiscard]] WorldRow run(std::size_t plan, WorldKey key) {
        const Scenario& scenario = *experiment_.scenario_;
        const KnownCosts& known = experiment_.planned_[plan].known;
        DirectWorld& world = *worlds_[plan];
        world.run(key);
        WorldRow row;
        bool unfinished = false;
        std::size_t customer = 0;
        world.for_each_outcome([&](const CustomerOutcome& outcome) {
            const CustomerCost cost = cost_of(scenario, outcome, known);
            row.components += cost.components;
            row.readings += cost.readings;
            row.finished_on = std::max(row.finished_on, cost.finished_on);
            if (cost.readings.gap_days > 0) ++sums_[plan].customers[customer].gaps;
            totals_[customer++] = cost.components.total();
            note(scenario, outcome, row, unfinished);
        });
        if (unfinished) row.finished_on = kAfterAllDays;
        add(plan, row);
        return row;
    }

    [[nodiscard]] PlanWorlds& sums(std::size_t plan) { return sums_[plan]; }

  private:
    void add(std::size_t plan, const WorldRow& row) {
        const PlannedCost& planned = experiment_.planned_[plan];
        PlanWorlds& sums = sums_[plan];
        const Wide whole = deviation(row.components.total(), planned.score.total());
        for (std::size_t c = 0; c < totals_.size(); ++c) {
            if (totals_[c] == planned.customers[c]) continue;
            const std::int64_t own = deviation(totals_[c], planned.customers[c]);
            sums.customers[c].deviation += own;
            sums.customers[c].product += whole * own;
        }
        for (std::size_t t = 0; t < sums.teams.size(); ++t) {
            const std::vector<BucketUse>& use = worlds_[plan]->use_of(TeamIndex(t));
            for (std::size_t b = 0; b < use.size(); ++b)
                sums.teams[t][b].add(
                    {use[b].worked_seconds, use[b].waiting, use[b].waiting, use[b].waiting > 0 ? 1 : 0});
        }
    }

    const Experiment& experiment_;
    std::vector<std::unique_ptr<DirectWorld>> worlds_;
    std::vector<PlanWorlds> sums_;
    std::vector<Money> totals_;  // by customer, of the world at hand
};

Replications Experiment::run(std::uint64_t seed, Interval<std::uint32_t> replications, unsigned threads,
                             const std::function<void(std::uint32_t)>& progress) const {
    const std::uint32_t count = replications.empty() ? 0 : replications.to - replications.from;
    Replications result;
    result.first = replications.from;
    result.plans.resize(prepared_.size());
    for (PlanWorlds& plan : result.plans) plan.rows.resize(count);

    // Each replication is taken by one thread and writes its own rows; sums are whole numbers, so that their
    // order does not matter.
    const unsigned used = std::max(1U, std::min(threads, std::max(count, 1U)));
    std::vector<std::unique_ptr<Worker>> workers;
    for (unsigned t = 0; t < used; ++t) workers.push_back(std::make_unique<Worker>(*this));
    share_out(count, used, [&](std::size_t thread, const auto& take) {
        while (const auto i = take()) {
            if (thread == 0 && progress) progress(static_cast<std::uint32_t>(*i));
            for (std::size_t p = 0; p < prepared_.size(); ++p)
                result.plans[p].rows[*i] =
                    workers[thread]->run(p, {seed, replications.from + static_cast<std::uint32_t>(*i)});
        }
    });
    for (std::size_t p = 0; p < prepared_.size(); ++p) {
        PlanWorlds& plan = result.plans[p];
        plan.teams = std::move(workers[0]->sums(p).teams);
        plan.customers = std::move(workers[0]->sums(p).customers);
    }
    for (unsigned t = 1; t < used; ++t) {
        Replications more;
        for (std::size_t p = 0; p < prepared_.size(); ++p)
            more.plans.push_back(std::move(workers[t]->sums(p)));
        result.append(std::move(more));
    }
    return result;
}

}  // namespace termwise
