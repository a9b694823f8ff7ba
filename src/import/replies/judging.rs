//! Decides which replies count: the newest of each invited owner to the last invite.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::aliases::{invite_by_alias, likely_owners};
use super::ledger_answer::{Effect, LedgerAnswer, in_words};
use super::outcome::{ReplyLine, ReplyResult};
use super::reply_reader::{Method, Reply, Status};
use crate::import::ics::{EventTime, EventZone};
use crate::model::{
    Edit, InviteRole, LedgerEntry, LedgerKey, LocalMinute, SentInvite, UtcMinute, WindowId, address, occurrence_uid,
    uid::date_of_uid,
};
use crate::schedule::agreement::answers::times;
use crate::schedule::{Origin, Schedule};
use crate::wording::{date, moment, moments};

/// What becomes of the replies.
pub(super) struct Judged<'a> {
    /// A line for each reply, in their order.
    pub lines: Vec<ReplyLine>,
    /// The changes of the ledger by those that count.
    pub edits: Vec<Edit>,
    /// The confirmed aliases from which replies to invites came.
    pub used_aliases: Vec<&'a (String, String)>,
}

/// Judges each reply.
///
/// `aliases`: addresses that a person confirmed to be those of invited owners.
pub(super) fn judge<'a>(
    all: &[(String, Reply)],
    schedule: &Schedule,
    today: NaiveDate,
    aliases: &'a [(String, String)],
) -> Judged<'a> {
    let judge = Judge { schedule, today, aliases, occurrences: occurrences_by_uid(all, schedule) };
    let mut lines: Vec<ReplyLine> = all.iter().map(|(file, reply)| judge.line(file, reply)).collect();
    // The newest reply of each owner and occurrence counts. One without a time counts as written just now.
    let mut valid = BTreeMap::new();
    for (index, (_, reply)) in all.iter().enumerate() {
        match judge.answer(reply) {
            Ok(answer) => {
                let newness =
                    (answer.reply.at.filter(|_| answer.at.is_some()).map_or((1, None), |at| (0, Some(at))), index);
                let newest = valid.entry(&answer.sent_invite.key).or_insert_with(Vec::new);
                newest.push((newness, index, answer));
            }
            Err(reason) => lines[index].outcome = ReplyResult::Refused(reason),
        }
    }
    let mut counting = Vec::new();
    for mut answers in valid.into_values() {
        answers.sort_by_key(|(newness, ..)| *newness);
        let Some(newest) = answers.pop() else { continue };
        let is_as_new = |answer: &LedgerAnswer<'_>| answer.at.is_some() && answer.reply.at == newest.2.reply.at;
        let (contrary, others): (Vec<_>, Vec<_>) = answers
            .iter()
            .partition(|(_, _, answer)| is_as_new(answer) && answer.reply.status != newest.2.reply.status);
        for (_, index, answer) in others {
            let reason = if is_as_new(answer) { SAME } else { LATER };
            lines[*index].outcome = ReplyResult::Refused(reason.to_owned());
        }
        let is_contradicted = !contrary.is_empty();
        for (_, index, _) in contrary.into_iter().chain(is_contradicted.then_some(&newest)) {
            lines[*index].outcome = ReplyResult::Refused(CONTRARY.to_owned());
        }
        if !is_contradicted {
            counting.push(newest);
        }
    }
    counting.sort_by_key(|(newness, ..)| *newness);
    let mut changed = BTreeMap::new();
    for (_, index, answer) in &counting {
        lines[*index].outcome = judge.enter(answer, &mut changed);
    }
    let used_aliases =
        aliases.iter().filter(|(alias, known)| all.iter().any(|(_, reply)| judge.uses(alias, known, reply)));
    Judged { lines, edits: changed.into_values().map(Edit::PutEntry).collect(), used_aliases: used_aliases.collect() }
}

const LATER: &str = "A later reply of the same owner counts";
const SAME: &str = "Another reply of the same owner says the same, and was written at the same time";
const CONTRARY: &str = "Two replies of this owner were written at the same time and say different things: ask, and enter the \
                        answer in the ledger";

