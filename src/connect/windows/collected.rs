//! Collects the windows of a file, and compares them with those that an earlier file brought.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::draft::{WindowDraft, fields, take};
use crate::import::{
    FreshIds, GROUP, ImportError, ImportReport, Imported, Input, MOST_RECORDS, merge_fields, name_in_plan,
};
use crate::model::{Edit, ImportSource, MaintenanceWindow, Minutes, Plan, WindowId};
use crate::wording::{counted, list_in_sentence};

/// Why a window of a file is not imported, and which one it is.
#[derive(Clone, Debug)]
pub struct Leaving {
    /// The same for all windows with this reason: "disabled".
    pub reason: &'static str,
    /// About this one, as the end of a sentence; may be empty.
    pub detail: String,
}

/// The windows of a file so far.
pub struct Windows<'a> {
    plan: &'a Plan,
    input: &'a Input<'a>,
    report: ImportReport,
    imported: Imported,
    /// By the uids of what they were imported from.
    known: HashMap<&'a str, &'a Arc<MaintenanceWindow>>,
    ids: FreshIds,
    seen: BTreeSet<String>,
    new: usize,
    changed: usize,
    same: usize,
}

impl<'a> Windows<'a> {
    /// `kind`: the id of the kind of file.
    pub fn new(kind: &str, input: &'a Input<'a>) -> Self {
        let plan = input.plan();
        let mut known = HashMap::new();
        for window in plan.windows() {
            for event in window.imported.iter().flat_map(|source| &source.events) {
                known.insert(event.uid.as_str(), window);
            }
        }
        Self {
            plan,
            input,
            report: ImportReport::new(kind),
            imported: Imported::default(),
            known,
            ids: FreshIds::default(),
            seen: BTreeSet::new(),
            new: 0,
            changed: 0,
            same: 0,
        }
    }

    /// Adds a window, or says why it is left out. `uid`: by which a later file finds it again, "ssm:mw-0123456789abcdef0".
    ///
    /// # Errors
    /// The import was cancelled, or the file has too many windows.
    pub fn add(&mut self, uid: &str, name: &str, read: Result<WindowDraft, Leaving>) -> Result<(), ImportError> {
        self.input.source.check_cancelled()?;
        self.report.rows += 1;
        if self.report.rows > MOST_RECORDS {
            return Err(ImportError::TooMany("windows"));
        }
        let repeated = || Leaving { reason: "repeated in the file", detail: String::new() };
        let is_first = self.seen.insert(uid.to_owned());
        match read.and_then(|draft| if is_first { Ok(draft) } else { Err(repeated()) }) {
            Ok(draft) => {
                self.report.rows_imported += 1;
                self.put(uid, draft);
            }
            Err(Leaving { reason, detail }) => {
                self.report.leave_out(reason, 1);
                let name = self.shown_name(name);
                let detail = if detail.is_empty() { String::new() } else { format!(" ({detail})") };
                let planned = self.known.contains_key(uid) && is_first;
                let stays = if planned { "; it stays planned as it is" } else { "" };
                self.imported.warn(None, format!("\"{name}\" left out: {reason}{detail}{stays}"));
            }
        }
        Ok(())
    }

    /// Warns about a window, or about the whole file.
    pub fn warn(&mut self, message: String) {
        self.imported.warn(None, message);
    }

    /// Says what was assumed while reading, as a sentence without a full stop.
    pub fn assume(&mut self, sentence: &str) {
        if !self.report.assumptions.iter().any(|known| known == sentence) {
            self.report.assumptions.push(sentence.to_owned());
        }
    }

    /// The name as a plan accepts it; that of the file for a window without one.
    fn shown_name(&self, name: &str) -> String {
        Some(name_in_plan(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| {
            let file = self.file_name();
            name_in_plan(file.rsplit_once('.').map_or(&*file, |(stem, _)| stem))
        })
    }

    fn file_name(&self) -> String {
        self.input.source.files().next().map(|file| file.name().to_owned()).unwrap_or_default()
    }

    fn put(&mut self, uid: &str, mut draft: WindowDraft) {
        draft.name = self.shown_name(&draft.name);
        let old = self.known.get(uid).copied();
        if let Some(old) = old {
            draft.keep_count(old);
        }
        let (draft, incoming, source) = (&draft, draft.incoming(uid, self.plan), &self.file_name());
        let Some(old) = old else {
            self.new += 1;
            let id = self.ids.fresh(&draft.name, |id| self.plan.windows().get(&WindowId::new(id)).is_some());
            let mut window = MaintenanceWindow::new(WindowId::new(&id), &draft.name, draft.rule.clone());
            draft.put_into(&mut window, self.plan);
            window.groups = self.input.options.groups(&GROUP).to_vec();
            window.imported = incoming.source(source).map(Box::new);
            self.imported.edits.push(Edit::PutWindow(window));
            return;
        };
        let empty = ImportSource::default();
        let merged = merge_fields(old.imported.as_deref().unwrap_or(&empty), &fields(old, self.plan), &incoming);
        let mut window = MaintenanceWindow::clone(old);
        for difference in &merged.changed {
            take(&mut window, &difference.field, draft, self.plan);
        }
        for kept in &merged.kept {
            let text = format!(
                "\"{}\": {} stays {}, since it was changed in the plan; the file says {}",
                old.name,
                kept.field,
                or_nothing(&kept.here),
                or_nothing(&kept.file)
            );
            self.imported.warn(None, text);
        }
        window.imported = Some(Box::new(ImportSource { source: source.clone(), ..merged.source }));
        let is_same_source = old.imported.as_ref().map(|old| (&old.events, &old.fields))
            == window.imported.as_ref().map(|new| (&new.events, &new.fields));
        if merged.changed.is_empty() && is_same_source {
            self.same += 1;
            return;
        }
        if !merged.changed.is_empty() {
            self.changed += 1;
            window.sequence += 1;
        }
        self.imported.edits.push(Edit::PutWindow(window));
    }

    /// The edits. `system`: the prefix of the uids, "ssm:"; windows of it that the file lacks are named.
    pub fn finish(mut self, system: &str) -> Imported {
        let gone: Vec<String> = self
            .known
            .iter()
            .filter(|(uid, _)| uid.starts_with(system) && !self.seen.contains(**uid))
            .map(|(_, window)| format!("\"{}\"", window.name))
            .collect();
        if !gone.is_empty() && self.report.rows > 0 {
            let mut gone = gone;
            gone.sort();
            let windows = counted(gone.len(), "window");
            let text =
                format!("{windows} of earlier files not in this one: {}. They stay planned", list_in_sentence(gone, 5));
            self.imported.warn(None, text);
        }
        if self.same > 0 {
            let same = counted(self.same, "window");
            self.imported.warn(None, format!("{same} unchanged: the plan already says the same"));
        }
        if self.report.rows == 0 {
            self.imported.warn(None, "The file has no windows");
        }
        let all = counted(self.new + self.changed, "window");
        self.imported.summary =
            if self.changed > 0 { format!("{all} ({} of them updated)", self.changed) } else { all };
        self.report.items = self.report.rows_imported;
        self.imported.report = Some(self.report);
        self.imported
    }
}

fn or_nothing(words: &str) -> &str {
    if words.is_empty() { "empty" } else { words }
}

/// A length of whole seconds as minutes, rounded up; and whether it was rounded.
pub fn minutes_of_seconds(seconds: u64) -> Option<(Minutes, bool)> {
    let minutes = u32::try_from(seconds.div_ceil(60)).ok().filter(|minutes| *minutes > 0)?;
    Some((Minutes(minutes), !seconds.is_multiple_of(60)))
}
