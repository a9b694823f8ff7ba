//! Names of zones on Windows, which Azure uses. A zone without such a name is written as one with the same clock.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::export::ics::proper_name;
use crate::import::iana_name;
use crate::model::{LocalMinute, UtcMinute, date_of_day};
use crate::schedule::Zone;

/// The names that Windows has, common ones first: of two with the same clock, the first one is written.
const NAMES: [&str; 132] = [
    "UTC",
    "W. Europe Standard Time",
    "GMT Standard Time",
    "Romance Standard Time",
    "Central Europe Standard Time",
    "Central European Standard Time",
    "Eastern Standard Time",
    "Central Standard Time",
    "Mountain Standard Time",
    "Pacific Standard Time",
    "AUS Eastern Standard Time",
    "Tokyo Standard Time",
    "India Standard Time",
    "China Standard Time",
    "Singapore Standard Time",
    "Dateline Standard Time",
    "UTC-11",
    "Aleutian Standard Time",
    "Hawaiian Standard Time",
    "Marquesas Standard Time",
    "Alaskan Standard Time",
    "UTC-09",
    "Pacific Standard Time (Mexico)",
    "UTC-08",
    "US Mountain Standard Time",
    "Mountain Standard Time (Mexico)",
    "Yukon Standard Time",
    "Central America Standard Time",
    "Easter Island Standard Time",
    "Central Standard Time (Mexico)",
    "Canada Central Standard Time",
    "SA Pacific Standard Time",
    "Eastern Standard Time (Mexico)",
    "Haiti Standard Time",
    "Cuba Standard Time",
    "US Eastern Standard Time",
    "Turks And Caicos Standard Time",
    "Paraguay Standard Time",
    "Atlantic Standard Time",
    "Venezuela Standard Time",
    "Central Brazilian Standard Time",
    "SA Western Standard Time",
    "Pacific SA Standard Time",
    "Newfoundland Standard Time",
    "Tocantins Standard Time",
    "E. South America Standard Time",
    "SA Eastern Standard Time",
    "Argentina Standard Time",
    "Greenland Standard Time",
    "Montevideo Standard Time",
    "Magallanes Standard Time",
    "Saint Pierre Standard Time",
    "Bahia Standard Time",
    "UTC-02",
    "Azores Standard Time",
    "Cape Verde Standard Time",
    "Greenwich Standard Time",
    "Sao Tome Standard Time",
    "Morocco Standard Time",
    "W. Central Africa Standard Time",
    "Jordan Standard Time",
    "GTB Standard Time",
    "Middle East Standard Time",
    "Egypt Standard Time",
    "E. Europe Standard Time",
    "Syria Standard Time",
    "West Bank Standard Time",
    "South Africa Standard Time",
    "FLE Standard Time",
    "Israel Standard Time",
    "South Sudan Standard Time",
    "Kaliningrad Standard Time",
    "Sudan Standard Time",
    "Libya Standard Time",
    "Namibia Standard Time",
    "Arabic Standard Time",
    "Turkey Standard Time",
    "Arab Standard Time",
    "Belarus Standard Time",
    "Russian Standard Time",
    "E. Africa Standard Time",
    "Iran Standard Time",
    "Arabian Standard Time",
    "Astrakhan Standard Time",
    "Azerbaijan Standard Time",
    "Russia Time Zone 3",
    "Mauritius Standard Time",
    "Saratov Standard Time",
    "Georgian Standard Time",
    "Volgograd Standard Time",
    "Caucasus Standard Time",
    "Afghanistan Standard Time",
    "West Asia Standard Time",
    "Ekaterinburg Standard Time",
    "Pakistan Standard Time",
    "Qyzylorda Standard Time",
    "Sri Lanka Standard Time",
    "Nepal Standard Time",
    "Central Asia Standard Time",
    "Bangladesh Standard Time",
    "Omsk Standard Time",
    "Myanmar Standard Time",
    "SE Asia Standard Time",
    "Altai Standard Time",
    "W. Mongolia Standard Time",
    "North Asia Standard Time",
    "N. Central Asia Standard Time",
    "Tomsk Standard Time",
    "North Asia East Standard Time",
    "W. Australia Standard Time",
    "Taipei Standard Time",
    "Ulaanbaatar Standard Time",
    "Aus Central W. Standard Time",
    "Transbaikal Standard Time",
    "North Korea Standard Time",
    "Korea Standard Time",
    "Yakutsk Standard Time",
    "Cen. Australia Standard Time",
    "AUS Central Standard Time",
    "E. Australia Standard Time",
    "West Pacific Standard Time",
    "Tasmania Standard Time",
    "Vladivostok Standard Time",
    "Lord Howe Standard Time",
    "Bougainville Standard Time",
    "Russia Time Zone 10",
    "Magadan Standard Time",
    "Norfolk Standard Time",
    "New Zealand Standard Time",
    "Fiji Standard Time",
    "Chatham Islands Standard Time",
    "Tonga Standard Time",
];

static ZONES: LazyLock<Vec<(&str, Arc<Zone>)>> = LazyLock::new(|| {
    let zone = |name: &&'static str| Some((*name, Zone::named(&iana_name(name)?)?));
    NAMES.iter().filter_map(zone).collect()
});

/// The names of zones that were asked for, with the days for which they are right.
type Found = HashMap<(String, i32, i32), Option<String>>;

/// The name of a zone on Windows: its own, or that of a zone whose clock shows the same between these days. UTC and zones
/// that never change their clocks have other names, too.
pub fn windows_name(zone: &Zone, from: i32, to: i32) -> Option<String> {
    /// Names come from plans, so they are not remembered without limit.
    const MOST: usize = 4_096;
    static FOUND: LazyLock<Mutex<Found>> = LazyLock::new(Mutex::default);
    let key = (zone.name().to_owned(), from, to);
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = found.get(&key) {
        return known.clone();
    }
    let name = search(zone, from, to);
    if found.len() < MOST {
        found.insert(key, name.clone());
    }
    name
}

fn search(zone: &Zone, from: i32, to: i32) -> Option<String> {
    let own = proper_name(zone);
    let at = |day: i32| UtcMinute(LocalMinute::midnight(date_of_day(day)).0);
    let clock = |zone: &Zone| -> Vec<(UtcMinute, i32)> {
        zone.transitions(at(from), at(to)).iter().map(|each| (each.at, each.offset)).collect()
    };
    let wanted = clock(zone);
    let is_same = |other: &&(&str, Arc<Zone>)| clock(&other.1) == wanted;
    let same = || ZONES.iter().filter(is_same);
    same().find(|(_, other)| proper_name(other) == own).or_else(|| same().next()).map(|(name, _)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_of_windows_is_a_known_zone() {
        for name in NAMES {
            assert!(iana_name(name).is_some_and(|zone| Zone::named(&zone).is_some()), "{name}");
        }
    }

    #[test]
    fn a_zone_has_its_own_name_or_that_of_the_same_clock() {
        let (from, to) = (20_819, 21_183);
        for (zone, expected) in [
            ("Europe/Berlin", Some("W. Europe Standard Time")),
            ("Europe/Vienna", Some("W. Europe Standard Time")),
            ("europe/paris", Some("Romance Standard Time")),
            ("America/New_York", Some("Eastern Standard Time")),
            ("Asia/Kolkata", Some("India Standard Time")),
            ("UTC", Some("UTC")),
            ("Antarctica/Troll", None),
        ] {
            let zone = Zone::named(zone).unwrap();
            assert_eq!(windows_name(&zone, from, to).as_deref(), expected, "{}", zone.name());
        }
    }
}
