//! What may restart or change on a day: the windows that overlap it, with hosts, people and whether they are approved. A
//! security or network operations centre asks for this.

use chrono::NaiveDate;
use egui::{Id, RichText, Ui};

use crate::export::lists::{ActivityList, ActivityRow, List, Span};
use crate::output::Order;
use crate::session::{Action, Selection};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Pointer, kept};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{muted, strong, text};
use crate::wording::{self, counted, list};

/// At most this many windows are shown.
const MOST: usize = 20;
/// At most this many systems, hosts or people are named.
const MOST_NAMES: usize = 8;

/// Nothing on a day without windows.
pub fn activity_ui(ui: &mut Ui, cx: &Cx<'_>, on: NaiveDate) {
    let span = Span { from: Some(on), to: Some(on) };
    let inputs = (Pointer::to(cx.plan_pointer()), on);
    let rows = kept(ui.ctx(), Id::unique("activity"), inputs, || ActivityList { schedule: cx.schedule(), span }.rows());
    if rows.is_empty() {
        return;
    }
    ui.add_space(14.0);
    ui.label(strong("Activity")).on_hover_text("What may restart or change on this day, for a SOC or NOC");
    for row in rows.iter().take(MOST) {
        ui.add_space(6.0);
        row_ui(ui, cx, row);
    }
    if rows.len() > MOST {
        text(ui, muted(cx, wording::and_more(rows.len() - MOST)));
    }
    ui.add_space(6.0);
    let help = "Write this list as CSV, Excel or JSON, for a SOC or NOC";
    if ui.button("Export activity of this day…").on_hover_text(help).clicked() {
        cx.send(Action::ChooseDestination(Order::list(List::Activity(span))));
    }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, row: &ActivityRow) {
    let local = |at| cx.schedule().zone.local(at).to_naive();
    let hours = wording::moments(local(row.start.0), local(row.end.0));
    if ui.link(RichText::new(&row.name).font(theme::strong(theme::TEXT))).clicked() {
        cx.select(Selection::Window(row.window.as_str().into()));
    }
    text(ui, hours);
    let (approved, color) =
        if row.approved { ("Approved", cx.colors.good) } else { ("Not approved", cx.colors.warning) };
    text(ui, RichText::new(approved).font(theme::regular(theme::SMALL)).color(color));
    let systems = row.systems.iter().map(|id| cx.plan().systems().name_of(&id.as_str().into()));
    let parts = [
        ("", row.kinds.join(", ")),
        ("Systems: ", list(systems, MOST_NAMES)),
        ("Hosts: ", list(&row.hosts, MOST_NAMES)),
        ("People: ", list(&row.people, MOST_NAMES)),
        ("Ticket: ", row.ticket.clone()),
    ];
    for (title, words) in parts.into_iter().filter(|(_, words)| !words.is_empty()) {
        text(ui, muted(cx, format!("{title}{words}")));
    }
    if row.hosts.is_empty() && !row.systems.is_empty() {
        let systems = counted(row.systems.len(), "system");
        text(ui, muted(cx, format!("No host names are known of {systems}")));
    }
}
