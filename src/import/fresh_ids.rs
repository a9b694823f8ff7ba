//! Ids for records that an import adds. Stays fast if a hundred thousand records have the same name.

use std::collections::{HashMap, HashSet};

use crate::model::slug;

/// Creates ids that neither the plan nor this import has yet.
#[derive(Debug, Default)]
pub(crate) struct FreshIds {
    given: HashSet<String>,
    next: HashMap<String, u32>,
}

impl FreshIds {
    /// A slug of `name`, with a number appended if the plan or an earlier record already has that slug.
    pub(crate) fn fresh(&mut self, name: &str, is_in_plan: impl Fn(&str) -> bool) -> String {
        let base = slug(name);
        let number = self.next.entry(base.clone()).or_insert(1);
        loop {
            let id = if *number == 1 { base.clone() } else { format!("{base}-{number}") };
            *number += 1;
            if !is_in_plan(&id) && self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_up_past_those_of_the_plan_and_of_other_names() {
        let mut ids = FreshIds::default();
        let mut fresh = |name: &str| ids.fresh(name, |id| id == "web");
        assert_eq!(["Web 3", "Web", "WEB", "Web"].map(&mut fresh), ["web-3", "web-2", "web-4", "web-5"]);
    }
}
