"""Ladders in time: when the groups of a ladder are through if something climbs it from an instant on.

A group is reached when each of its systems has had an occurrence of a window that covers it, the first that starts at
or after the earliest allowed instant: the start of the climb for the first group, and the end of the group before plus
its soak time for each next one. Groups without systems are stepped over; what a freeze takes away does not count.
"""

from bisect import bisect_left
from copy import copy
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clocks import clock_at, place

from .dates import horizon, release_instants, zone_or_utc
from .freezes import in_freezes
from .scope import by_system, scope

DAY = timedelta(days=1)
# The next release is looked for so far behind the horizon.
LONGEST_CADENCE = 800 * DAY
HOUR = timedelta(hours=1)
USUAL_SOAK = {"test": 24 * HOUR, "uat": 24 * HOUR, "pilot": 72 * HOUR, "rest": 72 * HOUR, "production": 0 * HOUR}
USUAL_DEADLINES = {"Critical": 3 * DAY, "High": 7 * DAY, "Medium": 30 * DAY, "Low": 90 * DAY}


@dataclass(frozen=True)
class Step:
    """A group that is reached: its place on the ladder, and its occurrences in the order of their starts."""

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
    """For each system the occurrences that will happen to it: those that no freeze takes away."""

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
        """Itself, with more occurrences: pairs of a system and what happens to it."""
        more = copy(self)
        more.by_system = {system: list(found) for system, found in self.by_system.items()}
        for system, occurrence in occurrences:
            more.by_system[system].append(occurrence)
        for found in more.by_system.values():
            found.sort(key=lambda each: each.order)
        more.remember_starts()
        return more

    def first_from(self, system, at):
        place = bisect_left(self.starts[system], at)
        return self.by_system[system][place] if place < len(self.starts[system]) else None


def soak_after(group, plan):
    soak = plan["policy"]["soak"] if plan["policy"] else USUAL_SOAK
    return soak[group["stage"].name.lower()] if group["soak"] is None else group["soak"]


def rungs(ladder, plan):
    """The groups that have systems, each with its place, its known systems and the soak time after it."""
    known = {system["id"] for system in plan["systems"]}
    for number, group in enumerate(ladder["groups"]):
        systems = sorted(known.intersection(group["systems"]))
        if systems:
            yield number, systems, soak_after(group, plan)


def climb(rungs, coverage, at):
    """The steps of the groups that are reached, and the place of the one that is not."""
    steps, allowed = [], at
    for group, systems, soak in rungs:
        needed = [coverage.first_from(system, allowed) for system in systems]
        if None in needed:
            return steps, group
        steps.append(Step(group, allowed, tuple(sorted(set(needed), key=lambda each: each.order))))
        allowed = steps[-1].end + soak
    return steps, None


def midnight(plan, on):
    return place(zone_or_utc(plan["zone"]), datetime.combine(on, time()))[0]


def end_of_plan(plan):
    """The midnight at which its months are over."""
    return midnight(plan, horizon(plan)[1] + DAY)


def covered_systems(plan):
    """Those that any window covers, whether it takes place or not."""
    return {system["id"] for window in plan["windows"] for system in scope(window, plan)}


def releases(calendar, plan):
    """Those whose date in the plan's zone lies in the horizon, and the next one after them, where there is one."""
    zone, (first, last) = zone_or_utc(plan["zone"]), horizon(plan)
    instants = release_instants(calendar, first - 3 * DAY, last + LONGEST_CADENCE)
    inside = [at for at in instants if first <= clock_at(zone, at).date() <= last]
    after = next((at for at in instants if inside and at > inside[-1]), None)
    return inside, after
