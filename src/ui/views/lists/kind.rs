//! The kinds of records, and one table line for each record.

use std::cmp::Ordering;

use crate::model::{FreezeScope, Plan, Subject};
use crate::ui::parts::search::SearchWords;
use crate::wording;

/// The kind of records in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RecordKind {
    Windows,
    #[default]
    Systems,
    Areas,
    Ladders,
    Releases,
    Freezes,
    Holidays,
    Checklists,
    People,
    Teams,
}

impl RecordKind {
    pub const ALL: [Self; 10] = [
        Self::Windows,
        Self::Systems,
        Self::Areas,
        Self::Ladders,
        Self::Releases,
        Self::Freezes,
        Self::Holidays,
        Self::Checklists,
        Self::People,
        Self::Teams,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Windows => "Windows",
            Self::Systems => "Systems",
            Self::Areas => "Business areas",
            Self::Ladders => "Ladders",
            Self::Releases => "Release calendars",
            Self::Freezes => "Freezes",
            Self::Holidays => "Holidays",
            Self::Checklists => "Checklists",
            Self::People => "People",
            Self::Teams => "Teams",
        }
    }

    /// The column heads; the first is always the name.
    pub fn heads(self) -> [&'static str; 4] {
        match self {
            Self::Windows => ["Name", "Rule", "Start", "Length"],
            Self::Systems => ["Name", "Area", "Platform", "Hosts"],
            Self::Areas => ["Name", "Owner", "E-mail", "Systems"],
            Self::Ladders => ["Name", "For", "Release calendar", "Groups"],
            Self::Releases => ["Name", "Vendor", "First rule", "Rules"],
            Self::Freezes => ["Name", "From", "To", "Covers"],
            Self::Holidays => ["Name", "First", "Last", "Days"],
            Self::Checklists => ["Name", "Items", "Windows", "Groups and types"],
            Self::People => ["Name", "Teams", "E-mail", "Away"],
            Self::Teams => ["Name", "In order", "Needed", "People"],
        }
    }

    pub fn count(self, plan: &Plan) -> usize {
        match self {
            Self::Windows => plan.windows().len(),
            Self::Systems => plan.systems().len(),
            Self::Areas => plan.areas().len(),
            Self::Ladders => plan.ladders().len(),
            Self::Releases => plan.releases().len(),
            Self::Freezes => plan.freezes().len(),
            Self::Holidays => plan.holidays().len(),
            Self::Checklists => plan.checklists().len(),
            Self::People => plan.people().len(),
            Self::Teams => plan.teams().len(),
        }
    }

    pub fn for_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Plan | Subject::Advisory(_) | Subject::Severity(_) => None,
            Subject::Person(_) => Some(Self::People),
            Subject::Team(_) => Some(Self::Teams),
            Subject::Area(_) => Some(Self::Areas),
            Subject::Checklist(_) => Some(Self::Checklists),
            Subject::Freeze(_) => Some(Self::Freezes),
            Subject::Group(_) | Subject::Ladder(_) => Some(Self::Ladders),
            Subject::Holidays(_) => Some(Self::Holidays),
            Subject::Release(_) => Some(Self::Releases),
            Subject::System(_) => Some(Self::Systems),
            Subject::Window(_) => Some(Self::Windows),
        }
    }
}

/// One record as a row of the table.
pub struct Line {
    pub subject: Subject,
    pub cells: [String; 4],
    /// The sort keys of the columns whose text would sort wrongly.
    keys: [Option<i64>; 4],
}

impl Line {
    fn new(subject: Subject, cells: [String; 4], keys: [Option<i64>; 4]) -> Self {
        Self { subject, cells, keys }
    }

    /// The name for screen readers: "Core DB, Payments, Linux, 40".
    pub fn name(&self) -> String {
        let filled = self.cells.iter().filter(|cell| !cell.is_empty());
        filled.map(String::as_str).collect::<Vec<_>>().join(", ")
    }

    /// Whether the column holds a number, which is aligned at the right.
    pub fn is_number(&self, column: usize) -> bool {
        self.cells[column].bytes().all(|byte| byte.is_ascii_digit()) && self.keys[column].is_some()
    }

