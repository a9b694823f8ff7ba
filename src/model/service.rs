//! Services: what systems provide together, and how much of a year each must be available.

use serde::{Deserialize, Serialize};

use super::System;

/// How much of a calendar year a service must be available, planned maintenance included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceTarget {
    /// The name of the service, as systems have it.
    pub service: String,
    /// In 100,000ths: 99900 is 99.9 %.
    pub available_per_100_000: u32,
}

impl ServiceTarget {
    /// Always available.
    pub const ALWAYS: u32 = 100_000;

    /// How much of the year it may be down, in 100,000ths.
    pub fn down_per_100_000(&self) -> u32 {
        Self::ALWAYS.saturating_sub(self.available_per_100_000)
    }
}

impl System {
    /// The service that it belongs to: its own name if none is entered.
    pub fn service_name(&self) -> &str {
        let service = self.service.trim();
        if service.is_empty() { &self.name } else { service }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_a_service_is_one_of_its_own() {
        let mut system = System { name: "Core DB".to_owned(), ..System::default() };
        assert_eq!(system.service_name(), "Core DB");
        system.service = " Payments ".to_owned();
        assert_eq!(system.service_name(), "Payments");
    }
}
