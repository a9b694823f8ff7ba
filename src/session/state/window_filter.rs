//! The filter of the calendar: words, and parts of seven kinds. A window must match the words and one part of each kind
//! that has some.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{AreaId, LadderId, Plan, Stage, Subject, SystemId, TeamId};

/// Which windows the calendar shows. The default shows all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WindowFilter {
    /// Words that must all occur in a window's name, change ticket or notes. Case does not count.
    pub text: String,
    pub parts: BTreeSet<FilterPart>,
}

/// What parts of a filter are about. Parts of one kind are alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterKind {
    Stage,
    Ladder,
    Area,
    Team,
    Findings,
    Agreement,
    System,
}

/// A part of a filter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilterPart {
    /// The stage of a window's systems; none for windows without a stage.
    Stage(Option<Stage>),
    /// Windows that reach a group of the ladder.
    Ladder(LadderId),
    /// Windows that affect a system of the business area.
    Area(AreaId),
    /// Windows for which the team, or one of its members, is booked.
    Team(TeamId),
    Findings(FindingsChoice),
    Agreement(AgreementChoice),
    /// Windows that cover the system.
    System(SystemId),
}

/// The open findings of a window and its occurrences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingsChoice {
    Any,
    Errors,
    Warnings,
    /// No findings.
    Clean,
}

/// What the business areas of a window said about its coming dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgreementChoice {
    /// Some area must still be asked about a date.
    NotAsked,
    /// Some area was asked about a date and has not answered.
    Asked,
    /// Some area declined a date.
    Declined,
    /// All areas that must agree have agreed to all dates.
    Agreed,
}

/// A filter that was saved by name. Its parts are words, so that settings of a later version can still be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedFilter {
    pub name: String,
    pub text: String,
    /// "stage:Production", "area:payments", "findings:errors"
    pub parts: Vec<String>,
}

impl WindowFilter {
    /// Whether it may hide windows.
    pub fn is_active(&self) -> bool {
        !self.text.trim().is_empty() || !self.parts.is_empty()
    }

    /// The filter with the part if it lacks it, or else without it.
    #[must_use]
    pub fn with_toggled(&self, part: &FilterPart) -> Self {
        let mut next = self.clone();
        if !next.parts.remove(part) {
            next.parts.insert(part.clone());
        }
        next
    }

    /// The words, in lower case.
    pub fn words(&self) -> Vec<String> {
        self.text.split_whitespace().map(str::to_lowercase).collect()
    }

    /// Follows a record that was given another id.
    pub(in crate::session) fn replace_subject(&mut self, old: &Subject, new: &Subject) {
        if let (Some(old), Some(new)) = (FilterPart::for_subject(old), FilterPart::for_subject(new))
            && self.parts.remove(&old)
        {
            self.parts.insert(new);
        }
    }
}

impl FilterKind {
    pub const ALL: [Self; 7] =
        [Self::Stage, Self::Ladder, Self::Area, Self::Team, Self::Findings, Self::Agreement, Self::System];

    /// "Business area"
    pub fn name(self) -> &'static str {
        match self {
            Self::Stage => "Stage",
            Self::Ladder => "Ladder",
            Self::Area => "Business area",
            Self::Team => "Team",
            Self::Findings => "Findings",
            Self::Agreement => "Agreement",
            Self::System => "System",
        }
    }

    /// The word by which the settings keep it.
    fn word(self) -> &'static str {
        match self {
            Self::Stage => "stage",
            Self::Ladder => "ladder",
            Self::Area => "area",
            Self::Team => "team",
            Self::Findings => "findings",
            Self::Agreement => "agreement",
            Self::System => "system",
        }
    }
}

/// The word for windows without a stage.
const NO_STAGE: &str = "none";

impl FilterPart {
    pub fn kind(&self) -> FilterKind {
        match self {
            Self::Stage(_) => FilterKind::Stage,
            Self::Ladder(_) => FilterKind::Ladder,
            Self::Area(_) => FilterKind::Area,
            Self::Team(_) => FilterKind::Team,
            Self::Findings(_) => FilterKind::Findings,
            Self::Agreement(_) => FilterKind::Agreement,
            Self::System(_) => FilterKind::System,
        }
    }

    /// "Production", "Payments", "Errors"; the id of a record that the plan does not contain.
    pub fn title(&self, plan: &Plan) -> String {
        match self {
            Self::Stage(stage) => stage.map_or("No stage", Stage::name).to_owned(),
            Self::Ladder(id) => plan.ladders().get(id).map_or(id.as_str(), |ladder| &ladder.name).to_owned(),
            Self::Area(id) => plan.areas().get(id).map_or(id.as_str(), |area| &area.name).to_owned(),
            Self::Team(id) => plan.teams().get(id).map_or(id.as_str(), |team| &team.name).to_owned(),
            Self::Findings(choice) => choice.name().to_owned(),
            Self::Agreement(choice) => choice.name().to_owned(),
            Self::System(id) => plan.systems().get(id).map_or(id.as_str(), |system| &system.name).to_owned(),
        }
    }

    /// Whether the plan contains the record that it names. A part that names another one is ignored.
    pub fn is_known(&self, plan: &Plan) -> bool {
        match self {
            Self::Stage(_) | Self::Findings(_) | Self::Agreement(_) => true,
            Self::Ladder(id) => plan.ladders().contains(id),
            Self::Area(id) => plan.areas().contains(id),
            Self::Team(id) => plan.teams().contains(id),
            Self::System(id) => plan.systems().contains(id),
        }
    }

