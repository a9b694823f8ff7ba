//! Groups rows into windows and decides whether each recurs or lists its dates.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;

use super::date_row::{DateRow, RuleRow, WindowSettings, counts_from_a_date};
use super::later_fields::source;
use super::row_report::RowReport;
use crate::import::fresh_ids::FreshIds;
use crate::import::imported::Imported;
use crate::model::{Edit, ListedDate, MaintenanceWindow, Plan, Rule, WindowId};
use crate::schedule::time::phrases;
use crate::schedule::{Zone, rule_dates};
use crate::wording::{counted, time};

/// Turns rows into windows, in the order in which their names first appear, and returns all imported dates.
pub(super) fn windows(
    rows: Vec<DateRow>,
    rules: Vec<RuleRow>,
    (plan, file_name): (&Plan, &str),
    report: &mut RowReport<'_>,
    imported: &mut Imported,
) -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    let mut ids = WindowIds { ids: FreshIds::default(), plan, file_name };
    let settings = rows.iter().map(|row| &row.settings).chain(rules.iter().map(|row| &row.settings));
    warn_about_defaults(settings, imported);
    for (settings, rows) in grouped_by(rows, |row| WindowSettings {
        kind: Some(row.settings.kind.unwrap_or_default()),
        ..row.settings.clone()
    }) {
        let rows = without_repeated_dates(rows, report, imported);
        dates.extend(rows.iter().map(|row| row.on));
        let mut listed = Vec::new();
        for (words, rows) in grouped_by(rows, |row| row.words.to_lowercase()) {
            if let Some(rule) = recurring_rule(&words, &rows, &settings, plan) {
                let mut window = ids.window(&settings, rule);
                window.first = rows.first().map(|row| row.on);
                window.last = rows.last().map(|row| row.on);
                imported.edits.push(Edit::PutWindow(window));
            } else {
                warn_about_single_date(&rows, plan, imported);
                listed.extend(rows);
            }
        }
        if !listed.is_empty() {
            listed.sort_by_key(|row| row.on);
            let notes = unknown_rules(&listed, plan, imported);
            let list = listed.into_iter().map(|row| ListedDate { on: row.on, words: row.words }).collect();
            let mut window = ids.window(&settings, Rule::Dates(list));
            window.notes = notes;
            imported.edits.push(Edit::PutWindow(window));
        }
    }
    recurring(rules, plan, &mut ids, report, imported);
    dates
}

/// Makes a window of each row with a rule instead of dates. It takes place in all months of the plan.
fn recurring(
    rules: Vec<RuleRow>,
    plan: &Plan,
    ids: &mut WindowIds<'_>,
    report: &mut RowReport<'_>,
    imported: &mut Imported,
) {
    let mut seen: HashMap<(WindowSettings, String), (usize, usize)> = HashMap::new();
    for RuleRow { table, line, settings, rule, first, last, joined } in rules {
        let key = (settings.clone(), format!("{rule:?} {first:?} {last:?}"));
        if let Some(earlier) = seen.insert(key, (table, line)) {
            let earlier = report.line_in(table, earlier);
            report.skip((table, line), &format!("{earlier} already has this window"), imported);
            for table in joined {
                report.skip_silently(table);
            }
            continue;
        }
        let starts_somewhere = matches!(rule, Rule::Foreign(_));
        let mut window = ids.window(&settings, rule);
        window.first = first.or_else(|| starts_somewhere.then_some(plan.horizon().from));
        window.last = last;
        imported.edits.push(Edit::PutWindow(window));
    }
}

/// Warns about rows without a start or a duration for which no option was set, and says what is used.
fn warn_about_defaults<'a>(settings: impl Iterator<Item = &'a WindowSettings>, imported: &mut Imported) {
    let usual = MaintenanceWindow::new("usual".into(), "", Rule::Dates(Vec::new()));
    let (mut starts, mut durations) = (0, 0);
    for settings in settings {
        starts += usize::from(settings.start.is_none());
        durations += usize::from(settings.duration.is_none());
    }
    let missing = [(starts, "start", time(usual.start)), (durations, "duration", usual.duration.to_string())];
    for (count, field, value) in missing.into_iter().filter(|(count, ..)| *count > 0) {
        let verb = if count == 1 { "has" } else { "have" };
        imported.warn(None, format!("{} {verb} no {field}: {value} is used", counted(count, "row")));
    }
}

