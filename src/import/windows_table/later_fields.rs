//! What rows at known times say about a window besides its times: its names, kind, groups, systems and ticket. What a
//! person changed since the last import stays.

use crate::import::reconcile::{Difference, FieldValue, Fields, Incoming, Speaks, fingerprints, merge};
use crate::model::{GroupId, ImportSource, MaintenanceWindow, SystemId, WindowKind};

use super::date_row::WindowSettings;

/// A window with what a table changes in it.
pub(super) struct LaterWindow {
    pub window: MaintenanceWindow,
    /// Whether it changes at all.
    pub is_changed: bool,
    /// Fields that the table does not change, because a person changed them since, or because no table gave them.
    pub kept: Vec<Difference>,
}

/// The fields of a window that rows say otherwise. A field that a row does not have stays as it is.
pub(super) fn unlike_fields(window: &MaintenanceWindow, row: &WindowSettings) -> Vec<&'static str> {
    let fields = [
        ("name", row.name.to_lowercase() != window.name.to_lowercase() && !row.ticket.is_empty()),
        ("short name", !row.short_name.is_empty() && row.short_name != window.short_name),
        ("kind", row.kind.is_some_and(|kind| kind != window.kind)),
        ("groups", !row.groups.is_empty() && row.groups != window.groups),
        ("systems", !row.systems.is_empty() && row.systems != window.systems),
        ("ticket", !row.ticket.is_empty() && row.ticket != window.change_ticket),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

/// Compares a window with what rows say about it.
pub(super) fn later_window(window: &MaintenanceWindow, row: &WindowSettings) -> LaterWindow {
    let wanted = with_settings(window, row, &unlike_fields(window, row));
    let unlike = unlike_fields(window, row).into_iter().map(str::to_owned).collect();
    let source = window.imported.as_deref().filter(|source| source.events.is_empty()).cloned().unwrap_or_default();
    let incoming = Incoming { events: Vec::new(), fields: fields(&wanted), speaks: Speaks::Only(unlike) };
    let merged = merge(&source, &fields(window), &incoming);
    let changed: Vec<&str> = merged.changed.iter().map(|difference| difference.field.as_str()).collect();
    let mut later = with_settings(window, row, &changed);
    if !changed.is_empty() {
        later.imported = Some(Box::new(merged.source));
    }
    LaterWindow { window: later, is_changed: !changed.is_empty(), kept: merged.kept }
}

/// What a window remembers that a table gave.
pub(super) fn source(window: &MaintenanceWindow, file_name: &str) -> ImportSource {
    ImportSource { source: file_name.to_owned(), events: Vec::new(), fields: fingerprints(&fields(window)) }
}

/// Whether a table of that file gave the window.
pub(super) fn is_from(window: &MaintenanceWindow, file_name: &str) -> bool {
    window.imported.as_deref().is_some_and(|source| source.events.is_empty() && source.source == file_name)
}

fn fields(window: &MaintenanceWindow) -> Fields {
    let joined = |ids: Vec<&str>| ids.join(", ");
    let groups = joined(window.groups.iter().map(GroupId::as_str).collect());
    let systems = joined(window.systems.iter().map(SystemId::as_str).collect());
    let all = [
        ("name", FieldValue::new(&window.name, &*window.name)),
        ("short name", FieldValue::new(&window.short_name, &*window.short_name)),
        ("kind", FieldValue::new(&window.kind, window.kind.name())),
        ("groups", FieldValue::new(&window.groups, groups)),
        ("systems", FieldValue::new(&window.systems, systems)),
        ("ticket", FieldValue::new(&window.change_ticket, &*window.change_ticket)),
    ];
    let filled = all.into_iter().filter(|(_, value)| !value.words.is_empty());
    filled.map(|(name, value)| (name.to_owned(), value)).collect()
}

fn with_settings(window: &MaintenanceWindow, row: &WindowSettings, names: &[&str]) -> MaintenanceWindow {
    let mut window = window.clone();
    for name in names {
        match *name {
            "name" => window.name.clone_from(&row.name),
            "short name" => window.short_name.clone_from(&row.short_name),
            "kind" => window.kind = row.kind.unwrap_or(WindowKind::Standard),
            "groups" => window.groups.clone_from(&row.groups),
            "systems" => window.systems.clone_from(&row.systems),
            _ => window.change_ticket.clone_from(&row.ticket),
        }
    }
    window
}
