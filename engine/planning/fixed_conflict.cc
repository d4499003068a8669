#include "planning/fixed_conflict.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/check.h"
#include "plan/work.h"

namespace termwise {
namespace {

/// Plans that are tried, of small and of large portfolios.
constexpr int kMostTrials = 200, kMostTrialsOfMany = 24;
constexpr std::size_t kMany = 300;

/// What the judge says of a move as it is being carried out, with its customer's invitation. That others have
/// no moves is no matter.
std::vector<Violation> judged_alone(const Scenario& scenario, const Commitments& commitments,
                                    SubscriptionIndex s) {
    const CustomerIndex customer = scenario.at(s).customer;
    Plan plan;
    plan.moves = {*commitments.move_of(s)};
    const Day invited = invite_day(commitments.carried_out(), customer);
    if (!invited.none() && scenario.at(customer).relationship == Relationship::pending)
        plan.invitations = {{customer, invited}};
    std::vector<Violation> violations = check(scenario, plan).violations;
    std::erase_if(violations, [&](const Violation& v) {
        if (v.rule == Rule::move || v.rule == Rule::parent) return true;
        if (v.subject == SubjectKind::subscription) return v.index != s.value;
        return v.subject != SubjectKind::customer || v.index != customer.value;
    });
    return violations;
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
    conflict.in_the_way.violations = judged_alone(scenario, commitments, s);
    conflict.reason = commitments.is_locked(s)
                          ? "its move is locked, and breaks rules"
                          : "what is done of its move leaves it no way that keeps every rule";
    return conflict;
}

/// Of a move that is bound what happens in any plan that goes on with it: as far as its work is concerned,
/// and all of it if it is locked.
Move fixed_part(const Commitments& commitments, SubscriptionIndex s) {
    const Move& move = *commitments.move_of(s);
    if (commitments.is_locked(s)) return move;
    const auto done = [&](Day day) { return Commitments::is_done(day, commitments.from(s)); };
    Move part;
    if (move.action == Action::migrate && done(move.provision_on)) {
        part = move;
        if (!done(move.reassign_on)) part.reassign_on = {};
        if (!done(move.exit_on)) part.exit = Exit::lapse;  // which is no work
    }
    part.subscription = s;
    part.auto_renew_off_on = done(move.auto_renew_off_on) ? move.auto_renew_off_on : Day{};
    return part;
}

/// Who has work of these moves and invitations in one of the buckets that are overdrawn.
class Workers {
  public:
    Workers(const Scenario& scenario, const std::vector<Violation>& violations)
        : scenario_(scenario), load_(scenario), violations_(violations) {}

    [[nodiscard]] bool has(const Move& move) const {
        bool found = false;
        const auto look = [&](const WorkItem& item) { found = found || is_short(item); };
        const Subscription& s = scenario_.at(move.subscription);
        if (move.action == Action::migrate)
            if (const auto visit = visit_work(scenario_, s.customer, move.provision_on)) look(*visit);
        for_each_work_item(scenario_, move,
                           move.action == Action::migrate ? days_of(scenario_, s, move) : MoveDays{}, look);
        return found;
    }
    [[nodiscard]] bool has(const Invitation& invitation) const {
        const auto work = invite_work(scenario_, invitation.customer, invitation.invite_on);
        return work && is_short(*work);
    }

  private:
    [[nodiscard]] bool is_short(const WorkItem& item) const {
        return std::ranges::any_of(violations_, [&](const Violation& v) {
            return v.rule == Rule::capacity && v.index == item.team.value &&
                   v.bucket == load_.bucket_of(item.team, item.day);
        });
    }

    const Scenario& scenario_;
    const TeamLoad load_;
    const std::vector<Violation>& violations_;
};

/// What no plan can mend that goes on with this one: a team had, or has promised, more work than time, or
/// locked moves do not agree. Nothing in it: none of that.
Conflict::InTheWay broken_by_itself(const Scenario& scenario, const Commitments& commitments) {
    Plan plan;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i)
        if (commitments.is_bound(SubscriptionIndex(i)))
            plan.moves.push_back(fixed_part(commitments, SubscriptionIndex(i)));
    for (std::size_t c = 0; c < scenario.customers.size(); ++c)
        if (const Day invited = commitments.invited(CustomerIndex(c)); !invited.none())
            plan.invitations.push_back({CustomerIndex(c), invited});
    Conflict::InTheWay found;
    found.violations = check(scenario, plan).violations;
    std::erase_if(found.violations, [&](const Violation& v) {
        if (v.rule != Rule::parent) return v.rule != Rule::capacity;
        const SubscriptionIndex s(v.index);
        const SubscriptionIndex parent = scenario.at(s).parent;
        return !commitments.is_locked(s) || parent.none() || !commitments.is_locked(parent);
    });
    const Workers workers(scenario, found.violations);
    for (const Move& move : plan.moves) {
        const bool disagrees = std::ranges::any_of(found.violations, [&](const Violation& v) {
            return v.rule == Rule::parent &&
                   (v.index == move.subscription.value ||
                    scenario.at(SubscriptionIndex(v.index)).parent == move.subscription);
        });
        if (disagrees || workers.has(move)) found.subscriptions.push_back(move.subscription);
    }
    for (const Invitation& invitation : plan.invitations)
        if (workers.has(invitation)) found.customers.push_back(invitation.customer);
    return found;
}

/// Takes away from what is fixed whatever is not needed for there to be no plan.
class Filter {
  public:
    Filter(const Scenario& scenario, const Commitments& commitments, const FixedConflictSearch& search)
        : kept_(commitments),
          search_(search),
          most_trials_(scenario.subscriptions.size() > kMany ? kMostTrialsOfMany : kMostTrials) {
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
        if (trials_++ >= most_trials_ || search_.is_over()) {
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

    Commitments kept_;
    const FixedConflictSearch& search_;
    const int most_trials_;
    std::vector<Item> bound_, unbound_, needed_;
    int trials_ = 0;
    bool cut_short_ = false;
};

Conflict of_several(const Scenario& scenario, const Commitments& commitments,
                    const FixedConflictSearch& search) {
    Conflict conflict;
    conflict.kind = ConflictKind::fixed;
    conflict.in_the_way = broken_by_itself(scenario, commitments);
    conflict.proven = !conflict.in_the_way.violations.empty();
    conflict.reason = "what is fixed breaks rules by itself";
    if (!conflict.proven) {
        conflict.in_the_way = Filter(scenario, commitments, search).run();
        conflict.reason = "no plan was found that keeps what is fixed; without it there is one";
    }
    std::ranges::sort(conflict.in_the_way.subscriptions, {},
                      [&](SubscriptionIndex s) { return scenario.id(s); });
    std::ranges::sort(conflict.in_the_way.customers, {}, [&](CustomerIndex c) { return scenario.id(c); });
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
