//! The running program without a screen: what a person did becomes a new plan, its schedule and its findings.
//!
//! A view sends an [`Action`]; [`Session::perform`] carries it out. Nothing here draws, and nothing blocks: files are
//! read and written by [jobs](jobs::Jobs).

pub mod files;
#[expect(clippy::module_inception)]
mod session;
pub mod state;
pub mod verbs;
pub mod work;

pub use files::plan_file::FileState;
pub use files::publishing::{Outcome, Publication, Publishing};
pub use session::{Message, SAMPLE, Session};
pub use state::history::History;
pub use state::settings::{Appearance, Published, Settings};
pub use verbs::action::{
    Action, After, Answer, CalendarCheck, CalendarDialog, CalendarOrder, CalendarView, Dialog, Export, Import,
    ImportPreview, LedgerPage, NightStep, PathRequest, Place, Pointed, Question, Selection, View,
};
pub use verbs::command::{Command, Group as CommandGroup};
pub use verbs::keys::{
    ADVISORIES_KEYS, BOARD_KEYS, CALENDAR_KEYS, CHANGES_KEYS, CYCLES_KEYS, FINDINGS_KEYS, LEDGER_KEYS, NIGHT_KEYS,
    PEOPLE_KEYS, keyboard_page,
};
pub use work::comparison::{Basis, Comparison};
pub use work::preview::{InvitesPreview, Preview};
