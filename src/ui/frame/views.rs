//! The views on screen: the state of each between frames, its icon and badge on the rail, and how it is drawn.
//!
//! Their names, commands and shortcuts are in `session/verbs/views.rs`.

use egui::{Color32, Ui};
use lucide_icons::Icon;

use super::inspector::window_form_ui;
use crate::checks::Severity;
use crate::session::{Session, View, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::views::advisories::{self, AdvisoriesState};
use crate::ui::views::calendar::{self, CalendarState};
use crate::ui::views::changes::{self, ChangesState};
use crate::ui::views::compliance::{self, ComplianceState};
use crate::ui::views::cycles::{self, CyclesState};
use crate::ui::views::findings::{self, FindingsState};
use crate::ui::views::groups::{self, GroupsState};
use crate::ui::views::ledger::{self, LedgerState};
use crate::ui::views::lists::{self, ListsState};
use crate::ui::views::night::{self, NightState};
use crate::ui::views::people::{self, PeopleState};

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
    pub compliance: ComplianceState,
    pub changes: ChangesState,
    pub night: NightState,
}

pub fn icon(view: ViewKind) -> Icon {
    match view {
        ViewKind::Calendar => Icon::CalendarDays,
        ViewKind::Groups => Icon::Columns3,
        ViewKind::Cycles => Icon::ChartGantt,
        ViewKind::Lists => Icon::List,
        ViewKind::People => Icon::Users,
        ViewKind::Night => Icon::MoonStar,
        ViewKind::Ledger => Icon::BookOpenCheck,
        ViewKind::Changes => Icon::FileDiff,
        ViewKind::Advisories => Icon::ShieldAlert,
        ViewKind::Compliance => Icon::Gauge,
        ViewKind::Findings => Icon::TriangleAlert,
    }
}

/// The count in the corner of a view's button, and its colour; 0 is not drawn.
pub fn badge(cx: &Cx<'_>, session: &Session, view: ViewKind) -> (usize, Color32) {
    match view {
        ViewKind::Night => (session.tonight.running().len(), cx.colors.good),
        ViewKind::Advisories => (cx.findings().count_by_code("S002"), cx.colors.error),
        ViewKind::Findings => (cx.findings().count(Severity::Error), cx.colors.error),
        _ => (0, cx.colors.error),
    }
}

/// Draws a view. Data that it needs beyond [`Cx`] is taken from the session here.
pub fn view_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, views: &mut Views) {
    match cx.view() {
        View::Calendar(view) => calendar::calendar_ui(ui, cx, &mut views.calendar, view),
        View::Groups => groups::groups_ui(ui, cx, &mut views.groups),
        View::Cycles => cycles::cycles_ui(ui, cx, &mut views.cycles),
        View::Lists => lists::lists_ui(ui, cx, &mut views.lists, window_form_ui),
        View::People => people::people_ui(ui, cx, &mut views.people),
        View::Night => night::night_ui(ui, cx, &mut views.night, &session.tonight),
        View::Ledger(page) => ledger::ledger_ui(ui, cx, &mut views.ledger, page, &session.ledger_reading()),
        View::Changes => {
            let comparison = session.comparing.comparison.as_ref();
            changes::changes_ui(ui, cx, &mut views.changes, comparison, &session.revision_reading());
        }
        View::Advisories => advisories::advisories_ui(ui, cx, &mut views.advisories),
        View::Compliance(page) => compliance::compliance_ui(ui, cx, &mut views.compliance, page),
        View::Findings => findings::findings_ui(ui, cx, &mut views.findings),
    }
}
