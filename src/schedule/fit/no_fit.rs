//! Why the fit of a window cannot be calculated.

/// Why the fit of a window cannot be calculated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// There are no systems in scope, or none of them has hosts.
    NoHosts,
    /// The minutes for patching or rolling back are missing.
    NoEstimate,
}
