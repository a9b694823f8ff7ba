//! The form of a bulletin duty: who reads which vendors' bulletins.

use egui::Ui;

use crate::cells::choices::names_in;
use crate::model::{BulletinDuty, Edit};
use crate::schedule::bulletins::{reader_on, unread_days};
use crate::ui::parts::assignee::assignee;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::widgets::{muted, text};
use crate::ui::parts::{fields, theme};
use crate::wording::{counted, dates};

/// At most this many spans of days are listed.
const MOST_SPANS: usize = 5;

pub fn bulletin_duty_ui(ui: &mut Ui, cx: &Cx<'_>, duty: &BulletinDuty) {
    let mut copy = duty.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &duty.name, font, 300.0) {
        copy.name = name;
    }
    let vendors = duty.vendors.join(", ");
    let hint = "As systems name them, e.g. Microsoft, Oracle";
    if let Some(typed) = row(ui, cx, "Vendors", |ui| fields::wrapped_line(ui, "Vendors", &vendors, hint)) {
        copy.vendors = names_in(&typed);
    }
    let systems = cx.plan().systems().iter().filter(|system| duty.concerns(system));
    text(ui, muted(cx, format!("{} of these vendors", counted(systems.count(), "system"))));
    if let Some(source) =
        row(ui, cx, "Source", |ui| fields::text(ui, "Source", &duty.source, "Address or mailing list"))
    {
        copy.source = source;
    }
    section(ui, "Who reads them");
    if let Some(owner) = row(ui, cx, "Owner", |ui| assignee(ui, cx, "Owner", duty.owner.as_ref(), "Nobody")) {
        copy.owner = owner;
    }
    let stand_in = row(ui, cx, "Stand-in", |ui| assignee(ui, cx, "Stand-in", duty.stand_in.as_ref(), "Nobody"));
    if let Some(stand_in) = stand_in {
        copy.stand_in = stand_in;
    }
    readers_ui(ui, cx, duty);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &duty.notes, "") {
        copy.notes = notes;
    }
    if copy != *duty {
        cx.edit(Edit::PutBulletinDuty(copy));
    }
}

/// Who reads them today, and on which days nobody does.
fn readers_ui(ui: &mut Ui, cx: &Cx<'_>, duty: &BulletinDuty) {
    let (plan, today) = (cx.plan(), cx.today());
    let today_words = match reader_on(plan, duty, today) {
        Some(who) => format!("Today: {}", who.name(plan)),
        None => "Today: nobody".to_owned(),
    };
    text(ui, muted(cx, today_words));
    let horizon = plan.horizon();
    let unread = unread_days(plan, duty, &(today.max(horizon.from)..=horizon.last()));
    for days in unread.iter().take(MOST_SPANS) {
        text(ui, muted(cx, format!("Nobody on {}", dates(*days.start(), *days.end()))));
    }
    if unread.len() > MOST_SPANS {
        text(ui, muted(cx, format!("and {}", counted(unread.len() - MOST_SPANS, "more time"))));
    }
}
