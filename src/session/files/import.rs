//! Imports: a file is recognised and read as a job, previewed, and taken into the plan as one step of undo.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::import::{self, ImportError, ImportKind, Imported, Options, Target, Topic};
use crate::progress::Progress;
use crate::session::session::Session;
use crate::session::state::import_preview::ImportPreview;
use crate::session::verbs::action::{Dialog, PathRequest, Question};
use crate::store;
use crate::wording::counted;

/// What a file turned out to be.
enum RecognitionResult {
    Preview(Box<ImportPreview>),
    /// Only a person can tell which of these it is.
    Unclear(Vec<&'static ImportKind>),
    Plan,
    Failed(String),
}

impl Session {
    /// Asks which file, or which folder, to import.
    pub(in crate::session) fn ask_for_import(&mut self, topic: Topic, is_folder: bool) {
        self.dialogs.open = Some(Dialog::Path(PathRequest::Import { topic, is_folder }));
    }

    /// Reads the files and asks whether to import their content. Without a topic their content decides what it is.
    pub(in crate::session) fn import(&mut self, topic: Option<Topic>, paths: Vec<PathBuf>) {
        self.dialogs.open = None;
        let target = self.import_target();
        self.jobs.start(reading(&paths), move |progress| {
            let recognised = recognise(&paths, topic, &target, progress);
            Box::new(move |session| {
                // The plan may have changed while the files were read.
                if !Arc::ptr_eq(session.plan(), target.plan()) {
                    return session.import(topic, paths);
                }
                match recognised {
                    RecognitionResult::Preview(preview) => session.ask(Question::Import(preview)),
                    RecognitionResult::Unclear(kinds) => {
                        session.dialogs.open = Some(Dialog::ChooseKind { paths, kinds });
                    }
                    RecognitionResult::Failed(error) => session.show_error(error),
                    RecognitionResult::Plan => {
                        if let Some(path) = paths.first() {
                            session.open_path(path);
                        }
                    }
                }
            })
        });
    }

    /// Reads the files as a kind that a person chose.
    pub(in crate::session) fn import_as(&mut self, kind: &'static ImportKind, paths: Vec<PathBuf>) {
        let preview = ImportPreview { paths, kind, options: Options::default(), imported: None, job: None };
        self.ask(Question::Import(Box::new(preview)));
        self.import_with(Options::default());
    }

    /// Reads the files of the open preview again with other options.
    pub(in crate::session) fn import_with(&mut self, options: Options) {
        let target = self.import_target();
        let Some(Dialog::Question(Question::Import(preview))) = &mut self.dialogs.open else { return };
        if let Some(job) = preview.job {
            self.jobs.cancel(job);
        }
        preview.options = options.clone();
        let (kind, paths) = (preview.kind, preview.paths.clone());
        let job = self.jobs.start(reading(&paths), move |progress| {
            let imported = read(&paths, kind, &options, &target, progress);
            Box::new(move |session| session.refresh_import(imported))
        });
        preview.job = Some(job);
    }

    fn refresh_import(&mut self, imported: Result<Imported, String>) {
        if let Some(Dialog::Question(Question::Import(preview))) = &mut self.dialogs.open {
            preview.imported = Some(imported);
            preview.job = None;
        }
    }

    /// Takes the previewed import into the plan, with the plan's months widened if that was chosen.
    pub(in crate::session) fn apply_import(&mut self, preview: &ImportPreview, is_widened: bool) {
        let Some(Ok(imported)) = &preview.imported else { return };
        let edit = if is_widened { imported.widened_edit() } else { imported.edit() };
        if let Some(edit) = edit {
            self.messages.drop_errors();
            self.edit(&edit);
            self.show_message(match imported.edits.as_slice() {
                [] => "Widened the plan's months".to_owned(),
                _ => format!("Imported {}", imported.summary),
            });
        }
    }

    /// Stops reading for a preview that was closed.
    pub(in crate::session) fn cancel_import(&mut self, preview: &ImportPreview) {
        if let Some(job) = preview.job {
            self.jobs.cancel(job);
        }
    }

    /// Imports or opens what was dropped. If any of the files is a reply, all are imported as replies; otherwise the
    /// first file counts.
    pub(in crate::session) fn take_dropped(&mut self, paths: Vec<PathBuf>) {
        self.jobs.start("Check the dropped files", move |_| {
            let topic = paths.iter().find_map(|path| topic_of_many(path));
            Box::new(move |session| match topic {
                Some(topic) => session.import(Some(topic), paths),
                None => session.import(None, paths.into_iter().take(1).collect()),
            })
        });
    }

    fn import_target(&self) -> Target {
        Target::with_schedule(self.document.schedule.clone(), self.document.today)
    }

    fn ask(&mut self, question: Question) {
        self.dialogs.open = Some(Dialog::Question(question));
    }
}

/// The name of the job that reads these files.
fn reading(paths: &[PathBuf]) -> String {
    match paths {
        [path] => format!("Read {}", path.display()),
        paths => format!("Read {}", counted(paths.len(), "file")),
    }
}

/// The topic of a file that can be imported together with others, if it is certain.
fn topic_of_many(path: &Path) -> Option<Topic> {
    let progress = Progress::default();
    let source = store::open_source(&[path.to_owned()], &progress).ok()?;
    let kinds = import::recognise(&source, None).ok()?;
    kinds.iter().map(|kind| kind.topic).find(|topic| topic.words().takes_many)
}

fn recognise(paths: &[PathBuf], topic: Option<Topic>, target: &Target, progress: &Progress) -> RecognitionResult {
    let source = match store::open_source(paths, progress) {
        Ok(source) => source,
        Err(error) => return RecognitionResult::Failed(error.to_string()),
    };
    match import::recognise(&source, topic).as_deref() {
        Ok(&[kind]) => {
            let options = Options::default();
            match read(paths, kind, &options, target, progress) {
                Ok(imported) => RecognitionResult::Preview(Box::new(ImportPreview {
                    paths: paths.to_vec(),
                    kind,
                    options,
                    imported: Some(Ok(imported)),
                    job: None,
                })),
                Err(error) => RecognitionResult::Failed(error),
            }
        }
        Ok(kinds) => RecognitionResult::Unclear(kinds.to_vec()),
        Err(error) => not_recognised(paths, topic, error),
    }
}

/// A dropped file may also be a plan.
fn not_recognised(paths: &[PathBuf], topic: Option<Topic>, error: &ImportError) -> RecognitionResult {
    let Some(path) = paths.first() else { return RecognitionResult::Failed(error.to_string()) };
    match error {
        _ if topic.is_none() && store::looks_like_plan(path) => RecognitionResult::Plan,
        ImportError::NotRecognised { .. } if topic.is_none() => {
            RecognitionResult::Failed(format!("{error}, or a plan (.ron) ({})", path.display()))
        }
        error => RecognitionResult::Failed(format!("{error} ({})", path.display())),
    }
}

fn read(
    paths: &[PathBuf],
    kind: &'static ImportKind,
    options: &Options,
    target: &Target,
    progress: &Progress,
) -> Result<Imported, String> {
    let source = store::open_source(paths, progress).map_err(|error| error.to_string())?;
    import::read(&source, kind, options, target).map_err(|error| match paths {
        [path] => format!("{error} ({})", path.display()),
        _ => error.to_string(),
    })
}
