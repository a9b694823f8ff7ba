//! The notice calendar: which notice is due on which day, week by week, with late ones first.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate, TimeDelta};
use egui::{CentralPanel, Frame, Id, Key, Label, Margin, Modifiers, ScrollArea, Ui};
use lucide_icons::Icon;

use super::bar::{area_ui, pages_ui, text_ui};
use super::notice_row::LINE;
use super::pick::MOST_DATES;
use crate::model::{AreaId, day_number};
use crate::schedule::agreement::ledger::{AnswerIndex, BulkAnswer, DueNotice, Ledger, NewAnswer};
use crate::session::{Action, Command, Destination, LedgerPage, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_with;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::search::SearchWords;
use crate::ui::parts::widgets::{command_button, primary_button, segments, strong};
use crate::ui::views::ledger::notice_row;
use crate::wording::{counted, date};

/// How far ahead the calendar looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Ahead {
    Weeks,
    #[default]
    Months,
    All,
}

impl Ahead {
    fn last_day(self, today: NaiveDate) -> i32 {
        match self {
            Self::Weeks => day_number(today).saturating_add(28),
            Self::Months => day_number(today).saturating_add(92),
            Self::All => i32::MAX,
        }
    }
}

/// The filters of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Choice {
    ahead: Ahead,
    area: Option<AreaId>,
    text: String,
}

/// The state of the page between frames.
#[derive(Default)]
pub struct NoticesState {
    choice: Choice,
    list: Memo<(Pointer<Ledger>, Choice), List>,
    /// The notice that the arrow keys start from.
    cursor: Option<DueNotice>,
    /// The notices selected by the user, sorted. If empty, actions apply to all that are shown.
    pub picked: Vec<DueNotice>,
    follows_cursor: bool,
}

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// The heading "Late", or a week.
    Heading {
        text: String,
        is_late: bool,
    },
    Notice(DueNotice),
}

/// The list as shown; valid while ledger and filters are the same.
struct List {
    ledger: Arc<Ledger>,
    lines: Vec<Line>,
    /// The notices among the lines, sorted.
    notices: Vec<DueNotice>,
    late: usize,
    /// The index of the chosen area in the plan.
    area: Option<usize>,
}

impl List {
    fn new(ledger: &Arc<Ledger>, choice: &Choice) -> Self {
        let last = choice.ahead.last_day(ledger.today);
        let words = SearchWords::new(&choice.text);
        let area = choice.area.as_ref().and_then(|id| ledger.plan.areas().position(id));
        let is_meant = |notice: &&DueNotice| {
            words.are_in(&notice.window(ledger).schedule.window.name)
                && (choice.area.is_none() || notice.areas(ledger).any(|each| Some(each) == area))
        };
        let near = &ledger.notices[..ledger.notices.partition_point(|notice| notice.due_day <= last)];
        let today = day_number(ledger.today);
        let mut list = Self { ledger: Arc::clone(ledger), lines: Vec::new(), notices: Vec::new(), late: 0, area };
        let mut heading = None;
        for notice in near.iter().filter(is_meant) {
            let is_late = notice.due_day < today;
            let monday = notice.due_on() - TimeDelta::days(notice.due_on().weekday().num_days_from_monday().into());
            let week = (!is_late).then_some(monday);
            if heading != Some(week) {
                heading = Some(week);
                let text = week.map_or_else(|| "Late".to_owned(), week_in_words);
                list.lines.push(Line::Heading { text, is_late });
            }
            list.late += usize::from(is_late);
            list.notices.push(*notice);
            list.lines.push(Line::Notice(*notice));
        }
        list
    }

    fn row_of(&self, notice: &DueNotice) -> Option<usize> {
        self.lines.iter().position(|line| matches!(line, Line::Notice(each) if each == notice))
    }

