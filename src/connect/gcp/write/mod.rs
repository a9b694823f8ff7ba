//! Google Cloud OS Config: patch deployments, as JSON and as Terraform files.
//!
//! Limits are those of `google.cloud.osconfig.v1.PatchDeployment`.

mod deployments;
mod json;
mod limits;
mod terraform;

use crate::connect::system::Instruction;
use crate::connect::writing::Writer;

pub const WRITES: &[&Writer] = &[&json::WRITER, &terraform::WRITER];

pub const APPLY: &[Instruction] = &[
    Instruction {
        what: "JSON, a list of patch deployments",
        how: "jq -c '.[]' FILE | while read -r d; do gcloud compute os-config patch-deployments create \
              \"$(jq -r '.name | split(\"/\") | last' <<<\"$d\")\" --file=<(jq 'del(.name)' <<<\"$d\"); done",
    },
    Instruction { what: "Terraform", how: "terraform init && terraform apply" },
];

/// What a person must check.
const LABELS: &str = "Instances are found by labels: ring is the name of a group, system that of a system. Change them if \
                      yours have others";
