//! Time zone data outside the program: those of the system, and a file or folder that the user names.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::environment;
use crate::schedule::time::zone_data::{ZoneData, ZoneDataOrigin};

/// Where systems keep their compiled zones.
const SYSTEM_FOLDERS: [&str; 3] = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo"];

/// Folders inside those, with the same zones in another form.
const OTHER_FORMS: [&str; 2] = ["posix", "right"];

/// A zone is a few kilobytes at most.
const LARGEST_ZONE: u64 = 1 << 20;

/// Which zone data the program should use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ZoneDataChoice {
    /// The newer of the bundled data and the system's.
    #[default]
    Newest,
    Bundled,
    System,
    /// A folder of compiled zones, or a file like `assets/zone-data`.
    Path(PathBuf),
}

/// Why zone data cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ZoneFilesError {
    #[error("the system has no time zone data with a release (use --zone-data bundled)")]
    NoSystemData,
    #[error("{}: no time zone data (expected a folder of compiled zones with tzdata.zi in it, or a file of zone data)", .0.display())]
    NoData(PathBuf),
    #[error("{}: {reason} (use --zone-data bundled)", .path.display())]
    Unusable { path: PathBuf, reason: String },
}

impl ZoneDataChoice {
    /// Reads "newest", "bundled", "system" or a path.
    pub fn from_word(word: &str) -> Self {
        match word {
            "newest" => Self::Newest,
            "bundled" => Self::Bundled,
            "system" => Self::System,
            path => Self::Path(PathBuf::from(path)),
        }
    }

    /// The choice in the environment variable `WINDOWSILL_ZONE_DATA`, if there is one.
    pub fn from_environment() -> Option<Self> {
        environment::zone_data().map(|word| Self::from_word(&word))
    }

    /// Makes the program use the data that were asked for on the command line, else those in the environment, else the
    /// `usual` ones. Zones that are looked up before keep the bundled data, so this comes first.
    pub fn apply(typed: Option<&Self>, usual: Self) -> Result<(), ZoneFilesError> {
        let choice = typed.cloned().or_else(Self::from_environment).unwrap_or(usual);
        let data = choice.load()?;
        log::info!("time zone data {}", data.in_words());
        if !data.choose() {
            log::warn!("time zone data were chosen too late: zones are in use already");
        }
        Ok(())
    }

    /// The data that are chosen.
    pub fn load(&self) -> Result<ZoneData, ZoneFilesError> {
        match self {
            Self::Bundled => Ok(ZoneData::bundled().clone()),
            Self::System => {
                let (folder, _) = system_zones().ok_or(ZoneFilesError::NoSystemData)?;
                load_folder(&folder, ZoneDataOrigin::System)
            }
            Self::Path(path) => load_path(path),
            Self::Newest => Ok(newest()),
        }
    }
}

/// The system's data if they are newer than the bundled ones and can be read.
fn newest() -> ZoneData {
    let newer = system_zones().filter(|(_, release)| release.as_str() > ZoneData::bundled().release());
    let loaded = newer.map(|(folder, _)| load_folder(&folder, ZoneDataOrigin::System));
    match loaded {
        Some(Ok(data)) => data,
        Some(Err(error)) => {
            log::warn!("the system's newer time zone data cannot be used: {error}");
            ZoneData::bundled().clone()
        }
        None => ZoneData::bundled().clone(),
    }
}

/// The folder of the system's zones, and their release.
fn system_zones() -> Option<(PathBuf, String)> {
    SYSTEM_FOLDERS.iter().map(PathBuf::from).find_map(|folder| {
        let release = release_in(&folder)?;
        Some((folder, release))
    })
}

/// The release of the zones in a folder: the first line of `tzdata.zi` ("# version 2026f"), or the file `+VERSION`.
fn release_in(folder: &Path) -> Option<String> {
    let first_line = |name: &str| {
        let text = fs::read_to_string(folder.join(name)).ok()?;
        text.lines().next().map(str::trim).map(str::to_owned)
    };
    let named = first_line("tzdata.zi").and_then(|line| line.strip_prefix("# version ").map(str::to_owned));
    named.or_else(|| first_line("+VERSION")).filter(|release| is_release(release))
}

