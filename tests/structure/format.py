"""All C++ stands as .clang-format says. To mend it: tools/format."""

import os
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import sources

BATCH = 20


def main():
    # The versions disagree about details; Debian 12's is the one that counts.
    program = shutil.which("clang-format-14", path="/usr/bin") or shutil.which("clang-format")
    if not program:
        sources.finish("", ["clang-format is missing; tools/test installs it"])
    paths = sources.files("engine", "tools", "tests", "bench", suffixes=(".h", ".cc"))

    def check(batch):
        done = subprocess.run([program, "--dry-run", "-Werror", *batch], cwd=sources.ROOT, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        output = done.stdout.decode("utf-8", "replace").rstrip()
        return [output or f"{program} failed"] if done.returncode else []

    batches = [paths[i : i + BATCH] for i in range(0, len(paths), BATCH)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        breaches = [breach for result in pool.map(check, batches) for breach in result]
    if breaches:
        breaches.append("tools/format mends this")
    sources.finish(f"{len(paths)} files", breaches)


if __name__ == "__main__":
    main()
