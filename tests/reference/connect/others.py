"""Reads silences and time intervals of Alertmanager, mute timings of Grafana and maintenances of Zabbix."""

import json
from datetime import datetime, timedelta

import yaml
from clocks import to_instant, zone_named

from .entries import DAY, Entry, month_days
from .ssm import instant

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


def read_silences(text):
    """Several silences of one date differ in their matchers only."""
    found = ((each["comment"].split(",")[0], each["startsAt"], each["endsAt"]) for each in json.loads(text))
    return sorted({Entry(name, instant(start), instant(end)) for name, start, end in found}, key=lambda each: each.start)


def read_zabbix(text):
    epoch = datetime(1970, 1, 1)
    found = []
    for each in json.loads(text)["params"]:
        assert len(each["name"]) <= 128
        for period in each["timeperiods"]:
            start = epoch + timedelta(seconds=period["start_date"])
            assert period["timeperiod_type"] == 0 and period["period"] >= 300
            assert each["active_since"] <= period["start_date"]
            assert period["start_date"] + period["period"] <= each["active_till"]
            found.append(Entry(each["name"], start, start + timedelta(seconds=period["period"])))
    return found


def in_range(text, number, size):
    """Whether a number is in "8:14", "-7:-1" or "3". Negative ones count from the end of the month."""
    first, _, last = text.partition(":")
    if first in WEEKDAYS:
        return WEEKDAYS[number] == first
    first, last = int(first), int(last or first)
    first, last = (size + 1 + each if each < 0 else each for each in (first, last))
    return first <= number <= min(last, size) if first <= size else False


def minutes(text):
    hours, _, rest = text.partition(":")
    return timedelta(hours=int(hours), minutes=int(rest))


def read_interval(name, interval):
    zone = zone_named(interval["location"])
    first, _, last = interval["years"][0].partition(":")
    found = []
    for year in range(int(first), int(last or first) + 1):
        for month in range(1, 13):
            if "months" in interval and str(month) not in interval["months"]:
                continue
            days = month_days(year, month)
            for day in days:
                of_month = interval.get("days_of_month", ["1:31"])
                of_week = interval.get("weekdays", WEEKDAYS)
                if any(in_range(each, day.day, len(days)) for each in of_month) and WEEKDAYS[day.weekday()] in of_week:
                    for times in interval["times"]:
                        midnight = datetime(day.year, day.month, day.day)
                        start, end = midnight + minutes(times["start_time"]), midnight + minutes(times["end_time"])
                        assert start < end <= midnight + DAY
                        found.append(Entry(name, to_instant(zone, start)[0], to_instant(zone, end)[0]))
    return found


def joined(entries):
    """Parts of a night that follow each other are one."""
    found = []
    for entry in sorted(entries, key=lambda each: (each.start, each.end)):
        if found and entry.start <= found[-1].end:
            found[-1] = Entry(entry.window, found[-1].start, max(found[-1].end, entry.end))
        else:
            found.append(entry)
    return found


def read_intervals(text):
    document = yaml.safe_load(text)
    named = document.get("time_intervals") or document.get("muteTimes") or []
    return [
        entry
        for each in named
        for entry in joined(part for interval in each["time_intervals"] for part in read_interval(each["name"], interval))
    ]
