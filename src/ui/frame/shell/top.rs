//! The bar at the top: the plan, the calendar views, search, export.

use egui::{Button, Label, Popup, RichText, Role, Stroke, Ui, Vec2, WidgetInfo};
use lucide_icons::Icon;

use crate::session::{CalendarView, Command, Dialog, Session, View, ViewKind};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::reading_order::at_right_end;
use crate::ui::parts::states::{control_state, quiet_button};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{
    command_icon_button, icon_button_with_help, icon_text, muted, primary_button, segments_with_help,
};
use crate::wording::{counted, short_month_and_year};

/// The largest share of the bar for the title.
const TITLE_SHARE: f32 = 0.32;
/// The width below which the search is an icon.
const NARROW: f32 = 1100.0;
/// The width of the buttons at the right, with and without the words of the search.
const BUTTONS: f32 = 390.0;
const SHORT_BUTTONS: f32 = 230.0;
/// The width of the file's name and of "Unsaved".
const FILE: f32 = 190.0;

pub fn top_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session) {
    ui.horizontal_centered(|ui| {
        let width = ui.available_width();
        let is_narrow = width < NARROW;
        let pages = pages_width(ui, cx);
        let right = if is_narrow { SHORT_BUTTONS } else { BUTTONS };
        // In a narrow window, the title leaves the pages of the calendar their room before they become a list.
        let left = (width - right - pages).clamp(width * 0.15, width * TITLE_SHARE);
        title_ui(ui, cx, left);
        let room = ui.available_width() - right - pages;
        file_ui(ui, cx, session, room);
        let plan = cx.plan();
        let (from, to) = (plan.horizon().from, plan.horizon().last());
        // The pages of the calendar need more room.
        if ui.available_width() > right + pages + 230.0 {
            ui.label(muted(
                cx,
                format!("{} – {} · {}", short_month_and_year(from), short_month_and_year(to), plan.zone()),
            ));
        }
        if let View::Calendar(view) = cx.view() {
            let room = ui.available_width() - right;
            ui.add_space(((room - pages) / 2.0).max(0.0));
            calendar_views_ui(ui, cx, view, room);
        }
        at_right_end(ui, "tools", |ui| tools_ui(ui, cx, is_narrow));
    });
}

fn title_ui(ui: &mut Ui, cx: &Cx<'_>, width: f32) {
    let name = cx.plan().title();
    let title = if name.trim().is_empty() { "Untitled plan" } else { name };
    let text = RichText::new(title).font(theme::strong(theme::HEAD));
    let button = ui.scope(|ui| {
        ui.set_max_width(width);
        quiet_button(ui, cx, Button::new(text).truncate())
    });
    let button = button.inner.on_hover_text(format!("{title}: plan settings and policy…"));
    if button.clicked() {
        cx.open_dialog(Dialog::PlanSettings(None));
    }
}

/// The name of the plan's file, and whether it has what is on screen. In a narrow bar the name is only a tooltip.
fn file_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, room: f32) {
    let name = if session.is_sample() { "Sample plan".to_owned() } else { session.file.name() };
    let state = match (session.file.read_only_reason(), session.is_unsaved()) {
        (Some(_), _) => Some("Read-only"),
        (None, true) => Some("Unsaved"),
        (None, false) => None,
    };
    ui.spacing_mut().item_spacing.x = 6.0;
    if room > FILE || state.is_none() && room > FILE / 2.0 {
        ui.scope(|ui| {
            ui.set_max_width(FILE - 70.0);
            ui.add(Label::new(muted(cx, &name)).truncate());
        });
    }
    if let Some(state) = state {
        let text = RichText::new(state).font(theme::strong(theme::SMALL)).color(cx.colors.text);
        ui.label(text).on_hover_text(format!("{state}: {name}"));
    }
    ui.spacing_mut().item_spacing.x = 12.0;
}

/// Search, undo and redo, appearance, export.
fn tools_ui(ui: &mut Ui, cx: &Cx<'_>, is_narrow: bool) {
    ui.spacing_mut().item_spacing.x = 2.0;
    search_ui(ui, cx, is_narrow);
    ui.add_space(8.0);
    for (icon, command) in [(Icon::Undo2, Command::Undo), (Icon::Redo2, Command::Redo)] {
        command_icon_button(ui, cx, icon, command);
    }
    let icon = if ui.visuals().dark_mode { Icon::Sun } else { Icon::Moon };
    command_icon_button(ui, cx, icon, Command::LightOrDark);
    ui.add_space(8.0);
    let export = primary_button(ui, cx, "Export…");
    Popup::menu(&export).width(260.0).show(|ui| {
        for command in [
            Command::ExportCalendar,
            Command::ExportSystems,
            Command::ExportInvites,
            Command::Print,
            Command::ExportOccurrences,
            Command::ExportChanges,
            Command::Publish,
        ] {
            let button = Button::new(command.name()).shortcut_text(keys::text(ui.ctx(), command));
            if ui.add_enabled(cx.is_enabled(command), button).on_hover_text(command.help()).clicked() {
                cx.run(command);
            }
        }
    });
    export.on_hover_text(keys::with_keys(ui.ctx(), "Export, print or publish", Command::ExportCalendar));
}

