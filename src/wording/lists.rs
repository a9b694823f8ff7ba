//! Lists of names, and how many names they leave out.

/// The first `most` names: "Core DB, Web", "Core DB, Web and 4 more".
pub fn list(names: impl IntoIterator<Item: AsRef<str>>, most: usize) -> String {
    let mut names = names.into_iter();
    let mut text = String::new();
    for name in names.by_ref().take(most) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(name.as_ref());
    }
    match names.count() {
        0 => text,
        more => format!("{text} {}", and_more(more)),
    }
}

/// What ends a list that leaves something out: "and 4 more".
pub fn and_more(count: usize) -> String {
    format!("and {count} more")
}

/// As [`list`], but a list that leaves nothing out reads as part of a sentence: "Core DB, Web and Mail".
pub fn list_in_sentence(names: impl IntoIterator<Item: AsRef<str>>, most: usize) -> String {
    let names: Vec<_> = names.into_iter().collect();
    match names.as_slice() {
        [first @ .., last] if !first.is_empty() && names.len() <= most => {
            format!("{} and {}", list(first, first.len()), last.as_ref())
        }
        _ => list(names, most),
    }
}

/// What somebody can choose from: "A", "A or B", "A, B or C".
pub fn list_of_choices(choices: &[impl AsRef<str>]) -> String {
    match choices {
        [first @ .., last] if !first.is_empty() => format!("{} or {}", list(first, first.len()), last.as_ref()),
        choices => list(choices, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 5] = ["Core DB", "Web", "Mail", "ERP", "Files"];

    #[test]
    fn list_says_how_many_names_it_leaves_out() {
        for (count, text) in [
            (0, ""),
            (1, "Core DB"),
            (2, "Core DB, Web"),
            (3, "Core DB, Web, Mail"),
            (4, "Core DB, Web, Mail and 1 more"),
            (5, "Core DB, Web, Mail and 2 more"),
        ] {
            assert_eq!(list(&NAMES[..count], 3), text);
        }
    }

    #[test]
    fn and_more_counts() {
        assert_eq!(and_more(4), "and 4 more");
    }

    #[test]
    fn choices_have_or_before_the_last_one() {
        for (count, text) in [(0, ""), (1, "Core DB"), (2, "Core DB or Web"), (3, "Core DB, Web or Mail")] {
            assert_eq!(list_of_choices(&NAMES[..count]), text);
        }
    }

    #[test]
    fn list_in_sentence_has_and_before_the_last_name() {
        for (count, text) in [
            (0, ""),
            (1, "Core DB"),
            (2, "Core DB and Web"),
            (3, "Core DB, Web and Mail"),
            (4, "Core DB, Web, Mail and 1 more"),
        ] {
            assert_eq!(list_in_sentence(&NAMES[..count], 3), text);
        }
    }
}
