"""Completions as bash and zsh make them from `termwise completion`: what stands before the cursor, and what is offered."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = os.environ["TERMWISE_PROGRAM"]

# Words on the command line, the last one being completed; what is offered among other things; what is not.
CASES = [
    (["com"], {"compare", "completion"}, {"score"}),
    (["import", ""], {"bam", "prices"}, {"compare", "a plan.json"}),
    (["compare", "--b"], {"--by"}, {"--against"}),
    (["compare", "--by", "c"], {"customer", "component"}, {"month"}),
    (["--quiet", "compare", "--by", ""], {"customer", "month"}, {"a plan.json"}),
    (["explain", "s.json", "--against", ""], {"stay", "wait", "cancel-now", "next-best"}, {"DAY", "s.json"}),
    (["sweep", "s.json", "--strategies", "w"], {"wait"}, {"stay"}),
    (["score", "s"], {"s.json"}, {"stay", "score"}),
    (["score", "s.json", "a"], {"a plan.json"}, {"s.json"}),
    (["plan", "s.json", "-o", "a"], {"a plan.json"}, {"--all"}),
    (["plan", "s.json", "--gap", ""], set(), {"s.json"}),
    (["completion", ""], {"bash", "zsh"}, set()),
    (["agenda", "s.json", "--spreadsheet", ""], {"en", "de"}, {"s.json"}),
]
BASH_ONLY = [
    (["compare", "--by", "=", "c"], {"customer", "component"}, {"month"}),
    (["sweep", "s.json", "--strategies", "stay,w"], {"stay,wait"}, {"stay,stay"}),
]

BASH = r"""
source ./completion
COMP_WORDS=(termwise "$@") COMP_CWORD=$#
_termwise
printf '%s\n' "${COMPREPLY[@]}"
"""
# The builtins of completion work in a line editor only: what the function asks of them is written down instead.
ZSH = r"""
compdef() { :; }
compset() { :; }
_message() { :; }
_files() { local f; for f in *; do [[ $f == ${words[CURRENT]}* ]] && print -r -- $f; done; }
compadd() { local w; for w in "${@[2,-1]}"; do [[ $w == ${words[CURRENT]}* ]] && print -r -- $w; done; }
_describe() { local w; for w in "${(@P)${@[-1]}}"; do w=${w%%:*}; [[ $w == ${words[CURRENT]}* ]] && print -r -- $w; done; }
source ./completion
words=(termwise "$@") CURRENT=$(( $# + 1 ))
_termwise
"""


def offered(shell, script, words):
    command = ["bash", "--norc", "-c", script, "bash"] if shell == "bash" else ["zsh", "-f", "-c", script, "zsh"]
    done = subprocess.run(command + words, capture_output=True, text=True, check=False)
    if done.stderr:
        return {f"stderr: {done.stderr}"}
    return {line for line in done.stdout.splitlines() if line}


def main():
    wrong = []
    with tempfile.TemporaryDirectory(prefix="termwise-completion-") as folder:
        os.chdir(folder)
        for name in ("s.json", "a plan.json"):
            Path(name).touch()
        for shell, script, cases in (("bash", BASH, CASES + BASH_ONLY), ("zsh", ZSH, CASES)):
            text = subprocess.run([PROGRAM, "completion", shell], capture_output=True, check=True).stdout
            Path("completion").write_bytes(text)
            for words, wanted, unwanted in cases:
                found = offered(shell, script, words)
                if not wanted <= found or unwanted & found or any(f.startswith("stderr") for f in found):
                    wrong.append(f"{shell}: {' '.join(words)!r} offers {sorted(found)}, expected {sorted(wanted)}")
        # Every option of every verb is there: the program's own --help-all says which there are.
        verbs = subprocess.run([PROGRAM, "completion", "bash"], capture_output=True, text=True, check=True).stdout
        help_all = subprocess.run([PROGRAM, "--help-all"], capture_output=True, text=True, check=True).stdout
        options = {word.rstrip(",") for line in help_all.splitlines() if line.lstrip().startswith("-")
                   for word in line.split()[0].split(",")}
        wrong += [f"{option} is never offered" for option in sorted(options) if option not in verbs]
    print("\n".join(wrong) if wrong else f"{2 * len(CASES) + len(BASH_ONLY)} completions, {len(options)} options")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
