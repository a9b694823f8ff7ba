//! A night drawn to scale.

use serde::Serialize;

/// Bands without gaps from the start on, and the times below them. All places are shares of the width, 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Timeline {
    pub bands: Vec<Band>,
    pub ticks: Vec<Tick>,
    /// Where the window ends; below 1 where the work does not fit.
    pub end: f64,
    /// "Point of no return 01:00: The schema is migrated"
    pub no_return: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Band {
    pub kind: BandKind,
    pub from: f64,
    pub to: f64,
    /// In full: "4 batches × 28 min". Where it does not fit into the band, it is said below.
    pub label: String,
    /// How many equal boxes it is drawn as.
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
    /// A mark without its time, which would not fit beside its neighbours.
    pub is_bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TickKind {
    Time,
    /// Printed bold.
    RollBackBy,
    /// Printed in words below the timeline, too.
    NoReturn,
}
