#!/usr/bin/env python3
"""Writes the expected clock changes and recurrences: tests/fixtures/reference/*.txt. Usage: make_fixtures.py FOLDER

Offsets and instants come from Python's zoneinfo with the PyPI package tzdata, never from the system's zone files, and
recurrences from dateutil.rrule. Nothing here is taken from Windowsill, so that the schedule tests compare two
independent results. `tests/reference/check` runs this script.

The choices come from a small generator with a fixed seed, so that one release of tzdata always gives the same files.
"""

import sys
import zoneinfo
from datetime import date, datetime, time, timedelta
from importlib import resources
from pathlib import Path

import tzdata
from clocks import UTC, clock_at, forget_system_zones, to_instant, zone_names
from dateutil import rrule
from picks import Picks

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
EPOCH = datetime(1970, 1, 1)

CLOCKS_FROM = datetime(1980, 1, 1)
CLOCKS_TO = datetime(2038, 1, 1)
DATES_FROM = date(2024, 1, 1)
DATES_TO = date(2036, 12, 31)

WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
RULE_WEEKDAYS = [rrule.MO, rrule.TU, rrule.WE, rrule.TH, rrule.FR, rrule.SA, rrule.SU]

# Both hemispheres; changes by half an hour, an hour and two hours, at midnight, on Fridays, and around Ramadan.
CHANGING_ZONES = [
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Los_Angeles", "America/New_York", "America/Nuuk",
    "America/Santiago", "America/St_Johns", "Antarctica/Troll", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem",
    "Atlantic/Azores", "Australia/Adelaide", "Australia/Lord_Howe", "Australia/Sydney", "Europe/Berlin",
    "Europe/Chisinau", "Europe/Dublin", "Europe/London", "Pacific/Auckland", "Pacific/Chatham",
]
FAR_ZONES = ["Asia/Kolkata", "Asia/Tokyo", "Pacific/Honolulu", "Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"]


def minute_of(at):
    """Whole minutes from 1970 to a time without a zone."""
    minutes, rest = divmod(at - EPOCH, MINUTE)
    assert not rest, f"{at} is not a whole minute"
    return minutes


def offset_at(zone, at):
    """Minutes ahead of UTC at an instant, which is given without a zone."""
    ahead = at.replace(tzinfo=UTC).astimezone(zone).utcoffset()
    assert not ahead % MINUTE, f"the offset of {zone} has seconds at {at}"
    return ahead // MINUTE


def changes(zone):
    """The clock changes with the offsets before and after them, found by two samples a day and bisection."""
    step = timedelta(hours=12)
    before, at = offset_at(zone, CLOCKS_FROM), CLOCKS_FROM
    while at < CLOCKS_TO:
        after = offset_at(zone, at + step)
        if after != before:
            low, high = at, at + step
            while high - low > MINUTE:
                middle = low + (high - low) // MINUTE // 2 * MINUTE
                low, high = (middle, high) if offset_at(zone, middle) == before else (low, middle)
            if high < CLOCKS_TO:
                yield high, before, after
        before, at = after, at + step


