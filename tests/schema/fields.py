"""The fields of the formats and what may stand in them, by hand: the tables that make_corpus.py mutates by.

Written from the model, not from the schemas, so that each tests the other.
"""

import dataclasses


class Raw:
    """A value written into the file exactly as given."""
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return self.text


# ---------------------------------------------------------------------------------------------------------------
# Kinds of values: what is right by form, what is wrong by form, what is wrong by number form only

WRONG_TYPES = {"boolean": True, "number": 7, "string": "text", "array": [], "object": {}}


@dataclasses.dataclass
class Kind:
    types: tuple
    good: list = dataclasses.field(default_factory=list)
    bad: list = dataclasses.field(default_factory=list)
    number: list = dataclasses.field(default_factory=list)
    edges: tuple = ((), ())      # right and wrong by form, tried at every place of the kind


def whole(low, high):
    return Kind(("number",), [], [1.5, str(low + 1), Raw("1e999"), 10**30, -(2**63) - 1],
                [Raw(f"{low + 1}.0"), Raw("1e2"), Raw("1E+1"), Raw("20e-1")], ([low, high], [low - 1, high + 1]))


ID_GOOD = ["x", "i" * 200, "\u00fc" * 200, "\U0001f4c5" * 200, "with space; and/or ~tilde", "0"]
ID_BAD = ["", "i" * 201, "\u00fc" * 201, "two\nlines", "tab\tbed", "nul\u0000", "bell\u0007", "del\u007f", "next\u0085line", "ends\n"]
NAME = Kind(("string",), ["", "n" * 1000, "\u00e9" * 1000, "A \u201cname\u201d\nof two lines"], ["n" * 1001, "\u00e9" * 1001])
ID = Kind(("string",), ID_GOOD, ID_BAD)
REF = Kind(("string",), [], ID_BAD)          # names something: another id would be unknown
DATE = Kind(("string",), [], [
    "2026-02-29", "2026-02-30", "1900-02-29", "2100-02-29", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31", "2026-01-32",
    "2026-13-01", "2026-00-10", "2026-01-00", "1899-12-31", "3000-01-01", "0000-01-01", "9999-12-31", "12026-01-05", "2026-1-5", "26-01-05",
    "20260105", "05.01.2026", "01/05/2026", "2026/01/05", "2026-01-05T00:00:00", "2026-01-05Z", "2026-01-05 ", " 2026-01-05",
    "2026-01-05\n", "2026-W02-1", "2026-005", "-2026-01-05", "+2026-01-05", "2026-01", "2026", "", "today", "2026\u201301\u201305",
    "\u0662\u0660\u0662\u0666-\u0660\u0661-\u0660\u0665"])
DURATION = Kind(("string",), [], [
    "P0M", "P0Y", "P01M", "P1201M", "P9999M", "P101Y", "P1000Y", "P12", "1Y", "P1D", "P1W", "P1Y6M", "PT1M", "P-1M", "-P1M", "+P1M",
    "P1.5Y", "P1,5Y", "p1y", "P1y", "P 1Y", "P1Y ", " P1Y", "P1Y\n", "P", "PM", "", "yearly", "12", "P\u0661Y", "P1MM"])
AMOUNT = Kind(("number", "string"), ["0", "0.00", "0.5", "1.25", 0, 17], [
    "-1", "-0", "+1", "01", "00.10", "1.", ".5", "1,5", "1,000", "1 000", "1'000", "1e3", "1E3", "0x10", "", " ", "1.23456", "1.0000000",
    "1000000000000000", "240.00 ", " 240.00", "240.00\n", "$5", "5 USD", "NaN", "Infinity", "null", "\u0661", "1\u00a0000",
    -1, 1000000000000000, 2**63, 2**64, 10**40, 1.5, 240.01, Raw("-0.5"), Raw("1e-1"), Raw("1e999")],
    [Raw("240.0"), Raw("1e2"), Raw("1E2"), Raw("2.4e2"), Raw("240.00"), Raw("0.0")])
