//! Reads notices, and compares them with those of the plan.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::NOTICE;
use super::circuits::{CIRCUITS, CircuitIndex};
use super::direct_connect::{AnnouncedWork, announced_work};
use super::draft::{Counts, Draft, is_in_years};
use super::parts::{find, judged};
use super::versions::{KnownWorks, Version, WorkKey};
use super::words::{self, SaidStatus};
use crate::import::ics::{Event, EventTime};
use crate::import::{
    CarrierEvent, ImportError, ImportReport, Imported, Input, MOST_RECORDS, NoticeReport, name_in_plan,
    read_carrier_events,
};
use crate::model::{CarrierNotice, Edit, NoticeCircuit, NoticeId, NoticeImpact, NoticeStatus, Plan, UtcMinute};
use crate::schedule::Zone;
use crate::wording::{counted, iso, list_in_sentence};

/// How many unknown circuits a warning names; the report has all of them.
const MOST_NAMED_CIRCUITS: usize = 5;

/// What is done if nothing can be read in a mail.
const UNREAD_MAIL: &str = "The mail has no notice in a form that is read (a calendar with MAINTNOTE, or the text of AWS \
                           Direct Connect): ask the carrier for its calendar (.ics), or add the notice under Lists, \
                           Carrier notices";

/// The notices of a file so far.
struct Notices<'a> {
    plan: &'a Plan,
    circuits: CircuitIndex<'a>,
    drafts: Vec<Draft>,
    report: ImportReport,
    imported: Imported,
    has_zoneless_times: bool,
    /// The ids of notices that this import puts into the plan.
    put: HashSet<NoticeId>,
    /// The plan's notices that events of the file are about.
    claimed: HashSet<NoticeId>,
    /// How many parts each work has in the file.
    parts: HashMap<WorkKey, usize>,
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let file = read_carrier_events(input)?;
    let plan = input.plan();
    let mut notices = Notices {
        plan,
        circuits: CircuitIndex::new(plan, input.options.hosts(&CIRCUITS)),
        drafts: Vec::new(),
        report: ImportReport::new(NOTICE.id),
        imported: Imported { warnings: file.warnings, ..Imported::default() },
        has_zoneless_times: false,
        put: HashSet::new(),
        claimed: HashSet::new(),
        parts: HashMap::new(),
    };
    let zone = Zone::for_plan(plan);
    for event in &file.events {
        input.source.check_cancelled()?;
        notices.add_event(event, &zone);
    }
    let mut unread = 0;
    for mail in &file.mails {
        match announced_work(mail) {
            Some(work) => notices.add_work(work),
            None => unread += 1,
        }
    }
    if unread > 0 && notices.report.rows == 0 {
        return Err(ImportError::UnreadMail(UNREAD_MAIL.to_owned()));
    }
    notices.leave_out("a mail without a notice that is read", unread);
    if notices.drafts.len() > MOST_RECORDS {
        return Err(ImportError::TooMany("notices"));
    }
    Ok(notices.finish(&zone))
}

