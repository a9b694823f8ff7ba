//! All kinds of file that can be imported, and the door through which they come in.

use std::sync::Arc;

use super::confidence::Confidence;
use super::error::{ImportError, LooksLike};
use super::foreign_content::{self, ForeignKind};
use super::head::Head;
use super::imported::{Imported, Warning};
use super::input::{Input, Target};
use super::kind::ImportKind;
use super::option::{Options, ValueKind};
use super::prose_and_code::prose_or_code;
use super::source::Source;
use super::tables::fit::TableKind;
use super::tables::sniff;
use super::topic::Topic;
use super::{folding, records, years};
use crate::model::Edit;
use crate::wording::list_of_choices;

/// The kinds that the program reads, and those that it only knows by name.
pub struct Catalogue {
    /// Of kinds that are equally sure, the first is taken.
    kinds: Vec<&'static ImportKind>,
    /// So many of them, the first, belong to no connected system.
    own: usize,
    /// Second readings of files that other kinds are sure of: recognised only if a person chose their topic.
    second: Vec<&'static ImportKind>,
    /// What is never imported, but is better called by its name than "unknown".
    foreign: Vec<&'static ForeignKind>,
}

impl Catalogue {
    /// `own`: kinds that belong to no connected system; `connected`: those of the connected systems.
    pub fn new(
        own: &[&'static ImportKind],
        connected: impl IntoIterator<Item = &'static ImportKind>,
        foreign: Vec<&'static ForeignKind>,
    ) -> Self {
        Self { kinds: own.iter().copied().chain(connected).collect(), own: own.len(), second: Vec::new(), foreign }
    }

    /// Adds kinds that read files of other kinds for another topic.
    #[must_use]
    pub fn with_second_readings(self, second: Vec<&'static ImportKind>) -> Self {
        Self { second, ..self }
    }

    /// Every kind of file that can be imported.
    pub fn kinds(&self) -> &[&'static ImportKind] {
        &self.kinds
    }

    /// The kinds that bring `topic`.
    pub fn kinds_of_topic(&self, topic: Topic) -> impl Iterator<Item = &'static ImportKind> + Clone + use<'_> {
        self.kinds.iter().chain(&self.second).copied().filter(move |kind| kind.topic == topic)
    }

    /// Finds the kinds that a source may be of, by its content. With a `topic`, returns the best match. Otherwise returns
    /// several if only a person can tell them apart, such as a calendar of windows or of holidays, or a table with unknown
    /// titles.
    ///
    /// # Errors
    /// No kind recognises the source, or it cannot be read.
    pub fn recognise(
        &self,
        source: &Source<'_>,
        topic: Option<Topic>,
    ) -> Result<Vec<&'static ImportKind>, ImportError> {
        match topic {
            Some(topic) => {
                let kinds: Vec<_> = self.kinds_of_topic(topic).collect();
                self.recognise_among(source, Some(topic), &kinds)
            }
            None => self.recognise_among(source, None, &self.kinds),
        }
    }

    /// As [`Catalogue::recognise`], if a person said that it is one of `kinds`.
    ///
    /// # Errors
    /// None of them recognises the source, or it cannot be read.
    pub fn recognise_among(
        &self,
        source: &Source<'_>,
        topic: Option<Topic>,
        kinds: &[&'static ImportKind],
    ) -> Result<Vec<&'static ImportKind>, ImportError> {
        let head = source.head()?;
        if foreign_content::is_web_archive(head.text()) || self.foreign.iter().any(|foreign| (foreign.sniff)(head)) {
            return Err(self.not_recognised(head, topic));
        }
        let is_wanted = |kind: &&ImportKind| topic.is_none_or(|topic| kind.topic == topic);
        if topic.is_some_and(|topic| self.is_of_another_topic(head, topic)) {
            return Err(self.not_recognised(head, topic));
        }
        let judged: Vec<_> =
            kinds.iter().copied().filter(is_wanted).map(|kind| (kind, confidence(kind, head))).collect();
        let best = judged.iter().map(|(_, confidence)| *confidence).max().unwrap_or(Confidence::No);
        let least = if topic.is_some() { Confidence::Unlikely } else { Confidence::Likely };
        if best < least {
            if !head.is_folder() && head.text().trim().is_empty() {
                return Err(ImportError::Empty);
            }
            let is_table = |kind: &&ImportKind| kind.options.iter().any(|spec| spec.value == ValueKind::Columns);
            if topic.is_none() && sniff::looks_like_table(head) {
                return Ok(self.kinds.iter().copied().filter(is_table).collect());
            }
            let nul = head.line_with_nul_byte().map(ImportError::NulByte);
            return Err(nul.unwrap_or_else(|| self.not_recognised(head, topic)));
        }
        let sure = judged.into_iter().filter(|(_, confidence)| *confidence == best);
        let mut kinds: Vec<_> = sure.map(|(kind, _)| kind).collect();
        if topic.is_some() {
            kinds.truncate(1);
        }
        Ok(kinds)
    }

    /// Whether a connected system is certain of a file, and what it brings is not `topic`. A person who chose a topic is asked
    /// for columns only if the file may have them.
    fn is_of_another_topic(&self, head: &Head, topic: Topic) -> bool {
        let (own, connected) = self.kinds.split_at(self.own);
        let is_sure = |kind: &&&ImportKind| confidence(kind, head) == Confidence::Certain;
        let mut sure = connected.iter().filter(is_sure).peekable();
        let is_own = || own.iter().any(|kind| kind.topic == topic && confidence(kind, head) >= Confidence::Likely);
        let is_second = || self.second.iter().any(|kind| kind.topic == topic && is_sure(&kind));
        sure.peek().is_some() && sure.all(|kind| kind.topic != topic) && !is_own() && !is_second()
    }

