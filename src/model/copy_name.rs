//! Names of copies.

/// The name of a copy of what is called `name`: "Core DB copy", then "Core DB copy 2". A copy of a copy counts on.
pub fn copy_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let first = format!("{} copy", original(name));
    if !is_taken(&first) {
        return first;
    }
    let mut number = 2_u32;
    loop {
        let next = format!("{first} {number}");
        if !is_taken(&next) {
            return next;
        }
        number += 1;
    }
}

/// "Core DB" for "Core DB copy" and "Core DB copy 2".
fn original(name: &str) -> &str {
    let without_number = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let base = if without_number.len() < name.len() { without_number.trim_end() } else { name };
    match base.strip_suffix(" copy") {
        Some(original) if !original.trim().is_empty() => original,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_numbered_and_do_not_pile_up() {
        let taken = ["Core DB", "Core DB copy", "Core DB copy 2", "Web", "copy", "Web 2"];
        for (name, expected) in [
            ("Core DB", "Core DB copy 3"),
            ("Core DB copy", "Core DB copy 3"),
            ("Core DB copy 2", "Core DB copy 3"),
            ("Web", "Web copy"),
            ("Web 2", "Web 2 copy"),
            ("copy", "copy copy"),
        ] {
            assert_eq!(copy_name(name, |name| taken.contains(&name)), expected, "{name}");
        }
    }
}
