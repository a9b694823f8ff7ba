//! The requests that views can make.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::Finding;
use crate::export::invites::{InvitesOrder, Occasion};
use crate::export::print::PrintOrder;
use crate::export::profiles::{CalendarOrder, Complaint};
use crate::import::{ImportKind, Options, Topic};
use crate::model::{Edit, FreezeId, LadderId, NightKey, Plan, Subject, UtcMinute, WindowId};
use crate::output::Order;
use crate::quick_add::TypedWindow;
use crate::roll::Choices;
use crate::session::state::comparing::ComparisonBasis;
use crate::session::state::import_preview::ImportPreview;
use crate::session::state::publishing::Publication;
use crate::session::state::settings::Settings;
use crate::session::state::window_filter::WindowFilter;
use crate::session::verbs::bulk_change::BulkChange;
use crate::session::verbs::command::Command;
use crate::session::verbs::night_steps::NightStep;
use crate::session::verbs::selected_dates::SelectedDates;
use crate::session::verbs::settings_page::SettingsPage;
use crate::session::verbs::views::View;
use crate::store::RecoveryOffer;
use crate::store::VersionEntry;

/// A request of a view, carried out before the next frame.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "only a few exist at a time")]
pub enum Action {
    Edit(Edit),
    /// Calculates which findings an edit would cause, and asks whether to carry it out.
    Propose(Box<Proposal>),
    /// Notes a step of a night. The session adds name and time.
    Note(NightKey, NightStep),
    Run(Command),
    /// Changes the selected occurrences.
    ChangeSeveral(BulkChange),
    Select(Selection),
    Show(View),
    Reveal(Destination),
    /// Filters the calendar.
    Filter(FilterStep),
    /// Moves the cursor of the list of findings.
    Point(Option<CurrentFinding>),
    Open(PathBuf),
    /// Opens the file at a path that was typed. If that fails, it can be corrected.
    OpenTyped(PathBuf),
    SaveAs(PathBuf),
    /// Asks where the files of that order are written.
    ChooseDestination(Order),
    /// Writes the files of an order: to a file, or into a folder.
    Export(Order, PathBuf),
    /// Shows an order in the print dialog.
    OrderPrint(PrintOrder),
    /// Shows an order in the dialog of the year calendar, and checks it.
    OrderCalendar(CalendarOrder),
    /// Previews an export of invites.
    PreviewInvites(InvitesOrder),
    /// Reads files and asks whether to import them; without a topic their content decides what they are.
    Import(Option<Topic>, Vec<PathBuf>),
    /// The same as a kind that a person chose.
    ImportAs(&'static ImportKind, Vec<PathBuf>),
    /// Reads a pasted table and asks whether to import it.
    ImportText(Topic, String),
    /// Reads the files of the open preview again with these options.
    ImportWith(Options),
    Publish(Publication),
    /// Opens or imports files and folders that were dropped onto the window.
    Drop(Vec<PathBuf>),
    Answer(QuestionAnswer),
    /// Acts on a recovery file of an earlier run.
    Recover(Arc<RecoveryOffer>, RecoveryStep),
    /// Compares the plan with an earlier one, or with what was sent.
    Compare(ComparisonBasis),
    /// Restores a kept version of the plan as one undo step.
    RestoreVersion(VersionEntry),
    /// Saves the plan if necessary, and commits it with this message.
    Commit(String),
    /// Makes the plan of a later year and opens it.
    RollForward(RollOrder),
    /// Adds a window that was typed in words, and selects it.
    AddTypedWindow(Box<TypedWindow>),
    /// Opens a dialog, or closes the open one.
    OpenDialog(Option<Dialog>),
    Set(Settings),
    /// Shows why something is impossible.
    ShowError(String),
    /// Undoes or redoes the step that a message is about, if the plan's history is still at that number.
    Step(Command, u64),
    /// Dismisses all messages.
    Dismiss,
    /// Dismisses the message with that id.
    DismissMessage(u64),
    /// Hides the first steps of a new plan.
    HideFirstSteps,
    /// Opens a file or folder with the program that the desktop uses for it.
    OpenElsewhere(PathBuf),
    CancelJob(u64),
}

impl Action {
    /// Whether it only follows what a view shows, and never what is typed into a field.
    pub fn is_about_view(&self) -> bool {
        matches!(self, Self::Point(_) | Self::Dismiss | Self::DismissMessage(_) | Self::CancelJob(_))
    }
}

/// The plan of a later year that is to be made.
#[derive(Clone, Debug)]
pub struct RollOrder {
    pub year: i32,
    /// Empty for the title of this plan with later years.
    pub title: String,
    pub choices: Choices,
}

/// What to do with the filter of the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterStep {
    Set(WindowFilter),
    /// Replaces it by the saved filter of that name.
    Use(String),
    /// Saves it under that name.
    Save(String),
    /// Removes the saved filter of that name.
    Forget(String),
}

