//! The fields for the options of an import. Changing one reads the file again.

use egui::Ui;

use crate::import::{OptionSpec, OptionValue, Options, TitleRow, ValueKind};
use crate::model::{DayOrder, GroupId, Plan, ReleaseId, SystemId, WindowId};
use crate::session::ImportPreview;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::muted;
use crate::ui::parts::{fields, form, picker};
use crate::wording::{self, capitalised, list_of_choices};

/// What became of the options in this frame.
#[derive(Default)]
pub struct OptionsResponse {
    /// The options, if one was changed.
    pub changed: Option<Options>,
    /// The names of the options whose text cannot be understood.
    pub invalid: Vec<&'static str>,
}

/// Draws a field for each option of the kind, in two columns below a table, which itself shows the options about its
/// columns.
pub fn options_ui(ui: &mut Ui, cx: &Cx<'_>, preview: &ImportPreview, has_table: bool) -> OptionsResponse {
    let mut response = OptionsResponse::default();
    // The report has a row for each host.
    let is_drawn = |spec: &&OptionSpec| spec.value != ValueKind::Hosts && !(has_table && is_about_columns(spec.value));
    let (fallbacks, others): (Vec<&OptionSpec>, Vec<&OptionSpec>) =
        preview.kind.options.iter().filter(is_drawn).partition(|spec| spec.is_fallback);
    fields_ui(ui, cx, preview, &others, has_table, &mut response);
    if !fallbacks.is_empty() {
        let fields: Vec<String> = fallbacks.iter().map(|spec| spec.name.to_lowercase()).collect();
        let fields = list_of_choices(&fields);
        ui.label(muted(cx, format!("For rows that have no {fields}:")));
        ui.add_space(4.0);
        fields_ui(ui, cx, preview, &fallbacks, has_table, &mut response);
    }
    response
}

fn fields_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    preview: &ImportPreview,
    specs: &[&'static OptionSpec],
    has_table: bool,
    response: &mut OptionsResponse,
) {
    let mut row_ui = |ui: &mut Ui, spec: &'static OptionSpec| {
        let field = |ui: &mut Ui| field_ui(ui, cx, spec, preview.options.get(spec));
        let (value, is_invalid) = form::row(ui, cx, spec.name, field);
        if let Some(value) = value {
            let mut options = preview.options.clone();
            options.set(spec, value);
            response.changed = Some(options);
        }
        if is_invalid {
            response.invalid.push(spec.name);
        }
    };
    for specs in specs.chunks(if has_table { 2 } else { 1 }) {
        ui.columns(specs.len(), |columns| {
            for (ui, spec) in columns.iter_mut().zip(specs) {
                row_ui(ui, spec);
            }
        });
    }
    if !specs.is_empty() {
        ui.add_space(10.0);
    }
}

/// Whether a table shows the option at its columns.
fn is_about_columns(value: ValueKind) -> bool {
    matches!(value, ValueKind::Columns | ValueKind::TitleRow | ValueKind::DayOrder)
}

