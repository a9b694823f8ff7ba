//! The sheets of a workbook: .xlsx, .xlsb, .xls and .ods. Cells become text in one form for each type, so that tables
//! need not know where they come from.

use std::collections::HashSet;
use std::io::Cursor;

use calamine::{
    Data, Dimensions, ExcelDateTime, Range, Reader, SheetVisible, Sheets, Style, Xlsx, XlsxError,
    open_workbook_auto_from_rs,
};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use super::empty_formulas::{Positions, add_fault, without_value};
use super::lengths::is_unit;
use super::number_formats::{ShownAs, shown_as};
use super::sheet::{CellFault, Sheet, SheetRow};
use super::unpacked::check_unpacked;
use crate::import::error::ImportError;
use crate::import::limits::{FIRST_ROWS, MOST_CELLS, MOST_COLUMNS};

type Book<'a> = Sheets<Cursor<&'a [u8]>>;

const SECONDS: f64 = 24.0 * 60.0 * 60.0;
/// A number below this is not the day of a date, but a length of more than a day: 1 January 1980.
const FIRST_DAY: f64 = 29_221.0;
/// After a date without a time.
const MIDNIGHT: &str = " 00:00:00";

/// Whether the bytes begin as workbooks do. Other files do, too: archives, documents, Outlook's messages.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1])
}

/// All sheets, each with at most `most` rows.
///
/// # Errors
/// It cannot be read, or has a password.
pub fn sheets(bytes: &[u8], most: usize) -> Result<Vec<Sheet>, ImportError> {
    check_unpacked(bytes)?;
    let mut book: Book<'_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| {
        if is_protected(bytes) { ImportError::Protected } else { ImportError::BrokenWorkbook(error.to_string()) }
    })?;
    let all: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == calamine::SheetType::WorkSheet)
        .map(|sheet| (sheet.name.clone(), sheet.visible != SheetVisible::Visible))
        .collect();
    all.into_iter().map(|(name, is_hidden)| sheet(&mut book, name, is_hidden, most)).collect()
}

/// The first rows of each sheet as text with tabs, by which the kinds of its tables are recognised. Hidden sheets are not
/// read.
///
/// # Errors
/// It cannot be read.
pub fn head_texts(bytes: &[u8]) -> Result<Vec<String>, ImportError> {
    let sheets = sheets(bytes, FIRST_ROWS)?;
    Ok(sheets.iter().filter(|sheet| !sheet.is_hidden).map(Sheet::first_text).collect())
}

/// Office keeps a workbook with a password in a container that names its contents in UTF-16.
fn is_protected(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes.windows(name.len()).any(|window| window == name)
}

fn sheet(book: &mut Book<'_>, name: String, is_hidden: bool, most: usize) -> Result<Sheet, ImportError> {
    let broken = |error: String| ImportError::BrokenWorkbook(format!("sheet \"{name}\": {error}"));
    let mut sheet = Sheet { name: Some(name.clone()), is_hidden, ..Sheet::default() };
    sheet.counts_from_1904 = match &*book {
        Sheets::Xlsx(book) => book.has_1904_epoch(),
        Sheets::Xls(book) => book.has_1904_epoch(),
        Sheets::Xlsb(book) => book.has_1904_epoch(),
        Sheets::Ods(_) => false,
    };
    let mut midnights = Midnights::default();
    if let Sheets::Xlsx(book) = book {
        let empty =
            read_cells(book, &name, &mut sheet, &mut midnights, most).map_err(|error| broken(error.to_string()))?;
        if empty {
            note_empty_formulas(book, &name, &mut sheet, most).map_err(|error| broken(error.to_string()))?;
        }
    } else {
        let range = book.worksheet_range(&name).map_err(|error| broken(error.to_string()))?;
        let marks_them = matches!(book, Sheets::Ods(_));
        // Values can be read although a formula is one that the reader does not know.
        let formulas = book.worksheet_formula(&name).unwrap_or_default();
        put_range(&range, &without_value(&range, &formulas, marks_them), &mut sheet, &mut midnights, most);
    }
    midnights.remove_from(&mut sheet);
    let merged = match book {
        Sheets::Xlsx(book) => book.merge_cells_by_sheet_name(&name).unwrap_or_default(),
        Sheets::Xls(book) => book.merge_cells_by_sheet_name(&name).unwrap_or_default(),
        Sheets::Xlsb(_) | Sheets::Ods(_) => Vec::new(),
    };
    for region in &merged {
        fill(&mut sheet, region);
    }
    Ok(sheet)
}

