"""The zones that a plan defines by their offsets."""

from datetime import datetime, timedelta, tzinfo

MINUTE = timedelta(minutes=1)


class OwnZone(tzinfo):
    """A zone of a plan. Every instant has an offset; a clock reading has the offsets that lead back to it."""

    def __init__(self, record):
        self.first = record["offset"] * MINUTE
        self.transitions = [(instant(each["at"]), each["offset"] * MINUTE) for each in record["transitions"]]

    def offset_at(self, at):
        passed = [offset for since, offset in self.transitions if since <= at]
        return passed[-1] if passed else self.first

    def utcoffset(self, moment):
        """PEP 495: of a reading that exists twice the first or the second; in a gap the offset before or after it."""
        reading = moment.replace(tzinfo=None)
        offsets = sorted({self.first, *(offset for _, offset in self.transitions)}, reverse=True)
        fitting = [offset for offset in offsets if self.offset_at(reading - offset) == offset]
        if fitting:
            return fitting[-1] if moment.fold else fitting[0]
        before = self.first
        for since, after in self.transitions:
            if since + before <= reading < since + after:
                return after if moment.fold else before
            before = after
        raise ValueError(moment)

    def fromutc(self, moment):
        return moment + self.offset_at(moment.replace(tzinfo=None))

    def dst(self, moment):
        return None

    def tzname(self, moment):
        return None


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%MZ")
