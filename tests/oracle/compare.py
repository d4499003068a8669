#!/usr/bin/env python3
"""Compares a termwise program with the oracle on seeded random cases.

    compare.py --program PATH --seed S --count N                  PATH score SCENARIO PLAN --json
    compare.py --program PATH --seed S --count N --strategies     PATH compare SCENARIO --json --plans DIR
    compare.py --program PATH --case SCENARIO PLAN                one case from files

Exit status: 0 no difference; 1 a difference, printed with its scenario, plan and seed; 2 usage.
PATH may be several words ("python3 oracle-as-program.py").
"""

import argparse
import json
import multiprocessing
import pathlib
import shlex
import subprocess
import sys
import tempfile

import oracle
import random_cases

# What `compare --json --plans DIR` prints and writes: change it here.
STRATEGIES = ["stay", "wait", "cancel-now"]      # these must be listed; others are checked if DIR holds their plan
STRATEGY_LIST = "strategies"                     # the field of the document that lists them
STRATEGY_FIELDS = ["total", "feasible", "components", "forfeited", "overlap_days", "gap_days", "subscriptions",
                   "customers", "months"]        # compared with the oracle's where they have the oracle's form
REQUIRED_FIELDS = ["total", "feasible", "violations"]


def plan_file(name):
    return name + ".json"


# What a strategy may violate at all: M5.1 (wait and cancel-now lie in the space of M6.1, budgets are not
# respected) and M5.2 (what no day serves stays: it may be bound to move, or be unable to renew, or be a
# subscription whose parent or add-on moves).
STRATEGY_RULES = {"stay": {"must-move", "price", "renewal-closed", "budget"},
                  "wait": {"must-move", "price", "renewal-closed", "budget", "parent"},
                  "cancel-now": {"must-move", "price", "renewal-closed", "budget", "parent"}}

# With money that is not normative (M3, preamble) the verdict on a budget, which rests on it, is not compared either.
RESTS_ON_MONEY = {"budget"}


