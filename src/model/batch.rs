//! Batches: how many hosts are patched at a time. Calculated like Ansible's `serial`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many hosts are patched at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Batch {
    /// All at once.
    #[default]
    All,
    Hosts(u32),
    /// Percent of the hosts, rounded down, at least one.
    Share(u8),
    /// The sizes of successive batches; the last size is repeated. An empty list means all at once.
    List(Vec<BatchSize>),
}

/// The size of one batch in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BatchSize {
    Hosts(u32),
    /// Percent of all hosts, rounded down, at least one.
    Share(u8),
}

impl BatchSize {
    /// Hosts in one batch out of `hosts`; at least one.
    pub fn size(self, hosts: u32) -> u32 {
        let size = match self {
            Self::Hosts(size) => size.min(hosts),
            Self::Share(percent) => (u64::from(hosts) * u64::from(percent.min(100)) / 100) as u32,
        };
        size.max(1)
    }
}

impl fmt::Display for BatchSize {
    /// "5", or "20 %"
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hosts(hosts) => hosts.fmt(f),
            Self::Share(percent) => write!(f, "{percent} %"),
        }
    }
}

/// The error for an invalid batch size.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Invalid batch size \"{0}\": use a number of hosts or a percentage, e.g. 1, 5, 20 %")]
pub struct ParseBatchSizeError(pub String);

impl FromStr for BatchSize {
    type Err = ParseBatchSizeError;

    /// Reads "5" and "20 %".
    fn from_str(text: &str) -> Result<Self, ParseBatchSizeError> {
        let text = text.trim();
        let size = match text.strip_suffix('%') {
            Some(percent) => percent.trim().parse().ok().filter(|percent| (1..=100).contains(percent)).map(Self::Share),
            None => text.parse().ok().filter(|hosts| *hosts > 0).map(Self::Hosts),
        };
        size.ok_or_else(|| ParseBatchSizeError(text.to_owned()))
    }
}

impl Batch {
    /// The sizes of a list: "1, 5, 20 %".
    pub fn list_in_words(sizes: &[BatchSize]) -> String {
        sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// Reads "1, 5, 20 %".
    pub fn read_list(text: &str) -> Result<Self, ParseBatchSizeError> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self::List)
    }

    /// The batches that `hosts` need, as pairs of how many batches and how many hosts in each. The last batch is listed
    /// separately if it is smaller. Empty for no hosts.
    pub fn runs(&self, hosts: u32) -> Vec<(u32, u32)> {
        let mut runs = Vec::new();
        let mut rest = hosts;
        let (first, last) = match self {
            Self::All => (&[][..], BatchSize::Hosts(hosts)),
            Self::Hosts(size) => (&[][..], BatchSize::Hosts(*size)),
            Self::Share(percent) => (&[][..], BatchSize::Share(*percent)),
            Self::List(sizes) => match sizes.split_last() {
                Some((last, first)) => (first, *last),
                None => (&[][..], BatchSize::Hosts(hosts)),
            },
        };
        for size in first {
            let size = size.size(hosts).min(rest);
            if size > 0 {
                runs.push((1, size));
            }
            rest -= size;
        }
        let size = last.size(hosts);
        if rest >= size {
            runs.push((rest / size, size));
        }
        if !rest.is_multiple_of(size) {
            runs.push((1, rest % size));
        }
        runs
    }

    /// How many batches `hosts` need; 0 for no hosts.
    pub fn count(&self, hosts: u32) -> u32 {
        self.runs(hosts).iter().map(|(batches, _)| batches).sum()
    }

    /// Hosts in the largest batch out of `hosts`; at least one.
    pub fn size(&self, hosts: u32) -> u32 {
        self.runs(hosts).iter().map(|(_, size)| *size).max().unwrap_or(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_the_hosts_is_rounded_down_like_ansible() {
        for (batch, hosts, size, count) in [
            (Batch::Share(25), 10, 2, 5),
            (Batch::Share(0), 10, 1, 10),
            (Batch::Hosts(10), 40, 10, 4),
            (Batch::Hosts(0), 3, 1, 3),
            (Batch::All, 40, 40, 1),
            (Batch::All, 0, 1, 0),
        ] {
            assert_eq!((batch.size(hosts), batch.count(hosts)), (size, count), "{batch:?} of {hosts}");
        }
    }

    #[test]
    fn the_last_size_of_a_list_is_repeated() {
        let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Hosts(5), BatchSize::Share(20)]);
        assert_eq!(list.runs(40), [(1, 1), (1, 5), (4, 8), (1, 2)]);
        assert_eq!((list.count(40), list.size(40), list.count(3)), (7, 8, 2));
        assert_eq!(Batch::List(Vec::new()).runs(7), [(1, 7)]);
    }

    #[test]
    fn a_list_survives_a_round_trip() {
        let sizes = vec![BatchSize::Hosts(1), BatchSize::Hosts(5), BatchSize::Share(20)];
        assert_eq!(Batch::list_in_words(&sizes), "1, 5, 20 %");
        assert_eq!(Batch::read_list(" 1,5 , 20%"), Ok(Batch::List(sizes)));
        for wrong in ["", "1,,2", "0", "-1", "120 %", "5 hosts"] {
            assert!(Batch::read_list(wrong).is_err(), "{wrong}");
        }
    }
}
