//! The settings of the plan: title, months and zone, then the policy page by page. Each change is one edit.

use chrono::{Datelike, NaiveDate};
use egui::{Align, Layout, ScrollArea, Ui};

use super::labelled_row::labelled_row;
use super::own_zones::own_zones_ui;
use super::policy::{policy_ui, reset_ui};
use crate::model::{Edit, Horizon};
use crate::session::{PolicyPage, SettingsPage as Page};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{close, done_button, titled_form};
use crate::ui::parts::widgets::{muted, rule, segments};
use crate::ui::parts::{fields, picker};
use crate::wording;

const WIDTH: f32 = 800.0;
/// High enough for the longest page, and the height of short ones.
const HEIGHT: f32 = 480.0;
const LEAST_HEIGHT: f32 = 180.0;

const PAGES: [(Page, &str); 8] = [
    (Page::Plan, "Plan"),
    (Page::Policy(PolicyPage::Deadlines), "Deadlines"),
    (Page::Policy(PolicyPage::Windows), "Types and notice"),
    (Page::Policy(PolicyPage::Ladders), "Soak times"),
    (Page::Policy(PolicyPage::Fit), "Time to roll back"),
    (Page::Policy(PolicyPage::Nights), "Nights and people"),
    (Page::Policy(PolicyPage::Services), "Services"),
    (Page::Policy(PolicyPage::Recording), "Recording"),
];

/// `opens_at` is the page that was asked for, `page` the one that was shown last.
pub fn settings_ui(ui: &Ui, cx: &Cx<'_>, page: &mut Page, opens_at: Option<Page>, is_new: bool) {
    if is_new {
        *page = opens_at.unwrap_or(*page);
    }
    let closes = titled_form(ui, "Plan and policy", WIDTH, |ui| {
        if !cx.is_editable() {
            ui.label(muted(cx, "This plan is read-only"));
            ui.disable();
        }
        ui.horizontal(|ui| *page = segments(ui, cx, &PAGES, *page).unwrap_or(*page));
        ui.add_space(4.0);
        rule(ui, cx);
        ui.add_space(4.0);
        let height = (ui.ctx().content_rect().height() - 230.0).min(HEIGHT);
        ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, true]).show(
            ui,
            |ui| {
                ui.set_min_height(LEAST_HEIGHT);
                ui.spacing_mut().item_spacing.y = 8.0;
                match *page {
                    Page::Plan => plan_ui(ui, cx),
                    Page::Policy(part) => policy_ui(ui, cx, part),
                }
            },
        );
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            if matches!(page, Page::Policy(_)) {
                reset_ui(ui, cx);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if done_button(ui, cx) {
                    close(cx);
                }
            });
        });
    });
    if closes {
        close(cx);
    }
}

fn plan_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let plan = cx.plan();
    labelled_row(ui, cx, "Title", |ui| {
        let title = fields::text(ui, "Title", plan.title(), "");
        if let Some(title) = title.filter(|title| !title.is_empty()) {
            cx.edit(Edit::SetTitle(title));
        }
    });
    labelled_row(ui, cx, "First month", |ui| {
        let from = plan.horizon().from;
        let months: Vec<(u32, String)> =
            (1..=12).filter_map(|month| Some((month, wording::month_name(month)?.to_owned()))).collect();
        let month = fields::choice(ui, "First month", &months, from.month());
        let year = fields::number(ui, "First year", from.year().into(), 1971..=2200);
        if month.is_some() || year.is_some() {
            let year = year.map_or(from.year(), |year| year as i32);
            let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(from.month()), 1);
            cx.edit(Edit::SetHorizon(Horizon { from: first.unwrap_or(from), ..plan.horizon() }));
        }
    });
    labelled_row(ui, cx, "Length", |ui| months_ui(ui, cx, plan.horizon()));
    labelled_row(ui, cx, "Time zone", |ui| {
        if let Some(zone) = picker::zone(ui, "Time zone", plan.zone(), plan.zones()) {
            cx.edit(Edit::SetZone(zone));
        }
        ui.label(muted(cx, "for windows without a zone"));
    });
    own_zones_ui(ui, cx);
}

fn months_ui(ui: &mut Ui, cx: &Cx<'_>, horizon: Horizon) {
    let most = i64::from(Horizon::MOST_MONTHS);
    let mut chosen = fields::count(ui, "Months", horizon.months.into(), 1..=most, "month");
    for (months, name) in [(12, "One year"), (24, "Two years")] {
        let button = egui::Button::selectable(i64::from(horizon.months) == months, name);
        if ui.add(button).clicked() {
            chosen = Some(months);
        }
    }
    if let Some(months) = chosen {
        cx.edit(Edit::SetHorizon(Horizon { months: months as u16, ..horizon }));
    }
}
