#!/usr/bin/env python3
"""Runs text stories (*.case) and the `console` examples of Markdown pages. README.md beside this file is the format.

    run_case.py [--program PATH] FILE.case...           compare, print what differs
    run_case.py [--program PATH] --markdown PAGE.md...  the same for the examples of a page
    run_case.py --update [...]                          write what the program prints into the files

The exit status is 0 if everything was as expected, 1 if not, 2 if a file cannot be read as a story.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ANY_LINES = object()  # a line `...`: any number of lines
ANYTHING = "<*>"
NO_NEWLINE = "\\c"  # the output does not end with a newline
COMMAND_SECONDS = 540  # below CTest's limit, so that a hung command is named
CONTEXT_LINES = 3
ALIGNMENT_LIMIT = 4_000_000  # cells; beyond it two texts are too different to be worth aligning


class StoryError(Exception):
    """The file is not a story."""


@dataclass
class Expected:
    """A line that is expected: what it matches, and how the story writes it (without `! `)."""

    pattern: object  # str: exactly this; re.Pattern; ANY_LINES
    source: str

    def matches(self, line):
        if isinstance(self.pattern, str):
            return self.pattern == line
        return self.pattern is not ANY_LINES and self.pattern.fullmatch(line) is not None


@dataclass
class Block:
    """A command and what it should do."""

    line: int
    lead: list  # blank lines and comments above the command, as they stand
    command_lines: list  # as they stand
    command: str
    body: list = field(default_factory=list)  # as it stands
    stdout: list = field(default_factory=list)
    stderr: list = field(default_factory=list)
    status: int = 0
    names_status: bool = False
    names_stderr: bool = False


@dataclass
class Story:
    blocks: list
    tail: list  # blank lines and comments below the last block


# ---------------------------------------------------------------------------------------------- reading a story


def expected_line(text):
    if text == "...":
        return Expected(ANY_LINES, text)
    literal = text[1:] if text.startswith("\\") and text != NO_NEWLINE else text
    if ANYTHING in literal:
        return Expected(re.compile(".*".join(map(re.escape, literal.split(ANYTHING))), re.DOTALL), text)
    return Expected(literal, text)


def is_layout(line):
    return not line.strip() or line.startswith("#")


def read_command(lines, start):
    """The command that starts at lines[start]: its text, and the index after it."""
    parts = [lines[start][2:]]
    end = start + 1
    while end < len(lines):
        if lines[end] == ">" or lines[end].startswith("> "):
            parts.append(lines[end][2:])
        elif parts[-1].endswith("\\"):
            parts.append(lines[end])
        else:
            break
        end += 1
    return "\n".join(parts), end


def read_body(block, where):
    for number, line in enumerate(block.body, block.line + len(block.command_lines)):
        if line == "!" or line.startswith("! "):
            block.names_stderr = True
            block.stderr.append(expected_line(line[2:]))
        elif line.startswith("? "):
            if block.names_status or not line[2:].strip().isdigit():
                raise StoryError(f"{where}:{number}: one line `? STATUS` a command, STATUS a number")
            block.names_status = True
            block.status = int(line[2:])
        elif line.startswith("#"):
            raise StoryError(f"{where}:{number}: a comment inside expected output; "
                             "write `\\#...` if the program prints it")
        else:
            block.stdout.append(expected_line(line))


def read_story(lines, where, first_line=1):
    blocks, lead, at = [], [], 0
    while at < len(lines):
        line = lines[at]
        if not line.startswith("$ "):
            if not is_layout(line):
                raise StoryError(f"{where}:{first_line + at}: expected a comment or a command `$ ...`")
            lead.append(line)
            at += 1
            continue
        command, end = read_command(lines, at)
        block = Block(first_line + at, lead, lines[at:end], command)
        stop = end
        while stop < len(lines) and not lines[stop].startswith("$ "):
            stop += 1
        # Blank lines and comments between a command's output and the next command belong to neither.
        body_end = stop
        while body_end > end and is_layout(lines[body_end - 1]):
            body_end -= 1
        block.body = lines[end:body_end]
        read_body(block, where)
        blocks.append(block)
        lead = lines[body_end:stop]
        at = stop
    return Story(blocks, lead)


# ---------------------------------------------------------------------------------------------- comparing


def output_lines(text):
    """The lines of an output; a last line that is not ended is followed by the mark for that."""
    if not text:
        return []
    lines = text.split("\n")
    if lines[-1] == "":
        return lines[:-1]
    return lines + [NO_NEWLINE]


def align(expected, actual):
    """The cheapest way from one to the other: [(op, i, j)], op one of
    "=" line i matches line j, "-" i is not there, "+" j is not expected, "*" the `...` at i takes j, "." it ends.
    """
    start = 0
    while start < min(len(expected), len(actual)) and expected[start].matches(actual[start]):
        start += 1
    rows, columns = len(expected) - start, len(actual) - start
    head = [("=", k, k) for k in range(start)]
    if rows * columns > ALIGNMENT_LIMIT:
        return (head + [("-", start + i, None) for i in range(rows)] +
                [("+", None, start + j) for j in range(columns)])

    # cost[i][j]: what is left to do when i expected and j actual lines are used up. Of two ways with as many edits the
    # one with more lines that match is better: a `...` would rather swallow nothing.
    edit, match = rows + columns + 1, -1
    cost = [[0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            if i == rows:
                cost[i][j] = edit * (columns - j)
            elif expected[start + i].pattern is ANY_LINES:
                cost[i][j] = min(cost[i + 1][j : j + 1] + cost[i][j + 1 : j + 2])
            elif j == columns:
                cost[i][j] = edit + cost[i + 1][j]
            elif expected[start + i].matches(actual[start + j]):
                cost[i][j] = match + cost[i + 1][j + 1]
            else:
                cost[i][j] = edit + min(cost[i + 1][j], cost[i][j + 1])

    steps, i, j = head, 0, 0
    while i < rows or j < columns:
        if i < rows and expected[start + i].pattern is ANY_LINES:
            if cost[i][j] == cost[i + 1][j]:
                steps.append((".", start + i, None))
                i += 1
            else:
                steps.append(("*", start + i, start + j))
                j += 1
        elif i < rows and j < columns and expected[start + i].matches(actual[start + j]):
            steps.append(("=", start + i, start + j))
            i, j = i + 1, j + 1
        elif i < rows and (j == columns or cost[i][j] == edit + cost[i + 1][j]):
            steps.append(("-", start + i, None))
            i += 1
        else:
            steps.append(("+", None, start + j))
            j += 1
    return steps


def same(steps):
    return all(op in "=*." for op, _, _ in steps)


def unified_diff(name, expected, actual, steps):
    """As `diff -u` writes it; lines that a wildcard matched stand as the program printed them."""
    rows, old, new = [], 1, 1
    for op, i, j in steps:
        if op == ".":
            continue
        rows.append((op, old, new, expected[i].source if op == "-" else actual[j]))
        old += op != "+"
        new += op != "-"
    changed = [k for k, row in enumerate(rows) if row[0] in "-+"]
    keep = sorted({k for c in changed for k in range(c - CONTEXT_LINES, c + CONTEXT_LINES + 1) if 0 <= k < len(rows)})
    hunks = []
    for k in keep:
        if hunks and hunks[-1][-1] == k - 1:
            hunks[-1].append(k)
        else:
            hunks.append([k])
    lines = [f"--- {name}, expected", f"+++ {name}, actual"]
    for hunk in hunks:
        part = [rows[k] for k in hunk]
        olds, news = sum(row[0] != "+" for row in part), sum(row[0] != "-" for row in part)
        lines.append(f"@@ -{part[0][1]},{olds} +{part[0][2]},{news} @@")
        lines += [(row[0] if row[0] in "-+" else " ") + row[3] for row in part]
    return lines


# ---------------------------------------------------------------------------------------------- running


def environment(sandbox):
    """The same for everyone who runs a story; of the caller's, only what the program may need to start at all."""
    env = {"PATH": f"{sandbox / '.bin'}:/usr/local/bin:/usr/bin:/bin", "HOME": str(sandbox), "PWD": str(sandbox),
           "LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "100", "TERM": "dumb",
           # A sanitizer's complaint must not pass for one of the program's own exit statuses.
           "ASAN_OPTIONS": "exitcode=99", "UBSAN_OPTIONS": "exitcode=99:print_stacktrace=1",
           "LSAN_OPTIONS": "exitcode=99", "TSAN_OPTIONS": "exitcode=99"}
    for name, value in os.environ.items():
        if name in ("LD_LIBRARY_PATH", "TMPDIR") or name.endswith("SAN_OPTIONS") or name == "ASAN_SYMBOLIZER_PATH":
            env[name] = value
    return env