/// Reads cell by cell: one stray cell in the last row of the sheet would make the whole range huge. Returns whether there
/// are cells without a value.
fn read_cells(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: &mut Sheet,
    midnights: &mut Midnights,
    most: usize,
) -> Result<bool, XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let code = |style: &Style| style.number_format.as_ref().map(|format| shown_as(&format.format_code));
    let formats: Vec<ShownAs> = reader.styles().iter().map(|style| code(style).unwrap_or(ShownAs::Plain)).collect();
    let mut has_empty = false;
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        let value = Data::from(cell.get_value().clone());
        if value == Data::Empty {
            has_empty = true;
            continue;
        }
        let shown = formats.get(style).unwrap_or(&ShownAs::Plain);
        midnights.note(cell.get_position(), &value, shown);
        if !put(sheet, cell.get_position(), &value, shown, most) {
            break;
        }
    }
    Ok(has_empty)
}

/// Puts all cells of a range, those without a value as faults.
fn put_range(range: &Range<Data>, empty: &Positions, sheet: &mut Sheet, midnights: &mut Midnights, most: usize) {
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (first_row + row as u32, first_column + column as u32);
        if empty.contains(&at) {
            continue;
        }
        midnights.note(at, value, &ShownAs::Plain);
        if !put(sheet, at, value, &ShownAs::Plain, most) {
            break;
        }
    }
    // A sheet that was not read to its end is not read further here.
    let last = sheet.rows.last().filter(|_| sheet.rows.len() >= most).map(|row| row.line);
    let mut empty: Vec<(u32, u32)> = empty.iter().copied().collect();
    empty.sort_unstable();
    for at in empty.into_iter().take_while(|at| last.is_none_or(|last| (at.0 as usize) < last)) {
        add_fault(sheet, at);
    }
}

/// Notes formulas without a value in a sheet of .xlsx, which leaves the value out.
fn note_empty_formulas(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: &mut Sheet,
    most: usize,
) -> Result<(), XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let last = sheet.rows.last().filter(|_| sheet.rows.len() >= most).map(|row| row.line);
    while let Some(cell) = reader.next_cell_with_formula_metadata()? {
        if last.is_some_and(|last| cell.pos.0 as usize >= last) {
            break;
        }
        if cell.formula.is_some() && Data::from(cell.value) == Data::Empty {
            add_fault(sheet, cell.pos);
        }
    }
    Ok(())
}

/// Dates at midnight in cells whose format is not known. They are days without a time, unless another date of their column
/// has a time.
#[derive(Debug, Default)]
struct Midnights {
    timed: HashSet<u32>,
    cells: Vec<(usize, u32)>,
}

impl Midnights {
    fn note(&mut self, (row, column): (u32, u32), value: &Data, shown: &ShownAs) {
        if *shown != ShownAs::Plain {
            return;
        }
        let is_timed = match value {
            Data::DateTime(at) if !at.is_duration() && at.as_f64() >= FIRST_DAY => at.as_f64().fract() > 0.0,
            Data::DateTimeIso(text) => text.split_once('T').is_some_and(|(_, time)| time != "00:00:00"),
            _ => return,
        };
        if is_timed {
            self.timed.insert(column);
        } else {
            self.cells.push((row as usize + 1, column));
        }
    }

    fn remove_from(&self, sheet: &mut Sheet) {
        for (line, column) in self.cells.iter().filter(|(_, column)| !self.timed.contains(column)) {
            let row = sheet.rows.binary_search_by_key(line, |row| row.line).ok();
            let cell = row.and_then(|row| sheet.rows[row].cells.get_mut(*column as usize));
            if let Some(cell) = cell
                && let Some(day) = cell.strip_suffix(MIDNIGHT)
            {
                *cell = day.to_owned();
            }
        }
    }
}

