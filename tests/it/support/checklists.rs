//! All kinds of checklists and of records of nights, for property tests: of the small world, and wild ones.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use windowsill::model::*;

use crate::support::edits::{a_date, one};
use crate::support::plans::{any_date, any_id, any_text};

/// Minutes that a person would write, and the furthest that a file can hold.
fn any_offset() -> impl Strategy<Value = Option<i32>> {
    option::of(prop_oneof![
        4 => -3_000..3_000_i32,
        1 => select(vec![i32::MIN, i32::MIN + 1, -1, 0, 1, i32::MAX]),
        1 => any::<i32>(),
    ])
}

fn any_item(text: impl Strategy<Value = String>) -> impl Strategy<Value = ChecklistItem> {
    let owner = prop_oneof![Just(String::new()), any_text()];
    let settings = (select(ChecklistBlock::ALL.to_vec()), any_offset(), owner, select(Condition::ALL.to_vec()));
    (settings, text).prop_map(|((block, offset, owner, condition), text)| ChecklistItem {
        block,
        text,
        offset,
        owner,
        condition,
    })
}

/// Keys of words that there are, and of others.
fn any_words() -> impl Strategy<Value = std::collections::BTreeMap<String, String>> {
    let key = prop_oneof![select(vec!["roll-back-by", "page-of", "start", "date"]).prop_map(str::to_owned), any_text()];
    btree_map(key, any_text(), 0..4)
}

pub fn any_checklist() -> impl Strategy<Value = ChecklistTemplate> {
    let language = prop_oneof![Just(String::new()), Just("de".to_owned()), any_text()];
    (any_text(), language, any_words(), vec(any_item(any_text()), 0..6)).prop_map(|(name, language, words, items)| {
        ChecklistTemplate { id: ChecklistId::new("c"), name, language, words, items }
    })
}

/// One of the small world's, with few items or none.
pub fn a_checklist() -> impl Strategy<Value = ChecklistTemplate> {
    let items = vec(any_item(Just("Look".to_owned())), 0..3);
    (one::<ChecklistId>("checklist"), items, any_words()).prop_map(|(id, items, words)| {
        let name = id.to_string();
        ChecklistTemplate { words, ..ChecklistTemplate::new(id, name, items) }
    })
}

fn any_instant() -> impl Strategy<Value = UtcMinute> {
    prop_oneof![4 => 29_000_000..31_000_000_i32, 1 => any::<i32>()].prop_map(UtcMinute)
}

fn night_of(key: impl Strategy<Value = NightKey>) -> impl Strategy<Value = NightRecord> {
    let tick = (select(ChecklistBlock::ALL.to_vec()), any_text(), any_text(), any_instant())
        .prop_map(|(block, item, by, at)| Tick { block, item, by, at });
    let update = (any_instant(), any_text(), any_text(), any_instant())
        .prop_map(|(due_at, text, by, at)| StatusUpdate { due_at, text, by, at });
    let ending = (select(Outcome::ALL.to_vec()), any_text(), any_instant()).prop_map(|(outcome, by, at)| Ending {
        outcome,
        by,
        at,
    });
    let outcome = option::of(select(WatchOutcome::ALL.to_vec()));
    let watch = (outcome, any_text(), any_text(), any_instant()).prop_map(|(outcome, logs, by, at)| WatchRecord {
        outcome,
        performance: logs.clone(),
        logs,
        by,
        at,
    });
    let endings = (option::of(ending), option::of(watch));
    (key, vec(tick, 0..4), vec(update, 0..4), endings, any_text()).prop_map(
        |(key, ticks, status_updates, (ending, watch), notes)| NightRecord {
            key,
            ticks,
            status_updates,
            ending,
            watch,
            notes,
        },
    )
}

/// Records of nights that there are, and of others.
pub fn any_night() -> impl Strategy<Value = NightRecord> {
    night_of((any_id(), any_date()).prop_map(|(id, on)| NightKey { window: WindowId::new(&id), on }))
}

/// Something is written down about a night of the small world, or forgotten.
pub fn nights() -> impl Strategy<Value = Edit> {
    let key = || (one::<WindowId>("window"), a_date()).prop_map(|(window, on)| NightKey { window, on });
    prop_oneof![3 => night_of(key()).prop_map(Edit::PutNight), 1 => key().prop_map(Edit::RemoveNight)]
}
