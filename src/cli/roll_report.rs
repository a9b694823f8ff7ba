//! What `roll` did, as text and as JSON.

use serde_json::{Value, json};

use crate::roll::{
    AcrossBoundary, CalendarDays, Crossing, DateKey, DateOption, DateProposal, Meeting, Outcome, RolledPlan,
};
use crate::wording::{dates, iso};

/// The report for people. `path` is the file that was written, if one was.
pub fn text(rolled: &RolledPlan, met: &[Meeting], path: Option<&str>) -> String {
    let plan = &rolled.plan;
    let saved = path.map_or_else(|| "nothing was written".to_owned(), |path| format!("saved as {path}"));
    let mut lines = vec![format!("{}: {}, {saved}", plan.title(), dates(plan.horizon().from, plan.horizon().last()))];
    section(&mut lines, "New dates", rolled.dates.iter().map(proposal_line));
    for (title, facts) in rolled.facts() {
        section(&mut lines, title, facts.into_iter());
    }
    let title = "To decide: what meets a holiday, a freeze or a clock change";
    section(&mut lines, title, met.iter().map(Meeting::with_free_date));
    lines.join("\n") + "\n"
}

fn section(lines: &mut Vec<String>, title: &str, rows: impl Iterator<Item = String>) {
    let mut rows = rows.map(|row| format!("  {row}")).peekable();
    if rows.peek().is_some() {
        lines.push(String::new());
        lines.push(format!("{title}:"));
        lines.extend(rows);
    }
}

/// The proposal, which applies, and its alternatives.
fn proposal_line(proposal: &DateProposal) -> String {
    let options: Vec<String> = proposal.options.iter().map(DateOption::in_words).collect();
    let note = proposal.note.as_ref().map(|note| format!(" [{note}]")).unwrap_or_default();
    format!("{}, {}: {}{note}", proposal.name, proposal.was(), options.join("; or "))
}

/// The report for programs.
pub fn json(rolled: &RolledPlan, met: &[Meeting], path: Option<&str>) -> String {
    let plan = &rolled.plan;
    let report = json!({
        "version": 1,
        "title": plan.title(),
        "id": plan.id().as_str(),
        "from": plan.horizon().from.to_string(),
        "to": plan.horizon().last().to_string(),
        "saved_as": path,
        "dates": rolled.dates.iter().map(proposal_value).collect::<Vec<_>>(),
        "across": rolled.across.iter().map(across_value).collect::<Vec<_>>(),
        "holidays": rolled.calendars.iter().map(calendar_value).collect::<Vec<_>>(),
        "windows_without_dates": rolled.without_dates,
        "windows_left_behind": rolled.windows_left,
        "left_behind": rolled.left_behind,
        "meetings": met.iter().map(meeting_value).collect::<Vec<_>>(),
    });
    format!("{}\n", serde_json::to_string_pretty(&report).unwrap_or_default())
}

fn proposal_value(proposal: &DateProposal) -> Value {
    let (kind, id) = match &proposal.key {
        DateKey::Listed { window, .. } => ("listed date", window.as_str()),
        DateKey::Freeze(id) => ("freeze", id.as_str()),
        DateKey::Ended(id) => ("ended window", id.as_str()),
    };
    let options: Vec<Value> = proposal.options.iter().map(option_value).collect();
    json!({
        "kind": kind,
        "id": id,
        "name": proposal.name,
        "was_from": proposal.from.first_on.to_string(),
        "was_to": proposal.from.last_on.to_string(),
        "applied": options.first(),
        "alternatives": options.get(1..).unwrap_or_default(),
        "note": proposal.note,
    })
}

fn option_value(option: &DateOption) -> Value {
    match option.outcome {
        Outcome::Days(span) => {
            json!({ "from": span.first_on.to_string(), "to": span.last_on.to_string(), "basis": option.basis })
        }
        Outcome::LeftOut => json!({ "left_behind": true, "basis": option.basis }),
        Outcome::WithoutEnd => json!({ "without_end": true, "basis": option.basis }),
    }
}

fn across_value(across: &AcrossBoundary) -> Value {
    json!({
        "kind": across.subject.noun(),
        "id": across.subject.id(),
        "name": across.name,
        "start": iso::local_minute(across.starts),
        "end": iso::local_minute(across.ends),
        "crossing": match across.kind {
            Crossing::Runs => "runs",
            Crossing::InNeither => "in neither plan",
            Crossing::OnlyInEarlier => "only in the earlier plan",
            Crossing::InBoth => "in both plans",
            Crossing::MovedAway => "moved away in the earlier plan",
        },
    })
}

fn calendar_value(calendar: &CalendarDays) -> Value {
    json!({
        "id": calendar.id.as_str(),
        "name": calendar.name,
        "days_before": calendar.before,
        "days_after": calendar.after,
        "import_needed": calendar.is_incomplete(),
    })
}

fn meeting_value(meeting: &Meeting) -> Value {
    let findings =
        meeting.findings.iter().map(|finding| json!({ "code": finding.rule.code, "message": finding.message }));
    json!({
        "window": meeting.window.as_str(),
        "name": meeting.name,
        "date": meeting.on.to_string(),
        "start": iso::local_minute(meeting.starts),
        "end": iso::local_minute(meeting.ends),
        "findings": findings.collect::<Vec<_>>(),
        "free_date": meeting.free.as_ref().map(|(on, _)| on.to_string()),
    })
}
