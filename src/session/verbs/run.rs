//! Runs commands, and tells which are available.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};

use super::action::{After, CurrentFinding, Dialog, PathRequest, Selection};
use crate::checks::Finding;
use crate::export::compliance::ComplianceChoice;
use crate::export::invites::Occasion;
use crate::export::lists::{LessonQuery, List, Span};
use crate::export::print::PrintKind;
use crate::export::profiles::CalendarOrder;
use crate::import::Topic;
use crate::merge::Side;
use crate::model::{Advisory, AdvisoryId, Edit, MaintenanceWindow, Subject, WindowId, copy_name};
use crate::output::Order;
use crate::schedule::Origin;
use crate::session::session::Session;
use crate::session::state::clock::unique_word;
use crate::session::state::comparing::ComparisonBasis;
use crate::session::state::navigation::TableStep;
use crate::session::verbs::bulk_change::AnswerForAllAreas;
use crate::session::verbs::command::Command;
use crate::session::verbs::views::{CalendarView, CompliancePage, LedgerPage, View, ViewKind};
use crate::wording::counted;

impl Session {
    /// Whether a command is available.
    pub fn is_enabled(&self, command: Command) -> bool {
        if command.acts_on_selection() && !self.view().kind().shows_selection() {
            return false;
        }
        if self.bulk_change(command).is_some() {
            return true;
        }
        let occurrence = self.selected_occurrence();
        match command {
            Command::Undo => self.document.history.undo_label().is_some(),
            Command::Redo => self.document.history.redo_label().is_some(),
            Command::Remove => {
                matches!(
                    self.navigation.selection,
                    Selection::Window(_) | Selection::Occurrence(..) | Selection::Freeze(_)
                )
            }
            Command::DuplicateWindow | Command::Rename | Command::AskedAllDates | Command::AgreedAllDates => {
                self.navigation.selection.window().is_some()
            }
            Command::SkipOccurrence
            | Command::AskedThisDate
            | Command::AgreedThisDate
            | Command::StartEarlier
            | Command::StartLater
            | Command::Shorten
            | Command::Lengthen
            | Command::KeepTimes => occurrence.is_some_and(|(_, origin)| origin != Origin::Skipped),
            Command::DayEarlier | Command::DayLater | Command::WeekEarlier | Command::WeekLater => {
                occurrence.is_some_and(|(_, origin)| origin != Origin::Skipped)
                    || matches!(self.navigation.selection, Selection::Freeze(_))
            }
            Command::AddDate => self.free_date().is_some(),
            Command::PlanLadder => self.ladder_to_plan().is_some(),
            Command::CopyDates => self.navigation.selection.occurrences().len() > 0,
            Command::PasteDates => !self.navigation.copied.is_empty(),
            Command::RestoreOccurrence => occurrence.is_some_and(|(_, origin)| origin != Origin::Rule),
            Command::ExportInvites | Command::ExportInvitesAgain | Command::ForgetInvites => self.may_send(command),
            Command::ClearFilter => self.navigation.filter.is_active(),
            Command::RestoreFilter => self.navigation.cleared_filter.is_some(),
            Command::FillDown | Command::CopyCells | Command::SelectAllRows => self.view() == View::Lists,
            Command::CopyChecklist => self.shown_checklist().is_some(),
            Command::RecordResults => self.night_to_record().is_some(),
            Command::Today => self.plan().horizon().contains(self.document.today),
            Command::NextFinding | Command::PreviousFinding => self.document.findings.open().next().is_some(),
            Command::AcceptFinding => self.acceptable_finding().is_some(),
            Command::KeepOurs | Command::TakeTheirs => self.current_conflict().is_some(),
            Command::ShowOutsideChanges => self.outside.is_open(),
            Command::MergeOutsideChange => self.mergeable().is_some(),
            Command::Reload | Command::CompareWithDisk => self.file.path.is_some(),
            Command::KeepMine => self.outside.file().is_some() && self.file.read_only.is_none(),
            Command::DecideLater => self.outside.card().is_some(),
            Command::DeleteCopy => self.offers_to_delete_copy(),
            Command::PublishAgain => !self.published().is_empty() && !self.is_publishing(),
            Command::FixFinding => self.fixable_finding().is_some(),
            Command::ExportChanges => self.comparing.comparison.is_some(),
            Command::Git => self.git.status.is_some(),
            Command::CompareWithSaved => self.file.saved().is_some(),
            Command::CompareWithZoneData | Command::AcceptTimes => self.has_moved_times(),
            _ => true,
        }
    }

