"""Reads maintenance windows of a CloudFormation template as the user guide of Systems Manager describes them."""

import re
from datetime import datetime, timedelta, timezone

import yaml
from clocks import clock_at, to_instant, zone_named

from .entries import DAY, Entry, months_between, month_days, nth_weekday, only

HOUR = timedelta(hours=1)
NAMES = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


def instant(text):
    at = datetime.fromisoformat(text.replace("Z", "+00:00"))
    assert at.tzinfo is not None, text
    return at.astimezone(timezone.utc).replace(tzinfo=None)


def weekday(text):
    """0 for Monday. Numbers begin with 1 for Sunday."""
    index = int(text) - 1 if text.isdigit() else NAMES.index(text)
    return (index - 1) % 7


def days_of_month(fields, year, month):
    """The days of a month that a cron expression names."""
    _, _, of_month, months, of_week, years = fields
    assert years == "*" and (of_month == "?") != (of_week == "?"), fields
    if months != "*" and str(month) not in months.split(","):
        return []
    if of_week == "?":
        return [day for day in month_days(year, month) if day.day == int(of_month)]
    if "#" in of_week:
        name, number = of_week.split("#")
        day = nth_weekday(year, month, int(number), weekday(name))
        return [day] if day else []
    if of_week.endswith("L"):
        return [nth_weekday(year, month, -1, weekday(of_week[:-1]))]
    wanted = {weekday(name) for name in of_week.split(",")}
    return [day for day in month_days(year, month) if day.weekday() in wanted]


def read_window(properties, now):
    schedule, hours = properties["Schedule"], properties["Duration"]
    window = properties["Description"]
    assert 1 <= hours <= 24 and 0 <= properties["Cutoff"] < hours and re.fullmatch(r"[\w.-]{3,128}", properties["Name"])
    if single := re.fullmatch(r"at\((\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\)", schedule):
        assert not properties.keys() & {"ScheduleTimezone", "ScheduleOffset"}
        start = datetime.fromisoformat(single[1])
        return [Entry(window, start, start + hours * HOUR)]
    fields = re.fullmatch(r"cron\((.*)\)", schedule)[1].split()
    minute, hour = int(fields[0]), int(fields[1])
    zone = zone_named(properties["ScheduleTimezone"])
    offset = properties.get("ScheduleOffset", 0)
    assert 0 <= offset <= 6
    first, last = instant(properties["StartDate"]), instant(properties["EndDate"])
    strict, lenient = set(), set()
    for year, month in months_between(clock_at(zone, first) - 40 * DAY, clock_at(zone, last) + DAY):
        for base in days_of_month(fields, year, month):
            at = datetime(base.year, base.month, base.day, hour, minute)
            start, counted_from = to_instant(zone, at + offset * DAY)[0], to_instant(zone, at)[0]
            # The user guide: a window that is created after the day that it counts from waits for the next period.
            is_skipped = counted_from < now < start
            if first <= start <= last and not is_skipped:
                lenient.add(start)
                if first <= counted_from:
                    strict.add(start)
    return [Entry(window, start, start + hours * HOUR) for start in only(strict, lenient, window)]


def read(text, now):
    """`now` is when the windows are created."""
    resources = yaml.safe_load(text)["Resources"].values()
    windows = (each["Properties"] for each in resources if each["Type"] == "AWS::SSM::MaintenanceWindow")
    return [entry for properties in windows for entry in read_window(properties, instant(now))]
