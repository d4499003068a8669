#!/usr/bin/env python3
"""Seeded random scenarios, valid by M1, and plans for them: half sensible, half deliberately odd.

    random_cases.py --seed S --count N -o DIR      writes DIR/0000/scenario.json, DIR/0000/plan.json, ...

As a module: case(seed, index) -> (scenario, plan, kind). Case `index` of a seed is the same whatever the count.
"""

import argparse
import copy
import json
import pathlib
import random
import sys
from datetime import date

import oracle
from oracle import boundary, day_of, text_of

PERIODS = {  # terms in months, with every billing period on offer that divides them
    1: [1], 2: [1, 2], 3: [1, 3], 4: [1, 2, 4], 6: [1, 2, 3, 6], 12: [1, 2, 3, 4, 6, 12],
    24: [1, 3, 6, 12, 24], 36: [1, 3, 6, 12, 36]}
USUAL_TERMS = [1, 1, 1, 3, 6, 12, 12, 12, 12, 24, 36, 36, 2, 4]
CURRENCIES = {"USD": 2, "EUR": 2, "JPY": 0, "KWD": 3}
ODD_WEEKS = [["sun", "mon", "tue", "wed", "thu"], ["mon", "wed", "fri"], ["tue"],
             ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ["sat", "sun"], ["fri", "thu", "mon"]]


# ---- Scenarios ---------------------------------------------------------------------------------------------

