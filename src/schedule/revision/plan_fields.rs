//! The differences of each kind of record, in words. One function per kind; the fields are in the order of the form.

use chrono::Weekday;

use super::checklist_fields::checklist_name;
use super::fields::Fields;
use super::policy_fields::days;
use super::sentences::names;
use super::window_fields::{area_name, estimate};
use crate::model::{
    AllowedHours, BusinessArea, ChangeFreeze, CustomZone, DeploymentGroup, HolidayCalendar, Horizon, InformedOf,
    Ladder, Person, Plan, Product, ReleaseCadence, ReleaseCalendar, System, SystemId, SystemScope, Team,
};
use crate::wording::{self, counted, date, dates, time};

/// A record and its plan.
type RecordInPlan<'a, T> = (&'a Plan, &'a T);

pub fn plan(fields: &mut Fields, old: &Plan, new: &Plan) {
    let months = |horizon: Horizon| dates(horizon.from, horizon.last());
    fields.value("Title", old.title(), new.title());
    fields.value("Months", months(old.horizon()), months(new.horizon()));
    fields.value("Zone", old.zone(), new.zone());
    let own = |plan: &Plan| plan.zones().iter().map(|zone| zone_in_words(zone)).collect::<Vec<_>>();
    fields.list("Zones from calendar files", own(old), own(new));
}

/// "Branch time with 28 clock changes"
fn zone_in_words(zone: &CustomZone) -> String {
    format!("{} with {}", zone.id, counted(zone.transitions.len() as i64, "clock change"))
}

pub fn freeze(
    fields: &mut Fields,
    (old_plan, a): RecordInPlan<'_, ChangeFreeze>,
    (new_plan, b): RecordInPlan<'_, ChangeFreeze>,
) {
    let span = |freeze: &ChangeFreeze| dates(freeze.first_on, freeze.last_on);
    fields.value("Name", &a.name, &b.name);
    fields.value("Days", span(a), span(b));
    fields.optional("Repeats", a.period_in_words(), b.period_in_words());
    fields.value("Covers", covers(old_plan, &a.scope), covers(new_plan, &b.scope));
    let exemptions = |plan: &Plan, freeze: &ChangeFreeze| {
        let window = |id: &_| plan.windows().name_of(id);
        let words = freeze.exemptions.iter().map(|each| match each.approver.trim() {
            "" => format!("{}, not approved", window(&each.window)),
            approver => format!("{}, approved by {approver}", window(&each.window)),
        });
        words.collect::<Vec<_>>()
    };
    fields.list("Exemptions", exemptions(old_plan, a), exemptions(new_plan, b));
    fields.value("Notes", &a.notes, &b.notes);
}

pub(super) fn covers(plan: &Plan, scope: &SystemScope) -> String {
    let all = match scope {
        SystemScope::Everything => return "everything".to_owned(),
        SystemScope::Areas(ids) => ids.iter().map(|id| area_name(plan, id)).collect(),
        SystemScope::Ladders(ids) => names(ids, |id| plan.ladders().get(id).map(|ladder| ladder.name.clone())),
        SystemScope::Systems(ids) => system_names(plan, ids),
    };
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}

fn system_names(plan: &Plan, ids: &[SystemId]) -> Vec<String> {
    names(ids, |id| plan.systems().get(id).map(|system| system.name.clone()))
}

pub fn area(
    fields: &mut Fields,
    (old_plan, a): RecordInPlan<'_, BusinessArea>,
    (new_plan, b): RecordInPlan<'_, BusinessArea>,
) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Owner", &a.owner, &b.owner);
    fields.value("Address", &a.email, &b.email);
    fields.list("Replies also from", a.aliases.clone(), b.aliases.clone());
    fields.list("Hours", hours(&a.allowed), hours(&b.allowed));
    fields.optional("Notice", a.notice_days.map(days), b.notice_days.map(days));
    let holidays = |plan: &Plan, area: &BusinessArea| {
        names(&area.holidays, |id| plan.holidays().get(id).map(|holidays| holidays.name.clone()))
    };
    fields.list("Holidays", holidays(old_plan, a), holidays(new_plan, b));
    fields.value("Notes", &a.notes, &b.notes);
}