    /// The kinds that are tables.
    fn table_kinds(&self) -> Vec<TableKind> {
        let table =
            |kind: &&ImportKind| kind.layout.map(|layout| TableKind { topic: kind.topic, layout, sniff: kind.sniff });
        self.kinds.iter().filter_map(table).collect()
    }

    /// Reads a source as `kind`: the only way in which the content of a foreign file becomes edits.
    ///
    /// # Errors
    /// The source cannot be read, is not of that kind, or the import was cancelled.
    pub fn read(
        &self,
        source: &Source<'_>,
        kind: &'static ImportKind,
        options: &Options,
        target: &Target,
    ) -> Result<Imported, ImportError> {
        let mut imported = self.read_into(source, kind, options, target)?;
        if let Some(horizon) = imported.horizon.filter(|_| imported.has_more_in_other_months)
            && let Ok(plan) = target.plan().apply(&Edit::SetHorizon(horizon))
        {
            let target = Target::new(Arc::new(plan), target.today());
            match self.read_into(source, kind, options, &target) {
                Ok(widened) => imported.widened = Some(Box::new(widened)),
                Err(ImportError::Cancelled) => return Err(ImportError::Cancelled),
                Err(error) => {
                    // Widened without the rest of the series, the plan would look complete.
                    imported.horizon = None;
                    imported.warn(None, format!("The plan's months cannot be widened for this file: {error}"));
                }
            }
        }
        Ok(imported)
    }

    /// Reads a source for the months of the plan.
    fn read_into(
        &self,
        source: &Source<'_>,
        kind: &'static ImportKind,
        options: &Options,
        target: &Target,
    ) -> Result<Imported, ImportError> {
        let input = Input::new(source, options, target, self.table_kinds());
        let mut imported = (kind.read)(&input).map_err(|error| self.with_hint(error, source, kind))?;
        source.check_cancelled()?;
        years::begin_within_years(&mut imported.edits, target.plan());
        imported.refuse_other_years();
        source.check_cancelled()?;
        imported.records = records::record_lists(&imported, target.plan(), &|| source.check_cancelled())?;
        imported.finish_report(kind.id);
        if imported.table.as_ref().is_some_and(|table| !table.missing.is_empty())
            && let Some(question) = &mut imported.question
        {
            question.push_str(&self.hint(source, kind).map(|other| other.to_string()).unwrap_or_default());
        }
        let remarks = source.remarks().iter().map(|message| Warning { line: None, message: message.clone() });
        imported.warnings.splice(0..0, remarks.chain(input.into_notes()));
        if imported.table.is_some() {
            imported.warnings = folding::folded(imported.warnings);
        }
        Ok(imported)
    }

    /// Adds what the source looks like instead, if it was read as something that it is not.
    fn with_hint(&self, error: ImportError, source: &Source<'_>, kind: &ImportKind) -> ImportError {
        let is_clear = matches!(error, ImportError::Cancelled | ImportError::OwnList { .. });
        match self.hint(source, kind).filter(|_| !is_clear) {
            Some(looks_like) => ImportError::WrongTopic { error: Box::new(error), looks_like: Box::new(looks_like) },
            None => error,
        }
    }

    /// What the source looks like instead of `kind`.
    fn hint(&self, source: &Source<'_>, kind: &ImportKind) -> Option<LooksLike> {
        let head = source.head().ok().filter(|head| confidence(kind, head) < Confidence::Likely)?;
        self.looks_like(head, Some(kind.topic))
    }

    /// What the file looks like to the kinds that bring something other than `topic`: those that are equally sure.
    fn looks_like(&self, head: &Head, topic: Option<Topic>) -> Option<LooksLike> {
        let others = self.kinds.iter().filter(|kind| Some(kind.topic) != topic);
        let judged: Vec<_> = others.map(|kind| (kind, confidence(kind, head))).collect();
        let best = judged.iter().map(|(_, sure)| *sure).filter(|sure| *sure >= Confidence::Likely).max()?;
        let kinds = || judged.iter().filter(|(_, sure)| *sure == best).map(|(kind, _)| kind);
        Some(LooksLike {
            kinds: kinds().map(|kind| kind.id).collect(),
            names: kinds().map(|kind| kind.name).collect(),
            topics: kinds().map(|kind| kind.topic).collect(),
        })
    }

    fn not_recognised(&self, head: &Head, topic: Option<Topic>) -> ImportError {
        let is_wanted = |kind: &&&ImportKind| topic.is_none_or(|topic| kind.topic == topic);
        let (own, connected) = self.kinds.split_at(self.own);
        let mut names: Vec<&str> = own.iter().filter(is_wanted).map(|kind| kind.name).collect();
        names.extend(connected.iter().any(|kind| is_wanted(&kind)).then_some("a file of a connected system"));
        let expected = list_of_choices(&names);
        let foreign = self.foreign.iter().find(|foreign| (foreign.sniff)(head));
        let content = foreign.map(|foreign| foreign.what).or_else(|| foreign_content::foreign_content(head.text()));
        let looks_like = if foreign_content::is_web_archive(head.text()) { None } else { self.looks_like(head, topic) };
        // What a kind is sure of is better named by that kind.
        let content = content.or_else(|| looks_like.is_none().then(|| prose_or_code(head.text())).flatten());
        ImportError::NotRecognised {
            expected,
            content,
            kind: foreign.map(|foreign| foreign.id),
            looks_like: looks_like.map(Box::new),
        }
    }
}

/// How sure a kind is that a file, or one of the sheets of a workbook, belongs to it.
fn confidence(kind: &ImportKind, head: &Head) -> Confidence {
    head.parts().iter().map(|part| (kind.sniff)(part)).max().unwrap_or(Confidence::No)
}
