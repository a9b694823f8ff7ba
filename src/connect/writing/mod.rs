//! Writing windows for other systems.
//!
//! A [`Writer`] is a form in which a system takes windows, declared in the system's row. Its [`Abilities`] say what the
//! system can express; `express` compares them with each window. A rule is written only if it gives exactly the dates of
//! the plan; otherwise each date is written, or the window is impossible. What is lost is named.

mod abilities;
mod entries;
mod express;
mod losses;
mod meter;
mod names;
mod node;
pub mod quoting;
mod reasons;
mod report;
mod rhythm;
pub mod time_intervals;
mod writer;

pub use abilities::{Abilities, Acts, Candidate, CutoffSupport, Ends, Lasts, RuleSupport};
pub use entries::{Entries, ExpressedWindow, NativeRule, SingleDate, minute_of_day};
pub use express::Meter;
pub use losses::cutoff_hours;
pub use meter::{Form, Loss, LossKind};
pub use names::{Identifiers, NamedScope, concurrency, group_name, group_names, system_name, system_names, title};
pub use node::{Node, push_resource, text, texts};
pub use rhythm::{ALL_MONTHS, Rhythm, interval, month_numbers, with_small_offset};
pub use writer::{SystemFile, WriteRequest, Writer, WrittenFile};
