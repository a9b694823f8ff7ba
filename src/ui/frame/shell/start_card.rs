//! The first steps of a new plan, each with what is there already: in the middle of an empty calendar, and in a row below
//! the other views until they are done or dismissed.

use egui::{Align2, Area, Button, Frame, Id, Key, Margin, Order, Pos2, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use crate::model::{Edit, Plan, Subject};
use crate::session::state::clock::unique_word;
use crate::session::{Action, CalendarView, Command, Destination, View};
use crate::sheet::RecordKind;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{head, icon_button, icon_text, muted, strong};
use crate::ui::parts::{theme, while_shown};
use crate::ui::views::lists;

const WIDTH: f32 = 420.0;
/// The height of the row below the view.
pub const ROW: f32 = 36.0;
/// The widths of the next step in that row, and of all steps above it.
const NEXT_WIDTH: f32 = 150.0;
const ALL_WIDTH: f32 = 226.0;
const MARGIN: f32 = 12.0;

/// A thing that a plan needs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Systems,
    Areas,
    Ladder,
    Window,
    Holidays,
}

impl Step {
    const ALL: [Self; 5] = [Self::Systems, Self::Areas, Self::Ladder, Self::Window, Self::Holidays];

    fn name(self) -> &'static str {
        match self {
            Self::Systems => "Systems",
            Self::Areas => "Business areas",
            Self::Ladder => "Ladder",
            Self::Window => "First window",
            Self::Holidays => "Holidays",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Systems => "What is patched: servers, desktops, network, with their hosts",
            Self::Areas => "Who uses the systems, and who must agree to their windows",
            Self::Ladder => "The order in which groups of systems are patched, from test to production",
            Self::Window => "When a group is patched, such as the Saturday after Patch Tuesday at 22:00",
            Self::Holidays => "Days on which nobody is there to work or to test",
        }
    }

    fn count(self, plan: &Plan) -> usize {
        match self {
            Self::Systems => plan.systems().len(),
            Self::Areas => plan.areas().len(),
            Self::Ladder => plan.ladders().len(),
            Self::Window => plan.windows().len(),
            Self::Holidays => plan.holidays().len(),
        }
    }

    fn is_done(self, plan: &Plan) -> bool {
        self.count(plan) > 0
    }

    /// Adds the first one, or shows those that are there.
    fn go(self, cx: &Cx<'_>) {
        let plan = cx.plan();
        match self {
            Self::Systems => lists::show_or_add(cx, RecordKind::Systems),
            Self::Areas => lists::show_or_add(cx, RecordKind::Areas),
            Self::Holidays => lists::show_or_add(cx, RecordKind::Holidays),
            Self::Ladder => {
                cx.show(View::Groups);
                if plan.ladders().is_empty() {
                    cx.edit(Edit::PutLadder(plan.new_ladder(&unique_word())));
                }
            }
            Self::Window => match plan.windows().iter().next() {
                Some(window) => cx.reveal(Destination::Subject(Subject::Window(window.id.clone()))),
                None => cx.run(Command::NewWindow),
            },
        }
    }
}

/// Whether the card takes the whole view: the calendar of a plan without windows.
pub fn is_prominent(cx: &Cx<'_>) -> bool {
    cx.plan().windows().is_empty() && cx.view() == View::Calendar(CalendarView::Rows)
}

/// Draws the card in the middle of an empty calendar.
pub fn start_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.12).max(8.0));
        ui.allocate_ui(Vec2::new(WIDTH.min(ui.available_width() - 32.0), 0.0), |ui| {
            let frame = Frame::group(ui.style()).fill(cx.colors.panel).stroke((1.0, cx.colors.line));
            frame.corner_radius(theme::CARD_RADIUS).inner_margin(Margin::same(20)).show(ui, |ui| {
                ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
                    ui.label(head("Plan the first year"));
                    ui.label(muted(cx, "Five things make a plan. Any order will do."));
                    ui.add_space(8.0);
                    ui.add_enabled_ui(cx.is_editable(), |ui| {
                        steps_ui(ui, cx, &Step::ALL, true);
                        ui.add_space(10.0);
                        others_ui(ui, cx);
                    });
                });
            });
        });
    });
}

