//! Every word that the program prints on paper, with its key and its English wording.

/// Declares the words, group by group, and the lists of them.
macro_rules! words {
    ($($group:literal { $($word:ident = $key:literal: $english:literal;)+ })+) => {
        /// A wording on paper. Fields in braces are filled in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Word { $($($word,)+)+ }

        impl Word {
            pub const ALL: &[Self] = &[$($(Self::$word,)+)+];
            /// The words by subject, in the order in which they are printed.
            pub const GROUPS: &[(&str, &[Self])] = &[$(($group, &[$(Self::$word,)+]),)+];

            /// The key by which a checklist refers to it: "roll-back-by".
            pub fn key(self) -> &'static str {
                match self { $($(Self::$word => $key,)+)+ }
            }

            pub fn english(self) -> &'static str {
                match self { $($(Self::$word => $english,)+)+ }
            }
        }
    };
}

words! {
    "Head" {
        Checklist = "checklist": "Pre-maintenance checklist";
        Record = "record": "Record of the night";
        Standard = "standard": "Standard";
        Emergency = "emergency": "Emergency";
        Extended = "extended": "Extended";
        Rolling = "rolling": "Rolling";
        Works = "works": "Works";
        TestsFrom = "tests-from": "Tests from {time}";
        ToBeFound = "to-be-found": "Still to be found";
        MissingPeople = "missing-people": "{team}: {missing} of {needed} people missing for {duty}";
        DutyWork = "duty-work": "work";
        DutyTesting = "duty-testing": "testing";
        DutyWatch = "duty-watch": "watch";
        OnWatchUntil = "on-watch-until": "On watch until {time}";
        AndMore = "and-more": "{names} and {count} more";
    }
    "Notices" {
        Skipped = "skipped": "This occurrence is skipped: it does not take place.";
        MovedFrom = "moved-from": "Moved from {date}.";
        DoesNotFit = "does-not-fit": "The work does not fit: it needs {need} of {length}. If the last batch fails, rolling back ends {late} too late.";
        NothingEstimated = "nothing-estimated": "Work and rollback are not estimated: the time to roll back by is unknown. Agree on a time before the start.";
        NothingInScope = "nothing-in-scope": "No systems are in scope, so there is no time to roll back by.";
        ClocksChangeWithin = "clocks-change-within": "The clocks change in this window: it lasts {length}. All times include the zone's abbreviation.";
        ClocksChangeBefore = "clocks-change-before": "The clocks change in the 24 hours before this window. All times include the zone's abbreviation.";
        Ended = "ended": "{outcome}: {who}, {time}";
        OutcomeDone = "outcome-done": "Done";
        OutcomeRolledBack = "outcome-rolled-back": "Rolled back";
        OutcomeOverran = "outcome-overran": "Overran";
    }
    "Times" {
        Start = "start": "Start";
        Cutoff = "cutoff": "No new batch after";
        RollBackBy = "roll-back-by": "Roll back by";
        End = "end": "End";
        BeforeStart = "before-start": "before the start: does not fit";
        NotEstimated = "not-estimated": "not estimated";
        NoSystemsInScope = "no-systems-in-scope": "no systems in scope";
    }
    "Timeline" {
        Prepare = "prepare": "prepare {length}";
        OneBatch = "one-batch": "1 batch, {length}";
        EqualBatches = "equal-batches": "{count} batches × {length}";
        Batches = "batches": "{count} batches, {length}";
        Verify = "verify": "verify {length}";
        Margin = "margin": "margin {length}";
        RollbackReserve = "rollback-reserve": "rollback reserve {length}";
        Handover = "handover": "handover {length}";
        NoReturn = "no-return": "Point of no return {time}";
        NoReturnStep = "no-return-step": "Point of no return {time}: {step}";
    }
    "Headings" {
        Scope = "scope": "Scope";
        Impact = "impact": "Impact";
        Duration = "duration": "Duration";
        Dependencies = "dependencies": "Dependencies";
        Rollback = "rollback": "Rollback";
        Communication = "communication": "Communication";
        NotWritten = "not-written": "Not written down yet";
        NoSystems = "no-systems": "No systems";
        ScopeOf = "scope-of": "{systems}; {hosts}";
        ScopeInBatches = "scope-in-batches": "{systems}; {hosts} in {count} batches";
        OneHost = "one-host": "1 host";
        Hosts = "hosts": "{count} hosts";
        RealLength = "real-length": "{agreed} on the clock, {length} in real time";
        LengthCalculated = "length-calculated": "{length}; work {work}, rollback reserve {reserve}, handover {handover}, margin {margin}";
        LengthOnly = "length-only": "{length}; the work is not estimated";
        DependsOn = "depends-on": "Depends on {systems}";
        NeverTested = "never-tested": "Never tested";
        TestedOn = "tested-on": "Tested {date}";
    }
    "Systems in scope" {
        SystemsInScope = "systems-in-scope": "Systems in scope";
        System = "system": "System";
        HostCount = "host-count": "Hosts";
        Track = "track": "Track";
        Batch = "batch": "Batch";
        From = "from": "From";
        To = "to": "To";
        PatchMethod = "patch-method": "Patch method";
        Manual = "manually": "manually";
        Finished = "finished": "Done";
    }
    "Blocks" {
        DayBefore = "day-before": "24 hours before";
        HoursBefore = "hours-before": "2 hours before";
        StartBlock = "start-block": "Start of window";
        During = "during": "During";
        After = "after": "After";
        Watch = "watch": "Watch";
        Who = "who": "who";
        When = "when": "when";
        Time = "time": "time";
        Status = "status": "status";
        TestedBefore = "tested-before": "{system}: patches tested on {counterpart}";
        ServicesStopped = "services-stopped": "{system}: {services} stopped";
        ServicesStarted = "services-started": "{system}: {services} started";
        SystemTested = "system-tested": "{system}: tested with {test}";
        RollBackByHere = "roll-back-by-here": "roll back by {time}";
        RowsCut = "rows-cut": "The first {count} of the status rows; continue on a separate sheet.";
        EveryMinutes = "every-minutes": "{count} minutes";
        EveryAsAgreed = "every-as-agreed": "agreed interval";
    }
    "Watch" {
        WatchResult = "watch-result": "Result of the watch";
        Baseline = "baseline": "Baseline";
        WatchLogs = "watch-logs": "Errors and warnings in the logs";
        WatchPerformance = "watch-performance": "Performance against the baseline";
        WatchQuiet = "watch-quiet": "Quiet";
        WatchFaults = "watch-faults": "Faults found";
    }
    "Sign-off" {
        SignOff = "sign-off": "Sign-off";
        Infrastructure = "infrastructure": "Infrastructure";
        DeployedIt = "deployed-it": "deployed it";
        SoftwareSupport = "software-support": "Software support";
        ValidatedIt = "validated-it": "validated it";
        Security = "security": "Security";
        AssessedIt = "assessed-it": "assessed it by an authenticated scan";
        SignHere = "sign-here": "name, signature, date and time";
        LessonsLearned = "lessons-learned": "Lessons learned";
    }
    "Backout plan" {
        BackoutPlan = "backout-plan": "Backout plan";
        BackoutSteps = "backout-steps": "Steps";
        BackoutTested = "backout-tested": "Rehearsed";
        WaysBack = "ways-back": "How each system is rolled back";
        Method = "method": "Method";
        LastTested = "last-tested": "Last tested";
        NotSaid = "not-said": "not stated";
        Snapshot = "snapshot": "snapshot";
        Restore = "restore": "restore from backup";
        Uninstall = "uninstall": "uninstall the patch";
        Redeploy = "redeploy": "redeploy";
        FailOver = "fail-over": "fail over to the twin";
    }
    "Pages" {
        PageOf = "page-of": "Page {page} of {pages}";
        Contents = "contents": "Contents";
        Packs = "packs": "Checklists, {from} – {to}";
        PacksOfDay = "packs-of-day": "Checklists, {date}";
    }
    "Dates and lengths" {
        Date = "date": "{weekday} {day} {month} {year}";
        Day = "day": "{weekday} {day} {month}";
        Moment = "moment": "{day}, {time}";
        Span = "span": "{from} – {to}";
        MonthOf = "month-of": "{month} {year}";
        LengthMinutes = "length-minutes": "{minutes} min";
        LengthHours = "length-hours": "{hours} h";
        LengthBoth = "length-both": "{hours} h {minutes}";
        LengthDays = "length-days": "{days} days";
        Mon = "mon": "Mon";
        Tue = "tue": "Tue";
        Wed = "wed": "Wed";
        Thu = "thu": "Thu";
        Fri = "fri": "Fri";
        Sat = "sat": "Sat";
        Sun = "sun": "Sun";
        Jan = "jan": "Jan";
        Feb = "feb": "Feb";
        Mar = "mar": "Mar";
        Apr = "apr": "Apr";
        MayShort = "may-short": "May";
        Jun = "jun": "Jun";
        Jul = "jul": "Jul";
        Aug = "aug": "Aug";
        Sep = "sep": "Sep";
        Oct = "oct": "Oct";
        Nov = "nov": "Nov";
        Dec = "dec": "Dec";
        January = "january": "January";
        February = "february": "February";
        March = "march": "March";
        April = "april": "April";
        May = "may": "May";
        June = "june": "June";
        July = "july": "July";
        August = "august": "August";
        September = "september": "September";
        October = "october": "October";
        November = "november": "November";
        December = "december": "December";
    }
}
