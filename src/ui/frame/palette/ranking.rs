//! Which entries a search finds, best first. Every word of the query must occur in the entry, in any order.

use super::entries::{Entry, split};

/// Returns at most `most` entries for `query`; for an empty query, the first ones of the list.
pub fn best(all: &[Entry], query: &str, most: usize) -> Vec<Entry> {
    let words = split(query);
    if words.is_empty() {
        return all.iter().take(most).cloned().collect();
    }
    let mut found: Vec<(u32, usize)> =
        all.iter().enumerate().filter_map(|(index, entry)| Some((cost(entry, &words)?, index))).collect();
    found.sort_unstable();
    found.truncate(most);
    found.into_iter().map(|(_, index)| all[index].clone()).collect()
}

/// How far an entry is from the query; `None` if a word is missing.
fn cost(entry: &Entry, words: &[String]) -> Option<u32> {
    let title = &entry.words[..entry.title_words];
    let (mut cost, mut before) = (0, 0);
    for word in words {
        cost += match entry.words.iter().position(|each| each.starts_with(word.as_str())) {
            // A word of the title: earlier words, whole words and words in the title's order rank higher.
            Some(at) if at < title.len() => {
                let is_out_of_order = at < std::mem::replace(&mut before, at);
                4 * (at as u32).min(8) + u32::from(title[at] != *word) + 2 * u32::from(is_out_of_order)
            }
            Some(_) => 60,
            // "db" also finds "CoreDB", but ranks it last.
            None if word.len() > 1 && entry.words.iter().any(|each| each.contains(word.as_str())) => 100,
            None => return None,
        };
    }
    // If the cost is equal, shorter titles come first.
    Some(cost * 64 + (entry.title.len() as u32).min(63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Command;
    use crate::ui::frame::palette::entries::Target;

    fn finds(query: &str, expected: &[&str]) {
        let entry = |(title, detail): (&str, &str)| Entry::new("Window", title, detail, Target::Command(Command::Undo));
        let all = [
            ("Save as…", "Writes the plan to another file"),
            ("Save", "Writes the plan to its file"),
            ("Core DB patching", "second Tuesday"),
            ("CoreDB replica", "third Tuesday"),
            ("Database core", ""),
        ]
        .map(entry);
        let found: Vec<String> = best(&all, query, 10).into_iter().map(|entry| entry.title).collect();
        assert_eq!(found, expected, "{query}");
    }

    #[test]
    fn beginnings_of_words_find_in_any_order() {
        finds("pat core", &["Core DB patching"]);
        finds("core d", &["Core DB patching", "Database core"]);
    }

    #[test]
    fn the_name_comes_before_the_explanation_and_the_shorter_before_the_longer() {
        finds("save", &["Save", "Save as…"]);
        finds("tuesday", &["CoreDB replica", "Core DB patching"]);
    }

    #[test]
    fn what_is_in_the_middle_of_a_word_comes_last_and_what_is_nowhere_finds_nothing() {
        finds("db", &["Core DB patching", "CoreDB replica"]);
        finds("save xyz", &[]);
    }
}
