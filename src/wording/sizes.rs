//! Sizes of files.

/// "1 kB", "812 kB", "3.4 MB". Rounded up, so that no file has 0 kB.
pub fn file_size(bytes: u64) -> String {
    match bytes.div_ceil(1000) {
        thousands @ 0..1000 => format!("{thousands} kB"),
        thousands => format!("{}.{} MB", thousands.div_ceil(100) / 10, thousands.div_ceil(100) % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_up() {
        for (bytes, words) in [
            (0, "0 kB"),
            (1, "1 kB"),
            (1000, "1 kB"),
            (1001, "2 kB"),
            (999_000, "999 kB"),
            (999_001, "1.0 MB"),
            (3_400_001, "3.5 MB"),
            (67_108_864, "67.2 MB"),
        ] {
            assert_eq!(file_size(bytes), words);
        }
    }
}
