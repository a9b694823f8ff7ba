//! Adding, naming, ordering and removing ladders and groups. Each change is one `PutLadder`.

use egui::{Button, Id, Popup, PopupCloseBehavior, Response, Role, Ui, WidgetInfo};
use lucide_icons::Icon;

use crate::checks::has_uncovered_group;
use crate::model::{ChecklistId, DeploymentGroup, Edit, GroupId, Ladder, LadderId, ReleaseId, Stage, SystemClass};
use crate::session::state::clock::unique_word;
use crate::session::{Command, Dialog};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::form::{named, row};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::widgets::{icon_button, icon_text, rule};
use crate::ui::parts::{fields, theme};

/// "Add ladder" and, if there is a ladder, "Add group" and its settings.
pub fn ladder_buttons(ui: &mut Ui, cx: &Cx<'_>, current: &mut Option<LadderId>) {
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        if with_plus(ui, "Add ladder").on_hover_text("Add a ladder for another class of systems").clicked() {
            *current = Some(add_ladder(cx));
        }
        let Some(ladder) = current.as_ref().and_then(|id| cx.plan().ladders().get(id)) else { return };
        if with_plus(ui, "Add group").on_hover_text("Add a group at the end of this ladder").clicked() {
            let group = add_group(cx, ladder);
            ui.data_mut(|data| data.insert_temp(new_group_id(), NewGroup { group, frames: 0 }));
        }
        naming_ui(ui, cx, ladder);
        let settings = icon_button(ui, Icon::Settings2, &format!("Settings of {}", ladder.name), cx.is_editable());
        popup(&settings, |ui| {
            ladder_fields(ui, cx, ladder);
            ui.add_space(4.0);
            rule(ui, cx);
            if ui.button("Remove ladder").on_hover_text("Its systems stay in the plan").clicked() {
                cx.edit(Edit::RemoveLadder(ladder.id.clone()));
                ui.close();
            }
        });
    });
}

/// A button with a plus before its words, so that it does not look like one more ladder beside it.
fn with_plus(ui: &mut Ui, words: &str) -> Response {
    ui.add(Button::new((icon_text(Icon::Plus, 13.0), words))).accessible_name(words)
}

/// The name of a ladder that was just added, until it is left: later it is among the ladder's settings.
fn naming_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    const FIELD: &str = "Name of the new ladder";
    let id = ui.make_persistent_id("ladder that is being named");
    if cx.navigation().names_selection {
        ui.data_mut(|data| data.insert_temp(id, ladder.id.clone()));
        fields::focus(ui, FIELD, &ladder.name);
    }
    let named = ui.data(|data| data.get_temp::<LadderId>(id));
    if named.is_none_or(|named| named != ladder.id) {
        return;
    }
    if let Some(name) = fields::title(ui, FIELD, &ladder.name, theme::regular(theme::TEXT), 160.0, true) {
        change(cx, ladder, |ladder| ladder.name = name);
    }
    fields::note_naming(ui, FIELD);
    if !fields::is_in_use(ui, FIELD) && !fields::is_invalid(ui, FIELD) {
        ui.data_mut(|data| data.remove::<LadderId>(id));
    }
}

/// Where it is kept whether the settings of a button are open.
const SETTINGS_OPEN: &str = "settings are open";

/// egui opens one popup at a time, and the lists inside this one are popups too. So this popup stores itself whether it
/// is open, and a click into an open list does not count as a click outside.
fn popup(button: &Response, content: impl FnOnce(&mut Ui)) {
    let (ctx, id) = (&button.ctx, button.id.with(SETTINGS_OPEN));
    let was_open: bool = ctx.data(|data| data.get_temp(id)).unwrap_or(false);
    let mut is_open = was_open != button.clicked();
    let has_list_open = Popup::is_any_open(ctx);
    let close = if has_list_open { PopupCloseBehavior::IgnoreClicks } else { PopupCloseBehavior::CloseOnClickOutside };
    // The style of menus takes the outlines of fields away.
    let form = |_: &mut egui::Style| {};
    Popup::menu(button).style(form).open_bool(&mut is_open).width(320.0).close_behavior(close).show(content);
    if is_open != was_open {
        ctx.data_mut(|data| data.insert_temp(id, is_open));
    }
}

fn add_ladder(cx: &Cx<'_>) -> LadderId {
    let ladder = cx.plan().new_ladder(&unique_word());
    let id = ladder.id.clone();
    cx.edit(Edit::PutLadder(ladder));
    id
}

