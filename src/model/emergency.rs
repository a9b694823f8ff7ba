//! The emergency lane: a shorter way up the ladders for what is exploited, and for the work in Emergency windows.

use serde::{Deserialize, Serialize};

use super::{DeploymentGroup, Minutes, Stage, is_default};

/// How a fix climbs a ladder in an emergency.
///
/// A group waits only for the groups of these stages that come before it on the ladder; all others do not have to be finished
/// first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyLane {
    /// The stages whose groups must be finished first. In the order of [`Stage::ALL`], each once.
    #[serde(default = "only_test")]
    pub stages: Vec<Stage>,
    /// The wait after each of these groups.
    #[serde(default = "four_hours")]
    pub soak: Minutes,
    /// How many days before the start of an Emergency window owners must be notified, whatever their area needs
    /// otherwise. 0 for as soon as possible.
    #[serde(default, skip_serializing_if = "is_default")]
    pub notice_days: u16,
}

impl Default for EmergencyLane {
    /// Test, then all others four hours later; notice as soon as possible.
    fn default() -> Self {
        Self { stages: only_test(), soak: four_hours(), notice_days: 0 }
    }
}

fn only_test() -> Vec<Stage> {
    vec![Stage::Test]
}

fn four_hours() -> Minutes {
    Minutes::hours(4)
}

impl EmergencyLane {
    /// The name of the deadline for what is exploited, beside those of the policy's severities.
    pub const DEADLINE: &'static str = "Exploited";

    /// Whether later groups wait for that one.
    pub fn waits_for(&self, group: &DeploymentGroup) -> bool {
        self.stages.contains(&group.stage)
    }

    /// Adds or removes a stage.
    pub fn set_stage(&mut self, stage: Stage, is_waited_for: bool) {
        let is_in = |each: &Stage| if *each == stage { is_waited_for } else { self.stages.contains(each) };
        self.stages = Stage::ALL.into_iter().filter(is_in).collect();
    }

    /// "Test 4 h, then all", "Test 4 h, UAT 4 h, then all", or "all at once".
    pub fn in_words(&self) -> String {
        let stages = Stage::ALL.into_iter().filter(|stage| self.stages.contains(stage));
        let waits: Vec<String> = stages.map(|stage| format!("{} {}", stage.name(), self.soak)).collect();
        if waits.is_empty() { "all at once".to_owned() } else { format!("{}, then all", waits.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_stay_in_order_and_each_once() {
        let mut lane = EmergencyLane::default();
        lane.set_stage(Stage::Pilot, true);
        lane.set_stage(Stage::Uat, true);
        lane.set_stage(Stage::Uat, true);
        assert_eq!(lane.stages, [Stage::Test, Stage::Uat, Stage::Pilot]);
        assert_eq!(lane.in_words(), "Test 4 h, UAT 4 h, Pilot 4 h, then all");
        for stage in Stage::ALL {
            lane.set_stage(stage, false);
        }
        assert_eq!(lane.in_words(), "all at once");
    }
}
