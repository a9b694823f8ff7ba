//! Small settings files in the program's own folder. The program starts even if one of them is broken.

use std::path::Path;

use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{LoadProblem, SaveError};
use super::replace_file::{create_private_folder, write_private};
use super::text::read_bytes;
use crate::encoding::decode_unicode;

/// The largest settings file that is read, in bytes. The record of what was published from a large plan takes a few
/// megabytes.
const LARGEST_SETTINGS: u64 = 32 << 20;

/// The settings at `path`, or the defaults if there is no file. A broken file gives the defaults and a warning, which
/// begins with `subject` ("The settings"); the next [`save_settings`] overwrites it.
pub fn load_settings<T: DeserializeOwned + Default>(path: &Path, subject: &str) -> (T, Option<String>) {
    let broken =
        |why: &str| (T::default(), Some(format!("{subject} could not be read, because {why} ({})", path.display())));
    let bytes = match read_bytes(path, LARGEST_SETTINGS) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.problem {
                LoadProblem::Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound => (T::default(), None),
                LoadProblem::Unreadable(error) => broken(&format!("the file cannot be opened: {error}")),
                _ => broken("the file is too large"),
            };
        }
    };
    let Some(text) = decode_unicode(&bytes) else { return broken("the file is not UTF-8 text") };
    match options().from_str(&text) {
        Ok(settings) => (settings, None),
        Err(error) => broken(&format!(
            "the file is invalid: {} in line {}, column {}",
            error.code, error.span.start.line, error.span.start.col
        )),
    }
}

/// Writes the settings to `path`, and creates the folder if it is missing.
///
/// # Errors
/// The error of the file system, or a type that RON cannot write.
pub fn save_settings<T: Serialize>(path: &Path, settings: &T) -> Result<(), SaveError> {
    let failed = SaveError::failed(path);
    let text = options()
        .to_string_pretty(settings, PrettyConfig::new().new_line("\n"))
        .map_err(|error| failed(std::io::Error::other(error)))?;
    create_settings_folder(path)?;
    write_private(path, format!("{text}\n").as_bytes())
}

/// Creates the folder of the settings file at `path` if it is missing.
///
/// # Errors
/// The error of the file system.
pub fn create_settings_folder(path: &Path) -> Result<(), SaveError> {
    path.parent().map_or(Ok(()), create_private_folder)
}

fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq, Serialize, serde::Deserialize)]
    #[serde(default)]
    struct Example {
        recent: Vec<String>,
        dark: Option<bool>,
    }

    #[test]
    fn settings_survive_a_round_trip_and_new_fields_have_their_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config").join("settings.ron");
        assert_eq!(load_settings::<Example>(&path, "The settings"), (Example::default(), None));
        let settings = Example { recent: vec!["plan.ron".into()], dark: Some(true) };
        save_settings(&path, &settings).unwrap();
        assert_eq!(load_settings::<Example>(&path, "The settings"), (settings, None));
        std::fs::write(&path, "(dark: false, unknown: 1)").unwrap();
        assert_eq!(load_settings::<Example>(&path, "The settings").0.dark, Some(false));
    }

    #[test]
    fn broken_settings_give_the_defaults_and_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        std::fs::write(&path, "(dark: maybe)").unwrap();
        let (settings, warning) = load_settings::<Example>(&path, "The settings");
        assert_eq!(settings, Example::default());
        let warning = warning.unwrap();
        assert!(
            warning.starts_with("The settings could not be read") && warning.contains("line 1, column"),
            "{warning}"
        );
    }
}
