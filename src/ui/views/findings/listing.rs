//! Which findings are listed, in which order, and which are folded behind another one. Pure; calculated once per list.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use crate::checks::{AcceptanceIndex, CommonCause, Family, Finding, Severity, Unfinished, fold};
use crate::model::{Acceptance, Plan, Subject};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::search::SearchWords;
use crate::wording::counted;

/// The filter of the list. An empty set matches everything.
#[derive(Clone, Default, PartialEq)]
pub struct Filter {
    pub severities: BTreeSet<Severity>,
    pub families: BTreeSet<Family>,
    /// Words that must all occur in the code, the name, the message or the subject's name.
    pub text: String,
    /// Shows accepted findings only.
    pub accepted_only: bool,
}

impl Filter {
    fn admits(&self, finding: &Finding, words: &SearchWords, plan: &Plan) -> bool {
        let kinds = (self.severities.is_empty() || self.severities.contains(&finding.severity))
            && (self.families.is_empty() || self.families.contains(&finding.rule.family()));
        if !kinds || words.is_empty() {
            return kinds;
        }
        let Finding { rule, subject, message, .. } = finding;
        words.are_in(&format!("{} {} {message} {}", rule.code, rule.name, subject.name(plan)))
    }
}

/// One line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingsRow {
    /// The title above the lines of a part.
    Title(FindingPart),
    /// A cause; its findings are folded behind it.
    Head { cause: usize },
    /// One of the findings of an unfolded cause.
    Member { cause: usize, at: usize },
    /// An acceptance without a finding.
    Stale { at: usize },
}

/// A part of the list with a title. Other open findings come first, without a title.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingPart {
    /// Open findings about what is still being entered.
    ToFinish,
    Accepted,
    Stale,
}

