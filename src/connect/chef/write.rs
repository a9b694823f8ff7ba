//! A text that says why there is nothing to enter.

use std::fmt::Write as _;

use crate::connect::writing::{Abilities, WriteRequest, Writer, WrittenFile, title};
use crate::export::{FileType, Output};

static ABILITIES: Abilities = Abilities::nothing("Chef", "Chef has no scheduler: chef-client runs at an interval");

pub static WRITER: Writer = Writer {
    format: "text",
    output: Output { id: "chef-text", name: "Chef, why not", help: "Why windows cannot be written for Chef" },
    file_type: FileType { name: "Text", endings: &["txt"] },
    abilities: &ABILITIES,
    write,
};

fn write(request: &WriteRequest<'_>) -> WrittenFile {
    let mut text = String::new();
    for expressed in &request.windows {
        let _ = writeln!(text, "{}: {}", title(&expressed.window.window), expressed.form);
    }
    WrittenFile { text, remarks: Vec::new() }
}
