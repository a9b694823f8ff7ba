//! Texts that differ. Of long ones only the parts that do, with a few words around them.

use std::collections::HashMap;
use std::ops::Range;

/// Longer texts are cut to their differences. In characters.
const LONGEST_TEXT: usize = 120;

/// A longer part of a text shows only its beginning and its end. In characters.
const LONGEST_PART: usize = 100;

/// At most this many words, and this many characters, are shown before and after a difference.
const CONTEXT: (usize, usize) = (3, 24);

/// Two differences are apart if the texts have at least this many words in common between them. More than twice the
/// context.
const COMMON_RUN: usize = 7;

/// At most this many differences are shown.
const MOST_DIFFERENCES: usize = 3;

/// What each text has where the first two differ: "…ready at 22:00 sharp…". If all are short, they are returned as they
/// are.
pub(super) fn differing_parts(texts: &[&str]) -> Vec<String> {
    if texts.iter().all(|text| text.chars().count() <= LONGEST_TEXT) {
        return texts.iter().map(|&text| text.to_owned()).collect();
    }
    let parts = parts_of_filled(texts);
    match (parts.as_slice(), texts) {
        ([first, second, ..], [one, other, others @ ..]) if first == second && one != other => {
            // The differences of the others hide those of these two.
            let others = others.iter().map(|text| with_ends(text, LONGEST_TEXT));
            parts_of_filled(&[*one, *other]).into_iter().chain(others).collect()
        }
        _ => parts,
    }
}

/// An empty text has nothing in common with the others.
fn parts_of_filled(texts: &[&str]) -> Vec<String> {
    let filled: Vec<&str> = texts.iter().copied().filter(|text| !text.is_empty()).collect();
    if filled.len() < 2 || texts.iter().take(2).any(|text| text.is_empty()) {
        return texts.iter().map(|text| with_ends(text, LONGEST_TEXT)).collect();
    }
    let mut parts = Aligned::new(&filled).parts().into_iter();
    texts.iter().map(|text| if text.is_empty() { String::new() } else { parts.next().unwrap_or_default() }).collect()
}

/// Texts, and where they differ.
struct Aligned<'a> {
    /// The words of each text, with the space or comma after them.
    words: Vec<Vec<&'a str>>,
    /// Each difference has a range of words in each text.
    differences: Vec<Vec<Range<usize>>>,
}

impl<'a> Aligned<'a> {
    fn new(texts: &[&'a str]) -> Self {
        let words: Vec<Vec<&str>> = texts.iter().map(|text| text.split_inclusive([' ', ',']).collect()).collect();
        let differences = Runs::new(&words).differences();
        Self { words, differences }
    }

    fn parts(&self) -> Vec<String> {
        let text = |side: usize, difference: &[Range<usize>]| self.words[side][difference[side].clone()].concat();
        let mut differences: Vec<&Vec<Range<usize>>> =
            self.differences.iter().filter(|difference| text(0, difference) != text(1, difference)).collect();
        let left_out = differences.len().saturating_sub(MOST_DIFFERENCES);
        differences.truncate(MOST_DIFFERENCES);
        let sides = 0..self.words.len();
        let mut written: Vec<Written<'_, '_>> = sides.clone().map(|side| Written::new(&self.words[side])).collect();
        for difference in differences {
            let texts: Vec<String> = sides.clone().map(|side| text(side, difference)).collect();
            for (side, part) in without_common_ends(&texts).into_iter().enumerate() {
                written[side].add(&difference[side], &part);
            }
        }
        let more = if left_out > 0 { format!(" (and {left_out} more)") } else { String::new() };
        written.into_iter().map(|side| side.end() + &more).collect()
    }
}

/// What is written of one text.
struct Written<'w, 'a> {
    words: &'w [&'a str],
    text: String,
    /// How many words are written or left out.
    count: usize,
}

impl<'w, 'a> Written<'w, 'a> {
    fn new(words: &'w [&'a str]) -> Self {
        Self { words, text: String::new(), count: 0 }
    }

    fn add(&mut self, difference: &Range<usize>, part: &str) {
        let before = self.words[self.count..difference.start].iter().rev();
        let from = difference.start - fitting(before);
        if from > self.count {
            self.text.push('…');
            self.text.push_str(if self.count == 0 { "" } else { " " });
        }
        self.text.push_str(&self.words[from..difference.start].concat());
        self.text.push_str(part);
        self.count = difference.end + fitting(self.words[difference.end..].iter());
        self.text.push_str(&self.words[difference.end..self.count].concat());
    }

    fn end(self) -> String {
        let rest = if self.count < self.words.len() { "…" } else { "" };
        format!("{}{rest}", self.text.trim_end())
    }
}

