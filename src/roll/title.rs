//! The title of a rolled plan.

use chrono::Datelike as _;

use super::dates::Step;

/// The title with the years of the later plan: "Harbour 2027/28" becomes "Harbour 2028/29". A title without a year gets
/// that of the later plan, because two plans of the same title cannot be told apart.
pub(super) fn later_title(title: &str, step: Step) -> String {
    let pieces = pieces(title);
    let mut is_raised = false;
    // The year before the separator, as it is in the old title.
    let mut year_before: Option<i32> = None;
    let mut out = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let before = index.checked_sub(1).map_or("", |before| pieces[before].as_str());
        let next_year = || pieces.get(index + 2).is_some_and(|next| joins(&pieces[index + 1]) && step.had_year(next));
        let year = piece.parse::<i32>().ok().filter(|_| piece.bytes().all(|byte| byte.is_ascii_digit()));
        let is_next = |year: i32, modulus: i32| {
            joins(before) && year_before.is_some_and(|before| (1..=5).any(|more| (before + more) % modulus == year))
        };
        let later = year.and_then(|year| match piece.len() {
            // "2027/2028" for a plan of 2027, and "2026/27": the other year belongs to the one of the plan.
            4 if step.had_year(piece) || is_next(year, 10_000) || next_year() => Some((year + step.years).to_string()),
            2 if is_next(year, 100) || (abbreviates(before) && step.had_short_year(year)) => {
                Some(format!("{:02}", (year + step.years) % 100))
            }
            _ => None,
        });
        if piece.starts_with(|c: char| c.is_ascii_digit()) {
            year_before = year.filter(|_| later.is_some() && piece.len() == 4);
        }
        is_raised |= later.is_some();
        out.push_str(later.as_deref().unwrap_or(piece));
    }
    if is_raised { out } else { format!("{} {}", title.trim_end(), step.new.from.year()).trim_start().to_owned() }
}

impl Step {
    fn had_year(self, piece: &str) -> bool {
        let years = self.old.from.year()..=self.old.last().year();
        piece.len() == 4 && piece.parse().is_ok_and(|year| years.contains(&year))
    }

    fn had_short_year(self, year: i32) -> bool {
        (self.old.from.year()..=self.old.last().year()).any(|full| full % 100 == year)
    }
}

/// Whether the text between two years joins them: "2027/28", "2027 – 2028", "2027 to 2028".
fn joins(between: &str) -> bool {
    matches!(between.trim(), "/" | "-" | "–" | "—" | "+" | "&" | "to" | "and" | "bis" | "und")
}

/// Whether two digits after this text are a year: "FY27", "Plan '27".
fn abbreviates(before: &str) -> bool {
    before.ends_with(['\'', '’']) || before.to_lowercase().trim_end().ends_with("fy")
}

/// The title as runs of digits and of other characters.
fn pieces(title: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for c in title.chars() {
        let is_digit = |text: &String| text.ends_with(|last: char| last.is_ascii_digit());
        match pieces.last_mut().filter(|last| is_digit(last) == c.is_ascii_digit()) {
            Some(last) => last.push(c),
            None => pieces.push(c.to_string()),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Horizon;

    fn later(title: &str, from: &str, months: u16, years: i32) -> String {
        let old = Horizon { from: from.parse().unwrap(), months };
        let new = Horizon { from: old.from.with_year(old.from.year() + years).unwrap(), months };
        later_title(title, Step { old, new, years })
    }

    #[test]
    fn years_in_the_title_are_raised() {
        for (title, expected) in [
            ("Harbour 2027", "Harbour 2028"),
            ("2027", "2028"),
            ("2027 Harbour", "2028 Harbour"),
            ("Harbour 2027/28", "Harbour 2028/29"),
            ("Harbour 2027/2028", "Harbour 2028/2029"),
            ("Harbour 2026/2027", "Harbour 2027/2028"),
            ("Harbour 2027 - 2028", "Harbour 2028 - 2029"),
            ("Harbour 2027 to 2028", "Harbour 2028 to 2029"),
            ("Harbour 2027 (draft 2027-11)", "Harbour 2028 (draft 2028-11)"),
            ("Harbour FY27", "Harbour FY28"),
            ("Harbour '27", "Harbour '28"),
            ("Plan2027", "Plan2028"),
            ("SQL Server 2025 patching 2027", "SQL Server 2025 patching 2028"),
            ("Building 27, 2027", "Building 27, 2028"),
            ("Room 20271", "Room 20271 2028"),
            ("Harbour", "Harbour 2028"),
            ("", "2028"),
        ] {
            assert_eq!(later(title, "2027-01-01", 12, 1), expected, "{title}");
        }
        assert_eq!(later("Harbour 2027/28", "2027-04-01", 18, 1), "Harbour 2028/29");
        assert_eq!(later("Harbour 2099/00", "2099-04-01", 12, 1), "Harbour 2100/01");
        assert_eq!(later("Harbour 2027", "2027-01-01", 12, 3), "Harbour 2030");
    }
}