    /// The name of a command with what it would do: "Undo Move Core DB, 14 Mar".
    pub fn label(&self, command: Command) -> String {
        let about = match command {
            Command::Undo => self.document.history.undo_label().map(str::to_owned),
            Command::Redo => self.document.history.redo_label().map(str::to_owned),
            Command::AddDate => self.free_date_in_words(),
            command if self.bulk_change(command).is_some() => {
                Some(format!("({})", counted(self.navigation.selection.occurrences().len(), "date")))
            }
            _ => None,
        };
        about.map_or_else(|| command.name().to_owned(), |about| format!("{} {about}", command.name()))
    }

    #[expect(clippy::too_many_lines, reason = "one line for each command")]
    pub(in crate::session) fn run(&mut self, command: Command) {
        if !self.is_enabled(command) {
            return;
        }
        if let Some(change) = self.bulk_change(command) {
            return self.change_selected_occurrences(&change);
        }
        match command {
            Command::NewPlan => self.new_plan(),
            Command::RollForward => self.start_rolling(),
            Command::Open => {
                self.dialogs.not_opened = None;
                self.dialogs.open = Some(Dialog::Path(PathRequest::Open));
            }
            Command::NewFromSample => self.new_from_sample(),
            Command::OpenSample => self.after_saving(After::Start(Box::new(Self::sample_plan()))),
            Command::Save => self.save(),
            Command::SaveAs => self.ask_where_to_save(),
            Command::RecoveryFiles => self.list_recovery_files(),
            Command::Versions => self.open_versions(),
            Command::Git => self.open_git(),
            Command::ShowOutsideChanges => self.show_outside_changes(),
            Command::MergeOutsideChange => self.mergeable().into_iter().for_each(|source| self.merge_outside(source)),
            Command::Reload => self.file.path.clone().into_iter().for_each(|path| self.reload(path)),
            Command::KeepMine => self.keep_mine(),
            Command::CompareWithDisk => self.compare_with_outside(),
            Command::DecideLater => self.decide_later(),
            Command::DeleteCopy => self.delete_shown_copy(),
            Command::ImportWindows => self.ask_for_import(Topic::Windows, false),
            Command::ImportHolidays => self.ask_for_import(Topic::Holidays, false),
            Command::ImportFreezes => self.ask_for_import(Topic::Freezes, false),
            Command::ImportSystems => self.ask_for_import(Topic::Systems, false),
            Command::ImportAreas => self.ask_for_import(Topic::Areas, false),
            Command::ImportScans => self.ask_for_import(Topic::Scans, false),
            Command::ImportBulletins => self.ask_for_import(Topic::Bulletins, false),
            Command::ImportPeople => self.ask_for_import(Topic::People, false),
            Command::ImportAdvisories => self.ask_for_import(Topic::Advisories, false),
            Command::ImportNotices => self.ask_for_import(Topic::Notices, false),
            Command::ImportResults => self.ask_for_import(Topic::Results, false),
            Command::ImportReplies => self.ask_for_import(Topic::Replies, false),
            Command::ImportReplyFolder => self.ask_for_import(Topic::Replies, true),
            Command::ExportCalendar => {
                self.order_calendar(CalendarOrder { with_freezes: true, ..CalendarOrder::default() });
            }
            Command::ExportSystems => self.dialogs.open = Some(Dialog::Systems),
            Command::Print => self.order_print(),
            Command::PrintPlanner => self.order_print_of(PrintKind::Planner),
            Command::PrintYear => self.order_print_of(PrintKind::Year),
            Command::PrintCab => self.order_print_of(PrintKind::Cab),
            Command::PrintCompliance => self.order_print_of(PrintKind::Compliance),
            Command::ExportOccurrences => self.choose_destination(Order::list(List::Occurrences(Span::default()))),
            Command::ExportAdvisories => self.choose_destination(Order::list(List::Advisories)),
            Command::ExportCompliance => self.choose_destination(Order::list(List::Compliance(ComplianceChoice::NOW))),
            Command::ExportComplianceItems => {
                self.choose_destination(Order::list(List::ComplianceItems(ComplianceChoice::NOW)));
            }
            Command::ExportActivity => self.choose_destination(Order::list(List::Activity(Span::default()))),
            Command::ExportChanges => self.choose_destination(Order::changes()),
            Command::ExportInvites => self.open_invites(Occasion::Due),
            Command::ExportInvitesAgain => self.open_invites(Occasion::Again),
            Command::ForgetInvites => self.forget_invites(),
            Command::InviteTexts => self.dialogs.open = Some(Dialog::InviteTexts),
            Command::ExportLedger => self.choose_destination(Order::list(List::Ledger(None))),
            Command::ExportLessons => self.choose_destination(Order::list(List::Lessons(LessonQuery::default()))),
            Command::ExportNotices => self.choose_destination(Order::list(List::Notices)),
            Command::ExportScans => self.choose_destination(Order::list(List::Scans)),
            Command::ExportBulletins => self.choose_destination(Order::list(List::Bulletins)),
            Command::Publish => self.open_publishing(),
            Command::PublishAgain => self.publish_again(),
            Command::Quit => self.after_saving(After::Close),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::NewWindow => self.new_window(),
            Command::QuickAdd => self.open_dialog(Some(Dialog::QuickAdd)),
            Command::NewFreeze => self.new_freeze(),
            Command::NewAdvisory => self.new_advisory(),
            Command::NewChecklist => self.new_checklist(),
            Command::FillDown => self.navigation.table_step = Some(TableStep::FillDown),
            Command::CopyCells => self.navigation.table_step = Some(TableStep::Copy),
            Command::SelectAllRows => self.navigation.table_step = Some(TableStep::SelectAll),
            Command::CopyChecklist => self.copy_checklist(),
            Command::Rename => self.rename(),
            Command::DuplicateWindow => self.duplicate_window(),
            Command::Remove => self.remove(),
            Command::SkipOccurrence => self.skip(),
            Command::RestoreOccurrence => self.restore(),
            Command::AddDate => self.add_date(),
            Command::CopyDates => self.copy_dates(),
            Command::PasteDates => self.paste_dates(),
            Command::AskedThisDate => self.note_this_date(AnswerForAllAreas::Asked),
            Command::AgreedThisDate => self.note_this_date(AnswerForAllAreas::Agreed),
            Command::AskedAllDates => self.note_all_dates(AnswerForAllAreas::Asked),
            Command::AgreedAllDates => self.note_all_dates(AnswerForAllAreas::Agreed),
            Command::DayEarlier => self.shift(-1),
            Command::DayLater => self.shift(1),
            Command::WeekEarlier => self.shift(-7),
            Command::WeekLater => self.shift(7),
            Command::StartEarlier => self.shift_start(-1),
            Command::StartLater => self.shift_start(1),
            Command::Shorten => self.lengthen(-1),
            Command::Lengthen => self.lengthen(1),
            Command::KeepTimes => self.keep_times_from_here(),
            Command::PlanLadder => self.plan_ladder(),
            Command::DecideMeetings => self.open_dialog(Some(Dialog::Meetings)),
            Command::PlanSettings => self.dialogs.open = Some(Dialog::PlanSettings(None)),
            Command::ShowPlanner => self.show(View::Calendar(CalendarView::Planner)),
            Command::ShowMonths => self.show(View::Calendar(CalendarView::Months)),
            Command::ShowMonth => self.show(View::Calendar(CalendarView::Month(self.selected_day()))),
            Command::ShowWeek => self.show(View::Calendar(CalendarView::Week(self.selected_night()))),
            Command::ShowAgenda => self.show(View::Calendar(CalendarView::Agenda)),
            Command::ShowDay => self.show(View::Calendar(CalendarView::Day(self.selected_day()))),
            Command::Today => self.show_today(),
            Command::ShowNotices => self.show(View::Ledger(LedgerPage::Notices)),
            Command::ShowAdvisoryBoard => self.show(View::Compliance(CompliancePage::Advisories)),
            Command::ShowReleaseBoard => self.show(View::Compliance(CompliancePage::Releases)),
            Command::RecordResults => self.night_to_record().into_iter().for_each(|key| self.open_night(key)),
            Command::Show(ViewKind::Night) => self.show_night(),
            Command::Show(view) => self.show(view.first()),
            Command::CompareWithFile => self.dialogs.open = Some(Dialog::Path(PathRequest::Compare)),
            Command::CompareWithSaved => self.compare(ComparisonBasis::Saved),
            Command::CompareWithSent => self.compare(ComparisonBasis::Sent),
            Command::CompareWithZoneData => self.compare_with_zone_data(),
            Command::AcceptTimes => self.accept_times(),
            Command::NextFinding => self.step_finding(true),
            Command::PreviousFinding => self.step_finding(false),
            Command::FixFinding => self.fix_finding(),
            Command::KeepOurs => self.resolve_conflict(Side::Ours),
            Command::TakeTheirs => self.resolve_conflict(Side::Theirs),
            Command::AcceptFinding => self.accept_finding(),
            Command::Palette => self.dialogs.open = Some(Dialog::Palette),
            Command::Shortcuts => self.dialogs.open = Some(Dialog::Shortcuts),
            Command::NextRegion => self.navigation.region_step = 1,
            Command::PreviousRegion => self.navigation.region_step = -1,
            Command::Filter => self.start_filtering(),
            Command::ClearFilter => self.clear_filter(),
            Command::RestoreFilter => self.restore_filter(),
            Command::LightOrDark => self.toggle_appearance(),
            Command::ToggleInspector => self.toggle_inspector(),
            Command::ToggleDeadlines => self.change_settings(|settings| settings.unfolds_deadlines ^= true),
            Command::ZoomIn => self.zoom_by(10),
            Command::ZoomOut => self.zoom_by(-10),
            Command::ZoomReset => self.change_settings(|settings| settings.zoom_percent = 100),
            Command::BundledZoneData => self.switch_zone_data(),
            Command::DrawWithOpenGl => self.switch_renderer(),
        }
    }

