//! W007 gap-too-long: a group waits longer for a window than its cadence allows.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::checks::facts::ladder_order::LadderOrder;
use crate::checks::facts::ladder_timeline::follows_releases;
use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Ladder, Subject, WindowKind, date_of_day, day_number};
use crate::schedule::WindowSchedule;
use crate::wording::{counted, date, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "W007",
    name: "gap-too-long",
    severity: Severity::Warning,
    summary: "Systems of a group wait longer for a window than the group's cadence or the policy's longest gap \
              allows: between two occurrences, from the plan's first day to the first occurrence, or from the last \
              occurrence to the plan's last day. On a ladder that follows a release calendar, systems that no window \
              covers are reported by R003 instead. Rolling windows leave no gaps, and a cadence of 0 days turns the \
              check off.",
    why: "Attackers look for machines that have not been patched for months, and the longer the gap, the more \
          changes come at once when it ends.",
    example: "Pilot of Servers waits 63 days for a window, Sat 13 Mar 2027 to Sat 15 May 2027; the policy requires \
              one every 35 days.",
    remedy: "Add an occurrence in the gap, move one into it, or change the group's cadence if it may wait that long.",
    checks: &[Check::Ladder(check)],
    fix: None,
    fold: Some(in_one_line),
};

/// At most this many are reported for one group.
const MOST: usize = 300;

/// Days without an occurrence: from the day of one to the day of the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Gap {
    from: i32,
    to: i32,
}

/// The systems that wait in a gap.
struct Waiting<'a> {
    /// How many sets of systems that the same windows cover.
    sets: usize,
    /// Whether these are all systems of the group.
    is_whole: bool,
    /// The windows that cover them, by id.
    windows: Vec<&'a WindowSchedule>,
}

fn check(cx: &Context<'_>, ladder: &LadderOrder<'_>, sink: &mut Sink) {
    for (group, sets) in ladder.reach.ladder.groups.iter().zip(ladder.reach.groups.iter()) {
        let cadence = group.cadence_days.unwrap_or(cx.plan().policy().longest_gap_days);
        if cadence == 0 {
            continue;
        }
        let waiting = waiting(cx, &ladder.reach.ladder, sets, cadence.into());
        for (gap, waiting) in waiting.iter().take(MOST) {
            sink.add(report(cx, ladder, group, *gap, waiting));
        }
        if waiting.len() > MOST {
            let message = format!("{} waits too long more than {MOST} times; the others are not listed", group.name);
            sink.add(Finding::new(&RULE, Subject::Group(group.id.clone()), message));
        }
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let (name, times) = (cause.name(cx), counted(cause.findings.len(), "time"));
    let Some((gap, ladder)) = longest(cx, &cause.subject) else {
        return format!("{name} waits too long for a window, {times}");
    };
    let (days, from) = (counted(gap.to - gap.from, "day"), date(date_of_day(gap.from)));
    format!("{name} of {ladder} waits too long for a window, {times}; {days} at worst, from {from} on")
}

/// The longest gap of a group (of several the first) and the name of its ladder.
fn longest<'a>(cx: &Context<'a>, group: &Subject) -> Option<(Gap, &'a str)> {
    let Subject::Group(id) = group else { return None };
    let (reach, index) = cx.schedule.reaches.iter().find_map(|reach| {
        let index = reach.ladder.groups.iter().position(|group| group.id == *id)?;
        Some((reach, index))
    })?;
    let cadence = reach.ladder.groups[index].cadence_days.unwrap_or(cx.plan().policy().longest_gap_days);
    let waiting = waiting(cx, &reach.ladder, &reach.groups[index], cadence.into());
    let longest = waiting.keys().max_by_key(|gap| (gap.to - gap.from, Reverse(gap.from)))?;
    Some((*longest, &reach.ladder.name))
}

