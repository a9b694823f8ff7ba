//! Options of an import, described as data so that the screen and the command line offer the same.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::tables::assigned::TitleRow;
use super::tables::cells;
use super::tables::system_names::SystemNames;
use crate::model::{DayOrder, GroupId, Minutes, Plan, ReleaseCalendar, ReleaseId, SystemId, WindowId, address};
use crate::wording::list_of_choices;
use crate::wording::typed::read_iso_date;

/// An option of a kind.
#[derive(Debug)]
pub struct OptionSpec {
    /// `--start` on the command line.
    pub id: &'static str,
    /// "Start" on screen.
    pub name: &'static str,
    /// What it does, without a full stop.
    pub help: &'static str,
    pub value: ValueKind,
    /// What applies without it, as part of a sentence: "22:00", "the plan's zone".
    pub default_text: &'static str,
    /// It applies to rows that say nothing about it.
    pub is_fallback: bool,
}

/// What can be entered for an option.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    Time,
    Length,
    Zone,
    /// Deployment groups of the plan, by id or name.
    Groups,
    /// "day-first" or "month-first".
    DayOrder,
    /// Columns of a table for fields of its kind, as "start=Beginn; end=Ende"; "titles" assigns none.
    Columns,
    /// The number of a line, or "none".
    TitleRow,
    /// Pairs of e-mail addresses of one person each: "ann+work@bank.example=ann@bank.example".
    Aliases,
    /// Hosts and the systems that they belong to: "db01=core-db".
    Hosts,
    /// Circuits and the systems that depend on them: "IC-1=core-db".
    Circuits,
    /// A window of the plan, by id or name.
    Window,
    /// A release calendar of the plan, by id or name.
    Release,
    Date,
    /// Names, separated by commas.
    Words,
    /// On or off.
    Switch,
}

/// What was entered for an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OptionValue {
    Time(NaiveTime),
    Length(Minutes),
    /// An IANA name.
    Zone(String),
    Groups(Vec<GroupId>),
    DayOrder(DayOrder),
    /// Ids of fields, and the titles of their columns.
    Columns(Vec<(String, String)>),
    TitleRow(TitleRow),
    /// The address that somebody used, and the known one.
    Aliases(Vec<(String, String)>),
    /// Hosts, or circuits, and their systems.
    Hosts(Vec<(String, SystemId)>),
    Words(Vec<String>),
    Window(WindowId),
    Release(ReleaseId),
    Date(NaiveDate),
    /// The switch is on.
    On,
}

/// The options that were set for an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    values: BTreeMap<&'static str, OptionValue>,
}

impl ValueKind {
    /// What the command line calls it: "TIME".
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Time => "TIME",
            Self::Length => "DURATION",
            Self::Zone => "ZONE",
            Self::Groups => "GROUP",
            Self::DayOrder => "ORDER",
            Self::Columns => "FIELD=TITLE",
            Self::TitleRow => "LINE",
            Self::Aliases => "ALIAS=ADDRESS",
            Self::Hosts => "HOST=SYSTEM",
            Self::Circuits => "CIRCUIT=SYSTEM",
            Self::Window => "WINDOW",
            Self::Release => "RELEASE",
            Self::Date => "DATE",
            Self::Words => "NAMES",
            Self::Switch => "",
        }
    }

    /// Understands what a person typed.
    ///
    /// # Errors
    /// What is wrong with it and what to write instead, as a sentence.
    pub fn parse(self, text: &str, plan: &Plan) -> Result<OptionValue, String> {
        match self {
            Self::Time => cells::time(text).map(OptionValue::Time),
            Self::Length => cells::duration(text).map(OptionValue::Length),
            Self::Zone => cells::zone(text).map(OptionValue::Zone),
            Self::DayOrder => {
                let order = DayOrder::ALL.into_iter().find(|order| order.id() == text.trim());
                let wrong = || format!("Unknown order of dates \"{text}\": use day-first or month-first");
                order.map(OptionValue::DayOrder).ok_or_else(wrong)
            }
            Self::Columns if text.trim() == "titles" => Ok(OptionValue::Columns(Vec::new())),
            Self::Columns => {
                let columns = text.split(['\n', ';']).map(str::trim).filter(|column| !column.is_empty());
                columns.map(column).collect::<Result<_, _>>().map(OptionValue::Columns)
            }
            Self::TitleRow => title_row(text).map(OptionValue::TitleRow),
            Self::Aliases => text.split(',').map(alias).collect::<Result<_, _>>().map(OptionValue::Aliases),
            Self::Hosts => pairs(text, ["host", "HOST=SYSTEM, e.g. db01=core-db"], plan).map(OptionValue::Hosts),
            Self::Circuits => {
                pairs(text, ["circuit", "CIRCUIT=SYSTEM, e.g. IC-1=core-db"], plan).map(OptionValue::Hosts)
            }
            Self::Window => window(text, plan).map(OptionValue::Window),
            Self::Release => release(text, plan).map(OptionValue::Release),
            Self::Date => read_iso_date(text.trim()).map(OptionValue::Date),
            Self::Words => Ok(OptionValue::Words(words(text))),
            Self::Switch => Ok(OptionValue::On),
            Self::Groups => {
                let mut unknown = None;
                let groups = cells::groups(text, plan, |name| unknown = Some(name.to_owned()));
                match unknown {
                    None => Ok(OptionValue::Groups(groups)),
                    Some(name) => Err(format!("Unknown group \"{name}\". Known groups: {}", known_groups(plan))),
                }
            }
        }
    }
}

