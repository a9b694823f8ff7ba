//! The owners to notify of a change, and whether there is still time.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use super::{InviteMessageKind, Notice, OccurrencePeriod, WindowRevision};
use crate::model::{AreaId, BusinessArea, MaintenanceWindow, Plan};
use crate::schedule::agreement::answers::areas;
use crate::schedule::scope::Scope;

/// Somebody to notify: the owner of one or more business areas, or a person or team who is only informed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// Empty if the plan does not contain it.
    pub name: String,
    /// None if the plan contains no valid address.
    pub address: Option<String>,
    /// Whether no answer is asked of them: they are a person or team who is informed, or who works in a window.
    pub is_informed: bool,
    /// The names of the business areas, sorted.
    pub areas: Vec<String>,
    /// The number of invites, updates and cancellations.
    pub invites: usize,
    pub updates: usize,
    pub cancellations: usize,
    /// How many of these are too late.
    pub late: usize,
}

impl Owner {
    /// "Priya Raman", or the address, or the business area.
    pub fn called(&self) -> &str {
        let names = [self.name.as_str(), self.address.as_deref().unwrap_or_default()];
        let named = names.into_iter().find(|name| !name.is_empty());
        named.or(self.areas.first().map(String::as_str)).unwrap_or("Nobody")
    }

    /// The same among others: "Priya Raman", "SOC (informed)".
    pub fn called_with_role(&self) -> String {
        let called = self.called();
        if self.is_informed { format!("{called} (informed)") } else { called.to_owned() }
    }

    /// "2 new, 6 moved, 1 cancelled". "Other changes" if no date changed.
    pub fn changes(&self) -> String {
        let counts = [(self.invites, "new"), (self.updates, "moved"), (self.cancellations, "cancelled")];
        let parts: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
        if parts.is_empty() { "other changes".to_owned() } else { parts.join(", ") }
    }

    pub fn note(&mut self, notification: &Notification) {
        match notification.what {
            Some(InviteMessageKind::Invite) => self.invites += 1,
            Some(InviteMessageKind::Update) => self.updates += 1,
            Some(InviteMessageKind::Cancellation) => self.cancellations += 1,
            None => {}
        }
        self.late += usize::from(notification.late_days > 0);
    }
}

/// An owner who must be notified of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notification {
    /// The index in [`Revision::owners`](super::Revision::owners).
    pub owner: usize,
    /// None if only the wording changed for them.
    pub what: Option<InviteMessageKind>,
    /// None if notice is informational.
    pub notice: Option<Notice>,
    /// The days since the last day on which notice was in time. 0 if it still is.
    pub late_days: i64,
}

impl Notification {
    /// A notification about a date that starts on `on`.
    pub fn new(owner: usize, what: InviteMessageKind, days: Option<u16>, on: NaiveDate, today: NaiveDate) -> Self {
        let due_on = |days: u16| on.checked_sub_days(Days::new(days.into())).unwrap_or(NaiveDate::MIN);
        let notice = days.map(|days| Notice { days, due_on: due_on(days) });
        let late_days = notice.map_or(0, |notice| (today - notice.due_on).num_days().max(0));
        Self { owner, what: Some(what), notice, late_days }
    }
}

/// Identifies an owner: by address, or else by their only area.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum OwnerKey {
    Address(String),
    Area(AreaId),
}

impl OwnerKey {
    fn new(area: &BusinessArea) -> Self {
        area.address().map_or_else(|| Self::Area(area.id.clone()), Self::Address)
    }
}

/// All owners of some plans, numbered in the order of their addresses. Later plans have the more accurate names.
pub struct OwnerDirectory {
    owners: Vec<Owner>,
    /// For each plan, the owner of each of its areas.
    by_area: Vec<HashMap<AreaId, usize>>,
    /// The new number of each owner who must be notified of something.
    numbers: Vec<Option<usize>>,
}

/// An owner who must agree to a window, and the days of notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowOwner {
    pub owner: usize,
    pub days: Option<u16>,
}

impl OwnerDirectory {
    pub fn new(plans: &[&Plan]) -> Self {
        let mut all = BTreeMap::<OwnerKey, (Owner, BTreeSet<&str>)>::new();
        for area in plans.iter().flat_map(|plan| plan.areas()) {
            let (owner, names) = all.entry(OwnerKey::new(area)).or_default();
            owner.address = area.address();
            if !area.owner.trim().is_empty() {
                area.owner.trim().clone_into(&mut owner.name);
            }
            names.insert(&area.name);
        }
        let keys: BTreeMap<&OwnerKey, usize> = all.keys().enumerate().map(|(number, key)| (key, number)).collect();
        let number = |area: &BusinessArea| keys.get(&OwnerKey::new(area)).copied().unwrap_or_default();
        let of_plan = |plan: &&Plan| plan.areas().iter().map(|area| (area.id.clone(), number(area))).collect();
        let by_area = plans.iter().map(of_plan).collect();
        let owners = all
            .into_values()
            .map(|(owner, names)| Owner { areas: names.into_iter().map(str::to_owned).collect(), ..owner });
        Self { owners: owners.collect(), by_area, numbers: Vec::new() }
    }