    /// The part for a record. None for records that no part names.
    fn for_subject(subject: &Subject) -> Option<Self> {
        match subject {
            Subject::Ladder(id) => Some(Self::Ladder(id.clone())),
            Subject::Area(id) => Some(Self::Area(id.clone())),
            Subject::Team(id) => Some(Self::Team(id.clone())),
            Subject::System(id) => Some(Self::System(id.clone())),
            Subject::Plan
            | Subject::Advisory(_)
            | Subject::Checklist(_)
            | Subject::Freeze(_)
            | Subject::Group(_)
            | Subject::Holidays(_)
            | Subject::BulletinDuty(_)
            | Subject::Notice(_)
            | Subject::ScanRoutine(_)
            | Subject::Person(_)
            | Subject::Release(_)
            | Subject::Severity(_)
            | Subject::Window(_) => None,
        }
    }

    /// The word by which the settings keep it: "stage:Production".
    fn word(&self) -> String {
        let value = match self {
            Self::Stage(stage) => stage.map_or(NO_STAGE, Stage::name),
            Self::Ladder(id) => id.as_str(),
            Self::Area(id) => id.as_str(),
            Self::Team(id) => id.as_str(),
            Self::Findings(choice) => choice.word(),
            Self::Agreement(choice) => choice.word(),
            Self::System(id) => id.as_str(),
        };
        format!("{}:{value}", self.kind().word())
    }

    fn from_word(word: &str) -> Option<Self> {
        let (kind, value) = word.split_once(':')?;
        match FilterKind::ALL.into_iter().find(|each| each.word() == kind)? {
            FilterKind::Stage if value == NO_STAGE => Some(Self::Stage(None)),
            FilterKind::Stage => {
                Stage::ALL.into_iter().find(|stage| stage.name() == value).map(|stage| Self::Stage(Some(stage)))
            }
            FilterKind::Ladder => Some(Self::Ladder(value.into())),
            FilterKind::Area => Some(Self::Area(value.into())),
            FilterKind::Team => Some(Self::Team(value.into())),
            FilterKind::Findings => {
                FindingsChoice::ALL.into_iter().find(|choice| choice.word() == value).map(Self::Findings)
            }
            FilterKind::Agreement => {
                AgreementChoice::ALL.into_iter().find(|choice| choice.word() == value).map(Self::Agreement)
            }
            FilterKind::System => Some(Self::System(value.into())),
        }
    }
}

impl FindingsChoice {
    pub const ALL: [Self; 4] = [Self::Any, Self::Errors, Self::Warnings, Self::Clean];

    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "Any finding",
            Self::Errors => "Errors",
            Self::Warnings => "Warnings",
            Self::Clean => "No findings",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Errors => "errors",
            Self::Warnings => "warnings",
            Self::Clean => "none",
        }
    }
}

impl AgreementChoice {
    pub const ALL: [Self; 4] = [Self::NotAsked, Self::Asked, Self::Declined, Self::Agreed];

    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "Not asked",
            Self::Asked => "Asked, no answer",
            Self::Declined => "Declined",
            Self::Agreed => "All agreed",
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::NotAsked => "not-asked",
            Self::Asked => "asked",
            Self::Declined => "declined",
            Self::Agreed => "agreed",
        }
    }
}

impl SavedFilter {
    pub fn new(name: &str, filter: &WindowFilter) -> Self {
        let parts = filter.parts.iter().map(FilterPart::word).collect();
        Self { name: name.to_owned(), text: filter.text.clone(), parts }
    }

    /// The filter, and those of its words that this version does not know.
    pub fn filter(&self) -> (WindowFilter, Vec<String>) {
        let mut filter = WindowFilter { text: self.text.clone(), parts: BTreeSet::new() };
        let mut unknown = Vec::new();
        for word in &self.parts {
            match FilterPart::from_word(word) {
                Some(part) => drop(filter.parts.insert(part)),
                None => unknown.push(word.clone()),
            }
        }
        (filter, unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_filter_is_read_as_it_was() {
        let parts = [
            FilterPart::Stage(Some(Stage::Rest)),
            FilterPart::Stage(None),
            FilterPart::Ladder("servers".into()),
            FilterPart::Area("a:b".into()),
            FilterPart::Team("dba".into()),
            FilterPart::System("db-1".into()),
        ];
        let choices = FindingsChoice::ALL.map(FilterPart::Findings).into_iter();
        let choices = choices.chain(AgreementChoice::ALL.map(FilterPart::Agreement));
        let filter = WindowFilter { text: "Core db".to_owned(), parts: parts.into_iter().chain(choices).collect() };
        let saved = SavedFilter::new("Mine", &filter);
        assert_eq!(saved.filter(), (filter, Vec::new()));
    }

    #[test]
    fn unknown_words_are_reported() {
        let words = ["stage:Production", "stage:Moon", "colour:red", "errors"];
        let saved = SavedFilter { parts: words.map(str::to_owned).to_vec(), ..SavedFilter::default() };
        let (filter, unknown) = saved.filter();
        assert_eq!(filter.parts.into_iter().collect::<Vec<_>>(), [FilterPart::Stage(Some(Stage::Production))]);
        assert_eq!(unknown, ["stage:Moon", "colour:red", "errors"]);
    }

    #[test]
    fn a_part_follows_its_record() {
        let mut filter = WindowFilter { parts: [FilterPart::Area("new-1".into())].into(), ..WindowFilter::default() };
        filter.replace_subject(&Subject::Area("new-1".into()), &Subject::Area("payments".into()));
        assert_eq!(filter.parts, [FilterPart::Area("payments".into())].into());
        filter.replace_subject(&Subject::Team("payments".into()), &Subject::Team("x".into()));
        assert_eq!(filter.parts, [FilterPart::Area("payments".into())].into());
    }
}
