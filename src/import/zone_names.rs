//! Time zone names of other programs: IANA, Windows, Exchange, and names with a vendor's prefix.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use calcard::common::timezone::Tz;

use crate::model::UtcMinute;
use crate::schedule::Zone;
use crate::schedule::time::zone;

/// The longest name that is looked up, in bytes.
const LONGEST_NAME: usize = 100;

/// IANA names by their lower-case spelling.
static NAMES: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| zone::names().into_iter().map(|name| (name.to_lowercase(), name)).collect());

/// The IANA name of a zone, in its usual spelling: "W. Europe Standard Time" is Europe/Berlin. `None` if it is unknown.
pub(crate) fn iana_name(name: &str) -> Option<String> {
    let name = name.trim().trim_matches('"');
    if name.is_empty() || name.len() > LONGEST_NAME {
        return None;
    }
    let known = |name: &str| NAMES.get(&name.to_lowercase()).cloned();
    let by_other_name = || rare_windows_name(name).or_else(|| foreign_name(name)).and_then(|name| known(&name));
    // The offset of such a name is that of winter, so only its cities say which zone is meant.
    if name.starts_with('(') {
        return zone_of_cities(name);
    }
    known(name)
        .or_else(by_other_name)
        .or_else(|| {
            // "tzone://Microsoft/Utc"
            let suffix = name.rsplit_once("://Microsoft/").map(|(_, suffix)| suffix);
            suffix.and_then(known).or_else(|| zone_at_offset(name))
        })
        .or_else(|| {
            // "/vendor.example/Europe/Berlin", "posix/America/Indiana/Knox": the longest suffix that is a zone.
            let suffixes = name.match_indices('/').map(|(slash, _)| &name[slash + 1..]);
            suffixes.filter(|suffix| suffix.contains('/')).find_map(known)
        })
}

/// The IANA name of a zone that calcard knows by another name.
fn foreign_name(name: &str) -> Option<String> {
    match name.parse::<Tz>().ok()? {
        // Offsets that are not whole hours have no IANA name.
        Tz::Fixed(offset) if offset.local_minus_utc() % 3600 != 0 => None,
        zone => zone.name().map(std::borrow::Cow::into_owned),
    }
}

/// Windows names that only old or new versions have, and names without "Standard Time" that would mean another zone with it:
/// Windows calls Arizona "US Mountain Standard Time" and Indiana "US Eastern Standard Time".
const RARE_WINDOWS_NAMES: [(&str, &str); 30] = [
    ("Armenian Standard Time", "Asia/Yerevan"),
    ("Athens Standard Time", "Europe/Athens"),
    ("Brisbane Standard Time", "Australia/Brisbane"),
    ("Central Standard Time (Mexico)", "America/Mexico_City"),
    ("GFT Standard Time", "Europe/Athens"),
    ("Jerusalem Standard Time", "Asia/Jerusalem"),
    ("Kamchatka Standard Time", "Asia/Kamchatka"),
    ("Lisbon Standard Time", "Europe/Lisbon"),
    ("Magallanes Standard Time", "America/Punta_Arenas"),
    ("Malay Peninsula Standard Time", "Asia/Singapore"),
    ("Mexico Standard Time", "America/Mexico_City"),
    ("Mexico Standard Time 2", "America/Chihuahua"),
    ("Mid-Atlantic Standard Time", "Etc/GMT+2"),
    ("Prague Bratislava Standard Time", "Europe/Prague"),
    ("Qyzylorda Standard Time", "Asia/Qyzylorda"),
    ("Rome Standard Time", "Europe/Rome"),
    ("Sao Tome Standard Time", "Africa/Sao_Tome"),
    ("South Sudan Standard Time", "Africa/Juba"),
    ("Sudan Standard Time", "Africa/Khartoum"),
    ("Sydney Standard Time", "Australia/Sydney"),
    ("Transbaikal Standard Time", "Asia/Chita"),
    ("Turks And Caicos Standard Time", "America/Grand_Turk"),
    ("UTC-02", "Etc/GMT+2"),
    ("UTC+13", "Etc/GMT-13"),
    ("US Eastern", "America/New_York"),
    ("US Mountain", "America/Denver"),
    ("Volgograd Standard Time", "Europe/Volgograd"),
    ("Warsaw Standard Time", "Europe/Warsaw"),
    ("Yukon Standard Time", "America/Whitehorse"),
    ("Z", "UTC"),
];

fn rare_windows_name(name: &str) -> Option<String> {
    let same = |(other, _): &&(&str, &str)| other.eq_ignore_ascii_case(name);
    RARE_WINDOWS_NAMES.iter().find(same).map(|(_, zone)| (*zone).to_owned())
}

