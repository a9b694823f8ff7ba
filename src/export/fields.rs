//! Fields in braces, such as `{window}`, in the texts of invites and in the words of checklists.

/// A part of a text with fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// What is between an opening brace and the next closing one.
    Field(&'a str),
}

/// The text with its fields filled in. Fields without a value stay as they are, and values are not searched for fields again.
pub fn filled<V: AsRef<str>>(text: &str, value: impl Fn(&str) -> Option<V>) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Field(name) => match value(name) {
                Some(value) => out.push_str(value.as_ref()),
                None => out.extend(["{", name, "}"]),
            },
        }
    }
    out
}

/// The parts of a text, in order.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(closing) = rest.find('}') {
        match rest[..closing].rfind('{') {
            Some(opening) => {
                pieces.push(Piece::Text(&rest[..opening]));
                pieces.push(Piece::Field(&rest[opening + 1..closing]));
            }
            None => pieces.push(Piece::Text(&rest[..=closing])),
        }
        rest = &rest[closing + 1..];
    }
    pieces.push(Piece::Text(rest));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_filled_in_once_and_unknown_ones_stay() {
        let value = |field: &str| (field == "window").then_some("{date}");
        assert_eq!(filled("{window}, {nobody} {{window}} } {", value), "{date}, {nobody} {{date}} } {");
    }
}
