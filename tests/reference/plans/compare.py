"""Compares the program with the reference for one plan."""

import re
from collections import Counter
from datetime import timedelta

from clocks import clock_at

from .dates import has_unknown_dates, zone_of
from .deadlines import deadline_differences
from .differences import missing_and_unexpected, stamp
from .downtime import downtime_differences
from .exists import unknown_names
from .fit import fit
from .freezes import in_freezes
from .ladders import cycle_differences, order_differences
from .occurrences import occurrences
from .overlaps import overlaps
from .program import Said
from .scope import scope

MINUTE = timedelta(minutes=1)
COMPARED = ("F001", "R001", "R002", "R003", "R004", "W001")


def compare(plan, path, windowsill):
    """The differences, one sentence each, and how many results of each kind were compared."""
    said = Said(windowsill, path)
    by_window = {window["id"]: occurrences(window, plan) for window in plan["windows"]}
    planned = {id: [each for each in found if each.status != "skipped"] for id, found in by_window.items()}
    differences = [
        *note_differences(plan, said),
        *list_differences(plan, by_window, said),
        *freeze_differences(plan, planned, said),
        *overlap_differences(plan, planned, said),
        *order_differences(plan, planned, said),
        *cycle_differences(plan, planned, said),
        *deadline_differences(plan, planned, said),
        *downtime_differences(plan, planned, said),
        *unknown_names(plan, by_window, said.findings),
    ]
    return differences, counts(said)


def counts(said):
    found = Counter({code: len(said.of_rule(code)) for code in COMPARED})
    days = sum(len(ladder["days"]) * len(ladder["severities"]) for ladder in said.reach)
    return found + Counter({"occurrences": len(said.rows), "cycles": len(said.cycles), "days of deadlines": days,
                            "years of downtime": len(said.downtime)})


def note_differences(plan, said):
    """Every command has to say for which windows it knows no dates."""
    unknown = [window["name"] for window in plan["windows"] if has_unknown_dates(window)]
    for command, note in said.notes.items():
        count, names = note or (0, "")
        if count != len(unknown) or not all(name in unknown for name in re.findall(r"W\d+", names)):
            yield f"{command} says that the dates of {count} windows are not known ({names}), expected {unknown}"


def list_differences(plan, by_window, said):
    windows = {window["id"]: window for window in plan["windows"]}
    loads = {id: fit(window, scope(window, plan)) for id, window in windows.items()}
    zones = {id: zone_of(window, plan) for id, window in windows.items()}
    expected = [expected_row(each, zones[id], loads[id]) for id, found in by_window.items() for each in found]
    yield from missing_and_unexpected(expected, map(found_row, said.rows))
    starts = [(row["start_at"], row["window"]) for row in said.rows]
    if starts != sorted(starts):
        yield "the list is not sorted by start"


def expected_row(occurrence, zone, load):
    row = (
        occurrence.window,
        str(occurrence.original),
        occurrence.status,
        stamp(occurrence.start),
        stamp(occurrence.end),
        f"{clock_at(zone, occurrence.start):%Y-%m-%dT%H:%M}",
    )
    if load is None or occurrence.status == "skipped":
        return (*row, "no fit")
    length = (occurrence.end - occurrence.start) // MINUTE
    roll_back_by = occurrence.end - (load.handover + load.rollback) * MINUTE
    return (*row, f"need {load.need}, margin {length - load.need}, roll back by {stamp(roll_back_by)}")


def found_row(row):
    keys = ("window", "original_on", "status", "start_at", "end_at", "local_start")
    fit_keys = ("need_minutes", "margin_minutes", "rollback_deadline_at")
    need, margin, roll_back_by = (row[key] for key in fit_keys)
    said = "no fit" if need is None else f"need {need}, margin {margin}, roll back by {roll_back_by}"
    return (*(row[key] for key in keys), said)


def freeze_differences(plan, planned, said):
    expected = [("F001", window, str(on), f"freeze {freeze}") for window, on, freeze in in_freezes(plan, planned)]
    return missing_and_unexpected(expected, [("F001", *each) for each in said.about_occurrences("F001")])


def overlap_differences(plan, planned, said):
    """W001. If the program lists only some overlaps of a system and says so, those must be correct."""
    cut_off = [each["subject"] for each in said.of_rule("W001") if not each["on"]]
    found = Counter(("W001", *each) for each in said.about_occurrences("W001"))
    for system, pairs in overlaps(plan, planned).items():
        expected = Counter(("W001", one.window, str(one.original), f"window {other.window}") for one, other in pairs)
        here = expected & found
        if f"system {system}" not in cut_off:
            yield from missing_and_unexpected(expected.elements(), here.elements())
        found -= here
    yield from missing_and_unexpected([], found.elements())