/// Other ways to begin.
fn others_ui(ui: &mut Ui, cx: &Cx<'_>) {
    ui.horizontal_wrapped(|ui| {
        for command in [Command::ImportWindows, Command::ImportSystems, Command::NewFromSample] {
            if ui.button(command.name()).on_hover_text(command.help()).clicked() {
                cx.run(command);
            }
        }
    });
}

/// Whether the steps that are left have a row below the view, which takes nothing of the view's contents away.
pub fn is_below_view(cx: &Cx<'_>) -> bool {
    let navigation = cx.navigation();
    let is_begun = navigation.is_new_plan || cx.plan().windows().is_empty();
    let is_complete = Step::ALL.iter().all(|step| step.is_done(cx.plan()));
    is_begun && !is_complete && !navigation.hides_first_steps && !is_prominent(cx) && cx.is_editable()
}

/// Draws the row below the view: the next step, and on request all of them above it.
pub fn row_below_ui(ui: &mut Ui, cx: &Cx<'_>) {
    let row = ui.available_rect_before_wrap();
    ui.painter().rect_filled(row, 0.0, cx.colors.panel);
    ui.painter().hline(row.x_range(), row.top(), (1.0, cx.colors.line));
    let unfolded = Id::unique("first steps are unfolded");
    let mut is_unfolded: bool = while_shown::get(ui, unfolded, cx.view());
    let inner = row.shrink2(Vec2::new(MARGIN, 0.0));
    let builder = UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(egui::Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.label(strong("First steps"));
        let done = Step::ALL.iter().filter(|step| step.is_done(cx.plan())).count();
        ui.label(muted(cx, format!("{done} of {}", Step::ALL.len())));
        if !is_unfolded && let Some(next) = Step::ALL.iter().find(|step| !step.is_done(cx.plan())) {
            ui.scope(|ui| {
                ui.set_max_width(NEXT_WIDTH);
                steps_ui(ui, cx, &[*next], false);
            });
        }
        let (icon, help) = if is_unfolded {
            (Icon::ChevronDown, "Show only the next step")
        } else {
            (Icon::ChevronUp, "Show all first steps")
        };
        is_unfolded ^= icon_button(ui, icon, help, true).clicked();
        if icon_button(ui, Icon::X, "Hide the first steps", true).clicked() {
            cx.send(Action::HideFirstSteps);
        }
    });
    if is_unfolded {
        all_ui(ui, cx, Pos2::new(inner.left(), row.top() - 4.0));
    }
    while_shown::set::<View, bool>(ui, unfolded, is_unfolded);
}

/// All steps, in a card whose lower left corner is at `at`.
fn all_ui(ui: &Ui, cx: &Cx<'_>, at: Pos2) {
    let area = Area::new(Id::unique("first steps")).order(Order::Middle).pivot(Align2::LEFT_BOTTOM).fixed_pos(at);
    area.show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(12)).corner_radius(theme::CARD_RADIUS);
        frame.show(ui, |ui| {
            ui.set_width(ALL_WIDTH);
            steps_ui(ui, cx, &Step::ALL, false);
        });
    });
}

/// Whether Tab is pressed without Shift.
fn goes_on(input: &egui::InputState) -> bool {
    input.key_pressed(Key::Tab) && !input.modifiers.shift
}

fn steps_ui(ui: &mut Ui, cx: &Cx<'_>, steps: &[Step], is_large: bool) {
    // Nothing else in the window of an empty plan is of use: Tab begins at the first step that is left.
    let mut is_first = is_large && cx.keys_were_free() && ui.input(goes_on);
    for step in steps {
        let count = step.count(cx.plan());
        let (icon, color) =
            if count > 0 { (Icon::CircleCheck, cx.colors.good) } else { (Icon::Circle, cx.colors.muted) };
        let icon = icon_text(icon, if is_large { 16.0 } else { 14.0 }).color(color);
        let name = if is_large { strong(step.name()) } else { egui::RichText::new(step.name()) };
        let button = Button::new((icon, name)).right_text(muted(cx, count.to_string()));
        let size = Vec2::new(ui.available_width(), if is_large { 34.0 } else { 26.0 });
        let response = ui.add(button.frame(is_large).min_size(size));
        let response = response.accessible_name(format!("{}, {count}", step.name()));
        if is_first && count == 0 {
            is_first = false;
            response.request_focus();
        }
        if response.on_hover_text(step.help()).clicked() {
            step.go(cx);
        }
    }
}
