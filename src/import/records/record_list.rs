//! Records of one kind as rows of a table, grouped by what becomes of them.

/// What becomes of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    New,
    Changed,
    Removed,
    /// A change in words, and not of one record: "Assign 2 systems to test".
    Other,
}

/// Records of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordList {
    /// What one of them is called: "window".
    pub noun: &'static str,
    pub columns: Vec<RecordColumn>,
    /// One for each outcome that occurs.
    pub groups: Vec<RecordGroup>,
}

/// A column. The first one has the names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecordColumn {
    pub title: &'static str,
    pub is_number: bool,
    /// The fields of the record that it shows, by their names in the plan file.
    pub(super) fields: &'static [&'static str],
}

/// Records with the same outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordGroup {
    pub outcome: Outcome,
    /// At most [`RecordGroup::MOST_ROWS`].
    pub rows: Vec<RecordRow>,
    /// How many records there are beyond the rows.
    pub more: usize,
}

/// One record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordRow {
    /// As many as there are columns.
    pub cells: Vec<String>,
    /// What changes, or why it is removed; may be empty.
    pub remark: String,
}

impl Outcome {
    /// "New"
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Changed => "Changed",
            Self::Removed => "Removed",
            Self::Other => "Other",
        }
    }
}

impl RecordColumn {
    pub(super) const fn new(title: &'static str, fields: &'static [&'static str]) -> Self {
        Self { title, is_number: false, fields }
    }

    pub(super) const fn number(title: &'static str, fields: &'static [&'static str]) -> Self {
        Self { title, is_number: true, fields }
    }
}

impl RecordGroup {
    /// More records are only counted.
    pub const MOST_ROWS: usize = 300;

    /// How many records have this outcome.
    pub fn count(&self) -> usize {
        self.rows.len() + self.more
    }
}

impl RecordList {
    /// Whether all records are new, so that the outcome does not have to be shown.
    pub fn is_all_new(&self) -> bool {
        self.groups.iter().all(|group| group.outcome == Outcome::New)
    }

    /// Adds a record. Its row is only made if it is shown.
    pub(super) fn add(&mut self, outcome: Outcome, row: impl FnOnce() -> RecordRow) {
        let at = self.groups.partition_point(|group| group.outcome < outcome);
        if self.groups.get(at).is_none_or(|group| group.outcome != outcome) {
            self.groups.insert(at, RecordGroup { outcome, rows: Vec::new(), more: 0 });
        }
        let group = &mut self.groups[at];
        if group.rows.len() < RecordGroup::MOST_ROWS {
            group.rows.push(row());
        } else {
            group.more += 1;
        }
    }

    /// Removes the columns in which no row has anything.
    pub(super) fn drop_empty_columns(&mut self) {
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        let is_kept: Vec<bool> = (0..self.columns.len())
            .map(|at| at == 0 || rows().any(|row| row.cells.get(at).is_some_and(|cell| !cell.is_empty())))
            .collect();
        let mut kept = is_kept.iter();
        self.columns.retain(|_| kept.next().is_none_or(|kept| *kept));
        for row in self.groups.iter_mut().flat_map(|group| &mut group.rows) {
            let mut kept = is_kept.iter();
            row.cells.retain(|_| kept.next().is_none_or(|kept| *kept));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, cell: &str) -> RecordRow {
        RecordRow { cells: vec![name.to_owned(), cell.to_owned()], remark: String::new() }
    }

    fn list() -> RecordList {
        let columns = vec![RecordColumn::new("Name", &["name"]), RecordColumn::number("Hosts", &["hosts"])];
        RecordList { noun: "system", columns, groups: Vec::new() }
    }

    #[test]
    fn records_are_grouped_by_outcome_and_the_rest_is_counted() {
        let mut list = list();
        list.add(Outcome::Removed, || row("old", "1"));
        for number in 0..RecordGroup::MOST_ROWS + 12 {
            list.add(Outcome::New, || row(&number.to_string(), ""));
        }
        list.add(Outcome::Changed, || row("other", ""));
        let shown: Vec<_> =
            list.groups.iter().map(|group| (group.outcome.name(), group.rows.len(), group.more)).collect();
        assert_eq!(shown, [("New", 300, 12), ("Changed", 1, 0), ("Removed", 1, 0)]);
        assert_eq!((list.groups[0].count(), list.is_all_new()), (312, false));
    }

    #[test]
    fn a_column_without_any_value_is_not_shown() {
        let mut list = list();
        list.add(Outcome::New, || row("a", ""));
        list.drop_empty_columns();
        assert_eq!((list.columns.len(), list.groups[0].rows[0].cells.clone()), (1, vec!["a".to_owned()]));
    }
}
