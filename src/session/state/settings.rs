//! What the program remembers from one start to the next. Nothing of a plan is in here, and no password.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::export::paper::Paper;
use crate::export::print::Form;
use crate::session::session::Session;
use crate::store::{ProgramFolders, load_settings, save_settings};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub appearance: Appearance,
    /// The newest first.
    pub recent: Vec<PathBuf>,
    pub shows_inspector: bool,
    /// Whether the year has the strip of deadlines below it.
    pub shows_deadlines: bool,
    /// Size of everything on screen in percent.
    pub zoom_percent: u16,
    /// What was printed as last, and on which paper.
    pub print_form: Form,
    pub paper: Paper,
    /// Who accepts findings here; offered the next time.
    pub answers: String,
    /// Who sits here: each tick of a night says so.
    pub name: String,
    /// Where each plan was published, by the plan's id; the newest first.
    pub published: BTreeMap<String, Vec<Published>>,
}

/// Where a plan was published, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Published {
    /// A path or an address, as it was typed.
    pub to: String,
    pub user: String,
    pub with_freezes: bool,
}

/// Light, dark, or as the desktop is.
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
            shows_deadlines: true,
            zoom_percent: 100,
            print_form: Form::ALL[0],
            paper: Paper::A4,
            answers: String::new(),
            name: String::new(),
            published: BTreeMap::new(),
        }
    }
}

const MOST_RECENT: usize = 12;
/// Targets that are remembered of one plan.
const MOST_TARGETS: usize = 6;
const FILE: &str = "settings.ron";

impl Settings {
    /// Who writes down what happens in a night.
    pub fn who(&self) -> &str {
        if self.name.trim().is_empty() { self.answers.trim() } else { self.name.trim() }
    }

    /// Broken settings are replaced by the usual ones: they are not worth a question.
    pub fn load(folders: Option<&ProgramFolders>) -> Self {
        folders.map(|folders| load_settings(&folders.config.join(FILE)).0).unwrap_or_default()
    }
}

impl Session {
    /// Takes over changed settings and keeps them.
    pub fn set(&mut self, settings: Settings) {
        if settings == self.settings {
            return;
        }
        self.settings = settings.clone();
        let Some(path) = self.surroundings.folders.as_ref().map(|folders| folders.config.join(FILE)) else { return };
        self.jobs.start("Remember settings", move |_| {
            let result = save_settings(&path, &settings);
            Box::new(move |session| {
                if let Err(error) = result {
                    session.tell_error(format!("Could not save the settings. {error}"));
                }
            })
        });
    }

    /// Where the open plan was published, the newest first.
    pub fn published(&self) -> &[Published] {
        self.settings.published.get(self.plan().id().as_str()).map_or(&[], Vec::as_slice)
    }

    pub(in crate::session) fn remember_published(&mut self, published: Published) {
        let mut settings = self.settings.clone();
        let all = settings.published.entry(self.plan().id().to_string()).or_default();
        all.retain(|before| before.to != published.to);
        all.insert(0, published);
        all.truncate(MOST_TARGETS);
        self.set(settings);
    }

    pub(in crate::session) fn remember_recent(&mut self, path: &std::path::Path) {
        let mut settings = self.settings.clone();
        settings.recent.retain(|recent| recent != path);
        settings.recent.insert(0, path.to_owned());
        settings.recent.truncate(MOST_RECENT);
        self.set(settings);
    }
}
