//! One page for the owner of a business area: their dates of the year, the answers that are needed, a line to sign.

mod affecting_windows;
mod dates;

use chrono::NaiveDate;

use super::paper::{Document, Head, Part, Room, Sheet, SignOff, Title};
use super::sheet_text::{self, area_name, name, names, starts_on};
use crate::model::{AreaId, Duty, OccurrenceChange, Plan};
use crate::schedule::{Schedule, WindowSchedule};
use crate::wording::{date, month_and_year};
use affecting_windows::{AffectingWindow, Year};
use dates::Dates;

/// The year of a business area from `today` on.
pub fn document(schedule: &Schedule, area: &AreaId, today: NaiveDate, revision: &str) -> Document {
    let plan = &*schedule.plan;
    let mut is_wide = false;
    let (called, parts) = if let Some(area) = plan.areas().get(area) {
        let year = Year::new(schedule, area, today);
        let dates = Dates::new(&year);
        is_wide = dates.are_many();
        (area_name(area), year.parts(&dates))
    } else {
        let id = name(area.as_str());
        let notice = format!("The plan has no business area with the id {id}");
        (id, vec![Part::Notice(notice)])
    };
    let title = format!("{called}, {}", span(plan));
    let sheet = Sheet { fits_a_page: !is_wide, is_wide, ..Sheet::new(title.clone(), parts) };
    sheet_text::document(title, schedule, revision, vec![sheet])
}

/// "January 2027 to December 2027"
fn span(plan: &Plan) -> String {
    let (first, last) = (month_and_year(plan.horizon().from), month_and_year(plan.horizon().last()));
    if first == last { first } else { format!("{first} to {last}") }
}

impl Year<'_> {
    fn parts(&self, dates: &Dates<'_>) -> Vec<Part> {
        let mut parts = vec![Part::Head(self.head())];
        if dates.is_empty() {
            parts.push(Part::Text(format!("No maintenance on your systems from {} on", date(self.today))));
        } else {
            parts.extend([title("What we need from you", ""), Part::Bullets(self.asked())]);
            parts.extend([title("Your dates", &dates.tally()), Part::Table(dates.table())]);
        }
        let cancelled = self.cancelled();
        if !cancelled.is_empty() {
            parts.extend([title("Does not take place", ""), Part::Bullets(cancelled)]);
        }
        if dates.has_open() {
            parts.extend([title("Reserve dates", ""), Part::Room(Room::empty(2))]);
        }
        if !dates.is_empty() {
            parts.extend([title("Agreement", ""), self.sign_offs()]);
        }
        parts
    }

    fn head(&self) -> Head {
        let owner = [name(&self.area.owner), name(&self.area.email)];
        let particulars = std::iter::once("Your year of maintenance".to_owned()).chain(owner);
        Head {
            title: area_name(self.area),
            particulars: particulars.filter(|text| !text.is_empty()).collect(),
            date: span(&self.schedule.plan),
            zone: format!("{} · as of {}", name(self.schedule.plan.zone()), date(self.today)),
        }
    }

    /// Whether somebody must test after the window or is booked for it.
    fn is_tested(&self, window: &WindowSchedule) -> bool {
        let kind = self.schedule.plan.policy().window_type(window.window.kind);
        let is_booked = window.window.bookings.iter().any(|booking| matches!(booking.duty, Duty::Testing(_)));
        is_booked || kind.is_some_and(|kind| kind.needs_tester)
    }

    fn asked(&self) -> Vec<String> {
        let asks =
            |affecting: &&AffectingWindow<'_>| !affecting.coming.is_empty() && affecting.party.notice_days.is_some();
        let asking: Vec<&AffectingWindow<'_>> = self.affecting_windows.iter().filter(asks).collect();
        if asking.is_empty() {
            return vec!["Nothing: these dates are for your information".to_owned()];
        }
        let tested =
            asking.iter().filter(|affecting| self.is_tested(affecting.window)).map(|affecting| affecting.name.clone());
        let tested: Vec<String> = tested.collect();
        let test = format!(
            "Book people who test your systems from the end of the window on: {}",
            names(tested.iter().cloned())
        );
        let agree = "Agree to each date, or cross it out and name a reserve date. The column “Answer” says how many days before \
                     it we need your answer";
        let reach = "Be reachable while a window is open: whether to roll back may be your decision";
        let all = [Some(agree.to_owned()), (!tested.is_empty()).then_some(test), Some(reach.to_owned())];
        all.into_iter().flatten().collect()
    }

    /// Skipped dates from today on, with the reason.
    fn cancelled(&self) -> Vec<String> {
        let mut all = Vec::new();
        for affecting in &self.affecting_windows {
            let skipped = affecting.window.expansion.skipped.iter();
            for occurrence in skipped.filter(|occurrence| starts_on(affecting.window, occurrence) >= self.today) {
                let exception = affecting.window.window.exception(occurrence.original_on());
                let reason = match exception.map(|exception| &exception.change) {
                    Some(OccurrenceChange::Skipped { reason }) => name(reason),
                    _ => String::new(),
                };
                let on = starts_on(affecting.window, occurrence);
                let line = [format!("{}, {}", date(on), affecting.name), reason];
                let line = line.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
                all.push((occurrence.start_at, line));
            }
        }
        all.sort();
        all.into_iter().map(|(_, line)| line).collect()
    }

    fn sign_offs(&self) -> Part {
        let owner = name(&self.area.owner);
        let who = if owner.is_empty() { area_name(self.area) } else { owner };
        let hint = "name, signature, date".to_owned();
        Part::SignOffs(vec![
            SignOff { who, what: "agrees to these dates, except those crossed out".to_owned(), hint: hint.clone() },
            SignOff { who: "Change manager".to_owned(), what: "has recorded the answers in the plan".to_owned(), hint },
        ])
    }
}

fn title(text: &str, beside: &str) -> Part {
    Part::Title(Title { text: text.to_owned(), beside: beside.to_owned() })
}
