"""For every day of the horizon: would a fix published at its first minute climb a ladder in time?

A day is in time for a severity if the last group completes within the severity's hours. Otherwise it is missed if the
deadline is in the plan, and open if it is after its end. For what is exploited, the fix climbs by the policy's emergency
lane, if it has one.
"""

from dataclasses import dataclass
from datetime import date, datetime

from .climbs import DAY, HOUR, USUAL_DEADLINES, climb, end_of_plan, midnight, rungs
from .dates import days, horizon


USUAL_MATRIX = {"high_active": 72 * HOUR}


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


def lane(plan):
    """The stages of the emergency lane and its soak time; none without a lane."""
    said = plan["policy"] and plan["policy"]["emergency"]
    if said is None:
        return None
    stages = said.get("stages")
    return {"Test"} if stages is None else {each.name for each in stages}, said.get("soak", 4 * HOUR)


def daily_by_lane(ladder, plan, coverage):
    """One climb by the emergency lane for each day: a group waits only for the lane's groups before it."""
    stages, soak = lane(plan)
    groups = list(rungs(ladder, plan))
    for on in days(*horizon(plan)) if groups else []:
        published = allowed = midnight(plan, on)
        ends = []
        for number, systems, _ in groups:
            needed = [allowed and coverage.first_from(system, allowed) for system in systems]
            end = None if None in needed else max(each.end for each in needed)
            ends.append(end)
            if ladder["groups"][number]["stage"].name in stages:
                allowed = end and end + soak
        yield Day(on, published, None if None in ends else max(ends))


def emergency_within(plan):
    """The time limit for what is exploited; none if the policy has neither a severity nor a limit for it."""
    due_by, limit = plan["policy"]["due_by"], plan["policy"]["exploited_within"]
    if due_by.name == "Exploited":
        usual = [due_by.fields["exploited"]]
    elif due_by.name == "Matrix":
        usual = [USUAL_MATRIX["high_active"]]
    else:
        usual = [within for _, within in deadlines(plan)]
    return min([*usual, *([] if limit is None else [limit])], default=None)


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
