//! Findings that a scanner only supposes.

use crate::import::{OptionSpec, ValueKind};

/// Imports them, too.
pub const POTENTIAL: OptionSpec = OptionSpec {
    id: "potential",
    name: "Also potential ones",
    help: "Import vulnerabilities that the scanner supposes and could not confirm",
    value: ValueKind::Switch,
    default_text: "left out",
    is_fallback: false,
};

/// Why they are left out.
pub const POTENTIAL_ONLY: &str = "potential only: not confirmed by the scanner";
