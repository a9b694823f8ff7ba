//! The fonts that the program brings: Inter for text, Lucide for icons.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily};

use super::theme;

/// Inter with its tabular figures as the usual ones, so that times and dates stand below one another.
static REGULAR: &[u8] = include_bytes!("../../assets/fonts/Inter-Regular.otf");
static SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/Inter-SemiBold.otf");

/// Our fonts first; behind them those that egui brings, for the signs that Inter lacks.
pub fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let data = [("Inter", REGULAR), ("Inter SemiBold", SEMIBOLD), ("Lucide", lucide_icons::LUCIDE_FONT_BYTES)];
    for (name, bytes) in data {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let with_fallback = |first: &str| [first.to_owned()].into_iter().chain(fallback.clone()).collect();
    fonts.families.insert(FontFamily::Proportional, with_fallback("Inter"));
    fonts.families.insert(theme::semibold(), with_fallback("Inter SemiBold"));
    fonts.families.insert(theme::icons(), vec!["Lucide".to_owned()]);
    fonts
}
