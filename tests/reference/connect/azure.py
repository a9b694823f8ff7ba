"""Reads maintenance configurations of Azure as the description of `recurEvery` defines them."""

import json
import re
from datetime import datetime, timedelta

from clocks import clock_at, to_instant, zone_named
from tzlocal.windows_tz import win_tz

from .entries import DAY, Ambiguous, Entry, months_between, month_days, nth_weekday, only

ORDINALS = {"First": 1, "Second": 2, "Third": 3, "Fourth": 4, "Last": -1}
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def moment(text):
    return datetime.strptime(text, "%Y-%m-%d %H:%M")


def weekly(every, names, first, last):
    """The days, with weeks that begin on Monday and with weeks that begin on Sunday."""
    wanted = {WEEKDAYS.index(name) for name in names.split(",")}
    readings = []
    for begins_on in (0, 6):
        week = first - (first.weekday() - begins_on) % 7 * DAY
        days = set()
        while week <= last:
            days |= {day for number in range(7) if (day := week + number * DAY).weekday() in wanted and first <= day <= last}
            week += 7 * every * DAY
        readings.append(days)
    return only(*readings, names)


def monthly(every, what, first, last):
    offset = int(match[1]) if (match := re.search(r" Offset(-?\d+)$", what)) else 0
    assert -6 <= offset <= 6
    what = re.sub(r" Offset-?\d+$", "", what)
    found = set()
    for number, (year, month) in enumerate(months_between(first, last + 7 * DAY)):
        if number % every:
            continue
        if numbered := re.fullmatch(r"day(\d+)", what):
            bases = [day for day in month_days(year, month) if day.day == int(numbered[1])]
        else:
            ordinal, name = what.split()
            bases = [nth_weekday(year, month, ORDINALS[ordinal], WEEKDAYS.index(name))]
        found |= {base + offset * DAY for base in bases}
    days = {day for day in found if first <= day <= last}
    if any(first <= day - offset * DAY < first for day in days):
        raise Ambiguous(what)
    return sorted(days)


def read_configuration(resource):
    window, title = resource["properties"]["maintenanceWindow"], resource["tags"]["window"]
    zone = zone_named(win_tz[window["timeZone"]])
    hours, minutes = map(int, window["duration"].split(":"))
    length = timedelta(hours=hours, minutes=minutes)
    assert timedelta(minutes=90) <= length <= timedelta(minutes=235)
    first, last = moment(window["startDateTime"]), moment(window["expirationDateTime"])
    clock = first.time()
    if "recurEvery" not in window:
        days = [first.date()]
    else:
        every, noun, what = re.fullmatch(r"(\d*)(Week|Month)s? (.*)", window["recurEvery"]).groups()
        days = (weekly if noun == "Week" else monthly)(int(every or 1), what, first.date(), last.date())
    starts = (datetime.combine(day, clock) for day in days)
    return [
        Entry(title, at, at + length)
        for start in starts
        if first <= start <= last
        for at in [to_instant(zone, start)[0]]
    ]


def read(text):
    return [entry for resource in json.loads(text)["resources"] for entry in read_configuration(resource)]
