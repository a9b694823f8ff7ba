//! The differences of the policy, in words.

use super::fields::Fields;
use crate::model::{
    DueBy, EmergencyLane, LadderGate, Plan, Policy, ResponseMatrix, ServiceTarget, SeverityDeadline, Stage, StageOwner,
    WindowType,
};
use crate::wording::{availability, counted, date};

// Does nothing, but lists all fields, so that the compiler asks for a comparison of each new one.
const _: fn(&Policy) = |policy| {
    let Policy {
        severities: _,
        window_types: _,
        soak: _,
        emergency: _,
        buffer_percent: _,
        rollback_test_days: _,
        status_every: _,
        night: _,
        longest_gap_days: _,
        first_group_percent: _,
        overrun_percent: _,
        correlation_percent: _,
        host_failure_percent: _,
        notice_reminder_days: _,
        silent_after_days: _,
        people: _,
        due_by: _,
        matrix: _,
        internet_is_active: _,
        publishers_dates: _,
        exploited_within: _,
        services: _,
        recording_from: _,
        gates: _,
        responsible: _,
    } = policy;
};

pub fn policy(fields: &mut Fields, old: &Plan, new: &Plan) {
    let (a, b) = (old.policy(), new.policy());
    let severity = |each: &SeverityDeadline| {
        format!("{} from CVSS {} within {}", each.name, f32::from(each.cvss_from_tenths) / 10.0, each.within)
    };
    let severities = |all: &[SeverityDeadline]| all.iter().map(severity).collect::<Vec<_>>();
    fields.list("Deadlines", severities(&a.severities), severities(&b.severities));
    let types = |all: &[WindowType]| all.iter().map(window_type).collect::<Vec<_>>();
    fields.list("Window types", types(&a.window_types), types(&b.window_types));
    for stage in Stage::ALL {
        let field = format!("Soak time after {}", stage.name());
        fields.value(&field, a.soak.after(stage), b.soak.after(stage));
    }
    fields.optional("Emergency lane", a.emergency.as_ref().map(lane), b.emergency.as_ref().map(lane));
    fields.value("Buffer", percent(a.buffer_percent), percent(b.buffer_percent));
    fields.value("Rollback tests", days(a.rollback_test_days), days(b.rollback_test_days));
    fields.value("Status updates", a.status_every, b.status_every);
    fields.optional("Windows in a night", a.night.windows, b.night.windows);
    fields.optional("Changes in a night", a.night.changes, b.night.changes);
    fields.optional("Hosts in a night", a.night.hosts, b.night.hosts);
    fields.value("Longest gap", days(a.longest_gap_days), days(b.longest_gap_days));
    fields.value("Largest first group", percent(a.first_group_percent), percent(b.first_group_percent));
    fields.value("Overrun limit", percent(a.overrun_percent), percent(b.overrun_percent));
    fields.value("Correlation", percent(a.correlation_percent), percent(b.correlation_percent));
    fields.value("Failing hosts", percent(a.host_failure_percent), percent(b.host_failure_percent));
    fields.value("Reminder of notice", days(a.notice_reminder_days), days(b.notice_reminder_days));
    fields.value("Silent after", days(a.silent_after_days), days(b.silent_after_days));
    fields.value("Nights in a row", a.people.nights_in_a_row, b.people.nights_in_a_row);
    fields.value("Nights per month", a.people.nights_a_month, b.people.nights_a_month);
    fields.value("Rest", a.people.rest, b.people.rest);
    fields.value("Deadlines of advisories", due_in_words(a.due_by), due_in_words(b.due_by));
    fields.value("Response matrix", matrix_in_words(&a.matrix), matrix_in_words(&b.matrix));
    let exposed = |is_active: bool| if is_active { "as exploited" } else { "as theoretical" };
    fields.value("Reachable from the internet", exposed(a.internet_is_active), exposed(b.internet_is_active));
    let publishers = |takes_precedence: bool| if takes_precedence { "take precedence" } else { "are ignored" };
    fields.value("Publishers' dates", publishers(a.publishers_dates), publishers(b.publishers_dates));
    let services = |policy: &Policy| policy.services.iter().map(target).collect::<Vec<_>>();
    fields.list("Services", services(a), services(b));
    fields.optional("Exploited, at most", a.exploited_within, b.exploited_within);
    fields.optional("Results recorded from", a.recording_from.map(date), b.recording_from.map(date));
    let gates = |plan: &Plan| plan.policy().gates.iter().map(|gate| gate_in_words(plan, gate)).collect::<Vec<_>>();
    fields.list("Gates", gates(old), gates(new));
    let owner = |owner: &StageOwner| format!("{}: {}", owner.stage.name(), owner.who);
    let owners = |all: &[StageOwner]| all.iter().map(owner).collect::<Vec<_>>();
    fields.list("Responsible for stages", owners(&a.responsible), owners(&b.responsible));
}