/// The line of the titles, or "none".
fn title_row(text: &str) -> Result<TitleRow, String> {
    let line = text.trim().parse().ok().filter(|line| *line > 0).map(TitleRow::Line);
    let none = (text.trim() == "none").then_some(TitleRow::Missing);
    line.or(none).ok_or_else(|| format!("Invalid line \"{text}\": use the number of the line with the titles, or none"))
}

/// The field and the title of "start=Beginn".
fn column(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(field, title)| (field.trim().to_lowercase(), title.trim().to_owned()));
    let wrong = || format!("Invalid column \"{text}\": use FIELD=TITLE, e.g. start=Beginn");
    parts.filter(|(field, title)| !field.is_empty() && !title.is_empty()).ok_or_else(wrong)
}

/// The two addresses of "ann+work@bank.example=ann@bank.example".
fn alias(text: &str) -> Result<(String, String), String> {
    // An address may contain "=", so the last one that leaves two addresses counts.
    let mut pairs = text.rmatch_indices('=').map(|(at, _)| (address(&text[..at]), address(&text[at + 1..])));
    pairs.find_map(|(alias, known)| alias.zip(known)).ok_or_else(|| {
        format!("Invalid alias \"{}\": use two addresses, e.g. ann+work@bank.example=ann@bank.example", text.trim())
    })
}

/// The hosts, or circuits, and the systems of "db01=core-db, db02=core-db". `noun` and `form` say what is expected.
fn pairs(text: &str, [noun, form]: [&str; 2], plan: &Plan) -> Result<Vec<(String, SystemId)>, String> {
    let names = SystemNames::new(plan);
    let pairs = text.split([',', '\n']).map(str::trim).filter(|pair| !pair.is_empty());
    let pair = |pair: &str| {
        // A circuit may contain "=", the id of a system does not.
        let parts = pair.rsplit_once('=').map(|(thing, system)| (thing.trim(), system.trim()));
        let Some((thing, system)) = parts.filter(|(thing, _)| !thing.is_empty()) else {
            return Err(format!("Invalid {noun} \"{pair}\": use {form}"));
        };
        let systems: Vec<SystemId> = names.named(system).into_iter().flatten().collect();
        match systems.as_slice() {
            [system] => Ok((thing.to_owned(), system.clone())),
            [] => Err(format!("Unknown system \"{system}\": use the id or name of a system of the plan")),
            _ => Err(format!("Several systems are named \"{system}\": use the id of one")),
        }
    };
    pairs.map(pair).collect()
}

/// The window with that id or name.
fn window(text: &str, plan: &Plan) -> Result<WindowId, String> {
    let lower = text.trim().to_lowercase();
    if let Some(window) = plan.windows().get(&WindowId::new(&lower)) {
        return Ok(window.id.clone());
    }
    let named: Vec<_> = plan.windows().iter().filter(|window| window.name.to_lowercase() == lower).collect();
    match named.as_slice() {
        [window] => Ok(window.id.clone()),
        [] => Err(format!("Unknown window \"{text}\": use the id or name of a window of the plan")),
        _ => Err(format!("Several windows are called \"{text}\": use the id of one")),
    }
}

