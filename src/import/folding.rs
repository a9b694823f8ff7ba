//! Folds warnings about many rows into few: a table of 100,000 rows may have the same fault in each.

use std::collections::{HashMap, HashSet};

use super::imported::Warning;
use crate::wording::counted;

/// This many warnings of one kind are kept.
const MOST: usize = 100;

/// A folded warning names at most this many ranges of lines.
const MOST_RANGES: usize = 20;

/// The warnings with those beyond the first hundred of each kind as one that names their lines.
pub fn folded(warnings: Vec<Warning>) -> Vec<Warning> {
    if warnings.len() <= MOST {
        return warnings;
    }
    let mut lines: HashMap<String, Vec<usize>> = HashMap::new();
    for warning in &warnings {
        if let Some(line) = warning.line {
            lines.entry(kind(&warning.message)).or_default().push(line);
        }
    }
    // Warnings about one line, such as that of the titles, are about different things.
    lines.retain(|_, lines| lines.len() > MOST && lines.iter().collect::<HashSet<_>>().len() == lines.len());
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut folded = Vec::new();
    for warning in warnings {
        let kind = kind(&warning.message);
        let Some(lines) = lines.get(&kind) else {
            folded.push(warning);
            continue;
        };
        let count = seen.entry(kind).or_default();
        *count += 1;
        if *count <= MOST {
            folded.push(warning);
        } else if *count == MOST + 1 {
            let rest = &lines[MOST..];
            let (more, first) = (counted(rest.len(), "more warning"), lines.first().copied().unwrap_or_default());
            let message = format!("{more} like that of line {first}: lines {}", ranges(rest));
            folded.push(Warning { line: warning.line, message });
        }
    }
    folded
}

/// A message without what differs from row to row: quoted texts and numbers. The name of its sheet stays.
fn kind(message: &str) -> String {
    let sheet = message.strip_prefix("Sheet \"").and_then(|rest| rest.find("\": ")).map_or(0, |end| end + 9);
    let (sheet, rest) = message.split_at_checked(sheet).unwrap_or(("", message));
    let mut kind = sheet.to_owned();
    let mut is_quoted = false;
    for c in rest.chars() {
        is_quoted ^= c == '"';
        if !is_quoted && !c.is_ascii_digit() {
            kind.push(c);
        }
    }
    kind
}

/// "12 to 40, 42 and 9 more"
fn ranges(lines: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for line in lines {
        match ranges.last_mut().filter(|(_, last)| *last + 1 == *line) {
            Some((_, last)) => *last = *line,
            None => ranges.push((*line, *line)),
        }
    }
    let shown = ranges.iter().take(MOST_RANGES);
    let words: Vec<String> =
        shown.map(|(from, to)| if from == to { from.to_string() } else { format!("{from} to {to}") }).collect();
    let rest: usize = ranges.iter().skip(MOST_RANGES).map(|(from, to)| to - from + 1).sum();
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("{}{more}", words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(line: usize, message: &str) -> Warning {
        Warning { line: Some(line), message: message.to_owned() }
    }

    #[test]
    fn many_warnings_of_one_kind_become_few_that_name_all_lines() {
        let faults = (2..=300).map(|line| warning(line, &format!("Row skipped: invalid date \"x{line}\"")));
        let others = [warning(7, "Row skipped: the name is missing"), warning(1, "Sheet \"1\": row skipped")];
        let folded = folded(faults.chain(others).collect());
        assert_eq!(folded.len(), 103);
        assert_eq!(folded[100].to_string(), "199 more warnings like that of line 2: lines 102 to 300 (line 102)");
        let columns: Vec<Warning> =
            (0..200).map(|at| warning(1, &format!("Unknown column \"{at}\" ignored"))).collect();
        assert_eq!(super::folded(columns.clone()), columns);
    }

    #[test]
    fn lines_are_named_as_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 7, 9, 10]), "1 to 3, 7, 9 to 10");
        let odd: Vec<usize> = (0..50).map(|at| at * 2).collect();
        assert!(ranges(&odd).ends_with("36, 38 and 30 more"), "{}", ranges(&odd));
        assert_ne!(kind("Sheet \"May\": row skipped"), kind("Sheet \"June\": row skipped"));
    }
}
