#!/usr/bin/env python3
"""The structural test corpus: small files that are right, or wrong in exactly one known way.

From the documents in base/ every field of the formats is mutated, once per file. Whether the result is right follows from
the tables in fields.py, which are written by hand and know nothing of the published schemas: so the schemas are tested
against the tables, and the program against both (schema_test.py).

    make_corpus.py OUT [--seed N]      writes OUT/{scenario,plan,part}/{good,bad}/*.json and OUT/index.json

The hand-written files in corpus/ are part of it; corpus/index.json says what each shows and, as the fields of Case below,
what is to be said about the bad ones. A place is a JSON pointer in which a member of a list may be named by its id.
"""

import argparse
import collections
import copy
import dataclasses
import json
import pathlib
import random
import shutil

from fields import AMOUNT_PLACES, BAD_DISTRIBUTIONS, BARE, FULL, PART, PLAN, STAY_HAS_NO, WRONG_TYPES, Raw

HERE = pathlib.Path(__file__).resolve().parent
BASE = HERE / "base"
HAND_WRITTEN = HERE / "corpus"

# Why a file is refused although its JSON Schema accepts it (Case.beyond):
TEXT = "text"        # not JSON as we read it: broken syntax, a repeated field, nesting deeper than 32, not UTF-8
NUMBER = "number"    # 240.0 or 1e2 where a whole number belongs: an integer to JSON Schema, an error to us (M0.3)
MEANING = "meaning"  # well-formed, but breaks a rule that reaches across fields


@dataclasses.dataclass
class Case:
    kind: str                  # scenario | plan | part
    name: str
    data: bytes
    good: bool
    why: str
    beyond: str = None         # TEXT | NUMBER | MEANING
    at: list = None            # JSON pointers one of which an error must name; None: any
    below: bool = False        # places below those of `at` will do as well
    each: list = None          # JSON pointers every one of which an error must name
    nearest: str = None        # the known field that a message should suggest

    @property
    def path(self):
        return f"{self.kind}/{'good' if self.good else 'bad'}/{self.name}.json"


# ---------------------------------------------------------------------------------------------------------------
# Writing documents with things in them that Python would not write

def to_text(document):
    raws = []

    def plain(value):
        if isinstance(value, Raw):
            raws.append(value.text)
            return f"@raw{len(raws) - 1}@"
        if isinstance(value, dict):
            return {key: plain(member) for key, member in value.items()}
        if isinstance(value, list):
            return [plain(member) for member in value]
        return value

    text = json.dumps(plain(document), indent=1, ensure_ascii=False)
    for index, raw in enumerate(raws):
        text = text.replace(f'"@raw{index}@"', raw, 1)
    return text + "\n"


# ---------------------------------------------------------------------------------------------------------------
# Places

def escape(key):
    return str(key).replace("~", "~0").replace("/", "~1")


def locate(document, place):
    """(container, key or index, JSON pointer) of a place."""
    steps = place.split("/")[1:]
    container, pointer, here = None, "", document
    for step in steps:
        container = here
        if isinstance(container, list):
            ids = [member.get("id") if isinstance(member, dict) else None for member in container]
            key = ids.index(step) if step in ids else int(step)
        else:
            key = step
        pointer += "/" + escape(key)
        here = container[key] if not isinstance(container, dict) or key in container else None
    return container, key, pointer


def parent_of(pointer):
    return pointer.rpartition("/")[0]


def nested(depth):
    """Arrays in arrays, so many deep."""
    return Raw("[" * depth + "]" * depth)


# ---------------------------------------------------------------------------------------------------------------
# Mutations

