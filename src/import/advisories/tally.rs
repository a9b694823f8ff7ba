//! Counts what an import of advisories adds, changes and leaves as it is.

use crate::import::imported::Imported;
use crate::model::{Advisory, Edit, Plan};
use crate::wording::counted;

#[derive(Default)]
pub(crate) struct Tally {
    new: usize,
    changed: usize,
    pub same: usize,
}

impl Tally {
    /// Puts the advisory into the plan, unless the plan already has exactly this one.
    pub fn put(&mut self, advisory: Advisory, plan: &Plan, imported: &mut Imported) {
        match plan.advisories().get(&advisory.id) {
            Some(old) if **old == advisory => {
                self.same += 1;
                return;
            }
            Some(_) => self.changed += 1,
            None => self.new += 1,
        }
        imported.edits.push(Edit::PutAdvisory(advisory));
    }

    /// "12 advisories", "12 advisories (3 of them updated)".
    pub fn summary(&self) -> String {
        let imported = self.new + self.changed;
        let all = counted(imported, "advisory");
        match (self.changed, imported) {
            (0, _) => all,
            (1, 1) => format!("{all} (updated)"),
            (changed, _) => format!("{all} ({changed} of them updated)"),
        }
    }
}
