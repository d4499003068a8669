#include "execution/route.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "plan/days.h"

namespace termwise {
namespace {

struct Reason {
    std::string_view validated;  ///< its number in an answer to a validation
    std::string_view refused;    ///< the code with which a migration is refused for it; empty: none
    std::string_view says;
};

constexpr std::array kReasons{
    Reason{"0", "900215", "it is not active"},
    Reason{"1", "900216", "it is being processed: another change or migration of it is under way"},
    Reason{"2", "900217", "its term ends too soon"},
    Reason{"3", "900218", "there is a promotion on it, or was when it was first bought"},
    Reason{"4", "900219",
           "it has add-ons in the tenant that the plan does not know, and all have to go together"},
    Reason{"5", "900220", "new commerce has no product that it could become"},
    Reason{"6", "900222", "new commerce does not sell that product for this term and billing"},
    Reason{"7", "900226", "it is less than a month old"},
    Reason{"8", "", "the customer's trade status does not allow it"},
    Reason{"9", "900247", "its partner id on record is not valid"},
    Reason{"10", "", "in the last 24 hours of its term only a full new term is possible"},
    Reason{"11", "900291", "the custom end date is not valid"},
    Reason{"12", "900292",
           "the custom end date has to be that of another subscription, or a month's last day"},
    Reason{"", "900221", "legacy subscriptions and others cannot be migrated in one request"},
    Reason{"", "900223", "this partner may not migrate subscriptions"},
    Reason{"", "900248", "an add-on is named twice"},
    Reason{"", "900262", "an add-on is missing in the tenant, or not active"}};

[[nodiscard]] const Reason* reason_of(std::string_view code) {
    const auto known = std::ranges::find_if(kReasons, [&](const Reason& reason) {
        return !code.empty() && (code == reason.validated || code == reason.refused);
    });
    return known == kReasons.end() ? nullptr : &*known;
}

[[nodiscard]] std::string quoted_id(const Scenario& scenario, SubscriptionIndex subscription) {
    return fmt::format("\"{}\"", scenario.id(subscription));
}

[[nodiscard]] std::optional<Channel> channel_if_bound(const Scenario& scenario, const Binding& binding,
                                                      SubscriptionIndex subscription) {
    const auto found = binding.programmes.find(scenario.programme_of(scenario.at(subscription).offer).id);
    return found == binding.programmes.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

bool is_migrated(const Scenario& scenario, const Binding& binding, SubscriptionIndex subscription) {
    if (subscription.none()) return false;
    const auto bound = binding.subscriptions.find(std::string(scenario.id(subscription)));
    return bound != binding.subscriptions.end() && bound->second.route == MoveRoute::migration;
}

SubscriptionIndex migrated_with(const Scenario& scenario, const Binding& binding,
                                SubscriptionIndex subscription) {
    while (is_migrated(scenario, binding, scenario.at(subscription).parent))
        subscription = scenario.at(subscription).parent;
    return subscription;
}

std::vector<SubscriptionIndex> migrated_by(const Scenario& scenario, const Binding& binding,
                                           SubscriptionIndex head) {
    std::vector<SubscriptionIndex> all{head};
    const ListRange family = scenario.at(scenario.at(head).customer).subscriptions;
    for (std::uint32_t i = 0; i < family.size; ++i) {
        const SubscriptionIndex own(std::size_t{family.begin} + i);
        if (own != head && is_migrated(scenario, binding, own) &&
            migrated_with(scenario, binding, own) == head)
            all.push_back(own);
    }
    return all;
}

std::string scheduled_day(const Move& move) {
    const bool at_end = move.exit == Exit::lapse && move.provision_on == move.exit_on;
    return at_end ? std::string(kAtTermEnd) : to_text(move.provision_on);
}

std::vector<RouteMistake> route_mistakes(const Scenario& scenario, const Binding& binding) {
    std::vector<RouteMistake> mistakes;
    for (std::size_t i = 0; i < scenario.subscriptions.size(); ++i) {
        const SubscriptionIndex own(i);
        const SubscriptionIndex base = scenario.subscriptions[i].parent;
        const std::optional<Channel> channel = channel_if_bound(scenario, binding, own);
        if (is_migrated(scenario, binding, own)) {
            if (channel && *channel != Channel::legacy_csp)
                mistakes.push_back(
                    {own, fmt::format("only the partner's own legacy subscriptions are migrated, and the "
                                      "programme \"{}\" of {} has another channel than legacy-csp",
                                      scenario.programme_of(scenario.at(own).offer).id,
                                      quoted_id(scenario, own))});
        } else if (is_migrated(scenario, binding, base) && channel && *channel == Channel::legacy_csp) {
            mistakes.push_back(
                {base, fmt::format("{} is migrated together with all its add-ons, and {} is "
                                   "to be bought anew: give it the route \"migration\" as well",
                                   quoted_id(scenario, base), quoted_id(scenario, own))});
        }
    }
    std::ranges::stable_sort(mistakes, {}, &RouteMistake::subscription);
    return mistakes;
}

std::vector<std::string> route_conflicts(const Scenario& scenario, const Plan& plan, const Binding& binding) {
    std::vector<std::string> conflicts;
    for (const Move& move : plan.moves) {
        if (move.action != Action::migrate || !is_migrated(scenario, binding, move.subscription)) continue;
        const Subscription& s = scenario.at(move.subscription);
        const auto tell = [&](std::string why) {
            conflicts.push_back(fmt::format("the subscription {} is to be migrated, and {}",
                                            quoted_id(scenario, move.subscription), why));
        };
        if (move.provision_on > move.exit_on)
            tell(fmt::format("the plan wants the new one on {}, when the old one has ended on {}",
                             to_text(move.provision_on), to_text(move.exit_on)));
        if (days_of(scenario, s, move).reassigns)
            tell(
                "the plan gives its users another licence: a migration turns an offer into its equivalent, "
                "and reassigns nothing");
        if (const Period billing = move.sold_as.billing; billing.months != 1 && billing.months != 12)
            tell(fmt::format("a migration is billed every month or every year, not every {}",
                             to_short_text(billing)));
        const SubscriptionIndex head = migrated_with(scenario, binding, move.subscription);
        if (const Move* first = move_of(plan, head);
            first != nullptr && first->provision_on != move.provision_on)
            tell(fmt::format("the plan wants it on {} and its base {} on {}: they go together",
                             to_text(move.provision_on), quoted_id(scenario, head),
                             to_text(first->provision_on)));
    }
    return conflicts;
}

bool is_ineligible_code(std::string_view code) { return reason_of(code) != nullptr; }

std::string ineligible_text(std::string_view code, std::string_view description) {
    if (const Reason* known = reason_of(code)) return std::string(known->says);
    return fmt::format("the service gives the reason {}{}{}", code.empty() ? "without a number" : code,
                       description.empty() ? "" : ": ", description);
}

bool passes_with_time(std::string_view code) { return code == "1" || code == "7"; }

}  // namespace termwise
