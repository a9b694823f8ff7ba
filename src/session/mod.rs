//! The running program without its screen: turns what the user does into a new plan, its schedule and its findings.
//!
//! A view sends an [`Action`]; [`Session::perform`] carries it out. Nothing here draws, and nothing blocks: files are
//! read and written by jobs.

pub mod files;
#[expect(clippy::module_inception)]
mod session;
pub mod state;
pub mod verbs;
pub mod work;

pub use files::import_preview::ImportPreview;
pub use files::plan_file::FileState;
pub use files::publishing::{Outcome, Publication, Publishing};
pub use session::{SAMPLE, Session};
pub use state::cached::Reading;
pub use state::dialogs::Dialogs;
pub use state::document::Document;
pub use state::history::History;
pub use state::messages::{Message, Messages};
pub use state::navigation::Navigation;
pub use state::settings::{Appearance, Published, Settings};
pub use verbs::action::{
    Action, After, Answer, CalendarCheck, CalendarDialog, CurrentFinding, Destination, Dialog, NightStep, PathRequest,
    Question, Selection,
};
pub use verbs::command::{Command, Menu};
pub use verbs::keys::{keyboard_page, keys_in_views};
pub use verbs::views::{CalendarView, LedgerPage, View, ViewKind};
pub use work::comparison::{Basis, Comparing, Comparison};
pub use work::night::Tonight;
pub use work::preview::{InvitesPreview, Preview};
