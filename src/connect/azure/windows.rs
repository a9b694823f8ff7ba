//! Reads maintenance configurations in the three spellings of JSON: that of the REST API, the flattened one of the command
//! line and the SDK, and that of PowerShell.

use chrono::NaiveDateTime;
use serde_json::{Map, Value};

use super::WINDOWS;
use super::recur_every::{first_counted, rule};
use crate::connect::documents::{json, terraform};
use crate::connect::windows::{Leaving, WindowDraft, Windows, last_day};
use crate::import::{Confidence, Head, ImportError, Imported, Input, checked, iana_name};
use crate::model::{LocalMinute, Minutes, Rule};
use crate::wording::iso;
use crate::wording::typed::is_in_range;

const UID: &str = "azure:";

/// The length that updates of guests must have (<https://registry.terraform.io/providers/hashicorp/azurerm>).
const GUEST_LENGTHS: std::ops::RangeInclusive<u32> = 90..=235;

/// The field of a configuration that says when it takes place, and what it needs.
const WINDOW: &str = "maintenanceWindow";
const FIELDS: [&str; 5] = ["startDateTime", "expirationDateTime", "duration", "timeZone", "recurEvery"];

/// The type of a configuration in an ARM template, and in the answers of Azure.
const TYPE: &str = "Microsoft.Maintenance/maintenanceConfigurations";

const ONLY_AZURE_KNOWS: &str = "with a value that only Azure knows";

/// The resource of a Terraform file.
const RESOURCE: &str = "azurerm_maintenance_configuration";

pub(super) fn sniff(head: &Head) -> Confidence {
    if terraform::has_resource(head, RESOURCE) {
        return Confidence::Certain;
    }
    let lower = head.text().to_lowercase();
    let is_window = lower.contains("\"startdatetime\"") && lower.contains("\"timezone\"");
    let is_azure = lower.contains("microsoft.maintenance") || lower.contains("\"maintenancescope\"");
    // One of a scope that Azure plans itself may have no window.
    let is_configuration =
        lower.contains("\"maintenancescope\"") && (lower.contains("maintenanceconfigurations/") || names_type(&lower));
    let is_it = is_window && is_azure || is_configuration;
    if json::begins_json(head.text()) && is_it { Confidence::Certain } else { Confidence::No }
}

/// Whether it says which machines have a configuration.
pub(super) fn are_assignments(head: &Head) -> bool {
    let lower = head.text().to_lowercase();
    json::begins_json(&lower)
        && lower.contains("microsoft.maintenance/configurationassignments")
        && !lower.contains("\"startdatetime\"")
        && !names_type(&lower)
}

/// Whether it says which updates of Azure itself a machine waits for, or has got.
pub(super) fn are_updates(head: &Head) -> bool {
    let lower = head.text().to_lowercase();
    let is_pending = json::has_keys(&lower, &["impactdurationinsec"]);
    json::begins_json(&lower) && (is_pending || lower.contains("microsoft.maintenance/applyupdates"))
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    if terraform::has_resource(input.source.head()?, RESOURCE) {
        return read_terraform(input);
    }
    let document: Value = json::read(input, WINDOWS.name)?;
    let mut windows = Windows::new(WINDOWS.id, input);
    if document.get("nextLink").is_some_and(|link| !link.is_null()) {
        windows.warn("The file is only a part of the list (it has a nextLink): fetch the whole list".to_owned());
    }
    if let Some(resources) = field(&document, "resources") {
        add_resources(resources, false, &mut windows)?;
        return Ok(windows.finish(UID));
    }
    let list = match (&document, document.get("value")) {
        (Value::Array(list), _) | (_, Some(Value::Array(list))) => list.as_slice(),
        (one, _) => std::slice::from_ref(one),
    };
    for configuration in list {
        add(configuration, false, &mut windows)?;
    }
    Ok(windows.finish(UID))
}

