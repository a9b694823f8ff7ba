//! Everything that the palette can find in a plan.

use std::path::PathBuf;

use egui::Context;
use lucide_icons::Icon;

use crate::model::{Assignee, Plan, Subject};
use crate::quick_add::{TypedWindow, read_window};
use crate::session::{Command, Destination};
use crate::sheet::RecordKind;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::wording::{self, counted};

/// Something that can be found by its name.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it is, in one or two words.
    pub kind: &'static str,
    pub title: String,
    /// More about it; the search covers it too.
    pub detail: String,
    pub target: Target,
    /// The words of title and detail in lower case, starting with those of the title.
    pub words: Vec<String>,
    /// The number of words in the title.
    pub title_words: usize,
}

/// What Enter does.
#[derive(Clone, Debug)]
pub enum Target {
    Command(Command),
    Destination(Destination),
    File(PathBuf),
    /// Uses the saved filter of that name.
    Filter(String),
    /// Adds a record of that kind and opens its form.
    NewRecord(RecordKind),
    /// Adds the window that was typed.
    TypedWindow(Box<TypedWindow>),
}

impl Entry {
    pub fn new(kind: &'static str, title: impl Into<String>, detail: impl Into<String>, target: Target) -> Self {
        let (title, detail) = (title.into(), detail.into());
        let mut words = split(&title);
        let title_words = words.len();
        words.extend(split(&detail));
        Self { kind, title, detail, target, words, title_words }
    }

    pub fn is_enabled(&self, cx: &Cx<'_>) -> bool {
        match self.target {
            Target::Command(command) => cx.is_enabled(command),
            Target::NewRecord(_) => cx.is_editable(),
            Target::Destination(_) | Target::File(_) | Target::Filter(_) | Target::TypedWindow(_) => true,
        }
    }

    pub fn keys(&self, ctx: &Context) -> String {
        match self.target {
            Target::Command(command) => keys::text(ctx, command),
            _ => String::new(),
        }
    }
}

/// Splits a text into words in lower case, without punctuation.
pub fn split(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Joins the non-empty parts with a dot.
fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// All entries of the plan, commands first.
pub fn all(cx: &Cx<'_>) -> Vec<Entry> {
    let plan = cx.plan();
    let mut all = commands(cx);
    all.extend(new_records());
    all.extend(lists(plan));
    all.extend(windows(plan));
    all.extend(systems(plan));
    all.extend(groups(plan));
    all.extend(freezes_and_areas(plan));
    all.extend(people(plan));
    all.extend(routines(plan));
    all.extend(checklists_and_advisories(plan));
    all.extend(findings(cx));
    all.extend(saved_filters(cx));
    all.extend(recent_plans(cx));
    all
}

/// The entries for an empty query: what was used last, what fits the selection, the views, then all others.
pub fn begin(cx: &Cx<'_>, all: &[Entry], recent: &[(&'static str, String)]) -> Vec<Entry> {
    let order = |entry: &Entry| {
        let used = recent.iter().position(|(kind, title)| *kind == entry.kind && *title == entry.title);
        match (used, &entry.target) {
            (Some(used), _) => (0, used),
            (None, Target::Command(command)) if fits_selection(*command) && cx.is_enabled(*command) => (1, 0),
            (None, Target::Command(command)) if shows_view(*command) => (2, 0),
            _ => (3, 0),
        }
    };
    let mut begun: Vec<Entry> = all.to_vec();
    begun.sort_by_cached_key(order);
    begun
}

/// Whether a command acts on what is selected.
fn fits_selection(command: Command) -> bool {
    matches!(
        command,
        Command::Rename
            | Command::DuplicateWindow
            | Command::Remove
            | Command::SkipOccurrence
            | Command::AddDate
            | Command::RestoreOccurrence
            | Command::AskedThisDate
            | Command::AgreedThisDate
            | Command::AskedAllDates
            | Command::AgreedAllDates
            | Command::WeekEarlier
            | Command::WeekLater
            | Command::KeepTimes
            | Command::FixFinding
            | Command::AcceptFinding
            | Command::KeepOurs
            | Command::TakeTheirs
            | Command::CopyChecklist
    )
}