/// The key by which an unfolded cause is recognised after a change.
type CauseKey = (&'static str, Severity, Subject, bool);

/// The findings of a plan, the index of its acceptances, and what is still being entered.
type MadeFrom = (Arc<Vec<Arc<Finding>>>, Arc<AcceptanceIndex>, Arc<Unfinished>);

/// The list as shown; valid while findings, acceptances and filter are the same.
#[derive(Default)]
pub struct Listing {
    made_from: Option<MadeFrom>,
    filter: Filter,
    /// The causes of open findings, those about what is still being entered last, then those of accepted ones.
    causes: Vec<CommonCause>,
    /// The number of open causes that are not about what is still being entered.
    finished_causes: usize,
    /// The number of open causes.
    open_causes: usize,
    stale: Vec<Arc<Acceptance>>,
    /// How many open findings of each family are not about what is still being entered, whatever the filter.
    families: BTreeMap<Family, usize>,
    rows: Vec<FindingsRow>,
    unfolded: HashSet<CauseKey>,
}

impl Listing {
    /// Rebuilds the list if findings, acceptances or filter have changed.
    pub fn refresh(&mut self, cx: &Cx<'_>, filter: &Filter) {
        let findings = cx.findings();
        let is_same = |(list, accepted, unfinished): &mut MadeFrom| {
            let is_same = Arc::ptr_eq(list, &findings.list)
                && Arc::ptr_eq(accepted, &findings.accepted)
                && *unfinished == findings.unfinished;
            // An equal one is the same from now on, so that the next frames need not compare all that is in it.
            is_same.then(|| unfinished.clone_from(&findings.unfinished)).is_some()
        };
        if self.made_from.as_mut().is_some_and(is_same) && self.filter == *filter {
            return;
        }
        self.fill(&findings.list, &findings.accepted, &findings.unfinished, filter, cx.plan());
        let unfinished = Arc::clone(&findings.unfinished);
        self.made_from = Some((Arc::clone(&findings.list), Arc::clone(&findings.accepted), unfinished));
        self.filter = filter.clone();
    }

    fn fill(
        &mut self,
        list: &[Arc<Finding>],
        accepted: &AcceptanceIndex,
        unfinished: &Unfinished,
        filter: &Filter,
        plan: &Plan,
    ) {
        self.families.clear();
        let open = list.iter().filter(|finding| accepted.current(finding).is_none() && !unfinished.has(finding));
        open.for_each(|finding| *self.families.entry(finding.rule.family()).or_default() += 1);
        let words = SearchWords::new(&filter.text);
        let admitted = || list.iter().filter(|finding| filter.admits(finding, &words, plan));
        self.causes.clear();
        self.finished_causes = 0;
        if !filter.accepted_only {
            let open = || admitted().filter(|finding| accepted.current(finding).is_none());
            self.causes = fold(open().filter(|finding| !unfinished.has(finding)));
            self.finished_causes = self.causes.len();
            self.causes.extend(fold(open().filter(|finding| unfinished.has(finding))));
        }
        self.open_causes = self.causes.len();
        self.causes.extend(fold(admitted().filter(|finding| accepted.current(finding).is_some())));
        let is_whole = filter.severities.is_empty() && filter.families.is_empty() && words.is_empty();
        self.stale = if is_whole { accepted.stale(list) } else { Vec::new() };
        self.lay_out();
    }

    fn lay_out(&mut self) {
        self.rows.clear();
        for cause in 0..self.causes.len() {
            if cause == self.finished_causes && cause < self.open_causes {
                self.rows.push(FindingsRow::Title(FindingPart::ToFinish));
            }
            if cause == self.open_causes {
                self.rows.push(FindingsRow::Title(FindingPart::Accepted));
            }
            self.rows.push(FindingsRow::Head { cause });
            if self.unfolded.contains(&self.key(cause)) {
                self.rows.extend((0..self.causes[cause].findings.len()).map(|at| FindingsRow::Member { cause, at }));
            }
        }
        if !self.stale.is_empty() {
            self.rows.push(FindingsRow::Title(FindingPart::Stale));
        }
        self.rows.extend((0..self.stale.len()).map(|at| FindingsRow::Stale { at }));
    }

    fn key(&self, cause: usize) -> CauseKey {
        let CommonCause { rule, severity, subject, .. } = &self.causes[cause];
        (rule.code, *severity, subject.clone(), cause < self.open_causes)
    }

    /// How many open findings of a family are not about what is still being entered, whatever the filter.
    pub fn count_of_family(&self, family: Family) -> usize {
        self.families.get(&family).copied().unwrap_or_default()
    }

    pub fn rows(&self) -> &[FindingsRow] {
        &self.rows
    }

    /// The cause to which a row belongs.
    pub fn cause(&self, row: &FindingsRow) -> Option<&CommonCause> {
        match *row {
            FindingsRow::Head { cause } | FindingsRow::Member { cause, .. } => self.causes.get(cause),
            FindingsRow::Title(_) | FindingsRow::Stale { .. } => None,
        }
    }

    /// The finding of a row; for a head, the first one of its cause.
    pub fn finding(&self, row: &FindingsRow) -> Option<&Arc<Finding>> {
        match *row {
            FindingsRow::Head { cause } => self.causes[cause].findings.first(),
            FindingsRow::Member { cause, at } => self.causes[cause].findings.get(at),
            FindingsRow::Title(_) | FindingsRow::Stale { .. } => None,
        }
    }

    /// The row of a finding that many rows from `row`, or the next one in that direction: titles are passed over. `row`
    /// itself if there is none.
    pub fn finding_from(&self, row: usize, step: isize) -> usize {
        let last = self.rows.len().saturating_sub(1);
        let mut to = row.saturating_add_signed(step).min(last);
        while self.rows.get(to).is_some_and(|found| self.finding(found).is_none()) {
            match to.checked_add_signed(step.signum()).filter(|next| *next <= last) {
                Some(next) => to = next,
                None => return row,
            }
        }
        to
    }

    pub fn stale(&self, at: usize) -> &Arc<Acceptance> {
        &self.stale[at]
    }

    /// The number of findings in a row: all of its cause for a head, one for a member.
    pub fn count(&self, row: &FindingsRow) -> usize {
        match *row {
            FindingsRow::Head { cause } => self.causes[cause].findings.len(),
            FindingsRow::Member { .. } | FindingsRow::Title(_) | FindingsRow::Stale { .. } => 1,
        }
    }

    /// "3 occurrences": what a cause stands for. Several findings can be about one occurrence.
    pub fn count_in_words(&self, row: &FindingsRow) -> String {
        let findings = self.cause(row).map_or(&[][..], |cause| &cause.findings);
        let dates: HashSet<_> = findings.iter().map(|finding| (&finding.window, finding.on)).collect();
        let noun = match findings.first().map(|first| (&first.window, first.on)) {
            Some((Some(_), Some(_))) if dates.len() == findings.len() => "occurrence",
            Some((None, Some(_))) if dates.len() == findings.len() => "day",
            _ => "finding",
        };
        counted(findings.len(), noun)
    }

    pub fn is_unfolded(&self, row: &FindingsRow) -> bool {
        matches!(row, FindingsRow::Head { cause } if self.unfolded.contains(&self.key(*cause)))
    }

    /// Unfolds a cause, or folds it.
    pub fn fold(&mut self, row: &FindingsRow) {
        let (FindingsRow::Head { cause } | FindingsRow::Member { cause, .. }) = *row else { return };
        let key = self.key(cause);
        if !self.unfolded.remove(&key) {
            self.unfolded.insert(key);
        }
        self.lay_out();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{AcceptanceExtent, rule};
    use crate::model::{Edit, Horizon, PlanId};
    use chrono::NaiveDate;

    fn finding(code: &str, window: &str, other: Option<&str>, message: &str) -> Arc<Finding> {
        let rule = rule(code).unwrap();
        let finding = Finding::new(rule, Subject::Window(window.into()), message.to_owned());
        Arc::new(Finding { other: other.map(|other| Subject::Freeze(other.into())), ..finding })
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, 1).unwrap()
    }

    fn list() -> [Arc<Finding>; 4] {
        [
            finding("F001", "db", Some("close"), "March"),
            finding("F001", "db", Some("year-end"), "December"),
            finding("F001", "web", Some("close"), "June"),
            finding("B003", "web", None, "never tested"),
        ]
    }

    fn listing(filter: &Filter, accept: Option<(usize, AcceptanceExtent)>) -> Listing {
        let plan = plan(accept);
        let mut listing = Listing::default();
        listing.fill(&list(), &AcceptanceIndex::new(&plan, today()), &Unfinished::default(), filter, &plan);
        listing
    }

    /// A plan that accepts the finding at that index, with the given extent.
    fn plan(accept: Option<(usize, AcceptanceExtent)>) -> Plan {
        let mut plan = Plan::new(PlanId::new("p"), "P", Horizon::year(2027), "UTC");
        if let Some((at, extent)) = accept {
            plan =
                plan.apply(&Edit::PutAcceptance(Acceptance::for_finding(&plan, &list()[at], extent, today()))).unwrap();
        }
        plan
    }

    /// The first message and the number of findings of each row; for titles, the part.
    fn shown(listing: &Listing) -> Vec<String> {
        let line = |row: &FindingsRow| match (row, listing.finding(row)) {
            (FindingsRow::Title(part), _) => format!("{part:?}"),
            (_, Some(finding)) => format!("{} {}", finding.message, listing.count(row)),
            (row, None) => format!("{row:?}"),
        };
        listing.rows().iter().map(line).collect()
    }

    #[test]
    fn findings_of_one_cause_share_a_row_until_it_is_unfolded() {
        let mut listing = listing(&Filter::default(), None);
        let folded = ["March 2", "December 1", "never tested 1"];
        assert_eq!(shown(&listing), folded);
        listing.fold(&FindingsRow::Head { cause: 0 });
        assert!(listing.is_unfolded(&FindingsRow::Head { cause: 0 }));
        assert_eq!(shown(&listing)[..3], ["March 2", "March 1", "June 1"]);
        listing.fold(&FindingsRow::Member { cause: 0, at: 1 });
        assert_eq!(shown(&listing), folded);
    }

    #[test]
    fn a_cause_says_what_it_stands_for() {
        let on = |window: &str, day: u32| {
            let on = NaiveDate::from_ymd_opt(2027, 3, day);
            Arc::new(Finding { window: Some(window.into()), on, ..Finding::clone(&list()[0]) })
        };
        let plan = plan(None);
        for (found, expected) in [
            (vec![on("db", 1), on("db", 2)], "2 occurrences"),
            (vec![on("db", 1), on("web", 1), on("web", 2)], "3 occurrences"),
            (vec![on("db", 1), on("db", 1)], "2 findings"),
            (vec![list()[0].clone(), list()[2].clone()], "2 findings"),
        ] {
            let mut listing = Listing::default();
            let accepted = AcceptanceIndex::new(&plan, today());
            listing.fill(&found, &accepted, &Unfinished::default(), &Filter::default(), &plan);
            assert_eq!(listing.count_in_words(&FindingsRow::Head { cause: 0 }), expected);
        }
    }

    #[test]
    fn a_filter_leaves_what_has_its_severity_its_family_and_all_its_words() {
        let listed = |filter: Filter| shown(&listing(&filter, None));
        assert_eq!(listed(Filter { families: [Family::Rollback].into(), ..Filter::default() }), ["never tested 1"]);
        assert_eq!(
            listed(Filter { severities: [Severity::Error].into(), ..Filter::default() }),
            ["March 2", "December 1"]
        );
        assert_eq!(listed(Filter { text: "DECEMBER f001".to_owned(), ..Filter::default() }), ["December 1"]);
    }

    #[test]
    fn open_findings_of_a_family_are_counted_whatever_the_filter() {
        for filter in [Filter::default(), Filter { families: [Family::Rollback].into(), ..Filter::default() }] {
            let counts = |accept| Family::ALL.map(|family| listing(&filter, accept).count_of_family(family));
            let counts_of = |rollback: usize, freezes: usize| {
                let is_code = |family: Family, code: &str| code.starts_with(family.letter());
                Family::ALL.map(|family| match family {
                    family if is_code(family, "B003") => rollback,
                    family if is_code(family, "F001") => freezes,
                    _ => 0,
                })
            };
            assert_eq!(counts(None), counts_of(1, 3));
            assert_eq!(counts(Some((0, AcceptanceExtent::Window))), counts_of(1, 2));
        }
    }

    #[test]
    fn accepted_findings_are_below_the_open_ones() {
        let one = Some((0, AcceptanceExtent::Window));
        let below = ["December 1", "June 1", "never tested 1", "Accepted", "March 1"];
        assert_eq!(shown(&listing(&Filter::default(), one)), below);
        let all = Some((0, AcceptanceExtent::Cause));
        assert_eq!(shown(&listing(&Filter::default(), all))[2..], ["Accepted", "March 2"]);
        let list = listing(&Filter::default(), one);
        for (row, step, expected) in [(2, 1, 4), (4, -1, 2), (0, 12, 4), (4, 1, 4), (0, -1, 0), (1, 2, 4)] {
            assert_eq!(list.finding_from(row, step), expected, "{step} from {row}");
        }
        let only = Filter { accepted_only: true, ..Filter::default() };
        assert_eq!(shown(&listing(&only, one)), ["Accepted", "March 1"]);
    }

    #[test]
    fn an_acceptance_of_nothing_is_listed_last() {
        let plan = plan(Some((3, AcceptanceExtent::Cause)));
        let mut listing = Listing::default();
        listing.fill(
            &list()[..3],
            &AcceptanceIndex::new(&plan, today()),
            &Unfinished::default(),
            &Filter::default(),
            &plan,
        );
        assert_eq!(shown(&listing)[2..], ["Stale", "Stale { at: 0 }"]);
    }
}
