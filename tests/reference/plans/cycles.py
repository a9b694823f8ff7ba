"""The cycle of each release in the horizon, and R003 and R004: cycles that are incomplete or collide."""

from dataclasses import dataclass
from datetime import datetime

from clocks import clock_at

from .climbs import climb, covered_systems, end_of_plan, releases, rungs
from .dates import plan_zone


@dataclass(frozen=True)
class Cycle:
    """One release on one ladder."""

    ladder: dict
    released: datetime
    following: datetime | None
    # The steps of the groups that it reaches, up to the first one that it does not.
    steps: list
    # The index of the group that it does not reach.
    unreached: int | None
    # Whether a group has systems that no window covers.
    is_uncovered: bool
    # Whether the plan ends before the next release: a later window may still reach the group.
    is_open: bool

    @property
    def reached(self):
        """When the last group completes: 100 %."""
        return self.steps[-1].end if self.unreached is None else None

    @property
    def missed(self):
        """The index of the first group that is not reached, or completes only after the next release."""
        late = (step.group for step in self.steps if self.following is not None and step.end > self.following)
        return next(late, self.unreached)

    @property
    def is_incomplete(self):
        return self.is_uncovered or (self.unreached is not None and not self.is_open)

    @property
    def collides(self):
        return None not in (self.reached, self.following) and self.reached > self.following


def cycles(ladder, plan, coverage):
    """The cycles of a ladder; none if it follows no known calendar or has no systems."""
    calendar = next((each for each in plan["releases"] if each["id"] == ladder["release"]), None)
    groups = list(rungs(ladder, plan))
    if calendar is None or not groups:
        return
    is_uncovered, end = bool(uncovered_groups(ladder, plan)), end_of_plan(plan)
    inside, after = releases(calendar, plan)
    for released, following in zip(inside, [*inside[1:], after]):
        steps, unreached = climb(groups, coverage, released)
        is_open = following is None or following > end
        yield Cycle(ladder, released, following, steps, unreached, is_uncovered, is_open)


def uncovered_groups(ladder, plan):
    """The indices of the groups with systems that no window covers."""
    covered = covered_systems(plan)
    return {number for number, systems, _ in rungs(ladder, plan) if not covered.issuperset(systems)}


def cycle_findings(plan, found):
    """R003 and R004: code, subject, and the date of the release if the finding is about one cycle.

    Systems that no window covers are reported once per group, not once per cycle, if the ladder follows a release calendar,
    even one without a release in the plan's months. `found`: the cycles by ladder.
    """
    zone = plan_zone(plan)
    calendars = {each["id"] for each in plan["releases"]}
    for ladder in plan["ladders"]:
        of_ladder, uncovered = found[ladder["id"]], uncovered_groups(ladder, plan)
        if ladder["release"] in calendars:
            yield from (("R003", f"group {ladder['groups'][number]['id']}", None) for number in uncovered)
        for cycle in of_ladder:
            on = clock_at(zone, cycle.released).date()
            if cycle.collides:
                yield "R004", f"ladder {ladder['id']}", on
            if cycle.unreached is not None and not cycle.is_open and cycle.unreached not in uncovered:
                yield "R003", f"group {ladder['groups'][cycle.unreached]['id']}", on
