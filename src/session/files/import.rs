//! Imports: a file is recognised and read as a job, previewed, and taken into the plan as one step of undo.

use std::path::PathBuf;
use std::sync::Arc;

use crate::connect;
use crate::import::{ImportError, ImportKind, Imported, Options, Source, Target, Topic};
use crate::progress::Progress;
use crate::session::files::import_queue::names;
use crate::session::files::pasted_table::{CLIPBOARD, pasted_source};
use crate::session::session::Session;
use crate::session::state::dialogs::WaitingImport;
use crate::session::state::import_preview::ImportPreview;
use crate::session::verbs::action::{Dialog, PathRequest, Question};
use crate::store;

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
        let starts_from_meetings = matches!(self.dialogs.open, Some(Dialog::Meetings));
        self.dialogs.returns_to_meetings = topic == Topic::Holidays && starts_from_meetings;
        self.open_dialog(Some(Dialog::Path(PathRequest::Import { topic, is_folder })));
    }

    /// Reads the files and asks whether to import their content. Without a topic their content decides what it is.
    pub(in crate::session) fn import(&mut self, topic: Option<Topic>, paths: Vec<PathBuf>) {
        self.dialogs.open = None;
        self.dialogs.returns_to_meetings &= topic == Some(Topic::Holidays);
        let target = self.import_target();
        self.jobs.start(reading(&paths), move |progress| {
            let recognised = recognise(&paths, topic, &target, progress);
            Box::new(move |session| {
                // The plan may have changed while the files were read.
                if !Arc::ptr_eq(session.plan(), target.plan()) {
                    return session.import(topic, paths);
                }
                // Another file was dropped meanwhile, and its preview is open.
                if session.is_importing() {
                    return session.dialogs.imports.push_front(WaitingImport { topic, paths });
                }
                match recognised {
                    RecognitionResult::Preview(preview) => session.ask(Question::Import(preview)),
                    RecognitionResult::Unclear(kinds) => {
                        session.open_dialog(Some(Dialog::ChooseKind { paths, kinds }));
                    }
                    RecognitionResult::Failed(error) => session.fail_import(error),
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
        self.preview_import(ImportPreview {
            paths,
            pasted: None,
            kind,
            options: Options::default(),
            imported: None,
            job: None,
        });
    }

    /// Reads a pasted table.
    pub(in crate::session) fn import_text(&mut self, topic: Topic, text: String) {
        let Some(kind) = connect::kinds_of_topic(topic).find(|kind| kind.layout.is_some()) else { return };
        self.dialogs.returns_to_meetings = false;
        self.preview_import(ImportPreview {
            paths: vec![PathBuf::from(CLIPBOARD)],
            pasted: Some(text.into()),
            kind,
            options: Options::default(),
            imported: None,
            job: None,
        });
    }

    fn preview_import(&mut self, preview: ImportPreview) {
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
        let (kind, paths, pasted) = (preview.kind, preview.paths.clone(), preview.pasted.clone());
        let job = self.jobs.start(reading(&paths), move |progress| {
            let imported = match pasted {
                Some(text) => read_source(&pasted_source(&text, progress), &paths, kind, &options, &target),
                None => read(&paths, kind, &options, &target, progress),
            };
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

    /// Opens a plan, or offers to import a file of another kind. A file that is neither is opened, to say what is wrong.
    pub(in crate::session) fn open_or_import(&mut self, path: PathBuf) {
        if !store::is_file(&path) || store::looks_like_plan(&path) {
            return self.open_path(&path);
        }
        self.dialogs.open = None;
        self.jobs.start(reading(std::slice::from_ref(&path)), move |progress| {
            let source = store::open_source(std::slice::from_ref(&path), progress);
            let is_known = source.is_ok_and(|source| connect::recognise(&source, None).is_ok());
            Box::new(move |session| if is_known { session.import(None, vec![path]) } else { session.open_path(&path) })
        });
    }

    /// Takes the previewed import into the plan, with the plan's months widened if that was chosen, and goes on with the next
    /// file.
    pub(in crate::session) fn apply_import(&mut self, preview: Box<ImportPreview>, is_widened: bool) {
        // What is shown is not what was read with the options: a person must see that first.
        if preview.job.is_some() {
            return self.ask(Question::Import(preview));
        }
        self.take_import(&preview, is_widened);
        self.import_next();
    }

    /// Opens the list again from which holidays were imported, once there is nothing else to import.
    pub(in crate::session) fn return_to_meetings(&mut self) {
        if self.dialogs.open.is_none() && std::mem::take(&mut self.dialogs.returns_to_meetings) {
            self.dialogs.open = Some(Dialog::Meetings);
        }
    }

    fn take_import(&mut self, preview: &ImportPreview, is_widened: bool) {
        let Some(Ok(imported)) = &preview.imported else { return };
        let edit = if is_widened { imported.widened_edit() } else { imported.edit() };
        if let Some(edit) = edit {
            self.messages.drop_errors();
            self.edit(&edit);
        }
    }

    /// Stops reading for a preview that was closed. If there was nothing to import, goes on with the next file; otherwise the
    /// rest is not imported either.
    pub(in crate::session) fn cancel_import(&mut self, preview: &ImportPreview) {
        if let Some(job) = preview.job {
            self.jobs.cancel(job);
        }
        let is_empty = |imported: &Imported| imported.edits.is_empty() && imported.question.is_none();
        match &preview.imported {
            Some(Err(_)) => self.import_next(),
            Some(Ok(imported)) if is_empty(imported) => self.import_next(),
            Some(Ok(_)) | None => self.cancel_waiting_imports(),
        }
    }

    fn import_target(&self) -> Target {
        Target::with_schedule(self.document.schedule.clone(), self.document.today)
    }

    fn ask(&mut self, question: Question) {
        self.open_dialog(Some(Dialog::Question(question)));
    }
}

/// The name of the job that reads these files.
fn reading(paths: &[PathBuf]) -> String {
    match paths {
        [path] => format!("Read {}", path.display()),
        paths => format!("Read {}", names(paths)),
    }
}

fn recognise(paths: &[PathBuf], topic: Option<Topic>, target: &Target, progress: &Progress) -> RecognitionResult {
    let source = match store::open_source(paths, progress) {
        Ok(source) => source,
        Err(error) => return RecognitionResult::Failed(error.to_string()),
    };
    match connect::recognise(&source, topic).as_deref() {
        Ok(&[kind]) => {
            let options = Options::default();
            match read(paths, kind, &options, target, progress) {
                Ok(imported) => RecognitionResult::Preview(Box::new(ImportPreview {
                    paths: paths.to_vec(),
                    pasted: None,
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
            RecognitionResult::Failed(format!("{error}, or a plan (.windowsill, .ron) ({})", path.display()))
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
    read_source(&source, paths, kind, options, target)
}

fn read_source(
    source: &Source<'_>,
    paths: &[PathBuf],
    kind: &'static ImportKind,
    options: &Options,
    target: &Target,
) -> Result<Imported, String> {
    connect::read(source, kind, options, target).map_err(|error| match paths {
        [path] => format!("{error} ({})", path.display()),
        _ => error.to_string(),
    })
}