class Maker:
    def __init__(self, kind, base_name, dice):
        self.kind = kind
        self.base_name = base_name
        self.base = json.loads((BASE / f"{base_name}.json").read_text(encoding="utf-8"))
        self.dice = dice
        self.cases = []
        self.taken = collections.Counter()

    def add(self, place, what, document, good, why, **more):
        slug = place.strip("/").replace("/", ".") or "root"
        name = f"{self.base_name}.{slug}.{what}"
        self.taken[name] += 1
        if self.taken[name] > 1:
            name += f"~{self.taken[name]}"
        self.cases.append(Case(self.kind, name, to_text(document).encode(), good, why, **more))

    def set(self, place, value, what, good, why, below=False, **more):
        document = copy.deepcopy(self.base)
        container, key, pointer = locate(document, place)
        container[key] = value
        at = None if good else [pointer, parent_of(pointer)]
        self.add(place, what, document, good, why, at=at, below=below, **more)

    def drop(self, place, good, why):
        document = copy.deepcopy(self.base)
        container, key, pointer = locate(document, place)
        del container[key]
        self.add(place, "missing", document, good, why, at=None if good else [pointer, parent_of(pointer)])

    def misspell(self, place):
        document = copy.deepcopy(self.base)
        container, key, pointer = locate(document, place)
        if not isinstance(container, dict):
            return
        cut = self.dice.randrange(len(key))
        wrong = self.dice.choice([key[:cut] + key[cut + 1:], key[:cut] + key[cut] + key[cut:], key.upper(), key + "s", key.replace("_", "-")])
        if wrong in container or wrong == "":
            wrong = key + "q"
        # The same members in the same order, one of them by another name.
        members = list(container.items())
        container.clear()
        container.update((wrong if name == key else name, value) for name, value in members)
        parent = parent_of(pointer)
        self.add(place, "misspelt", document, False, f"unknown field {wrong}", at=[f"{parent}/{escape(wrong)}", pointer, parent],
                 nearest=key if len(key) >= 5 else None)  # of a shorter name something else may be as near

    def objects(self):
        """Each kind of object once, as (place, object)."""
        seen, found = set(), []

        def walk(value, place, shape):
            if isinstance(value, dict):
                if shape not in seen:
                    seen.add(shape)
                    found.append(place)
                for key, member in value.items():
                    walk(member, f"{place}/{key}", f"{shape}/{key}")
            elif isinstance(value, list):
                for index, member in enumerate(value):
                    walk(member, f"{place}/{index}", f"{shape}/*")

        walk(self.base, "", "")
        return found

    def extras(self):
        """Into each kind of object a field that is not known, and into some of them one that is ignored."""
        ignored = {"x-note": "ignored", "x-": None, "x-deep": {"any": [1.5, {"thing": None}]}}
        unknown = ["comment", "X-note", "x_note", "xnote", "", " x-note", "a/b~c", "\u00e9t\u00e9", "$schema"]
        for place in self.objects():
            for name in (self.dice.choice(unknown), self.dice.choice(sorted(ignored))):
                document = copy.deepcopy(self.base)
                container, key, pointer = locate(document, place) if place else ({"": document}, "", "")
                container[key][name] = ignored.get(name, 1)
                if name in ignored:
                    self.add(place, "ignored", document, True, f"{name} is ignored")
                else:
                    self.add(place, "extra", document, False, f"unknown field {name!r}", at=[f"{pointer}/{escape(name)}", pointer])

    def few(self, values, field):
        return values if field.every else self.dice.sample(values, min(1, len(values)))

    def field(self, field):
        place, kind = field.place, field.kind
        if not field.keep:
            self.drop(place, not field.need, "may be left out" if not field.need else "is required")
        if field.need:
            self.set(place, None, "null", False, "may not be null")
        elif not field.keep:
            self.set(place, None, "null", True, "null is the same as left out")
        self.misspell(place)

        wrong = [(name, value) for name, value in WRONG_TYPES.items() if name not in kind.types]
        for name, value in wrong if field.every else self.dice.sample(wrong, 1):
            self.set(place, value, f"as-{name}", False, f"may not be a {name}")
        for value in [*kind.edges[1], *self.few(kind.bad, field)]:
            self.set(place, value, "bad", False, f"{value!r:.60} is out of range or malformed")
        for value in self.few(kind.number, field):
            self.set(place, value, "not-whole", False, f"{value!r} is written as a decimal number", beyond=NUMBER)
        for value in [*kind.edges[0], *self.few(kind.good, field)] if field.good is None else field.good:
            self.set(place, value, "good", True, f"{value!r:.60} is right")


