//! What a revision changes, record by record, in words: for the history of a plan and for the messages of commits.

use chrono::NaiveDate;

use super::unlisted::unlisted;
use super::{DateChange, DateRevision, OccurrencePeriod, RecordPresence, Revision, WindowRevision};
use crate::model::Subject;
use crate::schedule::plan_schedule::Schedule;
use crate::wording::{counted, date, day_and_month, days_and_hours, time};

/// More changed dates of a window are summed up.
const MOST_DATES: usize = 4;
/// The kind of records that are windows.
const WINDOW: &str = "Window";

/// The changes of one record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordChange {
    /// "Window", "Change freeze"
    pub kind: &'static str,
    pub subject: Subject,
    /// Its current name, or its last one if it was removed.
    pub name: String,
    pub presence: RecordPresence,
    /// "Sat 20 Mar 2027 moved to Sat 27 Mar 2027", "Type Standard → Extended". At least one.
    pub words: Vec<String>,
    /// The same in one short line, without the details: "moved to 27 Mar".
    pub in_short: String,
    /// The names of the fields that the first words are about.
    pub fields: Vec<String>,
    /// The original dates of a window that the next words are about, even if these sum them up.
    pub dates: Vec<NaiveDate>,
}

impl RecordChange {
    /// "Core DB patching"; the kind is left out for windows. "Change freeze Year end".
    pub fn title(&self) -> String {
        let kind = if self.kind == WINDOW { "" } else { self.kind };
        format!("{kind} {}", self.name).trim().to_owned()
    }

    /// "Core DB patching: Sat 20 Mar 2027 moved to Sat 27 Mar 2027"
    pub fn in_words(&self) -> String {
        format!("{}: {}", self.title(), self.words.join(" · "))
    }

    pub fn is_window(&self) -> bool {
        self.kind == WINDOW
    }

    /// The change without what was said about some fields and dates. None if nothing is left.
    pub fn without(mut self, fields: &[String], dates: &[NaiveDate]) -> Option<Self> {
        let is_summed_up = self.words.len() < self.fields.len() + self.dates.len();
        let is_left = |on: &NaiveDate| !dates.contains(on);
        let all_gone = !self.dates.iter().any(is_left);
        let mut words = std::mem::take(&mut self.words).into_iter();
        let of_fields: Vec<String> = words.by_ref().take(self.fields.len()).collect();
        let kept = |(field, word): (&String, String)| (!fields.contains(field)).then_some(word);
        self.words = self.fields.iter().zip(of_fields).filter_map(kept).collect();
        if !is_summed_up {
            let of_dates: Vec<String> = words.by_ref().take(self.dates.len()).collect();
            let kept = |(on, word): (&NaiveDate, String)| is_left(on).then_some(word);
            self.words.extend(self.dates.iter().zip(of_dates).filter_map(kept));
        }
        if !is_summed_up || !all_gone {
            self.words.extend(words);
        }
        self.fields.retain(|field| !fields.contains(field));
        self.dates.retain(is_left);
        (!self.words.is_empty()).then_some(self)
    }

    /// Whether both are about the same record.
    pub fn is_about_same(&self, other: &Self) -> bool {
        (self.kind, &self.subject) == (other.kind, &other.subject)
            // Nights have the subject of their window.
            && (self.is_window() || !matches!(self.subject, Subject::Window(_)) || self.name == other.name)
    }
}

/// Everything that differs between two plans, as seen on `today`: windows first, then the other records.
pub fn record_changes(old: &Schedule, new: &Schedule, today: NaiveDate) -> Vec<RecordChange> {
    let revision = Revision::between(old, new, today);
    let windows = revision.windows.iter().filter_map(window_change);
    let records = revision.records.iter().map(|record| RecordChange {
        kind: record.kind,
        subject: record.subject.clone(),
        name: record.name.clone(),
        presence: record.presence,
        words: match record.presence {
            RecordPresence::Kept => record.fields.iter().map(ToString::to_string).collect(),
            presence => vec![added_or_removed(presence).to_owned()],
        },
        in_short: added_or_removed(record.presence).to_owned(),
        fields: match record.presence {
            RecordPresence::Kept => record.fields.iter().map(|field| field.field.clone()).collect(),
            RecordPresence::New | RecordPresence::Removed => Vec::new(),
        },
        dates: Vec::new(),
    });
    let mut changes: Vec<RecordChange> = windows.chain(records).collect();
    let unlisted = unlisted(&old.plan, &new.plan);
    if !unlisted.is_empty() {
        add_to_plan(&mut changes, unlisted);
    }
    changes
}

/// Adds changes of records that have no line of their own to those of the plan.
fn add_to_plan(changes: &mut Vec<RecordChange>, words: Vec<String>) {
    let is_plan = |change: &&mut RecordChange| change.kind == "Plan";
    match changes.iter_mut().find(is_plan) {
        Some(plan) => plan.words.extend(words),
        None => changes.push(RecordChange {
            kind: "Plan",
            subject: Subject::Plan,
            name: String::new(),
            presence: RecordPresence::Kept,
            in_short: words.join(", "),
            words,
            fields: Vec::new(),
            dates: Vec::new(),
        }),
    }
}

