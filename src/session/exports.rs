//! Files for others, written as jobs.

use std::path::{Path, PathBuf};

use super::Session;
use super::action::Export;
use crate::store;

impl Session {
    /// Writes `what` to `path` and says so.
    pub(super) fn export(&mut self, what: Export, path: PathBuf) {
        self.dialog = None;
        let schedule = self.schedule.clone();
        self.jobs.start(format!("Export {}", path.display()), move |_| {
            let written = content(&what, &schedule, &path).and_then(|text| {
                store::write_bytes(&path, text.as_bytes()).map_err(|error| error.to_string())
            });
            Box::new(move |session| match written {
                Ok(()) => session.tell(format!("Exported {}", path.display())),
                Err(error) => session.tell_error(error),
            })
        });
    }
}

fn content(what: &Export, schedule: &crate::schedule::Schedule, path: &Path) -> Result<String, String> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let _ = (what, schedule, ending);
    Err(String::new())
}
