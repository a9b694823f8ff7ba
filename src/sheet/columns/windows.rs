//! The columns of windows.

use crate::cells::choices;
use crate::model::{MaintenanceWindow, Plan, Watch, WindowKind, day_number};
use crate::schedule::time::phrases;
use crate::sheet::column::Column;
use crate::sheet::groups::{group_name, group_names, read_groups};
use crate::wording::{self, clocks};

use super::{id_column, name_column, text_column};

pub const COLUMNS: &[Column<MaintenanceWindow>] = &[
    name_column!(MaintenanceWindow),
    Column::new("Type", |_, window: &MaintenanceWindow| window.kind.name().to_owned())
        .field(|_, window, text| {
            window.kind = choices::choice(text, &WindowKind::ALL, WindowKind::name)?;
            Ok(())
        })
        .choices(|_| choices::names(&WindowKind::ALL, WindowKind::name)),
    Column::new("Rule", |plan, window: &MaintenanceWindow| plan.rule_in_words(window)).usual().field(set_rule),
    Column::new("Start", |_, window: &MaintenanceWindow| wording::time(window.start)).usual().field(
        |_, window, text| {
            window.start = clocks::read_typed(text)?;
            Ok(())
        },
    ),
    Column::new("Length", |_, window: &MaintenanceWindow| window.duration.to_string())
        .usual()
        .number(|_, window| window.duration.0.into())
        .field(|_, window, text| {
            window.duration = choices::length(text)?;
            Ok(())
        }),
    Column::new("Groups", groups).usual().field(set_groups).choices(group_names),
    Column::new("Systems", |plan, window: &MaintenanceWindow| choices::joined_names(plan.systems(), &window.systems))
        .field(|plan, window, text| {
            window.systems = choices::sorted_records(plan.systems(), text)?;
            Ok(())
        }),
    text_column!(MaintenanceWindow, "Short name", short_name),
    text_column!(MaintenanceWindow, "Change ticket", change_ticket).usual(),
    Column::new("Zone", |_, window: &MaintenanceWindow| window.zone.clone().unwrap_or_default()).field(
        |plan, window, text| {
            window.zone = choices::optional(text, |text| choices::zone_name(plan, text))?;
            Ok(())
        },
    ),
    Column::new("First date", |_, window: &MaintenanceWindow| window.first.map_or_else(String::new, wording::date))
        .sorted_by(|_, window| window.first.map_or(0, |on| day_number(on).into()))
        .field(|_, window, text| {
            window.first = choices::optional(text, choices::date)?;
            Ok(())
        }),
    Column::new("Last date", |_, window: &MaintenanceWindow| window.last.map_or_else(String::new, wording::date))
        .sorted_by(|_, window| window.last.map_or(0, |on| day_number(on).into()))
        .field(|_, window, text| {
            window.last = choices::optional(text, choices::date)?;
            Ok(())
        }),
    Column::new("Watch", |_, window: &MaintenanceWindow| {
        window.watch.as_ref().map_or_else(String::new, |watch| watch.length.to_string())
    })
    .sorted_by(|_, window| window.watch.as_ref().map_or(0, |watch| watch.length.0.into()))
    .field(|_, window, text| {
        let length = choices::optional(text, Watch::read_length)?;
        let baseline = window.watch.take().map(|watch| watch.baseline).unwrap_or_default();
        window.watch = length.map(|length| Watch { length, baseline });
        Ok(())
    }),
    text_column!(MaintenanceWindow, "Impact", impact),
    text_column!(MaintenanceWindow, "Dependencies", dependencies),
    text_column!(MaintenanceWindow, "Communication", communication),
    text_column!(MaintenanceWindow, "Notes", notes),
    id_column!(MaintenanceWindow),
];

fn set_rule(plan: &Plan, window: &mut MaintenanceWindow, text: &str) -> Result<(), String> {
    let rule = phrases::rule(text, plan.releases());
    window.rule = rule.ok_or_else(|| {
        format!(
            "Invalid rule \"{}\": use e.g. \"last Friday\", \"second Tuesday + 11 days\" or \"every second Sunday\"",
            text.trim()
        )
    })?;
    Ok(())
}

fn groups(plan: &Plan, window: &MaintenanceWindow) -> String {
    let name = |id| plan.group(id).map_or_else(|| id.to_string(), |(ladder, group)| group_name(plan, (ladder, group)));
    window.groups.iter().map(name).collect::<Vec<_>>().join(", ")
}

fn set_groups(plan: &Plan, window: &mut MaintenanceWindow, text: &str) -> Result<(), String> {
    window.groups = read_groups(plan, text)?.into_iter().map(|(_, group)| group.id.clone()).collect();
    window.groups.sort();
    window.groups.dedup();
    Ok(())
}
