//! Where everything is on the page of a week: a row for each night, with lanes for occurrences that overlap.

use std::rc::Rc;

use chrono::{NaiveDate, TimeDelta, Weekday};
use egui::{Pos2, Rect, Ui, Vec2};

use crate::ui::parts::cx::Cx;
use crate::ui::parts::theme;
use crate::ui::views::calendar::day_entry::Entry;
use crate::ui::views::calendar::index::DayIndex;
use crate::ui::views::calendar::nights::axis::{Night, NightAxis};
use crate::ui::views::calendar::nights::bands::{BandLanes, bands};
use crate::ui::views::calendar::nights::bar::{self, Subtitle, Title};
use crate::ui::views::calendar::nights::lanes::lanes;
use crate::ui::views::calendar::nights::words;

/// The width of the column with the dates.
pub const LABEL: f32 = 104.0;
/// The height of the lines above and below a bar, and the space around it.
const TITLE: f32 = 16.0;
const SUBTITLE: f32 = 15.0;
const AROUND: f32 = 4.0;
const LANE: f32 = TITLE + bar::BAR + SUBTITLE + 2.0 * AROUND + 6.0;
/// The height of the line with the hours of a night in which the clocks change.
pub const HOURS: f32 = 14.0;
const LOWEST: f32 = 52.0;
const PADDING: f32 = 4.0;
/// The least distance of two occurrences in a lane.
const GAP: f32 = 14.0;

/// What the layout depends on besides the plan.
#[derive(PartialEq)]
pub struct LayoutInputs {
    index: IndexPointer,
    monday: NaiveDate,
    /// The width and height of the page, in whole points.
    size: (i32, i32),
}

/// A day index, compared by pointer.
struct IndexPointer(Rc<DayIndex>);

impl PartialEq for IndexPointer {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl LayoutInputs {
    pub fn new(index: &Rc<DayIndex>, monday: NaiveDate, size: Vec2) -> Self {
        Self { index: IndexPointer(Rc::clone(index)), monday, size: (size.x as i32, size.y as i32) }
    }
}

/// An occurrence in a night.
pub struct Item {
    pub entry: Entry,
    /// "22:00 – 02:00"
    pub hours: String,
    pub subtitle: Subtitle,
    /// The left and right end of its bar and of all of it, from the start of the axis.
    bar: (f32, f32),
    whole: (f32, f32),
    lane: usize,
}

/// A night as a row.
pub struct NightRow {
    pub night: Night,
    pub bands: BandLanes,
    pub items: Vec<Item>,
    pub has_clock_change: bool,
    top: f32,
    height: f32,
    lanes_top: f32,
}

/// The rows of a week. Positions are relative to the upper left corner of the page.
pub struct WeekLayout {
    pub rows: Vec<NightRow>,
    pub axis_width: f32,
    minute: f32,
    pub height: f32,
}

/// Where an item is.
pub struct ItemRects {
    pub whole: Rect,
    pub title: Rect,
    pub bar: Rect,
    pub subtitle: Rect,
}

impl WeekLayout {
    pub fn new(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, monday: NaiveDate, size: Vec2) -> Self {
        let zone = &cx.schedule().zone;
        let nights: Vec<Night> = monday.iter_days().take(7).map(|on| Night::new(on, zone)).collect();
        let longest = nights.iter().map(Night::minutes).max().unwrap_or(24 * 60);
        let axis_width = (size.x - LABEL).max(100.0);
        let minute = axis_width / longest as f32;
        let rows = nights.into_iter().map(|night| NightRow::new(ui, cx, index, night, minute, axis_width));
        let mut layout = Self { rows: rows.collect(), axis_width, minute, height: 0.0 };
        layout.stack(size.y);
        layout
    }

    /// Stacks the rows. They share the height that is left.
    fn stack(&mut self, height: f32) {
        let needed: f32 = self.rows.iter().map(|row| row.height).sum();
        let extra = ((height - needed) / self.rows.len() as f32).max(0.0);
        for row in &mut self.rows {
            row.top = self.height;
            row.height += extra;
            self.height += row.height;
        }
    }

    pub fn axis(&self, row: &NightRow, page: Pos2) -> NightAxis {
        NightAxis { left: page.x + LABEL, minute: self.minute, from: row.night.from }
    }

    /// The whole row, with its date.
    pub fn row(&self, row: &NightRow, page: Pos2) -> Rect {
        Rect::from_min_size(page + Vec2::new(0.0, row.top), Vec2::new(LABEL + self.axis_width, row.height))
    }

