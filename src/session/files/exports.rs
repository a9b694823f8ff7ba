//! Exports lists, the ledger and the changes. Jobs write the files.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::checks::Context;
use crate::export::advisories;
use crate::export::{ledger, list, revision};
use crate::schedule::Schedule;
use crate::schedule::agreement::ledger::Ledger;
use crate::session::session::Session;
use crate::session::verbs::action::Export;
use crate::session::work::comparison::Comparison;
use crate::store;

impl Session {
    /// Writes `what` to `path` and reports the result.
    pub(in crate::session) fn export(&mut self, what: Export, path: PathBuf) {
        self.dialogs.open = None;
        let path = if path.extension().is_none() { path.with_extension(what.ending()) } else { path };
        if let Err(error) = self.file.guard(&path) {
            return self.tell_error(error.to_string());
        }
        let (schedule, today, comparison) =
            (self.document.schedule.clone(), self.document.today, self.comparing.comparison.clone());
        self.jobs.start(format!("Export {}", path.display()), move |_| {
            let written = content(&what, &schedule, today, comparison.as_ref(), &path)
                .and_then(|text| store::write_bytes(&path, text.as_bytes()).map_err(|error| error.to_string()));
            Box::new(move |session| match written {
                Ok(()) => session.tell(format!("Exported {}", path.display())),
                Err(error) => session.tell_error(error),
            })
        });
    }
}

impl Export {
    /// The file name extension that is used if the user gives none.
    pub fn ending(&self) -> &'static str {
        match self {
            Self::Changes => "html",
            Self::Occurrences | Self::Advisories | Self::Ledger | Self::Notices => "csv",
        }
    }
}

/// The contents of the file. The extension of `path` decides the format.
fn content(
    what: &Export,
    schedule: &Schedule,
    today: NaiveDate,
    comparison: Option<&Comparison>,
    path: &Path,
) -> Result<String, String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match what {
        Export::Advisories => {
            let cx = Context::new(schedule, today);
            Ok(match &*ending {
                "json" => advisories::json(&cx),
                "txt" => advisories::text(&cx),
                _ => advisories::csv(&cx),
            })
        }
        Export::Ledger => {
            let answers = Ledger::derive(schedule, today, None);
            Ok(match &*ending {
                "json" => ledger::json(&answers, None),
                "txt" => ledger::text(&answers, None),
                _ => ledger::csv(&answers, None),
            })
        }
        Export::Notices => {
            let answers = Ledger::derive(schedule, today, None);
            Ok(match &*ending {
                "json" => ledger::notices_json(&answers),
                "txt" => ledger::notices_text(&answers),
                _ => ledger::notices_csv(&answers),
            })
        }
        Export::Changes => {
            let Some(comparison) = comparison else {
                return Err(
                    "The plan is compared with nothing yet. Choose what to compare it with in Changes.".to_owned()
                );
            };
            let (found, basis) = (comparison.revision(schedule, today), comparison.basis.name());
            Ok(match &*ending {
                "md" | "markdown" => revision::markdown(&found, &basis),
                "txt" => revision::text(&found, &basis),
                "json" => revision::json(&found, &basis),
                _ => revision::html(&found, &basis),
            })
        }
        Export::Occurrences => {
            let span = list::Span::default();
            Ok(match &*ending {
                "json" => list::json(schedule, span),
                "txt" => list::text(schedule, span),
                _ => list::csv(schedule, span),
            })
        }
    }
}