/// Cities and regions in lists of zones that no zone is named after.
const OTHER_CITIES: [(&str, &str); 50] = [
    ("eastern time", "America/New_York"),
    ("central time", "America/Chicago"),
    ("mountain time", "America/Denver"),
    ("pacific time", "America/Los_Angeles"),
    ("atlantic time", "America/Halifax"),
    ("arizona", "America/Phoenix"),
    ("alaska", "America/Anchorage"),
    ("hawaii", "Pacific/Honolulu"),
    ("central america", "America/Guatemala"),
    ("saskatchewan", "America/Regina"),
    ("beijing", "Asia/Shanghai"),
    ("mumbai", "Asia/Kolkata"),
    ("new delhi", "Asia/Kolkata"),
    ("newfoundland", "America/St_Johns"),
    ("coordinated universal time", "UTC"),
    ("international date line west", "Etc/GMT+12"),
    ("aleutian islands", "America/Adak"),
    ("marquesas islands", "Pacific/Marquesas"),
    ("baja california", "America/Tijuana"),
    ("yukon", "America/Whitehorse"),
    ("easter island", "Pacific/Easter"),
    ("chetumal", "America/Cancun"),
    ("haiti", "America/Port-au-Prince"),
    ("indiana", "America/Indiana/Indianapolis"),
    ("turks and caicos", "America/Grand_Turk"),
    ("brasilia", "America/Sao_Paulo"),
    ("city of buenos aires", "America/Argentina/Buenos_Aires"),
    ("greenland", "America/Nuuk"),
    ("saint pierre and miquelon", "America/Miquelon"),
    ("salvador", "America/Bahia"),
    ("cabo verde is.", "Atlantic/Cape_Verde"),
    ("west central africa", "Africa/Lagos"),
    ("abu dhabi", "Asia/Dubai"),
    ("izhevsk", "Europe/Samara"),
    ("port louis", "Indian/Mauritius"),
    ("astana", "Asia/Almaty"),
    ("ekaterinburg", "Asia/Yekaterinburg"),
    ("islamabad", "Asia/Karachi"),
    ("sri jayawardenepura", "Asia/Colombo"),
    ("gorno-altaysk", "Asia/Barnaul"),
    ("lord howe island", "Australia/Lord_Howe"),
    ("bougainville island", "Pacific/Bougainville"),
    ("chokurdakh", "Asia/Srednekolymsk"),
    ("norfolk island", "Pacific/Norfolk"),
    ("solomon is.", "Pacific/Guadalcanal"),
    ("petropavlovsk-kamchatsky", "Asia/Kamchatka"),
    ("chatham islands", "Pacific/Chatham"),
    ("nuku'alofa", "Pacific/Tongatapu"),
    ("samoa", "Pacific/Apia"),
    ("kiritimati island", "Pacific/Kiritimati"),
];

/// The zone of a name as lists of zones show it: "(GMT+01.00) Sarajevo/Warsaw/Zagreb". It is that of the first city that
/// has a zone with this offset in winter or summer.
fn zone_of_cities(name: &str) -> Option<String> {
    let (offset, cities) = name.strip_prefix('(')?.split_once(')')?;
    let minutes = offset_minutes(offset)?;
    let has_offset = |zone: &Arc<Zone>| [JANUARY, JULY].iter().any(|at| zone.offset(*at) == minutes);
    let names = || cities.split(['/', ',', '&', ':', '(']).map(|city| city.trim().to_lowercase());
    let named = |name: &str| Zone::named(name).filter(has_offset).map(|zone| zone.name().to_owned());
    let of_city = |city: String| {
        let city = city.replace(' ', "_");
        let is_named = |name: &&String| name.to_lowercase().rsplit('/').next() == Some(&*city);
        CITIES.iter().filter(is_named).find_map(|name| named(name))
    };
    let of_other =
        |city: String| OTHER_CITIES.iter().find(|(known, _)| *known == city).and_then(|(_, zone)| named(zone));
    names().find_map(of_city).or_else(|| names().find_map(of_other))
}

/// The zone that is named after a city: "New York". None if several zones of that name keep different times.
pub(super) fn city_zone(name: &str) -> Option<String> {
    let city = name.trim().replace(' ', "_").replace(['ü', 'Ü'], "u").to_lowercase();
    let is_named = |zone: &&String| zone.to_lowercase().rsplit('/').next() == Some(&*city);
    // "US/Eastern" is not a city.
    let is_city = |zone: &&String| {
        !["US/", "Etc/", "Canada/", "Mexico/", "Brazil/", "Chile/"].iter().any(|c| zone.starts_with(c))
    };
    let mut named = CITIES.iter().filter(is_named).filter(is_city);
    let first = named.next()?;
    let times = |zone: &String| Zone::named(zone).map(|zone| zone.transitions(JANUARY, LATER));
    named.all(|other| times(other) == times(first)).then(|| first.clone())
}

