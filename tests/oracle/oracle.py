#!/usr/bin/env python3
"""An independent oracle: scores a plan against a scenario, day by day.

It follows the normative model to the letter and nothing else. Every contract is walked from its first
day on, one day at a time; charges are kept in a list; amounts are integers of the minor unit and every
share is a Fraction rounded once (M0.4). It is meant to be read next to the model, not to be fast.

    oracle.py SCENARIO PLAN        prints the termwise-score/1 JSON; exit status 0, 3 (infeasible), 1 (bad input)

As a module: score(scenario, plan) -> dict. Inline scenarios only (no includes, no CSV). It trusts its
scenario to be valid by M1; of the input errors it knows only the ids that the scenario lacks.

Days are integers (date.toordinal); terms are months.
"""

import json
import re
import sys
from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import lru_cache
from types import SimpleNamespace

MINOR_DIGITS = {  # ISO 4217, every currency whose minor unit is not a hundredth
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}
COMPONENTS = ["old_charges", "new_charges", "fees", "refunds", "liability", "terminal_credit",
              "labour", "disruption", "gap"]
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
EFFORTS = ["invite", "visit", "provision", "reassign", "auto_renew_off", "cancel"]
NOT_NORMATIVE = {"horizon", "exit-date", "price", "renewal-closed", "reassign"}  # M3, preamble


class InputError(Exception):
    pass


# ---- M0: conventions ---------------------------------------------------------------------------------------

def day_of(text):
    """M0.1"""
    return None if text is None else date.fromisoformat(text).toordinal()


def text_of(day):
    return date.fromordinal(day).isoformat()


def months_of(text):
    """M0.2: PnM or PnY, in months."""
    number, unit = re.fullmatch(r"P([0-9]+)([MY])", text).groups()
    return int(number) * (12 if unit == "Y" else 1)


@lru_cache(maxsize=None)
def boundary(anchor, months, k):
    """M0.2: boundary k of the series anchored at a day, always computed from the anchor."""
    first = date.fromordinal(anchor)
    year, month = divmod(first.year * 12 + first.month - 1 + k * months, 12)
    month += 1
    return date(year, month, min(first.day, monthrange(year, month)[1])).toordinal()


def amount_of(value, digits):
    """M0.3: a decimal string, or a JSON integer of whole units."""
    if isinstance(value, int):
        return value * 10 ** digits
    exact = Fraction(value) * 10 ** digits
    if exact.denominator != 1:
        raise InputError(f"too many decimals: {value}")
    return exact.numerator


def amount_text(amount, digits):
    sign, units = "-" if amount < 0 else "", str(abs(amount)).rjust(digits + 1, "0")
    return sign + (units if digits == 0 else units[:-digits] + "." + units[-digits:])


def share(amount, numerator, denominator):
    """M0.4: round(amount * numerator / denominator), halves away from zero."""
    exact = Fraction(amount * numerator, denominator)
    rounded = (abs(exact) + Fraction(1, 2)).__floor__()
    return rounded if exact >= 0 else -rounded


def value(table, key, default):
    """M1.7: left out or null means the default."""
    found = (table or {}).get(key)
    return default if found is None else found


# ---- M1: scenario ------------------------------------------------------------------------------------------

