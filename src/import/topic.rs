//! What an import brings into a plan, in the words of the screen and the command line.

/// What an import brings. Several kinds of file can bring the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    Windows,
    Holidays,
    Freezes,
    Systems,
    Areas,
    People,
    Scans,
    Bulletins,
    Advisories,
    Notices,
    Results,
    Replies,
}

/// How a topic appears to people.
#[derive(Debug)]
pub struct TopicWords {
    /// The subcommand of `import`: "windows".
    pub id: &'static str,
    /// "Maintenance windows"
    pub name: &'static str,
    /// The command in the menu: "Import windows…".
    pub command: &'static str,
    /// The title of the dialog that asks for a file.
    pub title: &'static str,
    /// What the command does, in the imperative and without a full stop.
    pub help: &'static str,
    /// What else the command line's help says.
    pub details: &'static str,
    /// Several files are read as one, since what counts is the newest of all. Otherwise each is imported in its turn.
    pub reads_together: bool,
}

const RESULTS: TopicWords = TopicWords {
    id: "results",
    name: "Results of work",
    command: "Import results…",
    title: "Import results of work",
    help: "Import results of work from a table (CSV) or another program's report (SSM, WSUS, ConfigMgr, Ansible)",
    details: "A table has a row for each system with the columns system, attempted, patched, failed, skipped, \
              reason, reboots, start, end, rolled back, window and date, or for each host with host and \
              status. Hosts are added up for each system. --window and --on say which occurrence the results \
              are of; without them, the file or its times decide.",
    reads_together: false,
};

const REPLIES: TopicWords = TopicWords {
    id: "replies",
    name: "Replies to invites",
    command: "Import replies…",
    title: "Import replies",
    help: "Import owners' replies to invites from calendars (.ics), e-mails (.eml) or whole folders",
    details: "The newest reply of each owner to the last invite for an occurrence goes into the ledger. \
              All others are listed with the reason why they do not.",
    reads_together: true,
};

const SCANS: TopicWords = TopicWords {
    id: "scans",
    name: "Scan routines",
    command: "Import scan routines…",
    title: "Import scan routines",
    help: "Import scan routines from a table (CSV, Excel)",
    details: "A table has the columns name, id, kind, runs, tool, who, covers, last-on, outcome, open and notes; name \
              is enough. The list that windowsill scans writes is read as it is. Routines that the plan already has, \
              by id or name, are updated; a later run that the plan has stays.",
    reads_together: false,
};

const BULLETINS: TopicWords = TopicWords {
    id: "bulletins",
    name: "Bulletin duties",
    command: "Import bulletin duties…",
    title: "Import bulletin duties",
    help: "Import who reads which vendors' bulletins from a table (CSV, Excel)",
    details: "A table has the columns name, id, vendors, source, owner, stand-in and notes; name is enough. The list \
              that windowsill bulletins writes is read as it is. Duties that the plan already has, by id or name, are \
              updated.",
    reads_together: false,
};

impl Topic {
    pub const ALL: [Self; 12] = [
        Self::Windows,
        Self::Holidays,
        Self::Freezes,
        Self::Systems,
        Self::Areas,
        Self::People,
        Self::Scans,
        Self::Bulletins,
        Self::Advisories,
        Self::Notices,
        Self::Results,
        Self::Replies,
    ];

    pub const fn words(self) -> &'static TopicWords {
        match self {
            Self::Windows => &TopicWords {
                id: "windows",
                name: "Maintenance windows",
                command: "Import windows…",
                title: "Import maintenance windows",
                help: "Import maintenance windows from a table (CSV, Excel) or a calendar (.ics)",
                details: "A table has the columns name, rule, date, start, duration or end, zone, kind, group, systems, \
                          ticket and short name; name and date are enough. Their usual names in English and German, and those of \
                          ServiceNow, Outlook and Google, are known. A rule in words (\"first Saturday\", \"Saturday \
                          after Patch Tuesday\") is compared with the dates, or replaces them.",
                reads_together: false,
            },
            Self::Holidays => &TopicWords {
                id: "holidays",
                name: "Public holidays",
                command: "Import holidays…",
                title: "Import public holidays",
                help: "Import public holidays from a table (CSV, Excel) or a calendar (.ics)",
                details: "A table has the columns date, name, region and last; date and name are enough. Days that a \
                          calendar of the same name in the plan has and the file lacks stay unless --remove-gone is \
                          given.",
                reads_together: false,
            },
            Self::Freezes => &TopicWords {
                id: "freezes",
                name: "Change freezes",
                command: "Import freezes…",
                title: "Import change freezes",
                help: "Import change freezes from a table (CSV, Excel) or a calendar (.ics)",
                details: "A table has the columns name, first, last, scope and notes. Each event of a calendar freezes \
                          everything on the whole days that it touches in the plan's zone.",
                reads_together: false,
            },
            Self::Systems => &TopicWords {
                id: "systems",
                name: "Systems",
                command: "Import systems…",
                title: "Import systems",
                help: "Import systems from a table (CSV, Excel) or another program's inventory (Ansible, ServiceNow, EC2, Jamf …)",
                details: "A table has the columns name, id, class, environment, area, owner, platform, vendor, product, \
                          products, model, hosts, zone, counterpart, patch-method, stops, test and notes; name is enough. Systems that the plan already has, by id or \
                          name, are updated. Inventories give one system for each host, and tell what is gone; \
                          --ladder makes groups of a ladder of their groups.",
                reads_together: false,
            },
            Self::Areas => &TopicWords {
                id: "areas",
                name: "Business areas",
                command: "Import business areas…",
                title: "Import business areas",
                help: "Import business areas from a table (CSV, Excel)",
                details: "A table has the columns name, id, owner, email, notice and notes; name is enough. Business \
                          areas that the plan already has, by id or name, are updated.",
                reads_together: false,
            },
            Self::People => &TopicWords {
                id: "people",
                name: "People",
                command: "Import people…",
                title: "Import people",
                help: "Import people and teams from a table (CSV, Excel)",
                details: "A table has the columns name, id, email, phone, team, team-email, informed-of and notes; name is \
                          enough. People that the plan already has, by id or name, are updated, and added to their team.",
                reads_together: false,
            },
            Self::Advisories => &TopicWords {
                id: "advisories",
                name: "Advisories",
                command: "Import advisories…",
                title: "Import advisories",
                help: "Import advisories from CISA's catalogue of known exploited vulnerabilities (JSON) or a table (CSV, Excel)",
                details: "From the catalogue, entries are imported that match a system by vendor and product (or \
                          platform) and are due after the plan begins. A table has the columns id, title, cvss, \
                          published, exploited and systems; all but id and published are optional. Advisories that \
                          the plan already has are updated; decisions are kept.",
                reads_together: false,
            },
            Self::Notices => &TopicWords {
                id: "notices",
                name: "Carrier notices",
                command: "Import carrier notices…",
                title: "Import carrier notices",
                help: "Import carriers' notices of work on circuits from calendars (.ics) or e-mails (.eml) in the form MAINTNOTE",
                details: "The newest version of each notice counts, in any order of the files: a notice is known \
                          by its carrier and number. A cancellation removes it. Findings (W009) name the windows of \
                          systems behind a circuit at the same hours; --circuit assigns circuits to systems.",
                reads_together: false,
            },
            Self::Scans => &SCANS,
            Self::Bulletins => &BULLETINS,
            Self::Results => &RESULTS,
            Self::Replies => &REPLIES,
        }
    }
}
