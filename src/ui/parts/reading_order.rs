//! Layouts that draw controls in the order in which they are read, which is the order of Tab.

use egui::{Align, Context, FocusDirection, Frame, Id, Layout, Margin, Panel, Rect, Ui, UiBuilder, Vec2};
use lucide_icons::Icon;

use super::theme::Colors;
use super::widgets::icon_button;

/// Room above a view for its tools, which Tab reaches after the view.
pub struct RoomAbove {
    id: Id,
    rect: Rect,
}

impl RoomAbove {
    /// Takes as much room as the tools needed in the last frame.
    pub fn new(ui: &mut Ui, id: Id) -> Self {
        let height = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
        let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
        Self { id, rect }
    }

    /// Draws the tools. If they need another height than last time, the frame is drawn again.
    pub fn show<R>(self, ui: &mut Ui, tools: impl FnOnce(&mut Ui) -> R) -> R {
        let mut child = ui.new_child(UiBuilder::new().id_salt(self.id).max_rect(self.rect));
        let result = tools(&mut child);
        remember(ui, self.id, self.rect.height(), child.min_rect().height());
        result
    }
}

/// Room below a view for a panel, which Tab reaches after the view.
pub struct RoomBelow {
    id: Id,
    area: Rect,
    height: f32,
}

impl RoomBelow {
    /// Leaves as much room as the panel needed in the last frame.
    pub fn new(ui: &Ui, id: Id) -> Self {
        let height = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
        Self { id, area: ui.available_rect_before_wrap(), height }
    }

    /// Where the view is drawn.
    pub fn view(&self, ui: &mut Ui) -> Ui {
        let rect = self.area.with_max_y((self.area.bottom() - self.height).max(self.area.top()));
        let mut view = ui.new_child(UiBuilder::new().id_salt(self.id).max_rect(rect));
        view.shrink_clip_rect(rect);
        view
    }

    /// Draws the panel. If it needs another height than last time, the frame is drawn again.
    pub fn show(self, ui: &mut Ui, panel: impl FnOnce(&mut Ui)) {
        panel(ui);
        remember(ui, self.id, self.height, self.area.bottom() - ui.available_rect_before_wrap().bottom());
    }
}

/// Room at the right of a view for a panel, which Tab reaches after the view.
pub struct RoomRight {
    id: Id,
    area: Rect,
    width: f32,
    /// Whether the panel is folded until somebody asks for it, because the view has no room beside it.
    folds: bool,
}

/// Below this width of the window's middle, a panel that explains what is in the view gives way to it.
const NARROW: f32 = 700.0;
/// The width of the strip with the button that unfolds the panel.
const STRIP: f32 = 32.0;

/// The panel beside the view: where it was drawn, and in which frame.
#[derive(Clone, Copy)]
struct SidePanel {
    rect: Rect,
    frame: u64,
}

/// Whether the focus goes to the panel beside the view.
#[derive(Clone, Copy, Default)]
struct GoesToSidePanel;

fn side_panel_id() -> Id {
    Id::unique("panel beside the view")
}

impl RoomRight {
    /// Leaves as much room as the panel needed in the last frame.
    pub fn new(ui: &Ui, id: Id) -> Self {
        let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
        Self { id, area: ui.available_rect_before_wrap(), width, folds: false }
    }

    /// In a narrow window, as with large text, only a button shows the panel. For panels that explain what is in the view.
    pub fn folding(self) -> Self {
        let folds = self.area.width() < NARROW;
        Self { folds, ..self }
    }

    /// Where the view is drawn.
    pub fn view(&self, ui: &mut Ui) -> Ui {
        let rect = self.area.with_max_x((self.area.right() - self.width).max(self.area.left()));
        let mut view = ui.new_child(UiBuilder::new().id_salt(self.id).max_rect(rect));
        view.shrink_clip_rect(rect);
        view
    }

    /// Draws the panel, or nothing. If it needs another width than last time, the frame is drawn again.
    pub fn show(self, ui: &mut Ui, panel: impl FnOnce(&mut Ui)) {
        if ui.data_mut(|data| data.remove_temp::<GoesToSidePanel>(side_panel_id())).is_some() {
            focus_next(ui, self.id);
        }
        if !self.folds || self.is_unfolded(ui) {
            panel(ui);
        }
        let left = ui.available_rect_before_wrap().right();
        if left < self.area.right() {
            let panel = SidePanel { rect: self.area.with_min_x(left), frame: ui.ctx().cumulative_frame_nr() };
            ui.data_mut(|data| data.insert_temp(side_panel_id(), panel));
        }
        remember(ui, self.id, self.width, self.area.right() - left);
    }
}