def make_sandbox(sandbox, root, program, markdown):
    """A story sees `scenarios` and `cases`; a page's examples the whole top folder, with the program where a built
    checkout has it. Links, so a command must not write into them."""
    (sandbox / ".bin").mkdir()
    (sandbox / ".bin" / "termwise").symlink_to(program)
    if not markdown:
        for name, target in (("scenarios", root / "scenarios"), ("cases", root / "tests" / "cases")):
            (sandbox / name).symlink_to(target)
        return
    for entry in root.iterdir():
        if entry.name not in (".git", "build", "tools"):
            (sandbox / entry.name).symlink_to(entry)
    for folder in ("tools", "build/release"):
        (sandbox / folder).mkdir(parents=True)
        (sandbox / folder / "termwise").symlink_to(program)
    for entry in (root / "tools").iterdir():
        if entry.name != "termwise":
            (sandbox / "tools" / entry.name).symlink_to(entry)


def run(command, sandbox, merge):
    """stdout, stderr and exit status of a shell command."""
    with subprocess.Popen(["/bin/sh", "-c", command], cwd=sandbox, env=environment(sandbox), stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT if merge else subprocess.PIPE,
                          start_new_session=True) as process:
        try:
            stdout, stderr = process.communicate(timeout=COMMAND_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            stdout, stderr = process.communicate()
            stderr = (stderr or b"") + f"killed after {COMMAND_SECONDS} seconds\n".encode()
    status = process.returncode if process.returncode >= 0 else 128 - process.returncode
    return (stdout.decode("utf-8", "backslashreplace"), (stderr or b"").decode("utf-8", "backslashreplace"), status)


# ---------------------------------------------------------------------------------------------- updating


def written(line, first):
    """An output line as a story writes it; directly below a command a line `> ` would go on with the command."""
    special = (line.startswith(("\\", "#", "! ", "? ", "$ ")) or line in ("!", "...") or
               (first and line.startswith(">")))
    return "\\" + line if special and line != NO_NEWLINE else line


def updated_lines(expected, actual, steps, stream):
    """The actual lines, but as the story has them where it still matches: wildcards stay."""
    lines = []
    for op, i, j in steps:
        if op in "=.":
            lines.append(expected[i].source)
        elif op == "+":
            lines.append(written(actual[j], stream == "stdout" and not lines))
    return lines


def updated_body(block, stdout_lines, stderr_lines, status):
    body = list(stdout_lines)
    if body and not body[-1].strip() and not stderr_lines and not status and not block.names_status:
        body[-1] = "\\" + body[-1]  # a blank line at the end would be taken for layout
    body += [f"! {line}" if line else "!" for line in stderr_lines]
    if status or block.names_status:
        body.append(f"? {status}")
    return body


# ---------------------------------------------------------------------------------------------- a file


def check_block(block, where, sandbox, markdown, update):
    """The differences as lines of text; with update, the block's body is what the program did."""
    merge = markdown and not block.names_stderr  # a terminal shows both as one
    stdout, stderr, status = run(block.command, sandbox, merge)
    report, parts = [], []
    for name, expected, text in (("stdout", block.stdout, stdout), ("stderr", block.stderr, stderr)):
        actual = output_lines(text)
        steps = align(expected, actual)
        parts.append(updated_lines(expected, actual, steps, name))
        if not same(steps):
            report += unified_diff("output" if merge else name, expected, actual, steps)
    if status != block.status:
        if not report and not update:  # nothing differs so far, so a wildcard may hide the reason
            report += [f"stderr: {line}" for line in stderr.splitlines()]
        report.append(f"exit status {status}, expected {block.status}")
    if report and update:
        block.body = updated_body(block, parts[0], parts[1], status)
    if report:
        report.insert(0, f"{where}:{block.line}: $ {block.command}")
    return report


def write_whole(path, text):
    """Never half a file, and the mode it had."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
        stream.write(text)
    shutil.copymode(path, temporary)
    os.replace(temporary, path)


def stories_of(lines, where, markdown):
    """[(index after the last line, indent, story)] and the index of its first line: a .case file is one story, a
    page one per `console` fence."""
    if not markdown:
        return [(0, len(lines), "", read_story(lines, where))]
    found, at = [], 0
    while at < len(lines):
        fence = re.fullmatch(r"( *)(```+|~~~+) *(\S*).*", lines[at])
        at += 1
        if not fence:
            continue
        indent, marks, language = fence.groups()
        start = at
        while at < len(lines) and not re.fullmatch(r" *" + marks[0] + "{" + str(len(marks)) + r",}\s*", lines[at]):
            at += 1
        if language == "console":
            inside = [line.removeprefix(indent) for line in lines[start:at]]
            found.append((start, at, indent, read_story(inside, where, start + 1)))
        at += 1
    return found


def check_file(path, root, program, markdown, update):
    """Number of commands, and the report of those that did something else."""
    with open(path, encoding="utf-8", newline="") as stream:
        text = stream.read()
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    where = os.path.relpath(path, root)
    stories = stories_of(lines, where, markdown)
    commands = sum(len(story.blocks) for _, _, _, story in stories)
    if not commands:
        raise StoryError(f"{where}: no command in it")

    reports = []
    sandbox = Path(tempfile.mkdtemp(prefix="termwise-case-")).resolve()
    try:
        make_sandbox(sandbox, root, program, markdown)
        for _, _, _, story in stories:
            for block in story.blocks:
                report = check_block(block, where, sandbox, markdown, update)
                if report:
                    reports.append(report)
    finally:
        shutil.rmtree(sandbox, ignore_errors=True)

    if reports and update:
        for start, end, indent, story in reversed(stories):
            fresh = [line for block in story.blocks for line in block.lead + block.command_lines + block.body]
            lines[start:end] = [indent + line if line else line for line in fresh + story.tail]
        write_whole(path, "\n".join(lines) + "\n")
    return commands, reports


def main():
    parser = argparse.ArgumentParser(description="Runs text stories and the examples of Markdown pages.")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--program", type=Path, help="the built program (default: build/release/termwise)")
    parser.add_argument("--root", type=Path, help="the top folder of the sources (default: where this script is)")
    parser.add_argument("--markdown", action="store_true", help="the files are pages with ```console blocks")
    parser.add_argument("--update", action="store_true", help="write what the program does into the files")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):  # whatever the locale
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    os.umask(0o022)

    root = (options.root or Path(__file__).resolve().parents[2]).resolve()
    program = (options.program or root / "build/release/termwise").resolve()
    if not os.access(program, os.X_OK):
        print(f"run_case.py: no program at {program}; build it, or name it with --program", file=sys.stderr)
        return 2

    total = failed = 0
    for path in options.files:
        try:
            commands, reports = check_file(path.resolve(), root, program, options.markdown, options.update)
        except (StoryError, OSError, UnicodeDecodeError) as error:
            print(f"run_case.py: {error}", file=sys.stderr)
            return 2
        total += commands
        failed += len(reports)
        for report in reports:
            print("\n".join(report) + "\n")
    if options.update:
        print(f"{total} commands, {failed} updated")
        return 0
    print(f"{total} commands, {failed} not as expected")
    if failed:
        flag = "--markdown " if options.markdown else ""
        print(f"If the new output is right: tests/cases/run_case.py --update {flag}{' '.join(map(str, options.files))}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
