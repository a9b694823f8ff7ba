//! Changes to the settings, saved by a job.

use std::path::Path;
use std::sync::Arc;

use crate::session::session::Session;
use crate::session::state::settings::{PublishedTarget, Settings, ZOOM};

impl Session {
    /// Makes everything larger or smaller.
    pub(in crate::session) fn zoom_by(&mut self, percent: i16) {
        self.change_settings(|settings| {
            let zoom = settings.zoom_percent.saturating_add_signed(percent);
            settings.zoom_percent = zoom.clamp(*ZOOM.start(), *ZOOM.end());
        });
    }

    /// Applies changed settings and saves them.
    pub fn set(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.settings = settings.clone();
        let Some(folders) = self.surroundings.folders.clone() else { return };
        let file = Arc::clone(&self.settings_file);
        let ticket = file.ticket();
        self.jobs.start_write("Save settings", move |_| {
            let result = file.write(ticket, |()| settings.save(&folders)).unwrap_or(Ok(()));
            Box::new(move |session| {
                if let Err(error) = result {
                    session.show_error(format!("Settings not saved. {error}"));
                }
            })
        });
    }

    pub(in crate::session) fn change_settings(&mut self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.clone();
        change(&mut settings);
        self.set(settings);
    }

    /// Where the open plan was published, the latest first.
    pub fn published(&self) -> &[PublishedTarget] {
        self.settings.published(self.plan().id())
    }

    pub(in crate::session) fn remember_published(&mut self, published: PublishedTarget) {
        let plan = self.plan().id().clone();
        self.change_settings(|settings| settings.remember_published(&plan, published));
    }

    pub(in crate::session) fn remember_recent(&mut self, path: &Path) {
        self.change_settings(|settings| settings.remember_recent(path));
    }

    pub(in crate::session) fn forget_recent(&mut self, path: &Path) {
        self.change_settings(|settings| settings.forget_recent(path));
    }
}
