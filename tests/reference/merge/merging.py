"""Merges two versions of a plan: the tables and their records, conflicts, and new ids."""

from .rules import MISSING, count, exception, if_all, inside, listed, members, newer, record, scope, whole
from .ids import renamed

BY_DATE = listed(lambda value: value["from"], sort=lambda value: value["from"], changeable=True)
EVENTS = listed(
    lambda event: " ".join([event["uid"], *(str(event[name]) for name in ("date", "occurrence") if name in event)]),
    newer,
    sort=lambda event: (event["uid"], event.get("date", ""), event.get("occurrence", ""), event.get("sequence", 0)),
)
ESTIMATE = record({})
GROUP = record({"systems": members(sort=lambda id: id)}, ["id"])
POLICY = record({
    "severities": listed(lambda value: value["name"], record({}, ["name"]), in_order=True),
    "window_types": listed(lambda value: value["kind"].name, record({}, ["kind"])),
    **{name: record({}) for name in ("soak", "night", "people", "matrix")},
}, leaves_out_empty=False)
TABLES = {
    "zones": ("Zone", record({}, ["id"])),
    "areas": ("Area", record({"aliases": members(), "holidays": members()}, ["id"])),
    "systems": ("System", record({"depends_on": members(), "estimate": ESTIMATE}, ["id"])),
    "ladders": ("Ladder", record({"groups": listed(lambda value: value["id"], GROUP, in_order=True)}, ["id"])),
    "releases": ("Release", record({}, ["id"])),
    "windows": ("Window", record({
        "groups": members(in_order=True),
        "systems": members(),
        "rule": inside("Dates", listed(lambda value: value["on"], changeable=True)),
        "changes": BY_DATE,
        "exceptions": listed(lambda value: value["on"], exception, sort=lambda value: value["on"]),
        "bookings": members(changeable=True),
        "work": inside("Pool", ESTIMATE),
        "backout": record({}),
        "sequence": count,
    }, ["id"])),
    "freezes": ("Freeze", record({
        "scope": scope,
        "exemptions": listed(lambda value: value["window"], record({}, ["window"])),
    }, ["id"])),
    "holidays": ("Holidays", record({"days": listed(
        lambda day: f"{day['on']} {day.get('region', '')}".rstrip(),
        sort=lambda day: (day["on"], day["name"], day.get("region", "")),
        changeable=True,
    )}, ["id"])),
    "people": ("Person", record({"away": members(changeable=True)}, ["id"])),
    "teams": ("Team", record({"people": members(in_order=True)}, ["id"])),
    "advisories": ("Advisory", record({"systems": members()}, ["id"])),
    "checklists": ("Checklist", record({"words": None}, ["id"])),
    "ledger": ("Answer", None),
    "invitations": ("SentInvite", None),
    "acceptances": ("Acceptance", record({}, ["id"])),
    "nights": ("Night", record({
        "ticks": listed(lambda tick: f"{tick['block'].name}: {tick['item']}"),
        "told": listed(lambda told: told["due_at"], sort=lambda told: told["due_at"]),
    }, ["of"])),
    "mappings": ("Mapping", record({}, ["of"])),
    "cancelled": ("Cancelled", record({"events": EVENTS}, ["source"])),
}


def answer(base, ours, theirs, path, conflicts):
    """The answer and the times that it is for are one value."""
    parts = ("agreement", "answered_for", "replied_at")
    def one(entry):
        return MISSING if entry is MISSING else {name: entry.get(name) for name in parts}

    merged = dict(ours)
    merged |= whole(one(base), one(ours), one(theirs), "agreement", conflicts)
    for name in ("reserve_on", "notes"):
        before = MISSING if base is MISSING else base.get(name)
        merged[name] = whole(before, ours.get(name), theirs.get(name), name, conflicts)
    return {name: value for name, value in merged.items() if value is not None}


def sent(base, ours, theirs, path, conflicts):
    """The later message; of two with the same number, a conflict."""
    our, their = ((side.get("sequence", 0), side["sent_on"]) for side in (ours, theirs))
    if our != their:
        return ours if our > their else theirs
    return whole(base, ours, theirs, path, conflicts)


def words(base, ours, theirs, path, conflicts):
    merged = {}
    old, our, their = (side if isinstance(side, dict) else {} for side in (base, ours, theirs))
    for key in sorted({*our, *their}):
        before = MISSING if base is MISSING else old.get(key)
        value = whole(before, our.get(key), their.get(key), f"{path}[{key}]", conflicts)
        if value is not None:
            merged[key] = value
    return type(ours or theirs)(merged)


TABLES["checklists"] = ("Checklist", record({"words": words}, ["id"]))
TABLES["ledger"] = ("Answer", answer)
TABLES["invitations"] = ("SentInvite", sent)


def key_of(value):
    return value.get("id") or value.get("source") or repr(sorted(value["of"].items()))


def merged(base, ours, theirs):
    """The merged plan, and the conflicts: kind of record, its key, field."""
    theirs = renamed(base, ours, theirs)
    conflicts = []
    result = {"format": 2, "id": ours["id"]}
    settings = record({"horizon": record({})})
    names = ("title", "horizon", "zone")
    found = []
    sides = ({name: plan[name] for name in names} for plan in (base, ours, theirs))
    result |= settings(*sides, "", found)
    conflicts += [("Plan", "", field) for field in found]
    found = []
    result["policy"] = POLICY(base["policy"], ours["policy"], theirs["policy"], "", found)
    conflicts += [("Policy", "", field) for field in found]
    for name, (kind, merge) in TABLES.items():
        rows = table(kind, merge, *(plan.get(name, []) for plan in (base, ours, theirs)), conflicts)
        if rows:
            result[name] = rows
    return result, conflicts


def table(kind, merge, base, ours, theirs, conflicts):
    b, o, t = ({key_of(row): row for row in side} for side in (base, ours, theirs))
    rows = []
    for key in [*o, *(key for key in t if key not in o)]:
        old, our, their = b.get(key), o.get(key), t.get(key)
        found = []
        if our == their or (key in b and old == their):
            row = our
        elif key in b and old == our:
            row = their
        elif our is not None and their is not None:
            row = merge(old if key in b else MISSING, our, their, "", found)
        elif key in b:
            found, row = [""], our
        else:
            row = our if our is not None else their
        conflicts += [(kind, key, field) for field in found]
        if row is not None:
            rows.append(row)
    return rows
