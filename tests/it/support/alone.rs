//! Runs a test in its own process, for tests that measure the whole process.

use std::process::Command;

const IS_CHILD: &str = "WINDOWSILL_TEST_IS_ALONE";

/// Whether this process runs `test` and nothing else. If not, such a process is started, and fails the test that asks
/// if it fails. `test` is the name that `cargo test` prints.
///
/// What a test measures of its process, such as the peak of memory, would otherwise include the tests beside it.
#[track_caller]
#[expect(clippy::print_stdout, reason = "what the child measured is shown where its test is")]
pub fn is_alone(test: &str) -> bool {
    if std::env::var_os(IS_CHILD).is_some() {
        return true;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    let output = child.args([test, "--exact", "--nocapture"]).env(IS_CHILD, "1").output().unwrap();
    let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    println!("{out}");
    assert!(output.status.success(), "{test} fails in a process of its own:\n{err}");
    assert!(out.contains("1 passed"), "there is no test {test}");
    false
}
