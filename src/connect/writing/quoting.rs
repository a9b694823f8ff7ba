//! Texts of people in the syntax of scripts. All texts are on one line first.

/// A string of PowerShell in which nothing is replaced. All quotation marks that PowerShell takes for one are doubled.
pub fn powershell(text: &str) -> String {
    let mut out = String::from("'");
    for c in text.chars() {
        if matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}') {
            out.push(c);
        }
        out.push(c);
    }
    out.push('\'');
    out
}

/// A word of a POSIX shell.
pub fn shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// A string of Puppet in which nothing is replaced.
pub fn puppet(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// A text for a comment that ends with its line.
pub fn comment(text: &str) -> String {
    crate::export::one_line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_do_not_end_a_string() {
        assert_eq!(powershell("It's $x ’ok’"), "'It''s $x ’’ok’’'");
        assert_eq!(shell("it's $x"), "'it'\\''s $x'");
        assert_eq!(puppet("a'b\\"), "'a\\'b\\\\'");
    }
}
