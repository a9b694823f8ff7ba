"""Checks that the records named in findings exist."""

from .reach import deadlines, emergency_within, lane

KINDS = {
    "advisory": "advisories",
    "area": "areas",
    "checklist": "checklists",
    "freeze": "freezes",
    "holidays": "holidays",
    "ladder": "ladders",
    "person": "people",
    "release": "releases",
    "system": "systems",
    "team": "teams",
    "window": "windows",
}
# Reports a name that does not exist.
UNKNOWN_REFERENCE = "P001"
# Reports a listed date, which can be outside the horizon or skipped.
DATE_OFF_RULE = "T006"


def names(plan):
    """All subjects that a finding can have: "plan", "window w01", "group l1-g1"."""
    found = {f"{kind} {record['id']}" for kind, table in KINDS.items() for record in plan[table]}
    groups = {f"group {group['id']}" for ladder in plan["ladders"] for group in ladder["groups"]}
    severities = {f"severity {name}" for name, _ in deadlines(plan)}
    if lane(plan) and emergency_within(plan) is not None:
        severities.add("severity Exploited")
    return found | groups | severities | {"plan"}


def unknown_names(plan, by_window, findings):
    """The names that do not exist. `by_window`: the occurrences of each window, including skipped ones."""
    known = names(plan)
    dates = {(id, str(each.original)) for id, found in by_window.items() for each in found}
    for finding in findings:
        code, window, on, other = (finding[key] for key in ("code", "window", "on", "other"))
        if finding["subject"] not in known:
            yield f"{code} is about {finding['subject']}, which does not exist"
        if finding["cause"] not in known and code != UNKNOWN_REFERENCE:
            yield f"{code} comes from {finding['cause']}, which does not exist"
        if window and f"window {window}" not in known:
            yield f"{code} is shown on window {window}, which does not exist"
        if other and (other in known) == (code == UNKNOWN_REFERENCE):
            yield f"{code} names {other}, which {'exists' if other in known else 'does not exist'}"
        # A finding without a window is about a night or a day.
        if window and on and code != DATE_OFF_RULE and (window, on) not in dates:
            yield f"{code} is about {window} on {on}, which is not an occurrence"
