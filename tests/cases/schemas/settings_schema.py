#!/usr/bin/env python3
"""The published schema of import settings and the program agree: settings_schema.py, with termwise on PATH and the
sources' `scenarios` in the current folder. Prints how many files were judged, or what is judged differently."""

import json
import pathlib
import subprocess
import sys

import published

GOOD = [
    {}, {"name": "Spring"}, {"today": "2023-08-07"}, {"horizon_months": 1}, {"horizon_months": 600}, {"currency": "USD"},
    {"market": "US"}, {"segment": None}, {"perspective": "customer"}, {"customer_ids": "tenant"}, {"relationship": "pending"},
    {"dates": "day-first"}, {"ends": "inclusive"}, {"ineligible": "stay"}, {"seats": "held"}, {"terms": "sold"},
    {"old": {}}, {"old": {"programme": "old-csp", "percent_of_new": "87.5", "prices": []}}, {"old": {"percent_of_new": 90}},
    {"old": {"prices": [{"offer": "Office 365 E3", "per_month": "16.00"}]}}, {"new": {"programme": None, "hold_before": False}},
    {"targets": [{"from": "Intune", "to": "CFQ7TTC0LCH4:0009"}]}, {"x-note": {"any": ["thing"]}},
    {"scenario": {"teams": [{"id": "ops"}], "effort": {"visit": {"minutes": 5}}, "x-note": 1}}, {"scenario": None}]
BAD = [
    {"format": "termwise-import-settings/2"}, {"today": "07.08.2023"}, {"today": "2023-02-29"}, {"horizon_months": 0},
    {"horizon_months": 601}, {"horizon_months": "18"}, {"horizon_months": 1.5}, {"currency": "usd"}, {"market": ""},
    {"segment": 7}, {"perspective": "reseller"}, {"perspectiv": "partner"}, {"customer_ids": "guid"}, {"relationship": True},
    {"dates": "mdy"}, {"ends": "never"}, {"ineligible": "leave_out"}, {"seats": 5}, {"terms": []}, {"old": []},
    {"old": {"percent_of_new": "12.34567"}}, {"old": {"percent_of_new": -1}}, {"old": {"prices": {}}}, {"old": {"extra": 1}},
    {"old": {"prices": [{"offer": "E3"}]}}, {"old": {"prices": [{"offer": "E3", "per_month": 16.5}]}},
    {"old": {"prices": [{"offer": "", "per_month": "16"}]}}, {"new": {"hold_before": "yes"}}, {"new": {"programme": ""}},
    {"targets": [{"from": "E3"}]}, {"targets": [{"from": "E3", "to": 1}]}, {"targets": [None]}, {"scenario": []},
    {"scenario": {"currency": "USD"}}, {"scenario": {"customers": []}}, {"scenario": {"teams": [{}]}},
    {"scenario": {"continuity": "lax"}}]


def main():
    template = json.loads(subprocess.run(["termwise", "import", "settings"], capture_output=True, check=True).stdout)
    example = json.loads(pathlib.Path("scenarios/bam-import/settings.json").read_text(encoding="utf-8"))
    cases = [(fields, True) for fields in (template, example, *GOOD)] + [(fields, False) for fields in BAD]
    sys.exit(published.judge_both("termwise-import-settings-1.json",
                                  [({"format": "termwise-import-settings/1", **fields}, is_good) for fields, is_good in cases], "settings.json",
                                  ["termwise", "import", "prices", "scenarios/bam-import/prices.csv", "--settings", "settings.json", "-o", "catalogue.json"]))


if __name__ == "__main__":
    main()
