//! Collects the rows of a report: counts them, finds their systems, and makes one advisory of all rows with the same id.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::day_orders::DayOrders;
use super::draft::{Draft, ReportFacts};
use super::hosts::{HOSTS, HostIndex};
use super::program::Program;
use super::row::{FindingRow, ScoreVersion};
use crate::import::{ImportError, ImportReport, Imported, Input, MOST_RECORDS, Tally, Target, words_on_one_line};
use crate::model::{Advisory, AdvisoryId, DayOrder, Plan, ReportedSeverity, SystemId, check_name_length, slug};
use crate::schedule::{History, installed_on};
use crate::wording::{counted, date, list_in_sentence};

/// How many unknown hosts a warning names; the report has all of them.
const MOST_NAMED_HOSTS: usize = 5;
const LONGEST_TITLE: usize = 300;

/// A host of a report.
#[derive(Default)]
struct SeenHost {
    system: Option<SystemId>,
    /// Its other names.
    others: BTreeSet<String>,
}

/// The rows of a report so far.
pub struct Findings<'a> {
    program: Program,
    target: &'a Target,
    plan: &'a Plan,
    hosts: HostIndex<'a>,
    report: ImportReport,
    drafts: BTreeMap<String, Draft>,
    cves: HashSet<String>,
    cves_imported: HashSet<String>,
    host_names: BTreeMap<String, SeenHost>,
    orders: DayOrders,
    /// Whether the kind has an option for the order of days.
    has_order_option: bool,
    warnings: Vec<(Option<usize>, String)>,
    /// Used instead of a day of publication that no row gives.
    today: NaiveDate,
}

impl<'a> Findings<'a> {
    /// `kind`: the id of the kind of file.
    pub fn new(kind: &str, program: Program, input: &Input<'a>) -> Self {
        let plan = input.plan();
        Self {
            program,
            target: input.target,
            plan,
            hosts: HostIndex::new(plan, input.options.hosts(&HOSTS)),
            report: ImportReport::new(kind),
            drafts: BTreeMap::new(),
            cves: HashSet::new(),
            cves_imported: HashSet::new(),
            host_names: BTreeMap::new(),
            orders: DayOrders::default(),
            has_order_option: false,
            warnings: Vec::new(),
            today: input.target.today(),
        }
    }

    /// Reads dates such as 03/04/2027 in this order, if a person chose one, else as all of them show.
    pub fn order_days_by(&mut self, order: Option<DayOrder>) {
        (self.orders.given, self.has_order_option) = (order, true);
    }

    /// Adds a row.
    ///
    /// # Errors
    /// There are more advisories than a plan can have.
    pub fn add(&mut self, row: &FindingRow) -> Result<(), ImportError> {
        self.report.rows += 1;
        *self.report.by_severity.entry(severity_name(row.severity())).or_default() += 1;
        self.cves.extend(row.cves.iter().cloned());
        self.orders.add(row);
        let mut systems = BTreeSet::new();
        for names in &row.hosts {
            systems.extend(self.add_host(names));
        }
        let reason = row.left_out.or((row.cves.is_empty() && row.own_id.is_empty()).then_some("without an id"));
        if let Some(reason) = reason {
            self.report.leave_out(reason, 1);
            return Ok(());
        }
        self.report.rows_imported += 1;
        self.cves_imported.extend(row.cves.iter().cloned());
        let own = row.cves.is_empty().then_some(&row.own_id);
        for id in row.cves.iter().chain(own) {
            self.drafts.entry(slug(id)).or_default().add(row, &systems);
        }
        if self.drafts.len() > MOST_RECORDS { Err(ImportError::TooMany("advisories")) } else { Ok(()) }
    }

