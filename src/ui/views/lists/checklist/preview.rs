//! A preview of the printed checklist beside its form, with the times of an occurrence that the user chooses.

use std::rc::Rc;

use chrono::NaiveDate;
use egui::{Align, CornerRadius, Frame, Label, Layout, Margin, RichText, ScrollArea, Sense, Stroke, Ui, Vec2};

use crate::export::checklist::{Preview, PreviewBlock, PreviewItem, shown_for, users};
use crate::model::{ChecklistId, ChecklistTemplate, Plan, UtcMinute, WindowId};
use crate::schedule::{Occurrence, Schedule, WindowSchedule};
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::picker::optional_id;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{head, muted, strong};
use crate::wording::{date, moment};

/// Width of the times and owners beside the items.
const MARGIN: f32 = 150.0;

/// The plan, the date of today, and the window and date that a person chose.
type ExampleInputs = (Pointer<Plan>, NaiveDate, Option<WindowId>, Option<NaiveDate>);

/// The user's choice, and the preview kept for it.
#[derive(Default)]
pub struct PreviewState {
    template: Option<ChecklistId>,
    window: Option<WindowId>,
    on: Option<NaiveDate>,
    example: Memo<ExampleInputs, Option<PreviewExample>>,
}

/// A checklist with the times of one occurrence.
struct PreviewExample {
    window: WindowId,
    on: NaiveDate,
    name: String,
    /// "Sat 20 Mar 2027 22:00, Europe/London"
    when: String,
    has_users: bool,
    is_user: bool,
    preview: Preview,
}

impl PreviewState {
    fn example(&mut self, cx: &Cx<'_>, template: &ChecklistTemplate) -> Rc<Option<PreviewExample>> {
        if self.template.as_ref() != Some(&template.id) {
            *self = Self { template: Some(template.id.clone()), ..Self::default() };
        }
        let inputs = (Pointer::to(cx.plan_pointer()), cx.today(), self.window.clone(), self.on);
        let choice = (self.window.clone(), self.on);
        self.example.get(inputs, || PreviewExample::find(cx.schedule(), template, &choice, cx.now()))
    }
}

impl PreviewExample {
    fn find(
        schedule: &Schedule,
        template: &ChecklistTemplate,
        (window, on): &(Option<WindowId>, Option<NaiveDate>),
        now: UtcMinute,
    ) -> Option<Self> {
        let chosen = window.as_ref().zip(*on).and_then(|(window, on)| schedule.occurrence(window, on));
        let chosen = chosen.map(|(window, occurrence)| (&**window, occurrence));
        let (window, occurrence): (&WindowSchedule, &Occurrence) =
            chosen.or_else(|| shown_for(schedule, &template.id, window.as_ref(), now))?;
        let start = window.local(occurrence.start_at);
        Some(Self {
            window: window.id().clone(),
            on: occurrence.original_on(),
            name: window.window.name.clone(),
            when: format!("{}, {}", moment(start), window.expansion.zone.name()),
            has_users: users(schedule, &template.id).next().is_some(),
            is_user: users(schedule, &template.id).any(|user| user.id() == window.id()),
            preview: Preview::new(schedule, window, occurrence, template),
        })
    }
}

pub fn preview_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PreviewState, template: &ChecklistTemplate) {
    ui.spacing_mut().item_spacing.y = 4.0;
    if state.example(cx, template).is_none() {
        ui.label(head("Preview"));
        ui.label(muted(cx, "No window takes place in the plan's months, so there are no times to show."));
        return;
    }
    bar_ui(ui, cx, state, template);
    let example = state.example(cx, template);
    let Some(shown) = &*example else { return };
    let note = match (shown.is_user, shown.has_users) {
        (true, _) => String::new(),
        (false, true) => format!(" · {} has another checklist", shown.name),
        (false, false) => " · No window has this checklist yet".to_owned(),
    };
    ui.add(Label::new(muted(cx, format!("{}{note}", shown.when))).wrap());
    ui.add_space(4.0);
    ScrollArea::vertical().id_salt("preview").auto_shrink(false).show(ui, |ui| {
        let sheet = Frame::new().fill(cx.colors.panel).stroke(Stroke::new(1.0, cx.colors.line));
        sheet.corner_radius(CornerRadius::same(4)).inner_margin(Margin::same(14)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            if shown.preview.blocks.is_empty() {
                ui.label(muted(cx, "It has no items yet"));
            }
            for (index, block) in shown.preview.blocks.iter().enumerate() {
                if index > 0 {
                    ui.add_space(10.0);
                }
                block_ui(ui, cx, block);
            }
        });
    });
}

