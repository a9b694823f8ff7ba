//! Recognises which of Qualys' XML reports a file is.

use super::{XML, assets, scan};
use crate::connect::documents::xml::root_of;
use crate::import::{Confidence, Head, ImportError, Imported, Input};

pub(super) fn sniff(head: &Head) -> Confidence {
    match root_of(head.text()) {
        Some("SCAN" | "ASSET_DATA_REPORT" | "HOST_LIST_VM_DETECTION_OUTPUT") => Confidence::Certain,
        _ => Confidence::No,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    match root_of(input.file()?.head()?.text()) {
        Some("SCAN") => scan::read(input),
        Some(_) => assets::read(input),
        None => Err(ImportError::BrokenDocument { name: XML.name, problem: "it is not XML".to_owned() }),
    }
}
