"""Compares files for other systems with random plans. Usage: python -m connect PROGRAM FOLDER [FIRST LAST]

Plans for which they differ, or for which the program fails, are kept in the folder, and the exit code is 1.
"""

import json
import subprocess
import sys
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from clocks import forget_system_zones
from plans.generate import plan
from plans.ron import document

from . import azure, gcp, others, ssm
from .compare import differences

# Before all dates of all plans, so that none is over; and in the middle of some.
NOWS = ["2010-01-01T00:00:00Z", "2028-03-01T12:00:00Z", "2026-05-13T21:31:00Z", "2029-10-20T04:00:00Z"]
MOST_SECONDS = 120
MOST_PLANS = 8
MOST_DIFFERENCES = 10


def at_any_time(read):
    """A reader of files that mean the same whenever they are applied."""
    return lambda text, _now: read(text)


# System, form, ending, reader, whether touching entries are one.
FILES = [
    ("ssm", "cloudformation", "yaml", ssm.read, False),
    ("azure", "json", "json", at_any_time(azure.read), False),
    ("gcp", "json", "json", at_any_time(gcp.read), False),
    ("alertmanager", "silences", "json", at_any_time(others.read_silences), False),
    ("alertmanager", "intervals", "yml", at_any_time(others.read_intervals), True),
    ("grafana", "mute-timings", "yaml", at_any_time(others.read_intervals), True),
    ("zabbix", "maintenance", "json", at_any_time(others.read_zabbix), False),
]


def run(*arguments):
    ran = subprocess.run(arguments, capture_output=True, text=True, timeout=MOST_SECONDS)
    if ran.returncode:
        raise RuntimeError(f"{arguments[1:3]} ended with {ran.returncode}: {ran.stderr.strip()}")
    return ran.stdout


def compare(windowsill, folder, seed):
    made, path = plan(seed), folder / f"{seed}.ron"
    path.write_text(document(made), encoding="utf-8")
    now = NOWS[seed % len(NOWS)]
    found, counts = [], Counter()
    try:
        rows = json.loads(run(windowsill, "connect", "check", path, "--format", "json", "--now", now))
        for system, format, ending, read, is_joined in FILES:
            file = folder / f"{seed}-{system}-{format}.{ending}"
            entries = []
            if any(row["form"] != "impossible" for row in rows if (row["system"], row["format"]) == (system, format)):
                run(windowsill, "export", system, path, "-o", file, "--as", format, "--now", now)
                entries = read(file.read_text(encoding="utf-8"), now)
            more, counted = differences(made, rows, entries, system, format, is_joined)
            found += more
            counts += counted
            if not more:
                file.unlink(missing_ok=True)
    except Exception:
        found.append(traceback.format_exc())
    if not found:
        path.unlink()
    return found, counts


def main(windowsill, folder, first=1, last=300):
    folder, seeds = Path(folder), range(int(first), int(last) + 1)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(2, initializer=forget_system_zones) as pool:
        results = list(zip(seeds, pool.map(partial(compare, windowsill, folder), seeds, chunksize=5)))
    counts = sum((counts for _, (_, counts) in results), Counter())
    broken = [(seed, found) for seed, (found, _) in results if found]
    for seed, found in broken[:MOST_PLANS]:
        print(f"Seed {seed}, {folder / f'{seed}.ron'}: {len(found)} differences")
        print("".join(f"  {line}\n" for line in found[:MOST_DIFFERENCES]), end="")
    for system, format, *_ in FILES:
        forms = {form: counts[f"{system} {format} {form}"] for form in ("native", "dates", "impossible")}
        written = forms["native"] + forms["dates"]
        share = 100 * forms["native"] // written if written else 0
        print(f"{system} {format}: {share} % native rules of {written} windows, {forms['impossible']} impossible")
    print(f"Connect: the files of {len(seeds) - len(broken)} of {len(seeds)} random plans have the plan's occurrences")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
