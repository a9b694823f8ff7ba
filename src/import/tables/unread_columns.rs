//! Columns whose titles are unknown although their cells are dates, times or lengths: nothing else is assumed in their
//! stead before a person says what they are.

use super::layout::{Column, Field};
use super::lengths::{LengthColumn, unit_in_title};
use super::moments;
use super::sheet::SheetRow;
use crate::import::limits::FIRST_ROWS;
use crate::import::text::words_on_one_line;

/// A column that no field holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnreadColumn {
    pub title: String,
    pub cells: UnreadCells,
    /// Its cells have dates, with or without times.
    pub has_dates: bool,
    /// Its first filled cell.
    pub sample: String,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnreadCells {
    Dates,
    /// With or without dates.
    Times,
    Lengths,
}

impl UnreadCells {
    pub fn plural(self) -> &'static str {
        match self {
            Self::Dates => "dates",
            Self::Times => "times",
            Self::Lengths => "lengths",
        }
    }
}

/// The columns that hold no field, and whose cells are dates, times or lengths. Those that say when a row was written are
/// left out.
pub fn unread(
    titles: &[String],
    rows: &[SheetRow],
    columns: &[Option<Column>],
    ignored: &[usize],
) -> Vec<UnreadColumn> {
    let is_read = |index: usize| columns.iter().flatten().any(|column| column.index == index);
    let others = titles.iter().enumerate().filter(|(index, title)| {
        !title.is_empty() && !is_read(*index) && !ignored.contains(index) && !is_about_record(title)
    });
    let column = |(index, title): (usize, &String)| {
        let cells =
            || rows.iter().take(FIRST_ROWS).filter_map(|row| row.cells.get(index)).filter(|cell| !cell.is_empty());
        let cells_are = cells_are(title, cells())?;
        let has_dates = cells().any(|cell| moments::read(cell).is_ok_and(|moment| moment.from.date.is_some()));
        let sample = words_on_one_line(cells().next()?);
        Some(UnreadColumn { title: words_on_one_line(title), cells: cells_are, has_dates, sample })
    };
    others.filter_map(column).collect()
}

/// The question that a person must answer before `instead` is assumed.
pub fn question(column: &UnreadColumn, fields: &[&Field], instead: &str) -> String {
    let (title, cells, sample) = (&column.title, column.cells.plural(), &column.sample);
    let choices: Vec<String> = fields.iter().map(|field| format!("{}={title}", field.id)).collect();
    let choices = choices.join(" or ");
    format!(
        "The column \"{title}\" has {cells} (\"{sample}\"), but its title is unknown, and {instead}: choose what it is with \
         the option column ({choices}), or leave it out with ignore={title}"
    )
}

/// What most cells are, if nearly all are that.
fn cells_are<'a>(title: &str, cells: impl Iterator<Item = &'a String>) -> Option<UnreadCells> {
    let names_length = unit_in_title(title).is_some() || {
        let lower = title.to_lowercase();
        ["durat", "dauer", "downtime", "length", "länge", "laufzeit"].iter().any(|word| lower.contains(word))
    };
    let (mut all, mut dates, mut times, mut lengths) = (0, 0, 0, 0);
    for cell in cells {
        all += 1;
        let is_number = cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
        let is_length = || LengthColumn::new(std::iter::empty(), unit_in_title(title)).length(cell).is_ok();
        match moments::read(cell).ok().filter(|_| !is_number || cell.matches('.').count() > 1) {
            Some(_) if names_length => lengths += 1,
            Some(moment) if moment.has_time() || moment.from.date.is_none() => times += 1,
            Some(_) => dates += 1,
            None if (names_length || !is_number) && is_length() => lengths += 1,
            None => {}
        }
    }
    let is_most = |count: usize| count > 0 && count * 5 >= all * 4;
    if is_most(dates) {
        Some(UnreadCells::Dates)
    } else if is_most(times + dates) {
        Some(UnreadCells::Times)
    } else if lengths > 0 && is_most(lengths + times) {
        // "4h" alone may also be a time.
        Some(UnreadCells::Lengths)
    } else {
        None
    }
}

/// Whether a title is about the record and not about what it plans: "Created", "Geändert am".
fn is_about_record(title: &str) -> bool {
    const WORDS: [&str; 27] = [
        "creat",
        "updat",
        "modif",
        "opened",
        "changed",
        "closed",
        "resolved",
        "submitted",
        "requested",
        "approv",
        "published",
        "notif",
        "reported",
        "reviewed",
        "actual",
        "imported",
        "due",
        "erstellt",
        "geändert",
        "angelegt",
        "aktualisiert",
        "eröffnet",
        "geschlossen",
        "beantragt",
        "genehmigt",
        "gemeldet",
        "stand",
    ];
    let lower = title.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_decide_what_an_unknown_column_may_be() {
        for (title, cells, expected) in [
            ("Working again", &["2028-01-06", "06.01.2028"][..], Some(UnreadCells::Dates)),
            ("Till", &["02:00"], Some(UnreadCells::Times)),
            ("Schluss", &["14.03.2027 02:00"], Some(UnreadCells::Times)),
            ("Est. downtime (min)", &["90", "120"], Some(UnreadCells::Lengths)),
            ("Effort", &["4h", "90 min"], Some(UnreadCells::Lengths)),
            ("Priority", &["1", "2"], None),
            ("Owner", &["Ann", "Bob"], None),
            ("Version", &["1.5", "2.0"], None),
        ] {
            let cells: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
            assert_eq!(cells_are(title, cells.iter()), expected, "{title}");
        }
        assert!(is_about_record("Created on") && is_about_record("Geändert am") && !is_about_record("Finish"));
    }
}