struct Judge<'a> {
    schedule: &'a Schedule,
    today: NaiveDate,
    aliases: &'a [(String, String)],
    /// Windows and original dates by UID.
    occurrences: HashMap<String, (&'a WindowId, NaiveDate)>,
}

/// The UIDs of all occurrences that are planned or were sent on a day that a reply names. A UID begins with its day, so
/// those of other days, half a million in a large plan, are not calculated.
fn occurrences_by_uid<'a>(
    all: &[(String, Reply)],
    schedule: &'a Schedule,
) -> HashMap<String, (&'a WindowId, NaiveDate)> {
    let days: HashSet<NaiveDate> = all.iter().filter_map(|(_, reply)| date_of_uid(&reply.uid)).collect();
    let plan = &*schedule.plan;
    let sent = plan.sent_invites().iter().map(|sent_invite| (&sent_invite.key.window, sent_invite.key.on));
    let planned = schedule.windows.iter().flat_map(|window| {
        window.expansion.occurrences.iter().map(|occurrence| (window.id(), occurrence.original_on()))
    });
    let asked = sent.chain(planned).filter(|(_, on)| days.contains(on));
    asked.map(|(window, on)| (occurrence_uid(plan.id(), window, on), (window, on))).collect()
}

impl<'a> Judge<'a> {
    /// The reply in words, before it is judged.
    fn line(&self, file: &str, reply: &Reply) -> ReplyLine {
        let mut who = reply.from.clone();
        if !reply.name.is_empty() && address(&reply.name).as_ref() != Some(&reply.from) {
            who = if who.is_empty() { reply.name.clone() } else { format!("{} ({who})", reply.name) };
        }
        if who.is_empty() {
            "Unknown sender".clone_into(&mut who);
        }
        let (about, on) = self.about(reply);
        ReplyLine { who, about, said: said(reply), outcome: ReplyResult::Known, file: file.to_owned(), on }
    }

    /// "Core DB, Sat 13 Mar 2027 22:00" and that day; the title in the reply if the plan does not know the occurrence.
    fn about(&self, reply: &Reply) -> (String, Option<NaiveDate>) {
        let Some((id, on)) = self.occurrences.get(&reply.uid) else {
            let named = [&reply.summary, &reply.uid].into_iter().find(|text| !text.is_empty());
            return (named.map_or_else(|| "An event without a UID".to_owned(), Clone::clone), None);
        };
        let Some((window, occurrence)) = self.schedule.occurrence(id, *on) else {
            let sent = self.schedule.plan.sent_invites().for_window(id).iter().find(|sent| sent.key.on == *on);
            let name = sent.map_or(id.as_str(), |sent| sent.summary.as_str());
            return (format!("{name}, {}", date(*on)), Some(*on));
        };
        let (start, name) = (occurrence.local_start, &window.window.name);
        (format!("{name}, {}", moment(start)), Some(start.date()))
    }

