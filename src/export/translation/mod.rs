//! The program's own words on paper: English, or those of a checklist in any language.
//!
//! A [`Word`] has a key and an English wording; a checklist's `words` override them key by key. If a sentence is
//! assembled from parts, its wording has fields in braces, so that every language can arrange them in its own order.

mod dates;
mod english;

use std::collections::BTreeMap;

use super::fields::{self, Piece, pieces};
use super::text::{clip, one_line};
use crate::model::{
    ChecklistBlock, ChecklistTemplate, Duty, EffectiveChecklist, MaintenanceWindow, Outcome, Plan, RollbackMethod,
    WatchOutcome, WindowKind,
};

pub use english::Word;

/// Characters of a wording.
const LONGEST: usize = 300;

/// All words in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// BCP 47: "en".
    pub language: String,
    /// Wordings that replace the English ones.
    own: BTreeMap<Word, String>,
}

impl Default for Words {
    fn default() -> Self {
        Self::english()
    }
}

impl Words {
    pub fn english() -> Self {
        Self { language: "en".to_owned(), own: BTreeMap::new() }
    }

    /// The words of a checklist; English for those that it does not replace.
    pub fn for_template(template: &ChecklistTemplate) -> Self {
        let own = |word: &Word| {
            let text = clip(one_line(template.words.get(word.key())?), LONGEST);
            (!text.is_empty()).then_some((*word, text))
        };
        Self { language: language(&template.language), own: Word::ALL.iter().filter_map(own).collect() }
    }

    /// The words of the checklist that a window has.
    pub fn for_window(plan: &Plan, window: &MaintenanceWindow) -> Self {
        match plan.effective_checklist(window) {
            EffectiveChecklist::Template(template) => Self::for_template(template),
            EffectiveChecklist::Handbook | EffectiveChecklist::Unknown(_) | EffectiveChecklist::Without => {
                Self::english()
            }
        }
    }

    pub fn get(&self, word: Word) -> &str {
        self.own.get(&word).map_or(word.english(), String::as_str)
    }

    /// The same as an owned text.
    pub fn say(&self, word: Word) -> String {
        self.get(word).to_owned()
    }

    /// The wording with its fields filled in. Values are not searched for fields again.
    pub fn fill(&self, word: Word, fields: &[(&str, &str)]) -> String {
        filled(self.get(word), fields)
    }

    pub fn kind(&self, kind: WindowKind) -> &str {
        self.get(match kind {
            WindowKind::Standard => Word::Standard,
            WindowKind::Emergency => Word::Emergency,
            WindowKind::Extended => Word::Extended,
            WindowKind::Rolling => Word::Rolling,
        })
    }

    pub fn block(&self, block: ChecklistBlock) -> &str {
        self.get(match block {
            ChecklistBlock::DayBefore => Word::DayBefore,
            ChecklistBlock::HoursBefore => Word::HoursBefore,
            ChecklistBlock::Start => Word::StartBlock,
            ChecklistBlock::During => Word::During,
            ChecklistBlock::After => Word::After,
            ChecklistBlock::Watch => Word::Watch,
        })
    }

    pub fn method(&self, method: RollbackMethod) -> &str {
        self.get(match method {
            RollbackMethod::Unknown => Word::NotSaid,
            RollbackMethod::Snapshot => Word::Snapshot,
            RollbackMethod::Backup => Word::Restore,
            RollbackMethod::Uninstall => Word::Uninstall,
            RollbackMethod::Redeploy => Word::Redeploy,
            RollbackMethod::Failover => Word::FailOver,
        })
    }

    pub fn duty(&self, duty: Duty) -> &str {
        self.get(match duty {
            Duty::Work => Word::DutyWork,
            Duty::Testing(_) => Word::DutyTesting,
            Duty::Watch => Word::DutyWatch,
        })
    }

    pub fn outcome(&self, outcome: Outcome) -> &str {
        self.get(match outcome {
            Outcome::Done => Word::OutcomeDone,
            Outcome::RolledBack => Word::OutcomeRolledBack,
            Outcome::Overran => Word::OutcomeOverran,
        })
    }

