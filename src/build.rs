//! The build script: tells `--version` which commit the program is built from, and gives the program its icon on Windows.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=src/build.rs");
    if env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("windows") {
        add_icon();
    }
    // A development build would be compiled again after each commit, for nothing.
    let build = match env::var("PROFILE").as_deref() {
        Ok("release") => commit().unwrap_or_else(|| "built outside Git".to_owned()),
        _ => "development build".to_owned(),
    };
    println!("cargo::rustc-env=WINDOWSILL_BUILD={build}");
}

/// The icon and the version that the Explorer shows. Without a resource compiler (`rc.exe` or `windres`) the program has none.
fn add_icon() {
    println!("cargo::rerun-if-changed=assets/icon.ico");
    let mut resources = winresource::WindowsResource::new();
    resources.set_icon("assets/icon.ico").set("ProductName", "Windowsill").set("FileDescription", "Windowsill");
    if let Err(error) = resources.compile() {
        println!("cargo::warning=the program gets no icon: {error}");
    }
}

/// "commit 1a2b3c4d5e6f", with a remark if files differ from it. None outside Git, and in a folder of another repository.
fn commit() -> Option<String> {
    git(&["rev-parse", "--show-prefix"]).filter(String::is_empty)?;
    let commit = git(&["rev-parse", "--short=12", "HEAD"])?;
    let changes = git(&["status", "--porcelain", "--untracked-files=no"])?;
    for path in ["src", "assets", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    for name in ["HEAD", "logs/HEAD"] {
        println!("cargo::rerun-if-changed={}", git(&["rev-parse", "--git-path", name])?);
    }
    Some(format!("commit {commit}{}", if changes.is_empty() { "" } else { " with changes" }))
}

/// What Git answers in the folder of the program, in which Cargo runs build scripts.
fn git(arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("git");
    // A hook of another repository may run the build.
    command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
    let output = command.args(arguments).output().ok()?;
    let answer = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| answer.trim().to_owned())
}
