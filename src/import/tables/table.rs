//! Tables with known columns: the header is found below title rows, and each row gives its cells by field.

use super::assigned::{Assigned, IGNORE, TitleRow};
use super::cancelled::asks_whether_cancelled;
use super::layout::{Column, Header, Layout, unknown_title};
use super::mapping::{ask_for_columns, likely_titles, note_columns, remember};
use super::options::{COLUMN, TITLES};
use super::row_judge::RowJudge;
use super::sheet::{Sheet, SheetRow};
use super::unread_columns::{UnreadColumn, unread};
use super::{date_parts, own_lists, sheet_choice, text_sheet, two_lines, workbook};
use crate::import::error::ImportError;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::limits::FIRST_ROWS;
use crate::import::limits::MOST_RECORDS;
use crate::import::text::{checked, words_on_one_line};
use crate::model::{DayOrder, TableMapping};
use crate::wording::formulas::unguarded;
use crate::wording::{counted, within_sentence};

/// More rows than are imported, so that too many are noticed.
const MOST_ROWS: usize = MOST_RECORDS + 2 * FIRST_ROWS;

/// Between the two days from which spreadsheets count.
const DAYS_FROM_1900_TO_1904: u32 = 1462;

/// A sheet whose header was found.
#[derive(Debug)]
pub struct Table {
    /// Set if several sheets of the file are read.
    pub sheet: Option<String>,
    /// The line of the titles, or of the first row.
    pub header_line: usize,
    /// In the order of the layout's fields.
    pub columns: Vec<Option<Column>>,
    pub rows: Vec<Row>,
    /// Its workbook counts days from 1904.
    counts_from_1904: bool,
    /// It is a text, and not a sheet of a workbook.
    pub is_text: bool,
    /// The name of its sheet.
    pub sheet_name: Option<String>,
    /// The cells above the titles.
    pub above: Vec<String>,
    /// The first cells of rows that are notes and no records.
    pub below: Vec<String>,
    /// Columns with dates, times or lengths whose titles are unknown.
    pub unread: Vec<UnreadColumn>,
    /// How dates of earlier tables with these titles were read, if a person chose that.
    pub usual_dates: Option<DayOrder>,
}

/// A row that is not blank.
#[derive(Clone, Debug)]
pub struct Row {
    /// From 1.
    pub line: usize,
    /// The row above it is blank, or is the header.
    pub follows_gap: bool,
    /// Why the row cannot be read, if its cells do not fit the header.
    pub problem: Option<String>,
    /// A warning about several rows says that problem.
    pub is_reported: bool,
    /// The state, if what the row is about does not take place.
    pub cancelled: Option<String>,
    cells: Vec<String>,
}