def read_scenario(s):
    """The scenario with defaults filled in (M1.7), days as integers, terms as months, amounts as integers."""
    digits = MINOR_DIGITS.get(s["currency"], 2)

    def money(table, key):
        return amount_of(value(table, key, 0), digits)

    sc = SimpleNamespace(currency=s["currency"], digits=digits)
    sc.start, sc.end = day_of(s["horizon"]["start"]), day_of(s["horizon"]["end"])
    calendar = value(s, "calendar", {})
    sc.workdays = {WEEKDAYS.index(name) for name in value(calendar, "workdays", WEEKDAYS[:5])}
    sc.holidays = {day_of(text) for text in value(calendar, "holidays", [])}
    sc.continuity = value(s, "continuity", "strict")
    sc.provision_days = value(s, "provision_days", 0)
    sc.reassign_per_seat = money(s.get("disruption"), "reassign_per_seat")
    sc.gap_per_seat_day = money(s.get("disruption"), "gap_per_seat_day")

    sc.teams = {}
    for t in value(s, "teams", []):
        team = sc.teams[t["id"]] = SimpleNamespace(id=t["id"], rate=money(t, "labour_rate"), per=None, exceptions={})
        if t.get("capacity") is not None:
            team.per, team.minutes = t["capacity"]["per"], t["capacity"]["minutes"]
            for e in value(t["capacity"], "exceptions", []):
                team.exceptions[bucket(team, day_of(e["on"]))] = e["minutes"]  # M1.8
    sc.effort = {}
    for kind in EFFORTS:
        e = value(value(s, "effort", {}), kind, {})
        first_team = next(iter(sc.teams), None)  # M1.7
        sc.effort[kind] = SimpleNamespace(seconds=60 * value(e, "minutes", 0), team=value(e, "team", first_team),
                                          per_seat=value(e, "seconds_per_seat", 0), seats_per_day=e.get("seats_per_day"))

    sc.programmes = {}
    for p in value(s, "programmes", []):
        c = value(p, "cancellation", {})
        sc.programmes[p["id"]] = SimpleNamespace(
            renewals_until=day_of(p.get("renewals_until")), grace=value(p, "grace_days", 0),
            notice=value(p, "renewal_notice_days", 0), allowed=value(c, "allowed", "always"),
            refund=value(c, "refund", "none"), window=c.get("refund_window_days"),
            remaining=value(c, "remaining", "due"), fee=money(c, "fee"))
    sc.offers = {}
    for o in value(s, "offers", []):
        rows = [SimpleNamespace(term=months_of(r["term"]), billing=months_of(r["billing"]), price=money(r, "unit_price"),
                                since=day_of(r.get("from")), until=day_of(r.get("to"))) for r in value(o, "prices", [])]
        sc.offers[o["id"]] = SimpleNamespace(id=o["id"], programme=sc.programmes[o["programme"]], sku=o.get("sku"),
                                             max_seats=o.get("max_seats"), requires=value(o, "requires", []), rows=rows)
    sc.transitions = {(t["from"], t["to"]): t.get("reassign") for t in value(s, "transitions", [])}
    target_terms = read_terms(s.get("target_terms"))
    sc.budgets = [SimpleNamespace(since=day_of(b["from"]), until=day_of(b["to"]), max=money(b, "max"))
                  for b in value(s, "budgets", [])]

    plan_days = value(s.get("acceptance"), "plan_days", 0)
    sc.customers, sc.subscriptions = {}, {}
    for c in value(s, "customers", []):
        customer = sc.customers[c["id"]] = SimpleNamespace(
            id=c["id"], relationship=value(c, "relationship", "pending"),
            plan_days=value(c.get("acceptance"), "plan_days", plan_days),
            blackouts=[(day_of(b["from"]), day_of(b["to"])) for b in value(c, "blackouts", [])], subscriptions=[])
        for u in value(c, "subscriptions", []):
            sub = SimpleNamespace(
                id=u["id"], customer=customer, offer=sc.offers[u["offer"]], seats=u["seats"], term=months_of(u["term"]),
                billing=months_of(u["billing"]), term_start=day_of(u["term_start"]), price=money(u, "unit_price"),
                auto_renew=value(u, "auto_renew", False), parent=u.get("parent"),
                demand=sorted((day_of(d["from"]), d["seats"]) for d in value(u, "demand", [])),
                must_move=value(u, "must_move", True), move_from=day_of(u.get("move_from")),
                move_by=day_of(u.get("move_by")))
            # M1.6
            sub.targets = u["targets"] if u.get("targets") is not None else [b for a, b in sc.transitions if a == sub.offer.id]
            own_terms = read_terms(u.get("target_terms"))
            sub.target_terms = own_terms if own_terms is not None else target_terms
            customer.subscriptions.append(sub)
            sc.subscriptions[sub.id] = sub
    return sc


def read_terms(terms):
    return None if terms is None else {(months_of(t["term"]), months_of(t["billing"])) for t in terms}


def allowed_terms(sub, target):
    """M1.6"""
    return sub.target_terms if sub.target_terms is not None else {(row.term, row.billing) for row in target.rows}


def reassigns(sc, sub, target):
    """M1 transitions, M1.6: the transition says so, else (and without a transition) the skus differ."""
    explicit = sc.transitions.get((sub.offer.id, target.id))
    return sub.offer.sku != target.sku if explicit is None else explicit


