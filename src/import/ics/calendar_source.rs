//! The calendars of a file: the file itself, or those in a mail.

use std::sync::Arc;

use chrono::Datelike;

use super::calendar_text::CalendarText;
use super::event_reader::{ReadContext, Reader};
use super::events::Calendar;
use super::years::Years;
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::mail_parts::{self, looks_like_mail};
use crate::schedule::Zone;

/// How much of a file is looked at to see whether it is a mail, in bytes.
const LONGEST_MAIL_HEAD: usize = 16 << 10;

/// Reads the events of the only file, which may be a mail with calendars. `home` is the plan's zone.
pub(super) fn read_calendar(input: &Input<'_>, home: &Arc<Zone>) -> Result<(Calendar, Imported), ImportError> {
    let horizon = input.plan().horizon();
    let year = |year: i32| year.clamp(Years::FIRST, Years::LAST);
    let years = Years { first: year(horizon.from.year()), last: year(horizon.last().year()) };
    let mut reader = Reader::new(ReadContext { years: Some(years), home: Some(Arc::clone(home)) });
    let bytes = input.file()?.bytes()?;
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_MAIL_HEAD)]);
    let mut imported = Imported::default();
    let is_mail = looks_like_mail(&beginning);
    if is_mail {
        let mail = mail_parts::open(&bytes);
        if mail.calendars.is_empty() {
            return Err(if mail.has_tnef { ImportError::OnlyForOutlook } else { ImportError::MailWithoutCalendar });
        }
        for part in &mail.calendars {
            reader.add(&CalendarText::from_text(&part.text), part.method.as_deref())?;
        }
    } else {
        let text = CalendarText::from_bytes(&bytes);
        drop(bytes);
        if let Some(warning) = &text.warning {
            imported.warn(None, warning.clone());
        }
        reader.add(&text, None)?;
    }
    let (mut calendar, mut warnings) = reader.finish();
    if is_mail {
        // The lines are those of a part, not of the file.
        for event in &mut calendar.events {
            event.line = None;
        }
        for warning in &mut warnings {
            warning.line = None;
        }
    }
    imported.warnings.extend(warnings);
    Ok((calendar, imported))
}
