//! AWS Systems Manager: maintenance windows as `CloudFormation` templates and as Terraform files.
//!
//! Limits are those of the service model ssm/2014-11-06; the syntax of schedules is described in "Reference: Cron and rate
//! expressions for Systems Manager".

mod cloudformation;
mod limits;
mod terraform;
mod window;

use crate::connect::system::Instruction;
use crate::connect::writing::Writer;

pub const WRITES: &[&Writer] = &[&cloudformation::WRITER, &terraform::WRITER];

pub const APPLY: &[Instruction] = &[
    Instruction {
        what: "CloudFormation",
        how: "aws cloudformation deploy --template-file FILE --stack-name maintenance-windows",
    },
    Instruction { what: "Terraform", how: "terraform init && terraform apply" },
];
