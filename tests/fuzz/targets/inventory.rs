//! Inventories of other programs, and the playbooks and baselines that are checked. The first byte names the kind.

#![no_main]

use libfuzzer_sys::fuzz_target;
use windowsill::connect::lint::{lint_baseline, lint_playbook};

const KINDS: [&str; 9] = [
    "ansible-ini",
    "ansible-yaml",
    "ansible-list",
    "servicenow-cmdb",
    "configmgr-devices",
    "jamf-computers",
    "ec2-instances",
    "chef-nodes",
    "satellite-hosts",
];

fuzz_target!(|bytes: &[u8]| {
    let [kind, bytes @ ..] = bytes else { return };
    match KINDS.get(usize::from(*kind)) {
        Some(kind) => windowsill_fuzz::import(&[kind], "x", bytes),
        None => windowsill_fuzz::with_schedule(|schedule| {
            let text = String::from_utf8_lossy(bytes);
            let _ = lint_baseline(&text, schedule);
            let _ = lint_playbook(&text, schedule);
        }),
    }
});
