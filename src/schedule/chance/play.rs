//! The chance that an Ansible play stops because too many hosts of a batch failed.
//!
//! Ansible counts each batch (`serial`) separately: the play stops when more than `max_fail_percentage` of its hosts
//! failed. The limit must be exceeded: with 50 %, two failed hosts out of four are allowed. If every host of a batch
//! failed, the play stops in any case.

use std::sync::Arc;

use crate::model::{MaintenanceWindow, System, Work};

/// Larger batches use the normal distribution instead of the binomial one.
const MOST_COUNTED: u32 = 1_000;

/// The chance that the play stops if each host fails with `host_failure_percent`. None if the window sets no limit or
/// has no hosts.
pub fn chance_of_stopping(
    window: &MaintenanceWindow,
    systems: &[Arc<System>],
    host_failure_percent: u8,
) -> Option<f64> {
    let limit = window.max_fail_percent?;
    let hosts = systems.iter().map(|system| system.hosts).filter(|hosts| *hosts > 0);
    let plays: Vec<u32> = match &window.work {
        Work::Pool(_) => vec![hosts.fold(0, u32::saturating_add)],
        // Each system has its own batches.
        Work::Tracks(_) => hosts.collect(),
    };
    let batches = plays.iter().flat_map(|hosts| window.strategy.batches(&window.batch).runs(*hosts));
    let fails = f64::from(host_failure_percent.min(100)) / 100.0;
    let goes_on = batches.map(|(batches, hosts)| {
        let one = 1.0 - chance_of_exceeding(hosts, limit, fails);
        libm::pow(one, batches.into())
    });
    plays.iter().any(|hosts| *hosts > 0).then(|| 1.0 - goes_on.product::<f64>())
}

/// The chance that more than `limit` percent of `hosts` fail, or all of them.
fn chance_of_exceeding(hosts: u32, limit: u8, fails: f64) -> f64 {
    // The largest number of hosts that may fail. It is always less than all of them.
    let allowed = (u64::from(hosts) * u64::from(limit) / 100).min(u64::from(hosts.saturating_sub(1))) as u32;
    if fails <= 0.0 || hosts == 0 {
        0.0
    } else if fails >= 1.0 {
        1.0
    } else if hosts <= MOST_COUNTED {
        (1.0 - at_most(allowed, hosts, fails)).clamp(0.0, 1.0)
    } else {
        let (mean, variance) = (f64::from(hosts) * fails, f64::from(hosts) * fails * (1.0 - fails));
        libm::erfc((f64::from(allowed) + 0.5 - mean) / (2.0 * variance).sqrt()) / 2.0
    }
}

/// The chance that at most `most` of `hosts` fail.
fn at_most(most: u32, hosts: u32, fails: f64) -> f64 {
    let (log_fails, log_works) = (libm::log(fails), libm::log(1.0 - fails));
    // The logarithm of the number of ways to choose the failed hosts. The number itself would be too large.
    let mut log_ways = 0.0;
    let mut sum = 0.0;
    for failed in 0..=most {
        sum += libm::exp(log_ways + f64::from(failed) * log_fails + f64::from(hosts - failed) * log_works);
        log_ways += libm::log(f64::from(hosts - failed) / f64::from(failed + 1));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Batch, BatchSize, Estimate, Rule};

    fn chance(hosts: u32, batch: Batch, limit: u8, fails: u8) -> f64 {
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        (window.work, window.batch, window.max_fail_percent) = (Work::Pool(Estimate::default()), batch, Some(limit));
        let system = System { id: "s".into(), hosts, ..System::default() };
        chance_of_stopping(&window, &[Arc::new(system)], fails).unwrap()
    }

    #[track_caller]
    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.000_5, "{found} instead of {expected}");
    }

    #[test]
    fn ten_hosts_in_batches_of_a_quarter_stop_in_two_cases_of_five() {
        // Five batches of two. One failed host of two is more than a tenth: 1 − 0.95^10.
        close(chance(10, Batch::Share(25), 10, 5), 0.401_3);
    }

    #[test]
    fn the_limit_must_be_exceeded() {
        // Two of four hosts may fail at 50 %, but not at 49 %.
        let at_most = |failed: i32| (0..=failed).map(|k| [1.0, 4.0, 6.0][k as usize] / 16.0).sum::<f64>();
        close(chance(4, Batch::All, 50, 50), 1.0 - at_most(2));
        close(chance(4, Batch::All, 49, 50), 1.0 - at_most(1));
    }

    #[test]
    fn a_batch_of_failed_hosts_stops_the_play_at_any_limit() {
        close(chance(2, Batch::All, 100, 50), 0.25);
        close(chance(2, Batch::All, 255, 50), 0.25);
    }

    #[test]
    fn a_list_of_batches_is_calculated_batch_by_batch() {
        // A single host, then four batches of five. At 10 %, none of five may fail.
        let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Hosts(5)]);
        close(chance(21, list, 10, 5), 1.0 - 0.95_f64.powi(21));
    }

    #[test]
    fn large_batches_and_wild_numbers_stay_probabilities() {
        let (counted, approximated) = (chance(1_000, Batch::All, 5, 5), chance(1_001, Batch::All, 5, 5));
        assert!((counted - approximated).abs() < 0.02, "{counted} beside {approximated}");
        for (hosts, limit, fails) in [(u32::MAX, 0, 1), (u32::MAX, 100, 100), (1, 0, 0), (1_000, 99, 200)] {
            let chance = chance(hosts, Batch::All, limit, fails);
            assert!((0.0..=1.0).contains(&chance), "{hosts} hosts, limit {limit}, {fails} %: {chance}");
        }
    }

    #[test]
    fn without_a_limit_or_hosts_there_is_no_chance() {
        let mut window = MaintenanceWindow::new("w".into(), "W", Rule::Dates(Vec::new()));
        assert_eq!(chance_of_stopping(&window, &[], 5), None);
        window.max_fail_percent = Some(10);
        assert_eq!(chance_of_stopping(&window, &[], 5), None);
    }
}
