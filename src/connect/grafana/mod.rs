//! Grafana: mute timings, as files for provisioning
//! (<https://grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning/>).

mod write;

use super::system::{ConnectedSystem, Instruction};

pub static SYSTEM: ConnectedSystem = ConnectedSystem {
    id: "grafana",
    name: "Grafana",
    reads: &[],
    foreign: &[],
    writes: &[&write::WRITER],
    get: &[],
    apply: &[Instruction {
        what: "The file",
        how: "put it into provisioning/alerting/ and restart Grafana, then name the mute timings in notification policies",
    }],
};
