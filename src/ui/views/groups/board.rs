//! The content of the board: the columns of one ladder with their systems. Calculated once per plan, not per frame.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::{DeploymentGroup, GroupId, Ladder, LadderId, Plan, Stage, System, SystemId};
use crate::schedule::{Cycle, FitVerdict, LadderCycles, NoFit, Schedule};
use crate::session::Document;
use crate::ui::parts::occurrence_text;
use crate::ui::parts::search::SearchWords;
use crate::wording::{self, counted};

/// The columns of one ladder. The first contains the systems that are on no ladder at all.
pub struct Board {
    pub columns: Vec<Column>,
}

pub struct Column {
    /// `None` for the systems on no ladder.
    pub group: Option<GroupId>,
    pub name: String,
    pub stage: Option<Stage>,
    /// The hosts of all its systems, including those hidden by the filter.
    pub hosts: u32,
    /// When it is patched.
    pub when: String,
    /// The soak time after it.
    pub soak: String,
    /// Sorted by name.
    pub cards: Vec<Arc<System>>,
    pub foot: Option<Foot>,
}

/// A group's date in the next cycle.
pub struct Foot {
    pub cycle: String,
    pub at: String,
    pub day: String,
    pub fit: String,
    /// `None` if the fit is unknown or the group is not reached.
    pub verdict: Option<FitVerdict>,
}

impl Board {
    pub fn new(document: &Document, ladder: Option<&LadderId>, filter: &str) -> Self {
        let plan = document.plan();
        let wanted = ladder.and_then(|id| plan.ladders().get(id));
        let mut columns = vec![without_ladder(plan, filter)];
        if let Some(ladder) = wanted {
            let cycle = next_cycle(document, ladder);
            for (index, group) in ladder.groups.iter().enumerate() {
                let mut column = of_group(plan, ladder, index, group, filter);
                column.foot = cycle.as_ref().map(|cycle| cycle.foot(document.schedule(), index));
                columns.push(column);
            }
        }
        Self { columns }
    }

    /// The column and row of a system.
    pub fn find_card(&self, id: &SystemId) -> Option<(usize, usize)> {
        self.columns
            .iter()
            .enumerate()
            .find_map(|(column, each)| each.cards.iter().position(|system| system.id == *id).map(|row| (column, row)))
    }
}

fn without_ladder(plan: &Plan, filter: &str) -> Column {
    let in_groups: HashSet<&SystemId> =
        plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().flat_map(|group| &group.systems)).collect();
    let homeless = plan.systems().iter().filter(|system| !in_groups.contains(&system.id));
    Column {
        group: None,
        name: "On no ladder".to_owned(),
        stage: None,
        hosts: hosts(homeless.clone()),
        when: "Not patched by any group".to_owned(),
        soak: String::new(),
        cards: cards(plan, homeless, filter),
        foot: None,
    }
}

/// When a group is patched: the rule of its window, or how many of its systems have their own windows.
fn when(plan: &Plan, group: &DeploymentGroup) -> String {
    if let Some(window) = plan.windows().iter().find(|window| window.groups.contains(&group.id)) {
        return plan.rule_in_words(window);
    }
    let covers = |system: &&SystemId| plan.windows().iter().any(|window| window.systems.contains(*system));
    match group.systems.iter().filter(covers).count() {
        0 => "Not in a window yet".to_owned(),
        covered if covered == group.systems.len() => "Each system has its own windows".to_owned(),
        covered => format!("{covered} of {} have their own windows", counted(group.systems.len(), "system")),
    }
}

fn of_group(plan: &Plan, ladder: &Ladder, index: usize, group: &DeploymentGroup, filter: &str) -> Column {
    let systems = group.systems.iter().filter_map(|id| plan.systems().get(id));
    let is_last = index + 1 == ladder.groups.len();
    Column {
        group: Some(group.id.clone()),
        name: group.name.clone(),
        stage: Some(group.stage),
        hosts: hosts(systems.clone()),
        when: when(plan, group),
        soak: if is_last { "Ends the cycle".to_owned() } else { format!("Soak {}", plan.soak_after(group)) },
        cards: cards(plan, systems, filter),
        foot: None,
    }
}

fn hosts<'a>(systems: impl Iterator<Item = &'a Arc<System>>) -> u32 {
    systems.fold(0, |sum, system| sum.saturating_add(system.hosts))
}

/// The systems whose name, area or platform contain every word of `filter`, sorted by name.
fn cards<'a>(plan: &Plan, systems: impl Iterator<Item = &'a Arc<System>>, filter: &str) -> Vec<Arc<System>> {
    let words = SearchWords::new(filter);
    let matches = |system: &System| words.are_in(&format!("{} {}", system.name, about(plan, system)));
    let mut cards: Vec<_> = systems.filter(|system| words.is_empty() || matches(system)).cloned().collect();
    cards.sort_by_cached_key(|system| system.name.to_lowercase());
    cards
}

/// "Payments · Linux".
pub fn about(plan: &Plan, system: &System) -> String {
    let area = system.area.as_ref().map(|id| plan.areas().get(id).map_or(id.as_str(), |area| area.name.as_str()));
    let platform = Some(system.platform.as_str()).filter(|platform| !platform.is_empty());
    area.into_iter().chain(platform).collect::<Vec<_>>().join(" · ")
}

/// The next release on a ladder.
struct NextCycle {
    name: String,
    cycle: Cycle,
}

/// The first release from today on; if there is none, the plan's last one.
fn next_cycle(document: &Document, ladder: &Ladder) -> Option<NextCycle> {
    let schedule = document.schedule();
    let of_ladder = || schedule.releases.iter().filter(|release| Some(&release.calendar) == ladder.release.as_ref());
    let from_today = of_ladder().find(|release| schedule.zone.local(release.at).date() >= document.today());
    let released_at = from_today.or(of_ladder().next_back())?.at;
    let reach = schedule.reach(&ladder.id)?;
    let name = format!("{} cycle", wording::month(schedule.zone.local(released_at).date()));
    Some(NextCycle { name, cycle: LadderCycles::cycle_of(schedule, reach, released_at)? })
}

impl NextCycle {
    fn foot(&self, schedule: &Schedule, group: usize) -> Foot {
        let step = self.cycle.steps.iter().find(|step| step.group == group);
        let ended = step.and_then(|step| Some((step, schedule.occurrence(&step.ended_by.window, step.ended_by.on)?)));
        let Some((step, (window, last))) = ended else {
            return Foot {
                cycle: self.name.clone(),
                at: "Not reached in this plan".to_owned(),
                day: String::new(),
                fit: String::new(),
                verdict: None,
            };
        };
        let starts = window.local(step.start_at);
        let days = (starts.date() - window.local(self.cycle.released_at).date()).num_days();
        let (fit, verdict) = match window.fit(last) {
            Ok(fit) => {
                let (words, verdict) = occurrence_text::fit_in_words(&schedule.plan, &fit);
                (words, Some(verdict))
            }
            Err(NoFit::NoEstimate) => ("No estimate yet".to_owned(), None),
            Err(_) => (String::new(), None),
        };
        Foot { cycle: self.name.clone(), at: wording::short_moment(starts), day: format!("day {days}"), fit, verdict }
    }
}
