//! The people and teams who are informed of an occurrence, and who of them does not know its times yet.

use egui::{Id, Ui};

use crate::model::Plan;
use crate::schedule::agreement::recipients::{Recipient, Recipients};
use crate::schedule::{Occurrence, Origin, Schedule, WindowSchedule};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Pointer, kept};
use crate::ui::parts::widgets::{muted, text};
use crate::wording::list;

/// At most this many are named.
const MOST: usize = 6;

/// Their names, each with whether their calendar is up to date.
type Names = Vec<(String, bool)>;

/// Nothing if nobody is informed.
pub fn informed_ui(ui: &mut Ui, cx: &Cx<'_>, window: &WindowSchedule, occurrence: Option<&Occurrence>) {
    let Some(occurrence) = occurrence.filter(|occurrence| occurrence.origin != Origin::Skipped) else { return };
    let inputs = (Pointer::to(cx.plan_pointer()), window.id().clone(), occurrence.original_on());
    let names = kept(ui.ctx(), Id::unique("informed"), inputs, || names(cx.plan(), cx.schedule(), window, occurrence));
    if names.is_empty() {
        return;
    }
    ui.add_space(4.0);
    text(ui, format!("Informed: {}", list(names.iter().map(|(name, _)| name), MOST)));
    let behind: Vec<&String> = names.iter().filter(|(_, is_current)| !is_current).map(|(name, _)| name).collect();
    let said = match behind.len() {
        0 => "All were sent these times".to_owned(),
        count if count == names.len() => "Nobody was sent these times yet".to_owned(),
        _ => format!("Not sent these times yet: {}", list(behind, MOST)),
    };
    text(ui, muted(cx, said));
}

fn names(plan: &Plan, schedule: &Schedule, window: &WindowSchedule, occurrence: &Occurrence) -> Names {
    let recipients = Recipients::new(schedule);
    let recipients = recipients.for_window(window);
    let name = |(to, recipient): (&String, &Recipient<'_>)| {
        let sent = plan.sent_invites().sent(window.id(), occurrence.original_on(), to);
        let times = recipient.period(window, occurrence);
        let is_current = sent.is_some_and(|sent| !sent.is_cancelled && (sent.start_at, sent.end_at) == times);
        (recipient.name.to_owned(), is_current)
    };
    let mut names: Names = recipients.informed_at(occurrence).iter().map(name).collect();
    names.sort();
    names
}