/// The zone that is always that far from UTC: "+02:00", "UTC+2", "GMT-5". Only whole hours have a name.
fn zone_at_offset(name: &str) -> Option<String> {
    let upper = name.to_ascii_uppercase();
    let named = upper.strip_prefix("UTC").or_else(|| upper.strip_prefix("GMT"));
    let offset = named.unwrap_or(&upper);
    let (is_behind, digits) = match (offset.strip_prefix('+'), offset.strip_prefix('-')) {
        (Some(digits), _) => (false, digits),
        (None, digits) => (true, digits?),
    };
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        // "+1" after a time may also mean the next day.
        None if named.is_none() => return None,
        None => (digits, "00"),
    };
    let is_number = |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let hours: u32 = hours.parse().ok().filter(|_| is_number(hours) && minutes == "00")?;
    // Such names count the hours that UTC is ahead.
    let name = match (hours, is_behind) {
        (0, _) => "UTC".to_owned(),
        (hours, true) => format!("Etc/GMT+{hours}"),
        (hours, false) => format!("Etc/GMT-{hours}"),
    };
    NAMES.get(&name.to_lowercase()).cloned()
}

/// The zones that are named after a city: those with a continent.
static CITIES: LazyLock<Vec<String>> =
    LazyLock::new(|| zone::names().into_iter().filter(|name| name.contains('/')).collect());
/// Noon on 1 January and on 1 July 2026, in UTC.
const JANUARY: UtcMinute = UtcMinute(29_454_480);
const JULY: UtcMinute = UtcMinute(29_715_120);
/// Ten years later.
const LATER: UtcMinute = UtcMinute(34_714_080);

/// "GMT+01.00", "UTC-03:30" or "UTC" in minutes.
fn offset_minutes(text: &str) -> Option<i32> {
    let digits = text.trim().strip_prefix("GMT").or_else(|| text.trim().strip_prefix("UTC"))?;
    if digits.is_empty() {
        return Some(0);
    }
    let is_behind = digits.starts_with(['-', '−']);
    let (hours, minutes) = digits.trim_start_matches(['+', '-', '−']).split_once(['.', ':'])?;
    let all = hours.parse::<i32>().ok().filter(|hours| *hours < 15)? * 60 + minutes.parse::<i32>().ok()?;
    Some(if is_behind { -all } else { all })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_other_programs_get_their_iana_name() {
        for (name, expected) in [
            ("Europe/Berlin", Some("Europe/Berlin")),
            ("europe/berlin", Some("Europe/Berlin")),
            ("W. Europe Standard Time", Some("Europe/Berlin")),
            ("Pacific Standard Time", Some("America/Los_Angeles")),
            ("/mozilla.org/20070129_1/Europe/Brussels", Some("Europe/Brussels")),
            ("/vendor.example/America/Indiana/Knox", Some("America/Indiana/Knox")),
            ("(GMT+01.00) Sarajevo/Warsaw/Zagreb", Some("Europe/Sarajevo")),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", Some("Europe/Amsterdam")),
            ("(GMT-03.30) Newfoundland/St Johns", Some("Canada/Newfoundland")),
            ("(GMT+01.00) Middle Earth", None),
            ("-𐀀", None),
            ("UTC+é٢", None),
            ("(GMT) Greenwich Mean Time: Dublin, Edinburgh, Lisbon, London", Some("Europe/Dublin")),
            ("(UTC-05:00) Eastern Time (US & Canada)", Some("America/New_York")),
            ("(UTC-05:00) Indiana (East)", Some("America/Indiana/Indianapolis")),
            ("(UTC-03:00) Brasilia", Some("America/Sao_Paulo")),
            ("(UTC-03:00) City of Buenos Aires", Some("America/Argentina/Buenos_Aires")),
            ("(UTC-08:00) Baja California", Some("America/Tijuana")),
            ("(UTC+01:00) West Central Africa", Some("Africa/Lagos")),
            ("(UTC+05:00) Ekaterinburg", Some("Asia/Yekaterinburg")),
            ("(UTC+05:30) Sri Jayawardenepura", Some("Asia/Colombo")),
            ("(UTC+10:30) Lord Howe Island", Some("Australia/Lord_Howe")),
            ("(UTC+13:00) Samoa", Some("Pacific/Apia")),
            ("(UTC+14:00) Kiritimati Island", Some("Pacific/Kiritimati")),
            ("Kamchatka Standard Time", Some("Asia/Kamchatka")),
            ("Yukon Standard Time", Some("America/Whitehorse")),
            ("\"Eastern Standard Time\"", Some("America/New_York")),
            ("tzone://Microsoft/Utc", Some("UTC")),
            ("Z", Some("UTC")),
            ("US Mountain", Some("America/Denver")),
            ("US Mountain Standard Time", Some("America/Phoenix")),
            ("US/Mountain", Some("US/Mountain")),
            ("US Eastern", Some("America/New_York")),
            ("UTC+2", Some("Etc/GMT-2")),
            ("+02:00", Some("Etc/GMT-2")),
            ("-0500", Some("Etc/GMT+5")),
            ("UTC+5:30", None),
            ("UTC+99", None),
            ("Jerusalem Standard Time", Some("Asia/Jerusalem")),
            ("Middle Earth", None),
            ("", None),
        ] {
            assert_eq!(iana_name(name).as_deref(), expected, "{name}");
        }
        assert_eq!(iana_name(&"x".repeat(1000)), None);
        for (city, zone) in OTHER_CITIES {
            assert!(Zone::named(zone).is_some(), "{city}");
        }
    }
}
