//! Background work. The only file that starts threads which outlive the call.
//!
//! A job returns a closure that applies its result to the session; it runs between two frames. A long job shows its
//! progress and can be stopped, unless it writes the user's data.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use crate::progress::Progress;
use crate::session::state::clock::Stopwatch;

/// A job that takes longer than this is shown to the user.
pub const SHOW_AFTER: Duration = Duration::from_millis(200);

/// Applies the result of a job to `S`, whose jobs these are.
pub type Apply<S> = Box<dyn FnOnce(&mut S) + Send>;

/// The running jobs.
pub struct Jobs<S> {
    running: Vec<Job<S>>,
    started: u64,
    wake: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// A job that runs long enough to be shown.
pub struct RunningJob<'a> {
    pub id: u64,
    pub label: &'a str,
    /// From 0 to 1; none while the job has not reported any progress.
    pub done: Option<f32>,
    pub can_stop: bool,
}

struct Job<S> {
    id: u64,
    label: String,
    watch: Stopwatch,
    progress: Arc<Progress>,
    can_stop: bool,
    result: Receiver<Apply<S>>,
}

/// How a job ended.
pub(in crate::session) enum JobEnd<S> {
    Done(Apply<S>),
    /// Its thread ended without a result.
    Unexpectedly {
        id: u64,
        label: String,
    },
}

impl<S> Default for Jobs<S> {
    fn default() -> Self {
        Self { running: Vec::new(), started: 0, wake: None }
    }
}

impl<S> Job<S> {
    fn shown(&self) -> RunningJob<'_> {
        RunningJob { id: self.id, label: &self.label, done: self.progress.share(), can_stop: self.can_stop }
    }
}

impl<S: 'static> Jobs<S> {
    /// Sets what a job's thread calls when the job is done.
    pub fn wake_with(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        self.wake = Some(Arc::new(wake));
    }

    /// Runs `work` on a new thread. Returns the job's id.
    pub fn start(
        &mut self,
        label: impl Into<String>,
        work: impl FnOnce(&Progress) -> Apply<S> + Send + 'static,
    ) -> u64 {
        self.spawn(label.into(), true, work)
    }

    /// Like [`Jobs::start`], for work that cannot be stopped: what it writes is written anyway, so its result must be
    /// applied.
    pub fn start_write(
        &mut self,
        label: impl Into<String>,
        work: impl FnOnce(&Progress) -> Apply<S> + Send + 'static,
    ) -> u64 {
        self.spawn(label.into(), false, work)
    }

    /// The id that the next job will have.
    pub fn next_id(&self) -> u64 {
        self.started + 1
    }

    fn spawn(
        &mut self,
        label: String,
        can_stop: bool,
        work: impl FnOnce(&Progress) -> Apply<S> + Send + 'static,
    ) -> u64 {
        self.started += 1;
        let progress = Arc::new(Progress::default());
        let (send, result) = channel();
        let (watched, wake) = (Arc::clone(&progress), self.wake.clone());
        std::thread::spawn(move || {
            let apply = work(&watched);
            // Sending fails only if the program is exiting; then nobody needs the result.
            let _ = send.send(apply);
            if let Some(wake) = wake {
                wake();
            }
        });
        let (id, watch) = (self.started, Stopwatch::start());
        self.running.push(Job { id, label, watch, progress, can_stop, result });
        id
    }

    pub fn is_running(&self, id: u64) -> bool {
        self.running.iter().any(|job| job.id == id)
    }

    /// Asks a job to stop and drops its result. Does nothing if the job cannot be stopped.
    pub fn cancel(&mut self, id: u64) {
        if let Some(index) = self.running.iter().position(|job| job.id == id && job.can_stop) {
            self.running[index].progress.cancel();
            self.running.remove(index);
        }
    }

    /// Asks a job to stop and waits for its result, which says how far it came.
    pub fn ask_to_stop(&mut self, id: u64) {
        self.running.iter().filter(|job| job.id == id).for_each(|job| job.progress.cancel());
    }

    pub fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// The oldest job that has run longer than [`SHOW_AFTER`].
    pub fn shown(&self) -> Option<RunningJob<'_>> {
        self.running.iter().find(|job| job.watch.elapsed() >= SHOW_AFTER).map(Job::shown)
    }

    /// The job with that id, while it runs.
    pub fn running(&self, id: u64) -> Option<RunningJob<'_>> {
        self.running.iter().find(|job| job.id == id).map(Job::shown)
    }

    /// Removes the jobs that have ended and returns them, the oldest first.
    pub(in crate::session) fn take_ended(&mut self) -> Vec<JobEnd<S>> {
        let mut ended = Vec::new();
        self.running.retain(|job| match job.result.try_recv() {
            Ok(apply) => {
                ended.push(JobEnd::Done(apply));
                false
            }
            Err(TryRecvError::Empty) => true,
            Err(TryRecvError::Disconnected) => {
                ended.push(JobEnd::Unexpectedly { id: job.id, label: job.label.clone() });
                false
            }
        });
        ended
    }
}

/// Calls `work` when the system asks the program to end (SIGTERM, SIGHUP, SIGINT), then ends it as the signal would have.
/// Other systems end a program with a window by closing the window.
#[cfg(unix)]
pub fn run_before_termination(work: impl FnOnce() + Send + 'static) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let mut signals = match Signals::new([SIGTERM, SIGHUP, SIGINT]) {
        Ok(signals) => signals,
        Err(error) => return log::warn!("unsaved changes of the last two seconds are lost on logout: {error}"),
    };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            work();
            if emulate_default_handler(signal).is_err() {
                std::process::exit(128 + signal);
            }
        }
    });
}

#[cfg(not(unix))]
pub fn run_before_termination(_: impl FnOnce() + Send + 'static) {}
