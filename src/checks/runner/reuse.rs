//! Which findings of the plan before still hold: a unit does as long as the pointers that it was made from are the
//! current ones.

mod ladders;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::checks::facts::related_systems::named_by;
use crate::model::{
    ChangeFreeze, ChecklistId, FreezeId, FreezeScope, GroupId, LadderId, Plan, Record, Subject, Table, WindowId, Work,
};
use crate::schedule::Frozen;
use crate::schedule::{Covering, Outlook, Outlooks, Reach, Rota, Schedule, WindowSchedule};

/// The pointers that findings were made from.
#[derive(Clone, Debug)]
pub struct Inputs {
    plan: Arc<Plan>,
    windows: Vec<Arc<WindowSchedule>>,
    covering: Arc<Covering>,
    reaches: Arc<Vec<Reach>>,
    outlooks: Arc<Outlooks>,
    rota: Arc<Rota>,
    today: NaiveDate,
}

impl Inputs {
    pub fn of(schedule: &Schedule, today: NaiveDate) -> Self {
        Self {
            plan: Arc::clone(&schedule.plan),
            windows: schedule.windows.clone(),
            covering: Arc::clone(&schedule.covering),
            reaches: Arc::clone(&schedule.reaches),
            outlooks: Arc::clone(&schedule.outlooks),
            rota: Arc::clone(&schedule.rota),
            today,
        }
    }
}

/// What is the same as when the previous findings were made. Each method gives the place of a unit among the previous
/// ones if what was found there still holds.
pub struct Same<'a> {
    old: &'a Inputs,
    new: &'a Schedule,
    /// Plan, policy, areas, release calendars and day: what all windows are judged by.
    yardsticks: bool,
    ladders: bool,
    pub systems: bool,
    /// Whether what a night may hold is the same.
    pub nights: bool,
    /// The same people stand in the same teams.
    people: bool,
    /// The same people and teams exist, though their records may have changed.
    known_people: bool,
    holidays: bool,
    checklists: bool,
    /// Each group names the checklist that it named.
    group_checklists: bool,
    /// Freezes that are new, gone or changed, as they were and as they are.
    changed_freezes: Vec<Frozen<'a>>,
    /// Windows with answers that are new, gone or changed; sorted.
    changed_answers: Vec<&'a WindowId>,
    /// Release calendars, horizon and policy: what all ladders are judged by.
    climbs: bool,
    /// Each system stands where it stood, though its record may have changed.
    system_places: bool,
    /// One for each window of the schedule: in what it differs.
    changed: Vec<Changed>,
    /// One for each of those: whether what was found about it by itself still holds.
    is_kept: Vec<bool>,
    /// Index of each window among the previous ones, where some were added or removed.
    old_indices: Option<Vec<usize>>,
}

/// In what a window differs from what it was.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Changed {
    Nothing,
    /// Only in what is said of the systems that it covers: when it takes place is the same, and so are their places.
    Records,
    Itself,
}

impl Changed {
    fn between(new: &Arc<WindowSchedule>, old: &Arc<WindowSchedule>) -> Self {
        let takes_place_alike = || Arc::ptr_eq(&new.window, &old.window) && Arc::ptr_eq(&new.expansion, &old.expansion);
        if Arc::ptr_eq(new, old) {
            Self::Nothing
        } else if takes_place_alike() && new.scope.positions == old.scope.positions {
            Self::Records
        } else {
            Self::Itself
        }
    }
}

