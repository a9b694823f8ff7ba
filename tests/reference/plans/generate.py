"""Random plans as plain data, each identified by its seed.

The wildness of a plan is how often it has a value that makes no sense but is possible in a file: ids that do not exist,
empty groups, a freeze that ends before it begins, a horizon of 0 months. One plan in three has no wild values.
"""

from datetime import date, datetime, time, timedelta

from picks import Picks

from .others import OthersMaker
from .policies import policy
from .ron import Guess, choice
from .windows import WindowMaker

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)

STAGES = ["Test", "Uat", "Pilot", "Rest", "Production"]
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
USUAL_ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]
# Half and quarter hours, changes at midnight or around Ramadan, a skipped day, and names that are not zones.
STRANGE_ZONES = [
    "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/St_Johns", "Antarctica/Troll", "Asia/Kathmandu",
    "Australia/Lord_Howe", "Europe/Dublin", "Pacific/Apia", "Pacific/Kiritimati", "europe/berlin", "Europe/Atlantis",
    "",
]


class Maker:
    """Makes one plan, with wild values as often as its wildness says."""

    def __init__(self, seed):
        self.picks = Picks(seed)
        for _ in range(8):
            self.picks.below(2)  # Similar seeds start with similar numbers.
        self.wildness = self.picks.of([0, 10, 35])
        self.first = self.pick_first_day()
        self.own_zones = [self.own_zone(id) for id in self.pick_own_zones()]
        self.system_ids = [f"s{number}" for number in range(1, self.picks.between(1, 12) + 1)]
        self.area_ids = [f"a{number}" for number in range(1, self.picks.between(0, 3) + 1)]
        self.release_ids = [f"r{number}" for number in range(1, self.picks.between(1, 3) + 1)]
        self.ladder_ids = [f"l{number}" for number in range(1, self.picks.between(0, 3) + 1)]
        self.window_ids = [f"w{number:02}" for number in range(1, self.picks.between(1, 12) + 1)]
        self.group_ids = []
        self.others = OthersMaker(self)

    def plan(self):
        systems = [self.system(id) for id in self.system_ids]
        ladders = [self.ladder(id) for id in self.ladder_ids]
        return {
            "format": 2,
            "id": "random",
            "title": "A random plan",
            "horizon": {"from": self.first, "months": self.usually(self.picks.of([12, 12, 18, 24]), [0, 1, 13])},
            "zone": self.zone(),
            "zones": self.own_zones,
            "policy": policy(self),
            "areas": [self.others.area(id) for id in self.area_ids],
            "systems": systems,
            "ladders": ladders,
            "releases": [self.release(id) for id in self.release_ids],
            "windows": [WindowMaker(self).window(id) | self.others.of_window() for id in self.window_ids],
            "freezes": [self.freeze(f"f{number}") for number in range(self.picks.below(4))],
            **self.others.tables(),
        }

    def is_wild(self):
        return self.picks.chance(self.wildness)

    def usually(self, usual, wild):
        """The usual value, or sometimes one of the wild ones."""
        return self.picks.of(wild) if self.is_wild() else usual

    def some(self, ids, most):
        """Up to `most` of the ids. A wild list can have one twice, or one that does not exist."""
        found = [self.picks.of(ids) for _ in range(self.picks.between(0, most))] if ids else []
        if self.is_wild():
            return [*found, self.picks.of(["nobody", *found])]
        return list(dict.fromkeys(found))

    def pick_first_day(self):
        year = self.picks.between(2025, 2031)
        # Samoa skipped 30 December 2011; 2028 has a 29 February.
        wild = [date(2011, 7, 1), date(2028, 2, 29), date(year, 1, 31), date(year, 3, 1) + self.picks.below(300) * DAY]
        return self.usually(date(year, self.picks.of([1, 1, 4, 7]), 1), wild)

    def day(self):
        """Any day of the horizon, or a little outside it."""
        return self.first + self.picks.between(-40, 760) * DAY

    def clock(self):
        usual = time(self.picks.of([0, 1, 2, 18, 20, 22]), self.picks.of([0, 0, 30]))
        any_minute = time(self.picks.below(24), self.picks.below(60))
        return self.usually(usual, [time(0), time(2, 15), time(23, 59), any_minute])

    def zone(self):
        own = [zone["id"] for zone in self.own_zones]
        return self.usually(self.picks.of([*USUAL_ZONES, *own]), STRANGE_ZONES)

    def pick_own_zones(self):
        """Usually none. The name of a wild one can be that of an IANA zone."""
        if not self.picks.chance(25):
            return []
        return [self.usually("Branch time", ["Europe/Berlin", "UTC"])]

    def own_zone(self, id):
        """Its clocks change every few months, by up to some hours."""
        at, transitions = datetime.combine(self.first - 400 * DAY, time()), []
        for _ in range(self.picks.below(9)):
            at += self.picks.between(60, 200) * DAY + self.picks.below(24 * 60) * MINUTE
            transitions.append({"at": f"{at:%Y-%m-%dT%H:%MZ}", "offset": self.own_offset()})
        return {"id": id, "offset": self.own_offset(), "transitions": transitions}

    def own_offset(self):
        return self.usually(self.picks.of([0, 60, 120]), [-210, 345, 765, -720])

    def month_day(self):
        weekday = self.picks.of(WEEKDAYS)
        usual = [choice("Nth", self.picks.between(1, 4), weekday), choice("Last", weekday)]
        wild = [choice("Nth", 5, weekday), choice("Nth", 0, weekday), choice("Nth", 9, weekday)]
        days = [choice("Day", number) for number in (0, 1, 28, 29, 30, 31, 32)]
        return self.usually(self.picks.of([*usual, choice("Day", self.picks.between(1, 28))]), wild + days)

    def minutes(self, most):
        usual = self.picks.below(most) * MINUTE
        if self.picks.chance(15):
            return Guess(usual // MINUTE // 2 * MINUTE, usual, usual * 3)
        return self.usually(usual, [0 * DAY, MINUTE, 3 * DAY])

    def estimate(self):
        """Sometimes the time for rolling back is not estimated."""
        unknown = self.is_wild() and self.picks.chance(50)
        once = ["prepare", "final_verification", "rollback_verification", "handover"]
        each = ["drain", "reboot", "verify"]
        found = {name: self.minutes(20) for name in once + each if self.picks.chance(50)}
        switch = self.minutes(10) if self.picks.chance(70) else None
        return found | {"patch": self.minutes(30), "switch": switch, "rollback": None if unknown else self.minutes(30)}

    def system(self, id):
        return {
            "id": id,
            "name": id.upper(),
            "hosts": self.usually(self.picks.between(1, 40), [0, 0, 1, 2500]),
            "area": self.picks.of([*self.area_ids, None]),
            "estimate": self.estimate(),
            "zone": self.zone() if self.picks.chance(10) else None,
            "depends_on": self.some(self.system_ids, 2) if self.picks.chance(20) else [],
            "twin": self.reference(self.system_ids) if self.picks.chance(20) else None,
            "service": self.picks.of([None, "Pay", "Web", self.usually("Pay", [" Pay ", " ", "S1"])]),
        }

    def ladder(self, id):
        """Distributes the systems over the groups; a wild ladder has some twice. Group ids are unique in the plan."""
        stages = sorted(self.picks.between(0, 4) for _ in range(self.picks.between(1, 4)))
        groups = [self.group(f"{id}-g{index}", STAGES[stage]) for index, stage in enumerate(stages, 1)]
        for system in self.system_ids:
            if self.picks.chance(70):
                self.picks.of(groups)["systems"].append(system)
        for group in groups:
            if self.is_wild():
                group["systems"] = self.some(self.system_ids, 4)
        self.group_ids += [group["id"] for group in groups]
        return {"id": id, "name": id.upper(), "release": self.reference(self.release_ids), "groups": groups}

    def group(self, id, stage):
        soak = self.picks.of([None, self.usually(self.picks.below(120) * HOUR, [MINUTE, 200 * DAY, 366 * DAY])])
        return {"id": id, "name": id.upper(), "stage": choice(stage), "soak": soak, "systems": []}

    def reference(self, ids):
        """One of the ids; sometimes none, or one that does not exist."""
        return self.usually(self.picks.of(ids), [None, "nobody"])

    def release(self, id):
        return {
            "id": id,
            "name": id.upper(),
            "vendor": "Vendor",
            "cadences": [self.cadence() for _ in range(self.picks.of([1, 1, 1, 2]))],
        }

    def cadence(self):
        months = sorted({self.picks.between(1, 12) for _ in range(self.picks.between(1, 6))})
        # Wild: a release at the edge of the horizon, where its date can differ in the two zones.
        on = self.usually(self.month_day(), [choice("Day", self.first.day)])
        return {
            "on": on,
            "months": self.usually(months if self.picks.chance(15) else None, [[13], [0, 2]]),
            "time": self.clock(),
            "zone": self.zone(),
            "valid_from": self.day() if self.picks.chance(10) else None,
            "valid_to": self.day() if self.picks.chance(10) else None,
        }

    def freeze(self, id):
        """Single or recurring. A recurring freeze can have begun years ago, and a wild one may never end."""
        every = self.picks.of([None, None, self.usually(self.picks.of([3, 12, 12]), [0, 1, 2, 65535])])
        first = self.day() - (self.picks.below(5) * 365 * DAY if every else 0 * DAY)
        last = first + self.usually(self.picks.between(0, 25), [-3, -1, 0, 365, 366]) * DAY
        scopes = [
            choice("Everything"),
            choice("Areas", self.some(self.area_ids, 2)),
            choice("Ladders", self.some(self.ladder_ids, 2)),
            choice("Systems", self.some(self.system_ids, 3)),
        ]
        exempt = [{"window": window} for window in self.some(self.window_ids, 1)]
        return {
            "id": id,
            "name": id.upper(),
            "first_on": first,
            "last_on": last,
            "every_months": every,
            "scope": self.picks.of(scopes),
            "exemptions": exempt if self.picks.chance(30) else [],
        }


def plan(seed):
    return Maker(seed).plan()
