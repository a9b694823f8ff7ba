//! Everything that a person can name: one table feeds menus, palette, shortcuts and `docs/keyboard.md`.

use crate::import::Topic;
use crate::session::verbs::views::ViewKind;

/// A menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    File,
    Edit,
    Go,
    View,
}

impl Menu {
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

/// The menu, name, keys and help of a command.
#[derive(Clone, Copy, Debug)]
struct CommandRow {
    menu: Menu,
    /// "Save as…"
    name: &'static str,
    /// "Ctrl+Shift+S"; `Ctrl` is the command key on macOS.
    shortcut: Option<&'static str>,
    help: &'static str,
}

/// Makes the enum, the list of all commands and the row of each from one table, so that none can be forgotten.
macro_rules! commands {
    ($($menu:ident { $($command:ident: $name:expr $(; $keys:literal)? => $help:expr,)* })*) => {
        /// A command. It acts on the selection.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Command {
            /// Shows a view: its row is in `views.rs`.
            Show(ViewKind),
            $($($command,)*)*
        }

        /// All commands but those that show a view, in the order of the menus.
        const OTHERS: &[Command] = &[$($(Command::$command,)*)*];

        impl Command {
            fn row(self) -> CommandRow {
                match self {
                    Self::Show(view) => {
                        let row = view.row();
                        CommandRow { menu: Menu::Go, name: row.command, shortcut: Some(row.shortcut), help: row.help }
                    }
                    $($(Self::$command => CommandRow {
                        menu: Menu::$menu,
                        name: $name,
                        shortcut: shortcut!($($keys)?),
                        help: $help,
                    },)*)*
                }
            }
        }
    };
}

macro_rules! shortcut {
    () => {
        None
    };
    ($keys:literal) => {
        Some($keys)
    };
}

