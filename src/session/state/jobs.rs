//! Background work. The only file that starts threads.
//!
//! A job returns a closure that applies its result to the session; it runs between two frames. A long job shows its
//! progress and can be stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use super::clock::Stopwatch;
use crate::progress::Progress;
use crate::session::session::Session;

/// Applies the result of a job to the session.
pub type Then = Box<dyn FnOnce(&mut Session) + Send>;

/// The running jobs.
#[derive(Default)]
pub struct Jobs {
    running: Vec<Job>,
    started: u64,
    wake: Option<Arc<dyn Fn() + Send + Sync>>,
}

/// A job that runs long enough to be shown.
pub struct Running<'a> {
    pub id: u64,
    pub label: &'a str,
    /// From 0 to 1; none while the job has not reported any progress.
    pub done: Option<f32>,
}

struct Job {
    id: u64,
    label: String,
    watch: Stopwatch,
    progress: Arc<Progress>,
    result: Receiver<Then>,
}

impl Job {
    fn shown(&self) -> Running<'_> {
        Running { id: self.id, label: &self.label, done: self.progress.share() }
    }
}

impl Jobs {
    /// A job that takes longer than this is shown to the user.
    pub const PATIENCE: Duration = Duration::from_millis(200);

    /// Sets what a job's thread calls when the job is done.
    pub fn wake_with(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        self.wake = Some(Arc::new(wake));
    }

    /// Runs `work` on a new thread. Returns the job's id.
    pub fn start(&mut self, label: impl Into<String>, work: impl FnOnce(&Progress) -> Then + Send + 'static) -> u64 {
        self.started += 1;
        let progress = Arc::new(Progress::default());
        let (send, result) = channel();
        let (watched, wake) = (Arc::clone(&progress), self.wake.clone());
        std::thread::spawn(move || {
            let then = work(&watched);
            // Sending fails only if the program is exiting; then nobody needs the result.
            let _ = send.send(then);
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

    /// The oldest job that has run longer than [`Self::PATIENCE`].
    pub fn shown(&self) -> Option<Running<'_>> {
        self.running.iter().find(|job| job.watch.elapsed() >= Self::PATIENCE).map(Job::shown)
    }

    /// The job with that id, while it runs.
    pub fn running(&self, id: u64) -> Option<Running<'_>> {
        self.running.iter().find(|job| job.id == id).map(Job::shown)
    }

    /// Removes the finished jobs and returns their results, the oldest first.
    fn take_done(&mut self) -> Vec<Then> {
        let mut done = Vec::new();
        self.running.retain(|job| match job.result.try_recv() {
            Ok(then) => {
                done.push(then);
                false
            }
            Err(TryRecvError::Empty) => true,
            Err(TryRecvError::Disconnected) => {
                let label = job.label.clone();
                done.push(Box::new(move |session| {
                    session.tell_error(format!("{label} ended unexpectedly. The plan is unchanged."));
                }));
                false
            }
        });
        done
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

impl Session {
    /// Applies the results of finished jobs. Returns whether there were any.
    pub fn take_results(&mut self) -> bool {
        let done = self.jobs.take_done();
        let any = !done.is_empty();
        for then in done {
            then(self);
        }
        self.keep_shown();
        any
    }

    /// Waits for all jobs, including those that other jobs start, and applies their results.
    pub fn finish_jobs(&mut self) {
        while !self.jobs.is_idle() {
            self.take_results();
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
