//! Batches: how many hosts are worked on at a time. The reckoning is that of Ansible's `serial`.

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

impl Batch {
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
        if rest % size > 0 {
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
}