    /// The owners who must agree to a window of the plan with this index, sorted and without duplicates. An owner of
    /// several areas needs the longest notice of all.
    pub fn concerned(
        &self,
        plan_index: usize,
        plan: &Plan,
        window: &MaintenanceWindow,
        scope: &Scope,
    ) -> Vec<WindowOwner> {
        let of_area = |area: &BusinessArea| {
            let owner = self.by_area.get(plan_index)?.get(&area.id)?;
            Some(WindowOwner { owner: *owner, days: plan.notice_days(window.kind, area) })
        };
        let mut all: Vec<WindowOwner> = areas(plan, scope).into_iter().filter_map(|area| of_area(area)).collect();
        all.sort_by_key(|each| (each.owner, std::cmp::Reverse(each.days)));
        all.dedup_by_key(|each| each.owner);
        all
    }

    /// The owners who must be notified of something that is not over, with the number of dates.
    pub fn owners_to_notify(&mut self, windows: &[WindowRevision]) -> Vec<Owner> {
        self.numbers = vec![None; self.owners.len()];
        let dates = windows.iter().flat_map(|window| &window.dates);
        for notification in dates.filter(|date| date.counts()).flat_map(|date| &date.notifications) {
            self.numbers[notification.owner] = Some(0);
            self.owners[notification.owner].note(notification);
        }
        let notified = self.numbers.iter_mut().flatten();
        notified.enumerate().for_each(|(next, number)| *number = next);
        self.owners.iter().zip(&self.numbers).filter_map(|(owner, number)| number.map(|_| owner.clone())).collect()
    }

    /// The same windows with the owners' numbers in the list of those who must be notified.
    pub fn renumbered(&self, mut windows: Vec<WindowRevision>) -> Vec<WindowRevision> {
        for date in windows.iter_mut().flat_map(|window| &mut window.dates) {
            // Past dates notify nobody.
            let is_notified = date.counts();
            date.notifications.retain_mut(|notification| {
                match self.numbers.get(notification.owner).copied().flatten().filter(|_| is_notified) {
                    Some(number) => {
                        notification.owner = number;
                        true
                    }
                    None => false,
                }
            });
        }
        windows
    }
}

/// The owners of a window before and after.
pub struct OwnersBeforeAndAfter {
    pub before: Vec<WindowOwner>,
    pub after: Vec<WindowOwner>,
    /// Whether something about the window besides its dates changed for its owners.
    pub words_changed: bool,
}

impl OwnersBeforeAndAfter {
    /// The owners who must be notified that an occurrence moved from one time to another.
    pub fn notifications(
        &self,
        before: Option<&OccurrencePeriod>,
        after: Option<&OccurrencePeriod>,
        today: NaiveDate,
    ) -> Vec<Notification> {
        let (mut old, mut new) = (self.before.iter().peekable(), self.after.iter().peekable());
        let mut notifications = Vec::new();
        loop {
            let next = match (old.peek(), new.peek()) {
                (Some(a), Some(b)) => a.owner.min(b.owner),
                (Some(one), None) | (None, Some(one)) => one.owner,
                (None, None) => return notifications,
            };
            let was = old.next_if(|each| each.owner == next).zip(before);
            let is = new.next_if(|each| each.owner == next).zip(after);
            notifications.extend(self.notification(next, was, is, today));
        }
    }

    fn notification(
        &self,
        owner: usize,
        was: Option<(&WindowOwner, &OccurrencePeriod)>,
        is: Option<(&WindowOwner, &OccurrencePeriod)>,
        today: NaiveDate,
    ) -> Option<Notification> {
        match (was, is) {
            (None, None) => None,
            (Some((_, before)), Some((_, after))) if before.is_same(after) => {
                self.words_changed.then_some(Notification { owner, what: None, notice: None, late_days: 0 })
            }
            (Some(_), Some((concerned, after))) => {
                Some(Notification::new(owner, InviteMessageKind::Update, concerned.days, after.on(), today))
            }
            (None, Some((concerned, after))) => {
                Some(Notification::new(owner, InviteMessageKind::Invite, concerned.days, after.on(), today))
            }
            (Some((concerned, before)), None) => {
                Some(Notification::new(owner, InviteMessageKind::Cancellation, concerned.days, before.on(), today))
            }
        }
    }
}
