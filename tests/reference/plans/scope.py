"""The systems that a window covers."""


def groups(plan):
    """The groups by id; the first one if two have the same id."""
    found = {}
    for ladder in sorted(plan["ladders"], key=lambda each: each["id"]):
        for group in ladder["groups"]:
            found.setdefault(group["id"], group)
    return found


def scope(window, plan):
    """The systems of its groups and the additional ones, each once, sorted by id."""
    known = groups(plan)
    named = set(window["systems"])
    for id in window["groups"]:
        named.update(known[id]["systems"] if id in known else [])
    return sorted((system for system in plan["systems"] if system["id"] in named), key=lambda each: each["id"])


def by_system(plan, planned):
    """The occurrences of each system, sorted by start, then window. `planned`: occurrences by window."""
    found = {system["id"]: [] for system in plan["systems"]}
    for window in plan["windows"]:
        for system in scope(window, plan):
            found[system["id"]] += planned[window["id"]]
    return {system: sorted(each, key=lambda each: each.order) for system, each in found.items()}
