"""Random plans with advisories, results, scans and decisions."""

from datetime import date, datetime, time, timedelta

from picks import Picks
from plans.ron import choice

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Sydney", "UTC", "America/St_Johns"]
ENVIRONMENTS = ["Production", "Uat", "Test", "Development"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
FIRST = date(2027, 1, 1)


def plan(seed):
    return Generator(Picks(seed)).plan()


class Generator:
    def __init__(self, picks):
        self.picks = picks

    def day(self, first=-40, last=200):
        return FIRST + timedelta(days=self.picks.between(first, last))

    def some(self, all_of_them, percent=50):
        return [each for each in all_of_them if self.picks.chance(percent)]

    def plan(self):
        picks = self.picks
        self.zone = picks.of(ZONES)
        self.areas = ["pay", "sales"]
        self.groups = ["g1", "g2", "g3", "g4"]
        self.systems = [self.system(number) for number in range(picks.between(1, 7))]
        self.ids = [system["id"] for system in self.systems]
        self.windows = [self.window(number) for number in range(picks.between(1, 3))]
        made = {
            "format": 2, "id": "reference", "title": "Reference",
            "horizon": {"from": FIRST, "months": picks.of([6, 12])}, "zone": self.zone,
            "policy": self.policy(),
            "areas": [{"id": each, "name": each} for each in self.areas],
            "systems": self.systems, "ladders": self.ladders(), "windows": self.windows,
            "advisories": [self.advisory(number) for number in range(picks.between(1, 9))],
        }
        made["results"] = self.results()
        made["scans"] = self.scans()
        self.at = self.instant()
        return made

    def instant(self):
        picks = self.picks
        if picks.chance(60):
            return self.day(-20, 220)
        moment = datetime.combine(self.day(-20, 220), time(picks.below(24), picks.below(60)))
        return f"{moment.isoformat()}Z" if moment.second else f"{moment.isoformat()}Z"

    def policy(self):
        picks = self.picks
        due_by = [None, None, choice("Matrix"), choice("Exploited", exploited=timedelta(hours=48), other=timedelta(days=14))]
        policy = {"due_by": picks.of(due_by), "publishers_dates": picks.chance(70)}
        if picks.chance(30):
            policy["severities"] = [
                {"name": "High", "cvss_from_tenths": 70, "within": timedelta(hours=100)},
                {"name": "Low", "cvss_from_tenths": 40, "within": timedelta(days=20)},
            ]
        if picks.chance(30):
            policy["internet_is_active"] = True
        if picks.chance(40):
            policy["exploited_within"] = timedelta(hours=picks.of([12, 48, 240]))
        return {name: value for name, value in policy.items() if value is not None}

    def system(self, number):
        picks = self.picks
        system = {"id": f"s{number}", "name": f"System {number}", "hosts": picks.between(1, 5)}
        system["environment"] = choice(picks.of(ENVIRONMENTS))
        if picks.chance(30):
            level = choice(picks.of(["Low", "Medium", "High"]))
            system["rating"] = {"confidentiality": level}
        if picks.chance(60):
            system["area"] = picks.of(self.areas)
        return system

    def ladders(self):
        def ladder(name, groups):
            stages = ["Test", "Uat", "Rest", "Production"]
            groups = [
                {"id": each, "name": each, "stage": choice(stages[index]), "systems": self.some(self.ids, 40)}
                for index, each in enumerate(groups)
            ]
            return {"id": name, "name": name, "groups": groups}

        return [ladder("l1", self.groups[:2]), ladder("l2", self.groups[2:])]

    def window(self, number):
        picks = self.picks
        window = {"id": f"w{number}", "name": f"Window {number}", "systems": self.some(self.ids, 70)}
        window["rule"] = choice("Weekly", days=[picks.of(DAYS)], every=1)
        window["start"] = time(picks.of([0, 1, 2, 12, 20, 22, 23]), picks.of([0, 30]))
        window["duration"] = timedelta(hours=picks.between(1, 6))
        if picks.chance(30):
            window["zone"] = picks.of(ZONES)
        moved = []
        for on in self.some(self.dates(window)[:20], 10):
            to = on + timedelta(days=picks.between(-2, 2))
            change = {"to": to}
            if picks.chance(50):
                change["start"] = time(picks.below(24), 0)
            moved.append({"on": on, "change": choice("Moved", **change)})
        window["exceptions"] = moved
        return window

    def dates(self, window):
        """The original dates in the first half of the year."""
        weekday = DAYS.index(window["rule"]["days"][0])
        first = FIRST + timedelta(days=(weekday - FIRST.weekday()) % 7)
        return [first + timedelta(weeks=week) for week in range(26)]

    def advisory(self, number):
        picks = self.picks
        published = self.day(-30, 170)
        advisory = {
            "id": f"a{number}", "title": f"Advisory {number}", "published_on": published,
            "systems": self.some(self.ids, 60), "is_exploited": picks.chance(30),
        }
        if picks.chance(85):
            advisory["cvss_tenths"] = picks.of([98, 91, 90, 75, 70, 50, 40, 20, 1, 0])
        elif picks.chance(50):
            advisory["reported_severity"] = choice(picks.of(["Low", "Medium", "High", "Critical"]))
        if picks.chance(20):
            advisory["exposure"] = choice("Internet")
        if picks.chance(20):
            advisory["due_on"] = published + timedelta(days=picks.between(1, 40))
        if picks.chance(30):
            available = choice("Available", on=published + timedelta(days=picks.between(-5, 20)))
            advisory["fix"] = picks.of([choice("Missing"), available, available, choice("Available", on=None)])
        if picks.chance(15):
            advisory["in_on"] = published + timedelta(days=picks.between(0, 30))
        installed = [
            {"system": each, "on": published + timedelta(days=picks.between(0, 30))}
            for each in self.some(advisory["systems"], 10)
        ]
        advisory["in_on_systems"] = installed
        advisory["decisions"] = [self.decision(published) for _ in range(picks.of([0, 0, 0, 1, 1, 2]))]
        return advisory

    def decision(self, published):
        picks = self.picks
        on = published + timedelta(days=picks.between(0, 20))
        verdict = choice(picks.of(["Deploy", "Defer", "Mitigate", "Accept", "NotAffected"]))
        decision = {"verdict": verdict, "by": "Bo", "on": on}
        if picks.chance(60):
            decision["until"] = on + timedelta(days=picks.between(0, 40))
        if picks.chance(40):
            decision["systems"] = self.some(self.ids, 50)
        return decision

    def results(self):
        picks = self.picks
        results = []
        for window in self.windows:
            for on in self.some(self.dates(window), 60):
                for system in self.some(window["systems"], 70):
                    results.append(self.result(window["id"], on, system))
        results.sort(key=lambda each: (each["of"]["window"], each["of"]["on"], each["of"]["system"]))
        return results

    def result(self, window, on, system):
        picks = self.picks
        hosts = next(each["hosts"] for each in self.systems if each["id"] == system)
        patched = hosts if picks.chance(70) else picks.between(0, hosts)
        failed = picks.between(0, hosts - patched)
        reboots = picks.between(0, patched)
        result = {
            "of": {"window": window, "on": on, "system": system}, "hosts": hosts, "attempted": patched + failed,
            "patched": patched, "failed": failed, "skipped": hosts - patched - failed, "reboots_attempted": reboots,
            "reboots_successful": picks.between(0, reboots), "is_rolled_back": picks.chance(8),
            "environment": choice(picks.of(ENVIRONMENTS)), "groups": self.some(self.groups, 40),
        }
        if picks.chance(60):
            result["area"] = picks.of([*self.areas, "old"])
        if picks.chance(40):
            moment = datetime.combine(on, time(picks.below(24), picks.below(60))) + timedelta(days=picks.below(2))
            result["ended_at"] = f"{moment:%Y-%m-%dT%H:%M}Z"
        return result

    def scans(self):
        picks = self.picks
        scans = {}
        for window in self.windows:
            for on in self.some(self.dates(window), 40):
                moment = datetime.combine(on, time(picks.below(24), picks.below(60))) + timedelta(days=picks.between(0, 3))
                written = f"{moment:%Y-%m-%dT%H:%M}Z"
                scans[window["id"], on, written] = {
                    "of": {"window": window["id"], "on": on, "at": written}, "authenticated": picks.chance(80),
                    "open": self.some(window["systems"], picks.of([0, 0, 30])),
                }
        return [scans[key] for key in sorted(scans)]
