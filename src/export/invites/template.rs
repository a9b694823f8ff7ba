//! The fields of a template, such as `{window}`, and their values in a message.

use chrono::NaiveDate;

use super::calendar_file::{title, zone_for};
use crate::export::fields::{Piece, pieces};
use crate::export::text::{clean, one_line};
use crate::model::{BusinessArea, Duty, InviteRole, InviteTexts, SentInvite, UtcMinute};
use crate::schedule::agreement::answers::areas;
use crate::schedule::{InviteMessage, Occurrence, Schedule, WindowSchedule, Zone};
use crate::wording::{date, list, moment_with_zone, time, time_with_zone};

/// A message names at most this many systems.
const MOST_SYSTEMS: usize = 12;

/// The unknown fields, each once, in the order of the text.
pub fn unknown_fields(template: &str) -> Vec<&str> {
    let mut unknown = Vec::new();
    for piece in pieces(template) {
        if let Piece::Field(name) = piece
            && !InviteTexts::FIELDS.iter().any(|(field, _)| *field == name)
            && !unknown.contains(&name)
        {
            unknown.push(name);
        }
    }
    unknown
}

/// The values of the fields in a message.
pub struct Fields<'a> {
    schedule: &'a Schedule,
    message: &'a InviteMessage<'a>,
    zone: &'a Zone,
}

impl<'a> Fields<'a> {
    pub fn new(schedule: &'a Schedule, message: &'a InviteMessage<'a>) -> Self {
        Self { schedule, message, zone: zone_for(schedule, message) }
    }

    pub fn value(&self, field: &str) -> Option<String> {
        let sent = &self.message.sent;
        let plan = &self.schedule.plan;
        let value = match field {
            "window" => one_line(title(sent)),
            "date" => date(self.on(sent.start_at)),
            "start" => time_with_zone(self.zone.zoned(sent.start_at)),
            "end" => self.end(sent.start_at, sent.end_at),
            "before" => self.before(),
            "type" => self.window().map_or_else(String::new, |window| window.window.kind.name().to_owned()),
            "systems" => self.systems(),
            "impact" => self.impact(),
            "rollback" => self.roll_back_by(),
            "answer-by" => self.answer_by(),
            "area" => self.areas(),
            "reason" => self.reason(),
            "owner" => either(one_line(&sent.name), &sent.key.to),
            "organizer" => either(one_line(&plan.invites().organizer), &plan.invites().email),
            "plan" => one_line(plan.title()),
            _ => return None,
        };
        Some(value)
    }

