//! One row of a table of windows: a date or a rule, and the settings of the window.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::columns::{FIRST, GROUP, KIND, LAST, NAME, RULE, SHORT_NAME, SYSTEMS, TICKET};
use super::row_zones::Span;
use super::span::SpanReader;
use crate::import::ics::written_rule;
use crate::import::tables::cells;
use crate::import::tables::days::day;
use crate::import::tables::system_names::SystemNames;
use crate::import::tables::table::Row;
use crate::import::text::words_on_one_line;
use crate::model::{GroupId, MaintenanceWindow, Minutes, Plan, Rule, SystemId, WindowKind, check_name_length};
use crate::schedule::time::phrases::{self, working_days::counts_working_days};
use crate::schedule::{Zone, window_dates};
use crate::wording::weekday;

/// What holds for rows that do not say it themselves. If this does not say it either, a window's usual start and length
/// hold.
#[derive(Debug, Default)]
pub(super) struct RowDefaults<'a> {
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    pub groups: &'a [GroupId],
}

/// What the rows of one window have in common.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct WindowSettings {
    pub name: String,
    /// Empty if the row does not say it.
    pub short_name: String,
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    pub zone: Option<String>,
    /// None if the row does not say it.
    pub kind: Option<WindowKind>,
    pub groups: Vec<GroupId>,
    pub systems: Vec<SystemId>,
    pub ticket: String,
}

/// One row that could be read.
#[derive(Clone, Debug)]
pub(super) struct DateRow {
    /// The index of its table.
    pub table: usize,
    pub line: usize,
    pub settings: WindowSettings,
    pub words: String,
    pub on: NaiveDate,
    /// The tables of further rows that were joined to it.
    pub joined: Vec<usize>,
}

/// A row with a rule instead of a date.
#[derive(Clone, Debug)]
pub(super) struct RuleRow {
    /// The index of its table.
    pub table: usize,
    pub line: usize,
    pub settings: WindowSettings,
    pub rule: Rule,
    /// The dates from which and until which it applies, if the row says so.
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
    /// The tables of further rows that were joined to it.
    pub joined: Vec<usize>,
}

/// What a row is.
pub(super) enum ReadRow {
    Date(DateRow),
    Rule(RuleRow),
}

impl ReadRow {
    pub fn settings(&self) -> &WindowSettings {
        match self {
            Self::Date(row) => &row.settings,
            Self::Rule(row) => &row.settings,
        }
    }
}

/// What the rows of a table are read with.
pub(super) struct RowReader<'a> {
    /// The index of the table.
    pub table: usize,
    pub plan: &'a Plan,
    pub defaults: &'a RowDefaults<'a>,
    pub spans: SpanReader<'a>,
    pub names: &'a SystemNames<'a>,
}

