//! Who is sent the occurrences of a window: the owners who must agree, and the people and teams who are informed.
//!
//! A recipient is an e-mail address. An owner who is also informed is sent what owners are sent. Those who are informed only
//! because they are booked are sent the times of their duties, all others those of the occurrence.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use crate::model::{
    AreaId, Assignee, Duty, InformedOf, InviteRole, PersonId, Plan, SentInvite, System, TeamId, UtcMinute, address,
};
use crate::schedule::agreement::answers::areas;
use crate::schedule::plan_schedule::Schedule;
use crate::schedule::time::occurrence::Occurrence;
use crate::schedule::window_schedule::WindowSchedule;

/// A person or a team who is informed of occurrences.
#[derive(Clone, Debug)]
pub struct Informed<'a> {
    pub who: Assignee,
    pub name: &'a str,
    /// None if the plan has no valid one.
    pub address: Option<String>,
    is_told_everything: bool,
    /// The positions of the systems that concern them, sorted: their own, and those that these need.
    systems: Vec<u32>,
}

/// Why somebody is informed of an occurrence.
#[derive(Clone, Debug, Default)]
pub struct Reason<'a> {
    pub is_told_everything: bool,
    /// The systems in the window that concern them, in the order of their ids.
    pub systems: Vec<&'a Arc<System>>,
    /// What they are booked for, each once.
    pub duties: Vec<Duty>,
}

/// Somebody who is sent an occurrence.
#[derive(Clone, Debug)]
pub struct Recipient<'a> {
    pub role: InviteRole,
    pub name: &'a str,
    /// The business areas that an owner answers for, sorted.
    pub areas: Vec<AreaId>,
    /// Nothing for an owner.
    pub reason: Reason<'a>,
}

/// All people and teams of a plan who are informed of something.
pub struct Recipients<'a> {
    schedule: &'a Schedule,
    informed: Vec<Informed<'a>>,
}

/// The recipients of one window.
pub struct WindowRecipients<'a, 'b> {
    schedule: &'a Schedule,
    window: &'a WindowSchedule,
    /// The owners by their addresses, for all occurrences.
    pub owners: BTreeMap<String, Recipient<'a>>,
    /// Those who may be concerned.
    informed: Vec<&'b Informed<'a>>,
}

impl Reason<'_> {
    /// Whether the occurrence itself concerns them, and not only their duties.
    fn is_about_occurrence(&self) -> bool {
        self.is_told_everything || !self.systems.is_empty()
    }

    /// Adds the reason of somebody with the same address.
    fn join(&mut self, other: Self) {
        self.is_told_everything |= other.is_told_everything;
        self.systems.extend(other.systems);
        self.systems.sort_by(|a, b| a.id.cmp(&b.id));
        self.systems.dedup_by(|a, b| a.id == b.id);
        self.duties.extend(other.duties);
        self.duties.sort_unstable();
        self.duties.dedup();
    }
}

impl<'a> Recipient<'a> {
    fn informed(name: &'a str, reason: Reason<'a>) -> Self {
        Self { role: InviteRole::Informed, name, areas: Vec::new(), reason }
    }

    /// The start and end that their calendar must have. A watch counts only if it is their only duty.
    pub fn period(&self, window: &WindowSchedule, occurrence: &Occurrence) -> (UtcMinute, UtcMinute) {
        let whole = (occurrence.start_at, occurrence.end_at);
        if self.role != InviteRole::Booked {
            return whole;
        }
        let duties = &self.reason.duties;
        let only_watches = duties.iter().all(|duty| *duty == Duty::Watch);
        let these = duties.iter().filter(|duty| only_watches || **duty != Duty::Watch);
        let times = these.map(|duty| occurrence.duty_times(*duty, &window.window));
        times.reduce(|all, each| (all.0.min(each.0), all.1.max(each.1))).unwrap_or(whole)
    }
}