/// Adds the configurations among the resources of an ARM template, those of nested deployments, too. Newer templates name
/// resources, older ones list them
/// (<https://learn.microsoft.com/azure/azure-resource-manager/templates/resource-declaration>).
///
/// `is_copied`: whether what contains them is made several times.
fn add_resources(resources: &Value, is_copied: bool, windows: &mut Windows<'_>) -> Result<(), ImportError> {
    let listed = resources.as_array().into_iter().flatten();
    for resource in listed.chain(resources.as_object().into_iter().flat_map(Map::values)) {
        let is_copied = is_copied || field(resource, "copy").is_some();
        if text(resource, "type").eq_ignore_ascii_case(TYPE) {
            add(resource, is_copied, windows)?;
        }
        let template = field(resource, "properties").and_then(|properties| field(properties, "template"));
        for within in [Some(resource), template].into_iter().flatten() {
            if let Some(resources) = field(within, "resources") {
                add_resources(resources, is_copied, windows)?;
            }
        }
    }
    Ok(())
}

fn add(configuration: &Value, is_copied: bool, windows: &mut Windows<'_>) -> Result<(), ImportError> {
    let name = text(configuration, "name");
    let id = Some(text(configuration, "id")).filter(|id| !id.is_empty());
    let several = || Leaving { reason: ONLY_AZURE_KNOWS, detail: "copy makes several of it".to_owned() };
    let draft = if is_copied { Err(several()) } else { draft(configuration, &name, windows) };
    windows.add(&uid(id.as_deref().unwrap_or(&name)), &name, draft)
}

/// Reads the resources of a Terraform file
/// (<https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/resources/maintenance_configuration>).
fn read_terraform(input: &Input<'_>) -> Result<Imported, ImportError> {
    let mut windows = Windows::new(WINDOWS.id, input);
    let source = input.text()?;
    terraform::other_windows(&source, RESOURCE).for_each(|message| windows.warn(message));
    for resource in terraform::resources(checked(&source)?, RESOURCE, WINDOWS.name)? {
        let configuration = serde_json::json!({
            "maintenanceScope": text(&resource.body, "scope"),
            WINDOW: terraform::in_camel_case(resource.body.get("window").cloned().unwrap_or_default()),
        });
        let name = Some(text(&resource.body, "name")).filter(|name| !name.is_empty()).unwrap_or(resource.label);
        let is_known = |path: &str| path == "for_each" || path == "count" || path.starts_with("window.");
        let draft = match resource.references.iter().find(|(path, _)| is_known(path)) {
            Some((path, written)) => {
                Err(Leaving { reason: "with a value that only Terraform knows", detail: format!("{path} = {written}") })
            }
            None => draft(&configuration, &name, &mut windows),
        };
        windows.add(&uid(&name), &name, draft)?;
    }
    Ok(windows.finish(UID))
}

/// Whether a text in lower case has the type of configurations as a whole text, not as a part of an id.
fn names_type(lower: &str) -> bool {
    lower.contains(&format!("\"{}\"", TYPE.to_lowercase()))
}

/// Ids of resources are not case-sensitive.
fn uid(id: &str) -> String {
    format!("{UID}{}", id.to_lowercase())
}

/// The value of a field, whatever the case of its name.
fn field<'a>(object: &'a Value, name: &str) -> Option<&'a Value> {
    object.as_object()?.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

fn text(object: &Value, name: &str) -> String {
    field(object, name).and_then(Value::as_str).unwrap_or_default().trim().to_owned()
}

