//! The percentage in time by month, and beside it what the planned windows will bring.

use egui::{Align2, Color32, CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::counted::{Counted, ListOf, Part};
use super::dashboard::Month;
use crate::compliance::Figures;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::states::state_of;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, muted, name};
use crate::wording;

/// The height of a bar at 100 %, of the text above it and of the month below it.
const BAR: f32 = 90.0;
const TEXT: f32 = 16.0;
const WIDEST_MONTH: f32 = 84.0;

/// Draws the months. Returns the list of the bar that was clicked.
pub fn trend_ui(ui: &mut Ui, cx: &Cx<'_>, months: &[Month]) -> Option<ListOf> {
    ui.horizontal(|ui| {
        ui.label(head("Trend by month"));
        ui.label(muted(cx, "percent in time; outlined: forecast, if all planned windows take place and succeed"));
    });
    ui.add_space(4.0);
    let size = Vec2::new(ui.available_width(), 2.0 * TEXT + BAR);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = (rect.width() / months.len().max(1) as f32).min(WIDEST_MONTH);
    let ground = rect.bottom() - TEXT;
    ui.painter().hline(rect.x_range(), ground, Stroke::new(1.0, cx.colors.line));
    ui.painter().hline(rect.x_range(), ground - BAR, Stroke::new(1.0, cx.colors.line));
    let mut opened = None;
    for (index, month) in months.iter().enumerate() {
        let left = rect.left() + index as f32 * width;
        let slot = Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, rect.height()));
        opened = opened.or(month_ui(ui, cx, slot, month));
    }
    opened
}

fn month_ui(ui: &Ui, cx: &Cx<'_>, slot: Rect, month: &Month) -> Option<ListOf> {
    let at = Pos2::new(slot.center().x, slot.bottom() - TEXT / 2.0);
    let first_of_year = chrono::Datelike::month(&month.first) == 1;
    let text = if first_of_year {
        wording::narrow_month_and_year(month.first)
    } else {
        wording::short_month(month.first).to_owned()
    };
    ui.painter().text(at, Align2::CENTER_CENTER, text, theme::regular(theme::SMALL), cx.colors.muted);
    let due = |figures: Option<Figures>| figures.filter(|figures| figures.due() > 0);
    let both = [(due(month.actual), false), (due(month.forecast), true)];
    let shown: Vec<(Figures, bool)> = both.into_iter().filter_map(|(figures, is)| Some((figures?, is))).collect();
    let part = slot.width() / shown.len().max(1) as f32;
    let mut opened = None;
    for (index, (figures, is_forecast)) in shown.into_iter().enumerate() {
        let left = slot.left() + index as f32 * part;
        let bar = Rect::from_min_max(Pos2::new(left, slot.top()), Pos2::new(left + part, slot.bottom() - TEXT));
        if bar_ui(ui, cx, bar, month, figures, is_forecast) {
            opened = Some(if is_forecast {
                ListOf::Forecast(month.first)
            } else {
                ListOf::Items(Part::Month(month.first), Counted::Due)
            });
        }
    }
    opened
}

fn bar_ui(ui: &Ui, cx: &Cx<'_>, slot: Rect, month: &Month, figures: Figures, is_forecast: bool) -> bool {
    let response = ui.interact(slot, Id::unique(("month of compliance", month.first, is_forecast)), Sense::click());
    let percent = figures.percent();
    let words = || {
        let what = if is_forecast { ", forecast" } else { "" };
        let month = wording::month_and_year(month.first);
        format!("{month}{what}, {percent:.1} % in time, {} of {} due", figures.in_time, figures.due())
    };
    name(&response, Role::Button, words);
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::BAR_RADIUS);
    painter.rect_filled(slot, radius, cx.colors.filled(None, state_of(&response)));
    let height = (BAR * (percent / 100.0) as f32).max(2.0);
    let bar = slot.with_min_y(slot.bottom() - height).shrink2(Vec2::new((slot.width() * 0.15).min(8.0), 0.0));
    let radius = CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 };
    let (fill, ink) =
        if is_forecast { (Color32::TRANSPARENT, cx.colors.muted) } else { (cx.colors.accent, cx.colors.text) };
    let edge = if is_forecast { Stroke::new(1.0, cx.colors.accent) } else { Stroke::NONE };
    painter.rect(bar, radius, fill, edge, StrokeKind::Inside);
    let at = Pos2::new(bar.center().x, bar.top() - TEXT / 2.0);
    painter.text(at, Align2::CENTER_CENTER, format!("{percent:.0}"), theme::regular(theme::SMALL), ink);
    let clicked = response.clicked();
    response.on_hover_text(words());
    clicked
}
