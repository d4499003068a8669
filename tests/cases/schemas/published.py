"""The published schemas, as a story has them: `scenarios` lies in the current folder, `termwise` on PATH."""

import json
import pathlib
import subprocess
import sys

import jsonschema

SCHEMAS = pathlib.Path("scenarios/schema")


def validator(name):
    """For the schema in file `name`, which is checked itself. Nothing is fetched."""
    texts = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    schema = texts[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    if schema["$id"].rpartition("/")[2] != name:
        sys.exit(f"{name}: its $id is {schema['$id']}")
    store = {text["$id"]: text for text in texts.values()}
    return jsonschema.Draft202012Validator(schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=store))


def judge_both(name, cases, file, command):
    """Every document of `cases`, pairs with whether it is good, by the schema and by the program, which `command` has read
    it from `file`. Prints how many were judged or what is judged differently; the exit status."""
    schema = validator(name)
    wrong = 0
    for document, is_good in cases:
        pathlib.Path(file).write_text(json.dumps(document), encoding="utf-8")
        run = subprocess.run(command, capture_output=True, check=False)
        for judge, verdict in (("the schema", schema.is_valid(document)), ("the program", run.returncode == 0)):
            if verdict != is_good:
                wrong += 1
                print(f"{judge} {'refuses' if is_good else 'accepts'} {json.dumps(document)} {run.stderr.decode()}")
    print(f"{len(cases)} files judged" if not wrong else f"{wrong} differences")
    return 1 if wrong else 0
