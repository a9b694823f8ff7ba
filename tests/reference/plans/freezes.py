"""F001: occurrences that touch a change freeze that covers their window."""

from datetime import datetime, time, timedelta
from itertools import count

from clocks import to_instant
from dateutil.relativedelta import relativedelta

from .dates import plan_zone
from .scope import scope

DAY = timedelta(days=1)
# No occurrence of a plan of two years is later than this after its first day.
LATEST = timedelta(days=2000)


def frozen_systems(freeze, plan):
    """The ids of the systems that a freeze covers; None if it covers everything."""
    match freeze["scope"].name, freeze["scope"].values:
        case "Everything", ():
            return None
        case "Areas", (areas,):
            return {system["id"] for system in plan["systems"] if system["area"] in areas}
        case "Ladders", (ladders,):
            found = (ladder for ladder in plan["ladders"] if ladder["id"] in ladders)
            return {system for ladder in found for group in ladder["groups"] for system in group["systems"]}
        case "Systems", (systems,):
            return set(systems)
    raise ValueError(freeze["scope"])


def covers(freeze, window, plan):
    if any(exemption["window"] == window["id"] for exemption in freeze["exemptions"]):
        return False
    frozen = frozen_systems(freeze, plan)
    return frozen is None or any(system["id"] in frozen for system in scope(window, plan))


def times(freeze, plan):
    """Each period of a freeze, from the first midnight to the one after the last day, in the plan's zone."""
    zone, length = plan_zone(plan), freeze["last_on"] - freeze["first_on"]
    first = freeze["first_on"]
    for number in count(1):
        begin, after = datetime.combine(first, time()), datetime.combine(first + length + DAY, time())
        if begin < after:
            yield to_instant(zone, begin)[0], to_instant(zone, after)[0]
        first = freeze["first_on"] + number * relativedelta(months=freeze["every_months"] or 0)
        if first == freeze["first_on"] or first > plan["horizon"]["from"] + LATEST:
            return


def in_freezes(plan, planned):
    """Window, original date and freeze of each such occurrence.

    `planned`: the occurrences that take place, by window.
    """
    for freeze in plan["freezes"]:
        spans = list(times(freeze, plan))
        for window in plan["windows"]:
            if covers(freeze, window, plan):
                touching = (
                    each
                    for each in planned[window["id"]]
                    if any(each.start < end and begin < each.end for begin, end in spans)
                )
                yield from ((window["id"], each.original, freeze["id"]) for each in touching)