/// What to do with a recovery file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecoveryStep {
    /// Opens its plan as an unsaved change.
    Restore,
    /// The same, and shows what differs from the plan on disk.
    Compare,
    /// Asks whether to delete it.
    Delete,
}

/// The selection, which the inspector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    #[default]
    Nothing,
    Window(WindowId),
    /// An occurrence by its original date.
    Occurrence(WindowId, NaiveDate),
    /// At least two occurrences. A range starts at the first one.
    Several(SelectedDates),
    Freeze(FreezeId),
    Day(NaiveDate),
}

impl Selection {
    pub fn window(&self) -> Option<&WindowId> {
        match self {
            Self::Window(window) | Self::Occurrence(window, _) => Some(window),
            _ => None,
        }
    }

    /// Selects these occurrences.
    pub fn several(keys: impl IntoIterator<Item = (WindowId, NaiveDate)>) -> Self {
        let mut seen = HashSet::new();
        let keys: Vec<_> = keys.into_iter().filter(|key| seen.insert(key.clone())).collect();
        match keys.as_slice() {
            [] => Self::Nothing,
            [(window, on)] => Self::Occurrence(window.clone(), *on),
            _ => Self::Several(keys.into_iter().collect()),
        }
    }

    /// The selected occurrences, by window and original date.
    pub fn occurrences(&self) -> impl ExactSizeIterator<Item = (&WindowId, NaiveDate)> {
        let (one, several) = match self {
            Self::Occurrence(window, on) => (Some((window, *on)), &[][..]),
            Self::Several(keys) => (None, &keys[..]),
            Self::Nothing | Self::Window(_) | Self::Freeze(_) | Self::Day(_) => (None, &[][..]),
        };
        // Only one of both has any.
        (0..several.len() + usize::from(one.is_some())).map(move |index| match one {
            Some(one) => one,
            None => (&several[index].0, several[index].1),
        })
    }

    pub fn is_occurrence(&self, id: &WindowId, on: NaiveDate) -> bool {
        match self {
            Self::Occurrence(window, date) => window == id && *date == on,
            Self::Several(keys) => keys.contains_date(id, on),
            Self::Nothing | Self::Window(_) | Self::Freeze(_) | Self::Day(_) => false,
        }
    }
}

/// The finding at the cursor of a list.
#[derive(Clone, Debug)]
pub struct CurrentFinding {
    pub finding: Arc<Finding>,
    /// Whether it represents all findings with its cause.
    pub is_cause: bool,
}

/// A part of the program to show.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    Subject(Subject),
    /// The form of a record, in the Lists view.
    List(Subject),
    Occurrence(WindowId, NaiveDate),
    Month(NaiveDate),
    Day(NaiveDate),
    /// The checklist of a night, or its record if the night is no longer in the plan.
    Night(NightKey),
    /// A release on a ladder, in Cycles.
    Release(LadderId, UtcMinute),
}

impl Destination {
    /// Where a finding is shown.
    pub fn for_finding(finding: &Finding) -> Self {
        match (&finding.window, finding.on) {
            (Some(window), Some(on)) => Self::Occurrence(window.clone(), on),
            (None, Some(on)) => Self::Day(on),
            _ => Self::Subject(finding.subject.clone()),
        }
    }
}

/// The contents of the dialog of the year calendar.
#[derive(Clone, Debug)]
pub struct CalendarDialog {
    pub order: CalendarOrder,
    /// The result of the check; none while it runs.
    pub check: Option<CalendarCheck>,
}

/// The result of checking an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarCheck {
    /// How many files the export would write.
    pub files: usize,
    pub complaints: Vec<Complaint>,
}