impl<'a> Same<'a> {
    pub fn new(schedule: &'a Schedule, today: NaiveDate, old: &'a Inputs) -> Self {
        let (new_plan, old_plan) = (&*schedule.plan, &*old.plan);
        let place = new_plan.horizon == old_plan.horizon && new_plan.zone == old_plan.zone;
        let releases = new_plan.releases.ptr_eq(&old_plan.releases);
        let policy = Arc::ptr_eq(&new_plan.policy, &old_plan.policy);
        let areas = new_plan.areas.ptr_eq(&old_plan.areas);
        let ladders = new_plan.ladders.ptr_eq(&old_plan.ladders);
        let (changed, old_indices) = compare(&schedule.windows, &old.windows);
        let mut same = Self {
            old,
            new: schedule,
            yardsticks: place && releases && policy && areas && old.today == today,
            ladders,
            systems: new_plan.systems.ptr_eq(&old_plan.systems),
            nights: new_plan.policy.night == old_plan.policy.night,
            people: new_plan.people.ptr_eq(&old_plan.people) && new_plan.teams.ptr_eq(&old_plan.teams),
            known_people: new_plan.people.same_ids(&old_plan.people) && new_plan.teams.same_ids(&old_plan.teams),
            holidays: new_plan.holidays.ptr_eq(&old_plan.holidays),
            checklists: new_plan.checklists.ptr_eq(&old_plan.checklists),
            group_checklists: ladders || group_checklists(new_plan).eq(group_checklists(old_plan)),
            changed_freezes: changed_freezes(schedule, old_plan),
            changed_answers: changed_answers(new_plan, old_plan),
            climbs: place && releases && policy,
            system_places: new_plan.systems.same_ids(&old_plan.systems),
            changed,
            is_kept: Vec::new(),
            old_indices,
        };
        same.is_kept = (0..schedule.windows.len()).map(|index| same.is_judged_alike(index)).collect();
        same
    }

    /// Whether what the plan's records gave still holds.
    pub fn records(&self) -> bool {
        let others = self.holidays && self.checklists && self.people;
        self.yardsticks && self.ladders && self.systems && others
    }

    /// Whether what the freezes by themselves gave still holds. They name the windows that they exempt, so adding or
    /// removing one matters, too.
    pub fn freezes(&self) -> bool {
        let freezes = self.new.plan.freezes.ptr_eq(&self.old.plan.freezes);
        self.yardsticks && self.ladders && self.systems && freezes && self.old_indices.is_none()
    }

    pub fn window(&self, index: usize) -> Option<usize> {
        self.is_kept[index].then(|| self.old_index(index))
    }

    fn is_judged_alike(&self, index: usize) -> bool {
        let window = &self.new.windows[index];
        let knows_systems = self.system_places || names_only_its_scope(window);
        let knows_people = self.known_people || window.window.bookings.is_empty();
        let knows_all = knows_systems && knows_people && self.has_same_checklist(window);
        self.yardsticks && self.changed[index] == Changed::Nothing && knows_all
    }

    /// Whether the checklist that the window has is the one that it had, and, where it is one of the plan's, the record
    /// that it was.
    fn has_same_checklist(&self, window: &WindowSchedule) -> bool {
        let named = |plan: &Plan| {
            let id = plan.checklist_named_for(&window.window)?.clone();
            let record = plan.checklists.get(&id).map(Arc::as_ptr);
            Some((id, record))
        };
        (self.checklists && self.group_checklists) || named(&self.new.plan) == named(&self.old.plan)
    }

    pub fn window_freezes(&self, index: usize) -> Option<usize> {
        let window = &self.new.windows[index];
        let concerns = |freeze: &Frozen<'_>| freeze.is_about(window) || freeze.exempts(window);
        let is_concerned = || !self.system_places || self.changed_freezes.iter().any(concerns);
        self.window(index).filter(|_| self.changed_freezes.is_empty() || !is_concerned())
    }

    /// The place of a window of which nothing else changed than perhaps freezes around it.
    pub fn window_but_for_freezes(&self, index: usize) -> Option<usize> {
        self.window(index).filter(|_| self.system_places)
    }

    /// Whether that is a freeze that is new, gone or changed.
    pub fn is_changed_freeze(&self, id: &FreezeId) -> bool {
        self.changed_freezes.iter().any(|frozen| frozen.freeze.id == *id)
    }

    pub fn is_of_changed_freeze(&self, cause: &Subject) -> bool {
        matches!(cause, Subject::Freeze(id) if self.is_changed_freeze(id))
    }

    pub fn window_holidays(&self, index: usize) -> Option<usize> {
        self.window(index).filter(|_| self.holidays)
    }

    pub fn window_outlook(&self, index: usize, outlook: &Arc<Outlook>) -> Option<usize> {
        let place = self.window(index)?;
        let before = self.old.outlooks.get(self.old.windows.get(place)?)?;
        Arc::ptr_eq(before, outlook).then_some(place)
    }

