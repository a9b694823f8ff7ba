//! How Windowsill writes dates, times, durations, lists and counts. Everything that people read goes through here.
//!
//! Plain values in, text out: a time that needs a time zone or a window is converted by the caller. [`iso`] has the
//! forms that other programs read, [`typed`] and [`clocks`] those that people type. [`formulas`] keeps spreadsheets from running
//! a text.

mod availability;
pub mod clocks;
mod dates;
mod durations;
mod explanations;
pub mod formulas;
pub mod iso;
mod lists;
mod nouns;
mod paragraphs;
mod past;
mod scores;
mod sentences;
mod sizes;
mod spans;
mod times;
pub mod typed;
mod visible;

pub use availability::{availability, read_availability};
pub use dates::{
    WEEK, date, day_and_month, month, month_and_year, month_name, narrow_month_and_year, short_date, short_month,
    short_month_and_year, short_weekday, weekday,
};
pub use durations::{days_and_hours, days_and_hours_rounded_up, days_with_tenth, duration, signed_duration};
pub use explanations::{Explanation, capitalised};
pub use lists::{and_more, list, list_in_sentence, list_of_choices};
pub use nouns::{counted, ordinal, plural};
pub use paragraphs::wrapped;
pub use past::past;
pub use scores::epss_in_words;
pub use sentences::{in_brackets, within_sentence};
pub use sizes::file_size;
pub use spans::{dates, end_of_hours, hours, hours_with_zone, hours_with_zones_that_differ, moments};
pub use times::{ZonedTime, moment, moment_with_zone, short_moment, short_moment_with_zone, time, time_with_zone};
pub use visible::{visible, visible_line};
