"""Runs the command line on every bomb: at most 512 MB, no crash, an end, and a message.

    tests/reference/bombs/check [--megabytes N] [--only WORD] PROGRAM
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from . import archives, server, texts

MOST_MEMORY_MB = 512
PATIENCE = 300


class Bench:
    """A folder with a plan in it, and what was measured."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.environment = dict(os.environ, WINDOWSILL_HOME=str(folder / "home"), WINDOWSILL_ZONE_DATA="bundled", LANG="C")
        self.results, self.failures = [], 0
        subprocess.run([program, "new", str(folder / "empty.ron")], env=self.environment, check=True, capture_output=True)

    def run(self, name, words):
        """Runs the program, and reports what it needed and said."""
        shutil.copy(self.folder / "empty.ron", self.folder / "plan.ron")
        began = time.monotonic()
        with open(self.folder / "out", "wb") as out, open(self.folder / "err", "wb") as err:
            process = subprocess.Popen([self.program, *map(str, words)], cwd=self.folder, env=self.environment, stdout=out,
                                       stderr=err, stdin=subprocess.DEVNULL)
            timer = threading.Timer(PATIENCE, process.send_signal, [signal.SIGKILL])
            timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        seconds, megabytes = time.monotonic() - began, usage.ru_maxrss // 1024
        code = process.returncode
        said = self.said("err") or self.said("out")
        problems = []
        if megabytes > MOST_MEMORY_MB:
            problems.append(f"needs {megabytes} MB")
        if code not in (0, 1, 2):
            problems.append(f"takes longer than {PATIENCE} s" if seconds >= PATIENCE else f"ends with {code}")
        if not said:
            problems.append("says nothing")
        self.results.append((megabytes, seconds, name))
        self.failures += bool(problems)
        mark = f"FAILED: {', '.join(problems)}; " if problems else ""
        print(f"{mark}{name}: {megabytes} MB, {seconds:.1f} s, exit code {code}: {said[:160]}", flush=True)

    def said(self, name):
        """The last line that the program wrote."""
        with open(self.folder / name, "rb") as file:
            file.seek(max(0, os.path.getsize(self.folder / name) - 4000))
            lines = file.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


def imports(bench, size, is_wanted):
    for source in [texts.tables, texts.calendars, texts.mails, texts.json_files, archives.archives]:
        for topic, name, write in source():
            label = f"import {topic} {name}"
            if not is_wanted(label):
                continue
            path = bench.folder / name
            write(path, size)
            bench.run(label, ["import", topic, name, "--into", "plan.ron"])
            path.unlink()


def plans(bench, size, is_wanted):
    for name, write in texts.plans().items():
        path = bench.folder / "bomb.ron"
        labels = [label for label in (f"check {name}", f"merge {name}", f"diff {name}") if is_wanted(label)]
        if labels:
            write(path, size)
        for label in labels:
            words = {
                "check": ["check", "bomb.ron"],
                "merge": ["merge", "empty.ron", "bomb.ron", "bomb.ron", "-o", "merged.ron"],
                "diff": ["diff", "bomb.ron", "empty.ron"],
            }
            bench.run(label, words[label.split()[0]])
        path.unlink(missing_ok=True)


def answers(bench, is_wanted):
    address = server.serve(64_000_000)
    for name in [*server.ANSWERS, "headers"]:
        if is_wanted(f"answer {name}"):
            bench.run(f"answer {name}", ["publish", "plan.ron", "--to", f"{address}/{name}/c/", "--allow-http"])


def main():
    parser = argparse.ArgumentParser(prog="tests/reference/bombs/check")
    parser.add_argument("program", type=Path)
    parser.add_argument("--megabytes", type=int, default=64)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    # A little less than the limit, so that files are read.
    size = (arguments.megabytes << 20) * 97 // 100
    is_wanted = lambda label: arguments.only in label
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(str(arguments.program.resolve()), Path(folder))
        plans(bench, size, is_wanted)
        answers(bench, is_wanted)
        imports(bench, size, is_wanted)
    if not bench.results:
        sys.exit(f"no file or answer has {arguments.only} in its name")
    most, longest = max(bench.results), max((seconds, name) for _, seconds, name in bench.results)
    print(f"{len(bench.results)} files and answers, {bench.failures} failures; most memory {most[0]} MB ({most[2]}), "
          f"longest {longest[0]:.1f} s ({longest[1]})")
    sys.exit(bench.failures > 0)


main()
