"""Compares the entries of a file with the occurrences of its plan."""

from collections import Counter, defaultdict
from datetime import date, timedelta

from plans.freezes import in_freezes
from plans.occurrences import occurrences

from .others import joined

# A clock change moves a start or an end by at most this much.
MOST_SHIFT = timedelta(hours=3)
HOUR = timedelta(hours=1)
# Losses that change no occurrence.
HARMLESS = {"cutoff", "horizon", "zone", "hours"}


def expected(plan):
    """The occurrences of each window by original date, without skipped ones, and the dates in freezes."""
    planned = {window["id"]: [each for each in occurrences(window, plan) if each.status != "skipped"] for window in plan["windows"]}
    frozen = defaultdict(set)
    for window, original, _ in in_freezes(plan, planned):
        frozen[window].add(original)
    return planned, frozen


class Comparison:
    """What a file says about one window, and what the plan says. `is_joined`: entries that touch are one in the file."""

    def __init__(self, row, planned, frozen, entries, is_joined):
        self.row, self.planned, self.frozen, self.entries = row, planned, frozen, list(entries)
        self.lost = {each["what"]: {date.fromisoformat(on) for on in each["occurrences"]} for each in row["lost"]}
        self.is_joined = is_joined
        self.found = []

    def say(self, what):
        self.found.append(f"{self.row['window']} for {self.row['system']} ({self.row['form']}): {what}")

    def differences(self):
        left_out = self.lost.get("freeze", set()) | self.lost.get("over", set())
        if self.lost.get("freeze", set()) != self.frozen:
            self.say(f"frozen {sorted(self.frozen)}, lost {sorted(self.lost.get('freeze', set()))}")
        unnamed = {what for what, dates in self.lost.items() if what in HARMLESS and dates}
        if unnamed:
            self.say(f"{unnamed} names dates")
        if self.row["form"] == "impossible":
            if self.entries:
                self.say("is impossible and has entries")
            return self.found
        if not self.row["reason"] and self.row["form"] == "dates":
            self.say("has no reason")
        wanted = [each for each in self.planned if each.original not in left_out]
        if self.is_joined:
            self.compare_joined(wanted)
        else:
            self.compare_single(wanted)
        return self.found

    def compare_single(self, wanted):
        if self.row["form"] == "dates" and self.row["dates"] != len(wanted):
            self.say(f"{self.row['dates']} dates are said, {len(wanted)} planned")
        rest = Counter((each.start, each.end) for each in self.entries)
        for each in wanted:
            entry = self.matching(each, rest)
            if entry is None:
                self.say(f"misses {each.original}: {each.start} to {each.end}")
            else:
                rest[entry] -= 1
        for start, end in +rest:
            self.say(f"has {start} to {end}, which the plan does not have")

    def matching(self, each, rest):
        """The entry of an occurrence: equal, or different as the losses say."""
        changed = each.original in self.lost.get("clock-change", set())
        rounded = each.original in self.lost.get("length", set())
        for start, end in +rest:
            if not changed and not rounded and (start, end) == (each.start, each.end):
                return start, end
            if rounded and start == each.start and each.end < end < each.end + HOUR:
                return start, end
            if changed and abs(start - each.start) <= MOST_SHIFT and abs(end - each.end) <= MOST_SHIFT + HOUR:
                return start, end
        return None

    def compare_joined(self, wanted):
        """Entries that touch an occurrence with a clock change are not compared."""
        changed = [each for each in wanted if each.original in self.lost.get("clock-change", set())]
        near = lambda each: any(each.start < other.end + MOST_SHIFT and each.end > other.start - MOST_SHIFT for other in changed)
        from .entries import Entry

        wanted = {(each.start, each.end) for each in joined(Entry("", each.start, each.end) for each in wanted) if not near(each)}
        said = {(each.start, each.end) for each in joined(self.entries) if not near(each)}
        for start, end in sorted(wanted ^ said)[:4]:
            where = "plan" if (start, end) in wanted else "file"
            self.say(f"only the {where} has {start} to {end}")


def differences(plan, rows, entries, system, format, is_joined=False):
    """All differences, and how many windows have each form."""
    planned, frozen = expected(plan)
    by_window = defaultdict(list)
    for entry in entries:
        by_window[entry.window.casefold()].append(entry)
    own = [row for row in rows if row["system"] == system and row["format"] == format]
    assert len(own) == len(plan["windows"])
    found, counts = [], Counter()
    for row in own:
        id = row["window"]
        compared = Comparison(row, planned[id], frozen[id], by_window.pop(id.casefold(), []), is_joined)
        found += compared.differences()
        counts[f"{system} {format} {row['form']}"] += 1
        counts["occurrences"] += len(planned[id])
    found += [f"{system} has a window {name}, which the plan does not have" for name in by_window]
    return found, counts
