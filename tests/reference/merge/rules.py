"""How a field or a list is merged, by docs/merge.md. Each function returns the merged value and notes conflicts.

The base is `MISSING` if both sides added what contains the field; a value is None if the field is left out.
"""

from plans.ron import Choice

MISSING = object()


def is_empty(value):
    return value is None or value in ("", [], {})


def whole(base, ours, theirs, path, conflicts):
    def is_unchanged(value):
        return is_empty(value) if base is MISSING else value == base

    if ours == theirs or is_unchanged(theirs):
        return ours
    if is_unchanged(ours):
        return theirs
    conflicts.append(path)
    return ours


def count(base, ours, theirs, path, conflicts):
    """Changes of both sides are added."""
    before = 0 if base is MISSING else base or 0
    return max(ours or 0, theirs or 0, (ours or 0) + (theirs or 0) - before) or None


def record(rules, always=(), leaves_out_empty=True):
    """Field by field. Fields without a rule are compared as a whole; `always` are those of the key."""

    def merge(base, ours, theirs, path, conflicts):
        old, our, their = (base if isinstance(base, dict) else {}), ours or {}, theirs or {}
        merged = {}
        for name in [*our, *(name for name in their if name not in our), *(n for n in old if n not in our and n not in their)]:
            if name in always:
                value = our[name]
            else:
                before = MISSING if base is MISSING else old.get(name)
                inner = f"{path}.{name}" if path else name
                value = rules.get(name, whole)(before, our.get(name), their.get(name), inner, conflicts)
            if value is not None and not (leaves_out_empty and name in rules and value in ([], {})):
                merged[name] = value
        return merged

    return merge


def if_all(inner):
    """Inside the value if all three have one."""

    def merge(base, ours, theirs, path, conflicts):
        has_all = base is not MISSING and None not in (base, ours, theirs)
        return (inner if has_all else whole)(base, ours, theirs, path, conflicts)

    return merge


def numbered(elements, key):
    """The elements by key. The second with a key has " (2)" in it."""
    found, seen = {}, {}
    for element in elements:
        name = key(element)
        seen[name] = seen.get(name, 0) + 1
        found[name if seen[name] == 1 else f"{name} ({seen[name]})"] = element
    return found


def listed(key, element=whole, in_order=False, sort=None, changeable=False):
    """Element by element."""

    def merge(base, ours, theirs, path, conflicts):
        old = [] if base is MISSING or base is None else base
        ours, theirs = ours or [], theirs or []
        if ours == theirs or old == theirs:
            return ours
        if old == ours:
            return theirs
        b, o, t = (numbered(side, key) for side in (old, ours, theirs))
        if changeable and both_replaced(b, o, t):
            conflicts.append(path)
            return ours
        merged = {}
        for name in [*o, *(name for name in t if name not in o)]:
            value = one_element(b, o, t, name, element, f"{path}[{name}]", conflicts)
            if value is not None:
                merged[name] = value
        order = merged_order(b, o, t, merged, path if in_order else None, conflicts)
        result = [merged[name] for name in order]
        return sorted(result, key=sort) if sort else result

    return merge


def both_replaced(b, o, t):
    gone = any(name not in o and name not in t for name in b)
    ours = any(name not in b and t.get(name) != element for name, element in o.items())
    theirs = any(name not in b and o.get(name) != element for name, element in t.items())
    return gone and ours and theirs


def one_element(b, o, t, name, element, path, conflicts):
    old, our, their = b.get(name), o.get(name), t.get(name)
    if our == their or (name in b and old == their):
        return our
    if name in b and old == our:
        return their
    if our is not None and their is not None:
        return element(old if name in b else MISSING, our, their, path, conflicts)
    if name in b:
        conflicts.append(path)
    return our if name in b or our is not None else their


def merged_order(b, o, t, left, path, conflicts):
    """The side that changed the order of what all three have decides. What only the other side has follows the element
    that it follows there."""
    common = [name for name in b if name in o and name in t]
    ours, theirs = ([name for name in side if name in common] for side in (o, t))
    first, second = (t, o) if ours == common and theirs != common else (o, t)
    if path is not None and common not in (ours, theirs) and ours != theirs:
        conflicts.append(path)
    order = [name for name in first if name in left]
    before = None
    for name in second:
        if name in left:
            if name not in order:
                order.insert(order.index(before) + 1 if before is not None else 0, name)
            before = name
    return order


def members(**options):
    return listed(lambda value: value if isinstance(value, str) else repr(value), **options)


def exception(base, ours, theirs, path, conflicts):
    """The change as a whole; the sequence counts."""

    def change(value):
        return (value["change"], value.get("was_added"))

    old = None if base is MISSING else change(base)
    takes_theirs = old == change(ours)
    if not takes_theirs and change(ours) != change(theirs) and old != change(theirs):
        conflicts.append(path)
    before = 0 if base is MISSING else base.get("sequence")
    sequence = count(before, ours.get("sequence"), theirs.get("sequence"), path, conflicts)
    merged = {**(theirs if takes_theirs else ours), "sequence": sequence}
    return {name: value for name, value in merged.items() if value is not None}


def newer(base, ours, theirs, path, conflicts):
    def version(event):
        return (event.get("sequence", 0), event.get("stamp") or "")

    return theirs if version(theirs) > version(ours) else ours


def inside(name, inner):
    """Inside the only value of an enum value, if all three have that name."""

    def merge(base, ours, theirs, path, conflicts):
        if not all(isinstance(side, Choice) and side.name == name for side in (base, ours, theirs)):
            return whole(base, ours, theirs, path, conflicts)
        old, our, their = (side.values[0] if side.values else side.fields or {} for side in (base, ours, theirs))
        found = []
        value = inner(old, our, their, path, found)
        if found and name == "Dates":
            return whole(base, ours, theirs, path, conflicts)
        conflicts += found
        return Choice(name, (value,)) if ours.values else Choice(name, (), value)

    return merge


def scope(base, ours, theirs, path, conflicts):
    name = ours.name if isinstance(ours, Choice) and ours.values else None
    return inside(name, members())(base, ours, theirs, path, conflicts)
