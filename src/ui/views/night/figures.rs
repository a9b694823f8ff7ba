//! Four large figures: elapsed, next status, roll back by, end.

use egui::{CornerRadius, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2};

use super::page::Page;
use crate::model::{Minutes, UtcMinute};
use crate::schedule::NoFit;
use crate::schedule::night::{Night, Phase};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::tone::Tone;
use crate::ui::parts::widgets::{name, text_in};
use crate::ui::parts::{occurrence_text, theme};
use crate::wording;

const HEIGHT: f32 = 84.0;
const GAP: f32 = 10.0;
const SIZE: f32 = 30.0;
/// The warning appears this many minutes before the time to roll back.
const WARNED_BEFORE: i32 = 15;

const DAY: Minutes = Minutes::hours(24);
const FAR: Minutes = Minutes::hours(48);

struct Figure {
    label: &'static str,
    value: String,
    beside: String,
    /// Shown after `beside` if there is room.
    also: String,
    tone: Tone,
}

pub fn figures_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let (rect, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), HEIGHT), Sense::hover());
    let width = (rect.width() - 3.0 * GAP) / 4.0;
    let figures = [elapsed(page), next_status(page), roll_back(page), end(page)];
    for (index, figure) in figures.into_iter().enumerate() {
        let left = rect.left() + index as f32 * (width + GAP);
        let card = Rect::from_min_size(Pos2::new(left, rect.top()), Vec2::new(width, HEIGHT));
        figure_ui(ui, cx, card, &figure);
    }
}

fn figure_ui(ui: &Ui, cx: &Cx<'_>, card: Rect, figure: &Figure) {
    let response = ui.interact(card, Id::unique(("figure", figure.label)), Sense::hover());
    let all = format!("{}{}", figure.beside, figure.also);
    name(&response, Role::Label, || format!("{} {}, {all}", figure.label, figure.value));
    let is_urgent = matches!(figure.tone, Tone::Warning | Tone::Error);
    let (color, painter) = (figure.tone.color(cx), ui.painter());
    let edge = if is_urgent { Stroke::new(2.0, color) } else { Stroke::new(1.0, cx.colors.line) };
    let radius = CornerRadius::same(theme::CARD_RADIUS);
    painter.rect(card, radius, cx.colors.panel, edge, StrokeKind::Inside);
    let inner = card.shrink2(Vec2::new(14.0, 0.0));
    let line =
        |top: f32, height: f32| Rect::from_min_size(inner.min + Vec2::new(0.0, top), Vec2::new(inner.width(), height));
    text_in(painter, line(8.0, 16.0), figure.label, theme::regular(theme::SMALL), cx.colors.muted);
    let width = |size: f32| painter.layout_no_wrap(figure.value.clone(), theme::strong(size), color).size().x;
    let size = [SIZE, SIZE * 0.7].into_iter().find(|size| width(*size) <= inner.width()).unwrap_or(SIZE * 0.5);
    text_in(painter, line(24.0, 34.0), &figure.value, theme::strong(size), color);
    let beside = if is_urgent { color } else { cx.colors.muted };
    let font = theme::regular(theme::TEXT);
    let fits = painter.layout_no_wrap(all.clone(), font.clone(), color).size().x <= inner.width();
    let shown = if fits { &all } else { &figure.beside };
    text_in(painter, line(59.0, 16.0), shown, font, beside);
    if !fits {
        response.on_hover_text(&all);
    }
}

/// "58 min left", "passed 4 min ago".
fn left(at: UtcMinute, now: UtcMinute) -> String {
    match at.since(now) {
        0 => "now".to_owned(),
        minutes if minutes > 0 => format!("{} left", span(minutes)),
        minutes => format!("passed {} ago", span(minutes)),
    }
}

/// "3 h 35", ignoring the sign; from two days on only whole days: "45 days".
fn span(minutes: i32) -> String {
    let minutes = Minutes(minutes.unsigned_abs());
    if minutes >= FAR { Minutes(minutes.0 / DAY.0 * DAY.0).to_string() } else { minutes.to_string() }
}

/// "3 h 35", to the minute for any length.
fn length(minutes: i32) -> String {
    Minutes(minutes.unsigned_abs()).to_string()
}

fn elapsed(page: &Page<'_>) -> Figure {
    let minutes = page.night.elapsed(page.now);
    let planned = format!("of {}", page.night.occurrence.real_length());
    let done = format!("{} of {} ticked", page.done(), page.lines.len());
    let also = format!(" · {done}");
    let is_noted = page.night.record.is_some();
    let (label, value, beside, also) = match page.night.phase(page.now) {
        Phase::Over(_) => ("Took", length(minutes), planned, also),
        Phase::Before => ("Starts in", span(minutes), done, String::new()),
        Phase::AfterEnd if !is_noted => ("Elapsed", "–".to_owned(), "no record".to_owned(), String::new()),
        _ => ("Elapsed", length(minutes), planned, also),
    };
    Figure { label, value, beside, also, tone: Tone::Plain }
}

