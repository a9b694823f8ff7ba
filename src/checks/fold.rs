//! Findings with the same cause as one line: "Freeze Year end covers 11 occurrences of 4 windows".
//!
//! The list of findings itself stays unfolded. Views and exports fold what they show.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use super::{Context, Finding, Rule, Severity};
use crate::model::{Subject, WindowId};
use crate::wording::{counted, date, dates};

/// Findings of one rule that the same record causes.
#[derive(Debug)]
pub struct CommonCause {
    pub rule: &'static Rule,
    pub severity: Severity,
    /// The record that causes them: the freeze, the group, the window.
    pub subject: Subject,
    /// In the order of the list; at least one.
    pub findings: Vec<Arc<Finding>>,
    message: OnceCell<String>,
}

/// Folds a sorted list or a part of one. The causes are in the order of their first findings.
pub fn fold<'a>(findings: impl IntoIterator<Item = &'a Arc<Finding>>) -> Vec<CommonCause> {
    let mut causes: Vec<CommonCause> = Vec::new();
    // The list is sorted by severity and rule, so no more findings of the previous rule follow.
    let mut indices: HashMap<&Subject, usize> = HashMap::new();
    for finding in findings {
        let is_same =
            |cause: &CommonCause| cause.severity == finding.severity && std::ptr::eq(cause.rule, finding.rule);
        if !causes.last().is_some_and(is_same) {
            indices.clear();
        }
        let index = *indices.entry(finding.cause()).or_insert(causes.len());
        match causes.get_mut(index) {
            Some(cause) => cause.findings.push(Arc::clone(finding)),
            None => causes.push(CommonCause::new(finding)),
        }
    }
    causes
}

impl CommonCause {
    fn new(first: &Arc<Finding>) -> Self {
        Self {
            rule: first.rule,
            severity: first.severity,
            subject: first.cause().clone(),
            findings: vec![Arc::clone(first)],
            message: OnceCell::new(),
        }
    }

    /// The text of the line. For a single finding it is the finding's own message.
    pub fn message(&self, cx: &Context<'_>) -> &str {
        self.message.get_or_init(|| match (self.findings.as_slice(), self.rule.fold) {
            ([one], _) => one.message.clone(),
            (_, Some(words)) => words(cx, self),
            (_, None) => self.usual_words(cx),
        })
    }

    /// "Core DB patching: real length differs, 2 occurrences, Sun 28 Mar 2027 to Sun 31 Oct 2027"
    fn usual_words(&self, cx: &Context<'_>) -> String {
        let what = self.rule.name.replace('-', " ");
        let how_often = match self.dates(cx) {
            Some((first, last)) if first != last => {
                format!("{}, {}", self.occurrences_in_words(), dates(first, last))
            }
            Some((on, _)) => format!("{}, {}", self.occurrences_in_words(), date(on)),
            None => counted(self.findings.len(), "time"),
        };
        format!("{}: {what}, {how_often}", self.name(cx))
    }

    /// The name of the record that causes them.
    pub fn name(&self, cx: &Context<'_>) -> String {
        self.subject.name(cx.plan())
    }

    /// The number of occurrences with such a finding.
    pub fn occurrences(&self) -> usize {
        let all = self.findings.iter().filter_map(|finding| Some((finding.window.as_ref()?, finding.on?)));
        all.collect::<BTreeSet<(&WindowId, NaiveDate)>>().len()
    }

    /// The number of windows with such a finding.
    pub fn windows(&self) -> usize {
        self.findings.iter().filter_map(|finding| finding.window.as_ref()).collect::<BTreeSet<_>>().len()
    }

    /// "3 occurrences" if the cause is a window, else "11 occurrences of 4 windows".
    pub fn occurrences_in_words(&self) -> String {
        let occurrences = counted(self.occurrences(), "occurrence");
        match &self.subject {
            Subject::Window(_) => occurrences,
            _ => format!("{occurrences} of {}", counted(self.windows(), "window")),
        }
    }

    /// The first and the last date on which these occurrences take place.
    pub fn dates(&self, cx: &Context<'_>) -> Option<(NaiveDate, NaiveDate)> {
        let on = || self.findings.iter().filter_map(|finding| finding.takes_place_on(cx.schedule));
        on().min().zip(on().max())
    }

    /// ", the first Sat 13 Mar 2027"
    pub fn first_in_words(&self, cx: &Context<'_>) -> String {
        self.dates(cx).map_or_else(String::new, |(first, _)| format!(", the first {}", date(first)))
    }
}
