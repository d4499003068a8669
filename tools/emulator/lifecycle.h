// What contracts, licences and time do by themselves (partner-center reference 6.2): terms, states, units,
// who has service. States follow the documents, money the model (billing.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emulator/world.h"

namespace termwise::emulator {

/// Carries out one event that is due at world.now.
void carry_out(World& world, const Event& event);

/// A subscription bought or migrated to at world.now: `sub` says what, how many, for whom; ids are set. It is
/// billed from today; from an anchor before today on, only the rest of the running period. Licences come
/// later.
Sub& begin_subscription(World& world, Sub sub);

/// More seats, or fewer, from today. Units that come arrive after the switch's delay, those that go, at once.
void change_quantity(World& world, Sub& sub, std::int32_t quantity);

/// Suspends it with the add-ons that hang on it. New commerce: also no auto-renew and no planned change.
void suspend(World& world, Sub& sub, std::string_view reason);
void reactivate(World& world, Sub& sub);

/// Ends it now, and gives back what was paid if `refunded`.
void cancel(World& world, Sub& sub, bool refunded);

/// Ends it now, as its programme's rules for a cancellation say (M2.6).
void cancel_by_terms(World& world, Sub& sub);
/// The number of an event person_ends that means: do not renew at the term's end.
inline constexpr std::int64_t kLapses = 1;

/// Sets the state; `days` later it is the next one's turn (0: at once).
void enter(World& world, Sub& sub, Status status, std::int64_t days);

/// Whether it may be cancelled now (new commerce).
[[nodiscard]] bool in_window(const World& world, const Sub& sub);
/// Seats that may be given back now.
[[nodiscard]] std::int32_t refundable_now(const World& world, const Sub& sub);
/// The licence sku it stands for; what exists of it.
[[nodiscard]] const std::string& licence_sku(const World& world, const Sub& sub);

/// Licences of a sku in a tenant.
struct Units {
    std::int32_t active = 0;
    std::int32_t warning = 0;
    std::int32_t suspended = 0;
    std::int32_t consumed = 0;
    [[nodiscard]] std::int32_t usable() const { return active + warning; }
};
[[nodiscard]] Units units_of(const World& world, const Tenant& tenant, const std::string& sku);
/// Every sku the tenant has or had units of, ascending.
[[nodiscard]] std::vector<std::string> skus_of(const World& world, const Tenant& tenant);

/// Looks again who has service; opens and closes gaps, and lets people look after those who came later. To be
/// called after everything that may change it.
void review_access(World& world, Tenant& tenant);
void give_licence(World& world, User& user, const std::string& sku, std::vector<std::string> excluded);

/// The scenario's demand of a line takes its value of today.
void follow_demand(World& world, Tenant& tenant, Line& line);

}  // namespace termwise::emulator
