//! Rows whose windows the plan has already: nothing is planned twice, and what differs is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};

use super::date_row::{DateRow, RuleRow, WindowSettings};
use crate::model::{Edit, ListedDate, MaintenanceWindow, Minutes, OccurrenceChange, Plan, Rule, WindowId, WindowKind};
use crate::schedule::{Zone, rule_dates, window_dates};
use crate::wording::{counted, list_in_sentence, time};

/// A warning names at most this many dates.
const MOST_DATES: usize = 3;

/// The first and the last date of a rule, if a row says them.
type Bounds = (Option<NaiveDate>, Option<NaiveDate>);

/// When a window takes place on a date.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Times {
    start: NaiveTime,
    duration: Minutes,
    zone: String,
}

/// What becomes of a row.
pub(super) enum Fate {
    New,
    /// The plan has exactly that.
    Known,
    /// Its date is added to a window of the plan.
    Added,
    /// Why it is skipped.
    Refused(String),
}

/// The windows of the plan that a table is about.
pub(super) struct KnownWindows<'a> {
    plan: &'a Plan,
    by_name: HashMap<String, Vec<&'a MaintenanceWindow>>,
    by_ticket: HashMap<&'a str, Vec<&'a MaintenanceWindow>>,
    /// The first and the last date of the table.
    span: Option<(NaiveDate, NaiveDate)>,
    /// What the table lists, by name in lower case.
    listed: HashSet<(String, NaiveDate, Times)>,
    /// The rules that it lists, with the first and last dates of each.
    rules: HashMap<(String, String, Times), Vec<Bounds>>,
    /// The dates on which windows of the plan take place or would, within the span.
    nights: HashMap<&'a WindowId, BTreeMap<NaiveDate, Night>>,
    changes: BTreeMap<&'a WindowId, Change<'a>>,
    /// Names of windows that the plan has at other times, with how many dates become a window of their own.
    beside: BTreeMap<String, usize>,
    /// Names of windows with what rows of the same dates and times say otherwise: the first line, and how many rows.
    unlike: BTreeMap<(&'a str, String), (usize, usize)>,
}

/// A date of a window in the plan.
#[derive(Clone, Debug)]
struct Night {
    times: Times,
    /// It was skipped or moved away.
    is_off: bool,
}

/// What rows of the table mean for a window of the plan.
struct Change<'a> {
    window: &'a MaintenanceWindow,
    added: Vec<ListedDate>,
    line: usize,
    /// The dates of the table, at any times.
    seen: BTreeSet<NaiveDate>,
    /// How many of them the plan has exactly so.
    known: usize,
    /// A row has other times.
    differs: bool,
}

impl<'a> KnownWindows<'a> {
    pub fn new(plan: &'a Plan, rows: &[DateRow], rules: &[RuleRow], cancelled: &[DateRow]) -> Self {
        let mut by_name: HashMap<String, Vec<&MaintenanceWindow>> = HashMap::new();
        let mut by_ticket: HashMap<&str, Vec<&MaintenanceWindow>> = HashMap::new();
        for window in plan.windows() {
            by_name.entry(window.name.to_lowercase()).or_default().push(window);
            by_ticket.entry(&window.change_ticket).or_default().push(window);
        }
        let dates = || rows.iter().chain(cancelled).map(|row| row.on);
        let span = dates().min().zip(dates().max());
        let name = |settings: &WindowSettings| settings.name.to_lowercase();
        let listed = rows.iter().map(|row| (name(&row.settings), row.on, times(&row.settings, plan))).collect();
        let mut by_rule: HashMap<_, Vec<Bounds>> = HashMap::new();
        for row in rules {
            let key = (name(&row.settings), format!("{:?}", row.rule), times(&row.settings, plan));
            by_rule.entry(key).or_default().push((row.first, row.last));
        }
        let (nights, changes) = (HashMap::new(), BTreeMap::new());
        let (beside, unlike) = (BTreeMap::new(), BTreeMap::new());
        Self { plan, by_name, by_ticket, span, listed, rules: by_rule, nights, changes, beside, unlike }
    }