CURRENCY = Kind(("string",), ["EUR", "GBP", "CHF"], ["usd", "Usd", "US", "USDX", "US1", "$", "", " USD", "USD ", "USD\n", "840", "\u20ac"])
SEATS, MINUTES, DAYS = whole(1, 10_000_000), whole(0, 10_000_000), whole(0, 3660)
SECONDS, WINDOW = whole(0, 1_000_000), whole(0, 36_600)
BOOL = Kind(("boolean",), [True, False], ["true", "yes", 0, 1, ""])
LIST = Kind(("array",))
OBJECT = Kind(("object",))
MEASURE = Kind(("number",), [], [-1, -0.001, Raw("-1e-9"), 1000001, 1000000.5, Raw("1e7"), Raw("1e999"), Raw("-1e999"), "7", "0.5"])
DECLINE = Kind(("number",), [0, 1, 0.5, Raw("1.0"), Raw("1e-3"), Raw("0.0")], [-0.01, 1.01, 2, -1, "0.5", "5%", Raw("1e999")])
FAILURE = Kind(("number",), [0, 0.5, 0.999999, Raw("2e-1")], [-0.01, 1, 1.0, 2, "0.5"])
QUANTILE = Kind(("number",), [0.5, 0.999, Raw("1e-1")], [0, 1, Raw("0.0"), Raw("1.0"), -0.5, 1.5, "0.9", 90])


def choice(*words):
    return Kind(("string",), list(words), [words[0].upper(), words[0].capitalize(), words[0] + " ", "", "none of these", words[0] + "\n"])


# ---------------------------------------------------------------------------------------------------------------
# The fields of the formats: place in the base document, kind, and
#   need   it must be there and not be null; an element of a list ("/0") may not be null but may go
#   good   values that are right there by meaning as well (the kind's own if not given)
#   keep   leaving it out would be right by form, but other fields of the base rest on it
#   every  try every bad value of the kind here, not only a few

@dataclasses.dataclass
class Field:
    place: str
    kind: Kind
    need: bool = False
    good: list = None
    keep: bool = False
    every: bool = False


def need(place, kind, good=None, **more):
    return Field(place, kind, True, good, **more)


def may(place, kind, good=None, **more):
    return Field(place, kind, False, good, **more)


def item(place, kind, good=None, **more):
    """An element of a list: no null, and taking it away is another test."""
    return Field(place, kind, True, good, keep=True, **more)


DISTRIBUTION = Kind(("object",), [
    {"fixed": 0}, {"fixed": 3}, {"fixed": 1000000}, {"fixed": Raw("1e2")}, {"fixed": 0.25}, {"fixed": 1, "x-source": "a guess"},
    {"uniform": {"min": 0, "max": 5}}, {"uniform": {"min": 2, "max": 2}}, {"uniform": {"min": 0.5, "max": 1.5, "x-n": 12}},
    {"triangular": {"min": 0, "mode": 1, "max": 5}}, {"triangular": {"min": 1, "mode": 1, "max": 1}},
    {"lognormal": {"median": 7, "p90": 21}}, {"lognormal": {"mean": 1, "cv": 0}}, {"lognormal": {"mean": 1.5, "cv": 0.25}},
    {"empirical": [0]}, {"empirical": [0, 0.5, Raw("1e1"), 3]}, {"empirical": [1] * 100}])
BAD_DISTRIBUTIONS = [
    {}, {"x-only": 1}, {"fixed": None}, {"fixed": "3"}, {"fixed": -1}, {"fixed": [3]}, {"fixed": 1, "uniform": {"min": 0, "max": 1}},
    {"fixed": 1, "empirical": None}, {"normal": {"mean": 1, "sd": 1}}, {"Fixed": 1}, {"uniform": {}}, {"uniform": {"min": 0}},
    {"uniform": {"max": 1}}, {"uniform": {"min": 0, "max": None}}, {"uniform": {"min": None, "max": 1}}, {"uniform": [0, 1]},
    {"uniform": None}, {"uniform": {"min": 0, "max": 1, "mode": 1}}, {"uniform": {"min": -1, "max": 1}}, {"uniform": {"min": 0, "max": 1000001}},
    {"triangular": {"min": 0, "max": 1}}, {"triangular": {"mode": 0, "max": 1}}, {"triangular": {"min": 0, "mode": 1}},
    {"triangular": {"min": 0, "mode": None, "max": 1}}, {"triangular": {"min": 0, "mode": 1, "max": 2, "median": 1}}, {"triangular": None},
    {"triangular": [0, 1, 2]}, {"lognormal": {}}, {"lognormal": {"median": 7}}, {"lognormal": {"p90": 7}}, {"lognormal": {"mean": 7}},
    {"lognormal": {"cv": 1}}, {"lognormal": {"median": 7, "cv": 1}}, {"lognormal": {"mean": 7, "p90": 9}}, {"lognormal": {"median": 0, "p90": 1}},
    {"lognormal": {"median": 0, "p90": 0}}, {"lognormal": {"mean": 0, "cv": 1}}, {"lognormal": {"mean": 1, "cv": -1}},
    {"lognormal": {"median": 7, "p90": 21, "mean": 9}}, {"lognormal": {"median": 7, "p90": 21, "mean": None}},
    {"lognormal": {"median": 7, "p90": 21, "mean": 9, "cv": 1}}, {"lognormal": {"mean": 1, "cv": 1, "p90": 3}}, {"lognormal": {"mu": 1, "sigma": 1}},
    {"lognormal": {"median": 7, "p95": 21}}, {"lognormal": {"mean": 1, "cv": 1, "sd": 1}}, {"lognormal": [7, 21]}, {"lognormal": None},
    {"empirical": []}, {"empirical": None}, {"empirical": [None]}, {"empirical": [1, "2"]}, {"empirical": [1, -1]}, {"empirical": [[1]]},
    {"empirical": {"0": 1}}, {"empirical": 1}, {"empirical": [1, 1000001]}, {"empirical": [True]}]