commands! {
    File {
        NewPlan: "New plan"; "Ctrl+N" => "Start an empty plan for the next calendar year",
        RollForward: "Roll forward…" =>
            "Make the plan of a later year from this one: rules stay, exceptions and answers stay behind",
        Open: "Open…"; "Ctrl+O" => "Open a plan file",
        NewFromSample: "New from the sample's structure" =>
            "Start a plan with the sample's ladders, groups, policy and checklists, without systems and windows",
        OpenSample: "Open the sample plan" => "Open a plan that shows what the program can do",
        Save: "Save"; "Ctrl+S" => "Write the plan to its file",
        SaveAs: "Save as…"; "Ctrl+Shift+S" => "Write the plan to another file",
        RecoveryFiles: "Recovery files…" => "List changes that were not saved when the program ended",
        Versions: "Versions…"; "Ctrl+Shift+Y" => "Look back at the last saved versions, compare with one or restore it",
        Git: "Git…"; "Ctrl+Shift+G" =>
            "Show the branch, uncommitted changes and commits to pull, and commit the plan",
        ShowOutsideChanges: "Show outside changes"; "F9" =>
            "Go to the card about what others wrote to the plan's file or to a conflicted copy of it",
        MergeOutsideChange: "Merge outside change"; "Ctrl+Shift+M" =>
            "Merge what others wrote to the plan's file, or the conflicted copy that is shown",
        Reload: "Reload from disk"; "Ctrl+Shift+R" => "Show what is in the plan's file now; this can be undone",
        KeepMine: "Keep mine"; "Ctrl+Shift+K" =>
            "Let the next save replace what others wrote to the plan's file; that is kept in Versions",
        CompareWithDisk: "Compare with the file on disk" =>
            "Show what differs from the plan's file as it is now, or from the conflicted copy that is shown",
        DecideLater: "Decide later" => "Hide the card about outside changes",
        DeleteCopy: "Delete conflicted copy" => "Delete the conflicted copy that was merged; it is kept in Versions",
        ImportWindows: Topic::Windows.words().command => Topic::Windows.words().help,
        ImportHolidays: Topic::Holidays.words().command => Topic::Holidays.words().help,
        ImportFreezes: Topic::Freezes.words().command => Topic::Freezes.words().help,
        ImportSystems: Topic::Systems.words().command => Topic::Systems.words().help,
        ImportAreas: Topic::Areas.words().command => Topic::Areas.words().help,
        ImportPeople: Topic::People.words().command => Topic::People.words().help,
        ImportScans: Topic::Scans.words().command => Topic::Scans.words().help,
        ImportBulletins: Topic::Bulletins.words().command => Topic::Bulletins.words().help,
        ImportAdvisories: Topic::Advisories.words().command => Topic::Advisories.words().help,
        ImportNotices: Topic::Notices.words().command => Topic::Notices.words().help,
        ImportResults: Topic::Results.words().command => Topic::Results.words().help,
        ImportReplies: Topic::Replies.words().command => Topic::Replies.words().help,
        ImportReplyFolder: "Import a folder of replies…" => "Import all replies in a folder",
        ExportCalendar: "Export year calendar…"; "Ctrl+E" =>
            "Write the year as .ics: for everyone, for one business area or owner, or for another program",
        ExportSystems: "Export for other systems…" =>
            "Show what each system can express of each window, and write the windows for one of them",
        ExportOccurrences: "Export list of occurrences…" => "Write all occurrences as CSV, Excel or JSON",
        ExportAdvisories: "Export list of advisories…" =>
            "Write all advisories with dates and decisions as CSV, Excel or JSON, for the auditors",
        ExportCompliance: "Export compliance figures…" =>
            "Write how much was installed in time, by severity, environment, area, group and month, as CSV, Excel or JSON",
        ExportComplianceItems: "Export compliance items…" =>
            "Write each advisory on each system with its deadline and when it was done, as CSV, Excel or JSON",
        ExportActivity: "Export activity list…" =>
            "Write what may restart or change where and when as CSV, Excel or JSON, for a SOC or NOC",
        ExportChanges: "Export changes…" =>
            "Write what changed, for the change advisory board, as HTML, Markdown, text or JSON",
        ExportLedger: "Export ledger…" => "Write the answer of each area to each date as CSV, Excel, JSON or text",
        ExportLessons: "Export lessons learned…" => "Write the notes of all nights as CSV, Excel, JSON or text",
        ExportNotices: "Export notice calendar…" => "Write which notice is due when as CSV, Excel, JSON or text",
        ExportScans: "Export scan routines…" => "Write who scans what, and what is late, as CSV, Excel, JSON or text",
        ExportBulletins: "Export bulletin duties…" => "Write who reads which bulletins as CSV, Excel, JSON or text",
        Print: "Print…"; "Ctrl+P" =>
            "Print the checklists of a night or a month, the wall planner, an owner's year or the CAB sheet",
        PrintPlanner: "Print wall planner…" => "Print the year on one A3 or A2 sheet, or on A4 sheets",
        PrintYear: "Print an owner's year…" => "Print the dates of one business area, with a line to sign",
        PrintCab: "Print CAB sheet…" => "Print the coming weeks, what changed, and what the board decides",
        PrintCompliance: "Print compliance report…" =>
            "Print for auditors what was installed in time beside the targets, what was late and what was decided",
        ExportInvites: "Export invites…"; "Ctrl+Shift+I" =>
            "Write the invites, updates and cancellations that are due to business owners, as .ics files and e-mail drafts",
        ExportInvitesAgain: "Export the last invites again…" =>
            "Write again what owners were sent last; no sequence number is raised",
        ForgetInvites: "Mark the last invites as not sent" =>
            "Make the invites of the last export due again, because they were not sent",
        InviteTexts: "Invite texts…" => "Edit the sender and the texts of invites",
        Publish: "Publish calendar…"; "Ctrl+Shift+P" =>
            "Publish the year calendar to a file or to a calendar server that others subscribe to",
        PublishAgain: "Publish again"; "Ctrl+Shift+U" => "Publish to the last target; only changes are sent",
        Quit: "Quit"; "Ctrl+Q" => "Close the program",
    }
    Edit {
        Undo: "Undo"; "Ctrl+Z" => "Undo the last change",
        Redo: "Redo"; "Ctrl+Shift+Z" => "Redo the last undone change",
        NewWindow: "New maintenance window"; "Ctrl+Shift+N" => "Add a window on the selected day",
        QuickAdd: "Quick add…"; "Ctrl+Shift+Q" => "Add a window from one line of words, and see its dates while typing",
        NewFreeze: "New change freeze"; "Ctrl+Shift+F" => "Add a freeze that starts on the selected day",
        NewAdvisory: "New advisory" => "Add an advisory published today",
        NewChecklist: "New checklist" => "Add a checklist to use instead of the handbook's",
        FillDown: "Fill down" => "Copy the first selected row of a list into the other selected rows",
        CopyCells: "Copy cells" => "Put the selected cells of a list on the clipboard",
        SelectAllRows: "Select all rows" => "Select all cells of a list",
        CopyChecklist: "Copy this checklist" => "Add a copy of the open checklist",
        Rename: "Rename window"; "F2" => "Move the cursor to the name of the selected window",
        DuplicateWindow: "Duplicate window"; "Ctrl+D" => "Add a copy of the selected window",
        Remove: "Remove"; "Delete" => "Skip the selected occurrence, or remove the selected window or freeze",
        SkipOccurrence: "Skip occurrence" => "Cancel the selected occurrence",
        AddDate: "Add a date" => "Add a date to the selected window: the selected day, or the next one that it does not have",
        CopyDates: "Copy dates"; "Ctrl+C" => "Copy the selected dates, to paste them on another day",
        PasteDates: "Paste dates"; "Ctrl+V" => "Add the copied dates to their windows, the first on the selected day",
        RestoreOccurrence: "Reset to rule" => "Reset the selected occurrence to the date and time of its rule",
        AskedThisDate: "Record this date as asked" => "Record that all business areas were asked today",
        AgreedThisDate: "Record this date as agreed" => "Record that the owners of all business areas agreed today",
        AskedAllDates: "Record all dates as asked" =>
            "Record the same for every coming date of the window for which nobody was asked yet",
        AgreedAllDates: "Record all dates as agreed" =>
            "Record the same for every coming date of the window that nobody declined",
        DayEarlier: "Move a day earlier"; "Alt+ArrowUp" => "Move the selected occurrence or freeze a day earlier",
        DayLater: "Move a day later"; "Alt+ArrowDown" => "Move the selected occurrence or freeze a day later",
        WeekEarlier: "Move a week earlier"; "Alt+ArrowLeft" => "Move the selected occurrence or freeze a week earlier",
        WeekLater: "Move a week later"; "Alt+ArrowRight" => "Move the selected occurrence or freeze a week later",
        StartEarlier: "Start earlier"; "Alt+Shift+ArrowUp" => "Start the selected occurrence half an hour earlier",
        StartLater: "Start later"; "Alt+Shift+ArrowDown" => "Start the selected occurrence half an hour later",
        Shorten: "Shorten occurrence"; "Alt+Shift+ArrowLeft" => "Make the selected occurrence half an hour shorter",
        Lengthen: "Lengthen occurrence"; "Alt+Shift+ArrowRight" => "Make the selected occurrence half an hour longer",
        KeepTimes: "Keep these times from this date on" =>
            "Give the date, start and length of the selected occurrence to all that follow it",
        PlanLadder: "Plan windows for this ladder…" =>
            "Propose a window for each group that has none, by release, soak and deadline",
        DecideMeetings: "Holidays, freezes and clock changes…" =>
            "Keep, move or skip each date that meets a holiday, a freeze or a clock change",
        PlanSettings: "Plan settings and policy…"; "Ctrl+Comma" =>
            "Edit title, months, zone and the limits that the plan is checked against",
    }
    Go {
        ShowPlanner: "Wall planner"; "Ctrl+Shift+W" => "Show months as columns, days as rows",
        ShowMonths: "All months"; "Ctrl+2" => "Show every month, small",
        ShowMonth: "Month"; "Ctrl+3" => "Show the month of the selection",
        ShowWeek: "Week"; "Ctrl+Shift+B" => "Show the seven nights of the week of the selection, from noon to noon",
        ShowDay: "Day"; "Ctrl+4" => "Show the day of the selection, hour by hour",
        ShowAgenda: "Agenda"; "Ctrl+Shift+A" => "List all occurrences from today on, day by day",
        Today: "Today"; "Ctrl+Home" => "Select today in the calendar",
        RecordResults: "Record results" =>
            "Show the results of the selected occurrence if it has begun, or of the one that ended last",
        ShowNotices: "Notice calendar"; "Ctrl+Shift+C" => "Show which notice must be given by which day",
        ShowAdvisoryBoard: "Board of advisories" =>
            "Show which stage each advisory is in, from Identify to Document, and what it lacks",
        ShowReleaseBoard: "Board of releases" =>
            "Show which stage each vendor release is in on its ladders, and what it lacks",
        CompareWithFile: "Compare with an earlier file…" => "Show what differs from another plan file",
        CompareWithSaved: "Compare with the saved plan" => "Show what has changed since the plan was saved",
        CompareWithSent: "Compare with what was sent" => "Show what differs from the owners' calendars",
        CompareWithZoneData: "Compare with earlier zone data" =>
            "Show the occurrences that newer time zone data have moved",
        AcceptTimes: "Accept new times" => "Stop reporting the occurrences that time zone data have moved",
        NextFinding: "Next finding"; "F8" => "Go to the next finding",
        PreviousFinding: "Previous finding"; "Shift+F8" => "Go to the previous finding",
        FixFinding: "Apply quick fix"; "Ctrl+Period" => "Apply the quick fix of the selected finding",
        KeepOurs: "Keep ours"; "Ctrl+Shift+O" => "Resolve the selected conflict: keep the value that the plan has",
        TakeTheirs: "Take theirs"; "Ctrl+Shift+T" => "Resolve the selected conflict: take the value that was merged",
        AcceptFinding: "Accept finding…"; "Ctrl+Shift+E" =>
            "Record why a finding is acceptable, who decided it and until when",
    }
    View {
        Palette: "Search or run a command"; "Ctrl+K" => "Find windows, systems and commands by name",
        Shortcuts: "Keyboard shortcuts"; "F1" => "List all keys",
        NextRegion: "Next part of the window"; "F6" =>
            "Move the focus to the next part: top bar, rail, view, panel beside it, inspector, status bar",
        PreviousRegion: "Previous part of the window"; "Shift+F6" => "Move the focus to the previous part of the window",
        Filter: "Filter the calendar"; "Ctrl+F" =>
            "Move the cursor to the filter, which chooses the windows on all pages of the calendar",
        ClearFilter: "Clear the filter"; "Ctrl+Shift+X" => "Show all windows in the calendar",
        RestoreFilter: "Restore the filter"; "Ctrl+Shift+J" => "Filter the calendar as before the filter was cleared",
        LightOrDark: "Light or dark" => "Switch between light and dark",
        ToggleInspector: "Inspector"; "Ctrl+I" => "Show or hide the panel beside the calendar",
        ToggleDeadlines: "Deadlines under the year"; "Ctrl+Shift+D" =>
            "Fold or unfold the days on which a fix could not be installed everywhere by its deadline",
        ZoomIn: "Larger"; "Ctrl+Plus" => "Make everything larger",
        ZoomOut: "Smaller"; "Ctrl+Minus" => "Make everything smaller",
        ZoomReset: "Usual size"; "Ctrl+0" => "Reset the size",
        BundledZoneData: "Bundled zone data only" =>
            "Ignore newer time zone data of the system, or use them again, from the next start",
        DrawWithOpenGl: "Draw with OpenGL" =>
            "Draw with OpenGL instead of the graphics card's own driver, or stop doing so, from the next start",
    }
}