    /// The dates of some notices, limited to the chosen area. At most one more than can be recorded at once, so that
    /// the caller can tell when there are too many.
    fn dates<'a>(&self, notices: impl Iterator<Item = &'a DueNotice>) -> Vec<AnswerIndex> {
        let dates = notices.flat_map(|notice| {
            let areas = notice.areas(&self.ledger).filter(|area| self.area.is_none_or(|wanted| wanted == *area));
            areas.map(|area| AnswerIndex { window: notice.window, occurrence: notice.occurrence, area: area as u32 })
        });
        dates.take(MOST_DATES + 1).collect()
    }
}

/// "Week 10, from Mon 8 Mar 2027"
fn week_in_words(monday: NaiveDate) -> String {
    format!("Week {}, from {}", monday.iso_week().week(), date(monday))
}

pub fn notices_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NoticesState, ledger: &Arc<Ledger>) {
    let list = state.list.get((Pointer::to(ledger), state.choice.clone()), || {
        let list = List::new(ledger, &state.choice);
        state.picked.retain(|notice| ledger.notices.binary_search(notice).is_ok());
        state.cursor = state.cursor.filter(|cursor| list.notices.binary_search(cursor).is_ok());
        list
    });
    keyboard(ui, cx, state, &list);
    CentralPanel::default().frame(Frame::new().inner_margin(Margin::same(12))).show(ui, |ui| {
        bar_ui(ui, cx, state, &list);
        ui.add_space(8.0);
        if list.notices.is_empty() {
            let (title, advice) = nothing(&list);
            let buttons = [("Open the ledger", Action::Show(View::Ledger(LedgerPage::Answers)))];
            return empty_state_with(ui, cx, Icon::BellOff, title, &advice, &buttons);
        }
        Frame::new().fill(cx.colors.panel).show(ui, |ui| list_ui(ui, cx, state, &list));
    });
}

/// Why the list is empty.
fn nothing(list: &List) -> (&'static str, String) {
    match list.ledger.notices.first() {
        None => ("All areas were asked", "No more notice is due.".to_owned()),
        Some(first) => {
            let next = format!("The next notice of all is due on {}.", date(first.due_on()));
            ("No notice has to be given", next)
        }
    }
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NoticesState, list: &List) {
    ui.horizontal(|ui| {
        pages_ui(ui, cx, LedgerPage::Notices);
        ui.spacing_mut().item_spacing.x = 8.0;
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ask_ui(ui, cx, state, list);
            command_button(ui, cx, Command::ExportInvites);
            command_button(ui, cx, Command::ExportNotices);
            ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                ui.add_space(8.0);
                let late = if list.late == 0 { String::new() } else { format!(", {} late", list.late) };
                let sentence = format!("{} to give{late}", counted(list.notices.len() as i64, "notice"));
                let ink = if list.late == 0 { cx.colors.text } else { cx.colors.error };
                ui.add(Label::new(strong(sentence).color(ink)).truncate());
            });
        });
    });
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let choices = [(Ahead::Weeks, "4 weeks"), (Ahead::Months, "3 months"), (Ahead::All, "All")];
        if let Some(ahead) = segments(ui, cx, &choices, state.choice.ahead) {
            state.choice.ahead = ahead;
        }
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.add_space(4.0);
        area_ui(ui, &list.ledger, &mut state.choice.area);
        text_ui(ui, "Filter windows", &mut state.choice.text);
    });
}

/// Records the picked notices as asked, or all that are shown.
fn ask_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NoticesState, list: &List) {
    let dates = match state.picked.as_slice() {
        [] => list.dates(list.notices.iter()),
        picked => list.dates(picked.iter()),
    };
    let label = match state.picked.len() {
        0 => "Record all as asked".to_owned(),
        picked => format!("Record {picked} as asked"),
    };
    let is_possible = cx.is_editable() && !dates.is_empty() && dates.len() <= MOST_DATES;
    let button = ui.add_enabled_ui(is_possible, |ui| primary_button(ui, cx, &label)).inner;
    if button.clicked() {
        ask(cx, &list.ledger, &dates);
        state.picked.clear();
    }
    let hover = if dates.len() > MOST_DATES {
        "Too many answers to record at once: filter the list, or select some"
    } else {
        "Record that the owners were asked today; can be undone in one step"
    };
    button.on_hover_text(hover).on_disabled_hover_text(hover);
}

