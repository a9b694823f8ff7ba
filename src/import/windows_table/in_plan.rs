//! Rows whose windows the plan has already: nothing is planned twice, and what differs changes the plan or is said.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::date_row::{DateRow, RuleRow, WindowSettings};
use super::known_nights::{Night, Times, at_instants, in_words, nights, times, usual};
use super::later_fields::{is_from, unlike_fields};
use super::moves::{Move, moves, whole_span};
use super::plan_change::{Change, Finished, MOST_DATES, UnlikeRow};
use crate::model::{ListedDate, MaintenanceWindow, Plan, Rule, WindowId};
use crate::wording::{counted, list_in_sentence};

/// The first and the last date of a rule, if a row says them.
type Bounds = (Option<NaiveDate>, Option<NaiveDate>);

/// What becomes of a row.
pub(super) enum Fate {
    New,
    /// The plan has exactly that.
    Known,
    /// The window has it with other values, which may change.
    Unlike(WindowId),
    /// Its date is added to a window of the plan, or one moves there.
    Added,
    /// Why it is skipped.
    Refused(String),
}

/// The windows of the plan that a table is about.
pub(super) struct KnownWindows<'a> {
    plan: &'a Plan,
    /// That of the table.
    file_name: &'a str,
    by_name: HashMap<String, Vec<&'a MaintenanceWindow>>,
    by_ticket: HashMap<&'a str, Vec<&'a MaintenanceWindow>>,
    /// The first and the last date of the table.
    span: Option<(NaiveDate, NaiveDate)>,
    /// The same with those of the plan.
    whole: Option<(NaiveDate, NaiveDate)>,
    /// Those of the table.
    tickets: HashSet<String>,
    names: HashSet<String>,
    /// By ticket.
    moves: HashMap<String, Move>,
    /// What the table lists, by name in lower case.
    listed: HashSet<(String, NaiveDate, Times)>,
    /// The rules that it lists, with the first and last dates of each.
    rules: HashMap<(String, String, Times), Vec<Bounds>>,
    /// The dates on which windows of the plan take place or would.
    nights: HashMap<&'a WindowId, BTreeMap<NaiveDate, Night>>,
    changes: BTreeMap<&'a WindowId, Change<'a>>,
    /// Names of windows that the plan has at other times, with how many dates become a window of their own.
    beside: BTreeMap<String, usize>,
}

impl<'a> KnownWindows<'a> {
    pub fn new(plan: &'a Plan, file_name: &'a str, rows: &[DateRow], rules: &[RuleRow], cancelled: &[DateRow]) -> Self {
        let mut by_name: HashMap<String, Vec<&MaintenanceWindow>> = HashMap::new();
        let mut by_ticket: HashMap<&str, Vec<&MaintenanceWindow>> = HashMap::new();
        for window in plan.windows() {
            by_name.entry(window.name.to_lowercase()).or_default().push(window);
            by_ticket.entry(&window.change_ticket).or_default().push(window);
        }
        let dates: BTreeSet<NaiveDate> = rows.iter().chain(cancelled).map(|row| row.on).collect();
        let span = dates.first().copied().zip(dates.last().copied());
        let whole = whole_span(&dates, plan);
        let settings =
            || rows.iter().chain(cancelled).map(|row| &row.settings).chain(rules.iter().map(|row| &row.settings));
        let tickets = settings().map(|settings| settings.ticket.clone()).collect();
        let names = settings().map(|settings| settings.name.to_lowercase()).collect();
        let moves =
            moves(rows, &by_ticket, plan).into_iter().map(|(ticket, found)| (ticket.to_owned(), found)).collect();
        let name = |settings: &WindowSettings| settings.name.to_lowercase();
        let listed = rows.iter().map(|row| (name(&row.settings), row.on, times(&row.settings, plan))).collect();
        let mut by_rule: HashMap<_, Vec<Bounds>> = HashMap::new();
        for row in rules {
            let key = (name(&row.settings), format!("{:?}", row.rule), times(&row.settings, plan));
            by_rule.entry(key).or_default().push((row.first, row.last));
        }
        let (nights, changes, beside) = (HashMap::new(), BTreeMap::new(), BTreeMap::new());
        let rules = by_rule;
        Self {
            plan,
            file_name,
            by_name,
            by_ticket,
            span,
            whole,
            tickets,
            names,
            moves,
            listed,
            rules,
            nights,
            changes,
            beside,
        }
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
        let (plan, span) = (self.plan, self.whole.unwrap_or((on, on)));
        self.nights.entry(&window.id).or_insert_with(|| nights(window, plan, span)).get(&on).cloned()
    }

