//! Changes to the settings, saved by a job.

use std::path::Path;
use std::sync::Arc;

use crate::session::session::Session;
use crate::session::state::settings::{Appearance, PublishedTarget, Settings, ZOOM};

impl Session {
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

    /// Draws with OpenGL, or stops doing so. A window cannot change its renderer, so not before the next start.
    pub(in crate::session) fn switch_renderer(&mut self) {
        self.change_settings(|settings| settings.draws_with_opengl ^= true);
        let choice = if self.settings.draws_with_opengl { "OpenGL" } else { "the graphics card, if there is one" };
        self.show_message(format!("From the next start, Windowsill draws with {choice}"));
    }

    /// Remembers that the graphics card's driver failed and that OpenGL draws from now on.
    pub fn continue_with_opengl(&mut self) {
        self.change_settings(|settings| settings.draws_with_opengl = true);
        self.show_message("The graphics driver failed. OpenGL now draws the window; nothing was lost.");
    }

    /// Ignores newer zone data of the system, or uses them again. Zones are looked up once, so not before the next start.
    pub(in crate::session) fn switch_zone_data(&mut self) {
        self.change_settings(|settings| settings.uses_bundled_zone_data = !settings.uses_bundled_zone_data);
        let choice = if self.settings.uses_bundled_zone_data {
            "the bundled zone data"
        } else {
            "the newer of the bundled zone data and the system's"
        };
        self.show_message(format!("From the next start, Windowsill uses {choice}"));
    }

    pub(in crate::session) fn toggle_appearance(&mut self) {
        let is_dark = match self.settings.appearance {
            Appearance::System => self.desktop.is_dark,
            Appearance::Light => false,
            Appearance::Dark => true,
        };
        self.change_settings(|settings| {
            settings.appearance = if is_dark { Appearance::Light } else { Appearance::Dark };
        });
    }

    pub(in crate::session) fn zoom_by(&mut self, percent: i16) {
        self.change_settings(|settings| {
            let zoom = settings.zoom_percent.saturating_add_signed(percent);
            settings.zoom_percent = zoom.clamp(*ZOOM.start(), *ZOOM.end());
        });
    }
}