LONG_PRICE = [{"term": "P1200M", "billing": "P1M", "unit_price": "1.00"}]

FULL = [
    may("/name", NAME, every=True),
    may("/include", LIST, [[]]),
    may("/perspective", choice("customer", "partner")),
    need("/currency", CURRENCY, every=True),
    need("/horizon", OBJECT),
    need("/horizon/start", DATE, ["2026-01-06", "2025-12-31"]),
    need("/horizon/end", DATE, ["2026-12-31", "2027-01-01", "2028-02-29"]),
    may("/calendar", OBJECT, [{}]),
    may("/calendar/workdays", LIST, [["sun"], ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ["fri", "mon"]]),
    item("/calendar/workdays/0", choice("mon", "sun")),
    may("/calendar/holidays", LIST, [[], ["2026-05-25"], ["2026-05-25", "2026-05-25"]]),
    item("/calendar/holidays/0", DATE, ["1900-01-01", "2999-12-31", "2028-02-29", "2000-02-29", "2400-02-29", "2026-01-31", "2026-10-31"], every=True),
    may("/teams", LIST, keep=True),
    item("/teams/spare", OBJECT),
    need("/teams/spare/id", ID),
    may("/teams/spare/labour_rate", AMOUNT),
    may("/teams/spare/capacity", OBJECT, [{"per": "day", "minutes": 0}]),
    need("/teams/spare/capacity/per", choice("week", "day")),
    need("/teams/spare/capacity/minutes", MINUTES),
    may("/teams/spare/capacity/exceptions", LIST, [[]]),
    item("/teams/spare/capacity/exceptions/0", OBJECT),
    need("/teams/spare/capacity/exceptions/0/on", DATE, ["1900-01-01", "2999-12-31"]),
    need("/teams/spare/capacity/exceptions/0/minutes", MINUTES),
    may("/effort", OBJECT, [{}]),
    *[may(f"/effort/{work}", OBJECT, [{}]) for work in ("invite", "visit", "provision", "reassign", "auto_renew_off", "cancel")],
    *[may(f"/effort/{work}/minutes", MINUTES) for work in ("invite", "visit", "provision", "auto_renew_off", "cancel")],
    *[may(f"/effort/{work}/team", REF, ["spare", "desk"]) for work in ("invite", "visit", "provision", "reassign", "auto_renew_off", "cancel")],
    may("/effort/reassign/seconds_per_seat", SECONDS),
    may("/effort/reassign/seats_per_day", SEATS),
    may("/disruption", OBJECT, [{}]),
    may("/disruption/reassign_per_seat", AMOUNT),
    may("/disruption/gap_per_seat_day", AMOUNT),
    may("/continuity", choice("strict", "grace", "soft")),
    may("/provision_days", DAYS),
    may("/acceptance", OBJECT, [{}]),
    may("/acceptance/plan_days", DAYS),
    need("/programmes", LIST),
    item("/programmes/spare", OBJECT),
    may("/programmes/spare/renewals_until", DATE, ["1900-01-01", "2999-12-31"]),
    may("/programmes/spare/cancellation", OBJECT, [{}]),
    may("/programmes/spare/cancellation/allowed", choice("always", "window", "never")),
    may("/programmes/spare/cancellation/refund", choice("none", "prorated")),
    may("/programmes/spare/cancellation/refund_window_days", WINDOW),
    may("/programmes/spare/cancellation/remaining", choice("due", "waived")),
    may("/programmes/spare/cancellation/fee", AMOUNT),
    may("/programmes/spare/grace_days", DAYS, every=True),
    may("/programmes/spare/renewal_notice_days", DAYS),
    need("/programmes/spare/id", REF),
    need("/offers", LIST),
    item("/offers/spare", OBJECT),
    need("/offers/spare/id", ID, every=True),
    may("/offers/spare/name", NAME),
    need("/offers/spare/programme", REF, ["open", "csp"]),
    need("/offers/spare/sku", ID),
    may("/offers/spare/max_seats", SEATS),
    may("/offers/spare/requires", LIST, [[], ["e3-csp"]]),
    item("/offers/spare/requires/0", REF, ["e3-open"]),
    need("/offers/spare/prices", LIST, [[], LONG_PRICE]),
    item("/offers/spare/prices/0", OBJECT),
    need("/offers/spare/prices/0/term", DURATION, ["P1M", "P12M", "P999M", "P1000M", "P1199M", "P1200M", "P9Y", "P10Y", "P99Y", "P100Y"], every=True),
    need("/offers/spare/prices/0/billing", DURATION, ["P1Y", "P2M", "P12M"]),
    need("/offers/spare/prices/0/unit_price", AMOUNT),
    may("/offers/spare/prices/0/from", DATE, ["1900-01-01", "2026-12-31"]),
    may("/offers/spare/prices/0/to", DATE, ["2999-12-31", "2026-01-02"]),
    may("/transitions", LIST, keep=True),
    item("/transitions/1", OBJECT),
    need("/transitions/1/from", REF, ["visio-open"]),
    need("/transitions/1/to", REF, ["spare"]),
    may("/transitions/1/reassign", BOOL, every=True),
    may("/target_terms", LIST, [[{"term": "P12M", "billing": "P1M"}]]),
    item("/target_terms/1", OBJECT),
    need("/target_terms/1/term", DURATION, ["P2M", "P3Y"]),
    need("/target_terms/1/billing", DURATION, ["P1M"]),
    may("/budgets", LIST, [[]]),
    item("/budgets/0", OBJECT),
    need("/budgets/0/from", DATE, ["1900-01-01", "2026-03-31"]),
    need("/budgets/0/to", DATE, ["2999-12-31", "2026-03-02"]),
    need("/budgets/0/max", AMOUNT),
    may("/strategy", OBJECT, [{}]),
    may("/strategy/overlap_days", DAYS),
    may("/uncertainty", OBJECT, [{}]),
    may("/uncertainty/acceptance", DISTRIBUTION),
    may("/uncertainty/decline", DECLINE, every=True),
    may("/uncertainty/plan_quantile", QUANTILE, every=True),
    may("/uncertainty/work", DISTRIBUTION, every=True),
    may("/uncertainty/provision_delay", DISTRIBUTION),
    may("/uncertainty/provision_failure", OBJECT),
    need("/uncertainty/provision_failure/probability", FAILURE, every=True),
    need("/uncertainty/provision_failure/retry_days", whole(1, 3660), every=True),
    need("/uncertainty/acceptance/lognormal/median", MEASURE, [0.001, 21]),
    need("/uncertainty/acceptance/lognormal/p90", MEASURE, [7.5, 1000000], every=True),
    *[need("/uncertainty/work" + parameter, MEASURE, good) for parameter, good in (("/lognormal/mean", [0.5, 2]), ("/lognormal/cv", [0, 2]))],
    item("/uncertainty/provision_delay/empirical", LIST, [[0, 1]]),
    item("/uncertainty/provision_delay/empirical/1", MEASURE, [0, 0.5, 1000000]),
    need("/customers", LIST, [[]]),
    item("/customers/spare", OBJECT),
    need("/customers/spare/id", ID),
    need("/customers/spare/subscriptions", LIST),
    may("/customers/fabrikam/name", NAME),
    may("/customers/fabrikam/relationship", choice("pending", "active")),
    may("/customers/fabrikam/acceptance", OBJECT, [{}]),
    may("/customers/fabrikam/acceptance/plan_days", DAYS),
    may("/customers/fabrikam/blackouts", LIST, [[], [{"from": "2026-02-02", "to": "2026-02-03"}]]),
    item("/customers/fabrikam/blackouts/0", OBJECT),
    need("/customers/fabrikam/blackouts/0/from", DATE, ["1900-01-01", "2026-04-02"]),
    need("/customers/fabrikam/blackouts/0/to", DATE, ["2999-12-31", "2026-03-26"]),
    may("/customers/fabrikam/uncertainty", OBJECT, [{}]),
    may("/customers/fabrikam/uncertainty/acceptance", DISTRIBUTION),
    may("/customers/fabrikam/uncertainty/provision_delay", DISTRIBUTION),
    need("/customers/fabrikam/uncertainty/acceptance/uniform/min", MEASURE, [0, 20]),
    need("/customers/fabrikam/uncertainty/acceptance/uniform/max", MEASURE, [2, 1000000]),
    *[need("/customers/fabrikam/uncertainty/work" + parameter, MEASURE, good)
      for parameter, good in (("/triangular/min", [0, 1]), ("/triangular/mode", [0.5, 2.5]), ("/triangular/max", [1, 1000000]))],
    need("/customers/fabrikam/uncertainty/provision_delay/fixed", MEASURE, [0, 1.5, Raw("2.0"), Raw("1e1"), 1000000]),
    may("/customers/fabrikam/uncertainty/decline", DECLINE),
    may("/customers/fabrikam/uncertainty/plan_quantile", QUANTILE),
    may("/customers/fabrikam/uncertainty/provision_failure", OBJECT),
    need("/customers/fabrikam/subscriptions", LIST, [[]]),
    item("/customers/fabrikam/subscriptions/solo", OBJECT),
    need("/customers/fabrikam/subscriptions/solo/id", ID),
    need("/customers/fabrikam/subscriptions/solo/offer", REF, ["e3-open", "spare"]),
    need("/customers/fabrikam/subscriptions/solo/seats", SEATS, every=True),
    need("/customers/fabrikam/subscriptions/solo/term", DURATION, ["P12M", "P3Y", "P100Y", "P1200M"]),
    need("/customers/fabrikam/subscriptions/solo/billing", DURATION, ["P1M", "P6M", "P12M"]),
    need("/customers/fabrikam/subscriptions/solo/term_start", DATE, ["2026-01-05", "2025-01-06", "2025-02-28"]),
    need("/customers/fabrikam/subscriptions/solo/unit_price", AMOUNT, every=True),
    may("/customers/fabrikam/subscriptions/solo/auto_renew", BOOL),
    may("/customers/fabrikam/subscriptions/solo/parent", REF, ["base"]),
    may("/customers/fabrikam/subscriptions/solo/demand", LIST, [[]]),
    item("/customers/fabrikam/subscriptions/solo/demand/0", OBJECT),
    need("/customers/fabrikam/subscriptions/solo/demand/0/from", DATE, ["2026-01-05", "2026-08-31"]),
    need("/customers/fabrikam/subscriptions/solo/demand/0/seats", SEATS),
    may("/customers/fabrikam/subscriptions/solo/must_move", BOOL),
    may("/customers/fabrikam/subscriptions/solo/move_from", DATE, ["1900-01-01", "2026-12-31"]),
    may("/customers/fabrikam/subscriptions/solo/move_by", DATE, ["2026-02-02", "2999-12-31"]),
    may("/customers/fabrikam/subscriptions/solo/targets", LIST, [["visio-csp"], ["visio-csp", "e3-csp"]]),
    item("/customers/fabrikam/subscriptions/solo/targets/0", REF, ["m365-e3-csp"]),
    may("/customers/fabrikam/subscriptions/solo/target_terms", LIST),
    need("/customers/fabrikam/subscriptions/solo/target_terms/0/term", DURATION, ["P1Y"]),
    need("/customers/fabrikam/subscriptions/solo/target_terms/0/billing", DURATION),
]

