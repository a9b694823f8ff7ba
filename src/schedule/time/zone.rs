//! Time zones. The only file that reads compiled zones; `zone_data` has them.
//!
//! A zone becomes a short table of offsets, so that converting a local time takes a comparison or two. Hundreds of
//! thousands of occurrences then take as long as a few look-ups in the database.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::model::{CustomZone, LocalMinute, Minutes, Plan, UtcMinute, ZoneId};
use crate::schedule::time::zone_data::ZoneData;
use crate::wording::ZonedTime;

/// The years that the tables cover. Before and after them, the nearest known offset applies.
const FIRST_YEAR_AT: i64 = 315_532_800; // 1980-01-01
const LAST_YEAR_AT: i64 = 4_133_980_800; // 2101-01-01

static TABLES: LazyLock<Mutex<BTreeMap<String, Option<Arc<Zone>>>>> = LazyLock::new(Mutex::default);

/// Zones of plans, so that windows in the same zone share its table.
static CUSTOM_TABLES: LazyLock<Mutex<BTreeMap<CustomZone, Arc<Zone>>>> = LazyLock::new(Mutex::default);

/// The zones whose rules changed in the 18 months before the compiled-in release: see `tests/reference/changed-zones`.
static CHANGED_LATELY: &str = include_str!("../../../assets/changed-zones.txt");

/// The release of zone data for which [`Zone::has_changed_recently`] is known: "2026f".
pub fn release_of_changes() -> &'static str {
    CHANGED_LATELY.split_whitespace().nth(2).unwrap_or("unknown")
}

/// The names of all zones, sorted.
pub fn names() -> Vec<String> {
    ZoneData::in_use().names()
}

/// How a local time relates to the clock changes of its zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LocalTimeKind {
    #[default]
    Plain,
    /// Skipped by a clock change. It is moved forward by as much as the clock jumped.
    Gap,
    /// Repeated by a clock change. The first of the two is used.
    Fold,
}

/// A local time converted to UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ResolvedTime {
    pub at: UtcMinute,
    pub clock: LocalTimeKind,
}

/// The offsets of a time zone over the years.
#[derive(Debug)]
pub struct Zone {
    name: String,
    /// Ascending. The first one applies from the beginning of time.
    steps: Vec<Step>,
    is_custom: bool,
}

/// From `at` on, the zone is `offset` minutes ahead of UTC.
#[derive(Debug)]
struct Step {
    at: UtcMinute,
    offset: i32,
    abbreviation: String,
    /// The local time at which the previous offset ends.
    old_clock: LocalMinute,
}

/// A change of the offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneTransition {
    pub at: UtcMinute,
    /// Minutes ahead of UTC, before and after the change.
    pub offset_before: i32,
    pub offset: i32,
    pub abbreviation: String,
}

impl Zone {
    /// The zone with this IANA name, ignoring case. Aliases count.
    pub fn named(name: &str) -> Option<Arc<Self>> {
        let mut tables = TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = tables.get(name) {
            return known.clone();
        }
        let zone = ZoneData::in_use().zone(name).and_then(|data| TimeZone::tzif(name, data).ok());
        let zone = zone.map(|zone| Arc::new(Self::new(name, &zone)));
        // Names come from files. Unknown ones are remembered as well, but not without limit.
        if tables.len() < 4_096 {
            tables.insert(name.to_owned(), zone.clone());
        }
        zone
    }

    /// The zone with this name in a plan: one of the plan's own zones, or else the one with this IANA name.
    pub fn in_plan(plan: &Plan, name: &str) -> Option<Arc<Self>> {
        let own = if plan.zones().is_empty() { None } else { plan.zones().get(&ZoneId::new(name)) };
        own.map_or_else(|| Self::named(name), |own| Some(Self::custom(own)))
    }

    /// The plan's zone. UTC if its name is unknown.
    pub fn for_plan(plan: &Plan) -> Arc<Self> {
        Self::in_plan(plan, plan.zone()).unwrap_or_else(Self::utc)
    }

