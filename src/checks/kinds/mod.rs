//! What checks look at, one thing at a time: a window, a system, a ladder. Each such thing is a unit, and this is the
//! table of all kinds of them.
//!
//! The findings of a unit are kept from one run to the next until something changes that they follow from. So a kind
//! knows three things: which units there are, when the findings of one still hold, and how a check of that kind is
//! called.
//!
//! To add a kind: its file, a variant of [`Check`], a row in [`KINDS`].

mod advisory;
mod conflicts;
mod freezes;
mod gates;
mod ladder;
mod ladder_timeline;
mod night;
mod recorded;
mod records;
mod related_system;
mod rota;
mod routines;
mod services;
mod size;
mod system;
mod window;
mod window_answers;
mod window_dependents;
mod window_freeze;
mod window_holidays;
mod window_ladders;
mod window_nights;
mod window_notices;
mod window_outlook;
mod window_scans;

use super::runner::run::{KindRun, UnitResults};

/// A check of a rule, by the kind of unit that it looks at.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// The records of the plan except windows, freezes and advisories.
    Records(records::Check),
    /// What was recorded about the work, and which systems, ladders and groups it names.
    Recorded(recorded::Check),
    /// The gates of ladders, and the holds of releases.
    Gates(gates::Check),
    /// The conflicts that a merge left.
    Conflicts(conflicts::Check),
    /// All freezes, without the windows that they cover.
    Freezes(freezes::Check),
    /// One window and its occurrences.
    Window(window::Check),
    /// One window and one freeze. The freeze is the cause of what is found.
    WindowFreeze(window_freeze::Check),
    /// One window and the public holidays.
    WindowHolidays(window::Check),
    /// One window and the notices of carriers.
    WindowNotices(window::Check),
    /// One window and the records of its nights.
    WindowNights(window::Check),
    /// One window and the scans that followed its occurrences.
    WindowScans(window::Check),
    /// One window and the ladders.
    WindowLadders(window::Check),
    /// One window and what owners answered about its occurrences.
    WindowAnswers(window::Check),
    /// One window and the systems that depend on those in it.
    WindowDependents(window::Check),
    /// One window and the simulation of its work, once that has run.
    WindowOutlook(window_outlook::Check),
    /// One system (its position in the plan's table) and the windows that cover it (their indices in the schedule, at
    /// least two).
    System(system::Check),
    /// One system that depends on others or has a twin (its position in the plan's table).
    RelatedSystem(related_system::Check),
    /// One ladder and the windows that reach it.
    Ladder(ladder::Check),
    /// One ladder and when its groups are reached, freezes considered.
    LadderTimeline(ladder_timeline::Check),
    /// One night in which more is done than the policy allows.
    Night(night::Check),
    /// Scan routines and bulletin duties.
    Routines(routines::Check),
    /// Who works when.
    Rota(rota::Check),
    /// The plan as a whole: how many occurrences it has.
    Size(size::Check),
    /// The services that have a target of availability.
    Services(services::Check),
    /// One advisory and the occurrences that bring it to the systems that it affects.
    Advisory(advisory::Check),
}

/// Checks all units of one kind, or keeps what was found about them. It picks its checks from those of all rules.
pub type UnitKind = fn(&KindRun<'_, '_>, &[Check]) -> UnitResults;

/// A row of the table: `$kind::units` with those checks that are of `$variant`.
macro_rules! row {
    ($variant:ident, $kind:ident) => {
        |run, checks| {
            let of_this_kind = checks.iter().filter_map(|check| match check {
                Check::$variant(check) => Some(*check),
                _ => None,
            });
            $kind::units(run, &of_this_kind.collect::<Vec<_>>())
        }
    };
}

/// All kinds of units. Those that take longest come first, so that the other cores do not wait for them at the end.
pub static KINDS: &[UnitKind] = &[
    row!(LadderTimeline, ladder_timeline),
    row!(Ladder, ladder),
    row!(Window, window),
    row!(WindowFreeze, window_freeze),
    row!(WindowHolidays, window_holidays),
    row!(WindowNotices, window_notices),
    row!(WindowNights, window_nights),
    row!(WindowScans, window_scans),
    row!(WindowLadders, window_ladders),
    row!(WindowAnswers, window_answers),
    row!(WindowDependents, window_dependents),
    row!(WindowOutlook, window_outlook),
    row!(System, system),
    row!(RelatedSystem, related_system),
    row!(Advisory, advisory),
    row!(Night, night),
    row!(Records, records),
    row!(Recorded, recorded),
    row!(Gates, gates),
    row!(Freezes, freezes),
    row!(Conflicts, conflicts),
    row!(Routines, routines),
    row!(Rota, rota),
    row!(Services, services),
    row!(Size, size),
];
