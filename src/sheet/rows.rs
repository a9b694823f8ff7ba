//! The rows of a table: the records that match a filter, sorted by a column.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::record_kind::RecordKind;
use super::sheets::sheet;
use crate::model::{Plan, Subject};

/// The column of sorting, by its index among all columns of the kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SortOrder {
    pub column: usize,
    pub is_descending: bool,
}

/// One record as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub subject: Subject,
    /// In the order of the columns that were asked for.
    pub cells: Vec<String>,
}

impl Line {
    /// The name for screen readers: "Core DB, Payments, Linux, 40".
    pub fn name(&self) -> String {
        let filled = self.cells.iter().filter(|cell| !cell.is_empty());
        filled.map(String::as_str).collect::<Vec<_>>().join(", ")
    }
}

/// The records of a kind with these columns, as far as `is_match` likes the text of a row, sorted by a column, then by name.
///
/// Records of `before` stay where they were: a row does not jump away because its cell was changed.
pub fn lines(
    plan: &Plan,
    kind: RecordKind,
    columns: &[usize],
    order: SortOrder,
    before: &[Subject],
    is_match: impl Fn(&str) -> bool,
) -> Vec<Line> {
    let wanted: Vec<usize> = columns.iter().copied().chain([order.column, 0]).collect();
    let mut records = sheet(kind).records(plan, &wanted);
    let old_rows: HashMap<&Subject, usize> = before.iter().enumerate().map(|(at, subject)| (subject, at)).collect();
    let old_row = |subject: &Subject| old_rows.get(subject).copied().unwrap_or(usize::MAX);
    records.retain(|(subject, cells)| {
        let all = cells[..columns.len()].iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>().join(" ");
        old_rows.contains_key(subject) || is_match(&all)
    });
    let (by, name) = (columns.len(), columns.len() + 1);
    records.sort_by_cached_key(|(_, cells)| cells[name].0.to_lowercase());
    records.sort_by(|(_, a), (_, b)| {
        let sorted = compare(&a[by], &b[by]);
        if order.is_descending { sorted.reverse() } else { sorted }
    });
    records.sort_by_key(|(subject, _)| old_row(subject));
    let line = |(subject, cells): (Subject, Vec<(String, Option<i64>)>)| Line {
        subject,
        cells: cells.into_iter().take(columns.len()).map(|(text, _)| text).collect(),
    };
    records.into_iter().map(line).collect()
}

fn compare(a: &(String, Option<i64>), b: &(String, Option<i64>)) -> Ordering {
    match (a.1, b.1) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.0.to_lowercase().cmp(&b.0.to_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Horizon, System};

    /// The index of the column with that title.
    fn column(kind: RecordKind, title: &str) -> usize {
        sheet(kind).columns().iter().position(|column| column.title == title).unwrap()
    }

    fn plan() -> Plan {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let system =
            |id: &str, name: &str, hosts| System { id: id.into(), name: name.into(), hosts, ..System::default() };
        parts.systems =
            [system("a", "Web", 9), system("b", "core DB", 40), system("c", "Ledger", 9)].into_iter().collect();
        parts.into()
    }

    fn names(plan: &Plan, title: &str, is_descending: bool, before: &[Subject]) -> Vec<String> {
        let order = SortOrder { column: column(RecordKind::Systems, title), is_descending };
        let lines = lines(plan, RecordKind::Systems, &[0], order, before, |_| true);
        lines.into_iter().map(|line| line.cells[0].clone()).collect()
    }

    #[test]
    fn names_are_ordered_without_regard_to_case_and_numbers_as_numbers() {
        assert_eq!(names(&plan(), "Name", false, &[]), ["core DB", "Ledger", "Web"]);
        assert_eq!(names(&plan(), "Name", true, &[]), ["Web", "Ledger", "core DB"]);
        assert_eq!(names(&plan(), "Hosts", false, &[]), ["Ledger", "Web", "core DB"], "equal ones by name");
    }

    #[test]
    fn a_changed_row_stays_where_it_was_and_a_new_one_comes_last() {
        let order = SortOrder::default();
        let before: Vec<Subject> = lines(&plan(), RecordKind::Systems, &[0], order, &[], |_| true)
            .into_iter()
            .map(|line| line.subject)
            .collect();
        let put =
            |id: &str, name: &str| Edit::PutSystem(System { id: id.into(), name: name.into(), ..System::default() });
        let after = plan().apply(&put("b", "Zebra")).and_then(|plan| plan.apply(&put("d", "Alpha"))).unwrap();
        assert_eq!(names(&after, "Name", false, &before), ["Zebra", "Ledger", "Web", "Alpha"]);
    }

    #[test]
    fn a_filter_sees_the_columns_that_are_shown() {
        let found = |columns: &[usize], word: &str| {
            lines(&plan(), RecordKind::Systems, columns, SortOrder::default(), &[], |text| text.contains(word)).len()
        };
        let hosts = column(RecordKind::Systems, "Hosts");
        assert_eq!((found(&[0], "40"), found(&[0, hosts], "40"), found(&[0], "DB")), (0, 1, 1));
    }
}
