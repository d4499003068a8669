"""The engine as somebody else uses it: installed, found with find_package(termwise), every header included, linked."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import sources

PROJECT = """cmake_minimum_required(VERSION 3.25)
project(consumer LANGUAGES CXX)
find_package(termwise {version} REQUIRED)
add_executable(consumer main.cc)
target_link_libraries(consumer PRIVATE termwise::engine)
"""

# What the program tells about itself, where Debian's man, bash and zsh look for it, and how it begins.
MANUAL = {"man/man1/termwise.1": ".TH TERMWISE 1",
          "bash-completion/completions/termwise": "# bash completion for termwise",
          "zsh/site-functions/_termwise": "#compdef termwise"}


def run(*command):
    done = subprocess.run([str(part) for part in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        print(done.stdout.decode("utf-8", "replace"))
        sources.finish("", [f"failed: {' '.join(map(str, command))}"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--cmake", required=True)
    parser.add_argument("--generator", required=True)
    parser.add_argument("--compiler", required=True)
    options = parser.parse_args()

    with tempfile.TemporaryDirectory(prefix="termwise-installed-") as folder:
        prefix, consumer = Path(folder) / "prefix", Path(folder) / "consumer"
        run(options.cmake, "--install", options.build, "--prefix", prefix)
        if not (prefix / "bin" / "termwise").is_file():
            sources.finish("", ["the program is not installed"])
        for file, begins in MANUAL.items():
            installed = prefix / "share" / file
            if not installed.is_file() or not installed.read_text(encoding="utf-8").startswith(begins):
                sources.finish("", [f"share/{file} is not installed, or is something else"])
        include = prefix / "include" / "termwise"
        headers = sorted(path.relative_to(include).as_posix() for path in include.rglob("*.h"))
        expected = [path.relative_to(sources.ROOT / "engine").as_posix()
                    for path in sources.files("engine", suffixes=(".h",))]
        if headers != expected:
            sources.finish("", [f"installed headers differ from engine/: {sorted(set(headers) ^ set(expected))}"])

        consumer.mkdir()
        (consumer / "CMakeLists.txt").write_text(PROJECT.format(version="0.1"), encoding="utf-8")
        main_cc = "".join(f'#include "{header}"\n' for header in headers) + "int main() {}\n"
        (consumer / "main.cc").write_text(main_cc, encoding="utf-8")
        run(options.cmake, "-G", options.generator, "-S", consumer, "-B", consumer / "build",
            f"-DCMAKE_PREFIX_PATH={prefix}", f"-DCMAKE_CXX_COMPILER={options.compiler}")
        run(options.cmake, "--build", consumer / "build")
    sources.finish(f"{len(headers)} headers", [])


if __name__ == "__main__":
    sys.exit(main())
