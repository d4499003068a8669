#include "explanation/trial.h"

#include <algorithm>

namespace termwise {
namespace {

bool same_violation(const Violation& a, const Violation& b) {
    return a.rule == b.rule && a.cause == b.cause && a.subject == b.subject && a.index == b.index &&
           a.bucket == b.bucket;
}

}  // namespace

bool same_decision(const Move& a, const Move& b) {
    if (a.action != b.action) return false;
    if (a.action == Action::stay) return true;
    return a.provision_on == b.provision_on && a.target == b.target && a.sold_as == b.sold_as &&
           a.exit == b.exit;
}

Trial::Trial(const CustomerCase& of, SubscriptionIndex own)
    : case_(of), own_(own), cost_now_(of.cost_of(of.own_plan()).total()) {
    anyway_ = of.judge(of.own_plan_without(own));
    const SubscriptionIndex whole = of.to_whole(own);
    // A limit that is overdrawn without the move is no excuse for a move that takes more of it.
    std::erase_if(anyway_, [&](const Violation& v) {
        return v.subject == SubjectKind::bucket || v.subject == SubjectKind::budget ||
               (v.subject == SubjectKind::subscription && v.index == whole.value);
    });
    const Move* move = of.own_move(own);
    if (move == nullptr) return;
    chosen_.emplace();
    chosen_->move = *move;
    chosen_->invite_on = invite_day(of.own_plan(), CustomerIndex(0));
    chosen_->violations = of.judge(of.own_plan());
    leave_out_anyway(chosen_->violations);
}

void Trial::leave_out_anyway(std::vector<Violation>& violations) const {
    std::erase_if(violations, [&](const Violation& v) {
        return std::ranges::any_of(anyway_, [&](const Violation& a) { return same_violation(a, v); });
    });
}

TriedMove Trial::tried(const Move& move) const {
    const Plan plan = case_.own_plan_with(move);
    TriedMove result;
    result.move = move;
    result.invite_on = invite_day(plan, CustomerIndex(0));
    result.difference = case_.cost_of(plan).total() - cost_now_;
    result.violations = case_.judge(plan);
    leave_out_anyway(result.violations);
    return result;
}

TriedMove Trial::stay() const {
    Move move;
    move.subscription = own_;
    return tried(move);
}

Components Trial::components_of(const Plan& own_plan) const {
    CustomerOutcome outcome = case_.outcome_of(own_plan);
    std::erase_if(outcome.subscriptions, [&](const auto& one) { return one.subscription != own_; });
    std::erase_if(outcome.work, [&](const WorkItem& item) {
        return !item.subscription.none() && item.subscription != own_;
    });
    return cost_of(case_.own_scenario(), outcome).components;
}

Components Trial::components_of(const TriedMove& tried) const {
    return components_of(case_.own_plan_with(tried.move));
}

}  // namespace termwise
