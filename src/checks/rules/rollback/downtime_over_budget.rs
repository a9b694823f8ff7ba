//! B007 downtime-over-budget: the windows of a year stop a service for longer than its target allows.

use chrono::Datelike;

use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::{ServiceYear, service_years};
use crate::wording::{availability, counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "B007",
    name: "downtime-over-budget",
    severity: Severity::Warning,
    summary: "The planned downtime of a service in a calendar year exceeds the target that the policy sets for it. \
              Overlapping stops of its systems count once, and a system whose twin is up does not count.",
    why: "What is promised to customers includes maintenance. If the plan alone uses it up, the first failure breaks the \
          promise.",
    example: "Payments: 14 h 30 of planned downtime in 2027, in 26 stops; 99.9 % allows 8 h 45.",
    remedy: "Combine windows of the service, shorten them, patch pairs one after the other, or agree on another target. If \
             its systems stay up during a window, set its downtime under Impact.",
    checks: &[Check::Services(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let policy = cx.plan().policy();
    if policy.services.is_empty() {
        return;
    }
    let years = service_years(cx.schedule, |service| policy.service_target(service).is_some());
    for year in years.iter().filter(|year| year.is_over()) {
        let system = &cx.plan().systems().as_slice()[year.first_system];
        let finding = Finding::new(&RULE, Subject::System(system.id.clone()), message(year));
        sink.add(Finding { at: Some(year.begins_at), ..finding });
    }
}

/// "Payments: downtime over budget in 2027 and 2028". The service may have another name than its first system.
fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let system = match &cause.subject {
        Subject::System(id) => cx.plan().systems().get(id),
        _ => None,
    };
    let service = system.map_or_else(|| cause.name(cx), |system| system.service_name().to_owned());
    let years = cause.findings.iter().filter_map(|finding| finding.at);
    let years = years.map(|at| cx.schedule.zone.local(at).date().year().to_string());
    format!("{service}: downtime over budget in {}", list_in_sentence(years, MOST_NAMES))
}

fn message(year: &ServiceYear) -> String {
    let target = year.target.as_ref().map_or(0, |target| target.available_per_100_000);
    format!(
        "{}: {} of planned downtime in {}, in {}; {} % allows {}",
        year.service,
        year.down,
        year.year,
        counted(year.stops, "stop"),
        availability(target),
        year.allowed().unwrap_or_default(),
    )
}
