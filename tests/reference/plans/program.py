"""The program's results for a plan."""

import json
import re
import subprocess

# The time as of which all plans are checked.
NOW = "2026-11-21T09:00:00Z"
# These plans are so small that anything longer means a hang.
MOST_SECONDS = 60
# What every list says about windows whose dates are not known. It names the first of them.
UNKNOWN_DATES = re.compile(r"The dates of (?P<count>\d+) windows? are not known: (?P<names>.+?)\. .+\n?")


class Broken(Exception):
    """The program failed: it panicked, hung, or refused a plan that it must read."""


class Said:
    """The lists that the program prints for one plan."""

    def __init__(self, program, path):
        self.rows, list_note = run(program, "list", path)
        self.findings, check_note = run(program, "check", path, "--now", NOW)
        self.cycles, cycles_note = run(program, "cycles", path)
        self.reach, reach_note = run(program, "reach", path)
        self.downtime, downtime_note = run(program, "downtime", path)
        self.notes = {
            "list": list_note, "check": check_note, "cycles": cycles_note, "reach": reach_note, "downtime": downtime_note,
        }

    def of_rule(self, code):
        return [finding for finding in self.findings if finding["code"] == code]

    def about_occurrences(self, code):
        """Window, original date and other record of each finding of a rule about an occurrence."""
        return [(each["window"], each["on"], each["other"]) for each in self.of_rule(code) if each["on"]]


def run(program, *arguments):
    """The rows of its output as JSON, and the count and names of the windows whose dates it does not know; None if it
    knows all.

    Exit code 1 only means that `check` found an error.
    """
    command = [program, *arguments, "--format", "json"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Broken(f"{arguments[0]} took more than {MOST_SECONDS} seconds") from late
    note = UNKNOWN_DATES.fullmatch(ran.stderr)
    if ran.returncode not in (0, 1) or (ran.stderr and not note):
        raise Broken(f"{arguments[0]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return json.loads(ran.stdout), note and (int(note["count"]), note["names"])