/// The gaps of a group, and which of its systems wait in each. `sets`: the windows of systems that are covered alike.
fn waiting<'a>(cx: &Context<'a>, ladder: &Ladder, sets: &[Vec<u32>], cadence: i32) -> BTreeMap<Gap, Waiting<'a>> {
    let mut waiting: BTreeMap<Gap, Waiting<'a>> = BTreeMap::new();
    // What no window covers is reported once: by R003, if the ladder follows a release calendar.
    let counts_uncovered = !follows_releases(cx, ladder);
    for set in sets.iter().filter(|set| counts_uncovered || !set.is_empty()) {
        let windows: Vec<&WindowSchedule> = set.iter().map(|index| &*cx.schedule.windows[*index as usize]).collect();
        for gap in gaps(cx, &windows, cadence) {
            let waiting = waiting.entry(gap).or_insert(Waiting { sets: 0, is_whole: false, windows: Vec::new() });
            waiting.sets += 1;
            waiting.is_whole = waiting.sets == sets.len();
            waiting.windows.extend_from_slice(&windows);
        }
    }
    for waiting in waiting.values_mut() {
        waiting.windows.sort_by(|a, b| a.id().cmp(b.id()));
        waiting.windows.dedup_by(|a, b| a.id() == b.id());
    }
    waiting
}

/// The gaps longer than `cadence` days between occurrences of these windows, in order.
fn gaps(cx: &Context<'_>, windows: &[&WindowSchedule], cadence: i32) -> Vec<Gap> {
    let horizon = cx.plan().horizon();
    let (first, last) = (day_number(horizon.from), day_number(horizon.last()));
    let between = |days: &mut dyn Iterator<Item = i32>| {
        let mut from = first;
        let mut gaps = Vec::new();
        for to in days.chain([last]) {
            if to.saturating_sub(from) > cadence {
                gaps.push(Gap { from, to });
            }
            from = from.max(to);
        }
        gaps
    };
    let mut gaps_of_one = Vec::new();
    for window in windows {
        let occurrences = &window.expansion.occurrences;
        let is_always_there = window.window.kind == WindowKind::Rolling && !occurrences.is_empty();
        gaps_of_one = between(&mut occurrences.iter().map(|each| each.start_day().clamp(first, last)));
        // More windows can only make gaps shorter.
        if is_always_there || gaps_of_one.is_empty() {
            return Vec::new();
        }
    }
    if windows.len() == 1 {
        return gaps_of_one;
    }
    let occurrences = windows.iter().flat_map(|window| &window.expansion.occurrences);
    let mut days: Vec<i32> = occurrences.map(|each| each.start_day().clamp(first, last)).collect();
    days.sort_unstable();
    between(&mut days.into_iter())
}

fn report(
    cx: &Context<'_>,
    ladder: &LadderOrder<'_>,
    group: &DeploymentGroup,
    gap: Gap,
    waiting: &Waiting<'_>,
) -> Finding {
    let who = format!("{} of {}", group.name, ladder.reach.ladder.name);
    let who = match waiting.windows.as_slice() {
        // If all systems of the group wait, its name is enough.
        _ if waiting.is_whole => who,
        [] => format!("{who}: what no window covers"),
        [window] => format!("{who}: what {} covers", window.window.name),
        windows => format!(
            "{who}: what {} cover",
            list_in_sentence(windows.iter().map(|each| each.window.name.as_str()), MOST_NAMES)
        ),
    };
    let days = counted(gap.to - gap.from, "day");
    let required = match group.cadence_days {
        Some(cadence) => format!("its cadence is {}", counted(cadence, "day")),
        None => format!("the policy requires one every {}", counted(cx.plan().policy().longest_gap_days, "day")),
    };
    let (from, to) = (date(date_of_day(gap.from)), date(date_of_day(gap.to)));
    let message = format!("{who} waits {days} for a window, {from} to {to}; {required}");
    let at = cx.schedule.zone.resolve(crate::model::LocalMinute::midnight(date_of_day(gap.from))).at;
    let other = waiting.windows.first().map(|window| Subject::Window(window.id().clone()));
    Finding { at: Some(at), other, ..Finding::new(&RULE, Subject::Group(group.id.clone()), message) }
}
