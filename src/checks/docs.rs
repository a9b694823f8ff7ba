//! The rules in words: `windowsill explain`, the hover text, and the page `docs/checks.md`.

use std::fmt::Write as _;

use super::{Family, RULES, Rule};

/// A rule for a person, a paragraph for each thing that one wants to know. Plain text without a line break at the end.
pub fn explain(rule: &Rule) -> String {
    let Rule { code, name, severity, summary, why, example, remedy, .. } = rule;
    let severity = severity.name();
    let fix = if rule.fix.is_some() { "\n\nWindowsill can offer a quick fix." } else { "" };
    format!(
        "{code} {name} ({severity})\n\n{summary}\n\nWhy it matters\n{why}\n\nExample\n{example}\n\nWhat to do\n{remedy}{fix}"
    )
}

/// The page `docs/checks.md`, in Markdown.
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    for family in Family::ALL {
        let rules = || RULES.iter().filter(move |rule| rule.family() == family);
        if rules().next().is_none() {
            continue;
        }
        let _ = write!(
            page,
            "\n## {}\n\n| code | name | severity | fires when | quick fix |\n|---|---|---|---|---|\n",
            family.name()
        );
        for rule in rules() {
            let Rule { code, name, severity, summary, .. } = rule;
            let fix = if rule.fix.is_some() { "yes" } else { "" };
            let _ =
                writeln!(page, "| [{code}](#{}) | {name} | {} | {summary} | {fix} |", anchor(rule), severity.name());
        }
        rules().for_each(|rule| section(&mut page, rule));
    }
    page
}

fn section(page: &mut String, rule: &Rule) {
    let Rule { code, name, summary, why, example, remedy, .. } = rule;
    let fix = if rule.fix.is_some() { "\n*Quick fix.* Windowsill can offer one.\n" } else { "" };
    let _ = write!(
        page,
        "\n### {code} {name}\n\n{summary}\n\n*Why it matters.* {why}\n\n*Example.* {example}\n\n*What to do.* {remedy}\n{fix}"
    );
}

/// Where its heading is, as Markdown readers make anchors.
fn anchor(rule: &Rule) -> String {
    format!("{}-{}", rule.code.to_lowercase(), rule.name)
}

const INTRODUCTION: &str = "\
# Checks

<!-- Written by the program from the texts beside each rule. To change them: edit src/checks/, then run
     WINDOWSILL_BLESS=1 cargo test --test docs -->

What Windowsill looks for in a plan. Each rule has a code that never changes its meaning. An *error* means that the plan
does not work, a *warning* that it will hurt, a *note* is for information. `windowsill check PLAN` lists what was found,
`windowsill explain CODE` prints what stands here.
";
