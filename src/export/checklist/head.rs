//! The top of a checklist: what it is about, what must be known first, and the times of the night.

use super::night::{ChecklistContext, clocks_change};
use super::written::{name, written};
use crate::export::paper::{Head, KeyTime};
use crate::export::translation::Word;
use crate::model::{Minutes, UtcMinute};
use crate::schedule::{Fit, NoFit, Origin};

pub fn head(night: &ChecklistContext<'_>) -> Head {
    let (record, words) = (&*night.window.window, &night.words);
    let groups = record.groups.iter().filter_map(|id| night.schedule.plan.group(id));
    let groups = groups.map(|(_, group)| name(&group.name)).collect::<Vec<_>>().join(", ");
    let what = words.say(if night.record.is_some() { Word::Record } else { Word::Checklist });
    let particulars = [what, words.kind(record.kind).to_owned(), groups, name(&record.change_ticket)];
    let start = night.occurrence.start_at;
    Head {
        title: name(&record.name),
        particulars: particulars.into_iter().filter(|text| !text.is_empty()).collect(),
        date: words.date(night.first_day()),
        zone: format!("{} ({})", night.window.expansion.zone.name(), night.abbreviation(start)),
    }
}

/// What must be known first: it is over, it is cancelled, it does not fit, the clocks change.
pub fn notices(night: &ChecklistContext<'_>, fit: Result<Fit, NoFit>) -> Vec<String> {
    let words = &night.words;
    // A notice is one line in every form.
    let noted = night.notes.map(written).unwrap_or_default();
    let noted: Vec<&str> = noted.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let noted = Some(noted.join(" · ")).filter(|notes| !notes.is_empty());
    let mut notices: Vec<String> = ended(night).into_iter().chain(noted).collect();
    match night.occurrence.origin {
        Origin::Skipped => notices.push(words.say(Word::Skipped)),
        Origin::Moved => {
            notices.push(words.fill(Word::MovedFrom, &[("date", &words.date(night.occurrence.original_on()))]));
        }
        Origin::Rule | Origin::Added => {}
    }
    match fit {
        Ok(fit) if fit.margin() < 0 => {
            let late = words.length(Minutes(fit.margin().unsigned_abs()));
            let (need, length) = (words.length(fit.need()), words.length(fit.length));
            notices.push(words.fill(Word::DoesNotFit, &[("need", &need), ("length", &length), ("late", &late)]));
        }
        Ok(_) => {}
        Err(NoFit::NoEstimate) => notices.push(words.say(Word::NothingEstimated)),
        Err(NoFit::NoHosts) => notices.push(words.say(Word::NothingInScope)),
    }
    let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
    if clocks_change(night.window, start, end) {
        let length = words.length(night.occurrence.real_length());
        notices.push(words.fill(Word::ClocksChangeWithin, &[("length", &length)]));
    } else if clocks_change(night.window, start.plus(-24 * 60), end) {
        notices.push(words.say(Word::ClocksChangeBefore));
    }
    notices
}

/// "Done: Ann Bell, Sun 21 Mar, 01:40"
fn ended(night: &ChecklistContext<'_>) -> Option<String> {
    let (ending, words) = (night.record?.ending.as_ref()?, &night.words);
    let (outcome, who, time) = (words.outcome(ending.outcome), name(&ending.by), night.moment(ending.at));
    Some(words.fill(Word::Ended, &[("outcome", outcome), ("who", &who), ("time", &time)]))
}

/// Start, No new batch after, Roll back by, End.
pub fn times(night: &ChecklistContext<'_>, fit: Result<Fit, NoFit>) -> Vec<KeyTime> {
    let (window, occurrence, words) = (night.window, night.occurrence, &night.words);
    let start = occurrence.start_at;
    let known = |label, at: UtcMinute| KeyTime {
        label: words.say(label),
        clock: night.clock(at),
        beside: if night.is_same_day(at, start) { String::new() } else { night.day(at) },
        is_rollback: false,
    };
    let unknown = |label, why| KeyTime {
        label: words.say(label),
        clock: "–".to_owned(),
        beside: words.say(why),
        is_rollback: false,
    };
    let or_unknown = |label, at: Option<UtcMinute>| match at {
        Some(at) if at < start => unknown(label, Word::BeforeStart),
        Some(at) => known(label, at),
        None if fit == Err(NoFit::NoHosts) => unknown(label, Word::NoSystemsInScope),
        None => unknown(label, Word::NotEstimated),
    };
    let rollback = or_unknown(Word::RollBackBy, window.rollback_deadline_at(occurrence));
    vec![
        known(Word::Start, start),
        or_unknown(Word::Cutoff, window.cutoff_at(occurrence)),
        KeyTime { is_rollback: true, ..rollback },
        known(Word::End, occurrence.end_at),
    ]
}