def price_on(offer, term, billing, day):
    """M1.2: the one row that holds on the day, or None."""
    found = [row.price for row in offer.rows if (row.term, row.billing) == (term, billing)
             and (row.since is None or row.since <= day) and (row.until is None or day < row.until)]
    assert len(found) <= 1
    return found[0] if found else None


def demand(sub, day):
    """M1.3"""
    seats = sub.seats
    for since, needed in sub.demand:
        if since <= day:
            seats = needed
    return seats


def day_name(sc, customer, day):
    """M3.4 without the horizon: why the day is no workday of the customer, or None if it is one."""
    if date.fromordinal(day).weekday() not in sc.workdays or day in sc.holidays:
        return "workday"
    if any(since <= day < until for since, until in customer.blackouts):
        return "blackout"
    return None


def bucket(team, day):
    """M1 teams: the capacity bucket of a day, as it is named in a violation."""
    if team.per == "day":
        return text_of(day)
    year, week, _ = date.fromordinal(day).isocalendar()
    return f"{year}-W{week:02}"


# ---- M2: contract ------------------------------------------------------------------------------------------

def run_contract(sc, contract, end):
    """Walks a contract from its anchor to its end, at most to H1 (M2.1 to M2.5).

    contract: offer, anchor, term, billing, first_price (None: the row on the anchor), first_seats,
    demand (day -> seats), grows (day -> may growth be bought on it?).
    end: the first day without service that the plan wants, or None.

    Returns charges, seats (day -> seats), terms [(start, end, unit price)], refused ("price" or
    "renewal-closed" if a term does not start) and ended (the first day without service, or None).
    """
    run = SimpleNamespace(charges=[], seats={}, terms=[], refused=None, ended=end)
    terms = bills = 0  # how many have started
    day = contract.anchor
    while day < sc.end and (end is None or day < end):
        if day == boundary(contract.anchor, contract.term, terms):  # a term starts (M2.1)
            price = price_on(contract.offer, contract.term, contract.billing, day)  # M2.2
            if terms == 0 and contract.first_price is not None:
                price = contract.first_price
            until = contract.offer.programme.renewals_until
            if terms > 0 and until is not None and day > until:  # M2.5; no renewal is needed for term 0 (M2.8)
                run.refused = "renewal-closed"
            elif price is None:
                run.refused = "price"
            if run.refused:
                run.ended = day
                return run
            terms += 1
            run.terms.append((day, boundary(contract.anchor, contract.term, terms), price))
            seats = contract.first_seats if terms == 1 else contract.demand(day)  # M2.3
        held = seats
        if contract.grows(day) and contract.demand(day) > seats:  # M2.3
            seats = contract.demand(day)
        if day == boundary(contract.anchor, contract.billing, bills):  # M2.4
            bills += 1
            run.charges.append(charge(day, boundary(contract.anchor, contract.billing, bills), seats * price))
        elif seats > held:
            billed, next_bill = (boundary(contract.anchor, contract.billing, k) for k in (bills - 1, bills))
            grown = share((seats - held) * price, next_bill - day, next_bill - billed)
            run.charges.append(charge(day, next_bill, grown))
        run.seats[day] = seats
        day += 1
    return run


def charge(day, until, amount):
    """A charge is dated the first day it covers; it covers [day, until)."""
    return SimpleNamespace(day=day, until=until, amount=amount)


def billing_days(contract, since, until):
    """Billing dates in [since, until), each with the next one (M2.1)."""
    k = 0
    while boundary(contract.anchor, contract.billing, k) < until:
        if boundary(contract.anchor, contract.billing, k) >= since:
            yield boundary(contract.anchor, contract.billing, k), boundary(contract.anchor, contract.billing, k + 1)
        k += 1


def term_of(contract, day):
    """The term [S, E) that contains the day; None before the anchor."""
    k = 0
    while boundary(contract.anchor, contract.term, k) <= day:
        k += 1
    return None if k == 0 else (boundary(contract.anchor, contract.term, k - 1), boundary(contract.anchor, contract.term, k))


def is_term_boundary(contract, day):
    term = term_of(contract, day)
    return term is not None and day == term[0]


