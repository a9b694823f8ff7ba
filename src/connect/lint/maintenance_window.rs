//! Maintenance windows of AWS Systems Manager: zone and cutoff.

use super::finding::LintFinding;
use crate::checks::Severity;
use crate::connect::documents::yaml::Node;
use crate::wording::counted;

/// Judges windows as `aws ssm describe-maintenance-windows` or `get-maintenance-window` prints them.
pub fn lint_windows(windows: &[&Node]) -> Vec<LintFinding> {
    windows.iter().flat_map(|window| lint_window(window)).collect()
}

fn lint_window(window: &Node) -> Vec<LintFinding> {
    let text = |key: &str| window.get(key).and_then(Node::text);
    let line = |key: &str| window.get(key).map_or(window.line, |node| node.line);
    let hours = |key: &str| text(key).and_then(|hours| hours.parse::<u32>().ok());
    let name = text("Name").unwrap_or("window");
    let mut found = Vec::new();
    let schedule = text("Schedule").unwrap_or_default();
    if text("ScheduleTimezone").is_none() && schedule.starts_with("cron(") {
        let message =
            format!("{name}: no ScheduleTimezone, so its times are in UTC and move by an hour against the clock");
        found.push(LintFinding::new("L121", Severity::Warning, line("Schedule"), message));
    }
    match (hours("Cutoff"), hours("Duration")) {
        (Some(cutoff), Some(duration)) if cutoff >= duration => {
            let message = format!(
                "{name}: a cutoff of {} leaves no time in {}",
                counted(cutoff, "hour"),
                counted(duration, "hour")
            );
            found.push(LintFinding::new("L122", Severity::Error, line("Cutoff"), message));
        }
        (Some(0), Some(_)) => {
            let message = format!("{name}: no cutoff, so tasks start until the last minute and run on after the end");
            found.push(LintFinding::new("L123", Severity::Warning, line("Cutoff"), message));
        }
        _ => {}
    }
    if text("Enabled") == Some("false") {
        found.push(LintFinding::new("L124", Severity::Note, line("Enabled"), format!("{name}: switched off")));
    }
    found
}
