//! Lengths of time.

use super::counted;

/// "45 min", "3 h", "3 h 35", "14 days".
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) if hours >= 48 && hours % 24 == 0 => format!("{} days", hours / 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes:02}"),
    }
}

/// A duration that may be negative, with a true minus sign: "− 22 min".
pub fn signed_duration(minutes: i32) -> String {
    let text = duration(minutes.unsigned_abs());
    if minutes < 0 { format!("− {text}") } else { text }
}

/// In days and hours from one day up, otherwise as [`duration`]: "2 h 30", "1 day", "3 days 4 h".
pub fn days_and_hours(minutes: u64) -> String {
    let (days, rest) = (minutes / (24 * 60), (minutes % (24 * 60)) as u32);
    match (days, rest) {
        (0, rest) => duration(rest),
        (days, 0) => counted(days, "day"),
        (days, rest) => format!("{} {}", counted(days, "day"), duration(rest)),
    }
}

/// Days with one decimal, rounded: "15.5".
pub fn days_with_tenth(minutes: u32) -> String {
    let tenths = (u64::from(minutes) + 72) / 144;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// Rounded up to whole hours: minutes do not matter for a ladder. "13 days 9 h"
pub fn days_and_hours_rounded_up(minutes: u32) -> String {
    days_and_hours(u64::from(minutes.div_ceil(60)) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn duration_is_in_minutes_hours_or_whole_days() {
        for (minutes, text) in [
            (0, "0 min"),
            (45, "45 min"),
            (65, "1 h 05"),
            (180, "3 h"),
            (215, "3 h 35"),
            (24 * 60, "24 h"),
            (47 * 60, "47 h"),
            (14 * 24 * 60, "14 days"),
            (14 * 24 * 60 + 30, "336 h 30"),
        ] {
            assert_eq!(duration(minutes), text);
        }
    }

    #[test]
    fn signed_duration_has_a_true_minus_sign() {
        for (minutes, text) in [(-22, "− 22 min"), (0, "0 min"), (215, "3 h 35"), (-215, "− 3 h 35")] {
            assert_eq!(signed_duration(minutes), text);
        }
    }

    #[test]
    fn days_and_hours_are_rounded_up() {
        for (minutes, text) in [(90, "2 h"), (1_440, "1 day"), (1_500, "1 day 1 h"), (19_201, "13 days 9 h")] {
            assert_eq!(days_and_hours_rounded_up(minutes), text);
        }
    }

    #[test]
    fn days_with_tenth_are_rounded() {
        for (minutes, text) in [(0, "0.0"), (71, "0.0"), (72, "0.1"), (1_440, "1.0"), (1_440 * 15 + 791, "15.5")] {
            assert_eq!(days_with_tenth(minutes), text);
        }
        assert_eq!(days_with_tenth(u32::MAX), "2982616.2");
    }

    #[test]
    fn days_and_hours_count_days_from_one_on() {
        for (minutes, text) in
            [(0, "0 min"), (150, "2 h 30"), (24 * 60, "1 day"), (76 * 60, "3 days 4 h"), (1_450, "1 day 10 min")]
        {
            assert_eq!(days_and_hours(minutes), text);
        }
    }
}
