//! R008 no-test-counterpart: a patch reaches a production system without a test on a system of its kind.

use std::collections::HashSet;

use crate::checks::{Check, CommonCause, Context, Finding, MOST_NAMES, Rule, Severity, Sink};
use crate::model::{DeploymentGroup, Environment, Stage, Subject, System};
use crate::schedule::Reach;
use crate::wording::{counted, list_in_sentence};

pub static RULE: Rule = Rule {
    code: "R008",
    name: "no-test-counterpart",
    severity: Severity::Note,
    summary: "A production system in The rest or Production has no counterpart in an earlier group of its ladder: no \
              system with the same product or hardware model. Systems with neither, and ladders without a Test, UAT or \
              Pilot group, are not compared.",
    why: "The earlier groups say nothing about a product that none of them runs. Its first test is the night in \
          production.",
    example: "Mailboxes (Exchange Server) has no counterpart in a group before Production.",
    remedy: "Add a small system of the same product or model to an earlier group, or enter the product and model of the \
             one that is there.",
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
        for system in systems().filter(|_| is_late(group)) {
            let is_compared = system.environment == Environment::Production && !kind_in_words(system).is_empty();
            if is_compared && !seen.has_one_of(system) {
                let message = format!(
                    "{} ({}) has no counterpart in a group before {}",
                    system.name,
                    kind_in_words(system),
                    group.name
                );
                let finding = Finding::new(&RULE, Subject::System(system.id.clone()), message);
                sink.add(finding.with_other(Subject::Group(group.id.clone())));
            }
        }
        systems().for_each(|system| seen.add(system));
    }
}

/// "Exchange Server", or the model of a system without a product.
fn kind_in_words(system: &System) -> &str {
    let product = system.product.trim();
    if product.is_empty() { system.model.trim() } else { product }
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

/// The products and models of the groups so far, in lower case.
#[derive(Default)]
struct Counterparts {
    models: HashSet<String>,
    /// Products whatever their vendor.
    products: HashSet<String>,
    /// Vendors, which may be empty, and products.
    by_vendor: HashSet<(String, String)>,
}

impl Counterparts {
    fn add(&mut self, system: &System) {
        let [vendor, product, model] = words(system);
        if !model.is_empty() {
            self.models.insert(model);
        }
        if !product.is_empty() {
            self.products.insert(product.clone());
            self.by_vendor.insert((vendor, product));
        }
    }

    /// Whether one of them has the same product or model. A vendor that is not entered is any vendor.
    fn has_one_of(&self, system: &System) -> bool {
        let [vendor, product, model] = words(system);
        if self.models.contains(&model) {
            return true;
        }
        if vendor.is_empty() {
            return self.products.contains(&product);
        }
        let has = |vendor: &str| self.by_vendor.contains(&(vendor.to_owned(), product.clone()));
        has(&vendor) || has("")
    }
}

/// Vendor, product and model of a system.
fn words(system: &System) -> [String; 3] {
    [&system.vendor, &system.product, &system.model].map(|text| text.trim().to_lowercase())
}
