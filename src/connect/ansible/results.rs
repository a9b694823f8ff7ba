//! Reads the output of Ansible's JSON callback: the recap of a play for each host, and which hosts were rebooted
//! (<https://docs.ansible.com/ansible/latest/collections/ansible/posix/json_callback.html>).

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::connect::documents::json;
use crate::connect::results::{HostOutcome, OPTIONS, ReportedTime, ResultRow, Results};
use crate::import::{Confidence, Head, ImportError, ImportKind, Imported, Input, Topic};

pub static RECAP: ImportKind = ImportKind {
    id: "ansible-recap",
    topic: Topic::Results,
    name: "the output of Ansible's JSON callback",
    help: "A row for each host: failed if a task failed or the host was unreachable",
    endings: &["json"],
    options: OPTIONS,
    sniff,
    layout: None,
    read,
};

fn sniff(head: &Head) -> Confidence {
    let text = json::without_lines_before(head.text());
    let has = |keys: &[&str]| json::has_keys(text, keys);
    // The recap is at the end of the file, which may be long.
    let is_it = has(&["plays"]) && (has(&["stats"]) || has(&["tasks"]) || has(&["duration"]));
    if json::begins_json(text) && is_it { Confidence::Certain } else { Confidence::No }
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let document: Value = json::read(input, RECAP.name)?;
    let mut results = Results::new(RECAP.id, input);
    let none = Map::new();
    let stats = document.get("stats").and_then(Value::as_object).unwrap_or(&none);
    let reboots = reboots(&document);
    let times = |end: fn(&str) -> bool| {
        let plays = array(&document, "plays").filter_map(|play| play.get("play")?.get("duration")?.as_object());
        let texts = plays.flat_map(move |duration| duration.iter().filter(move |(name, _)| end(name)));
        // They are written as UTC, with a Z or without.
        texts.filter_map(|(_, time)| utc(time.as_str()?)).collect::<Vec<_>>()
    };
    let started_at = times(|name| name == "start").into_iter().next();
    let ended_at = times(|name| name == "end").into_iter().next_back();
    for (host, stat) in stats {
        let count = |field: &str| stat.get(field).and_then(Value::as_u64).unwrap_or(0);
        let (unreachable, failed) = (count("unreachable"), count("failures"));
        let is_idle = count("ok") + count("changed") + count("failures") + unreachable == 0;
        let (attempted, successful) = reboots.get(host).copied().unwrap_or_default();
        let row = ResultRow {
            names: vec![host.clone()],
            outcome: match (unreachable + failed, is_idle) {
                (0, true) => HostOutcome::Skipped,
                (0, false) => HostOutcome::Patched,
                _ => HostOutcome::Failed,
            },
            reboots_attempted: attempted,
            reboots_successful: successful,
            started_at,
            ended_at,
            reason: if is_idle { "all tasks were skipped".to_owned() } else { String::new() },
            ..ResultRow::default()
        };
        results.add(&row)?;
    }
    Ok(results.finish())
}

fn utc(text: &str) -> Option<ReportedTime> {
    let text = text.trim_end_matches(['Z', 'z']);
    ReportedTime::read(&format!("{text}Z"))
}

/// How often each host was rebooted by a task, and how often with success.
fn reboots(document: &Value) -> BTreeMap<&String, (u32, u32)> {
    let mut reboots = BTreeMap::<&String, (u32, u32)>::new();
    for task in array(document, "plays").flat_map(|play| array(play, "tasks")) {
        for (host, result) in task.get("hosts").and_then(Value::as_object).into_iter().flatten() {
            let action = result.get("action").and_then(Value::as_str).unwrap_or_default();
            let is_reboot = matches!(action.rsplit('.').next(), Some("reboot" | "win_reboot"));
            let is_on = |field: &str| result.get(field).and_then(Value::as_bool).unwrap_or(false);
            if is_reboot && !is_on("skipped") {
                let counts = reboots.entry(host).or_default();
                counts.0 += 1;
                counts.1 += u32::from(!is_on("failed") && !is_on("unreachable"));
            }
        }
    }
    reboots
}

fn array<'a>(object: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> + use<'a> {
    object.get(name).and_then(Value::as_array).into_iter().flatten()
}
