//! Paints the ledger's table: converts rectangles to shapes.

use chrono::Datelike;
use egui::{Align2, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2};
use lucide_icons::Icon;

use super::layout::{Grid, ROW, shares};
use super::look::{color, sign};
use crate::schedule::agreement::ledger::{AnswerState, Ledger, Tally};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::text_in;
use crate::wording;

/// The names of the months above the rows; the first one and each January with the year.
pub fn header(
    painter: &Painter,
    cx: &Cx<'_>,
    ledger: &Ledger,
    grid: &Grid,
    left: f32,
    rect: Rect,
    selected: Option<usize>,
) {
    painter.rect_filled(rect, CornerRadius::ZERO, cx.colors.panel);
    for month in grid.months_between(rect.left() - left, rect.right() - left) {
        let Some(first_on) = ledger.months.get(month) else { continue };
        let x = left + grid.left(month);
        let is_now = (first_on.year(), first_on.month()) == (ledger.today.year(), ledger.today.month());
        let has_year = first_on.month() == 1 || month == grid.first;
        let text = match (has_year, grid.month > 56.0) {
            (false, _) => wording::short_month(*first_on).to_owned(),
            (true, true) => wording::short_month_and_year(*first_on),
            (true, false) => wording::narrow_month_and_year(*first_on),
        };
        let ink = if is_now || selected == Some(month) { cx.colors.accent } else { cx.colors.text };
        let center = Pos2::new(x + grid.month / 2.0, rect.center().y);
        painter.text(center, Align2::CENTER_CENTER, text, theme::strong(theme::SMALL), ink);
        painter.vline(x, rect.y_range(), Stroke::new(1.0, cx.colors.line));
    }
    painter.hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, cx.colors.line));
}

/// The background of the rows inside `view`: lines between months, and a tint on the current month.
pub fn ground(painter: &Painter, cx: &Cx<'_>, ledger: &Ledger, grid: &Grid, origin: Pos2, view: Rect) {
    painter.rect_filled(view, CornerRadius::ZERO, cx.colors.panel);
    for month in grid.months_between(view.left() - origin.x, view.right() - origin.x) {
        let x = origin.x + grid.left(month);
        let first_on = ledger.months.get(month);
        if first_on.is_some_and(|on| (on.year(), on.month()) == (ledger.today.year(), ledger.today.month())) {
            let column = Rect::from_min_max(Pos2::new(x, view.top()), Pos2::new(x + grid.month, view.bottom()));
            painter.rect_filled(column, CornerRadius::ZERO, cx.colors.weekend);
        }
        painter.vline(x, view.y_range(), Stroke::new(1.0, cx.colors.line));
    }
}

/// How a cell is highlighted.
#[derive(Clone, Copy)]
pub struct Style {
    pub is_selected: bool,
    pub has_cursor: bool,
    pub is_hovered: bool,
    /// In a row inside another row.
    pub is_inner: bool,
}

/// A cell: the icon and count of the worst state, the total if it fits, and a bar of all states below.
pub fn cell(painter: &Painter, cx: &Cx<'_>, rect: Rect, tally: &Tally, style: Style) {
    let Some(worst) = tally.worst() else { return outline(painter, cx, rect, style) };
    let inner = rect.shrink2(Vec2::new(2.5, if style.is_inner { 5.0 } else { 3.0 }));
    let ink = color(cx, worst);
    let (radius, edge) = (CornerRadius::same(theme::BAR_RADIUS), if style.is_hovered { 1.0 } else { 0.0 });
    painter.rect(inner, radius, cx.colors.tint(ink), Stroke::new(edge, ink), StrokeKind::Inside);
    let (count, all) = (tally.count(worst), tally.all());
    let middle = inner.center().y - 2.0;
    let number = |text: String| painter.layout_no_wrap(text, theme::strong(theme::SMALL), ink);
    let fits = |galley: &std::sync::Arc<egui::Galley>| galley.size().x + 18.0 < inner.width();
    // The total is shown only if it fits.
    let of_all = Some(number(format!("{count}/{all}"))).filter(|galley| count < all && fits(galley));
    let galley = of_all.unwrap_or_else(|| number(count.to_string()));
    let has_sign = fits(&galley);
    let width = galley.size().x + if has_sign { 15.0 } else { 0.0 };
    let left = inner.center().x - width / 2.0;
    if has_sign {
        let at = Pos2::new(left + 5.5, middle);
        painter.text(at, Align2::CENTER_CENTER, char::from(sign(worst)), theme::icon(11.5), ink);
    }
    let at = Pos2::new(left + width - galley.size().x, middle - galley.size().y / 2.0);
    painter.galley(at, galley, ink);
    bar(
        painter,
        cx,
        Rect::from_min_max(Pos2::new(inner.left() + 4.0, inner.bottom() - 5.0), inner.max - Vec2::new(4.0, 2.5)),
        tally,
    );
    outline(painter, cx, rect, style);
}

