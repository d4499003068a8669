#!/usr/bin/env python3
"""The published schemas, the tables of the test corpus and the program agree on what is well-formed.

    schema_test.py                    (a) the schemas are valid JSON Schema 2020-12
                                      (b) every scenario, included part, plan and score in the repository's examples is valid
                                      (c) every file of the corpus is judged by the schemas as the corpus says,
                                          and every rule of form in the schemas is broken by some file
    schema_test.py --program PATH     (d) every file of the corpus is judged by `PATH validate FILE... --json` in the same way,
                                          and an error names the place that was mutated; what `PATH score --json` prints is valid

Needs jsonschema (Debian: python3-jsonschema). Where the reader is stricter than JSON Schema can say is in `read` and `STRICT` below.
"""

import argparse
import concurrent.futures
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import make_corpus

try:
    import jsonschema
    from jsonschema import validators
except ImportError:
    sys.exit("this test needs jsonschema: apt install python3-jsonschema, and run it with that python3")

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "scenarios" / "schema"
FILES = {"scenario": "termwise-scenario-1.json", "part": "termwise-scenario-part-1.json", "plan": "termwise-plan-1.json", "score": "termwise-score-1.json"}
MAX_DEPTH = 32
ACCEPTED, REFUSED = (0, 3), (1,)     # exit statuses (M8)


# ---------------------------------------------------------------------------------------------------------------
# What a reader has to do before a schema can judge, and two things that JSON Schema says differently

class Unreadable(Exception):
    pass


