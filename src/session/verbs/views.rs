//! The views: one row each. Rail, menus, palette, the sheet of keys and `docs/keyboard.md` read these rows.
//!
//! What only the screen knows of a view (its icon, its badge, how it is drawn) is in `ui/frame/views.rs`.

use super::calendar_keys::CALENDAR_KEYS;
use chrono::{Datelike, Months, NaiveDate, Weekday};

use crate::session::verbs::table_keys::TABLE_KEYS;

/// A view and the part of it that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Calendar(CalendarView),
    Groups,
    Cycles,
    Lists,
    People,
    Night,
    Ledger(LedgerPage),
    Changes,
    Advisories,
    Compliance(CompliancePage),
    Findings,
}

/// A page of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerPage {
    /// Areas and windows by month.
    Answers,
    /// The notice calendar.
    Notices,
}

/// A page of compliance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompliancePage {
    Figures,
    /// The board of advisories.
    Advisories,
    /// The board of releases.
    Releases,
}

/// A page of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarView {
    /// A row for each window, time across.
    Rows,
    /// The wall planner: months as columns, days as rows.
    Planner,
    /// All months on one page.
    Months,
    /// The month of a date.
    Month(NaiveDate),
    /// The seven nights of the week of a date, each from noon to noon.
    Week(NaiveDate),
    Day(NaiveDate),
    /// All occurrences from today on, day by day.
    Agenda,
}

/// A view, regardless of which part of it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ViewKind {
    Calendar,
    Groups,
    Cycles,
    Lists,
    People,
    Night,
    Ledger,
    Changes,
    Advisories,
    Compliance,
    Findings,
}

/// The name, command and keys of a view.
#[derive(Clone, Copy, Debug)]
pub struct ViewRow {
    /// The short name on the rail.
    pub title: &'static str,
    /// The command that shows it.
    pub command: &'static str,
    pub shortcut: &'static str,
    pub help: &'static str,
    /// The heading of its keys, and each key with what it does; empty if the view has no keys.
    pub keys: (&'static str, &'static [(&'static str, &'static str)]),
}

impl View {
    pub fn kind(self) -> ViewKind {
        match self {
            Self::Calendar(_) => ViewKind::Calendar,
            Self::Groups => ViewKind::Groups,
            Self::Cycles => ViewKind::Cycles,
            Self::Lists => ViewKind::Lists,
            Self::People => ViewKind::People,
            Self::Night => ViewKind::Night,
            Self::Ledger(_) => ViewKind::Ledger,
            Self::Changes => ViewKind::Changes,
            Self::Advisories => ViewKind::Advisories,
            Self::Compliance(_) => ViewKind::Compliance,
            Self::Findings => ViewKind::Findings,
        }
    }
}

/// Each view by the word that the settings keep.
const WORDS: [(&str, View); 17] = [
    ("rows", View::Calendar(CalendarView::Rows)),
    ("planner", View::Calendar(CalendarView::Planner)),
    ("months", View::Calendar(CalendarView::Months)),
    ("agenda", View::Calendar(CalendarView::Agenda)),
    ("groups", View::Groups),
    ("cycles", View::Cycles),
    ("lists", View::Lists),
    ("people", View::People),
    ("night", View::Night),
    ("ledger", View::Ledger(LedgerPage::Answers)),
    ("notices", View::Ledger(LedgerPage::Notices)),
    ("changes", View::Changes),
    ("advisories", View::Advisories),
    ("compliance", View::Compliance(CompliancePage::Figures)),
    ("advisory-board", View::Compliance(CompliancePage::Advisories)),
    ("release-board", View::Compliance(CompliancePage::Releases)),
    ("findings", View::Findings),
];