def run_program(program, *arguments):
    done = subprocess.run([*program, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          encoding="utf-8", errors="replace", timeout=600, check=False)
    return done.returncode, done.stdout, done.stderr


def words(text):
    return [text] if pathlib.Path(text).is_file() else shlex.split(text)


def write_json(path, document):
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def violations_of(result):
    """As a list, so that a duplicate or a wrong order shows."""
    return [(v["rule"], v["at"]) for v in result["violations"]]


def differences(got, want, path=""):
    """Readable lines for every leaf that differs, in any depth; `message` is free."""
    if isinstance(got, dict) and isinstance(want, dict):
        lines = []
        for key in list(want) + [k for k in got if k not in want]:
            if key == "message":
                continue
            if key not in want:
                lines.append(f"{path}/{key}: the program has it, the oracle does not")
            elif key not in got:
                lines.append(f"{path}/{key}: the program lacks it")
            else:
                lines += differences(got[key], want[key], f"{path}/{key}")
        return lines
    if isinstance(got, list) and isinstance(want, list):
        if path == "/violations":
            got_set, want_set = [(v["rule"], v["at"]) for v in got], [(v["rule"], v["at"]) for v in want]
            if got_set == want_set:
                return []
            lines = [f"/violations: only the program has {v}" for v in got_set if v not in want_set]
            lines += [f"/violations: only the oracle has {v}" for v in want_set if v not in got_set]
            return lines or [f"/violations: order or duplicates: program {got_set}, oracle {want_set}"]
        if len(got) != len(want):
            return [f"{path}: program {len(got)} entries, oracle {len(want)}"]
        lines = []
        for g, w in zip(got, want):
            name = w.get("id") or w.get("month") if isinstance(w, dict) else None
            lines += differences(g, w, f"{path}/{name}")
        return lines
    if type(got) is not type(want) or got != want:
        return [f"{path}: program {json.dumps(got)}, oracle {json.dumps(want)}"]
    return []


def compare_scores(scenario, plan, got, want):
    """Differences of two scores, in full or, where money is not normative, of the verdict alone."""
    if oracle.money_is_normative(scenario, plan, want):
        return differences(got, want)

    def verdict(result):
        return {"feasible": result["feasible"],
                "violations": [v for v in result["violations"] if v["rule"] not in RESTS_ON_MONEY]}

    return differences(verdict(got), verdict(want))


def check_score(program, folder, scenario, plan):
    write_json(folder / "scenario.json", scenario)
    write_json(folder / "plan.json", plan)
    status, out, err = run_program(program, "score", folder / "scenario.json", folder / "plan.json", "--json")
    want = oracle.score(scenario, plan)
    if status not in (0, 3):
        return [f"exit status {status}", err.strip()]
    try:
        got = json.loads(out)
        lines = compare_scores(scenario, plan, got, want)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return [f"no score: {error!r}", out[:2000], err.strip()]
    expected = 0 if want["feasible"] else 3
    if status != expected:
        lines.append(f"exit status {status}, expected {expected}")
    return lines


def check_strategies(program, folder, scenario):
    """Returns (differences, {strategy: plan})."""
    write_json(folder / "scenario.json", scenario)
    plans = {}
    status, out, err = run_program(program, "compare", folder / "scenario.json", "--json", "--effort", "300", "--plans", folder / "plans")
    if status not in (0, 3):
        return [f"exit status {status}", err.strip()], plans
    try:
        document = json.loads(out)
        listed = {entry["name"]: entry for entry in document[STRATEGY_LIST]}
        lines = [f"{name}: not listed" for name in STRATEGIES if name not in listed]
        for name, entry in listed.items():
            path = folder / "plans" / plan_file(name)
            if not path.exists():
                if name in STRATEGIES:
                    lines.append(f"{name}: no file {plan_file(name)}")
                continue
            plans[name] = oracle.read_json(path)
            lines += [f"{name}: {line}" for line in check_strategy(scenario, name, plans[name], entry)]
        expected = 0 if any(entry["feasible"] for entry in listed.values()) else 3
        if status != expected:
            lines.append(f"exit status {status}, expected {expected}")
    except (ValueError, KeyError, TypeError, AttributeError, oracle.InputError) as error:
        return [f"no comparison: {error!r}", out[:2000], err.strip()], plans
    return lines, plans


def check_strategy(scenario, name, plan, entry):
    want = oracle.score(scenario, plan)
    lines = [f"no field {field}" for field in REQUIRED_FIELDS if field not in entry]
    fields = [f for f in STRATEGY_FIELDS if f in entry and isinstance(entry[f], type(want[f]))] + ["violations"]
    lines += differences({f: entry[f] for f in fields if f in entry}, {f: want[f] for f in fields if f in entry})
    rules = {v["rule"] for v in want["violations"]}
    beyond = rules - STRATEGY_RULES.get(name, rules)
    if beyond:
        lines.append(f"the strategy violates {sorted(beyond)}, which M5 rules out")
    if name not in STRATEGIES:  # the cheapest plan: what it costs and that it breaks no rule is all that M6 says
        return lines + [f"it breaks {sorted(rules)}"] if rules else lines
    sc = oracle.read_scenario(scenario)
    for move in plan["moves"]:
        sub = sc.subscriptions[move["subscription"]]
        if move["action"] == "stay":
            continue
        if name == "stay":
            lines.append(f"{sub.id} does not stay")
        # An add-on whose term outlives its parent's contract cannot lapse; it is cancelled before the parent ends.
        term_end = oracle.boundary(sub.term_start, sub.term, 1)
        outlives_parent = sub.parent and any(
            m["subscription"] == sub.parent and m["action"] == "migrate" and oracle.day_of(m["exit_on"]) < term_end
            for m in plan["moves"])
        if name == "wait" and not outlives_parent and (move["exit"], oracle.day_of(move["exit_on"])) != (
                "lapse", term_end):
            lines.append(f"{sub.id} does not lapse at the end of its current term (M5)")
        if name in STRATEGIES and move.get("reassign_on"):
            day = oracle.day_of(move["provision_on"]) + sc.provision_days
            while oracle.day_name(sc, sub.customer, day):
                day += 1
            if oracle.day_of(move["reassign_on"]) != day:
                lines.append(f"{sub.id}: reassign_on is not the first workday it may be (M6.1)")
    return lines


# ---- Making a failing case smaller -------------------------------------------------------------------------

def smaller(scenario, plan):
    """Cases with one thing less, the biggest first; ones that become invalid show by their exit status."""
    def without(change):
        s, p = json.loads(json.dumps(scenario)), json.loads(json.dumps(plan))
        change(s, p)
        for customer in s["customers"]:
            ids = {u["id"] for u in customer["subscriptions"]}
            for u in customer["subscriptions"]:
                if u.get("parent") and u["parent"] not in ids:
                    u["parent"] = None
        known = {u["id"] for c in s["customers"] for u in c["subscriptions"]}
        p["moves"] = [m for m in p.get("moves", []) if m["subscription"] in known]
        p["customers"] = [c for c in p.get("customers", []) if c["id"] in {c["id"] for c in s["customers"]}]
        return s, p

    for i in range(len(scenario["customers"])):
        if len(scenario["customers"]) > 1:
            yield without(lambda s, p, i=i: s["customers"].pop(i))
    for i, customer in enumerate(scenario["customers"]):
        for j in range(len(customer["subscriptions"])):
            if len(customer["subscriptions"]) > 1:
                yield without(lambda s, p, i=i, j=j: s["customers"][i]["subscriptions"].pop(j))
        for field in ("blackouts", "acceptance", "name"):
            if customer.get(field):
                yield without(lambda s, p, i=i, field=field: s["customers"][i].pop(field))
        for j, u in enumerate(customer["subscriptions"]):
            for field in ("move_from", "move_by", "target_terms", "parent", "auto_renew", "must_move"):
                if field in u:
                    yield without(lambda s, p, i=i, j=j, field=field: s["customers"][i]["subscriptions"][j].pop(field))
            for k in range(len(u.get("demand") or [])):
                yield without(lambda s, p, i=i, j=j, k=k: s["customers"][i]["subscriptions"][j]["demand"].pop(k))
    for field in ("budgets", "calendar", "effort", "disruption", "provision_days", "acceptance", "strategy", "perspective"):
        if scenario.get(field):
            yield without(lambda s, p, field=field: s.pop(field))
    used = {u["offer"] for c in scenario["customers"] for u in c["subscriptions"]}
    for i, transition in enumerate(scenario["transitions"]):
        if transition["from"] not in used:
            yield without(lambda s, p, i=i: s["transitions"].pop(i))
    targets = {t[k] for t in scenario["transitions"] for k in ("from", "to")} | {m.get("target") for m in plan.get("moves", [])}
    targets |= {t for c in scenario["customers"] for u in c["subscriptions"] for t in u.get("targets") or []}
    targets |= {t for o in scenario["offers"] for t in o.get("requires") or []}
    for i, offer in enumerate(scenario["offers"]):
        if offer["id"] not in used | targets:
            yield without(lambda s, p, i=i: s["offers"].pop(i))
    programmes = {o["programme"] for o in scenario["offers"]}
    for i, programme in enumerate(scenario["programmes"]):
        if programme["id"] not in programmes:
            yield without(lambda s, p, i=i: s["programmes"].pop(i))


def shrink(program, folder, scenario, plan):
    """The case itself, made smaller as long as the program still scores it and still differs."""
    def differs(case):
        try:
            lines = check_score(program, folder, *case)
        except (AssertionError, KeyError, ValueError):
            return False
        return bool(lines) and not lines[0].startswith(("exit status", "no score"))

    best, budget = (scenario, plan), 400
    progress = differs(best)
    while progress:
        progress = False
        for candidate in smaller(*best):
            budget -= 1
            if budget < 0:
                return best
            if differs(candidate):
                best, progress = candidate, True
                break
    return best


# ---- Running -----------------------------------------------------------------------------------------------

def one_case(job):
    """Returns (index, kind, whether money was compared, differences, scenario, {name: plan})."""
    program, seed, index, strategies = job
    with tempfile.TemporaryDirectory(prefix="termwise-oracle-") as name:
        folder = pathlib.Path(name)
        if strategies:
            scenario = random_cases.make_scenario(seed, index)
            lines, plans = check_strategies(program, folder, scenario)
            return index, "strategies", True, lines, scenario, plans
        scenario, plan, kind = random_cases.case(seed, index)
        lines = check_score(program, folder, scenario, plan)
        normative = oracle.money_is_normative(scenario, plan, oracle.score(scenario, plan))
        return index, kind, normative, lines, scenario, {"plan": plan}


def report(program, lines, scenario, plans, shrinks):
    if shrinks:
        with tempfile.TemporaryDirectory(prefix="termwise-oracle-") as name:
            scenario, plan = shrink(program, pathlib.Path(name), scenario, plans["plan"])
            plans = {"plan": plan}
            lines = check_score(program, pathlib.Path(name), scenario, plan) or lines
    print("--- scenario" + (" (made smaller)" if shrinks else ""))
    print(json.dumps(scenario, indent=1))
    for name, plan in plans.items():
        print(f"--- {name}")
        print(json.dumps(plan, indent=1))
    print("--- differences")
    print("\n".join(lines))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True, type=words, help="the program, may be several words")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="the first index (to repeat one case: --first I --count 1)")
    parser.add_argument("--strategies", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--shrink", action="store_true", help="make a failing case smaller before printing it")
    parser.add_argument("--keep-going", action="store_true", help="go on after a difference; a line for each case")
    parser.add_argument("--case", nargs=2, metavar=("SCENARIO", "PLAN"), help="compare this case alone")
    options = parser.parse_args()

    if options.case:
        scenario, plan = map(oracle.read_json, options.case)
        with tempfile.TemporaryDirectory(prefix="termwise-oracle-") as name:
            lines = check_score(options.program, pathlib.Path(name), scenario, plan)
        print("\n".join(lines) if lines else "no difference")
        return 1 if lines else 0

    jobs = [(options.program, options.seed, options.first + i, options.strategies) for i in range(options.count)]
    compared, failed, kinds = 0, 0, {}
    with multiprocessing.Pool(options.jobs) as pool:
        for index, kind, normative, lines, scenario, plans in pool.imap(one_case, jobs):
            compared += 1
            kinds[kind] = kinds.get(kind, 0) + 1
            if normative and not options.strategies:
                kinds["money compared"] = kinds.get("money compared", 0) + 1
            if not lines:
                continue
            failed += 1
            again = f"--seed {options.seed} --first {index} --count 1" + (" --strategies" if options.strategies else "")
            if options.keep_going:
                print(f"case {index} ({kind}): {'; '.join(lines)[:300]}")
                continue
            pool.terminate()
            report(options.program, lines, scenario, plans, options.shrink and not options.strategies)
            print(f"--- case {index} ({kind}) of seed {options.seed}; to repeat: {again}")
            return 1
    print(f"{compared} cases of seed {options.seed}, {failed} different: "
          + ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
