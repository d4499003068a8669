#!/usr/bin/env python3
"""The data of reports is what its published schema says, hangs together, and says the same as other results:
report_schema.py DATA.json [RESULT.json...]..., with the sources' `scenarios` in the current folder. Results after a report's
data, up to the next data, are of the same scenario; their totals have to be in it."""

import json
import pathlib
import sys

import published


def minor(text):
    return int(text.replace(".", ""))


def columns(table, size, where):
    """Every list of a table is as long as it should be."""
    for name, column in table.items():
        if isinstance(column, list) and len(column) != size:
            yield f"{where}.{name}: {len(column)} values, not {size}"


def structure(data):
    customers, subscriptions = data["customers"], data["subscriptions"]
    count = len(subscriptions["id"]) if subscriptions else 0
    if customers and subscriptions and subscriptions["customer"]:
        yield from columns(customers, len(customers["id"]), "customers")
        yield from columns(subscriptions, count, "subscriptions")
        if data["scenario"]["subscriptions"] != count or data["scenario"]["customers"] != len(customers["id"]):
            yield "scenario: not as many customers and subscriptions as there are"
        for position, first in enumerate(customers["subscriptions"]):
            if first < count and subscriptions["customer"][first] < position:
                yield f"customers.subscriptions[{position}]: not the first of its own"
        for column, limit in (("offer", len(data["offers"])), ("way", len(data["ways"])), ("customer", len(customers["id"]))):
            if any(value >= limit for value in subscriptions[column]):
                yield f"subscriptions.{column}: nothing at that position"
    for number, plan in enumerate(data["plans"]):
        where = f"plans[{number}]"
        if sum(sign * amount for sign, amount in zip(data["component_signs"], plan["components"])) != plan["total"]:
            yield f"{where}: the total is not the sum of its components"
        if plan["customer_totals"] and sum(plan["customer_totals"]) != plan["total"]:
            yield f"{where}: the total is not the sum of the customers"
        if plan["months"] and len(plan["months"]) != data["months"]["count"]:
            yield f"{where}: not a cash for each month"
        if plan["months"]:
            old, new, fees, refunds = plan["components"][:4]
            if sum(plan["months"]) != old + new + fees - refunds:
                yield f"{where}: the months' cash is not that of the components"
        if plan["moves"]:
            yield from columns(plan["moves"], count, f"{where}.moves")
            if sum(plan["moves"]["moves"]) != plan["migrated"]:
                yield f"{where}: not as many move as are said to"
            for name in ("overlap_days", "gap_days", "forfeited"):
                if sum(plan["moves"][name]) != plan[name]:
                    yield f"{where}: {name} is not the sum over subscriptions"
        if plan["finishing"] and plan["finishing"]["done"] and plan["finishing"]["done"][-1] != plan["migrated"]:
            yield f"{where}: not all who move are through at the end"
        if plan["loads"]:
            for team, load in zip(data["teams"], plan["loads"]):
                if load and len(load) != len(team["buckets"]):
                    yield f"{where}: not a load for each week of {team['id']}"
    feasible = [p for p in data["plans"] if p["feasible"]]
    best = data["answer"]["plan"]
    if (best is None) != (not feasible) or (feasible and data["plans"][best]["total"] != min(p["total"] for p in feasible)):
        yield "answer: not the cheapest plan that works"
    for detail in data["details"]:
        chosen = detail["alternatives"][0]
        if not chosen["is_chosen"] or chosen["difference"] != 0:
            yield "details: the plan's own move is not the first alternative"
        days = data["scenario"]["horizon"]["end"] - data["scenario"]["horizon"]["start"]
        if len(detail["by_day"]["difference"]) != days or len(detail["by_day"]["rule"]) != days:
            yield "details: not a cost for each day"
    if data["agenda"]:
        agenda = data["agenda"]
        listed = len(agenda["kind"])
        yield from columns(agenda, listed, "agenda")
        for name in ("by_end", "day_late", "missed"):
            yield from columns(agenda[name], listed, f"agenda.{name}")
        order = [(agenda["by_end"]["rule"][i] is None, -agenda["by_end"]["cost"][i]) for i in range(listed)]
        if order != sorted(order):
            yield "agenda: what cannot be made up for is not first, or something dearer comes later"
        if best != agenda["plan"] or agenda["count"] < listed:
            yield "agenda: of another plan, or fewer than are listed"
    if data["results"]["simulation"]:
        names = [plan["name"] for plan in data["results"]["simulation"]["plans"]]
        simulated = data["answer"]["simulated"]
        for name, position in zip(names, simulated, strict=True):
            planned = next(p["total"]["planned"] for p in data["results"]["simulation"]["plans"] if p["name"] == name)
            if position is None or data["plans"][position]["total"] != minor(planned):
                yield f"answer.simulated: {name} is another plan"


def totals_of(result):
    """The totals that a result states, each with the report's name for the plan."""
    kind = result["format"]
    if kind == "termwise-comparison/1":
        return {strategy["name"]: strategy["total"] for strategy in result["strategies"]}
    if kind == "termwise-simulation/1":
        return {plan["name"]: plan["total"]["planned"] for plan in result["plans"]}
    if kind == "termwise-planning/1":
        return {"optimal": result["total"]}
    return {total["strategy"]: total["total"] for total in result["base"]["totals"]}


def agenda_of(result, data):
    """An agenda of the same plan and days says the same."""
    agenda, customers, subscriptions = data["agenda"], data["customers"]["id"], data["subscriptions"]["id"]
    if len(result["items"]) != agenda["count"]:
        yield f"{len(result['items'])} items, in the report {agenda['count']}"
    for i, item in enumerate(result["items"][: len(agenda["kind"])]):
        subscription = agenda["subscription"][i]
        here = [agenda["kind"][i].replace("_", "-"), customers[agenda["customer"][i]], subscription if subscription is None else subscriptions[subscription]]
        here += [agenda[name]["cost"][i] for name in ("by_end", "day_late", "missed")] + [agenda["loss"][i]]
        there = [item["kind"], item["customer"], item["subscription"]]
        there += [minor(item[name]["cost"]) for name in ("by_end", "day_late", "missed")] + [item["loss"]]
        if here != there:
            yield f"items[{i}] is {there}, in the report {here}"
    if len(result["routine"]) != sum(agenda["routine"].values()):
        yield "not as much goes by itself as in the report"


def main():
    schema = published.validator("termwise-report-1.json")
    wrong, data, files, results = [], None, 0, 0
    for file in sys.argv[1:]:
        document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        if document["format"] == "termwise-report/1":
            data, files = document, files + 1
            wrong += [f"{file}: {error.json_path}: {error.message:.200}" for error in schema.iter_errors(data)]
            wrong += [f"{file}: {problem}" for problem in structure(data)]
            continue
        results += 1
        if document["format"] == "termwise-agenda/1":
            wrong += [f"{file}: {problem}" for problem in agenda_of(document, data)]
            continue
        totals = {plan["name"]: plan["total"] for plan in data["plans"]}
        for name, total in totals_of(document).items():
            if totals.get(name) != minor(total):
                wrong.append(f"{file}: {name} is {total}, in the report {totals.get(name)}")
    print("\n".join(wrong) or f"{files} reports hold, {results} results say the same")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
