"""Saves a plan with the command line while strace makes one system call fail, or kills the program there.

Afterwards the plan must be the old or the new one, whole, and the new one if the program reported success. A second
hard link must still lead to it, and the next command must read it and leave nothing beside it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

CALLS = """write fsync fdatasync ftruncate fallocate fchmod fchown rename renameat2 linkat unlink fsetxattr flock lseek
openat""".split()
FAULTS = ["signal=KILL", "error=EIO", "error=ENOSPC"]
# So many calls are before the program opens the plan for the last time.
MOST = 400
SAVE = ["import", "holidays", "--into", "plan.ron", "days.csv"]
READ = ["export", "ledger", "plan.ron", "-o", "ledger.txt"]


class Desk:
    """A folder with a plan, and the environment of the program."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.work = folder / "work"
        self.work.mkdir()
        self.environment = dict(os.environ, WINDOWSILL_HOME=str(folder / "home"), WINDOWSILL_ZONE_DATA="bundled")
        self.run(["new", str(folder / "old.ron")])
        self.reset(False)
        self.run(SAVE)
        self.old, self.new = (folder / "old.ron").read_bytes(), self.plan.read_bytes()
        assert self.old != self.new

    @property
    def plan(self):
        return self.work / "plan.ron"

    @property
    def other(self):
        return self.work / "other.ron"

    def reset(self, is_linked):
        shutil.rmtree(self.work)
        self.work.mkdir()
        (self.work / "days.csv").write_text("date,name\n2027-12-24,Holiday\n")
        shutil.copy(self.folder / "old.ron", self.plan)
        if is_linked:
            os.link(self.plan, self.other)

    def run(self, words, before=()):
        words = [*before, str(self.program), *words]
        return subprocess.run(words, cwd=self.work, env=self.environment, capture_output=True, text=True, check=False)

    def run_with_fault(self, call, fault, number):
        """Returns the result, and what strace saw; none if the program made fewer calls."""
        trace = self.folder / "trace"
        strace = ["strace", "-f", "-o", str(trace), "-e", f"trace={call}", "-e", f"inject={call}:{fault}:when={number}"]
        result = self.run(SAVE, strace)
        seen = trace.read_text()
        return (result, seen) if re.search("INJECTED|SIGKILL", seen) else None

    def problem(self, result):
        """What is wrong after a fault, in words."""
        again = self.run(READ)
        found = self.plan.read_bytes()
        if found not in (self.old, self.new):
            return "the plan is torn"
        if result.returncode == 0 and found != self.new:
            return "reported as saved, but the plan is the old one"
        if self.other.exists() and self.other.read_bytes() != found:
            return "the second link leads to something else"
        if again.returncode != 0:
            return f"the plan cannot be read: {again.stderr.strip()}"
        left = sorted(name for name in os.listdir(self.work) if ".windowsill-" in name)
        self.run(SAVE)
        left = sorted(name for name in left if (self.work / name).exists())
        return f"left behind: {left}" if left else None


def faults(desk):
    """Yields a line for each fault that was injected, and whether it is a problem."""
    for is_linked in (False, True):
        for fault in FAULTS:
            for call in CALLS:
                for number in range(1, MOST):
                    desk.reset(is_linked)
                    ran = desk.run_with_fault(call, fault, number)
                    if ran is None:
                        break
                    way = "rewritten" if is_linked else "renamed"
                    yield f"{way}, {call} {number}, {fault}", desk.problem(ran[0])


def main():
    with tempfile.TemporaryDirectory() as folder:
        results = list(faults(Desk(Path(sys.argv[1]).resolve(), Path(folder))))
    problems = [f"{line}: {problem}" for line, problem in results if problem]
    print("\n".join(problems) or "no problems", f"{len(results)} faults, {len(problems)} problems", sep="\n")
    # Without any fault, strace did not work.
    return 1 if problems or not results else 0


if __name__ == "__main__":
    sys.exit(main())
