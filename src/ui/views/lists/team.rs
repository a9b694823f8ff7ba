//! The form of a team, with its people in the order of their turns.

use egui::Ui;
use lucide_icons::Icon;

use super::informed_of::informed_of_ui;
use crate::model::{Edit, PersonId, Subject, Team};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{row, section};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::widgets::{icon_button, muted, text};
use crate::ui::parts::{fields, theme};

pub fn team_ui(ui: &mut Ui, cx: &Cx<'_>, team: &Team) {
    let mut copy = team.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::record_name(ui, cx, "Name", &team.name, font, 300.0) {
        copy.name = name;
    }
    let email = row(ui, cx, "E-mail", |ui| fields::text(ui, "E-mail", &team.email, "A mailing list, soc@example.org"));
    if let Some(email) = email {
        copy.email = email;
    }
    let needed = row(ui, cx, "Needed at once", |ui| {
        fields::optional_number(ui, "Needed at once", team.needed.map(i64::from), 1..=999)
    });
    if let Some(needed) = needed {
        copy.needed = needed.and_then(|needed| u16::try_from(needed).ok());
    }
    let said = match copy.needed {
        Some(_) => "A booking takes this many of its people, in turn",
        None => "A booking takes all of its people",
    };
    text(ui, muted(cx, said));
    section(ui, "People, in the order of their turns");
    people_ui(ui, cx, &mut copy.people);
    informed_of_ui(ui, cx, &mut copy.informed_of, &team.email);
    section(ui, "Notes");
    if let Some(notes) = fields::paragraph(ui, "Notes", &team.notes, "") {
        copy.notes = notes;
    }
    if copy != *team {
        cx.edit(Edit::PutTeam(copy));
    }
}

fn people_ui(ui: &mut Ui, cx: &Cx<'_>, people: &mut Vec<PersonId>) {
    let name_of = |id: &_| cx.plan().people().name_of(id);
    let (mut raised, mut removed) = (None, None);
    for (index, id) in people.iter().enumerate() {
        ui.horizontal(|ui| {
            let name = name_of(id);
            ui.label(muted(cx, format!("{}", index + 1)));
            if ui.link(&name).on_hover_text("Show this person").clicked() {
                cx.reveal(Destination::List(Subject::Person(id.clone())));
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if icon_button(ui, Icon::X, &format!("Remove {name}"), cx.is_editable()).clicked() {
                    removed = Some(index);
                }
                let is_movable = cx.is_editable() && index > 0;
                if icon_button(ui, Icon::ArrowUp, &format!("Move {name} up"), is_movable).clicked() {
                    raised = Some(index);
                }
            });
        });
    }
    if let Some(index) = raised {
        people.swap(index - 1, index);
    }
    if let Some(index) = removed {
        people.remove(index);
    }
    let known: Vec<PersonId> = people.clone();
    let others = || {
        let others = cx.plan().people().iter().filter(|person| !known.contains(&person.id));
        others.map(|person| (person.id.clone(), person.name.clone())).collect()
    };
    if let Some(Some(id)) = optional_id(ui, "Add a person", None, "Add a person…", &others, name_of) {
        people.push(id);
    }
}
