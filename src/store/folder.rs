//! Writing a folder of files so that it is there as a whole or not at all: made beside it, then renamed.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use tempfile::{Builder, TempDir};

use super::error::SaveError;
use super::save::{folder_of, sync_folder, target_of};

/// Octets of a file by which it is known; exports into folders are smaller.
const KNOWN_BY: u64 = 1 << 20;

/// Writes `files` as the only ones of the folder at `path`. A folder that is there is replaced where it is empty or
/// `is_ours` says of each of its files, by name and content, that an earlier export wrote it.
///
/// # Errors
/// [`SaveError::NotOurs`] where the folder holds anything else; otherwise what the disk said. The old folder is still
/// there then.
pub fn replace_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    is_ours: impl Fn(&str, &[u8]) -> bool,
) -> Result<(), SaveError> {
    let failed = SaveError::failed(path);
    let target = target_of(path);
    if let Some(name) = stranger(&target, is_ours).map_err(&failed)? {
        return Err(SaveError::NotOurs { folder: path.to_owned(), name });
    }
    let parent = folder_of(&target);
    let made = temporary(parent).map_err(&failed)?;
    for (name, bytes) in files {
        let written = File::create_new(made.path().join(name)).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
        written.map_err(&failed)?;
    }
    sync_folder(made.path()).map_err(&failed)?;
    exchange(&made, &target).map_err(&failed)?;
    // It has another name by now and is to stay.
    let _ = made.keep();
    sync_folder(parent).map_err(&failed)
}

/// The name of the first entry, sorted, that no export of ours wrote.
fn stranger(folder: &Path, is_ours: impl Fn(&str, &[u8]) -> bool) -> io::Result<Option<String>> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        entries => entries?,
    };
    let mut strangers = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = entry.file_type()?.is_file() && is_ours(&name, &beginning(&entry.path())?);
        if !is_ours {
            strangers.push(name);
        }
    }
    Ok(strangers.into_iter().min())
}

fn beginning(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(KNOWN_BY).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn temporary(parent: &Path) -> io::Result<TempDir> {
    let mut builder = Builder::new();
    builder.prefix(".windowsill-").suffix(".windowsill-tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // As any new folder: others may read what the person's umask lets them.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(parent)
}

/// Puts what was made in the place of what is there, which is removed last.
fn exchange(made: &TempDir, target: &Path) -> io::Result<()> {
    if !target.exists() {
        return fs::rename(made.path(), target);
    }
    let aside = temporary(folder_of(target))?;
    let old = aside.path().join("old");
    fs::rename(target, &old)?;
    fs::rename(made.path(), target).or_else(|error| fs::rename(&old, target).and(Err(error)))
}

#[cfg(test)]
mod tests {
    use super::super::save::tests::names;
    use super::*;

    fn files(names: &[&str]) -> Vec<(String, Vec<u8>)> {
        names.iter().map(|name| ((*name).to_owned(), b"ours".to_vec())).collect()
    }

    fn is_ours(_: &str, bytes: &[u8]) -> bool {
        bytes == b"ours"
    }

    #[test]
    fn a_folder_is_made_replaced_and_nothing_is_left_beside_it() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("calendars");
        replace_folder(&folder, &files(&["a.ics", "b.ics"]), is_ours).unwrap();
        replace_folder(&folder, &files(&["b.ics", "c.ics"]), is_ours).unwrap();
        assert_eq!(
            (names(&folder), names(place.path())),
            (vec!["b.ics".into(), "c.ics".into()], vec!["calendars".into()])
        );
    }

    #[test]
    fn what_others_keep_in_a_folder_stays() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join("letter.txt"), "dear").unwrap();
        let error = replace_folder(place.path(), &files(&["a.ics"]), is_ours).unwrap_err();
        assert!(error.to_string().contains("letter.txt"), "{error}");
        assert_eq!(names(place.path()), ["letter.txt"]);
    }

    #[test]
    fn a_write_that_fails_leaves_the_old_folder_and_nothing_else() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("calendars");
        replace_folder(&folder, &files(&["a.ics"]), is_ours).unwrap();
        replace_folder(&folder, &files(&["b.ics", "no/such/folder.ics"]), is_ours).unwrap_err();
        assert_eq!((names(&folder), names(place.path())), (vec!["a.ics".into()], vec!["calendars".into()]));
    }
}
