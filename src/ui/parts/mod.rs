//! Building blocks of the views and the frame: the context of a frame, theme, fields, widgets.

pub mod command_item;
pub mod cx;
pub mod deadlines;
pub mod empty;
pub mod estimate;
pub mod fields;
pub mod filters;
pub mod fit;
pub mod fonts;
pub mod form;
pub mod freeze_form;
pub mod hatch;
pub mod keys;
pub mod marks;
pub mod memo;
pub mod modal;
pub mod occurrence_text;
pub mod picker;
pub mod reading_order;
pub mod rule_fields;
pub mod scroll;
pub mod search;
pub mod short_names;
pub mod states;
pub mod theme;
pub mod widgets;
