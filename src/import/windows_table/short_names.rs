//! The short names of the windows of a table: a window has one although only some of its rows may give it, and no two
//! windows of different names have the same one.

use std::collections::{BTreeSet, HashMap};

use super::date_row::{DateRow, RuleRow, WindowSettings};
use super::joined_rows::common;
use crate::import::imported::Imported;
use crate::model::{LONGEST_SHORT_NAME, Plan};

/// Gives all rows of a window the short name that its first row gives, and leaves out those that cannot be used.
pub(super) fn settle(rows: &mut [DateRow], rules: &mut [RuleRow], plan: &Plan, imported: &mut Imported) {
    let own = plan.windows().iter().map(|window| (window.short_name.trim().to_lowercase(), window.name.to_lowercase()));
    let mut short_names =
        TableShortNames { owners: own.collect(), of_windows: HashMap::new(), messages: BTreeSet::new() };
    let lines =
        || rows.iter().map(|row| (row.line, &row.settings)).chain(rules.iter().map(|row| (row.line, &row.settings)));
    for (line, settings) in lines().filter(|(_, settings)| !settings.short_name.is_empty()) {
        short_names.add(line, settings);
    }
    let all = rows.iter_mut().map(|row| &mut row.settings).chain(rules.iter_mut().map(|row| &mut row.settings));
    for settings in all {
        settings.short_name = short_names.of_windows.get(&window(settings)).cloned().unwrap_or_default();
    }
    for (line, message) in short_names.messages {
        imported.warn(Some(line), message);
    }
}

struct TableShortNames {
    /// The name of the window that has a short name, both in lower case.
    owners: HashMap<String, String>,
    of_windows: HashMap<WindowSettings, String>,
    /// With their lines.
    messages: BTreeSet<(usize, String)>,
}

impl TableShortNames {
    fn add(&mut self, line: usize, settings: &WindowSettings) {
        let (text, name) = (&settings.short_name, &settings.name);
        let problem = if let Some(first) = self.of_windows.get(&window(settings)) {
            (first != text).then(|| format!("\"{name}\" has the short name \"{first}\" already"))
        } else if text.chars().count() > LONGEST_SHORT_NAME {
            Some(format!("it has more than {LONGEST_SHORT_NAME} characters"))
        } else {
            let owner = self.owners.entry(text.to_lowercase()).or_insert_with(|| name.to_lowercase());
            (*owner != name.to_lowercase()).then(|| "another window has it".to_owned())
        };
        match problem {
            Some(problem) => _ = self.messages.insert((line, format!("Short name \"{text}\" ignored: {problem}"))),
            None => _ = self.of_windows.insert(window(settings), text.clone()),
        }
    }
}

/// What the rows of one window have in common besides the short name.
fn window(settings: &WindowSettings) -> WindowSettings {
    WindowSettings { short_name: String::new(), ..common(settings) }
}
