//! First and last date of a rule in a typed line: "every Saturday from 13 Mar until 30 Jun".

use chrono::NaiveDate;

use super::days::read_day;
use super::{Part, Word, free_text, mark};
use crate::model::{Plan, Rule};
use crate::wording::date;

/// From when to when the rule holds, as far as the line says it.
#[derive(Default)]
pub(super) struct Limits {
    pub first: Option<NaiveDate>,
    pub last: Option<NaiveDate>,
}

const FROM: [&str; 6] = ["from", "starting", "beginning", "since", "starts", "begins"];
const UNTIL: [&str; 7] = ["until", "till", "through", "thru", "ending", "ends", "to"];
/// A date has at most this many words: "Saturday 13 March 2027".
const LONGEST_DATE: usize = 4;

/// Finds the words with their dates, and marks them.
pub(super) fn find_limits(words: &mut [Word], plan: &Plan) -> Result<Limits, String> {
    let mut limits = Limits::default();
    let mut from = 0;
    while from < words.len() {
        let (is_first, is_last) = (words[from].is_free(&FROM), words[from].is_free(&UNTIL) || words[from].is_dash());
        let begin = from + 1 + usize::from(words.get(from + 1).is_some_and(|word| word.is_free(&["on"])));
        let is_limit = is_first || (is_last && (limits.first.is_some() || !words[from].is_dash()));
        let found = if is_limit { date_at(words, begin, plan)? } else { None };
        let Some((end, on)) = found else {
            from += 1;
            continue;
        };
        let limit = if is_first { &mut limits.first } else { &mut limits.last };
        if limit.is_some_and(|known| known != on) {
            let text = free_text(&words[begin..end]).unwrap_or_default();
            return Err(format!("A second limit, \"{text}\": remove one, or put the name in quotes"));
        }
        *limit = Some(on);
        mark(&mut words[from..end], Part::Rule);
        from = end;
    }
    match (limits.first, limits.last) {
        (Some(first), Some(last)) if last < first => {
            Err(format!("The last date, {}, is before the first, {}", date(last), date(first)))
        }
        _ => Ok(limits),
    }
}

/// The longest date that begins at that word, and where it ends.
fn date_at(words: &[Word], begin: usize, plan: &Plan) -> Result<Option<(usize, NaiveDate)>, String> {
    let longest = words.len().min(begin + LONGEST_DATE);
    let mut ends = (begin + 1..=longest).rev();
    let found = ends.find_map(|end| Some((end, read_day(&free_text(&words[begin..end])?, plan)?)));
    match found {
        None => Ok(None),
        Some((end, on)) => Ok(Some((end, on?))),
    }
}

impl Limits {
    /// A single date has no limits.
    pub fn check(&self, rule: &Rule) -> Result<(), String> {
        match (rule, self.first.or(self.last)) {
            (Rule::Dates(_), Some(on)) => Err(format!("A single date with a limit, {}: remove one of them", date(on))),
            _ => Ok(()),
        }
    }
}
