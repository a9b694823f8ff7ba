//! Who reads the bulletins of a vendor on a day, and on which days nobody does.

use std::ops::RangeInclusive;

use chrono::NaiveDate;

use crate::model::{Assignee, BulletinDuty, Person, Plan, System};

/// Days in a row, first and last included.
pub type DaySpan = RangeInclusive<NaiveDate>;

/// Who has the duty on that day: the owner, or the stand-in while the owner is away. None if nobody is there.
pub fn reader_on<'a>(plan: &Plan, duty: &'a BulletinDuty, on: NaiveDate) -> Option<&'a Assignee> {
    let is_there = |who: &&Assignee| away(plan, who, &(on..=on)).is_empty();
    duty.owner.as_ref().filter(is_there).or_else(|| duty.stand_in.as_ref().filter(is_there))
}

/// The days within `days` on which nobody has a duty although it has an owner, sorted and apart from each other.
pub fn unread_days(plan: &Plan, duty: &BulletinDuty, days: &DaySpan) -> Vec<DaySpan> {
    let Some(owner) = duty.owner.as_ref().filter(|_| !days.is_empty()) else { return Vec::new() };
    let owner_away = away(plan, owner, days);
    match &duty.stand_in {
        Some(stand_in) => common(&owner_away, &away(plan, stand_in, days)),
        None => owner_away,
    }
}

/// The vendors of systems that no duty is about, each as the first of its systems writes it, with the number of its
/// systems; those with the most systems first. Empty if the plan has no duty with a vendor.
pub fn unread_vendors<'a>(plan: &'a Plan) -> Vec<(&'a str, usize)> {
    let mut unread: Vec<(&'a str, usize)> = Vec::new();
    if plan.bulletin_duties().iter().all(|duty| duty.vendors.is_empty()) {
        return unread;
    }
    let mut positions = std::collections::HashMap::new();
    let once = |system: &'a std::sync::Arc<System>| {
        let mut seen = std::collections::HashSet::new();
        system.vendors().filter(move |vendor| seen.insert(vendor.to_lowercase()))
    };
    for vendor in plan.systems().iter().flat_map(once) {
        let at = *positions.entry(vendor.to_lowercase()).or_insert_with(|| {
            let is_read = plan.bulletin_duties().iter().any(|duty| duty.covers(vendor));
            (!is_read).then(|| {
                unread.push((vendor, 0));
                unread.len() - 1
            })
        });
        if let Some(at) = at {
            unread[at].1 += 1;
        }
    }
    unread.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    unread
}

/// The days within `days` on which they are away: a team if all of its people are. People who are not in the plan are never
/// away.
fn away(plan: &Plan, who: &Assignee, days: &DaySpan) -> Vec<DaySpan> {
    match who {
        Assignee::Person(id) => plan.people().get(id).map_or_else(Vec::new, |person| absences(person, days)),
        Assignee::Team(id) => {
            let Some(team) = plan.teams().get(id) else { return Vec::new() };
            let mut people = team.people.iter().filter_map(|id| plan.people().get(id));
            let Some(first) = people.next() else {
                // A team without people does nothing.
                return if team.people.is_empty() { vec![days.clone()] } else { Vec::new() };
            };
            people.fold(absences(first, days), |all, person| common(&all, &absences(person, days)))
        }
    }
}

/// Absences within `days`, sorted and merged.
fn absences(person: &Person, days: &DaySpan) -> Vec<DaySpan> {
    let clipped = |first: NaiveDate, last: NaiveDate| first.max(*days.start())..=last.min(*days.end());
    let mut spans: Vec<DaySpan> = person.away.iter().map(|away| clipped(away.first_on, away.last_on)).collect();
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| *span.start());
    spans.into_iter().fold(Vec::new(), |mut merged, span| {
        match merged.last_mut() {
            Some(last) if last.end().succ_opt().is_none_or(|next| *span.start() <= next) => {
                *last = *last.start()..=*last.end().max(span.end());
            }
            _ => merged.push(span),
        }
        merged
    })
}

