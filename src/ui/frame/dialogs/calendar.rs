//! For whom the year calendar is written, and what that reader would refuse in it: asked and said before a path is.

use egui::{Label, ScrollArea, Ui};

use crate::export::ics::{Complaint, Owner, Profile, ProfileKind, owners};
use crate::export::one_line;
use crate::model::{AreaId, Plan};
use crate::session::{Action, CalendarCheck, CalendarDialog, CalendarOrder, Dialog, PathRequest};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::row;
use crate::ui::parts::modal::{Buttons, Pressed, close, titled};
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::wording::counted;

const WIDTH: f32 = 560.0;
/// Height of the list of complaints: the dialog keeps its size while readers are compared.
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
        let choose = if order.profile.kind().is_folder() { "Choose a folder…" } else { "Choose a file…" };
        let buttons = Buttons {
            yes: has_files.then_some(choose),
            other: None,
            cancel: "Cancel",
            default: if has_files { Pressed::Yes } else { Pressed::Cancel },
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match pressed {
        Some(Pressed::Yes) => cx.open_dialog(Dialog::Path(path_request(cx.plan(), order))),
        Some(Pressed::Other | Pressed::Cancel) => close(cx),
        None if closes => close(cx),
        None => {}
    }
}

fn path_request(plan: &Plan, order: &CalendarOrder) -> PathRequest {
    let stem = order.profile.stem(plan);
    let name = if order.profile.kind().is_folder() { stem } else { format!("{stem}.ics") };
    PathRequest::Calendar { order: order.clone(), name }
}

/// Reader, area or owner, freezes; the order that was changed to.
fn order_ui(ui: &mut Ui, cx: &Cx<'_>, order: &CalendarOrder) -> Option<CalendarOrder> {
    let plan = cx.plan();
    let kind = order.profile.kind();
    let mut changed = row(ui, cx, "For", |ui| {
        let kinds: Vec<(ProfileKind, String)> = ProfileKind::ALL
            .into_iter()
            .filter(|kind| first_of(*kind, plan).is_some())
            .map(|kind| (kind, kind.name().to_owned()))
            .collect();
        let chosen = fields::choice(ui, "For whom", &kinds, kind).and_then(|kind| first_of(kind, plan));
        ui.add(Label::new(muted(cx, kind.help())).wrap());
        chosen
    });
    match &order.profile {
        Profile::Area(area) => changed = changed.or(row(ui, cx, "Business area", |ui| area_ui(ui, plan, area))),
        Profile::Owner(owner) => changed = changed.or(row(ui, cx, "Owner", |ui| owner_ui(ui, plan, owner))),
        _ => {}
    }
    let mut with_freezes = order.with_freezes && kind.takes_freezes();
    let is_toggled = row(ui, cx, "Change freezes", |ui| {
        let words = match kind {
            ProfileKind::AwsDocument => "They are a document of their own",
            kind if kind.takes_freezes() => "As all-day events that block no time",
            _ => "Left out: this reader would take them for windows",
        };
        ui.add_enabled_ui(kind.takes_freezes(), |ui| ui.checkbox(&mut with_freezes, words)).inner.clicked()
    });
    let profile = changed.or_else(|| is_toggled.then(|| order.profile.clone()))?;
    let with_freezes = if is_toggled { with_freezes } else { order.with_freezes };
    Some(CalendarOrder { profile, with_freezes })
}

/// The profile of that kind, for the first area or owner; none where the plan has nobody.
fn first_of(kind: ProfileKind, plan: &Plan) -> Option<Profile> {
    Some(match kind {
        ProfileKind::Everyone => Profile::Everyone,
        ProfileKind::Area => Profile::Area(plan.areas().iter().next()?.id.clone()),
        ProfileKind::Owner => Profile::Owner(owners(plan).into_iter().next()?.key),
        ProfileKind::Uyuni => Profile::Uyuni,
        ProfileKind::AwsImport => Profile::AwsImport,
        ProfileKind::AwsDocument => Profile::AwsDocument,
        ProfileKind::CalDav => Profile::CalDav,
    })
}

fn area_ui(ui: &mut Ui, plan: &Plan, current: &AreaId) -> Option<Profile> {
    let areas: Vec<(AreaId, String)> =
        plan.areas().iter().map(|area| (area.id.clone(), one_line(&area.name))).collect();
    fields::choice(ui, "Business area", &areas, current.clone()).map(Profile::Area)
}

fn owner_ui(ui: &mut Ui, plan: &Plan, current: &str) -> Option<Profile> {
    let words = |owner: &Owner| match owner.name.as_str() {
        "" => owner.key.clone(),
        name if owner.key.contains('@') => format!("{name}, {}", owner.key),
        name => name.to_owned(),
    };
    let owners: Vec<(String, String)> = owners(plan).iter().map(|owner| (owner.key.clone(), words(owner))).collect();
    fields::choice(ui, "Owner", &owners, current.to_owned()).map(Profile::Owner)
}

/// What the export check says.
fn check_ui(ui: &mut Ui, cx: &Cx<'_>, check: Option<&CalendarCheck>) {
    let complaints = check.map_or(&[][..], |check| &check.complaints);
    let title = match check {
        None => "Checking…".to_owned(),
        Some(CalendarCheck { files: 0, .. }) => "Nothing can be written".to_owned(),
        Some(_) if complaints.is_empty() => "This reader will take all of it".to_owned(),
        Some(_) => format!("{} for this reader", counted(complaints.len(), "caution")),
    };
    ui.label(strong(title));
    ui.add_space(4.0);
    let area = ScrollArea::vertical().max_height(LIST).min_scrolled_height(LIST).auto_shrink(false);
    area.id_salt("complaints").show(ui, |ui| {
        if complaints.is_empty() && check.is_some_and(|check| check.files > 0) {
            text(ui, muted(cx, "Nothing in it would be refused, lost or misread."));
        }
        for Complaint { about, what } in complaints {
            ui.add(Label::new(muted(cx, about)).wrap());
            text(ui, what.as_str());
            ui.add_space(6.0);
        }
    });
}
