//! Reads what other programs wrote: tables, calendars, mails and catalogues, and the parts that readers of other systems in
//! `connect` are built of.
//!
//! A kind is a folder with a `const KIND: ImportKind` and a row in [`OWN_KINDS`]. `connect` puts these rows together with
//! those of the connected systems; what comes in goes through its `recognise` and `read`. `store` opens the files; nothing
//! here touches a disk.

mod advisories;
mod catalogue;
mod confidence;
mod cve;
mod day_tables;
mod error;
mod folding;
mod foreign_content;
mod fresh_ids;
mod head;
pub mod ics;
mod imported;
mod input;
mod kind;
mod limits;
mod mail_files;
mod mail_parts;
mod memory_file;
mod option;
mod prose_and_code;
mod pruned_json;
mod reconcile;
mod record_tables;
mod records;
mod regions;
mod replies;
mod report;
mod source;
mod tables;
mod text;
mod topic;
mod unread_format;
mod windows_table;
mod years;
mod zone_names;

pub(crate) use advisories::Tally;
pub use catalogue::Catalogue;
pub use confidence::Confidence;
pub(crate) use cve::cves_in;
pub use error::{ImportError, LooksLike};
pub use foreign_content::{ForeignKind, begins_plan};
pub(crate) use fresh_ids::FreshIds;
pub use head::Head;
pub(crate) use ics::{CarrierEvent, CarrierProperty, MailText, is_carrier_notice, read_carrier_events};
pub use imported::{Imported, Item, Section, Warning};
pub use input::{Input, Target};
pub use kind::ImportKind;
pub use limits::{LARGEST_FILE, MOST_RECORDS};
pub(crate) use mail_parts::looks_like_mail;
pub use memory_file::MemoryFile;
pub use option::{OptionSpec, OptionValue, Options, ValueKind};
pub(crate) use pruned_json::PrunedJson;
pub(crate) use reconcile::{FieldValue, Fields, Incoming, REMOVE_GONE, Speaks, merge as merge_fields};
pub use records::{Outcome, RecordColumn, RecordGroup, RecordList, RecordRow};
pub use report::{ImportReport, LeftOut, NoticeReport};
pub use source::{OpenFile, Source, SourceFile};
pub use tables::assigned::{IGNORE, TitleRow};
pub(crate) use tables::options::DATES;
pub use tables::pasted::{PastedCells, pasted_cells};
pub(crate) use tables::sheet::Sheet;
pub use tables::table_preview::{AmbiguousDate, ColumnPreview, FieldPreview, TablePreview};
pub(crate) use text::{checked, name_in_plan, words_on_one_line};
pub use topic::{Topic, TopicWords};
pub(crate) use windows_table::{DURATION, GROUP};
pub(crate) use zone_names::iana_name;

/// The kinds of file that belong to no single system: tables, calendars, catalogues, replies.
pub const OWN_KINDS: &[&ImportKind] = &[
    &windows_table::KIND,
    &ics::WINDOWS,
    &ics::HOLIDAYS,
    &day_tables::HOLIDAYS,
    &ics::FREEZES,
    &day_tables::FREEZES,
    &record_tables::SYSTEMS,
    &record_tables::AREAS,
    &record_tables::PEOPLE,
    &record_tables::SCANS,
    &record_tables::BULLETINS,
    &advisories::TABLE,
    &advisories::KEV_CATALOGUE,
    &replies::KIND,
];
