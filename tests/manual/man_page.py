"""The manual page holds every verb and every option, and man and mandoc, where they are there, find nothing wrong."""

import os
import re
import shutil
import subprocess
import sys

PROGRAM = os.environ["TERMWISE_PROGRAM"]


def run(*command, text=None):
    return subprocess.run(command, input=text, capture_output=True, text=True, check=False)


def main():
    page = run(PROGRAM, "man").stdout
    wrong = []
    plain = page.replace("\\-", "-")
    help_all = run(PROGRAM, "--help-all").stdout
    for option in sorted(set(re.findall(r"^ +(?:-\w,)?(--[a-z-]+)", help_all, re.MULTILINE))):
        if f"\\fB{option}\\fR" not in plain:
            wrong.append(f"{option} is missing")
    for section in ("NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "VERBS", "EXIT STATUS", "ENVIRONMENT"):
        if f".SH {section}\n" not in page:
            wrong.append(f"section {section} is missing")
    for line in page.splitlines():
        if line.startswith(".") and not re.match(r"\.(TH|SH|SS|TP|PP|B|BR|nf|fi)\b", line):
            wrong.append(f"text taken for a macro: {line}")
    if shutil.which("mandoc"):
        lint = run("mandoc", "-T", "lint", "-W", "warning", text=page).stdout
        wrong += [line for line in lint.splitlines() if "missing date" not in line]
    print("\n".join(wrong) if wrong else f"{page.count('.SS ')} verbs")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
