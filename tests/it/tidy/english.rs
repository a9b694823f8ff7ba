//! What people read on screen and on the terminal is plain English: phrases that are not, and what to write instead.

use super::source::{files, none};
use super::tokens::{Kind, tokens, without_tests};

/// A phrase and what to write instead. A word that ends in `*` stands for all that begin like it. The last column has
/// words that make the phrase good when one of them is directly before or behind it.
type Row = (&'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    ("is no", "\"invalid …\", \"unknown …\" or \"is not a …\"", &["there", "longer", "more"]),
    ("are no", "\"invalid …\", \"unknown …\" or \"are not …\"", &["there", "longer", "more"]),
    ("reckon*", "calculate", &[]),
    ("anew", "again, or a verb with re-", &[]),
    ("once more", "again", &[]),
    ("again and again", "repeatedly", &[]),
    ("take* back", "undo, revert", &[]),
    ("taking back", "undoing, reverting", &[]),
    ("take* off", "remove", &[]),
    ("take* in", "import, add", &[]),
    ("put* back", "restore", &[]),
    ("give* back", "return", &[]),
    ("hold* for", "treat as", &[]),
    ("held for", "treated as", &[]),
    ("whatever", "any, all", &[]),
    ("whoever", "anyone who, the person who", &[]),
    ("that which", "what", &[]),
    ("stands", "is", &["for"]),
    ("lies", "is", &[]),
    ("hangs", "is", &[]),
    ("so many", "at most this many, the number", &[]),
    ("as many", "at most this many, the number", &["at", "least"]),
    ("so much", "at most this much, the amount", &[]),
    ("is told", "is reported, is due", &[]),
    ("are told", "are informed", &[]),
    ("is said", "is shown, is reported", &[]),
    ("is asked", "is due, must answer", &["of", "for"]),
    ("of its own", "its own", &[]),
    ("by itself", "automatically", &[]),
    ("by hand", "manually", &[]),
    ("up to and with", "up to and including", &[]),
    ("is through", "completes", &[]),
    ("in on time", "on time", &[]),
    ("must be asked", "needs an answer", &[]),
    ("need not be", "does not have to be", &[]),
    ("any more", "no longer", &["are", "there"]),
    ("where there is", "if there is", &[]),
    ("where there are", "if there are", &[]),
    ("where none", "if none", &[]),
    ("where nothing", "if nothing", &[]),
    ("where something", "if there is", &[]),
    ("does not want", "refuses", &[]),
    ("clear text", "unencrypted", &[]),
    ("in vain", "without effect", &[]),
    ("nobody's", "no one's", &[]),
    ("that is none", "that is not one, that is invalid", &[]),
    ("thereof", "of it", &[]),
    ("as well as", "and", &[]),
];

/// Those that are refused in comments, in pages and in the messages of tests, too, since they are translated in any text.
const ANYWHERE: [&str; 9] =
    ["is no", "are no", "reckon*", "anew", "once more", "again and again", "any more", "need not be", "in vain"];

/// The words of a text in lower case. Placeholders in braces are left out.
fn words(text: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
        if c == '}' {
            plain.push('…');
        }
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '\'' || c == '…';
    plain.to_lowercase().split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_like(word: &str, pattern: &str) -> bool {
    pattern.strip_suffix('*').map_or(word == pattern, |begin| word.starts_with(begin))
}

/// The phrases that a text has and should not have.
fn phrases(text: &str) -> Vec<&'static Row> {
    let words = words(text);
    let has = |row: &&Row| {
        let pattern: Vec<&str> = row.0.split(' ').collect();
        words.windows(pattern.len()).enumerate().any(|(at, window)| {
            let beside = [at.checked_sub(1), Some(at + pattern.len())].map(|at| at.and_then(|at| words.get(at)));
            let is_good = beside.into_iter().flatten().any(|word| row.2.contains(&word.as_str()));
            !is_good && window.iter().zip(&pattern).all(|(word, pattern)| is_like(word, pattern))
        })
    };
    ROWS.iter().filter(has).collect()
}

