//! Small settings files in the program's own folder. Whatever is wrong with one, the program starts.

use std::path::Path;

use ron::Options;
use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::{LoadProblem, SaveError};
use super::save::write_bytes;
use super::text::read_bytes;
use crate::encoding::decode_unicode;

/// The largest settings file that is read, in bytes. What was published of a large plan takes a few megabytes.
const LARGEST_SETTINGS: u64 = 32 << 20;

/// The settings at `path`, or the defaults where there are none. A broken file gives the defaults and says why; it
/// is overwritten by the next [`save_settings`].
pub fn load_settings<T: DeserializeOwned + Default>(path: &Path) -> (T, Option<String>) {
    let broken =
        |why: &str| (T::default(), Some(format!("The settings are set back, since {why}: {}", path.display())));
    let bytes = match read_bytes(path, LARGEST_SETTINGS) {
        Ok(bytes) => bytes,
        Err(error) => {
            return match error.problem {
                LoadProblem::Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound => (T::default(), None),
                LoadProblem::Unreadable(error) => broken(&format!("their file could not be read ({error})")),
                _ => broken("their file is too large"),
            };
        }
    };
    let Some(text) = decode_unicode(&bytes) else { return broken("their file is not UTF-8 text") };
    match options().from_str(&text) {
        Ok(settings) => (settings, None),
        Err(error) => broken(&format!(
            "their file cannot be understood ({} in line {}, column {})",
            error.code, error.span.start.line, error.span.start.col
        )),
    }
}

/// Writes the settings to `path` and makes the folder where it is missing.
///
/// # Errors
/// What the disk said, or a type that RON cannot write.
pub fn save_settings<T: Serialize>(path: &Path, settings: &T) -> Result<(), SaveError> {
    let failed = SaveError::failed(path);
    let text = options()
        .to_string_pretty(settings, PrettyConfig::new().new_line("\n"))
        .map_err(|error| failed(std::io::Error::other(error)))?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(&failed)?;
    }
    write_bytes(path, format!("{text}\n").as_bytes())
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
    fn settings_come_back_and_new_fields_have_their_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config").join("settings.ron");
        assert_eq!(load_settings::<Example>(&path), (Example::default(), None));
        let settings = Example { recent: vec!["plan.ron".into()], dark: Some(true) };
        save_settings(&path, &settings).unwrap();
        assert_eq!(load_settings::<Example>(&path), (settings, None));
        std::fs::write(&path, "(dark: false, of_tomorrow: 1)").unwrap();
        assert_eq!(load_settings::<Example>(&path).0.dark, Some(false));
    }

    #[test]
    fn broken_settings_give_the_defaults_and_say_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings.ron");
        std::fs::write(&path, "(dark: maybe)").unwrap();
        let (settings, warning) = load_settings::<Example>(&path);
        assert_eq!(settings, Example::default());
        assert!(warning.unwrap().contains("line 1, column"));
    }
}
