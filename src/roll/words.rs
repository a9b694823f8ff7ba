//! What rolling a plan forward says to people: the same in the dialog and on the command line.

use super::date_options::days_in_words;
use super::dates::{DateKey, DateProposal};
use super::meetings::Meeting;
use super::report::{AcrossBoundary, CalendarDays, Crossing};
use super::roll_forward::RolledPlan;
use crate::model::Subject;
use crate::wording::{counted, date, dates, moments};

impl DateProposal {
    /// "Year end, Fri 24 Dec 2027 to Thu 6 Jan 2028": the name alone may stand for many dates.
    pub fn subject(&self) -> String {
        format!("{}, {}", self.name, days_in_words(self.from))
    }

    /// What it is, and its days in the earlier plan: "freeze, was Mon 13 Dec 2027 to Fri 31 Dec 2027".
    pub fn was(&self) -> String {
        let days = days_in_words(self.from);
        match self.key {
            DateKey::Freeze(_) => format!("freeze, was {days}"),
            DateKey::Listed { .. } => format!("listed date, was {days}"),
            DateKey::Ended(_) => format!("window, ends {days}"),
        }
    }
}

impl AcrossBoundary {
    /// What it is, when, and what to do about it.
    pub fn in_words(&self) -> String {
        let when = match self.subject {
            Subject::Freeze(_) => {
                let last = self.ends.date().pred_opt().unwrap_or(self.ends.date());
                format!("{}, freeze, {}", self.name, dates(self.starts.date(), last))
            }
            _ => format!("{}, {}", self.name, moments(self.starts, self.ends)),
        };
        let advice = match self.kind {
            Crossing::Runs => return when,
            Crossing::InNeither => "in the months of neither plan",
            Crossing::OnlyInEarlier => "not in the new plan: add the date there if it still applies",
            Crossing::InBoth => "also in the new plan: skip it in one of them",
            Crossing::MovedAway => "moved here from a date that the new plan has: skip that date there",
        };
        format!("{when}: {advice}")
    }
}

impl CalendarDays {
    /// "Germany: 9 days in the earlier plan, 0 in the new one: import the holidays of the new year".
    pub fn in_words(&self) -> String {
        let advice = if self.is_incomplete() { ": import the holidays of the new year" } else { "" };
        let before = counted(self.before, "day");
        format!("{}: {before} in the earlier plan, {} in the new one{advice}", self.name, self.after)
    }
}

impl Meeting {
    /// "Core DB, Sat 16 Dec 2028: in the freeze Year end (free: Sat 9 Dec 2028)".
    pub fn with_free_date(&self) -> String {
        let free = match &self.free {
            Some((on, _)) => format!("free: {}", date(*on)),
            None => "no free date nearby".to_owned(),
        };
        format!("{}, {}: {} ({free})", self.name, date(self.starts.date()), self.in_words())
    }
}

impl RolledPlan {
    /// What a person must know but need not decide: titles with their lines. Titles without lines are left out.
    pub fn facts(&self) -> Vec<(&'static str, Vec<String>)> {
        let mut calendars: Vec<String> = self.calendars.iter().map(CalendarDays::in_words).collect();
        if calendars.is_empty() {
            calendars.push("The plan has no holiday calendar: import the holidays of the new year".to_owned());
        }
        let across = self.across.iter().map(AcrossBoundary::in_words).collect();
        let lists = [
            ("Around the first day of the new plan", across),
            ("Holidays", calendars),
            ("Windows without a date in the new plan", self.without_dates.clone()),
            ("Windows that stay behind", self.windows_left.clone()),
            ("Stays behind", self.left_behind.clone()),
        ];
        lists.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
    }
}
