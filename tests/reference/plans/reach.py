"""For every day of the horizon: would a fix published at its first minute climb a ladder in time?

A day is in time for a severity if the last group completes within the severity's hours. Otherwise it is missed if the
deadline is in the plan, and open if it is after its end.
"""

from dataclasses import dataclass
from datetime import date, datetime

from .climbs import DAY, USUAL_DEADLINES, climb, end_of_plan, midnight, rungs
from .dates import days, horizon


@dataclass(frozen=True)
class Day:
    on: date
    published: datetime
    # None if the ladder is not climbed within the plan.
    through: datetime | None


def daily(ladder, plan, coverage):
    """One climb for each day; none if the ladder has no systems."""
    groups = list(rungs(ladder, plan))
    for on in days(*horizon(plan)) if groups else []:
        published = midnight(plan, on)
        steps, unreached = climb(groups, coverage, published)
        yield Day(on, published, steps[-1].end if unreached is None else None)


def deadlines(plan):
    """Name and deadline of each severity, in the policy's order."""
    said = plan["policy"] and plan["policy"]["severities"]
    return list(USUAL_DEADLINES.items()) if said is None else [(each["name"], each["within"]) for each in said]


def verdicts(found, within, plan):
    """One letter for each day: i in time, m missed, o open."""
    end = end_of_plan(plan)

    def verdict(day):
        deadline = day.published + within
        if day.through is not None and day.through <= deadline:
            return "i"
        return "o" if deadline > end else "m"

    return "".join(map(verdict, found))


def largest_gap(letters, first):
    """First day, last day and length of the longest run of missed days, the first of several."""
    longest = max((len(run) for run in letters.replace("o", "i").split("i")), default=0)
    if longest == 0:
        return None
    begin = first + letters.index("m" * longest) * DAY
    return {"from": str(begin), "to": str(begin + (longest - 1) * DAY), "days": longest}
