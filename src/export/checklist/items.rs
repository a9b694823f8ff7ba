//! The 25 items of the night's checklist and its sign-offs, as the handbook has them.

use crate::model::Minutes;

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    DayBefore,
    TwoHoursBefore,
    Start,
    During,
    After,
}

impl Phase {
    pub const ALL: [Self; 5] = [Self::DayBefore, Self::TwoHoursBefore, Self::Start, Self::During, Self::After];

    pub fn title(self) -> &'static str {
        match self {
            Self::DayBefore => "24 hours before",
            Self::TwoHoursBefore => "2 hours before",
            Self::Start => "Start of window",
            Self::During => "During",
            Self::After => "After",
        }
    }

    /// `ticket`: the change ticket, empty where there is none. `status_every`: how often the status page is updated.
    pub fn items(self, ticket: &str, status_every: Minutes) -> Vec<String> {
        let fixed: &[&str] = match self {
            Self::DayBefore => &[
                "Maintenance window approved",
                "Rollback procedures tested",
                "Stakeholders notified",
                "Status page updated",
                "Team availability confirmed",
            ],
            Self::TwoHoursBefore => &[
                "Final backup completed",
                "Monitoring in place",
                "Communication channels ready",
                "Patches pre-staged",
                "Change ticket {ticket} reviewed",
            ],
            Self::Start => &[
                "Maintenance communication begun",
                "Status page set to “In progress”",
                "Backup reachable",
                "Timer started",
            ],
            Self::During => &[
                "Documented procedure followed",
                "Status page updated every {every}",
                "All changes logged",
                "System health watched",
                "Functionality tested after each change",
            ],
            Self::After => &[
                "All services operational",
                "Health checks run",
                "Status page set to “Resolved”",
                "Completion notice sent",
                "Change ticket {ticket} updated",
                "Lessons learned written down",
            ],
        };
        let every = in_words(status_every);
        let filled = |item: &&str| match ticket {
            "" => item.replace("ticket {ticket}", "ticket").replace("{every}", &every),
            ticket => item.replace("{every}", &every).replace("{ticket}", ticket),
        };
        fixed.iter().map(filled).collect()
    }
}

/// Who signs after the work, and for what. Never patch without a follow-up authenticated scan.
pub const SIGN_OFFS: [(&str, &str); 3] = [
    ("Infrastructure", "deployed it"),
    ("Software support", "validated it"),
    ("Security", "assessed it by an authenticated scan"),
];

/// "30 minutes", "2 h".
fn in_words(every: Minutes) -> String {
    match every.0 {
        0 => "time as agreed".to_owned(),
        minutes @ 2..60 => format!("{minutes} minutes"),
        _ => every.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_five_five_four_five_and_six_items() {
        let counts = Phase::ALL.map(|phase| phase.items("", Minutes(30)).len());
        assert_eq!(counts, [5, 5, 4, 5, 6]);
        assert_eq!(counts.iter().sum::<usize>(), 25);
    }

    #[test]
    fn items_name_the_ticket_and_how_often_the_status_is_told() {
        assert_eq!(
            Phase::TwoHoursBefore.items("CHG-1 {every}", Minutes(30))[4],
            "Change ticket CHG-1 {every} reviewed"
        );
        assert_eq!(Phase::After.items("", Minutes(30))[4], "Change ticket updated");
        assert_eq!(Phase::During.items("", Minutes(30))[1], "Status page updated every 30 minutes");
    }
}