    /// The answer for the ledger, or why the reply does not count.
    fn answer<'r>(&self, reply: &'r Reply) -> Result<LedgerAnswer<'r>, String>
    where
        'a: 'r,
    {
        let sent_invite = self.sent_invite(reply)?;
        let key = &sent_invite.key;
        let takes_place = self.schedule.occurrence(&key.window, key.on);
        let takes_place = takes_place.filter(|(_, occurrence)| occurrence.origin != Origin::Skipped);
        let (window, _) = takes_place
            .filter(|_| !sent_invite.is_cancelled)
            .ok_or("The occurrence no longer takes place, or not for this owner")?;
        if reply.method == Method::Counter {
            return Err(
                "A proposal is not an answer: move the occurrence and send the update, or decline the proposal"
                    .to_owned(),
            );
        }
        check_sequence(reply, sent_invite)?;
        if reply.status == Status::Open {
            return Err("It contains no answer (PARTSTAT)".to_owned());
        }
        if sent_invite.role != InviteRole::Owner {
            return Err("They are only informed of it: the plan needs no answer from them".to_owned());
        }
        if !sent_invite.areas.iter().any(|area| self.schedule.plan.areas().contains(area)) {
            return Err("The plan no longer has the business areas that it answers for".to_owned());
        }
        let on = reply.at.map(|at| self.schedule.zone.local(UtcMinute::from_utc(at.and_utc())).date());
        let on = on.filter(|on| *on <= self.today);
        let at = reply.at.filter(|_| on.is_some()).map(|at| UtcMinute::from_utc(at.and_utc()));
        let times = times(window, sent_invite.start_at, sent_invite.end_at);
        Ok(LedgerAnswer { reply, sent_invite, times, at, on: on.unwrap_or(self.today) })
    }

    /// The invite that the reply answers.
    fn sent_invite(&self, reply: &Reply) -> Result<&'a SentInvite, String> {
        let plan = &*self.schedule.plan;
        let Some((window, on)) = self.occurrences.get(&reply.uid) else {
            let end = occurrence_uid(plan.id(), &WindowId::new(""), NaiveDate::MIN);
            let ours = end.rsplit_once('@').is_some_and(|(_, plan)| reply.uid.ends_with(&format!("@{plan}")));
            return Err(if ours {
                "The plan no longer has this window or date".to_owned()
            } else {
                "The event belongs to another plan or program".to_owned()
            });
        };
        if reply.from.is_empty() {
            return Err("The sender is missing (ATTENDEE with an address)".to_owned());
        }
        let by_alias = || invite_by_alias(plan, window, *on, &reply.from);
        let known = self.aliases.iter().find(|(alias, _)| *alias == reply.from).map(|(_, known)| known);
        let sent = |to: &str| plan.sent_invites().sent(window, *on, to).map(|sent| &**sent);
        sent(&reply.from).or_else(|| sent(known?)).or_else(by_alias).ok_or_else(|| {
            if reply.delegated_from.is_empty() {
                let invited = plan.sent_invites().for_window(window).iter().filter(|sent| sent.key.on == *on);
                never_invited(&reply.from, &likely_owners(&reply.from, &reply.name, invited.map(|sent| &**sent)))
            } else {
                format!("Delegated by {}: enter it in the ledger if it counts for the area", reply.delegated_from)
            }
        })
    }

    /// Whether the reply came from `alias` to an invite that was sent to `known`.
    fn uses(&self, alias: &str, known: &str, reply: &Reply) -> bool {
        let sent = self.schedule.plan.sent_invites();
        let is_sent = |(window, on): &(&WindowId, NaiveDate)| sent.sent(window, *on, known).is_some();
        reply.from == alias && self.occurrences.get(&reply.uid).is_some_and(is_sent)
    }

    /// Adds the entries that the answer changes to `changed`.
    fn enter(&self, answer: &LedgerAnswer<'_>, changed: &mut BTreeMap<LedgerKey, LedgerEntry>) -> ReplyResult {
        let plan = &*self.schedule.plan;
        let key = &answer.sent_invite.key;
        let (mut is_applied, mut kept, mut undecided) = (false, None, None);
        for area in answer.sent_invite.areas.iter().filter(|area| plan.areas().contains(area)) {
            let entry_key = LedgerKey { window: key.window.clone(), on: key.on, area: area.clone() };
            let before = changed.get(&entry_key).or_else(|| plan.ledger().get(&entry_key).map(|entry| &**entry));
            match answer.effect(area, before) {
                Effect::Put(entry) => {
                    is_applied = true;
                    undecided = undecided.or_else(|| answer.undecided(before));
                    changed.insert(entry_key, entry);
                }
                Effect::Nothing => {}
                Effect::Outdated(agreement) => kept = Some(agreement),
            }
        }
        match kept {
            _ if is_applied => {
                let remarks = undecided.into_iter().chain(self.remark(answer.sent_invite));
                ReplyResult::Applied(remarks.collect::<Vec<_>>().join(". "))
            }
            Some(agreement) => ReplyResult::Refused(format!("The ledger has a newer answer: {}", in_words(&agreement))),
            None => ReplyResult::Known,
        }
    }

    /// What should be known about an answer that is applied.
    fn remark(&self, sent_invite: &SentInvite) -> Option<String> {
        let key = &sent_invite.key;
        let moved = self.schedule.occurrence(&key.window, key.on).is_some_and(|(_, occurrence)| {
            (occurrence.start_at, occurrence.end_at) != (sent_invite.start_at, sent_invite.end_at)
        });
        moved.then(|| "The occurrence has moved since: the answer is about the times that were sent".to_owned())
    }
}

