//! Why printed sheets could not be bound.

/// A fault of this program, which also wrote the sheets, and never of the plan.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    #[error("its sheets could not be bound: {0}")]
    Format(#[from] lopdf::Error),
    #[error("its sheets could not be written: {0}")]
    Io(#[from] std::io::Error),
    #[error("its sheets could not be bound: one of them has no trailer")]
    NoTrailer,
    #[error("its sheets could not be bound: one of them has no page")]
    NoPage,
}

pub type Bound<T> = Result<T, BindError>;