/// Adds a group with the first stage that the ladder lacks at its end. Returns its id.
pub fn add_group(cx: &Cx<'_>, ladder: &Ladder) -> GroupId {
    let unused = Stage::ALL.into_iter().find(|stage| ladder.groups.iter().all(|group| group.stage != *stage));
    let stage = unused.unwrap_or(Stage::Rest);
    let name = if unused.is_some() { stage.name() } else { "New group" };
    let id = GroupId::unique(&format!("{}-{name}", ladder.id), &unique_word(), |id| cx.plan().group(id).is_some());
    let group = DeploymentGroup::new(id.clone(), name, stage);
    change(cx, ladder, |ladder| ladder.groups.push(group));
    id
}

/// A group that was just added: its settings are opened, and its name is selected.
#[derive(Clone)]
struct NewGroup {
    group: GroupId,
    /// For how many frames its settings have been open. egui draws nothing of a popup in its first frame.
    frames: u8,
}

fn new_group_id() -> Id {
    Id::unique("group that was just added")
}

/// Opens the settings of a group that was just added. Returns whether its name is to be selected.
fn open_new_group(ui: &Ui, button: &Response, group: &GroupId) -> bool {
    const FRAMES: u8 = 3;
    let new = ui.data(|data| data.get_temp::<NewGroup>(new_group_id()));
    let Some(new) = new.filter(|new| new.group == *group) else { return false };
    if new.frames == 0 {
        ui.data_mut(|data| data.insert_temp(button.id.with(SETTINGS_OPEN), true));
    }
    let frames = new.frames + 1;
    if frames < FRAMES {
        ui.data_mut(|data| data.insert_temp(new_group_id(), NewGroup { frames, ..new }));
        ui.ctx().request_repaint();
    } else {
        ui.data_mut(|data| data.remove::<NewGroup>(new_group_id()));
    }
    true
}

fn change(cx: &Cx<'_>, ladder: &Ladder, change: impl FnOnce(&mut Ladder)) {
    let mut ladder = ladder.clone();
    change(&mut ladder);
    cx.edit(Edit::PutLadder(ladder));
}

/// The fields of a ladder in its settings.
fn ladder_fields(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    if let Some(name) = row(ui, cx, "Name", |ui| {
        fields::title(ui, "Ladder name", &ladder.name, theme::regular(theme::TEXT), 180.0, true)
    }) {
        change(cx, ladder, |ladder| ladder.name = name);
    }
    purpose_ui(ui, cx, ladder);
}

/// The systems and the releases that a ladder is for.
pub fn purpose_ui(ui: &mut Ui, cx: &Cx<'_>, ladder: &Ladder) {
    let class = row(ui, cx, "For", |ui| {
        fields::choice(ui, "Ladder is for", &named(SystemClass::ALL, SystemClass::name), ladder.class)
    });
    if let Some(class) = class {
        change(cx, ladder, |ladder| ladder.class = class);
    }
    let release = row(ui, cx, "Release calendar", |ui| {
        let releases = || cx.plan().releases().names();
        let name_of = |id: &ReleaseId| cx.plan().release_name(id);
        let current = ladder.release.as_ref();
        optional_id(ui, "Release calendar", current, "None", &releases, name_of)
    });
    if let Some(release) = release {
        change(cx, ladder, |ladder| ladder.release = release);
    }
    ui.add_space(4.0);
    plan_windows_button(ui, cx, Some(&ladder.id));
}

/// Proposes windows for the groups of the ladder that have none; nothing if each has one.
pub fn plan_windows_button(ui: &mut Ui, cx: &Cx<'_>, ladder: Option<&LadderId>) {
    let Some(ladder) = ladder.filter(|ladder| has_uncovered_group(cx.schedule(), ladder)) else { return };
    let button = ui.add_enabled(cx.is_editable(), Button::new("Plan windows…"));
    if button.on_hover_text(Command::PlanLadder.help()).clicked() {
        cx.open_dialog(Dialog::LadderWindows(ladder.clone()));
    }
}

