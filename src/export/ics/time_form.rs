//! How a shared calendar writes its times: on the clocks of their zones, or in UTC.

use crate::schedule::Zone;

/// How a shared calendar writes its times. It changes how they are written, never when something takes place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimeForm {
    /// On the clocks of their zones, but in UTC for zones whose rules changed lately: programs with older zone data, and
    /// those that ignore the definitions in a calendar, would show them an hour off.
    #[default]
    Automatic,
    /// All in UTC.
    Utc,
    /// All on the clocks of their zones.
    Local,
}

impl TimeForm {
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Utc, Self::Local];

    /// Its name in lists of choices.
    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "Local times, UTC for zones with new rules",
            Self::Utc => "All times in UTC",
            Self::Local => "All times local",
        }
    }

    /// Whether times of that zone are written in UTC.
    pub fn is_utc_for(self, zone: &Zone) -> bool {
        match self {
            Self::Automatic => zone.has_changed_recently(),
            Self::Utc => true,
            Self::Local => false,
        }
    }
}