def cancel_contract(contract, run, c):
    """M2.6: returns the fee, the refunds and the charges still made; the contract has been walked to c."""
    programme = contract.offer.programme
    start, end, price = run.terms[-1]
    assert start < c < end
    inside = programme.window is None or c - start <= programme.window
    refunds, later = [], []
    if programme.refund == "prorated" and inside:
        for paid in run.charges:
            if paid.day < c < paid.until:
                refunds.append(share(paid.amount, paid.until - c, paid.until - paid.day))
    elif programme.remaining == "due":
        for billed, next_bill in billing_days(contract, c, end):
            later.append(charge(billed, next_bill, run.seats[c - 1] * price))
    return programme.fee, refunds, later


def value_at_end(sc, contract, run, needed):
    """M2.7: terminal credit and liability of a contract in service at H1; needed is demand(H1)."""
    held = run.seats[sc.end - 1]
    used = min(held, needed)
    credit = sum(share(paid.amount, (paid.until - sc.end) * used, (paid.until - paid.day) * held)
                 for paid in run.charges if paid.day < sc.end < paid.until)
    start, end, price = run.terms[-1]
    idle = 0
    if start < sc.end < end:
        for _ in billing_days(contract, sc.end, end):
            idle += (held - used) * price
    return credit, idle


# ---- M3 and M4: one subscription ---------------------------------------------------------------------------

