"""How long the windows stop each service in a calendar year. docs/downtime.md explains the terms."""

from datetime import date, datetime, timedelta

from .climbs import midnight
from .dates import horizon
from .differences import unequal_lists
from .fit import KEEPS_SERVICE_UP, fit
from .scope import scope

MINUTE = timedelta(minutes=1)
EPOCH = datetime(2000, 1, 1)
ALWAYS = 100_000


def downtime_differences(plan, planned, said):
    return unequal_lists("downtime", lambda row: (row["service"], row["year"]), rows(plan, planned), said.downtime)


def rows(plan, planned):
    """The services that stop or have a target, in each year of the plan. `planned`: occurrences by window."""
    policy = plan["policy"] or {"services": []}
    targets = {each["service"]: each["available_per_100_000"] for each in policy["services"]}
    down = system_stops(plan, planned)
    first, last = horizon(plan)
    for service, systems in sorted(services(plan).items()):
        minutes = set().union(*(stopped_minutes(system, plan, down) for system in systems))
        for year in range(first.year, last.year + 1):
            begin, end = (minute_of(midnight(plan, date(number, 1, 1))) for number in (year, year + 1))
            inside = {minute for minute in minutes if begin <= minute < end}
            target = targets.get(service)
            if not inside and target is None:
                continue
            length = end - begin
            yield {
                "service": service,
                "year": year,
                "systems": len(systems),
                "stops": sum(minute - 1 not in inside for minute in inside),
                "downtime_minutes": len(inside),
                "target_percent": None if target is None else f"{target / 1000:.3f}".rstrip("0").rstrip("."),
                "allowed_minutes": None if target is None else length * (ALWAYS - target) // ALWAYS,
                "over": None if target is None else len(inside) * ALWAYS > length * (ALWAYS - target),
            }


def services(plan):
    """The systems of each service. One without a service is a service of its own."""
    found = {}
    for system in plan["systems"]:
        found.setdefault((system["service"] or "").strip() or system["name"], []).append(system)
    return found


def system_stops(plan, planned):
    """For each system the minutes in which a window stops it."""
    found = {system["id"]: set() for system in plan["systems"]}
    for window in plan["windows"]:
        systems = scope(window, plan)
        load = fit(window, systems)
        for occurrence in planned[window["id"]]:
            begin = minute_of(occurrence.start)
            for system in systems:
                found[system["id"]].update(range(begin, begin + impact(window, load, occurrence)))
    return found


def minute_of(instant):
    return (instant - EPOCH) // MINUTE


def impact(window, load, occurrence):
    """In minutes: what was entered, nothing if the service stays up, the work, or all of the occurrence."""
    if window["impact_minutes"] is not None:
        return window["impact_minutes"]
    if window["kind"].name == "Rolling" or window["strategy"].name in KEEPS_SERVICE_UP:
        return 0
    return (occurrence.end - occurrence.start) // MINUTE if load is None else load.work


def stopped_minutes(system, plan, down):
    """A system with a twin is down only while both are."""
    known = [each["id"] for each in plan["systems"]]
    own = system["twin"] if system["twin"] in known and system["twin"] != system["id"] else None
    naming = [each["id"] for each in plan["systems"] if each["twin"] == system["id"] != each["id"]]
    twin = own or min(naming, default=None)
    return down[system["id"]] & down[twin] if twin else down[system["id"]]