fn draft(configuration: &Value, name: &str, windows: &mut Windows<'_>) -> Result<WindowDraft, Leaving> {
    let left_out = |reason: &'static str, detail: String| Leaving { reason, detail };
    let properties = field(configuration, "properties").unwrap_or(configuration);
    let window = field(properties, WINDOW).unwrap_or(properties);
    // An expression of an ARM template (<https://learn.microsoft.com/azure/azure-resource-manager/templates/template-expressions>).
    let whole = [(WINDOW, text(properties, WINDOW))].into_iter();
    let mut expressions = whole.chain(FIELDS.map(|field| (field, text(window, field))));
    let expression = expressions.find(|(_, text)| text.starts_with('['));
    if let Some((field, written)) = expression {
        return Err(left_out(ONLY_AZURE_KNOWS, format!("{field} is {written}")));
    }
    match field(configuration, "condition") {
        Some(Value::Bool(false)) => return Err(left_out("disabled", "its condition is false".to_owned())),
        Some(Value::String(_)) => windows.assume("Resources with a condition are read as if it held"),
        _ => {}
    }
    let start_text = text(window, "startDateTime");
    if start_text.is_empty() {
        return Err(left_out("without a window", "it has no startDateTime".to_owned()));
    }
    let start = date_time(&start_text).ok_or_else(|| {
        left_out("with an invalid start", format!("expected YYYY-MM-DD hh:mm, found \"{start_text}\""))
    })?;
    let zone_text = Some(text(window, "timeZone")).filter(|zone| !zone.is_empty()).unwrap_or_else(|| {
        windows.assume("Windows without a time zone are in UTC");
        "UTC".to_owned()
    });
    let zone =
        iana_name(&zone_text).ok_or_else(|| left_out("with an unknown time zone", format!("\"{zone_text}\"")))?;
    if zone != zone_text {
        windows.assume("Windows names of time zones stand for the main city of the zone in the IANA database");
    }
    let duration = field(window, "duration").and_then(length);
    let duration = duration.ok_or_else(|| {
        left_out("with an invalid length", format!("expected hh:mm, found \"{}\"", text(window, "duration")))
    })?;
    let scope = [text(properties, "maintenanceScope"), text(configuration, "maintenanceScope")].concat();
    if scope.eq_ignore_ascii_case("InGuestPatch") && !GUEST_LENGTHS.contains(&duration.0) {
        windows.warn(format!(
            "\"{name}\": Azure documents 1 h 30 min to 3 h 55 min for updates of guests, the file says {duration}"
        ));
    }
    let rule = match text(window, "recurEvery").as_str() {
        "" => Rule::once(start.date()),
        every => {
            rule(every, start.date()).map_err(|detail| left_out("with a recurrence that a plan cannot have", detail))?
        }
    };
    let is_once = matches!(rule, Rule::Dates(_));
    let end_text = text(window, "expirationDateTime");
    let end = Some(end_text.as_str()).filter(|text| !text.is_empty()).map(|text| {
        let wrong = || left_out("with an invalid end", format!("expected YYYY-MM-DD hh:mm, found \"{text}\""));
        date_time(text).ok_or_else(wrong)
    });
    let end = end.transpose()?.map(|end| last_day(LocalMinute::from_naive(end), start.time()));
    let first = first_counted(&rule, start.date());
    if first != start.date() {
        windows.assume("Recurrences of several months count from the month of the start");
    }
    Ok(WindowDraft {
        name: name.to_owned(),
        rule,
        start: start.time(),
        duration,
        zone,
        first: Some(first).filter(|_| !is_once),
        counts_days: None,
        // Configurations without an end have one in the year 9999.
        last: end.filter(|on| !is_once && is_in_range(*on)),
        cutoff: None,
        notes: String::new(),
    })
}

/// "2027-01-16 22:00", with or without seconds.
fn date_time(text: &str) -> Option<NaiveDateTime> {
    text.split_once(' ').and_then(|(date, time)| iso::read_local(&format!("{date}T{time}")))
}

/// "03:55", or PowerShell's object with Hours and Minutes.
fn length(value: &Value) -> Option<Minutes> {
    let minutes = match value {
        Value::String(text) => {
            let mut parts = text.trim().splitn(3, ':');
            let (hours, minutes) = (parts.next()?.parse::<u32>().ok()?, parts.next()?.parse::<u32>().ok()?);
            let is_valid = minutes < 60 && hours <= 24 && parts.next().is_none_or(|seconds| seconds == "00");
            is_valid.then_some(hours * 60 + minutes)
        }
        object => {
            let part =
                |name: &str| field(object, name).and_then(Value::as_u64).and_then(|part| u32::try_from(part).ok());
            Some(part("Hours")?.checked_mul(60)?.checked_add(part("Minutes")?)?)
        }
    };
    minutes.filter(|minutes| (1..=24 * 60).contains(minutes)).map(Minutes)
}
