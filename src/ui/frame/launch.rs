//! Opens the window: chooses the plan and the renderer, and reports why if no window can be opened.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::session::state::clock::SystemClock;
use crate::session::state::jobs;
use crate::session::{FileState, Session, Settings};
use crate::store::{self, ProgramFolders, ZoneDataChoice};
use crate::ui::frame::app::App;
use crate::ui::frame::panic_window;
use crate::ui::frame::renderer::first_renderer;
use crate::ui::frame::window::{self, Ending};

/// Opens the window with `path`, the last opened plan, or the sample. `zone_data` overrules the settings.
pub fn run(path: Option<PathBuf>, zone_data: Option<ZoneDataChoice>) -> ExitCode {
    if !store::has_display() {
        return fail("no display: neither WAYLAND_DISPLAY nor DISPLAY is set");
    }
    // RUST_LOG=windowsill=info also logs automatic decisions, such as the choice of a renderer.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("off,windowsill=warn")).init();
    let folders = ProgramFolders::find();
    // The session reads them again, and shows the warning about a broken file.
    let (settings, _) = Settings::load(folders.as_ref());
    let usual = if settings.uses_bundled_zone_data { ZoneDataChoice::Bundled } else { ZoneDataChoice::Newest };
    if let Err(error) = ZoneDataChoice::apply(zone_data.as_ref(), usual) {
        return fail(&error.to_string());
    }
    let mut session = Session::new(Session::sample_plan(), FileState::none(), Box::new(SystemClock), folders);
    session.mark_saved();
    session.record_panics();
    let last = session.settings.recent.first().filter(|path| store::is_file(path)).cloned();
    if let Some(path) = path.or(last) {
        session.open_path(&path);
    } else {
        session.offer_recovery();
        session.welcome();
    }
    let unsaved = session.unsaved_work.clone();
    unsaved.write_at_exit();
    jobs::run_before_termination({
        let unsaved = unsaved.clone();
        move || unsaved.write_and_unlock()
    });
    let renderer = first_renderer(session.settings.draws_with_opengl);
    let ending = window::run(App::new(session), renderer);
    // Nothing is left after a usual end. The desktop may also close the window without having asked.
    unsaved.write_and_unlock();
    match ending {
        Ending::Closed => ExitCode::SUCCESS,
        Ending::NotOpened(error) => fail(&format!("could not open a window: {}", without_source_path(&error))),
        Ending::NotContinued { plan } => match store::start_again(plan.as_deref()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => fail(&format!("could not open another window: {error}")),
        },
        Ending::Panicked { report, plan } => panic_window::show(report.as_ref(), plan.as_deref()),
    }
}

/// Reports on the terminal, in one line, why there is no window.
#[expect(clippy::print_stderr, reason = "without a window, an error can only be shown on the terminal")]
fn fail(reason: &str) -> ExitCode {
    eprintln!("windowsill: {reason} (start it on a desktop, or use its commands: windowsill --help)");
    ExitCode::from(2)
}

/// Strips the path and line of winit's source file from its error: "os error at …/mod.rs:763: no display" becomes "no
/// display".
fn without_source_path(error: &str) -> &str {
    let Some((_, rest)) = error.split_once(".rs:") else { return error };
    rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches([':', ' '])
}

#[cfg(test)]
mod tests {
    use super::without_source_path;

    #[test]
    fn an_error_shows_no_path_of_a_dependency() {
        let error =
            "winit EventLoopError: os error at sources/winit-0.30.13/src/platform_impl/linux/mod.rs:763: no display";
        assert_eq!(without_source_path(error), "no display");
        assert_eq!(without_source_path("no OpenGL"), "no OpenGL");
    }
}
