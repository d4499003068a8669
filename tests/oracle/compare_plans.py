#!/usr/bin/env python3
"""`termwise plan` against an optimum found independently (planning_mip.py, solved by COIN-OR CBC).

    compare_plans.py --program PATH --seed S --count N

Scenarios are random_cases' with a few weeks of horizon, so that every day can be a column. Of each the program has to
say no less than the optimum as total, no more as bound, and exactly the optimum where it says "optimal"; "infeasible" only
where no plan is feasible. Its plan has to be feasible and cost what it says, by the oracle. The optimum's own plan as well,
or the program it was solved by is wrong. --first I --count 1 repeats one case; --keep-going tells of all.
"""

import argparse
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

import oracle
import planning_mip
import random_cases

HAS_PLAN = {"optimal", "within-gap", "stopped"}
KNOWN = HAS_PLAN | {"infeasible", "stopped-without-plan"}


class ShortMaker(random_cases.Maker):
    """Scenarios of a few weeks."""

    def horizon(self):
        super().horizon()
        self.h1 = self.h0 + self.r.randrange(14, 46)


def relax(scenario):
    """Takes away what most often leaves no plan at all: limits, long acceptance, the duty to move."""
    scenario.pop("budgets", None)
    for team in scenario.get("teams", []):
        team.pop("capacity", None)
    scenario["acceptance"] = {"plan_days": 2}
    for customer in scenario["customers"]:
        customer.pop("acceptance", None)
        for sub in customer["subscriptions"]:
            sub["must_move"] = False


def tighten(scenario, plan, r):
    """Makes a limit of something that a plan without it uses: of one bucket of a team, or of the cash of some days. The
    optimum then has to go around it."""
    sc = oracle.read_scenario(scenario)
    result = {}
    for sub in sc.subscriptions.values():
        move = next(m for m in plan["moves"] if m["subscription"] == sub.id)
        got = oracle.score_subscription(sc, sub, move, lambda *_: None)
        result[sub.id] = got
    used, cash = collections.Counter(), collections.Counter()
    for got in result.values():
        for kind, day, seconds in got.work:
            team = sc.teams.get(sc.effort[kind].team)
            if team is not None and seconds:
                used[team.id, day] += seconds
        for day, amount in got.cash:
            cash[day] += amount
    if used and r.random() < 0.7:
        (team_id, _), seconds = max(sorted(used.items()), key=lambda item: item[1])
        team = next(t for t in scenario["teams"] if t["id"] == team_id)
        team["capacity"] = {"per": r.choice(["day", "week"]), "minutes": max(1, seconds // 60 * r.randrange(50, 100) // 100)}
    elif cash:
        day, amount = max(sorted(cash.items()), key=lambda item: item[1])
        if amount > 1:
            until = oracle.text_of(day + 7)
            scenario["budgets"] = [{"from": oracle.text_of(day - 3), "to": until,
                                    "max": oracle.amount_text(amount * r.randrange(60, 100) // 100, sc.digits)}]


def case(seed, index, folder):
    """A scenario and its optimum."""
    r = random.Random(f"{seed}/{index}/plan")
    scenario = ShortMaker(r).scenario()
    optimum = planning_mip.Portfolio(scenario).solve(folder)
    if not optimum and r.random() < 0.7:
        relax(scenario)
        optimum = planning_mip.Portfolio(scenario).solve(folder)
    if optimum and r.random() < 0.6:
        tighten(scenario, optimum.plan, r)
        optimum = planning_mip.Portfolio(scenario).solve(folder)
    return scenario, optimum


def difference(program, scenario, optimum, folder):
    """What is wrong, or None; and what the program said."""
    sc = oracle.read_scenario(scenario)

    def minor(text):
        return oracle.amount_of(text, sc.digits)

    if optimum:
        own = oracle.score(scenario, optimum.plan)
        if not own["feasible"] or minor(own["total"]) != optimum.total:
            return f"the optimum {optimum.total} is not what the oracle says of its plan: {own['total']} {own['violations']}", None
    folder = pathlib.Path(folder)
    (folder / "scenario.json").write_text(json.dumps(scenario, indent=1), encoding="utf-8")
    (folder / "plan.json").unlink(missing_ok=True)
    run = subprocess.run([program, "plan", str(folder / "scenario.json"), "-o", str(folder / "plan.json"), "--json", "--quiet"],
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 3):
        return f"exit status {run.returncode}: {run.stderr}", None
    answer = json.loads(run.stdout)
    status = answer["status"]
    if status not in KNOWN or (status in HAS_PLAN) != (run.returncode == 0):
        return f"exit status {run.returncode} with {status}", status
    if not optimum:
        return ("no plan is feasible, but it has one" if status in HAS_PLAN else None), status
    if status == "infeasible":
        return f"said to be infeasible, but there is a plan for {optimum.total}", status
    if "bound" in answer and answer["bound"] is not None and minor(answer["bound"]) > optimum.total:
        return f"the bound {answer['bound']} is above the optimum {optimum.total}", status
    if status not in HAS_PLAN:
        return None, status
    total = minor(answer["total"])
    scored = oracle.score(scenario, json.loads((folder / "plan.json").read_text(encoding="utf-8")))
    if not scored["feasible"] or minor(scored["total"]) != total:
        return f"the plan is said to cost {answer['total']}; the oracle: {scored['total']} {scored['violations']}", status
    if total < optimum.total:
        return f"the total {answer['total']} is below the optimum {optimum.total}", status
    if status == "optimal" and total != optimum.total:
        return f"called optimal at {answer['total']}, the optimum is {optimum.total}", status
    return None, status


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("--keep-going", action="store_true")
    asked = parser.parse_args()
    said, wrong = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for index in range(asked.first, asked.first + asked.count):
            scenario, optimum = case(asked.seed, index, folder)
            problem, status = difference(asked.program, scenario, optimum, folder)
            said[status, optimum is not None] += 1
            if problem:
                wrong += 1
                print(f"seed {asked.seed} case {index}: {problem}")
                if not asked.keep_going:
                    print(json.dumps(scenario, indent=1))
                    break
    for (status, feasible), count in sorted(said.items(), key=str):
        print(f"{count} {status}, {'feasible' if feasible else 'infeasible'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
