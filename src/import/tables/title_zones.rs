//! Time zones that titles, and lines above them, name for all times below.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::written_zones::{SEASONS, WrittenZone, for_column};

/// What a title or a note says about the zone of its times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamedInTitle {
    Nothing,
    Zone(WrittenZone),
    /// It looks like a zone that is not known; why.
    Unknown(String),
    /// It may be anything.
    Other(String),
}

/// What in a title is about something else than a zone.
const OTHER_WORDS: [&str; 39] = [
    "planned",
    "plan",
    "geplant",
    "soll",
    "actual",
    "required",
    "optional",
    "pflicht",
    "pflichtfeld",
    "date",
    "datum",
    "time",
    "uhrzeit",
    "zeit",
    "uhr",
    "start",
    "end",
    "ende",
    "beginn",
    "begin",
    "from",
    "to",
    "von",
    "bis",
    "new",
    "neu",
    "format",
    "iso",
    "iso 8601",
    "24h",
    "24 h",
    "24-hour",
    "am/pm",
    "day",
    "tag",
    "h",
    "min",
    "hrs",
    "date/time",
];

/// Reads the zone that a title names: "Start (UTC)", "Start [Berlin time]", "Start UTC".
pub fn in_title(title: &str) -> NamedInTitle {
    let title = custom_field(title).unwrap_or(title);
    let Some((_, rest)) = title.split_once(['(', '[']) else {
        return match zone_word(title) {
            Some((_, zone)) => NamedInTitle::Zone(zone),
            None => NamedInTitle::Nothing,
        };
    };
    let end = rest.rfind([')', ']']).unwrap_or(rest.len());
    let text = rest[..end].trim();
    if let Some(zone) = zone_in(text) {
        return NamedInTitle::Zone(zone);
    }
    let lower = text.to_lowercase();
    let is_format =
        lower.chars().all(|c| matches!(c, 'd' | 'm' | 'y' | 'j' | 't' | 'h' | 's' | 'n') || !c.is_alphabetic());
    let parts = || lower.split([',', ';', '/']).map(str::trim);
    if is_format || parts().all(|part| OTHER_WORDS.contains(&part)) || OTHER_WORDS.contains(&&*lower) {
        return NamedInTitle::Nothing;
    }
    let is_short = (2..=5).contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase());
    let is_about_zone = ["time", "zeit", "zone", "utc", "gmt"].iter().any(|word| lower.contains(word));
    match for_column(text) {
        Err(problem) if is_short || is_about_zone || lower.contains('/') => NamedInTitle::Unknown(problem),
        _ => NamedInTitle::Other(text.to_owned()),
    }
}

/// The zone of a bracket or of the end of a note: "UTC", "in UTC", "planned, UTC", "all times ET".
fn zone_in(text: &str) -> Option<WrittenZone> {
    let parts = || std::iter::once(text).chain(text.split([',', ';']));
    let plain = |text: &str| {
        let text = text.trim();
        let after_in =
            [" in ", "in ", ":", "="].iter().find_map(|word| text.rfind(word).map(|at| &text[at + word.len()..]));
        let last = text
            .rsplit(' ')
            .next()
            .filter(|last| last.chars().all(|c| c.is_ascii_uppercase() || "+-:0123456789".contains(c)));
        [Some(text), after_in, last].into_iter().flatten().find_map(|text| for_column(text.trim()).ok())
    };
    parts().find_map(plain)
}

/// Short names of zones at the end of titles without brackets.
static ZONE_WORDS: LazyLock<HashMap<String, WrittenZone>> = LazyLock::new(|| {
    let seasons = SEASONS.iter().map(|(name, ..)| *name);
    let all = seasons.chain(["UTC", "GMT", "ET", "PT", "local"]);
    all.filter_map(|name| Some((name.to_lowercase(), for_column(name).ok()?))).collect()
});

/// Between the words of a title.
const BREAKS: [char; 4] = [' ', '_', '-', '/'];

/// The rest of a title with a zone at its end or its beginning, and the zone: "Start UTC", "Start in UTC", "UTC start",
/// `StartUTC`.
pub fn zone_word(title: &str) -> Option<(&str, WrittenZone)> {
    let title = title.trim();
    let named = |word: &str| ZONE_WORDS.get(&word.to_lowercase()).cloned();
    let at_end = || title.rsplit_once(BREAKS).and_then(|(rest, word)| Some((rest, named(word)?)));
    // "Est start" is an estimate.
    let is_name = |word: &str| word == word.to_uppercase() || ["local", "utc", "gmt"].contains(&&*word.to_lowercase());
    let at_start = || {
        let (word, rest) = title.split_once(BREAKS).filter(|(word, _)| is_name(word))?;
        Some((rest, named(word)?))
    };
    let (rest, zone) = at_end().or_else(at_start).or_else(|| zone_without_break(title))?;
    let rest = rest.trim_matches(BREAKS);
    let rest = [" in", "_in", "-in"].iter().find_map(|word| rest.strip_suffix(word)).unwrap_or(rest);
    let rest = rest.trim_matches(BREAKS);
    (!rest.is_empty()).then_some((rest, zone))
}

