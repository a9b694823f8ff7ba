"""Converts clock readings to instants and back, with Python's zoneinfo and the PyPI package tzdata."""

import functools
import zoneinfo
from datetime import timezone
from importlib import resources

UTC = timezone.utc


def forget_system_zones():
    """Makes zoneinfo use the package only, never the zone files of the machine."""
    zoneinfo.reset_tzpath(to=[])
    assert not zoneinfo.TZPATH


@functools.cache
def zone_names():
    return sorted(resources.files("tzdata").joinpath("zones").read_text().split())


@functools.cache
def zone_named(name):
    """The zone with that name, ignoring case; None if there is none."""
    known = {each.casefold(): each for each in zone_names()}
    return zoneinfo.ZoneInfo(known[name.casefold()]) if name.casefold() in known else None


def to_instant(zone, local):
    """The instant of a clock reading (without a zone), and p, g or f: plain, in a gap, in a fold.

    With fold=0, PEP 495 reads a time in a gap with the offset before the gap, which moves it forward by the length of
    the gap. Of a reading that exists twice it gives the first instant.
    """
    at = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    again = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    back = at.astimezone(zone).replace(tzinfo=None)
    clock = "g" if back != local else "f" if again != at else "p"
    return at.replace(tzinfo=None), clock


def clock_at(zone, at):
    """The clock reading in the zone at an instant; both without a zone."""
    return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
