//! What is true of a part of a night: freezes, holidays, vendor releases, the work of carriers, a change of the clocks.
//! Each is a band above the bars.

use chrono::NaiveDate;
use egui::{CornerRadius, Id, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::axis::{Night, NightAxis};
use super::lanes::lanes;
use crate::model::{FreezeId, LocalMinute, NoticeId, Subject, UtcMinute};
use crate::session::{Destination, Selection};
use crate::ui::parts::carrier_days::{long_words, short_words};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::hatch::hatch;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{name, text_in};
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::release_mark;
use crate::wording;

/// The height of a band with the space below it.
pub const BAND: f32 = 17.0;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BandKind {
    Freeze(FreezeId),
    Holiday,
    Release,
    /// The work of a carrier.
    Notice(NoticeId),
    ClockChange,
}

/// A band in a night.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Band {
    pub kind: BandKind,
    pub words: String,
    pub from: UtcMinute,
    pub to: UtcMinute,
}

/// The bands of a night, by start.
pub fn bands(cx: &Cx<'_>, index: &DayIndex, night: &Night) -> Vec<Band> {
    let zone = &cx.schedule().zone;
    let midnight = |on: NaiveDate| zone.resolve(LocalMinute::midnight(on)).at;
    let after = |on: NaiveDate| midnight(on.succ_opt().unwrap_or(on));
    let mut bands = Vec::new();
    let mut add = |kind: BandKind, words: String, from: UtcMinute, to: UtcMinute| {
        let band = night.part(from, to).map(|(from, to)| Band { kind, words, from, to });
        bands.extend(band.filter(|band| !bands.contains(band)));
    };
    let dates = [night.on, night.on.succ_opt().unwrap_or(night.on)];
    for (on, marks) in dates.into_iter().filter_map(|on| Some((on, index.marks(on)?))) {
        for frozen in &marks.freezes {
            let (from, to) = (midnight(frozen.span.first_on), after(frozen.span.last_on));
            let words = format!("Freeze {}", frozen.freeze.name);
            add(BandKind::Freeze(frozen.freeze.id.clone()), words, from, to);
        }
        for holiday in &marks.holidays {
            add(BandKind::Holiday, holiday.clone(), midnight(on), after(on));
        }
        for notice in &marks.notices {
            let words = short_words(notice, zone);
            add(BandKind::Notice(notice.id.clone()), words, notice.starts_at, notice.ends_at);
        }
        let releases = cx.schedule().releases.iter();
        for release in releases.filter(|release| zone.local(release.at).date() == on) {
            let words = cx.plan().release_name(&release.calendar);
            if marks.releases.contains(&words) {
                add(BandKind::Release, words, release.at, night.to);
            }
        }
    }
    if let Some(change) = night.clock_change(zone) {
        add(BandKind::ClockChange, change.words, change.at, night.to);
    }
    bands.sort_by_key(|band| band.from);
    bands
}

/// The bands of a night with their lanes.
pub struct BandLanes {
    pub bands: Vec<Band>,
    lanes: Vec<usize>,
    pub count: usize,
}

impl BandLanes {
    /// `width` measures a text.
    pub fn new(bands: Vec<Band>, axis: &NightAxis, width: impl Fn(&str) -> f32) -> Self {
        let stretch = |band: &Band| {
            let left = axis.x(band.from);
            let right = axis.x(band.to);
            match band.kind {
                BandKind::Freeze(_) | BandKind::Holiday => (left, right),
                BandKind::Notice(_) => (left, right.max(left + width(&band.words) + 16.0)),
                BandKind::Release | BandKind::ClockChange => (left, left + width(&band.words) + 16.0),
            }
        };
        let stretches: Vec<(f32, f32)> = bands.iter().map(stretch).collect();
        let (lanes, count) = lanes(&stretches, 0.0);
        Self { bands, lanes, count }
    }

    pub fn height(&self) -> f32 {
        self.count as f32 * BAND
    }