    /// Counts a host, which may have no findings. `names`: the one that tells it apart from others first. Returns its system.
    pub fn add_host(&mut self, names: &[String]) -> Option<SystemId> {
        let name = words_on_one_line(names.iter().find(|name| !name.trim().is_empty())?);
        let system = self.hosts.find(names);
        // Some rows give fewer names of a host than others do.
        let others =
            names.iter().map(|other| words_on_one_line(other)).filter(|other| !other.is_empty() && *other != name);
        let others: Vec<String> = others.collect();
        let seen = self.host_names.entry(name).or_default();
        seen.others.extend(others);
        if seen.system.is_none() {
            seen.system.clone_from(&system);
        }
        system
    }

    /// Warns about something in a line of the file, or in all of it.
    pub fn warn(&mut self, line: Option<usize>, message: impl Into<String>) {
        self.warnings.push((line, message.into()));
    }

    /// Says what was assumed or left open while reading, as a sentence without a full stop.
    pub fn assume(&mut self, sentence: String) {
        self.report.assumptions.push(sentence);
    }

    /// The edits. `scanned_on`: the day of the scan, if the file says it.
    pub fn finish(mut self, scanned_on: Option<NaiveDate>) -> Imported {
        let mut imported = Imported::default();
        let mut tally = Tally::default();
        let seen_on = scanned_on.unwrap_or(self.today);
        let (mut undated, mut earlier) = (0, 0);
        let drafts = std::mem::take(&mut self.drafts);
        let facts = ReportFacts { program: self.program.id, scanned_on, orders: &self.orders };
        for (id, draft) in &drafts {
            let id = AdvisoryId::new(id);
            let mut advisory = if let Some(old) = self.plan.advisories().get(&id) {
                let mut advisory = Advisory::clone(old);
                draft.update(&mut advisory, &facts);
                earlier += usize::from(advisory.published_on < old.published_on);
                advisory
            } else {
                undated += usize::from(draft.published_on.is_none());
                draft.new_advisory(id, &facts, seen_on)
            };
            advisory.title = shortened(&advisory.title);
            tally.put(advisory, self.plan, &mut imported);
        }
        self.assume_scores(&drafts);
        if undated > 0 {
            let whose = if scanned_on.is_some() { "the day of the scan" } else { "today" };
            let text = format!(
                "{} without a date of publication: {whose} ({}) is used",
                counted(undated, "advisory"),
                date(seen_on)
            );
            self.report.assumptions.push(text);
        }
        if earlier > 0 {
            let text = format!(
                "{} published earlier than the plan says: the earlier day counts",
                counted(earlier, "advisory")
            );
            self.report.assumptions.push(text);
        }
        self.warn_about_unclear_days(&drafts);
        imported.edits.extend(self.hosts.remember());
        imported.summary = tally.summary();
        self.fill_report(drafts.len());
        self.add_warnings(&drafts, &mut imported);
        imported.hosts =
            self.host_names.into_iter().map(|(name, seen)| [name].into_iter().chain(seen.others).collect()).collect();
        imported.report = Some(self.report);
        imported
    }

    /// Counts the advisories whose dates can be read in two ways, and says how they are read.
    fn warn_about_unclear_days(&mut self, drafts: &BTreeMap<String, Draft>) {
        let unclear: Vec<_> = drafts.values().filter_map(|draft| draft.unclear(&self.orders)).collect();
        if let Some((first, last)) = unclear.first() {
            let count = counted(unclear.len(), "advisory");
            let advice = if self.has_order_option {
                ": choose the order with the option dates (day-first or month-first)"
            } else {
                ""
            };
            let days = format!("{} or {}", date(*first), date(*last));
            let text =
                format!("{count} with a date that can be read in two ways ({days}); the later day is used{advice}");
            self.warnings.push((None, text));
        }
    }

    fn fill_report(&mut self, items: usize) {
        let unmatched = self.host_names.iter().filter(|(_, seen)| seen.system.is_none()).map(|(name, _)| name.clone());
        self.report.unmatched_hosts = unmatched.collect();
        self.report.hosts = self.host_names.len();
        self.report.matched_hosts = self.report.hosts - self.report.unmatched_hosts.len();
        (self.report.items, self.report.cves) = (items, self.cves.len());
        self.report.cves_imported = self.cves_imported.len();
    }

