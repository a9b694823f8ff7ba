//! Which windows are in which section of the rows. Pure.

use std::collections::BTreeSet;

use crate::model::{Stage, Team};
use crate::schedule::{Schedule, WindowSchedule};
use crate::session::{FilterMatches, RowGrouping};

/// Windows that belong together, below one head.
#[derive(Debug, PartialEq, Eq)]
pub struct Section {
    /// Empty if all windows are in one section.
    pub title: String,
    pub stage: Option<Stage>,
    /// Indices into `Schedule::windows`, sorted by name.
    pub windows: Vec<u32>,
}

/// The windows that the filter leaves, by section; a window that belongs to several sections is in each of them. Sections without windows are
/// left out.
pub fn sections(schedule: &Schedule, by: RowGrouping, matches: Option<&FilterMatches>) -> Vec<Section> {
    let mut sections = match by {
        RowGrouping::Nothing => vec![Section { title: String::new(), stage: None, windows: all(schedule) }],
        RowGrouping::Stage => by_stage(schedule),
        RowGrouping::Ladder => by_ladder(schedule),
        RowGrouping::Group => by_group(schedule),
        RowGrouping::Area => by_area(schedule),
        RowGrouping::Team => by_team(schedule),
    };
    for section in &mut sections {
        if let Some(matches) = matches {
            section.windows.retain(|window| matches.contains(*window));
        }
        section.windows.sort_by_cached_key(|index| {
            let window = &schedule.windows[*index as usize].window;
            (window.name.to_lowercase(), window.id.clone())
        });
    }
    sections.retain(|section| !section.windows.is_empty());
    sections
}

fn all(schedule: &Schedule) -> Vec<u32> {
    (0..schedule.windows.len() as u32).collect()
}

fn those(schedule: &Schedule, is_in: impl Fn(&WindowSchedule) -> bool) -> Vec<u32> {
    all(schedule).into_iter().filter(|index| is_in(&schedule.windows[*index as usize])).collect()
}

fn section(title: impl Into<String>, windows: Vec<u32>) -> Section {
    Section { title: title.into(), stage: None, windows }
}

/// The windows that are in no other section.
fn rest(schedule: &Schedule, title: &str, sections: &[Section]) -> Section {
    let known: BTreeSet<u32> = sections.iter().flat_map(|section| &section.windows).copied().collect();
    section(title, all(schedule).into_iter().filter(|index| !known.contains(index)).collect())
}

fn by_stage(schedule: &Schedule) -> Vec<Section> {
    let staged = |stage: Option<Stage>| Section {
        title: stage.map_or("No stage", Stage::name).to_owned(),
        stage,
        windows: those(schedule, |window| window.scope.stage == stage),
    };
    Stage::ALL.into_iter().map(Some).chain([None]).map(staged).collect()
}

fn by_ladder(schedule: &Schedule) -> Vec<Section> {
    let reaches = schedule.reaches.iter();
    let mut sections: Vec<_> =
        reaches.map(|reach| section(reach.ladder.name.clone(), reach.windows.to_vec())).collect();
    sections.push(rest(schedule, "No ladder", &sections));
    sections
}

fn by_group(schedule: &Schedule) -> Vec<Section> {
    let mut sections = Vec::new();
    for reach in schedule.reaches.iter() {
        for (index, group) in reach.ladder.groups.iter().enumerate() {
            sections.push(Section {
                title: format!("{} · {}", reach.ladder.name, group.name),
                stage: Some(group.stage),
                windows: reach.windows_of(index).into_iter().collect(),
            });
        }
    }
    sections.push(rest(schedule, "No group", &sections));
    sections
}

fn by_area(schedule: &Schedule) -> Vec<Section> {
    let areas = schedule.plan.areas().iter();
    let mut sections: Vec<_> =
        areas.map(|area| section(area.name.clone(), those(schedule, |window| window.affects_area(&area.id)))).collect();
    sections.push(rest(schedule, "No business area", &sections));
    sections
}

fn by_team(schedule: &Schedule) -> Vec<Section> {
    let booked = |team: &Team| those(schedule, |window| window.window.has_booked(team));
    let mut sections: Vec<_> =
        schedule.plan.teams().iter().map(|team| section(team.name.clone(), booked(team))).collect();
    sections.push(rest(schedule, "No team", &sections));
    sections
}
