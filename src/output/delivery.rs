//! Delivers an order: checks the destination first, then calculates and writes the files.

use std::path::{Path, PathBuf};

use super::delivery_error::DeliveryError;
use super::making::{Made, make};
use super::order::Order;
use crate::export::profiles::Container;
use crate::export::{ExportFile, Source};
use crate::model::Edit;
use crate::progress::Progress;
use crate::store::{self, FileBatch};
use crate::wording::counted;

/// An order on its way to a destination that it may be written to.
#[derive(Clone, Debug)]
pub struct Delivery {
    order: Order,
    destination: Destination,
}

#[derive(Clone, Debug)]
enum Destination {
    StandardOutput,
    File(PathBuf),
    Folder(PathBuf),
}

/// What decides the form of a file whose name was typed on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFrom {
    /// The ending of the file; on standard output, and on a pipe or a device without a known ending, it is text.
    Ending,
    /// The order, because the person named the form.
    Order,
}

/// What was written.
#[derive(Debug)]
pub struct Delivered {
    /// For standard output. Empty if it was written to disk.
    pub text: String,
    /// How many files were written.
    pub files: usize,
    /// What they hold, as a sentence.
    pub summary: Option<String>,
    /// What is missing from them, or what their reader would misread.
    pub remarks: Vec<String>,
    /// The edit that notes them in the plan. They are safely on disk.
    pub noted: Option<Edit>,
    /// How many pages a PDF has.
    pub pages: Option<usize>,
}

impl Delivery {
    /// To a path that was chosen in a dialog. Without an ending it gets that of the order; another ending decides the form.
    ///
    /// `plan`: the file of the plan that is open.
    ///
    /// # Errors
    /// A path that must not be written to, or a file ending that the order does not support.
    pub fn chosen(order: Order, path: PathBuf, plan: Option<&Path>) -> Result<Self, DeliveryError> {
        let path = match order.file_type() {
            Some(file_type) if path.extension().is_none() => path.with_extension(file_type.ending()),
            _ => path,
        };
        store::guard_plan(&path, plan)?;
        Self::to_path(order, path)
    }

