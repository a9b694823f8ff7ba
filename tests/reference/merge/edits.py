"""Random changes of a plan: edits of fields, additions and removals. There are few values, so that both sides often
change the same field, and sometimes to the same value."""

import copy

from plans.ron import Choice, choice

from .notation import Map

EDITS, ADDITIONS, REMOVALS = 30, 5, 3
TEXTS = ["", "One", "Two", "Three"]
LENGTHS = ["1h", "2h30m", "5h"]
DATES = ["2027-03-06", "2027-03-13", "2027-03-20", "2027-03-27"]
HOURS = ["20:00", "21:30", "23:00"]
ZONES = [None, "Europe/Berlin", "Asia/Kolkata"]
PLAIN = {
    "areas": {"name": TEXTS[1:], "owner": TEXTS, "notes": TEXTS, "notice_days": [None, 3, 5]},
    "systems": {
        "name": TEXTS[1:], "hosts": [1, 2, 3], "notes": TEXTS, "platform": TEXTS, "twin": [None, "s1", "s2"],
        "counterpart": [None, "s1", "s2"], "test_script": TEXTS,
        "area": [None, "a1", "a2"], "zone": ZONES, "rollback": [None, choice("Snapshot"), choice("Backup")],
    },
    "ladders": {"name": TEXTS[1:], "release": [None, "r1", "r2"]},
    "releases": {"name": TEXTS[1:], "vendor": TEXTS},
    "windows": {
        "name": TEXTS[1:], "start": HOURS, "duration": LENGTHS, "notes": TEXTS, "zone": ZONES, "impact": TEXTS,
        "first": [None, *DATES], "kind": [choice("Standard"), choice("Extended")], "sequence": [None, 1, 2],
        "rule": [
            choice("Weekly", days=["Sun"], every=1), choice("Weekly", days=["Sat"], every=2),
            *(Choice("Dates", ([{"on": on} for on in days],)) for days in (DATES[:1], DATES[:2], DATES[1:])),
        ],
        "batch": [None, choice("Hosts", 3), choice("Share", 20)],
    },
    "freezes": {
        "name": TEXTS[1:], "last_on": DATES, "notes": TEXTS, "every_months": [None, 3, 12],
        "scope": [choice("Everything"), choice("Systems", ["s1"]), choice("Systems", ["s1", "s2"]), choice("Areas", ["a1"])],
    },
    "holidays": {"name": TEXTS[1:]},
    "people": {"name": TEXTS[1:], "email": TEXTS, "phone": TEXTS},
    "teams": {"name": TEXTS[1:], "needed": [None, 1, 2]},
    "advisories": {"title": TEXTS[1:], "due_on": [None, *DATES], "cvss_tenths": [None, 50, 98]},
    "checklists": {"name": TEXTS[1:], "language": ["", "de"]},
    "ledger": {
        "agreement": [choice("NotAsked"), choice("Asked", on=DATES[0]), choice("Agreed", on=DATES[0], by="Ann")],
        "reserve_on": [None, *DATES], "notes": TEXTS, "replied_at": [None, "2027-01-04T09:00Z"],
    },
    "acceptances": {"reason": TEXTS[1:], "until": DATES},
}
MEMBERS = {
    "areas": {"aliases": ["a@x.example", "b@x.example", "c@x.example"], "holidays": ["h0", "h1"]},
    "systems": {"depends_on": ["s1", "s2", "s3"]},
    "windows": {
        "groups": ["g1", "g2", "g3"], "systems": ["s1", "s2", "s3", "s4"],
        "bookings": [{"duty": choice("Work"), "who": choice("Person", id)} for id in ("p1", "p2", "p3")],
        "exceptions": [
            {"on": on, "change": change, "sequence": number}
            for on in DATES
            for number, change in enumerate(
                [choice("Skipped", reason=""), choice("Moved", to=DATES[0]), choice("Moved", to=DATES[3])], 1
            )
        ],
        "changes": [{"from": on, "duration": length} for on in DATES for length in LENGTHS],
    },
    "freezes": {"exemptions": [{"window": f"w0{number}", "approver": who} for number in (1, 2) for who in ("Ann", "Bo")]},
    "holidays": {"days": [{"on": on, "name": name} for on in DATES for name in TEXTS[1:]]},
    "people": {"away": [{"first_on": on, "last_on": DATES[3]} for on in DATES]},
    "teams": {"people": ["p1", "p2", "p3"]},
    "advisories": {"systems": ["s1", "s2", "s3"]},
}
# Lists whose elements have a key of their own, and lists that are sorted.
KEYS = {"exceptions": "on", "changes": "from", "exemptions": "window", "days": "on"}
SORTED = {
    "exceptions": lambda value: value["on"], "changes": lambda value: value["from"],
    "days": lambda value: (value["on"], value["name"]),
}
# Fields that are left out if they are empty.
WRITTEN = {("releases", "vendor")}
NEW = {
    "areas": {"name": "New", "aliases": []},
    "systems": {"name": "New", "class": choice("Server"), "environment": choice("Production"), "hosts": 1},
    "windows": {
        "name": "New", "kind": choice("Standard"), "rule": choice("Weekly", days=["Sun"], every=1), "start": "22:00",
        "duration": "4h",
    },
    "freezes": {"name": "New", "first_on": DATES[0], "last_on": DATES[1], "scope": choice("Everything")},
    "people": {"name": "New"},
    "teams": {"name": "New"},
    "holidays": {"name": "New"},
    "advisories": {"title": "New", "published_on": DATES[0]},
    "checklists": {"name": "New"},
    "ladders": {"name": "New", "class": choice("Server")},
}


