//! R002 soak-too-short: less than the soak time between two groups.

use chrono::{Days, NaiveDate};

use crate::checks::facts::free_dates::to_free_date;
use crate::checks::facts::ladder_order::{LadderOrder, TooEarly};
use crate::checks::{Check, CommonCause, Context, Finding, Fix, Rule, Severity, Sink};
use crate::model::{self, Edit, LocalMinute, MaintenanceWindow, Minutes, Subject, UtcMinute};
use crate::schedule::{Reach, WindowSchedule};
use crate::wording::{counted, date, moment};

/// A fix moves an occurrence by fewer days.
const MOST_DAYS: usize = 61;

pub static RULE: Rule = Rule {
    code: "R002",
    name: "soak-too-short",
    severity: Severity::Warning,
    summary: "In the cycle of a release, a group is patched before the soak time after the previous group is over.",
    why: "Some faults only show under load. The soak time reveals them on a few machines before they reach many.",
    example: "Pilot finishes on Thu 11 Mar at 02:00 and soaks for 3 days; The rest starts on Sat 13 Mar at 22:00, 4 \
              h too early.",
    remedy: "Move the window of the later group to a later date, or shorten the previous group's soak time if less \
             is enough.",
    checks: &[Check::Ladder(check)],
    fix: Some(start_later),
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, ladder: &LadderOrder<'_>, sink: &mut Sink) {
    for early in ladder.too_early.iter().filter(|early| !early.is_out_of_order()) {
        let missing = Minutes(early.allowed_at.since(early.occurrence.start_at).unsigned_abs());
        let message = format!(
            "{} on {} starts {missing} too early, since {} soaks for {}; cycle of {}",
            early.window.window.name,
            moment(early.window.local(early.occurrence.start_at)),
            early.before.name,
            early.soak,
            date(cx.schedule.zone.local(early.released_at).date()),
        );
        let finding = Finding::for_occurrence(&RULE, early.window, early.occurrence, message);
        sink.add(finding.with_other(Subject::Group(early.group.id.clone())));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (times, first) = (counted(cause.occurrences(), "time"), cause.first_in_words(cx));
    format!("{} starts before the previous group has soaked, {times}{first}", cause.name(cx))
}

/// Starts all occurrences later if the window follows a release and most of them are too early, else moves this one.
fn start_later(cx: &Context<'_>, finding: &Finding) -> Option<Fix> {
    let (window, occurrence) = cx.schedule.occurrence(finding.window.as_ref()?, finding.on?)?;
    let group = finding.other.as_ref()?;
    let has_group = |reach: &&Reach| reach.ladder.groups.iter().any(|each| Subject::Group(each.id.clone()) == *group);
    let ladder = LadderOrder::new(cx, cx.schedule.reaches.iter().find(has_group)?);
    let early: Vec<&TooEarly<'_>> = ladder.too_early.iter().filter(|early| early.window.id() == window.id()).collect();
    start_all_later(window, &early).or_else(|| {
        let early = early.iter().find(|early| std::ptr::eq(early.occurrence, occurrence))?;
        // Any later, it would belong to the next cycle.
        let days = occurrence.on().iter_days().skip(1).take(MOST_DAYS);
        to_free_date(
            cx,
            window,
            occurrence,
            days.filter(|on| (early.allowed_at..early.next_at).contains(&early.starting(*on))),
        )
    })
}

impl TooEarly<'_> {
    /// When it would start on that date, at the same hour.
    fn starting(&self, on: NaiveDate) -> UtcMinute {
        let time = self.occurrence.local_start.time();
        self.window.expansion.zone.resolve(LocalMinute::new(on, time)).at
    }

    /// How many days later it is not too early, at the same hour.
    fn days_missing(&self) -> Option<usize> {
        let is_allowed = |on: &NaiveDate| self.starting(*on) >= self.allowed_at;
        self.occurrence.on().iter_days().take(MOST_DAYS).position(|on| is_allowed(&on))
    }
}

/// Starts a window more days after the release that it follows. Not one with exceptions, which would stay behind.
fn start_all_later(window: &WindowSchedule, early: &[&TooEarly<'_>]) -> Option<Fix> {
    let model::Rule::AfterRelease { release, offset_days, then } = &window.window.rule else { return None };
    let is_usual = window.window.exceptions.is_empty() && window.window.changes.is_empty();
    if !is_usual || early.len() < 2 || early.len() * 2 <= window.expansion.occurrences.len() {
        return None;
    }
    let missing = early.iter().map(|early| early.days_missing()).collect::<Option<Vec<usize>>>()?.into_iter().max()?;
    // A rule for a weekday moves by whole weeks.
    let days = if then.is_some() { missing.next_multiple_of(7) } else { missing };
    let later = |early: &TooEarly<'_>| early.occurrence.on().checked_add_days(Days::new(days as u64));
    if !early.iter().all(|early| later(early).is_some_and(|on| early.starting(on) < early.next_at)) {
        return None;
    }
    let offset_days = offset_days.checked_add(i32::try_from(days).ok()?)?;
    let rule = model::Rule::AfterRelease { release: release.clone(), offset_days, then: *then };
    let label = format!("Start all {} later", counted(days, "day"));
    Some(Fix { label, edit: Edit::PutWindow(MaintenanceWindow { rule, ..MaintenanceWindow::clone(&window.window) }) })
}
