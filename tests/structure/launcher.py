"""tools/termwise runs the program as it is: from any folder, through a link, without stdin; stdout is the program's."""

import os
import subprocess
import tempfile
from pathlib import Path

import sources


def run(*command, **how):
    done = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False, **how)
    return done.stdout, done.returncode


def main():
    program, script = sources.ROOT / "build/release/termwise", sources.ROOT / "tools/termwise"
    breaches = []
    with tempfile.TemporaryDirectory(prefix="termwise-launcher-") as folder:
        link = Path(folder) / "a link"
        link.symlink_to(script)
        calls = {
            "by its path": ([script], {"cwd": folder}),
            "through a link": ([link], {"cwd": folder}),
            "by name": (["bash", "termwise"], {"cwd": script.parent}),
            "with stdin closed": ([script], {"preexec_fn": lambda: os.close(0)}),
            "with CDPATH set": (["tools/termwise"], {"cwd": sources.ROOT, "env": {**os.environ, "CDPATH": "/:/"}}),
        }
        for arguments in (["--version"], ["no-such-verb"]):
            expected = run(program, *arguments)
            for name, (command, how) in calls.items():
                actual = run(*command, *arguments, **how)
                if actual != expected:
                    breaches.append(f"{name}, {arguments}: (stdout, status) is {actual}, not {expected}")
    sources.finish(f"{len(calls)} ways to call", breaches)


if __name__ == "__main__":
    main()
