#!/usr/bin/env python3
"""Tests of the oracle: small cases worked out by hand, rule by rule. Each names its rule.

The contract used most: 10 seats of "old" at 12.00, a year billed by the month from 2025-09-10, so billed on
the 10th and ending 2026-09-10. The horizon is 2026-01-05 to 2026-07-05. The new offer costs 10.00 a month.
"""

import copy
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import compare
import oracle
import random_cases
from oracle import boundary, day_of, share, text_of

HERE = pathlib.Path(__file__).resolve().parent
YEARLY_BY_MONTH = {"id": "s", "offer": "old", "seats": 10, "term": "P1Y", "billing": "P1M", "term_start": "2025-09-10",
                   "unit_price": "12.00"}
PREPAID = {"id": "s", "offer": "old", "seats": 10, "term": "P1Y", "billing": "P1Y", "term_start": "2025-09-10",
           "unit_price": "120.00"}
MONTHLY = {"id": "s", "offer": "old", "seats": 10, "term": "P1M", "billing": "P1M", "term_start": "2025-12-20",
           "unit_price": "5.00", "demand": [{"from": "2026-02-01", "seats": 8}], "must_move": False}
STAY = {"subscription": "s", "action": "stay"}


def make(sub=None, *, programme=None, cancellation=None, new_programme=None, new=None, customer=None, **top):
    """A scenario with one customer "c" (active) and one subscription; the old programme refunds nothing."""
    s = {"format": "termwise-scenario/1", "name": "test", "currency": "USD",
         "horizon": {"start": "2026-01-05", "end": "2026-07-05"},
         "programmes": [{"id": "p", "cancellation": cancellation or {}, **(programme or {})}, {"id": "q", **(new_programme or {})}],
         "offers": [
             {"id": "old", "programme": "p", "sku": "A", "prices": [
                 {"term": "P1M", "billing": "P1M", "unit_price": "6.00", "to": "2026-03-01"},
                 {"term": "P1M", "billing": "P1M", "unit_price": "7.00", "from": "2026-03-01"}]},
             {"id": "new", "programme": "q", "sku": "A", "prices": [
                 {"term": "P1Y", "billing": "P1M", "unit_price": "10.00"},
                 {"term": "P1M", "billing": "P1M", "unit_price": "11.00"}], **(new or {})}],
         "transitions": [{"from": "old", "to": "new"}],
         "customers": [{"id": "c", "relationship": "active", "subscriptions": [sub or YEARLY_BY_MONTH], **(customer or {})}]}
    s.update(top)
    return s


def migrate(provision_on="2026-03-02", exit="cancel", exit_on="2026-03-02", **fields):
    return {"subscription": "s", "action": "migrate", "target": "new", "term": "P1Y", "billing": "P1M",
            "provision_on": provision_on, "reassign_on": None, "exit": exit, "exit_on": exit_on,
            "auto_renew_off_on": None, **fields}


def score(scenario, *moves, customers=()):
    return oracle.score(scenario, {"format": "termwise-plan/1", "customers": list(customers), "moves": list(moves)})


class Case(unittest.TestCase):
    def broken(self, result):
        return [(v["rule"], v["at"]) for v in result["violations"]]

    def money(self, result, **components):
        """The named components; the others of the contracts are not looked at."""
        self.assertEqual({name: result["components"][name] for name in components}, components)

    def cash(self, result):
        return {m["month"]: m["cash"] for m in result["months"]}


