//! Results that only one view shows, each with the key that it was calculated for.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::Plan;

/// The plan and the day that a result was calculated for.
#[derive(Clone, Debug)]
pub struct PlanOnDay {
    pub plan: Arc<Plan>,
    pub today: NaiveDate,
}

/// Compares the pointers, not the plans.
impl PartialEq for PlanOnDay {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.plan, &other.plan) && self.today == other.today
    }
}

/// The latest result, the key that it was calculated for, and the job that calculates the next one.
pub struct Cached<K, T> {
    pub(in crate::session) result: Option<(K, Arc<T>)>,
    /// Also a stopped job, so that it does not start again at once.
    pub(in crate::session) job: Option<(u64, K)>,
}

impl<K, T> Default for Cached<K, T> {
    fn default() -> Self {
        Self { result: None, job: None }
    }
}

impl<K, T> Cached<K, T> {
    /// The latest result and its key. It may be out of date.
    pub fn latest(&self) -> Option<(&K, &Arc<T>)> {
        self.result.as_ref().map(|(key, result)| (key, result))
    }

    /// The running or stopped job and its key.
    pub fn job(&self) -> Option<(u64, &K)> {
        self.job.as_ref().map(|(job, key)| (*job, key))
    }
}

/// What a view shows of a cached result.
pub struct CachedView<'a, T> {
    /// May be out of date. None until the first result is ready.
    pub latest: Option<&'a Arc<T>>,
    /// Whether the user stopped the job for the current state.
    pub is_stopped: bool,
}
