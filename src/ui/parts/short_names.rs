//! The short names of the plan's windows, calculated once per plan and kept between frames.

use std::sync::Arc;

use egui::{Context, Id};

use super::cx::Cx;
use super::memo::{Pointer, kept};
use crate::model::{ShortNames, WindowId};

/// The short name of a window; empty if the plan does not have it.
pub fn short_name(ctx: &Context, cx: &Cx<'_>, window: &WindowId) -> String {
    let position = cx.plan().windows().position(window);
    position.map_or_else(String::new, |position| short_names(ctx, cx).get(position).to_owned())
}

/// The short names of all windows, in the order of the windows.
pub fn short_names(ctx: &Context, cx: &Cx<'_>) -> Arc<ShortNames> {
    let plan = cx.plan_pointer();
    kept(ctx, Id::unique("short names"), Pointer::to(plan), || ShortNames::new(plan.windows()))
}