class Maker:
    """Makes one scenario; self.r is the source of chance."""

    def __init__(self, r):
        self.r = r

    def chance(self, probability):
        return self.r.random() < probability

    def optional(self, table, key, value, default=None):
        """Sets a field; one that holds its default is written out, null, or left out."""
        if value != default or self.chance(0.3):
            table[key] = value
        elif self.chance(0.2):
            table[key] = None

    def amount(self, minor):
        """An amount of minor units, mostly as a decimal string."""
        unit = 10 ** self.digits
        if minor % unit == 0 and self.chance(0.15):
            return minor // unit
        if minor % unit == 0 and self.chance(0.05):
            return str(minor // unit)
        text = oracle.amount_text(minor, self.digits)
        if self.digits > 1 and minor % unit != 0 and minor % 10 == 0 and self.chance(0.1):
            return text[:-1]
        return text

    def duration(self, months):
        if months % 12 == 0 and not self.chance(0.1):
            return f"P{months // 12}Y"
        return f"P{months}M"

    def term_row(self, term, billing):
        return {"term": self.duration(term), "billing": self.duration(billing)}

    def some_day(self):
        """A day in or around the horizon, its ends more often than others."""
        h0, h1 = self.h0, self.h1
        return self.r.choice([self.r.randrange(h0, h1), self.r.randrange(h0, h1), self.r.randrange(h0, h1),
                              self.r.randrange(h0 - 40, h1 + 60), h0, h0 + 1, h1 - 1, h1])

    def term_pairs(self, count):
        pairs = []
        for _ in range(count):
            term = self.r.choice(USUAL_TERMS)
            pairs.append((term, self.r.choice(PERIODS[term])))
        return list(dict.fromkeys(pairs))

    def horizon(self):
        r = self.r
        if self.chance(0.2):  # over the turn of a year with an ISO week 53
            self.h0 = date(2026, 10, 1).toordinal() + r.randrange(100)
        elif self.chance(0.15):  # a leap day near
            self.h0 = date(r.choice([2024, 2028]), 1, 1).toordinal() - r.randrange(0, 150)
        else:
            self.h0 = date(2023, 6, 1).toordinal() + r.randrange(2200)
        if self.chance(0.15):  # the end of a month
            d = date.fromordinal(self.h0)
            self.h0 = boundary(date(d.year, 1, 31).toordinal(), 1, d.month - 1)
        length = r.choice([r.randrange(8, 45), r.randrange(45, 250), r.randrange(45, 250), r.randrange(180, 420),
                           r.randrange(180, 420), r.randrange(400, 900)])
        self.h1 = self.h0 + length
        if self.chance(0.2):  # a whole number of months
            self.h1 = boundary(self.h0, r.randrange(1, 20), 1)

    def scenario(self):
        r = self.r
        self.currency = r.choice(["USD", "USD", "USD", "EUR", "JPY", "JPY", "KWD"])
        self.digits = CURRENCIES[self.currency]
        self.horizon()
        s = {"format": "termwise-scenario/1", "name": "random", "currency": self.currency,
             "horizon": {"start": text_of(self.h0), "end": text_of(self.h1)}}
        self.optional(s, "perspective", r.choice(["customer", "partner"]), "customer")
        self.calendar(s)
        self.teams_and_effort(s)
        continuity = r.choice(["strict", "strict", "grace", "soft"])
        self.optional(s, "continuity", continuity, "strict")
        gap_price = r.choice([0, 1, 333, 5000]) if continuity != "soft" else r.choice([1, 250, 333, 5000])
        disruption = {}
        self.optional(disruption, "gap_per_seat_day", self.amount(gap_price), self.amount(0))
        self.optional(disruption, "reassign_per_seat", self.amount(r.choice([0, 0, 1, 400, 1250])), self.amount(0))
        if continuity == "soft":
            disruption["gap_per_seat_day"] = self.amount(gap_price)
        if disruption:
            s["disruption"] = disruption
        self.optional(s, "provision_days", r.choice([0, 0, 0, 1, 2, 3, 7]), 0)
        if self.chance(0.4):
            s["acceptance"] = {"plan_days": r.choice([0, 1, 5, 10, 14])}
        if self.chance(0.3):
            s["strategy"] = {"overlap_days": r.choice([0, 3, 7, 14])}
        self.programmes(s)
        self.offers(s)
        if self.chance(0.35):
            s["target_terms"] = [self.term_row(*pair) for pair in self.good_target_terms(s)]
        self.customers(s)
        self.budgets(s)
        return s

    def calendar(self, s):
        if self.chance(0.6):
            calendar = {}
            if self.chance(0.3):
                calendar["workdays"] = self.r.choice(ODD_WEEKS)
            if self.chance(0.7):
                calendar["holidays"] = sorted({text_of(self.some_day()) for _ in range(self.r.randrange(0, 9))})
            s["calendar"] = calendar

    def teams_and_effort(self, s):
        r = self.r
        if self.chance(0.08):
            return  # no team, no work
        teams = []
        for name in r.sample(["ops", "desk", "field", "a-team"], r.choice([1, 1, 2, 3])):
            team = {"id": name}
            self.optional(team, "labour_rate", self.amount(r.choice([0, 4500, 6000, 4701, 33333, 98765])), self.amount(0))
            if self.chance(0.65):
                per = r.choice(["week", "week", "day"])
                minutes = r.choice([2400, 2400, 1000, 300, 120, 60, 20]) if per == "week" else r.choice([480, 480, 240, 90, 30])
                team["capacity"] = {"per": per, "minutes": minutes}
                buckets, exceptions = set(), []
                for _ in range(r.choice([0, 0, 1, 2, 4])):
                    on = self.some_day()
                    key = on if per == "day" else date.fromordinal(on).isocalendar()[:2]
                    if key not in buckets:
                        buckets.add(key)
                        exceptions.append({"on": text_of(on), "minutes": r.choice([0, 15, 45, 480, 3000])})
                self.optional(team["capacity"], "exceptions", exceptions, [])
            elif self.chance(0.3):
                team["capacity"] = None
            teams.append(team)
        s["teams"] = teams
        effort = {}
        for kind in oracle.EFFORTS:
            if self.chance(0.25):
                continue
            e = effort[kind] = {}
            if kind == "reassign":
                e["seconds_per_seat"] = r.choice([0, 10, 30, 90, 61])
                self.optional(e, "seats_per_day", r.choice([None, None, 1, 3, 7, 20, 200]), None)
            else:
                e["minutes"] = r.choice([0, 5, 7, 10, 15, 25, 40, 60])
            if self.chance(0.5):
                e["team"] = r.choice(teams)["id"]
        s["effort"] = effort

    def programmes(self, s):
        r = self.r
        self.old_programmes = [f"old{i}" for i in range(r.choice([1, 1, 2, 3]))]
        self.new_programmes = [f"new{i}" for i in range(r.choice([1, 1, 2]))]
        s["programmes"] = []
        for name in self.old_programmes + self.new_programmes:
            p, c = {"id": name}, {}
            self.optional(c, "allowed", r.choice(["always", "always", "always", "window", "window", "never"]), "always")
            self.optional(c, "refund", r.choice(["none", "prorated"]), "none")
            self.optional(c, "refund_window_days", r.choice([None, None, 0, 1, 6, 7, 30, 60, 365]), None)
            self.optional(c, "remaining", r.choice(["due", "waived"]), "due")
            self.optional(c, "fee", self.amount(r.choice([0, 0, 1, 2500, 9999])), self.amount(0))
            if c or self.chance(0.3):
                p["cancellation"] = c
            self.optional(p, "grace_days", r.choice([0, 0, 1, 5, 30, 90]), 0)
            self.optional(p, "renewal_notice_days", r.choice([0, 0, 0, 1, 7, 30]), 0)
            closes = self.chance(0.4 if name in self.old_programmes else 0.1)
            self.optional(p, "renewals_until", text_of(self.some_day()) if closes else None, None)
            s["programmes"].append(p)

    def price_rows(self, pairs, base, holes):
        """One or two rows for each pair; with holes some days have none."""
        r, rows = self.r, []
        for term, billing in pairs:
            for factor, since, until in self.price_periods(holes):
                row = self.term_row(term, billing)
                row["unit_price"] = self.amount(max(1, int(base * billing * (1.2 if term == 1 else 1) * factor)))
                if since is not None or self.chance(0.2):
                    row["from"] = since and text_of(since)
                if until is not None or self.chance(0.2):
                    row["to"] = until and text_of(until)
                rows.append(row)
        r.shuffle(rows)
        return rows

    def price_periods(self, holes):
        kind = self.r.random()
        first, second = self.some_day(), self.some_day()
        if kind < 0.6:
            return [(1, None, None)]
        if kind < 0.85:
            return [(1, None, first), (1.07, first, None)]
        if not holes:
            return [(1, None, first), (0.9, first, first + 30), (1.1, first + 30, None)]
        if kind < 0.95:
            return [(1, None, min(first, second)), (1.1, max(first, second), None)]
        return [(1, first, None)] if self.chance(0.5) else [(1, None, first)]

    def offers(self, s):
        r = self.r
        skus = ["ENTERPRISEPACK", "SPE_E3", "SPB", "DESKLESSPACK"]
        holes = self.chance(0.3)
        s["offers"], s["transitions"] = [], []
        self.old_offers, self.new_offers, self.add_ons = [], [], []
        common = self.term_pairs(r.choice([1, 2, 3]))  # what most new offers have a price for
        for i in range(r.choice([1, 2, 2, 3])):
            self.old_offers.append(f"o{i}")
            s["offers"].append({"id": f"o{i}", "programme": r.choice(self.old_programmes), "sku": r.choice(skus),
                                "prices": self.price_rows(self.term_pairs(r.choice([1, 2, 4, 5])), r.randrange(100, 4000), holes)})
        for i in range(r.choice([1, 2, 3, 4])):
            offer = {"id": f"n{i}", "programme": r.choice(self.new_programmes), "sku": r.choice(skus)}
            pairs = list(dict.fromkeys(common + self.term_pairs(r.choice([0, 1, 2]))))
            offer["prices"] = self.price_rows(pairs, r.randrange(100, 4000), holes)
            if i > 0 and self.chance(0.4):  # an add-on; it requires earlier ones, so there is no cycle
                offer["requires"] = sorted(r.sample(self.new_offers, r.choice([1, min(2, i)])))
                self.add_ons.append(offer["id"])
            elif self.chance(0.2):
                offer["requires"] = []
            self.optional(offer, "max_seats", r.choice([None] * 9 + [20, 45, 70]), None)
            self.new_offers.append(offer["id"])
            s["offers"].append(offer)
        for source in self.old_offers:
            for target in r.sample(self.new_offers, r.randrange(1, len(self.new_offers) + 1)):
                self.transition(s, source, target)
        for i, source in enumerate(self.new_offers):  # some new offers are left for later ones
            for target in self.new_offers[i + 1:]:
                if self.chance(0.2):
                    self.transition(s, source, target)
        if self.chance(0.3):
            for offer in s["offers"]:
                offer["name"] = "Offer " + offer["id"]
        r.shuffle(s["offers"])
        r.shuffle(s["transitions"])
        self.common = common

    def transition(self, s, source, target):
        t = {"from": source, "to": target}
        self.optional(t, "reassign", self.r.choice([None, None, None, True, False]), None)
        s["transitions"].append(t)

    def good_target_terms(self, s):
        """At least one that every new offer has a price for; sometimes one that none has."""
        pairs = self.r.sample(self.common, self.r.randrange(1, len(self.common) + 1))
        return list(dict.fromkeys(pairs + self.term_pairs(self.r.choice([0, 0, 1]))))

    def term_start(self, term):
        """A day such that H0 lies in the term that starts on it."""
        r, h0 = self.r, self.h0

        def fits(day):
            return day <= h0 < boundary(day, term, 1)

        earliest = next(day for day in range(h0 - 31 * term - 3, h0 + 1) if fits(day))
        kind = r.random()
        if kind < 0.06:
            return h0
        if kind < 0.12:
            return earliest
        day = r.randrange(earliest, h0 + 1)
        if kind < 0.55:
            d = date.fromordinal(day)
            wanted = r.choice([29, 30, 31, 31, date.fromordinal(h0).day, date.fromordinal(self.h1).day, 1])
            if kind < 0.15 and fits(date(2024, 2, 29).toordinal()):
                return date(2024, 2, 29).toordinal()
            moved = boundary(date(d.year, 1, 31).toordinal(), 1, d.month - 1)  # the month's last day
            moved = min(moved, date(d.year, d.month, 1).toordinal() + wanted - 1)
            if fits(moved):
                return moved
        if kind < 0.65:  # a term ends with the horizon
            for k in range(1, 40):
                back = boundary(self.h1, term, -k)
                if fits(back):
                    return back
        return day

    def demand_rows(self, u, seats):
        r = self.r
        start, term, billing = day_of(u["term_start"]), oracle.months_of(u["term"]), oracle.months_of(u["billing"])
        bills = [boundary(start, billing, k) for k in range(1, 60) if self.h0 <= boundary(start, billing, k) <= self.h1]
        ends = [boundary(start, term, k) for k in range(1, 60) if self.h0 <= boundary(start, term, k) <= self.h1]
        rows = {}
        for _ in range(r.choice([1, 1, 2, 3, 5])):
            day = r.choice([self.some_day(), self.some_day(), self.h0, r.choice(bills or [self.h0]), r.choice(ends or [self.h1])])
            day += r.choice([0, 0, 0, 1, -1])
            rows[text_of(day)] = {"from": text_of(day), "seats": max(1, int(seats * r.choice([0.3, 0.8, 1, 1.1, 1.3, 1.6, 2])))}
        rows = list(rows.values())
        r.shuffle(rows)
        return rows

    def satisfiable(self, s, subs, u):
        """The allowed targets whose requirements some satisfiable target of the parent meets (M1.4)."""
        offers = {o["id"]: o for o in s["offers"]}
        targets = u.get("targets")
        if targets is None:
            targets = [t["to"] for t in s["transitions"] if t["from"] == u["offer"]]
        parents = self.satisfiable(s, subs, subs[u["parent"]]) if u.get("parent") else []
        return [t for t in targets if not offers[t].get("requires") or set(offers[t]["requires"]) & set(parents)]

    def subscription(self, s, customer, subs, number, seats):
        r = self.r
        sources = sorted({t["from"] for t in s["transitions"]})
        offers = {o["id"]: o for o in s["offers"]}
        offer = r.choice(sources)
        row = r.choice(offers[offer]["prices"])
        term, billing = oracle.months_of(row["term"]), oracle.months_of(row["billing"])
        if self.chance(0.1):  # one without a price: it cannot renew
            term, billing = self.term_pairs(1)[0]
        u = {"id": f"{customer}-s{number}", "offer": offer, "seats": seats, **self.term_row(term, billing),
             "term_start": text_of(self.term_start(term)), "unit_price": self.amount(r.randrange(50, 4000) * billing)}
        if self.chance(0.55):
            u["demand"] = self.demand_rows(u, seats)
        self.optional(u, "auto_renew", self.chance(0.4), False)
        self.optional(u, "must_move", not self.chance(0.3), True)
        if self.chance(0.12):
            u["move_from"] = text_of(r.randrange(self.h0, self.h0 + (self.h1 - self.h0) // 2 + 1))
        if self.chance(0.15):
            u["move_by"] = text_of(r.randrange(self.h0 + (self.h1 - self.h0) // 2 + 1, self.h1 + 10))
        earlier = [i for i in subs if i.startswith(customer + "-")]
        if earlier and self.chance(0.35):
            u["parent"] = r.choice(earlier)
        elif self.chance(0.2):
            u["parent"] = None
        if self.chance(0.25):
            others = [o for o in self.new_offers if o != offer]
            if others:
                u["targets"] = r.sample(others, r.randrange(1, len(others) + 1))
        if self.chance(0.2):
            u["target_terms"] = [self.term_row(*pair) for pair in self.good_target_terms(s)]
        if not self.satisfiable(s, subs, u):
            plain = [o for o in self.new_offers if o not in self.add_ons and o != offer]
            if not plain:
                return None
            u["targets"] = plain
        return u

    def customers(self, s):
        r = self.r
        s["customers"] = []
        left = r.choice([1, 2, 3, 4, 5, 6, 8])
        subs = {}
        for i in range(min(r.choice([1, 2, 2, 3, 4]), left)):
            customer = {"id": f"c{i}"}
            if self.chance(0.3):
                customer["name"] = f"Customer {i}"
            self.optional(customer, "relationship", r.choice(["pending", "active"]), "pending")
            if self.chance(0.3):
                customer["acceptance"] = {"plan_days": r.choice([0, 3, 10, 21])}
            if self.chance(0.4):
                customer["blackouts"] = []
                for _ in range(r.choice([1, 1, 2])):
                    since = self.some_day()
                    customer["blackouts"].append({"from": text_of(since), "to": text_of(since + r.choice([1, 3, 10, 25]))})
            customer["subscriptions"] = []
            wanted = max(1, r.randrange(1, left + 1)) if i > 0 else left - left // 2
            while len(customer["subscriptions"]) < wanted:
                seats = r.choice([1, 2, 5, 10, 10, 17, 25, 40, 60])
                slow = (s.get("effort", {}).get("reassign", {}).get("seats_per_day") or 10 ** 9) < 200
                if not slow and self.chance(0.06):
                    seats = r.randrange(1000, 300000)  # amounts that need 128-bit intermediates
                u = self.subscription(s, customer["id"], subs, len(customer["subscriptions"]), seats)
                if u:
                    subs[u["id"]] = u
                    customer["subscriptions"].append(u)
            left -= wanted
            r.shuffle(customer["subscriptions"])
            s["customers"].append(customer)
            if left <= 0:
                break
        r.shuffle(s["customers"])

    def budgets(self, s):
        if self.chance(0.35):
            found = {}
            for _ in range(self.r.choice([1, 1, 2])):
                since = self.some_day()
                until = since + self.r.choice([1, 28, 31, 90])
                found[since, until] = {"from": text_of(since), "to": text_of(until),
                                       "max": self.amount(self.r.choice([0, 100000, 1000000, 5000000, 10 ** 9]))}
            s["budgets"] = list(found.values())


# ---- Plans -------------------------------------------------------------------------------------------------

class Planner:
    """Makes a plan for a scenario: first a sensible one, which oddities may then disturb."""

    def __init__(self, r, scenario):
        self.r = r
        self.sc = oracle.read_scenario(scenario)
        self.moves = {}

    def workdays(self, customer, since, until):
        return [d for d in range(max(since, self.sc.start), min(until, self.sc.end))
                if oracle.day_name(self.sc, customer, d) is None]

    def pick(self, days, early=None):
        """One of the days, or None; often one of the first or the last."""
        if not days:
            return None
        early = self.r.random() < 0.3 if early is None else early
        kind = self.r.random()
        if early and kind < 0.6:
            return days[0] if kind < 0.3 else self.r.choice(days[:5])
        if not early and kind < 0.5:
            return days[-1] if kind < 0.25 else self.r.choice(days[-5:])
        return self.r.choice(days)

    def old(self, sub):
        return oracle.SimpleNamespace(anchor=sub.term_start, term=sub.term, billing=sub.billing)

    def ends(self, sub):
        """Term boundaries of the old contract in (H0, H1]."""
        k, found = 1, []
        while boundary(sub.term_start, sub.term, k) <= self.sc.end:
            found.append(boundary(sub.term_start, sub.term, k))
            k += 1
        return [b for b in found if b > self.sc.start]

    def plan(self):
        for customer in self.sc.customers.values():
            done = set()
            while len(done) < len(customer.subscriptions):
                for sub in customer.subscriptions:
                    if sub.id not in done and (sub.parent is None or sub.parent in done):
                        self.moves[sub.id] = self.sensible_move(sub)
                        done.add(sub.id)
        self.agree()
        self.invites = {}
        for customer in self.sc.customers.values():
            provisions = [day_of(self.moves[s.id]["provision_on"]) for s in customer.subscriptions
                          if self.moves[s.id]["action"] == "migrate"]
            if customer.relationship == "pending" and provisions:
                day = self.pick(self.workdays(customer, self.sc.start, min(provisions) - customer.plan_days + 1))
                self.invites[customer.id] = text_of(day if day is not None else self.sc.start)

    def agree(self):
        """Where an add-on could not move, its parent stays too, and the parent's other add-ons."""
        pairs = [(sub.id, sub.parent) for sub in self.sc.subscriptions.values() if sub.parent]
        while any(self.moves[a]["action"] != self.moves[b]["action"] for a, b in pairs):
            for pair in pairs:
                if any(self.moves[i]["action"] == "stay" for i in pair):
                    self.moves.update({i: {"subscription": i, "action": "stay"} for i in pair})

    def must_migrate(self, sub):
        """Whether must_move binds it, or an add-on of it."""
        return (sub.must_move and (boundary(sub.term_start, sub.term, 1) <= self.sc.end or sub.move_by is not None)) or any(
            self.must_migrate(other) for other in sub.customer.subscriptions if other.parent == sub.id)

    def rules_broken(self, sub, move):
        rules = set()

        def violate(rule, at, message):
            rules.add(rule)

        self.moves[sub.id] = move
        oracle.score_subscription(self.sc, sub, move, violate)
        oracle.check_parent(self.sc, sub, self.moves, violate)
        return rules

    def sensible_move(self, sub):
        """A few attempts at a move without violations; of those with some, the one with the fewest."""
        stay = {"subscription": sub.id, "action": "stay"}
        parent = self.moves.get(sub.parent)
        if parent and parent["action"] == "stay":
            return stay
        if not parent and self.r.random() < (0.03 if self.must_migrate(sub) else 0.2):
            return stay
        best, fewest = stay, len(self.rules_broken(sub, stay))
        if self.must_migrate(sub):
            fewest += 1
        for _ in range(15):
            move = self.migrating_move(sub, parent)
            broken = len(self.rules_broken(sub, move)) if move else 99
            if broken < fewest or (broken == fewest == 0):
                best, fewest = move, broken
                if broken == 0:
                    break
        return best

    def migrating_move(self, sub, parent):
        r, sc, customer, programme = self.r, self.sc, sub.customer, sub.offer.programme
        targets = [sc.offers[t] for t in sub.targets]
        usable = [t for t in targets if not t.requires or (parent and parent["target"] in t.requires)]
        target = r.choice(usable or targets)
        priced = {(row.term, row.billing) for row in target.rows}
        terms = sorted(oracle.allowed_terms(sub, target) & priced) or sorted(oracle.allowed_terms(sub, target))
        term, billing = r.choice(terms)
        first = max(sc.start + (customer.plan_days if customer.relationship == "pending" else 0),
                    day_of(parent["provision_on"]) if parent else 0, sub.move_from or 0)
        last = sc.end if not parent else min(sc.end, day_of(parent["exit_on"]))
        reassign = oracle.reassigns(sc, sub, target)
        ends = [b for b in self.ends(sub) if b <= last]
        grace = programme.grace if sc.continuity != "strict" and r.random() < 0.3 else 0
        lapse = bool(ends) and (r.random() < 0.6 or programme.allowed == "never")
        off_on = None
        if lapse:
            exit_on = ends[0] if r.random() < 0.5 else r.choice(ends)
            days = self.workdays(customer, first, exit_on + grace - sc.provision_days + 1)
            provision_on = self.pick(days)
            if provision_on is None:
                return None
            if sub.auto_renew:
                before = oracle.term_of(self.old(sub), exit_on - 1)[0]
                off_on = self.pick(self.workdays(customer, before, exit_on - max(1, programme.notice) + 1))
        else:
            provision_on = self.pick(self.workdays(customer, first, last), early=True)
            if provision_on is None:
                return None
            wanted = provision_on + sc.provision_days + (r.randrange(1, 8) if reassign else 0)
            days = []
            for d in self.workdays(customer, wanted, last + 1):
                start, end = oracle.term_of(self.old(sub), d)
                if d != start and not (sub.auto_renew and d > end - programme.notice) and not (
                        programme.allowed == "window" and programme.window is not None and d - start > programme.window):
                    days.append(d)
            exit_on = self.pick(days, early=r.random() < 0.7)
            if exit_on is None:
                return None
        reassign_on = None
        if reassign:
            days = self.workdays(customer, provision_on + sc.provision_days, sc.end)
            reassign_on = days[0] if days and r.random() < 0.7 else self.pick(days, early=True)
        return {"subscription": sub.id, "action": "migrate", "target": target.id, "term": period_text(term),
                "billing": period_text(billing), "provision_on": text_of(provision_on),
                "reassign_on": reassign_on and text_of(reassign_on), "exit": "lapse" if lapse else "cancel",
                "exit_on": text_of(exit_on), "auto_renew_off_on": off_on and text_of(off_on)}

    # Oddities. Each disturbs the plan in one way; it does nothing if there is nothing to disturb.

    def some_move(self, action="migrate", only=lambda sub, move: True):
        found = [(self.sc.subscriptions[i], m) for i, m in sorted(self.moves.items())
                 if m["action"] == action and only(self.sc.subscriptions[i], m)]
        return self.r.choice(found) if found else (None, None)

    def set_some_day(self, days):
        """Sets one of the days of a move, or an invitation, to one of the days that days(customer) returns."""
        sub, move = self.some_move()
        if sub is None:
            return
        fields = ["provision_on", "provision_on"] + [f for f in ("reassign_on", "auto_renew_off_on") if move[f]]
        fields += ["exit_on", "exit_on"] if move["exit"] == "cancel" else []
        fields += ["invite_on"] if sub.customer.id in self.invites else []
        found = days(sub.customer)
        if not found:
            return
        field, day = self.r.choice(fields), self.r.choice(found)
        if field == "invite_on":
            self.invites[sub.customer.id] = text_of(day)
        elif field == "exit_on":
            move[field] = text_of(max(day, sub.term_start))  # it lies in some term of the contract
        else:
            move[field] = text_of(day)

    def days_named(self, name):
        return lambda customer: [d for d in range(self.sc.start, self.sc.end)
                                 if oracle.day_name(self.sc, customer, d) == name]

    def odd_weekend(self):
        self.set_some_day(self.days_named("workday"))

    def odd_holiday(self):
        self.set_some_day(lambda customer: [d for d in sorted(self.sc.holidays) if self.sc.start <= d < self.sc.end
                                            and date.fromordinal(d).weekday() in self.sc.workdays])

    def odd_blackout(self):
        self.set_some_day(self.days_named("blackout"))

    def odd_workday(self):
        self.set_some_day(self.days_named(None))

    def odd_outside(self):
        h0, h1 = self.sc.start, self.sc.end
        self.set_some_day(lambda customer: [h0 - 1, h0 - 30, h1, h1 + 1, h1 + 45, h0 - 400, h1 + 800])

    def odd_last_days(self):
        h1 = self.sc.end
        self.set_some_day(lambda customer: [h1 - 3, h1 - 2, h1 - 1])

    def odd_target(self):
        sub, move = self.some_move()
        if sub:
            target = self.r.choice([o for o in self.sc.offers.values() if o.rows])
            row = self.r.choice(target.rows)
            move.update(target=target.id, term=period_text(row.term), billing=period_text(row.billing))
            if self.r.random() < 0.7:  # keep reassign_on right
                if not oracle.reassigns(self.sc, sub, target):
                    move["reassign_on"] = None
                elif not move["reassign_on"]:
                    days = self.workdays(sub.customer, day_of(move["provision_on"]) + self.sc.provision_days, self.sc.end)
                    move["reassign_on"] = text_of(days[0]) if days else None

    def odd_term(self):
        sub, move = self.some_move()
        if sub:
            term = self.r.choice(USUAL_TERMS)
            move.update(term=period_text(term), billing=period_text(self.r.choice(PERIODS[term])))

    def odd_lapse(self):
        sub, move = self.some_move()
        if sub:
            h0, h1 = self.sc.start, self.sc.end
            beyond = boundary(sub.term_start, sub.term, 1 + len(self.ends(sub)))
            day = self.r.choice([sub.term_start, beyond, h0, h1, self.r.randrange(h0 - 20, h1 + 20)])
            move.update(exit="lapse", exit_on=text_of(day))

    def odd_lapse_at_some_end(self):
        sub, move = self.some_move(only=lambda sub, move: self.ends(sub))
        if sub:
            move.update(exit="lapse", exit_on=text_of(self.r.choice(self.ends(sub))))

    def odd_cancel_on_boundary(self):
        sub, move = self.some_move()
        if sub:
            move.update(exit="cancel", exit_on=text_of(self.r.choice(self.ends(sub) + [sub.term_start])))

    def odd_cancel(self):
        """Cancelled on some workday, off any boundary: perhaps not cancellable then, or too late, or too early."""
        sub, move = self.some_move()
        if sub:
            days = [d for d in self.workdays(sub.customer, self.sc.start, self.sc.end)
                    if not oracle.is_term_boundary(self.old(sub), d)]
            if days:
                move.update(exit="cancel", exit_on=text_of(self.pick(days)))

    def odd_cancel_near_the_end_of_a_term(self):
        sub, move = self.some_move(only=lambda sub, move: self.ends(sub))
        if sub:
            notice = sub.offer.programme.notice
            day = self.r.choice(self.ends(sub)) - notice + self.r.choice([-1, 0, 1])
            if day >= sub.term_start:
                move.update(exit="cancel", exit_on=text_of(day))

    def odd_window_edge(self):
        sub, move = self.some_move(only=lambda sub, move: sub.offer.programme.window is not None)
        if sub:
            starts = [s for s in self.ends(sub) + [sub.term_start]]
            day = self.r.choice(starts) + sub.offer.programme.window + self.r.choice([0, 0, 1])
            move.update(exit="cancel", exit_on=text_of(day))

    def odd_auto_renew_off(self):
        """Missing, superfluous, or near the edges of when it may be."""
        sub, move = self.some_move()
        lapsing = self.some_move(only=lambda sub, move: sub.auto_renew and move["exit"] == "lapse")
        if lapsing[0] and self.r.random() < 0.8:
            sub, move = lapsing
        if sub:
            exit_on, notice = day_of(move["exit_on"]), sub.offer.programme.notice
            before = (oracle.term_of(self.old(sub), exit_on - 1) or (sub.term_start,))[0]
            days = [exit_on, exit_on - notice, exit_on - notice, exit_on - notice + 1, exit_on - notice - 1,
                    before, before - 1, before - 2, before + 1]
            move["auto_renew_off_on"] = self.r.choice([None] + [text_of(d) for d in days])

    def odd_auto_renew_off_a_term_early(self):
        sub, move = self.some_move(only=lambda sub, move: sub.auto_renew and len(self.ends(sub)) > 1)
        if sub:
            before, exit_on = self.r.choice(list(zip(self.ends(sub), self.ends(sub)[1:])))
            days = self.workdays(sub.customer, before - 10, before + 10)
            if days:
                move.update(exit="lapse", exit_on=text_of(exit_on), auto_renew_off_on=text_of(self.r.choice(days)))

    def odd_stay_auto_renew_off(self):
        sub, move = self.some_move("stay")
        if sub:
            move["auto_renew_off_on"] = text_of(self.r.randrange(self.sc.start - 2, self.sc.end + 2))

    def odd_invite(self):
        customer = self.r.choice(sorted(self.sc.customers))
        kind = self.r.random()
        if kind < 0.3:
            self.invites.pop(customer, None)
        else:
            days = self.workdays(self.sc.customers[customer], self.sc.start, self.sc.end)
            self.invites[customer] = text_of(self.r.choice(days or [self.sc.start]))

    def odd_reassign(self):
        sub, move = self.some_move()
        if sub:
            usable = day_of(move["provision_on"]) + self.sc.provision_days
            move["reassign_on"] = self.r.choice([None, text_of(usable), text_of(usable - 1), text_of(usable + 9),
                                                 text_of(self.sc.end - 1)])

    def odd_stay(self):
        sub, move = self.some_move()
        if sub:
            self.moves[sub.id] = {"subscription": sub.id, "action": "stay"}

    def odd_parent(self):
        """Days of an add-on and its parent exchanged, or set near each other."""
        sub, move = self.some_move(only=lambda sub, move: sub.parent and self.moves[sub.parent]["action"] == "migrate")
        if sub:
            parent = self.moves[sub.parent]
            field = self.r.choice(["provision_on", "exit_on"])
            others = [t for t in self.sc.subscriptions[sub.parent].targets if t != parent["target"]]
            if others and self.r.random() < 0.4:
                parent["target"] = self.r.choice(others)
            elif self.r.random() < 0.5:
                move[field], parent[field] = parent[field], move[field]
                if field == "exit_on":
                    move["exit"], parent["exit"] = parent["exit"], move["exit"]
            else:
                move[field] = text_of(day_of(parent[field]) + self.r.choice([-1, 0, 1]))
            for m, i in ((move, sub.id), (parent, sub.parent)):
                start = self.sc.subscriptions[i].term_start
                m["exit_on"] = text_of(max(day_of(m["exit_on"]), start if m["exit"] == "cancel" else 0))

    def odd_missing(self):
        sub = self.r.choice(sorted(self.moves))
        self.dropped.add(sub)

    def odd_duplicate(self):
        sub = self.r.choice(sorted(self.moves))
        twin = copy.deepcopy(self.moves[sub]) if self.r.random() < 0.5 else {"subscription": sub, "action": "stay"}
        self.extra.append(twin)

    GENTLE = [odd_weekend, odd_holiday, odd_holiday, odd_blackout, odd_workday, odd_workday, odd_last_days, odd_target,
              odd_lapse_at_some_end, odd_cancel, odd_cancel, odd_cancel_near_the_end_of_a_term, odd_window_edge,
              odd_auto_renew_off, odd_auto_renew_off_a_term_early, odd_stay_auto_renew_off, odd_invite, odd_stay, odd_parent]
    ROUGH = [odd_outside, odd_term, odd_lapse, odd_cancel_on_boundary, odd_reassign, odd_missing, odd_duplicate]

    def result(self):
        moves = [m for i, m in self.moves.items() if i not in self.dropped] + self.extra
        self.r.shuffle(moves)
        invites = [{"id": i, "invite_on": day} for i, day in self.invites.items()]
        self.r.shuffle(invites)
        return {"format": "termwise-plan/1", "scenario": None, "customers": invites, "moves": moves}

    dropped, extra = frozenset(), ()


def period_text(months):
    return f"P{months // 12}Y" if months % 12 == 0 else f"P{months}M"


def make_scenario(seed, index):
    return Maker(random.Random(f"scenario/{seed}/{index}")).scenario()


def case(seed, index):
    """Scenario, plan and kind of one case: even ones are sensible, odd ones odd (gently, or roughly as well)."""
    scenario = make_scenario(seed, index)
    planner = Planner(random.Random(f"plan/{seed}/{index}"), scenario)
    planner.plan()
    planner.dropped, planner.extra = set(), []
    kind = ["sensible", "gentle", "sensible", "rough"][index % 4]
    if kind == "sensible":
        relax(scenario, oracle.score(scenario, planner.result()))
    if kind != "sensible":
        oddities = Planner.GENTLE + (Planner.ROUGH * 2 if kind == "rough" else [])
        for _ in range(planner.r.choice([1, 2, 2, 3, 5])):
            planner.r.choice(oddities)(planner)
    plan = planner.result()
    if index % 8 not in (0, 3, 4):  # some cases stay as they were made
        tighten(planner.r, scenario, plan)
    return scenario, plan, kind


def relax(scenario, result):
    """Takes back what a sensible plan could not do: most of these cases are to be feasible."""
    broken = {(v["rule"], v["at"]) for v in result["violations"]}
    for customer in scenario["customers"]:
        for u in customer["subscriptions"]:
            if ("must-move", u["id"]) in broken:
                u["must_move"] = False
    if scenario.get("budgets"):
        scenario["budgets"] = [b for b in scenario["budgets"] if ("budget", f"{b['from']}/{b['to']}") not in broken]
    if any(rule == "capacity" for rule, _ in broken):
        for team in scenario["teams"]:
            if team.get("capacity"):
                team["capacity"]["minutes"] *= 4


def tighten(r, scenario, plan):
    """Moves some limits of the scenario to exactly what the plan needs, or a step beyond or short of it."""
    sc = oracle.read_scenario(scenario)
    raw = {u["id"]: (c, u) for c in scenario["customers"] for u in c["subscriptions"]}
    programmes = {p["id"]: p for p in scenario["programmes"]}
    offers = {o["id"]: o for o in scenario["offers"]}
    edge = [0, 0, 0, 1, -1]
    used, cash = {}, []
    moves = [m for m in plan["moves"] if sum(m["subscription"] == o["subscription"] for o in plan["moves"]) == 1]
    for move in moves:
        sub = sc.subscriptions[move["subscription"]]
        customer, u = raw[sub.id]
        got = oracle.score_subscription(sc, sub, move, lambda rule, at, message: None)
        cash += got.cash
        for kind, day, seconds in got.work:
            team = sc.teams.get(sc.effort[kind].team)
            if team and team.per:
                key = (team.id, oracle.bucket(team, day))
                used[key] = (used.get(key, (0, 0))[0] + seconds, day)
        old = offers[u["offer"]]
        if move["action"] == "migrate":
            provision_on, exit_on = day_of(move["provision_on"]), day_of(move["exit_on"])
            term = oracle.term_of(oracle.SimpleNamespace(anchor=sub.term_start, term=sub.term), exit_on)
            if r.random() < 0.1 and provision_on < (sub.move_by or 10 ** 7):
                u["move_from"] = text_of(provision_on + r.choice([0, 0, 1]))
            if r.random() < 0.1 and got.hand_over > max(sub.move_from or 0, provision_on + 1):
                u["move_by"] = text_of(got.hand_over - r.choice([0, 0, 1]))
            if r.random() < 0.1:
                offers[move["target"]]["max_seats"] = max(1, got.seats + r.choice([0, 0, -1]))
            if r.random() < 0.15 and move["exit"] == "cancel" and term:
                c = programmes[old["programme"]].setdefault("cancellation", {})
                c["refund_window_days"] = max(0, exit_on - term[0] + r.choice(edge))
                c["refund"] = r.choice(["none", "prorated", "prorated"])
                c["allowed"] = r.choice(["window", "window", "always"])
            if r.random() < 0.1 and move["exit"] == "cancel" and term and u.get("auto_renew"):
                programmes[old["programme"]]["renewal_notice_days"] = max(0, term[1] - exit_on + r.choice(edge))
            if r.random() < 0.1 and move["exit"] == "lapse" and move["auto_renew_off_on"]:
                notice = exit_on - day_of(move["auto_renew_off_on"]) + r.choice(edge)
                programmes[old["programme"]]["renewal_notice_days"] = max(0, notice)
            if r.random() < 0.08:
                programmes[old["programme"]]["grace_days"] = max(0, got.hand_over - exit_on + r.choice(edge))
            if r.random() < 0.1:  # the first renewal of the new contract, on the last open day
                renewal = boundary(provision_on, oracle.months_of(move["term"]), 1)
                programmes[offers[move["target"]]["programme"]]["renewals_until"] = text_of(renewal + r.choice(edge))
            day = next((day_of(c["invite_on"]) for c in plan["customers"] if c["id"] == customer["id"]), None)
            if r.random() < 0.15 and day is not None and provision_on >= day:
                customer["acceptance"] = {"plan_days": max(0, provision_on - day + r.choice(edge))}
        if r.random() < 0.1:
            renewal = boundary(sub.term_start, sub.term, r.choice([1, 1, 2]))
            programmes[old["programme"]]["renewals_until"] = text_of(renewal + r.choice(edge))
    if used and r.random() < 0.35:
        turns = [k for k in sorted(used) if k[1][-3:] in ("W01", "W52", "W53")]
        team_id, name = key = r.choice(turns if turns and r.random() < 0.7 else sorted(used))
        seconds, day = used[key]
        team = next(t for t in scenario["teams"] if t["id"] == team_id)["capacity"]
        day += r.choice([0, 0, 1, 2, -1]) if team["per"] == "week" else 0
        name = oracle.bucket(sc.teams[team_id], day)
        exceptions = [e for e in team.get("exceptions") or [] if oracle.bucket(sc.teams[team_id], day_of(e["on"])) != name]
        team["exceptions"] = exceptions + [{"on": text_of(day), "minutes": max(0, -(-seconds // 60) + r.choice(edge + [40]))}]
    cash = sorted(item for item in cash if sc.start <= item[0] < sc.end)
    if cash and r.random() < 0.3:
        since, until = sorted([r.choice(cash)[0], r.choice(cash)[0]])
        until += r.choice([0, 0, 1]) if until > since else 1
        spent = sum(amount for day, amount in cash if since <= day < until)
        limit = oracle.amount_text(max(0, spent + r.choice(edge)), sc.digits)
        others = [b for b in scenario.get("budgets") or [] if (day_of(b["from"]), day_of(b["to"])) != (since, until)]
        scenario["budgets"] = others + [{"from": text_of(since), "to": text_of(until), "max": limit}]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("-o", dest="directory", required=True)
    options = parser.parse_args()
    for index in range(options.count):
        scenario, plan, _ = case(options.seed, index)
        folder = pathlib.Path(options.directory) / f"{index:04}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "scenario.json").write_text(json.dumps(scenario, indent=1) + "\n", encoding="utf-8")
        (folder / "plan.json").write_text(json.dumps(plan, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
