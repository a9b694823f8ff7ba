//! The running program without its screen: turns what the user does into a new plan, its schedule and its findings.
//!
//! A view sends an [`Action`]; [`Session::perform`] carries it out. Nothing here draws, and little
//! blocks: plans, imports and outputs are read and written by jobs. Only settings and recovery files, which are in the
//! program's own folders, are also read or removed at once.

pub mod files;
#[expect(clippy::module_inception)]
mod session;
pub mod state;
pub mod verbs;
pub mod work;

pub use session::{SAMPLE, Session};
pub use state::cached::CachedView;
pub use state::comparing::{Comparison, ComparisonBasis, ComparisonState};
pub use state::dialogs::Dialogs;
pub use state::document::Document;
pub use state::file_state::FileState;
pub use state::filter_matches::{FilterMatches, WindowTraits};
pub use state::git::GitState;
pub use state::history::History;
pub use state::import_preview::ImportPreview;
pub use state::invites::{InvitesPreview, Preview};
pub use state::messages::{Message, MessageButton, MessageKind, Messages};
pub use state::navigation::{Navigation, TableStep};
pub use state::outside::{
    ChangedFile, CopyChange, CopyState, FileChange, MergeBase, MergeOutcome, OutsideCard, OutsideChanges,
};
pub use state::panic_record::PanicReport;
pub use state::publishing::{Publication, PublicationResult, Publishing};
pub use state::row_grouping::RowGrouping;
pub use state::settings::{Appearance, PublishedTarget, Settings, TableSettings};
pub use state::tonight::Tonight;
pub use state::unsaved_work::UnsavedWork;
pub use state::window_filter::{AgreementChoice, FilterKind, FilterPart, FindingsChoice, SavedFilter, WindowFilter};
pub use verbs::action::{
    Action, After, CalendarCheck, CalendarDialog, CurrentFinding, Destination, Dialog, FilterStep, PathRequest,
    Proposal, Question, QuestionAnswer, RecoveryStep, RollOrder, Selection,
};
pub use verbs::bulk_change::{AnswerForAllAreas, BulkChange};
pub use verbs::command::{Command, Menu};
pub use verbs::keys::{keyboard_page, keys_in_views, shown_keys};
pub use verbs::night_steps::{NightStep, WatchNote};
pub use verbs::selected_dates::SelectedDates;
pub use verbs::settings_page::{PolicyPage, SettingsPage};
pub use verbs::views::{CalendarView, CompliancePage, LedgerPage, View, ViewKind};
pub use work::bulk::BulkOutcome;