impl Row {
    /// The text of a field; none if the cell is empty or there is no such column.
    pub fn get(&self, field: usize) -> Option<&str> {
        self.cells.get(field).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// Replaces the text of a field.
    pub fn set(&mut self, field: usize, text: String) {
        if let Some(cell) = self.cells.get_mut(field) {
            *cell = text;
        }
    }

    /// Fills an empty cell.
    pub fn fill(&mut self, field: usize, text: &str) {
        if let Some(cell) = self.cells.get_mut(field).filter(|cell| cell.is_empty()) {
            text.clone_into(cell);
        }
    }
}

impl Table {
    /// Reads all tables of a file, and warns about what is left out. None if a person must assign columns first: the
    /// import then has a question and a preview.
    ///
    /// # Errors
    /// The file cannot be read, or an option names a column or field that does not exist.
    pub fn read_all(
        input: &Input<'_>,
        layout: &Layout,
        imported: &mut Imported,
    ) -> Result<Option<Vec<Self>>, ImportError> {
        let choice = input.options.columns(&COLUMN);
        let topic = layout.topic.words().id;
        let by_titles = choice.is_some_and(<[_]>::is_empty);
        let known = input.plan().mappings().iter().filter(|known| known.key.topic == topic && !by_titles);
        let mappings: Vec<&TableMapping> = known.map(|known| &**known).collect();
        let title_row = input.options.title_row(&TITLES);
        let assigned = Assigned { chosen: choice.unwrap_or_default(), title_row, mappings: &mappings };
        check_fields(layout, assigned)?;
        let mut sheets = sheets(input, layout, assigned)?;
        if let Some(line) = missing_line(&sheets, title_row) {
            return Err(ImportError::NoTitleLine(line));
        }
        if title_row.is_none() {
            for sheet in &mut sheets {
                two_lines::join(sheet, layout, assigned);
            }
        }
        for sheet in &mut sheets {
            date_parts::join(sheet, layout, assigned);
        }
        if let Some(title) = unknown_title(&sheets, assigned) {
            let found = likely_titles(&sheets, layout, assigned);
            return Err(ImportError::NoSuchColumn { title: title.to_owned(), found });
        }
        let found = sheet_choice::choose(&sheets, layout, assigned, &input.tables, imported);
        let headers = found.iter().flatten().count();
        if choice.is_none()
            && let Some((name, topic)) = own_lists::other_list(&sheets, &found, layout.topic)
        {
            return Err(ImportError::OwnList { name, wanted: layout.topic, topic });
        }
        if headers == 0 {
            ask_for_columns(&sheets, layout, assigned, imported)?;
            return Ok(None);
        }
        if imported.question.is_some() {
            let headed = sheets.iter().zip(&found).filter_map(|(sheet, header)| Some((sheet, header.as_ref()?)));
            headed.for_each(|(sheet, header)| note_columns(sheet, header, layout, assigned, imported));
            return Ok(None);
        }
        let mut tables: Vec<Self> = Vec::new();
        let mut count = 0;
        for (sheet, header) in sheets.into_iter().zip(found) {
            input.source.check_cancelled()?;
            let Some(header) = header else { continue };
            note_columns(&sheet, &header, layout, assigned, imported);
            remember(&sheet, &header, layout, input, imported);
            let table = Self::new(sheet, header, layout, headers > 1, assigned, imported);
            count += table.rows.len();
            if count > MOST_RECORDS {
                return Err(ImportError::TooMany("rows"));
            }
            tables.push(table);
        }
        Ok(Some(tables))
    }

    fn new(
        sheet: Sheet,
        header: Header,
        layout: &Layout,
        is_one_of_several: bool,
        assigned: Assigned<'_>,
        imported: &mut Imported,
    ) -> Self {
        let Header { row: header_row, columns } = header;
        let is_text = sheet.name.is_none();
        let sheet_name = sheet.name.clone();
        let name = sheet.name.filter(|_| is_one_of_several);
        let titles = header_row.and_then(|row| sheet.rows.get(row));
        let header_line = titles.or(sheet.rows.first()).map_or(1, |row| row.line);
        let widest = sheet.rows.iter().take(FIRST_ROWS).map(|row| row.cells.len()).max().unwrap_or_default();
        let width = titles.map_or(widest, |row| row.cells.len());
        let titles = titles.map_or(&[][..], |row| &row.cells);
        let is_mapped = assigned.columns(titles).is_some();
        let below = &sheet.rows[header_row.map_or(0, |row| row + 1).min(sheet.rows.len())..];
        let unread = if is_mapped { Vec::new() } else { unread(titles, below, &columns, &assigned.ignored(titles)) };
        let usual_dates = assigned.mapping(titles).and_then(|mapping| mapping.dates);
        let warn = |imported: &mut Imported, line, message: String| {
            imported.warn(Some(line), prefixed(name.as_deref(), message));
        };
        let above: Vec<&SheetRow> =
            sheet.rows[..header_row.unwrap_or_default()].iter().filter(|row| !row.is_blank()).collect();
        if !above.is_empty() {
            let message = format!("{} above the column titles ignored", counted(above.len(), "row"));
            warn(imported, header_line, message);
        }
        let above = above.iter().flat_map(|row| notes(&row.cells)).collect();
        for message in left_out(titles, &columns, assigned) {
            warn(imported, header_line, message);
        }
        for (line, problem) in sheet.problems {
            warn(imported, line, problem);
        }
        let (mut rows, mut below) = (Vec::new(), Vec::new());
        let (mut follows_gap, mut follows_blank) = (true, false);
        let mut judge = RowJudge::new(layout, &columns, titles, sheet.faults);
        for row in sheet.rows.into_iter().skip(header_row.map_or(0, |row| row + 1)) {
            if row.is_blank() && !judge.has_fault(row.line) {
                (follows_gap, follows_blank) = (true, true);
                continue;
            }
            let problem = if is_text { misfit(&row, width) } else { None };
            let cells = pick(&row.cells, &columns);
            let verdict = judge.judge(row.line, &row.cells, &cells, follows_blank).filter(|_| problem.is_none());
            if is_text && problem.is_none() && verdict.is_none() && row.cells.len() < width {
                let cells = counted(row.cells.len(), "cell");
                warn(imported, row.line, format!("Row has {cells}, the header has {width}: missing cells are empty"));
            }
            if verdict.as_ref().is_some_and(|verdict| !verdict.is_reported) {
                below.extend(row.cells.iter().find(|cell| !cell.is_empty()).map(|cell| words_on_one_line(cell)));
            }
            let is_reported = verdict.as_ref().is_some_and(|verdict| verdict.is_reported);
            let cancelled = verdict.as_ref().and_then(|verdict| verdict.cancelled.clone());
            let problem = problem.or(verdict.map(|verdict| verdict.problem));
            rows.push(Row { line: row.line, follows_gap, problem, is_reported, cancelled, cells });
            (follows_gap, follows_blank) = (false, false);
        }
        judge.report(|line, message| warn(imported, line, message));
        let counts_from_1904 = sheet.counts_from_1904;
        Self {
            sheet: name,
            header_line,
            columns,
            rows,
            counts_from_1904,
            is_text,
            sheet_name,
            above,
            below,
            unread,
            usual_dates,
        }
    }