/// Whether a command shows a view or a page of the calendar.
fn shows_view(command: Command) -> bool {
    matches!(
        command,
        Command::Show(_)
            | Command::ShowPlanner
            | Command::ShowMonths
            | Command::ShowMonth
            | Command::ShowDay
            | Command::ShowAgenda
            | Command::ShowNotices
            | Command::ShowAdvisoryBoard
            | Command::ShowReleaseBoard
            | Command::Today
    )
}

/// The icon of a kind.
pub fn icon(kind: &str) -> Icon {
    match kind {
        "Command" => Icon::ChevronRight,
        "Window" => Icon::CalendarClock,
        "System" => Icon::Server,
        "Group" => Icon::Columns3,
        "Freeze" => Icon::Snowflake,
        "Area" => Icon::Building2,
        "Person" => Icon::User,
        "Team" => Icon::Users,
        "Scan routine" => Icon::Radar,
        "Bulletin duty" => Icon::Newspaper,
        "Checklist" => Icon::ListChecks,
        "Advisory" => Icon::ShieldAlert,
        "Filter" => Icon::Funnel,
        "List" => Icon::List,
        "Recent plan" => Icon::File,
        "Finding" => Icon::TriangleAlert,
        "Day" | "Occurrence" => Icon::CalendarDays,
        _ => Icon::Dot,
    }
}

fn subject(subject: Subject) -> Target {
    Target::Destination(Destination::Subject(subject))
}

fn commands(cx: &Cx<'_>) -> Vec<Entry> {
    let entry = |command: Command| {
        let detail = cx.unavailable_reason(command).unwrap_or(command.help());
        Entry::new("Command", cx.label(command), detail, Target::Command(command))
    };
    Command::all().filter(|command| *command != Command::Palette).map(entry).collect()
}

/// "New system", and so on for each kind that has no command of its own.
fn new_records() -> impl Iterator<Item = Entry> {
    let has_command =
        |kind: &RecordKind| matches!(kind, RecordKind::Windows | RecordKind::Freezes | RecordKind::Checklists);
    RecordKind::ALL.into_iter().filter(move |kind| !has_command(kind)).map(|kind| {
        let detail = format!("Add a record to the list {}", kind.name());
        Entry::new("Command", format!("New {}", kind.noun()), detail, Target::NewRecord(kind))
    })
}

/// The lists, by name. One without records has its "New …".
fn lists(plan: &Plan) -> impl Iterator<Item = Entry> {
    RecordKind::ALL.into_iter().filter_map(|kind| {
        let first = Target::Destination(Destination::List(kind.first(plan)?));
        Some(Entry::new("List", kind.name(), counted(kind.count(plan) as i64, kind.noun()), first))
    })
}

fn windows(plan: &Plan) -> impl Iterator<Item = Entry> {
    plan.windows().iter().map(|window| {
        let detail = joined(&[&plan.rule_in_words(window), &window.change_ticket]);
        Entry::new("Window", &*window.name, detail, subject(Subject::Window(window.id.clone())))
    })
}

fn systems(plan: &Plan) -> impl Iterator<Item = Entry> {
    plan.systems().iter().map(|system| {
        let area = system.area.as_ref().and_then(|area| plan.areas().get(area)).map_or("", |area| &area.name);
        let detail = joined(&[area, &system.platform]);
        Entry::new("System", &*system.name, detail, subject(Subject::System(system.id.clone())))
    })
}

fn groups(plan: &Plan) -> impl Iterator<Item = Entry> {
    let groups = plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
    groups.map(|(ladder, group)| {
        let detail = joined(&[&ladder.name, group.stage.name()]);
        Entry::new("Group", &*group.name, detail, subject(Subject::Group(group.id.clone())))
    })
}

fn freezes_and_areas(plan: &Plan) -> impl Iterator<Item = Entry> {
    let freezes = plan.freezes().iter().map(|freeze| {
        let detail = wording::dates(freeze.first_on, freeze.last_on);
        Entry::new("Freeze", &*freeze.name, detail, subject(Subject::Freeze(freeze.id.clone())))
    });
    let areas = plan.areas().iter();
    freezes
        .chain(areas.map(|area| Entry::new("Area", &*area.name, &*area.owner, subject(Subject::Area(area.id.clone())))))
}

