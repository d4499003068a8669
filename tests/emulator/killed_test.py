"""An approved schedule, executed by processes that are killed (SIGKILL) again and again, against an emulator behind a
real socket: in the end everything is done, once, and the emulator has nothing to complain about. Secrets that were
planted are nowhere but where they belong."""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

PROGRAM = os.environ["TERMWISE_PROGRAM"]
HERE = pathlib.Path(__file__).resolve().parent
SEED = int(os.environ.get("TERMWISE_KILL_SEED", "1"))
STEP_SECONDS = 12 * 3600


def call(base, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers={"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        text = answer.read()
    return json.loads(text) if text else None


def run(*arguments, check=True, **more):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=120, **more)
    if check and done.returncode not in (0, 3):
        sys.exit(f"termwise {' '.join(arguments)}: exit status {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def execute(folder, base, after_s):
    """One run; killed after so many seconds, if that is not None. Whether it came to its end."""
    command = [PROGRAM, "resume", "approved.json", "--live", "--trust", "trust.json", "--journal", "journal", "--secrets",
               "secrets.json", "--base-url", base, "--authority", base, "--patience", "0", "--quiet",
               "--calls-per-minute", "6000", "--customer-calls-per-minute", "6000"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if after_s is not None:
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
    output, _ = process.communicate(timeout=300)
    if process.returncode in (0, 3):
        return True
    if process.returncode == -signal.SIGKILL:
        return False
    sys.exit(f"resume: exit status {process.returncode}\n{output}")


def main():
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        scenario = str(HERE / "portfolio.json")
        run("compare", scenario, "--plans", "plans", "--no-optimal", "--quiet", cwd=folder)
        server = subprocess.Popen([PROGRAM, "emulator", scenario, "--binding-out", "binding.json", "--set-switch",
                                   "legacy-auto-renew=yes", "--quiet"], cwd=folder, stdout=subprocess.PIPE, text=True)
        try:
            base = server.stdout.readline().strip()
            about = call(base, "/emulator")
            who = about.get("credentials", about)
            secrets = folder / "secrets.json"
            secrets.write_text(json.dumps({key: who[key] for key in ("client_id", "client_secret", "refresh_token")}))
            secrets.chmod(0o600)
            key = run("keys", "new", "approver.key", "--json", "--quiet", cwd=folder)
            run("keys", "trust", json.loads(key.stdout)["keys"][0]["public_key"], "--name", "A", "--trust", "trust.json", cwd=folder)
            run("approve", scenario, "plans/wait.json", "--binding", "binding.json", "--by", "A", "--why", "test", "--key",
                "approver.key", "--valid-days", "3660", "-o", "approved.json", "--yes", "--quiet", cwd=folder)

            kills = 0
            accepted = set()
            binding = json.loads((folder / "binding.json").read_text())
            tenant = {row["id"]: row["tenant"] for row in binding["customers"]}
            live = {row["id"]: row.get("live_id") for row in binding["subscriptions"]}
            for _ in range(400):
                while not execute(folder, base, chance.uniform(0.005, 0.12) if chance.random() < 0.6 else None):
                    kills += 1
                status = run("status", "approved.json", "--trust", "trust.json", "--journal", "journal", "--json", cwd=folder)
                status = json.loads(status.stdout)
                if status["finished"]:
                    break
                for stop in status["stops"]:
                    sys.exit(f"stopped: {stop}")
                for step in status["steps"]:
                    if step["standing"] == "person" and step["due"] <= call(base, "/emulator/clock")["now"][:10]:
                        run("confirm", "approved.json", step["step"], "--by", "P", "--note", "done", "--at", call(base, "/emulator/clock")["now"], "--trust", "trust.json",
                            "--journal", "journal", cwd=folder)
                        if step["kind"] == "cancel":
                            call(base, "/emulator/people/end", {"subscription": live[step["subscription"]]})
                    if step["kind"] == "await-acceptance" and step["standing"] == "waiting" and step["customer"] not in accepted:
                        accepted.add(step["customer"])
                        call(base, "/emulator/people/accept", {"customer": tenant[step["customer"]], "delegated_rights": True})
                        call(base, "/emulator/people/sign", {"customer": tenant[step["customer"]]})
                call(base, "/emulator/clock", {"seconds": STEP_SECONDS})
            else:
                sys.exit("not finished: " + json.dumps([s for s in status["steps"] if s["standing"] not in ("done", "skipped")]))

            # Killed before it wrote down an answer, a process has never heard it: then the same id comes again.
            violations = [v for v in call(base, "/emulator/violations") if "an MS-RequestId that was answered before" not in str(v)]
            if violations:
                sys.exit(f"the emulator saw: {violations}")
            lives = call(base, "/emulator/ledgers")["lives"]
            bought = [life for life in lives if life.get("is_new", life.get("new"))]
            moved = sum(1 for move in json.loads((folder / "plans/wait.json").read_text())["moves"] if move["action"] == "migrate")
            if len(bought) != moved:
                sys.exit(f"{moved} subscriptions move, {len(bought)} were bought")
            if kills == 0:
                sys.exit("nothing was killed: the test says nothing")

            for path in folder.rglob("*"):
                if not path.is_file() or path.name in ("secrets.json", "approver.key"):
                    continue
                content = path.read_bytes()
                for planted in (who["client_secret"], who["refresh_token"]):
                    if planted.encode() in content:
                        sys.exit(f"a secret stands in {path.name}")
            print(f"{len(bought)} bought, {kills} processes killed")
        finally:
            server.terminate()
            server.wait(timeout=30)


if __name__ == "__main__":
    main()
