// Which subscriptions the service migrates by itself, and which of them go together. A migration moves a
// legacy subscription and all its add-ons in one request (partner-center reference 3.16), and ends them by
// it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "execution/binding.h"
#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// Whether `binding` says that the subscription goes the migration route.
[[nodiscard]] bool is_migrated(const Scenario& scenario, const Binding& binding,
                               SubscriptionIndex subscription);

/// The subscription in whose request this one is migrated: the topmost of its bases that are migrated, or
/// itself. Only for what is migrated.
[[nodiscard]] SubscriptionIndex migrated_with(const Scenario& scenario, const Binding& binding,
                                              SubscriptionIndex subscription);

/// All that the request of `head` migrates: itself, then its add-ons and theirs, ascending. Runtime: the
/// customer's subscriptions times their depth.
[[nodiscard]] std::vector<SubscriptionIndex> migrated_by(const Scenario& scenario, const Binding& binding,
                                                         SubscriptionIndex head);

/// Of a migration that is to begin when the old term ends; else it has a day.
inline constexpr std::string_view kAtTermEnd = "its term's end";
/// When a migrating move is to begin: "2026-02-10", or kAtTermEnd if that is the day on which it lapses.
[[nodiscard]] std::string scheduled_day(const Move& move);

/// Where routes of a binding contradict themselves or the scenario.
struct RouteMistake {
    SubscriptionIndex subscription;  ///< whose route it is
    std::string message;
};
/// By subscription. A programme that has no channel yet contradicts nothing.
[[nodiscard]] std::vector<RouteMistake> route_mistakes(const Scenario& scenario, const Binding& binding);

/// Why `plan` cannot be carried out by the routes of `binding`, a sentence each, in the order of the
/// subscriptions. Empty: it can.
[[nodiscard]] std::vector<std::string> route_conflicts(const Scenario& scenario, const Plan& plan,
                                                       const Binding& binding);

/// Why the service does not migrate a subscription, in words: `code` as its validation numbers the reasons (0
/// to 12), or as a refusal does (900215 ...); `description` is what it says itself, for codes that are not
/// known.
[[nodiscard]] std::string ineligible_text(std::string_view code, std::string_view description);

/// Whether `code` is one that ineligible_text() has words for.
[[nodiscard]] bool is_ineligible_code(std::string_view code);

/// Whether that reason goes away by itself.
[[nodiscard]] bool passes_with_time(std::string_view code);

}  // namespace termwise
