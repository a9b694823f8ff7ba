//! What others wrote: text in, edits and warnings out. Files are read by `store`; nothing here touches them.

pub mod words;
