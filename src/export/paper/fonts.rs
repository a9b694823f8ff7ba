//! The fonts that the program brings, the same on screen and on paper.

/// A font file.
pub struct Face {
    /// As the file itself calls its family.
    pub family: &'static str,
    pub bytes: &'static [u8],
}

/// Inter with its tabular figures as the usual ones, so that times and dates stand below one another.
pub static REGULAR: Face = Face { family: "Inter", bytes: include_bytes!("../../../assets/fonts/Inter-Regular.otf") };
pub static SEMIBOLD: Face =
    Face { family: "Inter Semi Bold", bytes: include_bytes!("../../../assets/fonts/Inter-SemiBold.otf") };

/// For what Inter lacks, the first that has it. There is one weight of each: names are seldom bold, and bytes many.
pub static FALLBACKS: [Face; 4] = [
    Face { family: "Noto Sans Hebrew", bytes: include_bytes!("../../../assets/fonts/NotoSansHebrew-Regular.ttf") },
    Face { family: "Noto Sans Arabic", bytes: include_bytes!("../../../assets/fonts/NotoSansArabic-Regular.ttf") },
    Face { family: "Noto Sans CJK JP", bytes: include_bytes!("../../../assets/fonts/NotoSansCJKjp-Regular.otf") },
    Face { family: "Noto Emoji", bytes: include_bytes!("../../../assets/fonts/NotoEmoji-Regular.ttf") },
];
