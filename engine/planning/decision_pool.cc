#include "planning/decision_pool.h"

#include <algorithm>

#include "plan/check.h"

namespace termwise {
namespace {

Scenario with_time_for_everybody(Scenario scenario) {
    for (Team& team : scenario.teams) team.capacity.reset();
    return scenario;
}

}  // namespace

DecisionPool::DecisionPool(const Scenario& scenario, std::span<const CustomerDecision> chosen,
                           std::int64_t cvar_weight_thousandths, std::uint64_t seed, std::uint32_t worlds,
                           unsigned threads)
    : scenario_(scenario),
      without_queues_(with_time_for_everybody(scenario)),
      limits_(scenario),
      worlds_(without_queues_, seed, worlds, threads),
      objective_(cvar_weight_thousandths),
      totals_(worlds),
      kept_(chosen.size()),
      seen_(chosen.size()) {
    for (const Limit& limit : limits_.all()) room_.push_back(limit.room);
    std::vector<const CustomerDecision*> all;
    for (const CustomerDecision& decision : chosen) all.push_back(&decision);
    const std::vector<std::int64_t> costs = worlds_.costs(plan_of(all));
    for (std::size_t c = 0; c < chosen.size(); ++c) {
        seen_[c].push_back(chosen[c]);
        chosen_.push_back(tried(c, chosen[c], costs));
        exchange_room({}, chosen_[c]);
        for (std::size_t w = 0; w < worlds; ++w) totals_[w] += chosen_[c].costs[w];
    }
}

TriedDecision DecisionPool::tried(std::size_t customer, const CustomerDecision& decision,
                                  std::span<const std::int64_t> costs) {
    const std::span<const std::int64_t> row = costs.subspan(customer * worlds_.count(), worlds_.count());
    return {decision,
            {row.begin(), row.end()},
            uses_of(scenario_, limits_, CustomerIndex(customer), decision),
            objective_.of(row)};
}

/// By customer, the decision at position `slot` of its list, if it has one that was not tried before.
std::vector<const CustomerDecision*> DecisionPool::untried(
    std::span<const std::vector<CustomerDecision>> lists, std::size_t slot) {
    std::vector<const CustomerDecision*> decisions(lists.size());
    for (std::size_t c = 0; c < lists.size(); ++c) {
        if (slot >= lists[c].size()) continue;
        const CustomerDecision& decision = lists[c][slot];
        if (std::ranges::find(seen_[c], decision) != seen_[c].end()) continue;
        seen_[c].push_back(decision);
        decisions[c] = &decision;
    }
    return decisions;
}

/// What customers share is looked at when somebody chooses; everything else is the judge's business.
void DecisionPool::leave_out_bad(std::vector<const CustomerDecision*>& tried) const {
    for (const Violation& violation : check(scenario_, plan_of(tried)).violations) {
        if (violation.subject == SubjectKind::subscription)
            tried[scenario_.at(SubscriptionIndex(violation.index)).customer.at()] = nullptr;
        else if (violation.subject == SubjectKind::customer)
            tried[static_cast<std::size_t>(violation.index)] = nullptr;
    }
}

std::int64_t DecisionPool::try_out(std::span<const std::vector<CustomerDecision>> lists,
                                   const std::function<bool(std::size_t, std::size_t)>& go_on) {
    std::size_t slots = 0;
    for (const std::vector<CustomerDecision>& list : lists) slots = std::max(slots, list.size());
    std::int64_t count = 0;
    for (std::size_t slot = 0; slot < slots && go_on(slot, slots); ++slot) {
        std::vector<const CustomerDecision*> decisions = untried(lists, slot);
        leave_out_bad(decisions);
        if (std::ranges::all_of(decisions, [](const CustomerDecision* d) { return d == nullptr; })) continue;
        const std::vector<std::int64_t> costs = worlds_.costs(plan_of(decisions));
        for (std::size_t c = 0; c < decisions.size(); ++c) {
            if (decisions[c] == nullptr) continue;
            keep(c, tried(c, *decisions[c], costs));
            ++count;
        }
    }
    return count;
}

void DecisionPool::keep(std::size_t customer, TriedDecision decision) {
    std::vector<TriedDecision>& kept = kept_[customer];
    const auto place = std::ranges::upper_bound(kept, decision.objective, {}, &TriedDecision::objective);
    kept.insert(place, std::move(decision));
    if (kept.size() > kKept) kept.pop_back();
}

/// Gives back what `out` takes and takes what `in` does; undone, and false, if there is no room.
bool DecisionPool::exchange_room(const TriedDecision& out, const TriedDecision& in) {
    const auto add = [&](const TriedDecision& decision, std::int64_t sign) {
        for (const Use& use : decision.uses) room_[use.limit.at()] += sign * use.amount;
    };
    const auto enough = [&](const TriedDecision& decision) {
        return std::ranges::all_of(decision.uses, [&](const Use& use) { return room_[use.limit.at()] >= 0; });
    };
    add(out, 1);
    add(in, -1);
    if (enough(out) && enough(in)) return true;
    add(in, 1);
    add(out, -1);
    return false;
}

bool DecisionPool::choose_for(std::size_t customer) {
    TriedDecision& chosen = chosen_[customer];
    std::vector<TriedDecision>& kept = kept_[customer];
    Wide least = objective_.of(totals_);
    std::vector<std::pair<Wide, std::size_t>> better;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const Wide objective = objective_.with(totals_, chosen.costs, kept[i].costs);
        if (objective < least) better.emplace_back(objective, i);
    }
    std::ranges::sort(better);
    for (const auto& [objective, i] : better) {
        if (!exchange_room(chosen, kept[i])) continue;
        for (std::size_t w = 0; w < totals_.size(); ++w) totals_[w] += kept[i].costs[w] - chosen.costs[w];
        std::swap(chosen, kept[i]);
        std::ranges::stable_sort(kept, {}, &TriedDecision::objective);
        return true;
    }
    return false;
}

std::vector<std::size_t> DecisionPool::choose() {
    std::vector<CustomerDecision> before;
    for (const TriedDecision& chosen : chosen_) before.push_back(chosen.decision);
    for (bool improved = true; improved;) {
        improved = false;
        for (std::size_t c = 0; c < chosen_.size(); ++c) improved |= choose_for(c);
    }
    std::vector<std::size_t> changed;
    for (std::size_t c = 0; c < chosen_.size(); ++c)
        if (!(chosen_[c].decision == before[c])) changed.push_back(c);
    return changed;
}

}  // namespace termwise