impl View {
    /// The word by which the settings keep it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Calendar(CalendarView::Month(_)) => "month",
            Self::Calendar(CalendarView::Week(_)) => "week",
            Self::Calendar(CalendarView::Day(_)) => "day",
            _ => WORDS.iter().find(|(_, view)| *view == self).map_or("rows", |(word, _)| word),
        }
    }

    /// The view with that word; months, weeks and days show `on`. An unknown word gives the rows.
    pub fn from_word(word: &str, on: NaiveDate) -> Self {
        match word {
            "month" => Self::Calendar(CalendarView::Month(on)),
            "week" => Self::Calendar(CalendarView::Week(on)),
            "day" => Self::Calendar(CalendarView::Day(on)),
            _ => WORDS
                .iter()
                .find(|(each, _)| *each == word)
                .map_or(Self::Calendar(CalendarView::Rows), |(_, view)| *view),
        }
    }
}

impl CalendarView {
    /// Whether the page shows all months of the plan.
    pub fn has_all_months(self) -> bool {
        match self {
            Self::Rows | Self::Planner | Self::Months => true,
            Self::Month(_) | Self::Week(_) | Self::Day(_) | Self::Agenda => false,
        }
    }

    /// The first and last date of a page that shows a month, a week or a day.
    pub fn dates(self) -> Option<(NaiveDate, NaiveDate)> {
        match self {
            Self::Rows | Self::Planner | Self::Months | Self::Agenda => None,
            Self::Month(on) => {
                let first = on.with_day(1)?;
                Some((first, first.checked_add_months(Months::new(1))?.pred_opt()?))
            }
            Self::Week(on) => {
                let week = on.week(Weekday::Mon);
                Some((week.checked_first_day()?, week.checked_last_day()?))
            }
            Self::Day(on) => Some((on, on)),
        }
    }
}

impl ViewKind {
    /// Whether what is selected in the calendar is seen in it, and in the inspector beside it.
    pub fn shows_selection(self) -> bool {
        matches!(self, Self::Calendar | Self::People)
    }

    /// All views, in the order of the rail.
    pub const ALL: [Self; 11] = [
        Self::Calendar,
        Self::Groups,
        Self::Cycles,
        Self::Lists,
        Self::People,
        Self::Night,
        Self::Ledger,
        Self::Changes,
        Self::Advisories,
        Self::Compliance,
        Self::Findings,
    ];

    /// The view with its first page.
    pub fn first(self) -> View {
        match self {
            Self::Calendar => View::Calendar(CalendarView::Rows),
            Self::Groups => View::Groups,
            Self::Cycles => View::Cycles,
            Self::Lists => View::Lists,
            Self::People => View::People,
            Self::Night => View::Night,
            Self::Ledger => View::Ledger(LedgerPage::Answers),
            Self::Changes => View::Changes,
            Self::Advisories => View::Advisories,
            Self::Compliance => View::Compliance(CompliancePage::Figures),
            Self::Findings => View::Findings,
        }
    }

    pub fn row(self) -> ViewRow {
        match self {
            Self::Calendar => CALENDAR,
            Self::Groups => GROUPS,
            Self::Cycles => CYCLES,
            Self::Lists => LISTS,
            Self::People => PEOPLE,
            Self::Night => NIGHT,
            Self::Ledger => LEDGER,
            Self::Changes => CHANGES,
            Self::Advisories => ADVISORIES,
            Self::Compliance => COMPLIANCE,
            Self::Findings => FINDINGS,
        }
    }
}

const CALENDAR: ViewRow = ViewRow {
    title: "Year",
    command: "Rows",
    shortcut: "Ctrl+1",
    help: "Show a row for each window, and time across",
    keys: ("In the calendar", CALENDAR_KEYS),
};

const GROUPS: ViewRow = ViewRow {
    title: "Groups",
    command: "Groups",
    shortcut: "Ctrl+5",
    help: "Show which systems are patched in which order",
    keys: (
        "On the board of groups",
        &[
            ("Arrow keys", "Go to the next system"),
            ("Space", "Select or deselect the system"),
            ("1 to 9", "Assign the selected systems to that column"),
            ("0", "Remove the selected systems from the ladder"),
        ],
    ),
};

const CYCLES: ViewRow = ViewRow {
    title: "Cycles",
    command: "Cycles",
    shortcut: "Ctrl+9",
    help: "Show how each release goes up each ladder, and which deadlines the calendar can meet",
    keys: (
        "In the list of cycles",
        &[
            ("Up and Down", "Go to the previous or next release"),
            ("Left and Right", "Go to the previous or next group of the ladder"),
            ("Enter", "Show the occurrence that reaches the group"),
        ],
    ),
};

