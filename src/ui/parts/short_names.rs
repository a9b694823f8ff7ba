//! The short names of the plan's windows, calculated once per plan and kept between frames.

use std::sync::Arc;

use egui::{Context, Id};

use super::cx::Cx;
use crate::model::{Plan, ShortNames, WindowId};

/// The plan, and the names that were calculated from it.
type Kept = (Arc<Plan>, Arc<ShortNames>);

/// The short name of a window; empty if the plan does not have it.
pub fn short_name(ctx: &Context, cx: &Cx<'_>, window: &WindowId) -> String {
    let position = cx.plan().windows().position(window);
    position.map_or_else(String::new, |position| short_names(ctx, cx).get(position).to_owned())
}

/// The short names of all windows, in the order of the windows.
pub fn short_names(ctx: &Context, cx: &Cx<'_>) -> Arc<ShortNames> {
    let id = Id::unique("short names");
    let plan = cx.plan_pointer();
    let kept = ctx.data(|data| data.get_temp::<Kept>(id));
    if let Some((_, names)) = kept.filter(|(kept, _)| Arc::ptr_eq(kept, plan)) {
        return names;
    }
    let names = Arc::new(ShortNames::new(plan.windows()));
    ctx.data_mut(|data| data.insert_temp(id, (Arc::clone(plan), Arc::clone(&names))));
    names
}
