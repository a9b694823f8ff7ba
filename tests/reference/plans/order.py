"""R001 and R002: groups that are patched too early in the cycle of a release.

In a cycle a group is in order if each of its systems has an occurrence before the next release that starts no earlier
than the end of the previous group plus that group's soak time. Otherwise the last occurrence in the cycle is too early:
out of order if it is before the end of the previous group, or else within its soak time. The occurrence that a system
needed last belongs to the previous cycle, even if it is after the next release.
"""

from datetime import datetime

from .climbs import releases, rungs


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
    for released, following in zip(inside, [*inside[1:], datetime.max]):
        before_end = allowed = None
        for number, systems, soak in rungs(ladder, plan):
            told, ends = set(), []
            for system in systems:
                found = coverage[system]
                last = last_in(found, released, following)
                served = served_until.get((number, system), datetime.min)
                is_early = last and last.start < (allowed or released) and last.start >= served
                if is_early and before_end:
                    told.add((("R001" if last.start < before_end else "R002"), last))
                reached = last if is_early else first_from(found, allowed or released)
                if reached:
                    served_until[number, system] = reached.end
                    ends.append(reached.end)
            group = f"group {ladder['groups'][number]['id']}"
            yield from ((code, each.window, str(each.original), group) for code, each in told)
            if ends:
                before_end = max(ends)
                allowed = before_end + soak