impl<'a> Informed<'a> {
    /// None if they are informed of nothing.
    fn new(plan: &'a Plan, who: Assignee, name: &'a str, email: &str, informed_of: &InformedOf) -> Option<Self> {
        let systems = match informed_of {
            InformedOf::Nothing => return None,
            InformedOf::Bookings | InformedOf::Everything => Vec::new(),
            InformedOf::Affecting { systems, areas } => {
                let is_theirs = |system: &System| {
                    systems.contains(&system.id) || system.area.as_ref().is_some_and(|area| areas.contains(area))
                };
                let theirs: Vec<(usize, &Arc<System>)> =
                    plan.systems().iter().enumerate().filter(|(_, system)| is_theirs(system)).collect();
                let needed = theirs.iter().flat_map(|(_, system)| &system.depends_on);
                let needed = needed.filter_map(|id| plan.systems().position(id));
                let mut all: Vec<u32> = theirs
                    .iter()
                    .map(|(position, _)| *position)
                    .chain(needed)
                    .map(|position| position as u32)
                    .collect();
                all.sort_unstable();
                all.dedup();
                all
            }
        };
        let is_told_everything = *informed_of == InformedOf::Everything;
        Some(Self { who, name, address: address(email), is_told_everything, systems })
    }

    /// Those of a person or team of the plan. None if it is not in the plan, or informed of nothing.
    pub fn find(plan: &'a Plan, who: &Assignee) -> Option<Self> {
        match who {
            Assignee::Person(id) => Self::for_person(plan, id),
            Assignee::Team(id) => Self::for_team(plan, id),
        }
    }

    fn for_person(plan: &'a Plan, id: &PersonId) -> Option<Self> {
        let person = plan.people().get(id)?;
        Self::new(plan, Assignee::Person(id.clone()), &person.name, &person.email, &person.informed_of)
    }

    fn for_team(plan: &'a Plan, id: &TeamId) -> Option<Self> {
        let team = plan.teams().get(id)?;
        Self::new(plan, Assignee::Team(id.clone()), &team.name, &team.email, &team.informed_of)
    }

