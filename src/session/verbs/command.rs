//! Everything that a user can name: one list feeds menu, palette, shortcuts and `docs/keyboard.md`.

/// A command without arguments; what it acts on is the selection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    NewPlan,
    Open,
    OpenSample,
    Save,
    SaveAs,
    ImportWindows,
    ImportHolidays,
    ImportFreezes,
    ImportAdvisories,
    ImportReplies,
    ImportReplyFolder,
    ExportCalendar,
    Print,
    PrintPlanner,
    PrintYear,
    PrintCab,
    ExportOccurrences,
    ExportAdvisories,
    ExportChanges,
    ExportInvites,
    ExportInvitesAgain,
    ForgetInvites,
    InviteTexts,
    ExportLedger,
    ExportNotices,
    Publish,
    PublishAgain,
    Quit,
    Undo,
    Redo,
    NewWindow,
    NewFreeze,
    NewAdvisory,
    NewChecklist,
    CopyChecklist,
    Rename,
    DuplicateWindow,
    Remove,
    SkipOccurrence,
    RestoreOccurrence,
    AskedThisDate,
    AgreedThisDate,
    AskedAllDates,
    AgreedAllDates,
    DayEarlier,
    DayLater,
    WeekEarlier,
    WeekLater,
    PlanSettings,
    ShowPlanner,
    ShowMonths,
    ShowMonth,
    ShowDay,
    ShowGroups,
    ShowLists,
    ShowCycles,
    ShowAdvisories,
    ShowFindings,
    ShowPeople,
    ShowLedger,
    ShowNotices,
    ShowChanges,
    ShowNight,
    CompareWithFile,
    CompareWithSaved,
    CompareWithSent,
    NextFinding,
    PreviousFinding,
    FixFinding,
    AcceptFinding,
    Palette,
    Shortcuts,
    LightOrDark,
    ToggleInspector,
    ToggleDeadlines,
    ZoomIn,
    ZoomOut,
    ZoomReset,
}

/// The menu that a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    File,
    Edit,
    Go,
    View,
}

impl Group {
    pub const ALL: [Self; 4] = [Self::File, Self::Edit, Self::Go, Self::View];

    pub fn name(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Go => "Go",
            Self::View => "View",
        }
    }
}

