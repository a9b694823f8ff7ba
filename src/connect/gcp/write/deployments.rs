//! The patch deployments that a plan's windows become, as trees whose keys are those of the REST interface.

use chrono::{Timelike as _, Weekday};

use super::limits::label;
use crate::connect::writing::{Entries, Identifiers, NamedScope, NativeRule, Node, Rhythm, WriteRequest, text, title};
use crate::export::{IsoInstant, clip_line};
use crate::model::{Batch, BatchSize, MonthDay};
use crate::schedule::WindowSchedule;

/// A patch deployment.
pub struct Deployment {
    /// Lower case, digits and dashes; at most 63 characters.
    pub id: String,
    pub description: String,
    /// The labels of the instances, of which one is enough.
    pub labels: Vec<(&'static str, String)>,
    pub seconds: u32,
    pub times: Times,
    /// Percent or number of instances that may be patched at a time. None for all.
    pub budget: Option<(&'static str, u32)>,
}

pub enum Times {
    /// At that instant.
    Once(IsoInstant),
    Rule(Box<NativeRule>),
}

/// All of them, in the order of the plan's windows.
pub fn deployments(request: &WriteRequest<'_>) -> Vec<Deployment> {
    let mut ids = Identifiers::new("-", 63).lower();
    let mut all = Vec::new();
    for expressed in &request.windows {
        let record = &*expressed.window.window;
        let title = title(record);
        let with = |id: String, minutes: u32, times: Times| Deployment {
            id,
            description: clip_line(&title, 1_000),
            labels: labels(expressed.window, request),
            seconds: minutes * 60,
            times,
            budget: budget(&record.batch),
        };
        match &expressed.entries {
            Entries::Rules(rules) => {
                all.extend(
                    rules.iter().map(|rule| with(ids.next(&title), rule.minutes, Times::Rule(Box::new(rule.clone())))),
                );
            }
            Entries::Dates(dates) => all.extend(dates.iter().map(|date| {
                let id = ids.next(&format!("{} {}", clip_line(&title, 45), date.on()));
                with(id, date.minutes, Times::Once(IsoInstant(date.start_at())))
            })),
            Entries::Nothing => {}
        }
    }
    all
}

fn labels(window: &WindowSchedule, request: &WriteRequest<'_>) -> Vec<(&'static str, String)> {
    let scope = NamedScope::new(window, &request.schedule.plan);
    let groups = scope.groups.iter().map(|name| ("ring", label(name)));
    groups.chain(scope.systems.iter().map(|name| ("system", label(name)))).collect()
}

fn budget(batch: &Batch) -> Option<(&'static str, u32)> {
    let size = |size: &BatchSize| match size {
        BatchSize::Hosts(hosts) => ("fixed", (*hosts).clamp(1, i32::MAX as u32)),
        BatchSize::Share(percent) => ("percent", u32::from((*percent).clamp(1, 100))),
    };
    match batch {
        Batch::All => None,
        Batch::Hosts(hosts) => Some(size(&BatchSize::Hosts(*hosts))),
        Batch::Share(percent) => Some(size(&BatchSize::Share(*percent))),
        Batch::List(sizes) => sizes.first().map(size),
    }
}

/// The names of the fields of a recurring schedule, which Terraform spells in another way.
pub struct Spelling {
    pub blocks: fn(Node) -> Node,
    /// Zone, time of day, start, end, weekday of the month, day of the month, ordinal, weekday, offset.
    pub names: [&'static str; 9],
}

/// The fields of a recurring schedule.
pub fn recurring(rule: &NativeRule, spelling: &Spelling) -> Node {
    let [zone, time, start, end, of_month, month_day, ordinal, day_of_week, offset] = spelling.names;
    let block = |pairs: Vec<(&'static str, Node)>| (spelling.blocks)(Node::Map(pairs));
    let number = |number: i64| Node::Number(number);
    let cycle = match &rule.rhythm {
        Rhythm::Weekly { days, .. } => {
            let day = days.first().copied().unwrap_or(Weekday::Mon);
            ("weekly", block(vec![(day_of_week, text(long_name(day)))]))
        }
        Rhythm::Monthly { on: MonthDay::Day(day), .. } => {
            ("monthly", block(vec![(month_day, number(i64::from(*day)))]))
        }
        Rhythm::Monthly { on, offset: days, .. } => {
            let (n, day) = match on {
                MonthDay::Nth(n, day) => (i64::from(*n), *day),
                MonthDay::Last(day) => (-1, *day),
                MonthDay::Day(_) => (1, Weekday::Mon),
            };
            let mut fields = vec![(ordinal, number(n)), (day_of_week, text(long_name(day)))];
            if *days != 0 {
                fields.push((offset, number((*days).into())));
            }
            ("monthly", block(vec![(of_month, block(fields))]))
        }
    };
    block(vec![
        (start, text(IsoInstant(rule.from_at).to_string())),
        (end, text(IsoInstant(rule.until_at).to_string())),
        (zone, block(vec![("id", text(&rule.zone))])),
        (
            time,
            block(vec![("hours", number(rule.start.hour().into())), ("minutes", number(rule.start.minute().into()))]),
        ),
        cycle,
    ])
}

fn long_name(day: Weekday) -> &'static str {
    ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"][day.num_days_from_monday() as usize]
}