fn ask(cx: &Cx<'_>, ledger: &Ledger, dates: &[AnswerIndex]) {
    let bulk_answer = BulkAnswer { said: NewAnswer::Asked, on: cx.today(), reserve: None };
    cx.edit(bulk_answer.edit(ledger, dates));
}

fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NoticesState, list: &List) {
    let follows = std::mem::take(&mut state.follows_cursor);
    let row = state.cursor.filter(|_| follows).and_then(|cursor| list.row_of(&cursor));
    let mut area = ScrollArea::vertical().id_salt("notices").auto_shrink(false);
    if let Some(row) = row {
        let middle = (row as f32 + 0.5) * LINE - ui.available_height() / 2.0;
        area = area.vertical_scroll_offset(middle.max(0.0));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    area.show_rows(ui, LINE, list.lines.len(), |ui, shown| {
        for line in &list.lines[shown] {
            match line {
                Line::Heading { text, is_late } => notice_row::heading_ui(ui, cx, text, *is_late),
                Line::Notice(notice) => row_ui(ui, cx, state, list, notice),
            }
        }
    });
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut NoticesState, list: &List, notice: &DueNotice) {
    let is_picked = state.picked.binary_search(notice).is_ok();
    let done = notice_row::notice_ui(ui, cx, &list.ledger, notice, (is_picked, state.cursor == Some(*notice)));
    match done {
        Some(notice_row::NoticeClick::Picked) => {
            state.cursor = Some(*notice);
            toggle(&mut state.picked, *notice);
        }
        Some(notice_row::NoticeClick::Asked) => ask(cx, &list.ledger, &list.dates([notice].into_iter())),
        Some(notice_row::NoticeClick::Gone) => go(cx, &list.ledger, notice),
        None => {}
    }
}

fn toggle(picked: &mut Vec<DueNotice>, notice: DueNotice) {
    match picked.binary_search(&notice) {
        Ok(index) => drop(picked.remove(index)),
        Err(index) => picked.insert(index, notice),
    }
}

fn go(cx: &Cx<'_>, ledger: &Ledger, notice: &DueNotice) {
    let on = notice.occurrence(ledger).original_on();
    cx.reveal(Destination::Occurrence(notice.window(ledger).schedule.id().clone(), on));
}

/// Arrow keys move between notices, Space picks, Enter goes to the occurrence.
fn keyboard(ui: &Ui, cx: &Cx<'_>, state: &mut NoticesState, list: &List) {
    if list.notices.is_empty() || !cx.keys_are_free(ui, Some(Id::unique("Filter windows"))) {
        return;
    }
    let all = &list.notices;
    let here = state.cursor.and_then(|cursor| all.binary_search(&cursor).ok());
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, 12), (Key::PageUp, -12)] {
        if pressed(ui, key) {
            let index = here.map_or(0, |here| here.saturating_add_signed(step).min(all.len() - 1));
            state.cursor = Some(all[index]);
            state.follows_cursor = true;
        }
    }
    let is_typing = ui.ctx().text_edit_focused();
    if !is_typing && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        state.picked.clone_from(all);
    }
    let Some(cursor) = state.cursor else { return };
    if !is_typing && pressed(ui, Key::Space) {
        toggle(&mut state.picked, cursor);
    }
    if pressed(ui, Key::Enter) {
        go(cx, &list.ledger, &cursor);
    }
    if !is_typing && pressed(ui, Key::Escape) {
        state.picked.clear();
        state.cursor = None;
    }
}
