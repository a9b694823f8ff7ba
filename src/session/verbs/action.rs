//! What a view may ask for.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::{Finding, Subject};
use crate::export::invites::{InvitesOrder, Occasion};
use crate::export::print::PrintOrder;
use crate::export::profiles::{CalendarOrder, Complaint};
use crate::import::{Kind, Options, Topic};
use crate::model::{ChecklistBlock, Edit, FreezeId, NightKey, Outcome, Plan, UtcMinute, WindowId};
use crate::output::Order;
use crate::session::files::import_preview::ImportPreview;
use crate::session::files::publishing::Publication;
use crate::session::state::settings::Settings;
use crate::session::verbs::command::Command;
use crate::session::verbs::views::View;
use crate::session::work::comparison::Basis;

/// One request of a view; carried out before the next frame.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "a handful are on their way at a time")]
pub enum Action {
    Edit(Edit),
    /// Writes down what was done in a night; who and when is added to it.
    Note(NightKey, NightStep),
    Run(Command),
    Select(Selection),
    Show(View),
    Reveal(Destination),
    /// The finding that the list of findings has its cursor on.
    Point(Option<Pointed>),
    Open(PathBuf),
    SaveAs(PathBuf),
    /// Asks where the files of that order are to go.
    ChooseDestination(Order),
    /// Writes the files of an order: to a file, or into a folder.
    Export(Order, PathBuf),
    /// Shows the print dialog with that order.
    OrderPrint(PrintOrder),
    /// Asks for whom the year calendar is to be, beginning with this order, and checks it.
    OrderCalendar(CalendarOrder),
    /// Reckons what an export of these invites would write.
    PreviewInvites(InvitesOrder),
    /// Reads files and asks whether to import them; without a topic their content decides what they are.
    Import(Option<Topic>, Vec<PathBuf>),
    /// The same as a kind that a person chose.
    ImportAs(&'static Kind, Vec<PathBuf>),
    /// Reads the files of the open preview again with these options.
    ImportWith(Options),
    Publish(Publication),
    /// Files and folders that were dropped onto the window.
    Drop(Vec<PathBuf>),
    Answer(Answer),
    /// Compares the plan with an earlier one, or with what was sent.
    Compare(Basis),
    /// Opens a dialog, or closes the one that is open.
    OpenDialog(Option<Dialog>),
    Set(Settings),
    /// Closes the messages.
    Dismiss,
    CancelJob(u64),
}

/// What is written down in a night, in one step of undo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NightStep {
    /// An item of the checklist was done.
    Tick(ChecklistBlock, String),
    /// Takes back the tick of an item: that one of those with its words.
    Untick {
        block: ChecklistBlock,
        item: String,
        nth: usize,
    },
    /// What was told in the status row of that instant; nothing takes it back.
    Tell(UtcMinute, String),
    End(Outcome),
    /// It is not over after all.
    GoOn,
    Notes(String),
}

/// What the inspector shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    #[default]
    Nothing,
    Window(WindowId),
    /// An occurrence by its original date.
    Occurrence(WindowId, NaiveDate),
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

    pub fn is_occurrence(&self, id: &WindowId, on: NaiveDate) -> bool {
        matches!(self, Self::Occurrence(window, date) if window == id && *date == on)
    }
}

/// What a list of findings has its cursor on.
#[derive(Clone, Debug)]
pub struct Pointed {
    pub finding: Arc<Finding>,
    /// It stands for all of its cause.
    pub is_cause: bool,
}

/// Somewhere to go.
#[derive(Clone, Debug, PartialEq)]
pub enum Destination {
    Subject(Subject),
    /// The form of a record.
    List(Subject),
    Occurrence(WindowId, NaiveDate),
    Month(NaiveDate),
    Day(NaiveDate),
    /// The checklist of a night, or the record of one that is no longer in the plan.
    Night(NightKey),
}

/// The year calendar while it is being ordered.
#[derive(Clone, Debug)]
pub struct CalendarDialog {
    pub order: CalendarOrder,
    /// What the export check says; none while it looks.
    pub check: Option<CalendarCheck>,
}

/// What the export check says to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarCheck {
    /// How many files there would be.
    pub files: usize,
    pub complaints: Vec<Complaint>,
}

/// What lies over the screen.
#[derive(Clone, Debug)]
pub enum Dialog {
    /// Search and commands.
    Palette,
    /// The list of keys.
    Shortcuts,
    /// Title, months, zone, policy.
    PlanSettings,
    /// What is due to business owners, and to whom it would go.
    Invites(Occasion),
    /// Who invites, and with which words.
    InviteTexts,
    /// Where to open from or save to.
    Path(PathRequest),
    /// For whom the year calendar is to be.
    Calendar(CalendarDialog),
    /// What is printed, and how.
    Print(PrintOrder),
    /// Why that finding, or all of its cause, may stay.
    Accept(Pointed),
    /// Where the year calendar is published, and how that went.
    Publish,
    Question(Question),
    /// What the files contain: they look the same for each of these kinds.
    ChooseKind {
        paths: Vec<PathBuf>,
        kinds: Vec<&'static Kind>,
    },
}

/// What a path is wanted for.
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
    /// An earlier plan to compare with.
    Compare,
}

/// What the program asks before it goes on.
#[derive(Clone, Debug)]
pub enum Question {
    /// There are unsaved changes; what to do before going on with `then`.
    SaveFirst { then: After },
    /// The file on disk is not the one that was opened or saved last.
    ChangedOnDisk { path: PathBuf },
    /// Saving would drop what the program does not know.
    DropsUnknown { path: PathBuf, fields: Vec<String> },
    /// A recovery file is newer than the plan.
    Recover(crate::store::RecoveryOffer),
    /// What an import would do.
    Import(Box<ImportPreview>),
}

/// What happens after unsaved changes were dealt with.
#[derive(Clone, Debug)]
pub enum After {
    Open(PathBuf),
    Start(Box<Plan>),
    Close,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Save, then go on; overwrite; recover; import.
    Yes,
    /// Go on without saving; discard the recovery file; reload from disk; import with the horizon widened.
    Other,
    /// Stay as it is.
    Cancel,
}
