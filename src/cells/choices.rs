//! Names, choices, numbers, dates and durations in cells, and the records that a cell names.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::model::{HasName, LONGEST_NAME, Minutes, Plan, Record, Table, ZoneId, check_name_length};
use crate::schedule::time::zone;
use crate::wording::{capitalised, list_of_choices, typed::read_date};

/// An error lists at most this many choices.
const MOST_LISTED: usize = 12;

pub fn name(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("Enter a name".to_owned()),
        text => check_name_length(text).map(|()| text.to_owned()).map_err(|problem| capitalised(&problem)),
    }
}

/// One of `all`, by its name or by its beginning if only one begins like that.
pub fn choice<T: Copy>(text: &str, all: &[T], name_of: fn(T) -> &'static str) -> Result<T, String> {
    let wanted = text.trim().to_lowercase();
    let lower = |value: T| name_of(value).to_lowercase();
    if let Some(value) = all.iter().find(|value| lower(**value) == wanted) {
        return Ok(*value);
    }
    let mut like = all.iter().filter(|value| !wanted.is_empty() && lower(**value).starts_with(&wanted));
    if let (Some(value), None) = (like.next(), like.next()) {
        return Ok(*value);
    }
    let names: Vec<&str> = all.iter().map(|value| name_of(*value)).collect();
    Err(format!("Unknown choice \"{}\": use {}", text.trim(), list_of_choices(&names)))
}

/// The names of all values of a choice, as cells show them.
pub fn names<T: Copy>(all: &[T], name_of: fn(T) -> &'static str) -> Vec<String> {
    all.iter().map(|value| capitalised(name_of(*value))).collect()
}

/// A whole number in a range.
pub fn number(text: &str, range: RangeInclusive<u32>) -> Result<u32, String> {
    let number = text.trim().parse().ok().filter(|number| range.contains(number));
    number.ok_or_else(|| {
        let (least, most) = (range.start(), range.end());
        format!("Invalid number \"{}\": use a whole number from {least} to {most}", text.trim())
    })
}

pub fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, String>) -> Result<Option<T>, String> {
    if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) }
}

pub fn date(text: &str) -> Result<NaiveDate, String> {
    read_date(text)
}

/// The length of something at night: a number alone is hours up to 24, and minutes above.
pub fn length(text: &str) -> Result<Minutes, String> {
    match Minutes::read_length(text).map_err(|error| error.to_string())? {
        Minutes(0) => Err("Invalid duration \"0\": a maintenance window lasts at least one minute".to_owned()),
        length => Ok(length),
    }
}

/// A time zone of the IANA database, or one of the plan's own.
pub fn zone_name(plan: &Plan, text: &str) -> Result<String, String> {
    let text = text.trim();
    let own = plan.zones().get(&ZoneId::new(text)).map(|zone| zone.id.to_string());
    let known = || zone::names().into_iter().find(|name| name.eq_ignore_ascii_case(text));
    own.or_else(known).ok_or_else(|| format!("Unknown time zone \"{text}\": use e.g. Europe/Berlin"))
}

/// The record of that name or id.
pub fn record<T: HasName>(table: &Table<T>, text: &str) -> Result<T::Id, String> {
    find(table, text.trim()).ok_or_else(|| {
        let mut names: Vec<String> = table.names().into_iter().map(|(_, name)| name).collect();
        names.sort_by_key(|name| name.to_lowercase());
        let advice = match names.len() {
            0 => "the plan has none yet".to_owned(),
            1..=MOST_LISTED => format!("use {}", list_of_choices(&names)),
            _ => format!("use the name of one in the list, e.g. {}", names[0]),
        };
        format!("Unknown {} \"{}\": {advice}", T::NOUN, text.trim())
    })
}

fn find<T: HasName>(table: &Table<T>, text: &str) -> Option<T::Id> {
    let lower = text.to_lowercase();
    let by_name = || table.iter().find(|record| record.name().to_lowercase() == lower);
    let by_id = || table.iter().find(|record| record.id().to_string().to_lowercase() == lower);
    by_name().or_else(by_id).map(|record| record.id().clone())
}

/// The records that a text names, separated by commas or semicolons.
pub fn records<T: HasName>(table: &Table<T>, text: &str) -> Result<Vec<T::Id>, String> {
    split_names(text, |name| record(table, name))
}

