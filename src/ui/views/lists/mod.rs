//! The records of the plan: a list of kinds, a table of one kind, a form for one record.

mod area;
mod bulletin_duty;
mod change;
mod checklist;
mod freeze;
mod holidays;
mod hours;
mod informed_of;
mod ladder;
mod notice;
mod person;
mod release;
mod scan_routine;
mod scope;
mod system;
mod table;
mod team;

pub use change::add as add_record;

use egui::{Button, CentralPanel, EventFilter, Frame, Id, Key, Margin, Panel, Popup, ScrollArea, Sense, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{ChecklistId, Subject, WindowId};
use crate::session::{Command, Destination};
use crate::sheet::RecordKind;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::empty::empty_state_choice;
use crate::ui::parts::fields;
use crate::ui::parts::keys::pressed;
use crate::ui::parts::reading_order::{RoomBelow, RoomRight, at_right_end};
use crate::ui::parts::scroll::to_top;
use crate::ui::parts::widgets::{command_button, muted, primary_button};

/// The width of the name of a list, and of the button beside the filter.
const NAME_AND_COLUMNS: f32 = 230.0;

/// The state of the lists between frames.
#[derive(Default)]
pub struct ListsState {
    kind: RecordKind,
    filter: String,
    table: table::TableState,
    /// The record shown in the last frame: a new one may switch the kind.
    shown: Option<Subject>,
    preview: checklist::PreviewState,
    /// A record is to be added when the field in use has returned its text.
    adds: bool,
}

impl ListsState {
    /// Shows another kind of records. Filter, order, selection and what was typed belong to the former one.
    fn turn_to(&mut self, kind: RecordKind) {
        if kind != self.kind {
            self.kind = kind;
            self.filter.clear();
            self.table = table::TableState::default();
        }
    }
}

/// Draws the form of a window. It belongs to the inspector, which is part of the frame.
pub type WindowForm = fn(&mut Ui, &Cx<'_>, &WindowId);

/// Draws the kinds, the table and the form.
pub fn lists_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ListsState, window_form: WindowForm) {
    let listed = &cx.navigation().listed;
    if *listed != state.shown {
        state.shown.clone_from(listed);
        if let Some(kind) = listed.as_ref().and_then(RecordKind::for_subject) {
            state.turn_to(kind);
        }
        if let Some(subject) = listed {
            state.table.go_to(subject);
        }
    }
    if std::mem::take(&mut state.adds) {
        add(cx, state);
    } else if cx.is_editable() && takes_insert(ui, cx, state) && pressed(ui, Key::Insert) {
        // The field returns its text in this frame.
        state.adds = fields::finish(ui.ctx());
        if !state.adds {
            add(cx, state);
        }
    }
    let panel = Frame::new().fill(cx.colors.panel);
    Panel::left("kinds").exact_size(176.0).resizable(false).frame(panel.inner_margin(Margin::same(8))).show(ui, |ui| {
        ScrollArea::vertical().show(ui, |ui| kinds_ui(ui, cx, state));
    });
    // Above the form, too, so that no form moves its buttons.
    Frame::new().inner_margin(Margin { left: 12, right: 12, top: 12, bottom: 0 }).show(ui, |ui| bar_ui(ui, cx, state));
    let shown = listed.as_ref().filter(|subject| RecordKind::for_subject(subject) == Some(state.kind));
    let room = RoomRight::new(ui, Id::unique("room for the record"));
    let mut view = room.view(ui);
    match shown {
        Some(Subject::Checklist(id)) => checklists_ui(&mut view, cx, state, id),
        _ => list_ui(&mut view, cx, state),
    }
    room.show(ui, |ui| {
        let Some(subject) = shown else { return };
        Panel::right("record").default_size(400.0).size_range(340.0..=560.0).frame(panel).show(ui, |ui| {
            let key = cx.navigation().new_records.form_key(subject);
            let area = ScrollArea::vertical().auto_shrink(false);
            to_top(ui, area, "record", &format!("{} {}", key.noun(), key.id())).show(ui, |ui| {
                Frame::new().inner_margin(Margin { left: 16, right: 16, top: 14, bottom: 24 }).show(ui, |ui| {
                    ui.push_id((key.noun(), key.id()), |ui| record_ui(ui, cx, subject, window_form));
                });
            });
        });
    });
}

/// Whether the key Insert adds a record: it belongs to no cell that is edited, menu or dialog. In a field it means nothing
/// else, so that one record can be typed after the other; the field returns its text first.
fn takes_insert(ui: &Ui, cx: &Cx<'_>, state: &ListsState) -> bool {
    !cx.has_dialog() && !state.table.is_editing() && !Popup::is_any_open(ui.ctx())
}

/// The table of one kind of records.
fn list_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ListsState) {
    let margin = Margin { left: 12, right: 12, top: 6, bottom: 12 };
    CentralPanel::default().frame(Frame::new().inner_margin(margin)).show(ui, |ui| {
        if state.kind.count(cx.plan()) == 0 {
            let title = format!("No {} yet", state.kind.name().to_lowercase());
            empty_ui(ui, cx, state.kind, &title);
            table::paste_ui(ui, cx, state.kind);
        } else {
            table::table_ui(ui, cx, state.kind, &state.filter, &mut state.table);
        }
    });
}

