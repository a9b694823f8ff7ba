"""Records that the reference does not check. No rule may fail on them or name records that do not exist."""

from datetime import time, timedelta

from .ron import choice

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
VERDICTS = ["Deploy", "Defer", "Mitigate", "Accept", "NotAffected"]
CODES = ["B001", "F001", "P001", "R001", "W001", "X999"]


class OthersMaker:
    """Makes people, advisories, answers and so on, with the ids and the wildness of the plan's maker."""

    def __init__(self, plan):
        self.plan = plan
        self.picks = plan.picks
        self.people = [f"p{number}" for number in range(1, self.picks.between(0, 4) + 1)]
        self.teams = [f"t{number}" for number in range(1, self.picks.between(0, 2) + 1)]
        self.checklists = [f"c{number}" for number in range(self.picks.between(0, 2))]
        self.calendars = [f"h{number}" for number in range(self.picks.between(0, 2))]

    def tables(self):
        advisories = [self.advisory(f"v{number}") for number in range(self.picks.between(0, 4))]
        return {
            "holidays": [self.holidays(id) for id in self.calendars],
            "people": [self.person(id) for id in self.people],
            "teams": [self.team(id) for id in self.teams],
            "advisories": advisories,
            "checklists": [{"id": id, "name": id.upper(), "items": self.items()} for id in self.checklists],
            "ledger": self.ledger(),
            "acceptances": [self.acceptance(f"k{number}") for number in range(self.picks.between(0, 3))],
        }

    def maybe(self, value):
        return self.picks.of([None, value])

    def area(self, id):
        return {
            "id": id,
            "name": id.upper(),
            "owner": self.picks.of(["", "Ann"]),
            "allowed": self.hours(),
            "notice_days": self.maybe(self.plan.usually(self.picks.below(30), [0, 65535])),
            "holidays": self.plan.some(self.calendars, 2),
        }

    def hours(self):
        """Hours that can cross midnight, be empty, or apply to no day at all."""
        until = self.picks.of([time(0), time(6), time(22)])
        days = [self.picks.of(WEEKDAYS) for _ in range(self.picks.between(0, 4))]
        return [{"days": days, "from": self.plan.clock(), "until": until} for _ in range(self.picks.below(3))]

    def holidays(self, id):
        days = [{"on": self.plan.day(), "name": "Holiday"} for _ in range(self.picks.below(6))]
        return {"id": id, "name": id.upper(), "days": days}

    def person(self, id):
        first = self.plan.day()
        last = first + self.plan.usually(self.picks.below(20), [-5, 366]) * DAY
        away = [{"first_on": first, "last_on": last}] if self.picks.chance(50) else []
        return {"id": id, "name": id.upper(), "available": self.hours(), "away": away}

    def team(self, id):
        needed = self.maybe(self.plan.usually(1, [0, 65535]))
        return {"id": id, "name": id.upper(), "people": self.plan.some(self.people, 4), "needed": needed}

    def advisory(self, id):
        decision = {"verdict": choice(self.picks.of(VERDICTS)), "by": "Ann", "on": self.plan.day()}
        return {
            "id": id,
            "title": id.upper(),
            "cvss_tenths": self.maybe(self.plan.usually(self.picks.between(1, 100), [0, 255])),
            "is_exploited": self.picks.chance(30),
            "exposure": choice(self.picks.of(["Internal", "Internet"])),
            "published_on": self.plan.day(),
            "due_on": self.maybe(self.plan.day()),
            "systems": self.plan.some(self.plan.system_ids, 4),
            "decisions": [decision] if self.picks.chance(30) else [],
            "in_on": self.plan.day() if self.picks.chance(20) else None,
        }

    def items(self):
        blocks = ["DayBefore", "HoursBefore", "Start", "During", "After"]
        return [{"block": choice(self.picks.of(blocks)), "text": "Look"} for _ in range(self.picks.below(3))]

    def ledger(self):
        """Each answer once; some are for dates or windows that do not exist."""
        keys = {(window, area, self.plan.day()) for window in self.plan.window_ids for area in self.plan.area_ids}
        return [
            {
                "of": {"window": self.plan.usually(window, ["nobody"]), "area": area, "on": on},
                "agreement": self.agreement(on),
                "reserve_on": self.maybe(self.plan.day()),
            }
            for number, (window, area, on) in enumerate(sorted(keys))
            if number < 4
        ]

    def agreement(self, on):
        before = on - self.picks.between(-5, 40) * DAY
        return self.picks.of([
            choice("NotAsked"), choice("Asked", on=before), choice("Agreed", on=before, by="Ann"),
            choice("Declined", on=before, reason="Quarter close"),
        ])

    def acceptance(self, id):
        cause = self.picks.of([
            choice("Plan"), choice("Freeze", "f0"), choice("Window", self.picks.of(self.plan.window_ids)),
            choice("Window", "nobody"),
        ])
        return {
            "id": id,
            "code": self.picks.of(CODES),
            "cause": cause,
            "window": self.maybe(self.picks.of([*self.plan.window_ids, "nobody"])),
            "on": self.plan.day() if self.picks.chance(20) else None,
            "reason": "Known",
            "by": "Ann",
            "until": self.plan.day(),
        }

    def of_window(self):
        """The fields of a window that the reference does not calculate."""
        template = choice("Template", self.plan.usually("c0", ["nobody"]))
        after = self.plan.usually(self.picks.below(5) * HOUR, [0 * HOUR, 366 * DAY])
        return {
            "kind": choice(self.picks.of(["Standard", "Standard", "Emergency", "Extended", "Rolling"])),
            "cutoff": self.maybe(after),
            "max_fail_percent": self.maybe(self.plan.usually(self.picks.below(100), [255])),
            "irreversible": self.maybe({"after": after, "step": "Migrate"}),
            "checklist": self.picks.of([choice("Usual"), choice("Without"), template]),
            "bookings": [self.booking() for _ in range(self.picks.below(3))],
        }

    def booking(self):
        testing = choice("Testing", self.plan.usually(2 * HOUR, [0 * HOUR, 366 * DAY]))
        who = [choice("Person", id) for id in self.people] + [choice("Team", id) for id in self.teams]
        return {
            "duty": self.picks.of([choice("Work"), testing]),
            "who": self.plan.usually(self.picks.of([*who, choice("Team", "t1")]), [choice("Person", "nobody")]),
            "on": self.plan.day() if self.picks.chance(20) else None,
        }
