//! Why a window has no fit.

/// Why a window has no fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFit {
    /// No system is in scope, or none of them has hosts.
    NoHosts,
    /// Minutes for patching or rolling back are unset.
    NoEstimate,
}
