//! Targets of availability: "99.9" percent.

/// A share in 100,000ths as a percentage without zeros at the end: 99900 is "99.9", 100000 is "100".
pub fn availability(per_100_000: u32) -> String {
    let decimals = format!("{:03}", per_100_000 % 1000);
    let decimals = decimals.trim_end_matches('0');
    let whole = per_100_000 / 1000;
    if decimals.is_empty() { whole.to_string() } else { format!("{whole}.{decimals}") }
}

/// Reads a percentage with up to three decimals, with or without a percent sign.
///
/// # Errors
/// What to write instead.
pub fn read_availability(text: &str) -> Result<u32, String> {
    let wrong = || "Enter a percentage such as 99.9, with up to three decimals".to_owned();
    let text = text.trim().trim_end_matches('%').trim_end().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 3 || decimals.len() > 3 || !are_digits(whole) || !are_digits(decimals) {
        return Err(wrong());
    }
    let share = format!("{whole}{decimals:0<3}").parse().map_err(|_| wrong())?;
    if share > 100_000 { Err("Enter at most 100".to_owned()) } else { Ok(share) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentage_is_read_as_it_is_written() {
        for (text, share) in [("99.9", 99_900), ("100", 100_000), ("99.995", 99_995), ("0", 0), ("95", 95_000)] {
            assert_eq!(read_availability(text), Ok(share));
            assert_eq!(availability(share), text);
        }
        assert_eq!(["99,9 %", " 99.90"].map(|text| read_availability(text).unwrap()), [99_900, 99_900]);
    }

    #[test]
    fn what_is_no_percentage_is_refused() {
        for text in ["", "x", "-1", "99.9999", "1e2", "100.001", "99.9.9", ".5", "9999"] {
            assert!(read_availability(text).is_err(), "{text}");
        }
    }
}
