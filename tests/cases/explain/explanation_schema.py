#!/usr/bin/env python3
"""The published schema of explanations holds for what the program prints, and for nothing that is broken:
explanation_schema.py RESULT... with the sources' `scenarios` in the current folder. Of every result each field is left
out and made a list in a list, and each object is given a field too many."""

import copy
import json
import pathlib
import sys

import jsonschema

NAME = "termwise-explanation-1.json"


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


def broken(document):
    for path, value in paths(document):
        if path and isinstance(path[-1], str):
            yield path, changed(document, path, lambda place, key: place.pop(key))
            yield path, changed(document, path, lambda place, key: place.__setitem__(key, [[]]))
        if path and isinstance(value, dict):
            yield path, changed(document, path, lambda place, key: place[key].__setitem__("extra", 1))
    yield (), {**document, "extra": 1}


def main():
    schema = json.loads((pathlib.Path("scenarios/schema") / NAME).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    if schema["$id"].rpartition("/")[2] != NAME:
        sys.exit(f"{NAME}: its $id is {schema['$id']}")
    validator = jsonschema.Draft202012Validator(schema)
    wrong = 0
    for file in sys.argv[1:]:
        document = json.loads(pathlib.Path(file).read_text(encoding="utf-8"))
        for error in validator.iter_errors(document):
            wrong += 1
            print(f"{file}: {error.json_path}: {error.message:.200}")
        # Most days are like each other: a few are enough to be broken.
        document["cost_by_day"] = document.get("cost_by_day", [])[:3]
        if document["about"] == "portfolio":
            del document["cost_by_day"]
        for path, other in broken(document):
            if validator.is_valid(other):
                wrong += 1
                print(f"{file}: valid though broken at {path}")
    print(f"{len(sys.argv) - 1} results hold, no broken one does" if not wrong else f"{wrong} differences")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