impl RowReader<'_> {
    /// # Errors
    /// Why the row is skipped.
    pub fn read(&self, row: &Row, warn: &mut dyn FnMut(String)) -> Result<ReadRow, String> {
        if let Some(problem) = &row.problem {
            return Err(problem.clone());
        }
        self.read_cells(row, warn)
    }

    /// Reads a row although it is not imported.
    ///
    /// # Errors
    /// What it does not say.
    pub fn read_cells(&self, row: &Row, warn: &mut dyn FnMut(String)) -> Result<ReadRow, String> {
        let name = words_on_one_line(row.get(NAME).unwrap_or_default());
        if name.is_empty() {
            return Err("the name is missing".to_owned());
        }
        check_name_length(&name)?;
        let span = self.spans.read(row)?;
        let words = words_on_one_line(row.get(RULE).filter(|words| !says_once(words)).unwrap_or_default());
        let on = span.on;
        let settings = self.settings(name, span, row, warn);
        let cell = |field: usize| row.get(field).map(|text| day(text, self.spans.order)).transpose();
        let (first, last) = (cell(FIRST)?, cell(LAST)?);
        if let Some(on) = on {
            if first.is_some() || last.is_some() {
                return Err("it has a date, and the first or last date of a rule: leave one of them empty".to_owned());
            }
            return Ok(ReadRow::Date(DateRow {
                table: self.table,
                line: row.line,
                settings,
                words,
                on,
                joined: Vec::new(),
            }));
        }
        if words.is_empty() {
            return Err("the date is missing".to_owned());
        }
        let rule = self.rule(&words, first, &settings, warn)?;
        if counts_working_days(&words) {
            warn(format!("Rule \"{words}\" counts Monday to Friday: public holidays are not left out"));
        }
        let (table, line) = (self.table, row.line);
        Ok(ReadRow::Rule(RuleRow { table, line, settings, rule, first, last, joined: Vec::new() }))
    }

    /// # Errors
    /// The rule is unknown, or does not fit its first date.
    fn rule(
        &self,
        words: &str,
        first: Option<NaiveDate>,
        settings: &WindowSettings,
        warn: &mut dyn FnMut(String),
    ) -> Result<Rule, String> {
        let releases = self.plan.releases();
        let zone = settings.zone.as_deref().unwrap_or(self.plan.zone());
        let zone = Zone::in_plan(self.plan, zone).unwrap_or_else(Zone::utc);
        let judged = match phrases::rrule_text(words) {
            Some(rrule) => {
                let begins = first.unwrap_or(self.plan.horizon().from);
                let (rule, remarks) = written_rule(rrule, begins, settings.start, &zone)?;
                for remark in remarks {
                    warn(format!("Rule \"{words}\": {remark}"));
                }
                Some(rule)
            }
            None => None,
        };
        let words = judged.as_deref().unwrap_or(words);
        let unknown = || {
            let what = if first.is_some() { "its rule" } else { "it has no date, and its rule" };
            if phrases::names_no_day(words) {
                format!("{what} \"{words}\" does not say on which day: use e.g. \"second Saturday\" or \"day 13\"")
            } else {
                format!("{what} \"{words}\" is unknown")
            }
        };
        let missing = || format!("its rule \"{words}\" counts from a first date: add a column \"first\" with it");
        let Some(first) = first else {
            // Any weekday shows whether only that is missing.
            let rule = phrases::rule_from(words, self.plan.horizon().from, releases).ok_or_else(unknown)?;
            let is_complete = phrases::rule(words, releases).is_some() && !counts_from_a_date(&rule);
            return if is_complete { Ok(rule) } else { Err(missing()) };
        };
        let rule = phrases::rule_from(words, first, releases).ok_or_else(unknown)?;
        if counts_from_a_date(&rule) && phrases::may_be_monthly(words, first) {
            return Err(format!(
                "its rule \"{words}\" may count weeks or be a day of each month: use e.g. \"every 2 weeks on Saturday\" or \
                 \"second Saturday of the month\""
            ));
        }
        let has_first = || {
            let window = MaintenanceWindow::new("usual".into(), "", rule.clone());
            let window = MaintenanceWindow { first: Some(first), ..window };
            window_dates(&window, &zone, self.plan, first, first) == [first]
        };
        if counts_from_a_date(&rule) && !has_first() {
            let day = weekday(first.weekday());
            return Err(format!("its first date {first} is a {day} that its rule \"{words}\" does not give"));
        }
        Ok(rule)
    }

    fn settings(&self, name: String, span: Span, row: &Row, warn: &mut dyn FnMut(String)) -> WindowSettings {
        let defaults = self.defaults;
        let kind = row.get(KIND).map(|kind| {
            cells::kind(kind).unwrap_or_else(|| {
                let kinds = WindowKind::ALL.map(WindowKind::name).join(", ");
                warn(format!("Unknown kind of window \"{kind}\" (known: {kinds}): Standard is used"));
                WindowKind::Standard
            })
        });
        let groups = row.get(GROUP).map_or_else(
            || defaults.groups.to_vec(),
            |group| cells::groups(group, self.plan, |unknown| warn(format!("Unknown group \"{unknown}\": ignored"))),
        );
        let systems = row.get(SYSTEMS).map_or_else(Vec::new, |systems| self.names.systems(systems, warn));
        WindowSettings {
            name,
            short_name: words_on_one_line(row.get(SHORT_NAME).unwrap_or_default()),
            start: span.start.or(defaults.start),
            duration: span.duration.or(defaults.duration),
            zone: span.zone,
            kind,
            groups,
            systems,
            ticket: words_on_one_line(row.get(TICKET).unwrap_or_default()),
        }
    }
}

/// Whether a cell for rules says that there is none: "once", "einmalig".
fn says_once(words: &str) -> bool {
    const WORDS: [&str; 14] = [
        "none",
        "once",
        "one-time",
        "one time",
        "never",
        "no",
        "does not repeat",
        "keine",
        "einmalig",
        "einmal",
        "nein",
        "nie",
        "n/a",
        "-",
    ];
    WORDS.contains(&&*words.trim().to_lowercase())
}

/// Whether a rule leaves weeks or months out, so that it depends on its first date which.
pub(super) fn counts_from_a_date(rule: &Rule) -> bool {
    match rule {
        Rule::Weekly { every, .. } | Rule::Monthly { every, .. } => *every > 1,
        Rule::Foreign(rrule) => foreign_counts_from_a_date(rrule),
        Rule::AfterRelease { .. } | Rule::Dates(_) => false,
    }
}

/// Whether a written rule leaves periods out, or does not say itself on which day of each it takes place.
fn foreign_counts_from_a_date(rrule: &str) -> bool {
    let value = |name: &str| rrule.split(';').find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='));
    let has = |name: &str| value(name).is_some();
    let has_month_day = has("BYDAY") || has("BYMONTHDAY");
    let says_day = match value("FREQ") {
        Some("WEEKLY") => has("BYDAY"),
        Some("MONTHLY") => has_month_day,
        Some("YEARLY") => has("BYYEARDAY") || has("BYDAY") || has("BYMONTH") && has("BYMONTHDAY"),
        Some(_) | None => true,
    };
    let is_each = value("INTERVAL").is_none_or(|interval| interval.trim().parse() == Ok(1));
    !says_day || !is_each || has("COUNT")
}
