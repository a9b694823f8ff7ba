//! The planned downtime of all services, calculated once per plan and kept between frames.

use std::sync::Arc;

use egui::{Context, Id};

use super::cx::Cx;
use crate::model::Plan;
use crate::schedule::{ServiceYear, service_years};

/// The plan, and the years of its services.
type Kept = (Arc<Plan>, Arc<Vec<ServiceYear>>);

/// All services by name, in each year of the plan.
pub fn services(ctx: &Context, cx: &Cx<'_>) -> Arc<Vec<ServiceYear>> {
    let id = Id::unique("planned downtime");
    let plan = cx.plan_pointer();
    let kept = ctx.data(|data| data.get_temp::<Kept>(id));
    if let Some((_, years)) = kept.filter(|(kept, _)| Arc::ptr_eq(kept, plan)) {
        return years;
    }
    let years = Arc::new(service_years(cx.schedule(), |_| true));
    ctx.data_mut(|data| data.insert_temp(id, (Arc::clone(plan), Arc::clone(&years))));
    years
}
