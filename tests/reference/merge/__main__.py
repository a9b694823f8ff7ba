"""Merges random plans with the program and with the reference. Usage: python -m merge PROGRAM FOLDER [FIRST LAST]

Plans for which the two differ are kept in the folder, and the exit code is 1.
"""

import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from picks import Picks
from plans.generate import plan
from plans.ron import Choice, document

from .edits import Editor
from .merging import TABLES, key_of, merged
from .notation import read_plan, text

SEEDS = (1, 2000)
PROCESSES = 2
MOST_PLANS = 5
MOST_SECONDS = 60
NOW = "2026-11-21T09:00:00Z"
VERSIONS = ("base", "ours", "theirs", "merged")


def run(windowsill, *arguments):
    command = [windowsill, "merge", *arguments, "--now", NOW]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS)
    return ran.returncode, ran.stderr.strip()


def differences_of(windowsill, folder, seed):
    """Merges the plan of a seed: the differences, and how many conflicts there were."""
    base, ours, theirs, result = (folder / f"{seed}-{version}.ron" for version in VERSIONS)
    base.write_text(document(plan(seed)), encoding="utf-8")
    # The program writes the plan as it always does, so that values are written in one way only.
    code, error = run(windowsill, base, base, base, "-o", base)
    if code:
        return [f"the plan cannot be merged with itself: {error}"], 0
    start = read_plan(base.read_text(encoding="utf-8"))
    picks = Picks(seed * 7919)
    for _ in range(8):
        picks.below(2)
    sides = [Editor(start, picks).edited() for _ in range(2)]
    for path, side in zip((ours, theirs), sides):
        path.write_text(text(side), encoding="utf-8")
    code, error = run(windowsill, base, ours, theirs, "-o", result)
    if code not in (0, 1):
        return [f"the program failed: {error}"], 0
    expected, conflicts = merged(start, *sides)
    found = compare(expected, conflicts, read_plan(result.read_text(encoding="utf-8")))
    if (code == 1) != bool(conflicts):
        found.append(f"exit code {code} with {len(conflicts)} conflicts")
    if not found:
        for path in (base, ours, theirs, result):
            path.unlink()
    return found, len(conflicts)


def compare(expected, conflicts, said):
    found = []
    their_conflicts = {conflict_key(conflict) for conflict in said.pop("conflicts", [])}
    for key in sorted(their_conflicts ^ set(conflicts)):
        found.append(f"{'only the program' if key in their_conflicts else 'only the reference'} has the conflict {key}")
    for name in {**expected, **said}:
        one, other = expected.get(name), said.get(name)
        if name in TABLES:
            one, other = ({key_of(row): row for row in rows or []} for rows in (one, other))
            rows = [(f"{name} {key}", one.get(key), other.get(key)) for key in {**one, **other}]
        elif name == "policy":
            rows = [(f"policy {key}", one.get(key), other.get(key)) for key in {**one, **other}]
        else:
            rows = [(name, one, other)]
        found += [f"{what}: reference {a!r}, program {b!r}" for what, a, b in rows if a != b]
    return found


def conflict_key(conflict):
    """Kind of record, its key and the field."""
    record = conflict["record"]
    key = ""
    if isinstance(record, Choice) and record.fields is not None:
        key = repr(sorted(record.fields.items()))
    elif record.values:
        key = record.values[0]
    return record.name, key, conflict.get("field", "")


def main(windowsill, folder, first=SEEDS[0], last=SEEDS[1]):
    folder, seeds = Path(folder), range(int(first), int(last) + 1)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(PROCESSES) as pool:
        results = list(pool.map(partial(differences_of, windowsill, folder), seeds, chunksize=10))
    broken = [(seed, found) for seed, (found, _) in zip(seeds, results) if found]
    for seed, found in broken[:MOST_PLANS]:
        print(f"Seed {seed}: {len(found)} differences")
        print("".join(f"  {line}\n" for line in found[:12]), end="")
    conflicts = sum(count for _, count in results)
    print(f"Reference: {len(seeds) - len(broken)} of {len(seeds)} merges give the same plan ({conflicts} conflicts)")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
