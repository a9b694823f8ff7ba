"""What a window covers."""


def groups(plan):
    """By id; of two with one id the first holds."""
    found = {}
    for ladder in sorted(plan["ladders"], key=lambda each: each["id"]):
        for group in ladder["groups"]:
            found.setdefault(group["id"], group)
    return found


def scope(window, plan):
    """The systems of its groups and those it names besides, each once, in the order of their ids."""
    known = groups(plan)
    named = set(window["systems"])
    for id in window["groups"]:
        named.update(known[id]["systems"] if id in known else [])
    return sorted((system for system in plan["systems"] if system["id"] in named), key=lambda each: each["id"])
