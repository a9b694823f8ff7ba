//! The calendars of a file: the file itself, or those in a mail.

use std::sync::Arc;

use chrono::Datelike;

use super::calendar_text::CalendarText;
use super::event_reader::{ReadContext, Reader};
use super::events::Calendar;
use super::years::Years;
use crate::import::error::ImportError;
use crate::import::imported::{Imported, SKIPPED, Warning};
use crate::import::input::Input;
use crate::import::mail_files::{self, MailFile};
use crate::import::mail_parts;
use crate::import::text::words_on_one_line;
use crate::import::unread_format::UnreadFormat;
use crate::model::CustomZone;
use crate::schedule::Zone;

/// Reads the events of the only file, which may be a mail with calendars. `home` is the plan's zone.
pub(super) fn read_calendar(input: &Input<'_>, home: &Arc<Zone>) -> Result<(Calendar, Imported), ImportError> {
    let horizon = input.plan().horizon();
    let year = |year: i32| year.clamp(Years::FIRST, Years::LAST);
    let years = Years { first: year(horizon.from.year()), last: year(horizon.last().year()) };
    let zones = input.plan().zones().iter().map(|zone| CustomZone::clone(zone)).collect();
    let mut reader = Reader::new(ReadContext { years: Some(years), home: Some(Arc::clone(home)), zones });
    let file = input.file()?;
    let name = file.name().to_owned();
    let bytes = file.bytes()?;
    let mut imported = Imported::default();
    let is_in_mails = match mail_files::open(&name, &bytes) {
        MailFile::Calendar => {
            let check = || input.source.check_cancelled();
            let text = CalendarText::from_bytes(&bytes, &check)?;
            drop(bytes);
            imported.warnings.extend(text.warning.clone().map(|message| Warning { line: None, message }));
            reader.add(&text, None, &check)?;
            false
        }
        MailFile::Mail(mail) => add_mails(&[mail], None, &mut reader, input, &mut imported)?,
        MailFile::PartialMail(mail) => {
            add_mails(&[mail], Some(UnreadFormat::Incomplete), &mut reader, input, &mut imported)?
        }
        MailFile::Mailbox(mails) => add_mails(&mails, None, &mut reader, input, &mut imported)?,
        MailFile::Unread(format) => return Err(ImportError::UnreadMail(format.for_calendars())),
    };
    let (mut calendar, mut warnings) = reader.finish();
    if is_in_mails {
        calendar.is_message = true;
        // The lines are those of a part, not of the file.
        for event in &mut calendar.events {
            event.line = None;
        }
        for warning in &mut warnings {
            warning.line = None;
        }
    }
    imported.warnings.extend(warnings);
    imported.leave_out(SKIPPED, calendar.unread_uids.len());
    imported.report.get_or_insert_default().rows = calendar.events.len() + calendar.unread_uids.len();
    Ok((calendar, imported))
}

/// What records remember as their source: the name of the calendar, or that of the file.
pub(super) fn source_name(calendar: &Calendar, input: &Input<'_>) -> Result<String, ImportError> {
    let file = input.file()?.name();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    Ok(calendar.name.clone().unwrap_or_else(|| words_on_one_line(without_copy_number(stem))))
}

/// "Feed" for "Feed (1)", which browsers call a file that they save again.
fn without_copy_number(stem: &str) -> &str {
    let is_copy_number = |text: &str| matches!(text.len(), 1 | 2) && text.bytes().all(|byte| byte.is_ascii_digit());
    match stem.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        Some((name, number)) if is_copy_number(number) && !name.trim_end().is_empty() => name.trim_end(),
        _ => stem,
    }
}

/// Adds the calendars in mails, and warns about parts that are not read. Returns true.
///
/// # Errors
/// No calendar is found, or one of them cannot be read.
fn add_mails<M: AsRef<[u8]>>(
    mails: &[M],
    missing: Option<UnreadFormat>,
    reader: &mut Reader,
    input: &Input<'_>,
    imported: &mut Imported,
) -> Result<bool, ImportError> {
    let (mut unread, mut has_calendar) = (Vec::from_iter(missing), false);
    for mail in mails {
        let mail = mail_parts::open(mail.as_ref());
        unread.extend(mail.unread);
        for part in &mail.calendars {
            has_calendar = true;
            reader.add(&CalendarText::from_text(&part.text), part.method.as_deref(), &|| {
                input.source.check_cancelled()
            })?;
        }
    }
    unread.dedup();
    match unread.first() {
        Some(format) if !has_calendar => return Err(ImportError::UnreadMail(format.for_calendars())),
        None if !has_calendar => return Err(ImportError::MailWithoutCalendar),
        _ if missing.is_some() => {}
        _ => unread.iter().for_each(|format| imported.warn(None, format.for_calendars())),
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_saved_again_is_the_same_calendar() {
        for (stem, name) in [
            ("Feed (1)", "Feed"),
            ("Feed(12)", "Feed"),
            ("Feed (2027)", "Feed (2027)"),
            ("Feed (EU)", "Feed (EU)"),
            ("(1)", "(1)"),
            ("Feed", "Feed"),
            ("Feed ()", "Feed ()"),
        ] {
            assert_eq!(without_copy_number(stem), name);
        }
    }
}
