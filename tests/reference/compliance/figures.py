"""The figures of compliance, calculated from the definitions of docs/compliance.md."""

from collections import defaultdict
from datetime import date, datetime, time, timedelta
from fractions import Fraction

from clocks import clock_at, to_instant, zone_named

LOWEST = {"Low": 1, "Medium": 40, "High": 70, "Critical": 90}
USUAL = [("Critical", 90, timedelta(hours=72)), ("High", 70, timedelta(days=7)), ("Medium", 40, timedelta(days=30)),
         ("Low", 1, timedelta(days=90))]
ENVIRONMENTS = {"Production": "Production", "Uat": "UAT", "Test": "Test", "Development": "Development"}
MATRIX = {(True, True): timedelta(hours=72), (True, False): timedelta(days=7), (False, True): timedelta(days=7),
          (False, False): timedelta(days=30)}
COUNTED = ["due", "in_time", "late", "open", "pending", "excused", "no_deadline", "unverified"]


def some(value, otherwise=None):
    """An optional value, or what counts without it."""
    return otherwise if value is None else value


def read(moment):
    return datetime.strptime(moment, "%Y-%m-%dT%H:%MZ")


class Reference:
    def __init__(self, plan, at, hosts=False):
        self.plan, self.hosts = plan, hosts
        self.zone = zone_named(plan["zone"])
        self.at = self.end(at) if isinstance(at, date) else datetime.fromisoformat(at.removesuffix("Z"))
        self.systems = {each["id"]: each for each in plan["systems"]}
        self.windows = {each["id"]: each for each in plan["windows"]}
        self.items = [item for advisory in plan["advisories"] for item in self.items_of(advisory)]

    def start(self, on):
        return to_instant(self.zone, datetime.combine(on, time()))[0]

    def end(self, on):
        return self.start(on + timedelta(days=1))

    # What is due when

    def severity(self, advisory):
        score = some(advisory.get("cvss_tenths"))
        if score is None and advisory.get("reported_severity"):
            score = LOWEST[some(advisory["reported_severity"]).name]
        own = [(each["name"], each["cvss_from_tenths"], each["within"]) for each in self.plan["policy"].get("severities", [])]
        reached = [each for each in own or USUAL if score is not None and each[1] <= score]
        return max(reached, key=lambda each: each[1], default=None)

    def counts_from(self, advisory):
        fix = advisory.get("fix")
        on = some(fix.fields.get("on")) if fix is not None and fix.fields else None
        return max(advisory["published_on"], on) if on else advisory["published_on"]

    def deadline(self, advisory):
        policy = self.plan["policy"]
        due_on = some(advisory.get("due_on"))
        if due_on and policy["publishers_dates"]:
            return self.end(due_on)
        within = self.usual_within(advisory)
        limit = policy.get("exploited_within") if advisory["is_exploited"] else None
        if within is None and limit is None:
            return None
        within = min(each for each in (within, limit) if each is not None)
        return to_instant(self.zone, datetime.combine(self.counts_from(advisory), time()) + within)[0]

    def usual_within(self, advisory):
        """The time without the limit for what is exploited; None without a severity."""
        policy = self.plan["policy"]
        due_by = policy.get("due_by")
        if due_by is None:
            severity = self.severity(advisory)
            return severity and severity[2]
        if due_by.name == "Matrix":
            ratings = [self.systems[each].get("rating") for each in advisory["systems"]]
            is_high = any(rating and rating["confidentiality"].name == "High" for rating in ratings)
            is_active = advisory["is_exploited"] or (policy.get("internet_is_active", False) and "exposure" in advisory)
            return MATRIX[is_high, is_active]
        return due_by["exploited"] if advisory["is_exploited"] else due_by["other"]

    # What happened when

    def planned(self, window, on):
        zone = zone_named(some(window.get("zone"), self.plan["zone"]))
        begins, day = window["start"], on
        for exception in window["exceptions"]:
            if exception["on"] == on:
                change = exception["change"].fields
                day, begins = change["to"], some(change.get("start"), begins)
        local = datetime.combine(day, begins)
        start = to_instant(zone, local)[0]
        end = to_instant(zone, local + window["duration"])[0]
        return start, end if end > start else start + window["duration"]

    def times(self, result):
        start, end = self.planned(self.windows[result["of"]["window"]], result["of"]["on"])
        ended = some(result.get("ended_at"))
        return start, read(ended) if ended else end

    def is_patched(self, result):
        return not result["is_rolled_back"] and result["failed"] == 0 and result["patched"] == result["hosts"] > 0

    def history(self, system):
        """Results with their times, and instants that void and that verify."""
        results = [(*self.times(each), each) for each in self.plan["results"] if each["of"]["system"] == system]
        results = sorted((each for each in results if each[1] <= self.at), key=lambda each: (each[1], each[0]))
        voids = [end for _, end, result in results if result["is_rolled_back"]]
        clean = []
        for scan in self.plan["scans"]:
            at, of = read(scan["of"]["at"]), scan["of"]
            if at > self.at:
                continue
            covered = system in self.windows[of["window"]]["systems"] or any(
                (each["of"]["window"], each["of"]["on"], each["of"]["system"]) == (of["window"], of["on"], system)
                for each in self.plan["results"]
            )
            if system in scan["open"]:
                voids.append(at)
            elif covered:
                clean.append(at)
        return results, voids, clean

    def is_excused(self, advisory, system):
        if advisory.get("fix") is not None and advisory["fix"].name == "Missing":
            return True
        in_force = None
        for decision in advisory["decisions"]:
            until = some(decision.get("until"))
            names = decision.get("systems") or [system]
            if system in names and self.start(decision["on"]) <= self.at and (not until or self.at < self.end(until)):
                in_force = decision
        return in_force is not None and in_force["verdict"].name not in ("Deploy", "Defer")

    def items_of(self, advisory):
        if self.start(advisory["published_on"]) > self.at:
            return
        fixed_at, deadline = self.start(self.counts_from(advisory)), self.deadline(advisory)
        severity = self.severity(advisory)
        for system in advisory["systems"]:
            results, voids, clean = self.history(system)
            carrying = [each for each in results if each[0] >= fixed_at]
            done = [(end, 1, result) for _, end, result in carrying if self.is_patched(result)]
            days = [each["on"] for each in advisory["in_on_systems"] if each["system"] == system]
            days += [some(advisory["in_on"])] if "in_on" in advisory else []
            if days and self.end(min(days)) <= self.at:
                done.append((self.end(min(days)), 0, None))
            since = max(voids, default=datetime.min)
            done_at, _, by = min((each for each in done if each[0] >= since), key=lambda each: each[:2], default=(None, 0, None))
            latest = carrying[-1] if carrying else None
            result = by or (latest and latest[2])
            yield self.item(advisory, system, severity, fixed_at, deadline, done_at, result, clean)

    def item(self, advisory, system, severity, fixed_at, deadline, done_at, result, clean):
        if done_at is None and self.is_excused(advisory, system):
            state = "excused"
        elif deadline is None:
            state = "no_deadline"
        elif done_at is not None:
            state = "in_time" if done_at <= deadline else "late"
        else:
            state = "open" if deadline <= self.at else "pending"
        now = self.systems[system]
        groups = [group["id"] for ladder in self.plan["ladders"] for group in ladder["groups"] if system in group["systems"]]
        instants = [each for each in (deadline, done_at) if each is not None]
        return {
            "advisory": advisory["id"], "system": system, "state": state, "severity": severity and severity[0],
            "fixed_at": fixed_at, "deadline": deadline, "done_at": done_at, "counts_at": min(instants, default=None),
            "unverified": done_at is not None and not any(each > done_at for each in clean),
            "environment": ENVIRONMENTS[(result or now)["environment"].name],
            "area": some((result or now).get("area"), "none"),
            "groups": (result["groups"] if result else groups) or ["none"],
            "weight": (result or now)["hosts"] if self.hosts else 1,
        }

    # The figures

    def counts(self, items):
        figures = dict.fromkeys(COUNTED, 0)
        for item in items:
            figures[item["state"]] += item["weight"]
            if item["state"] in ("in_time", "late", "open"):
                figures["due"] += item["weight"]
            if item["state"] in ("in_time", "late") and item["unverified"]:
                figures["unverified"] += item["weight"]
        share = Fraction(100 * figures["in_time"], figures["due"]) if figures["due"] else Fraction(100)
        return {**figures, "percent": tenths(share)}

    def broken_down(self, keys):
        parts = defaultdict(list)
        for item in self.items:
            for key in keys(item):
                parts[key].append(item)
        return {key: self.counts(items) for key, items in parts.items()}

    def overdue(self):
        found = {}
        for item in self.items:
            if item["state"] == "open":
                days = (self.at - item["deadline"]) // timedelta(days=1)
                entry = {"advisory": item["advisory"], "severity": item["severity"], "systems": [], "days": days}
                found.setdefault(item["advisory"], entry)["systems"].append(item["system"])
        for each in found.values():
            each["systems"].sort()
        return sorted(found.values(), key=lambda each: (-each["days"], each["advisory"]))

    def metrics(self):
        first = self.start(self.plan["horizon"]["from"])
        done = [each for each in self.items if each["done_at"] is not None and first <= each["done_at"] <= self.at]
        spans = [(each["done_at"] - each["fixed_at"]) / timedelta(minutes=1) for each in done]
        work = [each for each in self.plan["results"] if first <= self.times(each)[1] <= self.at]
        total = lambda field: sum(each[field] for each in work)
        severities = self.broken_down(lambda item: [item["severity"]])
        in_time = lambda name: share(severities[name]["in_time"], severities[name]["due"]) if name in severities else None
        return {
            "mean_days_to_patch": round(sum(spans) / len(spans) / 1440, 2) if spans else None,
            "failure_percent": share(total("failed"), total("attempted")),
            "reboot_success_percent": share(total("reboots_successful"), total("reboots_attempted")),
            "critical_in_time_percent": in_time("Critical"), "high_in_time_percent": in_time("High"),
        }

    def trend(self):
        month = lambda at: f"{clock_at(self.zone, at):%Y-%m}"
        parts = defaultdict(list)
        on = self.plan["horizon"]["from"].replace(day=1)
        first, last = f"{on:%Y-%m}", month(self.at)
        while f"{on:%Y-%m}" <= last:
            if self.start(on) < self.at:
                parts[f"{on:%Y-%m}"] = []
            on = (on + timedelta(days=31)).replace(day=1)
        for item in self.items:
            if item["counts_at"] is not None and first <= month(item["counts_at"]) <= last:
                parts[month(item["counts_at"])].append(item)
        return [{"month": key, **self.counts(parts[key])} for key in sorted(parts)]

    def report(self):
        return {
            "version": 1, "at": f"{self.at:%Y-%m-%dT%H:%M:%SZ}", "overall": self.counts(self.items),
            "by_severity": self.broken_down(lambda item: [item["severity"] or "none"]),
            "by_environment": self.broken_down(lambda item: [item["environment"]]),
            "by_area": self.broken_down(lambda item: [item["area"]]),
            "by_group": self.broken_down(lambda item: item["groups"]),
            "overdue": self.overdue(), "metrics": self.metrics(), "trend": self.trend(),
        }


def tenths(value):
    """With one decimal, half up."""
    return int(value * 10 + Fraction(1, 2)) / 10


def share(part, whole):
    return tenths(Fraction(100 * part, whole)) if whole else None