def score_subscription(sc, sub, move, violate):
    """One subscription by itself: its money and its work; violate(rule, at, message) is told what is wrong.

    Returns components, cash [(day, amount)], work [(kind, day, seconds)], forfeited, overlap_days, gap_days, and for
    whoever makes cases hand_over and seats (the most seats of the new contract).
    """
    def wrong(rule, message):
        violate(rule, sub.id, message)

    def check_day(day):  # M3.4
        name = day_name(sc, sub.customer, day) if sc.start <= day < sc.end else "horizon"
        if name:
            wrong(name, f"{text_of(day)} is no day to work for this customer")

    got = SimpleNamespace(components=dict.fromkeys(COMPONENTS, 0), cash=[], work=[], forfeited=0, overlap_days=0, gap_days=0,
                          hand_over=None, seats=None)
    old_programme = sub.offer.programme
    migrates = move["action"] == "migrate"
    off_on = day_of(move.get("auto_renew_off_on"))
    provision_on = day_of(move["provision_on"]) if migrates else None
    exit_on = day_of(move["exit_on"]) if migrates else None
    cancels = migrates and move["exit"] == "cancel"

    if off_on is not None:  # also where it is superfluous (M3.4, M3.7)
        check_day(off_on)
        got.work.append(("auto_renew_off", off_on, sc.effort["auto_renew_off"].seconds))

    # The old contract (M2).
    old = SimpleNamespace(
        offer=sub.offer, anchor=sub.term_start, term=sub.term, billing=sub.billing, first_price=sub.price,
        first_seats=sub.seats, demand=lambda day: demand(sub, day),
        grows=lambda day: day >= sc.start and (not migrates or day < provision_on))  # M2.4; its end is seen to by end
    old_run = run_contract(sc, old, exit_on)
    if old_run.refused:
        wrong(old_run.refused, f"old contract, term starting {text_of(old_run.ended)}")
    charges = list(old_run.charges)
    # A cancellation takes place if the contract is there to be cancelled, inside a term, before H1 (M2.5, M2.6).
    if (cancels and not old_run.refused and sub.term_start < exit_on < sc.end and not is_term_boundary(old, exit_on)):
        fee, refunds, later = cancel_contract(old, old_run, exit_on)
        charges += later
        if sc.start <= exit_on:
            got.components["fees"] += fee
            got.components["refunds"] += sum(refunds)
            got.cash += [(exit_on, fee), (exit_on, -sum(refunds))]
        got.components["liability"] += sum(c.amount for c in later if c.day >= sc.end)
        for c in charges:  # M4.5
            if exit_on <= c.day:
                got.forfeited += c.amount
            elif exit_on < c.until:
                got.forfeited += share(c.amount, c.until - exit_on, c.until - c.day)
        got.forfeited -= sum(refunds)
    add_cash(sc, got, "old_charges", charges)
    add_value_at_end(sc, got, old, old_run, sub)

    if not migrates:
        if off_on is not None:
            wrong("auto-renew", "auto_renew_off_on is superfluous")
        bound = boundary(sub.term_start, sub.term, 1) <= sc.end or sub.move_by is not None
        if sub.must_move and bound:
            wrong("must-move", "must move, but stays")
        if old_run.ended is not None:  # a renewal does not take place (M3.1)
            for day in range(old_run.ended + old_programme.grace, sc.end):
                got.gap_days += demand(sub, day)
        got.components["gap"] = got.gap_days * sc.gap_per_seat_day
        return got

    # Target and term (M3.2).
    target = sc.offers[move["target"]]
    term, billing = months_of(move["term"]), months_of(move["billing"])
    if move["target"] not in sub.targets or (term, billing) not in allowed_terms(sub, target):
        wrong("target", "this target and term are not allowed")

    # The new contract (M2).
    check_day(provision_on)
    provisioned = demand(sub, provision_on)
    new = SimpleNamespace(offer=target, anchor=provision_on, term=term, billing=billing, first_price=None,
                          first_seats=provisioned, demand=lambda day: demand(sub, day), grows=lambda day: True)
    new_run = run_contract(sc, new, None)
    if new_run.refused:
        wrong(new_run.refused, f"new contract, term starting {text_of(new_run.ended)}")
    add_cash(sc, got, "new_charges", new_run.charges)
    add_value_at_end(sc, got, new, new_run, sub)
    got.work.append(("provision", provision_on, sc.effort["provision"].seconds))
    got.seats = max([*new_run.seats.values(), *([provisioned] if provision_on < sc.end else [])], default=0)
    if target.max_seats is not None and got.seats > target.max_seats:
        wrong("seats", "more seats than the target may have")

    # Hand-over (M3.5).
    usable = provision_on + sc.provision_days
    hand_over = usable
    reassign_on = day_of(move.get("reassign_on"))
    if reassign_on is not None:
        check_day(reassign_on)
    if reassigns(sc, sub, target) != (reassign_on is not None):
        wrong("reassign", "reassign_on is missing" if reassign_on is None else "reassign_on is superfluous")
    elif reassign_on is not None:
        if reassign_on < usable:
            wrong("reassign", "reassigned before it is usable")
        effort = sc.effort["reassign"]
        left, day = provisioned, reassign_on
        while left > 0:
            if day_name(sc, sub.customer, day) is None:
                batch = left if effort.seats_per_day is None else min(left, effort.seats_per_day)
                left -= batch
                got.work.append(("reassign", day, batch * effort.per_seat))
                if not sc.start <= day < sc.end:  # M3.9
                    wrong("horizon", f"seats are reassigned on {text_of(day)}")
                hand_over = day + 1
            day += 1
        got.components["disruption"] = provisioned * sc.reassign_per_seat

    got.hand_over = hand_over

    # Exit of the old contract (M3.7).
    at_boundary = is_term_boundary(old, exit_on)
    if cancels:
        got.work.append(("cancel", exit_on, sc.effort["cancel"].seconds))
        check_day(exit_on)
        containing = term_of(old, exit_on)
        if at_boundary:
            wrong("exit-date", "a cancellation on a term boundary")
        elif containing is not None:
            start, end = containing
            inside = old_programme.window is None or exit_on - start <= old_programme.window
            if old_programme.allowed == "never" or (old_programme.allowed == "window" and not inside):
                wrong("not-cancellable", "may not be cancelled then")  # M2.6
            if sub.auto_renew and exit_on > end - old_programme.notice:
                wrong("auto-renew", "cancelled after the notice day")
        if off_on is not None:
            wrong("auto-renew", "auto_renew_off_on is superfluous")
    else:
        valid = at_boundary and sc.start < exit_on <= sc.end
        if not valid:
            wrong("exit-date", "a lapse on no term boundary of the horizon")
        if sub.auto_renew != (off_on is not None):
            wrong("auto-renew", "auto_renew_off_on is missing" if sub.auto_renew else "auto_renew_off_on is superfluous")
        elif sub.auto_renew and valid:
            before = term_of(old, exit_on - 1)[0]
            if off_on > exit_on - max(1, old_programme.notice):
                wrong("auto-renew", "switched off after the notice day")
            if before > sc.start and off_on < before:
                wrong("auto-renew", "switched off in an earlier term")

    # Continuity (M3.6).
    grace = 0 if cancels else old_programme.grace
    if sc.continuity == "strict" and hand_over > exit_on:
        wrong("continuity", "handed over after the exit")
    if sc.continuity == "grace" and hand_over > exit_on + grace:
        wrong("continuity", "handed over after exit and grace")
    got.gap_days = max(0, hand_over - exit_on - grace) * demand(sub, exit_on)
    got.components["gap"] = got.gap_days * sc.gap_per_seat_day
    got.overlap_days = max(0, exit_on - provision_on) * provisioned  # M4.5

    # Deadlines (M3.9).
    if hand_over > sc.end or (sub.move_by is not None and hand_over > sub.move_by) \
            or (sub.move_from is not None and provision_on < sub.move_from):
        wrong("deadline", "moved too early or too late")
    return got


