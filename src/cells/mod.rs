//! What the cells of tables say, on screen and in imported tables: how their texts are read and written. Every error says
//! what to write instead.

pub mod assignee;
pub mod choices;
pub mod informed_of;
pub mod interval;
pub mod scope;
