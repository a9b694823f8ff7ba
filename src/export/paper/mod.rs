//! Printed documents of any kind, and their four writers.
//!
//! A [`Document`] is made of sheets, and a [`Sheet`] of [`Part`]s. Checklists, planners, owners' years and CAB sheets are all
//! documents; the writers know parts and nothing of maintenance. So PDF, HTML, Markdown and text have the same content.

mod document;
pub mod fonts;
mod html;
mod labels;
mod markdown;
#[cfg(feature = "pdf")]
mod pdf;
mod planner;
mod revision;
mod size;
mod text;
mod timeline;

pub use document::{
    CheckItem, Checks, Column, Document, Done, Head, KeyTime, Part, Room, Sheet, SignOff, Status, StatusRow, Table,
};
pub use html::html;
pub use labels::{Labelled, Title};
pub use markdown::markdown;
#[cfg(feature = "pdf")]
pub use pdf::{PdfError, page_count, pdf};
pub use planner::{Day, Entry, Legend, Month, Planner, StageKey, Tiles};
pub use revision::revision;
pub use size::Paper;
pub use text::text;
pub use timeline::{Band, BandKind, Tick, TickKind, Timeline};