def add_cash(sc, got, component, charges):
    """M2.7: what is dated in [H0, H1) is cash."""
    for c in charges:
        if sc.start <= c.day < sc.end:
            got.components[component] += c.amount
            got.cash.append((c.day, c.amount))


def add_value_at_end(sc, got, contract, run, sub):
    """M2.7: for a contract in service at H1."""
    in_service = sc.end - 1 in run.seats and (run.ended is None or run.ended > sc.end)
    if in_service:
        credit, idle = value_at_end(sc, contract, run, demand(sub, sc.end))
        got.components["terminal_credit"] += credit
        got.components["liability"] += idle


# ---- M3, M4 and M8: the whole plan -------------------------------------------------------------------------

def check_parent(sc, sub, moves, violate):
    """M3.8, reported at the add-on; not checked against a parent that is left out of the score."""
    move = moves[sub.id]
    parent = sub.parent and moves.get(sub.parent)
    requires = sc.offers[move["target"]].requires if move["action"] == "migrate" else []
    if sub.parent and parent is None:
        return
    if parent:
        if parent["action"] != move["action"]:
            violate("parent", sub.id, "one of parent and add-on stays, the other moves")
            return
        if move["action"] == "migrate":
            if day_of(move["provision_on"]) < day_of(parent["provision_on"]):
                violate("parent", sub.id, "provisioned before its parent")
            if day_of(move["exit_on"]) > day_of(parent["exit_on"]):
                violate("parent", sub.id, "ends after its parent")
    if requires and not (parent and parent["action"] == "migrate" and parent["target"] in requires):
        violate("parent", sub.id, "the parent's target is none that it requires")


