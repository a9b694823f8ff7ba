//! Which replies count: those of invited owners to what they were sent last, of each the newest.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::answer::{Answer, Effect};
use super::read::{Purpose, Status, Written};
use super::{Line, Outcome};
use crate::import::ics::EventTime;
use crate::model::{
    Agreement, Edit, Invitation, LedgerEntry, LedgerKey, UtcMinute, WindowId, address, occurrence_uid, uid::date_of_uid,
};
use crate::schedule::agreement::answers::times;
use crate::schedule::{Origin, Schedule};
use crate::wording::{date, moment, moments};

/// A line for each reply, in their order, and the edits that bring in those that count.
pub(super) fn judge(all: &[(String, Written)], schedule: &Schedule, today: NaiveDate) -> (Vec<Line>, Vec<Edit>) {
    let judge = Judge { schedule, today, names: names(all, schedule) };
    let mut lines: Vec<Line> = all.iter().map(|(file, written)| judge.line(file, written)).collect();
    // The newest of each owner and occurrence counts; one without a time came just now.
    let mut valid = BTreeMap::new();
    for (at, (_, written)) in all.iter().enumerate() {
        match judge.answer(written) {
            Ok(answer) => {
                let newness =
                    (answer.written.at.filter(|_| answer.at.is_some()).map_or((1, None), |at| (0, Some(at))), at);
                let newest = valid.entry(&answer.invitation.key).or_insert_with(Vec::new);
                newest.push((newness, at, answer));
            }
            Err(reason) => lines[at].outcome = Outcome::Refused(reason),
        }
    }
    let mut counting = Vec::new();
    for mut answers in valid.into_values() {
        answers.sort_by_key(|(newness, ..)| *newness);
        let newest = answers.pop();
        for (_, at, _) in &answers {
            lines[*at].outcome = Outcome::Refused("A later answer of the same owner counts".to_owned());
        }
        counting.extend(newest);
    }
    counting.sort_by_key(|(newness, ..)| *newness);
    let mut changed = BTreeMap::new();
    for (_, at, answer) in &counting {
        lines[*at].outcome = judge.enter(answer, &mut changed);
    }
    (lines, changed.into_values().map(Edit::PutEntry).collect())
}

struct Judge<'a> {
    schedule: &'a Schedule,
    today: NaiveDate,
    /// Which occurrence has that UID.
    names: HashMap<String, (&'a WindowId, NaiveDate)>,
}

/// The UIDs of all that takes place or was sent on a day that some reply names. A UID begins with its day, so those of
/// other days, half a million in a large plan, need not be written out.
fn names<'a>(all: &[(String, Written)], schedule: &'a Schedule) -> HashMap<String, (&'a WindowId, NaiveDate)> {
    let days: HashSet<NaiveDate> = all.iter().filter_map(|(_, written)| date_of_uid(&written.uid)).collect();
    let plan = &*schedule.plan;
    let sent = plan.invitations().iter().map(|invitation| (&invitation.key.window, invitation.key.on));
    let planned = schedule.windows.iter().flat_map(|window| {
        window.expansion.occurrences.iter().map(|occurrence| (window.id(), occurrence.original_on()))
    });
    let asked = sent.chain(planned).filter(|(_, on)| days.contains(on));
    asked.map(|(window, on)| (occurrence_uid(plan.id(), window, on), (window, on))).collect()
}

impl<'a> Judge<'a> {
    /// The reply in words, before it is judged.
    fn line(&self, file: &str, written: &Written) -> Line {
        let mut who = written.from.clone();
        if !written.name.is_empty() && address(&written.name).as_ref() != Some(&written.from) {
            who = if who.is_empty() { written.name.clone() } else { format!("{} ({who})", written.name) };
        }
        if who.is_empty() {
            "Somebody".clone_into(&mut who);
        }
        let (about, on) = self.about(written);
        Line { who, about, said: said(written), outcome: Outcome::Known, file: file.to_owned(), on }
    }

    /// "Core DB, Sat 13 Mar 2027 22:00" and that day; what the reply calls it, where the plan does not know it.
    fn about(&self, written: &Written) -> (String, Option<NaiveDate>) {
        let Some((id, on)) = self.names.get(&written.uid) else {
            let named = [&written.summary, &written.uid].into_iter().find(|text| !text.is_empty());
            return (named.map_or_else(|| "An event without a UID".to_owned(), Clone::clone), None);
        };
        let Some((window, occurrence)) = self.schedule.occurrence(id, *on) else {
            let sent = self.schedule.plan.invitations().for_window(id).iter().find(|sent| sent.key.on == *on);
            let name = sent.map_or(id.as_str(), |sent| sent.summary.as_str());
            return (format!("{name}, {}", date(*on)), Some(*on));
        };
        let (start, name) = (occurrence.local_start, &window.window.name);
        (format!("{name}, {}", moment(start)), Some(start.date()))
    }

