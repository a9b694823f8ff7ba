"""The maintenance windows of a random plan: when they take place, and what is done in them."""

from datetime import timedelta

from .ron import choice

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
FOREIGN_RULES = [
    "FREQ=MONTHLY;BYDAY=2SA", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    "FREQ=DAILY;INTERVAL=9;COUNT=20", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=-1", "FREQ=HOURLY", "nonsense", "",
]


class WindowMaker:
    """Makes windows with the ids and the wildness of the plan's maker."""

    def __init__(self, plan):
        self.plan = plan
        self.picks = plan.picks
        self.usually = plan.usually

    def window(self, id):
        days = [1, 7, 30, 366]
        lengths = [0 * DAY, MINUTE, 59 * MINUTE, *(number * DAY for number in days)]
        bounds = [self.plan.day(), self.plan.day()]
        return {
            "id": id,
            "name": id.upper(),
            "groups": self.plan.some(self.plan.group_ids, 2),
            "systems": self.plan.some(self.plan.system_ids, 2) if self.picks.chance(30) else [],
            "rule": self.rule(),
            "start": self.plan.clock(),
            "duration": self.usually(self.picks.of([60, 90, 120, 240, 360, 480]) * MINUTE, lengths),
            "zone": self.plan.zone() if self.picks.chance(40) else None,
            "first": bounds[0] if self.picks.chance(25) else None,
            "last": bounds[1] if self.picks.chance(10) else None,
            "changes": self.changes(),
            "exceptions": self.exceptions(),
            "strategy": choice(self.picks.of(["Scheduled", "Scheduled", "Rolling", "Immutable", "BlueGreen"])),
            "batch": self.batch(),
            "work": self.work(),
            "impact_minutes": self.picks.of([None, None, None, 0, self.usually(self.picks.below(300), [1, 5000])]),
        }

    def rule(self):
        makers = [self.listed, *2 * [self.weekly, self.monthly, self.released]]
        return self.picks.of(makers)()

    def listed(self):
        if self.plan.is_wild():
            return choice("Foreign", self.picks.of(FOREIGN_RULES))
        return choice("Dates", [{"on": self.plan.day()} for _ in range(self.picks.between(0, 12))])

    def weekly(self):
        days = [self.picks.of(WEEKDAYS) for _ in range(self.usually(1, [0, 2, 7]))]
        return choice("Weekly", days=days, every=self.usually(self.picks.between(1, 4), [0, 26, 65535]))

    def monthly(self):
        every = self.usually(self.picks.of([1, 1, 1, 2, 3]), [0, 18, 65535])
        offset = self.usually(self.picks.of([0, 0, 4, 11]), [-1, -45, 31, 90, 3660, -3660, 10**9])
        return choice("Monthly", on=self.plan.month_day(), every=every, offset_days=offset)

    def released(self):
        release = self.plan.reference(self.plan.release_ids) or "none"
        offset = self.usually(self.picks.below(15), [-1, -45, 31, 90, 3660])
        then = self.picks.of([*WEEKDAYS, None])
        return choice("AfterRelease", release=release, offset_days=offset, then=then)

    def changes(self):
        """Usually none; other times from up to two dates on. Wild shifts go beyond all limits."""
        if not self.picks.chance(25):
            return []
        return [self.dated_change(on) for on in sorted({self.plan.day() for _ in range(self.picks.between(1, 2))})]

    def dated_change(self, on):
        shift = self.usually(self.picks.of([0, 0, 1, 2, -1]), [-40, 90, 3660, 10**9, -(10**9)])
        return {"from": on, "start": self.own_start(), "duration": self.own_length(), "shift_days": shift}

    def own_start(self):
        return self.picks.of([None, self.plan.clock()])

    def own_length(self):
        return self.picks.of([None, self.usually(self.picks.of([30, 90, 240, 600]) * MINUTE, [0 * DAY, MINUTE, 9 * DAY])])

    def exceptions(self):
        """Usually none. Those of a wild window need not be for dates of its rule, and can move to the same date."""
        if not self.plan.is_wild():
            return []
        dates = {self.plan.day() for _ in range(self.picks.between(1, 8))}
        meeting = self.plan.day()
        return [{"on": on, "change": self.change(on, meeting)} for on in sorted(dates)]

    def change(self, on, meeting):
        start, length = self.own_start(), self.own_length()
        to = self.picks.of([on, on + self.picks.between(-9, 9) * DAY, meeting, meeting, on + 800 * DAY])
        moved = choice("Moved", to=to, start=start, duration=length)
        added = choice("Added", start=start, duration=length)
        return self.picks.of([moved, moved, choice("Skipped", reason="Audit"), added, choice("Restored")])

    def batch(self):
        """Sizes that can be 0 or more than all hosts, and sometimes a list of them."""
        sizes = [
            choice("Hosts", self.usually(self.picks.between(1, 12), [0, 10_000])),
            choice("Share", self.usually(self.picks.between(10, 60), [0, 1, 100, 250])),
        ]
        listed = choice("List", [self.picks.of(sizes) for _ in range(self.picks.between(0, 4))])
        return self.picks.of([None, choice("All"), *sizes, listed])

    def work(self):
        if self.picks.chance(50):
            return choice("Pool", **self.plan.estimate())
        return choice("Tracks", [self.plan.some(self.plan.system_ids, 4) for _ in range(self.picks.below(4))])