AMOUNT_PLACES = [
    "/teams/ops/labour_rate", "/disruption/reassign_per_seat", "/disruption/gap_per_seat_day", "/programmes/legacy/cancellation/fee",
    "/offers/bp-csp/prices/0/unit_price", "/budgets/0/max", "/customers/margie/subscriptions/margie-bp/unit_price"]

BARE = [
    need("/format", Kind(("string",), [], ["termwise-scenario/2", "termwise-scenario", "termwise-plan/1", "Termwise-Scenario/1", "", "termwise-scenario/1\n"])),
    need("/currency", CURRENCY, ["JPY", "KWD"]),
    need("/horizon", OBJECT, [{"start": "1900-01-01", "end": "1900-12-31"}, {"start": "2999-01-01", "end": "2999-12-31"},
                              {"start": "2028-02-29", "end": "2029-02-28"}, {"start": "2026-01-05", "end": "2026-01-06"}]),
    need("/programmes", LIST), need("/offers", LIST), need("/customers", LIST),
]

DIGEST = "0123456789abcdef" * 4
PLAN = [
    need("/format", Kind(("string",), [], ["termwise-plan/2", "termwise-scenario/1", "termwise-plan", "", "termwise-plan/1\n"])),
    may("/scenario", Kind(("string",), [DIGEST], [DIGEST.upper(), DIGEST[1:], DIGEST + "0", "g" + DIGEST[1:], "", "sha256:" + DIGEST, DIGEST + "\n"]), every=True),
    may("/customers", LIST, [[]]),
    item("/customers/0", OBJECT),
    need("/customers/0/id", REF),
    need("/customers/0/invite_on", DATE, ["2026-01-05", "1900-01-01", "2999-12-31"]),
    need("/moves", LIST, [[]]),
    item("/moves/0", OBJECT),
    need("/moves/0/subscription", REF, every=True),
    need("/moves/0/action", choice("migrate")),
    need("/moves/0/target", REF, ["visio-csp", "e3-open"]),
    need("/moves/0/term", DURATION, ["P12M", "P1M", "P1200M", "P100Y"]),
    need("/moves/0/billing", DURATION, ["P1Y", "P12M"]),
    need("/moves/0/provision_on", DATE, ["1900-01-01", "2999-12-31", "2028-02-29", "2026-03-15"]),
    may("/moves/0/reassign_on", DATE, ["2026-03-18", "1900-01-01", "2999-12-31"], every=True),
    need("/moves/0/exit", choice("lapse", "cancel")),
    need("/moves/0/exit_on", DATE, ["2026-03-31", "1900-01-01", "2999-12-31"]),
    may("/moves/0/auto_renew_off_on", DATE, ["2026-03-02", "1900-01-01", "2999-12-31"]),
    may("/moves/0/why", NAME, every=True),
    item("/moves/2", OBJECT),
    need("/moves/2/subscription", REF),
    need("/moves/2/action", choice("stay"), every=True),
    may("/moves/2/auto_renew_off_on", DATE, ["2026-02-02"]),
    may("/moves/2/why", NAME),
]

