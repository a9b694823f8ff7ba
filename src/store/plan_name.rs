//! The names of plan files.

use std::path::{Path, PathBuf};

/// The endings of plan files. New plans get the first one; a plan with another one keeps its name.
pub const PLAN_ENDINGS: [&str; 2] = ["windowsill", "ron"];

/// Whether a file is named like a plan.
pub fn has_plan_name(path: &Path) -> bool {
    path.extension().is_some_and(|end| PLAN_ENDINGS.iter().any(|plan| end.eq_ignore_ascii_case(plan)))
}

/// The path with the ending of new plans instead of its own.
pub fn with_plan_ending(path: &Path) -> PathBuf {
    path.with_extension(PLAN_ENDINGS[0])
}

/// What is wrong with the name of a new plan; none if it has the ending of one.
pub fn problem_with_plan_name(path: &Path) -> Option<String> {
    (!has_plan_name(path)).then(|| {
        let [ending, ..] = PLAN_ENDINGS;
        format!("a plan's name ends with .{ending} (use {})", with_plan_ending(path).display())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plans_end_with_windowsill_or_with_ron() {
        let problem = |name: &str| problem_with_plan_name(Path::new(name));
        for name in ["plan.windowsill", "a/Plan 2027.WINDOWSILL", "plan.ron", "Plan.RON"] {
            assert_eq!(problem(name), None, "{name}");
        }
        for (name, named) in
            [("plan", "plan.windowsill"), ("a/plan.json", "a/plan.windowsill"), (".ron", ".ron.windowsill")]
        {
            assert_eq!(problem(name), Some(format!("a plan's name ends with .windowsill (use {named})")), "{name}");
        }
    }
}
