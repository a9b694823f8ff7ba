//! Files of others: read as a job, shown with their warnings, taken in as one step of undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import;
use crate::import::{CsvOptions, Imported};
use crate::model::{Edit, Plan};
use crate::session::session::Session;
use crate::session::verbs::action::Dialog;
use crate::session::verbs::action::{Import, ImportPreview, Question};
use crate::store;

impl Session {
    /// Reads the file at `path` and asks whether to take in what it holds.
    pub(in crate::session) fn import(&mut self, what: Import, path: PathBuf) {
        self.dialogs.open = None;
        let plan = Arc::clone(self.plan());
        self.jobs.start(format!("Read {}", path.display()), move |_| {
            let preview = read(what, &path, &plan);
            Box::new(move |session| match preview {
                Ok(preview) => session.dialogs.open = Some(Dialog::Question(Question::Import(Box::new(preview)))),
                Err(error) => session.tell_error(error),
            })
        });
    }

    pub(in crate::session) fn take_import(&mut self, preview: ImportPreview, widened: bool) {
        let edit = preview.widened.filter(|_| widened).or(preview.edit);
        if let Some(edit) = edit {
            self.edit(&edit);
            self.tell(preview.summary);
        }
    }
}

fn read(what: Import, path: &Path, plan: &Plan) -> Result<ImportPreview, String> {
    let read = store::read_text(path, store::LARGEST_FILE).map_err(|error| error.to_string())?;
    let is_csv = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let imported = match what {
        Import::Windows if is_csv => import::windows_csv(&read.text, plan, &CsvOptions::default()),
        Import::Windows => import::windows(&read.text, plan),
        Import::Holidays => import::holidays(&read.text, &name, plan),
        Import::Freezes => import::freezes(&read.text, plan),
        Import::Advisories => import::advisories(&read.text, plan),
    };
    let imported = imported.map_err(|error| format!("{error}: {}", path.display()))?;
    Ok(preview(&imported, read.warning))
}

fn preview(imported: &Imported, warning: Option<String>) -> ImportPreview {
    let edit = imported.edit();
    let widened = edit.clone().zip(imported.horizon).map(|(edit, horizon)| Edit::Together {
        label: imported.summary.clone(),
        edits: vec![Edit::SetHorizon(horizon), edit],
    });
    let warnings = warning.into_iter().chain(imported.warnings.iter().map(ToString::to_string)).collect();
    ImportPreview { summary: imported.summary.clone(), warnings, edit, widened }
}
