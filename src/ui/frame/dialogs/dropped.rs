//! A calendar or a table was dropped onto the window: what it holds, the ending does not tell.

use std::path::Path;

use egui::{Button, Ui, Vec2};

use crate::session::{Action, Import};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{body, close, titled};
use crate::ui::parts::widgets::muted;

/// What a file may hold: the words on the button, and what becomes of it.
type Choice = (Import, &'static str, &'static str);

const OF_CALENDAR: &[Choice] = &[
    (Import::Windows, "Maintenance windows", "Each event becomes an occurrence, repeating ones a window"),
    (Import::Holidays, "Public holidays", "Each day is marked, and windows on it are warned about"),
    (Import::Freezes, "Change freezes", "No change is allowed from the first to the last day of each"),
];

const OF_TABLE: &[Choice] = &[
    (Import::Windows, "Maintenance windows", "Columns name, rule and date: each row is one date of a window"),
    (Import::Advisories, "Advisories", "Columns id, title, cvss, published, exploited and systems"),
];

pub fn dropped_ui(ui: &Ui, cx: &Cx<'_>, path: &Path) {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let is_table = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let closes = titled(ui, &format!("What does {name} hold?"), 420.0, |ui| {
        body(ui, "You see what would be taken in before anything changes.");
        ui.add_space(8.0);
        for (import, choice, what) in if is_table { OF_TABLE } else { OF_CALENDAR } {
            let size = Vec2::new(ui.available_width(), 30.0);
            if ui.add(Button::new(*choice).min_size(size)).clicked() {
                cx.send(Action::Import(*import, path.to_owned()));
            }
            ui.label(muted(cx, *what));
            ui.add_space(4.0);
        }
        if ui.button("Cancel").clicked() {
            close(cx);
        }
    });
    if closes {
        close(cx);
    }
}
