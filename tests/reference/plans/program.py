"""The program's results for a plan."""

import json
import subprocess

# The time as of which all plans are checked.
NOW = "2026-11-21T09:00:00Z"
# These plans are so small that anything longer means a hang.
MOST_SECONDS = 60


class Broken(Exception):
    """The program failed: it panicked, hung, or refused a plan that it must read."""


class Said:
    """The lists that the program prints for one plan."""

    def __init__(self, program, path):
        self.rows = run(program, "list", path)
        self.findings = run(program, "check", path, "--now", NOW)
        self.cycles = run(program, "cycles", path)
        self.reach = run(program, "reach", path)

    def of_rule(self, code):
        return [finding for finding in self.findings if finding["code"] == code]

    def about_occurrences(self, code):
        """Window, original date and other record of each finding of a rule about an occurrence."""
        return [(each["window"], each["on"], each["other"]) for each in self.of_rule(code) if each["on"]]


def run(program, *arguments):
    """Its output as JSON. Exit code 1 only means that `check` found an error."""
    command = [program, *arguments, "--format", "json"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Broken(f"{arguments[0]} took more than {MOST_SECONDS} seconds") from late
    if ran.returncode not in (0, 1) or ran.stderr:
        raise Broken(f"{arguments[0]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return json.loads(ran.stdout)
