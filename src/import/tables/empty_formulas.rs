//! Formulas without a value: programs that cannot calculate leave that to Excel.

use std::collections::HashSet;

use calamine::{Data, Range};

use super::sheet::{CellFault, Sheet, SheetRow};

/// What such a cell has, and the remedy.
const NO_VALUE: &str = "a formula without a value (open the workbook in Excel and save it)";

/// Rows and columns of cells, from 0.
pub(super) type Positions = HashSet<(u32, u32)>;

/// Notes a formula without a value.
pub(super) fn add_fault(sheet: &mut Sheet, (row, column): (u32, u32)) {
    let line = row as usize + 1;
    if let Err(at) = sheet.rows.binary_search_by_key(&line, |row| row.line) {
        sheet.rows.insert(at, SheetRow { line, cells: Vec::new() });
    }
    sheet.faults.push(CellFault { line, column: column as usize, what: NO_VALUE.to_owned() });
}

/// The formulas of a sheet that have no value. `marks_them` if its format leaves the value of such a cell out, as .ods does.
/// In .xls and .xlsb they have an empty text or 0, which may also be a result; so they count only if all formulas of the
/// sheet have one of the two.
pub(super) fn without_value(values: &Range<Data>, formulas: &Range<String>, marks_them: bool) -> Positions {
    let (first_row, first_column) = formulas.start().unwrap_or_default();
    let all = || formulas.used_cells().map(|(row, column, _)| (first_row + row as u32, first_column + column as u32));
    let value = |at: (u32, u32)| values.get_value(at).unwrap_or(&Data::Empty);
    if marks_them {
        return all().filter(|at| *value(*at) == Data::Empty).collect();
    }
    if all().all(|at| is_nothing(value(at))) { all().collect() } else { Positions::new() }
}

fn is_nothing(value: &Data) -> bool {
    match value {
        Data::Empty => true,
        Data::String(text) => text.is_empty(),
        Data::Int(number) => *number == 0,
        Data::Float(number) => *number == 0.0,
        Data::DateTime(at) => at.as_f64() == 0.0,
        Data::Bool(_) | Data::DateTimeIso(_) | Data::DurationIso(_) | Data::Error(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use calamine::Cell;

    use super::*;

    fn found(values: &[(u32, Data)], marks_them: bool) -> Vec<u32> {
        let cells = values.iter().filter(|(_, value)| *value != Data::Empty);
        let values_of = Range::from_sparse(cells.map(|(row, value)| Cell::new((*row, 1), value.clone())).collect());
        let formulas = values.iter().map(|(row, _)| Cell::new((*row, 1), "A1".to_owned())).collect();
        let found = without_value(&values_of, &Range::from_sparse(formulas), marks_them);
        let mut rows: Vec<u32> = found.into_iter().map(|(row, _)| row).collect();
        rows.sort_unstable();
        rows
    }

    #[test]
    fn an_empty_result_is_one_if_other_formulas_have_values() {
        let empty = || Data::String(String::new());
        assert_eq!(found(&[(1, empty()), (2, Data::Float(0.0))], false), [1, 2]);
        assert_eq!(found(&[(1, empty()), (2, Data::Float(0.9))], false), Vec::<u32>::new());
        assert_eq!(found(&[(1, Data::Empty), (2, Data::Float(0.9)), (3, empty())], true), [1]);
    }
}
