"""Compares the program's import of foreign calendars with another reader. Usage: compare.py PROGRAM JUDGE FOLDER

For every .ics file below FOLDER that the judge finds well-formed, this compares the starts of all occurrences in UTC,
in spans of five years, and counts equal ends; then the days of the same file as freezes and as holidays. If only one of
the two finds a start or a day, the import must have given the reason in a warning about that event, or excused.py must
say why the other reader is wrong.
"""

import collections
import concurrent.futures
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from excused import EXCUSED

FIRST, LAST = 1980, 2029
SPANS = [(year, year + 4) for year in range(FIRST, LAST, 5)]
# Parts of the warnings about events that the import skips or changes.
REASONS = ("skipped", "unknown time zone", "no known time zone", "with the clock of")
# With less than this, the comparison is not meaningful.
LEAST_FILES, LEAST_INSTANTS, LEAST_DAYS = 280, 85_000, 10_000

Occurrence = collections.namedtuple("Occurrence", "start end uid name")


def words(text):
    """A name with normalised white space, which readers treat differently."""
    return " ".join(text.split())


def minute(text):
    """An instant in whole minutes, like the program's. A date becomes its midnight, because the plan is in UTC."""
    return f"{text}T00:00Z" if "T" not in text else f"{text[:16]}Z"


class File:
    """One file: the lines of its events, and the occurrences that the judge finds."""

    def __init__(self, path, folder):
        self.path, self.name = str(path), str(path.relative_to(folder))
        self.data = path.read_bytes()
        self.is_well_formed = not self.misuses_zones()
        self.theirs = []
        self.lines, self.uids = collections.defaultdict(set), collections.defaultdict(set)
        self.find_events()

    def misuses_zones(self):
        """Whether a date or a time in UTC has a zone, which RFC 5545, 3.2.19 forbids and readers treat differently."""
        misuse = rb";VALUE=DATE;TZID=|;TZID=[^:\r\n]*(;VALUE=DATE:|:\d{8}T\d{6}Z)"
        return re.search(misuse, self.data) is not None

    def find_events(self):
        """Finds the first lines of each UID's events, and the UIDs of each name, which replaces a missing UID."""
        begun, uid, name = 0, "", ""
        lines = self.data.decode("utf-8-sig", "replace").replace("\r", "").split("\n")
        for number, line in enumerate(lines, 1):
            following = lines[number:number + 200]
            folds = next((at for at, next_line in enumerate(following) if next_line[:1] not in (" ", "\t")), 0)
            head, _, value = (line + "".join(fold[1:] for fold in following[:folds])).partition(":")
            match head.partition(";")[0].upper(), value.strip():
                case "BEGIN", "VEVENT":
                    begun, uid, name = number, "", ""
                case "UID", text if begun:
                    uid = words(text)
                case "SUMMARY", text if begun:
                    name = words(re.sub(r"\\(.)", lambda escaped: " " if escaped[1] in "nN" else escaped[1], text))
                case "END", "VEVENT" if begun:
                    self.lines[uid or name].add(begun)
                    self.uids[name or "Imported window"].add(uid or name)
                    begun = 0

    def lines_of(self, occurrence):
        """The first lines of the events that the occurrence can come from."""
        uids = {occurrence.uid} if occurrence.uid else self.uids[occurrence.name] or {occurrence.name}
        return set().union(*(self.lines[uid] for uid in uids))


def judge_all(judge, files):
    """Asks the judge for the occurrences in all files, using all cores."""
    cores = os.cpu_count() or 1
    by_path = {file.path: file for file in files}

    def ask(paths):
        span = ["--from", f"{FIRST}-01-01", "--to", f"{LAST}-12-31"]
        ran = subprocess.run([judge, "--events", "--json", *span, *paths], capture_output=True, text=True, check=False)
        return json.loads(ran.stdout) if ran.stdout else sys.exit(f"The judge printed nothing: {ran.stderr}")

    paths = list(by_path)
    with concurrent.futures.ThreadPoolExecutor(cores) as pool:
        for said in pool.map(ask, [part for part in (paths[core::cores] for core in range(cores)) if part]):
            for finding in said["findings"]:
                if "gave up" in finding["message"]:
                    sys.exit(f"The judge was too slow: {finding['file']}: {finding['message']}")
                by_path[finding["file"]].is_well_formed = False
            for event in said["events"]:
                if event["status"].upper() != "CANCELLED":
                    times = minute(event["start"]), minute(event["end"])
                    by_path[event["file"]].theirs.append(Occurrence(*times, words(event["uid"]), words(event["summary"])))


