//! Changes to the settings, saved by a job.

use std::path::Path;

use crate::session::session::Session;
use crate::session::state::settings::{PublishedTarget, Settings};

impl Session {
    /// Applies changed settings and saves them.
    pub fn set(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.settings = settings.clone();
        let Some(folders) = self.surroundings.folders.clone() else { return };
        self.jobs.start("Save settings", move |_| {
            let result = settings.save(&folders);
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
