//! Says so when two records of a kind get the same name: cells and imported tables find a record by its name.

use crate::model::{Edit, Plan};
use crate::session::session::Session;
use crate::session::state::new_records::named_records;
use crate::sheet::{RecordKind, same_names};

impl Session {
    /// Shows which names an edit has given to several records.
    pub(in crate::session) fn report_same_names(&mut self, edit: &Edit, before: &Plan) {
        let mut named = named_records(edit, before);
        // New records have the same name until they get their own.
        named.retain(|subject| !self.navigation.new_records.is_unnamed(subject));
        let told: Vec<String> =
            RecordKind::ALL.into_iter().filter_map(|kind| same_names(kind, &named, self.plan())).collect();
        if !told.is_empty() {
            self.messages.show_until_next_edit(told.join("\n"));
        }
    }
}