fn added_or_removed(presence: RecordPresence) -> &'static str {
    match presence {
        RecordPresence::Kept => "changed",
        RecordPresence::New => "added",
        RecordPresence::Removed => "removed",
    }
}

/// None if only the words of other records changed that the window names.
fn window_change(window: &WindowRevision) -> Option<RecordChange> {
    let words = window_words(window);
    let is_kept = window.presence == RecordPresence::Kept;
    let of_time = window.dates.iter().filter(|date| date.change.is_of_time());
    (!words.is_empty()).then(|| RecordChange {
        fields: window.fields.iter().filter(|_| is_kept).map(|field| field.field.clone()).collect(),
        dates: of_time.filter(|_| is_kept).map(|date| date.on).collect(),
        kind: WINDOW,
        subject: Subject::Window(window.window.clone()),
        name: window.name.clone(),
        presence: window.presence,
        in_short: in_short(window),
        words,
    })
}

fn window_words(window: &WindowRevision) -> Vec<String> {
    let of_time: Vec<&DateRevision> = window.dates.iter().filter(|date| date.change.is_of_time()).collect();
    if window.presence != RecordPresence::Kept {
        let verb = added_or_removed(window.presence);
        let dates = of_time.len();
        return vec![if dates == 0 { verb.to_owned() } else { format!("{verb} with {}", counted(dates, "date")) }];
    }
    let mut words: Vec<String> = window.fields.iter().map(ToString::to_string).collect();
    let follows_rule = window.fields.iter().any(|field| field.is_of_dates);
    if of_time.len() > MOST_DATES || (follows_rule && of_time.len() > 1) {
        words.extend(window.date_counts());
    } else {
        words.extend(of_time.into_iter().map(|date| date_words(date, window.before == 1)));
    }
    words.extend(window.months());
    words
}

/// "Sat 20 Mar 2027 moved to Sat 27 Mar 2027", "moved to Sat 27 Mar 2027" for the only date.
fn date_words(revision: &DateRevision, is_only: bool) -> String {
    let Some(when) = revision.before.as_ref().or(revision.after.as_ref()) else { return String::new() };
    let verb = match (revision.change, &revision.before, &revision.after) {
        (DateChange::Moved, Some(before), Some(after)) => moved(before, after, date),
        (DateChange::Cancelled, ..) if !revision.reason.trim().is_empty() => {
            format!("cancelled: {}", revision.reason.trim())
        }
        (change, ..) => change.name().to_lowercase(),
    };
    if is_only && revision.change == DateChange::Moved { verb } else { format!("{} {verb}", date(when.on())) }
}

/// "moved to Sat 27 Mar 2027 23:00, 1 h longer"
fn moved(before: &OccurrencePeriod, after: &OccurrencePeriod, date: fn(NaiveDate) -> String) -> String {
    let (old, new) = (before.start(), after.start());
    let longer = after.length() - before.length();
    let how = format!("{} {}", days_and_hours(longer.unsigned_abs()), if longer > 0 { "longer" } else { "shorter" });
    let target = match (old.date() != new.date(), old.time() != new.time()) {
        (true, true) => format!("moved to {} {}", date(new.date()), time(new.time())),
        (true, false) => format!("moved to {}", date(new.date())),
        (false, true) => format!("moved from {} to {}", time(old.time()), time(new.time())),
        (false, false) if longer == 0 => "moved to another time zone".to_owned(),
        (false, false) => return how,
    };
    if longer == 0 { target } else { format!("{target}, {how}") }
}

/// "moved to 27 Mar", "3 dates moved", "added".
fn in_short(window: &WindowRevision) -> String {
    if window.presence != RecordPresence::Kept {
        return added_or_removed(window.presence).to_owned();
    }
    let of_time: Vec<&DateRevision> = window.dates.iter().filter(|date| date.change.is_of_time()).collect();
    let mut years: Vec<i32> = of_time
        .iter()
        .flat_map(|date| [&date.before, &date.after])
        .flatten()
        .map(|when| chrono::Datelike::year(&when.on()))
        .collect();
    years.dedup();
    // The year is clear if there is only one.
    let short = if years.len() > 1 { date } else { day_and_month };
    match of_time.as_slice() {
        [] => "changed".to_owned(),
        [DateRevision { change: DateChange::Moved, before: Some(before), after: Some(after), .. }] => {
            let is_same_day = before.on() == after.on();
            let day =
                if is_same_day && window.before != 1 { format!("{} ", short(before.on())) } else { String::new() };
            format!("{day}{}", moved(before, after, short))
        }
        [one] => {
            let on = one.when().map_or_else(String::new, |when| format!("{} ", short(when.on())));
            format!("{on}{}", one.change.name().to_lowercase())
        }
        several => {
            let moved = several.iter().all(|date| date.change == DateChange::Moved);
            format!("{} {}", counted(several.len(), "date"), if moved { "moved" } else { "changed" })
        }
    }
}
