"""The occurrences of a window: its rule's dates, what is different about some of them, and their places in time."""

from dataclasses import dataclass
from datetime import date, datetime

from clocks import place

from .dates import horizon, rule_dates, zone_of


@dataclass(frozen=True)
class Occurrence:
    """One concrete instance. Its original date is its identity; start and end are instants."""

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
    """The end is start + duration on the wall clock, then placed.

    Where it would then not come after the start, as in a skipped hour, the occurrence keeps its length.
    """
    zone = zone_of(window, plan)
    reading = datetime.combine(on, start or window["start"])
    start_at, _ = place(zone, reading)
    end_at, _ = place(zone, reading + window["duration"])
    if end_at <= start_at:
        end_at = start_at + window["duration"]
    return Occurrence(window["id"], original, start_at, end_at, status)


def occurrences(window, plan):
    """All of one window, skipped ones too, in the order of their starts.

    One belongs to the horizon when its original or its new date does.
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
