//! Names of copies: "ERP PROD 2" for a copy of "ERP PROD".

/// Larger numbers at the end of a name are part of it: "Year end 2027".
const LARGEST_NUMBER: u32 = 999;

/// The name of a copy of `name` with the next number that is not taken. The copy of a copy is numbered on: its name is
/// that of another record with a number. The 11 of "Windows 11" is part of the name.
pub fn copy_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let (base, number) = Some(numbered(name)).filter(|(base, _)| is_taken(base)).unwrap_or((name, 1));
    let mut number = number + 1;
    loop {
        let next = format!("{base} {number}");
        if !is_taken(&next) {
            return next;
        }
        number += 1;
    }
}

/// A name without the number at its end, and that number: 1 if there is none.
fn numbered(name: &str) -> (&str, u32) {
    let split = name.rsplit_once(' ').filter(|(base, _)| !base.trim().is_empty());
    let number = split.and_then(|(base, number)| Some((base, number.parse().ok()?)));
    number.filter(|(_, number)| (1..LARGEST_NUMBER).contains(number)).unwrap_or((name, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_numbered_and_do_not_pile_up() {
        let taken = ["Core DB", "Core DB 2", "Core DB 3", "Web", "7", "Year end 2027", "Windows 11", "Windows 11 2"];
        for (name, expected) in [
            ("Core DB", "Core DB 4"),
            ("Core DB 2", "Core DB 4"),
            ("Web", "Web 2"),
            ("Windows 11", "Windows 11 3"),
            ("Windows 11 2", "Windows 11 3"),
            ("7", "7 2"),
            ("Year end 2027", "Year end 2027 2"),
        ] {
            assert_eq!(copy_name(name, |name| taken.contains(&name)), expected, "{name}");
        }
    }
}
