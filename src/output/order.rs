//! An order: what is written for others, and in which form.

use crate::connect::SystemOrder;
use crate::export::invites::{self, InvitesOrder};
use crate::export::lists::{CsvStyle, FORMS, List, ListOrder};
use crate::export::print::{Form, PrintOrder};
use crate::export::profiles::{CalendarOrder, Container};
use crate::export::revision::{self, RevisionOrder};
use crate::export::{FileType, Output, Source};
use crate::model::slug;
use crate::wording::within_sentence;

/// Something to be written for others.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    Print(PrintOrder),
    Calendar(CalendarOrder),
    List(ListOrder),
    /// What is different from the basis of the [`Source`].
    Changes(RevisionOrder),
    Invites(InvitesOrder),
    /// Windows for a connected system.
    System(SystemOrder),
}

impl Order {
    /// That list in its first form.
    pub fn list(list: List) -> Self {
        Self::List(ListOrder::new(list))
    }

    /// The changes in their first form.
    pub fn changes() -> Self {
        Self::Changes(RevisionOrder::new(revision::FORMS[0]))
    }

    /// Its row in the registry.
    pub fn output(&self) -> &'static Output {
        match self {
            Self::Print(order) => order.what.kind().output(),
            Self::Calendar(order) => &order.profile.output,
            Self::List(order) => order.list.output(),
            Self::Changes(_) => &revision::OUTPUT,
            Self::Invites(_) => &invites::OUTPUT,
            Self::System(order) => &order.writer.output,
        }
    }

    /// The word on the button.
    pub fn verb(&self) -> &'static str {
        match self {
            Self::Print(_) => "Print",
            _ => "Export",
        }
    }

    /// The title of the file dialog.
    pub fn title(&self) -> String {
        match self {
            Self::Print(_) if self.is_folder() => "Print into a folder".to_owned(),
            Self::Print(_) => "Print to a file".to_owned(),
            Self::Calendar(_) => "Export the year calendar".to_owned(),
            Self::Invites(_) => "Export invites into a folder".to_owned(),
            Self::System(order) => format!("Export windows for {}", order.system.name),
            Self::List(_) | Self::Changes(_) => {
                format!("Export the {}", within_sentence(self.output().name))
            }
        }
    }

    /// Whether it is written into a folder instead of a file.
    pub fn is_folder(&self) -> bool {
        match self {
            Self::Print(order) => order.is_folder(),
            Self::Calendar(order) => order.profile.is_folder(),
            Self::Invites(_) => true,
            Self::List(_) | Self::Changes(_) | Self::System(_) => false,
        }
    }

    /// The types that its file can have. None for a folder.
    pub fn file_types(&self) -> Vec<FileType> {
        match self {
            _ if self.is_folder() => Vec::new(),
            Self::Print(_) => Form::ALL.iter().map(|form| form.file_type()).collect(),
            Self::Calendar(order) => match order.profile.container {
                Container::File(file_type) => vec![file_type],
                Container::Folder { .. } => Vec::new(),
            },
            Self::List(_) => ListOrder::file_types(),
            Self::Changes(_) => revision::FORMS.iter().map(|form| form.file_type).collect(),
            Self::Invites(_) => Vec::new(),
            Self::System(order) => order.file_types(),
        }
    }

    /// The types that a file dialog offers. The form of something printed has been chosen before.
    pub fn offered_types(&self) -> Vec<FileType> {
        match self {
            Self::Print(_) | Self::System(_) => self.file_type().into_iter().collect(),
            _ => self.file_types(),
        }
    }

    /// The type that its file has as ordered. None for a folder.
    pub fn file_type(&self) -> Option<FileType> {
        match self {
            Self::Print(order) => (!order.is_folder()).then(|| order.form.file_type()),
            Self::List(order) => Some(order.form.file_type),
            Self::Changes(order) => Some(order.form.file_type),
            Self::System(order) => Some(order.writer.file_type),
            Self::Calendar(_) | Self::Invites(_) => self.file_types().first().copied(),
        }
    }

    /// The same order in the form that has that file type, if there is one.
    #[must_use]
    pub fn in_type(mut self, file_type: FileType) -> Self {
        match &mut self {
            Self::Print(order) => {
                let form = Form::ALL.iter().find(|form| form.file_type() == file_type);
                order.form = form.copied().unwrap_or(order.form);
            }
            Self::List(order) => {
                let form = FORMS.into_iter().find(|form| form.file_type == file_type);
                order.form = form.unwrap_or(order.form);
            }
            Self::Changes(order) => {
                let form = revision::FORMS.into_iter().find(|form| form.file_type == file_type);
                order.form = form.unwrap_or(order.form);
            }
            Self::System(order) => *order = order.in_type(file_type),
            Self::Calendar(_) | Self::Invites(_) => {}
        }
        self
    }

    /// The same order in the form for standard output: text, if it has that form.
    #[must_use]
    pub fn as_text(self) -> Self {
        match self {
            Self::List(order) => Self::List(ListOrder { form: &crate::export::lists::TEXT, ..order }),
            Self::Changes(order) => Self::Changes(RevisionOrder { form: &revision::TEXT, ..order }),
            other => other,
        }
    }

    /// The same order for standard output, which programs read: CSV has no byte-order mark.
    #[must_use]
    pub fn for_machine(self) -> Self {
        match self {
            Self::List(order) => {
                let csv = CsvStyle { has_bom: false, ..order.csv };
                Self::List(ListOrder { csv, ..order })
            }
            Self::Changes(order) => {
                let csv = CsvStyle { has_bom: false, ..order.csv };
                Self::Changes(RevisionOrder { csv, ..order })
            }
            other => other,
        }
    }

    /// The name that its file or folder gets unless the person says otherwise.
    pub fn file_name(&self, source: &Source<'_>) -> String {
        let plan = &source.schedule.plan;
        let title = || slug(plan.title());
        let stem = match self {
            Self::Print(order) => order.stem(source),
            Self::Calendar(order) => order.stem(plan),
            // The usual list of a plan.
            Self::List(ListOrder { list: List::Occurrences(_), .. }) => title(),
            Self::List(order) => format!("{}.{}", title(), order.list.output().id),
            Self::Changes(_) => format!("{}.changes", title()),
            Self::Invites(_) => format!("invites-{}", source.today),
            Self::System(order) => order.stem(plan),
        };
        self.file_type().map_or_else(|| stem.clone(), |file_type| format!("{stem}.{}", file_type.ending()))
    }
}
