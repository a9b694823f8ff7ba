"""Ladders in time: when the groups of a ladder are through if something climbs it from an instant on.

A group is reached when each of its systems has had an occurrence of a window that covers it, the first that starts at
or after the earliest allowed instant: the start of the climb for the first group, and the end of the group before plus
its soak time for each next one. Groups without systems are stepped over; what a freeze takes away does not count.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from clocks import clock_at, place

from .dates import days, horizon, release_instants, zone_or_utc
from .freezes import in_freezes
from .scope import scope

DAY = timedelta(days=1)
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
    """For each system the occurrences that will happen to it, by start, then window."""

    def __init__(self, plan, planned):
        frozen = {(window, original) for window, original, _ in in_freezes(plan, planned)}
        self.by_system = {system["id"]: [] for system in plan["systems"]}
        for window in plan["windows"]:
            happening = [each for each in planned[window["id"]] if (each.window, each.original) not in frozen]
            for system in scope(window, plan):
                self.by_system[system["id"]] += happening
        for found in self.by_system.values():
            found.sort(key=lambda each: (each.start, each.window))
        self.starts = {system: [each.start for each in found] for system, found in self.by_system.items()}

    def first_from(self, system, at):
        found = self.by_system[system]
        place = bisect_left(self.starts[system], at)
        return found[place] if place < len(found) else None


def soak_after(group, plan):
    soak = (plan["policy"] or {}).get("soak", USUAL_SOAK)
    return soak[group["stage"].name.lower()] if group["soak"] is None else group["soak"]


def rungs(ladder, plan):
    """The groups that have systems, each with its place, its known systems and the soak time after it."""
    known = {system["id"] for system in plan["systems"]}
    for number, group in enumerate(ladder["groups"]):
        systems = sorted(known.intersection(group["systems"]))
        if systems:
            yield number, systems, soak_after(group, plan)


def climb(rungs, coverage, at):
    """The steps of the groups that are reached, and whether all of them are."""
    steps, allowed = [], at
    for group, systems, soak in rungs:
        needed = [coverage.first_from(system, allowed) for system in systems]
        if None in needed:
            return steps, False
        unique = sorted(set(needed), key=lambda each: (each.start, each.window))
        steps.append(Step(group, allowed, tuple(unique)))
        allowed = steps[-1].end + soak
    return steps, True


def midnight(plan, on):
    return place(zone_or_utc(plan["zone"]), datetime.combine(on, time()))[0]


def releases(calendar, plan):
    """Those whose date in the plan's zone lies in the horizon, and the next one after them, where there is one."""
    zone, (first, last) = zone_or_utc(plan["zone"]), horizon(plan)
    instants = release_instants(calendar, first - 3 * DAY, last + 803 * DAY)
    inside = [at for at in instants if first <= clock_at(zone, at).date() <= last]
    after = next((at for at in instants if inside and at > inside[-1]), None)
    return inside, after


def daily_climbs(ladder, plan, coverage):
    """For each day of the horizon its first minute, and when a fix published then is through; None where it is not."""
    steps_up = list(rungs(ladder, plan))
    for on in days(*horizon(plan)):
        at = midnight(plan, on)
        steps, is_complete = climb(steps_up, coverage, at)
        yield at, steps[-1].end if is_complete and steps else None
