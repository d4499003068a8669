"""Rule sets and price catalogues are complete: every era has its rules, and whatever is stated says where it comes from.

A rule set gives each programme an `x-name`, an `x-era` and a list `x-source`. A catalogue gives each price row an
`x-confidence` and an `x-source` that names sources of its `x-sources`, each with its date. A row that nothing vouches for
(confidence U) names the source `none`, and no other row does.
"""

import json
import re

import sources

# The eras for which there are rules: rewritten here on purpose, so that a file that goes missing is noticed.
ERAS = ("open", "open-value", "direct-mosp-2012-first", "direct-mosp-2012-later", "old-csp", "nce-2022-01", "nce-2022-03-18",
        "nce-2025-04-01", "nce-2026-05-04")
CONFIDENCES = ("A", "B", "C", "U", "derived")


def check_rules(path, content, breaches, seen):
    for programme in content.get("programmes", []):
        at = f"{sources.name(path)}: {programme.get('id')}"
        seen.append(programme.get("id"))
        for field in ("x-name", "x-era"):
            if not programme.get(field):
                breaches.append(f"{at}: no {field}")
        stated = programme.get("x-source")
        if not isinstance(stated, list) or not stated or not all(isinstance(s, str) and s.strip() for s in stated):
            breaches.append(f"{at}: x-source is no list of sources")


def check_prices(path, content, breaches):
    known = content.get("x-sources", {})
    rows = 0
    for offer in content.get("offers", []):
        for row in offer["prices"]:
            rows += 1
            at = f"{sources.name(path)}: {offer['id']} {row['term']}/{row['billing']}"
            if row.get("x-confidence") not in CONFIDENCES:
                breaches.append(f"{at}: x-confidence is {row.get('x-confidence')!r}, not one of {', '.join(CONFIDENCES)}")
            words = re.findall(r"[a-z][a-z0-9-]+", row.get("x-source", ""))
            named = [word for word in words if word in known]
            if not named:
                breaches.append(f"{at}: x-source names none of the catalogue's x-sources")
            if (row.get("x-confidence") == "U") != ("none" in named):
                breaches.append(f"{at}: confidence U and the source none belong together")
    for source, where in known.items():
        if source != "none" and not re.search(r"\((20\d\d(-\d\d)?|no date)\)$", where):
            breaches.append(f"{sources.name(path)}: x-sources/{source} does not end in its date, (2026-05), or (no date)")
    return rows


def main():
    breaches, seen, rows = [], [], 0
    for path in sources.files("scenarios/rules", suffixes=(".json",)):
        check_rules(path, json.loads(sources.text(path)), breaches, seen)
    for path in sources.files("scenarios/catalogues", suffixes=(".json",)):
        rows += check_prices(path, json.loads(sources.text(path)), breaches)
    breaches += [f"scenarios/rules: no programme {era}" for era in ERAS if era not in seen]
    breaches += [f"scenarios/rules: programme {era} stands in two files" for era in sorted(set(seen))
                 if seen.count(era) > 1]
    sources.finish(f"{len(seen)} programmes, {rows} prices", breaches)


if __name__ == "__main__":
    main()
