// Any bytes as a plan for one small scenario: read, and if it is one, judged and scored.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "formats/canonical.h"
#include "formats/plan_reader.h"
#include "formats/scenario_reader.h"
#include "plan/check.h"
#include "plan/tenant_limits.h"
#include "scoring/score.h"

namespace {

constexpr std::string_view kScenario = R"({
 "format": "termwise-scenario/1", "currency": "USD", "horizon": {"start": "2026-01-05", "end": "2026-07-06"},
 "calendar": {"holidays": ["2026-05-25"]},
 "teams": [{"id": "ops", "labour_rate": "60.00", "capacity": {"per": "week", "minutes": 120}}],
 "effort": {"invite": {"minutes": 10}, "visit": {"minutes": 40}, "provision": {"minutes": 15}, "cancel": {"minutes": 5},
            "reassign": {"seconds_per_seat": 30, "seats_per_day": 4}, "auto_renew_off": {"minutes": 5}},
 "disruption": {"gap_per_seat_day": "2.00", "reassign_per_seat": "1.00"}, "continuity": "grace",
 "programmes": [{"id": "old", "grace_days": 10, "renewal_notice_days": 2, "renewals_until": "2026-06-01",
                 "cancellation": {"refund": "prorated", "refund_window_days": 30, "fee": "3.00"}}, {"id": "new"}],
 "offers": [{"id": "a", "programme": "old", "sku": "A", "prices": [{"term": "P1M", "billing": "P1M", "unit_price": "3.00"}]},
            {"id": "b", "programme": "new", "sku": "A", "max_seats": 12, "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "2.50"}]},
            {"id": "c", "programme": "new", "sku": "C", "requires": ["b"], "prices": [{"term": "P1M", "billing": "P1M", "unit_price": "4.00"}]}],
 "transitions": [{"from": "a", "to": "b"}, {"from": "a", "to": "c"}],
 "budgets": [{"from": "2026-02-01", "to": "2026-03-01", "max": "40.00"}],
 "customers": [{"id": "x", "acceptance": {"plan_days": 5}, "blackouts": [{"from": "2026-02-02", "to": "2026-02-05"}], "subscriptions": [
   {"id": "s", "offer": "a", "seats": 10, "term": "P1M", "billing": "P1M", "term_start": "2025-12-31", "unit_price": "3.00", "auto_renew": true,
    "demand": [{"from": "2026-01-20", "seats": 12}, {"from": "2026-04-01", "seats": 8}]},
   {"id": "t", "offer": "a", "seats": 3, "term": "P1M", "billing": "P1M", "term_start": "2026-01-05", "unit_price": "3.00", "parent": "s"}]}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace termwise;
    static const Scenario scenario = [] {
        Diagnostics diagnostics;
        auto read = read_scenario_text(kScenario, "scenario", diagnostics);
        if (!read) std::abort();
        return std::move(*read);
    }();
    Diagnostics diagnostics;
    const auto plan =
        read_plan_text({reinterpret_cast<const char*>(data), size}, "fuzz", scenario, diagnostics);
    if (plan.has_value() == diagnostics.has_errors()) std::abort();
    if (!plan) return 0;
    const CheckResult judgement = check(scenario, *plan);
    for (const Violation& violation : judgement.violations)
        if (message_text(scenario, violation).empty() || subject_text(scenario, violation).empty())
            std::abort();
    const Score scored = score(scenario, *plan, Detail::everything);
    Money months;
    for (const Money month : scored.months) months += month;
    if (months != scored.components.cash()) std::abort();
    static_cast<void>(tenant_limit_breaches(scenario, *plan));
    const auto again = read_plan_text(canonical_text(scenario, *plan), "fuzz", scenario, diagnostics);
    if (!again || again->moves != plan->moves) std::abort();
    return 0;
}
