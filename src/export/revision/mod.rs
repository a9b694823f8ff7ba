//! Changes: what is different between two plans, or from the invites that were sent.

mod commit_message;
mod digest;
mod forms;
mod html;
mod json;
mod markdown;
mod table;
mod text;

use super::file::Output;

pub use commit_message::commit_message;
pub use forms::{CSV, FORMS, HTML, JSON, MARKDOWN, RevisionForm, RevisionOrder, TEXT, XLSX};
pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

pub const OUTPUT: Output = Output {
    id: "diff",
    name: "Changes",
    help: "What is different from an earlier plan or from the invites that were sent, and who must be notified",
};