def ours(program, file, year):
    """The program's occurrences in five years, and the first lines of the events that it gives a reason for."""
    with tempfile.TemporaryDirectory() as home:
        def run(*arguments):
            return subprocess.run([program, *arguments], capture_output=True, text=True, check=False)

        plan = str(pathlib.Path(home, "plan.ron"))
        run("new", plan, "--from", f"{year}-01-01", "--months", "60", "--zone", "UTC")
        imported = run("import", "windows", file.path, "--into", plan)
        listed = run("list", plan, "--format", "json")
        if listed.returncode != 0:
            sys.exit(f"{file.name}: {listed.stderr}")
    rows = [row for row in json.loads(listed.stdout or "[]") if row["status"] != "skipped"]
    seen = [Occurrence(minute(row["start_at"]), minute(row["end_at"]), "", words(row["name"])) for row in rows]
    return seen, reasons(imported.stderr)


def reasons(told):
    """The first lines of the events that the import gives a reason for."""
    told = re.findall(r"^.*?:(\d+): (.*)$", told, re.MULTILINE)
    return {int(line) for line, message in told if any(reason in message for reason in REASONS)}


def compare(program, file, span):
    """The number of starts and of equal ends, and the unmatched occurrences with and without a reason."""
    first, last = span
    # Without the outer days of the span, because the two readers use different clocks for its limits.
    inside = lambda occurrence: f"{first}-01-02" <= occurrence.start < f"{last}-12-31"
    theirs = [occurrence for occurrence in file.theirs if inside(occurrence)]
    if not theirs:
        return 0, 0, [], []
    seen, told = ours(program, file, first)
    starts, ends = {each.start for each in theirs}, {each[:2] for each in theirs} & {each[:2] for each in seen}
    differing = starts ^ {each.start for each in seen if inside(each)}
    alone = [each for each in [*theirs, *filter(inside, seen)] if each.start in differing]
    named = [each for each in alone if file.lines_of(each) & told]
    return len(starts), len(ends), named, [each for each in alone if each not in named]


def days(occurrence):
    """The first and the last day in UTC that an occurrence touches."""
    start, end = (datetime.datetime.strptime(text, "%Y-%m-%dT%H:%MZ") for text in (occurrence.start, occurrence.end))
    return start.date(), max(start, end - datetime.timedelta(minutes=1)).date()


