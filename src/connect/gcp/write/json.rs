//! Patch deployments as a JSON list, in the form in which Google Cloud lists them.

use super::LABELS;
use super::deployments::{Spelling, Times, deployments, recurring};
use super::limits::ABILITIES;
use crate::connect::writing::{Node, WriteRequest, Writer, WrittenFile, text};
use crate::export::{FileType, Output};

pub static WRITER: Writer = Writer {
    format: "json",
    output: Output { id: "gcp-json", name: "Google Cloud OS Config, JSON", help: "Patch deployments as a list" },
    file_type: FileType { name: "JSON", endings: &["json"] },
    abilities: &ABILITIES,
    write,
};

const SPELLING: Spelling = Spelling {
    blocks: |node| node,
    names: [
        "timeZone",
        "timeOfDay",
        "startTime",
        "endTime",
        "weekDayOfMonth",
        "monthDay",
        "weekOrdinal",
        "dayOfWeek",
        "dayOffset",
    ],
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let map = Node::Map;
    let list = deployments(request)
        .into_iter()
        .map(|each| {
            let group = |(label, value): (&'static str, String)| map(vec![("labels", map(vec![(label, text(value))]))]);
            let labels = Node::List(each.labels.into_iter().map(group).collect());
            let mut fields = vec![
                ("name", text(format!("projects/YOUR_PROJECT/patchDeployments/{}", each.id))),
                ("description", text(each.description)),
                ("instanceFilter", map(vec![("groupLabels", labels)])),
                ("patchConfig", map(vec![("rebootConfig", text("DEFAULT"))])),
                ("duration", text(format!("{}s", each.seconds))),
            ];
            fields.push(match &each.times {
                Times::Once(at) => ("oneTimeSchedule", map(vec![("executeTime", text(at.to_string()))])),
                Times::Rule(rule) => ("recurringSchedule", recurring(rule, &SPELLING)),
            });
            if let Some((unit, number)) = each.budget {
                let budget = map(vec![(unit, Node::Number(number.into()))]);
                fields.push(("rollout", map(vec![("mode", text("ZONE_BY_ZONE")), ("disruptionBudget", budget)])));
            }
            map(fields)
        })
        .collect();
    WrittenFile { text: Node::List(list).json(), remarks: vec![LABELS.to_owned()] }
}
