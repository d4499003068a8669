"""The top folder has nothing but what it may have; long files have a reason; nothing is left for later."""

import re

import sources

ALLOWED = {"CMakeLists.txt", "engine", "scenarios", "bench", "tests", "tools", "README.md",
           "build"}  # what is built, ignored by git
LONGEST = 500
TEXT = (".h", ".cc", ".py", ".sh", ".cmake", ".txt", ".in", ".js", ".css", ".html", ".case", ".json", ".md")
# In halves, so that this file does not find itself. The last one, in quotes, is a currency code of ISO 4217.
LATER = re.compile(r"\bTO" + r"DO\b|\bFIX" + r"ME\b|(?<!\")\bXX" + r"X\b(?!\")")


def main():
    breaches = []
    for entry in sorted(sources.ROOT.iterdir()):
        if entry.name not in ALLOWED and not entry.name.startswith("."):
            breaches.append(f"{entry.name}: not at the top level (allowed: {', '.join(sorted(ALLOWED))} and dotfiles)")

    granted, list_breaches = sources.exceptions(sources.ROOT / "tests" / "structure" / "long_files.txt")
    breaches += list_breaches
    scripts = [path for folder in ("tools", ".ci") for path in (sources.ROOT / folder).glob("*")
               if path.is_file() and not path.suffix]
    code = sources.files("engine", "tools", suffixes=(".h", ".cc", ".py", ".sh", ".cmake", ".js", ".css", ".html"))
    for path in code + scripts:
        count = sources.text(path).count("\n")
        if count > LONGEST and sources.name(path) not in granted:
            breaches.append(f"{sources.name(path)}: {count} lines; more than {LONGEST} need a reason in "
                            "tests/structure/long_files.txt")
        if count <= LONGEST and sources.name(path) in granted:
            breaches.append(f"tests/structure/long_files.txt: {sources.name(path)} is not long any more")

    texts = sources.files("engine", "tools", "tests", "bench", "scenarios", suffixes=TEXT) + scripts
    for path in texts:
        if "corpus" in path.parts:
            continue  # any bytes
        for number, line in enumerate(path.read_bytes().decode("utf-8", "replace").split("\n"), 1):
            if LATER.search(line):
                breaches.append(f"{sources.name(path)}:{number}: left for later: {line.strip()}")
    sources.finish(f"{len(texts)} files", breaches)


if __name__ == "__main__":
    main()
