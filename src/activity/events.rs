//! Reads events one after the other: syslog (RFC 5424), the journal of systemd as JSON lines, event tables of Windows, and
//! other tables with a time and a host.

use std::io::{BufRead, BufReader, Cursor, Read};

use serde::Deserialize;

use super::times::{DatesOrder, Instants, TimeReader};
use crate::encoding::is_utf16;
use crate::import::{ImportError, OpenFile};

/// What the lines of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventSource {
    Syslog,
    Journal,
    Table,
}

/// The longest line that is read, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// What older versions of PowerShell write above the titles of a table.
const TYPE: &str = "#TYPE";

/// One event: its line, and its time and host if both can be read.
pub type Sink<'s> = dyn FnMut(usize, Option<(Instants, &str)>) -> Result<(), ImportError> + 's;

/// Reads all events of a file.
///
/// # Errors
/// The file cannot be read, has no time or host column, or needs to be told the order of its dates.
pub fn read(file: &OpenFile<'_>, times: &TimeReader, sink: &mut Sink<'_>) -> Result<EventSource, ImportError> {
    let head = file.head()?;
    let is_content = |line: &&str| !line.is_empty() && !line.starts_with(TYPE);
    let first = head.text().lines().map(str::trim).find(is_content).unwrap_or_default();
    let first = first.trim_start_matches('\u{feff}').trim_start_matches('\u{1e}');
    let reader = || -> Result<Box<dyn Read + '_>, ImportError> {
        let mut start = [0; 4];
        let length = file.reader()?.read(&mut start).unwrap_or_default();
        if is_utf16(&start[..length]) {
            return Ok(Box::new(Cursor::new(crate::encoding::decode(&file.bytes()?).text.into_bytes())));
        }
        Ok(Box::new(file.reader()?))
    };
    if first.starts_with('{') {
        read_lines(reader()?, &mut |number, line| {
            sink(number, journal(line).as_ref().map(|(at, host)| (*at, host.as_str())))
        })?;
        Ok(EventSource::Journal)
    } else if is_syslog(first) {
        read_lines(reader()?, &mut |number, line| sink(number, syslog(line, times)))?;
        Ok(EventSource::Syslog)
    } else {
        read_table(first, &reader, times, sink)?;
        Ok(EventSource::Table)
    }
}

fn unreadable(error: std::io::Error) -> ImportError {
    ImportError::Unreadable(format!("Cannot read the file ({error}). Check the disk or the network, then try again"))
}

/// Calls `each` with the number and the text of every line that is not blank.
fn read_lines(
    reader: Box<dyn Read + '_>,
    each: &mut dyn FnMut(usize, &str) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let mut reader = BufReader::with_capacity(1 << 16, reader);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        let length = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).map_err(unreadable)?;
        if length == 0 {
            return Ok(());
        }
        number += 1;
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_matches(['\u{feff}', '\u{1e}', '\r', '\n', ' ']);
        if !text.is_empty() {
            each(number, text)?;
        }
    }
}

/// Whether a line begins as RFC 5424 says: "<34>1 ".
fn is_syslog(line: &str) -> bool {
    let priority = line.strip_prefix('<').and_then(|rest| rest.split_once('>'));
    priority.is_some_and(|(number, rest)| number.parse::<u8>().is_ok() && rest.starts_with("1 "))
}

/// "<34>1 2027-01-16T21:15:15.003Z db01 app - - - text" (RFC 5424, section 6).
fn syslog<'a>(line: &'a str, times: &TimeReader) -> Option<(Instants, &'a str)> {
    let (_, rest) = line.strip_prefix('<')?.split_once('>')?;
    let mut fields = rest.strip_prefix("1 ")?.split(' ');
    let (time, host) = (fields.next()?, fields.next()?);
    (host != "-").then_some(())?;
    Some((times.read(time)?, host))
}

#[derive(Deserialize)]
struct JournalEntry {
    /// Microseconds since 1970.
    #[serde(rename = "__REALTIME_TIMESTAMP")]
    realtime: String,
    #[serde(rename = "_SOURCE_REALTIME_TIMESTAMP")]
    source_realtime: Option<String>,
    #[serde(rename = "_HOSTNAME")]
    hostname: String,
}

/// An entry of `journalctl -o json`.
fn journal(line: &str) -> Option<(Instants, String)> {
    let entry: JournalEntry = serde_json::from_str(line).ok()?;
    let time = entry.source_realtime.unwrap_or(entry.realtime);
    let seconds = time.parse::<i64>().ok()?.div_euclid(1_000_000);
    (!entry.hostname.is_empty()).then_some((Instants::sure(seconds), entry.hostname))
}

