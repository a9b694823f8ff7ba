//! Which findings are listed, in which order, and which stand behind another one: pure, made once for a list.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::checks::{Family, Finding, Severity, Subject};
use crate::model::{Plan, WindowId};
use crate::ui::cx::Cx;

/// What is listed. An empty set means all.
#[derive(Clone, Default, PartialEq)]
pub struct Filter {
    pub severities: BTreeSet<Severity>,
    pub families: BTreeSet<Family>,
    /// Words that must all occur in the code, the name, the message or the subject's name.
    pub text: String,
}

impl Filter {
    fn admits(&self, finding: &Finding, words: &[String], plan: &Plan) -> bool {
        let kinds = (self.severities.is_empty() || self.severities.contains(&finding.severity))
            && (self.families.is_empty() || self.families.contains(&finding.rule.family()));
        if !kinds || words.is_empty() {
            return kinds;
        }
        let Finding { rule, subject, message, .. } = finding;
        let text = format!("{} {} {message} {}", rule.code, rule.name, subject.name(plan)).to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    }
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    /// The first finding of a cause; the others of it stand behind it.
    Head { cause: usize },
    /// One of the findings of a cause that is open.
    Member { cause: usize, at: usize },
}

/// What makes findings one: the same rule on the same window because of the same other record.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Cause {
    code: &'static str,
    severity: Severity,
    subject: Subject,
    window: Option<WindowId>,
    other: Option<Subject>,
}

/// The list as it is shown; valid as long as findings and filter are the same.
#[derive(Default)]
pub struct Listing {
    made_from: Option<Arc<Vec<Arc<Finding>>>>,
    filter: Filter,
    /// Findings by cause, in the order of each cause's first.
    causes: Vec<(Cause, Vec<Arc<Finding>>)>,
    rows: Vec<Row>,
    open: HashSet<Cause>,
}

impl Listing {
    /// Makes the list again where findings or filter have changed.
    pub fn refresh(&mut self, cx: &Cx<'_>, filter: &Filter) {
        let list = &cx.session.findings.list;
        if self.made_from.as_ref().is_some_and(|of| Arc::ptr_eq(of, list)) && self.filter == *filter {
            return;
        }
        self.fill(list, filter, cx.plan());
        self.made_from = Some(Arc::clone(list));
        self.filter = filter.clone();
    }

    fn fill(&mut self, list: &[Arc<Finding>], filter: &Filter, plan: &Plan) {
        let words: Vec<String> = filter.text.split_whitespace().map(str::to_lowercase).collect();
        let mut places: HashMap<Cause, usize> = HashMap::new();
        self.causes.clear();
        for finding in list.iter().filter(|finding| filter.admits(finding, &words, plan)) {
            let cause = Cause::of(finding);
            let place = *places.entry(cause.clone()).or_insert(self.causes.len());
            if place == self.causes.len() {
                self.causes.push((cause, Vec::new()));
            }
            self.causes[place].1.push(Arc::clone(finding));
        }
        self.lay_out();
    }

    fn lay_out(&mut self) {
        self.rows.clear();
        for (cause, (key, findings)) in self.causes.iter().enumerate() {
            self.rows.push(Row::Head { cause });
            if self.open.contains(key) {
                self.rows.extend((0..findings.len()).map(|at| Row::Member { cause, at }));
            }
        }
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The finding that a row stands for; a head stands for its first.
    pub fn finding(&self, row: &Row) -> &Arc<Finding> {
        match *row {
            Row::Head { cause } => &self.causes[cause].1[0],
            Row::Member { cause, at } => &self.causes[cause].1[at],
        }
    }

    /// How many findings stand behind a row: all of its cause for a head, itself for a member.
    pub fn count(&self, row: &Row) -> usize {
        match *row {
            Row::Head { cause } => self.causes[cause].1.len(),
            Row::Member { .. } => 1,
        }
    }

    pub fn is_open(&self, row: &Row) -> bool {
        matches!(row, Row::Head { cause } if self.open.contains(&self.causes[*cause].0))
    }

    /// Shows what stands behind a head, or hides it again.
    pub fn fold(&mut self, row: &Row) {
        let (Row::Head { cause } | Row::Member { cause, .. }) = *row;
        let key = self.causes[cause].0.clone();
        if !self.open.remove(&key) {
            self.open.insert(key);
        }
        self.lay_out();
    }
}

impl Cause {
    fn of(finding: &Finding) -> Self {
        Self {
            code: finding.rule.code,
            severity: finding.severity,
            subject: finding.subject.clone(),
            window: finding.window.clone(),
            other: finding.other.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::rule;
    use crate::model::{Horizon, PlanId};

    fn finding(code: &str, window: &str, other: Option<&str>, message: &str) -> Arc<Finding> {
        let rule = rule(code).unwrap();
        let finding = Finding::new(rule, Subject::Window(window.into()), message.to_owned());
        Arc::new(Finding { other: other.map(|other| Subject::Freeze(other.into())), ..finding })
    }

    fn listing(filter: &Filter) -> Listing {
        let list = [
            finding("F001", "db", Some("close"), "March"),
            finding("F001", "db", Some("year-end"), "December"),
            finding("F001", "db", Some("close"), "June"),
            finding("B003", "web", None, "never tested"),
        ];
        let plan = Plan::new(PlanId::new("p"), "P", Horizon::year(2027), "UTC");
        let mut listing = Listing::default();
        listing.fill(&list, filter, &plan);
        listing
    }

    fn messages(listing: &Listing) -> Vec<(String, usize)> {
        listing.rows().iter().map(|row| (listing.finding(row).message.clone(), listing.count(row))).collect()
    }

    #[test]
    fn findings_of_one_cause_stand_in_one_row_until_it_is_opened() {
        let mut listing = listing(&Filter::default());
        let folded = [("March".to_owned(), 2), ("December".to_owned(), 1), ("never tested".to_owned(), 1)];
        assert_eq!(messages(&listing), folded);
        listing.fold(&Row::Head { cause: 0 });
        assert!(listing.is_open(&Row::Head { cause: 0 }));
        assert_eq!(messages(&listing)[..3], [("March".into(), 2), ("March".into(), 1), ("June".into(), 1)]);
        listing.fold(&Row::Member { cause: 0, at: 1 });
        assert_eq!(messages(&listing), folded);
    }

    #[test]
    fn a_filter_leaves_what_has_its_severity_its_family_and_all_its_words() {
        let shown = |filter: Filter| messages(&listing(&filter)).into_iter().map(|row| row.0).collect::<Vec<_>>();
        let rollback = Filter { families: [Family::Rollback].into(), ..Filter::default() };
        assert_eq!(shown(rollback), ["never tested"]);
        let errors = Filter { severities: [Severity::Error].into(), ..Filter::default() };
        assert_eq!(shown(errors), ["March", "December"]);
        let words = Filter { text: "DECEMBER f001".to_owned(), ..Filter::default() };
        assert_eq!(shown(words), ["December"]);
    }
}
