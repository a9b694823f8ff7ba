//! A range of years in which zones are compared.

/// Years from the first to the last, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) struct Years {
    pub first: i32,
    pub last: i32,
}

impl Years {
    /// The years in which zones are known.
    pub const FIRST: i32 = 1980;
    pub const LAST: i32 = 2099;
}
