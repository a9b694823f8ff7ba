//! Documents of clouds that have neither systems nor windows nor findings.

use crate::connect::documents::json;
use crate::import::{ForeignKind, Head};

pub const KINDS: &[ForeignKind] = &[ForeignKind {
    id: "ssm-patch-baseline",
    what: "This is a patch baseline of AWS Systems Manager: check it with lint baseline",
    sniff: |head| is_json(head, &["ApprovalRules", "BaselineId"]) || is_json(head, &["ApprovalRules", "PatchRules"]),
}];

fn is_json(head: &Head, keys: &[&str]) -> bool {
    json::begins_json(head.text()) && json::has_keys(head.text(), keys)
}