    /// A zone that a calendar file brought.
    pub fn custom(zone: &CustomZone) -> Arc<Self> {
        let mut tables = CUSTOM_TABLES.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = tables.get(zone) {
            return Arc::clone(known);
        }
        let table = Arc::new(Self::from_transitions(zone));
        // They come from files, so they are not remembered without limit.
        if tables.len() < 256 {
            tables.insert(zone.clone(), Arc::clone(&table));
        }
        table
    }

    pub fn utc() -> Arc<Self> {
        Self::named("UTC").unwrap_or_else(|| Arc::new(Self::new("UTC", &TimeZone::UTC)))
    }

    fn new(name: &str, zone: &TimeZone) -> Self {
        let first = Timestamp::from_second(FIRST_YEAR_AT).unwrap_or(Timestamp::UNIX_EPOCH);
        let info = zone.to_offset_info(first);
        let mut offset = info.offset().seconds() / 60;
        let start = UtcMinute(i32::MIN);
        let mut steps = vec![Step {
            at: start,
            offset,
            abbreviation: info.abbreviation().to_owned(),
            old_clock: LocalMinute(i32::MIN),
        }];
        for change in zone.following(first).take_while(|change| change.timestamp().as_second() < LAST_YEAR_AT) {
            let at = UtcMinute((change.timestamp().as_second().div_euclid(60)) as i32);
            let old_clock = LocalMinute(at.0 + offset);
            offset = change.offset().seconds() / 60;
            steps.push(Step { at, offset, abbreviation: change.abbreviation().to_owned(), old_clock });
        }
        Self { name: name.to_owned(), steps, is_custom: false }
    }

    fn from_transitions(zone: &CustomZone) -> Self {
        let limited = |offset: i32| offset.clamp(-CustomZone::LARGEST_OFFSET, CustomZone::LARGEST_OFFSET);
        let step = |at, offset: i32, old_clock| Step { at, offset, abbreviation: offset_in_words(offset), old_clock };
        let mut offset = limited(zone.offset);
        let mut steps = vec![step(UtcMinute(i32::MIN), offset, LocalMinute(i32::MIN))];
        for transition in &zone.transitions {
            let old_clock = LocalMinute(transition.at.0.saturating_add(offset));
            offset = limited(transition.offset);
            steps.push(step(transition.at, offset, old_clock));
        }
        Self { name: zone.id.to_string(), steps, is_custom: true }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a calendar file brought it: no other program knows its name.
    pub fn is_custom(&self) -> bool {
        self.is_custom
    }

    /// Whether its rules changed in the 18 months before the compiled-in release. Programs with older data read its local
    /// times wrongly, and many ignore the VTIMEZONE in the calendar.
    pub fn has_changed_recently(&self) -> bool {
        !self.is_custom && CHANGED_LATELY.lines().any(|line| line.eq_ignore_ascii_case(&self.name))
    }

    /// Converts a local time to UTC. A time that does not exist moves forward by the gap. If a time exists twice, the
    /// first one is used.
    pub fn resolve(&self, local: LocalMinute) -> ResolvedTime {
        self.resolve_near(local, &mut 0)
    }

    /// The same, but starts searching at `hint` and leaves it where the time was found. Times that come in order are
    /// converted without a search.
    pub fn resolve_near(&self, local: LocalMinute, hint: &mut usize) -> ResolvedTime {
        let near = self.steps.get(*hint).is_some_and(|step| step.old_clock <= local);
        let next_is_later = self.steps.get(*hint + 1).is_none_or(|step| local < step.old_clock);
        if !(near && next_is_later) {
            *hint = self.steps.partition_point(|step| step.old_clock <= local).saturating_sub(1);
        }
        let step = &self.steps[*hint];
        if *hint > 0 && local.0 < step.at.0.saturating_add(step.offset) {
            let before = self.steps[*hint - 1].offset;
            return ResolvedTime { at: UtcMinute(local.0.saturating_sub(before)), clock: LocalTimeKind::Gap };
        }
        let repeated = self.steps.get(*hint + 1).is_some_and(|next| local.0 >= next.at.0.saturating_add(next.offset));
        let clock = if repeated { LocalTimeKind::Fold } else { LocalTimeKind::Plain };
        ResolvedTime { at: UtcMinute(local.0.saturating_sub(step.offset)), clock }
    }

    /// Converts the local start and end of work to UTC; the hints are those of [`Self::resolve_near`]. Short work that
    /// begins in the skipped hour would end before it starts, so it keeps its length.
    pub fn resolve_period(
        &self,
        start: LocalMinute,
        duration: Minutes,
        hints: &mut [usize; 2],
    ) -> (ResolvedTime, ResolvedTime) {
        let from = self.resolve_near(start, &mut hints[0]);
        let mut to = self.resolve_near(start.plus(duration), &mut hints[1]);
        if to.at <= from.at {
            to.at = from.at.plus(duration.signed());
        }
        (from, to)
    }

    /// The local time in the zone.
    #[inline]
    pub fn local(&self, at: UtcMinute) -> LocalMinute {
        LocalMinute(at.0.saturating_add(self.step_at(at).offset))
    }

    /// Minutes ahead of UTC at this time.
    #[inline]
    pub fn offset(&self, at: UtcMinute) -> i32 {
        self.step_at(at).offset
    }

    /// The zone's short name at this time: "CEST". If it has none, its offset: "+03".
    pub fn abbreviation(&self, at: UtcMinute) -> &str {
        &self.step_at(at).abbreviation
    }

    /// The local time with the zone's short name.
    #[inline]
    pub fn zoned(&self, at: UtcMinute) -> ZonedTime<'_> {
        ZonedTime { local: self.local(at).to_naive(), zone: self.abbreviation(at) }
    }

