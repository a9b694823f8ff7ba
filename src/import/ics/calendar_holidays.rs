//! Public holidays from a calendar.

use super::day_spans::{MOST_SERIES, spans};
use super::event_reader::read_events;
use super::events::Event;
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::MOST_RECORDS;
use crate::import::text::words_on_one_line;
use crate::model::{Edit, Holiday, HolidayCalendar, HolidayId, Plan, slug};
use crate::schedule::Zone;
use crate::wording::counted;

/// Reads a calendar of public holidays. A calendar without a name is called like its file; a calendar of that name in the
/// plan is replaced.
///
/// A holiday of several days becomes one for each day. If DESCRIPTION says that a holiday is not national, the brackets
/// after its name contain its region: "Epiphany (BW, BY)".
pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let (calendar, warnings) = read_events(&input.text()?)?;
    let mut imported = Imported { warnings, ..Imported::default() };
    let zone = Zone::named(plan.zone()).unwrap_or_else(Zone::utc);
    let mut days = Vec::new();
    let mut series = 0;
    for event in calendar.events.iter().filter(|event| !event.is_cancelled) {
        input.source.check_cancelled()?;
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
            Err(reason) => imported.warn(event.line, format!("{} skipped: {reason}", event.quoted_title())),
        }
        if days.len() > MOST_RECORDS {
            return Err(ImportError::TooMany("holidays"));
        }
    }
    days.sort();
    days.dedup();
    let file_name = input.file()?.name();
    let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
    let name = calendar.name.unwrap_or_else(|| words_on_one_line(stem));
    let name = if name.is_empty() { "Holidays".to_owned() } else { name };
    imported.summary = format!("{} ({name})", counted(days.len(), "holiday"));
    if !days.is_empty() {
        imported.edits.push(Edit::PutHolidays(HolidayCalendar { id: id_for_name(&name, plan), name, days }));
    }
    Ok(imported.in_order())
}

/// The id of the calendar of that name, or a new one.
fn id_for_name(name: &str, plan: &Plan) -> HolidayId {
    let same = plan.holidays().iter().find(|calendar| calendar.name == name);
    same.map_or_else(
        || HolidayId::unused(&slug(name), |id| plan.holidays().contains(id)),
        |calendar| calendar.id.clone(),
    )
}

/// The name and the region of a holiday. Thunderbird's calendars say in DESCRIPTION what kind of holiday it is: "Local
/// Bank Holiday - …".
fn name_and_region(event: &Event) -> (String, String) {
    let title = if event.summary.is_empty() { "Holiday".to_owned() } else { event.summary.clone() };
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
