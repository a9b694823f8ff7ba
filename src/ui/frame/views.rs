//! What views remember between frames.

use crate::ui::views::advisories::AdvisoriesState;
use crate::ui::views::calendar::CalendarState;
use crate::ui::views::changes::ChangesState;
use crate::ui::views::cycles::CyclesState;
use crate::ui::views::findings::FindingsState;
use crate::ui::views::groups::GroupsState;
use crate::ui::views::ledger::LedgerState;
use crate::ui::views::lists::ListsState;
use crate::ui::views::night::NightState;
use crate::ui::views::people::PeopleState;

/// The state of each view: drafts, ghosts, scroll positions. None of it is in the plan.
#[derive(Default)]
pub struct Views {
    pub calendar: CalendarState,
    pub groups: GroupsState,
    pub cycles: CyclesState,
    pub findings: FindingsState,
    pub lists: ListsState,
    pub people: PeopleState,
    pub ledger: LedgerState,
    pub advisories: AdvisoriesState,
    pub changes: ChangesState,
    pub night: NightState,
}
