//! The options of all reports of results.

use crate::connect::findings::HOSTS;
use crate::import::{OptionSpec, ValueKind};

/// The window that the results are of.
pub const WINDOW: OptionSpec = OptionSpec {
    id: "window",
    name: "Window",
    help: "Window that the results are of, by id or name",
    value: ValueKind::Window,
    default_text: "the file says it, or the times of the results tell",
    is_fallback: true,
};

/// The date of the occurrence.
pub const ON: OptionSpec = OptionSpec {
    id: "on",
    name: "Date",
    help: "Date of the occurrence: its original date, or the one on which it takes place",
    value: ValueKind::Date,
    default_text: "the file says it, or the times of the results tell",
    is_fallback: true,
};

pub const OPTIONS: &[OptionSpec] = &[WINDOW, ON, HOSTS];