    pub fn watch_outcome(&self, outcome: WatchOutcome) -> &str {
        self.get(match outcome {
            WatchOutcome::Quiet => Word::WatchQuiet,
            WatchOutcome::Faults => Word::WatchFaults,
        })
    }

    /// "1 host", "40 hosts".
    pub fn hosts(&self, count: u32) -> String {
        if count == 1 { self.say(Word::OneHost) } else { self.fill(Word::Hosts, &[("count", &count.to_string())]) }
    }

    /// At most `most` of the names, and the number of the others.
    pub fn names(&self, all: impl ExactSizeIterator<Item = String>, most: usize) -> String {
        let more = all.len().saturating_sub(most);
        let names = all.take(most).collect::<Vec<_>>().join(", ");
        if more == 0 { names } else { self.fill(Word::AndMore, &[("names", &names), ("count", &more.to_string())]) }
    }
}

impl Word {
    /// The fields of the English wording, in order: "page", "pages".
    pub fn fields(self) -> Vec<&'static str> {
        let field = |piece| match piece {
            Piece::Field(name) => Some(name),
            Piece::Text(_) => None,
        };
        pieces(self.english()).into_iter().filter_map(field).collect()
    }

    /// The fields that another wording lacks, so that their values would be missing on paper.
    pub fn missing_fields(self, own: &str) -> Vec<&'static str> {
        self.fields().into_iter().filter(|field| !own.contains(&format!("{{{field}}}"))).collect()
    }
}

/// A valid BCP 47 language; English if the typed one is not.
fn language(typed: &str) -> String {
    let typed = typed.trim();
    if is_language(typed) { typed.to_owned() } else { "en".to_owned() }
}

/// Whether it is a BCP 47 language such as "de" or "pt-BR".
pub fn is_language(typed: &str) -> bool {
    let mut parts = typed.split('-');
    let is_first = |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_next = |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    parts.next().is_some_and(is_first) && parts.all(is_next)
}

/// A text with its fields filled in, once.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    fields::filled(text, |field| values.iter().find(|(name, _)| *name == field).map(|(_, value)| *value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn german(words: &[(&str, &str)]) -> Words {
        let mut template = ChecklistTemplate::new("nacht".into(), "Nacht", Vec::new());
        template.language = "de".to_owned();
        template.words = words.iter().map(|(key, word)| ((*key).to_owned(), (*word).to_owned())).collect();
        Words::for_template(&template)
    }

    #[test]
    fn every_word_has_its_own_key() {
        let keys: std::collections::BTreeSet<_> = Word::ALL.iter().map(|word| word.key()).collect();
        assert_eq!(keys.len(), Word::ALL.len());
        assert_eq!(Word::GROUPS.iter().map(|(_, words)| words.len()).sum::<usize>(), Word::ALL.len());
    }

    #[test]
    fn a_checklists_own_words_replace_the_english_ones() {
        let words =
            german(&[("roll-back-by", " Rückbau\nbis "), ("start", "  "), ("page-of", "{pages} Seiten, {page}")]);
        assert_eq!((words.get(Word::RollBackBy), words.get(Word::Start)), ("Rückbau bis", "Start"));
        assert_eq!(words.fill(Word::PageOf, &[("page", "2"), ("pages", "3")]), "3 Seiten, 2");
        assert_eq!(words.language, "de");
    }

    #[test]
    fn what_is_filled_in_is_not_filled_again() {
        assert_eq!(filled("{a} and {b} {c} {", &[("a", "{b}"), ("b", "2")]), "{b} and 2 {c} {");
        assert_eq!(filled("{x{a}}", &[("a", "1")]), "{x1}");
    }

    #[test]
    fn a_wording_that_leaves_something_out_is_known() {
        assert_eq!(Word::PageOf.missing_fields("Seite {page}"), ["pages"]);
        assert!(Word::RollBackBy.missing_fields("Rückbau bis").is_empty());
    }

    #[test]
    fn invalid_languages_become_english() {
        for (typed, known) in
            [("de", "de"), (" pt-BR ", "pt-BR"), ("", "en"), ("German", "en"), ("\"><x", "en"), ("de-", "en")]
        {
            assert_eq!(language(typed), known, "{typed}");
        }
    }
}
