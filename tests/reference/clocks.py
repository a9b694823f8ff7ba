"""Readings of wall clocks as instants, by Python's zoneinfo over the PyPI package tzdata."""

import functools
import zoneinfo
from datetime import timezone
from importlib import resources

UTC = timezone.utc


def forget_system_zones():
    """From now on zones come from the package alone, whatever the machine has."""
    zoneinfo.reset_tzpath(to=[])
    assert not zoneinfo.TZPATH


@functools.cache
def zone_names():
    return sorted(resources.files("tzdata").joinpath("zones").read_text().split())


@functools.cache
def zone_named(name):
    """The zone of that name, in capitals or not; None where there is none."""
    known = {each.casefold(): each for each in zone_names()}
    return zoneinfo.ZoneInfo(known[name.casefold()]) if name.casefold() in known else None


def place(zone, local):
    """The instant of a clock reading (without its zone), and p, g or f: plain, in a gap, in a fold.

    PEP 495: with fold=0 a reading in a gap is reckoned with the offset before it, so it moves forward by the gap, and
    of one that exists twice it is the first.
    """
    at = local.replace(tzinfo=zone, fold=0).astimezone(UTC)
    again = local.replace(tzinfo=zone, fold=1).astimezone(UTC)
    back = at.astimezone(zone).replace(tzinfo=None)
    clock = "g" if back != local else "f" if again != at else "p"
    return at.replace(tzinfo=None), clock


def clock_at(zone, at):
    """What clocks in the zone show at an instant (given, and told, without a zone)."""
    return at.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