    pub fn window_ladders(&self, index: usize) -> Option<usize> {
        self.window(index).filter(|_| self.ladders)
    }

    pub fn window_answers(&self, index: usize) -> Option<usize> {
        let is_answered = || self.changed_answers.binary_search(&self.new.windows[index].id()).is_ok();
        self.window(index).filter(|_| self.changed_answers.is_empty() || !is_answered())
    }

    /// A window that no longer covers the system is not among `covering`, so the list itself must be the same, too.
    pub fn system(&self, position: usize, covering: &[u32]) -> Option<usize> {
        self.is_covered_alike(position, covering).then_some(position)
    }

    /// A system and those that it names.
    pub fn related(&self, position: usize) -> bool {
        let plan = &self.new.plan;
        let named = || named_by(plan, &plan.systems.as_slice()[position]);
        let is_same = |position| self.is_covered_alike(position, self.new.covering.windows(position));
        is_same(position) && named().into_iter().all(is_same)
    }

    fn is_covered_alike(&self, position: usize, covering: &[u32]) -> bool {
        let record = |plan: &'a Plan| plan.systems.as_slice().get(position);
        let is_same_record = self.system_places
            && record(&self.new.plan).zip(record(&self.old.plan)).is_some_and(|(new, old)| Arc::ptr_eq(new, old));
        is_same_record && self.all_unchanged(covering, self.old.covering.windows(position))
    }

    /// The windows as they were.
    pub fn old_windows(&self) -> &'a [Arc<WindowSchedule>] {
        &self.old.windows
    }

    /// For each system of the plan, whether windows bring an advisory to it as they did.
    pub fn carrying(&self) -> Vec<bool> {
        let windows: Vec<bool> =
            (0..self.new.windows.len()).map(|index| self.window_freezes(index).is_some()).collect();
        let is_as_before = |place: usize| {
            let covering = self.new.covering.windows(place);
            self.system(place, covering).is_some() && covering.iter().all(|window| windows[*window as usize])
        };
        (0..self.new.plan.systems.len()).map(is_as_before).collect()
    }

    /// `carrying`: what the method of that name gives.
    pub fn advisory(&self, index: usize, carrying: &[bool]) -> Option<usize> {
        let (systems, table, old) = (&self.new.plan.systems, &self.new.plan.advisories, &self.old.plan.advisories);
        let advisory = &table.as_slice()[index];
        let stood = if table.ptr_eq(old) { Some(index) } else { old.position(&advisory.id) };
        let is_same = |stood: &usize| Arc::ptr_eq(&old.as_slice()[*stood], advisory);
        let mut places = advisory.systems.iter().filter_map(|id| systems.position(id));
        stood.filter(is_same).filter(|_| self.yardsticks && self.system_places && places.all(|place| carrying[place]))
    }

    /// Whether everybody works when they worked, and is judged alike.
    pub fn rota(&self) -> bool {
        self.yardsticks && Arc::ptr_eq(&self.new.rota, &self.old.rota)
    }

    /// Whether `windows` are those that stood at `stood` among the previous ones, and none of them changed itself.
    fn all_unchanged(&self, windows: &[u32], stood: &[u32]) -> bool {
        self.are_the_same(windows, stood)
            && windows.iter().all(|window| self.changed[*window as usize] != Changed::Itself)
    }

    /// Whether `windows` are those that stood at `stood` among the previous ones, whatever they do now.
    fn are_the_same(&self, windows: &[u32], stood: &[u32]) -> bool {
        let is_that = |(window, stood): (&u32, &u32)| self.old_index(*window as usize) == *stood as usize;
        windows.len() == stood.len() && windows.iter().zip(stood).all(is_that)
    }

    fn old_index(&self, index: usize) -> usize {
        self.old_indices.as_ref().and_then(|indices| indices.get(index)).copied().unwrap_or(index)
    }
}

/// The groups that name a checklist, each with what it names.
fn group_checklists(plan: &Plan) -> impl Iterator<Item = (&GroupId, &ChecklistId)> {
    let groups = plan.ladders.iter().flat_map(|ladder| &ladder.groups);
    groups.filter_map(|group| Some((&group.id, group.checklist.as_ref()?)))
}

