//! One line of the notice calendar, and the headings between lines.

use egui::{
    Align, Color32, CornerRadius, Id, Layout, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2,
};
use lucide_icons::Icon;

use crate::schedule::agreement::ledger::{DueNotice, Ledger};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::row_ground;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, name, text_in};
use crate::wording::{counted, date};

pub const LINE: f32 = 30.0;

/// What the user did with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeClick {
    Picked,
    Asked,
    Gone,
}

/// A heading: that of late notice, or a week.
pub fn heading_ui(ui: &mut Ui, cx: &Cx<'_>, text: &str, is_late: bool) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    name(&response, Role::Heading, || text.to_owned());
    ui.painter().rect_filled(rect, CornerRadius::ZERO, cx.colors.background);
    let ink = if is_late { cx.colors.error } else { cx.colors.muted };
    text_in(ui.painter(), rect.with_min_x(rect.left() + 12.0), text, theme::strong(theme::SMALL), ink);
}

/// Draws a line, highlighted if it is picked or has the cursor. Returns what the user did with it.
pub fn notice_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ledger: &Ledger,
    notice: &DueNotice,
    (is_picked, has_cursor): (bool, bool),
) -> Option<NoticeClick> {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), LINE), Sense::hover());
    let id = Id::unique(("notice", notice.due_day, notice.window, notice.occurrence));
    let response = ui.interact(rect, id, Sense::CLICK);
    let words = NoticeTexts::new(ledger, notice);
    let NoticeTexts { due, when, on, title, areas } = &words;
    name(&response, Role::ListItem, || format!("Notice due {due}, {when}: {title}, {on}, {areas}"));
    let painter = ui.painter();
    row_ground(painter, cx, &response, is_picked, cx.colors.panel);
    let left = (notice.due_on() - ledger.today).num_days();
    let ink = match left {
        ..0 => cx.colors.error,
        left if left <= i64::from(ledger.plan.policy().notice_reminder_days) => cx.colors.warning,
        _ => cx.colors.muted,
    };
    columns_ui(ui, cx, rect, &words, ink);
    if has_cursor {
        let stroke = Stroke::new(1.5, cx.colors.accent);
        painter.rect_stroke(rect.shrink(1.0), CornerRadius::same(3), stroke, StrokeKind::Inside);
    }
    let is_clicked = response.clicked();
    response.on_hover_text(areas);
    buttons_ui(ui, cx, rect, &words).or(is_clicked.then_some(NoticeClick::Picked))
}

/// The texts of a line.
struct NoticeTexts<'a> {
    due: String,
    /// "in 3 days", "late by 2 days"
    when: String,
    /// When the occurrence starts.
    on: String,
    title: &'a str,
    areas: String,
}

impl<'a> NoticeTexts<'a> {
    fn new(ledger: &'a Ledger, notice: &DueNotice) -> Self {
        let areas = notice.areas(ledger).map(|area| ledger.plan.areas().as_slice()[area].name.as_str());
        let left = (notice.due_on() - ledger.today).num_days();
        let when = match left {
            0 => "today".to_owned(),
            1.. => format!("in {}", counted(left, "day")),
            _ => format!("late by {}", counted(left.saturating_neg(), "day")),
        };
        Self {
            due: date(notice.due_on()),
            when,
            on: date(notice.occurrence(ledger).on()),
            title: &notice.window(ledger).schedule.window.name,
            areas: areas.collect::<Vec<_>>().join(", "),
        }
    }
}

fn columns_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, words: &NoticeTexts<'_>, ink: Color32) {
    let painter = ui.painter();
    let column = |from: f32, to: f32| Rect::from_min_max(Pos2::new(from, rect.top()), Pos2::new(to, rect.bottom()));
    let (start, end) = (rect.left() + 12.0, rect.right() - 72.0);
    let middle = start + 336.0 + (end - start - 340.0).max(0.0) * 0.48;
    let (regular, small) = (theme::regular(theme::TEXT), theme::regular(theme::SMALL));
    text_in(painter, column(start, start + 112.0), &words.due, theme::strong(theme::TEXT), cx.colors.text);
    text_in(painter, column(start + 116.0, start + 212.0), &words.when, small.clone(), ink);
    text_in(painter, column(start + 216.0, start + 328.0), &words.on, regular.clone(), cx.colors.text);
    text_in(painter, column(start + 336.0, middle), words.title, regular, cx.colors.text);
    text_in(painter, column(middle + 8.0, end), &words.areas, small, cx.colors.muted);
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// The buttons at the end of a line: record it as asked, go to it.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, words: &NoticeTexts<'_>) -> Option<NoticeClick> {
    let end = Rect::from_min_size(Pos2::new(rect.right() - 64.0, rect.top() + 2.0), Vec2::new(56.0, 26.0));
    let builder = UiBuilder::new().max_rect(end).layout(Layout::left_to_right(Align::Center));
    let mut buttons = ui.new_child(builder);
    buttons.spacing_mut().item_spacing.x = 2.0;
    let NoticeTexts { title, on, .. } = words;
    let asks = icon_button(&mut buttons, Icon::Send, &format!("Record {title}, {on} as asked"), cx.is_editable());
    let goes = icon_button(&mut buttons, Icon::ArrowUpRight, &format!("Go to {title}, {on}"), true);
    match (asks.clicked(), goes.clicked()) {
        (true, _) => Some(NoticeClick::Asked),
        (_, true) => Some(NoticeClick::Gone),
        _ => None,
    }
}