class Conventions(Case):
    def test_boundaries_are_computed_from_the_anchor_M0_2(self):
        ends = [text_of(boundary(day_of("2026-01-31"), 1, k)) for k in range(4)]
        self.assertEqual(ends, ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"])
        self.assertEqual(text_of(boundary(day_of("2024-02-29"), 12, 1)), "2025-02-28")
        self.assertEqual(text_of(boundary(day_of("2024-02-29"), 12, 4)), "2028-02-29")

    def test_halves_are_rounded_away_from_zero_M0_4(self):
        self.assertEqual([share(1, 1, 2), share(3, 1, 2), share(5, 1, 2), share(-5, 1, 2), share(1, 1, 3), share(2, 1, 3)],
                         [1, 2, 3, -3, 0, 1])
        self.assertEqual(share(10 ** 15, 10 ** 9 + 1, 2 * 10 ** 9), 500000000500000)

    def test_amounts_M0_3(self):
        self.assertEqual([oracle.amount_of("240.00", 2), oracle.amount_of(3, 2), oracle.amount_of("1.005", 3)], [24000, 300, 1005])
        self.assertEqual([oracle.amount_text(-5, 2), oracle.amount_text(0, 3), oracle.amount_text(7, 0)], ["-0.05", "0.000", "7"])
        with self.assertRaises(oracle.InputError):
            oracle.amount_of("1.005", 2)


class Contract(Case):
    def test_plain_stay_M2_1_M2_7(self):
        # Billed 01-10 to 06-10: 6 x 120.00. The charge 06-10 to 07-10 (30 days) is worth 5/30 after 07-05.
        got = score(make(), STAY)
        self.assertEqual(self.broken(got), [])  # the term ends after the horizon: must_move does not bind
        self.money(got, old_charges="720.00", terminal_credit="20.00", liability="0.00")
        self.assertEqual(got["total"], "700.00")
        self.assertEqual(self.cash(got), {"2026-01": "120.00", "2026-02": "120.00", "2026-03": "120.00", "2026-04": "120.00",
                                          "2026-05": "120.00", "2026-06": "120.00", "2026-07": "0.00"})

    def test_billing_at_month_ends_M2_1(self):
        sub = {**YEARLY_BY_MONTH, "term_start": "2025-10-31", "unit_price": "1.00"}
        got = score(make(sub), STAY)  # 01-31, 02-28, 03-31, 04-30, 05-31, 06-30
        self.assertEqual(list(self.cash(got).values()), ["10.00"] * 6 + ["0.00"])

    def test_price_of_a_term_is_that_of_the_day_it_starts_M2_2(self):
        # Terms start on the 20th. 01-20: 10 x 6.00; 02-20: 8 x 6.00 (row to 03-01); from 03-20 on 8 x 7.00.
        got = score(make(MONTHLY), STAY)
        self.assertEqual(list(self.cash(got).values()), ["60.00", "48.00", "56.00", "56.00", "56.00", "56.00", "0.00"])
        self.money(got, terminal_credit="28.00")  # 06-20 to 07-20: 15 of 30 days

    def test_the_first_term_keeps_its_locked_price_M2_2(self):
        # The row of old would say 7.00; term 0 starts on H0 itself and is charged on H0, at 5.00.
        sub = {**MONTHLY, "term_start": "2026-01-05", "demand": []}
        got = score(make(sub, horizon={"start": "2026-01-05", "end": "2026-02-05"}), STAY)
        self.money(got, old_charges="50.00")

    def test_seats_never_shrink_within_a_term_M2_3_M2_7(self):
        # Demand is 4 from 02-01; 10 are charged on. Credit 120.00 x (5 x 4)/(30 x 10); idle: 6 x 12.00 on 07-10 and 08-10.
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-02-01", "seats": 4}]}
        self.money(score(make(sub), STAY), old_charges="720.00", terminal_credit="8.00", liability="144.00")

    def test_a_renewal_takes_the_demand_of_its_day_even_after_provisioning_M2_3(self):
        # Provisioned 02-02 with 10 seats; 15 from 02-10. Old: no growth on 02-10, but 15 x 6.00 on 02-20, after 10 x 6.00 on 01-20.
        # New: 100.00 on 02-02; 5 x 10.00 x 20/28 = 35.71 on 02-10; 150.00 on 03-02 to 07-02 (5).
        sub = {**MONTHLY, "demand": [{"from": "2026-02-10", "seats": 15}]}
        got = score(make(sub), migrate("2026-02-02", "lapse", "2026-03-20"))
        self.assertEqual(self.broken(got), [])
        self.money(got, old_charges="150.00", new_charges="885.71", terminal_credit="135.48")  # 150.00 x 28/31
        self.assertEqual(got["overlap_days"], 460)  # 02-02 to 03-20: 46 days x 10

    def test_growth_inside_a_billing_period_M2_4(self):
        # 3 seats on 01-20: 36.00 x 21/31 = 24.39; then 156.00 a month. Credit 156.00 x 5/30.
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-01-20", "seats": 13}]}
        self.money(score(make(sub), STAY), old_charges="924.39", terminal_credit="26.00")

    def test_growth_on_a_billing_date_M2_4(self):
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-02-10", "seats": 13}]}
        self.money(score(make(sub), STAY), old_charges="900.00")  # 120.00 + 5 x 156.00

    def test_growth_of_demand_before_the_horizon_is_bought_on_H0_M2_4(self):
        # 2 seats on 01-05, 5 of the 31 days to 01-10: 24.00 x 5/31 = 3.87; then 6 x 144.00.
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2025-12-01", "seats": 12}]}
        self.money(score(make(sub), STAY), old_charges="867.87")

    def test_no_growth_on_H0_if_provisioned_on_H0_M2_4(self):
        # Cancelled 01-06 and waived: nothing is charged for the old one; the new one has 12 seats, 6 x 120.00 (01-05 to 06-05).
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2025-12-01", "seats": 12}]}
        got = score(make(sub, cancellation={"remaining": "waived"}), migrate("2026-01-05", "cancel", "2026-01-06"))
        self.money(got, old_charges="0.00", new_charges="720.00")
        self.assertEqual(got["forfeited"], "15.48")  # 120.00, paid 12-10 before the horizon, 4 of 31 days

    def test_growth_on_the_day_of_provisioning_is_the_new_contracts_M2_4(self):
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-03-02", "seats": 20}]}
        got = score(make(sub, cancellation={"remaining": "waived"}), migrate("2026-03-02", "cancel", "2026-03-05"))
        self.money(got, old_charges="240.00", new_charges="1000.00")  # 03-02 to 07-02: 5 x 200.00

    def test_growth_after_the_end_and_before_provisioning_is_nobodys_M2_4(self):
        # Lapsed 02-20, provisioned 03-02 with 15: the demand of 02-25 is first met on 03-02.
        sub = {**MONTHLY, "demand": [{"from": "2026-02-25", "seats": 15}]}
        got = score(make(sub, continuity="soft", disruption={"gap_per_seat_day": "1.00"}), migrate("2026-03-02", "lapse", "2026-02-20"))
        self.money(got, old_charges="60.00", new_charges="750.00", gap="100.00")  # 10 days x demand(02-20)

    def test_a_renewal_on_the_last_day_is_open_M2_5(self):
        # 01-20 and 02-20 renew; 03-20 may not: users are without service 03-20 to 07-05, 107 days x 8.
        got = score(make(MONTHLY, programme={"renewals_until": "2026-02-20"}, disruption={"gap_per_seat_day": "0.50"}), STAY)
        self.assertEqual(self.broken(got), [("renewal-closed", "s")])
        self.money(got, old_charges="108.00", terminal_credit="0.00", gap="428.00")
        self.assertEqual(got["gap_days"], 856)

    def test_a_renewal_without_a_price_M2_5(self):
        scenario = make(MONTHLY, programme={"grace_days": 7}, disruption={"gap_per_seat_day": "0.50"})
        scenario["offers"][0]["prices"].pop()  # nothing from 03-01 on
        got = score(scenario, STAY)
        self.assertEqual(self.broken(got), [("price", "s")])
        self.money(got, old_charges="108.00", gap="400.00")  # 03-27 to 07-05: 100 days x 8
        scenario["programmes"][0]["renewals_until"] = "2026-03-19"
        self.assertEqual(self.broken(score(scenario, STAY)), [("renewal-closed", "s")])  # both: reported as closed

    def test_a_contract_that_could_not_renew_is_not_cancelled_M2_5(self):
        scenario = make(MONTHLY, programme={"renewals_until": "2026-02-20"}, cancellation={"fee": "9.00", "refund": "prorated"})
        got = score(scenario, migrate("2026-04-01", "cancel", "2026-04-02"))
        self.assertEqual(self.broken(got), [("renewal-closed", "s")])
        self.money(got, fees="0.00", refunds="0.00", old_charges="108.00")

    def cancelled(self, cancellation, exit_on="2026-03-02", sub=None, **fields):
        return score(make(sub or YEARLY_BY_MONTH, cancellation=cancellation), migrate(exit_on=exit_on, **fields))

    def test_cancelled_and_due_M2_6(self):
        # Charges 01-10 to 06-10; 07-10 and 08-10 are liability. Forfeited: 120.00 x 8/28 = 34.29, 4 x 120.00, 240.00.
        got = self.cancelled({"refund": "none", "remaining": "due", "fee": "7.50"})
        self.assertEqual(self.broken(got), [])
        self.money(got, old_charges="720.00", liability="240.00", fees="7.50", refunds="0.00")
        self.assertEqual(got["forfeited"], "754.29")
        self.assertEqual(self.cash(got)["2026-03"], "227.50")  # 120.00, the fee, and the new 100.00

    def test_cancelled_and_waived_M2_6(self):
        got = self.cancelled({"refund": "none", "remaining": "waived"})
        self.money(got, old_charges="240.00", liability="0.00", refunds="0.00")
        self.assertEqual(got["forfeited"], "34.29")

    def test_cancelled_and_refunded_M2_6(self):
        for remaining in ("due", "waived"):  # no later charge in either case
            got = self.cancelled({"refund": "prorated", "remaining": remaining})
            self.money(got, old_charges="240.00", liability="0.00", refunds="34.29")
            self.assertEqual(got["forfeited"], "0.00")
            self.assertEqual(self.cash(got)["2026-03"], "65.71")  # 100.00 - 34.29

    def test_the_refund_window_M2_6(self):
        # 2025-09-10 to 2026-03-02: 173 days.
        self.money(self.cancelled({"refund": "prorated", "refund_window_days": 173}), refunds="34.29", old_charges="240.00")
        self.money(self.cancelled({"refund": "prorated", "refund_window_days": 172}), refunds="0.00", old_charges="720.00")

    def test_the_window_counts_from_the_current_term_M2_6(self):
        # Renewed 03-20 with 8 x 7.00, cancelled 03-24, 4 days on: 56.00 x 27/31.
        got = self.cancelled({"refund": "prorated", "refund_window_days": 4}, "2026-03-24", MONTHLY)
        self.money(got, refunds="48.77", old_charges="164.00")
        got = self.cancelled({"refund": "prorated", "refund_window_days": 3}, "2026-03-24", MONTHLY)
        self.money(got, refunds="0.00", old_charges="164.00")

    def test_a_growth_charge_is_refunded_by_its_own_cover_M2_6(self):
        # 120.00 x 15/31 = 58.06; 24.39 (see above) x 15/21 = 17.42.
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-01-20", "seats": 13}]}
        got = self.cancelled({"refund": "prorated"}, "2026-01-26", sub, provision_on="2026-01-26")
        self.money(got, old_charges="144.39", refunds="75.48")

    def test_a_charge_dated_the_day_of_cancellation_M2_6(self):
        day = "2026-02-10"
        move = {"provision_on": day}
        self.money(self.cancelled({"remaining": "waived"}, day, **move), old_charges="120.00")
        self.money(self.cancelled({"remaining": "due"}, day, **move), old_charges="720.00", liability="240.00")
        self.money(self.cancelled({"refund": "prorated"}, day, **move), old_charges="120.00", refunds="0.00")

    def test_due_at_the_seats_of_the_day_before_M2_6(self):
        sub = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-02-02", "seats": 20}, {"from": "2026-03-02", "seats": 30}]}
        got = self.cancelled({"remaining": "due"}, sub=sub)
        # 120.00; 10 x 12.00 x 8/31 = 30.97 on 02-02; 02-10 to 06-10: 5 x 240.00; 07-10 and 08-10.
        self.money(got, old_charges="1350.97", liability="480.00")

    def test_allowed_M2_6(self):
        for allowed, window, broken in [("always", 10, False), ("window", 173, False), ("window", 172, True), ("window", None, False),
                                        ("never", None, True)]:
            got = self.cancelled({"allowed": allowed, "refund_window_days": window, "fee": "1.00"})
            self.assertEqual(self.broken(got), [("not-cancellable", "s")] if broken else [])
            self.money(got, fees="1.00")  # its money is normative all the same

    def test_paid_before_the_horizon_M2_7(self):
        # 1,200.00 paid 2025-09-10. Staying: 67 of 365 days after 07-05. Cancelled 03-02: 192 days are forfeited.
        self.money(score(make(PREPAID), STAY), old_charges="0.00", terminal_credit="220.27")
        got = score(make(PREPAID), migrate())
        self.money(got, old_charges="0.00", liability="0.00")
        self.assertEqual(got["forfeited"], "631.23")

    def test_nothing_is_worth_anything_when_it_ends_with_the_horizon_M2_7(self):
        sub = {**PREPAID, "term": "P6M", "billing": "P6M", "term_start": "2026-01-05"}
        got = score(make(sub), migrate("2026-07-01", "lapse", "2026-07-05"))
        self.assertEqual(self.broken(got), [])
        self.money(got, old_charges="1200.00", new_charges="100.00", terminal_credit="87.10", liability="0.00")  # 100.00 x 27/31

    def test_a_term_that_starts_with_the_end_needs_nothing_M2_8(self):
        sub = {**PREPAID, "term": "P6M", "billing": "P6M", "term_start": "2026-01-05", "must_move": False}
        got = score(make(sub, programme={"renewals_until": "2026-01-01"}), STAY)  # nor is there a price for P6M
        self.assertEqual(self.broken(got), [])
        self.assertEqual(got["gap_days"], 0)

    def test_renewals_of_the_new_contract_M2_8(self):
        by_month = {"term": "P1M"}
        for until, move, broken in [("2026-01-01", {}, False), ("2026-01-01", by_month, True), ("2026-06-02", by_month, False),
                                    ("2026-06-01", by_month, True)]:
            # Provisioned 02-02: terms of a month start 03-02 ... 06-02 and 07-02.
            got = score(make(new_programme={"renewals_until": until}, horizon={"start": "2026-01-05", "end": "2026-07-02"}),
                        migrate("2026-02-02", **move))
            self.assertEqual(self.broken(got), [("renewal-closed", "s")] if broken else [])

    def test_the_first_term_of_the_new_contract_needs_a_price_M2_8(self):
        prices = [{"term": "P1Y", "billing": "P1M", "unit_price": "10.00", "from": "2026-03-03"}]
        self.assertEqual(self.broken(score(make(new={"prices": prices}), migrate())), [("price", "s")])
        self.assertEqual(self.broken(score(make(new={"prices": prices}), migrate("2026-03-03", exit_on="2026-03-03"))), [])


class Plan(Case):
    def check(self, scenario, move, *rules, customers=()):
        got = score(scenario, move, customers=customers)
        self.assertEqual([rule for rule, _ in self.broken(got)], sorted(rules))
        return got

    def test_exactly_one_move_M3_1(self):
        self.assertEqual(self.broken(score(make())), [("move", "s")])
        got = score(make(), STAY, migrate())
        self.assertEqual(self.broken(got), [("move", "s")])
        self.assertEqual((got["total"], got["subscriptions"]), ("0.00", []))
        with self.assertRaises(oracle.InputError):
            score(make(), STAY, {"subscription": "t", "action": "stay"})

    def test_must_move_M3_1(self):
        ends = {**MONTHLY, "must_move": None}
        self.check(make(ends), STAY, "must-move")
        self.check(make({**ends, "must_move": False}), STAY)
        self.check(make({**YEARLY_BY_MONTH, "move_by": "2026-06-01"}), STAY, "must-move")
        on_end = {**PREPAID, "term": "P6M", "billing": "P6M", "term_start": "2026-01-05"}
        self.check(make(on_end), STAY, "must-move")

    def test_target_M3_2(self):
        self.check(make({**YEARLY_BY_MONTH, "targets": ["old"]}), migrate(), "target")
        self.check(make({**YEARLY_BY_MONTH, "target_terms": [{"term": "P1M", "billing": "P1M"}]}), migrate(), "target")
        self.check(make({**YEARLY_BY_MONTH, "target_terms": [{"term": "P12M", "billing": "P1M"}]}), migrate())
        self.check(make(target_terms=[{"term": "P1M", "billing": "P1M"}]), migrate(), "target")
        self.check(make(), migrate(term="P3Y"), "price", "target")

    def test_seats_M3_2(self):
        growing = {**YEARLY_BY_MONTH, "demand": [{"from": "2026-07-04", "seats": 12}]}
        self.check(make(new={"max_seats": 10}), migrate())
        self.check(make(new={"max_seats": 9}), migrate(), "seats")
        self.check(make(growing, new={"max_seats": 11}), migrate(), "seats")
        growing["demand"][0]["from"] = "2026-07-05"
        self.check(make(growing, new={"max_seats": 11}), migrate())

    def test_invite_and_acceptance_M3_3(self):
        pending = {"customer": {"relationship": "pending", "acceptance": {"plan_days": 14}}}
        invite = [{"id": "c", "invite_on": "2026-02-16"}]
        self.check(make(**pending), migrate(), customers=invite)
        self.check(make(**pending), migrate(), "invite")
        self.check(make(**pending), migrate("2026-02-27"), "acceptance", customers=invite)
        self.check(make(**pending), STAY, "invite", customers=invite)
        self.check(make(), migrate(), "invite", customers=invite)
        pending["customer"]["acceptance"] = None
        self.check(make(**pending, acceptance={"plan_days": 15}), migrate(), "acceptance", customers=invite)

    def test_days_M3_4(self):
        for day, rule in [("2026-01-02", "horizon"), ("2026-02-28", "workday"), ("2026-03-03", "workday"), ("2026-03-04", "blackout")]:
            scenario = make(calendar={"holidays": ["2026-03-03"]}, customer={"blackouts": [{"from": "2026-03-03", "to": "2026-03-05"}]})
            self.check(scenario, migrate(day, exit_on="2026-03-05"), rule)
            self.check(scenario, {**STAY, "auto_renew_off_on": day}, rule, "auto-renew")  # superfluous, and checked
            got = score(scenario, STAY, customers=[{"id": "c", "invite_on": day}])
            self.assertEqual(self.broken(got), sorted([(rule, "c"), ("invite", "c")]))
        self.check(make(), migrate("2026-03-02", exit_on="2026-07-06"), "horizon")
        self.check(make(calendar={"workdays": ["sat"]}), migrate("2026-02-28", exit_on="2026-03-02"), "workday")

    def reassigning(self, **top):
        return make(new={"sku": "B"}, continuity="soft", disruption={"reassign_per_seat": "1.00", "gap_per_seat_day": "0.01"}, **top)

    def test_hand_over_by_reassignment_M3_5(self):
        # From Thursday 02-26, 4 a day: 02-26, 02-27, Monday 03-02 (2): h = 03-03, one day after the exit.
        scenario = self.reassigning(effort={"reassign": {"seats_per_day": 4}}, provision_days=1)
        got = self.check(scenario, migrate("2026-02-25", exit_on="2026-03-02", reassign_on="2026-02-26"))
        self.assertEqual(got["gap_days"], 10)
        self.money(got, disruption="10.00", gap="0.10")
        got = self.check(scenario, migrate("2026-02-25", exit_on="2026-03-02", reassign_on="2026-02-25"), "reassign")
        self.assertEqual(got["gap_days"], 0)
        self.check(scenario, migrate("2026-02-25", exit_on="2026-03-02", reassign_on=None), "reassign")
        # All at once on the first workday: reassign_on is a Saturday.
        got = self.check(self.reassigning(), migrate("2026-02-25", exit_on="2026-03-02", reassign_on="2026-02-28"), "workday")
        self.assertEqual(got["gap_days"], 10)

    def test_when_a_transition_reassigns_M3_5(self):
        day = "2026-03-02"
        for reassign, sku, reassign_on, broken in [(None, "A", None, False), (None, "A", day, True), (True, "A", day, False),
                                                   (False, "B", None, False), (False, "B", day, True), (None, "B", None, True)]:
            scenario = make(new={"sku": sku}, transitions=[{"from": "old", "to": "new", "reassign": reassign}])
            self.check(scenario, migrate(exit_on="2026-03-04", reassign_on=reassign_on), *(["reassign"] if broken else []))
        scenario = make({**YEARLY_BY_MONTH, "targets": ["new"]}, new={"sku": "B"}, transitions=[])
        self.check(scenario, migrate(exit_on="2026-03-04", reassign_on="2026-03-02"))  # M1.6: no transition, the skus differ

    def test_continuity_M3_6(self):
        late = migrate("2026-03-30", "lapse", "2026-03-20")  # h = 10 days after the exit
        cancelled = migrate("2026-03-30", "cancel", "2026-03-26")
        for continuity, grace, move, rules, seat_days in [
                ("strict", 30, late, ["continuity"], 0), ("strict", 0, late, ["continuity"], 80), ("grace", 10, late, [], 0),
                ("grace", 9, late, ["continuity"], 8), ("soft", 9, late, [], 8), ("grace", 10, cancelled, ["continuity"], 32),
                ("strict", 0, migrate("2026-03-20", "lapse", "2026-03-20"), [], 0)]:
            scenario = make(MONTHLY, continuity=continuity, programme={"grace_days": grace}, disruption={"gap_per_seat_day": "0.01"})
            self.assertEqual(self.check(scenario, move, *rules)["gap_days"], seat_days)

    def test_the_gap_is_not_cut_at_the_end_M3_6(self):
        scenario = make(MONTHLY, continuity="soft", disruption={"gap_per_seat_day": "0.01"}, provision_days=10)
        got = self.check(scenario, migrate("2026-07-01", "lapse", "2026-06-20"), "deadline")
        self.assertEqual(got["gap_days"], 21 * 8)  # 06-20 to 07-11

    def test_exit_dates_M3_7(self):
        self.check(make(MONTHLY), migrate("2026-03-02", "lapse", "2026-03-20"))
        self.check(make(MONTHLY), migrate("2026-03-02", "lapse", "2026-03-19"), "exit-date")
        self.check(make(MONTHLY), migrate("2026-01-05", "lapse", "2025-12-20"), "continuity", "exit-date")
        self.check(make(MONTHLY), migrate("2026-03-02", "lapse", "2026-07-20"), "exit-date")
        never = make({**MONTHLY, "auto_renew": True}, programme={"renewal_notice_days": 60}, cancellation={"allowed": "never"})
        self.check(never, migrate("2026-03-02", "cancel", "2026-03-20"), "exit-date")  # and nothing besides
        self.check(make({**MONTHLY, "term_start": "2026-01-05"}), migrate("2026-01-05", "cancel", "2026-01-05"), "exit-date")

    def test_auto_renew_and_lapse_M3_7(self):
        def lapse(off_on):
            return migrate("2026-03-02", "lapse", "2026-03-20", auto_renew_off_on=off_on)
        auto = {**MONTHLY, "auto_renew": True}
        for notice, off_on, rules in [
                (0, None, ["auto-renew"]), (0, "2026-03-19", []), (0, "2026-03-20", ["auto-renew"]), (1, "2026-03-19", []),
                (2, "2026-03-19", ["auto-renew"]), (2, "2026-03-18", []), (0, "2026-02-20", []), (0, "2026-02-19", ["auto-renew"])]:
            self.check(make(auto, programme={"renewal_notice_days": notice}), lapse(off_on), *rules)
        self.check(make(MONTHLY), lapse("2026-03-19"), "auto-renew")
        self.check(make(auto), {**STAY, "auto_renew_off_on": "2026-03-19"}, "auto-renew")
        first = migrate("2026-01-12", "lapse", "2026-01-20", auto_renew_off_on="2026-01-05")  # the term began before H0
        self.check(make(auto), first)
        self.check(make(auto, programme={"renewals_until": "2026-01-01"}), {**first, "auto_renew_off_on": None}, "auto-renew")

    def test_auto_renew_and_cancellation_M3_7(self):
        auto = {**MONTHLY, "auto_renew": True}
        for notice, exit_on, rules in [(0, "2026-03-19", []), (2, "2026-03-18", []), (3, "2026-03-18", ["auto-renew"])]:
            self.check(make(auto, programme={"renewal_notice_days": notice}), migrate("2026-03-02", "cancel", exit_on), *rules)
        self.check(make(auto), migrate("2026-03-02", "cancel", "2026-03-18", auto_renew_off_on="2026-03-02"), "auto-renew")

    def family(self, requires=()):
        parent = {**MONTHLY, "id": "t"}
        add_on = {**MONTHLY, "parent": "t"}
        scenario = make(add_on, new={"requires": list(requires)}, customer={"subscriptions": [add_on, parent]})
        scenario["offers"].append({"id": "base", "programme": "q", "sku": "A", "prices": scenario["offers"][1]["prices"]})
        scenario["transitions"].append({"from": "old", "to": "base"})
        return scenario

    def test_parents_M3_8(self):
        lapse = migrate("2026-03-02", "lapse", "2026-03-20")
        parent = {**lapse, "subscription": "t", "target": "base"}
        for add_on, parent_move, broken in [
                (lapse, parent, False), (STAY, {**STAY, "subscription": "t"}, False), (lapse, {**STAY, "subscription": "t"}, True),
                (STAY, parent, True), ({**lapse, "provision_on": "2026-03-03"}, parent, False),
                (lapse, {**parent, "provision_on": "2026-03-03"}, True), ({**lapse, "exit_on": "2026-04-20"}, parent, True),
                (lapse, {**parent, "exit_on": "2026-04-20"}, False), (lapse, {**parent, "target": "new"}, True)]:
            got = score(self.family(["base"]), add_on, parent_move)
            wanted = [("parent", "s")] if broken else []
            if parent_move.get("target") == "new":
                wanted.append(("parent", "t"))  # it has no parent of its own
            self.assertEqual(self.broken(got), wanted)
        self.assertEqual(self.broken(score(self.family(["base"]), lapse)), [("move", "t")])
        self.check(make(new={"requires": ["old"]}), migrate(), "parent")

    def test_deadlines_M3_9(self):
        for field, day, broken in [("move_from", "2026-03-02", False), ("move_from", "2026-03-03", True), ("move_by", "2026-03-05", False),
                                   ("move_by", "2026-03-04", True)]:
            self.check(make({**YEARLY_BY_MONTH, field: day}, provision_days=3), migrate(exit_on="2026-03-05"),
                       *(["deadline"] if broken else []))
        late = migrate("2026-07-02", exit_on="2026-07-03")
        scenario = make(continuity="soft", disruption={"gap_per_seat_day": "1.00"}, provision_days=3)
        self.check(scenario, late)  # h = H1
        self.check({**scenario, "provision_days": 4}, late, "deadline")

    def test_reassignment_days_in_the_horizon_M3_9(self):
        scenario = self.reassigning(effort={"reassign": {"seats_per_day": 4}})
        # Thursday 07-02, Friday 07-03, Monday 07-06, beyond the horizon; h = 07-07.
        self.check(scenario, migrate("2026-07-01", exit_on="2026-07-02", reassign_on="2026-07-02"), "deadline", "horizon")

    def test_capacity_M3_10_M1_8(self):
        # Provision 15 and visit 40 minutes on Monday 03-02 (2026-W10); cancel 5 on Friday 03-06: 60 minutes.
        effort = {"visit": {"minutes": 40}, "provision": {"minutes": 15}, "cancel": {"minutes": 5}}
        for capacity, at in [({"per": "week", "minutes": 60}, None), ({"per": "week", "minutes": 59}, "ops 2026-W10"),
                             ({"per": "day", "minutes": 55}, None), ({"per": "day", "minutes": 54}, "ops 2026-03-02"),
                             ({"per": "week", "minutes": 9, "exceptions": [{"on": "2026-03-08", "minutes": 60}]}, None),
                             ({"per": "day", "minutes": 54, "exceptions": [{"on": "2026-03-02", "minutes": 55}]}, None)]:
            got = score(make(teams=[{"id": "ops", "capacity": capacity}], effort=effort), migrate(exit_on="2026-03-06"))
            self.assertEqual(self.broken(got), [("capacity", at)] if at else [])

    def test_budgets_M3_10(self):
        # March: the old 120.00 (03-10, due), the new 100.00 (03-02), the fee 5.00.
        for until, limit, broken in [("2026-03-11", "225.00", False), ("2026-03-11", "224.99", True), ("2026-03-10", "105.00", False)]:
            scenario = make(cancellation={"fee": "5.00"}, budgets=[{"from": "2026-03-02", "to": until, "max": limit}])
            self.assertEqual(self.broken(score(scenario, migrate())), [("budget", f"2026-03-02/{until}")] if broken else [])


class Score(Case):
    def test_every_work_item_is_rounded_by_itself_M4_3_M4_4(self):
        # At 0.70 an hour: 40 minutes 0.4667 -> 0.47, 10 minutes 0.1167 -> 0.12.
        teams = [{"id": "ops", "labour_rate": "0.70"}, {"id": "desk", "labour_rate": "36.00"}]
        effort = {"visit": {"minutes": 40}, "provision": {"minutes": 10}, "cancel": {"minutes": 10}, "invite": {"minutes": 10},
                  "auto_renew_off": {"minutes": 40}, "reassign": {"seconds_per_seat": 7, "seats_per_day": 4, "team": "desk"}}
        scenario = make(teams=teams, effort=effort, new={"sku": "B"})
        move = migrate("2026-03-02", reassign_on="2026-03-03", exit_on="2026-03-09", auto_renew_off_on="2026-03-09")
        got = score(scenario, move, customers=[{"id": "c", "invite_on": "2026-01-05"}])
        # provision 0.12, reassign 0.28 + 0.28 + 0.14, cancel 0.12, the superfluous switching off 0.47
        self.assertEqual(got["subscriptions"][0]["components"]["labour"], "1.41")
        self.assertEqual(got["customers"][0]["components"]["labour"], "2.00")  # invite 0.12, visit 0.47
        self.assertEqual(self.broken(got), [("auto-renew", "s"), ("invite", "c")])

    def test_one_visit_for_a_customer_and_day_M4_4(self):
        subs = [{**MONTHLY, "id": i} for i in "stu"]
        scenario = make(customer={"subscriptions": subs}, teams=[{"id": "ops", "labour_rate": "60.00"}], effort={"visit": {"minutes": 1}})
        days = {"s": "2026-03-02", "t": "2026-03-02", "u": "2026-03-03"}
        got = score(scenario, *[{**migrate(days[i], "lapse", "2026-03-20"), "subscription": i} for i in "stu"])
        self.assertEqual(got["components"]["labour"], "2.00")
        self.assertEqual([s["components"]["labour"] for s in got["subscriptions"]], ["0.00"] * 3)

    def test_the_parts_sum_to_the_total_M4_M8(self):
        for index in range(20):
            scenario, plan, _ = random_cases.case(5, index)
            got = oracle.score(scenario, plan)
            digits = oracle.MINOR_DIGITS.get(got["currency"], 2)

            def minor(text):
                return oracle.amount_of(text, digits)

            def total(c):
                return sum(minor(a) * (-1 if name in ("refunds", "terminal_credit") else 1) for name, a in c.items())
            self.assertEqual(minor(got["total"]), total(got["components"]))
            self.assertEqual(minor(got["total"]), sum(minor(c["total"]) for c in got["customers"]))
            for entry in got["customers"] + got["subscriptions"]:
                self.assertEqual(minor(entry["total"]), total(entry["components"]))
            c = {name: minor(a) for name, a in got["components"].items()}
            self.assertEqual(sum(minor(m["cash"]) for m in got["months"]),
                             c["old_charges"] + c["new_charges"] + c["fees"] - c["refunds"])

    def test_the_order_of_the_input_does_not_matter_M0_6(self):
        for index in range(12):
            scenario, plan, _ = random_cases.case(6, index)
            other, other_plan = copy.deepcopy(scenario), copy.deepcopy(plan)
            for items in (other["customers"], other["offers"], other["transitions"], other["programmes"], other_plan["moves"],
                          other_plan["customers"], *[c["subscriptions"] for c in other["customers"]]):
                items.reverse()
            self.assertEqual(compare.differences(oracle.score(other, other_plan), oracle.score(scenario, plan)), [])

    def test_the_command(self):
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / "scenario.json", pathlib.Path(folder) / "plan.json"]
            for move, status in [(STAY, 0), (migrate("2026-02-28", exit_on="2026-03-02"), 3), ({**STAY, "subscription": "?"}, 1)]:
                for path, document in zip(paths, [make(), {"format": "termwise-plan/1", "moves": [move]}]):
                    path.write_text(json.dumps(document))
                done = subprocess.run([sys.executable, HERE / "oracle.py", *paths], capture_output=True, text=True, check=False)
                self.assertEqual(done.returncode, status)
                self.assertEqual(bool(done.stdout), status != 1)


