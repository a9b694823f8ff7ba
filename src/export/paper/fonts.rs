//! The bundled fonts, the same on screen and on paper.

/// A font file.
pub struct Face {
    /// The name of the family in the file.
    pub family: &'static str,
    pub bytes: &'static [u8],
}

/// Inter with tabular figures as the default, so that times and dates align.
pub static REGULAR: Face = Face { family: "Inter", bytes: include_bytes!("../../../assets/fonts/Inter-Regular.otf") };
pub static SEMIBOLD: Face =
    Face { family: "Inter Semi Bold", bytes: include_bytes!("../../../assets/fonts/Inter-SemiBold.otf") };

/// For characters that Inter lacks, the first of these that has them. One weight each: names are seldom bold, and the
/// files are large.
pub static FALLBACKS: [Face; 4] = [
    Face { family: "Noto Sans Hebrew", bytes: include_bytes!("../../../assets/fonts/NotoSansHebrew-Regular.ttf") },
    Face { family: "Noto Sans Arabic", bytes: include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf") },
    Face { family: "Noto Sans CJK JP", bytes: include_bytes!("../../../assets/fonts/NotoSansCJKjp-Regular.otf") },
    Face { family: "Noto Emoji", bytes: include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf") },
];
