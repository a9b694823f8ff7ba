//! How sure a kind is that a file belongs to it.

/// How sure a kind is that a file belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// It cannot be read as this kind.
    No,
    /// Read only if a person chose the topic: the error then says what is missing.
    Unlikely,
    /// It is of this kind, or of another that looks the same.
    Likely,
    /// It is of this kind and of no other.
    Certain,
}