/// Puts a cell into its row. Returns false once the sheet has `most` rows.
fn put(sheet: &mut Sheet, at: (u32, u32), value: &Data, shown: &ShownAs, most: usize) -> bool {
    let text = match text_of(value, shown) {
        Ok(text) if text.is_empty() => return true,
        Ok(text) => text,
        Err(what) => return put_fault(sheet, at, what, most),
    };
    let (line, column) = (at.0 as usize + 1, at.1);
    if !begin_row(sheet, line, most) {
        return false;
    }
    if column >= MOST_COLUMNS as u32 {
        sheet.problems.push((line, format!("Cell in column {} ignored: {MOST_COLUMNS} are read", column + 1)));
    } else if let Some(row) = sheet.rows.last_mut() {
        let at = column as usize;
        let width = row.cells.len().max(at + 1);
        sheet.cells += width - row.cells.len();
        row.cells.resize(width, String::new());
        row.cells[at] = text;
    }
    sheet.has_too_many_cells = sheet.cells > MOST_CELLS;
    !sheet.has_too_many_cells
}

/// Notes a cell without a value. Returns false once the sheet has `most` rows.
fn put_fault(sheet: &mut Sheet, (row, column): (u32, u32), what: String, most: usize) -> bool {
    let line = row as usize + 1;
    let is_read = begin_row(sheet, line, most);
    if is_read {
        sheet.faults.push(CellFault { line, column: column as usize, what });
    }
    is_read
}

/// Begins a row unless the last one is it. Returns false if the sheet has `most` rows.
fn begin_row(sheet: &mut Sheet, line: usize, most: usize) -> bool {
    let last = sheet.rows.last().map_or(0, |row| row.line);
    if last != line {
        if sheet.rows.len() >= most {
            return false;
        }
        // One blank row is enough for a gap.
        if last + 1 < line && last > 0 {
            sheet.rows.push(SheetRow { line: line - 1, cells: Vec::new() });
        }
        sheet.rows.push(SheetRow { line, cells: Vec::new() });
    }
    true
}

/// Gives all rows of a merged region the text of its first cell.
fn fill(sheet: &mut Sheet, region: &Dimensions) {
    let (first, last) = (region.start.0 as usize + 1, region.end.0 as usize + 1);
    let column = region.start.1 as usize;
    let begin = sheet.rows.partition_point(|row| row.line < first);
    let Some(text) =
        sheet.rows.get(begin).filter(|row| row.line == first).and_then(|row| row.cells.get(column)).cloned()
    else {
        return;
    };
    for row in sheet.rows[begin..].iter_mut().take_while(|row| row.line <= last).filter(|row| !row.is_blank()) {
        row.cells.resize(row.cells.len().max(column + 1), String::new());
        row.cells[column].clone_from(&text);
    }
}

/// The text of a cell: 2027-03 for a month, 2027-03-13 for a day, 2027-03-13 22:00:00 for a date with a time, 22:00:00 for a time or a length.
///
/// # Errors
/// What the cell has instead of a value.
fn text_of(value: &Data, shown: &ShownAs) -> Result<String, String> {
    Ok(match (value, shown) {
        (Data::Empty, _) => String::new(),
        (Data::String(text), _) => text.trim().to_owned(),
        (Data::Int(number), ShownAs::WithUnit(unit)) if is_unit(unit) => format!("{number} {unit}"),
        (Data::Float(number), ShownAs::WithUnit(unit)) if is_unit(unit) => format!("{number} {unit}"),
        (Data::Int(number), _) => number.to_string(),
        // A share of a day has more digits than a text such as 0.30, which is half past midnight.
        (Data::Float(number), _) if *number > 0.0 && *number < 1.0 => with_three_decimals(*number),
        (Data::Float(number), _) => number.to_string(),
        (Data::Bool(yes), _) => if *yes { "yes" } else { "no" }.to_owned(),
        (Data::DateTime(at), _) => date_time(at, shown),
        (Data::DateTimeIso(text), _) if text.contains('T') => text.replacen('T', " ", 1),
        (Data::DateTimeIso(text), _) => format!("{text}{MIDNIGHT}"),
        (Data::DurationIso(text), _) => iso_length(text).unwrap_or_else(|| text.clone()),
        (Data::Error(error), _) => return Err(format!("the error {error} (correct it in the workbook)")),
    })
}

fn with_three_decimals(number: f64) -> String {
    let text = number.to_string();
    if text.len() < "0.000".len() { format!("{number:.3}") } else { text }
}

