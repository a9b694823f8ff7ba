//! Limits beyond which a number is probably a typing error.

use super::Minutes;

/// The largest number of hosts of one system.
pub const MOST_HOSTS: u32 = 100_000;
/// The longest phase of the work on one system.
pub const LONGEST_PHASE: Minutes = Minutes::days(7);
/// The shortest and the longest watch after a window.
pub const SHORTEST_WATCH: Minutes = Minutes::hours(1);
pub const LONGEST_WATCH: Minutes = Minutes::days(14);
/// The longest interval at which something recurs, in months.
pub const LONGEST_INTERVAL_MONTHS: u16 = 120;
/// The same in weeks.
pub const LONGEST_INTERVAL_WEEKS: u16 = 522;
