#!/usr/bin/env python3
"""The published schema of profiles and the program agree: profile_schema.py, with termwise on PATH and the sources'
`scenarios` in the current folder. Prints how many files were judged, or what is judged differently."""

import copy
import json
import pathlib
import subprocess
import sys

import published

# Each sets one field of the default profile; LEFT_OUT takes it away.
LEFT_OUT = object()
GOOD = [
    ("subscriptions", [{"from": 1, "to": 50}]), ("seats", [{"from": 7, "to": 7, "weight": None}]), ("add_ons", None), ("add_ons", []),
    ("term_ends", LEFT_OUT), ("term_ends", {"first_day": 1, "last_day": 3660}), ("monthly_billing_percent", 0), ("auto_renew_percent", 100),
    ("active_percent", None), ("demand", {}), ("demand", None), ("blackouts", {"days": 1}), ("deadlines", {"day": 3660, "percent": 100}),
    ("capacity", None), ("capacity", [{"team": "workplace", "load_percent": 50, "least_minutes": 480, "in_time": True}]),
    ("capacity", [{"team": "workplace", "load_percent": 1000}]), ("x-anything", [1])]
BAD = [
    ("format", "termwise-profile/2"), ("format", LEFT_OUT), ("subscriptions", []), ("subscriptions", [{"from": 0, "to": 1}]),
    ("subscriptions", [{"from": 1, "to": 51}]), ("subscriptions", LEFT_OUT), ("seats", [{"from": 1}]), ("seats", [{"from": 1, "to": 1.5}]),
    ("seats", [{"from": 1, "to": 2, "weight": -1}]), ("offers", []), ("offers", [{"weight": 1}]), ("offers", [{"offer": "bs-open", "term": "1Y"}]),
    ("add_ons", {}), ("add_ons", [{"offer": "visio-open", "parents": [], "percent": 1, "seats_percent": 1}]),
    ("add_ons", [{"offer": "visio-open", "parents": ["o365-e3-open"], "percent": 101, "seats_percent": 1}]), ("term_ends", {"first": 1}),
    ("term_ends", {"last_day": 0}), ("monthly_billing_percent", "30"), ("auto_renew_percent", 101), ("active_percent", -1), ("demand", []),
    ("blackouts", {"percent": 5}), ("deadlines", {"percent": 5}), ("deadlines", {"day": 0}), ("capacity", [{"team": "workplace"}]),
    ("capacity", [{"team": "workplace", "load_percent": 0}]), ("capacity", [{"team": "workplace", "load_percent": 1, "in_time": 1}]),
    ("capacity", [{"team": "workplace", "load_percent": 1, "least_minutes": -1}]), ("scenario", LEFT_OUT), ("scenario", {}), ("scenario", {"customers": []}),
    ("unknown", 1)]


def main():
    default = json.loads(subprocess.run(["termwise", "generate", "--print-profile"], capture_output=True, check=True).stdout)
    benchmark = json.loads(pathlib.Path("scenarios/profiles/benchmark.json").read_text(encoding="utf-8"))
    cases = [(default, True), (benchmark, True)]
    for changes, is_good in ((GOOD, True), (BAD, False)):
        for field, value in changes:
            changed = copy.deepcopy(default)
            if value is LEFT_OUT:
                del changed[field]
            else:
                changed[field] = value
            cases.append((changed, is_good))
    sys.exit(published.judge_both("termwise-profile-1.json", cases, "profile.json",
                                  ["termwise", "generate", "--customers", "1", "--seed", "1", "--profile", "profile.json", "-o", "judged.json"]))


if __name__ == "__main__":
    main()
