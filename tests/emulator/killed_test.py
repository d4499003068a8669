"""An approved schedule, executed by processes that are killed (SIGKILL) again and again, against an emulator behind a
real socket: in the end everything is done, once, and the emulator has nothing to complain about. Secrets that were
planted are nowhere but where they belong."""

import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

from stage import Stage

SEED = int(os.environ.get("TERMWISE_KILL_SEED", "1"))


def execute(stage, after_s):
    """One run; killed after so many seconds, if that is not None. Whether it came to its end."""
    process = subprocess.Popen(stage.command(), cwd=stage.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
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
    kills = 0

    def execute_somehow():
        nonlocal kills
        while not execute(stage, chance.uniform(0.005, 0.12) if chance.random() < 0.6 else None):
            kills += 1

    with tempfile.TemporaryDirectory() as name:
        stage = Stage(pathlib.Path(name))
        try:
            stage.to_the_end(execute_somehow)
            bought = stage.check_world(was_killed=True)
            if kills == 0:
                sys.exit("nothing was killed: the test says nothing")
            for path in stage.folder.rglob("*"):
                if not path.is_file() or path.name in ("secrets.json", "approver.key"):
                    continue
                content = path.read_bytes()
                for planted in (stage.who["client_secret"], stage.who["refresh_token"]):
                    if planted.encode() in content:
                        sys.exit(f"a secret stands in {path.name}")
            print(f"{bought} bought, {kills} processes killed")
        finally:
            stage.close()


if __name__ == "__main__":
    main()