    /// The offset that applies at `from`, as a transition at that time, and all transitions after it and before `to`.
    pub fn transitions(&self, from: UtcMinute, to: UtcMinute) -> Vec<ZoneTransition> {
        let first = self.steps.partition_point(|step| step.at <= from).saturating_sub(1);
        let mut onsets = Vec::new();
        for (index, step) in self.steps.iter().enumerate().skip(first).take_while(|(_, step)| step.at < to) {
            onsets.push(ZoneTransition {
                at: step.at.max(from),
                offset_before: if index == first { step.offset } else { self.steps[index - 1].offset },
                offset: step.offset,
                abbreviation: step.abbreviation.clone(),
            });
        }
        onsets
    }

    fn step_at(&self, at: UtcMinute) -> &Step {
        &self.steps[self.steps.partition_point(|step| step.at <= at).saturating_sub(1)]
    }
}

/// "+01", "-03:30": the short name of a zone that has no other.
fn offset_in_words(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (minutes.abs() / 60, minutes.abs() % 60);
    if minutes == 0 { format!("{sign}{hours:02}") } else { format!("{sign}{hours:02}:{minutes:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::OffsetTransition;
    use chrono::NaiveDateTime;

    #[track_caller]
    fn resolved(zone: &str, local: &str) -> (String, LocalTimeKind) {
        let local = NaiveDateTime::parse_from_str(local, "%Y-%m-%d %H:%M").unwrap();
        let resolved = Zone::named(zone).unwrap().resolve(LocalMinute::from_naive(local));
        (resolved.at.to_utc().format("%Y-%m-%d %H:%M").to_string(), resolved.clock)
    }

    #[test]
    fn a_skipped_time_moves_forward_and_a_repeated_one_is_the_first() {
        assert_eq!(resolved("Europe/Berlin", "2027-03-28 02:30"), ("2027-03-28 01:30".into(), LocalTimeKind::Gap));
        assert_eq!(resolved("Europe/Berlin", "2027-10-31 02:30"), ("2027-10-31 00:30".into(), LocalTimeKind::Fold));
        assert_eq!(resolved("Europe/Berlin", "2027-10-31 03:00"), ("2027-10-31 02:00".into(), LocalTimeKind::Plain));
        assert_eq!(
            resolved("Australia/Lord_Howe", "2027-10-03 02:15"),
            ("2027-10-02 15:45".into(), LocalTimeKind::Gap)
        );
        assert_eq!(resolved("UTC", "2027-10-03 02:15"), ("2027-10-03 02:15".into(), LocalTimeKind::Plain));
    }

    #[test]
    fn rules_of_november_2026_and_later_are_known() {
        // British Columbia keeps daylight saving time from then on. Older zone data still change the clocks.
        assert_eq!(resolved("America/Vancouver", "2027-01-15 12:00").0, "2027-01-15 19:00");
        // Release 2026f: Cuba keeps daylight saving time in the winter of 2026.
        assert_eq!(resolved("America/Havana", "2026-12-15 12:00").0, "2026-12-15 16:00");
    }

    #[test]
    fn work_that_begins_in_the_skipped_hour_does_not_end_before_it_starts() {
        let zone = Zone::named("Europe/Berlin").unwrap();
        let start = LocalMinute::from_naive("2027-03-28T02:30:00".parse().unwrap());
        for (duration, length) in [(30, 30), (60, 60), (61, 1), (240, 180)] {
            let (from, to) = zone.resolve_period(start, Minutes(duration), &mut [0; 2]);
            assert_eq!((from.clock, to.at.since(from.at)), (LocalTimeKind::Gap, length), "{duration} min");
        }
    }

    #[test]
    fn a_hint_only_changes_the_speed() {
        let zone = Zone::named("America/New_York").unwrap();
        let mut hint = 0;
        for minute in (29_000_000..32_000_000).step_by(37).chain((29_000_000..29_600_000).step_by(1_013)) {
            assert_eq!(
                zone.resolve_near(LocalMinute(minute), &mut hint),
                zone.resolve(LocalMinute(minute)),
                "{minute}"
            );
        }
    }

    #[test]
    fn a_converted_time_has_the_same_local_time() {
        let zone = Zone::named("Europe/London").unwrap();
        let local = LocalMinute::from_naive("2027-07-01T22:00:00".parse().unwrap());
        let at = zone.resolve(local).at;
        assert_eq!((zone.local(at), zone.abbreviation(at)), (local, "BST"));
    }

    #[test]
    fn the_list_of_changed_zones_belongs_to_the_compiled_in_release() {
        assert_eq!(release_of_changes(), ZoneData::bundled().release());
        for (name, expected) in [("america/vancouver", true), ("Africa/Casablanca", true), ("Europe/Berlin", false)] {
            assert_eq!(Zone::named(name).unwrap().has_changed_recently(), expected, "{name}");
        }
        for name in CHANGED_LATELY.lines().skip(1) {
            assert!(Zone::named(name).is_some(), "{name}");
        }
    }

    #[test]
    fn a_custom_zone_has_the_offsets_of_its_transitions() {
        let at = |text: &str| UtcMinute::from_utc(text.parse().unwrap());
        let transition = |text: &str, offset| OffsetTransition { at: at(text), offset };
        let zone = CustomZone {
            id: "GMT".into(),
            offset: 0,
            transitions: vec![transition("2027-03-28T01:00:00Z", 60), transition("2027-10-31T01:00:00Z", -210)],
        };
        let table = Zone::custom(&zone);
        assert!(Arc::ptr_eq(&table, &Zone::custom(&zone)), "it is built once");
        let resolved = |local: &str| {
            let resolved = table.resolve(LocalMinute::from_naive(local.parse().unwrap()));
            (resolved.at, resolved.clock)
        };
        assert_eq!(resolved("2020-01-01T00:00:00"), (at("2020-01-01T00:00:00Z"), LocalTimeKind::Plain));
        assert_eq!(resolved("2027-03-28T01:30:00"), (at("2027-03-28T01:30:00Z"), LocalTimeKind::Gap));
        assert_eq!(resolved("2027-07-01T12:00:00"), (at("2027-07-01T11:00:00Z"), LocalTimeKind::Plain));
        assert_eq!(resolved("2027-10-31T01:30:00"), (at("2027-10-31T00:30:00Z"), LocalTimeKind::Fold));
        assert_eq!(resolved("2050-01-01T00:00:00"), (at("2050-01-01T03:30:00Z"), LocalTimeKind::Plain));
        let names = ["2027-01-01T00:00:00Z", "2027-07-01T00:00:00Z", "2028-01-01T00:00:00Z"];
        assert_eq!(names.map(|text| table.abbreviation(at(text)).to_owned()), ["+00", "+01", "-03:30"]);
        assert!(table.is_custom() && !table.has_changed_recently());
    }

    #[test]
    fn an_unknown_zone_is_none() {
        assert!(Zone::named("Europe/Atlantis").is_none());
    }
}