/// Whether a text looks like "2026f".
fn is_release(text: &str) -> bool {
    let letters = text.trim_start_matches(|c: char| c.is_ascii_digit());
    text.len() - letters.len() == 4 && !letters.is_empty() && letters.bytes().all(|byte| byte.is_ascii_lowercase())
}

fn load_path(path: &Path) -> Result<ZoneData, ZoneFilesError> {
    let origin = ZoneDataOrigin::File(path.display().to_string());
    if path.is_dir() {
        return load_folder(path, origin);
    }
    let unusable = |reason: String| ZoneFilesError::Unusable { path: path.to_owned(), reason };
    let bytes = fs::read(path).map_err(|error| unusable(error.to_string()))?;
    ZoneData::parse(&bytes, origin).map_err(|error| unusable(error.to_string()))
}

fn load_folder(folder: &Path, origin: ZoneDataOrigin) -> Result<ZoneData, ZoneFilesError> {
    let release = release_in(folder).ok_or_else(|| ZoneFilesError::NoData(folder.to_owned()))?;
    let mut zones = Vec::new();
    let unusable = |error: io::Error| ZoneFilesError::Unusable { path: folder.to_owned(), reason: error.to_string() };
    collect(folder, "", &mut zones).map_err(unusable)?;
    if !zones.iter().any(|(name, _)| name == "UTC") {
        return Err(ZoneFilesError::NoData(folder.to_owned()));
    }
    Ok(ZoneData::new(&release, origin, zones))
}

/// Adds the compiled zones in `folder`, whose names begin with `prefix`.
fn collect(folder: &Path, prefix: &str, zones: &mut Vec<(String, Cow<'static, [u8]>)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Some(name) = entry.file_name().to_str().map(|name| format!("{prefix}{name}")) else { continue };
        // Many names are links to other zones.
        let metadata = fs::metadata(entry.path())?;
        if metadata.is_dir() {
            if !OTHER_FORMS.contains(&name.as_str()) {
                collect(&entry.path(), &format!("{name}/"), zones)?;
            }
        } else if metadata.len() <= LARGEST_ZONE {
            let data = fs::read(entry.path())?;
            if data.starts_with(b"TZif") && !["localtime", "posixrules"].contains(&name.as_str()) {
                zones.push((name, Cow::Owned(data)));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_is_a_word_or_a_path() {
        assert_eq!(ZoneDataChoice::from_word("newest"), ZoneDataChoice::Newest);
        assert_eq!(ZoneDataChoice::from_word("bundled"), ZoneDataChoice::Bundled);
        assert_eq!(ZoneDataChoice::from_word("system"), ZoneDataChoice::System);
        assert_eq!(ZoneDataChoice::from_word("./system"), ZoneDataChoice::Path("./system".into()));
    }

    #[test]
    fn releases_are_a_year_and_a_letter() {
        for (text, expected) in [("2026f", true), ("2026", false), ("f", false), ("2026F", false), ("20261a", false)] {
            assert_eq!(is_release(text), expected, "{text}");
        }
    }

    #[test]
    fn a_folder_of_zones_is_read_with_its_release() {
        let folder = tempfile::tempdir().unwrap();
        let zone = |name: &str, data: &[u8]| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, data).unwrap();
        };
        zone("UTC", b"TZif2 utc");
        zone("Europe/Berlin", b"TZif2 berlin");
        zone("right/Europe/Berlin", b"TZif2 with leap seconds");
        zone("localtime", b"TZif2 here");
        zone("zone.tab", b"a table");
        let load = || ZoneDataChoice::Path(folder.path().to_owned()).load();
        assert!(matches!(load(), Err(ZoneFilesError::NoData(_))));
        zone("tzdata.zi", b"# version 2030b\n# more\n");
        let data = load().unwrap();
        assert_eq!((data.release(), data.names()), ("2030b", vec!["Europe/Berlin".to_owned(), "UTC".to_owned()]));
        assert_eq!(data.in_words(), format!("2030b, from {}", folder.path().display()));
    }

    #[test]
    fn a_file_that_is_no_zone_data_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("zones");
        fs::write(&path, "no").unwrap();
        let error = ZoneDataChoice::Path(path.clone()).load().unwrap_err();
        assert!(error.to_string().starts_with(&format!("{}: not a zone data file", path.display())), "{error}");
    }
}
