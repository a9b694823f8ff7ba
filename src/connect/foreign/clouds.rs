//! Documents of clouds that have neither systems nor windows nor findings.

use crate::connect::documents::json;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[
    ForeignKind {
        id: "ssm-patch-states",
        what: "These are patch states of AWS Systems Manager, which count patches and name none: import findings of \
               Inspector or Security Hub",
        sniff: |head| is_json(head, &["InstancePatchStates"]),
    },
    ForeignKind {
        id: "ssm-patches",
        what: "This is a list of patches of one instance (AWS Systems Manager): import findings of Inspector or Security Hub",
        sniff: |head| is_json(head, &["Patches", "Classification"]),
    },
    ForeignKind {
        id: "ssm-default-baselines",
        what: "This is a list of the default patch baselines of AWS Systems Manager: it has only their ids",
        sniff: |head| {
            json::begins_json(head.text())
                && head.text().contains(":patchbaseline/pb-")
                && !head.text().contains("Baseline")
        },
    },
    ForeignKind {
        id: "ssm-patch-baseline",
        what: "This is a patch baseline of AWS Systems Manager: check it with lint baseline",
        sniff: |head| {
            is_json(head, &["ApprovalRules", "BaselineId"]) || is_json(head, &["ApprovalRules", "PatchRules"])
        },
    },
];

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
