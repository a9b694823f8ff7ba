//! Which entries a search finds, best first. Every word of the query must occur in the entry, in any order.

use super::entries::{Entry, split};

/// Returns at most `most` entries for `query`. At an equal match, windows and commands come before systems and the rest,
/// and shorter titles before longer ones. An empty query finds the first entries of the list.
pub fn best(all: &[Entry], query: &str, most: usize) -> Vec<Entry> {
    let words = split(query);
    if words.is_empty() {
        return all.iter().take(most).cloned().collect();
    }
    let order = |(index, entry): (usize, &Entry)| {
        Some(((cost(entry, &words)?, kind_order(entry.kind), entry.title.chars().count()), index))
    };
    let mut found: Vec<_> = all.iter().enumerate().filter_map(order).collect();
    found.sort_unstable();
    found.truncate(most);
    found.into_iter().map(|(_, index)| all[index].clone()).collect()
}

/// The parts of a title, in order, each with whether it is what was searched for.
pub fn matched_parts(title: &str, query: &str) -> Vec<(String, bool)> {
    let words = split(query);
    let mut parts: Vec<(String, bool)> = Vec::new();
    let mut rest = title;
    let mut is_inside = false;
    while let Some(first) = rest.chars().next() {
        let fits = |word: &&String| rest.to_lowercase().starts_with(word.as_str());
        let word = words.iter().filter(fits).max_by_key(|word| word.len()).filter(|_| !is_inside);
        let matched = word.map_or(0, |word| word.chars().count());
        let taken: String = rest.chars().take(matched.max(1)).collect();
        rest = &rest[taken.len()..];
        is_inside = taken.chars().last().unwrap_or(first).is_alphanumeric();
        match parts.last_mut() {
            Some((text, is_match)) if *is_match == (matched > 0) => text.push_str(&taken),
            _ => parts.push((taken, matched > 0)),
        }
    }
    parts
}

/// The order of kinds with an equal match.
fn kind_order(kind: &str) -> u8 {
    match kind {
        "Window" | "Command" | "List" | "Occurrence" | "Day" => 0,
        "System" => 2,
        _ => 1,
    }
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
    Some(cost)
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
    fn windows_and_commands_come_before_systems_at_an_equal_match() {
        let entry = |kind, title| Entry::new(kind, title, "", Target::Command(Command::Undo));
        let all = [
            entry("System", "Core"),
            entry("Group", "Core group"),
            entry("Window", "Core DB patching"),
            entry("Command", "Core command"),
            entry("System", "A core"),
        ];
        let found: Vec<String> = best(&all, "cor", 10).into_iter().map(|entry| entry.title).collect();
        assert_eq!(found, ["Core command", "Core DB patching", "Core group", "Core", "A core"]);
    }

    #[test]
    fn what_was_searched_for_is_marked_at_the_beginnings_of_words() {
        let parts = |title, query| -> Vec<String> {
            let parts = matched_parts(title, query).into_iter();
            parts.map(|(text, is_match)| if is_match { format!("[{text}]") } else { text }).collect()
        };
        assert_eq!(parts("Core DB patching", "pat co").concat(), "[Co]re DB [pat]ching");
        assert_eq!(parts("Über Core", "über").concat(), "[Über] Core");
        assert_eq!(parts("Save", "").concat(), "Save");
    }

    #[test]
    fn what_is_in_the_middle_of_a_word_comes_last_and_what_is_nowhere_finds_nothing() {
        finds("db", &["Core DB patching", "CoreDB replica"]);
        finds("save xyz", &[]);
    }
}
