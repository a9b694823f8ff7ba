//! Where a typed window works, and its type: "Servers · The rest", "Core DB", "Emergency".

use super::{Part, Word, free_text, mark};
use crate::model::{GroupId, Ladder, Plan, SystemId, WindowKind};
use crate::wording::list_of_choices;

/// Groups, systems and type of a typed window.
#[derive(Default)]
pub(super) struct TypedScope {
    pub kind: WindowKind,
    /// Whether the line names the type.
    pub has_kind: bool,
    pub groups: Vec<GroupId>,
    pub systems: Vec<SystemId>,
}

/// What a stretch of words names.
enum ScopeWords {
    Kind(WindowKind),
    Group(GroupId),
    System(SystemId),
    Unclear(String),
}

/// Finds the words after the rule or the hours that name something, and marks them. The words before are the name.
pub(super) fn find_scope(words: &mut [Word], plan: &Plan) -> Result<TypedScope, String> {
    const LONGEST: usize = 12;
    let mut scope = TypedScope::default();
    let mut kind: Option<WindowKind> = None;
    let begins = words.iter().position(|word| matches!(word.part, Part::Rule | Part::Hours)).unwrap_or(words.len());
    let mut from = begins;
    while from < words.len() {
        let mut counts = (1..=LONGEST.min(words.len() - from)).rev();
        let found = counts.find_map(|count| Some((count, named_scope(&words[from..from + count], plan)?)));
        let Some((count, named)) = found else {
            from += 1;
            continue;
        };
        match named {
            ScopeWords::Kind(other) => {
                if let Some(first) = kind.replace(other) {
                    let (first, other) = (first.name(), other.name());
                    return Err(format!(
                        "Two types, \"{first}\" and \"{other}\": remove one, or put the name in quotes"
                    ));
                }
                (scope.kind, scope.has_kind) = (other, true);
            }
            ScopeWords::Group(group) if scope.groups.contains(&group) => {}
            ScopeWords::Group(group) => scope.groups.push(group),
            ScopeWords::System(system) if scope.systems.contains(&system) => {}
            ScopeWords::System(system) => scope.systems.push(system),
            ScopeWords::Unclear(problem) => return Err(problem),
        }
        mark(&mut words[from..from + count], Part::Scope);
        from += count;
    }
    Ok(scope)
}

impl TypedScope {
    /// The words of a name that may as well say where the window works, or its type, if the line does not say that otherwise:
    /// a group, a ladder or a type at the end of the name, or a type at its beginning.
    pub fn in_name(&self, name: &[Word], plan: &Plan) -> Option<String> {
        let has_scope = !self.groups.is_empty() || !self.systems.is_empty();
        let may_be = |part: &&[Word]| match named_scope(part, plan) {
            Some(ScopeWords::Kind(_)) => !self.has_kind,
            Some(ScopeWords::Group(_) | ScopeWords::Unclear(_)) => !has_scope && part.last() == name.last(),
            Some(ScopeWords::System(_)) | None => false,
        };
        let ends = (1..name.len()).map(|from| &name[from..]);
        let begin = name.get(..1).filter(|_| name.len() > 1);
        let found = ends.chain(begin).find(may_be)?;
        Some(found.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
    }
}

fn named_scope(words: &[Word], plan: &Plan) -> Option<ScopeWords> {
    let is_edge = |word: Option<&Word>| word.is_some_and(|word| word.part == Part::Filler);
    if is_edge(words.first()) || is_edge(words.last()) {
        return None;
    }
    let plain: Vec<Word> = words.iter().filter(|word| word.part != Part::Filler).cloned().collect();
    let text = simple(&free_text(&plain)?);
    let kind = WindowKind::ALL.into_iter().find(|kind| kind.name().to_lowercase() == text);
    if let Some(kind) = kind {
        return Some(ScopeWords::Kind(kind));
    }
    let groups = || plan.ladders().iter().flat_map(|ladder| ladder.groups.iter().map(move |group| (ladder, group)));
    let named: Vec<_> = groups()
        .filter(|(ladder, group)| {
            let (ladder_name, group_name) = (simple(&ladder.name), simple(&group.name));
            let class = simple(ladder.class.name());
            text == group_name
                || text == group.id.as_str()
                || [ladder_name, class.clone(), format!("{class}s")]
                    .iter()
                    .any(|first| text == format!("{first} {group_name}") || text == format!("{group_name} {first}"))
        })
        .collect();
    match named.as_slice() {
        [] => {}
        [(_, group)] => return Some(ScopeWords::Group(group.id.clone())),
        several => {
            let names: Vec<String> =
                several.iter().map(|(ladder, group)| format!("\"{} · {}\"", ladder.name, group.name)).collect();
            return Some(ScopeWords::Unclear(format!(
                "\"{text}\" is on several ladders: write {}",
                list_of_choices(&names)
            )));
        }
    }
    if let Some(ladder) = plan.ladders().iter().find(|ladder| simple(&ladder.name) == text) {
        return Some(whole_ladder(ladder));
    }
    let systems: Vec<_> = plan.systems().iter().filter(|system| simple(&system.name) == text).collect();
    match systems.as_slice() {
        [] => None,
        [system] => Some(ScopeWords::System(system.id.clone())),
        _ => Some(ScopeWords::Unclear(format!("Several systems are called \"{text}\": choose one in the inspector"))),
    }
}

/// A ladder alone names a group only if it has just one.
fn whole_ladder(ladder: &Ladder) -> ScopeWords {
    match ladder.groups.as_slice() {
        [group] => ScopeWords::Group(group.id.clone()),
        [] => ScopeWords::Unclear(format!("The ladder \"{}\" has no group yet", ladder.name)),
        groups => {
            let names: Vec<String> =
                groups.iter().map(|group| format!("\"{} · {}\"", ladder.name, group.name)).collect();
            ScopeWords::Unclear(format!("Which group of {}? Write {}", ladder.name, list_of_choices(&names)))
        }
    }
}

/// The error for words after the rule that name nothing.
pub(super) fn unknown_words(text: &str, plan: &Plan) -> String {
    const MOST: usize = 6;
    let groups = plan.ladders().iter().flat_map(|ladder| &ladder.groups).map(|group| format!("\"{}\"", group.name));
    let mut names: Vec<String> = groups.collect();
    names.sort();
    names.dedup();
    let advice = if names.is_empty() {
        "begin with the name, or put it in quotes".to_owned()
    } else {
        format!("groups are {}; the name comes first, or in quotes", crate::wording::list(&names, MOST))
    };
    format!("\"{text}\" is not a group, system or type: {advice}")
}

/// In lower case, with single spaces and without signs between words.
fn simple(text: &str) -> String {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '·' | '/' | '|' | '>' | ','));
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