/// Puts rows with the same key together, in the order of first appearance.
fn grouped_by<K: Clone + Eq + Hash>(rows: Vec<DateRow>, key: impl Fn(&DateRow) -> K) -> Vec<(K, Vec<DateRow>)> {
    let mut indices: HashMap<K, usize> = HashMap::new();
    let mut groups: Vec<(K, Vec<DateRow>)> = Vec::new();
    for row in rows {
        let index = *indices.entry(key(&row)).or_insert_with_key(|key| {
            groups.push((key.clone(), Vec::new()));
            groups.len() - 1
        });
        groups[index].1.push(row);
    }
    groups
}

/// Sorts by date and keeps the first of several rows for one date.
fn without_repeated_dates(mut rows: Vec<DateRow>, report: &mut RowReport<'_>, imported: &mut Imported) -> Vec<DateRow> {
    rows.sort_by_key(|row| row.on);
    rows.dedup_by(|later, earlier| {
        let same = later.on == earlier.on;
        if same {
            let first = report.line_in(later.table, (earlier.table, earlier.line));
            let why = format!("{first} already has the date {}", later.on);
            report.skip((later.table, later.line), &why, imported);
            later.joined.iter().for_each(|table| report.skip_silently(*table));
        }
        same
    });
    rows
}

/// The rule of at least two rows, if it gives exactly their dates between the first and the last.
fn recurring_rule(words: &str, rows: &[DateRow], settings: &WindowSettings, plan: &Plan) -> Option<Rule> {
    let (first, last) = (rows.first()?.on, rows.last()?.on);
    if rows.len() < 2 {
        return None;
    }
    let rule = phrases::rule_from(words, first, plan.releases())?;
    let zone = Zone::named(settings.zone.as_deref().unwrap_or(plan.zone())).unwrap_or_else(Zone::utc);
    let dates = rule_dates(&rule, Some(first), plan.releases(), &zone, first, last);
    dates.iter().copied().eq(rows.iter().map(|row| row.on)).then_some(rule)
}

/// Warns if a single date has a rule beside it that counts from a first date: the date may be meant as that.
fn warn_about_single_date(rows: &[DateRow], plan: &Plan, imported: &mut Imported) {
    let [row] = rows else { return };
    if row.words.is_empty() {
        return;
    }
    let rule = phrases::rule_from(&row.words, row.on, plan.releases());
    let goes_on = |rule: &Rule| counts_from_a_date(rule) || phrases::says_it_recurs(&row.words);
    if rule.as_ref().is_some_and(goes_on) || phrases::names_no_day(&row.words) {
        let (name, on, words) = (&row.settings.name, row.on, &row.words);
        let message = format!(
            "\"{name}\" takes place on {on} only: if \"{words}\" goes on from there, call the column \"first\" instead"
        );
        imported.warn(Some(row.line), message);
    }
}

/// A note that keeps rules in words that the program does not understand.
fn unknown_rules(rows: &[DateRow], plan: &Plan, imported: &mut Imported) -> String {
    let mut unknown: Vec<&str> = Vec::new();
    for row in rows {
        if !row.words.is_empty()
            && !unknown.contains(&&*row.words)
            && phrases::rule_from(&row.words, row.on, plan.releases()).is_none()
        {
            unknown.push(&row.words);
            imported.warn(Some(row.line), format!("Unknown rule \"{}\": kept as a note", row.words));
        }
    }
    unknown.iter().map(|words| format!("Rule as imported: {words}")).collect::<Vec<_>>().join("\n")
}

/// Makes windows with ids that neither the plan nor this table has.
struct WindowIds<'a> {
    ids: FreshIds,
    plan: &'a Plan,
    /// That of the table.
    file_name: &'a str,
}

impl WindowIds<'_> {
    fn window(&mut self, settings: &WindowSettings, rule: Rule) -> MaintenanceWindow {
        let plan = self.plan;
        let id = self.ids.fresh(&settings.name, |id| plan.windows().contains(&id.into()));
        let mut window = MaintenanceWindow::new(WindowId::new(&id), &settings.name, rule);
        window.start = settings.start.unwrap_or(window.start);
        window.duration = settings.duration.unwrap_or(window.duration);
        window.zone = settings.zone.clone().filter(|zone| *zone != plan.zone());
        window.kind = settings.kind.unwrap_or_default();
        window.groups.clone_from(&settings.groups);
        window.systems.clone_from(&settings.systems);
        window.change_ticket.clone_from(&settings.ticket);
        window.short_name.clone_from(&settings.short_name);
        window.imported = Some(Box::new(source(&window, self.file_name)));
        window
    }
}
