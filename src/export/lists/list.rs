//! Which list is ordered, of what, and in which form.

use super::forms::{CsvStyle, FORMS, ListForm};
use super::lessons::LessonQuery;
use super::listing::{Listing, Span};
use super::{
    activity, advisories, bulletins, compliance, compliance_items, cycles, downtime, findings, ledger, lessons,
    notices, occurrences, process, reach, rota, scans,
};
use crate::checks::Context;
use crate::compliance::ComplianceReport;
use crate::export::compliance::ComplianceChoice;
use crate::export::file::{FileType, Output};
use crate::export::source::Source;
use crate::model::{AreaId, LadderId};
use crate::schedule::agreement::ledger::Ledger;

/// A list of something in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    Occurrences(Span),
    Rota(Span),
    Activity(Span),
    Advisories,
    /// The answers of one business area, or of all.
    Ledger(Option<AreaId>),
    Notices,
    /// The scan routines.
    Scans,
    /// Who reads which vendors' bulletins.
    Bulletins,
    /// The cycles of one ladder, or of all.
    Cycles(Option<LadderId>),
    Reach,
    Downtime,
    /// The figures of compliance.
    Compliance(ComplianceChoice),
    /// Each advisory on each system that it affects.
    ComplianceItems(ComplianceChoice),
    Lessons(LessonQuery),
    /// Each advisory with its stages.
    Process(ComplianceChoice),
    /// Each release on each ladder with its stages.
    ReleaseProcess(ComplianceChoice),
    Findings {
        /// A line for each finding instead of one for each cause.
        each: bool,
    },
}

/// A list in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListOrder {
    pub list: List,
    pub form: &'static ListForm,
    /// If the form is CSV.
    pub csv: CsvStyle,
}

impl List {
    /// Every list, without its choices.
    pub const ALL: [Self; 17] = [
        Self::Occurrences(Span { from: None, to: None }),
        Self::Rota(Span { from: None, to: None }),
        Self::Activity(Span { from: None, to: None }),
        Self::Advisories,
        Self::Ledger(None),
        Self::Notices,
        Self::Scans,
        Self::Bulletins,
        Self::Cycles(None),
        Self::Reach,
        Self::Downtime,
        Self::Compliance(ComplianceChoice::NOW),
        Self::ComplianceItems(ComplianceChoice::NOW),
        Self::Lessons(LessonQuery { words: Vec::new(), window: None }),
        Self::Process(ComplianceChoice::NOW),
        Self::ReleaseProcess(ComplianceChoice::NOW),
        Self::Findings { each: false },
    ];

    pub fn output(&self) -> &'static Output {
        match self {
            Self::Occurrences(_) => &occurrences::OUTPUT,
            Self::Rota(_) => &rota::OUTPUT,
            Self::Activity(_) => &activity::OUTPUT,
            Self::Advisories => &advisories::OUTPUT,
            Self::Ledger(_) => &ledger::OUTPUT,
            Self::Notices => &notices::OUTPUT,
            Self::Scans => &scans::OUTPUT,
            Self::Bulletins => &bulletins::OUTPUT,
            Self::Cycles(_) => &cycles::OUTPUT,
            Self::Reach => &reach::OUTPUT,
            Self::Downtime => &downtime::OUTPUT,
            Self::Compliance(_) => &compliance::OUTPUT,
            Self::ComplianceItems(_) => &compliance_items::OUTPUT,
            Self::Lessons(_) => &lessons::OUTPUT,
            Self::Process(_) => &process::ADVISORIES,
            Self::ReleaseProcess(_) => &process::RELEASES,
            Self::Findings { .. } => &findings::OUTPUT,
        }
    }

    /// The list in that form; none if it is too long for the form.
    pub fn write(&self, form: &ListForm, csv: CsvStyle, source: &Source<'_>) -> Option<Vec<u8>> {
        let Source { schedule, today, .. } = source;
        let write = |list: &dyn Listing| (form.write)(list, csv);
        match self {
            Self::Occurrences(span) => write(&occurrences::OccurrenceList { schedule, span: *span }),
            Self::Rota(span) => write(&rota::ShiftList { schedule, span: *span }),
            Self::Activity(span) => write(&activity::ActivityList { schedule, span: *span }),
            Self::Advisories => write(&advisories::AdvisoryList { context: &Context::new(schedule, *today) }),
            Self::Ledger(area) => {
                write(&ledger::AnswerList { ledger: &Ledger::derive(schedule, *today, None), area: area.as_ref() })
            }
            Self::Notices => write(&notices::NoticeList { ledger: &Ledger::derive(schedule, *today, None) }),
            Self::Scans => write(&scans::ScanList { plan: &schedule.plan, today: *today }),
            Self::Bulletins => write(&bulletins::BulletinList { plan: &schedule.plan, today: *today }),
            Self::Cycles(ladder) => write(&cycles::CycleList { schedule, ladder: ladder.as_ref() }),
            Self::Reach => write(&reach::ReachList { schedule }),
            Self::Downtime => write(&downtime::DowntimeList { schedule }),
            Self::Compliance(choice) => {
                let report = &ComplianceReport::new(schedule, &choice.options(source));
                write(&compliance::ComplianceList { schedule, report })
            }
            Self::ComplianceItems(choice) => {
                let report = &ComplianceReport::new(schedule, &choice.options(source));
                write(&compliance_items::ComplianceItemList { schedule, report })
            }
            Self::Lessons(query) => write(&lessons::LessonList { schedule, query }),
            Self::Process(choice) => {
                let report = &ComplianceReport::new(schedule, &choice.options(source));
                write(&process::ProcessList { schedule, report })
            }
            Self::ReleaseProcess(choice) => {
                write(&process::ReleaseProcessList { schedule, at: choice.options(source).at })
            }
            Self::Findings { each } => {
                let findings = source.findings();
                write(&findings::FindingList { context: &Context::new(schedule, *today), findings, each: *each })
            }
        }
    }
}

impl ListOrder {
    /// That list in the form that a file dialog offers first.
    pub fn new(list: List) -> Self {
        Self { list, form: FORMS[0], csv: CsvStyle::FILE }
    }

    pub fn file_types() -> Vec<FileType> {
        FORMS.iter().map(|form| form.file_type).collect()
    }
}