/// The list of checklists, and below it the preview of one.
fn checklists_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ListsState, id: &ChecklistId) {
    let below = RoomBelow::new(ui, Id::unique("room for the checklist preview"));
    let mut view = below.view(ui);
    list_ui(&mut view, cx, state);
    below.show(ui, |ui| checklist_preview_ui(ui, cx, &mut state.preview, id));
}

/// Shows the list and the form of its first record, or adds one.
pub fn show_or_add(cx: &Cx<'_>, kind: RecordKind) {
    match kind.first(cx.plan()) {
        Some(first) => cx.reveal(Destination::List(first)),
        None => change::add(cx, kind),
    }
}

/// What is shown instead of an empty table.
fn empty_ui(ui: &mut Ui, cx: &Cx<'_>, kind: RecordKind, title: &str) {
    let import = match kind {
        RecordKind::Windows => Some(Command::ImportWindows),
        RecordKind::Systems => Some(Command::ImportSystems),
        RecordKind::Areas => Some(Command::ImportAreas),
        RecordKind::Freezes => Some(Command::ImportFreezes),
        RecordKind::Holidays => Some(Command::ImportHolidays),
        RecordKind::Notices => Some(Command::ImportNotices),
        RecordKind::People => Some(Command::ImportPeople),
        RecordKind::ScanRoutines => Some(Command::ImportScans),
        RecordKind::BulletinDuties => Some(Command::ImportBulletins),
        RecordKind::Ladders | RecordKind::Releases | RecordKind::Checklists | RecordKind::Teams => None,
    };
    let advice = match kind {
        RecordKind::Ladders => "A ladder has groups in the order in which they are patched",
        RecordKind::Releases => "A release calendar says when a vendor publishes",
        RecordKind::Checklists => "A checklist has the steps of a night",
        RecordKind::Teams => "The people of a team take turns",
        RecordKind::ScanRoutines => "A scan routine says what is scanned, how often and by whom",
        RecordKind::BulletinDuties => "A bulletin duty says who reads a vendor's bulletins",
        _ => "Add the first one, or import a table or a calendar",
    };
    let add = ("Add the first one", None);
    let buttons: Vec<(&str, Option<Command>)> =
        std::iter::once(add).chain(import.map(|command| (command.name(), Some(command)))).collect();
    let names: Vec<&str> = buttons.iter().map(|(name, _)| *name).collect();
    match empty_state_choice(ui, cx, Icon::List, title, advice, &names).and_then(|index| buttons.get(index)) {
        Some((_, Some(command))) => cx.run(*command),
        Some((_, None)) if cx.is_editable() => change::add(cx, kind),
        Some((_, None)) | None => {}
    }
}

/// Below the table, with most of the height: there are only a few checklists.
fn checklist_preview_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut checklist::PreviewState, id: &ChecklistId) {
    let Some(template) = cx.plan().checklists().get(id) else { return };
    let height = ui.available_height();
    let frame = Frame::new().fill(cx.colors.background).inner_margin(Margin::same(12));
    let panel = Panel::bottom("checklist preview").resizable(true).default_size(height * 0.68);
    panel.size_range(160.0..=(height - 150.0).max(160.0)).frame(frame).show(ui, |ui| {
        checklist::preview_ui(ui, cx, state, template);
    });
}

