//! The items that follow from the systems in scope: tested before on the counterpart, services stopped and started, tested
//! afterwards. Every checklist has them, since they belong to the systems and not to a template.

use super::item::Item;
use super::written::name;
use crate::export::translation::{Word, Words};
use crate::model::{ChecklistBlock, Minutes, Plan, System, UtcMinute};
use crate::schedule::{Occurrence, WindowSchedule};

/// The items of all systems in scope; during the work, in the order of their times.
pub fn system_items(plan: &Plan, window: &WindowSchedule, occurrence: &Occurrence, words: &Words) -> Vec<Item> {
    let systems = &window.scope.systems;
    let has_items = |system: &System| {
        system.counterpart.is_some() || !system.stop_services.is_empty() || !system.test_script.is_empty()
    };
    // The view of the night asks in each frame.
    if !systems.iter().any(|system| has_items(system)) {
        return Vec::new();
    }
    let mut spans: Vec<Option<(Minutes, Minutes)>> = vec![None; systems.len()];
    for run in window.batch_runs().unwrap_or_default() {
        let (from, to) = spans[run.system].unwrap_or((run.from, run.to));
        spans[run.system] = Some((from.min(run.from), to.max(run.to)));
    }
    let at = |after: Minutes| occurrence.start_at.plus(after.signed());
    let mut items: Vec<Item> = systems
        .iter()
        .zip(spans)
        .flat_map(|(system, span)| {
            let span = span.map(|(from, to)| (at(from), at(to)));
            // Images and second environments start with their services running.
            OfSystem { plan, system, words, span }.items(!window.window.strategy.is_switch())
        })
        .collect();
    // The sort is stable: what is due at the same time keeps the order of the work.
    items.sort_by_key(|item| (item.block, item.at));
    items
}

/// A system, and when the work on it begins and ends. None if the work is not estimated.
struct OfSystem<'a> {
    plan: &'a Plan,
    system: &'a System,
    words: &'a Words,
    span: Option<(UtcMinute, UtcMinute)>,
}

impl OfSystem<'_> {
    fn items(&self, stops_services: bool) -> Vec<Item> {
        let system = self.system;
        let (begins_at, ends_at) = self.span.unzip();
        let mut items = Vec::new();
        let counterpart = system.counterpart.as_ref().filter(|id| **id != system.id);
        if let Some(counterpart) = counterpart.and_then(|id| self.plan.systems().get(id)) {
            let counterpart = name(&counterpart.name);
            items.push(self.item(ChecklistBlock::DayBefore, None, Word::TestedBefore, ("counterpart", &counterpart)));
        }
        let services: Vec<String> =
            system.stop_services.iter().map(|service| name(service)).filter(|service| !service.is_empty()).collect();
        if stops_services && !services.is_empty() {
            let in_reverse: Vec<&str> = services.iter().rev().map(String::as_str).collect();
            for (at, word, services) in [
                (begins_at, Word::ServicesStopped, services.join(", ")),
                (ends_at, Word::ServicesStarted, in_reverse.join(", ")),
            ] {
                items.push(self.item(ChecklistBlock::During, at, word, ("services", &services)));
            }
        }
        let test = name(&system.test_script);
        if !test.is_empty() {
            items.push(self.item(ChecklistBlock::During, ends_at, Word::SystemTested, ("test", &test)));
        }
        items
    }

    fn item(&self, block: ChecklistBlock, at: Option<UtcMinute>, word: Word, field: (&str, &str)) -> Item {
        let text = self.words.fill(word, &[("system", &name(&self.system.name)), field]);
        Item { block, text, at, owner: String::new() }
    }
}