fn search_ui(ui: &mut Ui, cx: &Cx<'_>, is_narrow: bool) {
    let keys = keys::text(ui.ctx(), Command::Palette);
    let response = if is_narrow {
        let help = keys::with_keys(ui.ctx(), Command::Palette.name(), Command::Palette);
        icon_button_with_help(ui, Icon::Search, Command::Palette.name(), &help, true)
    } else {
        let text = RichText::new(Command::Palette.name()).color(cx.colors.muted);
        let button = Button::new(text)
            .shortcut_text(keys)
            .fill(cx.colors.filled(Some(cx.colors.background), control_state(ui, ui.next_auto_id())))
            .stroke(Stroke::new(1.0, cx.colors.outline))
            .min_size(Vec2::new(150.0, 28.0));
        ui.add(button)
    };
    if response.clicked() {
        cx.open_dialog(Dialog::Palette);
    }
}

/// The pages of the calendar with their names.
fn pages<'a>(cx: &Cx<'_>, view: CalendarView, months: &'a str) -> Vec<(CalendarView, &'a str)> {
    let (day, night) = (cx.selected_day(), cx.selected_night());
    let (month, week, one_day) = match view {
        CalendarView::Month(on) => (on, night, day),
        CalendarView::Week(on) => (day, on, day),
        CalendarView::Day(on) => (on, on, on),
        CalendarView::Rows | CalendarView::Planner | CalendarView::Months | CalendarView::Agenda => (day, night, day),
    };
    vec![
        (CalendarView::Rows, "Rows"),
        (CalendarView::Planner, "Planner"),
        (CalendarView::Months, months),
        (CalendarView::Month(month), "Month"),
        (CalendarView::Week(week), "Week"),
        (CalendarView::Day(one_day), "Day"),
        (CalendarView::Agenda, "Agenda"),
    ]
}

/// The command that shows a page.
fn page_command(view: CalendarView) -> Command {
    match view {
        CalendarView::Rows => Command::Show(ViewKind::Calendar),
        CalendarView::Planner => Command::ShowPlanner,
        CalendarView::Months => Command::ShowMonths,
        CalendarView::Month(_) => Command::ShowMonth,
        CalendarView::Week(_) => Command::ShowWeek,
        CalendarView::Day(_) => Command::ShowDay,
        CalendarView::Agenda => Command::ShowAgenda,
    }
}

/// The width of the pages of the calendar side by side, with space on both sides; 0 in other views.
fn pages_width(ui: &Ui, cx: &Cx<'_>) -> f32 {
    const PADDING: f32 = 22.0;
    const SPACE: f32 = 16.0;
    let View::Calendar(view) = cx.view() else { return 0.0 };
    let months = months(cx);
    let width = |name: &str| {
        let text = ui.painter().layout_no_wrap(name.to_owned(), theme::strong(theme::TEXT), cx.colors.text);
        text.size().x + PADDING
    };
    pages(cx, view, &months).iter().map(|(_, name)| width(name)).sum::<f32>() + 2.0 * SPACE
}

/// "12 months"
fn months(cx: &Cx<'_>) -> String {
    counted(cx.plan().horizon().covered_months(), "month")
}

/// The pages side by side, or as a list if they do not fit into `room`.
fn calendar_views_ui(ui: &mut Ui, cx: &Cx<'_>, view: CalendarView, room: f32) {
    let months = months(cx);
    let pages = pages(cx, view, &months);
    if room >= pages_width(ui, cx) - 16.0 {
        let help = |view| keys::with_keys(ui.ctx(), page_command(view).help(), page_command(view));
        let segments: Vec<_> = pages.iter().map(|(view, name)| (*view, *name, help(*view))).collect();
        if let Some(view) = segments_with_help(ui, cx, &segments, view) {
            cx.show(View::Calendar(view));
        }
        return;
    }
    let current = pages.iter().find(|(page, _)| *page == view).map_or("Rows", |(_, name)| name);
    let button = ui.button((RichText::new(current), icon_text(Icon::ChevronDown, 12.0)));
    button.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, format!("Page of the calendar: {current}")));
    Popup::menu(&button).show(|ui| {
        for (page, name) in &pages {
            if ui.selectable_label(*page == view, *name).clicked() {
                cx.show(View::Calendar(*page));
            }
        }
    });
}