    /// Says which versions of CVSS the scores are of.
    fn assume_scores(&mut self, drafts: &BTreeMap<String, Draft>) {
        let mut versions: BTreeMap<Option<ScoreVersion>, usize> = BTreeMap::new();
        for draft in drafts.values() {
            *versions.entry(draft.score.map(|score| score.version)).or_default() += 1;
        }
        let name = |version: &Option<ScoreVersion>| version.map_or("no score", ScoreVersion::name);
        let counts: Vec<String> =
            versions.iter().rev().map(|(version, count)| format!("{} for {count}", name(version))).collect();
        if !counts.is_empty() {
            self.report.assumptions.push(format!("Scores: {}", list_in_sentence(&counts, counts.len())));
        }
    }

    fn add_warnings(&self, drafts: &BTreeMap<String, Draft>, imported: &mut Imported) {
        for (line, message) in &self.warnings {
            imported.warn(*line, message.clone());
        }
        if self.report.rows == 0 {
            imported.warn(None, "No findings in this report; advisories of earlier reports stay as they are");
        }
        let unmatched = &self.report.unmatched_hosts;
        if !unmatched.is_empty() {
            let named = unmatched.iter().map(|name| format!("\"{name}\""));
            let (noun, total) = (self.program.target, unmatched.len());
            let (belong, them) = if total == 1 { ("belongs", "it") } else { ("belong", "them") };
            imported.warn(
                None,
                format!(
                    "{total} of {} {belong} to no known system ({}): assign {them}, or add {them} to the host names of a \
                     system",
                    counted(self.report.hosts, noun),
                    list_in_sentence(named, MOST_NAMED_HOSTS)
                ),
            );
        }
        let gone = self.gone(drafts);
        if !gone.is_empty() {
            let count = gone.len();
            let named = list_in_sentence(gone, MOST_NAMED_HOSTS);
            let text = format!(
                "{} that {} reported for these systems before no longer in the report ({named}): left open, since \
                 scans differ in scope",
                counted(count, "advisory"),
                self.program.name
            );
            imported.warn(None, text);
        }
    }

    /// The advisories that the program reported before for systems of this report, that are not in it, and still open there.
    fn gone(&self, drafts: &BTreeMap<String, Draft>) -> Vec<String> {
        let systems: HashSet<&SystemId> = self.host_names.values().filter_map(|seen| seen.system.as_ref()).collect();
        // Results and scans close advisories, too. Dates are only calculated if they matter.
        let history = OnceCell::new();
        let is_open = |advisory: &Advisory, system: &SystemId| {
            let schedule = self.target.schedule();
            let history = history.get_or_init(|| History::new(schedule));
            !advisory.is_excused(system, self.today)
                && installed_on(schedule, advisory, system, self.today, history).is_none()
        };
        let is_gone = |advisory: &&Arc<Advisory>| {
            advisory.is_open_on(self.today)
                && advisory.reported_by.iter().any(|program| program == self.program.id)
                && !drafts.contains_key(advisory.id.as_str())
                && advisory.systems.iter().any(|system| systems.contains(system) && is_open(advisory, system))
        };
        self.plan.advisories().iter().filter(is_gone).map(|each| each.number()).collect()
    }
}

/// The name of a severity in the report.
fn severity_name(severity: Option<ReportedSeverity>) -> &'static str {
    severity.map_or("none", ReportedSeverity::name)
}

/// A title on one line that a plan accepts.
fn shortened(title: &str) -> String {
    let title = words_on_one_line(title);
    if check_name_length(&title).is_ok() && title.len() <= LONGEST_TITLE {
        return title;
    }
    let mut short: String = title.chars().take(LONGEST_TITLE / 2).collect();
    short.push('…');
    short
}