/// The field of one option, with its help as a tooltip. Returns a new value, or `Some(None)` if it was cleared, and whether
/// the field has text that cannot be understood.
fn field_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    spec: &OptionSpec,
    value: Option<&OptionValue>,
) -> (Option<Option<OptionValue>>, bool) {
    let otherwise = capitalised(spec.default_text);
    let field = |ui: &mut Ui| match (spec.value, value) {
        (ValueKind::Zone, value) => {
            let zone = match value {
                Some(OptionValue::Zone(zone)) => Some(zone.as_str()),
                _ => None,
            };
            picker::optional_zone(ui, spec.name, zone, &otherwise).map(|zone| zone.map(OptionValue::Zone))
        }
        (ValueKind::Groups, value) => {
            let groups = match value {
                Some(OptionValue::Groups(groups)) => groups.as_slice(),
                _ => &[],
            };
            groups_ui(ui, cx, spec, &otherwise, groups)
        }
        (ValueKind::Window, value) => {
            let current = match value {
                Some(OptionValue::Window(window)) => Some(window),
                _ => None,
            };
            let windows = cx.plan().windows();
            let name_of = |id: &WindowId| windows.name_of(id);
            let chosen = picker::optional_id(ui, spec.name, current, &otherwise, &|| windows.names(), name_of);
            chosen.map(|window| window.map(OptionValue::Window))
        }
        (ValueKind::Release, value) => {
            let current = match value {
                Some(OptionValue::Release(release)) => Some(release),
                _ => None,
            };
            let releases = || cx.plan().releases().names();
            let name_of = |id: &ReleaseId| cx.plan().release_name(id);
            let chosen = picker::optional_id(ui, spec.name, current, &otherwise, &releases, name_of);
            chosen.map(|release| release.map(OptionValue::Release))
        }
        (ValueKind::Date, value) => {
            let current = match value {
                Some(OptionValue::Date(on)) => Some(*on),
                _ => None,
            };
            let chosen = fields::optional_date_or(ui, cx, spec.name, current, &otherwise);
            chosen.map(|on| on.map(OptionValue::Date))
        }
        (ValueKind::DayOrder, value) => {
            let current = match value {
                Some(OptionValue::DayOrder(order)) => Some(*order),
                _ => None,
            };
            let both = DayOrder::ALL.map(|order| (Some(order), format!("The {order}")));
            let choices: Vec<_> = std::iter::once((None, otherwise.clone())).chain(both).collect();
            let chosen = fields::choice(ui, spec.name, &choices, current);
            chosen.map(|order| order.map(OptionValue::DayOrder))
        }
        (ValueKind::Switch, value) => {
            let mut is_on = value.is_some();
            let response = ui.checkbox(&mut is_on, "");
            ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(spec.name));
            response.changed().then(|| is_on.then_some(OptionValue::On))
        }
        (
            ValueKind::Time
            | ValueKind::Length
            | ValueKind::Words
            | ValueKind::Columns
            | ValueKind::TitleRow
            | ValueKind::Hosts
            | ValueKind::Circuits
            | ValueKind::Aliases,
            value,
        ) => {
            let current = value.map(|value| shown(cx.plan(), value)).unwrap_or_default();
            let parse = |text: &str| match text.trim() {
                "" => Ok(None),
                text => spec.value.parse(text, cx.plan()).map(Some),
            };
            fields::parsed(ui, spec.name, &current, &otherwise, parse)
        }
    };
    let scope = ui.scope(|ui| {
        let value = field(ui);
        (value, fields::is_invalid(ui, spec.name))
    });
    scope.response.on_hover_text(spec.help);
    scope.inner
}

fn groups_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    spec: &OptionSpec,
    otherwise: &str,
    groups: &[GroupId],
) -> Option<Option<OptionValue>> {
    let all = || cx.plan().ladders().iter().flat_map(|ladder| &ladder.groups);
    let choices = || -> Vec<(GroupId, String)> { all().map(|group| (group.id.clone(), group.name.clone())).collect() };
    let name_of =
        |id: &GroupId| all().find(|group| group.id == *id).map_or_else(|| id.to_string(), |group| group.name.clone());
    let chosen = picker::ids(ui, spec.name, groups, otherwise, &choices, name_of)?;
    Some((!chosen.is_empty()).then_some(OptionValue::Groups(chosen)))
}

/// "22:00", "4 h", "Bavaria, Hesse", "start=Beginn; end=Ende"
fn shown(plan: &Plan, value: &OptionValue) -> String {
    match value {
        OptionValue::Time(time) => wording::time(*time),
        OptionValue::Length(length) => length.to_string(),
        OptionValue::Columns(columns) => {
            columns.iter().map(|(field, title)| format!("{field}={title}")).collect::<Vec<_>>().join("; ")
        }
        OptionValue::TitleRow(TitleRow::Line(line)) => line.to_string(),
        OptionValue::TitleRow(TitleRow::Missing) => "none".to_owned(),
        OptionValue::Aliases(aliases) => {
            let aliases = aliases.iter().map(|(alias, known)| format!("{alias}={known}"));
            aliases.collect::<Vec<_>>().join(", ")
        }
        OptionValue::Hosts(hosts) => {
            let hosts = hosts.iter().map(|(host, system)| format!("{host}={}", system_in_list(plan, system)));
            hosts.collect::<Vec<_>>().join(", ")
        }
        OptionValue::Words(words) => words.join(", "),
        OptionValue::Window(_)
        | OptionValue::Release(_)
        | OptionValue::Date(_)
        | OptionValue::Zone(_)
        | OptionValue::Groups(_)
        | OptionValue::DayOrder(_)
        | OptionValue::On => String::new(),
    }
}

/// The name of a system in a list that is read again; its id if the name would be read as something else.
fn system_in_list(plan: &Plan, id: &SystemId) -> String {
    let name = plan.systems().name_of(id);
    let is_only_one = plan.systems().iter().filter(|system| system.name.eq_ignore_ascii_case(&name)).count() == 1;
    if is_only_one && !name.contains([',', '=']) { name } else { id.to_string() }
}