impl Command {
    /// All of them, in the order of the menus; in the menu Go, the views come first.
    pub fn all() -> impl Iterator<Item = Self> {
        let before_go = OTHERS.iter().take_while(|command| command.menu() != Menu::Go);
        let after = OTHERS.iter().skip_while(|command| command.menu() != Menu::Go);
        before_go.copied().chain(ViewKind::ALL.map(Self::Show)).chain(after.copied())
    }

    pub fn menu(self) -> Menu {
        self.row().menu
    }

    /// The submenu that it is in. The commands of a submenu follow each other.
    pub fn submenu(self) -> Option<&'static str> {
        match self {
            Self::NewFromSample | Self::OpenSample => Some("Sample"),
            Self::RecoveryFiles
            | Self::Versions
            | Self::Git
            | Self::ShowOutsideChanges
            | Self::MergeOutsideChange
            | Self::Reload
            | Self::KeepMine
            | Self::CompareWithDisk
            | Self::DecideLater
            | Self::DeleteCopy => Some("Versions and changes by others"),
            Self::ImportWindows
            | Self::ImportHolidays
            | Self::ImportFreezes
            | Self::ImportSystems
            | Self::ImportAreas
            | Self::ImportPeople
            | Self::ImportScans
            | Self::ImportBulletins
            | Self::ImportAdvisories
            | Self::ImportNotices
            | Self::ImportResults
            | Self::ImportReplies
            | Self::ImportReplyFolder => Some("Import"),
            Self::ExportCalendar
            | Self::ExportSystems
            | Self::ExportOccurrences
            | Self::ExportAdvisories
            | Self::ExportCompliance
            | Self::ExportComplianceItems
            | Self::ExportActivity
            | Self::ExportChanges
            | Self::ExportLedger
            | Self::ExportLessons
            | Self::ExportScans
            | Self::ExportBulletins
            | Self::ExportNotices => Some("Export"),
            Self::Publish | Self::PublishAgain => Some("Publish"),
            Self::Print | Self::PrintPlanner | Self::PrintYear | Self::PrintCab | Self::PrintCompliance => {
                Some("Print")
            }
            Self::ExportInvites | Self::ExportInvitesAgain | Self::ForgetInvites | Self::InviteTexts => Some("Invites"),
            _ => None,
        }
    }

    /// Whether it acts on what is selected in the calendar. It is only available where that is seen.
    pub fn acts_on_selection(self) -> bool {
        matches!(
            self,
            Self::Rename
                | Self::DuplicateWindow
                | Self::Remove
                | Self::SkipOccurrence
                | Self::AddDate
                | Self::CopyDates
                | Self::PasteDates
                | Self::RestoreOccurrence
                | Self::AskedThisDate
                | Self::AgreedThisDate
                | Self::AskedAllDates
                | Self::AgreedAllDates
                | Self::DayEarlier
                | Self::DayLater
                | Self::WeekEarlier
                | Self::WeekLater
                | Self::StartEarlier
                | Self::StartLater
                | Self::Shorten
                | Self::Lengthen
                | Self::KeepTimes
        )
    }

    /// Whether a line separates it from the command before it in its menu.
    pub fn begins_section(self) -> bool {
        matches!(
            self,
            Self::Save
                | Self::ImportWindows
                | Self::Publish
                | Self::Quit
                | Self::NewWindow
                | Self::Rename
                | Self::SkipOccurrence
                | Self::AskedThisDate
                | Self::DayEarlier
                | Self::PlanLadder
                | Self::ShowMonths
                | Self::CompareWithFile
                | Self::NextFinding
                | Self::Filter
                | Self::LightOrDark
                | Self::ZoomIn
                | Self::BundledZoneData
        )
    }

    /// The words on screen: "Save as…".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// "Ctrl+Shift+S"
    pub fn shortcut(self) -> Option<&'static str> {
        self.row().shortcut
    }

    /// What it does, for hover texts and the list of keys.
    pub fn help(self) -> &'static str {
        self.row().help
    }
}
