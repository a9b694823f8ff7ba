//! The checklist for one night: one document, written as Markdown or as a page to print.
//!
//! [`Checklist::of`] decides what is said, [`markdown`] and [`html`] only how it looks. Every time in it is what a clock
//! in the window's zone really shows, also in a night in which the clocks change.

mod headings;
mod html;
mod items;
mod markdown;
mod people;
mod preview;
mod rows;
mod timeline;

use crate::model::{Block as Phase, UtcMinute};
use crate::schedule::{Fit, NoFit, Occurrence, Origin, Schedule, WindowSchedule};

use super::text::{clip, one_line};
pub use html::html;
use items::Items;
pub use items::{Item, NoChecklist, SIGN_OFFS, items};
pub use markdown::markdown;
pub use preview::{Preview, PreviewBlock, PreviewItem, shown_for, users};
pub use rows::StatusRow;
pub use timeline::{Part, Segment, Tick, TickKind, Timeline};

/// Characters of a name on paper.
const LONGEST_NAME: usize = 120;

/// Everything that stands on the checklist of one occurrence.
#[derive(Clone, Debug, PartialEq)]
pub struct Checklist {
    pub plan: String,
    pub name: String,
    /// Kind, groups and change ticket, as far as there are any.
    pub particulars: Vec<String>,
    /// Who works and who tests: what for, names.
    pub people: Vec<(String, String)>,
    /// "Sat 20 Mar 2027"
    pub date: String,
    /// "Europe/London (GMT)"
    pub zone: String,
    /// What must be known before anything else: it is cancelled, it does not fit, the clocks change.
    pub notices: Vec<String>,
    /// Start, No new batch after, Roll back by, End.
    pub times: Vec<KeyTime>,
    pub timeline: Option<Timeline>,
    /// The six headings and what is said under each.
    pub headings: Vec<(&'static str, String)>,
    pub blocks: Vec<Block>,
}

/// A time in large type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyTime {
    pub label: &'static str,
    /// "00:42", or a dash where it is not known.
    pub clock: String,
    /// "Sun 21 Mar" where it is another date than the head's, or why there is no time.
    pub beside: String,
    /// The one that must be seen from across the room.
    pub is_rollback: bool,
}

/// Items to tick at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    pub title: String,
    /// "Fri 19 Mar, 22:00"
    pub when: String,
    pub items: Vec<String>,
    pub rows: Vec<StatusRow>,
    /// Said below the rows.
    pub remark: Option<String>,
}

impl Checklist {
    /// The checklist of `occurrence`, which is one of `window`'s, from the template that the window has.
    pub fn of(schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Result<Self, NoChecklist> {
        let plan = &*schedule.plan;
        let night = Night::new(window, occurrence);
        let record = &*window.window;
        let groups = record.groups.iter().filter_map(|id| plan.group(id)).map(|(_, group)| name(&group.name));
        let groups = groups.collect::<Vec<_>>().join(", ");
        let ticket = name(&record.change_ticket);
        let items = Items::of(plan, record, &ticket)?;
        let blocks = Phase::ALL.map(|phase| block(&night, phase, &items, plan.policy.status_every));
        let particulars = [record.kind.name().to_owned(), groups, ticket.clone()];
        let fit = window.fit(occurrence);
        Ok(Self {
            plan: name(&plan.title),
            name: name(&record.name),
            particulars: particulars.into_iter().filter(|text| !text.is_empty()).collect(),
            people: people::of(schedule, &night),
            date: super::text::date(window.local(occurrence.start_at).date()),
            zone: format!("{} ({})", window.expansion.zone.name(), night.abbreviation(occurrence.start_at)),
            notices: notices(&night, fit),
            times: key_times(&night, fit),
            timeline: fit.ok().map(|fit| Timeline::of(&night, &fit)),
            headings: headings::of(schedule, &night, fit),
            blocks: blocks.into_iter().filter(|block| !block.is_empty()).collect(),
        })
    }
}

fn name(text: &str) -> String {
    clip(one_line(text), LONGEST_NAME)
}

/// One occurrence and its clock.
struct Night<'a> {
    window: &'a WindowSchedule,
    occurrence: &'a Occurrence,
    /// Whether the clocks change between the first item and the end, so that a time needs the zone's short name.
    clocks_change: bool,
}

impl<'a> Night<'a> {
    fn new(window: &'a WindowSchedule, occurrence: &'a Occurrence) -> Self {
        let zone = &window.expansion.zone;
        let from = occurrence.start_at.plus(-24 * 60);
        let clocks_change = zone.onsets(from, occurrence.end_at.plus(1)).len() > 1;
        Self { window, occurrence, clocks_change }
    }

