//! The names that a plan has for what refers to its records.

use super::{Assignee, EmergencyLane, Plan, Subject};

/// The most characters that the name of a record may have.
pub const LONGEST_NAME: usize = 200;

/// Checks the length of a name.
///
/// # Errors
/// It is too long, with the remedy, in the middle of a sentence.
pub fn check_name_length(name: &str) -> Result<(), String> {
    // A byte count that is small enough saves counting characters.
    let length = if name.len() <= LONGEST_NAME { name.len() } else { name.chars().count() };
    if length <= LONGEST_NAME {
        return Ok(());
    }
    Err(format!("the name has {length} characters: use at most {LONGEST_NAME}"))
}

impl Assignee {
    /// "person/ann", "team/dba": kind and id, for programs.
    pub fn key(&self) -> String {
        match self {
            Self::Person(id) => format!("person/{id}"),
            Self::Team(id) => format!("team/{id}"),
        }
    }

    /// Their name, or their id if the plan does not know them.
    pub fn name<'a>(&'a self, plan: &'a Plan) -> &'a str {
        match self {
            Self::Person(id) => plan.people().get(id).map_or(id.as_str(), |person| &person.name),
            Self::Team(id) => plan.teams().get(id).map_or(id.as_str(), |team| &team.name),
        }
    }
}

impl Subject {
    /// Whether the plan has it.
    pub fn exists(&self, plan: &Plan) -> bool {
        matches!(self, Self::Plan) || self.known_name(plan).is_some()
    }

    /// Its name, or its id if the plan does not know it.
    pub fn name(&self, plan: &Plan) -> String {
        self.known_name(plan).unwrap_or(self.id()).to_owned()
    }

    fn known_name<'a>(&self, plan: &'a Plan) -> Option<&'a str> {
        Some(match self {
            Self::Plan => plan.title(),
            Self::Advisory(id) => &plan.advisories().get(id)?.title,
            Self::Area(id) => &plan.areas().get(id)?.name,
            Self::BulletinDuty(id) => &plan.bulletin_duties().get(id)?.name,
            Self::Checklist(id) => &plan.checklists().get(id)?.name,
            Self::Freeze(id) => &plan.freezes().get(id)?.name,
            Self::Group(id) => &plan.group(id)?.1.name,
            Self::Holidays(id) => &plan.holidays().get(id)?.name,
            Self::Ladder(id) => &plan.ladders().get(id)?.name,
            Self::Notice(id) => &plan.notices().get(id)?.name,
            Self::Person(id) => &plan.people().get(id)?.name,
            Self::Release(id) => &plan.releases().get(id)?.name,
            Self::ScanRoutine(id) => &plan.scan_routines().get(id)?.name,
            Self::Severity(name) => {
                let policy = plan.policy();
                let lane = policy.emergency.as_ref().map(|_| EmergencyLane::DEADLINE);
                let mut names = policy.severities.iter().map(|severity| &*severity.name).chain(lane);
                names.find(|known| known == name)?
            }
            Self::System(id) => &plan.systems().get(id)?.name,
            Self::Team(id) => &plan.teams().get(id)?.name,
            Self::Window(id) => &plan.windows().get(id)?.name,
        })
    }
}