/// The release calendar with that id or name.
fn release(text: &str, plan: &Plan) -> Result<ReleaseId, String> {
    let wanted = text.trim().to_lowercase();
    let is_it = |release: &&std::sync::Arc<ReleaseCalendar>| {
        release.id.as_str() == wanted || release.name.to_lowercase() == wanted
    };
    let found = plan.releases().iter().find(is_it).map(|release| release.id.clone());
    found.ok_or_else(|| {
        let known: Vec<String> = plan.releases().iter().map(|release| release.id.to_string()).collect();
        format!("Unknown release calendar \"{text}\": use {}", list_of_choices(&known))
    })
}

/// The names between commas.
fn words(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// "servers-test, servers-pilot", or "none".
fn known_groups(plan: &Plan) -> String {
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
    let ids: Vec<&str> = groups.map(|group| group.id.as_str()).collect();
    if ids.is_empty() { "none".to_owned() } else { ids.join(", ") }
}

impl Options {
    /// Sets an option, or unsets it.
    pub fn set(&mut self, spec: &OptionSpec, value: Option<OptionValue>) {
        match value {
            Some(value) => self.values.insert(spec.id, value),
            None => self.values.remove(spec.id),
        };
    }

    pub fn get(&self, spec: &OptionSpec) -> Option<&OptionValue> {
        self.values.get(spec.id)
    }

    /// The time that was set for an option of [`ValueKind::Time`].
    pub fn time(&self, spec: &OptionSpec) -> Option<NaiveTime> {
        match self.get(spec)? {
            OptionValue::Time(time) => Some(*time),
            _ => None,
        }
    }

    /// The length that was set for an option of [`ValueKind::Length`].
    pub fn length(&self, spec: &OptionSpec) -> Option<Minutes> {
        match self.get(spec)? {
            OptionValue::Length(length) => Some(*length),
            _ => None,
        }
    }

    /// The zone that was set for an option of [`ValueKind::Zone`].
    pub fn zone(&self, spec: &OptionSpec) -> Option<&str> {
        match self.get(spec)? {
            OptionValue::Zone(zone) => Some(zone),
            _ => None,
        }
    }

    /// The order that was set for an option of [`ValueKind::DayOrder`].
    pub fn day_order(&self, spec: &OptionSpec) -> Option<DayOrder> {
        match self.get(spec)? {
            OptionValue::DayOrder(order) => Some(*order),
            _ => None,
        }
    }

    /// The columns that were set for an option of [`ValueKind::Columns`].
    pub fn columns(&self, spec: &OptionSpec) -> Option<&[(String, String)]> {
        match self.get(spec)? {
            OptionValue::Columns(columns) => Some(columns),
            _ => None,
        }
    }

    /// The line that was set for an option of [`ValueKind::TitleRow`].
    pub fn title_row(&self, spec: &OptionSpec) -> Option<TitleRow> {
        match self.get(spec)? {
            OptionValue::TitleRow(row) => Some(*row),
            _ => None,
        }
    }

    /// The aliases that were set for an option of [`ValueKind::Aliases`].
    pub fn aliases(&self, spec: &OptionSpec) -> &[(String, String)] {
        match self.get(spec) {
            Some(OptionValue::Aliases(aliases)) => aliases,
            _ => &[],
        }
    }

    /// The hosts or circuits that were set for an option of [`ValueKind::Hosts`] or [`ValueKind::Circuits`].
    pub fn hosts(&self, spec: &OptionSpec) -> &[(String, SystemId)] {
        match self.get(spec) {
            Some(OptionValue::Hosts(hosts)) => hosts,
            _ => &[],
        }
    }

    /// The groups that were set for an option of [`ValueKind::Groups`].
    pub fn groups(&self, spec: &OptionSpec) -> &[GroupId] {
        match self.get(spec) {
            Some(OptionValue::Groups(groups)) => groups,
            _ => &[],
        }
    }

    /// The names that were set for an option of [`ValueKind::Words`].
    pub fn words(&self, spec: &OptionSpec) -> &[String] {
        match self.get(spec) {
            Some(OptionValue::Words(words)) => words,
            _ => &[],
        }
    }

    /// The release calendar that was set for an option of [`ValueKind::Release`].
    pub fn release(&self, spec: &OptionSpec) -> Option<ReleaseId> {
        match self.get(spec) {
            Some(OptionValue::Release(release)) => Some(release.clone()),
            _ => None,
        }
    }

    /// Whether an option of [`ValueKind::Switch`] is on.
    pub fn is_on(&self, spec: &OptionSpec) -> bool {
        matches!(self.get(spec), Some(OptionValue::On))
    }
}
