//! What the pages of a month, a week and a day share: the buttons above them, and clicks on a day.

use chrono::NaiveDate;
use egui::{Button, Response, Ui};
use lucide_icons::Icon;

use crate::model::{Edit, LocalMinute, UtcMinute};
use crate::session::state::clock::unique_word;
use crate::session::{Command, Selection, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::widgets::icon_button;
use crate::ui::views::calendar::index::DayIndex;
use crate::wording;

/// A button that turns to the previous or next page; disabled where the plan ends.
pub fn turn_button(ui: &mut Ui, cx: &Cx<'_>, icon: Icon, label: &str, to: Option<View>) {
    if icon_button(ui, icon, label, to.is_some()).clicked()
        && let Some(to) = to
    {
        cx.show(to);
    }
}

/// A button that goes to today.
pub fn today_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let keys = keys::text(ui.ctx(), Command::Today);
    let button = ui.add_enabled(cx.is_enabled(Command::Today), Button::new(Command::Today.name()));
    let button = button.on_hover_text(format!("{} ({keys})", Command::Today.help()));
    if button.on_disabled_hover_text("Today is not in the plan's months").clicked() {
        cx.run(Command::Today);
    }
}

/// A click on the ground of a day selects it; a double click adds a window that starts at the nearest half hour of the
/// instant at which the first click was. `first` keeps that instant: the inspector that opens moves what is below the
/// pointer.
pub fn select_on_click(
    cx: &Cx<'_>,
    response: &Response,
    on: NaiveDate,
    at: Option<UtcMinute>,
    first: &mut Option<UtcMinute>,
) {
    if !cx.plan().horizon().contains(on) {
        return;
    }
    // After a quick click elsewhere, the second click is reported as the third.
    let is_double = response.double_clicked() || response.triple_clicked();
    // If the first click selected an occurrence, the page has moved since.
    if is_double && cx.is_editable() && *cx.selection() == Selection::Day(on) {
        let start = first.take().map(|at| nearest_half_hour(cx.schedule().zone.local(at)));
        let start = start.filter(|start| cx.plan().horizon().contains(start.date()));
        let mut window = cx.plan().new_window_on(start.map_or(on, LocalMinute::date), &unique_word());
        if let Some(start) = start {
            window.start = start.time();
        }
        cx.edit(Edit::PutWindow(window));
    } else if response.clicked() {
        *first = at;
        cx.select(Selection::Day(on));
    }
}

/// What a day is called: "Fri 26 Mar 2027, 2 windows, Good Friday, Freeze Quarter end".
pub fn day_name(index: &DayIndex, on: NaiveDate) -> String {
    let mut parts = vec![wording::date(on)];
    let count = index.count(on);
    if count > 0 {
        parts.push(wording::counted(count, "window"));
    }
    if let Some(marks) = index.marks(on) {
        parts.extend(marks.holidays.iter().map(|name| format!("holiday {name}")));
        parts.extend(marks.freezes.iter().map(|frozen| format!("freeze {}", frozen.freeze.name)));
        parts.extend(marks.releases.iter().map(|name| format!("release {name}")));
        parts.extend(marks.notices.iter().map(|notice| format!("carrier work {}", notice.name)));
    }
    parts.join(", ")
}

fn nearest_half_hour(at: LocalMinute) -> LocalMinute {
    const HALF: i32 = 30;
    LocalMinute((at.0 + HALF / 2).div_euclid(HALF) * HALF)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_rounded_to_half_hours() {
        let rounded = |minute| nearest_half_hour(LocalMinute(minute)).0;
        assert_eq!((rounded(14), rounded(15), rounded(44), rounded(-16)), (0, 30, 30, -30));
    }
}
