"""Tables for spreadsheets hold the numbers of the plain ones: read as a spreadsheet of the locale would, and by LibreOffice
where it is installed."""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.environ["TERMWISE_PROGRAM"]
SCENARIO = Path(__file__).resolve().parents[2] / "scenarios/direct-to-csp/scenario.json"
# Column separator, character set UTF-8, the language whose numbers are read.
LIBREOFFICE = {"en": "44,34,76,1,,1033", "de": "59,34,76,1,,1031"}


def run(*arguments):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, check=False)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr.decode())
    return done.stdout


def commands(folder):
    run("compare", SCENARIO, "--plans", folder, "--quiet", "--no-optimal")
    wait = Path(folder) / "wait.json"
    return [
        ("compare", SCENARIO, "--csv", "--quiet", "--no-optimal"),
        ("compare", SCENARIO, "--csv", "--quiet", "--no-optimal", "--by", "subscription"),
        ("agenda", SCENARIO, wait, "--from", "2023-05-22", "--csv", "--quiet"),
        ("explain", SCENARIO, wait, "bellows-e5", "--csv", "--quiet", "--effort", "1"),
        ("explain", SCENARIO, wait, "--csv", "--quiet", "--effort", "1"),
        ("simulate", SCENARIO, wait, "--csv", "--quiet", "-n", "10"),
        ("sweep", SCENARIO, "--vary", "/strategy/overlap_days=0,14", "-n", "10", "--quiet"),
    ]


def number(text, comma):
    try:
        return float(text.replace(",", ".")) if not (comma and "." in text) else text
    except ValueError:
        return text


def differences(plain, table, locale):
    """Cell by cell; what is a number in the one is the same number in the other."""
    comma = locale == "de"
    if not table.startswith(b"\xef\xbb\xbf"):
        return ["no UTF-8 mark"]
    rows = list(csv.reader(plain.decode().splitlines()))
    others = list(csv.reader(table.decode("utf-8-sig").splitlines(), delimiter=";" if comma else ","))
    if len(rows) != len(others):
        return [f"{len(others)} rows, not {len(rows)}"]
    wrong = []
    for row, other in zip(rows, others):
        if [number(cell, False) for cell in row] != [number(cell, comma) for cell in other]:
            wrong.append(f"{row} became {other}")
    return wrong[:3]


def by_libreoffice(soffice, table, locale, folder):
    """The table as LibreOffice has read it, written again in its own plain form."""
    path = Path(folder) / "table.csv"
    path.write_bytes(table)
    subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,1033", f"--infilter=CSV:{LIBREOFFICE[locale]}",
                    "--outdir", f"{folder}/out", str(path)], capture_output=True, check=True, timeout=120)
    return (Path(folder) / "out/table.csv").read_bytes()


def main():
    wrong, count = [], 0
    soffice = shutil.which("soffice")
    with tempfile.TemporaryDirectory(prefix="termwise-spreadsheet-") as folder:
        for command in commands(folder):
            plain = run(*command)
            for locale in ("en", "de"):
                table = run(*command, "--spreadsheet", locale)
                count += 1
                wrong += [f"{command[0]} --spreadsheet {locale}: {w}" for w in differences(plain, table, locale)]
        if soffice:
            plain = run(*commands(folder)[0])
            for locale in ("en", "de"):
                table = run(*commands(folder)[0], "--spreadsheet", locale)
                again = b"\xef\xbb\xbf" + by_libreoffice(soffice, table, locale, folder).removeprefix(b"\xef\xbb\xbf")
                again = again.replace(b"TRUE", b"true").replace(b"FALSE", b"false")
                wrong += [f"LibreOffice, {locale}: {w}" for w in differences(plain, again, "en")]
    how = "also by LibreOffice" if soffice else "LibreOffice is not installed: not tried with it"
    print("\n".join(wrong) if wrong else f"{count} tables; {how}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
