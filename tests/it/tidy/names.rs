//! Names say what they are: words that could mean anything are not used for them.

use super::source::{files, none};
use super::tokens::{Kind, tokens};

/// Words that neither a name nor its documentation has, except in "takes place".
const VAGUE: &[&str] = &["place", "places", "placed", "placing"];

/// The words of a name or a text in lower case: `find_place` and `FindPlace` have two.
fn words(text: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_after_lower = false;
    for c in text.chars() {
        let begins = !c.is_alphanumeric() || (c.is_uppercase() && is_after_lower);
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        is_after_lower = c.is_lowercase();
    }
    words.retain(|word| !word.is_empty());
    words
}

fn is_vague(text: &str) -> bool {
    let words = words(text);
    let takes = |word: Option<&String>| word.is_some_and(|word| ["take", "takes", "taking", "took"].contains(&&**word));
    (0..words.len())
        .any(|at| VAGUE.contains(&&*words[at]) && !takes(at.checked_sub(1).and_then(|before| words.get(before))))
}

#[test]
fn no_name_is_vague() {
    let mut broken = Vec::new();
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        if source.path == "tests/it/tidy/names.rs" {
            continue;
        }
        let tokens = tokens(&source.text);
        for (index, token) in tokens.iter().enumerate() {
            // `proptest::option::of` is the only name of others that is like this.
            let is_of = token.is_name("of") && !(index > 1 && tokens[index - 2].is_name("option"));
            if is_of || (matches!(token.kind, Kind::Name | Kind::Doc) && is_vague(token.text)) {
                broken.push(format!("{}:{}: {}", source.path, token.line, token.text));
            }
        }
    }
    none(
        broken,
        "Names say what they are: `new`, `for_…`, `find_…` instead of `of`; index, row, address … instead of place",
    );
}

#[test]
fn vague_words_are_found_in_names_of_both_kinds() {
    assert!(["place", "find_place", "FirstPlace", "The place of a row.", "in_place_of"].into_iter().all(is_vague));
    assert!(
        !["takes_place_on", "when it takes place", "replace", "displaced", "Placeholder"].into_iter().any(is_vague)
    );
}
