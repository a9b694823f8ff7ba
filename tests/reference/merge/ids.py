"""New ids for records that both sides added with the same id, and in all references to them."""

from plans.ron import Choice

from .notation import Map

# Advisories and zones are known by their ids, so they keep them.
TABLES = ["acceptances", "areas", "checklists", "freezes", "holidays", "ladders", "people", "releases", "systems",
          "teams", "windows"]
# The table that ids in a field or in an enum value are from.
REFERENCES = {
    "area": "areas", "areas": "areas", "Areas": "areas", "Area": "areas",
    "systems": "systems", "Systems": "systems", "System": "systems", "depends_on": "systems", "twin": "systems",
    "counterpart": "systems",
    "Tracks": "systems",
    "Ladders": "ladders", "Ladder": "ladders", "release": "releases", "Release": "releases",
    "groups": "groups", "Group": "groups", "holidays": "holidays", "Holidays": "holidays",
    "people": "people", "Person": "people", "Team": "teams", "Template": "checklists", "checklist": "checklists",
    "Checklist": "checklists", "window": "windows", "Window": "windows", "Freeze": "freezes",
}


def renamed(base, ours, theirs):
    while new := collisions(base, ours, theirs):
        theirs = with_new_ids(theirs, new)
    return theirs


def collisions(base, ours, theirs):
    """For each table the old and the new ids."""
    new = {}
    for name in TABLES:
        b, o, t = ({row["id"]: row for row in plan.get(name, [])} for plan in (base, ours, theirs))
        new[name] = chosen(b, o, t)
    new["groups"] = chosen(*(groups(plan) for plan in (base, ours, theirs)))
    return {name: ids for name, ids in new.items() if ids}


def groups(plan):
    return {
        group["id"]: (ladder["id"], group) for ladder in plan.get("ladders", []) for group in ladder.get("groups", [])
    }


def chosen(b, o, t):
    ids = {}
    for id in sorted(t):
        if id not in b and id in o and o[id] != t[id]:
            number = 2
            while any(f"{id}-{number}" in taken for taken in (b, o, t, ids.values())):
                number += 1
            ids[id] = f"{id}-{number}"
    return ids


def with_new_ids(plan, new):
    result = {}
    for name, value in plan.items():
        if isinstance(value, list):
            value = [record_with_new_ids(name, row, new) for row in value]
        elif name == "policy":
            value = walk(value, None, new)
        result[name] = value
    return result


def record_with_new_ids(table, row, new):
    row = {name: walk(value, name, new) for name, value in row.items()}
    if "id" in row:
        row["id"] = new.get(table, {}).get(row["id"], row["id"])
    for group in row.get("groups", []) if table == "ladders" else []:
        group["id"] = new.get("groups", {}).get(group["id"], group["id"])
        if "systems" in group:
            group["systems"] = sorted(group["systems"])
    return row


def walk(value, name, new):
    match value:
        case str():
            return new.get(REFERENCES.get(name), {}).get(value, value)
        case list():
            return [walk(each, name, new) for each in value]
        case Map():
            return value
        case dict():
            return {field: walk(each, field, new) for field, each in value.items()}
        case Choice(choice, values, fields):
            named = None if fields is None else {field: walk(each, field, new) for field, each in fields.items()}
            return Choice(choice, tuple(walk(each, choice, new) for each in values), named)
    return value