/// "Payments 99.9 %"
fn target(target: &ServiceTarget) -> String {
    format!("{} {} %", target.service, availability(target.available_per_100_000))
}

/// "Test 4 h, then all; 0 days of notice"
fn lane(lane: &EmergencyLane) -> String {
    format!("{}; {} of notice", lane.in_words(), counted(lane.notice_days, "day"))
}

/// "Servers: test, deployed, validated"
fn gate_in_words(plan: &Plan, gate: &LadderGate) -> String {
    let needed = std::iter::once("test").chain(gate.sign_offs.iter().map(|kind| kind.name()));
    format!("{}: {}", plan.ladders().name_of(&gate.ladder), needed.collect::<Vec<_>>().join(", "))
}

/// "2 days if exploited, otherwise 14 days"
fn due_in_words(due_by: DueBy) -> String {
    match due_by {
        DueBy::Severity => "by severity".to_owned(),
        DueBy::Matrix => "by the response matrix".to_owned(),
        DueBy::Exploited { exploited, other } => format!("{exploited} if exploited, otherwise {other}"),
    }
}

/// "high value 3 days exploited, 7 days theoretical; low value 7 days exploited, 30 days theoretical"
fn matrix_in_words(matrix: &ResponseMatrix) -> String {
    format!(
        "high value {} exploited, {} theoretical; low value {} exploited, {} theoretical",
        matrix.high_active, matrix.high_theoretical, matrix.low_active, matrix.low_theoretical
    )
}

/// "Standard 2 h to 4 h, 7 days of notice"
fn window_type(each: &WindowType) -> String {
    let lengths = match (each.shortest, each.longest) {
        (None, None) => "of any length".to_owned(),
        (shortest, longest) => format!(
            "{} to {}",
            shortest.unwrap_or_default(),
            longest.map_or_else(|| "any length".to_owned(), |longest| longest.to_string())
        ),
    };
    let notice =
        each.notice_days.map_or_else(|| "no notice".to_owned(), |days| format!("{} of notice", counted(days, "day")));
    let needs = |needs: bool, what: &'static str| if needs { what } else { "" };
    let (tester, list) =
        (needs(each.needs_tester, ", needs a tester"), needs(each.needs_checklist, ", needs a checklist"));
    let checklist = each.checklist.as_ref().map_or_else(String::new, |id| format!(", checklist {id}"));
    format!("{} {lengths}, {notice}{tester}{list}{checklist}", each.kind.name())
}

fn percent(share: u8) -> String {
    format!("{share} %")
}

pub(super) fn days(number: u16) -> String {
    counted(number, "day")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, Minutes};

    #[test]
    fn a_changed_deadline_of_advisories_shows_both_values() {
        let old = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let mut changed = Policy { due_by: DueBy::EXPLOITED, ..Policy::clone(old.policy()) };
        changed.matrix.low_active = Minutes::days(5);
        changed.publishers_dates = !changed.publishers_dates;
        let new = old.apply(&Edit::SetPolicy(changed)).unwrap();
        let mut fields = Fields::default();
        policy(&mut fields, &old, &new);
        let words: Vec<String> = fields.list.iter().map(ToString::to_string).collect();
        assert_eq!(words[0], "Deadlines of advisories by severity → 2 days if exploited, otherwise 14 days");
        assert!(words[1].starts_with("Response matrix high value 3 days exploited"), "{}", words[1]);
        assert_eq!(words[2], "Publishers' dates take precedence → are ignored");
    }

    #[test]
    fn each_changed_number_of_the_policy_is_found() {
        let old = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let changed = Policy { silent_after_days: 3, notice_reminder_days: 4, ..Policy::clone(old.policy()) };
        let new = old.apply(&Edit::SetPolicy(changed)).unwrap();
        let mut fields = Fields::default();
        policy(&mut fields, &old, &new);
        let words: Vec<String> = fields.list.iter().map(ToString::to_string).collect();
        assert!(words[0].starts_with("Reminder of notice ") && words[0].ends_with("→ 4 days"), "{words:?}");
        assert!(words[1].starts_with("Silent after ") && words[1].ends_with("→ 3 days"), "{words:?}");
    }
}