def scenario_cases(dice):
    full = Maker("scenario", "full", dice)
    full.add("/", "as-it-is", full.base, True, "every field at once")
    for field in FULL:
        full.field(field)
    full.extras()
    full.set("/x-deep", nested(31), "depth-32", True, "nesting of 32")
    full.set("/x-deep", nested(32), "depth-33", False, "nesting of 33", beyond=TEXT, below=True)
    full.set("/x-deep", nested(100_000), "depth-100000", False, "a tower of brackets", beyond=TEXT, below=True)
    for place in ["/name", "/horizon/start", "/offers", "/customers/fabrikam/subscriptions/solo/seats"]:
        full.set(place, Raw('[{"a":' * 8 + "1" + "}]" * 8), "nested", False, "far too much structure", below=True)
    for place in ["/calendar/workdays"]:
        full.set(place, [], "empty", False, "may not be empty")
        full.set(place, ["mon", "tue", "mon"], "twice", False, "a day twice", below=True)
    for place in ["/target_terms", "/customers/fabrikam/subscriptions/solo/targets", "/customers/fabrikam/subscriptions/solo/target_terms"]:
        full.set(place, [], "empty", False, "an empty list is an error, null is not (M1.6)")
    for place in ["/horizon", "/teams/spare", "/teams/spare/capacity", "/teams/spare/capacity/exceptions/0", "/programmes/spare", "/offers/spare",
                  "/offers/spare/prices/0", "/transitions/1", "/target_terms/1", "/budgets/0", "/customers/spare", "/customers/fabrikam/blackouts/0",
                  "/customers/fabrikam/subscriptions/solo", "/customers/fabrikam/subscriptions/solo/demand/0", "/uncertainty/provision_failure"]:
        full.set(place, {}, "empty", False, "lacks its required fields", below=True)
    for value in BAD_DISTRIBUTIONS:
        full.set(dice.choice(["/uncertainty/acceptance", "/uncertainty/work", "/customers/fabrikam/uncertainty/work"]), value, "bad", False,
                 f"{json.dumps(value)} is no distribution", below=True)
    full.set("/effort/visit/minutes", Raw("-0"), "minus-zero", True, "-0 is 0")

    # Any of the optional fields left out or null together.
    optional = [field.place for field in FULL if not field.need and not field.keep]
    for index in range(24):
        document = copy.deepcopy(full.base)
        for place in dice.sample(optional, dice.randrange(2, 30)):
            try:
                container, key, _ = locate(document, place)
                if isinstance(container, dict) and key in container:
                    if dice.random() < 0.5:
                        del container[key]
                    else:
                        container[key] = None
            except (KeyError, TypeError, AttributeError, ValueError, IndexError):
                pass  # an earlier one took the object that holds it
        full.add("/", "fewer", document, True, "optional fields left out or null")

    bare = Maker("scenario", "bare", dice)
    bare.add("/", "as-it-is", bare.base, True, "the least a scenario needs")
    for field in BARE:
        bare.field(field)
    for fields, good in [({"customers": None, "portfolio": {"subscriptions": "../../portfolio/subscriptions.csv"}}, True),
                        ({"customers": None, "portfolio": {"subscriptions": "../../portfolio/subscriptions.csv", "customers": None}}, True),
                        ({"customers": None, "portfolio": {"subscriptions": "../../portfolio/subscriptions.csv", "customers": "../../portfolio/customers.csv"}}, True),
                        ({"customers": [], "portfolio": None}, True), ({"customers": None, "portfolio": None}, False),
                        ({"customers": [], "portfolio": {"subscriptions": "../../portfolio/subscriptions.csv"}}, False),
                        *[({"customers": None, "portfolio": portfolio}, False) for portfolio in (
                            {}, {"customers": "../../portfolio/customers.csv"}, {"subscriptions": ""}, {"subscriptions": None}, {"subscriptions": 1},
                            {"subscriptions": "../../portfolio/subscriptions.csv", "customers": 1}, {"subscriptions": "../../portfolio/subscriptions.csv", "teams": "x"},
                            {"subscriptions": "s" * 4097}, {"subscriptions": "two\nlines"}, ["../../portfolio/subscriptions.csv"], "../../portfolio/subscriptions.csv")]]:
        document = {**copy.deepcopy(bare.base), **fields}
        if fields["portfolio"] and good:
            rules = json.loads((HERE / "corpus/part/good/rules.json").read_text(encoding="utf-8"))
            document.update({key: rules[key] for key in ("programmes", "offers", "transitions")})
        bare.add("/portfolio", "good" if good else "bad", document, good, "customers or portfolio, not both and not neither",
                 at=None if good else ["/portfolio", "/customers", ""], below=True)
    for value, good in [(None, True), ([], True), ([""], False), ([None], False), (["two\nlines"], False), ([1], False), ("a.json", False), ({}, False), (["p" * 4097], False)]:
        bare.set("/include", value, "good" if good else "bad", good, "a list of paths", below=True)
    for value in (None, []):  # included nothing: still has to say everything
        for key in ("currency", "horizon", "programmes", "offers", "customers"):
            document = {**copy.deepcopy(bare.base), "include": value}
            del document[key]
            bare.add("/include", f"nothing-for-{key}", document, False, f"{key} is nowhere", at=[f"/{key}", ""])

    small = Maker("scenario", "small", dice)
    small.add("/", "as-it-is", small.base, True, "a currency without decimals")
    for place in AMOUNT_PLACES:
        for value in ("999999999999999", 999999999999999, 1, "1"):
            if place.endswith("gap_per_seat_day") and int(value) > 1:
                continue  # well-formed, but times seats and days it leaves 64 bits (M0.3)
            small.set(place, value, "good", True, "an amount of yen")
        small.base["currency"] = "BHD"
        small.set(place, "0.125", "good", True, "an amount with three decimals")
        small.base["currency"] = "CLF"
        small.set(place, "0.1234", "good", True, "an amount with four decimals")
        small.set(place, "0.12345", "bad", False, "an amount with five decimals")
        small.base["currency"] = "JPY"

    return full.cases + bare.cases + small.cases + meaning_cases(dice)