/// How many of the words are shown as context.
fn fitting<'a>(words: impl Iterator<Item = &'a &'a str>) -> usize {
    let lengths = words.take(CONTEXT.0).scan(0, |length, word| {
        *length += word.chars().count();
        Some(*length)
    });
    lengths.take_while(|length| *length <= CONTEXT.1).count()
}

/// Parts of texts, if they are long without the characters that they all have in common at their ends.
fn without_common_ends(parts: &[String]) -> Vec<String> {
    let chars: Vec<Vec<char>> = parts.iter().map(|part| part.chars().collect()).collect();
    if chars.iter().all(|part| part.len() <= LONGEST_PART) {
        return parts.to_vec();
    }
    let common = |texts: &[Vec<char>], from: fn(&[char], usize) -> char| {
        let shortest = texts.iter().map(Vec::len).min().unwrap_or_default();
        (0..shortest).take_while(|at| texts.iter().all(|text| from(text, *at) == from(&texts[0], *at))).count()
    };
    let before = common(&chars, |text, at| text[at]);
    let rests: Vec<Vec<char>> = chars.iter().map(|text| text[before..].to_vec()).collect();
    let after = common(&rests, |text, at| text[text.len() - 1 - at]);
    let (before, after) = (before.saturating_sub(CONTEXT.1), after.saturating_sub(CONTEXT.1));
    let mark = |is_cut: bool| if is_cut { "…" } else { "" };
    let part = |text: &Vec<char>| {
        let middle: String = text[before..text.len() - after].iter().collect();
        format!("{}{}{}", mark(before > 0), with_ends(&middle, LONGEST_PART), mark(after > 0))
    };
    chars.iter().map(part).collect()
}

/// A text, or its beginning and its end if it has more than `most` characters.
pub(super) fn with_ends(text: &str, most: usize) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= most {
        return text.to_owned();
    }
    let end = |part: &[char]| part.iter().collect::<String>();
    format!("{} … {}", end(&chars[..most / 2]).trim_end(), end(&chars[chars.len() - most / 2..]).trim_start())
}

/// Finds where texts go on alike after a difference.
struct Runs<'w, 'a> {
    words: &'w [Vec<&'a str>],
    /// Where the end begins that all texts have in common.
    ends: Vec<usize>,
    /// Where each run of words begins in every text but the first.
    starts: Vec<HashMap<&'w [&'a str], Vec<usize>>>,
}

