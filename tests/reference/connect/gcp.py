"""Reads patch deployments of Google Cloud as the reference of google.cloud.osconfig.v1 describes them."""

import json
from datetime import datetime, timedelta

from clocks import clock_at, to_instant, zone_named

from .entries import DAY, Entry, months_between, month_days, nth_weekday, only
from .ssm import instant

WEEKDAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]


def bases(monthly, year, month):
    """The days before the offset, and the offset."""
    if "monthDay" in monthly:
        wanted = monthly["monthDay"]
        days = month_days(year, month)
        return ([days[-1]] if wanted == -1 else [day for day in days if day.day == wanted]), 0
    week_day = monthly["weekDayOfMonth"]
    offset = week_day.get("dayOffset", 0)
    assert week_day["weekOrdinal"] in (-1, 1, 2, 3, 4) and -30 <= offset <= 30
    return [nth_weekday(year, month, week_day["weekOrdinal"], WEEKDAYS.index(week_day["dayOfWeek"]))], offset


def read_deployment(deployment):
    title, length = deployment["description"], timedelta(seconds=int(deployment["duration"].rstrip("s")))
    if once := deployment.get("oneTimeSchedule"):
        start = instant(once["executeTime"])
        return [Entry(title, start, start + length)]
    schedule = deployment["recurringSchedule"]
    zone, clock = zone_named(schedule["timeZone"]["id"]), schedule["timeOfDay"]
    first, last = instant(schedule["startTime"]), instant(schedule["endTime"])
    strict, lenient = set(), set()

    def add(base, offset):
        at = datetime(base.year, base.month, base.day, clock.get("hours", 0), clock.get("minutes", 0))
        start = to_instant(zone, at + offset * DAY)[0]
        if first <= start <= last:
            lenient.add(start)
            if first <= to_instant(zone, at)[0]:
                strict.add(start)

    begin, end = clock_at(zone, first).date(), clock_at(zone, last).date()
    if weekly := schedule.get("weekly"):
        day = begin
        while day <= end:
            if day.weekday() == WEEKDAYS.index(weekly["dayOfWeek"]):
                add(day, 0)
            day += DAY
    else:
        for year, month in months_between(begin - 40 * DAY, end + 40 * DAY):
            days, offset = bases(schedule["monthly"], year, month)
            for day in days:
                add(day, offset)
    return [Entry(title, start, start + length) for start in only(strict, lenient, title)]


def read(text):
    return [entry for deployment in json.loads(text) for entry in read_deployment(deployment)]
