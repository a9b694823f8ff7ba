//! An occurrence drawn to scale.

use serde::Serialize;

/// Bands without gaps from the start on, and the times below them. All positions are shares of the width, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    pub bands: Vec<Band>,
    pub ticks: Vec<Tick>,
    /// The end of the window; below 1 if the work does not fit.
    pub end: f64,
    /// "Point of no return 01:00: The schema is migrated"
    pub no_return: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    pub kind: BandKind,
    pub from: f64,
    pub to: f64,
    /// "4 batches × 28 min". If it does not fit into the band, it is printed below.
    pub label: String,
    /// The number of equal boxes that it is divided into.
    pub boxes: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BandKind {
    Prepare,
    Batches,
    Verification,
    Margin,
    RollbackReserve,
    Handover,
}

/// A time below the timeline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tick {
    pub at: f64,
    pub clock: String,
    pub kind: TickKind,
    /// Whether it is a mark without its time, because that would overlap a neighbour's.
    pub is_bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TickKind {
    Time,
    /// Printed bold.
    RollBackBy,
    /// Also printed in words below the timeline.
    NoReturn,
}