impl<'w, 'a> Runs<'w, 'a> {
    fn new(words: &'w [Vec<&'a str>]) -> Self {
        let shortest = words.iter().map(Vec::len).min().unwrap_or_default();
        let from_end = |text: &Vec<&'a str>, at: usize| text[text.len() - 1 - at];
        let is_common = |at: &usize| words.iter().all(|text| from_end(text, *at) == from_end(&words[0], *at));
        let tail = (0..shortest).take_while(is_common).count();
        let ends: Vec<usize> = words.iter().map(|text| text.len() - tail).collect();
        let starts = words.iter().zip(&ends).skip(1).map(|(text, end)| {
            let mut starts: HashMap<&[&str], Vec<usize>> = HashMap::new();
            for (at, run) in text[..*end].windows(COMMON_RUN).enumerate() {
                starts.entry(run).or_default().push(at);
            }
            starts
        });
        let starts = starts.collect();
        Self { words, ends, starts }
    }

    fn differences(&self) -> Vec<Vec<Range<usize>>> {
        let mut at = vec![0; self.words.len()];
        let mut differences = Vec::new();
        loop {
            while self.is_common(&at) {
                for word in &mut at {
                    *word += 1;
                }
            }
            if at == self.ends {
                return differences;
            }
            let next = self.next_common(&at).unwrap_or_else(|| self.ends.clone());
            differences.push(at.iter().zip(&next).map(|(from, to)| *from..*to).collect());
            at = next;
        }
    }

    /// Whether all texts have the same word there.
    fn is_common(&self, at: &[usize]) -> bool {
        let is_inside = at.iter().zip(&self.ends).all(|(at, end)| at < end);
        is_inside && self.words.iter().zip(at).all(|(text, word)| text[*word] == self.words[0][at[0]])
    }

    /// The nearest words after `at` where all texts go on alike.
    fn next_common(&self, at: &[usize]) -> Option<Vec<usize>> {
        let first = &self.words[0][..self.ends[0]];
        let mut nearest: Option<(usize, Vec<usize>)> = None;
        for (skipped, run) in first.get(at[0]..)?.windows(COMMON_RUN).enumerate() {
            if nearest.as_ref().is_some_and(|(distance, _)| *distance <= skipped) {
                break;
            }
            let others = self.starts.iter().zip(&at[1..]).map(|(starts, from)| {
                let starts = starts.get(run)?;
                starts.get(starts.partition_point(|start| start < from)).copied()
            });
            let Some(others) = others.collect::<Option<Vec<usize>>>() else { continue };
            let distance = skipped + others.iter().zip(&at[1..]).map(|(to, from)| to - from).sum::<usize>();
            if nearest.as_ref().is_none_or(|(least, _)| distance < *least) {
                nearest = Some((distance, [vec![at[0] + skipped], others].concat()));
            }
        }
        nearest.map(|(_, at)| at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long(words: &[(usize, &str)]) -> String {
        let mut text: Vec<String> = (0..80).map(|n| format!("w{n}")).collect();
        for (at, word) in words {
            text[*at] = (*word).to_owned();
        }
        text.join(" ")
    }

    #[track_caller]
    fn parts<const N: usize>(texts: [&str; N]) -> [String; N] {
        differing_parts(&texts).try_into().unwrap()
    }

    #[test]
    fn distant_differences_are_all_shown_on_every_side() {
        let (base, ours, theirs) = (long(&[]), long(&[(5, "ONE")]), long(&[(70, "TWO")]));
        let [ours, theirs, base] = parts([&ours, &theirs, &base]);
        assert_eq!(ours, "…w2 w3 w4 ONE w6 w7 w8 … w67 w68 w69 w70 w71 w72 w73…");
        assert_eq!(theirs, "…w2 w3 w4 w5 w6 w7 w8 … w67 w68 w69 TWO w71 w72 w73…");
        assert_eq!(base, "…w2 w3 w4 w5 w6 w7 w8 … w67 w68 w69 w70 w71 w72 w73…");
    }

    #[test]
    fn beginnings_ends_and_missing_words_are_shown() {
        let (ours, theirs) = (long(&[(0, "ONE"), (79, "")]), long(&[(0, "TWO")]));
        assert_eq!(parts([&ours, &theirs]), ["ONE w1 w2 w3 … w76 w77 w78", "TWO w1 w2 w3 … w76 w77 w78 w79"]);
        let [ours, theirs] = parts([&long(&[]), &format!("{} and more", long(&[]))]);
        assert_eq!((ours.as_str(), theirs.as_str()), ("…w76 w77 w78 w79", "…w76 w77 w78 w79 and more"));
        let [ours, theirs, base] = parts([&long(&[(40, "ONE")]), &long(&[(40, "TWO")]), ""]);
        assert_eq!((ours.as_str(), base.as_str()), ("…w37 w38 w39 ONE w41 w42 w43…", ""));
        assert_eq!(theirs, "…w37 w38 w39 TWO w41 w42 w43…");
        let [ours, theirs] = parts([&long(&[]), ""]);
        assert!(ours.starts_with("w0 w1 ") && ours.contains(" … ") && ours.ends_with(" w79") && theirs.is_empty());
        assert!(ours.chars().count() <= LONGEST_TEXT + 3, "{ours}");
    }

    #[test]
    fn what_the_others_have_does_not_hide_what_two_have() {
        // Both differ from the third nearly everywhere, and from each other in one word.
        let other = (0..80).map(|n| format!("x{n}")).collect::<Vec<_>>().join(" ");
        let [ours, theirs, base] = parts([&long(&[(40, "ONE")]), &long(&[(40, "TWO")]), &other]);
        assert_eq!(
            (ours.as_str(), theirs.as_str()),
            ("…w37 w38 w39 ONE w41 w42 w43…", "…w37 w38 w39 TWO w41 w42 w43…")
        );
        assert!(base.starts_with("x0 ") && base.ends_with(" x79"), "{base}");
    }

    #[test]
    fn words_without_spaces_and_many_differences_stay_short() {
        let (ours, theirs) = (format!("{}1{}", "a".repeat(500), "b".repeat(500)), "a".repeat(500) + &"b".repeat(500));
        let context = (format!("…{}", "a".repeat(24)), format!("{}…", "b".repeat(24)));
        let expected = [format!("{}1{}", context.0, context.1), format!("{}{}", context.0, context.1)];
        assert_eq!(parts([&ours, &theirs]), expected);
        let many = |word: &str| long(&[5, 20, 35, 50, 65].map(|at| (at, word)));
        let [ours, theirs] = parts([&many("ONE"), &many("TWO")]);
        assert!(ours.matches("ONE").count() == 3 && ours.ends_with("… (and 2 more)"), "{ours}");
        assert_eq!(ours.replace("ONE", "TWO"), theirs);
        // The same words, repeated.
        let again = |word: &str| format!("{}{word}{}", "Again. ".repeat(200), " Again.".repeat(200));
        let [ours, theirs] = parts([&again("one"), &again("two")]);
        assert_eq!((ours.contains("one"), theirs.contains("two"), ours.len() < 80), (true, true, true), "{ours}");
    }
}