fn outline(painter: &Painter, cx: &Cx<'_>, rect: Rect, style: Style) {
    let rect = rect.shrink2(Vec2::new(1.0, 1.5));
    if style.is_selected {
        painter.rect_stroke(rect, CornerRadius::same(5), Stroke::new(1.5, cx.colors.accent), StrokeKind::Inside);
    }
    if style.has_cursor {
        painter.rect_stroke(rect, CornerRadius::same(5), Stroke::new(2.5, cx.colors.accent), StrokeKind::Inside);
    }
}

/// A bar of the states by share, best first.
fn bar(painter: &Painter, cx: &Cx<'_>, rect: Rect, tally: &Tally) {
    let counts = AnswerState::ALL.map(|state| tally.count(state));
    let mut left = rect.left();
    for (state, width) in AnswerState::ALL.into_iter().zip(shares(&counts, rect.width())) {
        if width > 0.0 {
            let part = Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, rect.height()));
            painter.rect_filled(part, CornerRadius::ZERO, color(cx, state));
            left += width;
        }
    }
}

/// The texts in front of a row.
pub struct RowName<'a> {
    pub title: &'a str,
    /// The line below the title: an owner or a rule.
    pub about: &'a str,
    /// The number that agreed, and the number needed.
    pub agreed: Option<(usize, usize)>,
    /// Whether the row is unfolded; `None` if it cannot be.
    pub is_unfolded: Option<bool>,
    pub is_inner: bool,
}

pub fn row_name(painter: &Painter, cx: &Cx<'_>, rect: Rect, name: &RowName<'_>) {
    let indent = if name.is_inner { 38.0 } else { 24.0 };
    if let Some(is_unfolded) = name.is_unfolded {
        let icon = if is_unfolded { Icon::ChevronDown } else { Icon::ChevronRight };
        let at = Pos2::new(rect.left() + 12.0, rect.center().y);
        painter.text(at, Align2::CENTER_CENTER, char::from(icon), theme::icon(13.0), cx.colors.muted);
    }
    let mut right = rect.right() - 10.0;
    if let Some((agreed, wanted)) = name.agreed.filter(|(_, wanted)| *wanted > 0) {
        let ink = if agreed == wanted { cx.colors.good } else { cx.colors.muted };
        let at = Pos2::new(right, rect.center().y);
        let text = format!("{agreed}/{wanted}");
        right = painter.text(at, Align2::RIGHT_CENTER, text, theme::regular(theme::SMALL), ink).left() - 8.0;
    }
    let line = |from: f32, to: f32| {
        Rect::from_min_max(Pos2::new(rect.left() + indent, rect.top() + from), Pos2::new(right, rect.top() + to))
    };
    let font = if name.is_inner { theme::regular(theme::TEXT) } else { theme::strong(theme::TEXT) };
    if name.about.is_empty() {
        text_in(painter, line(0.0, ROW), name.title, font, cx.colors.text);
        return;
    }
    text_in(painter, line(3.0, ROW * 0.55), name.title, font, cx.colors.text);
    text_in(painter, line(ROW * 0.5, ROW - 3.0), name.about, theme::regular(theme::SMALL), cx.colors.muted);
}