/// The kinds, which are one stop of the Tab key: Up and Down go to another one.
fn kinds_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ListsState) {
    let (shown, mut has_focus) = (state.kind, false);
    let mut buttons = Vec::new();
    for kind in RecordKind::ALL {
        let count = muted(cx, kind.count(cx.plan()).to_string());
        let is_shown = kind == shown;
        let button = Button::selectable(is_shown, kind.name()).right_text(count).min_size(Vec2::new(160.0, 28.0));
        let response = ui.add(button.sense(if is_shown { Sense::click() } else { Sense::CLICK }));
        ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(kind.name()));
        if response.clicked() {
            state.turn_to(kind);
        }
        has_focus |= is_shown && response.has_focus();
        buttons.push((kind, response.id));
    }
    if !has_focus {
        return;
    }
    let at = buttons.iter().position(|(kind, _)| *kind == shown).unwrap_or_default();
    let arrows = EventFilter { tab: false, horizontal_arrows: false, vertical_arrows: true, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(buttons[at].1, arrows));
    for (key, to) in [(Key::ArrowUp, at.checked_sub(1)), (Key::ArrowDown, at.checked_add(1))] {
        if let Some((kind, button)) = to.and_then(|to| buttons.get(to))
            && pressed(ui, key)
        {
            state.turn_to(*kind);
            ui.memory_mut(|memory| memory.request_focus(*button));
        }
    }
}

fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut ListsState) {
    ui.horizontal(|ui| {
        ui.label(crate::ui::parts::widgets::head(state.kind.name()));
        // In a narrow window the name of the list has more use for the room.
        let width = (ui.available_width() - NAME_AND_COLUMNS).clamp(60.0, 200.0);
        at_right_end(ui, "tools of the list", |ui| {
            table::columns_button(ui, cx, state.kind, &mut state.table);
            let edit = egui::TextEdit::singleline(&mut state.filter).hint_text("Filter").desired_width(width);
            let response = ui.add(edit);
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label("Filter"));
            if !cx.is_editable() {
                ui.disable();
            }
            if primary_button(ui, cx, "New").on_hover_text("Add a record to this list  Insert").clicked() {
                add(cx, state);
            }
        });
    });
}

/// Adds a record. A filter would hide it.
fn add(cx: &Cx<'_>, state: &mut ListsState) {
    state.filter.clear();
    change::add(cx, state.kind);
}

fn record_ui(ui: &mut Ui, cx: &Cx<'_>, subject: &Subject, window_form: WindowForm) {
    ui.spacing_mut().item_spacing.y = 6.0;
    ui.add_enabled_ui(cx.is_editable(), |ui| {
        let plan = cx.plan();
        let is_there = match subject {
            Subject::System(id) => plan.systems().get(id).map(|system| system::system_ui(ui, cx, system)),
            Subject::Area(id) => plan.areas().get(id).map(|area| area::area_ui(ui, cx, area)),
            Subject::Freeze(id) => plan.freezes().get(id).map(|freeze| freeze::freeze_ui(ui, cx, freeze)),
            Subject::Holidays(id) => plan.holidays().get(id).map(|calendar| holidays::holidays_ui(ui, cx, calendar)),
            Subject::Notice(id) => plan.notices().get(id).map(|notice| notice::notice_ui(ui, cx, notice)),
            Subject::Release(id) => plan.releases().get(id).map(|calendar| release::release_ui(ui, cx, calendar)),
            Subject::Checklist(id) => plan.checklists().get(id).map(|each| checklist::checklist_ui(ui, cx, each)),
            Subject::Person(id) => plan.people().get(id).map(|person| person::person_ui(ui, cx, person)),
            Subject::Team(id) => plan.teams().get(id).map(|team| team::team_ui(ui, cx, team)),
            Subject::ScanRoutine(id) => {
                plan.scan_routines().get(id).map(|routine| scan_routine::scan_routine_ui(ui, cx, routine))
            }
            Subject::BulletinDuty(id) => {
                plan.bulletin_duties().get(id).map(|duty| bulletin_duty::bulletin_duty_ui(ui, cx, duty))
            }
            Subject::Window(id) => plan.windows().get(id).map(|_| window_form(ui, cx, id)),
            Subject::Ladder(id) => plan.ladders().get(id).map(|ladder| ladder::ladder_ui(ui, cx, ladder)),
            _ => None,
        };
        if is_there.is_none() {
            ui.label(muted(cx, "This record is no longer in the plan"));
            return;
        }
        ui.add_space(8.0);
        crate::ui::parts::widgets::rule(ui, cx);
        ui.horizontal(|ui| {
            if matches!(subject, Subject::Checklist(_)) {
                command_button(ui, cx, Command::CopyChecklist);
            } else if ui.button("Duplicate").clicked() {
                change::duplicate(cx, subject);
            }
            if matches!(subject, Subject::Window(_)) && ui.button("Show in the year").clicked() {
                cx.reveal(Destination::Subject(subject.clone()));
            }
            if ui.button("Remove").on_hover_text("Undo to restore it").clicked() {
                change::remove(cx, subject);
            }
        });
    });
}
