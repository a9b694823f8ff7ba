//! Many packs at once: which, and in how many files.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{GoesOn, NotPrinted, Order, PrintedFile, Prints, Source};
use crate::export::checklist::{self, NoChecklist};
use crate::export::text::one_line;
use crate::model::{AreaId, GroupId, Plan, WindowId, slug};
use crate::schedule::{Origin, Schedule, WindowSchedule};

/// Which occurrences: those of which all that is said holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Packs {
    pub window: Option<WindowId>,
    pub group: Option<GroupId>,
    pub area: Option<AreaId>,
    /// The first and the last day on which they may start.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
}

impl Packs {
    /// Those occurrences, by the time at which they start. What is skipped does not take place and has no pack.
    pub fn occurrences(&self, schedule: &Schedule) -> Vec<(WindowId, NaiveDate)> {
        let starts_on = |window: &WindowSchedule, at| window.local(at).date();
        let is_wanted = |window: &WindowSchedule| {
            let record = &*window.window;
            self.window.as_ref().is_none_or(|id| record.id == *id)
                && self.group.as_ref().is_none_or(|id| record.groups.contains(id))
                && self
                    .area
                    .as_ref()
                    .is_none_or(|id| window.scope.systems.iter().any(|system| system.area.as_ref() == Some(id)))
        };
        let all = schedule.in_order(false).into_iter().filter(|(window, occurrence)| {
            let on = starts_on(window, occurrence.start_at);
            occurrence.origin != Origin::Skipped
                && self.from.is_none_or(|from| from <= on)
                && self.to.is_none_or(|to| on <= to)
                && is_wanted(window)
        });
        all.map(|(window, occurrence)| (window.id().clone(), occurrence.original_on())).collect()
    }

    /// What the file or folder is about: "Checklists payments 2027-03-01 2027-03-31".
    pub(super) fn title(&self, plan: &Plan) -> String {
        let window = self.window.as_ref().and_then(|id| plan.windows().get(id)).map(|window| one_line(&window.name));
        let group = self.group.as_ref().and_then(|id| plan.group(id)).map(|(_, group)| one_line(&group.name));
        let area = self.area.as_ref().and_then(|id| plan.areas().get(id)).map(|area| one_line(&area.name));
        let days = [self.from, self.to].map(|on| on.map(|on| on.to_string()));
        let parts = [Some("Checklists".to_owned()), window, group, area].into_iter().chain(days);
        parts.flatten().collect::<Vec<_>>().join(" ")
    }

    pub(super) fn print(
        &self,
        order: &Order,
        source: &Source<'_>,
        revision: &str,
        goes_on: GoesOn<'_>,
    ) -> Result<Prints, NotPrinted> {
        let occurrences = self.occurrences(source.schedule);
        if occurrences.is_empty() {
            return Err(NotPrinted::Nothing);
        }
        if order.is_one_file_each {
            return one_each(order, source, &occurrences, revision, goes_on);
        }
        let batch = checklist::document(source.schedule, &occurrences, revision, goes_on).ok_or(NotPrinted::Stopped)?;
        if let (true, Some(missing)) = (batch.document.sheets.is_empty(), batch.missing.first()) {
            return Err(missing.clone().into());
        }
        let bytes = order.written(&batch.document, goes_on)?;
        Ok(Prints { files: vec![PrintedFile { name: order.file_name(source), bytes }], missing: batch.missing })
    }
}

/// A file for each pack, in the order of their starts.
fn one_each(
    order: &Order,
    source: &Source<'_>,
    occurrences: &[(WindowId, NaiveDate)],
    revision: &str,
    goes_on: GoesOn<'_>,
) -> Result<Prints, NotPrinted> {
    let mut files = Vec::with_capacity(occurrences.len());
    let mut missing: Vec<NoChecklist> = Vec::new();
    let mut names = BTreeSet::new();
    for (done, (window, on)) in occurrences.iter().enumerate() {
        if !goes_on(done, occurrences.len()) {
            return Err(NotPrinted::Stopped);
        }
        let (window, occurrence) = source.schedule.occurrence(window, *on).ok_or(NotPrinted::Gone)?;
        match checklist::single(source.schedule, window, occurrence, revision) {
            Ok(document) => {
                // The steps of one file are not those of the whole.
                let bytes = order.written(&document, &|_, _| goes_on(done, occurrences.len()))?;
                let day = window.local(occurrence.start_at).date();
                let stem = format!("{day}-{}", slug(&one_line(&window.window.name)));
                let name =
                    if names.insert(stem.clone()) { stem } else { format!("{stem}-{}", slug(window.id().as_str())) };
                files.push(PrintedFile { name: format!("{name}.{}", order.form.ending()), bytes });
            }
            Err(error) if missing.contains(&error) => {}
            Err(error) => missing.push(error),
        }
    }
    match missing.first() {
        Some(error) if files.is_empty() => Err(error.clone().into()),
        _ => Ok(Prints { files, missing }),
    }
}
