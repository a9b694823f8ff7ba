//! One line of the notice calendar, and the headings between them.

use egui::{CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use crate::model::{counted, date_in_words};
use crate::schedule::ledger::{DueNotice, Ledger};
use crate::ui::cx::Cx;
use crate::ui::theme;
use crate::ui::widgets::{icon_button, name, text_in};

pub const LINE: f32 = 30.0;

/// What was done with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    Picked,
    Asked,
    Gone,
}

/// "Late", or a week.
pub fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, text: &str) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    name(&response, Role::Heading, || text.to_owned());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.background);
    let ink = if text == "Late" { cx.colors.error } else { cx.colors.muted };
    text_in(ui.painter(), rect.with_min_x(rect.left() + 12.0), text, theme::strong(theme::SMALL), ink);
}

/// Draws a line that is picked, or has the cursor; gives back what was done with it.
pub fn notice_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ledger: &Ledger,
    notice: &DueNotice,
    (is_picked, has_cursor): (bool, bool),
) -> Option<Done> {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    let response =
        ui.interact(rect, Id::unique(("notice", notice.due_day, notice.window, notice.occurrence)), Sense::CLICK);
    let (window, occurrence) = (notice.window(ledger), notice.occurrence(ledger));
    let title = &window.of.window.name;
    let areas: Vec<&str> = notice.areas(ledger).map(|area| ledger.plan.areas.as_slice()[area].name.as_str()).collect();
    let (due, on) = (date_in_words(notice.due_on()), date_in_words(occurrence.on()));
    let left = (notice.due_on() - ledger.today).num_days();
    let when = match left {
        0 => "today".to_owned(),
        1.. => format!("in {}", counted(left, "day")),
        _ => format!("late by {}", counted(-left, "day")),
    };
    let label = || format!("Notice due {due}, {when}: {title}, {on}, {}", areas.join(", "));
    name(&response, Role::ListItem, label);
    let painter = ui.painter();
    if is_picked || response.hovered() {
        let fill = if is_picked { cx.colors.selected } else { cx.colors.hover };
        painter.rect_filled(rect, CornerRadius::ZERO, fill);
    }
    let soon = i64::from(ledger.plan.policy.notice_reminder_days);
    let ink = if left < 0 {
        cx.colors.error
    } else if left <= soon {
        cx.colors.warning
    } else {
        cx.colors.muted
    };
    let column = |from: f32, to: f32| Rect::from_min_max(Pos2::new(from, rect.top()), Pos2::new(to, rect.bottom()));
    let (start, end) = (rect.left() + 12.0, rect.right() - 72.0);
    let rest = (end - start - 340.0).max(0.0);
    let (regular, small) = (theme::regular(theme::TEXT), theme::regular(theme::SMALL));
    text_in(painter, column(start, start + 112.0), &due, theme::strong(theme::TEXT), cx.colors.text);
    text_in(painter, column(start + 116.0, start + 212.0), &when, small.clone(), ink);
    text_in(painter, column(start + 216.0, start + 328.0), &on, regular.clone(), cx.colors.text);
    text_in(painter, column(start + 336.0, start + 336.0 + rest * 0.48), title, regular, cx.colors.text);
    text_in(painter, column(start + 344.0 + rest * 0.48, end), &areas.join(", "), small, cx.colors.muted);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
    if has_cursor {
        painter.rect_stroke(
            rect.shrink(1.0),
            CornerRadius::same(3),
            Stroke::new(1.5, cx.colors.accent),
            StrokeKind::Inside,
        );
    }
    let is_clicked = response.clicked();
    response.on_hover_text(areas.join(", "));
    let buttons = Rect::from_min_size(Pos2::new(rect.right() - 64.0, rect.top() + 2.0), Vec2::new(56.0, 26.0));
    let mut buttons =
        ui.new_child(UiBuilder::new().max_rect(buttons).layout(egui::Layout::left_to_right(egui::Align::Center)));
    buttons.spacing_mut().item_spacing.x = 2.0;
    let asked = format!("Note {title}, {on} as asked");
    if icon_button(&mut buttons, Icon::Send, &asked, cx.is_editable()).clicked() {
        return Some(Done::Asked);
    }
    if icon_button(&mut buttons, Icon::ArrowUpRight, &format!("Go to {title}, {on}"), true).clicked() {
        return Some(Done::Gone);
    }
    is_clicked.then_some(Done::Picked)
}
