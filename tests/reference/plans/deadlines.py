"""Compares the days on which deadlines cannot be met."""

from datetime import timedelta

from .climbs import Coverage
from .differences import missing_and_unexpected, stamp, unequal, unequal_lists
from .reach import daily, daily_by_lane, deadlines, emergency_within, lane, largest_gap, verdicts
from .scope import by_system
from .standby import standby_differences

MINUTE = timedelta(minutes=1)


def deadline_differences(plan, planned, said):
    """`planned`: the occurrences that take place, by window."""
    coverage, all_planned = Coverage(plan, planned), by_system(plan, planned)
    climbs = {ladder["id"]: list(daily(ladder, plan, coverage)) for ladder in plan["ladders"]}
    rows = {row["ladder"]: row for row in said.reach}
    yield from missing_and_unexpected([id for id, found in climbs.items() if found], list(rows))
    for ladder in plan["ladders"]:
        row, found = rows.get(ladder["id"]), climbs[ladder["id"]]
        if row and found:
            differences = [
                *unequal("reach", lengths(found), row),
                *unequal_lists("day", lambda day: day["on"], map(day_row, found), row["days"]),
                *unequal_lists("severity", lambda each: each["name"], severity_rows(found, plan), row["severities"]),
            ]
            for severity in row["severities"]:
                differences += standby_differences(ladder, plan, all_planned, coverage, severity)
            differences += lane_differences(ladder, plan, coverage, row["emergency"])
            yield from (f"{ladder['id']}, {line}" for line in differences)


def lane_differences(ladder, plan, coverage, said):
    """The emergency lane, which is missing without one in the policy, or without a time limit."""
    within = emergency_within(plan) if lane(plan) else None
    if within is None:
        return list(unequal("emergency", None, said))
    if said is None:
        return ["emergency is missing"]
    found = list(daily_by_lane(ladder, plan, coverage))
    expected = judged(found, within, plan) | lengths(found)
    return [
        *unequal("emergency", expected, said),
        *unequal_lists("emergency day", lambda day: day["on"], map(day_row, found), said["days"]),
    ]


def lengths(found):
    """The longest and the mean climb, in whole minutes."""
    minutes = [(day.through - day.published) // MINUTE for day in found if day.through]
    mean = sum(minutes) // len(minutes) if minutes else None
    return {"worst_minutes": max(minutes, default=None), "mean_minutes": mean}


def day_row(day):
    return {"on": str(day.on), "published_at": stamp(day.published), "through_at": stamp(day.through)}


def severity_rows(found, plan):
    for name, within in deadlines(plan):
        yield {"name": name} | judged(found, within, plan)


def judged(found, within, plan):
    letters = verdicts(found, within, plan)
    return {
        "within_minutes": within // MINUTE,
        "judged_days": len(letters) - letters.count("o"),
        "missed_days": letters.count("m"),
        "verdicts": letters,
        "largest_gap": largest_gap(letters, found[0].on),
    }
