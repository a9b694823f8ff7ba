//! Goes to days, windows and records: where a view opens, and which page of the calendar shows what was asked for.

use chrono::NaiveDate;

use super::action::{Destination, Dialog, Selection};
use crate::model::{Edit, Subject, WindowId};
use crate::schedule::{Origin, night_date};
use crate::session::session::Session;
use crate::session::verbs::settings_page::{PolicyPage, SettingsPage};
use crate::session::verbs::views::{CalendarView, View};

impl Session {
    pub(in crate::session) fn reveal(&mut self, destination: Destination) {
        match destination {
            Destination::Subject(subject) => self.reveal_subject(&subject),
            Destination::List(subject) => {
                self.navigation.listed = Some(subject);
                self.navigation.view = View::Lists;
            }
            Destination::Occurrence(window, on) => {
                self.show_calendar();
                self.uncover(&window);
                self.navigation.selection = Selection::Occurrence(window, on);
                // A finding may be about a date on which the window has no occurrence.
                self.drop_dead_selection();
                self.navigation.scrolls_to_selection = true;
                self.turn_to_selection();
            }
            Destination::Month(on) => self.show(View::Calendar(CalendarView::Month(on))),
            Destination::Day(on) => {
                self.show(View::Calendar(CalendarView::Day(on)));
                self.navigation.selection = Selection::Day(on);
            }
            Destination::Night(night) => self.open_night(night),
            Destination::Release(ladder, released_at) => {
                self.navigation.release = Some((ladder, released_at));
                self.show(View::Cycles);
            }
        }
    }

    /// The original date and the origin of the selected occurrence.
    pub(super) fn selected_occurrence(&self) -> Option<(NaiveDate, Origin)> {
        let Selection::Occurrence(window, on) = &self.navigation.selection else { return None };
        self.document.schedule.occurrence(window, *on).map(|(_, occurrence)| (*on, occurrence.origin))
    }

    /// The day on which new records start and views open: the selected day, that of the page that is shown, today, or
    /// the plan's first.
    pub fn selected_day(&self) -> NaiveDate {
        let first_of = |window: &WindowId| {
            self.document
                .schedule
                .window(window)
                .and_then(|window| window.expansion.occurrences.first())
                .map(crate::schedule::time::occurrence::Occurrence::on)
        };
        let selected = match &self.navigation.selection {
            Selection::Day(on) => Some(*on),
            Selection::Occurrence(window, on) => {
                self.document.schedule.occurrence(window, *on).map(|(_, each)| each.on())
            }
            Selection::Several(keys) => {
                let starts = keys.iter().filter_map(|(window, on)| self.document.schedule.occurrence(window, *on));
                starts.map(|(_, each)| each.on()).min()
            }
            Selection::Window(window) => first_of(window),
            Selection::Freeze(freeze) => self.plan().freezes().get(freeze).map(|freeze| {
                let horizon = self.plan().horizon();
                let next = freeze.spans(horizon.from, horizon.last()).first().map(|span| span.first_on);
                next.unwrap_or(freeze.first_on)
            }),
            Selection::Nothing => self.shown_day(),
        };
        let today = Some(self.document.today).filter(|today| self.plan().horizon().contains(*today));
        selected.or(today).unwrap_or(self.plan().horizon().from)
    }

    /// The first day of the page that is shown, if it shows a month, a week or a day without today.
    fn shown_day(&self) -> Option<NaiveDate> {
        let View::Calendar(page) = self.navigation.view else { return None };
        let (first, last) = page.dates()?;
        let horizon = self.plan().horizon();
        let has_today = (first..=last).contains(&self.document.today);
        Some(first.max(horizon.from)).filter(|on| !has_today && horizon.contains(*on))
    }

    /// The night of the selection, by the date of its evening: work that begins before noon belongs to the night before.
    pub fn selected_night(&self) -> NaiveDate {
        match &self.navigation.selection {
            Selection::Occurrence(window, on) => match self.document.schedule.occurrence(window, *on) {
                Some((_, occurrence)) => night_date(occurrence.start_at, &self.document.schedule.zone),
                None => self.selected_day(),
            },
            Selection::Nothing
            | Selection::Several(_)
            | Selection::Window(_)
            | Selection::Freeze(_)
            | Selection::Day(_) => self.selected_day(),
        }
    }

    /// Turns to the month, week or day of the selection, if the calendar shows another one.
    pub(in crate::session) fn turn_to_selection(&mut self) {
        let View::Calendar(page) = self.navigation.view else { return };
        let (day, night) = (self.selected_day(), self.selected_night());
        let page = match page {
            CalendarView::Month(_) => CalendarView::Month(day),
            CalendarView::Week(_) => CalendarView::Week(night),
            CalendarView::Day(_) => CalendarView::Day(day),
            CalendarView::Rows | CalendarView::Planner | CalendarView::Months | CalendarView::Agenda => return,
        };
        if View::Calendar(page) != self.navigation.view {
            self.show(View::Calendar(page));
        }
    }

