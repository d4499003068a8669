"""The story runner itself: what it accepts, what it reports, what it writes."""

import io
import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import run_case

PROGRAM = """#!/bin/sh
case "$1" in
    lines) shift; printf '%s\\n' "$@" ;;
    unended) printf 'no newline' ;;
    fail) echo "out"; echo "wrong: $2" >&2; exit 3 ;;
    env) echo "$LC_ALL $TZ $COLUMNS ${NO_COLOR-unset} ${SECRET-unset} $(cat)" ;;
    *) exit 2 ;;
esac
"""


class RunCase(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in ("scenarios", "tests/cases", "tools"):
            (self.root / name).mkdir(parents=True)
        (self.root / "scenarios" / "a.txt").write_text("alpha\n")
        self.program = self.root / "program"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def run_case(self, text, *options, name="story.case"):
        self.file = self.root / name
        self.file.write_bytes(text.encode())
        arguments = ["run_case.py", "--root", self.root, "--program", self.program, *options, self.file]
        output = io.TextIOWrapper(io.BytesIO())
        with mock.patch("sys.argv", [str(part) for part in arguments]), mock.patch("sys.stdout", output), \
                mock.patch("sys.stderr", output), mock.patch.dict(os.environ, {"NO_COLOR": "1", "SECRET": "1"}):
            status = run_case.main()
        output.flush()
        return status, output.buffer.getvalue().decode()

    def assert_passes(self, text, *options, **names):
        status, output = self.run_case(text, *options, **names)
        self.assertEqual(status, 0, output)

    def assert_fails(self, text, *parts):
        status, output = self.run_case(text)
        self.assertEqual(status, 1, output)
        for part in parts:
            self.assertIn(part, output)

    def assert_updates(self, before, after, *options, **names):
        status, output = self.run_case(before, "--update", *options, **names)
        self.assertEqual(status, 0, output)
        self.assertEqual(self.file.read_text(), after)
        self.assert_passes(after, *options, **names)

    def test_output_stderr_and_status(self):
        self.assert_passes("# why\n$ termwise fail x\nout\n! wrong: x\n? 3\n")

    def test_pipes_continued_commands_and_files_that_stay(self):
        self.assert_passes("$ cat > f <<'END'\n> b\n> \n> a\n> END\n\n$ sort f \\\n    | tail -n 2\na\nb\n")

    def test_links_to_the_sources(self):
        self.assert_passes("$ cat scenarios/a.txt; ls\nalpha\ncases\nscenarios\n")

    def test_the_environment_is_fixed(self):
        self.assert_passes("$ termwise env\nC.UTF-8 UTC 100 unset unset \n")

    def test_wildcards(self):
        self.assert_passes("$ termwise lines 'a 1 b' c d e\na <*> b\n...\ne\n...\n")
        self.assert_passes("$ termwise fail x\n...\n! wrong<*>\n? 3\n")
        self.assert_fails("$ termwise lines a b\na<*>c\nb\n...\n", "-a<*>c", "+a", " b")

    def test_escapes_and_blank_lines(self):
        self.assert_passes("$ termwise lines '> a' '# b' '' '...' '\\c' '! d' ''\n"
                           "\\> a\n\\# b\n\n\\...\n\\\\c\n\\! d\n\\\n\n# end\n")

    def test_output_without_a_newline(self):
        self.assert_passes("$ termwise unended\nno newline\n\\c\n")
        self.assert_fails("$ termwise unended\nno newline\n", "+\\c")

    def test_a_difference_is_a_unified_diff(self):
        self.assert_fails("# why\n$ termwise lines a b c d e f g\na\nb\nc\nd\nx\nf\ng\n",
                          "story.case:2: $ termwise lines", "@@ -2,6 +2,6 @@\n b\n c\n d\n-x\n+e\n f\n g\n")

    def test_what_is_not_named_is_not_accepted(self):
        self.assert_fails("$ termwise fail x\nout\n? 3\n", "+++ stderr, actual", "+wrong: x")
        self.assert_fails("$ termwise fail x\nout\n! ...\n", "stderr: wrong: x", "exit status 3, expected 0")
        self.assert_fails("$ termwise lines a\n", "+a")

    def test_all_commands_are_reported(self):
        self.assert_fails("$ termwise lines a\nb\n$ termwise lines c\nd\n", ":1:", ":3:",
                          "2 commands, 2 not as expected")

    def test_what_is_no_story(self):
        for text in ("hello\n", "", "# only a comment\n", "$ termwise lines a\na\n# inside\nb\n",
                     "$ termwise lines a\na\n? x\n"):
            status, _ = self.run_case(text)
            self.assertEqual(status, 2, text)

    def test_update(self):
        self.assert_updates("# one\n$ termwise fail x\n\n"
                            "# two\n$ termwise lines 'a 1' b '#c' ''\nold\na <*>\n...\n\n# end\n",
                            "# one\n$ termwise fail x\nout\n! wrong: x\n? 3\n\n"
                            "# two\n$ termwise lines 'a 1' b '#c' ''\na <*>\n...\n\n# end\n")
        self.assert_updates("$ termwise lines '> a' '' \n", "$ termwise lines '> a' '' \n\\> a\n\\\n")
        self.assert_updates("$ termwise unended\n", "$ termwise unended\nno newline\n\\c\n")
        self.assert_updates("$ termwise lines ... a '> b' >&2\n",
                            "$ termwise lines ... a '> b' >&2\n! \\...\n! a\n! > b\n")

    def test_pages(self):
        page = ("# Page\n\n```sh\n$ never run\n```\n\n"
                "- item\n  ```console\n  $ tools/termwise fail x\n  out\n  wrong: x\n  ? 3\n  ```\n\n"
                "```console\n$ build/release/termwise lines a > f; cat f scenarios/a.txt\na\nalpha\n```\n")
        self.assert_passes(page, "--markdown", name="README.md")
        self.assert_updates(page.replace("wrong: x", "right").replace("alpha", "beta"), page,
                            "--markdown", name="README.md")


if __name__ == "__main__":
    unittest.main()
