//! `PagerDuty`: maintenance windows of services.

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "pagerduty",
    name: "PagerDuty",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "Each request of the list, after the ids of your services have replaced the placeholders",
        how: "jq -c '.[]' FILE | while read -r r; do curl -H 'Authorization: Token token=TOKEN' -H 'From: YOU@EXAMPLE.ORG' \
              -H 'Content-Type: application/json' -d \"$r\" https://api.pagerduty.com/maintenance_windows; done",
    }],
};
