//! Writes the windows of a plan of 5,000 windows for every system. Budget: 1 s for each form.

#![allow(clippy::unwrap_used)]

mod large;

use std::sync::{Arc, LazyLock};

use divan::{Bencher, black_box};
use windowsill::connect::writers;
use windowsill::connect::writing::Writer;
use windowsill::model::UtcMinute;
use windowsill::schedule::Schedule;

static SCHEDULES: LazyLock<[Schedule; 2]> =
    LazyLock::new(|| [large::mixed(5_000), large::weekly(5_000)].map(|plan| Schedule::derive(&Arc::new(plan), None)));

fn main() {
    divan::main();
}

fn ids() -> Vec<&'static str> {
    writers().map(|writer| writer.output.id).collect()
}

fn writer(id: &str) -> &'static Writer {
    writers().find(|writer| writer.output.id == id).unwrap()
}

/// Windows with all kinds of rules and exceptions, most of which are rules of the systems.
#[divan::bench(args = ids(), sample_count = 5, sample_size = 1)]
fn mixed(bencher: Bencher<'_, '_>, id: &str) {
    write(bencher, id, &SCHEDULES[0]);
}

/// A quarter of a million single dates, where a system has no weekly rules.
#[divan::bench(args = ids(), sample_count = 5, sample_size = 1)]
fn weekly(bencher: Bencher<'_, '_>, id: &str) {
    write(bencher, id, &SCHEDULES[1]);
}

fn write(bencher: Bencher<'_, '_>, id: &str, schedule: &Schedule) {
    let now = UtcMinute::from_utc("2026-01-01T00:00:00Z".parse().unwrap());
    bencher.bench(|| black_box(writer(id).file(schedule, now)));
}
