#!/usr/bin/env python3
"""The published schema of import settings and the program agree: settings_schema.py, with termwise on PATH and the
sources' `scenarios` in the current folder. Prints how many files were judged, or what is judged differently."""

import json
import pathlib
import subprocess
import sys

import jsonschema

SCHEMAS = pathlib.Path("scenarios/schema")
NAME = "termwise-import-settings-1.json"
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
    texts = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    store = {schema["$id"]: schema for schema in texts.values()}
    jsonschema.Draft202012Validator.check_schema(texts[NAME])
    resolver = jsonschema.RefResolver(texts[NAME]["$id"], texts[NAME], store=store)
    validator = jsonschema.Draft202012Validator(texts[NAME], resolver=resolver)
    template = json.loads(subprocess.run(["termwise", "import", "settings"], capture_output=True, check=True).stdout)
    published = json.loads(pathlib.Path("scenarios/bam-import/settings.json").read_text(encoding="utf-8"))
    wrong = 0
    for fields, is_good in [(f, True) for f in [template, published, *GOOD]] + [(f, False) for f in BAD]:
        document = {"format": "termwise-import-settings/1", **fields}
        pathlib.Path("settings.json").write_text(json.dumps(document), encoding="utf-8")
        run = subprocess.run(["termwise", "import", "prices", "scenarios/bam-import/prices.csv", "--settings", "settings.json",
                              "-o", "catalogue.json"], capture_output=True, check=False)
        for judge, verdict in (("the schema", validator.is_valid(document)), ("the program", run.returncode == 0)):
            if verdict != is_good:
                wrong += 1
                print(f"{judge} {'refuses' if is_good else 'accepts'} {json.dumps(fields)} {run.stderr.decode()}")
    print(f"{2 + len(GOOD) + len(BAD)} files judged" if not wrong else f"{wrong} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
