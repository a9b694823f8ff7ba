"""What the program says of a plan."""

import json
import subprocess
from datetime import datetime

# The day on which all plans are looked at.
NOW = "2026-11-21T09:00:00Z"
# A plan this small that takes longer hangs.
MOST_SECONDS = 60


class Broken(Exception):
    """The program did not answer as it should: it panicked, hung, or refused a plan that it must read."""


def run(program, *arguments):
    """What it printed, read as JSON. 1 is the exit code of a check that found an error."""
    command = [program, *arguments, "--format", "json"]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise Broken(f"{arguments[0]} took more than {MOST_SECONDS} seconds") from late
    if ran.returncode not in (0, 1) or "panicked" in ran.stderr or ran.stderr:
        raise Broken(f"{arguments[0]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return json.loads(ran.stdout)


def listed(program, path):
    return run(program, "list", path)


def checked(program, path):
    return run(program, "check", path, "--now", NOW)


def instant(text):
    """ "2027-03-13T22:00:00Z" without its zone, which is always UTC; None where there is none."""
    return text and datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
