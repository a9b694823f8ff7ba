//! Log files about panics, in the program's own folder.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::error::SaveError;

/// Older log files are removed.
const MOST_LOGS: usize = 20;

/// Writes a new log file with `text` and returns its path. `state` is the program's state folder, `moment` the time in
/// the file's name, which sorts by it.
///
/// # Errors
/// The error of the file system.
pub fn write_panic_log(state: &Path, moment: &str, text: &str) -> Result<PathBuf, SaveError> {
    let folder = state.join("logs");
    fs::create_dir_all(&folder).map_err(SaveError::failed(&folder))?;
    remove_old_logs(&folder);
    for number in 1..=MOST_LOGS {
        let path = folder.join(format!("panic-{moment}-{number:02}.log"));
        match File::create_new(&path) {
            Ok(mut file) => {
                file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(SaveError::failed(&path))?;
                return Ok(path);
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(SaveError::failed(&path)(error)),
        }
    }
    Err(SaveError::failed(&folder)(std::io::ErrorKind::AlreadyExists.into()))
}

/// Keeps the newest logs. Failing to remove one is harmless.
fn remove_old_logs(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_log = |path: &PathBuf| {
        path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with("panic-") && name.ends_with(".log")
        })
    };
    let mut logs: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_log).collect();
    logs.sort_unstable();
    let old = logs.len().saturating_sub(MOST_LOGS - 1);
    for path in &logs[..old] {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_logs_are_kept() {
        let state = tempfile::tempdir().unwrap();
        for minute in 10..50 {
            write_panic_log(state.path(), &format!("20270301T09{minute}Z"), "why").unwrap();
        }
        let path = write_panic_log(state.path(), "20270301T0949Z", "why again").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "why again");
        assert!(path.ends_with("logs/panic-20270301T0949Z-02.log"));
        let mut names: Vec<_> =
            fs::read_dir(state.path().join("logs")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names.len(), MOST_LOGS);
        assert_eq!(names[0], "panic-20270301T0931Z-01.log");
    }
}
