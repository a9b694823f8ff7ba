//! The window that says that the program ended because of a fault in it, what became of unsaved changes, and where the log
//! is. Where no window opens, the terminal says so.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use egui::{CentralPanel, Frame, Margin, Ui, ViewportBuilder, ViewportCommand};

use super::window::{icon, open_window};
use crate::session::PanicReport;
use crate::store;
use crate::ui::parts::{fonts, theme};

const TITLE: &str = "Windowsill ended because of a fault in the program";

/// Shows the window until it is closed. Its button starts the program again with `plan`.
pub fn show(report: Option<&PanicReport>, plan: Option<&Path>) -> ExitCode {
    let sentences = report.map(PanicReport::sentences).unwrap_or_default();
    print(&sentences);
    let viewport = ViewportBuilder::default()
        .with_title("Windowsill")
        .with_app_id("windowsill")
        .with_inner_size([620.0, 250.0])
        .with_icon(icon());
    // Without a window, the printed text has to do.
    let _ = open_window(eframe::Renderer::Glow, &viewport, |creation| {
        creation.egui_ctx.set_fonts(fonts::definitions());
        theme::install(&creation.egui_ctx);
        Box::new(Shown { sentences: sentences.clone(), plan: plan.map(Path::to_owned), problem: None })
    });
    ExitCode::from(101)
}

#[expect(clippy::print_stderr, reason = "for those who started the program on a terminal, and if no window opens")]
fn print(sentences: &[String]) {
    eprintln!("windowsill: {TITLE}. {}", sentences.join(" "));
}

struct Shown {
    sentences: Vec<String>,
    plan: Option<PathBuf>,
    /// Why the program did not start again.
    problem: Option<String>,
}

impl eframe::App for Shown {
    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        let frame = Frame::central_panel(ui.style()).inner_margin(Margin::same(24));
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.heading(TITLE);
            ui.add_space(8.0);
            for sentence in self.sentences.iter().chain(&self.problem) {
                ui.label(sentence);
                ui.add_space(4.0);
            }
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                if ui.button("Start Windowsill again").clicked() {
                    match store::start_again(self.plan.as_deref()) {
                        Ok(()) => ui.ctx().send_viewport_cmd(ViewportCommand::Close),
                        Err(error) => self.problem = Some(format!("Windowsill did not start: {error}.")),
                    }
                }
                if ui.button("Close").clicked() {
                    ui.ctx().send_viewport_cmd(ViewportCommand::Close);
                }
            });
        });
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }
}
