//! Random words for the ids of new records and plans.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};

/// A word of 16 hexadecimal digits that differs with every call, also for the same `--now`.
pub fn random_word() -> String {
    format!("{:016x}", RandomState::new().build_hasher().finish())
}
