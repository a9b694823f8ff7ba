//! Results in tables: a row for each system with numbers, or for each host with its state. WSUS and Configuration Manager
//! write such tables, too.

use super::collected::Results;
use super::options::OPTIONS;
use super::result_row::{HostOutcome, ResultRow};
use super::times::ReportedTime;
use crate::connect::documents::table::{ENDINGS, Header, TableReader};
use crate::connect::documents::titles::Titles;
use crate::import::{Confidence, Head, ImportError, ImportKind, Imported, Input, Topic};
use crate::wording::typed::read_iso_date;

pub static TABLE: ImportKind = ImportKind {
    id: "results-table",
    topic: Topic::Results,
    name: "a table of results (CSV)",
    help: "A row for each system with attempted, patched, failed and skipped hosts, or for each host with its status",
    endings: &["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"],
    options: OPTIONS,
    sniff: |head| {
        sniff(head, are_titles_of_numbers, Confidence::Likely).max(sniff(head, are_titles, Confidence::Unlikely))
    },
    layout: None,
    read: |input| read(input, &TABLE, are_titles),
};

pub static WSUS: ImportKind = ImportKind {
    id: "wsus-compliance",
    topic: Topic::Results,
    name: "the compliance of computers in WSUS (CSV)",
    help: "A row for each computer: patched if no update is missing",
    endings: ENDINGS,
    options: OPTIONS,
    sniff: |head| sniff(head, are_titles_of_wsus, Confidence::Certain),
    layout: None,
    read: |input| read(input, &WSUS, are_titles_of_wsus),
};

pub static CONFIGMGR: ImportKind = ImportKind {
    id: "configmgr-compliance",
    topic: Topic::Results,
    name: "the compliance of devices in Configuration Manager (CSV)",
    help: "A row for each device: patched if it is compliant",
    endings: ENDINGS,
    options: OPTIONS,
    sniff: |head| sniff(head, are_titles_of_configmgr, Confidence::Certain),
    layout: None,
    read: |input| read(input, &CONFIGMGR, are_titles_of_configmgr),
};

const NAMES: &[&str] = &[
    "system",
    "systemid",
    "host",
    "hostname",
    "server",
    "servername",
    "computer",
    "computername",
    "fulldomainname",
    "devicename",
    "machinename",
    "netbiosname",
    "instanceid",
    "node",
    "fqdn",
    "name",
    "device",
    "rechner",
    "computername0",
];
const STATES: &[&str] = &[
    "status",
    "state",
    "outcome",
    "result",
    "compliancestate",
    "compliancestatus",
    "compliance",
    "compliant",
    "iscompliant",
    "statusname",
    "ergebnis",
];
const MISSING: &[&str] =
    &["totalmissingupdates", "missingupdates", "missing", "missingcount", "updatesmissing", "needed"];
const FAILURES: &[&str] = &["failedupdates", "updatesfailed"];
const ATTEMPTED: &[&str] = &["attempted", "hostsattempted", "attemptedhosts"];
const PATCHED: &[&str] = &["patched", "hostspatched", "patchedhosts"];
const FAILED: &[&str] = &["failed", "hostsfailed", "failedhosts"];
const SKIPPED: &[&str] = &["skipped", "hostsskipped", "skippedhosts"];

fn are_titles(titles: &Titles) -> bool {
    titles.has(NAMES) && (titles.has(PATCHED) || titles.has(STATES) || titles.has(MISSING))
}

/// Such titles no other table has.
fn are_titles_of_numbers(titles: &Titles) -> bool {
    titles.has(NAMES) && titles.has(PATCHED) && titles.has(FAILED)
}

fn are_titles_of_wsus(titles: &Titles) -> bool {
    titles.has(&["fulldomainname"]) && titles.has(&["totalmissingupdates", "compliance"])
}

fn are_titles_of_configmgr(titles: &Titles) -> bool {
    titles.has(&["computername", "devicename", "machinename", "netbiosname", "computername0", "name"])
        && titles.has(&["compliancestate", "compliancestatus"])
}

/// A table of names and states could be anything, so it is read only if a person chose the topic.
fn sniff(head: &Head, are_titles: fn(&Titles) -> bool, confidence: Confidence) -> Confidence {
    if Header::is_in(head, are_titles) { confidence } else { Confidence::No }
}

