"""Plain Python data as RON, the notation of plan files.

A record is a dict, a list is a list, text is a str. A `Choice` is an enum value: `Weekly(days: ["Sun"], every: 2)`,
`Nth(2, "Tue")`, `All`. docs/plan-file.md describes how dates, times, durations and estimates are written.
"""

from dataclasses import dataclass
from datetime import date, time, timedelta

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Choice:
    """An enum value: its name, and its values by position or by name."""

    name: str
    values: tuple = ()
    fields: dict | None = None

    def __getitem__(self, field):
        return self.fields[field]


@dataclass(frozen=True)
class Guess:
    """An estimate with three values."""

    best: timedelta
    likely: timedelta
    worst: timedelta


def choice(name, *values, **fields):
    return Choice(name, values, fields or None)


def text(value):
    """The value as RON. Fields that are None are left out."""
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return quoted(value)
        case date() | time():
            return quoted(written(value))
        case timedelta():
            return quoted(duration(value))
        case Guess():
            return quoted("/".join(duration(each) for each in (value.best, value.likely, value.worst)))
        case dict():
            return fields(value)
        case list():
            return f"[{', '.join(text(each) for each in value)}]"
        case Choice(name, (), None):
            return name
        case Choice(name, (), named):
            return name + fields(named)
        case Choice(name, values, _):
            return f"{name}({', '.join(text(each) for each in values)})"
    raise TypeError(f"{value!r} cannot be written to a plan")


def fields(record):
    return f"({', '.join(f'{name}: {text(value)}' for name, value in record.items() if value is not None)})"


def quoted(words):
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def written(value):
    return f"{value:%H:%M}" if isinstance(value, time) else value.isoformat()


def duration(value):
    """In the largest unit that fits: "2d", "4h", "3h35", "90m"."""
    hours, minutes = divmod(value // MINUTE, 60)
    if minutes:
        return f"{hours}h{minutes:02}" if hours > 1 else f"{60 * hours + minutes}m"
    return f"{hours // 24}d" if hours and hours % 24 == 0 else f"{hours}h"


def document(plan):
    """A whole plan, one record per line."""
    lines = ["("]
    for name, value in plan.items():
        if isinstance(value, list):
            lines += [f"    {name}: [", *(f"        {text(record)}," for record in value), "    ],"]
        elif value is not None:
            lines.append(f"    {name}: {text(value)},")
    return "\n".join([*lines, ")"]) + "\n"
