"""What the structure tests share: where the sources are, and how breaches are reported."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def files(*folders, suffixes):
    """The files with one of these endings below folders of the top folder, in the order of their paths."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")
             if path.name.endswith(suffixes) and path.is_file() and "__pycache__" not in path.parts]
    return sorted(found)


def name(path):
    return path.relative_to(ROOT).as_posix()


def text(path):
    return path.read_text(encoding="utf-8")


def layers():
    """The declared order: engine/layers.txt."""
    return [line.split()[0] for line in text(ROOT / "engine" / "layers.txt").splitlines()
            if line.strip() and not line.startswith("#")]


def exceptions(path):
    """The exceptions a list grants, path -> reason, and the breaches of the list itself: `PATH  REASON` a line."""
    granted, breaches = {}, []
    for number, line in enumerate(text(path).splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        file, _, reason = line.partition(" ")
        if not reason.strip():
            breaches.append(f"{name(path)}:{number}: {file} is listed without a reason")
        if not (ROOT / file).is_file():
            breaches.append(f"{name(path)}:{number}: there is no {file}")
        granted[file] = reason.strip()
    return granted, breaches


def finish(what, breaches):
    """The end of a test: every breach, or how much was looked at."""
    for breach in breaches:
        print(breach)
    if breaches:
        print(f"{len(breaches)} breaches")
        sys.exit(1)
    print(f"{what}: no breach")
    sys.exit(0)
