//! The bar at the top: the plan, the calendar views, search, export.

use egui::{Align, Button, Layout, RichText, Stroke, Ui, Vec2};
use lucide_icons::Icon;

use crate::session::{CalendarView, Command, Dialog, View};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::states::{control_state, quiet_button};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, muted, primary_button, segments};
use crate::wording::{counted, short_month_and_year};

pub fn top_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal_centered(|ui| {
        let plan = cx.plan();
        let title = if plan.title().trim().is_empty() { "Untitled plan" } else { plan.title() };
        let title = RichText::new(title).font(theme::strong(theme::HEAD));
        let button = quiet_button(ui, cx, Button::new(title).truncate()).on_hover_text("Plan settings and policy…");
        if button.clicked() {
            cx.open_dialog(Dialog::PlanSettings);
        }
        let (from, to) = (plan.horizon().from, plan.horizon().last());
        // The pages of the calendar need more room.
        let needed = if matches!(cx.view(), View::Calendar(_)) { 930.0 } else { 760.0 };
        if ui.available_width() > needed {
            ui.label(muted(
                cx,
                format!("{} – {} · {}", short_month_and_year(from), short_month_and_year(to), plan.zone()),
            ));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, cx));
    });
}

fn right_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let export = primary_button(ui, cx, "Export…");
    egui::Popup::menu(&export).width(260.0).show(|ui| {
        for command in [
            Command::ExportCalendar,
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
    ui.spacing_mut().item_spacing.x = 2.0;
    let dark = ui.visuals().dark_mode;
    if icon_button(ui, if dark { Icon::Sun } else { Icon::Moon }, Command::LightOrDark.name(), true).clicked() {
        cx.run(Command::LightOrDark);
    }
    for (icon, command) in [(Icon::Redo2, Command::Redo), (Icon::Undo2, Command::Undo)] {
        let name = cx.label(command);
        if icon_button(ui, icon, &name, cx.is_enabled(command)).clicked() {
            cx.run(command);
        }
    }
    ui.spacing_mut().item_spacing.x = 10.0;
    search_ui(ui, cx);
    if let View::Calendar(view) = cx.view() {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let width = 420.0;
            ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
            calendar_views_ui(ui, cx, view);
        });
    }
}

fn search_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let keys = keys::text(ui.ctx(), Command::Palette);
    let text = RichText::new(Command::Palette.name()).color(cx.colors.muted);
    let wide = ui.available_width() > 670.0;
    let button = Button::new(if wide { text } else { RichText::new("Search").color(cx.colors.muted) })
        .shortcut_text(keys)
        .fill(cx.colors.filled(Some(cx.colors.background), control_state(ui, ui.next_auto_id())))
        .stroke(Stroke::new(1.0, cx.colors.outline))
        .min_size(Vec2::new(if wide { 230.0 } else { 120.0 }, 28.0));
    let response = ui.add(button);
    if response.clicked() {
        cx.open_dialog(Dialog::Palette);
    }
}

fn calendar_views_ui(ui: &mut Ui, cx: &Cx<'_>, view: CalendarView) {
    let day = cx.selected_day();
    let (month, one_day) = match view {
        CalendarView::Month(on) => (on, day),
        CalendarView::Day(on) => (on, on),
        _ => (day, day),
    };
    let months = counted(cx.plan().horizon().covered_months(), "month");
    let choices = [
        (CalendarView::Rows, "Rows"),
        (CalendarView::Planner, "Planner"),
        (CalendarView::Months, months.as_str()),
        (CalendarView::Month(month), "Month"),
        (CalendarView::Day(one_day), "Day"),
        (CalendarView::Agenda, "Agenda"),
    ];
    if let Some(view) = segments(ui, cx, &choices, view) {
        cx.show(View::Calendar(view));
    }
}
