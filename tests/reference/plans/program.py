"""What the program says of a plan."""

import json
import subprocess

# The moment at which all plans are looked at.
NOW = "2026-11-21T09:00:00Z"
# A plan this small that takes longer hangs.
MOST_SECONDS = 60


class Broken(Exception):
    """The program did not answer as it should: it panicked, hung, or refused a plan that it must read."""


class Said:
    """All that the program says of one plan."""

    def __init__(self, program, path):
        self.rows = run(program, "list", path)
        self.findings = run(program, "check", path, "--now", NOW)
        self.cycles = run(program, "cycles", path)
        self.reach = run(program, "reach", path)

    def of_rule(self, code):
        return [finding for finding in self.findings if finding["code"] == code]

    def about_occurrences(self, code):
        """Window, original date and what else is involved, of each finding of that rule about an occurrence."""
        return [(each["window"], each["on"], each["other"]) for each in self.of_rule(code) if each["on"]]


def run(program, *arguments):
    """What it printed, read as JSON. 1 is the exit code of a check that found an error."""
    command = [program, *arguments, "--format", "json"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Broken(f"{arguments[0]} took more than {MOST_SECONDS} seconds") from late
    if ran.returncode not in (0, 1) or ran.stderr:
        raise Broken(f"{arguments[0]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return json.loads(ran.stdout)