/// "Mon, Tue 18:00 – 07:00"
fn hours(all: &[AllowedHours]) -> Vec<String> {
    let words = |each: &AllowedHours| {
        let days = each.days.iter().map(Weekday::to_string).collect::<Vec<_>>().join(", ");
        format!("{days} {}", wording::hours(each.from, each.until))
    };
    all.iter().map(words).collect()
}

pub fn ladder(fields: &mut Fields, (old_plan, a): RecordInPlan<'_, Ladder>, (new_plan, b): RecordInPlan<'_, Ladder>) {
    fields.value("Name", &a.name, &b.name);
    fields.value("For", a.class.name(), b.class.name());
    let release = |plan: &Plan, ladder: &Ladder| ladder.release.as_ref().map(|id| plan.release_name(id));
    fields.optional("Release calendar", release(old_plan, a), release(new_plan, b));
    let order = |ladder: &Ladder| ladder.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>().join(", ");
    if !a.groups.iter().map(|group| &group.id).eq(b.groups.iter().map(|group| &group.id)) {
        fields.value("Order of groups", order(a), order(b));
    }
}

pub fn group(
    fields: &mut Fields,
    (old_plan, a): RecordInPlan<'_, DeploymentGroup>,
    (new_plan, b): RecordInPlan<'_, DeploymentGroup>,
) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Stage", a.stage.name(), b.stage.name());
    fields.optional("Soak time", a.soak, b.soak);
    fields.optional("Longest gap", a.cadence_days.map(days), b.cadence_days.map(days));
    let checklist = |plan: &Plan, group: &DeploymentGroup| group.checklist.as_ref().map(|id| checklist_name(plan, id));
    fields.optional("Checklist", checklist(old_plan, a), checklist(new_plan, b));
    if a.systems != b.systems {
        fields.list("Systems", system_names(old_plan, &a.systems), system_names(new_plan, &b.systems));
    }
}

pub fn system(fields: &mut Fields, (old_plan, a): RecordInPlan<'_, System>, (new_plan, b): RecordInPlan<'_, System>) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Class", a.class.name(), b.class.name());
    fields.value("Environment", a.environment.name(), b.environment.name());
    let rating = |system: &System| {
        let rating = system.rating;
        format!("{}, {}, {}", rating.confidentiality.name(), rating.integrity.name(), rating.availability.name())
    };
    fields.value("Confidentiality, integrity, availability", rating(a), rating(b));
    let area = |plan: &Plan, system: &System| system.area.as_ref().map(|id| area_name(plan, id));
    fields.optional("Business area", area(old_plan, a), area(new_plan, b));
    fields.value("Service owner", &a.service_owner, &b.service_owner);
    fields.value("Service", &a.service, &b.service);
    fields.value("Platform", &a.platform, &b.platform);
    fields.value("Vendor", &a.vendor, &b.vendor);
    fields.value("Product", &a.product, &b.product);
    let others = |system: &System| system.other_products.iter().map(Product::in_words).collect::<Vec<_>>();
    fields.list("Other products", others(a), others(b));
    fields.value("Model", &a.model, &b.model);
    fields.value("Hosts", a.hosts, b.hosts);
    fields.optional("Zone", a.zone.as_ref(), b.zone.as_ref());
    fields.list("Depends on", system_names(old_plan, &a.depends_on), system_names(new_plan, &b.depends_on));
    let named = |plan: &Plan, id: &Option<SystemId>| {
        id.iter().flat_map(|id| system_names(plan, std::slice::from_ref(id))).next()
    };
    fields.optional("Twin", named(old_plan, &a.twin), named(new_plan, &b.twin));
    fields.optional("Counterpart", named(old_plan, &a.counterpart), named(new_plan, &b.counterpart));
    fields.value("Patch method", a.patch_method.name(), b.patch_method.name());
    fields.value("Services to stop", a.stop_services.join(", "), b.stop_services.join(", "));
    fields.value("Test", &a.test_script, &b.test_script);
    estimate(fields, &a.estimate, &b.estimate);
    fields.value("Rollback", a.rollback.name(), b.rollback.name());
    fields.optional("Rollback tested", a.rollback_tested_on.map(date), b.rollback_tested_on.map(date));
    fields.list("Host names", a.host_names.clone(), b.host_names.clone());
    fields.list("Circuits", a.circuits.clone(), b.circuits.clone());
    fields.value("Notes", &a.notes, &b.notes);
}

