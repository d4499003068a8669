#include "support/plans.h"

#include <algorithm>
#include <stdexcept>

namespace termwise::test {

SubscriptionIndex subscription_of(const Scenario& scenario, std::string_view id) {
    const SubscriptionIndex s = scenario.find_subscription(id);
    if (s.none()) throw std::invalid_argument("the test's scenario has no subscription " + std::string(id));
    return s;
}

CustomerIndex customer_of(const Scenario& scenario, std::string_view id) {
    const CustomerIndex customer = scenario.find_customer(id);
    if (customer.none())
        throw std::invalid_argument("the test's scenario has no customer " + std::string(id));
    return customer;
}

OfferIndex offer_of(const Scenario& scenario, std::string_view id) {
    const OfferIndex offer = scenario.find_offer(id);
    if (offer.none()) throw std::invalid_argument("the test's scenario has no offer " + std::string(id));
    return offer;
}

std::string_view told(WorkKind kind) {
    constexpr std::string_view kinds[] = {"invite",   "visit",          "provision",
                                          "reassign", "auto_renew_off", "cancel"};
    return kinds[static_cast<std::size_t>(kind)];
}

Lines told(const Scenario& scenario, const std::vector<Violation>& violations) {
    Lines lines;
    for (const Violation& v : violations)
        lines.push_back(std::string(rule_name(v.rule)) + " at " + subject_text(scenario, v));
    return lines;
}

Lines violations(const Scenario& scenario, const Plan& plan) {
    return told(scenario, check(scenario, plan).violations);
}

Lines violations(const Scenario& scenario, const PaperPlan& plan) {
    return violations(scenario, plan.plan());
}

std::string told(const Scenario& scenario, const Move& move) {
    std::string text = std::string(scenario.id(move.subscription)) + ':';
    if (move.action == Action::stay) return text + " stays";
    text += ' ' + scenario.at(move.target).id + ' ' + to_short_text(move.sold_as.term) + '/' +
            to_short_text(move.sold_as.billing) + " on " + to_text(move.provision_on);
    if (!move.reassign_on.none()) text += ", reassigned from " + to_text(move.reassign_on);
    text += (move.exit == Exit::lapse ? ", lapses " : ", cancelled ") + to_text(move.exit_on);
    if (!move.auto_renew_off_on.none()) text += ", renewal off " + to_text(move.auto_renew_off_on);
    return text;
}

Lines told(const Scenario& scenario, const Plan& plan) {
    Lines lines;
    for (const Move& move : plan.moves) lines.push_back(told(scenario, move));
    for (const Invitation& invitation : plan.invitations)
        lines.push_back(std::string(scenario.id(invitation.customer)) + " invited " +
                        to_text(invitation.invite_on));
    return lines;
}

Move& PaperPlan::migrates(std::string_view id, Day provision_on) {
    Move& move = moves_.emplace_back();
    move.subscription = subscription_of(*scenario_, id);
    move.action = Action::migrate;
    const Subscription& s = scenario_->at(move.subscription);
    move.target = scenario_->allowed_targets(s).at(0);
    move.sold_as = scenario_->allowed_terms(s, move.target).at(0);
    move.provision_on = provision_on;
    move.exit_on = s.current_term_end();
    return move;
}

Move& PaperPlan::migrates_and_cancels(std::string_view id, Day provision_on, Day exit_on) {
    Move& move = migrates(id, provision_on);
    move.exit = Exit::cancel;
    move.exit_on = exit_on;
    return move;
}

Move& PaperPlan::stays(std::string_view id) {
    moves_.emplace_back().subscription = subscription_of(*scenario_, id);
    return moves_.back();
}

void PaperPlan::invites(std::string_view customer, Day on) {
    invitations_.push_back({customer_of(*scenario_, customer), on});
}

Plan PaperPlan::plan() const {
    Plan plan;
    plan.moves.assign(moves_.begin(), moves_.end());
    plan.invitations = invitations_;
    sort_plan(plan);
    return plan;
}

}  // namespace termwise::test
