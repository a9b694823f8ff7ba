//! Arguments in commands that a message suggests, so that they can be pasted into a shell.

/// The argument, in quotation marks if a shell would split or replace it. Double ones work in every shell; what they do not
/// protect is in single ones, as POSIX shells and PowerShell read them.
pub fn shell_word(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:@%+=,\\".contains(c);
    let is_replaced = |c: char| matches!(c, '"' | '$' | '`' | '!') || c.is_control();
    if !argument.is_empty() && argument.chars().all(is_plain) {
        argument.to_owned()
    } else if argument.contains(is_replaced) {
        format!("'{}'", argument.replace('\'', "'\\''"))
    } else {
        format!("\"{argument}\"")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_shell_would_change_is_quoted() {
        for (argument, expected) in [
            ("plan.windowsill", "plan.windowsill"),
            ("C:\\plans\\2027.windowsill", "C:\\plans\\2027.windowsill"),
            ("my plan.windowsill", "\"my plan.windowsill\""),
            ("Müller.ron", "Müller.ron"),
            ("it's.ron", "\"it's.ron\""),
            ("a & b.ron", "\"a & b.ron\""),
            ("$HOME it's", "'$HOME it'\\''s'"),
            ("", "\"\""),
        ] {
            assert_eq!(shell_word(argument), expected);
        }
    }
}