def score(scenario, plan):
    """The termwise-score/1 result of a plan (M8)."""
    sc = read_scenario(scenario)
    violations = {}

    def violate(rule, at, message):
        violations.setdefault((rule, at), message)  # one entry per rule and `at`

    # The plan. Every subscription has exactly one move; others are left out (M3.1).
    listed = {sub_id: [] for sub_id in sc.subscriptions}
    for move in value(plan, "moves", []):
        if move["subscription"] not in listed:
            raise InputError(f"no subscription {move['subscription']}")
        if move["action"] == "migrate" and move["target"] not in sc.offers:
            raise InputError(f"no offer {move['target']}")
        listed[move["subscription"]].append(move)
    moves = {}
    for sub_id, found in listed.items():
        if len(found) == 1:
            moves[sub_id] = found[0]
        else:
            violate("move", sub_id, f"{len(found)} moves instead of one")
    invites = {}
    for entry in value(plan, "customers", []):
        if entry["id"] not in sc.customers or entry["id"] in invites:
            raise InputError(f"customer {entry['id']}")
        invites[entry["id"]] = day_of(entry.get("invite_on"))

    # Subscriptions, and the work of their customers (M4.4): (customer, subscription or None, kind, day, seconds).
    work = []
    results = {}
    for sub_id, move in moves.items():
        sub = sc.subscriptions[sub_id]
        results[sub_id] = score_subscription(sc, sub, move, violate)
        work += [(sub.customer.id, sub_id, *item) for item in results[sub_id].work]
        check_parent(sc, sub, moves, violate)
    for customer in sc.customers.values():
        migrating = [moves[s.id] for s in customer.subscriptions if s.id in moves and moves[s.id]["action"] == "migrate"]
        invite_on = invites.get(customer.id)
        needed = customer.relationship == "pending" and bool(migrating)
        if needed != (invite_on is not None):  # M3.3
            violate("invite", customer.id, "invite_on is missing" if needed else "invite_on is superfluous")
        if invite_on is not None:
            name = day_name(sc, customer, invite_on) if sc.start <= invite_on < sc.end else "horizon"
            if name:
                violate(name, customer.id, "the day of the invitation")  # M3.4
            work.append((customer.id, None, "invite", invite_on, sc.effort["invite"].seconds))
            if needed:
                for move in migrating:
                    if day_of(move["provision_on"]) < invite_on + customer.plan_days:
                        violate("acceptance", move["subscription"], "provisioned before the invitation is accepted")
        for day in sorted({day_of(move["provision_on"]) for move in migrating}):
            work.append((customer.id, None, "visit", day, sc.effort["visit"].seconds))

    # Labour (M4.3) and capacity (M3.10).
    customer_labour = dict.fromkeys(sc.customers, 0)
    used = {}
    for customer_id, sub_id, kind, day, seconds in work:
        team = sc.teams.get(sc.effort[kind].team)
        if team is None:
            assert seconds == 0
            continue
        cost = share(team.rate, seconds, 3600)
        if sub_id is None:
            customer_labour[customer_id] += cost
        else:
            results[sub_id].components["labour"] += cost
        if team.per is not None:
            key = (team.id, bucket(team, day))
            used[key] = used.get(key, 0) + seconds
    for (team_id, name), seconds in used.items():
        team = sc.teams[team_id]
        if seconds > 60 * team.exceptions.get(name, team.minutes):
            violate("capacity", f"{team_id} {name}", f"{seconds} seconds of work")

    # Budgets (M3.10) and months (M8).
    cash = [item for result in results.values() for item in result.cash]
    for b in sc.budgets:
        spent = sum(amount for day, amount in cash if b.since <= day < b.until)
        if spent > b.max:
            violate("budget", f"{text_of(b.since)}/{text_of(b.until)}", "more cash than the budget allows")
    months = dict.fromkeys((text_of(day)[:7] for day in range(sc.start, sc.end)), 0)
    for day, amount in cash:
        months[text_of(day)[:7]] += amount

    # The result (M8).
    def money(amount):
        return amount_text(amount, sc.digits)

    def total(c):
        return (c["old_charges"] + c["new_charges"] + c["fees"] - c["refunds"] + c["liability"] - c["terminal_credit"]
                + c["labour"] + c["disruption"] + c["gap"])

    def entry(identifier, components):
        return {"id": identifier, "total": money(total(components)),
                "components": {name: money(components[name]) for name in COMPONENTS}}

    by_customer = {}
    for customer in sc.customers.values():
        of_subs = [results[s.id].components for s in customer.subscriptions if s.id in results]
        components = {name: sum(c[name] for c in of_subs) for name in COMPONENTS}
        components["labour"] += customer_labour[customer.id]
        by_customer[customer.id] = components
    whole = {name: sum(c[name] for c in by_customer.values()) for name in COMPONENTS}
    return {
        "format": "termwise-score/1", "currency": sc.currency, "total": money(total(whole)), "feasible": not violations,
        "components": {name: money(whole[name]) for name in COMPONENTS},
        "forfeited": money(sum(r.forfeited for r in results.values())),
        "overlap_days": sum(r.overlap_days for r in results.values()),
        "gap_days": sum(r.gap_days for r in results.values()),
        "violations": [{"rule": rule, "at": at, "message": violations[rule, at]} for rule, at in sorted(violations)],
        "customers": [entry(i, by_customer[i]) for i in sorted(by_customer)],
        "subscriptions": [entry(i, results[i].components) for i in sorted(results)],
        "months": [{"month": month, "cash": money(months[month])} for month in sorted(months)],
    }


def money_is_normative(scenario, plan, result):
    """M3, preamble: not with a `move` violation, nor with certain violations of a migrating subscription."""
    migrating = {m["subscription"] for m in value(plan, "moves", []) if m["action"] == "migrate"}
    return not any(v["rule"] == "move" or (v["rule"] in NOT_NORMATIVE and v["at"] in migrating)
                   for v in result["violations"])


def read_json(path):
    def no_float(text):
        raise InputError(f"{path}: a float: {text}")
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_float=no_float)


def to_text(result):
    return json.dumps(result, indent=2, ensure_ascii=False)


def main(arguments):
    if len(arguments) != 2:
        print("usage: oracle.py SCENARIO PLAN", file=sys.stderr)
        return 2
    try:
        result = score(read_json(arguments[0]), read_json(arguments[1]))
    except (InputError, KeyError, ValueError, OSError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 1
    print(to_text(result))
    return 0 if result["feasible"] else 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
