//! Runs the program's window. If the graphics card's driver fails, at the start or in the middle of work, the same program
//! continues in a new window that OpenGL draws: nothing that is typed, selected or open is lost.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::rc::Rc;

use eframe::{CreationContext, Frame, Renderer};
use egui::{Context, Ui, ViewportBuilder, ViewportCommand};

use super::app::App;
use super::renderer::DrawingFailure;
use crate::session::PanicReport;
use crate::store;

/// How the program's window ended.
pub enum Ending {
    Closed,
    /// No window could be opened.
    NotOpened(String),
    /// No other window could be opened in this process.
    NotContinued {
        plan: Option<PathBuf>,
    },
    /// The program itself panicked.
    Panicked {
        report: Option<PanicReport>,
        plan: Option<PathBuf>,
    },
}

/// The program and what moves with it from one window to the next.
struct Shared {
    app: RefCell<App>,
    /// The context of the last window.
    ctx: RefCell<Option<Context>>,
    failure: DrawingFailure,
    /// Whether the program's own code is running, not that of a renderer.
    is_in_app: Cell<bool>,
    /// Whether a test may still take the graphics device away.
    loses_device: Cell<bool>,
}

/// Runs `app` until its window is closed.
pub fn run(app: App, first: Renderer) -> Ending {
    let shared = Rc::new(Shared {
        app: RefCell::new(app),
        ctx: RefCell::default(),
        failure: DrawingFailure::default(),
        is_in_app: Cell::new(false),
        loses_device: Cell::new(true),
    });
    let mut renderer = first;
    loop {
        let ended = catch_unwind(AssertUnwindSafe(|| shared.open(renderer)));
        let failure = shared.failure.take();
        let reason = match (ended, failure) {
            (Ok(Ok(Opened::Never)), _) => return shared.not_continued(),
            (Ok(Ok(Opened::AndClosed)), failure) if failure.is_none() || shared.is_closed_by_user() => {
                return Ending::Closed;
            }
            (Ok(Err(error)), _) if renderer == Renderer::Glow => return Ending::NotOpened(error.to_string()),
            (Err(_), _) if renderer == Renderer::Glow || shared.is_in_app.get() => return shared.panicked(),
            (_, Some(failure)) => failure,
            (Ok(Err(error)), None) => error.to_string(),
            (_, None) => "the renderer panicked".to_owned(),
        };
        log::warn!("cannot draw with the graphics card, continuing with OpenGL: {reason}");
        renderer = Renderer::Glow;
        if let Ok(mut app) = shared.app.try_borrow_mut() {
            app.session.continue_with_opengl();
        }
    }
}

impl Shared {
    /// Opens a window and runs the program in it.
    fn open(self: &Rc<Self>, renderer: Renderer) -> Result<Opened, eframe::Error> {
        open_window(renderer, &self.viewport(), |creation| {
            self.attach(creation);
            Box::new(Drawn(Rc::clone(self)))
        })
    }

    /// A window like the last one, or one of the usual size.
    fn viewport(&self) -> ViewportBuilder {
        let builder = ViewportBuilder::default()
            .with_title("Windowsill")
            .with_app_id("windowsill")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([900.0, 560.0])
            .with_icon(icon())
            .with_drag_and_drop(true);
        let Some(ctx) = &*self.ctx.borrow() else { return builder };
        let last = ctx.input(|input| input.viewport().clone());
        let is_maximized = last.maximized.unwrap_or_default();
        let builder = match last.inner_rect {
            Some(rect) if !is_maximized => builder.with_inner_size(rect.size()),
            _ => builder,
        };
        let builder = match last.outer_rect {
            Some(rect) if !is_maximized => builder.with_position(rect.min),
            _ => builder,
        };
        builder.with_maximized(is_maximized).with_fullscreen(last.fullscreen.unwrap_or_default())
    }

    fn attach(&self, creation: &CreationContext<'_>) {
        let ctx = &creation.egui_ctx;
        if let Some(state) = &creation.wgpu_render_state {
            self.failure.watch(&state.device, ctx);
        }
        // Scroll positions, the focus, and drafts in fields.
        if let Some(last) = self.ctx.borrow_mut().replace(ctx.clone()) {
            let memory = last.memory(Clone::clone);
            ctx.memory_mut(|new| *new = memory);
        }
        self.app.borrow_mut().attach(ctx);
    }

    fn is_closed_by_user(&self) -> bool {
        self.app.try_borrow().is_ok_and(|app| app.session.desktop.may_close)
    }

    fn not_continued(&self) -> Ending {
        let app = self.app.borrow();
        Ending::NotContinued { plan: app.session.file.path.clone() }
    }

    fn panicked(&self) -> Ending {
        match self.app.try_borrow() {
            Ok(app) => Ending::Panicked { report: app.session.last_panic(), plan: app.session.file.path.clone() },
            Err(_) => Ending::Panicked { report: None, plan: None },
        }
    }

    /// Runs the program's own code.
    fn with_app(&self, run: impl FnOnce(&mut App)) {
        self.is_in_app.set(true);
        run(&mut self.app.borrow_mut());
        self.is_in_app.set(false);
    }

    /// Takes the graphics device away after the time that a test asked for.
    fn lose_device(&self, ctx: &Context, frame: &Frame) {
        let (Some(after), Some(state)) = (store::device_loss_wish(), frame.wgpu_render_state()) else { return };
        let left = after - ctx.input(|input| input.time);
        if left > 0.0 {
            ctx.request_repaint_after_secs(left as f32);
        } else if self.loses_device.replace(false) {
            state.device.destroy();
        }
    }
}

/// What became of a window without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    AndClosed,
    /// The event loop ended before it opened a window.
    Never,
}

/// Opens a window and runs the app that `create` returns until the window is closed. winit's event loop ends at once if a
/// panic has left it; then it can be run again.
///
/// # Errors
/// Why no window could be opened.
pub fn open_window<'app>(
    renderer: Renderer,
    viewport: &ViewportBuilder,
    create: impl Fn(&CreationContext<'_>) -> Box<dyn eframe::App + 'app>,
) -> Result<Opened, eframe::Error> {
    const MOST_RUNS: usize = 2;
    let is_created = Cell::new(false);
    for _ in 0..MOST_RUNS {
        let options = eframe::NativeOptions { viewport: viewport.clone(), renderer, ..Default::default() };
        let create = |creation: &CreationContext<'_>| {
            is_created.set(true);
            Ok(create(creation))
        };
        eframe::run_native("windowsill", options, Box::new(create))?;
        if is_created.get() {
            return Ok(Opened::AndClosed);
        }
    }
    Ok(Opened::Never)
}

/// The program as eframe sees it.
struct Drawn(Rc<Shared>);

impl eframe::App for Drawn {
    fn logic(&mut self, ctx: &Context, frame: &mut Frame) {
        self.0.lose_device(ctx, frame);
        if self.0.failure.has_happened() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        } else {
            self.0.with_app(|app| app.run_between_frames(ctx));
        }
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut Frame) {
        if !self.0.failure.has_happened() {
            self.0.with_app(|app| app.draw(ui));
        }
    }

    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}

/// The icon in the desktop's list of windows.
pub fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icon.png")).unwrap_or_default()
}