def plan_cases(dice):
    plan = Maker("plan", "plan", dice)
    plan.add("/", "as-it-is", plan.base, True, "every field at once")
    for field in PLAN:
        plan.field(field)
    plan.extras()
    for key, value in STAY_HAS_NO.items():
        plan.set(f"/moves/2/{key}", value, "in-a-stay", False, "a stay decides nothing else")
        plan.set(f"/moves/2/{key}", None, "null-in-a-stay", True, "null is the same as left out")
    for place in ["/customers/0", "/moves/0"]:
        plan.set(place, {}, "empty", False, "lacks its required fields", below=True)
    for move in ("/moves/0", "/moves/1"):
        plan.set(move, {"subscription": "contoso-e3", "action": "migrate"}, "bare-migrate", False, "does not say where to", below=True)
    plan.set("/moves/0/x-deep", nested(29), "depth-32", True, "nesting of 32")
    plan.set("/moves/0/x-deep", nested(30), "depth-33", False, "nesting of 33", beyond=TEXT, below=True)
    for place, value in [("/customers/0/id", "nobody"), ("/moves/0/subscription", "nothing"), ("/moves/0/target", "no-offer")]:
        plan.set(place, value, "unknown", False, "an id that the scenario lacks (M3.1)", beyond=MEANING)
    return plan.cases


def part_cases(dice):
    part = Maker("part", "part", dice)
    part.add("/", "as-it-is", part.base, True, "a part of a scenario")
    for field in PART:
        part.field(field)
    part.extras()
    part.set("/portfolio", {"subscriptions": "../../portfolio/subscriptions.csv"}, "and-customers", False, "customers and portfolio", below=True)
    part.add("/", "empty", {}, True, "a part that says nothing")
    part.set("/x-deep", nested(32), "depth-33", False, "nesting of 33", beyond=TEXT, below=True)
    return part.cases


