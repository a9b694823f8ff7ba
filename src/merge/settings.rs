//! What a plan has once and by itself: its title, its months and its zone.

use serde::{Deserialize, Serialize};

use super::fields::{Fields, Whole, merge_fields};
use crate::model::{Horizon, Plan, PlanParts};

/// The settings of a plan that are not records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    pub title: String,
    pub horizon: Horizon,
    pub zone: String,
}

impl Settings {
    pub fn from_parts(parts: &PlanParts) -> Self {
        Self { title: parts.title.clone(), horizon: parts.horizon, zone: parts.zone.clone() }
    }

    pub fn from_plan(plan: &Plan) -> Self {
        Self { title: plan.title().to_owned(), horizon: plan.horizon(), zone: plan.zone().to_owned() }
    }
}

merge_fields!(Settings { title: Whole, horizon: Fields, zone: Whole });
