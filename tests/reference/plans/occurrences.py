"""The occurrences of a window: the dates of its rule, the exceptions, and their instants."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from clocks import to_instant

from .dates import DAY, horizon, rule_dates, shift_of, zone_of


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


@dataclass(frozen=True)
class Usual:
    """When an occurrence takes place if no exception changes it: what the dated changes up to its date say."""

    on: date
    start: time
    length: timedelta


def usual(window, original):
    start, length, shift = window["start"], window["duration"], 0
    for change in window["changes"]:
        if change["from"] <= original:
            start = start if change["start"] is None else change["start"]
            length = length if change["duration"] is None else change["duration"]
            shift = shift_of(change)
    return Usual(original + shift * DAY, start, length)


def placed(window, plan, original, on, status, start=None, length=None):
    """The end is start + length on the clock, as an instant. What is not given is usual.

    If the end is not after the start, as in a skipped hour, the occurrence keeps its length.
    """
    zone, times = zone_of(window, plan), usual(window, original)
    length = times.length if length is None else length
    reading = datetime.combine(on, times.start if start is None else start)
    start_at, _ = to_instant(zone, reading)
    end_at, _ = to_instant(zone, reading + length)
    if end_at <= start_at:
        end_at = start_at + length
    return Occurrence(window["id"], original, start_at, end_at, status)


def occurrences(window, plan):
    """All occurrences of a window, including skipped ones, sorted by start.

    An occurrence is in the horizon if its original date is, or the one on which it takes place.
    """
    first, last = horizon(plan)
    dates = rule_dates(window, plan)
    changes = {exception["on"]: exception["change"] for exception in window["exceptions"]}
    found = []

    def add(original, on, status, change=None):
        if first <= original <= last or first <= on <= last:
            own = (change["start"], change["duration"]) if change else ()
            found.append(placed(window, plan, original, on, status, *own))

    for on in dates:
        if on not in changes:
            add(on, usual(window, on).on, "planned")
    for on, change in changes.items():
        match change.name:
            case "Moved":
                add(on, change["to"], "moved", change)
            case "Added":
                add(on, on, "added", change)
            case "Skipped":
                add(on, usual(window, on).on, "skipped")
            case "Restored" if on in dates:
                add(on, usual(window, on).on, "planned")
    return sorted(found, key=lambda each: (each.start, each.original))
