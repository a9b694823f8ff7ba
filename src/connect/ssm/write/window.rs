//! The maintenance windows of Systems Manager that a plan's windows become.

use super::limits::{ABILITIES, LONGEST_NAME, MOST_VALUES, MOST_WINDOWS, NAME_SIGNS, cron, tag_value};
use crate::connect::writing::{
    Entries, ExpressedWindow, Identifiers, NamedScope, WriteRequest, concurrency, cutoff_hours, title,
};
use crate::export::IsoInstant;
use crate::wording::iso;

/// A maintenance window as Systems Manager has it.
pub struct SsmWindow {
    pub name: String,
    pub description: String,
    pub schedule: String,
    pub offset: Option<i32>,
    /// None for single dates, which are in UTC.
    pub zone: Option<String>,
    /// When the rule begins and ends, in UTC. None for single dates.
    pub active: Option<(IsoInstant, IsoInstant)>,
    pub hours: u32,
    pub cutoff: u32,
    pub concurrency: String,
    pub errors: String,
    /// Tag and values of each of its targets.
    pub targets: Vec<(&'static str, Vec<String>)>,
}

/// All of them, in the order of the plan's windows, and what to remark.
pub fn ssm_windows(request: &WriteRequest<'_>) -> (Vec<SsmWindow>, Vec<String>) {
    let mut names = Identifiers::new(NAME_SIGNS, LONGEST_NAME);
    let (mut windows, mut untargeted) = (Vec::new(), Vec::new());
    for expressed in &request.windows {
        let scope = NamedScope::new(expressed.window, &request.schedule.plan);
        let targets = targets(scope);
        let before = windows.len();
        add(&mut windows, &mut names, expressed, &targets);
        if targets.is_empty() && windows.len() > before {
            untargeted.push(title(&expressed.window.window));
        }
    }
    let mut remarks = Vec::new();
    if !windows.is_empty() {
        remarks.push(
            "Instances are found by tags: PatchGroup is the name of a group, Name that of a system. Change them if yours \
             have others"
                .to_owned(),
        );
    }
    if windows.len() > MOST_WINDOWS {
        remarks.push(format!(
            "The file has {} maintenance windows, and AWS allows {MOST_WINDOWS} in an account and region: raise the quota first",
            windows.len()
        ));
    }
    if !untargeted.is_empty() {
        remarks.push(format!(
            "Without groups or systems, a window has no targets and does nothing: {}",
            crate::wording::list(untargeted, 5)
        ));
    }
    (windows, remarks)
}

fn targets(scope: NamedScope) -> Vec<(&'static str, Vec<String>)> {
    let chunks = |key: &'static str, names: Vec<String>| {
        let names: Vec<String> = names.into_iter().map(|name| tag_value(&name)).collect();
        names.chunks(MOST_VALUES).map(|chunk| (key, chunk.to_vec())).collect::<Vec<_>>()
    };
    [chunks("tag:PatchGroup", scope.groups), chunks("tag:Name", scope.systems)].concat()
}

fn add(
    windows: &mut Vec<SsmWindow>,
    names: &mut Identifiers,
    expressed: &ExpressedWindow<'_>,
    targets: &[(&'static str, Vec<String>)],
) {
    let record = &*expressed.window.window;
    let title = title(record);
    let with = |name: String, schedule: String, minutes: u32| SsmWindow {
        description: crate::export::clip_line(&title, 128),
        name,
        schedule,
        offset: None,
        zone: None,
        active: None,
        hours: minutes / ABILITIES.step,
        cutoff: cutoff_hours(record.cutoff.map(|cutoff| cutoff.0), minutes / ABILITIES.step),
        concurrency: concurrency(&record.batch),
        errors: record.max_fail_percent.map_or_else(|| "100%".to_owned(), |most| format!("{}%", most.min(100))),
        targets: targets.to_vec(),
    };
    match &expressed.entries {
        Entries::Rules(rules) => windows.extend(rules.iter().map(|rule| SsmWindow {
            offset: Some(rule.rhythm.offset()).filter(|offset| *offset > 0),
            zone: Some(rule.zone.clone()),
            active: Some((IsoInstant(rule.from_at), IsoInstant(rule.until_at))),
            ..with(names.next(&title), cron(rule), rule.minutes)
        })),
        Entries::Dates(dates) => windows.extend(dates.iter().map(|date| {
            // Without the Z: single dates are in UTC.
            let at = iso::utc_second(date.start_at());
            let name = names.next(&format!("{} {}", crate::export::clip_line(&title, 100), date.on()));
            with(name, format!("at({})", at.trim_end_matches('Z')), date.minutes)
        })),
        Entries::Nothing => {}
    }
}
