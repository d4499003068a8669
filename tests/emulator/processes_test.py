"""What happens to the process that executes, and not to the service: a second one beside it, a full disk, a journal that
cannot be written, was changed, or lost its end, credentials that are not good any more, files that change. Each ends
plainly, before any effect that is not in the journal, and can be gone on with."""

import ctypes
import json
import os
import pathlib
import resource
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time

from stage import SCENARIO, Stage, call, run

FAILED = 5


def expect(condition, what):
    if not condition:
        sys.exit(what)


def expect_refused(done, words, what):
    expect(done.returncode == FAILED, f"{what}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    for word in words:
        expect(word in done.stderr, f"{what}: {word!r} is not said\n{done.stderr}")
    expect(len(done.stderr.strip().splitlines()) == 1, f"{what}: one message is enough\n{done.stderr}")


class Opened:
    """Counts how often files are opened (inotify)."""

    IN_OPEN = 0x20

    def __init__(self, paths):
        libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = libc.inotify_init1(os.O_NONBLOCK)
        self.path_of = {libc.inotify_add_watch(self.descriptor, os.fsencode(str(p)), self.IN_OPEN): p.name for p in paths}
        expect(-1 not in self.path_of, "inotify does not watch")

    def counts(self):
        counts = {name: 0 for name in self.path_of.values()}
        try:
            events = os.read(self.descriptor, 65536)
        except BlockingIOError:
            events = b""
        at = 0
        while at < len(events):
            watch, mask, _, length = struct.unpack_from("iIII", events, at)
            at += 16 + length
            if mask & self.IN_OPEN:
                counts[self.path_of[watch]] += 1
        os.close(self.descriptor)
        return counts


def changes(stage):
    return call(stage.base, "/emulator/ledgers")["mutations"]


def calls(stage):
    return len(call(stage.base, "/emulator/ledgers")["calls"])


def check_intents(stage):
    """Whatever was sent to change something stands in the journal."""
    run("export", "journal", "journal", "-o", "journal.jsonl", cwd=stage.folder)
    known = (stage.folder / "journal.jsonl").read_text()
    for change in changes(stage):
        if "/carts" in change["path"] or "/subscriptions/" in change["path"] or "licenseupdates" in change["path"]:
            expect(change["request_id"] in known, f"sent and not written down: {change}")


def check_files_are_read_once(stage):
    files = [stage.folder / name for name in ("plans/wait.json", "binding.json")]
    opened = Opened(files)
    stage.approve()
    for name, count in opened.counts().items():
        expect(count == 1, f"approve opens {name} {count} times: what it shows may not be what it signs")
    opened = Opened([*files, stage.folder / "approved.json"])
    run("execute", "approved.json", "--trust", "trust.json", "--quiet", cwd=stage.folder)
    for name, count in opened.counts().items():
        expect(count == 1, f"execute opens {name} {count} times: what it checks may not be what it does")


def check_groups_are_told(stage):
    """A licence that comes through a group is in use, and nobody is shown to have it."""
    subscription = next(row for row in stage.binding["subscriptions"] if row["id"] == "alder-e3")
    sku = next(row for row in stage.binding["offers"] if row["id"] == "e3-csp")["licence_sku"]
    user = subscription["users"][0]
    unbound = json.loads(json.dumps(stage.binding))
    for row in unbound["subscriptions"]:
        row.pop("users", None)
    (stage.folder / "unbound.json").write_text(json.dumps(unbound))

    def bind():
        done = run("bind", SCENARIO, "--from", "unbound.json", "--secrets", "secrets.json", "--base-url", stage.base, "--authority",
                   stage.base, "-o", "bound.json", cwd=stage.folder)
        bound = json.loads((stage.folder / "bound.json").read_text())
        users = next(row for row in bound["subscriptions"] if row["id"] == "alder-e3").get("users", [])
        return done.stderr, users

    said, users = bind()
    expect("through a group" not in said and user in users, f"nobody is in a group: {said}")
    who = {"customer": "alder", "user": user, "sku": sku}
    call(stage.base, "/emulator/people/assign", {**who, "through_group": True})
    said, users = bind()
    expect("through a group" in said and '"alder"' in said and user not in users, f"the group is not told: {said}")
    call(stage.base, "/emulator/people/assign", {**who, "has": False})
    call(stage.base, "/emulator/people/assign", who)


def check_second_executor(stage):
    """While one waits for what it has begun, another is refused; the first is none the worse for it."""
    first = subprocess.Popen(stage.command(patience=30), cwd=stage.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not any(change["path"].endswith("/checkout") for change in changes(stage)):
        expect(time.monotonic() < deadline and first.poll() is None, "the first executor does not begin")
        time.sleep(0.05)
    before = calls(stage)
    expect_refused(stage.execute(), ["another executor is at work with this journal"], "a second executor")
    now = call(stage.base, "/emulator/ledgers")["calls"][before:]
    expect(all("/oauth2/" not in one["target"] for one in now), "the second executor called somebody")
    expect(first.poll() is None, "the first executor was disturbed")
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)
    # Many at once: those that are too late say so, whoever is first goes on.
    many = [subprocess.Popen(stage.command(), cwd=stage.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            for _ in range(4)]
    for process in many:
        _, error = process.communicate(timeout=120)
        expect(process.returncode in (0, 3) or (process.returncode == FAILED and "another executor" in error),
               f"one of four: exit status {process.returncode}\n{error}")
    violations = call(stage.base, "/emulator/violations")
    expect(not violations, f"the emulator saw: {violations}")


def check_full_disk(stage):
    """The journal may not grow: nothing is sent that it does not hold."""

    def limited(size):
        def prepare():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # as a full disk: an error, not a signal
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        return prepare

    journal = stage.folder / "journal"
    refused = 0
    for more in (0, 3_000, 9_000, 20_000, 40_000):
        size = max(path.stat().st_size for path in stage.folder.glob("journal*"))
        done = stage.execute(preexec_fn=limited(size if more == 0 else more))
        if done.returncode == FAILED:
            refused += 1
            expect("cannot" in done.stderr and "journal" in done.stderr, f"a full disk: {done.stderr}")
        else:
            expect(done.returncode in (0, 3), f"a full disk: exit status {done.returncode}\n{done.stderr}")
        check_intents(stage)
    expect(refused > 0, "the disk was never full: the test says nothing")
    expect(journal.exists(), "the journal is gone")


def check_read_only_journal(stage):
    before = calls(stage)
    mode = {path: path.stat().st_mode for path in [stage.folder, *stage.folder.glob("journal*")]}
    somebody = 65534 if os.geteuid() == 0 else None  # root may write anywhere
    if somebody is not None:
        for path in [stage.folder, *stage.folder.rglob("*")]:
            os.chown(path, somebody, somebody)
    try:
        for path in mode:
            path.chmod(0o500 if path.is_dir() else 0o400)
        done = stage.execute(**({"user": somebody, "group": somebody} if somebody is not None else {}))
        expect_refused(done, ["journal", "denied"], "a journal that may not be written")
        expect(calls(stage) == before, "called without a journal")
    finally:
        for path, bits in mode.items():
            path.chmod(bits & 0o777)
        if somebody is not None:
            for path in [stage.folder, *stage.folder.rglob("*")]:
                os.chown(path, 0, 0)


def check_changed_journal(stage):
    """Tampered with, damaged, cut off, gone: nothing is called."""
    journal = stage.folder / "journal"
    run("status", "approved.json", "--trust", "trust.json", "--journal", "journal", "--quiet", cwd=stage.folder)
    whole = journal.read_bytes()

    def database(text):
        connection = sqlite3.connect(journal)
        connection.executescript("DROP TRIGGER entries_stay; DROP TRIGGER entries_remain;" + text)
        connection.close()

    ways = {
        "an entry changed": (lambda: database("UPDATE entry SET fields='order_id=x' WHERE number=2;"), "was changed"),
        "the end cut off": (lambda: database("DELETE FROM entry WHERE number > 2;"), "its end is missing"),
        "bytes overwritten": (lambda: journal.write_bytes(whole[:4096] + b"x" * 4096 + whole[8192:]), "journal"),
        "half a file": (lambda: journal.write_bytes(whole[:len(whole) // 2]), "journal"),
        "no journal any more": (journal.unlink, "its end is missing"),
        "another file": (lambda: journal.write_text("my notes\n" * 100), "journal"),
    }
    before = calls(stage)
    for what, (change, word) in ways.items():
        change()
        expect_refused(stage.execute(), [word], what)
        journal.write_bytes(whole)
        journal.chmod(0o600)
        for rest in ("journal-wal", "journal-shm"):
            (stage.folder / rest).unlink(missing_ok=True)
    expect(calls(stage) == before, "called with a journal that is not to be trusted")


def check_locked_out(stage):
    """Credentials that are not good any more: one message, nobody stopped, nothing sent but for tokens."""
    ways = {
        "no second factor": (lambda: call(stage.base, "/emulator/others/mfa", {"shown": False}), "second factor",
                             lambda: call(stage.base, "/emulator/others/mfa", {"shown": True})),
        "a revoked token": (lambda: call(stage.base, "/emulator/faults", {"spec": "refused,path=*/token,times=0"}), "no access token",
                            lambda: call(stage.base, "/emulator/faults", method="DELETE")),
        "a new token refused": (lambda: call(stage.base, "/emulator/faults", {"spec": "expired-token,path=*/subscriptions*,times=0"}),
                                "a new token is refused as well", lambda: call(stage.base, "/emulator/faults", method="DELETE")),
    }
    for what, (begin, word, end) in ways.items():
        before = len(changes(stage))
        begin()
        done = stage.execute()
        end()
        expect_refused(done, [word], what)
        expect(len(changes(stage)) == before, f"{what}: something was changed")
        expect(not stage.status()["stops"], f"{what}: a customer is stopped for it")


def main():
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        stage = Stage(pathlib.Path(name))
        try:
            check_files_are_read_once(stage)
            stage.move_clock(to="2026-01-23T08:00:00Z")
            expect(stage.execute().returncode == 0, "the first run")
            check_read_only_journal(stage)
            check_changed_journal(stage)
            stage.people_act(stage.status())
            expect(stage.execute().returncode == 0, "the second run")
            stage.people_act(stage.status())
            stage.move_clock(to="2026-01-26T08:00:00Z")
            check_groups_are_told(stage)
            check_locked_out(stage)
            check_second_executor(stage)
            check_full_disk(stage)

            def execute():
                done = stage.execute()
                expect(done.returncode in (0, 3), f"exit status {done.returncode}\n{done.stderr}")

            stage.to_the_end(execute)
            check_intents(stage)
            print(f"{stage.check_world()} bought")
        finally:
            stage.close()


if __name__ == "__main__":
    main()
