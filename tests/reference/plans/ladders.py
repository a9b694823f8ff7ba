"""Compares the order of groups and the cycles of a plan."""

import re
from datetime import datetime, timedelta

from .climbs import Coverage, soak_after
from .cycles import cycle_findings, cycles
from .differences import missing_and_unexpected, stamp, unequal_lists
from .order import too_early
from .reach import deadlines
from .scope import by_system

MINUTE = timedelta(minutes=1)


def order_differences(plan, planned, said):
    """R001 and R002. `planned`: the occurrences that take place, by window."""
    coverage = by_system(plan, planned)
    expected = [each for ladder in plan["ladders"] for each in too_early(ladder, plan, coverage)]
    found = [(code, *each) for code in ("R001", "R002") for each in said.about_occurrences(code)]
    return missing_and_unexpected(expected, found)


def cycle_differences(plan, planned, said):
    """The cycles, and R003 and R004."""
    coverage = Coverage(plan, planned)
    found = {ladder["id"]: list(cycles(ladder, plan, coverage)) for ladder in plan["ladders"]}
    expected = [cycle_row(cycle, plan) for of_ladder in found.values() for cycle in of_ladder]
    yield from unequal_lists("cycle", lambda row: (row["ladder"], row["released_at"]), expected, said.cycles)
    findings = [*said.of_rule("R003"), *said.of_rule("R004")]
    yield from missing_and_unexpected(cycle_findings(plan, found), map(about_cycle, findings))


def about_cycle(finding):
    """Code, subject, and the date of the release if the finding is about one cycle."""
    cycle = re.search(r"cycle of \w+ (\d+ \w+ \d+)", finding["message"])
    on = cycle and datetime.strptime(cycle[1], "%d %b %Y").date()
    return finding["code"], finding["subject"], on


def cycle_row(cycle, plan):
    reached = cycle.reached
    return {
        "ladder": cycle.ladder["id"],
        "release": cycle.ladder["release"],
        "released_at": stamp(cycle.released),
        "next_release_at": stamp(cycle.following),
        "steps": [step_row(step, cycle, plan) for step in cycle.steps],
        "reached_at": stamp(reached),
        "minutes_to_all": reached and (reached - cycle.released) // MINUTE,
        "collides": cycle.collides,
        "incomplete": cycle.is_incomplete,
        "missed": missed_row(cycle),
        "deadlines": [{"severity": name, "at": stamp(cycle.released + within)} for name, within in deadlines(plan)],
    }


def missed_row(cycle):
    """The missed group, without the reason, which the reference does not calculate."""
    missed = cycle.missed
    return None if missed is None else {"group": cycle.ladder["groups"][missed]["id"], "open": cycle.is_open}


def step_row(step, cycle, plan):
    group = cycle.ladder["groups"][step.group]
    return {
        "group": group["id"],
        "allowed_at": stamp(step.allowed),
        "start_at": stamp(step.start),
        "end_at": stamp(step.end),
        "soak_minutes": soak_after(group, plan) // MINUTE,
        "occurrences": [{"window": each.window, "original_on": str(each.original)} for each in step.occurrences],
    }