    fn new_window(&mut self) {
        let window = self.plan().new_window_on(self.selected_day(), &unique_word());
        self.edit(&Edit::PutWindow(window));
        self.show_new();
    }

    fn new_freeze(&mut self) {
        let freeze = self.plan().new_freeze_on(self.selected_day(), &unique_word());
        let id = freeze.id.clone();
        self.edit(&Edit::PutFreeze(freeze));
        self.navigation.selection = Selection::Freeze(id);
        self.show_new();
    }

    /// Shows the calendar with the inspector, where the name of what was added is selected.
    fn show_new(&mut self) {
        self.show_calendar();
        if !self.settings.shows_inspector {
            self.change_settings(|settings| settings.shows_inspector = true);
        }
    }

    fn new_advisory(&mut self) {
        let id = AdvisoryId::unique("new-advisory", &unique_word(), |id| self.plan().advisories().contains(id));
        self.edit(&Edit::PutAdvisory(Advisory::new(id.clone(), "New advisory", self.document.today)));
        self.reveal_subject(&Subject::Advisory(id));
    }

    /// Shows the inspector and moves the cursor to the name.
    fn rename(&mut self) {
        self.show_new();
        self.navigation.names_selection = true;
    }

    fn duplicate_window(&mut self) {
        let Some(window) = self.navigation.selection.window().and_then(|id| self.plan().windows().get(id)) else {
            return;
        };
        let name = copy_name(&window.name, |name| self.plan().windows().iter().any(|each| each.name == name));
        let id = WindowId::unique(&name, &unique_word(), |id| self.plan().windows().contains(id));
        let short_name = String::new();
        let copy =
            MaintenanceWindow { id, name, short_name, sequence: 0, imported: None, ..MaintenanceWindow::clone(window) };
        self.edit(&Edit::PutWindow(copy));
        self.show_new();
    }

