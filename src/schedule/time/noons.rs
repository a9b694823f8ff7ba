//! Nights from noon to noon on the plan's clock. Each has the date of its evening.

use chrono::{NaiveDate, TimeDelta};

use super::zone::Zone;
use crate::model::{LocalMinute, UtcMinute};

const HALF_A_DAY: i32 = 12 * 60;

/// The noon with which the night of that date begins.
pub fn noon(on: NaiveDate, zone: &Zone) -> UtcMinute {
    zone.resolve(LocalMinute::midnight(on).shifted(HALF_A_DAY)).at
}

/// The date of the night in which that instant is: until noon, that of the evening before.
pub fn night_date(at: UtcMinute, zone: &Zone) -> NaiveDate {
    let local = zone.local(at);
    let is_morning = local.0.rem_euclid(2 * HALF_A_DAY) < HALF_A_DAY;
    let on = local.date();
    if is_morning { on.checked_sub_signed(TimeDelta::days(1)).unwrap_or(on) } else { on }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_lasts_from_noon_to_noon_and_has_the_date_of_its_evening() {
        let zone = Zone::named("Europe/London").unwrap();
        let date = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        let noon = noon(date(27), &zone);
        assert_eq!(night_date(noon, &zone), date(27));
        assert_eq!(night_date(noon.plus(-1), &zone), date(26));
        assert_eq!(super::noon(date(28), &zone).since(noon), 23 * 60, "the clocks go forward");
        assert_eq!(night_date(noon.plus(23 * 60 - 1), &zone), date(27));
    }
}
