//! R008 no-test-counterpart: a patch reaches a production system without a test on a system of its kind.

use std::collections::HashSet;

use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Environment, Plan, Stage, Subject, System, SystemId};
use crate::schedule::Reach;
use crate::wording::{counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "R008",
    name: "no-test-counterpart",
    severity: Severity::Note,
    summary: "A production system in The rest or Production has no counterpart in an earlier group of its ladder: the \
              system that is entered as its counterpart is in none; or, if none is entered, no system there has the \
              same hardware model, and one of its products runs on none of them. Systems without counterpart, product \
              and model, and ladders without a Test, UAT or Pilot group, are not compared.",
    why: "The earlier groups say nothing about a product that none of them runs. Its first test is the night in \
          production.",
    example: "Mailboxes (Exchange Server) has no counterpart in a group before Production.",
    remedy: "Add a small system of the same product or model to an earlier group, enter the product and model of the one \
             that is there, or choose it as the counterpart.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: Some(in_one_line),
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for reach in cx.schedule.reaches.iter().filter(|reach| has_tests(reach)) {
        check_ladder(cx, reach, sink);
    }
}

/// Whether one of the ladder's groups with systems is for tests.
fn has_tests(reach: &Reach) -> bool {
    let mut groups = reach.ladder.groups.iter().zip(reach.systems.iter());
    groups.any(|(group, systems)| !is_late(group) && !systems.is_empty())
}

fn is_late(group: &DeploymentGroup) -> bool {
    matches!(group.stage, Stage::Rest | Stage::Production)
}

fn check_ladder(cx: &Context<'_>, reach: &Reach, sink: &mut Sink) {
    let records = cx.plan().systems().as_slice();
    let mut seen = Counterparts::default();
    for (group, systems) in reach.ladder.groups.iter().zip(reach.systems.iter()) {
        let systems = || systems.iter().map(|position| &*records[*position as usize]).filter(|system| system.hosts > 0);
        for system in systems().filter(|system| is_late(group) && system.environment == Environment::Production) {
            if let Some(problem) = seen.problem(cx.plan(), system) {
                let message = format!("{problem} before {}", group.name);
                let finding = Finding::new(&RULE, Subject::System(system.id.clone()), message);
                sink.add(finding.with_other(Subject::Group(group.id.clone())));
            }
        }
        systems().for_each(|system| seen.add(system));
    }
}

fn in_one_line(cx: &Context<'_>, cause: &CommonCause) -> String {
    let names: Vec<String> = cause.findings.iter().map(|finding| finding.subject.name(cx.plan())).collect();
    format!(
        "{} in {} have no counterpart in an earlier group ({})",
        counted(names.len(), "system"),
        cause.name(cx),
        list_in_sentence(&names, MOST_NAMES)
    )
}

/// The systems of the groups so far. Products and models are in lower case.
#[derive(Default)]
struct Counterparts<'a> {
    systems: HashSet<&'a SystemId>,
    models: HashSet<String>,
    /// Products whatever their vendor.
    products: HashSet<String>,
    /// Vendors, which may be empty, and products.
    by_vendor: HashSet<(String, String)>,
}

impl<'a> Counterparts<'a> {
    fn add(&mut self, system: &'a System) {
        self.systems.insert(&system.id);
        let model = system.model.trim();
        if !model.is_empty() {
            self.models.insert(model.to_lowercase());
        }
        for (vendor, product) in system.products() {
            self.products.insert(product.to_lowercase());
            self.by_vendor.insert((vendor.to_lowercase(), product.to_lowercase()));
        }
    }

    /// What is wrong with the system: "Mailboxes (Exchange Server) has no counterpart in a group".
    fn problem(&self, plan: &Plan, system: &System) -> Option<String> {
        // P001 reports one that does not exist.
        if let Some(counterpart) = system.counterpart.as_ref().and_then(|id| plan.systems().get(id)) {
            let is_tested = self.systems.contains(&counterpart.id);
            return (!is_tested)
                .then(|| format!("The counterpart of {}, {}, is in no group", system.name, counterpart.name));
        }
        let model = system.model.trim();
        if self.models.contains(&model.to_lowercase()) {
            return None;
        }
        let untested: Vec<&str> =
            system.products().filter(|product| !self.has_product(*product)).map(|(_, product)| product).collect();
        let kinds = match system.products().next() {
            Some(_) => list_in_sentence(untested, MOST_NAMES),
            None => model.to_owned(),
        };
        (!kinds.is_empty()).then(|| format!("{} ({kinds}) has no counterpart in a group", system.name))
    }

    /// Whether one of them has that product. A vendor that is not entered is any vendor.
    fn has_product(&self, (vendor, product): (&str, &str)) -> bool {
        let (vendor, product) = (vendor.to_lowercase(), product.to_lowercase());
        if vendor.is_empty() {
            return self.products.contains(&product);
        }
        let has = |vendor: &str| self.by_vendor.contains(&(vendor.to_owned(), product.clone()));
        has(&vendor) || has("")
    }
}