    /// The windows that a row may be about: those with its ticket, or else with its name.
    fn candidates(&self, settings: &WindowSettings) -> Vec<&'a MaintenanceWindow> {
        let ticket = settings.ticket.as_str();
        if let Some(same) = self.by_ticket.get(ticket).filter(|_| !ticket.is_empty()) {
            return same.clone();
        }
        let named = self.by_name.get(&settings.name.to_lowercase()).into_iter().flatten().copied();
        named.filter(|window| ticket.is_empty() || window.change_ticket.is_empty()).collect()
    }

    fn night(&mut self, window: &'a MaintenanceWindow, on: NaiveDate) -> Option<Night> {
        let (plan, span) = (self.plan, self.span.unwrap_or((on, on)));
        self.nights.entry(&window.id).or_insert_with(|| nights(window, plan, span)).get(&on).cloned()
    }

    /// Decides what becomes of a row with a date.
    pub fn judge(&mut self, row: &DateRow) -> Fate {
        let own = times(&row.settings, self.plan);
        let name = row.settings.name.to_lowercase();
        let candidates = self.candidates(&row.settings);
        // A change with another ticket is another one, unless it takes place at exactly the same time.
        let named = self.by_name.get(&name).cloned().unwrap_or_default();
        let (mut other, mut unlike) = (None, None);
        for window in candidates.iter().copied().chain(named) {
            let Some(night) = self.night(window, row.on) else { continue };
            if night.times == own || usual(window, row.on, self.plan) == own {
                let fields = unlike_fields(window, &row.settings);
                if !fields.is_empty() {
                    unlike.get_or_insert((window, fields));
                    continue;
                }
                let change = self.change(window, row);
                change.seen.insert(row.on);
                change.known += 1;
                return Fate::Known;
            }
            let is_candidate = candidates.iter().any(|candidate| candidate.id == window.id);
            let is_listed = self.listed.contains(&(name.clone(), row.on, night.times.clone()));
            if is_candidate && !is_listed && !night.is_off {
                other = Some((window, night));
            }
        }
        if let Some((window, fields)) = unlike {
            let change = self.change(window, row);
            change.seen.insert(row.on);
            change.differs = true;
            let fields = list_in_sentence(fields, MOST_DATES);
            self.unlike.entry((&window.name, fields)).or_insert((row.line, 0)).1 += 1;
            return Fate::Known;
        }
        if let Some((window, night)) = other {
            let change = self.change(window, row);
            change.seen.insert(row.on);
            change.differs = true;
            let times = in_words(&night.times, &own);
            return Fate::Refused(format!(
                "\"{}\" is in the plan already with other times on {} ({times}): change it in the plan, or rename it in the \
                 table",
                window.name, row.on
            ));
        }
        if let Some(window) = candidates.iter().find(|window| usual(window, row.on, self.plan) == own) {
            let added = ListedDate { on: row.on, words: row.words.clone() };
            let change = self.change(window, row);
            if change.seen.insert(row.on) {
                change.added.push(added);
                return Fate::Added;
            }
            return Fate::Refused(format!("the date {} is there twice", row.on));
        }
        if !candidates.is_empty() {
            *self.beside.entry(row.settings.name.clone()).or_default() += 1;
        }
        Fate::New
    }

    /// Decides what becomes of a row with a rule and no date.
    pub fn judge_rule(&self, row: &RuleRow) -> Fate {
        let own = times(&row.settings, self.plan);
        let candidates = self.candidates(&row.settings);
        let of_window = |window: &MaintenanceWindow| Times {
            start: window.start,
            duration: window.duration,
            zone: self.plan.window_zone(window).to_owned(),
        };
        let has_bounds = |window: &MaintenanceWindow, (first, last): Bounds| {
            (first.is_none() || window.first == first) && (last.is_none() || window.last == last)
        };
        let bounds = (row.first, row.last);
        let is_it = |window: &MaintenanceWindow| window.rule == row.rule && of_window(window) == own;
        if candidates.iter().any(|window| is_it(window) && has_bounds(window, bounds)) {
            return Fate::Known;
        }
        let name = row.settings.name.to_lowercase();
        let is_listed = |window: &MaintenanceWindow| {
            let is_listed = |on: &ListedDate| self.listed.contains(&(name.clone(), on.on, of_window(window)));
            match &window.rule {
                Rule::Dates(dates) => dates.iter().any(is_listed),
                rule => {
                    let listed = self.rules.get(&(name.clone(), format!("{rule:?}"), of_window(window)));
                    listed.into_iter().flatten().any(|bounds| has_bounds(window, *bounds))
                }
            }
        };
        match candidates.iter().find(|window| !is_listed(window)) {
            Some(window) => Fate::Refused(format!(
                "\"{}\" is in the plan already with another rule or other times ({}): change it in the plan, or rename it in \
                 the table",
                window.name,
                in_words(&of_window(window), &own)
            )),
            None => Fate::New,
        }
    }

    /// What stays planned although a row says that it is cancelled.
    pub fn cancelled(&mut self, row: &DateRow) -> Option<String> {
        let candidates = self.candidates(&row.settings);
        for window in candidates.iter().copied() {
            if self.night(window, row.on).is_some_and(|night| !night.is_off) {
                self.change(window, row).seen.insert(row.on);
                let name = &window.name;
                return Some(format!(
                    "\"{name}\" stays planned on {} although it is cancelled: skip it in the plan",
                    row.on
                ));
            }
        }
        let same_ticket = |window: &&&MaintenanceWindow| {
            !row.settings.ticket.is_empty() && window.change_ticket == row.settings.ticket
        };
        let window = candidates.iter().find(same_ticket)?;
        let (name, ticket) = (&window.name, &window.change_ticket);
        Some(format!("\"{name}\" ({ticket}) stays planned although it is cancelled: skip it in the plan"))
    }

    fn change(&mut self, window: &'a MaintenanceWindow, row: &DateRow) -> &mut Change<'a> {
        let new =
            || Change { window, added: Vec::new(), line: row.line, seen: BTreeSet::new(), known: 0, differs: false };
        self.changes.entry(&window.id).or_insert_with(new)
    }

    /// The windows of the plan with their new dates, and what a person should know, with the line of the first row.
    pub fn finish(mut self) -> (Vec<Edit>, Vec<(Option<usize>, String)>) {
        let (mut edits, mut messages) = (Vec::new(), Vec::new());
        for (id, change) in std::mem::take(&mut self.changes) {
            let name = &change.window.name;
            if change.added.is_empty() {
                let dates = counted(change.known, "date");
                match (change.known, change.differs) {
                    (0, _) => {}
                    (_, false) => messages.push((None, format!("\"{name}\" skipped: the plan already has it"))),
                    (_, true) => {
                        messages.push((None, format!("{dates} of \"{name}\" skipped: the plan already has them")));
                    }
                }
            } else {
                let dates = list_in_sentence(change.added.iter().map(|added| added.on.to_string()), MOST_DATES);
                let count = counted(change.added.len(), "date");
                let known = match change.known {
                    0 => String::new(),
                    known => format!(" with {} of the table", counted(known, "date")),
                };
                let message = format!("\"{name}\" is in the plan already{known}: {count} added to it ({dates})");
                messages.push((Some(change.line), message));
                edits.push(Edit::PutWindow(with_dates(change.window, &change.added, self.plan)));
            }
            let gone = self.nights.get(id).into_iter().flatten();
            let gone =
                gone.filter(|(on, night)| !night.is_off && !change.seen.contains(on)).map(|(on, _)| on.to_string());
            let gone: Vec<String> = gone.collect();
            if !gone.is_empty() {
                let verb =
                    if gone.len() == 1 { "is not in the table and stays" } else { "are not in the table and stay" };
                let dates = list_in_sentence(gone, MOST_DATES);
                let message = format!("\"{name}\": {dates} {verb} planned: skip what does not take place in the plan");
                messages.push((None, message));
            }
        }
        for ((name, fields), (line, count)) in self.unlike {
            let rows = counted(count, "row");
            messages.push((
                Some(line),
                format!("{rows} skipped: \"{name}\" is in the plan at these times with other values ({fields}): change it there"),
            ));
        }
        for (name, count) in self.beside {
            let dates = counted(count, "date");
            let message =
                format!("\"{name}\" is in the plan already with other times: {dates} become a window of the same name");
            messages.push((None, message));
        }
        (edits, messages)
    }
}

