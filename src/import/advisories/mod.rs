//! Advisories from others: CISA's catalogue of known exploited vulnerabilities, and tables.

mod csv;
mod kev;
mod matching;

use super::{ImportError, Imported, readable};
use crate::model::{Advisory, Edit, Plan};
use crate::wording::counted;

/// Reads a catalogue in JSON or a table, whichever it is. Advisories that the plan has already are brought up to date;
/// what people entered about them (decisions, the day they were in, notes) stays.
pub fn advisories(text: &str, plan: &Plan) -> Result<Imported, ImportError> {
    let text = readable(text)?;
    let imported = if is_json(text) { kev::read(text, plan) } else { csv::read(text, plan) };
    imported.map(Imported::in_order)
}

/// Whether the text is a catalogue rather than a table.
fn is_json(text: &str) -> bool {
    text.trim_start().starts_with(['{', '['])
}

/// How many advisories an import adds and changes, and how many it found as they are.
#[derive(Default)]
struct Tally {
    new: usize,
    changed: usize,
    same: usize,
}

impl Tally {
    /// Puts the advisory into the plan, unless it is there just so.
    fn put(&mut self, advisory: Advisory, plan: &Plan, imported: &mut Imported) {
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

    fn taken(&self) -> usize {
        self.new + self.changed
    }

    /// "12 advisories", "12 advisories (3 of them known before)".
    fn in_words(&self) -> String {
        let all = counted(self.taken(), "advisory");
        match (self.changed, self.taken()) {
            (0, _) => all,
            (1, 1) => format!("{all} (known before)"),
            (changed, _) => format!("{all} ({changed} of them known before)"),
        }
    }
}
