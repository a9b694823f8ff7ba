//! An order of the year calendar: for which reader, of whose occurrences, and with what.

use chrono::NaiveDate;

use super::check::{Check, Complaint};
use super::everyone::EVERYONE;
use super::owner::owners;
use super::profile::{Audience, CalendarRequest, CalendarScope, Freezes, Profile};
use crate::export::file::ExportFile;
use crate::export::ics::TimeForm;
use crate::export::source::Source;
use crate::model::{Plan, slug};

/// For whom the year calendar is written, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarOrder {
    pub profile: &'static Profile,
    pub whose: CalendarScope,
    /// Whether to add change freezes, if the profile leaves that to the person.
    pub with_freezes: bool,
    pub times: TimeForm,
    /// The first day that counts, if the profile can leave out earlier ones.
    pub from: Option<NaiveDate>,
}

/// The files of an order, and what their reader would refuse, lose or misread in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendars {
    /// Empty if nothing could be written that the reader would accept; the complaints say why.
    pub files: Vec<ExportFile>,
    pub complaints: Vec<Complaint>,
}

impl Default for CalendarOrder {
    fn default() -> Self {
        let times = TimeForm::default();
        Self { profile: &EVERYONE, whose: CalendarScope::Everybody, with_freezes: false, times, from: None }
    }
}

impl CalendarOrder {
    /// The calendar of that profile with freezes, for the first business area or owner if it is for one. None if the plan
    /// has none.
    pub fn for_first(profile: &'static Profile, plan: &Plan) -> Option<Self> {
        let whose = match profile.audience {
            Audience::Everybody => CalendarScope::Everybody,
            Audience::Area => CalendarScope::Area(plan.areas().iter().next()?.id.clone()),
            Audience::Owner => CalendarScope::Owner(owners(plan).into_iter().next()?.key),
            Audience::Person => CalendarScope::Person(plan.people().iter().next()?.id.clone()),
            Audience::Team => CalendarScope::Team(plan.teams().iter().next()?.id.clone()),
        };
        Some(Self { profile, whose, with_freezes: true, ..Self::default() })
    }

    /// Clears `with_freezes` if the profile always or never writes freezes, so that the check does not comment on a
    /// choice that nobody made.
    #[must_use]
    pub fn without_fixed_freezes(self) -> Self {
        Self { with_freezes: self.with_freezes && self.profile.takes_freezes(), ..self }
    }

    /// The usual name of its file or folder, without an ending.
    pub fn stem(&self, plan: &Plan) -> String {
        let title = slug(plan.title());
        match &self.whose {
            CalendarScope::Everybody if *self.profile == EVERYONE => title,
            CalendarScope::Everybody => format!("{title}-{}", self.profile.output.id),
            whose => format!("{title}-{}", slug(whose.name(plan))),
        }
    }

    /// Writes the calendars.
    pub fn calendars(&self, source: &Source<'_>) -> Calendars {
        let Source { schedule, today, .. } = *source;
        let mut check = Check::new(schedule);
        let with_freezes = match self.profile.freezes {
            Freezes::Optional => self.with_freezes,
            Freezes::Always { in_check, .. } | Freezes::Never { in_check, .. } => {
                if self.with_freezes {
                    check.say_of_plan(in_check);
                }
                false
            }
        };
        let stem = &*self.stem(&schedule.plan);
        let (times, from) = (self.times, self.from);
        let request = CalendarRequest { schedule, whose: &self.whose, with_freezes, times, from, stem, today };
        let files = (self.profile.write)(&request, &mut check);
        if files.is_empty() {
            check.say_of_plan(
                "No occurrence is left that could be written, and readers refuse a calendar without events",
            );
        }
        Calendars { files, complaints: check.complaints }
    }
}