/// Titles of columns, without case, spaces and underscores.
const TIMES: [&str; 10] = [
    "time",
    "timestamp",
    "timecreated",
    "dateandtime",
    "datetime",
    "timegenerated",
    "@timestamp",
    "eventtime",
    "date",
    "zeit",
];
const HOSTS: [&str; 10] = [
    "host",
    "hostname",
    "machinename",
    "computer",
    "computername",
    "device",
    "system",
    "server",
    "machine",
    "sourcehost",
];

struct Columns {
    time: usize,
    /// If the date has a separate column.
    clock: Option<usize>,
    host: usize,
}

fn columns(titles: &csv::ByteRecord) -> Result<Columns, ImportError> {
    let plain = |title: &[u8]| {
        let text = String::from_utf8_lossy(title).to_lowercase();
        text.chars().filter(|c| !matches!(c, ' ' | '_' | '\u{feff}')).collect::<String>()
    };
    let titles: Vec<String> = titles.iter().map(plain).collect();
    let find = |names: &[&str]| names.iter().find_map(|name| titles.iter().position(|title| title == name));
    let host = find(&HOSTS);
    let date = titles.iter().position(|title| title == "date");
    let clock = titles.iter().position(|title| title == "time").filter(|_| date.is_some());
    let time = if clock.is_some() { date } else { find(&TIMES) };
    match (time, host) {
        (Some(time), Some(host)) => Ok(Columns { time, clock, host }),
        (time, _) => Err(ImportError::MissingColumns {
            missing: if time.is_none() { "\"time\"" } else { "\"host\"" }.to_owned(),
            found: titles.join(", "),
        }),
    }
}

fn read_table<'r>(
    first: &str,
    reader: &dyn Fn() -> Result<Box<dyn Read + 'r>, ImportError>,
    times: &TimeReader,
    sink: &mut Sink<'_>,
) -> Result<(), ImportError> {
    let count = |delimiter: &u8| first.bytes().filter(|byte| byte == delimiter).count();
    let delimiter = [b'\t', b';', b','].into_iter().max_by_key(count).unwrap_or(b',');
    let table = || -> Result<_, ImportError> {
        let mut builder = csv::ReaderBuilder::new();
        Ok(builder.delimiter(delimiter).flexible(true).has_headers(false).from_reader(reader()?))
    };
    let order = match times.order {
        Some(order) => Some(order),
        None => order_of_table(&mut table()?)?,
    };
    let times = TimeReader { order, ..times.clone() };
    let mut table = table()?;
    let mut record = csv::ByteRecord::new();
    let mut found = None;
    while table.read_byte_record(&mut record).map_err(broken)? {
        if record.get(0).is_some_and(|cell| cell.starts_with(TYPE.as_bytes())) {
            continue;
        }
        let Some(Columns { time, clock, host }) = &found else {
            found = Some(columns(&record)?);
            continue;
        };
        let line = record.position().map_or(0, csv::Position::line) as usize;
        let cell = |index: usize| record.get(index).map(String::from_utf8_lossy).unwrap_or_default();
        let written = match clock {
            Some(clock) => format!("{} {}", cell(*time), cell(*clock)),
            None => cell(*time).into_owned(),
        };
        let host = cell(*host);
        let host = host.trim();
        let at = times.read(&written).filter(|_| !host.is_empty() && host != "-");
        sink(line, at.map(|at| (at, host)))?;
    }
    Ok(())
}

/// The order of days and months that the dates of a table show.
fn order_of_table<R: Read>(table: &mut csv::Reader<R>) -> Result<Option<DatesOrder>, ImportError> {
    let mut record = csv::ByteRecord::new();
    let (mut found, mut time, mut needs) = (None, None, false);
    while table.read_byte_record(&mut record).map_err(broken)? {
        let Some(time) = time else {
            if !record.get(0).is_some_and(|cell| cell.starts_with(TYPE.as_bytes())) {
                time = Some(columns(&record)?.time);
            }
            continue;
        };
        let cell = record.get(time).map(String::from_utf8_lossy).unwrap_or_default();
        found = found.or_else(|| TimeReader::order_shown(&cell));
        needs |= TimeReader::needs_order(&cell);
        // Dates that begin with the year need no order.
        if found.is_some() || (!needs && cell.len() > 4 && cell.as_bytes()[..4].iter().all(u8::is_ascii_digit)) {
            break;
        }
    }
    if needs && found.is_none() {
        let text =
            "The dates of the table can be read day first or month first: add --dates day-first or --dates month-first";
        return Err(ImportError::Unreadable(text.to_owned()));
    }
    Ok(found)
}

fn broken(error: csv::Error) -> ImportError {
    ImportError::Unreadable(format!("Cannot read the table ({error})"))
}