fn read(
    input: &Input<'_>,
    kind: &'static ImportKind,
    are_titles: fn(&Titles) -> bool,
) -> Result<Imported, ImportError> {
    let mut table = TableReader::new(input, kind.name, are_titles)?;
    let mut results = Results::new(kind.id, input);
    let [name, state, missing, failures] = [NAMES, STATES, MISSING, FAILURES].map(|titles| table.column(titles));
    let counts = [ATTEMPTED, PATCHED, FAILED, SKIPPED].map(|titles| table.column(titles));
    let reason = table.column(&["reason", "skipreason", "comment", "grund"]);
    let reboots = [
        table.column(&["reboots", "rebootsattempted", "rebooted", "reboot"]),
        table.column(&["rebootssuccessful", "rebootsok", "rebootsucceeded"]),
    ];
    let started = table.column(&["start", "started", "startedat", "actualstart", "starttime", "beginn"]);
    let ended = table.column(&["end", "ended", "endedat", "actualend", "endtime", "finished", "ende"]);
    let seen = table.column(&["lastsynctime", "lastscan", "lastscantime", "lastreported", "time", "laststatetime"]);
    let rolled_back = table.column(&["rolledback", "isrolledback", "rollback"]);
    let window = table.column(&["window", "windowid", "maintenancewindow", "fenster"]);
    let on = table.column(&["on", "date", "datum", "occurrence"]);
    let mut line = 0;
    while let Some(row) = table.next()? {
        line += 1;
        let number = |column| row.text(column).parse::<u32>();
        let numbers: Vec<Option<u32>> = counts.iter().map(|column| number(column).ok()).collect();
        let invalid = counts
            .iter()
            .chain(&reboots[..1])
            .map(|column| row.text(column))
            .find(|text| !text.is_empty() && text.parse::<u32>().is_err() && yes_or_no(text).is_none());
        let state_text = row.text(&state).to_owned();
        let outcome = match &numbers[..] {
            [attempted, patched, failed, skipped] if numbers.iter().any(Option::is_some) => {
                let [patched, failed, skipped] = [patched, failed, skipped].map(|count| count.unwrap_or(0));
                let attempted = attempted.unwrap_or(patched.saturating_add(failed));
                Some(HostOutcome::Counted { attempted, patched, failed, skipped })
            }
            _ => by_state(&state_text, row.text(&missing), row.text(&failures)),
        };
        let (tried, succeeded) = reboots_in(row.text(&reboots[0]), row.text(&reboots[1]));
        let written = row.text(&on);
        let added = ResultRow {
            names: vec![row.text(&name).to_owned()],
            outcome: outcome.unwrap_or_default(),
            reboots_attempted: tried,
            reboots_successful: succeeded,
            started_at: ReportedTime::read(row.text(&started)),
            ended_at: ReportedTime::read(row.text(&ended)),
            seen_at: ReportedTime::read(row.text(&seen)),
            is_rolled_back: is_rollback(&state_text) || yes_or_no(row.text(&rolled_back)).unwrap_or(false),
            reason: row.text(&reason).to_owned(),
            window: row.text(&window).to_owned(),
            on: read_iso_date(written).ok(),
            left_out: match (outcome, invalid, row.text(&name)) {
                (_, _, "") => Some("without a name"),
                (_, Some(_), _) => Some("number that cannot be read"),
                (None, None, _) if !is_rollback(&state_text) => Some("state unknown"),
                _ if !written.is_empty() && read_iso_date(written).is_err() => Some("date that is not like 2027-03-13"),
                _ => None,
            },
            line: Some(line + 1),
        };
        let unread = [&started, &ended].into_iter().map(|column| row.text(column).to_owned());
        let unread = unread.filter(|text| !text.is_empty() && ReportedTime::read(text).is_none()).collect::<Vec<_>>();
        for text in unread {
            results.warn(Some(line + 1), format!("Time \"{text}\" ignored: use e.g. 2027-03-13T22:05Z"));
        }
        results.add(&added)?;
    }
    table.remarks().into_iter().for_each(|remark| results.warn(None, remark));
    Ok(results.finish())
}

/// What a host's state says, in the words of these programs, or else the number of updates that it lacks.
fn by_state(state: &str, missing: &str, failures: &str) -> Option<HostOutcome> {
    let word: String = state.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let known = match word.as_str() {
        "patched" | "ok" | "success" | "successful" | "succeeded" | "done" | "installed" | "compliant" | "true"
        | "yes" | "passed" | "pass" | "updated" => Some(HostOutcome::Patched),
        "failed" | "failure" | "error" | "noncompliant" | "notcompliant" | "false" | "no" | "timedout" | "partly"
        | "unreachable" => Some(HostOutcome::Failed),
        "skipped" | "notattempted" | "cancelled" | "canceled" | "excluded" => Some(HostOutcome::Skipped),
        _ => None,
    };
    let count = |text: &str| text.parse::<u32>().ok();
    let by_number = || {
        let lacking = count(missing)?.saturating_add(count(failures).unwrap_or(0));
        Some(if lacking == 0 { HostOutcome::Patched } else { HostOutcome::Failed })
    };
    known.or_else(by_number).or_else(|| by_percent(state))
}

/// "20.18 %" or "20,18 %": only all of it counts.
fn by_percent(text: &str) -> Option<HostOutcome> {
    let number = text.trim().strip_suffix('%')?.trim().replace(',', ".");
    let percent = number.parse::<f64>().ok()?;
    Some(if percent >= 100.0 { HostOutcome::Patched } else { HostOutcome::Failed })
}

fn is_rollback(state: &str) -> bool {
    let word: String = state.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    matches!(word.as_str(), "rolledback" | "rollback")
}

/// Reboots as numbers, or as yes and no.
fn reboots_in(attempted: &str, successful: &str) -> (u32, u32) {
    let number = |text: &str| text.parse::<u32>().ok().or_else(|| yes_or_no(text).map(u32::from));
    let tried = number(attempted).unwrap_or(0);
    let succeeded = number(successful).unwrap_or(tried);
    (tried.max(succeeded), succeeded)
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "ja" | "1" => Some(true),
        "no" | "false" | "nein" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_of_hosts_are_read_in_the_words_of_each_program() {
        let outcome = |state: &str, missing: &str| by_state(state, missing, "");
        for state in ["Compliant", "patched", "SUCCESS", "100 %"] {
            assert_eq!(outcome(state, ""), Some(HostOutcome::Patched), "{state}");
        }
        for state in ["Non-Compliant", "Failed", "20,18 %", "99.9 %"] {
            assert_eq!(outcome(state, ""), Some(HostOutcome::Failed), "{state}");
        }
        assert_eq!([outcome("", "0"), outcome("", "3")], [Some(HostOutcome::Patched), Some(HostOutcome::Failed)]);
        assert_eq!([outcome("Unknown", ""), outcome("", "")], [None, None]);
        assert!(is_rollback("Rolled back") && !is_rollback("back"));
        assert_eq!([reboots_in("yes", ""), reboots_in("3", "2"), reboots_in("", "")], [(1, 1), (3, 2), (0, 0)]);
    }
}
