//! The export of the year calendar: who will read it, and what that reader would reject. Comes before the path.

use egui::{Label, ScrollArea, Ui};

use crate::export::ics::TimeForm;
use crate::export::one_line;
use crate::export::profiles::{CalendarOrder, CalendarScope, Complaint, Freezes, Owner, PROFILES, Profile, owners};
use crate::model::{AreaId, PersonId, Plan, TeamId};
use crate::output::{Order, find_profile};
use crate::session::{Action, CalendarCheck, CalendarDialog};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::modal::{Buttons, DialogButton, close, titled};
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::wording::counted;

const WIDTH: f32 = 560.0;
/// Height of the list of problems. Fixed, so that the dialog keeps its size while readers are compared.
const LIST: f32 = 148.0;

pub fn calendar_ui(ui: &Ui, cx: &Cx<'_>, dialog: &CalendarDialog, is_new: bool) {
    let order = &dialog.order;
    let mut pressed = None;
    let closes = titled(ui, "Export year calendar", WIDTH, |ui| {
        if let Some(order) = order_ui(ui, cx, order) {
            cx.send(Action::OrderCalendar(order));
        }
        ui.add_space(10.0);
        rule(ui, cx);
        ui.add_space(8.0);
        check_ui(ui, cx, dialog.check.as_ref());
        let has_files = dialog.check.as_ref().is_none_or(|check| check.files > 0);
        let choose = if order.profile.is_folder() { "Choose a folder…" } else { "Choose a file…" };
        let buttons = Buttons {
            yes: has_files.then_some(choose),
            other: None,
            cancel: "Cancel",
            default: if has_files { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: false,
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(DialogButton::Yes) => {
            cx.send(Action::ChooseDestination(Order::Calendar(order.clone().without_fixed_freezes())));
        }
        Some(DialogButton::Other | DialogButton::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

/// The fields for reader, area or owner, times, first day and freezes. Returns the order if it was changed.
fn order_ui(ui: &mut Ui, cx: &Cx<'_>, order: &CalendarOrder) -> Option<CalendarOrder> {
    let plan = cx.plan();
    let profile = order.profile;
    let mut changed = row(ui, cx, "For", |ui| {
        let is_possible = |profile: &&'static Profile| CalendarOrder::for_first(profile, plan).is_some();
        let names = PROFILES.into_iter().filter(is_possible).map(|profile| profile.output);
        let names: Vec<(&str, String)> = names.map(|output| (output.id, output.name.to_owned())).collect();
        let chosen = fields::choice(ui, "For whom", &names, profile.output.id).and_then(find_profile);
        ui.add(Label::new(muted(cx, profile.output.help)).wrap());
        let (with_freezes, times) = (order.with_freezes, order.times);
        chosen
            .and_then(|profile| Some(CalendarOrder { with_freezes, times, ..CalendarOrder::for_first(profile, plan)? }))
    });
    let whose = match &order.whose {
        CalendarScope::Everybody => None,
        CalendarScope::Area(area) => row(ui, cx, "Business area", |ui| area_ui(ui, plan, area)),
        CalendarScope::Owner(owner) => row(ui, cx, "Owner", |ui| owner_ui(ui, plan, owner)),
        CalendarScope::Person(person) => row(ui, cx, "Person", |ui| person_ui(ui, plan, person)),
        CalendarScope::Team(team) => row(ui, cx, "Team", |ui| team_ui(ui, plan, team)),
    };
    changed = changed.or(whose.map(|whose| CalendarOrder { whose, ..order.clone() }));
    let mut with_freezes = order.with_freezes && profile.takes_freezes();
    let reduced = times_ui(ui, cx, order).or_else(|| from_ui(ui, cx, order));
    let is_toggled = row(ui, cx, "Change freezes", |ui| {
        let words = match profile.freezes {
            Freezes::Optional => "As all-day events shown as free",
            Freezes::Always { on_screen, .. } | Freezes::Never { on_screen, .. } => on_screen,
        };
        ui.add_enabled_ui(profile.takes_freezes(), |ui| ui.checkbox(&mut with_freezes, words)).inner.clicked()
    });
    changed.or(reduced).or_else(|| is_toggled.then(|| CalendarOrder { with_freezes, ..order.clone() }))
}

/// How times are written, unless the reader decides.
fn times_ui(ui: &mut Ui, cx: &Cx<'_>, order: &CalendarOrder) -> Option<CalendarOrder> {
    row(ui, cx, "Times", |ui| {
        if order.profile.is_in_utc {
            ui.label(muted(cx, "This reader gets all times in UTC"));
            return None;
        }
        let forms = TimeForm::ALL.map(|form| (form, form.name().to_owned()));
        let times = fields::choice(ui, "How times are written", &forms, order.times)?;
        Some(CalendarOrder { times, ..order.clone() })
    })
}

/// The first day, for readers that can leave out earlier ones.
fn from_ui(ui: &mut Ui, cx: &Cx<'_>, order: &CalendarOrder) -> Option<CalendarOrder> {
    if !order.profile.takes_from {
        return None;
    }
    row(ui, cx, "From", |ui| {
        let from = fields::optional_date(ui, cx, "First day", order.from);
        ui.add(Label::new(muted(cx, "Not set: the whole plan, or from today if a document would be too large")).wrap());
        from.map(|from| CalendarOrder { from, ..order.clone() })
    })
}

fn area_ui(ui: &mut Ui, plan: &Plan, current: &AreaId) -> Option<CalendarScope> {
    let areas: Vec<(AreaId, String)> =
        plan.areas().iter().map(|area| (area.id.clone(), one_line(&area.name))).collect();
    fields::choice(ui, "Business area", &areas, current.clone()).map(CalendarScope::Area)
}

fn person_ui(ui: &mut Ui, plan: &Plan, current: &PersonId) -> Option<CalendarScope> {
    let people: Vec<(PersonId, String)> =
        plan.people().iter().map(|person| (person.id.clone(), one_line(&person.name))).collect();
    fields::choice(ui, "Person", &people, current.clone()).map(CalendarScope::Person)
}

fn team_ui(ui: &mut Ui, plan: &Plan, current: &TeamId) -> Option<CalendarScope> {
    let teams: Vec<(TeamId, String)> =
        plan.teams().iter().map(|team| (team.id.clone(), one_line(&team.name))).collect();
    fields::choice(ui, "Team", &teams, current.clone()).map(CalendarScope::Team)
}

fn owner_ui(ui: &mut Ui, plan: &Plan, current: &str) -> Option<CalendarScope> {
    let words = |owner: &Owner| match owner.name.as_str() {
        "" => owner.key.clone(),
        name if owner.key.contains('@') => format!("{name}, {}", owner.key),
        name => name.to_owned(),
    };
    let owners: Vec<(String, String)> = owners(plan).iter().map(|owner| (owner.key.clone(), words(owner))).collect();
    fields::choice(ui, "Owner", &owners, current.to_owned()).map(CalendarScope::Owner)
}

/// Shows the result of the export check.
fn check_ui(ui: &mut Ui, cx: &Cx<'_>, check: Option<&CalendarCheck>) {
    let complaints = check.map_or(&[][..], |check| &check.complaints);
    let title = match check {
        None => "Checking…".to_owned(),
        Some(CalendarCheck { files: 0, .. }) => "Cannot export".to_owned(),
        Some(_) if complaints.is_empty() => "No problems for this reader".to_owned(),
        Some(_) => format!("{} for this reader", counted(complaints.len(), "problem")),
    };
    ui.label(strong(title));
    ui.add_space(4.0);
    let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    area.id_salt("complaints").show(ui, |ui| {
        if complaints.is_empty() && check.is_some_and(|check| check.files > 0) {
            text(ui, muted(cx, "Nothing would be refused, lost or misread."));
        }
        for Complaint { about, what } in complaints {
            ui.add(Label::new(muted(cx, about)).wrap());
            text(ui, what.as_str());
            ui.add_space(6.0);
        }
    });
}