    fn compare(&self, other: &Self, column: usize) -> Ordering {
        match (self.keys[column], other.keys[column]) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => self.cells[column].to_lowercase().cmp(&other.cells[column].to_lowercase()),
        }
    }
}

/// The records of a kind that match `filter`, sorted by a column, then by name.
pub fn lines(plan: &Plan, kind: RecordKind, filter: &str, column: usize, is_descending: bool) -> Vec<Line> {
    let words = SearchWords::new(filter);
    let mut lines = all(plan, kind);
    lines.retain(|line| words.are_in(&line.cells.join(" ")));
    lines.sort_by(|a, b| {
        let order = a.compare(b, column);
        if is_descending { order.reverse() } else { order }.then_with(|| a.compare(b, 0))
    });
    lines
}

fn number(n: usize) -> (String, Option<i64>) {
    (n.to_string(), Some(n as i64))
}

fn day(on: Option<chrono::NaiveDate>) -> (String, Option<i64>) {
    on.map_or((String::new(), Some(0)), |on| (wording::date(on), Some(crate::model::day_number(on).into())))
}

fn text(text: impl Into<String>) -> (String, Option<i64>) {
    (text.into(), None)
}

fn line(subject: Subject, name: &str, rest: [(String, Option<i64>); 3]) -> Line {
    let [(a, ka), (b, kb), (c, kc)] = rest;
    Line::new(subject, [name.to_owned(), a, b, c], [None, ka, kb, kc])
}

fn all(plan: &Plan, kind: RecordKind) -> Vec<Line> {
    match kind {
        RecordKind::Windows => windows(plan),
        RecordKind::Systems => systems(plan),
        RecordKind::Areas => areas(plan),
        RecordKind::Ladders => ladders(plan),
        RecordKind::Releases => releases(plan),
        RecordKind::Freezes => freezes(plan),
        RecordKind::Holidays => holidays(plan),
        RecordKind::Checklists => checklists(plan),
        RecordKind::People => people(plan),
        RecordKind::Teams => teams(plan),
    }
}

fn windows(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::MaintenanceWindow>| {
        let length = (each.duration.to_string(), Some(each.duration.0.into()));
        let rest = [text(plan.rule_in_words(each)), text(wording::time(each.start)), length];
        line(Subject::Window(each.id.clone()), &each.name, rest)
    };
    plan.windows().iter().map(line).collect()
}

fn systems(plan: &Plan) -> Vec<Line> {
    let area = |id: &crate::model::AreaId| plan.areas().name_of(id);
    let line = |each: &std::sync::Arc<crate::model::System>| {
        let rest = [
            text(each.area.as_ref().map_or_else(String::new, area)),
            text(&each.platform),
            number(each.hosts as usize),
        ];
        line(Subject::System(each.id.clone()), &each.name, rest)
    };
    plan.systems().iter().map(line).collect()
}

fn areas(plan: &Plan) -> Vec<Line> {
    let mut counts = std::collections::HashMap::new();
    for area in plan.systems().iter().filter_map(|system| system.area.as_ref()) {
        *counts.entry(area).or_insert(0) += 1;
    }
    let line = |each: &std::sync::Arc<crate::model::BusinessArea>| {
        let systems = counts.get(&each.id).copied().unwrap_or(0);
        line(Subject::Area(each.id.clone()), &each.name, [text(&each.owner), text(&each.email), number(systems)])
    };
    plan.areas().iter().map(line).collect()
}

fn ladders(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::Ladder>| {
        let release = each.release.as_ref().map_or_else(String::new, |id| plan.release_name(id));
        let rest = [text(each.class.name()), text(release), number(each.groups.len())];
        line(Subject::Ladder(each.id.clone()), &each.name, rest)
    };
    plan.ladders().iter().map(line).collect()
}

fn releases(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::ReleaseCalendar>| {
        let first = each.cadences.first().map_or_else(String::new, |cadence| cadence.on.in_words());
        let rest = [text(&each.vendor), text(first), number(each.cadences.len())];
        line(Subject::Release(each.id.clone()), &each.name, rest)
    };
    plan.releases().iter().map(line).collect()
}

