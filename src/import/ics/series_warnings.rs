//! What a series says that has no effect, or is not understood as written.

use chrono::NaiveDateTime;

use super::event_time::EventTime;
use super::originals::Original;
use super::series::Series;
use crate::import::imported::Imported;
use crate::wording::time;

/// How many exclusions without an effect are named.
const MOST_NAMED: usize = 20;

impl Series<'_> {
    /// Warns about what was not understood as written.
    pub fn warn(&self, imported: &mut Imported) {
        for remark in self.remarks() {
            imported.warn(self.event.line, format!("{}: {remark}", self.event.quoted_title()));
        }
        for other in self.outdated.iter().filter(|other| !other.is_cancelled) {
            let (title, on) = (other.quoted_title(), other.start.written_on());
            let message = format!("{title} on {on} skipped: a later revision of its series no longer has that date");
            imported.warn(other.line, message);
        }
        for other in &self.with_own_rule {
            let (title, on) = (other.quoted_title(), other.replaces.as_ref().unwrap_or(&other.start).written_on());
            let message = format!(
                "{title} from {on} on skipped: RANGE=THISANDFUTURE with its own rule is not understood, so the series \
                 stays as it was: end it before {on} and add a window"
            );
            imported.warn(other.line, message);
        }
        for other in self.replacements.iter().filter(|other| !other.replaces_later && other.recurs()) {
            let title = other.quoted_title();
            let message =
                format!("{title}: its recurrence rule is left out, since it replaces one occurrence (RECURRENCE-ID)");
            imported.warn(other.line, message);
        }
        for (at, is_in_utc) in self.idle_exclusions().into_iter().take(MOST_NAMED) {
            let (title, on) = (self.event.quoted_title(), at.date());
            let clock = match (self.event.start.is_date(), is_in_utc) {
                (true, _) => String::new(),
                (false, false) => format!(" at {}", time(at.time())),
                (false, true) => format!(" at {} UTC", time(at.time())),
            };
            let message = format!("{title}: EXDATE on {on}{clock} excludes nothing, since nothing begins then");
            imported.warn(self.event.line, message);
        }
    }

    /// What was not understood as written.
    fn remarks(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().chain(&self.exclusion_rules).flat_map(|rule| &rule.remarks).map(String::as_str)
    }

    /// The exclusions at whose time nothing begins, if that can be told: on the clock of the series, or in UTC.
    fn idle_exclusions(&self) -> Vec<(NaiveDateTime, bool)> {
        let dates = || self.excluded().map(|at| self.local(at).date());
        let (Some(from), Some(to)) = (dates().min(), dates().max()) else { return Vec::new() };
        let Ok(originals) = self.originals(from, to) else { return Vec::new() };
        let is_idle = |at: &&EventTime| {
            if at.is_date() {
                originals.on_day(self.local(at).date()).next().is_none()
            } else {
                self.begins_at(&originals, at).is_none()
            }
        };
        let name = |at: &EventTime| match self.original(at) {
            Original { is_second: true, .. } => (self.in_utc(at).written_at(), true),
            Original { at, is_second: false } => (at, false),
        };
        self.excluded().filter(is_idle).map(name).collect()
    }
}
