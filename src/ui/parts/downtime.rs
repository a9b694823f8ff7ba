//! The planned downtime of all services, calculated once per plan and kept between frames.

use std::sync::Arc;

use egui::{Context, Id};

use super::cx::Cx;
use super::memo::{Pointer, kept};
use crate::schedule::{ServiceYear, service_years};

/// All services by name, in each year of the plan.
pub fn services(ctx: &Context, cx: &Cx<'_>) -> Arc<Vec<ServiceYear>> {
    let years = || service_years(cx.schedule(), |_| true);
    kept(ctx, Id::unique("planned downtime"), Pointer::to(cx.plan_pointer()), years)
}
