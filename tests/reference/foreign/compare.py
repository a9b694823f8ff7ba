"""Compares the instants at which the program sees foreign events with those that another reader sees.

compare.py PROGRAM JUDGE FOLDER: for every .ics file below FOLDER that the judge finds well-formed, in spans of five
years, the starts of all occurrences in UTC; where lengths are kept, the ends, too. A file on which they differ must
have been given a reason by the import.
"""

import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

SPANS = [(year, year + 4) for year in range(2005, 2030, 5)]
# What the import says of an event that it does not take over, or not as it stands.
REASONS = ("left out", "not kept", "only that one date", "nobody knows the zone", "contradicts", "outside the plan")


def judged(judge, files, first, last):
    """Starts and ends by file, and the files that are not well-formed."""
    span = ["--from", f"{first}-01-01", "--to", f"{last}-12-31"]
    ran = subprocess.run([judge, "--events", "--json", *span, *files], capture_output=True, text=True, check=False)
    said = json.loads(ran.stdout)
    events = collections.defaultdict(set)
    for event in said["events"]:
        if event["status"] != "CANCELLED":
            events[event["file"]].add((minute(event["start"]), minute(event["end"])))
    return events, {finding["file"] for finding in said["findings"]}


def misuses_zones(file):
    """A date or a time in UTC has no zone (RFC 5545, 3.2.19): some heed it, others do not."""
    misuse = rb";VALUE=DATE;TZID=|;TZID=[^:\r\n]*(;VALUE=DATE:|:\d{8}T\d{6}Z)"
    return re.search(misuse, pathlib.Path(file).read_bytes()) is not None


def minute(text):
    """Whole minutes, as the program keeps them; a date is its midnight, since the plan is in UTC."""
    return f"{text}T00:00Z" if "T" not in text else f"{text[:16]}Z"


def seen(program, plan, file, first):
    """Starts and ends that the program gives, and what it said on the way; none where it refuses the file."""
    def run(*words):
        return subprocess.run([program, *map(str, words)], capture_output=True, text=True, check=False)

    run("new", plan, "--force", "--from", f"{first}-01-01", "--months", 60, "--zone", "UTC")
    imported = run("import", "windows", file, "--into", plan)
    rows = json.loads(run("list", plan, "--format", "json").stdout or "[]")
    taking_place = [row for row in rows if row["status"] != "skipped"]
    return {(minute(row["start_at"]), minute(row["end_at"])) for row in taking_place}, imported.stderr


def differences(theirs, ours, first, last):
    """Starts that only one of the two has, a day inside the span: dates are counted on clocks that differ."""
    def starts(events):
        return {start for start, _ in events if f"{first}-01-02" <= start < f"{last}-12-31"}

    return starts(theirs) ^ starts(ours)


def main(program, judge, folder):
    files = [str(path) for path in sorted(pathlib.Path(folder).rglob("*.ics"))]
    compared, instants, ends, named, odd = set(), 0, 0, set(), []
    broken = {file for file in files if misuses_zones(file)}
    with tempfile.TemporaryDirectory() as home:
        plan = pathlib.Path(home, "plan.ron")
        for first, last in SPANS:
            events, bad = judged(judge, files, first, last)
            broken |= bad
            for file in sorted(set(events) - broken):
                ours, said = seen(program, plan, file, first)
                compared.add(file)
                instants += len({start for start, _ in events[file]})
                ends += len(events[file] & ours)
                differing = differences(events[file], ours, first, last)
                if differing and any(reason in said for reason in REASONS):
                    named.add(file)
                elif differing:
                    odd.append(file)
                    print(f"{file}, {first} to {last}: {len(differing)} starts differ, such as "
                          f"{sorted(differing)[:3]}\n  {said.strip()}", flush=True)
    print(f"Reference: {len(compared)} well-formed files of {len(files)} with {instants} instants compared, "
          f"{ends} of them with the same end; {len(broken)} files are not well-formed; "
          f"{len(named)} differ for a reason that the import names, {len(odd)} without one")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