    /// Opens or closes the inspector. Without a selection it shows what needs attention.
    pub(super) fn toggle_inspector(&mut self) {
        match self.navigation.selection {
            Selection::Nothing => self.navigation.shows_overview ^= true,
            _ => self.change_settings(|settings| settings.shows_inspector ^= true),
        }
    }

    /// Shows the calendar, on the page that was shown last.
    pub(in crate::session) fn show_calendar(&mut self) {
        if !matches!(self.navigation.view, View::Calendar(_)) {
            self.show(View::Calendar(self.navigation.calendar));
        }
    }

    /// Shows the calendar on a page that has all dates of a window.
    fn show_all_dates(&mut self) {
        self.show_calendar();
        if !self.navigation.calendar.has_all_months() {
            self.show(View::Calendar(self.navigation.year));
        }
    }

    /// Selects today, on the page of the calendar that is shown.
    pub(super) fn show_today(&mut self) {
        self.show_calendar();
        self.navigation.selection = Selection::Day(self.document.today);
        self.navigation.scrolls_to_selection = true;
        self.turn_to_selection();
    }

    pub(in crate::session) fn reveal_subject(&mut self, subject: &Subject) {
        match subject {
            Subject::Window(window) => {
                self.navigation.selection = Selection::Window(window.clone());
                self.show_all_dates();
                self.uncover(window);
            }
            Subject::Freeze(freeze) => {
                self.navigation.selection = Selection::Freeze(freeze.clone());
                self.show_all_dates();
            }
            Subject::Group(group) => {
                self.navigation.board = self.plan().group(group).map(|(ladder, _)| ladder.id.clone());
                self.navigation.view = View::Groups;
            }
            Subject::Ladder(ladder) => {
                self.navigation.board = Some(ladder.clone());
                self.navigation.view = View::Groups;
            }
            Subject::System(_)
            | Subject::Area(_)
            | Subject::Holidays(_)
            | Subject::Notice(_)
            | Subject::Release(_)
            | Subject::Checklist(_)
            | Subject::Person(_)
            | Subject::Team(_)
            | Subject::ScanRoutine(_)
            | Subject::BulletinDuty(_) => {
                self.navigation.listed = Some(subject.clone());
                self.navigation.view = View::Lists;
            }
            Subject::Advisory(_) => {
                self.navigation.listed = Some(subject.clone());
                self.navigation.view = View::Advisories;
            }
            Subject::Plan => self.dialogs.open = Some(Dialog::PlanSettings(None)),
            Subject::Severity(_) => {
                let page = SettingsPage::Policy(PolicyPage::Deadlines);
                self.dialogs.open = Some(Dialog::PlanSettings(Some(page)));
            }
        }
    }

    /// Selects a window or occurrence that was just added.
    pub(in crate::session) fn select_new(&mut self, edit: &Edit) {
        match edit {
            Edit::PutWindow(window) if self.navigation.selection.window() != Some(&window.id) => {
                let first =
                    self.document.schedule.window(&window.id).and_then(|window| window.expansion.occurrences.first());
                self.navigation.selection = match first {
                    Some(first) => Selection::Occurrence(window.id.clone(), first.original_on()),
                    None => Selection::Window(window.id.clone()),
                };
            }
            Edit::AddOccurrence { window, on, .. } => {
                self.navigation.selection = Selection::Occurrence(window.clone(), *on);
            }
            _ => {}
        }
        self.drop_dead_selection();
    }

    /// Keeps those of several selected occurrences that exist.
    fn drop_dead_occurrences(&mut self) {
        let exists = |(id, on): &(&WindowId, NaiveDate)| self.document.schedule.occurrence(id, *on).is_some();
        let keys = || self.navigation.selection.occurrences();
        if !keys().all(|key| exists(&key)) {
            let left: Vec<_> = keys().filter(exists).map(|(id, on)| (id.clone(), on)).collect();
            self.navigation.selection = Selection::several(left);
        }
    }

    /// Selects something else if the selected item no longer exists, for instance after an undo.
    pub(in crate::session) fn drop_dead_selection(&mut self) {
        let gone = match &self.navigation.selection {
            Selection::Nothing => false,
            Selection::Several(_) => return self.drop_dead_occurrences(),
            Selection::Window(window) => self.document.schedule.window(window).is_none(),
            Selection::Occurrence(window, on) => self.document.schedule.occurrence(window, *on).is_none(),
            Selection::Freeze(freeze) => !self.plan().freezes().contains(freeze),
            Selection::Day(_) => false,
        };
        if gone {
            self.navigation.selection = match self
                .navigation
                .selection
                .window()
                .filter(|window| self.document.schedule.window(window).is_some())
            {
                Some(window) => Selection::Window(window.clone()),
                None => Selection::Nothing,
            };
        }
    }
}
