//! Lists for people, spreadsheets and programs: what a list holds is written once, and each form has one writer.

mod activity;
mod advisories;
mod blame;
mod columns;
mod compliance;
mod compliance_items;
mod cycles;
mod findings;
mod forms;
mod ledger;
mod lessons;
mod list;
mod listing;
mod notices;
mod occurrences;
mod reach;
mod rota;
mod workbook;

pub use activity::{ActivityList, Approvals};
pub use advisories::AdvisoryList;
pub use blame::BlameList;
pub use columns::{Cell, Column, Table};
pub use compliance::ComplianceList;
pub use compliance_items::ComplianceItemList;
pub use cycles::CycleList;
pub use findings::FindingList;
pub use forms::{CSV, CsvStyle, FORMS, JSON, ListForm, TEXT, XLSX, time_in_excel};
pub use ledger::AnswerList;
pub use lessons::{LessonList, LessonQuery};
pub use list::{List, ListOrder};
pub use listing::{Listing, Page, Span, aligned};
pub use notices::NoticeList;
pub use occurrences::OccurrenceList;
pub use reach::ReachList;
pub use rota::ShiftList;