/// What a text names, separated by commas or semicolons. A name may itself contain them, so the longest that is known
/// counts, as it was typed or with a space after each comma.
pub fn split_names<T>(text: &str, find: impl Fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    let mut found = Vec::new();
    let mut rest = without_separators(text);
    while !rest.is_empty() {
        let first = rest.find(SEPARATORS).unwrap_or(rest.len());
        let ends = rest.match_indices(SEPARATORS).map(|(at, _)| at).chain([rest.len()]);
        let longer: Vec<usize> = ends.filter(|end| (first + 1..=MOST_BYTES).contains(end)).collect();
        let known = |end: usize| {
            let name = rest[..end].trim();
            find(name).or_else(|_| find(&spaced(name))).ok().map(|one| (end, one))
        };
        let (end, one) = match longer.into_iter().rev().find_map(known) {
            Some(known) => known,
            None => (first, find(rest[..first].trim())?),
        };
        found.push(one);
        rest = without_separators(&rest[end..]);
    }
    Ok(found)
}

const SEPARATORS: [char; 2] = [',', ';'];

/// The name of a ladder and a group has at most this many bytes: "Ladder: Group".
const MOST_BYTES: usize = 2 * 4 * LONGEST_NAME + 2;

/// A name with one space after each comma, as cells separate names.
fn spaced(name: &str) -> String {
    name.split(',').map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The text from its first name on.
fn without_separators(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || SEPARATORS.contains(&c))
}

/// The same, sorted and without duplicates.
pub fn sorted_records<T: HasName>(table: &Table<T>, text: &str) -> Result<Vec<T::Id>, String> {
    let mut ids = records(table, text)?;
    ids.sort();
    ids.dedup();
    Ok(ids)
}

/// The names of records as one cell shows them.
pub fn joined_names<T: HasName>(table: &Table<T>, ids: &[T::Id]) -> String {
    ids.iter().map(|id| table.name_of(id)).collect::<Vec<_>>().join(", ")
}

/// The names of a text with commas between them, each once.
pub fn names_in(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in text.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        if !names.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            names.push(name.to_owned());
        }
    }
    names
}

/// The names of all records, sorted.
pub fn all_names<T: HasName + Record>(table: &Table<T>) -> Vec<String> {
    let mut names: Vec<String> = table.names().into_iter().map(|(_, name)| name).collect();
    names.sort_by_key(|name| name.to_lowercase());
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Environment, System, SystemId};

    fn systems(names: &[&str]) -> Table<System> {
        names.iter().map(|name| System { id: (*name).into(), name: (*name).into(), ..System::default() }).collect()
    }

    #[test]
    fn a_choice_is_read_by_its_name_or_a_clear_beginning() {
        let read = |text| choice(text, Environment::ALL, Environment::name);
        assert_eq!(read("prod"), Ok(Environment::Production));
        assert_eq!(read(" UAT "), Ok(Environment::Uat));
        let expected = "Unknown choice \"live\": use Production, UAT, Test or Development";
        assert_eq!(read("live"), Err(expected.to_owned()));
        assert!(read("").is_err());
    }

    #[test]
    fn several_records_are_read_even_if_a_name_has_a_comma() {
        let table = systems(&["Web", "Mail, old", "Mail"]);
        let read = |text: &str| sorted_records(&table, text).map(|ids| ids.iter().map(ToString::to_string).collect());
        let names = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        assert_eq!(read("web, Mail, old"), names(&["Mail, old", "Web"]));
        assert_eq!(read("Mail; Web; mail"), names(&["Mail", "Web"]));
        assert_eq!(read(""), names(&[]));
        assert_eq!(read("mail,OLD,web"), names(&["Mail, old", "Web"]), "the space may be missing");
        let wrong: Result<Vec<String>, String> = read("Web, Fax");
        assert_eq!(wrong, Err("Unknown system \"Fax\": use Mail, Mail, old or Web".to_owned()));
    }

    #[test]
    fn what_a_cell_shows_is_read_again_whatever_separators_the_names_contain() {
        let all = ["DB1,DB2", "DB1", "DB2", "Web; old", "Web", "Mail,", "a , b", "x;y,z"];
        let table = systems(&all);
        for first in all {
            for second in all.into_iter().filter(|second| *second != first) {
                let ids: Vec<SystemId> = vec![first.into(), second.into()];
                let shown = joined_names(&table, &ids);
                assert_eq!(records(&table, &shown), Ok(ids), "{shown}");
            }
        }
        assert_eq!(records(&table, "Web;DB1;Mail,"), Ok(vec!["Web".into(), "DB1".into(), "Mail,".into()]));
        let unknown = records(&systems(&["DB1,DB2"]), "DB1,DB3").unwrap_err();
        assert!(unknown.starts_with("Unknown system \"DB1\""), "{unknown}");
    }
}
