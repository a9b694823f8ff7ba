"""The policy of a random plan."""

from datetime import timedelta

from .ron import choice

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
STAGES = ["Test", "Uat", "Pilot", "Rest", "Production"]
SOAK = ["test", "uat", "pilot", "rest", "production"]


def policy(plan):
    """None, a realistic policy, or one with extreme numbers. `plan` is the plan's maker."""
    if plan.picks.chance(30):
        return None
    picks, usually = plan.picks, plan.usually
    by_exploitation = choice("Exploited", exploited=2 * DAY, other=14 * DAY)
    return {
        "soak": {stage: picks.of([0, 12, 24, 72]) * HOUR for stage in SOAK},
        "emergency": emergency(plan),
        "severities": severities(plan),
        "window_types": usually(None, [[]]),
        "buffer_percent": usually(picks.of([0, 10, 20]), [100, 255]),
        "rollback_test_days": usually(365, [0, 65535]),
        "status_every": usually(30 * timedelta(minutes=1), [0 * HOUR, 366 * DAY]),
        "night": {name: picks.of([None, usually(6, [0, 1, 2**32 - 1])]) for name in ("windows", "changes", "hosts")},
        "longest_gap_days": usually(35, [0, 1, 65535]),
        "overrun_percent": usually(10, [0, 100, 255]),
        "correlation_percent": usually(0, [50, 100, 255]),
        "host_failure_percent": usually(5, [0, 100, 255]),
        "notice_reminder_days": usually(7, [0, 65535]),
        "people": {"nights_in_a_row": usually(3, [0]), "nights_a_month": 8, "rest": usually(11, [0]) * HOUR},
        "due_by": picks.of([choice("Severity"), choice("Matrix"), by_exploitation]),
        "publishers_dates": picks.chance(50),
        "services": targets(plan),
        "exploited_within": picks.of([None, None, 12 * HOUR, 2 * DAY, 9 * DAY]),
    }


def emergency(plan):
    """No lane, the usual one, or one with other stages and another soak time."""
    picks = plan.picks
    stages = [stage for stage in STAGES if picks.chance(30)]
    lane = {"stages": [choice(stage) for stage in stages], "soak": picks.of([0, 4, 12]) * HOUR}
    return picks.of([None, {}, lane, lane | {"notice_days": picks.of([0, 3])}])


def targets(plan):
    """Up to three services with a target. A wild one is for a service that no system has."""
    picks = plan.picks
    names = {picks.of(["Pay", "S1", "Web", plan.usually("Pay", ["nobody"])]) for _ in range(picks.below(4))}
    shares = [0, 95_000, 99_000, 99_500, 99_900, 99_995, 100_000]
    return [{"service": name, "available_per_100_000": picks.of(shares)} for name in sorted(names)]


def severities(plan):
    """Sometimes none at all, or one with an immediate deadline or one a year away."""
    usual = [("Critical", 90, 3 * DAY), ("High", 70, 7 * DAY), ("Medium", 40, 30 * DAY), ("Low", 1, 90 * DAY)]
    strange = [("Now", 0, 0 * DAY), ("Late", 255, 366 * DAY)]
    chosen = plan.usually(plan.picks.of([None, usual[:2], usual[1:]]), [[], strange])
    return chosen and [{"name": name, "cvss_from_tenths": cvss, "within": within} for name, cvss, within in chosen]