    fn abbreviation(&self, at: UtcMinute) -> &str {
        self.window.expansion.zone.abbreviation(at)
    }

    /// "00:42", or "00:42 CET" in a night in which that could be mistaken.
    fn clock(&self, at: UtcMinute) -> String {
        let clock = self.window.local(at).to_naive().format("%H:%M");
        if self.clocks_change { format!("{clock} {}", self.abbreviation(at)) } else { clock.to_string() }
    }

    /// "Fri 19 Mar"
    fn day(&self, at: UtcMinute) -> String {
        self.window.local(at).to_naive().format("%a %-d %b").to_string()
    }

    fn is_on_first_day(&self, at: UtcMinute) -> bool {
        self.window.local(at).date() == self.window.local(self.occurrence.start_at).date()
    }
}

fn notices(night: &Night<'_>, fit: Result<Fit, NoFit>) -> Vec<String> {
    let mut notices = Vec::new();
    match night.occurrence.origin {
        Origin::Skipped => notices.push("This occurrence is skipped: it does not take place.".to_owned()),
        Origin::Moved => {
            notices.push(format!("Moved from {}.", super::text::date(night.occurrence.original_on())));
        }
        Origin::Rule | Origin::Added => {}
    }
    match fit {
        Ok(fit) if fit.margin() < 0 => notices.push(format!(
            "The work does not fit: it needs {} of {}. If the last batch fails, rolling back ends {} too late.",
            fit.need(),
            fit.length,
            crate::model::Minutes(fit.margin().unsigned_abs()),
        )),
        Ok(_) => {}
        Err(NoFit::NoEstimate) => notices.push(
            "Work and rollback are not estimated: nobody can say by when to roll back. Agree on a time before the start."
                .to_owned(),
        ),
        Err(NoFit::NoHosts) => {
            notices.push("No systems are in scope, so there is no time to roll back by.".to_owned());
        }
    }
    if night.clocks_change {
        let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
        let length = night.occurrence.real_length();
        let clocks = if night.window.expansion.zone.onsets(start, end.plus(1)).len() > 1 {
            format!("The clocks change in this window: it lasts {length}.")
        } else {
            "The clocks change in the 24 hours before this window.".to_owned()
        };
        notices.push(format!("{clocks} All times carry the zone's short name."));
    }
    notices
}

fn key_times(night: &Night<'_>, fit: Result<Fit, NoFit>) -> Vec<KeyTime> {
    let (window, occurrence) = (night.window, night.occurrence);
    let known = |label, at: UtcMinute| KeyTime {
        label,
        clock: night.clock(at),
        beside: if night.is_on_first_day(at) { String::new() } else { night.day(at) },
        is_rollback: false,
    };
    let unknown =
        |label, why: &str| KeyTime { label, clock: "–".to_owned(), beside: why.to_owned(), is_rollback: false };
    let or_unknown = |label, at: Option<UtcMinute>| match at {
        Some(at) if at < occurrence.start_at => unknown(label, "before the start: does not fit"),
        Some(at) => known(label, at),
        None if fit == Err(NoFit::NoHosts) => unknown(label, "no systems in scope"),
        None => unknown(label, "not estimated"),
    };
    let rollback = or_unknown("Roll back by", window.rollback_deadline_at(occurrence));
    vec![
        known("Start", occurrence.start_at),
        or_unknown("No new batch after", window.cutoff_at(occurrence)),
        KeyTime { is_rollback: true, ..rollback },
        known("End", occurrence.end_at),
    ]
}

impl Block {
    /// Whether the template has nothing to do at that time.
    fn is_empty(&self) -> bool {
        self.items.is_empty() && self.rows.is_empty()
    }
}

fn block(night: &Night<'_>, phase: Phase, items: &Items<'_>, status_every: crate::model::Minutes) -> Block {
    let (start, end) = (night.occurrence.start_at, night.occurrence.end_at);
    let moment = |at| format!("{}, {}", night.day(at), night.clock(at));
    let (when, (rows, remark)) = match phase {
        Phase::DayBefore => (moment(start.plus(-24 * 60)), (Vec::new(), None)),
        Phase::HoursBefore => (moment(start.plus(-2 * 60)), (Vec::new(), None)),
        Phase::Start => (moment(start), (Vec::new(), None)),
        Phase::During => (format!("{} – {}", night.clock(start), night.clock(end)), rows::of(night, status_every)),
        Phase::After => (moment(end), (Vec::new(), None)),
    };
    Block { title: phase.name().to_owned(), when, items: items.in_block(phase), rows, remark }
}