    /// Skips the selected occurrence, or removes the selected window or freeze.
    fn remove(&mut self) {
        match self.navigation.selection.clone() {
            Selection::Occurrence(window, on) => {
                let single = self.plan().windows().get(&window).is_some_and(|window| !window.rule.is_recurring());
                let alone = self
                    .document
                    .schedule
                    .window(&window)
                    .is_some_and(|window| window.expansion.occurrences.len() == 1);
                if single && alone { self.edit(&Edit::RemoveWindow(window)) } else { self.skip_on(window, on) }
            }
            Selection::Window(window) => self.edit(&Edit::RemoveWindow(window)),
            Selection::Freeze(freeze) => self.edit(&Edit::RemoveFreeze(freeze)),
            Selection::Nothing | Selection::Several(_) | Selection::Day(_) => {}
        }
    }

    fn skip(&mut self) {
        if let Selection::Occurrence(window, on) = self.navigation.selection.clone() {
            self.skip_on(window, on);
        }
    }

    fn skip_on(&mut self, window: WindowId, on: NaiveDate) {
        self.edit(&Edit::SkipOccurrence { window, on, reason: String::new() });
    }

    fn restore(&mut self) {
        if let Selection::Occurrence(window, on) = self.navigation.selection.clone() {
            self.edit(&Edit::RestoreOccurrence { window, on });
        }
    }

