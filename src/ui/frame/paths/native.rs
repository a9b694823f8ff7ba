//! The desktop's file dialog, polled between frames.

use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as TaskContext, Poll, Waker};
use std::time::Duration;

use egui::Context;
use rfd::{AsyncFileDialog, FileHandle};

use crate::session::PathRequest;
use crate::session::state::clock::Stopwatch;
use crate::store;
use crate::ui::parts::widgets::WakeScreen;

/// An open dialog of the desktop.
pub struct Native {
    pub request: PathRequest,
    answer: Pin<Box<dyn Future<Output = Option<FileHandle>>>>,
    since: Stopwatch,
}

/// The state of a dialog.
pub enum DialogResult {
    Open,
    Chosen(PathBuf),
    Dismissed,
    /// It ended faster than anybody can press Escape: the desktop could not show it.
    NeverShown,
}

/// Nobody can see and dismiss a dialog faster than this.
const FASTEST_PERSON: Duration = Duration::from_millis(250);

impl Native {
    /// Shows the dialog. Call this on the main thread; macOS requires it.
    pub fn open(request: &PathRequest, folder: Option<PathBuf>) -> Self {
        let (kind, endings) = super::kind_of_file(request);
        let mut dialog = AsyncFileDialog::new().set_title(super::title(request));
        if !endings.is_empty() {
            dialog = dialog.add_filter(kind, &endings);
        }
        if matches!(request, PathRequest::Import { .. }) {
            // The kind of a file is detected from its content, so any name may be chosen.
            dialog = dialog.add_filter("All files", &["*"]);
        }
        if let Some(folder) = folder.as_deref().filter(|folder| Path::is_absolute(folder)) {
            dialog = dialog.set_directory(folder);
        }
        let answer: Pin<Box<dyn Future<Output = Option<FileHandle>>>> = match super::suggested_name(request) {
            _ if super::is_folder(request) => Box::pin(dialog.pick_folder()),
            Some(name) => Box::pin(dialog.set_file_name(name).save_file()),
            None => Box::pin(dialog.pick_file()),
        };
        Self { request: request.clone(), answer, since: Stopwatch::start() }
    }

    /// Checks for an answer; otherwise the screen is repainted when one arrives.
    pub fn poll(&mut self, ctx: &Context) -> DialogResult {
        let waker = Waker::from(Arc::new(WakeScreen(ctx.clone())));
        match self.answer.as_mut().poll(&mut TaskContext::from_waker(&waker)) {
            Poll::Pending => DialogResult::Open,
            Poll::Ready(Some(file)) => DialogResult::Chosen(file.path().to_owned()),
            Poll::Ready(None) if self.since.elapsed() < FASTEST_PERSON => DialogResult::NeverShown,
            Poll::Ready(None) => DialogResult::Dismissed,
        }
    }
}

/// Returns whether the desktop has a file dialog. `WINDOWSILL_DIALOGS=own` turns it off, e.g. for tests.
pub fn is_offered() -> bool {
    use std::sync::LazyLock;
    static IS_OFFERED: LazyLock<bool> = LazyLock::new(|| {
        !store::wants_own_dialogs() && (!cfg!(target_os = "linux") || store::desktop_has_file_dialogs())
    });
    *IS_OFFERED
}
