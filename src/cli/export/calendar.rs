//! `export calendar`: the year calendar, in the profile that its reader needs.

use std::path::PathBuf;

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::cli::arguments::{Now, Times};
use crate::cli::delivery::check;
use crate::cli::find::{self, Named};
use crate::cli::plan::{OpenedSchedule, read_schedule};
use crate::cli::registry::Run;
use crate::cli::reply::{Failure, Reply};
use crate::export::Source;
use crate::export::profiles::{
    AREA, Audience, CalendarOrder, CalendarScope, EVERYONE, OWNER, PERSON, PROFILES, Profile, TEAM, find_owner, owners,
};
use crate::model::{Plan, Table};
use crate::output::{FormFrom, Order, find_profile};
use crate::wording::list;
use crate::wording::typed::read_iso_date;

/// Write the year calendar (.ics) for everyone, for one owner, or for another program
///
/// Warns about everything that the reading program would refuse, lose or misread. docs/calendar-profiles.md describes the
/// profiles.
#[derive(Debug, Args)]
pub struct Calendar {
    /// Plan to read
    plan: PathBuf,
    /// File to write, or - for standard output; a folder for the profiles aws-import, aws-document and caldav
    #[arg(short, long, value_name = "FILE.ics|DIR")]
    output: PathBuf,
    /// Who reads the calendar [default: everyone, or as --area, --owner, --person or --team implies]
    #[arg(long, value_parser = profiles())]
    profile: Option<&'static Profile>,
    /// Only what concerns this business area (id or name)
    #[arg(long, value_name = "AREA", group = "whose")]
    area: Option<String>,
    /// Only what concerns this owner (e-mail address or name)
    #[arg(long, group = "whose")]
    owner: Option<String>,
    /// Only the shifts of this person (id or name)
    #[arg(long, group = "whose")]
    person: Option<String>,
    /// Only the shifts of the people whom this team provides (id or name)
    #[arg(long, group = "whose")]
    team: Option<String>,
    /// Add change freezes as all-day events
    #[arg(long)]
    with_freezes: bool,
    #[command(flatten)]
    times: Times,
    /// Leave out what is over before this day, for the profiles aws-import and aws-document [default: nothing, or today if a
    /// document would be too large]
    #[arg(long, value_name = "DATE", value_parser = read_iso_date)]
    from: Option<NaiveDate>,
    #[command(flatten)]
    now: Now,
}

impl Run for Calendar {
    fn run(&self, clock: DateTime<Utc>) -> Result<Reply, Failure> {
        let OpenedSchedule { schedule, notes } = read_schedule(&self.plan)?;
        let order = Order::Calendar(self.order(&schedule.plan)?);
        let delivery = check(order, &self.output, FormFrom::Ending, &[&self.plan])?;
        delivery.reply(&Source::new(&schedule, self.now.today(&schedule, clock)), notes)
    }
}

impl Calendar {
    /// The order that the arguments describe.
    fn order(&self, plan: &Plan) -> Result<CalendarOrder, Failure> {
        let options = [(&self.area, &AREA), (&self.owner, &OWNER), (&self.person, &PERSON), (&self.team, &TEAM)];
        let implied =
            options.into_iter().find(|(option, _)| option.is_some()).map_or(&EVERYONE, |(_, profile)| profile);
        let profile = self.profile.unwrap_or(implied);
        if *implied != EVERYONE && implied.audience != profile.audience {
            let (other, id) = (implied.output.id, profile.output.id);
            return Err(Failure(format!(
                "--{other} goes with the profile {other}, not with {id} (leave one of them out)"
            )));
        }
        self.check_profile(profile)?;
        let whose = match profile.audience {
            Audience::Everybody => CalendarScope::Everybody,
            Audience::Area => CalendarScope::Area(required("area", plan.areas(), self.area.as_deref())?),
            Audience::Person => CalendarScope::Person(required("person", plan.people(), self.person.as_deref())?),
            Audience::Team => CalendarScope::Team(required("team", plan.teams(), self.team.as_deref())?),
            Audience::Owner => CalendarScope::Owner(owner_key(plan, self.owner.as_deref())?),
        };
        let (times, from) = (self.times.form(), self.from);
        Ok(CalendarOrder { profile, whose, with_freezes: self.with_freezes, times, from })
    }

    /// Refuses options that the profile cannot follow.
    fn check_profile(&self, profile: &Profile) -> Result<(), Failure> {
        let id = profile.output.id;
        if self.times.local && profile.is_in_utc {
            return Err(Failure(format!("--local: the profile {id} always writes UTC (leave it out)")));
        }
        if self.from.is_some() && !profile.takes_from {
            let able = PROFILES.iter().filter(|profile| profile.takes_from).map(|profile| profile.output.id);
            let able = able.collect::<Vec<_>>().join(" and ");
            return Err(Failure(format!(
                "--from: the profile {id} always writes the whole plan (only {able} take a day)"
            )));
        }
        Ok(())
    }
}

/// Reads the id of a profile.
fn profiles() -> impl TypedValueParser<Value = &'static Profile> {
    let values = PROFILES.map(|profile| PossibleValue::new(profile.output.id).help(profile.output.help));
    PossibleValuesParser::new(values).try_map(|id| find_profile(&id).ok_or("unknown profile"))
}

/// The id of the record that an option names, which its profile needs.
fn required<T>(option: &str, all: &Table<T>, wanted: Option<&str>) -> Result<T::Id, Failure>
where
    T: Named,
    T::Id: Clone + for<'w> From<&'w str>,
{
    let missing = || Failure(format!("The profile {option} needs --{option}. {}", find::known(all)));
    Ok(find::record(all, wanted.ok_or_else(missing)?)?.id().clone())
}

fn owner_key(plan: &Plan, wanted: Option<&str>) -> Result<String, Failure> {
    let all = || match list(owners(plan).into_iter().map(|owner| owner.key), find::MOST_IDS) {
        keys if keys.is_empty() => "No business area has an owner or an address".to_owned(),
        keys => format!("Known owners: {keys}"),
    };
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile owner needs --owner. {}", all())));
    };
    let found = find_owner(plan, wanted).map(|owner| owner.key);
    found.ok_or_else(|| Failure(format!("Unknown owner \"{wanted}\". {}", all())))
}
