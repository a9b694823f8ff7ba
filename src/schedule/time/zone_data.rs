//! Releases of the IANA time zone database: the one that is compiled in, and the one that the program uses.
//!
//! `assets/zone-data` is made by `tests/reference/zones/make.py`, which describes its form. A newer release of the
//! system, or one that the user names, replaces it before the first zone is looked up: see `store/zone_files.rs`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

static BUNDLED: LazyLock<ZoneData> = LazyLock::new(|| {
    ZoneData::parse(include_bytes!("../../../assets/zone-data"), ZoneDataOrigin::Bundled).unwrap_or_else(|error| {
        log::error!("the bundled zone data cannot be read: {error}");
        ZoneData::new("unknown", ZoneDataOrigin::Bundled, [])
    })
});

/// The data that were chosen at the start of the program.
static CHOSEN: OnceLock<ZoneData> = OnceLock::new();

const FORM: &str = "windowsill zone data 1";

/// A release of the time zone database.
#[derive(Clone, Debug)]
pub struct ZoneData {
    release: String,
    origin: ZoneDataOrigin,
    /// Name and compiled zone (`TZif`, RFC 9636), by the name in lower case.
    zones: BTreeMap<String, (String, Cow<'static, [u8]>)>,
}

/// Where zone data come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ZoneDataOrigin {
    /// Compiled into the program.
    Bundled,
    /// The operating system's.
    System,
    /// A file or folder that the user chose.
    File(String),
}

impl ZoneDataOrigin {
    /// "bundled", "of the system", "from zoneinfo/"
    pub fn in_words(&self) -> String {
        match self {
            Self::Bundled => "bundled".to_owned(),
            Self::System => "of the system".to_owned(),
            Self::File(path) => format!("from {path}"),
        }
    }
}

/// Why bytes are not zone data.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZoneDataError {
    #[error("not a zone data file: the first line should be \"{FORM}\"")]
    OtherForm,
    #[error("the zone data are damaged in line {line}")]
    Damaged { line: usize },
}

impl ZoneData {
    /// `zones`: the name and the compiled data of each zone.
    pub fn new(
        release: &str,
        origin: ZoneDataOrigin,
        zones: impl IntoIterator<Item = (String, Cow<'static, [u8]>)>,
    ) -> Self {
        let zones = zones.into_iter().map(|(name, data)| (name.to_lowercase(), (name, data))).collect();
        Self { release: release.to_owned(), origin, zones }
    }

    /// Reads what `make.py` wrote.
    pub fn parse(bytes: &[u8], origin: ZoneDataOrigin) -> Result<Self, ZoneDataError> {
        let end = bytes.windows(2).position(|pair| pair == b"\n\n").ok_or(ZoneDataError::OtherForm)?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(|_| ZoneDataError::OtherForm)?;
        let data = &bytes[end + 2..];
        let mut lines = head.lines();
        if lines.next() != Some(FORM) {
            return Err(ZoneDataError::OtherForm);
        }
        let mut field = |name: &str, line| {
            let value = lines.next().and_then(|text| text.strip_prefix(name)).map(str::trim);
            value.ok_or(ZoneDataError::Damaged { line })
        };
        let release = field("release ", 2)?;
        let count: usize = field("zones ", 3)?.parse().map_err(|_| ZoneDataError::Damaged { line: 3 })?;
        let mut zones = Vec::new();
        for (index, text) in lines.enumerate() {
            zones.push(zone(text, data).ok_or(ZoneDataError::Damaged { line: index + 4 })?);
        }
        if zones.len() != count {
            return Err(ZoneDataError::Damaged { line: 3 });
        }
        Ok(Self::new(release, origin, zones))
    }

    /// The release that is compiled in.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// The release that this run of the program uses.
    pub fn in_use() -> &'static Self {
        CHOSEN.get_or_init(|| BUNDLED.clone())
    }

    /// Makes this the release that the program uses. Returns false if zones were already looked up in another one.
    pub fn choose(self) -> bool {
        CHOSEN.set(self).is_ok()
    }

    /// "2026f"
    pub fn release(&self) -> &str {
        &self.release
    }

    pub fn origin(&self) -> &ZoneDataOrigin {
        &self.origin
    }

    /// "2026f, bundled"
    pub fn in_words(&self) -> String {
        format!("{}, {}", self.release, self.origin.in_words())
    }

    /// The names of all zones, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = self.zones.values().map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    }

    /// The compiled zone with this name (`TZif`, RFC 9636), ignoring case.
    pub fn zone(&self, name: &str) -> Option<&[u8]> {
        self.zones.get(&name.to_lowercase()).map(|(_, data)| &**data)
    }
}

/// A zone from its line: its name, where its data begin and how long they are.
fn zone(line: &str, data: &[u8]) -> Option<(String, Cow<'static, [u8]>)> {
    let mut words = line.split(' ');
    let (name, begin, length) = (words.next()?, words.next()?, words.next()?);
    let begin: usize = begin.parse().ok()?;
    let end = begin.checked_add(length.parse().ok()?)?;
    let data = data.get(begin..end).filter(|data| data.starts_with(b"TZif"))?;
    (words.next().is_none() && !name.is_empty()).then(|| (name.to_owned(), Cow::Owned(data.to_vec())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_data_have_all_zones() {
        let data = ZoneData::bundled();
        assert!(data.release() >= "2026f", "{}", data.release());
        assert!(data.names().len() > 590, "{}", data.names().len());
        assert!(data.zone("europe/BERLIN").is_some());
    }

    #[test]
    fn damaged_data_are_refused_with_their_line() {
        let parse =
            |text: &str| ZoneData::parse(text.as_bytes(), ZoneDataOrigin::Bundled).map(|data| data.names().len());
        let good = format!("{FORM}\nrelease 2026f\nzones 1\nUTC 0 5\n\nTZif2");
        assert_eq!(parse(&good), Ok(1));
        for (from, to, line) in [
            ("release", "version", 2),
            ("zones 1", "zones 2", 3),
            ("zones 1", "zones many", 3),
            ("UTC 0 5", "UTC 0 6", 4),
            ("UTC 0 5", "UTC 1 4", 4),
            ("UTC 0 5", "UTC 0 -1", 4),
            ("UTC 0 5", "UTC 0 5 5", 4),
        ] {
            assert_eq!(parse(&good.replace(from, to)), Err(ZoneDataError::Damaged { line }), "{to}");
        }
        for text in ["", "TZif2", "# tzdb data\n\nx"] {
            assert_eq!(parse(text), Err(ZoneDataError::OtherForm), "{text:?}");
        }
    }
}
