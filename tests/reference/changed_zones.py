"""Lists the zones whose rules changed in the months before a release of the zone data.

    changed_zones.py COMPILED FOLDER...

Each FOLDER holds one release of PyPI's tzdata, unpacked. COMPILED is the release to list for ("2026e"); the others are
earlier ones, of which the newest that was out MONTHS before is taken. Two releases differ in a zone if they give
different offsets at any instant from the year of the earlier one on; corrections of the past do not count.
"""

import datetime
import importlib.resources
import pathlib
import sys
import zoneinfo

MONTHS = 18
LAST_YEAR = 2037
UTC = datetime.timezone.utc


class Release:
    def __init__(self, folder):
        self.data = pathlib.Path(folder) / "tzdata"
        source = (self.data / "__init__.py").read_text()
        self.name = source.split('IANA_VERSION = "')[1].split('"')[0]
        # The files of a wheel are as old as the wheel.
        self.released_on = datetime.date.fromtimestamp((self.data / "__init__.py").stat().st_mtime)
        self.zones = (self.data / "zones").read_text().split()

    def zone(self, name):
        path = self.data / "zoneinfo" / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return zoneinfo.ZoneInfo.from_file(file, name)


def months_before(day, months):
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return datetime.date(year, month + 1, min(day.day, 28))


def differ(one, other, first_year):
    """Whether the zones have different offsets at some time. A changed rule applies for days, so few hours are enough."""
    at = datetime.datetime(first_year, 1, 1, tzinfo=UTC)
    end = datetime.datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)
    step = datetime.timedelta(hours=3)
    while at < end:
        if at.astimezone(one).utcoffset() != at.astimezone(other).utcoffset():
            return True
        at += step
    return False


def main(compiled, *folders):
    releases = sorted((Release(folder) for folder in folders), key=lambda release: release.released_on)
    new = next(release for release in releases if release.name == compiled)
    limit = months_before(new.released_on, MONTHS)
    old = [release for release in releases if release.released_on <= limit][-1]
    changed = []
    for name in new.zones:
        before, after = old.zone(name), new.zone(name)
        if before is None or differ(before, after, old.released_on.year):
            changed.append(name)
    print(f"# tzdata {new.name} against {old.name}, written by tests/reference/changed-zones")
    print("\n".join(sorted(changed)))


if __name__ == "__main__":
    main(*sys.argv[1:])