    /// The systems of the window that concern them, in the order of their ids.
    fn affected(&self, plan: &'a Plan, window: &WindowSchedule) -> Vec<&'a Arc<System>> {
        let positions = window.scope.positions.iter().filter(|each| self.systems.binary_search(each).is_ok());
        positions.map(|position| &plan.systems().as_slice()[*position as usize]).collect()
    }

    /// Whether all occurrences of the window concern them, and not only those for which they are booked.
    pub fn is_concerned(&self, window: &WindowSchedule) -> bool {
        self.is_told_everything
            || window.scope.positions.iter().any(|position| self.systems.binary_search(position).is_ok())
    }

    /// Why they are informed of an occurrence; nothing if it does not concern them.
    fn reason(&self, schedule: &'a Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Reason<'a> {
        Reason {
            is_told_everything: self.is_told_everything,
            systems: self.affected(&schedule.plan, window),
            duties: self.duties(schedule, window, occurrence),
        }
    }

    /// The duties of a person or a team at an occurrence.
    fn duties(&self, schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Vec<Duty> {
        let on = occurrence.original_on();
        let mut duties: Vec<Duty> = match &self.who {
            Assignee::Person(id) => {
                let shifts = schedule.rota.shifts_at(window.id(), on);
                shifts.filter(|shift| schedule.rota.person(shift).id == *id).map(|shift| shift.duty).collect()
            }
            who @ Assignee::Team(_) => {
                let bookings = window.window.bookings.iter();
                let theirs = bookings.filter(|each| each.who == *who && each.on.is_none_or(|day| day == on));
                let has_watch = window.window.watch.is_some();
                theirs.map(|booking| booking.duty).filter(|duty| has_watch || *duty != Duty::Watch).collect()
            }
        };
        duties.sort_unstable();
        duties.dedup();
        duties
    }
}

impl<'a> Recipients<'a> {
    pub fn new(schedule: &'a Schedule) -> Self {
        let plan = &*schedule.plan;
        let people = plan.people().iter().filter_map(|person| Informed::for_person(plan, &person.id));
        let teams = plan.teams().iter().filter_map(|team| Informed::for_team(plan, &team.id));
        Self { schedule, informed: people.chain(teams).collect() }
    }

    pub fn for_window<'b>(&'b self, window: &'a WindowSchedule) -> WindowRecipients<'a, 'b> {
        let plan = &*self.schedule.plan;
        let mut owners = BTreeMap::<String, Recipient<'a>>::new();
        for area in areas(plan, &window.scope) {
            let Some(to) = area.address() else { continue };
            let owner = Recipient { role: InviteRole::Owner, ..Recipient::informed("", Reason::default()) };
            let owner = owners.entry(to).or_insert(owner);
            owner.areas.push(area.id.clone());
            if owner.name.is_empty() {
                owner.name = area.owner.trim();
            }
        }
        let is_booked = !window.window.bookings.is_empty();
        let informed = self.informed.iter().filter(|each| is_booked || each.is_concerned(window)).collect();
        WindowRecipients { schedule: self.schedule, window, owners, informed }
    }

    /// Those without an address who must be informed of one of these occurrences of a window.
    pub fn unreachable(
        &self,
        window: &WindowSchedule,
        occurrences: impl Iterator<Item = &'a Occurrence> + Clone,
    ) -> impl Iterator<Item = &Informed<'a>> {
        let without = self.informed.iter().filter(|informed| informed.address.is_none());
        without.filter(move |informed| {
            let is_booked = |each| !informed.duties(self.schedule, window, each).is_empty();
            informed.is_concerned(window) || occurrences.clone().any(is_booked)
        })
    }

    /// Why the recipient of an earlier message is informed of its occurrence now.
    pub fn reason(&self, sent: &SentInvite) -> Reason<'a> {
        let occurrence = self.schedule.occurrence(&sent.key.window, sent.key.on);
        let informed = self.informed.iter().filter(|informed| informed.address.as_ref() == Some(&sent.key.to));
        let mut all = Reason::default();
        if let Some((window, occurrence)) = occurrence.filter(|_| sent.role != InviteRole::Owner) {
            informed.for_each(|each| all.join(each.reason(self.schedule, window, occurrence)));
        }
        all
    }
}

impl<'a> WindowRecipients<'a, '_> {
    /// Those who are informed of that occurrence, by address, without owners.
    pub fn informed_at(&self, occurrence: &Occurrence) -> BTreeMap<String, Recipient<'a>> {
        let mut all = BTreeMap::<String, Recipient<'a>>::new();
        for informed in &self.informed {
            let Some(to) = informed.address.as_ref().filter(|to| !self.owners.contains_key(*to)) else { continue };
            let Some(reason) = self.reason(informed, occurrence) else { continue };
            match all.entry(to.clone()) {
                Entry::Vacant(entry) => drop(entry.insert(Recipient::informed(informed.name, reason))),
                Entry::Occupied(mut entry) => entry.get_mut().reason.join(reason),
            }
        }
        for recipient in all.values_mut().filter(|recipient| !recipient.reason.is_about_occurrence()) {
            recipient.role = InviteRole::Booked;
        }
        all
    }

    /// Whether that address is sent the occurrence.
    pub fn has(&self, to: &str, occurrence: &Occurrence) -> bool {
        let is_theirs = |informed: &Informed<'_>| informed.address.as_deref() == Some(to);
        let mut informed = self.informed.iter();
        self.owners.contains_key(to) || informed.any(|each| is_theirs(each) && self.reason(each, occurrence).is_some())
    }

    /// None if the occurrence does not concern them.
    fn reason(&self, informed: &Informed<'a>, occurrence: &Occurrence) -> Option<Reason<'a>> {
        let reason = informed.reason(self.schedule, self.window, occurrence);
        (reason.is_about_occurrence() || !reason.duties.is_empty()).then_some(reason)
    }
}