/// Group, name on screen, shortcut, what it does. `Ctrl` is the command key on macOS.
pub(in crate::session) type Row = (Command, Group, &'static str, Option<&'static str>, &'static str);

/// The list, in the order of the menus.
pub(in crate::session) const ROWS: &[Row] = {
    use Command as C;
    use Group::{Edit, File, Go, View};
    &[
        (C::NewPlan, File, "New plan", Some("Ctrl+N"), "Starts an empty plan for the next calendar year"),
        (C::Open, File, "Open…", Some("Ctrl+O"), "Opens a plan file"),
        (C::OpenSample, File, "Open the sample plan", None, "Shows what a plan can look like"),
        (C::Save, File, "Save", Some("Ctrl+S"), "Writes the plan to its file"),
        (C::SaveAs, File, "Save as…", Some("Ctrl+Shift+S"), "Writes the plan to another file"),
        (C::ImportWindows, File, "Import windows…", None, "Reads maintenance windows from a CSV or .ics file"),
        (C::ImportHolidays, File, "Import holidays…", None, "Reads public holidays from an .ics file"),
        (C::ImportFreezes, File, "Import freezes…", None, "Reads change freezes from an .ics file"),
        (
            C::ImportAdvisories,
            File,
            "Import advisories…",
            None,
            "Reads CISA's catalogue of known exploited vulnerabilities (.json) or a table of advisories (.csv)",
        ),
        (
            C::ImportReplies,
            File,
            "Import answers…",
            None,
            "Reads an owner's answer to an invite from an .ics or .eml file into the ledger",
        ),
        (C::ImportReplyFolder, File, "Import a folder of answers…", None, "Reads all answers below a folder"),
        (
            C::ExportCalendar,
            File,
            "Export year calendar…",
            Some("Ctrl+E"),
            "Writes the year for everyone, one business area or owner, or another program, as .ics",
        ),
        (
            C::Print,
            File,
            "Print…",
            Some("Ctrl+P"),
            "The checklist of a night or of a whole month, the wall planner, an owner's year or the CAB sheet",
        ),
        (C::PrintPlanner, File, "Print wall planner…", None, "The whole year on one A3 or A2 sheet, or on A4 sheets"),
        (C::PrintYear, File, "Print an owner's year…", None, "The dates of one business area, with a line to sign"),
        (C::PrintCab, File, "Print CAB sheet…", None, "The coming weeks, what changed, and what is to be decided"),
        (C::ExportOccurrences, File, "Export list of occurrences…", None, "Writes all occurrences as CSV or JSON"),
        (
            C::ExportAdvisories,
            File,
            "Export list of advisories…",
            None,
            "Writes all advisories with dates and decisions as CSV or JSON, for the auditors",
        ),
        (
            C::ExportChanges,
            File,
            "Export changes…",
            None,
            "Writes what is different, for the change advisory board, as HTML, Markdown, text or JSON",
        ),
        (
            C::ExportInvites,
            File,
            "Export invites…",
            Some("Ctrl+Shift+I"),
            "Writes the invites, updates and cancellations that are due to business owners, as .ics and as drafts of mails",
        ),
        (
            C::ExportInvitesAgain,
            File,
            "Export the last invites again…",
            None,
            "Writes again what owners were sent last; nothing is raised by it",
        ),
        (
            C::ForgetInvites,
            File,
            "Not sent after all",
            None,
            "Forgets the last export of invites, whose files were not sent: what it held is due again",
        ),
        (C::InviteTexts, File, "Texts of invites…", None, "Who invites the business owners, and with which words"),
        (C::ExportLedger, File, "Export ledger…", None, "Writes what each area said to each date: CSV, JSON, text"),
        (C::ExportNotices, File, "Export notice calendar…", None, "Writes which notice is due when: CSV, JSON, text"),
        (
            C::Publish,
            File,
            "Publish calendar…",
            Some("Ctrl+Shift+P"),
            "Puts the year calendar where others subscribe to it: a file, or a calendar on a server",
        ),
        (
            C::PublishAgain,
            File,
            "Publish again",
            Some("Ctrl+Shift+U"),
            "Publishes to where it was published last; only what changed is sent",
        ),
        (C::Quit, File, "Quit", Some("Ctrl+Q"), "Closes the program"),
        (C::Undo, Edit, "Undo", Some("Ctrl+Z"), "Takes back the last change"),
        (C::Redo, Edit, "Redo", Some("Ctrl+Shift+Z"), "Makes the change again that was taken back"),
        (C::NewWindow, Edit, "New maintenance window", Some("Ctrl+Shift+N"), "Adds a window on the selected day"),
        (C::NewFreeze, Edit, "New change freeze", Some("Ctrl+Shift+F"), "Adds a freeze from the selected day on"),
        (C::NewAdvisory, Edit, "New advisory", None, "Adds an advisory that is published today"),
        (C::NewChecklist, Edit, "New checklist", None, "Adds a checklist of one's own, in place of the handbook's"),
        (C::CopyChecklist, Edit, "Copy this checklist", None, "Adds a copy of the checklist whose form is open"),
        (C::Rename, Edit, "Rename window", Some("F2"), "Puts the cursor into the name of the selected window"),
        (C::DuplicateWindow, Edit, "Duplicate window", Some("Ctrl+D"), "Adds a copy of the selected window"),
        (
            C::Remove,
            Edit,
            "Remove",
            Some("Delete"),
            "Skips the selected occurrence, or removes the selected window or freeze",
        ),
        (C::SkipOccurrence, Edit, "Skip occurrence", None, "Cancels the selected occurrence"),
        (
            C::RestoreOccurrence,
            Edit,
            "Put back to rule",
            None,
            "Puts the selected occurrence back to where the rule has it",
        ),
        (C::AskedThisDate, Edit, "Asked for this date", None, "Notes that all business areas were asked today"),
        (
            C::AgreedThisDate,
            Edit,
            "Agreed for this date",
            None,
            "Notes that the owners of all business areas agreed today",
        ),
        (
            C::AskedAllDates,
            Edit,
            "Asked for all dates",
            None,
            "Notes the same for every coming date of the window on which nobody was asked yet",
        ),
        (
            C::AgreedAllDates,
            Edit,
            "Agreed for all dates",
            None,
            "Notes the same for every coming date of the window that nobody declined",
        ),
        (C::DayEarlier, Edit, "Move a day earlier", Some("Alt+ArrowUp"), "Moves the selected occurrence or freeze"),
        (C::DayLater, Edit, "Move a day later", Some("Alt+ArrowDown"), "Moves the selected occurrence or freeze"),
        (C::WeekEarlier, Edit, "Move a week earlier", Some("Alt+ArrowLeft"), "Moves the selected occurrence or freeze"),
        (C::WeekLater, Edit, "Move a week later", Some("Alt+ArrowRight"), "Moves the selected occurrence or freeze"),
        (
            C::PlanSettings,
            Edit,
            "Plan settings and policy…",
            Some("Ctrl+Comma"),
            "Title, months, zone and the numbers that the plan is judged by",
        ),
        (C::ShowPlanner, Go, "Year planner", Some("Ctrl+1"), "Months as columns, days as rows"),
        (C::ShowMonths, Go, "All months", Some("Ctrl+2"), "Every month, small"),
        (C::ShowMonth, Go, "Month", Some("Ctrl+3"), "The month of what is selected"),
        (C::ShowDay, Go, "Day", Some("Ctrl+4"), "The day of what is selected, hour by hour"),
        (C::ShowGroups, Go, "Groups", Some("Ctrl+5"), "Who is patched in which order"),
        (C::ShowLists, Go, "Lists", Some("Ctrl+6"), "Systems, business areas, freezes, holidays, release calendars"),
        (
            C::ShowCycles,
            Go,
            "Cycles",
            Some("Ctrl+9"),
            "How each release goes up each ladder, and which deadlines the calendar can meet",
        ),
        (
            C::ShowAdvisories,
            Go,
            "Advisories",
            Some("Ctrl+Shift+L"),
            "Published vulnerabilities: by when each must be in, what carries it, what was decided",
        ),
        (C::ShowFindings, Go, "Findings", Some("Ctrl+7"), "What is wrong with the plan"),
        (C::ShowPeople, Go, "People", Some("Ctrl+8"), "Who works when, who tests afterwards, and how many nights"),
        (C::ShowLedger, Go, "Ledger", Some("Ctrl+L"), "Who was asked, agreed, declined or is silent, by month"),
        (C::ShowNotices, Go, "Notice calendar", Some("Ctrl+Shift+C"), "By which day which notice must go out"),
        (
            C::ShowChanges,
            Go,
            "Changes",
            Some("Ctrl+Shift+H"),
            "What is different from an earlier plan or from what was sent, who must be told, and whose notice breaks",
        ),
        (C::ShowNight, Go, "Night: work down the checklist", Some("Ctrl+T"), "Ticks, status and time left of a night"),
        (
            C::CompareWithFile,
            Go,
            "Compare with an earlier file…",
            None,
            "Says what is different from another plan file",
        ),
        (
            C::CompareWithSaved,
            Go,
            "Compare with the saved plan",
            None,
            "Says what has changed since the plan was saved",
        ),
        (
            C::CompareWithSent,
            Go,
            "Compare with what was sent",
            None,
            "Says what is different from what lies in the owners' calendars",
        ),
        (C::NextFinding, Go, "Next finding", Some("F8"), "Goes to the next problem"),
        (C::PreviousFinding, Go, "Previous finding", Some("Shift+F8"), "Goes to the problem before"),
        (C::FixFinding, Go, "Apply quick fix", Some("Ctrl+Period"), "Applies the quick fix for what is selected"),
        (
            C::AcceptFinding,
            Go,
            "Accept finding…",
            Some("Ctrl+Shift+E"),
            "Says why a finding may stay, who answers for it and until when",
        ),
        (C::Palette, View, "Search or run a command", Some("Ctrl+K"), "Finds windows, systems and commands by name"),
        (C::Shortcuts, View, "Keyboard shortcuts", Some("F1"), "Lists all keys"),
        (C::LightOrDark, View, "Light or dark", None, "Changes between the light and the dark appearance"),
        (C::ToggleInspector, View, "Inspector", Some("Ctrl+I"), "Shows or hides the panel beside the calendar"),
        (
            C::ToggleDeadlines,
            View,
            "Deadlines under the year",
            Some("Ctrl+Shift+D"),
            "Shows or hides the strip of days on which a fix could not be in everywhere in time",
        ),
        (C::ZoomIn, View, "Larger", Some("Ctrl+Plus"), "Makes everything larger"),
        (C::ZoomOut, View, "Smaller", Some("Ctrl+Minus"), "Makes everything smaller"),
        (C::ZoomReset, View, "Usual size", Some("Ctrl+0"), "Puts the size back"),
    ]
};

impl Command {
    /// All of them, in the order of the menus.
    pub fn all() -> impl Iterator<Item = Self> {
        ROWS.iter().map(|row| row.0)
    }

    fn row(self) -> &'static Row {
        // Every command has its row; a test says so. The first row stands in rather than a panic.
        ROWS.iter().find(|row| row.0 == self).unwrap_or(&ROWS[0])
    }

    pub fn group(self) -> Group {
        self.row().1
    }

    /// The words on screen: "Save as…".
    pub fn name(self) -> &'static str {
        self.row().2
    }

    /// "Ctrl+Shift+S"
    pub fn shortcut(self) -> Option<&'static str> {
        self.row().3
    }

    /// What it does, for hover texts and the list of keys.
    pub fn help(self) -> &'static str {
        self.row().4
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_commands_share_a_name_or_keys() {
        let names: BTreeSet<_> = ROWS.iter().map(|row| row.2).collect();
        assert_eq!(names.len(), ROWS.len());
        let keys: Vec<_> = ROWS.iter().filter_map(|row| row.3).collect();
        assert_eq!(keys.iter().collect::<BTreeSet<_>>().len(), keys.len());
    }

    #[test]
    fn every_command_has_its_row() {
        for command in Command::all() {
            assert_eq!(command.row().0, command);
        }
        // The last variant's number is one less than how many there are.
        let last = Command::ZoomReset as usize;
        assert_eq!(Command::all().count(), last + 1, "a command has no row");
    }
}
