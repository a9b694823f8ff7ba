//! Batches: how many hosts are worked on at a time. The reckoning is that of Ansible's `serial`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// How many hosts are worked on at a time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Batch {
    /// All at once.
    #[default]
    All,
    Hosts(u32),
    /// Percent of the hosts, rounded down, at least one.
    Share(u8),
    /// One batch after the other; the last size holds for all that remain. Nothing in it is all at once.
    List(Vec<BatchSize>),
}

/// One batch of a list.
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
    /// "5", or "20 %".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hosts(hosts) => hosts.fmt(f),
            Self::Share(percent) => write!(f, "{percent} %"),
        }
    }
}

/// What sizes of batches in words must look like.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is no size of a batch: write hosts or a share of them, as 1, 5, 20 %")]
pub struct NotABatchSize(pub String);

impl FromStr for BatchSize {
    type Err = NotABatchSize;

    /// Reads "5" and "20 %".
    fn from_str(text: &str) -> Result<Self, NotABatchSize> {
        let text = text.trim();
        let size = match text.strip_suffix('%') {
            Some(percent) => percent.trim().parse().ok().filter(|percent| (1..=100).contains(percent)).map(Self::Share),
            None => text.parse().ok().filter(|hosts| *hosts > 0).map(Self::Hosts),
        };
        size.ok_or_else(|| NotABatchSize(text.to_owned()))
    }
}

impl Batch {
    /// The sizes of a list: "1, 5, 20 %".
    pub fn list_in_words(sizes: &[BatchSize]) -> String {
        sizes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    }

    /// Reads "1, 5, 20 %".
    pub fn read_list(text: &str) -> Result<Self, NotABatchSize> {
        text.split(',').map(str::parse).collect::<Result<_, _>>().map(Self::List)
    }

    /// The runs of batches of one size that `hosts` need: how many batches, of how many hosts. None for no hosts; the
    /// last batch has a run of its own where it is smaller.
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

    /// How many batches `hosts` need; none for no hosts.
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
    fn a_share_of_the_hosts_is_rounded_down_as_ansible_does() {
        assert_eq!((Batch::Share(25).size(10), Batch::Share(25).count(10)), (2, 5));
        assert_eq!((Batch::Share(0).size(10), Batch::Share(0).count(10)), (1, 10));
        assert_eq!((Batch::Hosts(10).count(40), Batch::Hosts(0).count(3), Batch::All.count(40)), (4, 3, 1));
        assert_eq!(Batch::All.count(0), 0);
    }

    #[test]
    fn the_last_size_of_a_list_holds_for_all_that_remain() {
        let list = Batch::List(vec![BatchSize::Hosts(1), BatchSize::Hosts(5), BatchSize::Share(20)]);
        assert_eq!(list.runs(40), [(1, 1), (1, 5), (4, 8), (1, 2)]);
        assert_eq!((list.count(40), list.size(40), list.count(3)), (7, 8, 2));
        assert_eq!(Batch::List(Vec::new()).runs(7), [(1, 7)]);
    }

    #[test]
    fn a_list_is_read_as_it_is_written() {
        let sizes = vec![BatchSize::Hosts(1), BatchSize::Hosts(5), BatchSize::Share(20)];
        assert_eq!(Batch::list_in_words(&sizes), "1, 5, 20 %");
        assert_eq!(Batch::read_list(" 1,5 , 20%"), Ok(Batch::List(sizes)));
        for wrong in ["", "1,,2", "0", "-1", "120 %", "5 hosts"] {
            assert!(Batch::read_list(wrong).is_err(), "{wrong}");
        }
    }
}
