//! What is overdue, and the windows to come.

use egui::{Rect, Role, Sense, Ui, Vec2};

use super::counted::{Counted, ListOf, Part};
use super::dashboard::{ComingLine, Dashboard, OverdueLine};
use crate::compliance::ItemState;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, muted, name, row_line, text_in};
use crate::wording::counted;

const ROW: f32 = 40.0;
/// How many overdue advisories are listed.
const MOST: usize = 8;

/// Draws both side by side. Returns the list of what was clicked.
pub fn panels_ui(ui: &mut Ui, cx: &Cx<'_>, dashboard: &Dashboard) -> Option<ListOf> {
    let mut opened = None;
    ui.columns(2, |columns| {
        opened = overdue_ui(&mut columns[0], cx, &dashboard.overdue);
        opened = opened.take().or(coming_ui(&mut columns[1], cx, &dashboard.coming));
    });
    opened
}

fn overdue_ui(ui: &mut Ui, cx: &Cx<'_>, overdue: &[OverdueLine]) -> Option<ListOf> {
    ui.label(head("Overdue"));
    ui.add_space(4.0);
    if overdue.is_empty() {
        ui.label(muted(cx, "Nothing is overdue"));
    }
    let mut opened = None;
    for line in overdue.iter().take(MOST) {
        let detail = format!("{}, {}", line.severity, counted(line.systems, "system"));
        let days = counted(line.days, "day");
        let name = format!("{}, {detail}, overdue by {days}", line.title);
        if row_ui(ui, cx, &name, &line.title, &detail, (&days, cx.colors.error)) {
            opened = Some(ListOf::Items(Part::Advisory(line.advisory.clone()), Counted::State(ItemState::Open)));
        }
    }
    if overdue.len() > MOST {
        ui.add_space(4.0);
        let shown = ui.horizontal(|ui| {
            ui.add_space(8.0);
            ui.link(format!("Show all {} overdue advisories", overdue.len()))
        });
        if shown.inner.clicked() {
            opened = Some(ListOf::Items(Part::All, Counted::State(ItemState::Open)));
        }
    }
    opened
}

fn coming_ui(ui: &mut Ui, cx: &Cx<'_>, coming: &[ComingLine]) -> Option<ListOf> {
    ui.label(head("Upcoming windows"));
    ui.add_space(4.0);
    if coming.is_empty() {
        ui.label(muted(cx, "No window follows in this plan"));
    }
    let mut opened = None;
    for line in coming {
        let installs = line.installs();
        let name = format!("{}, {}, {installs}", line.title, line.when);
        let color = if line.overdue > 0 { cx.colors.error } else { cx.colors.muted };
        let count = match line.overdue + line.pending {
            0 => String::new(),
            count => counted(count, "item"),
        };
        if row_ui(ui, cx, &name, &line.title, &format!("{}, {installs}", line.when), (&count, color)) {
            if count.is_empty() {
                cx.reveal(Destination::Occurrence(line.key.window.clone(), line.key.on));
            } else {
                opened = Some(ListOf::Installs(line.key.clone()));
            }
        }
    }
    opened
}

/// Two lines of text and a figure at the right. Returns whether it was clicked.
fn row_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    full_name: &str,
    title: &str,
    detail: &str,
    (figure, color): (&str, egui::Color32),
) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), Sense::click());
    name(&response, Role::Button, || full_name.to_owned());
    row_ground(ui.painter(), cx, &response, false, egui::Color32::TRANSPARENT);
    let at = rect.right_center() - Vec2::new(8.0, 0.0);
    let painted = ui.painter().text(at, egui::Align2::RIGHT_CENTER, figure, theme::strong(theme::TEXT), color);
    let width = painted.left() - rect.left() - 16.0;
    let line = |top: f32| Rect::from_min_size(rect.min + Vec2::new(8.0, top), Vec2::new(width, 16.0));
    text_in(ui.painter(), line(4.0), title, theme::strong(theme::TEXT), cx.colors.text);
    text_in(ui.painter(), line(20.0), detail, theme::regular(theme::SMALL), cx.colors.muted);
    row_line(ui.painter(), cx, rect);
    response.clicked()
}
