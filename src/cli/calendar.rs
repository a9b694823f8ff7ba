//! `export calendar`: the year calendar in the profile of its reader.

use chrono::{DateTime, Utc};

use super::delivery::check;
use super::export::today;
use super::exports::Calendar;
use super::plan::{Viewed, view};
use super::{Failure, Reply, find};
use crate::export::profiles::{AREA, Audience, CalendarOrder, EVERYONE, OWNER, Whose, find_owner, owners};
use crate::model::{AreaId, Plan};
use crate::output::{FormFrom, Order, Source};

pub fn run(options: &Calendar, now: DateTime<Utc>) -> Result<Reply, Failure> {
    let Viewed { schedule, notes } = view(&options.plan)?;
    let order = Order::Calendar(order(options, &schedule.plan)?);
    let delivery = check(order, &options.output, FormFrom::Ending, &[&options.plan])?;
    delivery.reply(&Source::new(&schedule, today(&schedule, now)), notes)
}

/// The order that the arguments describe.
fn order(options: &Calendar, plan: &Plan) -> Result<CalendarOrder, Failure> {
    let meant = match (&options.area, &options.owner) {
        (Some(_), _) => &AREA,
        (None, Some(_)) => &OWNER,
        (None, None) => &EVERYONE,
    };
    let profile = options.profile.unwrap_or(meant);
    if meant.audience != Audience::Everybody && meant.audience != profile.audience {
        let (other, id) = (meant.output.id, profile.output.id);
        return Err(Failure(format!("--{other} goes with the profile {other}, not with {id}: leave one of them out")));
    }
    let whose = match profile.audience {
        Audience::Everybody => Whose::Everybody,
        Audience::Area => Whose::Area(area(plan, options.area.as_deref())?),
        Audience::Owner => Whose::Owner(owner_key(plan, options.owner.as_deref())?),
    };
    Ok(CalendarOrder { profile, whose, with_freezes: options.with_freezes })
}

fn area(plan: &Plan, wanted: Option<&str>) -> Result<AreaId, Failure> {
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile area needs --area. {}", find::there_are(&plan.areas))));
    };
    Ok(find::one(&plan.areas, wanted)?.id.clone())
}

fn owner_key(plan: &Plan, wanted: Option<&str>) -> Result<String, Failure> {
    let all = || match find::list(owners(plan).into_iter().map(|owner| owner.key)) {
        keys if keys.is_empty() => "No business area has an owner or address".to_owned(),
        keys => format!("There are {keys}"),
    };
    let Some(wanted) = wanted else {
        return Err(Failure(format!("The profile owner needs --owner. {}", all())));
    };
    let found = find_owner(plan, wanted).map(|owner| owner.key);
    found.ok_or_else(|| Failure(format!("There is no owner \"{wanted}\". {}", all())))
}
