//! Opens the window: which plan, which renderer, and what to say when no window opens.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::session::state::clock::SystemClock;
use crate::session::{FileState, Session};
use crate::store::Folders;
use crate::ui::frame::app::App;

/// Opens the window on `path`, or on the plan that was open last, or on the sample.
pub fn run(path: Option<PathBuf>) -> ExitCode {
    // What the program does by itself, such as choosing a renderer, is said on the terminal that it was started from.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("error,windowsill=info")).init();
    let folders = Folders::find();
    let mut session = Session::new(Session::sample_plan(), FileState::none(), Box::new(SystemClock), folders);
    session.mark_saved();
    let last = session.settings.recent.first().filter(|path| path.is_file()).cloned();
    match path.or(last) {
        Some(path) => session.open_path(&path),
        None => session.offer_recovery(),
    }
    let options = eframe::NativeOptions {
        viewport: egui::ViewportBuilder::default()
            .with_title("Windowsill")
            .with_app_id("windowsill")
            .with_inner_size([1440.0, 900.0])
            .with_min_inner_size([900.0, 560.0])
            .with_icon(icon())
            .with_drag_and_drop(true),
        renderer: renderer(),
        ..Default::default()
    };
    let opened = eframe::run_native(
        "windowsill",
        options,
        Box::new(|creation| Ok(Box::new(App::new(&creation.egui_ctx, session)))),
    );
    match opened {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(2)
        }
    }
}

/// The picture in the desktop's list of windows.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../../../assets/icon.png")).unwrap_or_default()
}

#[expect(clippy::print_stderr, reason = "without a window the terminal is the only place to say so")]
fn complain(error: &eframe::Error) {
    eprintln!(
        "The window could not be opened ({error}). On a machine without a screen, use the commands: windowsill --help"
    );
}

/// wgpu where it finds an adapter; glow where it does not, as on many remote desktops.
fn renderer() -> eframe::Renderer {
    use eframe::wgpu;
    if let Ok(name) = std::env::var("WINDOWSILL_RENDERER") {
        return if name == "glow" { eframe::Renderer::Glow } else { eframe::Renderer::Wgpu };
    }
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapters = crate::ui::parts::widgets::wait_for(instance.enumerate_adapters(wgpu::Backends::PRIMARY));
    let has_card = adapters.iter().any(|adapter| adapter.get_info().device_type != wgpu::DeviceType::Cpu);
    if has_card {
        eframe::Renderer::Wgpu
    } else {
        log::info!("no graphics adapter for wgpu: drawing with OpenGL");
        eframe::Renderer::Glow
    }
}