/// Fails if the reply answers another invite than the last one. Some programs leave SEQUENCE out: then the times that the
/// reply repeats decide.
fn check_sequence(reply: &Reply, sent_invite: &SentInvite) -> Result<(), String> {
    let sent = i64::from(sent_invite.sequence);
    let starts_at = reply.proposed.as_ref().and_then(|(start, _)| instant(start));
    match reply.sequence {
        Some(answered) if answered < sent => {
            Err(format!("It answers an earlier invite (SEQUENCE {answered}): the last one sent has {sent}"))
        }
        Some(answered) if answered > sent => {
            Err(format!("It answers an invite that was not sent (SEQUENCE {answered}): the last one sent has {sent}"))
        }
        Some(_) => Ok(()),
        None if starts_at.is_some_and(|at| at != sent_invite.start_at) => {
            Err("It has no SEQUENCE, and its start is not that of the last invite: it answers an earlier one"
                .to_owned())
        }
        None if sent > 0 && starts_at.is_none() => Err(format!(
            "It does not say which invite it answers (no SEQUENCE and no start), and the last one sent has SEQUENCE {sent}: \
             enter it in the ledger if it is about that one"
        )),
        None => Ok(()),
    }
}

/// The instant of a time with a zone.
fn instant(at: &EventTime) -> Option<UtcMinute> {
    match at {
        EventTime::Utc(at) => Some(UtcMinute::from_utc(at.and_utc())),
        EventTime::Local { at, zone } => Some(zone.as_ref()?.zone().resolve(LocalMinute::from_naive(*at)).at),
        EventTime::Date(_) => None,
    }
}

/// Why a reply from an unknown address does not count, and who may have written it.
fn never_invited(from: &str, likely: &[&str]) -> String {
    match likely {
        [] => "This address was never invited".to_owned(),
        [owner] => format!(
            "This address was never invited, but {owner} was. If both are the same person, confirm that with the alias \
             {from}={owner}"
        ),
        owners => format!(
            "This address was never invited, but {} were. If it is one of them, confirm that with an alias, e.g. \
             {from}={}",
            owners.join(" and "),
            owners.first().copied().unwrap_or_default()
        ),
    }
}

/// "Declined: quarter close"
fn said(reply: &Reply) -> String {
    let mut said = match (reply.method, reply.status) {
        (Method::Counter, _) => proposal(reply),
        (_, Status::Accepted) => "Agreed".to_owned(),
        (_, Status::Declined) => "Declined".to_owned(),
        (_, Status::Tentative) => "Tentative".to_owned(),
        (_, Status::Delegated) if reply.delegated_to.is_empty() => "Delegated".to_owned(),
        (_, Status::Delegated) => format!("Delegated to {}", reply.delegated_to),
        (_, Status::Open) => "No answer".to_owned(),
    };
    if !reply.comment.is_empty() {
        said = format!("{said}: {}", reply.comment);
    }
    said
}

/// "Proposes Sun 14 Mar 2027 22:00 – 02:00 UTC"
fn proposal(reply: &Reply) -> String {
    let Some((start, end)) = &reply.proposed else { return "Proposes another time".to_owned() };
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

/// The local time and the name of its zone; `None` for a whole day.
fn clock(at: &EventTime) -> Option<(chrono::NaiveDateTime, &str)> {
    match at {
        EventTime::Date(_) => None,
        EventTime::Local { at, zone } => Some((*at, zone.as_ref().map_or("", EventZone::name))),
        EventTime::Utc(at) => Some((*at, "UTC")),
    }
}
