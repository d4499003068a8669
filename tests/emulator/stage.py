"""An approved schedule and an emulator behind a real socket, for tests that execute it with processes."""

import json
import os
import pathlib
import subprocess
import sys
import urllib.request

PROGRAM = os.environ["TERMWISE_PROGRAM"]
HERE = pathlib.Path(__file__).resolve().parent
SCENARIO = str(HERE / "portfolio.json")
LIVE = ["--live", "--trust", "trust.json", "--journal", "journal", "--secrets", "secrets.json", "--quiet",
        "--calls-per-minute", "6000", "--customer-calls-per-minute", "6000"]


def call(base, path, body=None, method=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers={"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def run(*arguments, check=True, **more):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, **more)
    if check and done.returncode not in (0, 3):
        sys.exit(f"termwise {' '.join(arguments)}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done


class Stage:
    """A folder with a plan, a binding, keys, an approval and secrets, and the emulator that they are for."""

    def __init__(self, folder):
        self.folder = folder
        run("compare", SCENARIO, "--plans", "plans", "--no-optimal", "--quiet", cwd=folder)
        self.server = subprocess.Popen([PROGRAM, "emulator", SCENARIO, "--binding-out", "binding.json", "--set-switch",
                                        "legacy-auto-renew=yes", "--quiet"], cwd=folder, stdout=subprocess.PIPE, text=True)
        self.base = self.server.stdout.readline().strip()
        about = call(self.base, "/emulator")
        self.who = about["credentials"]
        secrets = folder / "secrets.json"
        secrets.write_text(json.dumps({key: self.who[key] for key in ("client_id", "client_secret", "refresh_token")}))
        secrets.chmod(0o600)
        key = run("keys", "new", "approver.key", "--json", "--quiet", cwd=folder)
        run("keys", "trust", json.loads(key.stdout)["keys"][0]["public_key"], "--name", "A", "--trust", "trust.json", cwd=folder)
        self.approve()
        self.binding = json.loads((folder / "binding.json").read_text())
        self.tenant = {row["id"]: row["tenant"] for row in self.binding["customers"]}
        self.live = {row["id"]: row.get("live_id") for row in self.binding["subscriptions"]}
        self.accepted = set()

    def close(self):
        self.server.terminate()
        self.server.wait(timeout=30)

    def approve(self):
        run("approve", SCENARIO, "plans/wait.json", "--binding", "binding.json", "--by", "A", "--why", "test", "--key", "approver.key",
            "--valid-days", "3660", "-o", "approved.json", "--yes", "--quiet", cwd=self.folder)

    def command(self, verb="resume", patience=0):
        return [PROGRAM, verb, "approved.json", *LIVE, "--base-url", self.base, "--authority", self.base, "--patience", str(patience)]

    def execute(self, **more):
        """One run to its end."""
        return subprocess.run(self.command(), cwd=self.folder, capture_output=True, text=True, timeout=300, **more)

    def now(self):
        return call(self.base, "/emulator/clock")["now"]

    def move_clock(self, **how):
        call(self.base, "/emulator/clock", how)

    def status(self):
        return json.loads(run("status", "approved.json", "--trust", "trust.json", "--journal", "journal", "--json", cwd=self.folder).stdout)

    def people_act(self, status):
        """What the plan's people do of what falls to them now."""
        now = self.now()
        for step in status["steps"]:
            if step["standing"] == "person" and step["due"] <= now[:10]:
                run("confirm", "approved.json", step["step"], "--by", "P", "--note", "done", "--at", now, "--trust", "trust.json",
                    "--journal", "journal", cwd=self.folder)
                if step["kind"] == "cancel":
                    call(self.base, "/emulator/people/end", {"subscription": self.live[step["subscription"]]})
            if step["kind"] == "await-acceptance" and step["standing"] == "waiting" and step["customer"] not in self.accepted:
                self.accepted.add(step["customer"])
                customer = self.tenant[step["customer"]]
                call(self.base, "/emulator/people/accept", {"customer": customer, "delegated_rights": True})
                call(self.base, "/emulator/people/sign", {"customer": customer})

    def to_the_end(self, execute, step_seconds=12 * 3600, most=400):
        """Executes, lets people act and turns the clock, until everything is done."""
        for _ in range(most):
            execute()
            status = self.status()
            if status["finished"]:
                return
            for stop in status["stops"]:
                sys.exit(f"stopped: {stop}")
            self.people_act(status)
            self.move_clock(seconds=step_seconds)
        sys.exit("not finished: " + json.dumps([s for s in status["steps"] if s["standing"] not in ("done", "skipped")]))

    def check_world(self, was_killed=False):
        """Everything was bought once, and the emulator has nothing to complain about. Returns how many were bought."""
        # Killed before it wrote down an answer, a process has never heard it: then the same id comes again.
        violations = [v for v in call(self.base, "/emulator/violations")
                      if not was_killed or "an MS-RequestId that was answered before" not in str(v)]
        if violations:
            sys.exit(f"the emulator saw: {violations}")
        bought = [life for life in call(self.base, "/emulator/ledgers")["lives"] if life["new"]]
        moved = sum(1 for move in json.loads((self.folder / "plans/wait.json").read_text())["moves"] if move["action"] == "migrate")
        if len(bought) != moved:
            sys.exit(f"{moved} subscriptions move, {len(bought)} were bought")
        return len(bought)