pub fn release(
    fields: &mut Fields,
    (_, a): RecordInPlan<'_, ReleaseCalendar>,
    (_, b): RecordInPlan<'_, ReleaseCalendar>,
) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Vendor", &a.vendor, &b.vendor);
    let rules = |release: &ReleaseCalendar| release.cadences.iter().map(cadence).collect::<Vec<_>>();
    fields.list("Rules", rules(a), rules(b));
}

/// "second Tuesday at 10:00 Europe/Berlin, in months 3, 9, until Tue 30 Jun 2026"
fn cadence(each: &ReleaseCadence) -> String {
    let mut words = format!("{} at {} {}", each.on.in_words(), time(each.time), each.zone);
    if !each.months.is_empty() {
        let months = each.months.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        words = format!("{words}, in months {months}");
    }
    for (word, on) in [("from", each.valid_from), ("until", each.valid_to)] {
        if let Some(on) = on {
            words = format!("{words}, {word} {}", date(on));
        }
    }
    words
}

pub fn holidays(
    fields: &mut Fields,
    (_, a): RecordInPlan<'_, HolidayCalendar>,
    (_, b): RecordInPlan<'_, HolidayCalendar>,
) {
    fields.value("Name", &a.name, &b.name);
    let days = |calendar: &HolidayCalendar| {
        let words = calendar.days.iter().map(|day| match day.region.as_str() {
            "" => format!("{} {}", date(day.on), day.name),
            region => format!("{} {} ({region})", date(day.on), day.name),
        });
        words.collect::<Vec<_>>()
    };
    fields.list("Days", days(a), days(b));
}

fn informed_of(plan: &Plan, informed_of: &InformedOf) -> String {
    informed_of.in_words(plan.systems(), plan.areas())
}

pub fn person(fields: &mut Fields, (old_plan, a): RecordInPlan<'_, Person>, (new_plan, b): RecordInPlan<'_, Person>) {
    fields.value("Name", &a.name, &b.name);
    fields.value("Address", &a.email, &b.email);
    fields.value("Phone", &a.phone, &b.phone);
    fields.list("Hours", hours(&a.available), hours(&b.available));
    let away = |person: &Person| {
        let words = person.away.iter().map(|away| {
            let days = dates(away.first_on, away.last_on);
            if away.reason.is_empty() { days } else { format!("{days} ({})", away.reason) }
        });
        words.collect::<Vec<_>>()
    };
    fields.list("Away", away(a), away(b));
    fields.value("Informed of", informed_of(old_plan, &a.informed_of), informed_of(new_plan, &b.informed_of));
    fields.value("Notes", &a.notes, &b.notes);
}

pub fn team(fields: &mut Fields, (old_plan, a): RecordInPlan<'_, Team>, (new_plan, b): RecordInPlan<'_, Team>) {
    fields.value("Name", &a.name, &b.name);
    let people = |plan: &Plan, team: &Team| {
        names(&team.people, |id| plan.people().get(id).map(|person| person.name.clone())).join(", ")
    };
    fields.value("People in turn", people(old_plan, a), people(new_plan, b));
    fields.optional("Needed at once", a.needed, b.needed);
    fields.value("Address", &a.email, &b.email);
    fields.value("Informed of", informed_of(old_plan, &a.informed_of), informed_of(new_plan, &b.informed_of));
    fields.value("Notes", &a.notes, &b.notes);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Absence;

    #[test]
    fn another_reason_of_an_absence_is_found() {
        let plan = Plan::new("p".into(), "P", Horizon::year(2027), "UTC");
        let on = |day| chrono::NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
        let away = |reason: &str| Absence { first_on: on(1), last_on: on(2), reason: reason.to_owned() };
        let absent = |reason| Person { away: vec![away(reason)], ..Person::new("ann".into(), "Ann") };
        let mut fields = Fields::default();
        person(&mut fields, (&plan, &absent("")), (&plan, &absent("Training")));
        assert_eq!(fields.list.len(), 1);
        assert!(fields.list[0].to_string().contains("(Training)"), "{}", fields.list[0]);
    }
}
