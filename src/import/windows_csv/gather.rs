//! Which rows make up one window, and whether it recurs or lists its dates.

use std::collections::HashMap;
use std::hash::Hash;

use chrono::NaiveDate;

use super::{DateLine, Settings};
use crate::import::Imported;
use crate::import::fresh_ids::FreshIds;
use crate::model::{Edit, ListedDate, MaintenanceWindow, Plan, Rule, WindowId};
use crate::schedule::time::phrases as words;
use crate::schedule::{Zone, rule_dates};
use crate::wording::time;

/// Turns rows into windows, in the order in which their names first appear, and gives all dates taken over.
pub(super) fn windows(rows: Vec<DateLine>, plan: &Plan, imported: &mut Imported) -> Vec<NaiveDate> {
    let mut dates = Vec::new();
    let mut ids = FreshIds::default();
    tell_usual_clock(&rows, imported);
    for (settings, rows) in parted(rows, |row| row.settings.clone()) {
        let rows = each_date_once(rows, imported);
        dates.extend(rows.iter().map(|row| row.on));
        let mut listed = Vec::new();
        for (words, rows) in parted(rows, |row| row.words.to_lowercase()) {
            match recurring(&words, &rows, &settings, plan) {
                Some(rule) => {
                    let mut window = window(&settings, rule, plan, &mut ids);
                    window.first = rows.first().map(|row| row.on);
                    window.last = rows.last().map(|row| row.on);
                    imported.edits.push(Edit::PutWindow(window));
                }
                None => listed.extend(rows),
            }
        }
        if !listed.is_empty() {
            listed.sort_by_key(|row| row.on);
            let notes = unknown_wordings(&listed, plan, imported);
            let list = listed.into_iter().map(|row| ListedDate { on: row.on, words: row.words }).collect();
            let mut window = window(&settings, Rule::Dates(list), plan, &mut ids);
            window.notes = notes;
            imported.edits.push(Edit::PutWindow(window));
        }
    }
    dates
}

/// Says once what start and length rows get that name none.
fn tell_usual_clock(rows: &[DateLine], imported: &mut Imported) {
    let bare = rows.iter().filter(|row| row.settings.start.is_none() || row.settings.duration.is_none()).count();
    if bare > 0 {
        let usual = MaintenanceWindow::new("usual".into(), "", Rule::Dates(Vec::new()));
        let verb = if bare == 1 { "row names" } else { "rows name" };
        imported.warn(
            None,
            format!("{bare} {verb} no start or no duration: {} and {} are used", time(usual.start), usual.duration),
        );
    }
}

/// Rows with the same key together, in the order of first appearance.
fn parted<K: Clone + Eq + Hash>(rows: Vec<DateLine>, key: impl Fn(&DateLine) -> K) -> Vec<(K, Vec<DateLine>)> {
    let mut places: HashMap<K, usize> = HashMap::new();
    let mut parts: Vec<(K, Vec<DateLine>)> = Vec::new();
    for row in rows {
        let place = *places.entry(key(&row)).or_insert_with_key(|key| {
            parts.push((key.clone(), Vec::new()));
            parts.len() - 1
        });
        parts[place].1.push(row);
    }
    parts
}

/// Sorted by date; of two rows for one date the first stays.
fn each_date_once(mut rows: Vec<DateLine>, imported: &mut Imported) -> Vec<DateLine> {
    rows.sort_by_key(|row| row.on);
    rows.dedup_by(|later, earlier| {
        let same = later.on == earlier.on;
        if same {
            let message = format!("{} already stands in line {}; left out here", later.on, earlier.line);
            imported.warn(Some(later.line), message);
        }
        same
    });
    rows
}

/// The rule of at least two rows, if between the first and the last of them it gives their dates and no other.
fn recurring(words: &str, rows: &[DateLine], settings: &Settings, plan: &Plan) -> Option<Rule> {
    let (first, last) = (rows.first()?.on, rows.last()?.on);
    if rows.len() < 2 {
        return None;
    }
    let rule = words::rule(words, plan.releases())?;
    let zone = Zone::named(settings.zone.as_deref().unwrap_or(plan.zone())).unwrap_or_else(Zone::utc);
    let dates = rule_dates(&rule, Some(first), plan.releases(), &zone, first, last);
    dates.iter().copied().eq(rows.iter().map(|row| row.on)).then_some(rule)
}

/// A note for the window that keeps the wordings nobody understands.
fn unknown_wordings(rows: &[DateLine], plan: &Plan, imported: &mut Imported) -> String {
    let mut unknown: Vec<&str> = Vec::new();
    for row in rows {
        if !row.words.is_empty()
            && !unknown.contains(&&*row.words)
            && words::rule(&row.words, plan.releases()).is_none()
        {
            unknown.push(&row.words);
            imported.warn(Some(row.line), format!("\"{}\" is no rule that is known; it is kept as a note", row.words));
        }
    }
    unknown.iter().map(|words| format!("Rule as imported: {words}")).collect::<Vec<_>>().join("\n")
}

fn window(settings: &Settings, rule: Rule, plan: &Plan, ids: &mut FreshIds) -> MaintenanceWindow {
    let id = ids.fresh(&settings.name, |id| plan.windows().contains(&id.into()));
    let mut window = MaintenanceWindow::new(WindowId::new(&id), &settings.name, rule);
    window.start = settings.start.unwrap_or(window.start);
    window.duration = settings.duration.unwrap_or(window.duration);
    window.zone = settings.zone.clone().filter(|zone| *zone != plan.zone());
    window.kind = settings.kind;
    window.groups.clone_from(&settings.groups);
    window
}
