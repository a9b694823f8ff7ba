"""Whether the standby windows that the program names would help as it says. That no fewer would do is not looked at."""

from datetime import date, datetime, timedelta

from .climbs import rungs
from .freezes import frozen_systems, times
from .occurrences import Occurrence
from .reach import daily, verdicts


def standby_differences(ladder, plan, planned, coverage, severity):
    """`severity`: what the program says of one of the ladder's. `planned`: for each system all that happens to it."""
    said, within = severity["standby"], timedelta(minutes=severity["within_minutes"])
    soaks = [soak for _, _, soak in rungs(ladder, plan)][:-1]
    is_hopeless = sum(soaks, timedelta()) >= within
    verdict = "not-needed" if severity["missed_days"] == 0 else "impossible" if is_hopeless else "windows"
    if said["verdict"] != verdict:
        yield f"standby windows are {said['verdict']}, expected {verdict}"
        return
    if has_groups_with_one_id(ladder):
        return
    standbys = list(standby_occurrences(ladder, plan, said["windows"]))
    for system, standby in standbys:
        if is_frozen(system, standby, plan):
            yield f"a standby window for {system} lies in a freeze: {standby}"
        if any(standby.overlaps(other) for other in planned[system]):
            yield f"a standby window for {system} lies at the time of another: {standby}"
    if standbys:
        left = verdicts(daily(ladder, plan, coverage.with_more(standbys)), within, plan).count("m")
        # A system in two groups (P004 says so) has one window for both: then more or fewer days are missed than was said.
        if left != said["left_days"] and not has_system_twice(ladder, plan):
            yield f"with its standby windows {left} days are missed, not {said['left_days']}"


def has_system_twice(ladder, plan):
    systems = [system for _, of_group, _ in rungs(ladder, plan) for system in of_group]
    return len(set(systems)) < len(systems)


def has_groups_with_one_id(ladder):
    """Then the program's answer does not say which of them a standby window is for."""
    ids = [group["id"] for group in ladder["groups"]]
    return len(set(ids)) < len(ids)


def standby_occurrences(ladder, plan, said):
    """Each with a system to which it happens. `said`: the program's rows."""
    systems_of = {ladder["groups"][number]["id"]: systems for number, systems, _ in rungs(ladder, plan)}
    for row in said:
        on, start, end = date.fromisoformat(row["on"]), instant(row["start_at"]), instant(row["end_at"])
        standby = Occurrence("standby", on, start, end, "planned")
        yield from ((system, standby) for system in systems_of[row["group"]])


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def is_frozen(system, occurrence, plan):
    """Whether it touches a freeze that covers the system."""
    scopes = ((freeze, frozen_systems(freeze, plan)) for freeze in plan["freezes"])
    covering = (freeze for freeze, systems in scopes if systems is None or system in systems)
    spans = (span for freeze in covering for span in times(freeze, plan))
    return any(occurrence.start < end and begin < occurrence.end for begin, end in spans)
