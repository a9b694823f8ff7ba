//! Scores of vulnerabilities.

/// EPSS, which is given in 100,000ths, as its publisher writes it, without zeros at the end: "0.97565", "0.5".
pub fn epss_in_words(per_100_000: u32) -> String {
    let digits = format!("{:05}", per_100_000 % 100_000);
    let digits = digits.trim_end_matches('0');
    format!("{}.{}", per_100_000 / 100_000, if digits.is_empty() { "0" } else { digits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_are_written_without_zeros_at_the_end() {
        assert_eq!([97_565, 50_000, 43, 0, 100_000].map(epss_in_words), ["0.97565", "0.5", "0.00043", "0.0", "1.0"]);
    }
}