    /// To a path that was typed on the command line, where "-" is standard output. A file that can have one type only gets
    /// the ending of that type if it has none.
    ///
    /// `plans`: the files of all plans that it is made from.
    ///
    /// # Errors
    /// A path that must not be written to, or a file ending that the order does not support, or that is not that of the
    /// form that was named.
    pub fn typed<'p>(
        order: Order,
        path: &Path,
        form: FormFrom,
        plans: impl IntoIterator<Item = &'p Path>,
    ) -> Result<Self, DeliveryError> {
        if path == Path::new("-") {
            let order = if form == FormFrom::Ending { order.as_text() } else { order.for_machine() };
            return match &order {
                _ if order.is_folder() => Err(DeliveryError::NeedsFolder),
                Order::Print(_) if form == FormFrom::Ending => Err(unknown_ending(&order, path)),
                _ => Ok(Self { order, destination: Destination::StandardOutput }),
            };
        }
        let path = match *order.file_types() {
            [only] if path.extension().is_none() && !store::is_stream(path) => path.with_extension(only.ending()),
            _ => path.to_owned(),
        };
        guard_plans(&path, plans)?;
        let order = if store::is_stream(&path) { order.for_machine() } else { order };
        match (form, order.file_type()) {
            (FormFrom::Order, Some(file_type)) if !store::is_stream(&path) && !file_type.is_type_of(&path) => {
                Err(DeliveryError::OtherEnding { expected: file_type, path })
            }
            (FormFrom::Order, _) => Ok(Self { order, destination: Destination::File(path) }),
            (FormFrom::Ending, _) => Self::to_path(order, path),
        }
    }

    fn to_path(order: Order, path: PathBuf) -> Result<Self, DeliveryError> {
        let is_stream = store::is_stream(&path);
        if order.is_folder() {
            return if is_stream {
                Err(DeliveryError::NeedsFolder)
            } else {
                Ok(Self { order, destination: Destination::Folder(path) })
            };
        }
        let types = order.file_types();
        let order = match types.iter().find(|file_type| file_type.is_type_of(&path)) {
            Some(file_type) => order.in_type(*file_type),
            None if is_stream && types.len() == 1 => order,
            None if is_stream && !matches!(order, Order::Print(_)) => order.as_text(),
            None => return Err(unknown_ending(&order, &path)),
        };
        Ok(Self { order, destination: Destination::File(path) })
    }

    /// Where it goes.
    pub fn path(&self) -> Option<&Path> {
        match &self.destination {
            Destination::StandardOutput => None,
            Destination::File(path) | Destination::Folder(path) => Some(path),
        }
    }

    /// Whether it goes into a folder.
    pub fn is_folder(&self) -> bool {
        matches!(self.destination, Destination::Folder(_))
    }

    /// Makes the files and writes them once all of them are complete.
    ///
    /// # Errors
    /// Anything that keeps the order from being made or written. Nothing was written then, unless the file system
    /// failed while the files were moved into their folder.
    pub fn deliver(&self, source: &Source<'_>, progress: &Progress) -> Result<Delivered, DeliveryError> {
        match &self.destination {
            Destination::StandardOutput => {
                let (made, files) = self.make_all(source, progress)?;
                let bytes = files.into_iter().flat_map(|file| file.bytes).collect();
                let text = String::from_utf8(bytes).map_err(|_| DeliveryError::NoText)?;
                Ok(Delivered { text, ..Delivered::new(made, 0) })
            }
            Destination::File(path) => {
                let (made, files) = self.make_all(source, progress)?;
                let [file] = &*files else { return Err(DeliveryError::NeedsFolder) };
                store::write_bytes(path, &file.bytes)?;
                Ok(Delivered::new(made, 1))
            }
            Destination::Folder(path) => match &self.order {
                Order::Calendar(order) => {
                    let Container::Folder { is_ours } = order.profile.container else {
                        return Err(DeliveryError::NeedsFolder);
                    };
                    let (made, files) = self.make_all(source, progress)?;
                    let files: Vec<_> = files.into_iter().map(|file| (file.name, file.bytes)).collect();
                    let plan = source.schedule.plan.id();
                    store::replace_folder(path, &files, |name, bytes| is_ours(plan, name, bytes))?;
                    Ok(Delivered::new(made, files.len()))
                }
                _ => self.add_to_folder(path, source, progress),
            },
        }
    }

    fn make_all(&self, source: &Source<'_>, progress: &Progress) -> Result<(Made, Vec<ExportFile>), DeliveryError> {
        let mut files = Vec::new();
        let made = make(&self.order, source, progress, &mut |file| {
            files.push(file);
            Ok(())
        })?;
        Ok((made, files))
    }

    /// Adds the files to a folder that may contain others. Creates the folder only if there are files.
    fn add_to_folder(&self, path: &Path, source: &Source<'_>, progress: &Progress) -> Result<Delivered, DeliveryError> {
        let mut staged: Option<FileBatch> = None;
        let mut files = 0;
        let made = make(&self.order, source, progress, &mut |file| {
            let into = match staged.take() {
                Some(staged) => staged,
                None => FileBatch::new(path)?,
            };
            staged.insert(into).add(&file.name, &file.bytes)?;
            files += 1;
            Ok(())
        })?;
        if let Some(staged) = staged {
            staged.commit()?;
        }
        Ok(Delivered::new(made, files))
    }

    /// What was written, without remarks: "Exported 3 files to /home/jo/store".
    pub fn in_words(&self, delivered: &Delivered) -> String {
        let path = self.path().unwrap_or(Path::new("-")).display();
        match &self.order {
            Order::Invites(_) => format!("{}. Written to {path}", delivered.summary.as_deref().unwrap_or_default()),
            Order::System(_) => format!("Exported {path}: {}", delivered.summary.as_deref().unwrap_or_default()),
            order if order.is_folder() => format!("{}ed {} to {path}", order.verb(), counted(delivered.files, "file")),
            order => format!("{}ed {path}", order.verb()),
        }
    }

    /// The same in short: "Saved night.pdf (4 pages)", with the remarks that a person has not seen. The export check of
    /// calendars is shown before a path is chosen.
    pub fn in_short(&self, delivered: &Delivered) -> String {
        let path = self.path().unwrap_or(Path::new("-"));
        let name = path.file_name().map_or_else(|| path.display().to_string(), |name| name.display().to_string());
        let pages = delivered.pages.map(|pages| format!(" ({})", counted(pages, "page"))).unwrap_or_default();
        let saved = match &self.order {
            Order::Invites(_) => {
                format!("Saved in {name}. {}", delivered.summary.as_deref().unwrap_or_default())
            }
            Order::System(_) => format!("Saved {name}: {}", delivered.summary.as_deref().unwrap_or_default()),
            order if order.is_folder() => format!("Saved {} in {name}", counted(delivered.files, "file")),
            _ => format!("Saved {name}{pages}"),
        };
        let unseen = matches!(self.order, Order::Print(_)).then_some(&delivered.remarks);
        unseen.into_iter().flatten().fold(saved, |all, remark| format!("{all}. {remark}"))
    }
}

impl Delivered {
    fn new(made: Made, files: usize) -> Self {
        let Made { summary, remarks, noted, pages } = made;
        Self { text: String::new(), files, summary, remarks, noted, pages }
    }
}

/// Refuses to write over one of these plans, or else over another plan.
///
/// # Errors
/// Which of both it would be.
fn guard_plans<'p>(path: &Path, plans: impl IntoIterator<Item = &'p Path>) -> Result<(), DeliveryError> {
    let found: Vec<_> = plans.into_iter().map(|plan| store::guard_plan(path, Some(plan))).collect();
    let is_its_own = |each: &Result<(), store::SaveError>| matches!(each, Err(store::SaveError::IsThePlan(_)));
    let (own, others): (Vec<_>, Vec<_>) = found.into_iter().partition(is_its_own);
    own.into_iter().chain(others).try_for_each(|each| each)?;
    Ok(())
}

fn unknown_ending(order: &Order, path: &Path) -> DeliveryError {
    DeliveryError::UnknownEnding { known: order.file_types(), path: path.to_owned() }
}
