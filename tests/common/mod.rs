//! Helpers that both test programs use.
#![allow(dead_code, reason = "each of the two programs uses a part of it")]

pub mod dates;
pub mod git;
pub mod harbour;
pub mod invited;
pub mod owners;
#[cfg(feature = "publish")]
pub mod publish;
