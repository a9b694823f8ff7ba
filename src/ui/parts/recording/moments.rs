//! Fields for actual times on the clock of a window.

use egui::Ui;

use crate::model::{LocalMinute, UtcMinute};
use crate::schedule::Zone;
use crate::ui::parts::fields;
use crate::wording::{clocks, iso};

/// A time, or empty. A clock time alone means the one nearest to `near`.
pub fn moment(
    ui: &mut Ui,
    name: &str,
    current: Option<UtcMinute>,
    near: UtcMinute,
    zone: &Zone,
) -> Option<Option<UtcMinute>> {
    let shown = current.map_or_else(String::new, |at| iso::local_minute(zone.local(at)).replace('T', " "));
    fields::parsed(ui, name, &shown, "e.g. 22:05", |text| read(text, near, zone))
}

fn read(text: &str, near: UtcMinute, zone: &Zone) -> Result<Option<UtcMinute>, String> {
    let advice = || "Use a time such as 22:05, or with its date: 2027-03-13 22:05".to_owned();
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(local) = iso::read_local(&text.replacen(' ', "T", 1)) {
        return Ok(Some(zone.resolve(LocalMinute::new(local.date(), local.time())).at));
    }
    let time = clocks::read_typed(text).map_err(|_| advice())?;
    let on = zone.local(near).date();
    let days = [on.pred_opt(), Some(on), on.succ_opt()].into_iter().flatten();
    let at = days.map(|on| zone.resolve(LocalMinute::new(on, time)).at);
    at.min_by_key(|at| at.since(near).abs()).map(Some).ok_or_else(advice)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_time_is_the_nearest_one() {
        let zone = Zone::named("Europe/London").unwrap();
        let near = zone.resolve(LocalMinute::midnight("2027-03-14".parse().unwrap())).at;
        let read = |text: &str| read(text, near, &zone).map(|at| at.map(iso::utc_minute));
        assert_eq!(read("23:50"), Ok(Some("2027-03-13T23:50Z".to_owned())));
        assert_eq!(read("1:40"), Ok(Some("2027-03-14T01:40Z".to_owned())));
        assert_eq!(read("2027-03-12 22:05"), Ok(Some("2027-03-12T22:05Z".to_owned())));
        assert_eq!(read(" "), Ok(None));
        assert!(read("late").is_err() && read("2027-03-13").is_err());
    }
}