fn people(plan: &Plan) -> impl Iterator<Item = Entry> {
    let people = plan.people().iter().map(|person| {
        let teams = plan.teams().iter().filter(|team| team.people.contains(&person.id));
        let teams: Vec<&str> = teams.map(|team| team.name.as_str()).chain([person.email.as_str()]).collect();
        Entry::new("Person", &*person.name, joined(&teams), subject(Subject::Person(person.id.clone())))
    });
    let teams = plan.teams().iter().map(|team| {
        let names = team.people.iter().filter_map(|id| plan.people().get(id)).map(|person| person.name.as_str());
        let detail = names.collect::<Vec<_>>().join(", ");
        Entry::new("Team", &*team.name, detail, subject(Subject::Team(team.id.clone())))
    });
    people.chain(teams)
}

fn routines(plan: &Plan) -> impl Iterator<Item = Entry> {
    let name = |who: Option<&Assignee>| who.map_or("", |who| who.name(plan)).to_owned();
    let scans = plan.scan_routines().iter().map(move |routine| {
        let detail = joined(&[routine.kind.name(), &routine.tool, &name(routine.who.as_ref())]);
        Entry::new("Scan routine", &*routine.name, detail, subject(Subject::ScanRoutine(routine.id.clone())))
    });
    let duties = plan.bulletin_duties().iter().map(move |duty| {
        let detail = joined(&[&duty.vendors.join(", "), &name(duty.owner.as_ref())]);
        Entry::new("Bulletin duty", &*duty.name, detail, subject(Subject::BulletinDuty(duty.id.clone())))
    });
    scans.chain(duties)
}

fn checklists_and_advisories(plan: &Plan) -> impl Iterator<Item = Entry> {
    let checklists = plan.checklists().iter().map(|checklist| {
        let detail = counted(checklist.items.len() as i64, "item");
        Entry::new("Checklist", &*checklist.name, detail, subject(Subject::Checklist(checklist.id.clone())))
    });
    let advisories = plan.advisories().iter().map(|advisory| {
        let title = format!("{} {}", advisory.number(), advisory.title);
        let detail = joined(&[&advisory.vendor, &advisory.product]);
        Entry::new("Advisory", title, detail, subject(Subject::Advisory(advisory.id.clone())))
    });
    checklists.chain(advisories)
}

/// The window that the query describes: "Core DB every Saturday 22:00 4h The rest". One that names no start is more likely a
/// search.
pub fn typed_window(plan: &Plan, query: &str) -> Option<Entry> {
    let typed = read_window(query, plan).ok().filter(|typed| typed.start.is_some())?;
    let window = typed.to_window(plan, "typed");
    let rule = plan.rule_in_words(&window);
    let hours = format!("{}, {}", wording::time(window.start), window.duration);
    let detail = format!("{rule}, {hours}; {}", typed.dates_in_words(plan));
    Some(Entry::new("Quick add", format!("Add window {}", window.name), detail, Target::TypedWindow(Box::new(typed))))
}

fn saved_filters(cx: &Cx<'_>) -> impl Iterator<Item = Entry> {
    let names = cx.settings().filters.iter().map(|saved| saved.name.as_str());
    names.map(|name| Entry::new("Filter", name, "Saved filter of the calendar", Target::Filter(name.to_owned())))
}

fn recent_plans(cx: &Cx<'_>) -> Vec<Entry> {
    let entry = |path: &PathBuf| {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        Entry::new("Recent plan", name, path.display().to_string(), Target::File(path.clone()))
    };
    cx.settings().recent.iter().map(entry).collect()
}

/// One entry for each rule with open findings; it leads to the first one.
fn findings(cx: &Cx<'_>) -> Vec<Entry> {
    let open: Vec<_> = cx.findings().open().collect();
    let entry = |same: &[&std::sync::Arc<crate::checks::Finding>]| {
        let first = &same[0];
        let title = format!("{} {}", first.rule.code, first.rule.name.replace('-', " "));
        let more = if same.len() > 1 { format!("{} × · ", same.len()) } else { String::new() };
        Entry::new(
            "Finding",
            title,
            format!("{more}{}", first.message),
            Target::Destination(Destination::for_finding(first)),
        )
    };
    open.chunk_by(|a, b| a.rule.code == b.rule.code).map(entry).collect()
}
