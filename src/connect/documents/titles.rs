//! The titles of a table's columns, in a form in which they can be compared.

/// The titles of a table, as letters and digits in lower case: "CVSS v3.0 Base Score" is "cvssv30basescore".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Titles(Vec<String>);

impl Titles {
    pub fn new<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let fold = |title: &str| title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Self(cells.map(fold).collect())
    }

    /// Whether there is a column with one of these titles.
    pub fn has(&self, titles: &[&str]) -> bool {
        self.0.iter().any(|own| titles.contains(&own.as_str()))
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.0.len()
    }

    /// The columns with this title, from 0.
    pub fn positions(&self, title: &str) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().filter(move |(_, own)| own.as_str() == title).map(|(at, _)| at)
    }
}