/// What a row says of a window otherwise, besides its times. A field that the row does not have stays as it is.
fn unlike_fields(window: &MaintenanceWindow, row: &WindowSettings) -> Vec<&'static str> {
    let fields = [
        ("name", row.name.to_lowercase() != window.name.to_lowercase() && !row.ticket.is_empty()),
        ("kind", row.kind != WindowKind::default() && row.kind != window.kind),
        ("groups", !row.groups.is_empty() && row.groups != window.groups),
        ("systems", !row.systems.is_empty() && row.systems != window.systems),
        ("ticket", !row.ticket.is_empty() && row.ticket != window.change_ticket),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// The window with more dates.
fn with_dates(window: &MaintenanceWindow, added: &[ListedDate], plan: &Plan) -> MaintenanceWindow {
    let mut window = window.clone();
    if let Rule::Dates(dates) = &mut window.rule {
        dates.extend_from_slice(added);
        dates.sort_by_key(|date| date.on);
        return window;
    }
    let mut dates: Vec<NaiveDate> = added.iter().map(|date| date.on).collect();
    dates.sort_unstable();
    // A series that goes on has a later end.
    if let (Some(last), Some(first), Some(end)) = (window.last, dates.first(), dates.last())
        && *first > last
        && rule_dates(&window.rule, window.first, plan.releases(), &zone(&window, plan), last, *end)
            .into_iter()
            .filter(|on| *on > last)
            .eq(dates.iter().copied())
    {
        window.last = Some(*end);
        return window;
    }
    for on in dates {
        window.set_exception(on, OccurrenceChange::Added { start: None, duration: None });
    }
    window
}

fn zone(window: &MaintenanceWindow, plan: &Plan) -> Arc<Zone> {
    Zone::in_plan(plan, plan.window_zone(window)).unwrap_or_else(Zone::utc)
}

/// The times of a row, with what is used if it does not say them.
fn times(settings: &WindowSettings, plan: &Plan) -> Times {
    let bare = MaintenanceWindow::new("usual".into(), "", Rule::Dates(Vec::new()));
    Times {
        start: settings.start.unwrap_or(bare.start),
        duration: settings.duration.unwrap_or(bare.duration),
        zone: settings.zone.clone().unwrap_or_else(|| plan.zone().to_owned()),
    }
}

/// The times of a window on a date without its exception.
fn usual(window: &MaintenanceWindow, on: NaiveDate, plan: &Plan) -> Times {
    let usual = window.usual_times(on);
    Times { start: usual.start, duration: usual.duration, zone: plan.window_zone(window).to_owned() }
}

/// The dates of a window in a span.
fn nights(window: &MaintenanceWindow, plan: &Plan, (from, to): (NaiveDate, NaiveDate)) -> BTreeMap<NaiveDate, Night> {
    let originals = window_dates(window, &zone(window, plan), plan, from, to);
    let night = |on: NaiveDate, is_off: bool| Night { times: usual(window, on, plan), is_off };
    let mut nights: BTreeMap<NaiveDate, Night> =
        originals.into_iter().map(|on| (window.usual_times(on).date(on), night(on, false))).collect();
    for exception in &window.exceptions {
        let on = exception.on;
        let own = |start: &Option<NaiveTime>, duration: &Option<Minutes>| {
            let mut night = night(on, false);
            night.times.start = start.unwrap_or(night.times.start);
            night.times.duration = duration.unwrap_or(night.times.duration);
            night
        };
        match &exception.change {
            OccurrenceChange::Moved { to, start, duration } => {
                nights.insert(on, night(on, true));
                nights.insert(*to, own(start, duration));
            }
            OccurrenceChange::Added { start, duration } => {
                nights.insert(on, own(start, duration));
            }
            OccurrenceChange::Skipped { .. } => {
                nights.insert(on, night(on, true));
            }
            OccurrenceChange::Restored => {}
        }
    }
    nights.retain(|on, _| (from..=to).contains(on));
    nights
}

/// "22:00, 4 h", with the zone if that differs.
fn in_words(times: &Times, other: &Times) -> String {
    let zone = if times.zone == other.zone { String::new() } else { format!(", {}", times.zone) };
    format!("{}, {}{zone}", time(times.start), times.duration)
}
