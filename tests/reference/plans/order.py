"""R001 and R002: groups that are patched too early in the cycle of a release.

In a cycle a group is in order if each of its systems has an occurrence before the next release that starts no earlier
than the end of the previous group plus that group's soak time. Otherwise the last occurrence in the cycle is too early:
out of order if it is before the end of the previous group, or else within its soak time. The occurrence that a system
needed last belongs to the previous cycle, even if it is after the next release. If the policy has an emergency lane, the
occurrence of an Emergency window need only come after the lane's groups and its soak time.
"""

from datetime import datetime

from .climbs import releases, rungs
from .reach import lane


def last_in(found, begin, end):
    """The last occurrence that starts between `begin` and `end`."""
    return max((each for each in found if begin <= each.start < end), key=lambda each: each.order, default=None)


def first_from(found, at):
    return min((each for each in found if each.start >= at), key=lambda each: each.order, default=None)


def too_early(ladder, plan, coverage):
    """Code, window, original date and group of each finding, once per group and cycle.

    `coverage`: the occurrences of each system, including those in freezes.
    """
    calendar = next((each for each in plan["releases"] if each["id"] == ladder["release"]), None)
    inside, _ = releases(calendar, plan) if calendar else ([], None)
    served_until = {}
    emergency = lane(plan)
    emergencies = {window["id"] for window in plan["windows"] if window["kind"].name == "Emergency"}
    for released, following in zip(inside, [*inside[1:], datetime.max]):
        before_end = allowed = None
        before_in_lane = allowed_in_lane = None
        for number, systems, soak in rungs(ladder, plan):
            told, ends = set(), []
            for system in systems:
                found = coverage[system]
                last = last_in(found, released, following)
                served = served_until.get((number, system), datetime.min)
                is_last = last and last.start < (allowed or released) and last.start >= served
                in_lane = is_last and emergency and last.window in emergencies
                begin, end = (allowed_in_lane, before_in_lane) if in_lane else (allowed, before_end)
                if is_last and last.start < (begin or released) and end:
                    told.add((("R001" if last.start < end else "R002"), last))
                reached = last if is_last else first_from(found, allowed or released)
                if reached:
                    served_until[number, system] = reached.end
                    ends.append(reached.end)
            group = f"group {ladder['groups'][number]['id']}"
            yield from ((code, each.window, str(each.original), group) for code, each in told)
            if ends:
                before_end = max(ends)
                allowed = before_end + soak
                if emergency and ladder["groups"][number]["stage"].name in emergency[0]:
                    before_in_lane, allowed_in_lane = before_end, before_end + emergency[1]
