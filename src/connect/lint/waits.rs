//! How long a patch waits for the windows of a plan after it was approved.

use chrono::Days;

use crate::model::{DeploymentGroup, LocalMinute, Minutes, UtcMinute, day_number};
use crate::schedule::{FreezeTimes, Occurrence, Schedule, WindowSchedule};

/// The occurrences that bring patches to a group.
pub struct GroupTimes {
    /// "Servers: pilot"
    pub name: String,
    /// Start and end, sorted by start.
    times: Vec<(UtcMinute, UtcMinute)>,
}

/// From the release of a patch to the end of the occurrence that installs it, over all days of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    pub shortest: Minutes,
    pub longest: Minutes,
}

impl GroupTimes {
    /// The groups with these names, without case; all groups if none has such a name. If the plan has no groups, all windows
    /// count as one. What a freeze stops is left out.
    pub fn named(schedule: &Schedule, names: &[String]) -> Vec<Self> {
        let plan = &schedule.plan;
        let groups = || plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
        let is_named = |group: &DeploymentGroup| {
            names.iter().any(|name| same_name(name, &group.name) || same_name(name, group.id.as_str()))
        };
        let has_named = groups().any(|(_, group)| is_named(group));
        let freezes = FreezeTimes::all(schedule);
        let found = groups().filter(|(_, group)| !has_named || is_named(group)).map(|(ladder, group)| {
            let is_of_group = |window: &&WindowSchedule| window.window.groups.contains(&group.id);
            let windows = schedule.windows.iter().map(|window| &**window).filter(is_of_group);
            Self { name: format!("{}: {}", ladder.name, group.name), times: times(windows, &freezes) }
        });
        let found: Vec<Self> = found.filter(|group| !group.times.is_empty()).collect();
        if !found.is_empty() {
            return found;
        }
        let times = times(schedule.windows.iter().map(|window| &**window), &freezes);
        Vec::from_iter((!times.is_empty()).then(|| Self { name: "all windows".to_owned(), times }))
    }

    /// The waits for patches that are approved `days` after the day of their release, in UTC as AWS counts. Releases after
    /// which no occurrence follows do not count. None if there is none.
    pub fn waits(&self, days: u32, schedule: &Schedule) -> Option<Waits> {
        let horizon = schedule.plan.horizon();
        let mut waits: Option<Waits> = None;
        for day in horizon.from.iter_days().take_while(|day| *day <= horizon.last()) {
            let Some(approved) = day.checked_add_days(Days::new(days.into())) else { break };
            let released_at = UtcMinute(day_number(day).saturating_mul(24 * 60));
            let approved_at = UtcMinute(LocalMinute::midnight(approved).0);
            let next = self.times.partition_point(|(start, _)| *start < approved_at);
            let Some((_, end)) = self.times.get(next) else { break };
            let wait = Minutes(u32::try_from(end.since(released_at)).unwrap_or(0));
            let known = waits.get_or_insert(Waits { shortest: wait, longest: wait });
            known.shortest = known.shortest.min(wait);
            known.longest = known.longest.max(wait);
        }
        waits
    }
}

fn times<'a>(
    windows: impl Iterator<Item = &'a WindowSchedule>,
    freezes: &[FreezeTimes<'_>],
) -> Vec<(UtcMinute, UtcMinute)> {
    let is_frozen = |window: &WindowSchedule, occurrence: &Occurrence| {
        freezes
            .iter()
            .any(|freeze| freeze.touched(occurrence.start_at, occurrence.end_at).is_some() && freeze.covers(window))
    };
    let mut times: Vec<_> = windows
        .flat_map(|window| window.expansion.occurrences.iter().filter(move |each| !is_frozen(window, each)))
        .map(|occurrence| (occurrence.start_at, occurrence.end_at))
        .collect();
    times.sort_unstable();
    times
}

/// Whether two names are the same but for case, blanks, hyphens and underscores.
pub fn same_name(one: &str, other: &str) -> bool {
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    letters(one) == letters(other)
}
