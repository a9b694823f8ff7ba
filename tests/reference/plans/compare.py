"""Whether the program and the reference say the same of one plan."""

from collections import Counter
from datetime import timedelta

from clocks import clock_at

from . import program
from .dates import zone_of
from .exists import unknown_names
from .fit import fit
from .freezes import in_freezes
from .occurrences import occurrences
from .overlaps import overlaps
from .scope import scope

MINUTE = timedelta(minutes=1)


def compare(plan, path, windowsill):
    """The differences, a sentence each."""
    rows, findings = program.listed(windowsill, path), program.checked(windowsill, path)
    by_window = {window["id"]: occurrences(window, plan) for window in plan["windows"]}
    planned = {id: [each for each in found if each.status != "skipped"] for id, found in by_window.items()}
    differences = [f"list: {line}" for line in list_differences(plan, by_window, rows)]
    differences += [f"F001: {line}" for line in freeze_differences(plan, planned, findings)]
    differences += [f"W001: {line}" for line in overlap_differences(plan, planned, findings)]
    differences += [f"check: {line}" for line in unknown_names(plan, by_window, findings)]
    return differences


def missing_and_unexpected(expected, found):
    """Both are lists of anything; what stands several times must do so in both."""
    expected, found = Counter(expected), Counter(found)
    yield from (f"missing {each}" for each in sorted((expected - found).elements()))
    yield from (f"unexpected {each}" for each in sorted((found - expected).elements()))


def list_differences(plan, by_window, rows):
    windows = {window["id"]: window for window in plan["windows"]}
    loads = {id: fit(window, scope(window, plan)) for id, window in windows.items()}
    zones = {id: zone_of(window, plan) for id, window in windows.items()}
    expected = [expected_row(each, zones[id], loads[id]) for id, found in by_window.items() for each in found]
    found = [found_row(row) for row in rows]
    yield from missing_and_unexpected(expected, found)
    starts = [(row["start_at"], row["window"]) for row in rows]
    if starts != sorted(starts):
        yield "the rows are not in the order of their starts"


def expected_row(occurrence, zone, load):
    row = (
        occurrence.window,
        str(occurrence.original),
        occurrence.status,
        f"{occurrence.start:%Y-%m-%dT%H:%M:%SZ}",
        f"{occurrence.end:%Y-%m-%dT%H:%M:%SZ}",
        f"{clock_at(zone, occurrence.start):%Y-%m-%dT%H:%M}",
    )
    if load is None:
        return (*row, "no fit")
    length = (occurrence.end - occurrence.start) // MINUTE
    roll_back_by = occurrence.end - (load.handover + load.rollback) * MINUTE
    return (*row, f"need {load.need}, margin {length - load.need}, roll back by {roll_back_by:%Y-%m-%dT%H:%M:%SZ}")


def found_row(row):
    keys = ("window", "original_on", "status", "start_at", "end_at", "local_start")
    fit_keys = ("need_minutes", "margin_minutes", "rollback_deadline_at")
    need, margin, roll_back_by = (row[key] for key in fit_keys)
    said = "no fit" if need is None else f"need {need}, margin {margin}, roll back by {roll_back_by}"
    return (*(row[key] for key in keys), said)


def of_rule(code, findings):
    """Window, original date and what else is involved, of each finding of one rule about an occurrence."""
    return [(each["window"], each["on"], each["other"]) for each in findings if each["code"] == code and each["on"]]


def freeze_differences(plan, planned, findings):
    expected = [(window, str(on), f"freeze {freeze}") for window, on, freeze in in_freezes(plan, planned)]
    yield from missing_and_unexpected(expected, of_rule("F001", findings))


def overlap_differences(plan, planned, findings):
    """Where the program says of a system that it does not list them all, those listed must be some of them."""
    of_systems = [each["subject"] for each in findings if each["code"] == "W001" and not each["on"]]
    found = Counter(of_rule("W001", findings))
    for system, pairs in overlaps(plan, planned).items():
        expected = Counter((one.window, str(one.original), f"window {other.window}") for one, other in pairs)
        here = expected & found
        if f"system {system}" not in of_systems:
            yield from missing_and_unexpected(expected.elements(), here.elements())
        found -= here
    yield from missing_and_unexpected([], found.elements())
