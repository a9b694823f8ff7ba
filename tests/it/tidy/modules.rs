//! Which file of `src/` uses which names of which other file: the basis of the architecture tests.
//!
//! Paths are followed through imports and re-exports to the file that defines the name. Macros are not expanded.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{Source, files};
use super::tokens::{Kind, Token, tokens, without_tests};

pub type Path = Vec<String>;

/// How many modules and imports a path may lead through; more are a circle of imports.
const MOST_STEPS: usize = 10;

/// `use path as name`.
#[derive(Clone, Debug)]
pub struct Import {
    pub name: String,
    pub path: Path,
    pub is_public: bool,
    pub line: usize,
}

/// A file as a module.
#[derive(Debug, Default)]
pub struct Module {
    /// From the top with forward slashes.
    pub file: String,
    pub path: Path,
    pub children: BTreeSet<String>,
    /// Names of its items.
    pub defined: BTreeSet<String>,
    pub imports: Vec<Import>,
    /// Paths in its code outside of imports, with their lines.
    pub mentioned: Vec<(Path, usize)>,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    Module(Path),
    /// A name and the module that defines it.
    Item(Path, String),
}

/// One file uses a name of another.
#[derive(Clone, Debug)]
pub struct Use {
    pub from: String,
    pub to: String,
    pub name: String,
    pub line: usize,
}

pub struct Modules(BTreeMap<Path, Module>);

impl Modules {
    /// Those of the library in `src/`, without unit tests.
    pub fn of_src() -> Self {
        let is_library = |source: &Source| !source.is_test() && source.path != "src/main.rs";
        Self::new(files("src", "rs").into_iter().filter(is_library))
    }

    pub fn new(sources: impl IntoIterator<Item = Source>) -> Self {
        let modules = sources.into_iter().map(|source| Module::new(&source));
        Self(modules.map(|module| (module.path.clone(), module)).collect())
    }

    pub fn iter(&self) -> impl Iterator<Item = &Module> {
        self.0.values()
    }

    fn file(&self, module: &Path) -> Option<&str> {
        self.0.get(module).map(|module| module.file.as_str())
    }

    /// Every name of another file that a file uses in its code, and the first line that does. Re-exports use nothing.
    pub fn uses(&self) -> Vec<Use> {
        let mut found: BTreeMap<(String, String, String), usize> = BTreeMap::new();
        for module in self.iter() {
            let is_mentioned = |name: &str| module.mentioned.iter().any(|(path, _)| path[0] == name);
            let imports = module.imports.iter().filter(|import| !import.is_public || is_mentioned(&import.name));
            let imports = imports.map(|import| (&import.path, import.line));
            let mentioned = module.mentioned.iter().map(|(path, line)| (path, *line));
            for (path, line) in imports.chain(mentioned) {
                let Some(Target::Item(defining, name)) = self.resolve(module, path) else { continue };
                let Some(to) = self.file(&defining).filter(|to| *to != module.file) else { continue };
                let first = found.entry((module.file.clone(), to.to_owned(), name)).or_insert(line);
                *first = line.min(*first);
            }
        }
        found.into_iter().map(|((from, to, name), line)| Use { from, to, name, line }).collect()
    }

    /// What each file names by a path from the top (`crate::`, `super::`, `self::`), as it is written: a re-export counts
    /// as a name of the module that re-exports it. `to` is the path, without the crate.
    pub fn named(&self) -> Vec<Use> {
        let mut found = Vec::new();
        for module in self.iter() {
            let imports = module.imports.iter().map(|import| (&import.path, import.line));
            let mentioned = module.mentioned.iter().map(|(path, line)| (path, *line));
            for (path, line) in imports.chain(mentioned) {
                let Some((base, rest)) = module.base(path) else { continue };
                let to = base.iter().chain(rest).map(String::as_str).collect::<Vec<_>>().join("/");
                let name = path.join("::");
                found.push(Use { from: module.file.clone(), to, name, line });
            }
        }
        found
    }

    /// What `path` leads to when `module` says it; none outside of the crate.
    pub fn resolve(&self, module: &Module, path: &[String]) -> Option<Target> {
        self.resolve_within(module, path, MOST_STEPS)
    }

    fn resolve_within(&self, module: &Module, path: &[String], depth: usize) -> Option<Target> {
        match module.base(path) {
            Some((base, rest)) => self.walk(&base.to_vec(), rest, depth),
            None if module.knows(path.first()?) => self.walk(&module.path, path, depth),
            None => None,
        }
    }

    fn walk(&self, at: &Path, rest: &[String], depth: usize) -> Option<Target> {
        let module = self.0.get(at)?;
        let Some((name, behind)) = rest.split_first() else { return Some(Target::Module(at.clone())) };
        let depth = depth.checked_sub(1)?;
        if module.children.contains(name) {
            let mut child = at.clone();
            child.push(name.clone());
            // A module and a function may share a name.
            if let found @ Some(_) = self.walk(&child, behind, depth) {
                return found;
            }
        }
        if !module.defined.contains(name)
            && let Some(import) = module.imports.iter().find(|import| import.name == *name)
        {
            return match self.resolve_within(module, &import.path, depth)? {
                Target::Module(onward) => self.walk(&onward, behind, depth),
                item @ Target::Item(..) => Some(item),
            };
        }
        Some(Target::Item(at.clone(), name.clone()))
    }
}

