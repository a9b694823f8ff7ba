//! Dates whose year, month and day are in three columns. They are joined in the first of them, so that all that reads
//! dates reads these, too.

use std::collections::HashMap;

use super::assigned::Assigned;
use super::date_names::month;
use super::layout::{Layout, plain};
use super::sheet::{Sheet, SheetRow};
use crate::import::limits::FIRST_ROWS;

/// What the columns of years, months and days are called, as [`plain`] leaves it.
const TITLES: [&[&str]; 3] = [
    &["year", "jahr", "yyyy", "yy", "jjjj", "année", "annee", "año", "anno", "jaar", "ano"],
    &["month", "monat", "mm", "mois", "mes", "mese", "maand", "mês", "monthnumber", "monthname"],
    &["day", "tag", "dd", "tt", "jour", "día", "dia", "giorno", "dag", "dayofmonth", "dayinmonth"],
];

/// Columns that make a day something else than a day of the month: the day of a week, or after a patch day.
const WEEKS: [&str; 10] =
    ["week", "weeknumber", "weekno", "calendarweek", "isoweek", "kw", "kalenderwoche", "woche", "semaine", "semana"];

/// In bytes.
const LONGEST_TITLE: usize = 60;

/// At most this many dates in parts are looked at in one row.
const MOST_DATES: usize = 8;

/// The column of one part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum PartColumn {
    #[default]
    None,
    One(usize),
    /// Which of them is meant, nobody can tell.
    Several,
}

/// The columns with the parts of one date.
struct Parts {
    /// Those of the year, the month and the day.
    columns: [usize; 3],
    /// The title of the joined column.
    title: String,
}

/// Joins the columns of each date, if a field of the layout has it and no other column has that field.
pub fn join(sheet: &mut Sheet, layout: &Layout, assigned: Assigned<'_>) {
    for at in 0..sheet.rows.len().min(FIRST_ROWS) {
        let mut is_joined = false;
        while let Some(parts) = find_parts(&sheet.rows, at, layout, assigned) {
            join_columns(&mut sheet.rows[at..], &parts);
            is_joined = true;
        }
        if is_joined {
            return;
        }
    }
}

/// The first date in parts that the titles of a row name and the rows below it have.
fn find_parts(rows: &[SheetRow], at: usize, layout: &Layout, assigned: Assigned<'_>) -> Option<Parts> {
    let mut named: HashMap<(String, String), [PartColumn; 3]> = HashMap::new();
    let mut years = Vec::new();
    if rows[at].cells.iter().any(|cell| cell.len() <= LONGEST_TITLE && WEEKS.contains(&plain(cell).as_str())) {
        return None;
    }
    for (index, cell) in rows[at].cells.iter().enumerate().filter(|(_, cell)| cell.len() <= LONGEST_TITLE) {
        let title = plain(cell);
        for (part, names) in TITLES.iter().enumerate() {
            let Some(affixes) = affix(&title, names) else { continue };
            if part == 0 {
                years.push(affixes.clone());
            }
            let column = &mut named.entry(affixes).or_default()[part];
            *column = if *column == PartColumn::None { PartColumn::One(index) } else { PartColumn::Several };
        }
    }
    let complete = years.iter().filter_map(|affixes| match *named.get(affixes)? {
        [PartColumn::One(year), PartColumn::One(month), PartColumn::One(day)] => Some((affixes, [year, month, day])),
        _ => None,
    });
    complete.take(MOST_DATES).find_map(|(affixes, columns)| {
        let title = title(&rows[at].cells, columns, affixes, layout, assigned)?;
        has_dates(&rows[at + 1..], columns).then_some(Parts { columns, title })
    })
}

/// What a title says before and after one of these names: "start" of "startyear", and "von" of "jahrvon".
fn affix(title: &str, names: &[&str]) -> Option<(String, String)> {
    let before = || names.iter().find_map(|name| title.strip_suffix(name).map(|rest| (rest.to_owned(), String::new())));
    let after = || names.iter().find_map(|name| title.strip_prefix(name).map(|rest| (String::new(), rest.to_owned())));
    let is_exact = names.contains(&title);
    // Two letters end and begin too many words.
    if is_exact { Some((String::new(), String::new())) } else { before().or_else(after).filter(|_| title.len() > 4) }
}

/// The title with which the layout knows the joined column, unless it has another column for that.
fn title(
    cells: &[String],
    [year, month, day]: [usize; 3],
    (before, after): &(String, String),
    layout: &Layout,
    assigned: Assigned<'_>,
) -> Option<String> {
    let (own, known) = (format!("{before}{after}"), layout.columns(cells, assigned));
    let titles: Vec<String> =
        if own.is_empty() { vec!["Date".to_owned()] } else { vec![format!("{own} date"), format!("{own}datum"), own] };
    titles.into_iter().find(|title| {
        let mut joined = cells.to_vec();
        joined[month].clear();
        joined[day].clear();
        joined[year].clone_from(title);
        let columns = layout.columns(&joined, assigned);
        let taken = columns.iter().position(|column| column.as_ref().is_some_and(|column| column.index == year));
        let is_part = |index: usize| [year, month, day].contains(&index);
        // A part that a person, or its title, gives to another field is not a part.
        let is_free = |field: usize| {
            let others = known.iter().enumerate().filter(|(other, _)| *other != field);
            !others.filter_map(|(_, column)| column.as_ref()).any(|column| is_part(column.index))
        };
        let is_own = |field: usize| known[field].as_ref().is_none_or(|column| is_part(column.index));
        taken.is_some_and(|field| is_own(field) && is_free(field))
    })
}

