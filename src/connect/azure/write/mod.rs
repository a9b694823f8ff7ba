//! Azure maintenance configurations (Update Manager), as a template of Azure Resource Manager and as Terraform files.
//!
//! Rules are described at `recurEvery` of the resource Microsoft.Maintenance/maintenanceConfigurations, version 2023-04-01;
//! lengths of `InGuestPatch` in the documentation of the Terraform provider azurerm.

mod limits;
mod template;
mod terraform;
mod windows_zones;

use crate::connect::system::Instruction;
use crate::connect::writing::Writer;

pub const WRITES: &[&Writer] = &[&template::WRITER, &terraform::WRITER];

pub const APPLY: &[Instruction] = &[
    Instruction { what: "JSON", how: "az deployment group create --resource-group GROUP --template-file FILE" },
    Instruction { what: "Terraform", how: "terraform init && terraform apply" },
    Instruction {
        what: "Assigning machines to a configuration",
        how: "az maintenance assignment create --maintenance-configuration-id ID --name NAME --resource-group GROUP \
              --resource-name MACHINE --resource-type virtualMachines --provider-name Microsoft.Compute",
    },
];

/// What a person must do.
const ASSIGN: &str = "Configurations apply to no machine yet: assign machines or dynamic scopes to them";
