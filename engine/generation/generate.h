// From a profile and a seed to files: `termwise generate`.
#pragma once

#include <cstdint>
#include <string>

#include "formats/canonical.h"
#include "generation/profile.h"

namespace termwise {

/// The most customers that can be asked for.
inline constexpr std::int64_t kMostGeneratedCustomers = 10'000'000;

struct GenerationRequest {
    std::int64_t customers = 0;
    std::uint64_t seed = 0;
};

/// What was drawn.
struct Generated {
    std::int64_t customers = 0, subscriptions = 0, seats = 0;
};

/// The scenario as one JSON text, customers included. The same request gives the same bytes on any machine.
/// Runtime: linear in the subscriptions; memory: one customer and the profile.
Generated write_generated(const Profile& profile, const GenerationRequest& request, const TextSink& sink);

/// The same as three texts: a scenario that names `customers.csv` and `subscriptions.csv`, and these.
struct GeneratedTables {
    TextSink scenario, customers, subscriptions;
};
inline constexpr const char* kGeneratedFiles[] = {"scenario.json", "customers.csv", "subscriptions.csv"};
Generated write_generated(const Profile& profile, const GenerationRequest& request,
                          const GeneratedTables& sinks);

}  // namespace termwise
