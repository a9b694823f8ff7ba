//! The bundled fonts: Inter for text, Lucide for icons.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme;
use crate::export::paper::fonts::{FALLBACKS, REGULAR, SEMIBOLD};

/// Our fonts first, then egui's, for characters that Inter lacks.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let ours = [&REGULAR, &SEMIBOLD].into_iter().chain(&FALLBACKS).map(|face| (face.family, face.bytes));
    for (name, bytes) in ours.chain([("Lucide", lucide_icons::LUCIDE_FONT_BYTES)]) {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let behind = FALLBACKS.iter().map(|face| face.family.to_owned()).chain(fallback);
    let behind: Vec<String> = behind.collect();
    let with_fallback = |first: &str| [first.to_owned()].into_iter().chain(behind.clone()).collect();
    fonts.families.insert(FontFamily::Proportional, with_fallback(REGULAR.family));
    fonts.families.insert(theme::semibold(), with_fallback(SEMIBOLD.family));
    fonts.families.insert(theme::icons(), vec!["Lucide".to_owned()]);
    fonts
}
