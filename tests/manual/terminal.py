"""The program on a terminal: what fits its width, what shows while it works, and what Ctrl-C leaves behind. The terminal is
one of this machine's, of the size that a test asks for; Ctrl-C is the byte that a keyboard sends."""

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

PROGRAM = os.environ["TERMWISE_PROGRAM"]
SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
QUICKSTART = SCENARIOS / "quickstart/scenario.json"
PLAIN = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "xterm"}
PATIENCE = 240  # seconds until a test counts as hung; a sanitized build on a busy machine takes its time
ESCAPE = re.compile(rb"\x1b\[[0-9;]*[A-Za-z]")


class Terminal:
    """A run of the program whose standard streams are one terminal."""

    def __init__(self, *arguments, columns=100, surroundings=None, streams=(0, 1, 2)):
        self.keyboard, screen = pty.openpty()
        fcntl.ioctl(screen, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))

        def begin():  # the terminal's first process: what it sends reaches us
            os.setsid()
            fcntl.ioctl(screen, termios.TIOCSCTTY, 0)

        on = {stream: screen if stream in streams else subprocess.PIPE for stream in (0, 1, 2)}
        self.process = subprocess.Popen([PROGRAM, *map(str, arguments)], stdin=on[0], stdout=on[1], stderr=on[2],
                                        env=PLAIN | (surroundings or {}), preexec_fn=begin)
        os.close(screen)
        self.shown = b""
        self.deadline = time.monotonic() + PATIENCE

    def read(self):
        """Whether there may be more."""
        ready, _, _ = select.select([self.keyboard], [], [], 0.05)
        if ready:
            try:
                piece = os.read(self.keyboard, 65536)
            except OSError:  # all who could write have gone
                piece = b""
            self.shown += piece
            return bool(piece)
        if time.monotonic() > self.deadline:
            self.process.kill()
            sys.exit(f"hung: {self.process.args[1:]}, with {self.shown[-500:]!r}")
        return self.process.poll() is None

    def wait_for(self, pattern):
        while not re.search(pattern, self.shown):
            if not self.read():
                return False
        return True

    def end(self):
        while self.read():
            pass
        status = self.process.wait()
        os.close(self.keyboard)
        return status

    def press_ctrl_c(self):
        os.write(self.keyboard, b"\x03")


def on_terminal(*arguments, **how):
    terminal = Terminal(*arguments, **how)
    status = terminal.end()
    return status, terminal.shown


def lines_of(shown):
    """What stands there in the end: a line that was wiped does not."""
    text = ESCAPE.sub(b"", shown.replace(b"\r\n", b"\n")).decode()
    return [line.rsplit("\r", 1)[-1] for line in text.split("\n")]


def asked(folder):
    """Commands that show tables, and what makes what they need."""
    plans = Path(folder) / "plans"
    subprocess.run([PROGRAM, "compare", QUICKSTART, "--plans", plans, "--no-optimal", "--quiet"], check=True, capture_output=True)
    wait = plans / "wait.json"
    return [
        ("compare", QUICKSTART, "--no-optimal"),
        ("compare", QUICKSTART, "--no-optimal", "--by", "subscription"),
        ("score", QUICKSTART, wait),
        ("plan", QUICKSTART, "--effort", "1", "-o", Path(folder) / "plan.json"),
        ("agenda", QUICKSTART, wait, "--to", "2022-03-01", "--all"),
        ("explain", QUICKSTART, wait, "--effort", "1"),
        ("explain", QUICKSTART, wait, "adventure-e3", "--effort", "1"),
        ("simulate", QUICKSTART, wait, plans / "cancel-now.json", "-n", "20"),
        ("sweep", QUICKSTART, "--vary", "/teams/desk/labour_rate=50,150", "--tornado", "wait,cancel-now"),
    ]


def widths(folder):
    """Tables fit; sentences are broken by the terminal."""
    for command in asked(folder):
        for columns in (60, 80, 120):
            _, shown = on_terminal(*command, "--quiet", columns=columns)
            lines = [line for line in lines_of(shown) if "  " in line.strip() and not line.startswith("    ") and "  not: " not in line]
            if not lines:
                yield f"{command[0]}: no table"
            yield from (f"{command[0]} on {columns} columns: {len(line)}: {line}" for line in lines if len(line) > columns)


def signs(folder):
    """ASCII where the locale has nothing else, colour on terminals only and never against NO_COLOR."""
    for command in asked(folder):
        _, plain = on_terminal(*command, "--quiet", surroundings={"LC_ALL": "C", "NO_COLOR": "1"}, columns=60)
        if not plain.isascii():
            yield f"{command[0]} in the locale C: {[line for line in lines_of(plain) if not line.isascii()][:2]}"
        if b"\x1b" in plain:
            yield f"{command[0]}: colour against NO_COLOR"
    _, coloured = on_terminal("compare", QUICKSTART, "--no-optimal", "--quiet")
    if b"\x1b[" not in coloured:
        yield "compare: no colour on a terminal"
    piped = subprocess.run([PROGRAM, "compare", QUICKSTART, "--no-optimal", "--quiet"], env=PLAIN, check=False, capture_output=True)
    if b"\x1b" in piped.stdout or piped.stderr:
        yield f"compare in a pipe: colour, or {piped.stderr!r}"


