//! Background work. The only file that starts threads.
//!
//! A job returns a closure that applies its result to the session; it runs between two frames. A long job shows its
//! progress and can be stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use crate::progress::Progress;
use crate::session::state::clock::Stopwatch;

/// A job that takes longer than this is shown to the user.
pub const PATIENCE: Duration = Duration::from_millis(200);

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
}

struct Job<S> {
    id: u64,
    label: String,
    watch: Stopwatch,
    progress: Arc<Progress>,
    result: Receiver<Apply<S>>,
}

/// How a job ended.
pub(in crate::session) enum JobEnd<S> {
    Done(Apply<S>),
    /// Its thread ended without a result. With the job's label.
    Unexpectedly(String),
}

impl<S> Default for Jobs<S> {
    fn default() -> Self {
        Self { running: Vec::new(), started: 0, wake: None }
    }
}

impl<S> Job<S> {
    fn shown(&self) -> RunningJob<'_> {
        RunningJob { id: self.id, label: &self.label, done: self.progress.share() }
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
        let (id, label, watch) = (self.started, label.into(), Stopwatch::start());
        self.running.push(Job { id, label, watch, progress, result });
        id
    }

    pub fn is_running(&self, id: u64) -> bool {
        self.running.iter().any(|job| job.id == id)
    }

    /// Asks a job to stop and drops its result.
    pub fn cancel(&mut self, id: u64) {
        if let Some(index) = self.running.iter().position(|job| job.id == id) {
            self.running[index].progress.cancel();
            self.running.remove(index);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// The oldest job that has run longer than [`PATIENCE`].
    pub fn shown(&self) -> Option<RunningJob<'_>> {
        self.running.iter().find(|job| job.watch.elapsed() >= PATIENCE).map(Job::shown)
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
                ended.push(JobEnd::Unexpectedly(job.label.clone()));
                false
            }
        });
        ended
    }
}

/// Runs `work` on each of `items` on two cores and reports progress; results come in no particular order. Each core has
/// its own `state`. Ends early when cancelled.
pub fn on_two_cores<T: Sync, S, R: Send>(
    items: &[T],
    progress: &Progress,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, &T) -> Option<R> + Sync,
) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let one_core = || {
        let mut state = state();
        let mut found = Vec::new();
        while !progress.is_cancelled() {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { break };
            found.extend(work(&mut state, item));
            progress.set(at + 1, items.len());
        }
        found
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(one_core);
        let mut found = one_core();
        // If the other thread panicked, its results are missing, as they are when the job is stopped.
        found.extend(other.join().unwrap_or_default());
        found
    })
}