    /// The answer that may go into the ledger, or why it must not.
    fn answer<'w>(&self, written: &'w Written) -> Result<Answer<'w>, String>
    where
        'a: 'w,
    {
        let invitation = self.invitation(written)?;
        let key = &invitation.key;
        let takes_place = self.schedule.occurrence(&key.window, key.on);
        let takes_place = takes_place.filter(|(_, occurrence)| occurrence.origin != Origin::Skipped);
        let (window, _) = takes_place
            .filter(|_| !invitation.is_cancelled)
            .ok_or("It does not take place any more, or not for this owner")?;
        if written.purpose == Purpose::Counter {
            return Err("A proposal is no answer: move the occurrence and send the update, or write back".to_owned());
        }
        let sent = i64::from(invitation.sequence);
        if written.sequence < sent {
            return Err(format!(
                "It answers an earlier invite (SEQUENCE {}); the last one sent has {sent}",
                written.sequence
            ));
        }
        if written.sequence > sent {
            let answered = written.sequence;
            return Err(format!("It answers SEQUENCE {answered}, and the plan has sent no more than {sent}"));
        }
        if written.status == Status::Open {
            return Err("It gives no answer (PARTSTAT)".to_owned());
        }
        if !invitation.areas.iter().any(|area| self.schedule.plan.areas().contains(area)) {
            return Err("The plan no longer has the business areas that it answers for".to_owned());
        }
        let on = written.at.map(|at| self.schedule.zone.local(UtcMinute::from_utc(at.and_utc())).date());
        let on = on.filter(|on| *on <= self.today);
        let at = written.at.filter(|_| on.is_some()).map(|at| UtcMinute::from_utc(at.and_utc()));
        let times = times(window, invitation.start_at, invitation.end_at);
        Ok(Answer { written, invitation, times, at, on: on.unwrap_or(self.today) })
    }

    /// What the one who answers was sent about it.
    fn invitation(&self, written: &Written) -> Result<&'a Invitation, String> {
        let plan = &*self.schedule.plan;
        let Some((window, on)) = self.names.get(&written.uid) else {
            let end = occurrence_uid(plan.id(), &WindowId::new(""), NaiveDate::MIN);
            let ours = end.rsplit_once('@').is_some_and(|(_, plan)| written.uid.ends_with(&format!("@{plan}")));
            return Err(if ours {
                "The plan no longer has this window or date".to_owned()
            } else {
                "It is about an event of another plan or program".to_owned()
            });
        };
        if written.from.is_empty() {
            return Err("It does not say who answers (ATTENDEE with an address)".to_owned());
        }
        plan.invitations().sent(window, *on, &written.from).map(|sent| &**sent).ok_or_else(|| {
            if written.delegated_from.is_empty() {
                "This address was never invited to it".to_owned()
            } else {
                format!("Delegated by {}: note it by hand if it counts for the area", written.delegated_from)
            }
        })
    }

    /// Puts what the answer changes into `changed`.
    fn enter(&self, answer: &Answer<'_>, changed: &mut BTreeMap<LedgerKey, LedgerEntry>) -> Outcome {
        let plan = &*self.schedule.plan;
        let key = &answer.invitation.key;
        let (mut is_applied, mut kept) = (false, None);
        for area in answer.invitation.areas.iter().filter(|area| plan.areas().contains(area)) {
            let of = LedgerKey { window: key.window.clone(), on: key.on, area: area.clone() };
            let before = changed.get(&of).or_else(|| plan.ledger().get(&of).map(|entry| &**entry));
            match answer.effect(area, before) {
                Effect::Put(entry) => {
                    is_applied = true;
                    changed.insert(of, entry);
                }
                Effect::Nothing => {}
                Effect::Outdated(agreement) => kept = Some(agreement),
            }
        }
        match kept {
            _ if is_applied => Outcome::Applied(self.remark(answer.invitation)),
            Some(agreement) => Outcome::Refused(format!("The ledger has a newer answer: {}", in_words(&agreement))),
            None => Outcome::Known,
        }
    }

    /// What should be known about an answer that is applied.
    fn remark(&self, invitation: &Invitation) -> String {
        let key = &invitation.key;
        let moved = self.schedule.occurrence(&key.window, key.on).is_some_and(|(_, occurrence)| {
            (occurrence.start_at, occurrence.end_at) != (invitation.start_at, invitation.end_at)
        });
        let remark = if moved { "It has moved since: the answer holds for the times that were sent" } else { "" };
        remark.to_owned()
    }
}

fn in_words(agreement: &Agreement) -> String {
    let name = agreement.name().to_lowercase();
    match agreement {
        Agreement::NotAsked => name,
        Agreement::Asked { on } | Agreement::Agreed { on, .. } | Agreement::Declined { on, .. } => {
            format!("{name}, {}", date(*on))
        }
    }
}

/// "Declined: quarter close"
fn said(written: &Written) -> String {
    let mut said = match (written.purpose, written.status) {
        (Purpose::Counter, _) => proposal(written),
        (_, Status::Accepted) => "Agreed".to_owned(),
        (_, Status::Declined) => "Declined".to_owned(),
        (_, Status::Tentative) => "Tentative".to_owned(),
        (_, Status::Delegated) if written.delegated_to.is_empty() => "Delegated".to_owned(),
        (_, Status::Delegated) => format!("Delegated to {}", written.delegated_to),
        (_, Status::Open) => "No answer".to_owned(),
    };
    if !written.comment.is_empty() {
        said = format!("{said}: {}", written.comment);
    }
    said
}

/// "Proposes Sun 14 Mar 2027 22:00 to 02:00 UTC"
fn proposal(written: &Written) -> String {
    let Some((start, end)) = &written.proposed else { return "Proposes another time".to_owned() };
    match (start, clock(start)) {
        (EventTime::Date(on), _) => format!("Proposes {}", date(*on)),
        (_, Some((at, zone))) => {
            let end = end.as_ref().and_then(clock);
            let span = end.map_or_else(|| moment(at), |(end, _)| moments(at, end));
            format!("Proposes {span} {zone}").trim_end().to_owned()
        }
        (_, None) => "Proposes another time".to_owned(),
    }
}

/// What the clock shows then, and which clock.
fn clock(at: &EventTime) -> Option<(chrono::NaiveDateTime, &str)> {
    match at {
        EventTime::Date(_) => None,
        EventTime::Local { at, zone } => Some((*at, zone.as_deref().unwrap_or_default())),
        EventTime::Utc(at) => Some((*at, "UTC")),
    }
}