    /// The title of the column that holds a field.
    pub fn title(&self, field: usize) -> Option<&str> {
        self.columns.get(field)?.as_ref().map(|column| column.title.as_str())
    }

    /// All cells of a field that are not empty. Those of rows that cannot be read decide nothing.
    pub fn cells(&self, field: usize) -> impl Iterator<Item = &str> {
        let rows = self.rows.iter().filter(|row| row.problem.is_none() || row.cancelled.is_some());
        rows.filter_map(move |row| row.get(field))
    }

    /// Counts days as from 1900 in the cells of these fields that have the number of a day, which a workbook may count
    /// from 1904.
    pub fn count_days_from_1900(&mut self, fields: &[usize]) {
        if !self.counts_from_1904 {
            return;
        }
        let wanted = |(field, cell)| fields.contains(&field).then_some(cell);
        let all = self.rows.iter_mut().flat_map(|row| row.cells.iter_mut().enumerate());
        for cell in all.filter_map(wanted) {
            let (day, share) = cell.split_once('.').unwrap_or((cell.as_str(), ""));
            let is_number = day.len() == 5 && share.bytes().chain(day.bytes()).all(|byte| byte.is_ascii_digit());
            if let Some(day) = day.parse::<u32>().ok().filter(|_| is_number) {
                let day = day + DAYS_FROM_1900_TO_1904;
                *cell = if share.is_empty() { day.to_string() } else { format!("{day}.{share}") };
            }
        }
    }

    /// Warns about a row.
    pub fn warn(&self, line: usize, message: String, imported: &mut Imported) {
        imported.warn(Some(line), prefixed(self.sheet.as_deref(), message));
    }