    /// Draws the bands below `top`. A click on a freeze selects it.
    pub fn bands_ui(&self, ui: &Ui, cx: &Cx<'_>, axis: &NightAxis, right: f32, top: f32) {
        for (band, lane) in self.bands.iter().zip(&self.lanes) {
            let y = top + *lane as f32 * BAND;
            let (from, to) = (axis.x(band.from), axis.x(band.to).min(right));
            let rect = Rect::from_min_max(Pos2::new(from, y), Pos2::new(to, y + BAND - 2.0));
            match &band.kind {
                BandKind::Freeze(id) => freeze_ui(ui, cx, rect, id, &band.words),
                BandKind::Notice(id) => notice_ui(ui, cx, rect, id, &band.words),
                BandKind::Holiday => holiday(ui.painter(), cx, rect, &band.words),
                BandKind::Release => {
                    release_mark(ui.painter(), cx, rect.left_center());
                    note(ui.painter(), cx, rect.with_min_x(rect.left() + 8.0), &band.words);
                }
                BandKind::ClockChange => note(ui.painter(), cx, rect.with_min_x(rect.left() + 4.0), &band.words),
            }
        }
    }
}

fn freeze_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, id: &FreezeId, words: &str) {
    let response = ui.interact(rect, Id::unique(("freeze band", id.as_str(), rect.top() as i32)), Sense::CLICK);
    let span = cx
        .plan()
        .freezes()
        .get(id)
        .map_or_else(String::new, |freeze| format!(", {}", wording::dates(freeze.first_on, freeze.last_on)));
    name(&response, Role::Button, || format!("{words}{span}"));
    if response.clicked() {
        cx.select(Selection::Freeze(id.clone()));
    }
    let is_selected = *cx.selection() == Selection::Freeze(id.clone());
    freeze(ui.painter(), cx, rect, words, is_selected || response.hovered());
    response.on_hover_text(format!("{words}{span}"));
}

/// Paints the band of a carrier's work. A click shows its notice in the lists.
fn notice_ui(ui: &Ui, cx: &Cx<'_>, rect: Rect, id: &NoticeId, words: &str) {
    let response = ui.interact(rect, Id::unique(("notice band", id.as_str(), rect.top() as i32)), Sense::CLICK);
    let plan = cx.plan();
    let long =
        || plan.notices().get(id).map_or_else(String::new, |notice| long_words(notice, plan, &cx.schedule().zone));
    name(&response, Role::Button, long);
    if response.clicked() {
        cx.reveal(Destination::List(Subject::Notice(id.clone())));
    }
    let painter = ui.painter();
    let line = if response.hovered() { cx.colors.accent } else { cx.colors.warning };
    painter.rect_filled(rect, CornerRadius::same(3), cx.colors.background);
    painter.rect_stroke(rect, CornerRadius::same(3), Stroke::new(1.0, line), StrokeKind::Inside);
    text_in(painter, rect.shrink2(Vec2::new(6.0, 0.0)), words, theme::regular(theme::SMALL), cx.colors.text);
    response.on_hover_ui(|ui| _ = ui.label(long()));
}

/// Paints the band of a freeze with its name.
pub fn freeze(painter: &Painter, cx: &Cx<'_>, rect: Rect, words: &str, is_marked: bool) {
    let radius = CornerRadius::same(3);
    painter.rect_filled(rect, radius, cx.colors.background);
    hatch(&painter.with_clip_rect(rect.intersect(painter.clip_rect())), rect, cx.colors.hatch);
    let line = if is_marked { cx.colors.accent } else { cx.colors.hatch };
    painter.rect_stroke(rect, radius, Stroke::new(1.0, line), StrokeKind::Inside);
    let room = rect.shrink2(Vec2::new(6.0, 1.0));
    let font = theme::regular(theme::SMALL);
    let width = painter.layout_no_wrap(words.to_owned(), font.clone(), cx.colors.text).size().x.min(room.width());
    let ground = room.with_max_x(room.left() + width).expand2(Vec2::new(3.0, 0.0));
    painter.rect_filled(ground, radius, cx.colors.background);
    text_in(painter, room, words, font, cx.colors.text);
}

fn holiday(painter: &Painter, cx: &Cx<'_>, rect: Rect, words: &str) {
    painter.rect_filled(rect, CornerRadius::same(3), cx.colors.holiday);
    painter.rect_filled(rect.with_max_x(rect.left() + 3.0), CornerRadius::ZERO, cx.colors.warning);
    text_in(painter, rect.shrink2(Vec2::new(8.0, 0.0)), words, theme::regular(theme::SMALL), cx.colors.text);
}

fn note(painter: &Painter, cx: &Cx<'_>, rect: Rect, words: &str) {
    text_in(painter, rect, words, theme::regular(theme::SMALL), cx.colors.accent);
}