impl Notices<'_> {
    fn leave_out(&mut self, reason: &str, count: usize) {
        self.report.rows += count;
        self.report.leave_out(reason, count);
    }

    fn add_event(&mut self, event: &CarrierEvent, home: &Zone) {
        if event.properties.is_empty() {
            return self.leave_out("an event that is not a carrier's notice", 1);
        }
        self.report.rows += 1;
        let value = |name: &str| words::primary(&event.properties, name).unwrap_or_default().to_owned();
        let read = event.event.as_ref();
        let status_word = Some(value("STATUS")).filter(|word| !word.is_empty());
        let mut status = words::status(status_word.as_deref().unwrap_or_default());
        if read.is_some_and(|event| event.is_cancelled) {
            status = SaidStatus::Cancelled;
        }
        let (provider, number) = (value("PROVIDER"), value("MAINTENANCE-ID"));
        let summary = read.map(|event| event.summary.clone()).unwrap_or_default();
        let impact = self.impact(event.line, &value("IMPACT"));
        let sequence = match read {
            Some(read) if event.has_sequence => read.sequence,
            Some(_) => -1,
            None => event.written_sequence.unwrap_or(-1),
        };
        if read.is_some_and(|read| !read.rules.is_empty() || !read.added.is_empty()) {
            let message = format!(
                "{provider} {number}: it repeats (RRULE or RDATE), but only its first time is imported: \
                                   add the others under Lists, Carrier notices"
            );
            self.imported.warn(event.line, message);
        }
        let draft = Draft {
            line: event.line,
            uid: read.map(|event| event.uid.trim().to_owned()).unwrap_or_default(),
            status_word: status_word.unwrap_or_else(|| "NO-CHANGE".to_owned()),
            status,
            version: Version {
                sequence,
                written: read.and_then(|event| event.written).map(|at| UtcMinute::from_utc(at.and_utc())),
            },
            times: read.and_then(|event| self.times(event, home)),
            impact: impact.unwrap_or_default(),
            circuits: self.circuits_of(event),
            account: value("ACCOUNT"),
            name: if summary.is_empty() { name_in_plan(&format!("{provider}: {number}")) } else { summary },
            text: read.map(|event| event.description.trim().to_owned()).unwrap_or_default(),
            provider,
            number,
        };
        self.drafts.push(draft);
    }

    fn times(&mut self, event: &Event, home: &Zone) -> Option<(UtcMinute, Option<UtcMinute>)> {
        self.has_zoneless_times |= matches!(event.start, EventTime::Local { zone: None, .. });
        event.has_start.then(|| (event.start.instant(home), event.has_end().then(|| event.end.instant(home))))
    }

    fn impact(&mut self, line: Option<usize>, word: &str) -> Option<NoticeImpact> {
        let impact = words::impact(word);
        if impact.is_none() && !word.is_empty() {
            self.imported.warn(line, format!("Unknown impact \"{word}\": read as an outage"));
        }
        impact
    }

    fn circuits_of(&mut self, event: &CarrierEvent) -> Vec<NoticeCircuit> {
        let mut circuits: Vec<NoticeCircuit> = Vec::new();
        for property in event.properties.iter().filter(|property| property.name == "OBJECT-ID") {
            let is_known = circuits.iter().any(|circuit| circuit.id.eq_ignore_ascii_case(&property.value));
            if is_known || property.value.is_empty() {
                continue;
            }
            let word = words::impact_in_parameters(&property.parameters).unwrap_or_default();
            let impact = self.impact(event.line, word);
            circuits.push(NoticeCircuit { id: property.value.clone(), impact });
        }
        circuits
    }

    fn add_work(&mut self, work: AnnouncedWork) {
        self.report.rows += 1;
        self.drafts.push(Draft::of_work(work));
    }

    fn finish(mut self, home: &Zone) -> Imported {
        let drafts = std::mem::take(&mut self.drafts);
        let reasons = judged(&drafts);
        let (mut known, mut counts) = (KnownWorks::new(self.plan), Counts::default());
        let (mut items, mut reports) = (BTreeSet::new(), Vec::new());
        self.claim(drafts.iter().zip(&reasons).filter(|(_, reason)| reason.is_none()), &known);
        for (draft, reason) in drafts.iter().zip(&reasons) {
            reports.push(self.notice_report(draft));
            let key = WorkKey::new(&draft.provider, &draft.number);
            if let Some(reason) = reason.or_else(|| self.put(draft, &key, &mut known, &mut counts)) {
                self.report.leave_out(reason, 1);
            } else {
                self.report.rows_imported += 1;
                items.insert(key);
            }
        }
        self.imported.edits.extend(known.edits());
        self.imported.edits.extend(self.circuits.remember());
        self.imported.summary = counts.summary();
        self.report.items = items.len();
        self.warn_about_circuits(&drafts);
        if self.has_zoneless_times {
            let zone = home.name();
            self.report.assumptions.push(format!("Times without a zone are read in the plan's zone ({zone})"));
        }
        if self.report.rows == 0 {
            self.imported.warn(None, "No notices in this file; those of the plan stay as they are");
        }
        self.report.notices = Some(reports);
        self.imported.report = Some(self.report);
        self.imported
    }

    /// Finds the plan's notices that events of the file are about by their UIDs, and counts the parts of each work.
    fn claim<'d, R>(&mut self, drafts: impl Iterator<Item = (&'d Draft, R)>, known: &KnownWorks<'_>) {
        for draft in drafts.map(|(draft, _)| draft).filter(|draft| draft.is_known_work()) {
            let key = WorkKey::new(&draft.provider, &draft.number);
            let is_it = |notice: &&CarrierNotice| !draft.uid.is_empty() && notice.uid == draft.uid;
            self.claimed.extend(known.notices(&key).into_iter().filter(is_it).map(|notice| notice.id.clone()));
            *self.parts.entry(key).or_default() += 1;
        }
    }

    /// What becomes of an event that counts. Returns why it is left out, if it is.
    fn put(
        &mut self,
        draft: &Draft,
        key: &WorkKey,
        known: &mut KnownWorks<'_>,
        counts: &mut Counts,
    ) -> Option<&'static str> {
        if !draft.is_known_work() {
            let missing = if draft.provider.is_empty() { "X-MAINTNOTE-PROVIDER" } else { "X-MAINTNOTE-MAINTENANCE-ID" };
            let message = format!("{missing} is missing, so later versions could not be recognised: left out");
            self.imported.warn(draft.line, message);
            return Some("without the carrier's name or number of the work");
        }
        let all = known.notices(key);
        let old = find(&all, draft, &self.claimed, self.parts.get(key).copied().unwrap_or(1));
        self.claimed.extend(old.map(|old| old.id.clone()));
        let part = key.part(&draft.uid);
        let of_part = known.cancelled_in(&part);
        let remembered = if of_part.is_some() { &part } else { key };
        let cancelled = of_part.or_else(|| known.cancelled_in(key));
        let before = old.map(Version::of_notice).or(cancelled);
        if before.is_some_and(|before| draft.version.is_older_than(before)) {
            return Some("an older version than the plan has");
        }
        if draft.status == SaidStatus::Cancelled {
            let is_known = cancelled.is_some();
            let is_part = self.cancel(old, &all, is_known, counts);
            known.remember(if is_part { &part } else { key }, Some(draft.version));
            return None;
        }
        // The same version as the cancellation does not bring it back.
        if old.is_none() && cancelled.is_some_and(|cancelled| !cancelled.is_older_than(draft.version)) {
            return Some("cancelled by the carrier before");
        }
        let (starts_at, ends_at) = match self.checked_times(draft) {
            Ok(times) => times,
            Err(reason) => return Some(reason),
        };
        let notice = self.notice(draft, old, starts_at, ends_at);
        if cancelled.is_some() {
            known.remember(remembered, None);
        }
        let others = all.iter().filter(|notice| Version::of_notice(notice).is_older_than(draft.version)).count();
        if old.is_none() && others > 0 {
            let others = counted(others, "earlier notice");
            let message = format!(
                "{} {}: {others} of this work with another UID stay in the plan: delete what no longer takes place",
                draft.provider, draft.number
            );
            self.imported.warn(draft.line, message);
        }
        if old != Some(&notice) {
            *if old.is_some() { &mut counts.changed } else { &mut counts.new } += 1;
            self.put.insert(notice.id.clone());
            self.imported.edits.push(Edit::PutNotice(notice));
        }
        None
    }

    /// Removes what a cancellation is about. `all`: the notices of its work; `is_known`: the plan remembers a cancellation.
    /// Returns whether it is about one of several parts. An unknown UID is about the work as a whole.
    fn cancel(
        &mut self,
        old: Option<&CarrierNotice>,
        all: &[&CarrierNotice],
        is_known: bool,
        counts: &mut Counts,
    ) -> bool {
        let others = || all.iter().copied().filter(|notice| !self.claimed.contains(&notice.id)).collect();
        let gone: Vec<&CarrierNotice> = old.map_or_else(others, |old| vec![old]);
        self.imported.edits.extend(gone.iter().map(|notice| Edit::RemoveNotice(notice.id.clone())));
        counts.removed += gone.len();
        counts.cancelled += usize::from(gone.is_empty() && !is_known);
        self.claimed.extend(gone.iter().map(|notice| notice.id.clone()));
        old.is_some() && all.len() > 1
    }

    /// # Errors
    /// Why the notice is left out. A warning says it, too.
    fn checked_times(&mut self, draft: &Draft) -> Result<(UtcMinute, UtcMinute), &'static str> {
        let (problem, reason) = match draft.times {
            None => ("it has no start that can be read", "without a start"),
            Some((_, None)) => ("it has no end", "without an end"),
            Some((start, Some(end))) if end <= start => ("it ends before it starts", "ends before it starts"),
            Some((start, Some(end))) if !is_in_years(start) || !is_in_years(end) => {
                ("its times are in years that no plan can have", "in years that no plan can have")
            }
            Some((start, Some(end))) => return Ok((start, end)),
        };
        let message = format!("{} {}: {problem}: left out", draft.provider, draft.number);
        self.imported.warn(draft.line, message);
        Err(reason)
    }

    fn notice(
        &mut self,
        draft: &Draft,
        old: Option<&CarrierNotice>,
        starts_at: UtcMinute,
        ends_at: UtcMinute,
    ) -> CarrierNotice {
        let named = format!("{} {}", draft.provider, draft.number);
        let status = match draft.status {
            SaidStatus::Is(status) => status,
            SaidStatus::Unchanged | SaidStatus::Cancelled => old.map_or(NoticeStatus::Confirmed, |old| old.status),
            SaidStatus::Unknown => NoticeStatus::Confirmed,
        };
        match draft.status {
            SaidStatus::Unchanged if old.is_none() => {
                self.imported.warn(draft.line, format!("{named}: no status, so it counts as confirmed"));
            }
            SaidStatus::Unknown => {
                let word = &draft.status_word;
                self.imported
                    .warn(draft.line, format!("{named}: unknown status \"{word}\", so it counts as confirmed"));
            }
            _ => {}
        }
        if draft.account.is_empty() {
            self.imported.warn(draft.line, format!("{named}: no account (X-MAINTNOTE-ACCOUNT)"));
        }
        if draft.circuits.is_empty() {
            self.imported.warn(draft.line, format!("{named}: no circuits, so it affects no system"));
        }
        let new_id = || {
            NoticeId::unused(&format!("{} {}", draft.provider, draft.number), |id| {
                self.plan.notices().contains(id) || self.put.contains(id)
            })
        };
        CarrierNotice {
            id: old.map_or_else(new_id, |old| old.id.clone()),
            name: draft.name.clone(),
            provider: draft.provider.clone(),
            number: draft.number.clone(),
            uid: if draft.uid.is_empty() {
                old.map(|old| old.uid.clone()).unwrap_or_default()
            } else {
                draft.uid.clone()
            },
            sequence: i32::try_from(draft.version.sequence).unwrap_or(i32::MAX),
            written_at: draft.version.written,
            status,
            starts_at,
            ends_at,
            circuits: draft.circuits.clone(),
            impact: draft.impact,
            account: draft.account.clone(),
            text: draft.text.clone(),
            notes: old.map(|old| old.notes.clone()).unwrap_or_default(),
        }
    }

    fn notice_report(&self, draft: &Draft) -> NoticeReport {
        let circuits: Vec<String> = draft.circuits.iter().map(|circuit| circuit.id.clone()).collect();
        let systems: BTreeSet<String> =
            circuits.iter().flat_map(|id| self.circuits.systems(id)).map(ToString::to_string).collect();
        NoticeReport {
            provider: draft.provider.clone(),
            id: draft.number.clone(),
            sequence: draft.version.sequence,
            status: draft.status_word.to_ascii_uppercase(),
            start: draft.times.map(|(start, _)| iso::utc_second(start)),
            end: draft.times.and_then(|(_, end)| end).map(iso::utc_second),
            circuits,
            systems: systems.into_iter().collect(),
            removed: draft.status == SaidStatus::Cancelled,
        }
    }

    fn warn_about_circuits(&mut self, drafts: &[Draft]) {
        let all: BTreeSet<&str> =
            drafts.iter().flat_map(|draft| &draft.circuits).map(|each| each.id.as_str()).collect();
        let unknown: Vec<&str> =
            all.iter().copied().filter(|circuit| self.circuits.systems(circuit).next().is_none()).collect();
        if unknown.is_empty() {
            return;
        }
        let message = format!(
            "{} of {} in no system ({}): assign them with the option circuit, or add them to the circuits of a system",
            unknown.len(),
            counted(all.len(), "circuit"),
            list_in_sentence(unknown.iter().map(|circuit| format!("\"{circuit}\"")), MOST_NAMED_CIRCUITS)
        );
        self.imported.warn(None, message);
        self.report.unmatched_circuits = unknown.into_iter().map(str::to_owned).collect();
    }
}