const LISTS: ViewRow = ViewRow {
    title: "Lists",
    command: "Lists",
    shortcut: "Ctrl+6",
    help: "Show systems, business areas, freezes, holidays, release calendars",
    keys: ("In a table of the lists", TABLE_KEYS),
};

const PEOPLE: ViewRow = ViewRow {
    title: "People",
    command: "People",
    shortcut: "Ctrl+8",
    help: "Show who works when, who tests afterwards, and how many nights",
    keys: (
        "In the people view",
        &[
            ("Left and Right", "Go to the person's previous or next shift"),
            ("Up and Down", "Go to the nearest shift of the person above or below"),
            ("Enter", "Select the shift's occurrence"),
        ],
    ),
};

const NIGHT: ViewRow = ViewRow {
    title: "Night",
    command: "Night: work through the checklist",
    shortcut: "Ctrl+T",
    help: "Show the checklist, status and time left of a night",
    keys: (
        "In the night",
        &[
            ("Up and Down", "Go to the previous or next item"),
            ("Space", "Tick or untick the item"),
            ("Home and End", "Go to the first item that is due, or to the last item"),
        ],
    ),
};

const LEDGER: ViewRow = ViewRow {
    title: "Ledger",
    command: "Ledger",
    shortcut: "Ctrl+L",
    help: "Show who was asked, agreed, declined or has not answered, by month",
    keys: (
        "In the ledger",
        &[
            ("Arrow keys", "Go to the next cell; with Shift, select all cells in between"),
            ("Space", "Select or deselect the cell"),
            ("Ctrl+A", "Select all cells"),
            ("Enter", "Expand or collapse the row"),
            ("Escape", "Clear the selection"),
        ],
    ),
};

const CHANGES: ViewRow = ViewRow {
    title: "Changes",
    command: "Changes",
    shortcut: "Ctrl+Shift+H",
    help: "Show what differs from an earlier plan or from what was sent, who must be notified, and where notice is too short",
    keys: (
        "In the list of changes",
        &[
            ("Up and Down", "Go to the previous or next change"),
            ("Right and Left", "Expand or collapse the dates of a window"),
            ("Enter", "Go to the occurrence, window or record"),
        ],
    ),
};

const ADVISORIES: ViewRow = ViewRow {
    title: "Advisories",
    command: "Advisories",
    shortcut: "Ctrl+Shift+L",
    help: "Show published vulnerabilities: their deadlines, what patches them, what was decided",
    keys: (
        "In the list of advisories",
        &[
            ("Up and Down", "Go to the previous or next advisory"),
            ("Enter", "Go to the occurrence that patches the last system"),
        ],
    ),
};

const COMPLIANCE: ViewRow = ViewRow {
    title: "Compliance",
    command: "Compliance",
    shortcut: "Ctrl+M",
    help: "Show which advisories were installed in time, late or not yet, and how that compares with the targets",
    keys: (
        "In a list behind a figure of compliance",
        &[
            ("Up and Down", "Go to the previous or next line"),
            ("Enter", "Go to the advisory, or to the night of the result"),
            ("Escape", "Go back to the figures"),
        ],
    ),
};

const FINDINGS: ViewRow = ViewRow {
    title: "Findings",
    command: "Findings",
    shortcut: "Ctrl+7",
    help: "Show the problems of the plan",
    keys: (
        "In the list of findings",
        &[
            ("Up and Down", "Go to the previous or next finding"),
            ("Right and Left", "Expand or collapse findings with one cause"),
            ("Enter", "Go to where the finding is"),
            ("Ctrl+.", "Apply its quick fix"),
            ("Ctrl+Shift+E", "Accept it with a reason, a name and a date"),
            ("Ctrl+Shift+O", "Keep our value of a conflict"),
            ("Ctrl+Shift+T", "Take their value of a conflict"),
        ],
    ),
};

#[cfg(test)]
mod tests;
