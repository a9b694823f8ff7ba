"""The occurrences of a window: the dates of its rule, the exceptions, and their instants."""

from dataclasses import dataclass
from datetime import date, datetime

from clocks import to_instant

from .dates import horizon, rule_dates, zone_of


@dataclass(frozen=True)
class Occurrence:
    """One occurrence, identified by its original date. Start and end are instants."""

    window: str
    original: date
    start: datetime
    end: datetime
    status: str

    @property
    def order(self):
        return self.start, self.window, self.original

    def overlaps(self, other):
        return self.start < other.end and other.start < self.end


def placed(window, plan, original, on, status, start=None):
    """The end is start + duration on the clock, as an instant.

    If that is not after the start, as in a skipped hour, the occurrence keeps its length.
    """
    zone = zone_of(window, plan)
    reading = datetime.combine(on, start or window["start"])
    start_at, _ = to_instant(zone, reading)
    end_at, _ = to_instant(zone, reading + window["duration"])
    if end_at <= start_at:
        end_at = start_at + window["duration"]
    return Occurrence(window["id"], original, start_at, end_at, status)


def occurrences(window, plan):
    """All occurrences of a window, including skipped ones, sorted by start.

    An occurrence is in the horizon if its original or its new date is.
    """
    first, last = horizon(plan)
    dates = rule_dates(window, plan)
    changes = {exception["on"]: exception["change"] for exception in window["exceptions"]}
    found = [placed(window, plan, on, on, "planned") for on in dates if on not in changes]
    for on, change in changes.items():
        is_inside = first <= on <= last
        match change.name:
            case "Moved" if is_inside or first <= change["to"] <= last:
                found.append(placed(window, plan, on, change["to"], "moved", change["start"]))
            case "Added" if is_inside:
                found.append(placed(window, plan, on, on, "added", change["start"]))
            case "Skipped" if is_inside:
                found.append(placed(window, plan, on, on, "skipped"))
            case "Restored" if on in dates:
                found.append(placed(window, plan, on, on, "planned"))
    return sorted(found, key=lambda each: (each.start, each.original))