def progress(folder):
    """Work of more than a second shows with rate and time left, on standard error, on a terminal, unless it is to be quiet."""
    plans = Path(folder) / "plans"
    work = ("simulate", QUICKSTART, plans / "wait.json", "-n", "1000000", "--threads", "1")
    for what, expected, how, more in [("a terminal", True, {}, ()), ("--quiet", False, {}, ("--quiet",)),
                                      ("only standard output", False, {"streams": (0, 1)}, ())]:
        terminal = Terminal(*work, *more, **how)
        if expected:
            seen = terminal.wait_for(rb"[0-9,]+ of 1,000,000, [0-9.]+ a second, .* left")
        else:
            until = time.monotonic() + 2  # it would show after one
            while time.monotonic() < until and terminal.read():
                pass
            seen = bool(terminal.shown.strip())
        terminal.press_ctrl_c()
        status = terminal.end()
        if seen != expected:
            yield f"progress, {what}: {terminal.shown[:200]!r}"
        if status != -2:  # ended by the signal, as a shell wants to know it
            yield f"simulate after Ctrl-C, {what}: status {status}"


def stopped(folder):
    """After Ctrl-C there are whole files or none, and what there was before."""
    portfolio, out = Path(folder) / "portfolio", Path(folder) / "out"
    subprocess.run([PROGRAM, "generate", "--customers", "300", "--seed", "1", "--csv", "-o", portfolio, "--quiet"], check=True, capture_output=True)
    out.mkdir()
    large = portfolio / "scenario.json"
    wait = Path(folder) / "plans/wait.json"
    result = out / "result.json"
    for command in [("simulate", QUICKSTART, wait, "-n", "1000000", "--json", "-o", result),
                    ("generate", "--customers", "300000", "--seed", "1", "--csv", "-o", out / "generated"),
                    ("compare", large, "--gap", "0", "--effort", "1000", "--plans", out, "--report", out / "report.html")]:
        result.write_text("as it was")
        terminal = Terminal(*command)
        terminal.wait_for(rb"\.\.\.|[0-9]")
        time.sleep(0.3)
        terminal.press_ctrl_c()
        status = terminal.end()
        left = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
        is_whole = {"compare": ["cancel-now.json", "optimal.json", "report.html", "result.json", "stay.json", "wait.json"]}.get(command[0])
        if left != (is_whole if status in (0, 3) else ["result.json"]) or result.read_text() != "as it was":
            yield f"{command[0]} after Ctrl-C: status {status}, {left}"
        for path in out.rglob("*"):
            if path.is_file():
                path.unlink()

    # A search gives what it has; a sweep goes on from where it was, to the same bytes.
    terminal = Terminal("plan", large, "--gap", "0", "--effort", "1000", "-o", out / "plan.json")
    terminal.wait_for(rb"best")
    terminal.press_ctrl_c()
    status = terminal.end()
    if status != 0 or b"Stopped by request" not in terminal.shown:
        yield f"plan after Ctrl-C: status {status}, {terminal.shown[-300:]!r}"
    judged = subprocess.run([PROGRAM, "score", large, out / "plan.json", "--quiet"], check=False, capture_output=True)
    if judged.returncode != 0:
        yield f"plan after Ctrl-C: its plan is none: {judged.stderr!r}"

    work = ("sweep", QUICKSTART, "--vary", "/teams/desk/labour_rate=1..2000", "--strategies", "wait,cancel-now", "-o")
    whole, parts = out / "whole.csv", out / "parts.csv"
    terminal = Terminal(*work, parts)
    while terminal.read() and not (parts.exists() and parts.stat().st_size > 10_000):
        pass
    terminal.press_ctrl_c()
    status = terminal.end()
    if status != 5 or b"the same command goes on from there" not in terminal.shown:
        yield f"sweep after Ctrl-C: status {status}, {terminal.shown[-300:]!r}"
    for path in (parts, whole):
        subprocess.run([PROGRAM, *map(str, work), path, "--quiet"], check=True, capture_output=True)
    if parts.read_bytes() != whole.read_bytes():
        yield "sweep after Ctrl-C: another table than without"


def main():
    with tempfile.TemporaryDirectory(prefix="termwise-terminal-") as folder:
        wrong = [problem for part in (widths, signs, progress, stopped) for problem in part(folder)]
    print("\n".join(wrong) or "all fits, shows and stops as it should")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
