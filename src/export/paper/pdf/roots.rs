//! The roots of the trees of a bound file, which are its first objects.

use lopdf::ObjectId;

pub const PAGES: ObjectId = (1, 0);
pub const STRUCTURE: ObjectId = (2, 0);
pub const OUTLINES: ObjectId = (3, 0);
