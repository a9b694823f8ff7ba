//! Keeps every other output from overwriting the plan file.

use std::path::Path;

use super::error::SaveError;
use super::paths::full_path;
use super::plan_content::contains_plan;

/// Refuses `destination` if it is the file of the plan that the output is made from, or if it contains another plan.
/// `plan` is none for a plan that was never saved.
///
/// # Errors
/// [`SaveError::IsThePlan`] or [`SaveError::IsOtherPlan`].
pub fn guard_plan(destination: &Path, plan: Option<&Path>) -> Result<(), SaveError> {
    match plan {
        Some(plan) if is_same_file(destination, plan) => Err(SaveError::IsThePlan(destination.to_owned())),
        Some(_) | None if destination.is_file() && contains_plan(destination) => {
            Err(SaveError::IsOtherPlan(destination.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Whether both paths lead to one file, which need not exist: links are followed, and relative paths start at the
/// current folder.
fn is_same_file(a: &Path, b: &Path) -> bool {
    full_path(a) == full_path(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plan_is_recognised_however_its_path_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join("plan.ron");
        std::fs::write(&plan, "").unwrap();
        let detour = folder.path().join(".").join("plan.ron");
        assert!(matches!(guard_plan(&detour, Some(&plan)), Err(SaveError::IsThePlan(path)) if path == detour));
        assert!(guard_plan(&folder.path().join("plan.html"), Some(&plan)).is_ok());
        assert!(guard_plan(&plan, None).is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_to_the_plan_is_the_plan() {
        let folder = tempfile::tempdir().unwrap();
        let (plan, link) = (folder.path().join("plan.ron"), folder.path().join("calendar.ics"));
        std::fs::write(&plan, "").unwrap();
        std::os::unix::fs::symlink(&plan, &link).unwrap();
        assert!(guard_plan(&link, Some(&plan)).is_err());
        assert!(guard_plan(&link, None).is_ok());
        std::fs::write(&plan, "(\n    format: 2,\n").unwrap();
        assert!(matches!(guard_plan(&link, None), Err(SaveError::IsOtherPlan(_))));
        assert!(matches!(guard_plan(&plan, None), Err(SaveError::IsOtherPlan(_))));
    }
}
