#!/usr/bin/env python3
"""The published schemas of results hold for what the program prints, and for nothing that is broken:
result_schema.py RESULT..., each by the schema of its format, with the sources' `scenarios` in the current folder. Of every
result each field is left out, made null, a list and a number below zero, and each object is given a field too many."""

import collections
import copy
import json
import pathlib
import sys

import published

# Where null may stand, a number below zero, and what may be left out.
SEARCH = {"total", "bound", "floor", "gap", "avoidable_gap", "customer", "subscription", "limit", "by", "unit", "shortage", "fixed", "room", "need", "short", "objective", "reassign_on", "auto_renew_off_on"}
SIMULATION = {"precision", "best", "half_width", "deviation", "limit_seconds", "utilisation", "p5", "p50", "p95", "planned"}
MAY_BE_NULL = {
    "termwise-simulation/1": SIMULATION,
    "termwise-comparison/1": {"best", "difference_to_best", "finished_on", "peak", "limit_seconds", "optimal", "against", *SEARCH},
    "termwise-validation/1": {"line", "column"},
    "termwise-planning/1": {"expected", "invite_on", "invited_days_ahead", *SEARCH, *SIMULATION},
    "termwise-explanation/1": {"difference", "invite_on", "reassign_on", "auto_renew_off_on", "reason", "price_from", "price_to", "window_from",
                               "window_to", "remaining", "bound"},
    "termwise-agenda/1": {"plan", "subscription", "breaks", "invite_instead", "reassign_on", "auto_renew_off_on"},
    "termwise-status/1": {"next_due"},
    "termwise-approval/1": {"first_day", "last_day"},
    "termwise-tornado/1": {"seed", "base", "total", "difference", "better", "swing"},
    "termwise-threshold/1": {"seed", "base", "total", "difference", "better"}}
MAY_BE_NEGATIVE = {"termwise-planning/1": {"provisioned_days_ahead"}, "termwise-explanation/1": {"seconds"}}
MAY_BE_LEFT_OUT = {"termwise-binding/1": {"product", "sku", "segment", "offer_id", "licence_sku", "live_id", "all_holders", "users", "route"},
                   "termwise-approval/1": {"supersedes", "migrations", "seats_migrated"}, "termwise-keys/1": {"name"},
                   "termwise-status/1": {"subscription", "why", "in_doubt", "instruction", "choices", "drift"},
                   "termwise-planning/1": {"replanning"}, "termwise-tornado/1": {"gap", "effort"},
                   "termwise-threshold/1": {"gap", "effort"}, "termwise-validation/1": {"nearest", "plan"}}


def paths(value, path=()):
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, path + (key,))
    elif isinstance(value, list) and value:
        yield from paths(value[0], path + (0,))


def changed(document, path, change):
    result = copy.deepcopy(document)
    place = result
    for step in path[:-1]:
        place = place[step]
    change(place, path[-1])
    return result


def shortened(value):
    """Items of a list are like each other: a few are enough to be broken."""
    if isinstance(value, dict):
        return {key: shortened(inner) for key, inner in value.items()}
    return [shortened(inner) for inner in value[:2]] if isinstance(value, list) else value


def broken(document):
    may_be_null = MAY_BE_NULL.get(document["format"], set())
    may_be_negative = MAY_BE_NEGATIVE.get(document["format"], set())
    may_be_left_out = MAY_BE_LEFT_OUT.get(document["format"], set())
    for path, value in paths(document):
        if path:
            if isinstance(path[-1], str) and path[-1] not in may_be_left_out:
                yield path, changed(document, path, lambda place, key: place.pop(key))
            if value is not None and path[-1] not in may_be_null:
                yield path, changed(document, path, lambda place, key: place.__setitem__(key, None))
            if not isinstance(value, list):
                yield path, changed(document, path, lambda place, key: place.__setitem__(key, [[]]))
            if path[-1] not in may_be_negative:
                yield path, changed(document, path, lambda place, key: place.__setitem__(key, -1))
        if isinstance(value, dict):
            yield path, (changed(document, path, lambda place, key: place[key].__setitem__("extra", 1)) if path
                         else {**document, "extra": 1})


def main():
    wrong = 0
    held = collections.Counter()
    validators = {}
    for file in sys.argv[1:]:
        document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        name = document["format"].replace("/", "-")
        if name not in validators:
            validators[name] = published.validator(f"{name}.json")
        validator = validators[name]
        for error in validator.iter_errors(document):
            wrong += 1
            print(f"{file}: {error.json_path}: {error.message:.200}")
        short = shortened(document)
        if not validator.is_valid(short):
            sys.exit(f"{file}: not valid with fewer items in its lists")
        for path, other in broken(short):
            if validator.is_valid(other):
                wrong += 1
                print(f"{file}: valid though broken at {path}")
        held[document["format"]] += 1
    for name, count in sorted(held.items()):
        print(f"{name}: {count} results hold, no broken one does" if not wrong else f"{name}: {count} results")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