def zone_paragraph(zone):
    lines = [str(offset_at(zone, CLOCKS_FROM))]
    for at, before, after in changes(zone):
        first = at + min(before, after) * MINUTE
        width = abs(after - before)
        readings = []
        for minutes in (-1, 0, width // 2, width - 1, width):
            local = first + minutes * MINUTE
            placed, clock = to_instant(zone, local)
            readings.append(f"{(local - placed) // MINUTE}{clock}")
        lines.append(f"{minute_of(at)} {after} {' '.join(readings)}")
    return "\n".join(lines)


def zones_text():
    groups, paragraphs = {}, {}
    for name in zone_names():
        # Many names are the same zone.
        data = resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()
        if data not in paragraphs:
            paragraphs[data] = zone_paragraph(zoneinfo.ZoneInfo(name))
        groups.setdefault(paragraphs[data], []).append(name)
    paragraphs = sorted((names, lines) for lines, names in groups.items())
    head = [
        f"tzdata {tzdata.IANA_VERSION}",
        "# One paragraph for each pattern of clock changes, 1980 to 2037: the zones that have it; minutes ahead of",
        "# UTC on 1980-01-01; then one line for each change: minutes since 1970, minutes ahead of UTC from then on,",
        "# and for five clock readings (a minute before the skipped or repeated hour, its first minute, middle, last",
        "# minute and end) the minutes that the reading is ahead of its instant, and p(lain), g(ap) or f(old).",
    ]
    return "\n".join(head) + "\n" + "".join(f"\n{' '.join(names)}\n{lines}\n" for names, lines in paragraphs)


def weekly(picks, first):
    days = sorted({picks.below(7) for _ in range(picks.between(1, 3))})
    every = picks.of([1, 1, 2, 2, 3, 4, 5, 6, 8, 13, 26])
    start = first or date(2000, 1, 3)
    found = rrule.rrule(
        rrule.WEEKLY,
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(DATES_TO, time()),
        interval=every,
        wkst=rrule.MO,
        byweekday=[RULE_WEEKDAYS[day] for day in days],
    )
    return f"weekly {every} {','.join(WEEKDAYS[day] for day in days)}", [at.date() for at in found]


def month_day(picks):
    """A day of a month: its name here, and the arguments for rrule."""
    kind, weekday = picks.below(4), picks.below(7)
    if kind == 0:
        day = picks.of([1, 2, 10, 15, 28, 29, 30, 31])
        return f"day{day}", {"bymonthday": day}
    if kind == 1:
        return f"last{WEEKDAYS[weekday]}", {"byweekday": RULE_WEEKDAYS[weekday](-1)}
    nth = picks.between(1, 5)
    return f"{nth}{WEEKDAYS[weekday]}", {"byweekday": RULE_WEEKDAYS[weekday](+nth)}


def monthly_dates(on, every, start):
    found = rrule.rrule(
        rrule.MONTHLY,
        dtstart=datetime.combine(start.replace(day=1), time()),
        until=datetime(2037, 12, 31),
        interval=every,
        **on,
    )
    return [at.date() for at in found]


def monthly(picks, first):
    """Months are counted from the one whose day, plus the offset, is the first on or after the first date."""
    name, on = month_day(picks)
    every = picks.of([1, 1, 1, 2, 3, 4, 6, 12, 18])
    offset = picks.of([0, 0, picks.between(-30, 90)])
    start = date(2000, 1, 1)
    if first:
        start = next(on_date for on_date in monthly_dates(on, 1, first - offset * DAY) if on_date + offset * DAY >= first)
    dates = [on_date + offset * DAY for on_date in monthly_dates(on, every, start)]
    return f"monthly {every} {name} {offset}", dates


def after_release(picks, _first):
    name, on = ("2Tue", {"byweekday": rrule.TU(+2)}) if picks.chance(70) else month_day(picks)
    vendor = picks.of(["America/Los_Angeles", "America/Los_Angeles", "Europe/Berlin", "Pacific/Kiritimati", "UTC"])
    clock = picks.of([time(10), time(10), time(0), time(2, 30), time(13), time(23, 45)])
    window = picks.of(CHANGING_ZONES + FAR_ZONES)
    offset = picks.of([0, 1, 1, 2, picks.between(-30, 90)])
    then = picks.of([None, picks.below(7)])
    dates = []
    for published in monthly_dates(on, 1, date(2023, 1, 1)):
        at, _ = to_instant(zoneinfo.ZoneInfo(vendor), datetime.combine(published, clock))
        local = clock_at(zoneinfo.ZoneInfo(window), at).date() + offset * DAY
        while then is not None and local.weekday() != then:
            local += DAY
        dates.append(local)
    then = "-" if then is None else WEEKDAYS[then]
    return f"release {name} {vendor} {clock:%H:%M} {window} {offset} {then}", dates


def rules_text():
    picks = Picks(2027)
    lines = [
        "# One rule per line: the rule; first and last date or -; the number of its dates from 2024-01-01 to",
        "# 2036-12-31; the first of them; then the days from each date to the next, n*d for d days n times in a row.",
        "# weekly EVERY DAYS | monthly EVERY DAY OFFSET | release DAY VENDOR'S-ZONE CLOCK WINDOW'S-ZONE OFFSET THEN",
    ]
    for kind, count in ((weekly, 140), (monthly, 160), (after_release, 120)):
        for _ in range(count):
            first = DATES_FROM + picks.below(1500) * DAY if picks.chance(60) else None
            last = DATES_TO - picks.below(2500) * DAY if picks.chance(40) else None
            words, dates = kind(picks, first)
            begin, end = max(first or DATES_FROM, DATES_FROM), min(last or DATES_TO, DATES_TO)
            dates = sorted({on for on in dates if begin <= on <= end})
            lines.append(f"{words} | {first or '-'} {last or '-'} | {len(dates)} {' '.join(runs(dates))}".rstrip())
    return "\n".join(lines) + "\n"


def runs(dates):
    if not dates:
        return []
    out = []
    for earlier, later in zip(dates, dates[1:]):
        days = (later - earlier).days
        if out and out[-1][1] == days:
            out[-1][0] += 1
        else:
            out.append([1, days])
    return [str(dates[0])] + [str(days) if times == 1 else f"{times}*{days}" for times, days in out]


def days_text():
    picks = Picks(495)
    lines = [
        "# One window per line, on the night of a clock change: zone, start on the clock, minutes on the clock;",
        "# start and end as instants, minutes that actually pass, and p(lain), g(ap) or f(old) for start and end.",
    ]
    for name in CHANGING_ZONES:
        zone = zoneinfo.ZoneInfo(name)
        nights = [change for change in changes(zone) if change[0].year >= 2024]
        for _ in range(14 if nights else 0):
            at, before, after = picks.of(nights)
            edge = at + min(before, after) * MINUTE
            # Close to the start of the skipped or repeated hour, and up to eight hours before it.
            start = edge + picks.of([-480, -180, -60, -15, -1, 0, 1, 15, 29, 30, 45, 59, 60, 61]) * MINUTE
            duration = picks.of([1, 15, 30, 45, 60, 90, 120, 240, 360, 480, 1440])
            lines.append(window_line(name, zone, start, duration, abs(after - before)))
    return "\n".join(lines) + "\n"


def window_line(name, zone, start, duration, jump):
    """The end is start + duration on the clock, as an instant. A window inside a gap moves as a whole."""
    start_at, start_clock = to_instant(zone, start)
    end_at, end_clock = to_instant(zone, start + duration * MINUTE)
    if end_at <= start_at:
        end_at += jump * MINUTE
    length = (end_at - start_at) // MINUTE
    instants = f"{start_at:%Y-%m-%dT%H:%M}Z {end_at:%Y-%m-%dT%H:%M}Z"
    return f"{name} {start:%Y-%m-%dT%H:%M} {duration} | {instants} {length} {start_clock}{end_clock}"


def main():
    forget_system_zones()
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("zones", zones_text()), ("rules", rules_text()), ("days", days_text())):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
