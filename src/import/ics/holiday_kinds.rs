//! What kind of holiday an event is, as its description says.

use super::events::Event;

/// The kind of a holiday, with its name without additions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum HolidayKind {
    National {
        name: String,
    },
    /// Of some regions only.
    Regional {
        name: String,
        region: String,
    },
    /// A day that people remember, but work on.
    Observance,
}

/// How Google's calendars say in the first line of DESCRIPTION that a day is a public holiday, and what separates that
/// from its regions.
const PUBLIC: [(&str, &[&str]); 26] = [
    ("public holiday", &[" in "]),
    ("gesetzlicher feiertag", &[" in ", " im "]),
    ("jour férié", &[" dans ", " en ", " à "]),
    ("día festivo", &[" en "]),
    ("festivo", &[" en "]),
    ("día feriado", &[" en "]),
    ("feriado", &[" em ", " en ", " no ", " na "]),
    ("festività pubblica", &[" in ", " a "]),
    ("giorno festivo", &[" in ", " a "]),
    ("officiële feestdag", &[" in "]),
    ("nationale feestdag", &[" in "]),
    ("święto państwowe", &[" w "]),
    ("dzień ustawowo wolny od pracy", &[" w "]),
    ("státní svátek", &[" v "]),
    ("allmän helgdag", &[" i "]),
    ("offentlig helligdag", &[" i "]),
    ("helligdag", &[" i "]),
    ("offentlig fridag", &[" i "]),
    ("государственный праздник", &[" в ", " во "]),
    ("國定假日", &["（", "("]),
    ("resmi tatil", &[" - ", ": "]),
    ("祝日", &["（", "("]),
    ("公众假期", &["（", "("]),
    ("法定节假日", &["（", "("]),
    ("公休日", &["（", "("]),
    ("공휴일", &["（", "("]),
];

/// How they say that a day is not a day off.
const OBSERVANCES: [&str; 20] = [
    "observance",
    "gedenktag",
    "journée commémorative",
    "jour commémoratif",
    "célébration",
    "día de conmemoración",
    "conmemoración",
    "celebración",
    "data comemorativa",
    "comemoração",
    "ricorrenza",
    "commemorazione",
    "herdenkingsdag",
    "gedenkdag",
    "obchody",
    "památný den",
    "temadag",
    "kutlama",
    "祭日",
    "기념일",
];

/// What the event is. A name and its description decide; an event without a description is one of the whole country.
pub(super) fn kind_of(event: &Event) -> HolidayKind {
    let title = if event.summary.is_empty() { "Holiday" } else { &event.summary };
    let line = event.description.lines().next().unwrap_or_default().trim();
    google(title, line).unwrap_or_else(|| {
        if says_how_to_hide(&event.description) {
            HolidayKind::Observance
        } else {
            thunderbird(title, &event.description)
        }
    })
}

/// Whether the description says below its first line how to hide observances in Google's calendar, which is done in many
/// more languages than are known here.
fn says_how_to_hide(description: &str) -> bool {
    description.lines().skip(1).any(|line| line.to_lowercase().contains("google"))
}

/// The kind, if the line is one of Google's: "Public holiday in Bavaria, Hesse".
fn google(title: &str, line: &str) -> Option<HolidayKind> {
    let lower = line.to_lowercase();
    if OBSERVANCES.iter().any(|word| is_word(&lower, word)) {
        return Some(HolidayKind::Observance);
    }
    let (word, separators) = PUBLIC.iter().find(|(word, _)| is_word(&lower, word))?;
    // Lower case may have another length, so the region is counted in characters.
    let rest: String = line.chars().skip(word.chars().count()).collect();
    if rest.trim().is_empty() {
        return Some(HolidayKind::National { name: title.to_owned() });
    }
    let region = separators.iter().find_map(|separator| rest.strip_prefix(separator))?;
    let region = region.trim().trim_end_matches(['）', ')']).to_owned();
    Some(HolidayKind::Regional { name: without_brackets(title), region })
}

/// Whether a line begins with the word and goes on with something else, if at all.
fn is_word(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphabetic() && c.is_ascii()))
}

/// "Epiphany (regional holiday)" without its brackets.
fn without_brackets(title: &str) -> String {
    trailing_brackets(title).map_or(title, |(name, _)| name).to_owned()
}

/// Thunderbird's calendars say in DESCRIPTION what kind of holiday it is: "Local Bank Holiday - …"; the brackets after
/// the name contain its region: "Epiphany (BW, BY)".
fn thunderbird(title: &str, description: &str) -> HolidayKind {
    let name = title.to_owned();
    let kind = description.split([':', '\n']).next().unwrap_or_default();
    let kind = kind.split(" - ").next().unwrap_or_default().trim().to_lowercase();
    let is_national =
        ["national", "bank holiday", "public holiday", "federal"].iter().any(|each| kind.starts_with(each));
    if kind.is_empty() || kind.chars().count() > 60 || is_national {
        return HolidayKind::National { name };
    }
    if let Some((name, region)) = trailing_brackets(title) {
        return HolidayKind::Regional { name: name.to_owned(), region: region.to_owned() };
    }
    let is_regional = ["local", "state", "regional", "observance"].iter().any(|word| kind.contains(word));
    if is_regional {
        HolidayKind::Regional { name, region: format!("some places ({kind})") }
    } else {
        HolidayKind::National { name }
    }
}

/// Splits "Corpus Christi (BY, SN (community))" into "Corpus Christi" and "BY, SN (community)".
fn trailing_brackets(title: &str) -> Option<(&str, &str)> {
    let inner = title.strip_suffix(')')?;
    let mut open = 1;
    for (index, c) in inner.char_indices().rev() {
        match c {
            ')' => open += 1,
            '(' => open -= 1,
            _ => {}
        }
        if open == 0 {
            let (name, region) = (title[..index].trim_end(), inner[index + 1..].trim());
            return (!name.is_empty() && !region.is_empty()).then_some((name, region));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn googles_descriptions_say_the_kind() {
        let national = |name: &str| Some(HolidayKind::National { name: name.to_owned() });
        let regional =
            |name: &str, region: &str| Some(HolidayKind::Regional { name: name.to_owned(), region: region.to_owned() });
        for (title, line, expected) in [
            ("Neujahr", "Gesetzlicher Feiertag", national("Neujahr")),
            ("Eid (tentative)", "Public holiday", national("Eid (tentative)")),
            ("Epiphany (regional holiday)", "Public holiday in Bavaria, Hesse", regional("Epiphany", "Bavaria, Hesse")),
            (
                "Fronleichnam (regionaler Feiertag)",
                "Gesetzlicher Feiertag in Bayern",
                regional("Fronleichnam", "Bayern"),
            ),
            (
                "All Saints' Day (regional holiday)",
                "Public holiday in 5 states",
                regional("All Saints' Day", "5 states"),
            ),
            ("建国記念の日", "祝日", national("建国記念の日")),
            ("Valentinstag", "Gedenktag", Some(HolidayKind::Observance)),
            ("節分", "祭日", Some(HolidayKind::Observance)),
            ("Fête", "Journée commémorative", Some(HolidayKind::Observance)),
            ("Staff day", "Everybody is away", None),
        ] {
            assert_eq!(google(title, line), expected, "{title}");
        }
    }
}