    /// Decides what becomes of a row with a date.
    pub fn judge(&mut self, row: &DateRow) -> Fate {
        let own = times(&row.settings, self.plan);
        let name = row.settings.name.to_lowercase();
        let candidates = self.candidates(&row.settings);
        // A change with another ticket is another one, unless it takes place at exactly the same time.
        let named = self.by_name.get(&name).cloned().unwrap_or_default();
        let mut other = None;
        let mut unlike: Vec<&'a MaintenanceWindow> = Vec::new();
        for window in candidates.iter().copied().chain(named) {
            let Some(night) = self.night(window, row.on) else { continue };
            if self.is_at(&night.times, row, &own) || self.is_at(&usual(window, row.on, self.plan), row, &own) {
                if self.is_another_change(window, &row.settings) || unlike.iter().any(|known| known.id == window.id) {
                    continue;
                }
                if !unlike_fields(window, &row.settings).is_empty() {
                    unlike.push(window);
                    continue;
                }
                let change = self.change(window, row.line);
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
        if let Some(window) = unlike.first() {
            let change = self.change(window, row.line);
            change.seen.insert(row.on);
            change.differs = true;
            let (line, settings, is_unclear) = (row.line, row.settings.clone(), unlike.len() > 1);
            change.unlike.push(UnlikeRow { line, settings, is_unclear });
            return Fate::Unlike(window.id.clone());
        }
        if let Some((window, night)) = other {
            let change = self.change(window, row.line);
            change.seen.insert(row.on);
            change.differs = true;
            let times = in_words(&night.times, &own);
            return Fate::Refused(format!(
                "\"{}\" is in the plan already with other times on {} ({times}): change it in the plan, or rename it in the \
                 table",
                window.name, row.on
            ));
        }
        if let ([window], Some(moved)) = (&*candidates, self.moves.get(&row.settings.ticket).cloned())
            && moved.to == row.on
        {
            let change = self.change(window, row.line);
            change.seen.insert(row.on);
            if change.moved.replace(moved).is_none() {
                return Fate::Added;
            }
            return Fate::Refused(format!("the date {} is there twice", row.on));
        }
        if let Some(window) = candidates.iter().find(|window| usual(window, row.on, self.plan) == own) {
            let added = ListedDate { on: row.on, words: row.words.clone() };
            let change = self.change(window, row.line);
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

    /// Whether these times are those of a row, as the window has them or at the instants at which it takes place.
    fn is_at(&self, times: &Times, row: &DateRow, own: &Times) -> bool {
        times == own || times.zone == own.zone && at_instants(times, row.on, self.plan).as_ref() == Some(own)
    }

    /// Whether the table has the ticket of the window, and a row another one: then the row is about another change.
    fn is_another_change(&self, window: &MaintenanceWindow, row: &WindowSettings) -> bool {
        let (own, other) = (&window.change_ticket, &row.ticket);
        !own.is_empty() && !other.is_empty() && own != other && self.tickets.contains(own)
    }

    /// Decides what becomes of a row with a rule and no date.
    pub fn judge_rule(&mut self, row: &RuleRow) -> Fate {
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
        let same: Vec<&MaintenanceWindow> =
            candidates.iter().copied().filter(|window| is_it(window) && has_bounds(window, bounds)).collect();
        if !same.is_empty() {
            return self.known_rule(row, &same);
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

    /// What becomes of a row whose rule and times these windows have.
    fn known_rule(&mut self, row: &RuleRow, same: &[&'a MaintenanceWindow]) -> Fate {
        let like = same.iter().find(|window| unlike_fields(window, &row.settings).is_empty());
        let Some(window) = like.or(same.first()).copied() else { return Fate::New };
        let change = self.change(window, row.line);
        change.is_by_rule = true;
        if like.is_some() {
            change.known_rules += 1;
            return Fate::Known;
        }
        let (line, settings, is_unclear) = (row.line, row.settings.clone(), same.len() > 1);
        change.unlike.push(UnlikeRow { line, settings, is_unclear });
        Fate::Unlike(window.id.clone())
    }

    /// What stays planned although a row says that it is cancelled.
    pub fn cancelled(&mut self, row: &DateRow) -> Option<String> {
        let listed = (row.settings.name.to_lowercase(), row.on, times(&row.settings, self.plan));
        let is_moved = self.moves.get(&row.settings.ticket).is_some_and(|moved| moved.from == row.on);
        if is_moved || self.listed.contains(&listed) {
            // It moves, or other rows say that it takes place, for other systems.
            return None;
        }
        let candidates = self.candidates(&row.settings);
        for window in candidates.iter().copied() {
            if self.night(window, row.on).is_some_and(|night| !night.is_off) {
                self.change(window, row.line).seen.insert(row.on);
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

    fn change(&mut self, window: &'a MaintenanceWindow, line: usize) -> &mut Change<'a> {
        self.changes.entry(&window.id).or_insert_with(|| Change::new(window, line))
    }

    /// The windows of the plan with what changes in them, and what a person should know.
    pub fn finish(mut self) -> Finished {
        let mut finished = Finished::default();
        let changes = std::mem::take(&mut self.changes);
        for (id, change) in &changes {
            change.finish(self.plan, &mut finished);
            finished.messages.extend(self.gone(id, change).map(|message| (None, message)));
        }
        for (name, count) in &self.beside {
            let dates = counted(*count, "date");
            let message =
                format!("\"{name}\" is in the plan already with other times: {dates} become a window of the same name");
            finished.messages.push((None, message));
        }
        finished.messages.extend(self.missing(&changes).map(|message| (None, message)));
        finished
    }

    /// Says which dates of a window the table no longer has. Many tables have only some months, so only dates between
    /// those of the table count, unless it is the table that gave the window or the ticket is the same.
    fn gone(&self, id: &WindowId, change: &Change<'_>) -> Option<String> {
        let window = change.window;
        if change.is_by_rule {
            return None;
        }
        let has_ticket = !window.change_ticket.is_empty() && self.tickets.contains(&window.change_ticket);
        let is_same = has_ticket || is_from(window, self.file_name);
        let (from, to) = if is_same { self.whole? } else { self.span? };
        let moved = change.moved.as_ref().map(|moved| moved.from);
        let is_gone = |on: &NaiveDate| (from..=to).contains(on) && !change.seen.contains(on) && Some(*on) != moved;
        let nights = self.nights.get(id).into_iter().flatten();
        let gone = nights.filter(|(on, night)| !night.is_off && is_gone(on)).map(|(on, _)| on.to_string());
        let gone: Vec<String> = gone.collect();
        if gone.is_empty() {
            return None;
        }
        let verb = if gone.len() == 1 { "is not in the table and stays" } else { "are not in the table and stay" };
        let dates = list_in_sentence(gone, MOST_DATES);
        Some(format!("\"{}\": {dates} {verb} planned: skip what does not take place in the plan", window.name))
    }

    /// Says which windows that an earlier version of the table gave are no longer in it.
    fn missing(&self, changes: &BTreeMap<&WindowId, Change<'_>>) -> Option<String> {
        let is_missing = |window: &&MaintenanceWindow| {
            is_from(window, self.file_name)
                && !changes.contains_key(&window.id)
                && !self.names.contains(&window.name.to_lowercase())
                && (window.change_ticket.is_empty() || !self.tickets.contains(&window.change_ticket))
        };
        let all = self.plan.windows().iter().map(|window| &**window).filter(is_missing);
        let missing: Vec<String> = all.map(|window| format!("\"{}\"", window.name)).collect();
        let verb =
            if missing.len() == 1 { "was in the table before and stays" } else { "were in the table before and stay" };
        let windows = counted(missing.len(), "window");
        let names = list_in_sentence(missing.iter(), MOST_DATES);
        (!missing.is_empty()).then(|| format!("{windows} of the plan {verb} planned: {names}"))
    }
}
