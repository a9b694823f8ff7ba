"""W001: occurrences of different windows that work on the same system at the same time."""

from itertools import combinations

from .scope import scope


def overlaps(plan, planned):
    """Pairs of overlapping occurrences by the first system that both cover, with the lower window id first.

    `planned`: the occurrences that take place, by window.
    """
    covered = {window["id"]: [system["id"] for system in scope(window, plan)] for window in plan["windows"]}
    found = {}
    for first, second in combinations(sorted(planned), 2):
        shared = [system for system in covered[first] if system in covered[second]]
        if shared:
            pairs = found.setdefault(shared[0], [])
            pairs += [(one, other) for one in planned[first] for other in planned[second] if one.overlaps(other)]
    return found
