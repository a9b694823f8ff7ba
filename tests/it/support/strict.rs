//! A strict reader of calendars: bytes, lines, properties and components as RFC 5545 has them, and no
//! property that we do not write. Knows nothing of the code that writes.

use std::collections::BTreeMap;

/// One component with its properties in order, and those inside it.
#[derive(Debug, Default)]
pub struct Component {
    pub name: String,
    pub properties: Vec<Property>,
    pub inside: Vec<Component>,
}

#[derive(Debug)]
pub struct Property {
    pub name: String,
    /// Names and values as written: ours have no quotes.
    pub parameters: Vec<(String, String)>,
    pub value: String,
}

impl Component {
    pub fn value(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|property| property.name == name).map(|property| property.value.as_str())
    }

    /// The zone of a property that has one.
    pub fn zone(&self, name: &str) -> Option<&str> {
        let property = self.properties.iter().find(|property| property.name == name)?;
        let zone = property.parameters.iter().find(|(key, _)| key == "TZID");
        zone.map(|(_, tzid)| tzid.as_str())
    }

    /// The TEXT of a property, unescaped.
    pub fn text(&self, name: &str) -> Option<String> {
        self.value(name).map(unescaped)
    }

    pub fn events(&self) -> impl Iterator<Item = &Component> {
        self.inside.iter().filter(|component| component.name == "VEVENT")
    }
}

/// For each component the properties that it must have, and those that it may have, each at most once.
const CALENDAR: (&[&str], &[&str]) = (
    &["VERSION", "PRODID"],
    &[
        "CALSCALE",
        "METHOD",
        "NAME",
        "X-WR-CALNAME",
        "X-WR-TIMEZONE",
        "REFRESH-INTERVAL",
        "X-PUBLISHED-TTL",
        "X-CALENDAR-TYPE",
        "X-WR-CALDESC",
        "X-WINDOWSILL-ZONE-DATA",
    ],
);
const EVENT: (&[&str], &[&str]) = (
    &["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"],
    &["DESCRIPTION", "STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "CATEGORIES"],
);
const ZONE: (&[&str], &[&str]) = (&["TZID"], &[]);
const ONSET: (&[&str], &[&str]) = (&["DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"], &["RRULE"]);

/// Reads a whole file.
///
/// # Errors
/// The first line that is not as it should be.
pub fn read(bytes: &[u8]) -> Result<Component, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| error.to_string())?;
    let lines = text.strip_suffix("\r\n").ok_or("the last line has no end")?.split("\r\n");
    let mut unfolded: Vec<String> = Vec::new();
    for line in lines {
        if line.len() > 75 {
            return Err(format!("{} octets: {line}", line.len()));
        }
        if line.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')) {
            return Err(format!("a control character: {line:?}"));
        }
        match (line.strip_prefix(' '), unfolded.last_mut()) {
            (Some(more), Some(last)) => last.push_str(more),
            (Some(_), None) => return Err("the first line is folded".to_owned()),
            (None, _) => unfolded.push(line.to_owned()),
        }
    }
    let mut lines = unfolded.iter().map(|line| property(line)).collect::<Result<Vec<_>, _>>()?.into_iter();
    let first = lines.next().ok_or("nothing")?;
    if (first.name.as_str(), first.value.as_str()) != ("BEGIN", "VCALENDAR") {
        return Err(format!("begins with {first:?}"));
    }
    let calendar = component("VCALENDAR", &mut lines)?;
    match lines.next() {
        Some(more) => Err(format!("after the calendar: {more:?}")),
        None => Ok(calendar),
    }
}

fn component(name: &str, lines: &mut impl Iterator<Item = Property>) -> Result<Component, String> {
    let mut found = Component { name: name.to_owned(), ..Component::default() };
    loop {
        let line = lines.next().ok_or_else(|| format!("{name} does not end"))?;
        match line.name.as_str() {
            "BEGIN" => found.inside.push(component(&line.value, lines)?),
            "END" if line.value == name => break,
            "END" => return Err(format!("{name} ends as {}", line.value)),
            _ => found.properties.push(line),
        }
    }
    let (must, may) = match name {
        "VCALENDAR" => CALENDAR,
        "VEVENT" => EVENT,
        "VTIMEZONE" => ZONE,
        "STANDARD" | "DAYLIGHT" => ONSET,
        _ => return Err(format!("a {name}")),
    };
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    for property in &found.properties {
        *count.entry(&property.name).or_default() += 1;
    }
    if let Some((extra, _)) =
        count.iter().find(|(name, count)| **count > 1 || !(must.contains(name) || may.contains(name)))
    {
        return Err(format!("{extra} does not belong in {name}, or stands twice"));
    }
    match must.iter().find(|name| !count.contains_key(**name)) {
        Some(missing) => Err(format!("{name} lacks {missing}")),
        None => Ok(found),
    }
}

fn property(line: &str) -> Result<Property, String> {
    let (head, value) = line.split_once(':').ok_or_else(|| format!("no colon: {line}"))?;
    let mut parts = head.split(';');
    let name = parts.next().unwrap_or_default();
    if name.is_empty() || !name.bytes().all(|c| c.is_ascii_uppercase() || c == b'-') {
        return Err(format!("no name of a property: {line}"));
    }
    let mut parameters = Vec::new();
    for part in parts {
        let (key, value) = part.split_once('=').ok_or_else(|| format!("no parameter: {line}"))?;
        if !matches!(key, "TZID" | "VALUE") || value.contains(['"', ',']) {
            return Err(format!("the parameter {part}: {line}"));
        }
        parameters.push((key.to_owned(), value.to_owned()));
    }
    Ok(Property { name: name.to_owned(), parameters, value: value.to_owned() })
}

/// RFC 5545 §3.3.11; a bare comma or semicolon, or an unknown escape, shows as "<bad>".
fn unescaped(value: &str) -> String {
    let mut out = String::new();
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(c @ ('\\' | ',' | ';')) => out.push(c),
                _ => out.push_str("<bad>"),
            },
            ',' | ';' => out.push_str("<bad>"),
            c => out.push(c),
        }
    }
    out
}
