"""Compares `windowsill compliance` with the reference for random plans. Usage: python -m compliance PROGRAM FOLDER [FIRST LAST]

Plans for which they differ are kept in the folder, with each figure that differs, and the exit code is 1.
"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from clocks import forget_system_zones
from plans.ron import document

from .figures import Reference
from .generate import Generator, Picks

MOST_DIFFERENCES = 8
MOST_PLANS = 5


def differences(expected, found, where=""):
    """Each figure that differs, with its path."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in sorted(expected.keys() | found.keys()):
            yield from differences(expected.get(key), found.get(key), f"{where}.{key}" if where else key)
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{where}[{index}]")
    elif isinstance(expected, float) and isinstance(found, (int, float)):
        if abs(expected - found) > (0.011 if where.endswith("days_to_patch") else 1e-9):
            yield f"{where}: expected {expected}, found {found}"
    elif expected != found:
        yield f"{where}: expected {expected}, found {found}"


def compare(windowsill, folder, seed):
    generator = Generator(Picks(seed))
    plan, path = generator.plan(), folder / f"{seed}.ron"
    path.write_text(document(plan), encoding="utf-8")
    hosts = generator.picks.chance(30)
    command = [windowsill, "compliance", path, "--at", str(generator.at), "--format", "json", *["--hosts"] * hosts]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=60)
    if ran.returncode or ran.stderr:
        return [f"ended with {ran.returncode}: {ran.stderr.strip()}"], 0
    reference = Reference(plan, generator.at, hosts)
    report = json.loads(ran.stdout)
    report.pop("forecast")
    found = list(differences(reference.report(), report))
    if not found:
        path.unlink()
    return [f"--at {generator.at}", *found] if found else [], len(reference.items)


def main(windowsill, folder, first=1, last=300):
    folder, seeds = Path(folder), range(int(first), int(last) + 1)
    folder.mkdir(parents=True, exist_ok=True)
    forget_system_zones()
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda seed: compare(windowsill, folder, seed), seeds))
    broken = [(seed, found) for seed, (found, _) in zip(seeds, results) if found]
    for seed, found in broken[:MOST_PLANS]:
        print(f"Seed {seed}, {folder / f'{seed}.ron'}:")
        print("".join(f"  {line}\n" for line in found[:MOST_DIFFERENCES]), end="")
    items = sum(count for _, count in results)
    print(f"Reference: {len(seeds) - len(broken)} of {len(seeds)} random plans give the same figures ({items} items)")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
