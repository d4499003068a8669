// For tests of what has to hold for every field.
#pragma once

#include <string_view>

namespace termwise::test {

/// A scenario that says something in every field.
inline constexpr std::string_view kFullScenario = R"({
  "format": "termwise-scenario/1", "name": "All of it", "perspective": "partner", "currency": "USD",
  "horizon": {"start": "2026-01-05", "end": "2027-07-05"},
  "calendar": {"workdays": ["tue", "mon", "sat"], "holidays": ["2026-12-25", "2026-05-25"]},
  "teams": [{"id": "z", "labour_rate": "60.5", "capacity": {"per": "day", "minutes": 400, "exceptions": [{"on": "2026-12-21", "minutes": 48}, {"on": "2026-02-02", "minutes": 0}]}}, {"id": "a"}],
  "effort": {"invite": {"minutes": 10, "team": "a"}, "visit": {"minutes": 40}, "provision": {"minutes": 15, "team": "z"},
             "reassign": {"seconds_per_seat": 30, "seats_per_day": 200, "team": "a"}, "auto_renew_off": {"minutes": 5}, "cancel": {"minutes": 10}},
  "disruption": {"reassign_per_seat": "4.00", "gap_per_seat_day": 50}, "continuity": "soft", "provision_days": 2,
  "acceptance": {"plan_days": 10}, "strategy": {"overlap_days": 7},
  "programmes": [
    {"id": "open", "renewals_until": "2026-12-31", "grace_days": 30, "renewal_notice_days": 3, "cancellation": {"allowed": "always", "refund": "none", "refund_window_days": null, "remaining": "due", "fee": "1.00"}},
    {"id": "csp", "cancellation": {"allowed": "window", "refund": "prorated", "refund_window_days": 6, "remaining": "waived"}}],
  "offers": [
    {"id": "old", "name": "Old", "programme": "open", "sku": "S", "prices": [{"term": "P1Y", "billing": "P1Y", "unit_price": "240"}]},
    {"id": "new", "programme": "csp", "sku": "S", "max_seats": 300, "requires": ["base"], "prices": [
      {"term": "P1Y", "billing": "P1M", "unit_price": "22.00", "from": "2026-06-01"}, {"term": "P1Y", "billing": "P1M", "unit_price": "20.00", "to": "2026-06-01"}]},
    {"id": "base", "programme": "csp", "sku": "B", "prices": [{"term": "P1Y", "billing": "P1M", "unit_price": "1.00"}]}],
  "transitions": [{"from": "old", "to": "new", "reassign": true}, {"from": "old", "to": "base", "reassign": true}],
  "target_terms": [{"term": "P1Y", "billing": "P1M"}],
  "budgets": [{"from": "2026-03-01", "to": "2026-04-01", "max": "50000.00"}],
  "uncertainty": {"acceptance": {"lognormal": {"median": 7, "p90": 21}}, "decline": 0.02, "plan_quantile": 0.9, "work": {"lognormal": {"mean": 1, "cv": 0.3}},
                  "provision_delay": {"empirical": [0, 0, 1.5]}, "provision_failure": {"probability": 0.01, "retry_days": 2}},
  "customers": [
    {"id": "b", "name": "B \"quoted\" é", "relationship": "active", "acceptance": {"plan_days": 14}, "blackouts": [{"from": "2026-03-25", "to": "2026-04-03"}],
     "uncertainty": {"acceptance": {"triangular": {"min": 1, "mode": 2, "max": 9}}},
     "subscriptions": [
      {"id": "b2", "offer": "old", "seats": 5, "term": "P12M", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00", "parent": "b1", "auto_renew": true, "must_move": false,
       "demand": [{"from": "2026-09-01", "seats": 4}, {"from": "2026-06-01", "seats": 9}], "move_from": "2026-02-01", "move_by": "2026-12-01", "targets": ["new"], "target_terms": [{"term": "P1Y", "billing": "P1M"}]},
      {"id": "b1", "offer": "old", "seats": 5, "term": "P1Y", "billing": "P1Y", "term_start": "2025-04-01", "unit_price": "240.00", "targets": ["base"]}]},
    {"id": "a", "subscriptions": []}]})";

}  // namespace termwise::test
