//! Small work on text that other programs wrote.

use super::error::ImportError;
use super::limits::LARGEST_FILE;
use crate::model::LONGEST_NAME;

/// The text without a byte-order mark.
///
/// # Errors
/// It is blank, or longer than what is read.
pub(crate) fn checked(text: &str) -> Result<&str, ImportError> {
    if text.len() > LARGEST_FILE {
        return Err(ImportError::TooLarge);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

/// A name on one line, with single spaces. Control characters separate words, because other programs use some of them as
/// line ends; in text that people typed, [`crate::export::text`] drops them.
pub(crate) fn words_on_one_line(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// A name on one line, cut to what a plan accepts.
pub(crate) fn name_in_plan(text: &str) -> String {
    let name = words_on_one_line(text);
    if name.chars().count() <= LONGEST_NAME {
        return name;
    }
    name.chars().take(LONGEST_NAME - 1).chain(['…']).collect()
}

/// The word with which Outlook begins the title of an event that its organizer cancelled: "Canceled: Core DB". Its other
/// languages and British spelling are known, too.
pub(crate) fn cancelling_word(title: &str) -> Option<&str> {
    const WORDS: [&str; 19] = [
        "canceled",
        "cancelled",
        "abgesagt",
        "annulé",
        "annulée",
        "cancelado",
        "cancelada",
        "annullato",
        "annullata",
        "geannuleerd",
        "aflyst",
        "avlyst",
        "inställt",
        "peruutettu",
        "odwołane",
        "odwołano",
        "zrušeno",
        "törölve",
        "отменено",
    ];
    let (word, rest) = title.trim_start().split_once([':', '：'])?;
    let is_known = !rest.trim().is_empty() && WORDS.contains(&&*word.trim().to_lowercase());
    is_known.then(|| word.trim())
}
