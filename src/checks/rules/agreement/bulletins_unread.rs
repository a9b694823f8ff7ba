//! C010 bulletins-unread: nobody reads the bulletins of a vendor whose systems are in the plan.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;
use crate::schedule::bulletins::unread_vendors;
use crate::wording::{counted, list};

/// At most this many vendors are named.
const MOST_VENDORS: usize = 5;

pub static RULE: Rule = Rule {
    code: "C010",
    name: "bulletins-unread",
    severity: Severity::Note,
    summary: "Systems have a vendor that no bulletin duty names. One finding lists all of them, and only if the plan has a \
              bulletin duty with a vendor.",
    why: "An advisory that nobody reads is in no plan, and no deadline counts for it.",
    example: "Nobody reads the bulletins of 2 vendors: Oracle (3 systems), SAP (1 system).",
    remedy: "Add the vendor to a bulletin duty. If a scanner or a service reports its advisories, name that as the source.",
    checks: &[Check::Routines(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    let unread = unread_vendors(cx.plan());
    if unread.is_empty() {
        return;
    }
    let vendors = unread.iter().map(|(vendor, systems)| format!("{vendor} ({})", counted(*systems, "system")));
    let message = format!(
        "Nobody reads the bulletins of {}: {}",
        counted(unread.len(), "vendor"),
        list(vendors.collect::<Vec<_>>(), MOST_VENDORS)
    );
    sink.add(Finding::new(&RULE, Subject::Plan, message));
}
