//! The settings that the program keeps between runs. They hold no part of a plan and no password.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::export::paper::Paper;
use crate::export::print::Form;
use crate::model::PlanId;
use crate::session::state::row_grouping::RowGrouping;
use crate::session::state::window_filter::SavedFilter;
use crate::store::{ProgramFolders, SaveError, load_settings, save_settings};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub appearance: Appearance,
    /// The newest first.
    pub recent: Vec<PathBuf>,
    pub shows_inspector: bool,
    /// Whether the line of deadlines below the planner is unfolded.
    pub unfolds_deadlines: bool,
    /// The view that was shown last, by its word.
    pub view: String,
    /// How the rows of the calendar are grouped.
    pub rows_by: RowGrouping,
    /// The saved filters of the calendar, by name.
    pub filters: Vec<SavedFilter>,
    /// The columns of each table in the lists, by the name of the list.
    pub tables: BTreeMap<String, TableSettings>,
    /// Whether newer zone data of the system are ignored.
    pub uses_bundled_zone_data: bool,
    /// Whether OpenGL draws the window even if there is a graphics card. Set when the card's driver failed.
    pub draws_with_opengl: bool,
    /// The zoom of the whole screen, in percent.
    pub zoom_percent: u16,
    /// The file type and the paper of the last print.
    pub print_form: Form,
    pub paper: Paper,
    /// Who last accepted a finding; suggested the next time.
    pub answers: String,
    /// The user's name, which is noted with each tick of a checklist.
    pub name: String,
    /// Whether the first start is over.
    pub was_welcomed: bool,
    /// Where each plan was published, by plan id; the latest first.
    pub published: BTreeMap<String, Vec<PublishedTarget>>,
}

/// The columns of a table, by their titles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableSettings {
    /// Those that are shown; the usual ones if there are none.
    pub columns: Vec<String>,
    /// The widths of those that were dragged.
    pub widths: BTreeMap<String, u16>,
}

/// Where a plan was published, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PublishedTarget {
    /// A path or URL, as it was typed.
    pub to: String,
    pub user: String,
    pub with_freezes: bool,
}

/// The theme: light, dark, or that of the desktop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Appearance {
    #[default]
    System,
    Light,
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            appearance: Appearance::System,
            recent: Vec::new(),
            shows_inspector: true,
            unfolds_deadlines: false,
            view: String::new(),
            rows_by: RowGrouping::default(),
            filters: Vec::new(),
            tables: BTreeMap::new(),
            uses_bundled_zone_data: false,
            draws_with_opengl: false,
            zoom_percent: 100,
            print_form: Form::ALL[0],
            paper: Paper::A4,
            answers: String::new(),
            name: String::new(),
            was_welcomed: false,
            published: BTreeMap::new(),
        }
    }
}

/// In percent. At zoom factors near zero, egui cannot lay out anything.
pub const ZOOM: RangeInclusive<u16> = 60..=300;
const MOST_RECENT: usize = 12;
/// How many targets are remembered for each plan.
const MOST_TARGETS: usize = 6;
const FILE: &str = "settings.ron";

impl Settings {
    /// The name recorded with night notes.
    pub fn user_name(&self) -> &str {
        if self.name.trim().is_empty() { self.answers.trim() } else { self.name.trim() }
    }

    /// Loads the settings. An unreadable file gives the defaults, and a warning to show.
    pub fn load(folders: Option<&ProgramFolders>) -> (Self, Option<String>) {
        let Some(folders) = folders else { return (Self::default(), None) };
        let (settings, warning) = load_settings(&folders.config.join(FILE), "The settings");
        let advice = "the defaults are used, and the next change of a setting replaces the file";
        (Self::within_limits(settings), warning.map(|warning| format!("{warning}: {advice}")))
    }

    /// With the nearest possible values, since people edit the file.
    fn within_limits(mut self) -> Self {
        self.zoom_percent = self.zoom_percent.clamp(*ZOOM.start(), *ZOOM.end());
        self.recent.truncate(MOST_RECENT);
        self.published.values_mut().for_each(|targets| targets.truncate(MOST_TARGETS));
        self
    }

    pub fn save(&self, folders: &ProgramFolders) -> Result<(), SaveError> {
        save_settings(&folders.config.join(FILE), self)
    }

    /// Where a plan was published, the latest first.
    pub fn published(&self, plan: &PlanId) -> &[PublishedTarget] {
        self.published.get(plan.as_str()).map_or(&[], Vec::as_slice)
    }

    pub(in crate::session) fn remember_published(&mut self, plan: &PlanId, published: PublishedTarget) {
        let all = self.published.entry(plan.to_string()).or_default();
        all.retain(|before| before.to != published.to);
        all.insert(0, published);
        all.truncate(MOST_TARGETS);
    }

    pub(in crate::session) fn remember_recent(&mut self, path: &Path) {
        self.forget_recent(path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(MOST_RECENT);
    }

    pub(in crate::session) fn forget_recent(&mut self, path: &Path) {
        self.recent.retain(|recent| recent != path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_any_value_are_limited() {
        for (written, used) in [(0, 60), (59, 60), (125, 125), (65_535, 300)] {
            let settings = Settings { zoom_percent: written, recent: vec![PathBuf::new(); 99], ..Settings::default() };
            let settings = settings.within_limits();
            assert_eq!((settings.zoom_percent, settings.recent.len()), (used, MOST_RECENT));
        }
    }
}