    /// Warns once about a column or the table as a whole.
    pub fn note(&self, message: String, imported: &mut Imported) {
        self.warn(self.header_line, message, imported);
    }
}

/// The sheets of the file: those of a workbook, or one of a text.
fn sheets(input: &Input<'_>, layout: &Layout, assigned: Assigned<'_>) -> Result<Vec<Sheet>, ImportError> {
    let bytes = input.file()?.bytes()?;
    let sheets = if workbook::is_workbook(&bytes) {
        let mut sheets = workbook::sheets(&bytes, MOST_ROWS)?;
        for sheet in &mut sheets {
            let first = sheet.rows.iter().position(|row| !row.is_blank()).unwrap_or_default();
            sheet.rows.drain(..first);
        }
        sheets
    } else {
        let text = input.decoded(&bytes);
        drop(bytes);
        vec![text_sheet::read(checked(&text)?, layout, assigned, MOST_ROWS)]
    };
    if sheets.iter().any(|sheet| sheet.has_too_many_cells) {
        return Err(ImportError::TooManyCells);
    }
    Ok(sheets)
}

/// The line that should have the titles, if no sheet has it.
fn missing_line(sheets: &[Sheet], title_row: Option<TitleRow>) -> Option<usize> {
    let Some(TitleRow::Line(line)) = title_row else { return None };
    let has_line = sheets.iter().any(|sheet| sheet.rows.iter().any(|row| row.line == line));
    (!has_line).then_some(line)
}

/// The cells of a row above the titles. "Time zone" and the zone in the next cell are one note.
fn notes(cells: &[String]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.is_empty()).map(|cell| words_on_one_line(cell)) {
        let names_zone = |note: &String| {
            let word = note.trim_end_matches([':', '=', ' ']).to_lowercase();
            ["time zone", "timezone", "zeitzone", "times in", "zeiten in"].iter().any(|end| word.ends_with(end))
        };
        match notes.last_mut().filter(|note| names_zone(note)) {
            Some(note) => *note = format!("{}: {cell}", note.trim_end_matches([':', '=', ' '])),
            None => notes.push(cell),
        }
    }
    notes
}

/// "Sheet "May": row skipped …"
fn prefixed(sheet: Option<&str>, message: String) -> String {
    match sheet {
        Some(sheet) => format!("Sheet \"{}\": {}", words_on_one_line(sheet), within_sentence(&message)),
        None => message,
    }
}

/// The last column of our own tables: the release of the zone data. It says nothing about a row.
const ZONE_DATA: &str = "zone_data";

/// Says which columns hold no field, or one that another column holds. A person knows about those that they left out.
fn left_out(titles: &[String], columns: &[Option<Column>], assigned: Assigned<'_>) -> Vec<String> {
    let is_read = |index: usize| columns.iter().flatten().any(|column| column.index == index);
    let is_known = assigned.columns(titles).is_some();
    let ignored = assigned.ignored(titles);
    let others = titles
        .iter()
        .enumerate()
        .filter(|(index, title)| !is_read(*index) && !title.is_empty() && !ignored.contains(index))
        .filter(|(_, title)| !is_known && *title != ZONE_DATA && !asks_whether_cancelled(title));
    others
        .map(|(_, title)| {
            let is_second = columns.iter().flatten().any(|column| column.title.eq_ignore_ascii_case(title));
            let which = if is_second { "Second" } else { "Unknown" };
            format!("{which} column \"{}\" ignored", words_on_one_line(title))
        })
        .collect()
}

/// Why a row of a text does not fit the header: a delimiter inside a cell would shift the cells behind it.
fn misfit(row: &SheetRow, width: usize) -> Option<String> {
    let extra = row.cells.iter().skip(width).any(|cell| !cell.is_empty());
    extra.then(|| {
        let cells = row.cells.len();
        format!("it has {cells} cells, but the header has {width}: put a cell that contains a delimiter into quotes")
    })
}

/// The cells in the order of the fields.
fn pick(cells: &[String], columns: &[Option<Column>]) -> Vec<String> {
    let take = |column: &Column| {
        let cell = cells.get(column.index).map(String::as_str).unwrap_or_default();
        without_marks(unguarded(cell).map_or(cell, str::trim))
    };
    columns.iter().map(|column| column.as_ref().map_or_else(String::new, take)).collect()
}

/// Without invisible marks, such as those that some programs put before dates to keep their direction.
fn without_marks(cell: &str) -> String {
    let is_mark = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}');
    if cell.contains(is_mark) { cell.replace(is_mark, "").trim().to_owned() } else { cell.to_owned() }
}

/// # Errors
/// A person assigned a column to a field that the kind does not have.
fn check_fields(layout: &Layout, assigned: Assigned<'_>) -> Result<(), ImportError> {
    let is_known = |id: &str| id == IGNORE || layout.fields.iter().any(|field| field.id == id);
    match assigned.chosen.iter().find(|(id, _)| !is_known(id)) {
        Some((id, _)) => Err(ImportError::NoSuchField { field: id.clone(), known: layout.all_names() }),
        None => Ok(()),
    }
}
