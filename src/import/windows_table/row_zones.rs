//! The zones of one row: its start, its end, and the zone that the plan keeps it in may differ.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use crate::import::tables::moments::local;
use crate::import::tables::written_zones::WrittenZone;
use crate::model::{Minutes, Plan, UtcMinute};
use crate::wording::clocks::Clock;
use crate::wording::moment;

/// When a row takes place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// None if the row has a rule only.
    pub on: Option<NaiveDate>,
    pub start: Option<NaiveTime>,
    pub duration: Option<Minutes>,
    /// The name of a zone. None for the plan's.
    pub zone: Option<String>,
}

/// A point whose date and time are known as far as the cells have them.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    pub on: Option<NaiveDate>,
    pub at: Option<Clock>,
    pub zone: Option<WrittenZone>,
}

/// What the row and its table say about zones, beside its times.
pub(super) struct RowZones<'a> {
    /// From the column of zones: the plan keeps the window in this one.
    pub column: Option<WrittenZone>,
    /// That of rows that name none.
    pub usual: Option<WrittenZone>,
    pub plan: &'a Plan,
}

/// Where a row's times are read, and in which zone it is kept.
struct Zones {
    start: WrittenZone,
    end: WrittenZone,
    kept: WrittenZone,
}

impl RowZones<'_> {
    /// # Errors
    /// Why the row has no single time, in the middle of a sentence.
    pub fn span(&self, from: &Known, until: &Known, given: Option<Minutes>) -> Result<Span, String> {
        if from.at.is_none() && until.at.is_some() {
            return Err("it has an end, but no start".to_owned());
        }
        if until.at.is_none() && until.on.is_some() && given.is_none() {
            return Err("its end has no time of day: add one, or a length".to_owned());
        }
        let zones = self.zones(from, until)?;
        if zones.start == zones.end {
            check_end_date(from, until, given)?;
        }
        let is_plain =
            zones.start == zones.kept && zones.end == zones.kept && matches!(zones.kept, WrittenZone::Named(_));
        let Some(at) = from.at else {
            if !matches!(zones.kept, WrittenZone::Named(_)) {
                return Err(format!(
                    "its zone is {}: it needs a date and a start, or a zone such as Europe/Berlin",
                    zones.kept
                ));
            }
            return Ok(Span { on: from.on, start: None, duration: given, zone: self.kept_name(&zones.kept) });
        };
        match from.on {
            Some(on) if !is_plain => self.instants(local(on, at), until, given, &zones),
            Some(_) => self.plain(from, at, until, given, &zones),
            None if at.is_next_day => Err("24:00 needs a date: use 00:00".to_owned()),
            None if matches!(zones.start, WrittenZone::Offset(_)) => {
                Err("a time with an offset needs a date".to_owned())
            }
            None if zones.start != zones.kept || zones.end != zones.kept => {
                Err(format!("a time in {} and the zone {} need a date", zones.start, zones.kept))
            }
            None => self.plain(from, at, until, given, &zones),
        }
    }

    fn zones(&self, from: &Known, until: &Known) -> Result<Zones, String> {
        let known = |zone: &Option<WrittenZone>| zone.clone().filter(|zone| *zone != WrittenZone::Local);
        let of_plan = || WrittenZone::Named(self.plan.zone().to_owned());
        let column = known(&self.column);
        let base = column.clone().or_else(|| known(&self.usual)).unwrap_or_else(of_plan);
        let resolved = |zone: &WrittenZone| if *zone == WrittenZone::Local { base.clone() } else { zone.clone() };
        let start = from.zone.as_ref().map_or_else(|| base.clone(), resolved);
        let end = match (&until.zone, &from.zone) {
            (Some(end), own) => {
                let end = resolved(end);
                if own.is_none() && until.at.is_some() && end != start {
                    return Err(format!("its end is in {end}, but its start names no zone: add it there, too"));
                }
                end
            }
            (None, Some(_)) if until.at.is_some() && column.as_ref().is_some_and(|column| *column != start) => {
                return Err(format!("its start is in {start}, but its end names no zone: add it there, too"));
            }
            (None, _) => start.clone(),
        };
        let kept = column.unwrap_or_else(|| start.clone());
        Ok(Zones { start, end, kept })
    }

    /// All times are on the clock of one zone.
    fn plain(
        &self,
        from: &Known,
        at: Clock,
        until: &Known,
        given: Option<Minutes>,
        zones: &Zones,
    ) -> Result<Span, String> {
        let measured = until.at.map(|end| measured(from.on, at, until.on, end)).transpose()?;
        if let (Some(measured), Some(given)) = (measured, given)
            && measured != given
        {
            return Err(contradiction(given, measured));
        }
        let (on, start) = match from.on.map(|on| local(on, at)) {
            Some(start) => (Some(start.date()), start.time()),
            None => (None, at.time),
        };
        Ok(Span { on, start: Some(start), duration: given.or(measured), zone: self.kept_name(&zones.kept) })
    }

    /// Start and end are instants, which the plan keeps in a zone of the row.
    fn instants(
        &self,
        start: NaiveDateTime,
        until: &Known,
        given: Option<Minutes>,
        zones: &Zones,
    ) -> Result<Span, String> {
        let start_at = zones.start.utc(start, self.plan)?;
        let end_at = match until.at {
            Some(end) => Some(self.end_at((start, start_at), until.on, end, zones)?),
            None => None,
        };
        let elapsed = end_at.map(|end| length(i64::from(end.since(start_at)))).transpose()?;
        let on_clock = |kept: &WrittenZone| -> Result<Option<Minutes>, String> {
            let local = |at: UtcMinute| kept.zone(self.plan).local(at).to_naive();
            end_at.map(|end| length((local(end) - local(start_at)).num_minutes())).transpose()
        };
        let mut kept = zones.kept.clone();
        let mut duration = on_clock(&kept).ok().flatten().or(given);
        if !self.keeps(&kept, start_at, end_at, duration.or(given)) {
            kept = WrittenZone::Named("UTC".to_owned());
            duration = elapsed.or(given);
        }
        if let (Some(given), Some(elapsed)) = (given, elapsed)
            && given != elapsed
            && Some(given) != duration
        {
            return Err(contradiction(given, elapsed));
        }
        let begins = kept.zone(self.plan).local(start_at).to_naive();
        Ok(Span { on: Some(begins.date()), start: Some(begins.time()), duration, zone: self.kept_name(&kept) })
    }

    /// Whether a window that is kept on the clock of this zone begins and ends at these instants. A length without an end
    /// is meant exactly.
    fn keeps(
        &self,
        kept: &WrittenZone,
        start_at: UtcMinute,
        end_at: Option<UtcMinute>,
        length: Option<Minutes>,
    ) -> bool {
        let zone = kept.zone(self.plan);
        let begins = zone.local(start_at);
        let Some(length) = length else { return zone.resolve(begins).at == start_at };
        let end_at = end_at.unwrap_or_else(|| start_at.plus(length.signed()));
        let (from, to) = zone.resolve_period(begins, length, &mut [0; 2]);
        from.at == start_at && to.at == end_at
    }

    /// The end, which is on the day of the start or the next one if it has no date.
    fn end_at(
        &self,
        (start, start_at): (NaiveDateTime, UtcMinute),
        on: Option<NaiveDate>,
        end: Clock,
        zones: &Zones,
    ) -> Result<UtcMinute, String> {
        let begins = if zones.end == zones.start { start } else { zones.end.local(start_at, self.plan) };
        let ends = local(on.unwrap_or(begins.date()), end);
        let ends = if on.is_none() && ends < begins { ends + TimeDelta::days(1) } else { ends };
        let end_at = zones.end.utc(ends, self.plan)?;
        if end_at == start_at {
            return Err("it ends when it starts: add a length".to_owned());
        }
        if end_at < start_at {
            return Err(format!("it ends before it starts ({} {})", moment(ends), zones.end));
        }
        Ok(end_at)
    }

    fn kept_name(&self, kept: &WrittenZone) -> Option<String> {
        kept.kept_name().filter(|name| name != self.plan.zone())
    }
}

