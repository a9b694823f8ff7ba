//! Publishing: against a real calendar server (Radicale) and against servers that misbehave.

mod faults;
mod radicale;