class Editor:
    """Changes a copy of a plan."""

    def __init__(self, plan, picks):
        self.plan = copy.deepcopy(plan)
        self.picks = picks

    def edited(self):
        for _ in range(EDITS):
            self.edit()
        for _ in range(ADDITIONS):
            self.add()
        for _ in range(REMOVALS):
            rows = self.plan.get(self.picks.of(sorted(PLAIN)))
            if rows:
                rows.pop(self.picks.below(len(rows)))
        return {name: value for name, value in self.plan.items() if value != []}

    def edit(self):
        kind = self.picks.below(20)
        if kind == 0:
            self.setting()
        elif kind <= 3:
            self.group()
        elif kind == 4:
            self.words()
        else:
            table = self.picks.of(["windows", "windows", *sorted(PLAIN)])
            if rows := self.plan.get(table):
                self.edit_row(table, self.picks.of(rows))

    def setting(self):
        which = self.picks.below(5)
        if which == 0:
            self.plan["title"] = self.picks.of(TEXTS[1:])
        elif which == 1:
            self.plan["horizon"]["months"] = self.picks.of([12, 18, 24])
        elif which == 2:
            self.plan["policy"]["buffer_percent"] = self.picks.of([5, 10, 15])
        elif which == 3:
            self.plan["policy"]["soak"]["pilot"] = self.picks.of(LENGTHS)
        elif severities := self.plan["policy"]["severities"]:
            self.picks.of(severities)["within"] = self.picks.of(LENGTHS)

    def edit_row(self, table, row):
        if self.picks.chance(40) and table in MEMBERS:
            name = self.picks.of(sorted(MEMBERS[table]))
            self.toggle(row, name, self.picks.of(MEMBERS[table][name]))
        elif table == "systems" and self.picks.chance(30):
            estimate = row.setdefault("estimate", {})
            estimate[self.picks.of(["patch", "prepare", "rollback"])] = self.picks.of(LENGTHS)
        else:
            name = self.picks.of(sorted(PLAIN[table]))
            row[name] = self.picks.of(PLAIN[table][name])
            if row[name] is None or (row[name] == "" and (table, name) not in WRITTEN):
                del row[name]

    def toggle(self, row, name, element):
        """Adds an element, or replaces the one with its key, or removes it if it is there."""
        key = KEYS.get(name)
        rows = row.setdefault(name, [])
        if element in rows:
            rows.remove(element)
        else:
            if key:
                rows[:] = [each for each in rows if each[key] != element[key]]
            rows.insert(self.picks.below(len(rows) + 1), copy.deepcopy(element))
        if name in SORTED:
            rows.sort(key=SORTED[name])
        if not rows:
            del row[name]

    def group(self):
        ladders = [ladder for ladder in self.plan.get("ladders", []) if ladder.get("groups")]
        if not ladders:
            return
        groups = self.picks.of(ladders)["groups"]
        group = self.picks.of(groups)
        which = self.picks.below(4)
        if which == 0:
            group["name"] = self.picks.of(TEXTS[1:])
        elif which == 1:
            groups.remove(group)
            groups.insert(self.picks.below(len(groups) + 1), group)
        else:
            self.toggle(group, "systems", self.picks.of(["s1", "s2", "s3", "s4"]))
            if "systems" in group:
                group["systems"].sort()

    def words(self):
        if rows := self.plan.get("checklists"):
            words = self.picks.of(rows).setdefault("words", Map())
            words[self.picks.of(["roll-back-by", "done"])] = self.picks.of(TEXTS[1:])

    def add(self):
        table = self.picks.of(sorted(NEW))
        rows = self.plan.setdefault(table, [])
        id = f"new-{self.picks.of('abc')}"
        if any(row["id"] == id for row in rows):
            return
        row = {"id": id, **copy.deepcopy(NEW[table])}
        for _ in range(self.picks.below(3)):
            self.edit_row(table, row)
        if table == "windows" and self.picks.chance(50):
            self.toggle(row, "systems", f"new-{self.picks.of('abc')}")
        if table == "ladders":
            row["groups"] = [{"id": f"new-{self.picks.of('abc')}", "name": "New", "stage": choice("Test")}]
            taken = {group["id"] for ladder in rows for group in ladder.get("groups", [])}
            if row["groups"][0]["id"] in taken:
                del row["groups"]
        rows.append({name: value for name, value in row.items() if value != []})
