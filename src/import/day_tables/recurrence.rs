//! How often a freeze recurs, as people write it in a table.

/// The interval in months of "monthly", "every 3 months", "jährlich"; none for "once".
///
/// # Errors
/// It is unknown.
pub(super) fn every_months(text: &str) -> Result<Option<u16>, String> {
    let lower = text.to_lowercase();
    let months = match lower.trim() {
        "" | "-" | "no" | "none" | "once" | "nein" | "keine" | "einmalig" | "einmal" => return Ok(None),
        "monthly" | "month" | "every month" | "each month" | "monatlich" | "jeden monat" => 1,
        "quarterly" | "quarter" | "every quarter" | "vierteljährlich" | "quartalsweise" | "jedes quartal" => 3,
        "half-yearly" | "half yearly" | "semiannually" | "twice a year" | "halbjährlich" | "jedes halbjahr" => 6,
        "yearly" | "annually" | "annual" | "year" | "every year" | "each year" | "jährlich" | "jedes jahr" => 12,
        other => {
            return steps(other).map(Some).ok_or_else(|| {
                format!("unknown recurrence \"{text}\": use e.g. monthly, quarterly, yearly or every 2 months")
            });
        }
    };
    Ok(Some(months))
}

/// "every 2 months", "alle 2 Jahre".
fn steps(text: &str) -> Option<u16> {
    let rest = text.strip_prefix("every ").or_else(|| text.strip_prefix("alle "))?;
    let (number, unit) = rest.split_once(' ')?;
    let months = match unit.trim() {
        "month" | "months" | "monate" => 1,
        "quarters" | "quartale" => 3,
        "years" | "jahre" => 12,
        _ => return None,
    };
    let number: u16 = number.parse().ok().filter(|number| *number > 0)?;
    number.checked_mul(months)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recurrences_are_read_as_people_write_them() {
        for (text, expected) in [
            ("monthly", Some(1)),
            ("Monatlich", Some(1)),
            ("every quarter", Some(3)),
            ("halbjährlich", Some(6)),
            ("yearly", Some(12)),
            ("every 2 months", Some(2)),
            ("alle 2 Jahre", Some(24)),
            ("once", None),
            ("-", None),
        ] {
            assert_eq!(every_months(text), Ok(expected), "{text}");
        }
        for text in ["weekly", "every 0 months", "often", "3"] {
            assert!(every_months(text).is_err(), "{text}");
        }
    }
}
