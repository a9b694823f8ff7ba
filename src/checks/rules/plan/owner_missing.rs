//! P008 owner-missing: nobody can agree to windows for a business area.

use crate::checks::{Check, Context, Finding, Rule, Severity, Sink};
use crate::model::Subject;

pub static RULE: Rule = Rule {
    code: "P008",
    name: "owner-missing",
    severity: Severity::Warning,
    summary: "A business area has no owner or no e-mail address.",
    why: "A window needs the agreement of the business, so somebody must be there to give it and to receive the \
          invite.",
    example: "Logistics has no owner.",
    remedy: "Enter who decides for the area, and their e-mail address.",
    checks: &[Check::Records(check)],
    fix: None,
    fold: None,
};

fn check(cx: &Context<'_>, sink: &mut Sink) {
    for area in cx.plan().areas() {
        let what = match (area.owner.trim().is_empty(), area.email.trim().is_empty()) {
            (false, false) => continue,
            (true, true) => "neither an owner nor an e-mail address",
            (true, false) => "no owner",
            (false, true) => "no e-mail address",
        };
        let message = format!("{} has {what}", area.name);
        sink.add(Finding::new(&RULE, Subject::Area(area.id.clone()), message));
    }
}
