//! Fields for times of day and for durations. While somebody types, they tell how the text is understood.

use chrono::NaiveTime;
use egui::Ui;

use super::draft::echoed_ui;
use super::line;
use crate::model::{Guess, Minutes, ParseMinutesError, Watch};
use crate::wording;
use crate::wording::clocks;

/// A duration with its unit: "3 h 35".
pub fn minutes(ui: &mut Ui, name: &str, current: Minutes) -> Option<Minutes> {
    minutes_ui(ui, name, current, read_minutes)
}

/// A duration with its unit. Empty means what `otherwise` says: "3 days, as the policy".
pub fn minutes_or(ui: &mut Ui, name: &str, current: Option<Minutes>, otherwise: &str) -> Option<Option<Minutes>> {
    optional_minutes_ui(ui, name, current, (160.0, otherwise), read_minutes)
}

/// The same, as in estimates: a number alone is minutes.
pub fn estimated_or(ui: &mut Ui, name: &str, current: Option<Minutes>, otherwise: &str) -> Option<Option<Minutes>> {
    let read = |text: &str| bare_number(text).map_or_else(|| read_minutes(text), |number| Ok(Minutes(number)));
    optional_minutes_ui(ui, name, current, (160.0, otherwise), read)
}

/// The length of something at night: a number alone is hours up to 24, and minutes above.
pub fn length(ui: &mut Ui, name: &str, current: Minutes) -> Option<Minutes> {
    minutes_ui(ui, name, current, read_length)
}

/// The same, or empty.
pub fn optional_length(ui: &mut Ui, name: &str, current: Option<Minutes>) -> Option<Option<Minutes>> {
    optional_minutes_ui(ui, name, current, (76.0, "not set"), read_length)
}

/// The length of the watch after a window, or empty: a number alone is hours.
pub fn optional_watch(ui: &mut Ui, name: &str, current: Option<Minutes>) -> Option<Option<Minutes>> {
    optional_minutes_ui(ui, name, current, (76.0, "no watch"), Watch::read_length)
}

fn minutes_ui(
    ui: &mut Ui,
    name: &str,
    current: Minutes,
    read: impl Fn(&str) -> Result<Minutes, String>,
) -> Option<Minutes> {
    let reading = |minutes: &Minutes| Some(minutes.to_string());
    echoed_ui(ui, name, &current.to_string(), read, reading, |ui, draft, id| line(ui, draft, id, 76.0, "4 h"))
}

fn optional_minutes_ui(
    ui: &mut Ui,
    name: &str,
    current: Option<Minutes>,
    (width, hint): (f32, &str),
    read: impl Fn(&str) -> Result<Minutes, String>,
) -> Option<Option<Minutes>> {
    let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { read(text).map(Some) };
    let shown = current.map_or_else(String::new, |minutes| minutes.to_string());
    let reading = |minutes: &Option<Minutes>| minutes.map(|minutes| minutes.to_string());
    echoed_ui(ui, name, &shown, parse, reading, |ui, draft, id| line(ui, draft, id, width, hint))
}

/// How long something takes: one duration, or three for the best, the likely and the worst case. A number alone is minutes.
pub fn guess(ui: &mut Ui, name: &str, current: Guess) -> Option<Guess> {
    let reading = |guess: &Guess| Some(guess.to_string());
    let hint = "20m/30m/1h30";
    echoed_ui(ui, name, &current.to_string(), read_guess, reading, |ui, draft, id| line(ui, draft, id, 150.0, hint))
}

/// The same, or empty.
pub fn optional_guess(ui: &mut Ui, name: &str, current: Option<Guess>) -> Option<Option<Guess>> {
    let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { read_guess(text).map(Some) };
    let shown = current.map_or_else(String::new, |guess| guess.to_string());
    let reading = |guess: &Option<Guess>| guess.map(|guess| guess.to_string());
    echoed_ui(ui, name, &shown, parse, reading, |ui, draft, id| line(ui, draft, id, 150.0, "not set"))
}

/// A time of day: "22:00", also understood as "22", "2200" and "10 pm".
pub fn time(ui: &mut Ui, name: &str, current: NaiveTime) -> Option<NaiveTime> {
    let reading = |time: &NaiveTime| Some(wording::time(*time));
    let shown = wording::time(current);
    echoed_ui(ui, name, &shown, clocks::read_typed, reading, |ui, draft, id| line(ui, draft, id, 48.0, "22:00"))
}

/// A time of day, or empty.
pub fn optional_time(ui: &mut Ui, name: &str, current: Option<NaiveTime>) -> Option<Option<NaiveTime>> {
    let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { clocks::read_typed(text).map(Some) };
    let shown = current.map_or_else(String::new, wording::time);
    let reading = |time: &Option<NaiveTime>| time.map(wording::time);
    echoed_ui(ui, name, &shown, parse, reading, |ui, draft, id| line(ui, draft, id, 56.0, "as before"))
}

fn read_minutes(text: &str) -> Result<Minutes, String> {
    text.parse().map_err(|error: ParseMinutesError| error.to_string())
}

/// The number, if the text is nothing else.
fn bare_number(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn read_length(text: &str) -> Result<Minutes, String> {
    Minutes::read_length(text).map_err(|error| error.to_string())
}

fn read_guess(text: &str) -> Result<Guess, String> {
    let with_unit =
        |part: &str| if bare_number(part).is_some() { format!("{}m", part.trim()) } else { part.to_owned() };
    let parts: Vec<String> = text.split('/').map(with_unit).collect();
    let wrong = || {
        let text = text.trim();
        format!(
            "Invalid duration \"{text}\": use e.g. 30 for 30 minutes, 1h30 or 4h; or best/likely/worst, as 20m/30m/1h30"
        )
    };
    parts.join("/").parse().map_err(|_: ParseMinutesError| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_alone_is_hours_in_lengths_up_to_24_and_minutes_above() {
        for (typed, shown) in [
            ("4", "4 h"),
            (" 4 ", "4 h"),
            ("24", "24 h"),
            ("25", "25 min"),
            ("90", "1 h 30"),
            ("240", "4 h"),
            ("0", "0 min"),
            ("4h", "4 h"),
            ("45m", "45 min"),
            ("1:30", "1 h 30"),
        ] {
            assert_eq!(read_length(typed).map(|minutes| minutes.to_string()), Ok(shown.to_owned()), "{typed}");
        }
        for typed in ["", "four", "4x", "-4", "9999999", "99999999999", "4 5"] {
            assert!(read_length(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn a_number_alone_is_minutes_in_estimates() {
        for (typed, shown) in [
            ("10", "10 min"),
            ("4", "4 min"),
            ("90", "1 h 30"),
            ("1h", "1 h"),
            ("20/30/90", "20 min / 30 min / 1 h 30"),
            ("20 / 30m / 1h30", "20 min / 30 min / 1 h 30"),
        ] {
            assert_eq!(read_guess(typed).map(|guess| guess.to_string()), Ok(shown.to_owned()), "{typed}");
        }
        for typed in ["", "soon", "20/30", "1/2/3/4", "10x", "-5", "99999999999"] {
            assert!(read_guess(typed).is_err(), "{typed}");
        }
    }
}