fn date_time(at: &ExcelDateTime, shown: &ShownAs) -> String {
    let days = at.as_f64();
    let seconds = (days * SECONDS).round();
    let is_time = *shown == ShownAs::Time || days.fract() > 0.0;
    if at.is_duration() || days < 1.0 || days < FIRST_DAY && is_time {
        return clock(seconds.max(0.0) as u64);
    }
    let (year, month, day, ..) =
        ExcelDateTime::new(days.floor(), calamine::ExcelDateTimeType::DateTime, is_1904(at)).to_ymd_hms_milli();
    let on = NaiveDate::from_ymd_opt(year.into(), month.into(), day.into());
    let rest = (seconds - days.floor() * SECONDS) as u32;
    let time = NaiveTime::from_num_seconds_from_midnight_opt(rest % SECONDS as u32, 0).unwrap_or_default();
    // Rounding up may reach the next day.
    let on = on.and_then(|on| on.checked_add_days(Days::new(u64::from(rest / SECONDS as u32))));
    match on {
        Some(on) if *shown == ShownAs::Month && on.day() == 1 && days.fract() == 0.0 => {
            format!("{}-{:02}", on.year(), on.month())
        }
        Some(on) if matches!(shown, ShownAs::Day | ShownAs::Month) && days.fract() == 0.0 => on.to_string(),
        Some(on) => format!("{on} {time}"),
        None => days.to_string(),
    }
}

/// Whether the workbook counts its days from 1904.
fn is_1904(at: &ExcelDateTime) -> bool {
    let (year, ..) = ExcelDateTime::new(at.as_f64(), calamine::ExcelDateTimeType::DateTime, false).to_ymd_hms_milli();
    at.to_ymd_hms_milli().0 != year
}

/// "28:00:00"
fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// "22:00:00" of "PT22H00M00S".
fn iso_length(text: &str) -> Option<String> {
    let rest = text.strip_prefix("PT")?;
    let (hours, rest) = rest.split_once('H')?;
    let (minutes, rest) = rest.split_once('M')?;
    let seconds: f64 = rest.strip_suffix('S')?.parse().ok()?;
    let all = hours.parse::<u64>().ok()?.checked_mul(3600)?;
    Some(clock(all + minutes.parse::<u64>().ok()?.checked_mul(60)? + seconds.round() as u64))
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType;

    use super::*;

    #[test]
    fn cells_become_text_in_one_form_for_each_type() {
        let at = |days: f64| Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::DateTime, false));
        let length = |days: f64| Data::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false));
        for (value, expected) in [
            (Data::Float(4.0), "4"),
            (Data::Float(3.5), "3.5"),
            (Data::Bool(true), "yes"),
            (Data::String(" Core ".to_owned()), "Core"),
            (at(46459.0), "2027-03-13 00:00:00"),
            (at(46459.0 + 22.0 / 24.0), "2027-03-13 22:00:00"),
            (at(46_459.999_999_99), "2027-03-14 00:00:00"),
            (at(22.0 / 24.0), "22:00:00"),
            (at(0.0), "00:00:00"),
            (at(28.0 / 24.0), "28:00:00"),
            (length(4.0 / 24.0), "04:00:00"),
            (length(2.0), "48:00:00"),
            (Data::DateTimeIso("2027-03-13T22:00:00".to_owned()), "2027-03-13 22:00:00"),
            (Data::DurationIso("PT22H00M00S".to_owned()), "22:00:00"),
        ] {
            assert_eq!(text_of(&value, &ShownAs::Plain).as_deref(), Ok(expected), "{value:?}");
        }
        for (value, shown, expected) in [
            (at(46459.0), ShownAs::Day, "2027-03-13"),
            (at(46447.0), ShownAs::Month, "2027-03"),
            (at(46459.0), ShownAs::Month, "2027-03-13"),
            (at(46459.0), ShownAs::Time, "2027-03-13 00:00:00"),
            (at(46459.5), ShownAs::Day, "2027-03-13 12:00:00"),
            (at(1.0), ShownAs::Time, "24:00:00"),
            (Data::Float(0.25), ShownAs::Plain, "0.250"),
            (Data::Float(20.0), ShownAs::WithUnit("min".to_owned()), "20 min"),
            (Data::Float(20.0), ShownAs::WithUnit("hosts".to_owned()), "20"),
        ] {
            assert_eq!(text_of(&value, &shown).as_deref(), Ok(expected), "{value:?}");
        }
        let from_1904 = Data::DateTime(ExcelDateTime::new(44997.0, ExcelDateTimeType::DateTime, true));
        assert_eq!(text_of(&from_1904, &ShownAs::Plain).as_deref(), Ok("2027-03-13 00:00:00"));
        assert!(text_of(&Data::Error(calamine::CellErrorType::NA), &ShownAs::Plain).is_err());
    }
}
