#include "planning/fixed_conflict.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/check.h"

namespace termwise {
namespace {

constexpr int kMostTrials = 200;

/// What the judge says to these moves alone, as they are being carried out, with their customers'
/// invitations. That other subscriptions have no moves is no matter.
std::vector<Violation> judged_alone(const Scenario& scenario, const Commitments& commitments,
                                    std::span<const SubscriptionIndex> subscriptions) {
    Plan plan;
    for (const SubscriptionIndex s : subscriptions) {
        plan.moves.push_back(*commitments.move_of(s));
        const CustomerIndex customer = scenario.at(s).customer;
        const Day invited = invite_day(commitments.carried_out(), customer);
        const bool known = !plan.invitations.empty() && plan.invitations.back().customer == customer;
        if (!invited.none() && !known && scenario.at(customer).relationship == Relationship::pending)
            plan.invitations.push_back({customer, invited});
    }
    std::vector<Violation> violations = check(scenario, plan).violations;
    std::erase_if(violations, [](const Violation& v) { return v.rule == Rule::move; });
    return violations;
}

/// Violations of other moves: a parent that has none here does not matter.
void keep_own(const Scenario& scenario, SubscriptionIndex s, std::vector<Violation>& violations) {
    std::erase_if(violations, [&](const Violation& v) {
        if (v.subject == SubjectKind::subscription) return v.index != s.value || v.rule == Rule::parent;
        return v.subject != SubjectKind::customer || v.index != scenario.at(s).customer.value;
    });
}

Conflict of_one(const Scenario& scenario, const Commitments& commitments, SubscriptionIndex s) {
    Conflict conflict;
    conflict.kind = ConflictKind::fixed;
    conflict.customer = scenario.at(s).customer;
    conflict.subscription = s;
    conflict.in_the_way.smallest = true;
    if (!commitments.is_bound(s)) {
        conflict.in_the_way.today = true;
        conflict.reason = fmt::format("nothing of it is done before {}, and from then on it has no way left",
                                      to_text(commitments.from(s)));
        return conflict;
    }
    conflict.in_the_way.subscriptions = {s};
    conflict.in_the_way.violations = judged_alone(scenario, commitments, std::span(&s, 1));
    keep_own(scenario, s, conflict.in_the_way.violations);
    conflict.reason = commitments.is_locked(s)
                          ? "its move is locked, and breaks rules"
                          : "what is done of its move leaves it no way that keeps every rule";
    return conflict;
}

/// Takes away from what is fixed whatever is not needed for there to be no plan.
class Filter {
  public:
    Filter(const Scenario& scenario, const Commitments& commitments, const FixedConflictSearch& search)
        : scenario_(scenario), kept_(commitments), search_(search) {
        // First what is free but for the day: mostly that is not in the way.
        for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
            const SubscriptionIndex s(i);
            if (commitments.is_bound(s))
                bound_.push_back({s, {}});
            else
                unbound_.push_back({s, {}});
        }
        for (std::size_t i = 0; i < scenario.customers.size(); ++i) {
            const CustomerIndex c(i);
            if (commitments.invited(c).none())
                unbound_.push_back({{}, c});
            else
                bound_.push_back({{}, c});
        }
    }

    Conflict::InTheWay run() {
        Conflict::InTheWay found;
        found.today = !unbound_.empty() && !try_without(unbound_);
        reduce(bound_);
        for (const Item& item : needed_)
            if (item.subscription.none())
                found.customers.push_back(item.customer);
            else
                found.subscriptions.push_back(item.subscription);
        std::ranges::sort(found.subscriptions);
        std::ranges::sort(found.customers);
        found.smallest = !cut_short_;
        return found;
    }

  private:
    struct Item {
        SubscriptionIndex subscription;
        CustomerIndex customer;
    };

    /// True if there is no plan even without these, which are then gone for good.
    bool try_without(std::span<const Item> items) {
        if (trials_++ >= kMostTrials || search_.is_over()) {
            cut_short_ = true;
            return false;
        }
        Commitments less = kept_;
        for (const Item& item : items)
            item.subscription.none() ? less.release(item.customer) : less.release(item.subscription);
        if (search_.plan_is_found(less)) return false;
        kept_ = std::move(less);
        return true;
    }

    void reduce(std::span<const Item> items) {
        if (items.empty() || try_without(items)) return;
        if (items.size() == 1) {
            needed_.push_back(items[0]);
            return;
        }
        reduce(items.first(items.size() / 2));
        reduce(items.subspan(items.size() / 2));
    }

    const Scenario& scenario_;
    Commitments kept_;
    const FixedConflictSearch& search_;
    std::vector<Item> bound_, unbound_, needed_;
    int trials_ = 0;
    bool cut_short_ = false;
};

/// Whether nothing about the move is left to decide.
bool is_settled(const Commitments& commitments, SubscriptionIndex s) {
    const Move& move = *commitments.move_of(s);
    const auto open = [&](Day day) { return !day.none() && day >= commitments.from(s); };
    return commitments.is_locked(s) ||
           (move.action == Action::migrate && !open(move.provision_on) && !open(move.reassign_on) &&
            !open(move.auto_renew_off_on) && !open(move.exit_on));
}

Conflict of_several(const Scenario& scenario, const Commitments& commitments,
                    const FixedConflictSearch& search) {
    Conflict conflict;
    conflict.kind = ConflictKind::fixed;
    conflict.in_the_way = Filter(scenario, commitments, search).run();
    Conflict::InTheWay& found = conflict.in_the_way;
    found.violations = judged_alone(scenario, commitments, found.subscriptions);
    const bool settled = std::ranges::all_of(found.subscriptions,
                                             [&](SubscriptionIndex s) { return is_settled(commitments, s); });
    const auto is_proof = [&](const Violation& v) {
        if (v.rule != Rule::parent) return v.rule == Rule::capacity;
        const SubscriptionIndex parent = scenario.at(SubscriptionIndex(v.index)).parent;
        return parent.none() || std::ranges::binary_search(found.subscriptions, parent);
    };
    std::erase_if(found.violations,
                  [&](const Violation& v) { return v.rule == Rule::parent && !is_proof(v); });
    conflict.proven = settled && std::ranges::any_of(found.violations, is_proof);
    std::ranges::sort(found.subscriptions, {}, [&](SubscriptionIndex s) { return scenario.id(s); });
    std::ranges::sort(found.customers, {}, [&](CustomerIndex c) { return scenario.id(c); });
    conflict.reason = conflict.proven ? "what is fixed breaks rules by itself"
                                      : "no plan was found that keeps what is fixed; without it there is one";
    return conflict;
}

}  // namespace

std::vector<Conflict> conflicts_with(const Scenario& scenario, const Commitments& commitments,
                                     std::span<const SubscriptionIndex> without,
                                     const FixedConflictSearch& search) {
    std::vector<Conflict> conflicts;
    for (const SubscriptionIndex s : without) conflicts.push_back(of_one(scenario, commitments, s));
    if (conflicts.empty()) conflicts.push_back(of_several(scenario, commitments, search));
    return conflicts;
}

}  // namespace termwise
