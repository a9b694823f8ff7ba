//! The form of a person.

use egui::Ui;
use lucide_icons::Icon;

use super::hours::hours_ui;
use super::informed_of::informed_of_ui;
use crate::model::{Absence, Edit, Person};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::widgets::{icon_button, muted};
use crate::ui::parts::{fields, theme};

pub fn person_ui(ui: &mut Ui, cx: &Cx<'_>, person: &Person) {
    let mut copy = person.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &person.name, font, 300.0) {
        copy.name = name;
    }
    if let Some(email) = row(ui, cx, "E-mail", |ui| fields::text(ui, "E-mail", &person.email, "name@example.org")) {
        copy.email = email;
    }
    if let Some(phone) = row(ui, cx, "Phone", |ui| fields::text(ui, "Phone", &person.phone, "Reachable at night")) {
        copy.phone = phone;
    }
    teams_ui(ui, cx, person);
    section(ui, "Hours in which they can be booked");
    hours_ui(ui, cx, &mut copy.available);
    section(ui, "Away");
    away_ui(ui, cx, &mut copy.away);
    informed_of_ui(ui, cx, &mut copy.informed_of, &person.email);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &person.notes, "") {
        copy.notes = notes;
    }
    if copy != *person {
        cx.edit(Edit::PutPerson(copy));
    }
}

/// The person's teams. They are edited in the form of the team.
fn teams_ui(ui: &mut Ui, cx: &Cx<'_>, person: &Person) {
    let teams = cx.plan().teams().iter().filter(|team| team.people.contains(&person.id));
    let names: Vec<&str> = teams.map(|team| team.name.as_str()).collect();
    let shown = if names.is_empty() { "None".to_owned() } else { names.join(", ") };
    row(ui, cx, "Teams", |ui| ui.add(egui::Label::new(shown).wrap()));
}

fn away_ui(ui: &mut Ui, cx: &Cx<'_>, all: &mut Vec<Absence>) {
    if all.is_empty() {
        ui.label(muted(cx, "No absences"));
    }
    let mut removed = None;
    for (index, away) in all.iter_mut().enumerate() {
        let number = index + 1;
        ui.push_id(index, |ui| {
            if let Some(on) =
                row(ui, cx, "From", |ui| fields::date(ui, cx, &format!("Away {number} from"), away.first_on))
            {
                away.first_on = on;
                away.last_on = away.last_on.max(on);
            }
            if let Some(on) = row(ui, cx, "To", |ui| fields::date(ui, cx, &format!("Away {number} to"), away.last_on)) {
                away.last_on = on;
                away.first_on = away.first_on.min(on);
            }
            row(ui, cx, "Reason", |ui| {
                ui.horizontal(|ui| {
                    ui.scope(|ui| {
                        ui.set_max_width(ui.available_width() - 34.0);
                        let name = format!("Away {number} reason");
                        if let Some(reason) = fields::text(ui, &name, &away.reason, "Holiday") {
                            away.reason = reason;
                        }
                    });
                    if icon_button(ui, Icon::X, &format!("Remove absence {number}"), cx.is_editable()).clicked() {
                        removed = Some(index);
                    }
                });
            });
            ui.add_space(4.0);
        });
    }
    if let Some(index) = removed {
        all.remove(index);
    }
    if ui.button("Add absence").clicked() {
        let day = cx.selected_day();
        all.push(Absence { first_on: day, last_on: day, reason: String::new() });
    }
}
