//! Public holidays from a calendar.

use super::event::Event;
use super::read::read;
use super::span::{MOST_SERIES, spans};
use crate::import::{ImportError, Imported, MOST_RECORDS, one_line};
use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId, Plan, slug};
use crate::schedule::Zone;
use crate::wording::counted;

/// Reads a calendar of public holidays. `name` (the file's name) is what it is called where it does not say itself; a
/// calendar of that name in the plan is replaced.
///
/// A holiday of several days becomes one for each day. Where DESCRIPTION says that a holiday is no national one, the
/// place in brackets behind its name is its region: "Epiphany (BW, BY)".
pub fn holidays(text: &str, name: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let (calendar, warnings) = read(text)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let zone = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let mut days = Vec::new();
    let mut series = 0;
    for event in calendar.events.iter().filter(|event| !event.is_cancelled) {
        series += usize::from(event.rrule.is_some());
        if series > MOST_SERIES {
            return Err(ImportError::TooMany("events or recurring holidays"));
        }
        match spans(event, plan, &zone) {
            Ok(spans) => {
                let (name, region) = name_and_region(event);
                for (first, last) in spans {
                    let holiday = |on| Holiday { on, name: name.clone(), region: region.clone() };
                    days.extend(first.iter_days().take_while(|on| *on <= last).map(holiday));
                }
            }
            Err(reason) => imported.warn(event.line, format!("{} is left out: {reason}", event.title())),
        }
        if days.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("holidays"));
        }
    }
    days.sort();
    days.dedup();
    let stem = name.strip_suffix(".ics").or_else(|| name.strip_suffix(".ICS")).unwrap_or(name);
    let name = calendar.name.unwrap_or_else(|| one_line(stem));
    let name = if name.is_empty() { "Holidays".to_owned() } else { name };
    imported.summary = format!("{} ({name})", counted(days.len(), "holiday"));
    if !days.is_empty() {
        imported.edits.push(Edit::PutHolidays(HolidayCalendar { id: id_of(&name, plan), name, days }));
    }
    Ok(imported.in_order())
}

fn id_of(name: &str, plan: &Plan) -> HolidayId {
    let same = plan.holidays().iter().find(|calendar| calendar.name == name);
    same.map_or_else(
        || HolidayId::unused(&slug(name), |id| plan.holidays().contains(id)),
        |calendar| calendar.id.clone(),
    )
}

/// Thunderbird's calendars say in DESCRIPTION what kind of holiday it is: "Local Bank Holiday - …".
fn name_and_region(event: &Event) -> (String, String) {
    let title = event.title().to_owned();
    let kind = event.description.split([':', '\n']).next().unwrap_or_default();
    let kind = kind.split(" - ").next().unwrap_or_default().trim().to_lowercase();
    let is_national =
        ["national", "bank holiday", "public holiday", "federal"].iter().any(|each| kind.starts_with(each));
    if kind.is_empty() || kind.chars().count() > 60 || is_national {
        return (title, String::new());
    }
    if let Some((name, region)) = trailing_brackets(&title) {
        return (name.to_owned(), region.to_owned());
    }
    let is_regional = ["local", "state", "regional", "observance"].iter().any(|word| kind.contains(word));
    let region = if is_regional { format!("some places ({kind})") } else { String::new() };
    (title, region)
}

/// "Corpus Christi (BY, SN (community))" is "Corpus Christi" and "BY, SN (community)".
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