/// # Errors
/// The row has a length and the date of its end without a time, and they contradict each other.
fn check_end_date(from: &Known, until: &Known, given: Option<Minutes>) -> Result<(), String> {
    let (Some(on), Some(at), Some(given)) = (from.on, from.at, given) else { return Ok(()) };
    let Some(end_on) = until.on.filter(|_| until.at.is_none()) else { return Ok(()) };
    let ends = local(on, at) + TimeDelta::minutes(given.signed().into());
    // A day ends at midnight, which is also the begin of the next one.
    let is_it = ends.date() == end_on || (ends - TimeDelta::minutes(1)).date() == end_on;
    if is_it { Ok(()) } else { Err(format!("its length is {given}, but it ends on {end_on}")) }
}

fn contradiction(given: Minutes, measured: Minutes) -> String {
    format!("its length is {given}, but from start to end it is {measured}")
}

/// The time on the clock from a start to an end, which is on the next day if it has no date and is not later.
fn measured(on: Option<NaiveDate>, start: Clock, end_on: Option<NaiveDate>, end: Clock) -> Result<Minutes, String> {
    let on = on.or(end_on).unwrap_or_default();
    let begins = local(on, start);
    let mut ends: NaiveDateTime = local(end_on.unwrap_or(on), end);
    if ends == begins {
        return Err("it ends when it starts: add a length".to_owned());
    }
    if end_on.is_none() && ends < begins {
        ends += TimeDelta::days(1);
    }
    if ends < begins {
        return Err(format!("it ends before it starts ({})", moment(ends)));
    }
    length((ends - begins).num_minutes())
}

/// # Errors
/// It is too long.
fn length(minutes: i64) -> Result<Minutes, String> {
    let length = u32::try_from(minutes).ok().map(Minutes).filter(|length| *length <= Minutes::LONGEST);
    length.ok_or_else(|| format!("it lasts longer than {}", Minutes::LONGEST))
}