/// Whether most rows that have the parts have a date in them: "Day" may also be a weekday or a whole date.
fn has_dates(rows: &[SheetRow], columns: [usize; 3]) -> bool {
    let cells = |row: &SheetRow| columns.map(|column| row.cells.get(column).cloned().unwrap_or_default());
    let filled = rows.iter().map(cells).filter(|cells| cells.iter().any(|cell| !cell.is_empty())).take(FIRST_ROWS);
    let (read, unread): (Vec<_>, Vec<_>) = filled.partition(|cells| date(cells).is_some());
    !read.is_empty() && read.len() >= unread.len()
}

/// Writes each date into the column of its year, and leaves the other two blank.
fn join_columns(rows: &mut [SheetRow], Parts { columns, title }: &Parts) {
    for (at, row) in rows.iter_mut().enumerate() {
        let cells = columns.map(|column| row.cells.get_mut(column).map(std::mem::take).unwrap_or_default());
        let joined = if at == 0 {
            title.clone()
        } else if cells.iter().all(String::is_empty) {
            String::new()
        } else {
            date(&cells).unwrap_or_else(|| in_words(&cells))
        };
        if let Some(cell) = columns.iter().find_map(|column| row.cells.get(*column).map(|_| *column)) {
            let column = if columns[0] < row.cells.len() { columns[0] } else { cell };
            row.cells[column] = joined;
        }
    }
}

/// "2027-3-13", as it is read anywhere in a table.
fn date([year, month_cell, day]: &[String; 3]) -> Option<String> {
    let number = |cell: &str, lengths: &[usize]| {
        let is_number = lengths.contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { cell.parse::<u32>().ok() } else { None }
    };
    let year =
        number(year, &[4]).or_else(|| Some(2000 + number(year, &[2]).filter(|year| (20..80).contains(year))?))?;
    let named = || month(&month_cell.trim_end_matches('.').to_lowercase());
    let month = number(month_cell, &[1, 2]).or_else(named).filter(|month| (1..=12).contains(month))?;
    let day = day.trim_end_matches('.');
    let ordinal = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let day = number(ordinal, &[1, 2]).filter(|day| (1..=31).contains(day))?;
    Some(format!("{year}-{month:02}-{day:02}"))
}

/// The parts of what is not a date, so that the message about it shows them.
fn in_words(cells: &[String; 3]) -> String {
    let part = |(name, cell): (&str, &String)| {
        let cell = if cell.is_empty() { "missing" } else { cell };
        format!("{name} {cell}")
    };
    ["year", "month", "day"].into_iter().zip(cells).map(part).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::tables::layout::Field;
    use crate::import::topic::Topic;

    const LAYOUT: Layout = Layout {
        topic: Topic::Windows,
        fields: &[
            Field { id: "name", titles: &[] },
            Field { id: "date", titles: &["startdate", "datum", "tag"] },
            Field { id: "end-date", titles: &["enddatum"] },
        ],
        required: &[&[0], &[1]],
    };

    fn after(rows: &[&str]) -> Vec<String> {
        let mut sheet = Sheet::from_lines(rows);
        join(&mut sheet, &LAYOUT, Assigned::default());
        sheet.rows.iter().map(|row| row.cells.join(",")).collect()
    }

    #[test]
    fn parts_of_dates_are_joined() {
        for (rows, expected) in [
            (&["Name,Year,Month,Day", "A,2027,3,13"][..], &["Name,Date,,", "A,2027-03-13,,"][..]),
            (&["Plan", "Tag,Monat,Jahr,Name", "13.,März,27,A"], &["Plan", ",,Date,Name", ",,2027-03-13,A"]),
            (
                &["Name,Start year,Start month,Start day,Endjahr,Endmonat,Endtag", "A,2027,Mar,13th,2027,3,14"],
                &["Name,start date,,,end date,,", "A,2027-03-13,,,2027-03-14,,"],
            ),
            // Not a date, and no date at all.
            (
                &["Name,Year,Month,Day", "A,2027,3,13", "B,2027,,13", "C,,,", "D,2027,12,9", "E"],
                &[
                    "Name,Date,,",
                    "A,2027-03-13,,",
                    "B,year 2027, month missing, day 13,,",
                    "C,,,",
                    "D,2027-12-09,,",
                    "E",
                ],
            ),
        ] {
            assert_eq!(after(rows), expected);
        }
    }

    #[test]
    fn other_columns_of_years_months_and_days_stay() {
        for rows in [
            &["Name,Date,Year,Month,Day", "A,2027-03-13,2027,3,13"][..],
            &["Name,Year,Month,Day", "A,2027,3,Sat", "B,2027,3,Sun"],
            &["Name,Year,Month,Tag", "A,2027,3,13.03.2027"],
            // The day of a week, and two columns that could be the day.
            &["Name,Year,Month,Week,Day", "A,2027,3,2,6", "B,2027,3,3,7"],
            &["Name,Year,Month,Day,DD", "A,2027,3,13,14"],
            &["Name,Year,Month", "A,2027,3"],
        ] {
            assert_eq!(after(rows), rows);
        }
    }
}
