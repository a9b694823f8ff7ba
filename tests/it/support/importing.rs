//! Imports texts from memory through the one door, `connect::read`.

use std::sync::Arc;

use chrono::NaiveDate;
use windowsill::connect;
pub use windowsill::import::MemoryFile;
use windowsill::import::{ImportError, ImportKind, Imported, Options, Source, SourceFile, Target, Topic};
use windowsill::model::Plan;
use windowsill::progress::Progress;

/// A source of these files.
pub fn source<'a>(files: &[MemoryFile], progress: &'a Progress) -> Source<'a> {
    Source::new(files.iter().map(|file| Box::new(file.clone()) as Box<dyn SourceFile>).collect(), progress)
}

/// The kind with that id.
pub fn kind(id: &str) -> &'static ImportKind {
    connect::catalogue().kinds().iter().find(|kind| kind.id == id).unwrap_or_else(|| panic!("no kind {id}"))
}

/// Options of a kind, each as it would be typed.
pub fn options(id: &str, values: &[(&str, &str)], plan: &Plan) -> Options {
    let mut options = Options::default();
    for (name, text) in values {
        let spec = kind(id).options.iter().find(|spec| spec.id == *name).unwrap();
        options.set(spec, Some(spec.value.parse(text, plan).unwrap()));
    }
    options
}

/// Reads files as the kind with that id.
pub fn import_files(
    id: &str,
    files: &[MemoryFile],
    options: &Options,
    plan: &Plan,
    today: NaiveDate,
) -> Result<Imported, ImportError> {
    let progress = Progress::default();
    connect::read(&source(files, &progress), kind(id), options, &Target::new(Arc::new(plan.clone()), today))
}

/// Reads one text as the kind with that id, without options.
pub fn import_text(id: &str, name: &str, text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    import_files(id, &[MemoryFile::new(name, text)], &Options::default(), plan, plan.horizon().from)
}

/// Reads one text as the kind of a topic that recognises it, as the command line does.
pub fn import_topic(topic: Topic, name: &str, text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let progress = Progress::default();
    let source = source(&[MemoryFile::new(name, text)], &progress);
    let kind = connect::recognise(&source, Some(topic))?[0];
    connect::read(&source, kind, &Options::default(), &Target::new(Arc::new(plan.clone()), plan.horizon().from))
}