/// The settings button on a column's head.
pub fn group_button(ui: &mut Ui, cx: &Cx<'_>, ladder: Option<&LadderId>, group: &GroupId) {
    let Some(ladder) = ladder.and_then(|id| cx.plan().ladders().get(id)) else { return };
    let Some(group) = ladder.group(group) else { return };
    let button = icon_button(ui, Icon::Ellipsis, &format!("Settings of {}", group.name), cx.is_editable());
    let is_new = open_new_group(ui, &button, &group.id);
    popup(&button, |ui| {
        group_fields(ui, cx, ladder, group, is_new, str::to_owned);
        ui.add_space(4.0);
        rule(ui, cx);
        if group_steps(ui, cx, ladder, group, str::to_owned) {
            ui.close();
        }
    });
}

/// The fields of a group. `named_as` gives each its name for screen readers. The name of a new group is selected.
pub fn group_fields(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ladder: &Ladder,
    group: &DeploymentGroup,
    is_new: bool,
    named_as: impl Fn(&str) -> String,
) {
    let Some(index) = ladder.groups.iter().position(|each| each.id == group.id) else { return };
    let name = row(ui, cx, "Group", |ui| {
        if is_new {
            fields::focus(ui, &named_as("Group name"), &group.name);
        }
        fields::title(ui, &named_as("Group name"), &group.name, theme::regular(theme::TEXT), 180.0, true)
    });
    if let Some(name) = name {
        change(cx, ladder, |ladder| ladder.groups[index].name = name);
    }
    let stages = named(&Stage::ALL, Stage::name);
    let stage = row(ui, cx, "Stage", |ui| fields::choice(ui, &named_as("Stage"), &stages, group.stage));
    if let Some(stage) = stage {
        change(cx, ladder, |ladder| ladder.groups[index].stage = stage);
    }
    let usual = format!("{}, as the policy", cx.plan().policy().soak.after(group.stage));
    let soak = row(ui, cx, "Soak time", |ui| fields::minutes_or(ui, &named_as("Soak time"), group.soak, &usual));
    if let Some(soak) = soak {
        change(cx, ladder, |ladder| ladder.groups[index].soak = soak);
    }
    let usual = format!("Days between windows, policy {}", cx.plan().policy().longest_gap_days);
    let days = row(ui, cx, &usual, |ui| {
        fields::optional_number(ui, &named_as("Days between windows"), group.cadence_days.map(i64::from), 0..=3_660)
    });
    if let Some(days) = days {
        change(cx, ladder, |ladder| ladder.groups[index].cadence_days = days.map(|days| days as u16));
    }
    if let Some(checklist) = row(ui, cx, "Checklist", |ui| checklist_ui(ui, cx, group)) {
        change(cx, ladder, |ladder| ladder.groups[index].checklist = checklist);
    }
}

/// Buttons that move a group on its ladder, or remove it. Returns whether it was removed.
pub fn group_steps(
    ui: &mut Ui,
    cx: &Cx<'_>,
    ladder: &Ladder,
    group: &DeploymentGroup,
    named_as: impl Fn(&str) -> String,
) -> bool {
    let Some(index) = ladder.groups.iter().position(|each| each.id == group.id) else { return false };
    let is_last = index + 1 == ladder.groups.len();
    let button = |ui: &mut Ui, enabled, text: &str, help: &str| {
        let response = ui.add_enabled(enabled, Button::new(text)).on_hover_text(help);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, named_as(text)));
        response.clicked()
    };
    ui.horizontal(|ui| {
        if button(ui, index > 0, "Earlier", "Move before the previous group") {
            change(cx, ladder, |ladder| ladder.groups.swap(index - 1, index));
        }
        if button(ui, !is_last, "Later", "Move after the next group") {
            change(cx, ladder, |ladder| ladder.groups.swap(index, index + 1));
        }
        let help = "Its systems are removed from the ladder and stay in the plan";
        let is_removed = button(ui, true, "Remove group", help);
        if is_removed {
            change(cx, ladder, |ladder| drop(ladder.groups.remove(index)));
        }
        is_removed
    })
    .inner
}

/// The checklist of windows that cover the group and do not choose one themselves.
fn checklist_ui(ui: &mut Ui, cx: &Cx<'_>, group: &DeploymentGroup) -> Option<Option<ChecklistId>> {
    let checklists = || cx.plan().checklists().names();
    let name_of = |id: &ChecklistId| match cx.plan().checklists().get(id) {
        Some(template) => template.name.clone(),
        None => format!("\"{id}\", which does not exist"),
    };
    let name = format!("Checklist of {}", group.name);
    optional_id(ui, &name, group.checklist.as_ref(), "As its windows' types", &checklists, name_of)
}
