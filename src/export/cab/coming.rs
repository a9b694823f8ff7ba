//! What takes place in the coming weeks, and what the checks found about it.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use crate::checks::{Context, Finding, Findings, Severity, fold};
use crate::export::paper::{Head, Part, SignOff, Table, Title};
use crate::export::sheet_text::{called, column, hours_with_zone, name, starts_on, window_name};
use crate::export::text::clip_line;
use crate::model::{Agreement, Subject, UtcMinute, WindowId};
use crate::schedule::agreement::answers::answers;
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::wording::{counted, date, dates, list, short_date, time, time_with_zone};

/// Characters of a sentence about a finding or a change.
pub const LONGEST_TEXT: usize = 600;
/// At most this many systems of a window are named, which take about two lines.
const MOST_SYSTEMS: usize = 3;
/// A sheet looks at most this many weeks ahead.
const MOST_WEEKS: u16 = 104;

/// What takes place in the coming weeks.
pub struct Coming<'a> {
    pub schedule: &'a Schedule,
    pub today: NaiveDate,
    /// The last day of these weeks.
    pub last: NaiveDate,
    weeks: u16,
    /// Sorted by start, then window.
    pub occurrences: Vec<(&'a WindowSchedule, &'a Occurrence)>,
}

impl<'a> Coming<'a> {
    pub fn new(schedule: &'a Schedule, today: NaiveDate, weeks: u16) -> Self {
        let weeks = weeks.clamp(1, MOST_WEEKS);
        let last = today.checked_add_days(Days::new(u64::from(weeks) * 7 - 1)).unwrap_or(NaiveDate::MAX);
        let all = schedule.in_order(false).into_iter().map(|(window, occurrence)| (&**window, occurrence));
        let is_near = |(window, occurrence): &(&WindowSchedule, &Occurrence)| {
            (today..=last).contains(&starts_on(window, occurrence))
        };
        Self { schedule, today, last, weeks, occurrences: all.filter(is_near).collect() }
    }

    pub fn head(&self) -> Head {
        let windows = self.occurrences.iter().map(|(window, _)| window.id()).collect::<BTreeSet<_>>().len();
        let dates = counted(self.occurrences.len(), "date");
        let of_windows = if windows == 0 { dates } else { format!("{dates} of {}", counted(windows, "window")) };
        let plan = name(self.schedule.plan.title());
        let particulars = [plan, format!("the next {}", counted(self.weeks, "week")), of_windows];
        Head {
            title: "Change advisory board".to_owned(),
            particulars: particulars.into_iter().filter(|text| !text.is_empty()).collect(),
            date: date(self.today),
            zone: format!("to {}", date(self.last)),
        }
    }

    pub fn windows(&self) -> Vec<Part> {
        let title = title("Coming windows", &dates(self.today, self.last));
        if self.occurrences.is_empty() {
            return vec![title, Part::Text(self.nothing())];
        }
        let columns = [
            ("Date", 15),
            ("Time", 24),
            ("Window", 20),
            ("Type", 13),
            ("Systems", 23),
            ("Roll back by", 13),
            ("Agreed", 9),
        ];
        let rows = self.occurrences.iter().map(|(window, occurrence)| self.row(window, occurrence)).collect();
        vec![title, Part::Table(Table { columns: columns.map(|(name, share)| column(name, share)).into(), rows })]
    }

    /// That nothing takes place, and when the next occurrence is.
    fn nothing(&self) -> String {
        let none = "No maintenance window takes place in these weeks";
        let mut later = self.schedule.in_order(false).into_iter();
        match later.find(|(window, occurrence)| starts_on(window, occurrence) > self.last) {
            Some((window, occurrence)) => {
                let (on, name) = (date(starts_on(window, occurrence)), window_name(&window.window));
                format!("{none}; the next one: {on}, {name}")
            }
            None => none.to_owned(),
        }
    }

    fn row(&self, window: &WindowSchedule, occurrence: &Occurrence) -> Vec<String> {
        let record = &*window.window;
        let ticket = name(&record.change_ticket);
        let called = [window_name(record), ticket].into_iter().filter(|text| !text.is_empty());
        vec![
            short_date(starts_on(window, occurrence)),
            hours_with_zone(window, occurrence),
            called.collect::<Vec<_>>().join("\n"),
            record.kind.name().to_owned(),
            systems(window),
            roll_back_by(window, occurrence),
            agreed(self.schedule, window, occurrence),
        ]
    }

