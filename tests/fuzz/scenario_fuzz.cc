// Any bytes as a scenario: read, and if it is one, written and read again (M0.6), planned, judged and scored.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/canonical.h"
#include "formats/scenario_reader.h"
#include "planning/comparison.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace termwise;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Diagnostics diagnostics;
    const auto scenario = read_scenario_text(text, "fuzz", diagnostics);
    if (scenario.has_value() == diagnostics.has_errors()) std::abort();
    if (!scenario) return 0;
    const std::string canonical = canonical_text(*scenario);
    const auto again = read_scenario_text(canonical, "fuzz", diagnostics);
    if (!again || canonical_text(*again) != canonical) std::abort();
    // A horizon of decades with large teams is no more work for the reader, but it is for the planner.
    if (scenario->subscriptions.size() > 20 || scenario->h1() - scenario->h0() > 2000) return 0;
    for (const Subscription& s : scenario->subscriptions)
        if (s.seats > 10'000 || s.demand.size > 20) return 0;
    const Comparison comparison = compare_strategies(*scenario, Detail::everything);
    for (const StrategyResult& result : comparison.results) {
        Components sum;
        for (const Components& customer : result.score.customers) sum += customer;
        if (sum != result.score.components) std::abort();
    }
    return 0;
}