impl Module {
    fn new(source: &Source) -> Self {
        let mut module = Self { file: source.path.clone(), path: path_of(&source.path), ..Self::default() };
        let tokens: Vec<Token<'_>> = without_tests(&tokens(&source.text))
            .into_iter()
            .filter(|token| matches!(token.kind, Kind::Name | Kind::Sign))
            .collect();
        let (mut at, mut depth) = (0, 0_usize);
        while at < tokens.len() {
            match tokens[at].text {
                "{" => depth += 1,
                "}" => depth = depth.saturating_sub(1),
                _ => {}
            }
            at = module.read(&tokens, at, depth == 0);
        }
        module
    }

    /// The module from which a path counts that begins with `crate`, `self` or `super`, and the rest of it.
    fn base<'a>(&'a self, path: &'a [String]) -> Option<(&'a [String], &'a [String])> {
        match path.first()?.as_str() {
            "crate" => Some((&[], &path[1..])),
            "self" => Some((&self.path, &path[1..])),
            "super" => {
                let up = path.iter().take_while(|segment| *segment == "super").count();
                let kept = self.path.len().checked_sub(up)?;
                Some((&self.path[..kept], &path[up..]))
            }
            _ => None,
        }
    }

    fn knows(&self, name: &str) -> bool {
        self.children.contains(name) || self.imports.iter().any(|import| import.name == name)
    }

    /// Reads what begins at that token, in a block or not; where the next thing begins.
    fn read(&mut self, tokens: &[Token<'_>], at: usize, is_outside: bool) -> usize {
        let token = tokens[at];
        let next = |by: usize| tokens.get(at + by).filter(|next| next.kind == Kind::Name).map(|next| next.text);
        let follows = |by: usize, sign: &str| tokens.get(at + by).is_some_and(|next| next.is_sign(sign));
        if token.kind != Kind::Name || at > 0 && (tokens[at - 1].is_sign(".") || tokens[at - 1].is_sign("::")) {
            return at + 1;
        }
        match (token.text, next(1)) {
            ("use", _) => {
                let is_public = at > 0 && (tokens[at - 1].is_name("pub") || tokens[at - 1].is_sign(")"));
                return self.read_import(tokens, at + 1, &mut Vec::new(), is_public) + 1;
            }
            ("mod", Some(name)) if follows(2, ";") => {
                self.children.insert(name.to_owned());
                return at + 3;
            }
            ("mod" | "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static", Some(name)) => {
                self.defined.extend(is_outside.then(|| name.to_owned()));
                return at + 2;
            }
            ("macro_rules", _) if follows(1, "!") => {
                self.defined.extend(next(2).filter(|_| is_outside).map(str::to_owned));
                return at + 3;
            }
            ("pub", _) if follows(1, "(") => return at + 4,
            ("self", _) if !follows(1, "::") => return at + 1,
            (keyword, _) if KEYWORDS.contains(&keyword) => return at + 1,
            _ => {}
        }
        let mut path = vec![token.text.to_owned()];
        let mut end = at + 1;
        while tokens.get(end).is_some_and(|sign| sign.is_sign("::"))
            && let Some(name) = tokens.get(end + 1).filter(|name| name.kind == Kind::Name)
        {
            path.push(name.text.to_owned());
            end += 2;
        }
        self.mentioned.push((path, token.line));
        end
    }

    /// Reads the rest of an import behind `prefix`; the index of the sign that ends it.
    fn read_import(&mut self, tokens: &[Token<'_>], mut at: usize, prefix: &mut Path, is_public: bool) -> usize {
        let (begin, length) = (at, prefix.len());
        let line = tokens.get(at).map_or(0, |token| token.line);
        while let Some(token) = tokens.get(at) {
            if token.is_sign("{") {
                loop {
                    at = self.read_import(tokens, at + 1, prefix, is_public);
                    if !tokens.get(at).is_some_and(|sign| sign.is_sign(",")) {
                        break;
                    }
                }
                prefix.truncate(length);
                return at + 1;
            }
            let is_end = matches!(token.text, "," | "}" | ";");
            if is_end || token.is_name("as") {
                break;
            }
            if !token.is_sign("::") {
                prefix.push(token.text.to_owned());
            }
            at += 1;
        }
        if prefix.last().is_some_and(|last| last == "self") {
            prefix.pop();
        }
        let mut name = prefix.last().cloned().unwrap_or_default();
        if tokens.get(at).is_some_and(|token| token.is_name("as")) {
            tokens[at + 1].text.clone_into(&mut name);
            at += 2;
        }
        if at > begin {
            self.imports.push(Import { name, path: prefix.clone(), is_public, line });
        }
        prefix.truncate(length);
        at
    }
}

/// Keywords before which no path is hidden, and names that lead nowhere.
const KEYWORDS: [&str; 36] = [
    "as", "async", "await", "break", "const", "continue", "dyn", "else", "extern", "false", "fn", "for", "if", "impl",
    "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct", "enum", "trait",
    "true", "type", "unsafe", "use", "where", "while", "Self", "derive",
];

/// "src/a/b.rs" and "src/a/b/mod.rs" are `a::b`, "src/lib.rs" is the crate.
fn path_of(file: &str) -> Path {
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    let inner = inner.strip_suffix("/mod").unwrap_or(inner);
    inner.split('/').filter(|segment| *segment != "lib").map(str::to_owned).collect()
}
