//! Judges what other programs are told to do against the plan: patch baselines of AWS, playbooks of Ansible. Nothing of it
//! is imported.

mod baseline;
mod finding;
mod maintenance_window;
mod playbook;
mod plays;
mod tasks;
mod waits;

pub use baseline::lint_baseline;
pub use finding::{LintError, LintFinding};
pub use playbook::{PlaybookLint, lint_playbook};