/// The choice of the occurrence.
fn bar_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut PreviewState, template: &ChecklistTemplate) {
    let (schedule, plan) = (cx.schedule(), cx.plan());
    ui.horizontal(|ui| {
        ui.label(head("Preview"));
        let example = state.example(cx, template);
        let Some(shown) = &*example else { return };
        let (window, on) = (shown.window.clone(), shown.on);
        let choices = || window_choices(schedule, &template.id);
        let name_of = |id: &_| plan.windows().name_of(id);
        let chosen = optional_id(ui, "Preview for window", Some(&window), "The next that has it", &choices, name_of);
        if let Some(chosen) = chosen {
            (state.window, state.on) = (chosen, None);
        }
        let dates = || {
            let occurrences = schedule.window(&window).map_or(&[][..], |window| &window.expansion.occurrences);
            occurrences.iter().map(|each| (each.original_on(), date(each.on()))).collect()
        };
        let name_of = |on: &NaiveDate| {
            schedule.occurrence(&window, *on).map_or_else(|| date(*on), |(_, occurrence)| date(occurrence.on()))
        };
        if let Some(chosen) = optional_id(ui, "Preview for date", Some(&on), "The next date", &dates, name_of) {
            (state.window, state.on) = (Some(window.clone()), chosen);
        }
        if ui.button("Show in the year").clicked() {
            cx.reveal(Destination::Occurrence(window, on));
        }
    });
}

/// The windows with this checklist first, then all others.
fn window_choices(schedule: &Schedule, checklist: &ChecklistId) -> Vec<(WindowId, String)> {
    let named = |window: &WindowSchedule| (window.id().clone(), window.window.name.clone());
    let has_it = |window: &WindowSchedule| schedule.plan.checklist_id_for(&window.window) == Some(checklist);
    let (mut first, mut others): (Vec<_>, Vec<_>) = schedule.windows.iter().partition(|window| has_it(window));
    first.sort_by(|a, b| a.window.name.cmp(&b.window.name));
    others.sort_by(|a, b| a.window.name.cmp(&b.window.name));
    first.into_iter().chain(others).map(|window| named(window)).collect()
}

fn block_ui(ui: &mut Ui, cx: &Cx<'_>, block: &PreviewBlock) {
    ui.horizontal(|ui| {
        ui.label(strong(&block.title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(muted(cx, &block.when)));
    });
    crate::ui::parts::widgets::rule(ui, cx);
    block.items.iter().for_each(|item| item_ui(ui, cx, item));
}

/// A box to tick, the item, and its time and owner; struck through if it is left out.
fn item_ui(ui: &mut Ui, cx: &Cx<'_>, item: &PreviewItem) {
    let beside = match item.left_out {
        Some(reason) => format!("Left out: {reason}"),
        None => [&*item.when, &*item.owner].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
    };
    ui.horizontal_top(|ui| {
        let (mark, _) = ui.allocate_exact_size(Vec2::new(13.0, 18.0), Sense::hover());
        let mark = egui::Rect::from_center_size(mark.center(), Vec2::splat(11.0));
        if item.left_out.is_none() {
            let stroke = Stroke::new(1.0, cx.colors.muted);
            ui.painter().rect_stroke(mark, CornerRadius::same(2), stroke, egui::StrokeKind::Inside);
        }
        let words = RichText::new(&item.text).font(theme::regular(theme::TEXT));
        let words = if item.left_out.is_some() { words.strikethrough().color(cx.colors.muted) } else { words };
        let room = if beside.is_empty() { 0.0 } else { MARGIN };
        let width = (ui.available_width() - room).max(80.0);
        ui.allocate_ui_with_layout(Vec2::new(width, 18.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(width);
            ui.add(Label::new(words).wrap());
        });
        if !beside.is_empty() {
            ui.with_layout(Layout::top_down(Align::Max), |ui| ui.add(Label::new(muted(cx, beside)).wrap()));
        }
    });
}
