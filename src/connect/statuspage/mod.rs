//! Statuspage: scheduled maintenance, and the three texts for any status page.

mod incidents;
mod texts;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "statuspage",
    name: "Statuspage",
    reads: &[],
    foreign: &[],
    writes: &[&incidents::WRITER, &texts::WRITER],
    get: &[],
    apply: &[
        Instruction {
            what: "Each request of the list",
            how: "jq -c '.[]' FILE | while read -r r; do curl -H 'Authorization: OAuth TOKEN' -H 'Content-Type: \
                  application/json' -d \"$r\" https://api.statuspage.io/v1/pages/PAGE/incidents; done",
        },
        Instruction { what: "The texts", how: "paste each at its time" },
    ],
};
