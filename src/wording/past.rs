//! What was done, from the label of what is to be done.

/// Verbs of labels whose past form is not regular.
const IRREGULAR: [(&str, &str); 15] = [
    ("Set", "Set"),
    ("Put", "Put"),
    ("Cut", "Cut"),
    ("Take", "Took"),
    ("Keep", "Kept"),
    ("Hold", "Held"),
    ("Forget", "Forgot"),
    ("Undo", "Undid"),
    ("Redo", "Redid"),
    ("Skip", "Skipped"),
    ("Swap", "Swapped"),
    ("Plan", "Planned"),
    ("Split", "Split"),
    ("Done", "Done"),
    ("Overran", "Overran"),
];

/// The label of an edit in the past: "Moved Core DB" for "Move Core DB".
pub fn past(label: &str) -> String {
    let end = label.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(label.len());
    let (verb, rest) = label.split_at(end);
    if let Some((_, past)) = IRREGULAR.iter().find(|(present, _)| *present == verb) {
        return format!("{past}{rest}");
    }
    match verb {
        "" => label.to_owned(),
        verb if verb.ends_with("ed") => label.to_owned(),
        verb if verb.ends_with('e') => format!("{verb}d{rest}"),
        verb => match verb.strip_suffix('y') {
            Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ied{rest}"),
            _ => format!("{verb}ed{rest}"),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_is_in_the_past() {
        for (label, done) in [
            ("Move Core DB, 14 Mar", "Moved Core DB, 14 Mar"),
            ("Skip Core DB, 14 Mar", "Skipped Core DB, 14 Mar"),
            ("Add Payments", "Added Payments"),
            ("Hold Production, release of 9 Mar", "Held Production, release of 9 Mar"),
            ("Set the plan's zone to UTC", "Set the plan's zone to UTC"),
            ("Plan windows for Servers", "Planned windows for Servers"),
            ("Copy 2 windows", "Copied 2 windows"),
            ("Keep our value of Title", "Kept our value of Title"),
            ("Reopen: Core DB, 14 Mar", "Reopened: Core DB, 14 Mar"),
            ("Rolled back: Core DB, 14 Mar", "Rolled back: Core DB, 14 Mar"),
            ("Done: Core DB, 14 Mar", "Done: Core DB, 14 Mar"),
            ("", ""),
        ] {
            assert_eq!(past(label), done);
        }
    }
}
