//! What others read: the year calendar, one night's checklist, lists. Data in, text out; no files, no clock.

pub mod advisories;
pub mod checklist;
pub mod cycles;
pub mod findings;
pub mod ics;
pub mod list;
pub mod reach;
pub mod rota;
mod text;

pub use crate::model::{freeze_uid, occurrence_uid};
pub use text::{clean, one_line};

/// Indented JSON with a line end. What is exported serialises always: plain records of text, numbers and lists.
fn json(rows: &impl serde::Serialize) -> String {
    let text = serde_json::to_string_pretty(rows).unwrap_or_default();
    format!("{text}\n")
}

/// RFC 3339 in UTC.
fn instant(at: crate::model::UtcMinute) -> String {
    at.to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What clocks show, without a zone: "2027-03-13T22:00".
fn local(local: crate::model::LocalMinute) -> String {
    local.to_naive().format("%Y-%m-%dT%H:%M").to_string()
}

/// CSV with a line of column names.
fn csv<const N: usize>(columns: [&str; N], rows: impl IntoIterator<Item = [String; N]>) -> String {
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail.
    let _ = writer.write_record(columns);
    for row in rows {
        let _ = writer.write_record(row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Lines whose columns start below one another, two spaces apart. Widths are counted in characters.
fn aligned<const N: usize>(lines: &[[String; N]]) -> String {
    let mut widths = [0; N];
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        out.push_str(cells.join("  ").trim_end());
        out.push('\n');
    }
    out
}