/// `StartUTC`, "utcStart": UTC or GMT where capital letters begin or end a word.
fn zone_without_break(title: &str) -> Option<(&str, WrittenZone)> {
    let ends = |name: &&str| {
        let rest = title.strip_suffix(*name)?;
        rest.ends_with(|c: char| c.is_lowercase()).then_some(rest)
    };
    let begins = |name: &&str| {
        let start = title.get(..name.len())?;
        let rest = &title[name.len()..];
        (start.eq_ignore_ascii_case(name) && rest.starts_with(|c: char| c.is_uppercase())).then_some(rest)
    };
    let rest = ["UTC", "GMT", "Utc", "Gmt"].iter().find_map(|name| ends(name).or_else(|| begins(name)))?;
    Some((rest, WrittenZone::Named("UTC".to_owned())))
}

/// The title that Jira writes as "Custom field (Planned start)".
pub fn custom_field(title: &str) -> Option<&str> {
    let begins = |word: &str| title.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let word = ["custom field (", "benutzerdefiniertes feld ("].into_iter().find(|word| begins(word))?;
    title[word.len()..].strip_suffix(')').map(str::trim)
}

/// Whether a note is about the zone of all times, and not about times in some other way: "Times may change in spring".
pub fn speaks_of_all_times(note: &str) -> bool {
    const BEGINNINGS: [&str; 10] = [
        "all times",
        "alle zeiten",
        "alle uhrzeiten",
        "times are in",
        "times in",
        "zeiten in",
        "uhrzeiten in",
        "time zone",
        "timezone",
        "zeitzone",
    ];
    let lower = note.to_lowercase();
    BEGINNINGS.iter().any(|words| lower.contains(words))
}

/// What a line above the titles or below the table says about all times: "All times in UTC", "Zeiten in MEZ", "Time zone: Europe/Berlin".
pub fn in_note(text: &str) -> NamedInTitle {
    let lower = text.to_lowercase();
    let is_about_times =
        ["times", "zeiten", "time zone", "timezone", "zeitzone", "uhrzeit"].iter().any(|word| lower.contains(word));
    if !is_about_times || text.len() > 200 {
        return NamedInTitle::Nothing;
    }
    let text = text.trim().trim_end_matches('.');
    let after = [" in ", ":", "=", " are ", " sind "]
        .iter()
        .filter_map(|word| lower.rfind(word).map(|at| at + word.len()))
        .max();
    let named = after.and_then(|at| text.get(at..)).map(|rest| rest.trim().trim_start_matches("the ").trim());
    let in_brackets = text.split_once('(').map(|(_, rest)| rest.trim_end_matches(')').trim());
    let last = text.rsplit(' ').next().filter(|last| last.chars().all(|c| c.is_ascii_uppercase()));
    let found = [named, in_brackets, last].into_iter().flatten().find_map(zone_in);
    match (found, named) {
        (Some(zone), _) => NamedInTitle::Zone(zone),
        (None, Some(named)) if lower.contains("zone") || lower.contains(" in ") => {
            NamedInTitle::Unknown(format!("Unknown time zone \"{named}\": use e.g. Europe/Berlin"))
        }
        (None, _) => NamedInTitle::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_and_notes_name_zones() {
        for (title, expected) in [
            ("Start (UTC)", Some("UTC")),
            ("Start [in UTC]", Some("UTC")),
            ("Start (planned, UTC)", Some("UTC")),
            ("Start UTC", Some("UTC")),
            ("start_utc", Some("UTC")),
            ("UTC Start", Some("UTC")),
            ("Start in UTC", Some("UTC")),
            ("StartUTC", Some("UTC")),
            ("startUtc", Some("UTC")),
            ("Start/UTC", Some("UTC")),
            ("UTC start time", Some("UTC")),
            ("Beginn in MEZ", Some("Europe/Berlin")),
            ("Local start", Some("local time")),
            ("Est start", None),
            ("Start (ET)", Some("America/New_York")),
            ("Start (UTC+02:00)", Some("UTC+02:00")),
            ("Start (local)", Some("local time")),
            ("Start", None),
            ("Start (dd.mm.yyyy)", None),
            ("Start (planned)", None),
            ("Start (hh:mm)", None),
            ("Custom field (Planned start)", None),
            ("Custom field (Start UTC)", Some("UTC")),
        ] {
            let found = match in_title(title) {
                NamedInTitle::Zone(zone) => Some(zone.to_string()),
                other => {
                    assert_eq!(other, NamedInTitle::Nothing, "{title}");
                    None
                }
            };
            assert_eq!(found.as_deref(), expected, "{title}");
        }
        assert!(matches!(in_title("Start (IST)"), NamedInTitle::Unknown(_)));
        assert!(matches!(in_title("Start (Springfield)"), NamedInTitle::Other(_)));
        for (note, expected) in [
            ("All times in UTC", Some("UTC")),
            ("Alle Zeiten in MESZ", Some("MESZ")),
            ("Time zone: Europe/London", Some("Europe/London")),
            ("All times UTC", Some("UTC")),
            ("Maintenance 2027", None),
            ("* all times UTC", Some("UTC")),
            ("Note: all times in UTC", Some("UTC")),
            ("Hinweis: Zeiten in UTC", Some("UTC")),
        ] {
            let NamedInTitle::Zone(zone) = in_note(note) else {
                assert_eq!(expected, None, "{note}");
                continue;
            };
            assert_eq!(Some(zone.to_string().as_str()), expected, "{note}");
        }
        assert!(matches!(in_note("All times in IST"), NamedInTitle::Unknown(_)));
    }
}
