"""Reads and writes the notation of plan files, RON, for plans of any content.

A record is a dict, a list is a list. An enum value is a `Choice`, as in plans/ron.py. A map with text keys is a `Map`.
"""

import re

from plans.ron import Choice, quoted

TOKEN = re.compile(r'\s+|//[^\n]*|(?P<text>"(?:\\.|[^"\\])*")|(?P<word>[A-Za-z_]\w*)|(?P<number>-?\d+)|(?P<sign>[()\[\]{}:,])')
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0"}
ESCAPED = re.compile(r"\\u\{([0-9a-fA-F]+)\}|\\(.)", re.DOTALL)


class Map(dict):
    """Values by text."""


def read_plan(text):
    """The plan in a text. `()` is a record without fields there, but otherwise no value."""
    plan = read(text)
    plan["policy"]["night"] = plan["policy"]["night"] or {}
    return plan


def read(text):
    """The value in a text."""
    tokens = []
    position = 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if not match:
            raise ValueError(f"unknown notation: {text[position:position + 40]!r}")
        if match.lastgroup:
            tokens.append((match.lastgroup, match[0]))
        position = match.end()
    return Reader(tokens).value()


class Reader:
    def __init__(self, tokens):
        self.tokens = tokens
        self.at = 0

    def take(self):
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self, ahead=0):
        return self.tokens[self.at + ahead][1]

    def value(self):
        kind, token = self.take()
        if kind == "text":
            return ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else ESCAPES.get(match[2], match[2]), token[1:-1])
        if kind == "number":
            return int(token)
        if kind == "word" and token in ("true", "false"):
            return token == "true"
        if kind == "word":
            return self.choice(token)
        if token == "[":
            return self.items("]")
        if token == "{":
            return Map(self.pairs("}"))
        if self.peek() == ")":
            self.take()
            return None
        return self.pairs(")")

    def choice(self, name):
        if self.peek() != "(":
            return Choice(name)
        self.take()
        if self.peek() == ")" or (self.tokens[self.at][0] == "word" and self.peek(1) == ":"):
            return Choice(name, (), self.pairs(")"))
        return Choice(name, tuple(self.items(")")))

    def items(self, end):
        found = []
        while self.peek() != end:
            found.append(self.value())
            if self.peek() == ",":
                self.take()
        self.take()
        return found

    def pairs(self, end):
        found = {}
        while self.peek() != end:
            kind, name = self.take()
            self.take()
            found[name[1:-1] if kind == "text" else name] = self.value()
            if self.peek() == ",":
                self.take()
        self.take()
        return found


def text(value):
    """The value as RON."""
    match value:
        case None:
            return "()"
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return quoted(value)
        case Map():
            return "{" + ", ".join(f"{quoted(key)}: {text(each)}" for key, each in value.items()) + "}"
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
