"""Compares the program with the reference on many random plans. Usage: python -m plans PROGRAM FOLDER [FIRST LAST]

Plans for which they differ, or for which the program fails, are kept in the folder, and the exit code is 1.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from clocks import forget_system_zones

from .compare import compare
from .generate import plan
from .program import Broken
from .ron import document

SEEDS = (1, 1000)
PROCESSES = 2
# At most this many are printed.
MOST_PLANS = 5
MOST_DIFFERENCES = 12


def differences_of(windowsill, folder, seed):
    """Compares the plan of a seed: the differences and the counts. The file is kept if there are differences."""
    made, path = plan(seed), folder / f"{seed}.ron"
    path.write_text(document(made), encoding="utf-8")
    try:
        found, counts = compare(made, path, windowsill)
    except Broken as broken:
        found, counts = [str(broken)], Counter()
    if not found:
        path.unlink()
    return found, counts


def main(windowsill, folder, first=SEEDS[0], last=SEEDS[1]):
    folder, seeds = Path(folder), range(int(first), int(last) + 1)
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(PROCESSES, initializer=forget_system_zones) as pool:
        results = pool.map(partial(differences_of, windowsill, folder), seeds, chunksize=10)
        broken, counts = [], Counter()
        for seed, (found, compared) in zip(seeds, results):
            counts += compared
            if found:
                broken.append((seed, found))
    for seed, found in broken[:MOST_PLANS]:
        print(f"Seed {seed}, {folder / f'{seed}.ron'}: {len(found)} differences")
        print("".join(f"  {line}\n" for line in found[:MOST_DIFFERENCES]), end="")
    said = ", ".join(f"{count} {what}" for what, count in sorted(counts.items()))
    print(f"Reference: {len(seeds) - len(broken)} of {len(seeds)} random plans give the same results ({said})")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
