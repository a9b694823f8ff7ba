//! P013 number-out-of-proportion: a number that is probably a typing error.

use std::cmp::Ordering;

use crate::checks::{Check, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::proportions::{
    LONGEST_INTERVAL_MONTHS, LONGEST_INTERVAL_WEEKS, LONGEST_PHASE, LONGEST_WATCH, MOST_HOSTS, SHORTEST_WATCH,
};
use crate::model::{self, Estimate, Horizon, Minutes, ServiceTarget, Subject, Work};
use crate::schedule::WindowSchedule;
use crate::wording::{availability, counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "P013",
    name: "number-out-of-proportion",
    severity: Severity::Warning,
    summary: "A system has more than 100,000 hosts, a phase of the work or the downtime of a window takes more than 7 \
              days, a watch less than 1 hour or more than 14 days, something recurs less often than every 120 months, \
              a service must be available for more than 100 % of a year, or the plan does not cover 1 to 60 months.",
    why: "Such a number is almost always a typing error: a phone number in the wrong column, minutes typed as hours. \
          Everything calculated from it is wrong, too.",
    example: "Core DB: 4000000 hosts (more than 100000).",
    remedy: "Correct the number. If it is right, accept the finding.",
    checks: &[Check::Records(check_records), Check::Window(check_window), Check::Freezes(check_freezes)],
    fix: None,
    fold: None,
};

fn check_records(cx: &Context<'_>, sink: &mut Sink) {
    report(Subject::Plan, "The plan", &horizon_problem(cx.plan().horizon()), sink);
    let targets = cx.plan().policy().services.iter();
    for target in targets.filter(|target| target.available_per_100_000 > ServiceTarget::ALWAYS) {
        let percent = format!("{} % of a year (more than 100)", availability(target.available_per_100_000));
        report(Subject::Plan, &format!("The target of {}", target.service), &[percent], sink);
    }
    for system in cx.plan().systems() {
        let hosts = (system.hosts > MOST_HOSTS).then(|| format!("{} hosts (more than {MOST_HOSTS})", system.hosts));
        let problems: Vec<String> = hosts.into_iter().chain(long_phases(&system.estimate)).collect();
        report(Subject::System(system.id.clone()), &system.name, &problems, sink);
    }
}

fn horizon_problem(horizon: Horizon) -> Vec<String> {
    let covered = horizon.covered_months();
    let limit = match horizon.months.cmp(&covered) {
        Ordering::Less => format!("less than {covered}"),
        Ordering::Equal => return Vec::new(),
        Ordering::Greater => format!("more than {covered}"),
    };
    vec![format!("{} ({limit}), so it covers {}", counted(horizon.months, "month"), counted(covered, "month"))]
}

fn check_window(_: &Context<'_>, window: &WindowSchedule, sink: &mut Sink) {
    let window = &window.window;
    let interval = match &window.rule {
        model::Rule::Weekly { every, .. } if *every > LONGEST_INTERVAL_WEEKS => {
            Some(format!("every {every} weeks (more than {LONGEST_INTERVAL_WEEKS})"))
        }
        model::Rule::Monthly { every, .. } => too_many_months(*every),
        model::Rule::Weekly { .. }
        | model::Rule::Dates(_)
        | model::Rule::AfterRelease { .. }
        | model::Rule::Foreign(_) => None,
    };
    let phases = match &window.work {
        Work::Pool(estimate) => long_phases(estimate),
        Work::Tracks(_) => Vec::new(),
    };
    let downtime = window.impact_minutes.map(Minutes).filter(|downtime| *downtime > LONGEST_PHASE);
    let downtime = downtime.map(|downtime| format!("{downtime} of downtime (more than {LONGEST_PHASE})"));
    let watch = window.watch.as_ref().and_then(|watch| watch_problem(watch.length));
    let problems: Vec<String> = interval.into_iter().chain(phases).chain(downtime).chain(watch).collect();
    report(Subject::Window(window.id.clone()), &window.name, &problems, sink);
}

fn watch_problem(length: Minutes) -> Option<String> {
    let limit = match length {
        length if length < SHORTEST_WATCH => format!("less than {SHORTEST_WATCH}"),
        length if length > LONGEST_WATCH => format!("more than {LONGEST_WATCH}"),
        _ => return None,
    };
    Some(format!("{length} of watch ({limit})"))
}

fn check_freezes(cx: &Context<'_>, sink: &mut Sink) {
    for freeze in cx.plan().freezes() {
        let interval: Vec<String> = freeze.every_months.and_then(too_many_months).into_iter().collect();
        report(Subject::Freeze(freeze.id.clone()), &format!("Freeze {}", freeze.name), &interval, sink);
    }
}

fn too_many_months(every: u16) -> Option<String> {
    (every > LONGEST_INTERVAL_MONTHS).then(|| format!("every {every} months (more than {LONGEST_INTERVAL_MONTHS})"))
}

fn long_phases(estimate: &Estimate) -> Vec<String> {
    let long = estimate.phases().filter(|(_, guess)| guess.worst > LONGEST_PHASE);
    long.map(|(name, guess)| format!("{} for {name} (more than {LONGEST_PHASE})", guess.worst)).collect()
}

fn report(subject: Subject, name: &str, problems: &[String], sink: &mut Sink) {
    if !problems.is_empty() {
        let message = format!("{name}: {}", list_in_sentence(problems, MOST_NAMES));
        sink.add(Finding::new(&RULE, subject, message));
    }
}
