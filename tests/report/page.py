"""The page of a report: the data in its place, the language, nothing left of the places, and nothing that leaves its
element. A program that was built without the page says so."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile

PROGRAM = os.environ["TERMWISE_PROGRAM"]
SCENARIO = pathlib.Path("scenarios/quickstart/scenario.json").resolve()
START, END = '<script type="application/json" id="data">', "</script>"


def run(folder, *arguments):
    return subprocess.run([PROGRAM, *arguments, "--quiet"], cwd=folder, capture_output=True, text=True, check=False)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hostile = '</script><script>alert("1")</script><!-- \u2028 \u202e' + "x" * 500
        settings = ["compare", str(SCENARIO), "--no-optimal", "--set", "/name=" + json.dumps(hostile)]
        made = run(folder, *settings, "--report", "page.html", "--lang", "de")
        if "built without the report's page" in made.stderr:
            assert made.returncode == 5 and not (folder / "page.html").exists(), made
            print("built without the page")
            return
        assert made.returncode == 0, made.stderr
        assert run(folder, *settings, "--report", "data.json").returncode == 0
        page = (folder / "page.html").read_text(encoding="utf-8")
        assert 'lang="de"' in page and "TERMWISE-LANG" not in page and "/*TERMWISE-DATA*/" not in page
        text = page.split(START)[1].split(END)[0]
        assert not set(text) & set("<>&\u2028\u2029"), "something could leave its element"
        assert page.split(START)[1][len(text):].startswith(END), "the element does not end where it should"
        data, alone = json.loads(text), json.loads((folder / "data.json").read_text(encoding="utf-8"))
        assert data["scenario"]["name"] == hostile
        assert data["made_by"].pop("command") != alone["made_by"].pop("command")
        assert data == alone, "the page has other data than the file of data"
        english = run(folder, *settings, "--report", "page.html")
        assert english.returncode == 0 and 'lang="en"' in (folder / "page.html").read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
    sys.exit(0)
