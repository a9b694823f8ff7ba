"""For every day of the horizon: would a fix published at its first minute have climbed a ladder in time?

For a severity a day is in time when the last group is through within the severity's hours; else it is late where the
deadline lies inside the plan, and open where it lies behind its end.
"""

from dataclasses import dataclass
from datetime import date, datetime

from .climbs import DAY, USUAL_DEADLINES, climb, end_of_plan, midnight, rungs
from .dates import days, horizon


@dataclass(frozen=True)
class Day:
    on: date
    published: datetime
    # None where that is not inside the plan.
    through: datetime | None


def daily(ladder, plan, coverage):
    """A climb a day; none where the ladder has no systems."""
    groups = list(rungs(ladder, plan))
    for on in days(*horizon(plan)) if groups else []:
        published = midnight(plan, on)
        steps, unreached = climb(groups, coverage, published)
        yield Day(on, published, steps[-1].end if unreached is None else None)


def deadlines(plan):
    """Name and length of each severity's, in the policy's order."""
    said = plan["policy"] and plan["policy"]["severities"]
    return list(USUAL_DEADLINES.items()) if said is None else [(each["name"], each["within"]) for each in said]


def verdicts(found, within, plan):
    """A letter a day: i in time, m missed, o open."""
    end = end_of_plan(plan)

    def verdict(day):
        deadline = day.published + within
        if day.through is not None and day.through <= deadline:
            return "i"
        return "o" if deadline > end else "m"

    return "".join(map(verdict, found))


def largest_gap(letters, first):
    """From when to when the longest run of missed days lasts, and how long; of several the first."""
    longest = max((len(run) for run in letters.replace("o", "i").split("i")), default=0)
    if longest == 0:
        return None
    begin = first + letters.index("m" * longest) * DAY
    return {"from": str(begin), "to": str(begin + (longest - 1) * DAY), "days": longest}
