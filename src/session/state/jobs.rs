//! Background work. The only file that starts threads which outlive the call.
//!
//! A job returns a closure that applies its result to the session; it runs between two frames. A long job shows its
//! progress and can be stopped, unless it writes the user's data.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
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
    /// Shared with all threads, since the window may be another one when they are done.
    wake: Arc<Waker>,
    watching: Option<Watching<S>>,
}

/// Draws the screen again.
#[derive(Default)]
struct Waker(Mutex<Option<Arc<dyn Fn() + Send + Sync>>>);

impl Waker {
    fn wake(&self) {
        let wake = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(wake) = wake {
            wake();
        }
    }
}

/// A thread that looks at something repeatedly until this is dropped.
struct Watching<S> {
    signal: Arc<WatchSignal>,
    news: Receiver<Apply<S>>,
}

/// What the thread waits for.
#[derive(Default)]
struct WatchSignal {
    next: Mutex<NextLook>,
    changed: Condvar,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum NextLook {
    #[default]
    Later,
    Now,
    Never,
}

impl WatchSignal {
    fn set(&self, next: NextLook) {
        *self.next.lock().unwrap_or_else(PoisonError::into_inner) = next;
        self.changed.notify_all();
    }

    /// Waits until the next look. Returns false if there is none.
    fn wait(&self, period: Duration) -> bool {
        let next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let waits = |next: &mut NextLook| *next == NextLook::Later;
        let (mut next, _) =
            self.changed.wait_timeout_while(next, period, waits).unwrap_or_else(PoisonError::into_inner);
        if *next == NextLook::Now {
            *next = NextLook::Later;
        }
        *next != NextLook::Never
    }
}

impl<S> Drop for Watching<S> {
    fn drop(&mut self) {
        self.signal.set(NextLook::Never);
    }
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
        Self { running: Vec::new(), started: 0, wake: Arc::default(), watching: None }
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
        *self.wake.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(wake));
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
        let (watched, wake) = (Arc::clone(&progress), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            let apply = work(&watched);
            // Sending fails only if the program is exiting; then nobody needs the result.
            let _ = send.send(apply);
            wake.wake();
        });
        let (id, watch) = (self.started, Stopwatch::start());
        self.running.push(Job { id, label, watch, progress, can_stop, result });
        id
    }

    /// Calls `look` on a thread of its own, at once and then in each `period`, until something else is watched. What it
    /// returns is applied between two frames; if it returns nothing, the screen sleeps on.
    pub fn watch(&mut self, period: Duration, mut look: impl FnMut() -> Option<Apply<S>> + Send + 'static) {
        let (send, news) = channel();
        let signal = Arc::new(WatchSignal::default());
        let (waits, wake) = (Arc::clone(&signal), Arc::clone(&self.wake));
        std::thread::spawn(move || {
            loop {
                if let Some(apply) = look() {
                    if send.send(apply).is_err() {
                        return;
                    }
                    wake.wake();
                }
                if !waits.wait(period) {
                    return;
                }
            }
        });
        self.watching = Some(Watching { signal, news });
    }

    /// Ends the thread of [`Jobs::watch`].
    pub fn stop_watching(&mut self) {
        self.watching = None;
    }

    /// Looks at what is watched now, without waiting for the end of the period.
    pub fn look_now(&self) {
        if let Some(watching) = &self.watching {
            watching.signal.set(NextLook::Now);
        }
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

    /// Removes the jobs that have ended and returns them, the oldest first, after what is new of what is watched.
    pub(in crate::session) fn take_ended(&mut self) -> Vec<JobEnd<S>> {
        let news = self.watching.iter().flat_map(|watching| watching.news.try_iter());
        let mut ended: Vec<JobEnd<S>> = news.map(JobEnd::Done).collect();
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[test]
    fn a_watch_reports_what_is_new_looks_when_asked_and_ends_when_it_is_dropped() {
        let mut jobs: Jobs<usize> = Jobs::default();
        let (looks, woken) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counts, wakes) = (Arc::clone(&looks), Arc::clone(&woken));
        jobs.wake_with(move || {
            wakes.fetch_add(1, Ordering::SeqCst);
        });
        // News at every second look.
        jobs.watch(Duration::from_hours(1), move || -> Option<Apply<usize>> {
            let look = counts.fetch_add(1, Ordering::SeqCst);
            let apply: Apply<usize> = Box::new(move |sum| *sum += look);
            (look % 2 == 1).then_some(apply)
        });
        let wait_until = |count: usize| {
            while looks.load(Ordering::SeqCst) < count {
                std::thread::sleep(Duration::from_millis(1));
            }
        };
        for count in 1..=4 {
            wait_until(count);
            std::thread::sleep(Duration::from_millis(5));
            jobs.look_now();
        }
        wait_until(5);
        let mut sum = 0;
        for job in jobs.take_ended() {
            match job {
                JobEnd::Done(apply) => apply(&mut sum),
                JobEnd::Unexpectedly { label, .. } => panic!("{label}"),
            }
        }
        assert_eq!((sum, woken.load(Ordering::SeqCst), jobs.is_idle()), (1 + 3, 2, true));
        jobs.stop_watching();
        while Arc::strong_count(&looks) > 1 {
            std::thread::sleep(Duration::from_millis(1));
        }
    }
}
