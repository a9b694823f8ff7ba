//! What the number formats of a workbook's cells say about their values.

/// How a cell is shown, as far as it changes what the cell means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShownAs {
    Plain,
    /// A date without a time.
    Day,
    /// A month or a year: "Dec 2027" is kept as 1 December, which nobody sees.
    Month,
    /// A date with a time, or a time.
    Time,
    /// A number with a word after it, such as "min".
    WithUnit(String),
}

/// Reads a format code: "dd.mm.yyyy" shows a day, "dd.mm.yyyy hh:mm" a time, `0" min"` a number with a unit.
pub fn shown_as(code: &str) -> ShownAs {
    let code = code.split(';').next().unwrap_or_default();
    let (mut letters, mut quoted, mut is_quoted) = (String::new(), String::new(), false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            '"' => is_quoted = !is_quoted,
            c if is_quoted => quoted.push(c),
            '\\' => quoted.extend(chars.next()),
            '_' | '*' => {
                chars.next();
            }
            '[' => {
                // "[h]" counts hours, "[Red]" and "[$-407]" are not part of the value.
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                if inside.chars().all(|c| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S')) {
                    letters.push('h');
                }
            }
            c => letters.extend(c.to_lowercase()),
        }
    }
    let has = |list: &[char]| letters.contains(list);
    let unit = quoted.trim();
    if letters == "general" || letters.is_empty() || letters == "@" {
        ShownAs::Plain
    } else if has(&['h', 's']) {
        ShownAs::Time
    } else if has(&['d']) {
        ShownAs::Day
    } else if has(&['y', 'm']) {
        ShownAs::Month
    } else if has(&['0', '#']) && !unit.is_empty() && unit.chars().all(char::is_alphabetic) {
        ShownAs::WithUnit(unit.to_owned())
    } else {
        ShownAs::Plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_say_what_a_cell_means() {
        let unit = |word: &str| ShownAs::WithUnit(word.to_owned());
        for (code, expected) in [
            ("General", ShownAs::Plain),
            ("0.00", ShownAs::Plain),
            ("@", ShownAs::Plain),
            ("dd.mm.yyyy", ShownAs::Day),
            ("[$-407]d. mmmm yyyy", ShownAs::Day),
            ("mm-dd-yy", ShownAs::Day),
            ("mmm-yy", ShownAs::Month),
            ("mmmm\\ yyyy", ShownAs::Month),
            ("yyyy", ShownAs::Month),
            ("dd.mm.yyyy hh:mm", ShownAs::Time),
            ("h:mm AM/PM", ShownAs::Time),
            ("[h]:mm", ShownAs::Time),
            ("mm:ss", ShownAs::Time),
            ("0\" min\"", unit("min")),
            ("0\\ \\h", unit("h")),
            ("#,##0\" Std\";-0", unit("Std")),
            ("0\" %\"", ShownAs::Plain),
        ] {
            assert_eq!(shown_as(code), expected, "{code}");
        }
    }
}