def read(data):
    """Bytes to a document, as strictly as termwise reads: UTF-8, a byte order mark allowed, no field twice, no deep towers."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8: {error}") from None
    text = text.removeprefix("\ufeff")
    depth = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > MAX_DEPTH:
            raise Unreadable(f"nested deeper than {MAX_DEPTH}")

    def once(pairs):
        names = [name for name, _ in pairs if not name.startswith("x-")]
        if len(names) != len(set(names)):
            raise Unreadable("a field twice in one object")
        return dict(pairs)

    def no_constant(word):
        raise Unreadable(f"{word} is not JSON")

    try:
        document = json.loads(text, object_pairs_hook=once, parse_constant=no_constant)
        json.dumps(document, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        raise Unreadable("half of a surrogate pair") from None
    except ValueError as error:
        raise Unreadable(str(error)) from None
    return document


def pattern(validator, expression, value, schema):
    """As ECMA 262 has it: `$` is the very end, not also before a last newline as in Python."""
    if validator.is_type(value, "string") and not re.search(expression.replace("$", r"\Z"), value):
        yield jsonschema.ValidationError(f"{value!r} does not match {expression!r}")


PLAIN = validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern})

# To JSON Schema 240.0 and 1e2 are integers. To termwise a whole number is written without point and exponent (M0.3).
STRICT = validators.extend(PLAIN, type_checker=PLAIN.TYPE_CHECKER.redefine(
    "integer", lambda _, value: isinstance(value, int) and not isinstance(value, bool)))


class Schemas:
    def __init__(self):
        self.texts = {name: json.loads((SCHEMAS / name).read_text(encoding="utf-8")) for name in FILES.values()}
        self.store = {schema["$id"]: schema for schema in self.texts.values()}

    def validator(self, kind, validator_class=STRICT):
        schema = self.texts[FILES[kind]]
        return validator_class(schema, resolver=jsonschema.RefResolver(schema["$id"], schema, store=self.store, handlers={"https": not_published}))


def not_published(url):
    """Nothing is fetched."""
    raise jsonschema.RefResolutionError(f"{url} is no schema of ours")


# ---------------------------------------------------------------------------------------------------------------
# (a), (b)

def check_schemas(schemas, fail):
    for name, schema in schemas.texts.items():
        try:
            jsonschema.Draft202012Validator.check_schema(schema)
        except jsonschema.SchemaError as error:
            fail(f"{name}: {error.message}")
        if schema["$id"].rpartition("/")[2] != name:
            fail(f"{name}: its $id is {schema['$id']}")


def check_examples(schemas, roots, fail):
    """Every file below `roots` of a format that has a schema. One that does not say its format is a part of a scenario."""
    kinds = {"termwise-scenario/1": "scenario", "termwise-plan/1": "plan", "termwise-score/1": "score"}
    documents, included = {}, set()
    for root in roots:
        for path in sorted(root.rglob("*.json")):
            if SCHEMAS in path.parents:
                continue
            try:
                document = read(path.read_bytes())
            except Unreadable as error:
                fail(f"{path}: {error}")
                continue
            documents[path.resolve()] = document
            if isinstance(document, dict):
                included.update((path.parent / other).resolve() for other in document.get("include") or [])
    counts = dict.fromkeys(FILES, 0)
    for path, document in documents.items():
        name = document.get("format") if isinstance(document, dict) else None
        kind = "part" if path in included or name is None else kinds.get(name)
        if kind is None:
            continue
        counts[kind] += 1
        for error in schemas.validator(kind).iter_errors(document):
            fail(f"{path}: {error.json_path}: {error.message}")
    print("examples:", ", ".join(f"{count} {kind}s" for kind, count in counts.items()))


# ---------------------------------------------------------------------------------------------------------------
# (c)

COMPONENTS = ["old_charges", "new_charges", "fees", "refunds", "liability", "terminal_credit", "labour", "disruption", "gap"]


def check_corpus(schemas, cases, fail):
    broken = set()
    plain_class = recording(PLAIN, broken)
    plain = {kind: schemas.validator(kind, plain_class) for kind in ("scenario", "plan", "part")}
    strict = {kind: schemas.validator(kind, STRICT) for kind in ("scenario", "plan", "part")}
    for case in cases:
        try:
            document = read(case.data)
        except Unreadable as error:
            if case.beyond != make_corpus.TEXT:
                fail(f"{case.path} ({case.why}): {error}")
            continue
        if case.beyond == make_corpus.TEXT:
            fail(f"{case.path} ({case.why}): is read without complaint")
        elif case.good or case.beyond == make_corpus.MEANING:
            for error in strict[case.kind].iter_errors(document):
                fail(f"{case.path} ({case.why}): {error.json_path}: {error.message:.200}")
        elif case.beyond == make_corpus.NUMBER:
            for error in plain[case.kind].iter_errors(document):
                fail(f"{case.path} ({case.why}): {error.json_path}: {error.message:.200}")
            if strict[case.kind].is_valid(document):
                fail(f"{case.path} ({case.why}): has no decimal number where a whole one belongs")
        elif not list(plain[case.kind].iter_errors(document)):
            fail(f"{case.path} ({case.why}): is valid")
    check_score_corpus(schemas, recording(PLAIN, broken), fail)
    rules = rules_of_form(schemas)
    for place in sorted(place for rule, place in rules.items() if rule not in broken):
        fail(f"no file of the corpus breaks {place}")
    print(f"corpus: {len(cases)} files, {sum(case.good for case in cases)} of them good; they break each of {len(rules)} rules of form")


def check_score_corpus(schemas, validator_class, fail):
    """The same for scores, which no program reads: each field left out or wrong, each object with one too many."""
    validator = schemas.validator("score", validator_class)
    text = (make_corpus.BASE / "score.json").read_text(encoding="utf-8")
    for error in validator.iter_errors(json.loads(text)):
        fail(f"base/score.json: {error.json_path}: {error.message}")
    wrong = {"format": ["termwise-score/2"], "currency": ["usd"], "total": ["-0", "-0.00", "+1", "1."], "feasible": ["yes"], "forfeited": ["-1.00"],
             "overlap_days": [-1, 0.5], "gap_days": [-1], "rule": ["overspent"], "at": ["", 1], "message": ["", 1], "id": ["", 1], "month": ["2026-13", 1],
             "cash": ["1.00000"], **{name: [12.5, "-1.00"] for name in COMPONENTS}}

    def broken_copies(here, document):
        if isinstance(here, dict):
            here["extra"] = 1
            yield document
            del here["extra"]
            for key in list(here):
                value = here.pop(key)
                yield document
                for instead in [None, *wrong.get(key, [])]:
                    here[key] = instead
                    yield document
                here[key] = value
                yield from broken_copies(value, document)
        elif isinstance(here, list):
            yield from broken_copies(here[0], document)
            kept, here[0] = here[0], None
            yield document
            here[0] = kept

    document = json.loads(text)
    for copy in broken_copies(document, document):
        if not list(validator.iter_errors(copy)):
            fail(f"score is valid: {json.dumps(copy)[:400]}")
    if not list(validator.iter_errors([])):
        fail("an empty list is a valid score")


def recording(validator_class, broken):
    """A validator that notes which keyword of which schema refused something."""
    def noting(keyword, check):
        def checks(validator, value, instance, schema):
            for error in check(validator, value, instance, schema) or ():
                broken.add((id(schema), keyword))
                yield error
        return checks
    return validators.extend(validator_class, {keyword: noting(keyword, check) for keyword, check in validator_class.VALIDATORS.items()})


def rules_of_form(schemas):
    """Every keyword of the schemas that can refuse a file by itself: (id of its schema, keyword) to its place."""
    asserting = {"type", "enum", "const", "pattern", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
                 "minItems", "uniqueItems", "required", "additionalProperties", "anyOf", "oneOf", "not"}
    found = {}

    def walk(schema, place):
        for key, value in schema.items() if isinstance(schema, dict) else ():
            if key in asserting:
                found[id(schema), key] = f"{place}/{key}"
            if key in ("properties", "$defs"):
                for name, inner in value.items():
                    walk(inner, f"{place}/{key}/{name}")
            elif key == "allOf":
                for index, inner in enumerate(value):
                    walk(inner, f"{place}/{key}/{index}")
            elif key in ("items", "then", "else"):
                walk(value, f"{place}/{key}")

    for name, schema in schemas.texts.items():
        walk(schema, f"{name}#")
    return found


# ---------------------------------------------------------------------------------------------------------------
# (d)

def names_the_place(case, report):
    """What is wrong with the report about a bad file, or None. `report` is what `validate --json` printed (termwise-validation/1)."""
    errors = report.get("errors")
    if not errors:
        return "no error is reported"
    for error in errors:
        lacking = [key for key in ("rule", "file", "line", "column", "pointer", "message") if key not in error]
        if lacking:
            return f"an error has no {', '.join(lacking)}"
        if not (isinstance(error["line"], int) and error["line"] >= 1 and isinstance(error["column"], int) and error["column"] >= 1):
            return f"an error is at line {error['line']}, column {error['column']}"
    named = {error["pointer"] for error in errors if pathlib.PurePath(error["file"]).name == f"{case.name}.json"}
    if case.at is not None:
        if not any(pointer in case.at or case.below and any(pointer.startswith(place + "/") for place in case.at) for pointer in named):
            return f"no error names {case.at[0] or 'the document'}; they name {sorted(named)[:5]}"
    if not set(case.each or ()) <= named:
        return f"no error names {sorted(set(case.each) - named)}"
    if case.nearest is not None and case.nearest not in [error.get("nearest") for error in errors]:
        return f"no error suggests {case.nearest}; they suggest {[error.get('nearest') for error in errors]}"
    return None


def program_complaint(program, directory, case):
    """What the program does wrong with a file of the corpus, or None."""
    files = {"scenario": [case.path], "plan": ["base/plan-scenario.json", case.path], "part": [make_corpus.host_of(case)]}[case.kind]
    try:
        run = subprocess.run([program, "validate", *files, "--json"], cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return "does not come to an end"
    said = run.stderr.decode(errors="replace").strip().splitlines()[:3]
    if run.returncode not in ACCEPTED + REFUSED:
        return f"ends with status {run.returncode}: {said}"
    if case.good:
        return None if run.returncode in ACCEPTED else f"is refused: {run.stdout.decode(errors='replace')[:600]} {said}"
    if run.returncode in ACCEPTED:
        return "is accepted"
    try:
        report = json.loads(run.stdout)
    except ValueError as error:
        return f"the report is no JSON ({error}): {run.stdout[:200]}"
    return names_the_place(case, report)


def check_scores(schemas, program, directory, fail):
    """What the program prints for good files, against the schema of scores."""
    files = [make_corpus.BASE / "plan-scenario.json", make_corpus.BASE / "plan.json"]
    run = subprocess.run([program, "score", *files, "--json"], cwd=directory, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
    try:
        for error in schemas.validator("score").iter_errors(read(run.stdout)):
            fail(f"score --json: {error.json_path}: {error.message}")
    except Unreadable as error:
        fail(f"score --json: {error}: {run.stderr[:400]}")


def check_program(program, cases, directory, fail):
    make_corpus.write(cases, directory)
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        complaints = pool.map(lambda case: program_complaint(program, directory, case), cases)
        for case, complaint in zip(cases, complaints):
            if complaint:
                fail(f"{case.path} ({case.why}): {complaint}")
    print(f"program: {len(cases)} files judged, in {directory}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", help="the termwise to test")
    parser.add_argument("--examples", action="append", type=pathlib.Path, help="a directory of good files (default: scenarios and tests/conformance)")
    parser.add_argument("--corpus", type=pathlib.Path, help="where to write the corpus (default: a temporary directory)")
    parser.add_argument("--seed", type=int, default=1, help="for which bad values and places are tried")
    parser.add_argument("--only", default="", help="only files whose path contains this")
    arguments = parser.parse_args()

    failures = []

    def fail(message):
        failures.append(message)
        print("FAILED", message)

    schemas = Schemas()
    cases = [case for case in make_corpus.cases(arguments.seed) if arguments.only in case.path]
    if arguments.program:
        program = str(pathlib.Path(arguments.program).resolve())
        with contextlib.ExitStack() as stack:
            directory = arguments.corpus or stack.enter_context(tempfile.TemporaryDirectory())
            check_program(program, cases, directory, fail)
            check_scores(schemas, program, directory, fail)
    else:
        check_schemas(schemas, fail)
        roots = arguments.examples or [path for path in (ROOT / "scenarios", ROOT / "tests" / "conformance") if path.is_dir()]
        check_examples(schemas, roots, fail)
        check_corpus(schemas, cases, fail)
    print(f"{len(failures)} failures" if failures else "all as expected")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
