"""Climbs: when each group of a ladder completes if a release or a fix starts to climb it at a given instant.

A group is reached when each of its systems has had an occurrence of a window that covers it, the first that starts at
or after the earliest allowed instant. That is the start of the climb for the first group, and the end of the previous
group plus its soak time for the others. Groups without systems are skipped, and so are occurrences in a freeze.
"""

from bisect import bisect_left
from copy import copy
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clocks import clock_at, to_instant

from .dates import horizon, plan_zone, release_instants
from .freezes import in_freezes
from .scope import by_system, scope

DAY = timedelta(days=1)
# How far after the horizon the next release is searched for.
LONGEST_CADENCE = 800 * DAY
HOUR = timedelta(hours=1)
USUAL_SOAK = {"test": 24 * HOUR, "uat": 24 * HOUR, "pilot": 72 * HOUR, "rest": 72 * HOUR, "production": 0 * HOUR}
USUAL_DEADLINES = {"Critical": 3 * DAY, "High": 7 * DAY, "Medium": 30 * DAY, "Low": 90 * DAY}


@dataclass(frozen=True)
class Step:
    """A group that is reached: its index on the ladder, and its occurrences sorted by start."""

    group: int
    allowed: datetime
    occurrences: tuple

    @property
    def start(self):
        return min(each.start for each in self.occurrences)

    @property
    def end(self):
        return max(each.end for each in self.occurrences)


class Coverage:
    """The occurrences of each system, without those in a freeze."""

    def __init__(self, plan, planned):
        frozen = {(window, original) for window, original, _ in in_freezes(plan, planned)}
        happening = {
            window: [each for each in found if (window, each.original) not in frozen]
            for window, found in planned.items()
        }
        self.by_system = by_system(plan, happening)
        self.remember_starts()

    def remember_starts(self):
        self.starts = {system: [each.start for each in found] for system, found in self.by_system.items()}

    def with_more(self, occurrences):
        """A copy with additional occurrences, given as pairs of system and occurrence."""
        more = copy(self)
        more.by_system = {system: list(found) for system, found in self.by_system.items()}
        for system, occurrence in occurrences:
            more.by_system[system].append(occurrence)
        for found in more.by_system.values():
            found.sort(key=lambda each: each.order)
        more.remember_starts()
        return more

    def first_from(self, system, at):
        index = bisect_left(self.starts[system], at)
        return self.by_system[system][index] if index < len(self.starts[system]) else None


def soak_after(group, plan):
    soak = plan["policy"]["soak"] if plan["policy"] else USUAL_SOAK
    return soak[group["stage"].name.lower()] if group["soak"] is None else group["soak"]


def rungs(ladder, plan):
    """The groups with systems: index, known systems, and the soak time after the group."""
    known = {system["id"] for system in plan["systems"]}
    for number, group in enumerate(ladder["groups"]):
        systems = sorted(known.intersection(group["systems"]))
        if systems:
            yield number, systems, soak_after(group, plan)


def climb(rungs, coverage, at):
    """The steps of the groups that are reached, and the index of the first one that is not."""
    steps, allowed = [], at
    for group, systems, soak in rungs:
        needed = [coverage.first_from(system, allowed) for system in systems]
        if None in needed:
            return steps, group
        steps.append(Step(group, allowed, tuple(sorted(set(needed), key=lambda each: each.order))))
        allowed = steps[-1].end + soak
    return steps, None


def midnight(plan, on):
    return to_instant(plan_zone(plan), datetime.combine(on, time()))[0]


def end_of_plan(plan):
    """The midnight at the end of the plan's months."""
    return midnight(plan, horizon(plan)[1] + DAY)


def covered_systems(plan):
    """The systems that any window covers, whether it takes place or not."""
    return {system["id"] for window in plan["windows"] for system in scope(window, plan)}


def releases(calendar, plan):
    """The releases whose date in the plan's zone is in the horizon, and the next one after them, if any."""
    zone, (first, last) = plan_zone(plan), horizon(plan)
    instants = release_instants(calendar, first - 3 * DAY, last + LONGEST_CADENCE)
    inside = [at for at in instants if first <= clock_at(zone, at).date() <= last]
    after = next((at for at in instants if inside and at > inside[-1]), None)
    return inside, after