#[test]
fn what_people_read_is_plain_english() {
    let mut broken = Vec::new();
    for source in files("src", "rs").iter().filter(|source| !source.is_test()) {
        let tokens = tokens(&source.text);
        for token in without_tests(&tokens) {
            // Help texts of the command line are comments on its arguments.
            let is_help = token.kind == Kind::Doc && source.is_in("src/cli/");
            if token.kind != Kind::Text && !is_help {
                continue;
            }
            // A single word may be the name of something in files.
            if !token.text.contains(' ') {
                continue;
            }
            for (phrase, instead, _) in phrases(token.text) {
                let text = token.text.split_whitespace().filter(|word| *word != "\\").collect::<Vec<_>>().join(" ");
                broken.push(format!("{}:{}: \"{phrase}\" in {text:?}: write {instead}", source.path, token.line));
            }
        }
    }
    none(broken, "What people read is plain English");
}

#[test]
fn names_and_comments_of_tests_are_plain_english() {
    let mut broken = Vec::new();
    for source in files("tests", "rs") {
        let tokens = tokens(&source.text);
        for (index, token) in tokens.iter().enumerate() {
            let is_function = index > 0 && tokens[index - 1].is_name("fn");
            if token.kind == Kind::Doc || is_function {
                let found = phrases(token.text).into_iter();
                broken.extend(found.map(|(phrase, instead, _)| {
                    format!("{}:{}: \"{phrase}\" in {:?}: write {instead}", source.path, token.line, token.text)
                }));
            }
        }
    }
    none(broken, "Names and comments of tests are plain English");
}

/// The comments of a file, each with the number of its first line. Lines that follow one another are one comment.
fn comments(text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut is_inside = false;
    for (number, line) in (1..).zip(text.lines()) {
        let comment = line.trim_start().strip_prefix("//").map(|line| line.trim_start_matches(['/', '!']));
        match (comment, found.last_mut()) {
            (Some(line), Some((_, text))) if is_inside => *text += line,
            (Some(line), _) => found.push((number, line.to_owned())),
            (None, _) => {}
        }
        is_inside = comment.is_some();
    }
    found
}

#[test]
fn comments_pages_and_messages_of_tests_are_plain_english() {
    let mut broken = Vec::new();
    let mut judge = |path: &str, line: usize, text: &str| {
        let found = phrases(text).into_iter().filter(|row| ANYWHERE.contains(&row.0));
        broken.extend(
            found.map(|(phrase, instead, _)| format!("{path}:{line}: \"{phrase}\" in {text:?}: write {instead}")),
        );
    };
    for source in ["src", "tests", "benches"].into_iter().flat_map(|folder| files(folder, "rs")) {
        for (line, text) in comments(&source.text) {
            judge(&source.path, line, &text);
        }
        // This file lists the phrases.
        if source.is_in("tests") && !source.is_in("tests/it/tidy") {
            // A single word may be the name of something in files.
            let texts = tokens(&source.text).into_iter();
            let texts = texts.filter(|token| token.kind == Kind::Text && token.text.contains(' '));
            texts.for_each(|token| judge(&source.path, token.line, token.text));
        }
    }
    for page in files("docs", "md") {
        // A blank line ends a paragraph.
        let mut line = 1;
        for paragraph in page.text.split("\n\n") {
            judge(&page.path, line, paragraph);
            line += paragraph.matches('\n').count() + 2;
        }
    }
    none(broken, "Comments, pages and messages of tests are plain English");
}

#[test]
fn phrases_are_found_as_whole_words() {
    let found = |text| phrases(text).iter().map(|row| row.0).collect::<Vec<_>>();
    assert_eq!(found("{id} is no instant, reckoned once more"), ["is no", "reckon*", "once more"]);
    assert_eq!(found("There is no group here, and it is no longer there. Standstill {lies}"), [] as [&str; 0]);
}