    fn shift(&mut self, days: i64) {
        if let Selection::Freeze(freeze) = &self.navigation.selection {
            let moved = self.plan().freezes().get(freeze).map(|freeze| freeze.moved(days));
            return moved.into_iter().for_each(|freeze| self.edit(&Edit::PutFreeze(freeze)));
        }
        let Selection::Occurrence(window, on) = self.navigation.selection.clone() else { return };
        let Some((schedule, occurrence)) = self.document.schedule.occurrence(&window, on) else { return };
        let Some(to) = occurrence.on().checked_add_signed(TimeDelta::days(days)) else { return };
        let edit = schedule.move_to_date(occurrence, to);
        self.edit(&edit);
        self.turn_to_selection();
    }

    /// The finding at the cursor of the list, or the first open finding of the selection.
    pub(in crate::session) fn current_finding(&self) -> Option<CurrentFinding> {
        let is_listed = |current: &&CurrentFinding| {
            self.navigation.view == View::Findings && self.document.findings.has(&current.finding)
        };
        let here = || {
            let mut open = self.document.findings.open().filter(|_| self.view().kind().shows_selection());
            let finding = open.find(|finding| self.is_selected(finding))?;
            Some(CurrentFinding { finding: Arc::clone(finding), is_cause: false })
        };
        self.navigation.current_finding.as_ref().filter(is_listed).cloned().or_else(here)
    }

    /// The current finding if it can be accepted; in the calendar, the first of the selection that can.
    fn acceptable_finding(&self) -> Option<CurrentFinding> {
        let current = self.current_finding()?;
        if current.finding.rule.can_be_accepted() {
            return Some(current);
        }
        let mut open = self.document.findings.open().filter(|_| self.view().kind().shows_selection());
        let finding = open.find(|finding| finding.rule.can_be_accepted() && self.is_selected(finding))?;
        Some(CurrentFinding { finding: Arc::clone(finding), is_cause: false })
    }

    /// The first of these findings that has a quick fix.
    fn fixable_finding(&self) -> Option<Arc<Finding>> {
        let cx = self.context();
        let current = self.current_finding().map(|current| current.finding);
        let is_here = |finding: &&Arc<Finding>| {
            finding.rule.fix.is_some() && self.view().kind().shows_selection() && self.is_selected(finding)
        };
        let here = self.document.findings.open().filter(is_here);
        current.into_iter().chain(here.cloned()).find(|finding| finding.fix(&cx).is_some())
    }

    fn fix_finding(&mut self) {
        if let Some(fix) = self.fixable_finding().and_then(|finding| finding.fix(&self.context())) {
            self.edit(&fix.edit.with_unique_ids(self.plan(), &unique_word()));
        }
    }

    fn accept_finding(&mut self) {
        if let Some(current) = self.acceptable_finding() {
            self.open_dialog(Some(Dialog::Accept(current)));
        }
    }
}
