#include "execution/instructions.h"

#include <fmt/format.h>

#include <algorithm>

#include "execution/route.h"
#include "plan/days.h"

namespace termwise {
namespace {

[[nodiscard]] std::string_view name_of(const Scenario& scenario, CustomerIndex customer) {
    const std::string_view name = scenario.texts.view(scenario.at(customer).name);
    return name.empty() ? scenario.id(customer) : name;
}

[[nodiscard]] std::string_view name_of(const Offer& offer) {
    return offer.name.empty() ? offer.id : offer.name;
}

/// "contoso-e3 (25 seats of Office 365 E3 (Open))".
[[nodiscard]] std::string old_text(const Assignment& work, SubscriptionIndex subscription) {
    const Subscription& s = work.scenario.at(subscription);
    return fmt::format("{} ({} seats of {})", work.scenario.id(subscription), s.seats,
                       name_of(work.scenario.at(s.offer)));
}

[[nodiscard]] std::string new_text(const Assignment& work, SubscriptionIndex subscription) {
    const Move& move = *move_of(work.plan, subscription);
    const std::int32_t seats = days_of(work.scenario, work.scenario.at(subscription), move).seats;
    return fmt::format("{} seats of {}, {} billed every {}", seats, name_of(work.scenario.at(move.target)),
                       to_short_text(move.sold_as.term), to_short_text(move.sold_as.billing));
}

/// ", together with contoso-phone": what is migrated in the same request; empty: nothing else.
[[nodiscard]] std::string company_text(const Assignment& work, SubscriptionIndex head) {
    std::string text;
    for (const SubscriptionIndex own : migrated_by(work.scenario, work.binding, head))
        if (own != head)
            text += fmt::format("{}{}", text.empty() ? ", together with " : ", ", work.scenario.id(own));
    return text;
}

}  // namespace

std::string instruction_text(const Assignment& work, const Step& step) {
    const Scenario& scenario = work.scenario;
    const std::string_view customer = name_of(scenario, step.customer);
    const bool by_person = step.actor == Actor::person;
    switch (step.kind) {
        case StepKind::invitation_link:
            return fmt::format("Fetch the link with which {} accepts the relationship.", customer);
        case StepKind::send_invitation:
            return fmt::format("Send {} the invitation, and confirm this step when it is sent.", customer);
        case StepKind::await_acceptance:
            return fmt::format("Wait until {} has accepted the relationship.", customer);
        case StepKind::agreement:
            return fmt::format("Check that the Microsoft Customer Agreement of {} is signed or attested.",
                               customer);
        case StepKind::provision:
            return fmt::format("Buy {} in place of {}.", new_text(work, step.subscription),
                               old_text(work, step.subscription));
        case StepKind::eligibility:
            return fmt::format("Ask whether the service migrates {}{}.", scenario.id(step.subscription),
                               company_text(work, step.subscription));
        case StepKind::migrate: {
            const std::string day = scheduled_day(*move_of(work.plan, step.subscription));
            return fmt::format("Have the service migrate {} to {}, {}{}. That ends the old one.",
                               old_text(work, step.subscription), new_text(work, step.subscription),
                               day == kAtTermEnd ? "as its term ends" : "on " + day,
                               company_text(work, step.subscription));
        }
        case StepKind::await_active:
            return fmt::format("Wait until what replaces {} can be used.", scenario.id(step.subscription));
        case StepKind::reassign: {
            const auto bound = work.binding.subscriptions.find(std::string(scenario.id(step.subscription)));
            if (bound == work.binding.subscriptions.end() || bound->second.users.empty())
                return fmt::format("Give the users of {} the new licence for the old one.",
                                   old_text(work, step.subscription));
            return fmt::format("Give {} users of {} the new licence for the old one.",
                               bound->second.users.size(), scenario.id(step.subscription));
        }
        case StepKind::verify:
            return fmt::format("Check that nobody needs {} any more.", scenario.id(step.subscription));
        case StepKind::auto_renew_off:
            return by_person
                       ? fmt::format(
                             "Switch auto-renew of {} off where it was bought, so that it ends on {}; then "
                             "confirm this step.",
                             old_text(work, step.subscription),
                             to_text(move_of(work.plan, step.subscription)->exit_on))
                       : fmt::format("Switch auto-renew of {} off.", old_text(work, step.subscription));
        case StepKind::suspend:
            return fmt::format("Suspend {} if its auto-renew could not be switched off.",
                               old_text(work, step.subscription));
        case StepKind::cancel:
            return by_person
                       ? fmt::format(
                             "Cancel {} where it was bought, not before this day: nothing is refunded by "
                             "itself, and it cannot be undone. Then confirm this step.",
                             old_text(work, step.subscription))
                       : fmt::format("Cancel {}. This cannot be undone.", old_text(work, step.subscription));
        case StepKind::check_end:
            return by_person
                       ? fmt::format("See that {} has ended and was not renewed; then confirm this step.",
                                     old_text(work, step.subscription))
                       : fmt::format("Check that {} has ended.", scenario.id(step.subscription));
        case StepKind::final_check:
            return fmt::format("Check that everything that {} needs is active.", customer);
    }
    return {};
}

std::string_view rollback_text(StepKind kind) {
    switch (kind) {
        case StepKind::provision:
            return "Within seven days of the purchase cancel the new subscription: what is left is refunded. "
                   "After that it "
                   "runs to its term's end.";
        case StepKind::migrate:
            return "Before its day, cancel the scheduled migration in Partner Center. Once it has begun, "
                   "none.";
        case StepKind::reassign:
            return "While the old subscription is active, give the old licence back.";
        case StepKind::auto_renew_off:
            return "Before the term ends, switch auto-renew on again.";
        case StepKind::suspend:
            return "Before the term ends, reactivate it.";
        case StepKind::cancel:
            return "None: this cannot be undone.";
        default:
            return {};
    }
}

std::string invitation_text(const Assignment& work, CustomerIndex customer, const std::string& link) {
    const Scenario& scenario = work.scenario;
    Day first;
    for (const Move& move : work.plan.moves)
        if (move.action == Action::migrate && scenario.at(move.subscription).customer == customer)
            first = first.none() ? move.provision_on : std::min(first, move.provision_on);
    std::string text = fmt::format(
        "To: an administrator of {}\n"
        "Subject: Please accept us as your reseller\n\n"
        "Your licences move to the Cloud Solution Provider programme. For that we need to be your reseller "
        "in it.\n"
        "Please open this link as a global administrator, read what it says, and accept:\n\n{}\n",
        name_of(scenario, customer), link);
    if (!first.none())
        text += fmt::format(
            "\nWe order the first of your new subscriptions on {}; please accept before that day.\n"
            "You will also be asked to sign the Microsoft Customer Agreement, without which nothing can be "
            "ordered.\n",
            to_text(first));
    return text;
}

}  // namespace termwise