/// A dialog.
#[derive(Clone, Debug)]
pub enum Dialog {
    /// What the program opened with on its first start, and how to begin.
    Welcome,
    /// Search and commands.
    Palette,
    /// The list of keyboard shortcuts.
    Shortcuts,
    /// Title, months, zone, policy: the page to show, or the one that was shown last.
    PlanSettings(Option<SettingsPage>),
    /// The year and the dates of a later plan.
    RollForward,
    /// What meets a holiday, a freeze or a clock change.
    Meetings,
    /// A window in words.
    QuickAdd,
    /// Windows for the groups of a ladder that have none.
    LadderWindows(LadderId),
    /// The invites that are due, and their recipients.
    Invites(Occasion),
    /// The sender and the texts of invites.
    InviteTexts,
    /// A path to open or to save to.
    Path(PathRequest),
    /// The readers of the year calendar.
    Calendar(CalendarDialog),
    /// What other systems can express of the windows.
    Systems,
    /// What to print, and how.
    Print(PrintOrder),
    /// Why a finding, or all findings of its cause, are accepted.
    Accept(CurrentFinding),
    /// The kept versions of the plan, the newest first; none while they are read.
    Versions(Option<Arc<[VersionEntry]>>),
    /// The state of the plan in Git, and the message of a commit.
    Git,
    /// The target of publishing, and the result.
    Publish,
    Question(Question),
    /// The recovery files of earlier runs.
    RecoveryFiles(Vec<Arc<RecoveryOffer>>),
    /// What the files contain: they look the same for each of these kinds.
    ChooseKind {
        paths: Vec<PathBuf>,
        kinds: Vec<&'static ImportKind>,
    },
}

/// The purpose of a path.
#[derive(Clone, Debug, PartialEq)]
pub enum PathRequest {
    Open,
    SaveAs {
        name: String,
    },
    /// The file or folder of an export; `name` is the usual one.
    Export {
        order: Order,
        name: String,
    },
    /// A file to import, or a folder of them.
    Import {
        topic: Topic,
        is_folder: bool,
    },
    /// An earlier plan to compare the plan with.
    Compare,
}

/// A question that must be answered before the program goes on. [`QuestionAnswer::Cancel`] changes nothing.
#[derive(Clone, Debug)]
pub enum Question {
    /// There are unsaved changes. Yes: save them before `then`. Other: go on without saving.
    SaveFirst { then: After },
    /// The file has changed on disk since it was opened or saved. Yes: keep mine, which overwrites it. Other: reload it
    /// from disk.
    ChangedOnDisk { path: PathBuf },
    /// Saving would drop unknown fields. Yes: save anyway. Other: save to another file.
    DropsUnknown { path: PathBuf, fields: Vec<String> },
    /// The file has unknown fields, which a rolled plan would not have. Yes: roll it forward without them.
    RollDropsUnknown { fields: Vec<String> },
    /// Unsaved changes of an earlier run would be lost. Yes: delete the recovery file.
    DeleteRecovery(Arc<RecoveryOffer>),
    /// An edit that changes a lot. Yes: carry it out.
    Edit(Box<Proposal>),
    /// The preview of an import. Yes: apply it. Other: apply it with the horizon widened.
    Import(Box<ImportPreview>),
}

/// An edit to ask about, and the words of the question.
#[derive(Clone, Debug)]
pub struct Proposal {
    pub edit: Edit,
    pub title: String,
    pub text: String,
    /// Listed below the text.
    pub details: Vec<String>,
    /// The button that carries it out.
    pub verb: String,
}

/// What to do after asking about unsaved changes.
#[derive(Clone, Debug)]
pub enum After {
    Open(PathBuf),
    Start(Box<Plan>),
    /// Open a plan that was rolled forward, which is not saved yet.
    StartRolled(Box<Plan>),
    Recover {
        offer: Arc<RecoveryOffer>,
        is_compared: bool,
    },
    /// Commit the saved plan with this message.
    Commit(String),
    Close,
}

/// An answer to a [`Question`], which says what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuestionAnswer {
    Yes,
    Other,
    /// Merges what is on disk.
    Merge,
    /// Compares with what is on disk.
    Compare,
    Cancel,
}