def months_later(on, months):
    """The same day, months later; freezes that recur have days that all months have."""
    month = on.month - 1 + months
    return on.replace(year=on.year + month // 12, month=month % 12 + 1)


NAME = r'name: "((?:[^"\\\\]|\\\\.)*)"'.replace("\\\\", "\\")
FREEZE = re.compile(NAME + r',\s*first_on: "([-\d]+)",\s*last_on: "([-\d]+)"(?:,\s*every_months: (?:Some\()?(\d+))?')
HOLIDAY = re.compile(r'on: "([-\d]{10})",\s*' + NAME)


def our_days(kind, plan, last):
    """The days of each freeze or holiday in a plan, with its name, until the year `last`."""
    if kind == "holidays":
        for on, name in HOLIDAY.findall(plan):
            yield datetime.date.fromisoformat(on), datetime.date.fromisoformat(on), words(name)
    for name, first_on, last_on, every in FREEZE.findall(plan) if kind == "freezes" else []:
        first_on, last_on = datetime.date.fromisoformat(first_on), datetime.date.fromisoformat(last_on)
        length = last_on - first_on
        while first_on.year <= last:
            yield first_on, first_on + length, words(name)
            if not every:
                break
            first_on = months_later(first_on, int(every))


def compare_days(program, file, span, kind):
    """The number of freezes or holidays that agree, and the unmatched ones with and without a reason."""
    first, last = span
    is_inside = lambda from_on, to_on: datetime.date(first, 1, 3) <= from_on and to_on <= datetime.date(last, 12, 29)
    theirs = {}
    for each in file.theirs:
        from_on, to_on = days(each)
        if (to_on - from_on).days >= 366:
            continue
        each_day = [from_on + datetime.timedelta(days=n) for n in range((to_on - from_on).days + 1)]
        spans = [(on, on) for on in each_day] if kind == "holidays" else [(from_on, to_on)]
        theirs |= {span: each for span in spans if is_inside(*span)}
    if not theirs:
        return 0, [], []
    with tempfile.TemporaryDirectory() as home:
        plan = pathlib.Path(home, "plan.ron")
        run = lambda *arguments: subprocess.run([program, *arguments], capture_output=True, text=True, check=False)
        run("new", plan, "--from", f"{first}-01-01", "--months", "60", "--zone", "UTC")
        imported = run("import", kind, file.path, "--into", plan)
        ours = {(from_on, to_on): name for from_on, to_on, name in our_days(kind, plan.read_text(), last)
                if is_inside(from_on, to_on)}
    told = reasons(imported.stderr)
    alone = [(span, theirs[span]) for span in theirs.keys() - ours.keys()]
    alone += [(span, Occurrence(f"{span[0]}", f"{span[1]}", "", name)) for span, name in ours.items() if span not in theirs]
    is_named = lambda each: bool(file.lines_of(each) & told) or "left out" in imported.stderr
    named = [each for _, each in alone if is_named(each)]
    return len(theirs.keys() & ours.keys()), named, [each for _, each in alone if not is_named(each)]


def compare_all_days(program, jobs, kind):
    """The faults of one kind, with the number of freezes or holidays that agree."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda job: compare_days(program, *job, kind), jobs))
    odd = collections.defaultdict(list)
    for (file, _), (_, _, without) in zip(jobs, results):
        odd[file.name] += without
    faults = [f"{name}: {len(found)} {kind} that only one reader finds, such as {sorted(found)[:3]}"
              for name, found in odd.items() if found and name not in EXCUSED]
    return faults, sum(result[0] for result in results)


def main(program, judge, folder):
    files = [File(path, folder) for path in sorted(pathlib.Path(folder).rglob("*.ics"))]
    judge_all(judge, files)
    sound = [file for file in files if file.is_well_formed and file.theirs]
    jobs = [(file, span) for file in sound for span in SPANS]
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        results = list(pool.map(lambda job: compare(program, *job), jobs))
    instants, ends = sum(result[0] for result in results), sum(result[1] for result in results)
    named, odd = collections.defaultdict(list), collections.defaultdict(list)
    for (file, _), (_, _, with_reason, without) in zip(jobs, results):
        named[file.name] += with_reason
        odd[file.name] += without
    named, odd = ({name for name, found in named.items() if found}, {name: found for name, found in odd.items() if found})

    faults = [f"{name}: {len(found)} occurrences that only one reader finds, such as {sorted(found)[:3]}"
              for name, found in odd.items() if name not in EXCUSED]
    faults += [f"{name} is excused, but no longer differs: remove it from excused.py" for name in EXCUSED if name not in odd]
    if len(sound) < LEAST_FILES or instants < LEAST_INSTANTS:
        faults.append(f"too little was compared: expected at least {LEAST_FILES} files and {LEAST_INSTANTS} instants")
    print(f"Reference: {len(sound)} well-formed files of {len(files)} with {instants} instants compared, {ends} of them "
          f"with the same end; {sum(not file.is_well_formed for file in files)} files are not well-formed; in "
          f"{len(named - set(odd))} the import gives the reason for each event that differs, in "
          f"{len(set(odd) & set(EXCUSED))} the difference is excused")
    for kind in ("freezes", "holidays"):
        more, agreed = compare_all_days(program, jobs, kind)
        faults += more
        if agreed < LEAST_DAYS:
            faults.append(f"too little was compared: expected at least {LEAST_DAYS} {kind}")
        print(f"Reference: {agreed} {kind} agree")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
