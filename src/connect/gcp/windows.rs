//! Reads patch deployments. A field that is missing in a time of day is 0: midnight is an empty object.

use chrono::{DateTime, NaiveTime, Utc, Weekday};
use serde::Deserialize;
use serde_json::Value;

use super::WINDOWS;
use crate::connect::documents::{json, terraform};
use crate::connect::windows::{Leaving, WindowDraft, Windows, first_day, last_day, minutes_of_seconds};
use crate::import::{Confidence, DURATION, Head, ImportError, Imported, Input, checked, iana_name};
use crate::model::{Minutes, MonthDay, Rule, UtcMinute};
use crate::schedule::Zone;
use crate::wording::WEEK;

const UID: &str = "gcp:";

/// The length of deployments that do not say it and for which no option does.
const USUAL: Minutes = Minutes::hours(4);

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Deployment {
    name: String,
    description: String,
    duration: String,
    state: String,
    recurring_schedule: Option<Recurring>,
    one_time_schedule: Option<OneTime>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct OneTime {
    execute_time: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Recurring {
    time_zone: NamedZone,
    time_of_day: TimeOfDay,
    start_time: String,
    end_time: String,
    /// Terraform files do not have it.
    frequency: String,
    weekly: Option<Weekly>,
    monthly: Option<Monthly>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct NamedZone {
    id: String,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TimeOfDay {
    hours: u32,
    minutes: u32,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Weekly {
    day_of_week: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Monthly {
    week_day_of_month: Option<WeekDay>,
    month_day: Option<i8>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct WeekDay {
    week_ordinal: i8,
    day_of_week: String,
    day_offset: i32,
}

/// The resource of a Terraform file.
const RESOURCE: &str = "google_os_config_patch_deployment";

pub(super) fn sniff(head: &Head) -> Confidence {
    if terraform::has_resource(head, RESOURCE) {
        return Confidence::Certain;
    }
    let text = head.text();
    let is_schedule = ["recurringSchedule", "oneTimeSchedule"].iter().any(|key| json::has_keys(text, &[key]));
    let is_deployment = text.contains("patchDeployments") || json::has_keys(text, &["instanceFilter"]);
    if json::begins_json(text) && is_schedule && is_deployment { Confidence::Certain } else { Confidence::No }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    if terraform::has_resource(input.source.head()?, RESOURCE) {
        return read_terraform(input);
    }
    let document: Value = json::read(input, WINDOWS.name)?;
    let mut windows = Windows::new(WINDOWS.id, input);
    let list = match document {
        Value::Array(list) => list,
        mut one => match one.get_mut("patchDeployments").map(Value::take) {
            Some(Value::Array(list)) => list,
            _ => vec![one],
        },
    };
    for value in list {
        let name = value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned();
        let read = deployment(value);
        let draft = read.and_then(|deployment| draft(&deployment, &mut windows, input));
        windows.add(&format!("{UID}{name}"), short_name(&name), draft)?;
    }
    Ok(windows.finish(UID))
}

/// Reads the resources of a Terraform file
/// (<https://registry.terraform.io/providers/hashicorp/google/latest/docs/resources/os_config_patch_deployment>).
fn read_terraform(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut windows = Windows::new(WINDOWS.id, input);
    let text = input.text()?;
    terraform::other_windows(&text, RESOURCE).for_each(|message| windows.warn(message));
    for resource in terraform::resources(checked(&text)?, RESOURCE, WINDOWS.name)? {
        let mut body = terraform::in_camel_case(resource.body);
        let name = body.get("patchDeploymentId").and_then(Value::as_str).unwrap_or(&resource.label).to_owned();
        body["name"] = Value::from(name.clone());
        let is_schedule =
            |path: &str| path.starts_with("recurring_schedule.") || path.starts_with("one_time_schedule.");
        let is_known = |path: &str| matches!(path, "for_each" | "count" | "duration") || is_schedule(path);
        let draft = match resource.references.iter().find(|(path, _)| is_known(path)) {
            Some((path, written)) => {
                Err(Leaving { reason: "with a value that only Terraform knows", detail: format!("{path} = {written}") })
            }
            None => deployment(body).and_then(|deployment| draft(&deployment, &mut windows, input)),
        };
        windows.add(&format!("{UID}{name}"), &name, draft)?;
    }
    Ok(windows.finish(UID))
}

fn deployment(value: Value) -> Result<Deployment, Leaving> {
    serde_json::from_value(value).map_err(|error| Leaving { reason: "that cannot be read", detail: error.to_string() })
}

/// The last part of "projects/1/patchDeployments/pilot".
fn short_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

fn draft(deployment: &Deployment, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<WindowDraft, Leaving> {
    let left_out = |reason: &'static str, detail: String| Leaving { reason, detail };
    if deployment.state == "PAUSED" {
        return Err(left_out("paused", String::new()));
    }
    let name = short_name(&deployment.name);
    let duration = length(deployment, windows, input)?;
    let mut draft = WindowDraft {
        name: name.to_owned(),
        rule: Rule::Dates(Vec::new()),
        start: NaiveTime::MIN,
        duration,
        zone: input.plan().zone().to_owned(),
        first: None,
        counts_days: None,
        last: None,
        cutoff: None,
        notes: deployment.description.clone(),
    };
    if let Some(once) = &deployment.one_time_schedule {
        let at = instant(&once.execute_time)
            .ok_or_else(|| left_out("with an invalid time", format!("\"{}\"", once.execute_time)))?;
        let local = Zone::for_plan(input.plan()).local(at);
        (draft.rule, draft.start) = (Rule::once(local.date()), local.time());
        return Ok(draft);
    }
    let recurring = deployment.recurring_schedule.as_ref();
    let recurring = recurring.ok_or_else(|| left_out("without a schedule", String::new()))?;
    let zone = match recurring.time_zone.id.trim() {
        "" => {
            windows.assume("Deployments without a time zone are in UTC");
            "UTC".to_owned()
        }
        id => iana_name(id).ok_or_else(|| left_out("with an unknown time zone", format!("\"{id}\"")))?,
    };
    draft.zone = zone;
    let TimeOfDay { hours, minutes } = recurring.time_of_day;
    let start = NaiveTime::from_hms_opt(hours, minutes, 0);
    draft.start = start.ok_or_else(|| left_out("with an invalid time", format!("{hours}:{minutes}")))?;
    draft.rule = rule(recurring).map_err(|detail| left_out("with a recurrence that a plan cannot have", detail))?;
    let zone = Zone::named(&draft.zone).unwrap_or_else(Zone::utc);
    let bound = |reason: &'static str, text: &str| match text.trim() {
        "" => Ok(None),
        text => instant(text).map(|at| Some(zone.local(at))).ok_or_else(|| left_out(reason, format!("\"{text}\""))),
    };
    draft.first = bound("with an invalid start", &recurring.start_time)?.map(|begin| first_day(begin, draft.start));
    draft.last = bound("with an invalid end", &recurring.end_time)?.map(|end| last_day(end, draft.start));
    Ok(draft)
}

/// "14400s". Deployments may leave it out.
fn length(deployment: &Deployment, windows: &mut Windows<'_>, input: &Input<'_>) -> Result<Minutes, Leaving> {
    let text = deployment.duration.trim();
    if text.is_empty() {
        let usual = input.options.length(&DURATION).unwrap_or(USUAL);
        let name = short_name(&deployment.name);
        windows.warn(format!(
            "\"{name}\" has no length in Google Cloud, and may run until it is done: {usual} is planned"
        ));
        return Ok(usual);
    }
    let seconds = text.strip_suffix('s').and_then(|number| number.parse::<f64>().ok());
    let seconds = seconds.filter(|seconds| (0.0..=31_622_400.0).contains(seconds)).map(|seconds| seconds.ceil() as u64);
    let read = seconds.and_then(minutes_of_seconds);
    let wrong = || Leaving { reason: "with an invalid length", detail: format!("\"{text}\"") };
    let (minutes, is_rounded) = read.ok_or_else(wrong)?;
    if is_rounded {
        windows.warn(format!("\"{}\": {text} becomes {minutes}", short_name(&deployment.name)));
    }
    Ok(minutes)
}

fn rule(recurring: &Recurring) -> Result<Rule, String> {
    if let Some(weekly) = &recurring.weekly {
        return Ok(Rule::Weekly { days: vec![weekday(&weekly.day_of_week)?], every: 1 });
    }
    let Some(monthly) = &recurring.monthly else {
        if !matches!(recurring.frequency.as_str(), "" | "DAILY") {
            return Err(format!("{} without the days", recurring.frequency));
        }
        return Ok(Rule::Weekly { days: WEEK.to_vec(), every: 1 });
    };
    match (&monthly.week_day_of_month, monthly.month_day) {
        (Some(WeekDay { week_ordinal, day_of_week, day_offset }), _) => {
            let day = weekday(day_of_week)?;
            let on = match week_ordinal {
                -1 => MonthDay::Last(day),
                nth @ 1..=4 => MonthDay::Nth(*nth as u8, day),
                nth => return Err(format!("weekOrdinal {nth}: expected 1 to 4, or -1")),
            };
            if !(-30..=30).contains(day_offset) {
                return Err(format!("dayOffset {day_offset}: expected -30 to 30"));
            }
            Ok(Rule::Monthly { on, every: 1, offset_days: *day_offset })
        }
        (None, Some(-1)) => Ok(Rule::Foreign("FREQ=MONTHLY;BYMONTHDAY=-1".to_owned())),
        (None, Some(day @ 1..=31)) => Ok(Rule::Monthly { on: MonthDay::Day(day as u8), every: 1, offset_days: 0 }),
        (None, day) => Err(format!("monthDay {}: expected 1 to 31, or -1", day.unwrap_or_default())),
    }
}

fn weekday(name: &str) -> Result<Weekday, String> {
    name.parse().map_err(|_| format!("invalid day of the week \"{name}\""))
}

fn instant(text: &str) -> Option<UtcMinute> {
    DateTime::parse_from_rfc3339(text.trim()).ok().map(|at| UtcMinute::from_utc(at.with_timezone(&Utc)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_rule(json: &str) -> Result<Rule, String> {
        rule(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn recurrences_become_rules() {
        let monthly = |on, offset_days| Ok(Rule::Monthly { on, every: 1, offset_days });
        for (json, expected) in [
            (
                r#"{"monthly": {"weekDayOfMonth": {"weekOrdinal": 2, "dayOfWeek": "TUESDAY", "dayOffset": 11}}}"#,
                monthly(MonthDay::Nth(2, Weekday::Tue), 11),
            ),
            (
                r#"{"monthly": {"weekDayOfMonth": {"weekOrdinal": -1, "dayOfWeek": "SUNDAY"}}}"#,
                monthly(MonthDay::Last(Weekday::Sun), 0),
            ),
            (r#"{"monthly": {"monthDay": 31}}"#, monthly(MonthDay::Day(31), 0)),
            (r#"{"monthly": {"monthDay": -1}}"#, Ok(Rule::Foreign("FREQ=MONTHLY;BYMONTHDAY=-1".to_owned()))),
            (r#"{"weekly": {"dayOfWeek": "SUNDAY"}}"#, Ok(Rule::Weekly { days: vec![Weekday::Sun], every: 1 })),
        ] {
            assert_eq!(read_rule(json), expected, "{json}");
        }
        for json in ["{}", r#"{"frequency": "DAILY"}"#] {
            assert!(matches!(read_rule(json), Ok(Rule::Weekly { days, every: 1 }) if days.len() == 7));
        }
        for json in [
            r#"{"monthly": {"monthDay": 32}}"#,
            r#"{"monthly": {}}"#,
            r#"{"frequency": "MONTHLY"}"#,
            r#"{"frequency": "HOURLY"}"#,
            r#"{"weekly": {}}"#,
            r#"{"monthly": {"weekDayOfMonth": {"weekOrdinal": 5, "dayOfWeek": "TUESDAY"}}}"#,
            r#"{"monthly": {"weekDayOfMonth": {"weekOrdinal": 2, "dayOfWeek": "TUESDAY", "dayOffset": 99}}}"#,
        ] {
            assert!(read_rule(json).is_err(), "{json}");
        }
    }

    #[test]
    fn lengths_are_read_in_seconds() {
        assert_eq!(minutes_of_seconds(14_400), Some((Minutes::hours(4), false)));
        assert_eq!(minutes_of_seconds(10), Some((Minutes(1), true)));
        assert_eq!(minutes_of_seconds(0), None);
    }
}