    fn window(&self) -> Option<&'a WindowSchedule> {
        self.message.occurrence.map(|(window, _)| &**window)
    }

    /// The occurrence, if the message gives its current times, or those of a duty in it.
    fn occurrence(&self) -> Option<&'a Occurrence> {
        let sent = &self.message.sent;
        let occurrence = self.message.occurrence.map(|(_, occurrence)| occurrence);
        occurrence.filter(|each| match sent.role {
            InviteRole::Booked => [each.start_at, each.end_at].contains(&sent.start_at),
            InviteRole::Owner | InviteRole::Informed => (each.start_at, each.end_at) == (sent.start_at, sent.end_at),
        })
    }

    fn on(&self, at: UtcMinute) -> NaiveDate {
        self.zone.local(at).date()
    }

    /// "02:00 on Sun 14 Mar 2027", with the zone's abbreviation if the clock change has changed it.
    fn end(&self, start_at: UtcMinute, end_at: UtcMinute) -> String {
        let (start, end) = (self.zone.zoned(start_at), self.zone.zoned(end_at));
        let clock = if start.zone == end.zone { time(end.local.time()) } else { time_with_zone(end) };
        let on = end.local.date();
        if on == start.local.date() { clock } else { format!("{clock} on {}", date(on)) }
    }

    /// "Sat 13 Mar 2027 22:00 GMT", the start in the last invite to the recipient.
    fn before(&self) -> String {
        let before = self.message.before.filter(|before| !before.is_cancelled);
        before.map_or_else(String::new, |before| moment_with_zone(self.zone.zoned(before.start_at)))
    }

    /// The owner's systems in scope; all of them for others.
    fn systems(&self) -> String {
        let Some(window) = self.window() else { return "none".to_owned() };
        let SentInvite { areas, role, .. } = &self.message.sent;
        let is_owned =
            |area: &Option<_>| *role != InviteRole::Owner || area.as_ref().is_some_and(|area| areas.contains(area));
        let owned = window.scope.systems.iter().filter(|system| is_owned(&system.area));
        listed(owned.map(|system| one_line(&system.name)), "none")
    }

    fn impact(&self) -> String {
        let impact = self.window().map_or_else(String::new, |window| clean(&window.window.impact).trim().to_owned());
        either(impact, "not stated")
    }

    fn roll_back_by(&self) -> String {
        let at = self.window().zip(self.occurrence()).and_then(|(window, each)| window.rollback_deadline_at(each));
        at.map_or_else(|| "not known yet".to_owned(), |at| moment_with_zone(self.zone.zoned(at)))
    }

    /// "no answer needed" for those who are only informed. Otherwise the earliest day on which notice to the owner's areas is due; "as soon as possible" if that is over.
    fn answer_by(&self) -> String {
        if self.message.sent.role != InviteRole::Owner {
            return "no answer needed".to_owned();
        }
        let on = self.on(self.message.sent.start_at);
        let Some(window) = self.window() else { return date(on) };
        let days = self.known_areas().filter_map(|area| self.schedule.plan.notice_days(window.window.kind, area)).max();
        let due_on = on.checked_sub_days(chrono::Days::new(days.unwrap_or(0).into())).unwrap_or(on);
        if due_on < self.message.sent.sent_on { "as soon as possible".to_owned() } else { date(due_on) }
    }

    fn areas(&self) -> String {
        if self.message.sent.role != InviteRole::Owner {
            let scope = self.window().map(|window| areas(&self.schedule.plan, &window.scope));
            return listed(scope.into_iter().flatten().map(|area| one_line(&area.name)), "none");
        }
        listed(self.known_areas().map(|area| one_line(&area.name)), "your area")
    }

    /// "You are booked to test, 02:00 to 04:00."; nothing for an owner.
    fn reason(&self) -> String {
        let reason = &self.message.reason;
        let duties = self.occurrence().map_or_else(Vec::new, |occurrence| {
            let duty = |duty: &Duty| {
                let window = self.window().map(|window| &*window.window);
                let (from, to) = window
                    .map_or((occurrence.start_at, occurrence.end_at), |window| occurrence.duty_times(*duty, window));
                let what = match duty {
                    Duty::Work => "work",
                    Duty::Testing(_) => "test",
                    Duty::Watch => "watch",
                };
                format!("{what}, {} to {}", time_with_zone(self.zone.zoned(from)), self.end(from, to))
            };
            reason.duties.iter().map(duty).collect()
        });
        let booked = (!duties.is_empty()).then(|| format!("You are booked to {}.", duties.join(", and to ")));
        let affected = (!reason.systems.is_empty()).then(|| {
            let systems = listed(reason.systems.iter().map(|system| one_line(&system.name)), "");
            format!("It affects systems that you use or depend on: {systems}.")
        });
        let all = reason.is_told_everything.then(|| "You are informed of all maintenance windows.".to_owned());
        booked.into_iter().chain(affected).chain(all).collect::<Vec<_>>().join(" ")
    }

    fn known_areas(&self) -> impl Iterator<Item = &'a BusinessArea> {
        let areas = self.schedule.plan.areas();
        self.message.sent.areas.iter().filter_map(|id| areas.get(id)).map(|area| &**area)
    }
}

fn either(text: String, otherwise: &str) -> String {
    if text.is_empty() { one_line(otherwise) } else { text }
}

/// "Core DB, Ledger and 3 more"
fn listed(names: impl Iterator<Item = String>, none: &str) -> String {
    either(list(names, MOST_SYSTEMS), none)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_fields_are_named_once() {
        assert_eq!(unknown_fields("{window} {nobody} {x y} {nobody}"), ["nobody", "x y"]);
    }
}