fn next_status(page: &Page<'_>) -> Figure {
    // Before the start, the card beside it says how long it takes.
    if page.night.phase(page.now) == Phase::Before
        && let Some(at) = page.night.status_due(page.now)
    {
        let value = occurrence_text::clock_within(page.night.window, page.night.occurrence, at);
        let day = wording::short_date(page.night.window.local(at).date());
        return Figure { label: "Next status", value, beside: day, also: String::new(), tone: Tone::Plain };
    }
    let (value, beside, tone) = match page.night.status_due(page.now).map(|at| (at, at.since(page.now))) {
        None => ("–".to_owned(), "no status update due".to_owned(), Tone::Plain),
        Some((at, 0)) => ("now".to_owned(), format!("due at {}", page.clock(at)), Tone::Warning),
        Some((at, minutes)) if minutes > 0 => {
            (format!("in {}", span(minutes)), format!("at {}", page.clock(at)), Tone::Plain)
        }
        Some((at, minutes)) => {
            (format!("{} late", span(minutes)), format!("was due at {}", page.clock(at)), Tone::Warning)
        }
    };
    Figure { label: "Next status", value, beside, also: String::new(), tone }
}

fn roll_back(page: &Page<'_>) -> Figure {
    let label = "Roll back by";
    let Some(at) = page.night.roll_back_by() else {
        let why = match page.night.window.fit(page.night.occurrence) {
            Err(NoFit::NoHosts) => "no systems in scope",
            Err(NoFit::NoEstimate) => "not estimated",
            Ok(_) => "does not fit: before the start",
        };
        return Figure {
            label, value: "–".to_owned(), beside: why.to_owned(), also: String::new(), tone: Tone::Plain
        };
    };
    let value = occurrence_text::clock_within(page.night.window, page.night.occurrence, at);
    let phase = page.night.phase(page.now);
    if matches!(phase, Phase::Before | Phase::Over(_)) || !page.night.runs(page.now) {
        let day = wording::short_date(page.night.window.local(at).date());
        return Figure { label, value, beside: day, also: String::new(), tone: Tone::Plain };
    }
    let cutoff = page.night.cutoff().filter(|at| *at >= page.now);
    let cutoff = cutoff.map(|at| {
        format!(" · last batch by {}", occurrence_text::clock_within(page.night.window, page.night.occurrence, at))
    });
    let tone = roll_back_tone(&page.night, page.now);
    let also = cutoff.filter(|_| tone == Tone::Plain).unwrap_or_default();
    Figure { label, value, beside: left(at, page.now), also, tone }
}

fn roll_back_tone(night: &Night<'_>, now: UtcMinute) -> Tone {
    match night.roll_back_by().map(|at| at.since(now)) {
        Some(minutes) if minutes < 0 => Tone::Error,
        Some(minutes) if minutes <= WARNED_BEFORE => Tone::Warning,
        _ => Tone::Plain,
    }
}

fn end(page: &Page<'_>) -> Figure {
    let at = page.night.ends_at();
    let value = occurrence_text::clock_within(page.night.window, page.night.occurrence, at);
    let day = wording::short_date(page.night.window.local(at).date());
    let phase = page.night.phase(page.now);
    let runs = page.night.runs(page.now) && phase != Phase::Before;
    let beside = if runs { left(at, page.now) } else { day };
    let tone = if runs && phase == Phase::AfterEnd { Tone::Error } else { Tone::Plain };
    Figure { label: "End", value, beside, also: String::new(), tone }
}

/// The text about a running night in the status bar: "Core DB patching runs: roll back by 00:42, 58 min left".
pub fn in_short(night: &Night<'_>, now: UtcMinute) -> (String, Tone) {
    let name = &night.window.window.name;
    let clock = |at| occurrence_text::clock_within(night.window, night.occurrence, at);
    let tone = match roll_back_tone(night, now) {
        Tone::Plain => Tone::Good,
        tone => tone,
    };
    match (night.phase(now), night.roll_back_by()) {
        (Phase::AfterEnd, _) => {
            (format!("{name}: end {} {}", clock(night.ends_at()), left(night.ends_at(), now)), Tone::Error)
        }
        (_, Some(at)) => (format!("{name} runs: roll back by {}, {}", clock(at), left(at, now)), tone),
        (_, None) => (format!("{name} runs: end {}, {}", clock(night.ends_at()), left(night.ends_at(), now)), tone),
    }
}
