//! Begins a plan, and welcomes on the first start.

use chrono::Datelike as _;

use crate::model::{Edit, Horizon, Plan, PlanId, Policy};
use crate::schedule::Zone;
use crate::session::session::Session;
use crate::session::state::clock::unique_word;
use crate::session::verbs::action::{After, Dialog};

/// The id of the sample plan.
pub(super) const SAMPLE_ID: &str = "harbour-trust-2027";

impl Session {
    /// Whether the open plan is the sample, which is in no file.
    pub fn is_sample(&self) -> bool {
        self.file.path.is_none() && self.plan().id().as_str() == SAMPLE_ID
    }

    /// On the first start, says that the sample is a sample.
    pub fn welcome(&mut self) {
        if !self.settings.was_welcomed && self.dialogs.open.is_none() && self.settings.recent.is_empty() {
            self.dialogs.open = Some(Dialog::Welcome);
        }
        if !self.settings.was_welcomed {
            self.change_settings(|settings| settings.was_welcomed = true);
        }
    }

    pub(in crate::session) fn new_plan(&mut self) {
        let plan = self.empty_plan();
        self.after_saving(After::Start(Box::new(plan)));
    }

    /// A new plan with what the sample plan has and most organisations can use: ladders with their groups, the policy,
    /// checklists and release calendars, but no systems, windows, people, freezes or holidays.
    pub(in crate::session) fn new_from_sample(&mut self) {
        let sample = Self::sample_plan();
        let ladders = sample.ladders().iter().map(|ladder| {
            let mut ladder = crate::model::Ladder::clone(ladder);
            ladder.groups.iter_mut().for_each(|group| group.systems.clear());
            Edit::PutLadder(ladder)
        });
        let releases = sample.releases().iter().map(|release| Edit::PutRelease((**release).clone()));
        let checklists = sample.checklists().iter().map(|checklist| Edit::PutChecklist((**checklist).clone()));
        // Recording begins with the first result, and gates are for those who record. Targets and those responsible are
        // the sample's own.
        let policy = Policy {
            recording_from: None,
            gates: Vec::new(),
            services: Vec::new(),
            responsible: Vec::new(),
            ..Policy::clone(sample.policy())
        };
        let policy = Edit::SetPolicy(policy);
        let edits = releases.chain(checklists).chain(ladders).chain([policy]).collect();
        match self.empty_plan().apply(&Edit::Together { label: String::new(), edits }) {
            Ok(plan) => self.after_saving(After::Start(Box::new(plan))),
            Err(error) => self.show_error(format!("{error}.")),
        }
    }

    /// A plan of the next calendar year in the computer's zone.
    fn empty_plan(&self) -> Plan {
        let year = self.document.today.year() + 1;
        let id = PlanId::new(&format!("plan-{year}-{}", unique_word()));
        let zone = self.surroundings.clock.zone().filter(|zone| Zone::named(zone).is_some());
        let zone = zone.unwrap_or_else(|| self.plan().zone().to_owned());
        Plan::new(id, &format!("Maintenance {year}"), Horizon::year(year), &zone)
    }
}
