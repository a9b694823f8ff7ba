//! How often a scan runs, and how a run ended.

use crate::model::{ScanInterval, ScanOutcome};

/// Reads "every week", "every 10 days", "14", "with each build".
///
/// # Errors
/// Another text, or an interval of more than 3,660 days.
pub fn read_interval(text: &str) -> Result<ScanInterval, String> {
    let words = text.trim().to_lowercase();
    let words = words.trim_start_matches("every ").trim_start_matches("with ").trim();
    let (number, unit) = words.split_once(' ').unwrap_or((words, "days"));
    let days = match (words, unit) {
        ("day" | "daily", _) => Some(1),
        ("week" | "weekly", _) => Some(7),
        ("month" | "monthly", _) => Some(30),
        ("each build" | "build", _) => return Ok(ScanInterval::EachBuild),
        ("each commit" | "commit", _) => return Ok(ScanInterval::EachCommit),
        (_, "day" | "days") => number.parse::<u16>().ok(),
        (_, "week" | "weeks") => number.parse::<u16>().ok().and_then(|weeks| weeks.checked_mul(7)),
        _ => None,
    };
    days.filter(|days| (1..=3_660).contains(days)).map(ScanInterval::Days).ok_or_else(|| {
        format!("Invalid interval \"{}\": use e.g. every week, every 10 days, or with each build", text.trim())
    })
}

/// Reads "clean", "failed", "3 open", "3".
///
/// # Errors
/// Another text.
pub fn read_outcome(text: &str) -> Result<ScanOutcome, String> {
    let words = text.trim().to_lowercase();
    match words.trim_end_matches("open").trim() {
        "clean" | "0" => Ok(ScanOutcome::Clean),
        "failed" => Ok(ScanOutcome::Failed),
        number => {
            let invalid = || format!("Invalid result \"{}\": use clean, failed, or e.g. 3 open", text.trim());
            Ok(ScanOutcome::Open(number.parse().map_err(|_| invalid())?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_as_cells_show_them() {
        for interval in [1, 7, 10, 14, 3_660]
            .map(ScanInterval::Days)
            .into_iter()
            .chain([ScanInterval::EachBuild, ScanInterval::EachCommit])
        {
            assert_eq!(read_interval(&interval.to_string()), Ok(interval));
        }
        assert_eq!(read_interval(" 14 "), Ok(ScanInterval::Days(14)));
        for wrong in ["", "0", "4000", "now and then", "-1 days", "every 20000 weeks"] {
            assert!(read_interval(wrong).unwrap_err().starts_with("Invalid interval"), "{wrong}");
        }
    }
}