    /// The part of the row with the hours of the night.
    pub fn ground(&self, row: &NightRow, page: Pos2) -> Rect {
        let axis = self.axis(row, page);
        self.row(row, page).with_min_x(axis.left).with_max_x(axis.x(row.night.to))
    }

    pub fn bands_top(&self, row: &NightRow, page: Pos2) -> f32 {
        self.row(row, page).top() + PADDING + if row.has_clock_change { HOURS } else { 0.0 }
    }

    pub fn item(&self, row: &NightRow, item: &Item, page: Pos2) -> ItemRects {
        let axis = self.axis(row, page);
        let top = self.row(row, page).top() + row.lanes_top + item.lane as f32 * LANE;
        let line = |(left, right): (f32, f32), y: f32, height: f32| {
            Rect::from_x_y_ranges(axis.left + left..=axis.left + right, top + y..=top + y + height)
        };
        ItemRects {
            whole: line((item.whole.0 - 4.0, item.whole.1 + 4.0), -2.0, LANE - 2.0),
            title: line(item.whole, 0.0, TITLE),
            bar: line(item.bar, TITLE + AROUND, bar::BAR),
            subtitle: line(item.whole, TITLE + bar::BAR + 2.0 * AROUND, SUBTITLE),
        }
    }
}

impl NightRow {
    fn new(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, night: Night, minute: f32, width: f32) -> Self {
        let axis = NightAxis { left: 0.0, minute, from: night.from };
        let text_width = |text: &str| {
            let font = theme::regular(theme::SMALL);
            ui.painter().layout_no_wrap(text.to_owned(), font, cx.colors.text).size().x
        };
        let bands = BandLanes::new(bands(cx, index, &night), &axis, text_width);
        let entries = index.between(night.from, night.to).into_iter();
        let mut items: Vec<Item> = entries.map(|entry| Item::new(ui, cx, index, entry, &axis, width)).collect();
        items.sort_by(|a, b| a.whole.0.total_cmp(&b.whole.0));
        let stretches: Vec<(f32, f32)> = items.iter().map(|item| item.whole).collect();
        let (found, count) = lanes(&stretches, GAP);
        for (item, lane) in items.iter_mut().zip(found) {
            item.lane = lane;
        }
        let has_clock_change = night.clock_change(&cx.schedule().zone).is_some();
        let hours = if has_clock_change { HOURS } else { 0.0 };
        let lanes_top = 2.0 * PADDING + hours + bands.height();
        let height = (lanes_top + count as f32 * LANE + PADDING).max(LOWEST);
        Self { night, bands, items, has_clock_change, top: 0.0, height, lanes_top }
    }

    /// The windows that take place.
    pub fn count(&self) -> usize {
        self.items.iter().filter(|item| !item.entry.is_skipped).count()
    }
}

impl Item {
    fn new(ui: &Ui, cx: &Cx<'_>, index: &DayIndex, entry: Entry, axis: &NightAxis, width: f32) -> Self {
        let (window, occurrence) = index.occurrence(&entry);
        let hours = words::hours(cx, window, occurrence);
        let subtitle = Subtitle::new(cx, window, occurrence, true);
        let title = Title { window, occurrence, trouble: entry.trouble, hours: &hours };
        let needed = title.width(ui.painter(), cx).max(subtitle.width(ui.painter(), cx)).min(width - 8.0);
        let bar = bar::ends(axis, window, occurrence);
        // Words move left rather than out of the page.
        let left = bar.0.max(4.0).min(width - needed - 4.0);
        let whole = (left.min(bar.0.max(0.0)), (left + needed).max(bar.1.min(width)));
        Self { entry, hours, subtitle, bar, whole, lane: 0 }
    }
}

/// The Monday of the week of a date.
pub fn monday(on: NaiveDate) -> NaiveDate {
    on.week(Weekday::Mon).checked_first_day().unwrap_or(on)
}

/// The date that many weeks later, if something of its week can be in the plan.
pub fn weeks_later(cx: &Cx<'_>, monday: NaiveDate, weeks: i64) -> Option<NaiveDate> {
    let to = monday.checked_add_signed(TimeDelta::weeks(weeks))?;
    let horizon = cx.plan().horizon();
    // Work early on the first day belongs to the night before.
    let after = to.checked_add_signed(TimeDelta::weeks(1))?;
    (to <= horizon.last() && after >= horizon.from).then_some(to)
}