class Generator(Case):
    """Random scenarios are valid by M1; cases are the same every time."""

    def test_valid(self):
        for index in range(40):
            s, plan, _ = random_cases.case(7, index)
            sc = oracle.read_scenario(s)
            offers = {o["id"]: o for o in s["offers"]}
            for o in sc.offers.values():
                for row in o.rows:
                    self.assertEqual(row.term % row.billing, 0)
                    self.assertTrue(row.since is None or row.until is None or row.since < row.until)
                    for other in o.rows:
                        apart = (row.until is not None and other.since is not None and row.until <= other.since) or (
                            other.until is not None and row.since is not None and other.until <= row.since)
                        self.assertTrue(row is other or (row.term, row.billing) != (other.term, other.billing) or apart)
                self.assertNotIn(o.id, o.requires)
            self.assertEqual(len(s["transitions"]), len(sc.transitions))
            self.assertTrue(all(a != b for a, b in sc.transitions))
            self.assertTrue(sc.continuity != "soft" or sc.gap_per_seat_day > 0)
            self.assertTrue(sc.workdays and sc.start < sc.end)
            for team in s.get("teams", []):
                capacity = team.get("capacity") or {}
                self.assertEqual(len(sc.teams[team["id"]].exceptions), len(capacity.get("exceptions") or []))
            self.assertTrue(1 <= len(sc.customers) <= 4 and 1 <= len(sc.subscriptions) <= 8)
            for sub in sc.subscriptions.values():
                self.assertTrue(sub.term_start <= sc.start < boundary(sub.term_start, sub.term, 1))
                self.assertEqual(sub.term % sub.billing, 0)
                self.assertEqual(len({day for day, _ in sub.demand}), len(sub.demand))
                self.assertTrue(all(seats >= 1 for _, seats in sub.demand) and sub.seats >= 1)
                self.assertTrue(sub.parent is None or sc.subscriptions[sub.parent].customer is sub.customer)
                parents = sc.subscriptions[sub.parent].targets if sub.parent else []
                self.assertTrue(any(not offers[t].get("requires") or set(offers[t]["requires"]) & set(parents) for t in sub.targets))
                self.assertTrue(sub.target_terms != set())
                self.assertTrue(sub.move_from is None or sub.move_by is None or sub.move_from <= sub.move_by)
            for move in plan["moves"]:
                self.assertIn(move["subscription"], sc.subscriptions)
                if move["action"] == "stay":
                    self.assertLessEqual(set(move), {"subscription", "action", "auto_renew_off_on"})
                else:
                    self.assertIn(move["target"], offers)

    def test_repeatable(self):
        self.assertEqual(random_cases.case(3, 4), random_cases.case(3, 4))
        self.assertNotEqual(random_cases.case(3, 4), random_cases.case(3, 5))


def conformance_folder():
    """TERMWISE_CONFORMANCE, or a folder named conformance in tests, scenarios or the top folder."""
    named = os.environ.get("TERMWISE_CONFORMANCE")
    top = HERE.parents[1]
    folders = [pathlib.Path(named)] if named else [f / "conformance" for f in (top / "tests", top / "scenarios", top)]
    return next((folder for folder in folders if folder.is_dir()), None)


class Conformance(Case):
    @unittest.skipIf(conformance_folder() is None, "no conformance examples")
    def test_examples(self):
        folders = sorted(path.parent for path in conformance_folder().glob("*/score.json"))
        self.assertTrue(folders)
        for folder in folders:
            with self.subTest(folder.name):
                wanted = json.loads((folder / "score.json").read_text(encoding="utf-8"))
                got = oracle.score(oracle.read_json(folder / "scenario.json"), oracle.read_json(folder / "plan.json"))
                self.assertEqual(compare.differences(got, wanted), [])
                self.assertEqual(list(got), list(wanted))


if __name__ == "__main__":
    unittest.main()