/// Whether all systems that the window's tracks name are in its scope, so that other systems cannot matter to it.
fn names_only_its_scope(window: &WindowSchedule) -> bool {
    match &window.window.work {
        Work::Pool(_) => true,
        Work::Tracks(tracks) => tracks.iter().flatten().all(|system| window.scope.covers(system)),
    }
}

/// Freezes that are new, gone or changed since the old plan. One about ladders changes with those.
fn changed_freezes<'a>(schedule: &'a Schedule, old: &'a Plan) -> Vec<Frozen<'a>> {
    let new = &*schedule.plan;
    let (ladders, freezes) = (new.ladders.ptr_eq(&old.ladders), new.freezes.ptr_eq(&old.freezes));
    if ladders && freezes {
        return Vec::new();
    }
    let ladder = |plan: &Plan, id: &LadderId| plan.ladders.get(id).map(Arc::as_ptr);
    let is_same = |freeze: &ChangeFreeze| match &freeze.scope {
        FreezeScope::Ladders(ids) => ladders || ids.iter().all(|id| ladder(new, id) == ladder(old, id)),
        FreezeScope::Everything | FreezeScope::Areas(_) | FreezeScope::Systems(_) => true,
    };
    let only_in = |plan: &'a Plan, other: &'a Plan| {
        let is_known = |freeze: &Arc<ChangeFreeze>| {
            is_same(freeze) && other.freezes.get(&freeze.id).is_some_and(|each| Arc::ptr_eq(each, freeze))
        };
        let only = plan.freezes.iter().filter(move |freeze| !is_known(freeze));
        only.map(|freeze| Frozen::of(freeze, plan, &schedule.zone)).collect::<Vec<_>>()
    };
    [only_in(new, old), only_in(old, new)].into_iter().flatten().collect()
}

/// The windows to whose occurrences other answers are known, or other letters were sent; sorted.
fn changed_answers<'a>(new: &'a Plan, old: &'a Plan) -> Vec<&'a WindowId> {
    let answers = differing(&new.ledger, &old.ledger).map(|entry| &entry.of.window);
    let letters = differing(&new.invitations, &old.invitations).map(|invitation| &invitation.of.window);
    let mut windows: Vec<&WindowId> = answers.chain(letters).collect();
    windows.sort_unstable();
    windows.dedup();
    windows
}

/// The records that are not the same in both tables. What both begin and end with is the same; of what lies between,
/// some may be, too.
fn differing<'a, T: Record>(new: &'a Table<T>, old: &'a Table<T>) -> impl Iterator<Item = &'a Arc<T>> {
    let is_same = |(new, old): &(&Arc<T>, &Arc<T>)| Arc::ptr_eq(new, old);
    let (new, old) = if new.ptr_eq(old) { (&[][..], &[][..]) } else { (new.as_slice(), old.as_slice()) };
    let first = new.iter().zip(old).take_while(is_same).count();
    let (new, old) = (&new[first..], &old[first..]);
    let last = new.iter().rev().zip(old.iter().rev()).take_while(is_same).count();
    new[..new.len() - last].iter().chain(&old[..old.len() - last])
}

/// Which windows are new or changed, and where the others stood; no places where all stand where they stood.
fn compare(new: &[Arc<WindowSchedule>], old: &[Arc<WindowSchedule>]) -> (Vec<Changed>, Option<Vec<usize>>) {
    let in_place =
        |(new, old): (&Arc<WindowSchedule>, &Arc<WindowSchedule>)| Arc::ptr_eq(new, old) || new.id() == old.id();
    if new.len() == old.len() && new.iter().zip(old).all(in_place) {
        return (new.iter().zip(old).map(|(new, old)| Changed::between(new, old)).collect(), None);
    }
    let mut index = 0;
    let mut stood = |window: &Arc<WindowSchedule>| {
        while old.get(index).is_some_and(|old| !Arc::ptr_eq(old, window) && old.id() < window.id()) {
            index += 1;
        }
        let place = index;
        let before = old.get(place).filter(|old| old.id() == window.id());
        index += usize::from(before.is_some());
        (before.map_or(Changed::Itself, |old| Changed::between(window, old)), place)
    };
    let (changed, places) = new.iter().map(&mut stood).unzip();
    (changed, Some(places))
}
