"""The dates of a rule, found by testing every day of the horizon."""

from datetime import date, datetime, time, timedelta

from clocks import clock_at, to_instant, zone_named
from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from .own_zones import OwnZone

DAY = timedelta(days=1)
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
# Weeks and months are counted from here if a window has no first date.
FIRST_WEEK = date(2000, 1, 3)
FIRST_MONTH = date(2000, 1, 1)
# Larger numbers are reduced to these.
LONGEST_OFFSET = 3660
LONGEST_SHIFT = 3660
MOST_MONTHS = 60
# Days after which every valid day of a month has come at least once.
LONGEST_WAIT = 400


def zone_or_utc(name):
    return zone_named(name) or zone_named("UTC")


def zone_in(plan, name):
    """The zone of that name: one of the plan's own, or else an IANA zone, or else UTC."""
    own = next((zone for zone in plan["zones"] if zone["id"] == name), None)
    return zone_or_utc(name) if own is None else OwnZone(own)


def plan_zone(plan):
    return zone_in(plan, plan["zone"])


def zone_of(window, plan):
    return zone_in(plan, plan["zone"] if window["zone"] is None else window["zone"])


def horizon(plan):
    """The first and the last day of the plan."""
    months = min(max(plan["horizon"]["months"], 1), MOST_MONTHS)
    first = plan["horizon"]["from"]
    return first, first + relativedelta(months=months) - DAY


def days(first, last):
    return [first + number * DAY for number in range((last - first).days + 1)]


def is_month_day(on, day):
    """Whether a day is, for example, the second Tuesday, the last Friday or day 15 of its month."""
    match on.name, on.values:
        case "Nth", (number, weekday):
            return WEEKDAYS[day.weekday()] == weekday and (day.day - 1) // 7 + 1 == number
        case "Last", (weekday,):
            return WEEKDAYS[day.weekday()] == weekday and (day + 7 * DAY).month != day.month
        case "Day", (number,):
            return day.day == number
    raise ValueError(on)


def offset_of(rule):
    return min(max(rule["offset_days"], -LONGEST_OFFSET), LONGEST_OFFSET) * DAY


def is_weekly(rule, first, day):
    def week(on):
        return (on - FIRST_WEEK).days // 7

    every = max(rule["every"], 1)
    return WEEKDAYS[day.weekday()] in rule["days"] and (week(day) - week(first or FIRST_WEEK)) % every == 0


def monthly(rule, first, candidates):
    """The candidates that are `offset_days` after the rule's day of every nth month.

    The interval is counted in the months of the day before the offset. It begins with the month of the first date that
    the rule would give from `first` on if it were for every month.
    """

    def month(on):
        return 12 * on.year + on.month

    offset, every = offset_of(rule), max(rule["every"], 1)
    if first is None:
        begin = FIRST_MONTH
    else:
        origins = (first - offset + number * DAY for number in range(LONGEST_WAIT))
        begin = next((origin for origin in origins if is_month_day(rule["on"], origin)), first)
    for day in candidates:
        origin = day - offset
        if is_month_day(rule["on"], origin) and (month(origin) - month(begin)) % every == 0:
            yield day


def release_instants(calendar, first, last):
    """The instants of a vendor's releases on those days in the vendor's zone, sorted, each once."""
    found = set()
    for cadence in calendar["cadences"]:
        begin = max(first, cadence["valid_from"] or first)
        end = min(last, cadence["valid_to"] or last)
        for day in days(begin, end):
            if is_month_day(cadence["on"], day) and day.month in (cadence["months"] or range(1, 13)):
                found.add(to_instant(zone_or_utc(cadence["zone"]), datetime.combine(day, cadence["time"]))[0])
    return sorted(found)


def after_releases(rule, window, plan, first, last):
    """The dates `offset` days after each release in the window's zone, moved on to the weekday."""
    calendar = next((each for each in plan["releases"] if each["id"] == rule["release"]), None)
    if calendar is None:
        return
    zone, offset = zone_of(window, plan), offset_of(rule)
    for at in release_instants(calendar, first - offset - 10 * DAY, last - offset + 10 * DAY):
        day = clock_at(zone, at).date() + offset
        while rule["then"] and WEEKDAYS[day.weekday()] != rule["then"]:
            day += DAY
        yield day


def read_foreign(rrule, start):
    """An RFC 5545 rule of whole days; None for others."""
    if any(part in rrule for part in ("HOURLY", "MINUTELY", "SECONDLY")):
        return None
    try:
        return rrulestr(rrule, dtstart=start)
    except ValueError:
        return None


def has_unknown_dates(window):
    """Whether its rule cannot be read, so that it has no dates."""
    rule = window["rule"]
    return rule.name == "Foreign" and read_foreign(rule.values[0], datetime(2027, 1, 1)) is None


def foreign(rrule, window, begin, first, last):
    """The dates of an RFC 5545 rule, on the clock, from `begin` on. A rule that cannot be read has none."""
    rule = read_foreign(rrule, datetime.combine(begin, window["start"]))
    if rule is None:
        return set()
    span = datetime.combine(first, time()), datetime.combine(last, time.max)
    return {at.date() for at in rule.between(*span, inc=True)}


def shift_of(change):
    """How many days a dated change shifts occurrences."""
    return min(max(change["shift_days"], -LONGEST_SHIFT), LONGEST_SHIFT)


def rule_dates(window, plan):
    """The dates of a window's rule between its first and last date, in the horizon and as far around it as they shift."""
    around = max((abs(shift_of(change)) for change in window["changes"]), default=0) * DAY
    begin, end = horizon(plan)
    horizon_first, horizon_last = begin - around, end + around
    first = max(window["first"] or horizon_first, horizon_first)
    last = min(window["last"] or horizon_last, horizon_last)
    rule = window["rule"]
    match rule.name:
        case "Dates":
            found = {listed["on"] for listed in rule.values[0]}
        case "Weekly":
            found = {day for day in days(first, last) if is_weekly(rule, window["first"], day)}
        case "Monthly":
            found = set(monthly(rule, window["first"], days(first, last)))
        case "AfterRelease":
            found = set(after_releases(rule, window, plan, first, last))
        case "Foreign":
            found = foreign(rule.values[0], window, window["first"] or begin, first, last)
    return {day for day in found if first <= day <= last}
