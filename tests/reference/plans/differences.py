"""Describes how two results differ."""

from collections import Counter


def stamp(at):
    """An instant as the program writes it; None if there is none."""
    return at and f"{at:%Y-%m-%dT%H:%M:%SZ}"


def missing_and_unexpected(expected, found):
    """The differences of two collections, including how often each element occurs."""
    expected, found = Counter(expected), Counter(found)
    yield from (f"missing {each}" for each in sorted((expected - found).elements(), key=str))
    yield from (f"unexpected {each}" for each in sorted((found - expected).elements(), key=str))


def unequal(what, expected, found):
    """The values that differ in two records. The one found may have additional fields."""
    match expected, found:
        case dict(), dict():
            for key, value in expected.items():
                yield from unequal(f"{what}, {key}", value, found.get(key))
        case list(), list() if len(expected) == len(found):
            for number, (one, other) in enumerate(zip(expected, found), 1):
                yield from unequal(f"{what} {number}", one, other)
        case _ if expected != found:
            yield f"{what} is {found}, expected {expected}"


def unequal_lists(what, key, expected, found):
    """The same for lists of records, which `key` identifies."""
    expected, found = list(expected), list(found)
    expected_keys, found_keys = ([key(each) for each in records] for records in (expected, found))
    if expected_keys != found_keys:
        yield from (f"{what}: {line}" for line in missing_and_unexpected(expected_keys, found_keys))
        return
    for one, other in zip(expected, found):
        yield from unequal(f"{what} {key(one)}", one, other)