def meaning_cases(dice):
    """Right by form, wrong by a rule that reaches across fields: the schema accepts them, the program may not."""
    full = Maker("scenario", "full", dice)
    solo = "/customers/fabrikam/subscriptions/solo"
    for place, value, why in [
            ("/currency", "ZZZ", "no currency of ISO 4217"),
            ("/teams/spare/labour_rate", "10.005", "more decimals than the dollar has (M0.3)"),
            ("/horizon/end", "2026-01-05", "an empty horizon"),
            ("/horizon/end", "2025-12-31", "a horizon that ends before it starts"),
            (f"{solo}/term_start", "2026-01-06", "the horizon starts before the current term (M1.3)"),
            (f"{solo}/term_start", "2025-01-05", "the current term is over when the horizon starts (M1.3)"),
            (f"{solo}/billing", "P5M", "billing does not divide the term (M1.2)"),
            ("/offers/spare/prices/0/billing", "P7M", "billing does not divide the term (M1.2)"),
            ("/offers/spare/programme", "nowhere", "an unknown programme"),
            ("/offers/spare/requires/0", "nowhere", "an unknown offer"),
            ("/transitions/1/from", "nowhere", "an unknown offer"),
            ("/transitions/1/to", "nowhere", "an unknown offer"),
            ("/effort/visit/team", "nobody", "an unknown team"),
            (f"{solo}/offer", "nowhere", "an unknown offer"),
            (f"{solo}/targets/0", "nowhere", "an unknown offer"),
            (f"{solo}/parent", "nowhere", "an unknown parent"),
            (f"{solo}/id", "base", "an id twice (M0.5)"),
            ("/customers/spare/id", "fabrikam", "an id twice (M0.5)"),
            ("/offers/spare/id", "e3-csp", "an id twice (M0.5)"),
            ("/teams/spare/id", "ops", "an id twice (M0.5)"),
            ("/programmes/spare/id", "csp", "an id twice (M0.5)"),
            ("/include", ["nowhere/to-be-found.json"], "a missing file (M1.9)")]:
        full.set(place, value, "meaning", False, why, beyond=MEANING, below=True)
    for place, value, why in [
            (f"{solo}/parent", "solo", "its own parent (M1.4)"),
            ("/offers/spare/requires", ["spare"], "a cycle in requires (M1.4)"),
            (f"{solo}/targets", ["spare"], "all its targets require offers that its parent cannot move to, or it has none (M1.4)"),
            ("/offers/spare/prices", [{"term": "P1Y", "billing": "P1M", "unit_price": "2.00"}, {"term": "P12M", "billing": "P1M", "unit_price": "3.00", "from": "2026-05-01"}],
             "price rows that overlap (M1.2)"),
            ("/teams/spare/capacity/exceptions", [{"on": "2026-12-21", "minutes": 1}, {"on": "2026-12-27", "minutes": 2}], "two exceptions for one week (M1.8)"),
            ("/uncertainty/acceptance", {"uniform": {"min": 2, "max": 1}}, "min above max"),
            ("/uncertainty/acceptance", {"triangular": {"min": 0, "mode": 3, "max": 2}}, "mode above max"),
            ("/uncertainty/acceptance", {"lognormal": {"median": 7, "p90": 6}}, "p90 below median")]:
        document = copy.deepcopy(full.base)
        if place == f"{solo}/targets":
            document["customers"][0]["subscriptions"][1]["parent"] = None
        container, key, _ = locate(document, place)
        container[key] = value
        full.add(place, "meaning", document, False, why, beyond=MEANING)
    soft = copy.deepcopy(full.base)
    soft.update({"continuity": "soft", "disruption": {"gap_per_seat_day": "0.00"}})
    full.add("/continuity", "meaning", soft, False, "soft without a price for a gap (M1.7)", beyond=MEANING)

    bare = Maker("scenario", "bare", dice)
    bare.base["currency"] = "JPY"
    bare.base["teams"] = [{"id": "ops"}]
    bare.set("/teams/ops/labour_rate", "0.5", "meaning", False, "half a yen (M0.3)", beyond=MEANING)
    return full.cases + bare.cases


def hand_written_cases():
    index = json.loads((HAND_WRITTEN / "index.json").read_text(encoding="utf-8"))
    cases = []
    for path in sorted(HAND_WRITTEN.glob("*/*/*.json")):
        name = path.relative_to(HAND_WRITTEN).as_posix()
        kind, verdict, _ = name.split("/")
        about = index.pop(name, None)
        if about is None:
            raise SystemExit(f"{name} is not in corpus/index.json")
        cases.append(Case(kind, path.stem, path.read_bytes(), verdict == "good", about["why"], about.get("beyond"), about.get("at"),
                          about.get("below", False), about.get("each"), about.get("nearest")))
    if index:
        raise SystemExit(f"corpus/index.json lists files that are not there: {', '.join(index)}")
    return cases


def cases(seed=1):
    """All cases, hand-written first; the same for the same seed."""
    dice = random.Random(seed)
    found = hand_written_cases() + scenario_cases(dice) + plan_cases(dice) + part_cases(dice)
    paths = [case.path for case in found]
    assert len(paths) == len(set(paths)), "two cases of one name"
    return found


def host_of(case):
    """The scenario that includes a part, relative to the corpus."""
    return f"part/hosts/{'good' if case.good else 'bad'}.{case.name}.json"


def write(found, out):
    """Writes the cases and what they need beside them: base documents, portfolios, and a host for every part."""
    out = pathlib.Path(out)
    for directory in ("scenario", "plan", "part"):
        shutil.rmtree(out / directory, ignore_errors=True)
    for source, target in ((BASE, "base"), (HAND_WRITTEN / "portfolio", "portfolio")):
        shutil.copytree(source, out / target, dirs_exist_ok=True)
    host = json.loads((BASE / "host.json").read_text(encoding="utf-8"))
    for case in found:
        path = out / case.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(case.data)
        if case.kind == "part":
            path = out / host_of(case)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(to_text({**host, "include": [f"../{case.path.partition('/')[2]}"]}), encoding="utf-8")
    index = {case.path: {"why": case.why, "beyond": case.beyond, "at": case.at} for case in found}
    (out / "index.json").write_text(json.dumps(index, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", errors="replace")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Writes the structural test corpus.")
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    all_cases = cases(arguments.seed)
    write(all_cases, arguments.out)
    print(f"{len(all_cases)} files, {sum(case.good for case in all_cases)} of them good, in {arguments.out}")