/// The days that are in a span of both lists.
fn common(some: &[DaySpan], others: &[DaySpan]) -> Vec<DaySpan> {
    let both = |a: &DaySpan, b: &DaySpan| *a.start().max(b.start())..=*a.end().min(b.end());
    let pairs = some.iter().flat_map(|a| others.iter().map(move |b| both(a, b)));
    pairs.filter(|span| !span.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Absence, Edit, Horizon, Product, Team};

    fn on(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2027, 3, day).unwrap()
    }

    fn person(id: &str, away: &[(u32, u32)]) -> Person {
        let absence =
            |(first, last): &(u32, u32)| Absence { first_on: on(*first), last_on: on(*last), reason: String::new() };
        Person { away: away.iter().map(absence).collect(), ..Person::new(id.into(), id) }
    }

    fn plan(edits: Vec<Edit>) -> Plan {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        plan.apply(&Edit::Together { label: String::new(), edits }).unwrap()
    }

    fn unread(plan: &Plan, owner: Option<Assignee>, stand_in: Option<Assignee>) -> Vec<(u32, u32)> {
        use chrono::Datelike as _;
        let duty = BulletinDuty { owner, stand_in, ..BulletinDuty::new("d".into(), "D") };
        let found = unread_days(plan, &duty, &(on(1)..=on(31)));
        // Day by day, the same follows from who reads then.
        for day in (1..=31).map(on) {
            let is_unread = found.iter().any(|span| span.contains(&day));
            assert!(duty.owner.is_none() || is_unread == reader_on(plan, &duty, day).is_none(), "{day}");
        }
        found.iter().map(|span| (span.start().day(), span.end().day())).collect()
    }

    #[test]
    fn nobody_reads_while_the_owner_and_the_stand_in_are_away() {
        let ann = person("ann", &[(8, 9), (3, 5), (6, 7), (20, 25)]);
        let bob = person("bob", &[(5, 8), (24, 31)]);
        let team = Team { people: vec!["ann".into(), "bob".into()], ..Team::new("both".into(), "Both") };
        let teams = [team, Team::new("nobody".into(), "Nobody")].map(Edit::PutTeam);
        let plan = plan([ann, bob].map(Edit::PutPerson).into_iter().chain(teams).collect());
        let who = |id: &str| Some(Assignee::Person(id.into()));
        let team = |id: &str| Some(Assignee::Team(id.into()));
        assert_eq!(unread(&plan, who("ann"), None), [(3, 9), (20, 25)], "absences in a row are one");
        assert_eq!(unread(&plan, who("ann"), who("bob")), [(5, 8), (24, 25)]);
        assert_eq!(unread(&plan, team("both"), None), [(5, 8), (24, 25)]);
        assert_eq!(unread(&plan, team("nobody"), None), [(1, 31)]);
        assert_eq!(unread(&plan, team("nobody"), who("ann")), [(3, 9), (20, 25)]);
        assert_eq!(unread(&plan, who("eve"), None), [], "P001 reports who does not exist");
        assert_eq!(unread(&plan, None, who("ann")), [], "it has no owner at all");
    }

    #[test]
    fn vendors_are_unread_only_once_somebody_reads_one() {
        let system = |id: &str, vendor: &str| {
            Edit::PutSystem(System { id: id.into(), name: id.into(), vendor: vendor.into(), ..System::default() })
        };
        let systems =
            [system("a", "SAP"), system("b", "Oracle"), system("c", "oracle "), system("d", ""), system("e", "Cisco")];
        let inventory = plan(systems.to_vec());
        assert_eq!(unread_vendors(&inventory), []);
        let vendors = vec!["sap".to_owned()];
        let duty = Edit::PutBulletinDuty(BulletinDuty { vendors, ..BulletinDuty::new("d".into(), "D") });
        let read = inventory.apply(&duty).unwrap();
        assert_eq!(unread_vendors(&read), [("Oracle", 2), ("Cisco", 1)]);
        let product = |vendor: &str| Product { vendor: vendor.into(), product: "P".into() };
        let other_products = vec![product("ORACLE"), product("Oracle"), product("Apache")];
        let several =
            System { id: "a".into(), name: "a".into(), vendor: "SAP".into(), other_products, ..System::default() };
        let read = read.apply(&Edit::PutSystem(several)).unwrap();
        assert_eq!(unread_vendors(&read), [("ORACLE", 3), ("Apache", 1), ("Cisco", 1)], "each vendor of a system once");
    }
}
