"""Every engine/<layer>/x.cc has a tests/<layer>/x_test.cc, or untested.txt says why not. Tests are not switched off."""

import re

import sources

OFF = re.compile(r"\bDISABLED_\w+|\bGTEST_SKIP\b")


def main():
    granted, breaches = sources.exceptions(sources.ROOT / "tests" / "structure" / "untested.txt")
    paths = sources.files("engine", suffixes=(".cc",))
    for path in paths:
        layer_and_file = path.relative_to(sources.ROOT / "engine")
        test = sources.ROOT / "tests" / layer_and_file.with_name(path.stem + "_test.cc")
        if test.is_file() and sources.name(path) in granted:
            breaches.append(f"tests/structure/untested.txt: {sources.name(path)} has a test: take it off the list")
        if not test.is_file() and sources.name(path) not in granted:
            breaches.append(f"{sources.name(path)}: no test; write {sources.name(test)}, "
                            "or give a reason in tests/structure/untested.txt")
    for path in sources.files("tests", suffixes=(".cc", ".h")):
        for number, line in enumerate(sources.text(path).splitlines(), 1):
            if OFF.search(line):
                breaches.append(f"{sources.name(path)}:{number}: a test that is switched off tests nothing")
    sources.finish(f"{len(paths)} sources", breaches)


if __name__ == "__main__":
    main()