    pub fn findings(&self, findings: &Findings) -> Vec<Part> {
        let here: BTreeSet<(&WindowId, NaiveDate)> =
            self.occurrences.iter().map(|(window, occurrence)| (window.id(), occurrence.original_on())).collect();
        let is_due = |at: UtcMinute| self.schedule.zone.local(at).date() <= self.last;
        let windows: BTreeSet<&WindowId> = here.iter().map(|(window, _)| *window).collect();
        let is_about = |finding: &&std::sync::Arc<Finding>| match (&finding.window, finding.on) {
            (Some(window), Some(on)) => here.contains(&(window, on)),
            (Some(window), None) => windows.contains(window),
            (None, Some(on)) => (self.today..=self.last).contains(&on),
            // An advisory is due at a time rather than on a day.
            (None, None) => matches!(finding.subject, Subject::Advisory(_)) && finding.at.is_some_and(is_due),
        };
        let causes = fold(findings.open().filter(is_about));
        let title = title("Findings", "");
        let elsewhere = elsewhere(findings);
        if causes.is_empty() {
            return vec![title, Part::Text(format!("No findings about windows in these weeks{elsewhere}"))];
        }
        let cx = Context::new(self.schedule, self.today);
        let row = |cause: &crate::checks::CommonCause| {
            let message = clip_line(cause.message(&cx), LONGEST_TEXT);
            vec![cause.severity.name().to_owned(), cause.rule.code.to_owned(), message]
        };
        let columns = [("Severity", 3), ("Code", 2), ("Finding", 22)].map(|(name, share)| column(name, share));
        vec![title, Part::Table(Table { columns: columns.into(), rows: causes.iter().map(row).collect() })]
    }
}

/// " (in the whole plan: 5 errors, 30 warnings)"; empty if the plan has none.
fn elsewhere(findings: &Findings) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning")];
    let counts = counts.map(|(severity, noun)| (findings.count(severity), noun));
    let found: Vec<_> =
        counts.iter().filter(|(count, _)| *count > 0).map(|(count, noun)| counted(*count, noun)).collect();
    if found.is_empty() { String::new() } else { format!(" (in the whole plan: {})", found.join(", ")) }
}

pub fn title(text: &str, beside: &str) -> Part {
    Part::Title(Title { text: text.to_owned(), beside: beside.to_owned() })
}

/// "Core DB, Ledger; 40 hosts"
fn systems(window: &WindowSchedule) -> String {
    let systems = &window.scope.systems;
    if systems.is_empty() {
        return "No systems".to_owned();
    }
    let hosts = counted(window.scope.hosts() as usize, "host");
    format!("{}; {hosts}", list(systems.iter().map(|system| called(&system.name, &system.id)), MOST_SYSTEMS))
}

/// "00:33", with the zone if the clocks change, with the day if it differs; or why the time is missing.
fn roll_back_by(window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let Ok(fit) = window.fit(occurrence) else { return "Not estimated".to_owned() };
    if fit.rollback_deadline() < 0 {
        return "Does not fit".to_owned();
    }
    let Some(at) = window.rollback_deadline_at(occurrence) else { return "Not estimated".to_owned() };
    let by = window.local(at);
    let zone = |at| window.expansion.zone.offset(at);
    let changes = zone(occurrence.start_at) != zone(occurrence.end_at);
    let clock = if changes { time_with_zone(window.zoned(at)) } else { time(by.time()) };
    let clock =
        if by.date() == starts_on(window, occurrence) { clock } else { format!("{clock}\n{}", short_date(by.date())) };
    if fit.margin() < 0 { format!("{clock}\ndoes not fit") } else { clock }
}

/// "2 of 3"; empty if no agreement is needed.
fn agreed(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> String {
    let answers = answers(&schedule.plan, window, occurrence);
    let wanted = || answers.iter().filter(|answer| answer.notice.is_some());
    let agreed = wanted().filter(|answer| matches!(answer.agreement(), Agreement::Agreed { .. })).count();
    match wanted().count() {
        0 => String::new(),
        all => format!("{agreed} of {all}"),
    }
}

/// The line for the signature.
pub fn sign_off() -> Part {
    Part::SignOffs(vec![SignOff {
        who: "Chair of the board".to_owned(),
        what: "took these decisions".to_owned(),
        hint: "name, signature, date".to_owned(),
    }])
}
