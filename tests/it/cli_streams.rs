//! `-o` on pipes, devices and links: they are written to and stay what they are. A closed pipe is not an error.

use std::fs;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::process::{Command, Stdio};
use std::thread;

use crate::support::desk::{Desk, command};

const CALENDAR: &str = "BEGIN:VCALENDAR\r\n";

#[test]
fn a_closed_output_is_not_an_error() {
    let desk = Desk::new();
    let mut child = command(desk.0.path())
        .args(["export", "calendar", "plan.ron", "-o", "-"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn standard_output_by_its_name_gets_the_calendar() {
    let desk = Desk::new();
    for name in ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"] {
        let out = desk.run(&format!("export calendar plan.ron -o {name}")).fine();
        assert_eq!(out, desk.run("export calendar plan.ron -o -").fine(), "{name}");
    }
    // A list without an ending is text, as on "-".
    // Excel's mark of UTF-8 would be part of the first title for a script.
    for format in ["", " --format csv"] {
        let list = desk.run(&format!("list plan.ron{format} -o /dev/stdout")).fine();
        assert!(!list.starts_with('\u{feff}') && !list.is_empty(), "{list}");
    }
    let list = desk.run("export ledger plan.ron -o /dev/stdout").fine();
    assert_eq!(list, desk.run("export ledger plan.ron -o -").fine());
    desk.run("export calendar plan.ron -o /dev/stdout --profile caldav").fails_saying("choose a folder (-o FOLDER)");
}

#[test]
fn a_redirected_file_keeps_what_was_in_it() {
    let desk = Desk::new();
    desk.write("all.ics", "before\n");
    let file = fs::OpenOptions::new().append(true).open(desk.path("all.ics")).unwrap();
    let ran =
        command(desk.0.path()).args(["export", "calendar", "plan.ron", "-o", "/dev/stdout"]).stdout(file).status();
    assert!(ran.unwrap().success());
    let text = desk.read("all.ics");
    assert!(text.starts_with(&format!("before\n{CALENDAR}")) && text.ends_with("END:VCALENDAR\r\n"), "{text}");
}

#[test]
fn a_pipe_is_written_to_and_a_new_plan_does_not_replace_it() {
    let desk = Desk::new();
    let pipe = desk.path("pipe.ics");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    desk.run("export calendar plan.ron -o pipe.ics").fine();
    assert!(reader.join().unwrap().starts_with(CALENDAR));
    assert!(Command::new("mkfifo").arg(desk.path("pipe.ron")).status().unwrap().success());
    for words in ["new pipe.ron --force", "new pipe.ron", "publish plan.ron --to pipe.ics"] {
        let ran = desk.run(words);
        assert!(ran.code == 2 && ran.err.contains("this is a pipe, a device or a socket"), "{words}: {}", ran.err);
    }
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn devices_stay_devices_and_links_stay_links() {
    let desk = Desk::new();
    desk.run("export calendar plan.ron -o /dev/null").fine();
    assert!(fs::symlink_metadata("/dev/null").unwrap().file_type().is_char_device());
    let missing = "/dev/windowsill-no-such-device";
    desk.run(&format!("export calendar plan.ron -o {missing}")).fails_saying("no such");
    assert!(!fs::exists(missing).unwrap());
    desk.write("real.ics", "old");
    symlink("real.ics", desk.path("link.ics")).unwrap();
    desk.run("export calendar plan.ron -o link.ics").fine();
    assert!(fs::symlink_metadata(desk.path("link.ics")).unwrap().is_symlink());
    assert!(desk.read("real.ics").starts_with(CALENDAR));
}

#[test]
fn a_pipe_that_was_closed_is_an_error() {
    let desk = Desk::new();
    let mut child = command(desk.0.path())
        .args(["export", "calendar", "plan.ron", "-o", "/dev/stdout"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let code = child.wait().unwrap().code();
    assert!(code == Some(2) || code == Some(0), "the pipe may have taken all of it: {code:?}");
}

#[test]
fn a_plan_is_read_from_a_pipe_that_the_program_was_started_with_and_a_named_pipe_is_refused() {
    let desk = Desk::new();
    let piped = |words: &str| {
        let mut child = command(desk.0.path())
            .args(words.split(' '))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let plan = fs::read(desk.path("plan.ron")).unwrap();
        // A command that refuses its arguments closes the pipe.
        let _ = std::io::Write::write_all(&mut child.stdin.take().unwrap(), &plan);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    };
    for stream in ["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"] {
        for words in ["check", "check --format github", "check --format sarif", "list", "export calendar -o -"] {
            let (name, options) =
                words.split_once(" -").map_or((words, String::new()), |(name, rest)| (name, format!(" -{rest}")));
            let now = if name == "check" { " --now 2027-01-04T09:00:00Z" } else { "" };
            let (code, out, err) = piped(&format!("{name} {stream}{options}{now}"));
            let file = desk.run(&format!("{name} plan.ron{options}{now}"));
            assert_eq!((code, out.replace(stream, "plan.ron"), err.as_str()), (file.code, file.out, ""), "{words}");
        }
        let (code, out, err) = piped(&format!("diff {stream} plan.ron"));
        assert_eq!(code, 0, "{out}{err}");
        let (code, _, err) = piped(&format!("move {stream} core-db 2027-03-20 --by 1"));
        assert!(code == 2 && err.contains("It is not a regular file"), "{err}");
        let (code, _, err) = piped(&format!("check {stream} --accept-times"));
        assert!(code == 2 && err.contains("the times of a pipe cannot be remembered"), "{err}");
        assert!(!desk.path(stream).with_file_name(".stdin.lock").exists());
    }
    assert!(Command::new("mkfifo").arg(desk.path("named.ron")).status().unwrap().success());
    for words in
        ["check named.ron", "diff named.ron plan.ron", "list named.ron", "skip named.ron core-db 2027-03-20 --restore"]
    {
        desk.run(words).fails_saying("named.ron: this is a pipe, a socket or a device");
    }
}
