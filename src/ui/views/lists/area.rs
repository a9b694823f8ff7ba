//! The form of a business area.

use egui::Ui;

use super::hours::hours_ui;
use crate::model::{BusinessArea, Edit, addresses};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::picker::ids;
use crate::ui::parts::{fields, theme};

pub fn area_ui(ui: &mut Ui, cx: &Cx<'_>, area: &BusinessArea) {
    let mut copy = area.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &area.name, font, 300.0) {
        copy.name = name;
    }
    if let Some(owner) = row(ui, cx, "Owner", |ui| fields::text(ui, "Owner", &area.owner, "Who agrees to its dates")) {
        copy.owner = owner;
    }
    if let Some(email) = row(ui, cx, "E-mail", |ui| fields::text(ui, "E-mail", &area.email, "name@example.org")) {
        copy.email = email;
        // They are those of the owner who had the address before.
        if copy.address() != area.address() {
            copy.aliases.clear();
        }
    }
    let aliases = row(ui, cx, "Replies also from", |ui| {
        let parse = |text: &str| {
            addresses(text).map_err(|part| {
                format!("Invalid address \"{part}\": use e.g. ann@bank.example, and separate several with commas")
            })
        };
        fields::parsed(ui, "Replies also from", &area.aliases.join(", "), "No other address", parse)
    });
    if let Some(aliases) = aliases {
        copy.aliases = aliases;
    }
    notice_ui(ui, cx, &mut copy);
    let calendars = || cx.plan().holidays().names();
    let name_of = |id: &_| cx.plan().holidays().name_of(id);
    let holidays =
        row(ui, cx, "Holidays", |ui| ids(ui, "Holidays", &area.holidays, "All of the plan's", &calendars, name_of));
    if let Some(holidays) = holidays {
        copy.holidays = holidays;
    }
    section(ui, "Hours when work is allowed");
    hours_ui(ui, cx, &mut copy.allowed);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &area.notes, "") {
        copy.notes = notes;
    }
    if copy != *area {
        cx.edit(Edit::PutArea(copy));
    }
}

fn notice_ui(ui: &mut Ui, cx: &Cx<'_>, area: &mut BusinessArea) {
    let own = [(false, "Same as the window type".to_owned()), (true, "Different".to_owned())];
    let chosen = row(ui, cx, "Notice", |ui| fields::choice(ui, "Notice", &own, area.notice_days.is_some()));
    match chosen {
        Some(true) => area.notice_days = Some(10),
        Some(false) => area.notice_days = None,
        None => {}
    }
    if let Some(days) = area.notice_days {
        let typed =
            row(ui, cx, "Days of notice", |ui| fields::count(ui, "Days of notice", days.into(), 0..=365, "day"));
        area.notice_days = Some(typed.map_or(days, |typed| typed as u16));
    }
}