impl RoomRight {
    /// Draws the strip with the button that shows or hides the panel. Returns whether the panel is shown.
    fn is_unfolded(&self, ui: &mut Ui) -> bool {
        let key = self.id.with("unfolded");
        let mut is_unfolded = ui.data(|data| data.get_temp::<bool>(key)).unwrap_or_default();
        let frame = Frame::new().fill(Colors::for_visuals(ui.visuals()).panel).inner_margin(Margin::symmetric(3, 8));
        Panel::right(self.id.with("strip")).exact_size(STRIP).resizable(false).frame(frame).show(ui, |ui| {
            let (icon, help) = if is_unfolded {
                (Icon::PanelRightClose, "Hide the panel")
            } else {
                (Icon::PanelRightOpen, "Show the panel")
            };
            is_unfolded ^= icon_button(ui, icon, help, true).clicked();
        });
        ui.data_mut(|data| data.insert_temp(key, is_unfolded));
        is_unfolded
    }
}

/// Where the panel beside the view was drawn in the last frame.
pub fn side_panel(ctx: &Context) -> Option<Rect> {
    let frame = ctx.cumulative_frame_nr();
    let drawn = ctx.data(|data| data.get_temp::<SidePanel>(side_panel_id()));
    drawn.filter(|panel| panel.frame + 1 >= frame).map(|panel| panel.rect)
}

/// Moves the focus to the first control of the panel beside the view, when it is drawn.
pub fn go_to_side_panel(ctx: &Context) {
    ctx.data_mut(|data| data.insert_temp(side_panel_id(), GoesToSidePanel));
}

/// Moves the focus to the control that is drawn next, as if Tab were pressed on one before it.
pub fn focus_next(ui: &Ui, salt: impl std::hash::Hash + std::fmt::Debug) {
    let before = Id::unique(("before", salt));
    ui.memory_mut(|memory| {
        memory.request_focus(before);
        memory.move_focus(FocusDirection::Next);
        memory.interested_in_focus(before, ui.layer_id());
    });
}

/// Draws controls from left to right at the right end of a row, so that Tab reaches the leftmost first. Their width is that
/// of the last frame; if it has changed, the frame is drawn again.
pub fn at_right_end<R>(ui: &mut Ui, salt: &str, content: impl FnOnce(&mut Ui) -> R) -> R {
    let id = ui.scope_id().with(salt);
    let room = ui.available_rect_before_wrap();
    // Below each other, a row is as high as a button; a row beside something is as high as that.
    let is_below = ui.layout().main_dir().is_vertical();
    let room = if is_below { room.with_max_y(room.top() + ui.spacing().interact_size.y) } else { room };
    let width = ui.data(|data| data.get_temp::<f32>(id)).unwrap_or_default();
    let rect = room.with_min_x((room.right() - width).max(room.left()));
    let builder = UiBuilder::new().id_salt(id).max_rect(rect).layout(Layout::left_to_right(Align::Center));
    let mut child = ui.new_child(builder);
    let result = content(&mut child);
    let used = child.min_rect();
    remember(ui, id, width, used.width());
    ui.advance_cursor_after_rect(used.with_max_x(used.right().min(room.right())));
    result
}

/// Keeps a size for the next frame, and draws this one again if it is another. A frame is drawn again only once, and no more
/// than two frames in a row: where one size follows from another, the next frame has it.
fn remember(ui: &Ui, id: Id, known: f32, needed: f32) {
    if (needed - known).abs() > 0.5 {
        ui.data_mut(|data| data.insert_temp(id, needed));
        if may_draw_again(ui.ctx()) {
            ui.ctx().request_discard("another size");
        }
        ui.ctx().request_repaint();
    }
}

/// The last frame that was drawn again, and how many before it without a pause.
#[derive(Clone, Copy, Default)]
struct DrawnAgain {
    frame: u64,
    in_a_row: u32,
}

/// Whether this frame may be drawn again.
fn may_draw_again(ctx: &Context) -> bool {
    /// Each costs twice the time.
    const MOST_IN_A_ROW: u32 = 2;
    // From 1, so that the first frame is another one than none.
    let frame = ctx.cumulative_frame_nr() + 1;
    ctx.data_mut(|data| {
        let last = data.get_temp_mut_or_default::<DrawnAgain>(Id::unique("frames drawn again"));
        if last.frame != frame {
            let in_a_row = if last.frame + 1 == frame { last.in_a_row + 1 } else { 1 };
            // A frame that is not drawn again ends the row.
            *last = DrawnAgain { frame, in_a_row: if in_a_row > MOST_IN_A_ROW { 0 } else { in_a_row } };
        }
        last.in_a_row > 0
    })
}
