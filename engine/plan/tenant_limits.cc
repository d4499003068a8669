#include "plan/tenant_limits.h"

#include <algorithm>
#include <utility>

#include "plan/check.h"

namespace termwise {
namespace {

/// Counts up and down by day; finds the most and since when.
class Tally {
  public:
    void add(Day day, std::int64_t change) { changes_.emplace_back(day, change); }

    std::pair<std::int64_t, Day> most() {
        std::ranges::sort(changes_, {}, &std::pair<Day, std::int64_t>::first);
        std::int64_t now = 0;
        std::pair<std::int64_t, Day> most{0, Day{}};
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            now += changes_[i].second;
            const bool day_done = i + 1 == changes_.size() || changes_[i + 1].first != changes_[i].first;
            if (day_done && now > most.first) most = {now, changes_[i].first};
        }
        return most;
    }

  private:
    std::vector<std::pair<Day, std::int64_t>> changes_;
};

/// Seats of a new contract over time; its term is taken to keep the most it had, which errs on the safe side.
void add_seats(Tally& tally, const Scenario& scenario, const Subscription& s, Day from) {
    const Demand demand = scenario.demand(s);
    std::int64_t seats = demand.at(from);
    tally.add(from, seats);
    for (const DemandStep& step : demand.steps())
        if (step.from > from && step.from < scenario.h1() && step.seats > seats) {
            tally.add(step.from, step.seats - seats);
            seats = step.seats;
        }
}

}  // namespace

std::vector<TenantLimitBreach> tenant_limit_breaches(const Scenario& scenario, const Plan& plan) {
    std::vector<TenantLimitBreach> breaches;
    const std::vector<std::int32_t> positions = move_positions(scenario, plan);
    std::vector<const Move*> migrating;
    for (std::size_t c = 0; c < scenario.customers.size(); ++c) {
        const ListRange range = scenario.customers[c].subscriptions;
        migrating.clear();
        for (std::uint32_t i = range.begin; i < range.begin + range.size; ++i)
            if (positions[i] >= 0 &&
                plan.moves[static_cast<std::size_t>(positions[i])].action == Action::migrate)
                migrating.push_back(&plan.moves[static_cast<std::size_t>(positions[i])]);
        if (range.size + migrating.size() > static_cast<std::size_t>(kMostSubscriptionsPerTenant)) {
            Tally tally;
            tally.add(scenario.h0(), range.size);
            for (const Move* move : migrating) {
                tally.add(move->provision_on, 1);
                tally.add(move->exit_on, -1);
            }
            const auto [most, day] = tally.most();
            if (most > kMostSubscriptionsPerTenant)
                breaches.push_back({CustomerIndex(c), {}, day, most, kMostSubscriptionsPerTenant});
        }
        std::ranges::stable_sort(migrating, {}, [](const Move* move) { return move->target; });
        for (std::size_t first = 0, last = 0; first < migrating.size(); first = last) {
            const OfferIndex target = migrating[first]->target;
            while (last < migrating.size() && migrating[last]->target == target) ++last;
            const std::int32_t limit = scenario.at(target).max_seats;
            if (last - first < 2 || limit == std::numeric_limits<std::int32_t>::max()) continue;
            Tally tally;
            for (std::size_t i = first; i < last; ++i)
                add_seats(tally, scenario, scenario.at(migrating[i]->subscription),
                          migrating[i]->provision_on);
            const auto [most, day] = tally.most();
            if (most > limit) breaches.push_back({CustomerIndex(c), target, day, most, limit});
        }
    }
    return breaches;
}

}  // namespace termwise
