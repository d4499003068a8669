// Limits per tenant that the model does not have yet: warned about, not enforced.
#pragma once

#include <cstdint>
#include <vector>

#include "model/scenario.h"
#include "plan/plan.h"

namespace termwise {

/// A tenant holds at most this many licence-based subscriptions (Microsoft Entra service limits).
inline constexpr std::int32_t kMostSubscriptionsPerTenant = 300;

/// A limit that a plan breaks on some day for one customer.
struct TenantLimitBreach {
    CustomerIndex customer;
    OfferIndex offer;  ///< none: the number of subscriptions; else seats pooled over this target
    Day day;           ///< the first day on which the most are held
    std::int64_t most = 0;
    std::int64_t limit = 0;
};

/// Where the plan has more than 300 subscriptions of one customer in service on a day, or more seats of one
/// target with `max_seats` than that: new commerce pools the seats of a product over all of a tenant's
/// subscriptions. Ascending by customer, then offer. Runtime: linear, plus a sort for customers with several
/// subscriptions.
[[nodiscard]] std::vector<TenantLimitBreach> tenant_limit_breaches(const Scenario& scenario,
                                                                   const Plan& plan);

}  // namespace termwise
