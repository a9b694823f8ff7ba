//! Work off the screen's thread: the only place that starts threads.
//!
//! A job gives back what is to be done with its result, and that is done between two frames. A job that takes longer
//! shows its progress and can be stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use super::clock::Stopwatch;
use crate::progress::Progress;
use crate::session::session::Session;

/// What happens to the session when a job is done.
pub type Then = Box<dyn FnOnce(&mut Session) + Send>;

/// Jobs that run now.
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
    /// From 0 to 1; `None` where the job cannot tell.
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
    /// A job that takes longer than this is shown.
    pub const PATIENCE: Duration = Duration::from_millis(200);

    /// `wake` is called from a job's thread when it is done.
    pub fn wake_with(&mut self, wake: impl Fn() + Send + Sync + 'static) {
        self.wake = Some(Arc::new(wake));
    }

    /// Runs `work` on a thread of its own; gives back the job's id.
    pub fn start(&mut self, label: impl Into<String>, work: impl FnOnce(&Progress) -> Then + Send + 'static) -> u64 {
        self.started += 1;
        let progress = Arc::new(Progress::default());
        let (send, result) = channel();
        let (watched, wake) = (Arc::clone(&progress), self.wake.clone());
        std::thread::spawn(move || {
            let then = work(&watched);
            // Nobody waits for the result any more when the program has ended.
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

    /// Asks a job to stop. What it would have given back is dropped.
    pub fn cancel(&mut self, id: u64) {
        if let Some(index) = self.running.iter().position(|job| job.id == id) {
            self.running[index].progress.cancel();
            self.running.remove(index);
        }
    }

    pub fn is_idle(&self) -> bool {
        self.running.is_empty()
    }

    /// The oldest job that has tried a person's patience.
    pub fn shown(&self) -> Option<Running<'_>> {
        self.running.iter().find(|job| job.watch.elapsed() >= Self::PATIENCE).map(Job::shown)
    }

    /// That job, while it runs.
    pub fn running(&self, id: u64) -> Option<Running<'_>> {
        self.running.iter().find(|job| job.id == id).map(Job::shown)
    }

    /// Results of jobs that are done, the oldest first.
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

/// Does `work` with each of `items` on two cores and tells how far it is; what is found comes in no order. Each core
/// works with a state of its own. Ends early when it is cancelled.
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
        // What a thread that ended unexpectedly had found is missing, as it is when the job is stopped.
        found.extend(other.join().unwrap_or_default());
        found
    })
}

impl Session {
    /// Takes in the results of jobs that are done; whether there were any.
    pub fn take_results(&mut self) -> bool {
        let done = self.jobs.take_done();
        let any = !done.is_empty();
        for then in done {
            then(self);
        }
        self.keep_shown();
        any
    }

    /// Waits until all jobs are done and takes in their results, those of jobs that they start in turn included.
    pub fn finish_jobs(&mut self) {
        while !self.jobs.is_idle() {
            self.take_results();
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
