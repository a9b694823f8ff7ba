"""What a file says about one window, and the days on which a rule begins."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

DAY = timedelta(days=1)
WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]


class Ambiguous(Exception):
    """A file that two readers may read in two ways."""


@dataclass(frozen=True)
class Entry:
    """A start and an end, as instants without a zone."""

    window: str
    start: datetime
    end: datetime


def month_days(year, month):
    first = date(year, month, 1)
    return [day for number in range(31) if (day := first + number * DAY).month == month]


def nth_weekday(year, month, number, weekday):
    """The day of a month; None if the month has none. `number` -1 is the last. `weekday` is 0 for Monday."""
    days = [day for day in month_days(year, month) if day.weekday() == weekday]
    if number == -1:
        return days[-1]
    return days[number - 1] if 0 < number <= len(days) else None


def months_between(first, last):
    """Year and month of each month from the one of `first` to the one of `last`."""
    number = first.year * 12 + first.month - 1
    while number <= last.year * 12 + last.month - 1:
        yield number // 12, number % 12 + 1
        number += 1


def only(strict, lenient, what):
    """The days on which two readings agree: one counts from the day before an offset, one from the day itself."""
    if strict != lenient:
        raise Ambiguous(f"{what}: {sorted(strict ^ lenient)[:3]}")
    return sorted(strict)
