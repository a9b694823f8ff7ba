//! Opens files and folders in other programs: those that the desktop uses for them. The only file that does.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a file or folder was not opened.
#[derive(Debug)]
pub enum OpenElsewhereError {
    Missing(PathBuf),
    NotStarted(PathBuf, io::Error),
}

impl fmt::Display for OpenElsewhereError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{} is no longer there: it was moved or deleted", path.display()),
            Self::NotStarted(path, why) => {
                write!(f, "The desktop could not open {} ({why}): open it with a file manager", path.display())
            }
        }
    }
}

impl std::error::Error for OpenElsewhereError {}

/// Opens a file or folder with the program that the desktop uses for it, and does not wait for that program.
///
/// # Errors
/// There is nothing at `path`, or no program could be started.
pub fn open_elsewhere(path: &Path) -> Result<(), OpenElsewhereError> {
    // Without the whole path, a name that begins with "-" would be an option of that program.
    let whole = path.canonicalize().map_err(|_| OpenElsewhereError::Missing(path.to_owned()))?;
    start(&whole).map_err(|why| OpenElsewhereError::NotStarted(path.to_owned(), why))
}

#[cfg(feature = "window")]
fn start(path: &Path) -> io::Result<()> {
    open::that_detached(path)
}

#[cfg(not(feature = "window"))]
fn start(_: &Path) -> io::Result<()> {
    Err(io::Error::other("this is the command line alone"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_gone_is_not_opened() {
        let error = open_elsewhere(Path::new("/nowhere/night.pdf")).unwrap_err();
        assert_eq!(error.to_string(), "/nowhere/night.pdf is no longer there: it was moved or deleted");
    }
}
