//! Making the files of an order, one after the other.

use super::delivery_error::DeliveryError;
use super::order::Order;
use crate::connect::writing::SystemFile;
use crate::export::invites::{InvitesOrder, Organizer, Outgoing};
use crate::export::print::Form;
use crate::export::profiles::Calendars;
use crate::export::{ExportFile, Source, unknown_dates};
use crate::model::Edit;
use crate::progress::Progress;

/// What there is to say about files that were made.
#[derive(Default)]
pub struct Made {
    /// What they hold, as a sentence.
    pub summary: Option<String>,
    /// What is missing from them, or what their reader would misread.
    pub remarks: Vec<String>,
    /// The edit that notes them in the plan, once they are safely on disk.
    pub noted: Option<Edit>,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
}

/// Makes the files of `order` and hands each of them to `put`.
pub fn make(
    order: &Order,
    source: &Source<'_>,
    progress: &Progress,
    put: &mut dyn FnMut(ExportFile) -> Result<(), DeliveryError>,
) -> Result<Made, DeliveryError> {
    let made = make_files(order, source, progress, put)?;
    // The others say it themselves, as far as it concerns what was ordered.
    let says_it = matches!(order, Order::System(_) | Order::Invites(_));
    let missing = unknown_dates(source.schedule).filter(|_| !says_it);
    Ok(Made { remarks: missing.into_iter().chain(made.remarks).collect(), ..made })
}

fn make_files(
    order: &Order,
    source: &Source<'_>,
    progress: &Progress,
    put: &mut dyn FnMut(ExportFile) -> Result<(), DeliveryError>,
) -> Result<Made, DeliveryError> {
    match order {
        Order::Print(order) => {
            let prints = order.print(source, progress)?;
            let pages = match prints.files.as_slice() {
                [only] if order.form == Form::Pdf => page_count(&only.bytes),
                _ => None,
            };
            prints.files.into_iter().try_for_each(put)?;
            Ok(Made { pages, remarks: prints.missing.iter().map(ToString::to_string).collect(), ..Made::default() })
        }
        Order::Calendar(order) => {
            let Calendars { files, complaints } = order.calendars(source);
            if files.is_empty() {
                return Err(DeliveryError::NoCalendar(complaints));
            }
            files.into_iter().try_for_each(put)?;
            Ok(Made { remarks: complaints.iter().map(ToString::to_string).collect(), ..Made::default() })
        }
        Order::List(order) => {
            let bytes = order.list.write(order.form, order.csv, source).ok_or(DeliveryError::NoSuchForm)?;
            put(ExportFile::new(order.list.output().id.to_owned(), bytes))?;
            Ok(Made::default())
        }
        Order::Changes(order) => {
            let (revision, basis) = source.revision().ok_or(DeliveryError::NoBasis)?;
            put(ExportFile::new("changes".to_owned(), (order.form.write)(revision, basis, order.csv)))?;
            Ok(Made { summary: Some(revision.summary()), ..Made::default() })
        }
        Order::System(order) => {
            let SystemFile { text, losses, remarks, summary, is_empty } =
                order.writer.file(source.schedule, source.now);
            if is_empty || text.is_empty() {
                return Err(DeliveryError::NoWindow(losses));
            }
            put(ExportFile::new(order.system.id.to_owned(), text))?;
            let remarks = losses.into_iter().chain(remarks).chain(order.how_to_apply()).collect();
            Ok(Made { summary: Some(summary), remarks, ..Made::default() })
        }
        Order::Invites(order) => make_invites(order, source, progress, put),
    }
}

#[cfg(feature = "pdf")]
use crate::export::paper::page_count;

/// Without this feature there are no PDFs.
#[cfg(not(feature = "pdf"))]
fn page_count(_: &[u8]) -> Option<usize> {
    None
}

/// Invites are many: each is written before the next one is made.
fn make_invites(
    order: &InvitesOrder,
    source: &Source<'_>,
    progress: &Progress,
    put: &mut dyn FnMut(ExportFile) -> Result<(), DeliveryError>,
) -> Result<Made, DeliveryError> {
    let Source { schedule, today, .. } = *source;
    let outgoing = Outgoing::new(schedule, today, order);
    let made = Made {
        summary: Some(outgoing.summary()),
        remarks: outgoing.omissions().into_iter().collect(),
        noted: outgoing.edit_to_record(),
        pages: None,
    };
    if outgoing.is_empty() {
        return Ok(made);
    }
    let organizer = Organizer::from_texts(schedule.plan.invites())?;
    let count = outgoing.file_count();
    for (done, file) in outgoing.files(&organizer).enumerate() {
        if !progress.continues(done, count) {
            return Err(DeliveryError::Stopped);
        }
        put(file)?;
    }
    if progress.continues(count, count) { Ok(made) } else { Err(DeliveryError::Stopped) }
}
