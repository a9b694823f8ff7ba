//! The rules explained. `windowsill explain`, the hover text and the page `docs/checks.md` are made from the same words.

use std::fmt::Write as _;

use super::{Family, RULES, Rule};
use crate::wording::wrapped;

/// The length of lines in `docs/`.
const WIDTH: usize = 100;

/// Explains a rule in plain text. Paragraphs are separated by a blank line; one that starts with a heading has it on a
/// separate line. The text ends without a line break.
pub fn explain(rule: &Rule) -> String {
    let mut text = title(rule);
    for Paragraph { heading, body } in paragraphs(rule) {
        text.push_str("\n\n");
        if let Some(heading) = heading {
            let _ = writeln!(text, "{heading}");
        }
        text.push_str(body);
    }
    text
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
            "\n## {}\n\n| code | name | severity | reported when | quick fix |\n|---|---|---|---|---|\n",
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
    let _ = write!(page, "\n### {}\n", title(rule));
    for Paragraph { heading, body } in paragraphs(rule) {
        let heading = heading.map(|heading| format!("*{heading}.* ")).unwrap_or_default();
        let _ = write!(page, "\n{}", wrapped(&format!("{heading}{body}"), WIDTH));
    }
}

/// "B001 rollback-does-not-fit (error)".
fn title(rule: &Rule) -> String {
    format!("{} {} ({})", rule.code, rule.name, rule.severity.name())
}

/// Said of rules with a quick fix. On screen the button says it.
pub const OFFERS_FIX: &str = "Windowsill can offer a quick fix.";

struct Paragraph {
    heading: Option<&'static str>,
    body: &'static str,
}

fn paragraphs(rule: &Rule) -> Vec<Paragraph> {
    let headed = |heading, body| Paragraph { heading: Some(heading), body };
    let mut paragraphs = vec![
        Paragraph { heading: None, body: rule.summary },
        headed("Why it matters", rule.why),
        headed("Example", rule.example),
        headed("What to do", rule.remedy),
    ];
    if rule.fix.is_some() {
        paragraphs.push(Paragraph { heading: None, body: OFFERS_FIX });
    }
    paragraphs
}

/// The anchor that Markdown readers derive from a section's heading: lower case, hyphens for spaces, no brackets.
fn anchor(rule: &Rule) -> String {
    title(rule).to_lowercase().replace(' ', "-").replace(['(', ')'], "")
}

const INTRODUCTION: &str = "\
# Checks

<!-- Written by the program from the texts beside each rule. To change them: edit src/checks/, then
     run WINDOWSILL_BLESS=1 cargo test --test it docs -->

What Windowsill checks in a plan. Each rule has a code that never changes its meaning. An *error*
means that the plan does not work, a *warning* that it is likely to cause trouble, and a *note* is
for information. `windowsill check PLAN` lists the findings, `windowsill explain CODE` prints the
same explanation as this page.
";