# What a stay does not decide: null there, or nothing.
STAY_HAS_NO = {"target": "visio-csp", "term": "P1M", "billing": "P1M", "provision_on": "2026-03-16", "reassign_on": "2026-03-17",
               "exit": "lapse", "exit_on": "2026-06-01"}

PART = [
    may("/format", Kind(("string",), [], ["termwise-scenario/2", "termwise-scenario-part/1", ""]), every=True),
    may("/name", NAME),
    may("/perspective", choice("customer", "partner")),
    may("/currency", CURRENCY, ["USD"]),
    may("/horizon", OBJECT),
    need("/horizon/start", DATE, ["2026-01-06"]),
    may("/calendar", OBJECT, [{}]),
    item("/calendar/holidays/0", DATE, ["2026-05-26"]),
    may("/teams", LIST, [[]]),
    may("/effort", OBJECT, [{}]),
    may("/effort/visit/minutes", MINUTES),
    may("/disruption", OBJECT, [{}]),
    may("/continuity", choice("strict", "grace")),
    may("/provision_days", DAYS),
    may("/acceptance", OBJECT, [{}]),
    may("/programmes", LIST, [[]]),
    need("/programmes/spare/id", ID),
    may("/programmes/spare/grace_days", DAYS),
    may("/offers", LIST, [[]]),
    need("/offers/m365-e3-csp/sku", ID),
    need("/offers/m365-e3-csp/prices/0/unit_price", AMOUNT),
    may("/transitions", LIST, [[]]),
    need("/transitions/0/to", REF),
    may("/target_terms", LIST),
    may("/budgets", LIST, [[]]),
    may("/strategy", OBJECT, [{}]),
    may("/uncertainty", OBJECT, [{}]),
    may("/uncertainty/decline", DECLINE),
    may("/customers", LIST, [[]]),
    need("/customers/spare/id", ID),
]
