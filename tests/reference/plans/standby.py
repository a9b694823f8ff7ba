"""Checks that the proposed standby windows help as claimed. It does not check that fewer would not be enough."""

from datetime import date, datetime, timedelta

from .climbs import rungs
from .freezes import frozen_systems, times
from .occurrences import Occurrence
from .reach import daily, verdicts


def standby_differences(ladder, plan, planned, coverage, severity):
    """`severity`: the program's result for one severity. `planned`: all occurrences of each system."""
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
            yield f"a standby window for {system} is in a freeze: {standby}"
        if any(standby.overlaps(other) for other in planned[system]):
            yield f"a standby window for {system} overlaps another: {standby}"
    if standbys:
        left = verdicts(daily(ladder, plan, coverage.with_more(standbys)), within, plan).count("m")
        # A system in two groups (P004) has one window for both, so the number of missed days can differ.
        if left != said["left_days"] and not has_system_twice(ladder, plan):
            yield f"with its standby windows {left} days are missed, not {said['left_days']}"


def has_system_twice(ladder, plan):
    systems = [system for _, of_group, _ in rungs(ladder, plan) for system in of_group]
    return len(set(systems)) < len(systems)


def has_groups_with_one_id(ladder):
    """Whether groups share an id: the program's result then does not say which of them a standby window is for."""
    ids = [group["id"] for group in ladder["groups"]]
    return len(set(ids)) < len(ids)


def standby_occurrences(ladder, plan, said):
    """Pairs of a system and a standby window for it. `said`: the program's rows."""
    systems_of = {ladder["groups"][number]["id"]: systems for number, systems, _ in rungs(ladder, plan)}
    for row in said:
        on, start, end = date.fromisoformat(row["on"]), instant(row["start_at"]), instant(row["end_at"])
        standby = Occurrence("standby", on, start, end, "planned")
        yield from ((system, standby) for system in systems_of[row["group"]])


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")


def is_frozen(system, occurrence, plan):
    """Whether the occurrence touches a freeze that covers the system."""
    scopes = ((freeze, frozen_systems(freeze, plan)) for freeze in plan["freezes"])
    covering = (freeze for freeze, systems in scopes if systems is None or system in systems)
    spans = (span for freeze in covering for span in times(freeze, plan))
    return any(occurrence.start < end and begin < occurrence.end for begin, end in spans)