fn freezes(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::ChangeFreeze>| {
        let covers = match &each.scope {
            FreezeScope::Everything => "Everything".to_owned(),
            FreezeScope::Areas(ids) => format!("Areas: {}", ids.len()),
            FreezeScope::Ladders(ids) => format!("Ladders: {}", ids.len()),
            FreezeScope::Systems(ids) => format!("Systems: {}", ids.len()),
        };
        let covers = each.period_in_words().map_or(covers.clone(), |again| format!("{covers}, {again}"));
        let rest = [day(Some(each.first_on)), day(Some(each.last_on)), text(covers)];
        line(Subject::Freeze(each.id.clone()), &each.name, rest)
    };
    plan.freezes().iter().map(line).collect()
}

fn holidays(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::HolidayCalendar>| {
        let (first, last) = (each.days.first().map(|day| day.on), each.days.last().map(|day| day.on));
        line(Subject::Holidays(each.id.clone()), &each.name, [day(first), day(last), number(each.days.len())])
    };
    plan.holidays().iter().map(line).collect()
}

fn checklists(plan: &Plan) -> Vec<Line> {
    let mut windows = std::collections::BTreeMap::<_, usize>::new();
    for id in plan.windows().iter().filter_map(|window| plan.checklist_id_for(window)) {
        *windows.entry(id).or_default() += 1;
    }
    let line = |each: &std::sync::Arc<crate::model::ChecklistTemplate>| {
        let windows = windows.get(&each.id).copied().unwrap_or(0);
        let types =
            plan.policy().window_types.iter().filter(|window_type| window_type.checklist.as_ref() == Some(&each.id));
        let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups);
        let groups = groups.filter(|group| group.checklist.as_ref() == Some(&each.id)).map(|group| &*group.name);
        let namers = groups.chain(types.map(|window_type| window_type.kind.name())).collect::<Vec<_>>().join(", ");
        line(Subject::Checklist(each.id.clone()), &each.name, [number(each.items.len()), number(windows), text(namers)])
    };
    plan.checklists().iter().map(line).collect()
}

fn people(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::Person>| {
        let teams = plan.teams().iter().filter(|team| team.people.contains(&each.id));
        let teams: Vec<&str> = teams.map(|team| team.name.as_str()).collect();
        let rest = [text(teams.join(", ")), text(&each.email), number(each.away.len())];
        line(Subject::Person(each.id.clone()), &each.name, rest)
    };
    plan.people().iter().map(line).collect()
}

fn teams(plan: &Plan) -> Vec<Line> {
    let line = |each: &std::sync::Arc<crate::model::Team>| {
        let names = each.people.iter().map(|id| plan.people().get(id).map_or(id.as_str(), |person| &person.name));
        let needed = each.needed.map_or_else(|| text("all"), |needed| number(needed.into()));
        let rest = [text(names.collect::<Vec<_>>().join(", ")), needed, number(each.people.len())];
        line(Subject::Team(each.id.clone()), &each.name, rest)
    };
    plan.teams().iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Horizon, System};

    fn plan() -> Plan {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let system =
            |id: &str, name: &str, hosts| System { id: id.into(), name: name.into(), hosts, ..System::default() };
        parts.systems =
            [system("a", "Web", 9), system("b", "core DB", 40), system("c", "Ledger", 9)].into_iter().collect();
        parts.into()
    }

    fn names(filter: &str, column: usize, is_descending: bool) -> Vec<String> {
        let lines = lines(&plan(), RecordKind::Systems, filter, column, is_descending);
        lines.into_iter().map(|line| line.cells[0].clone()).collect()
    }

    #[test]
    fn names_are_ordered_without_regard_to_case() {
        assert_eq!(names("", 0, false), ["core DB", "Ledger", "Web"]);
        assert_eq!(names("", 0, true), ["Web", "Ledger", "core DB"]);
    }

    #[test]
    fn numbers_are_ordered_as_numbers_and_equal_ones_by_name() {
        assert_eq!(names("", 3, false), ["Ledger", "Web", "core DB"]);
    }

    #[test]
    fn a_filter_finds_words_anywhere() {
        assert_eq!(names("db CORE", 0, false), ["core DB"]);
        assert!(names("nothing", 0, false).is_empty());
    }
}
