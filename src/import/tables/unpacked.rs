//! Refuses workbooks that become too large when they are unpacked: a thousand times the size of the file is possible.

use std::io::{self, Cursor, Read as _};

use zip::ZipArchive;

use crate::import::error::ImportError;
use crate::import::limits::{LARGEST_SHARED_TEXTS, LARGEST_WORKBOOK};

/// The parts with the texts that cells share. Each text takes more memory than it has letters.
const SHARED_TEXTS: [&str; 2] = ["xl/sharedStrings.xml", "xl/sharedStrings.bin"];

/// Unpacks all parts of a workbook without keeping them, since what they say about their size may be untrue. Files that
/// are not archives are left to their reader.
///
/// # Errors
/// It is too large.
pub fn check_unpacked(bytes: &[u8]) -> Result<(), ImportError> {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut all = 0;
    for index in 0..archive.len() {
        // A part that cannot be unpacked is reported by the reader if it needs it.
        let Ok(part) = archive.by_index(index) else { continue };
        let is_shared = SHARED_TEXTS.iter().any(|name| part.name().is_ok_and(|part| part.eq_ignore_ascii_case(name)));
        let most = if is_shared { LARGEST_SHARED_TEXTS } else { LARGEST_WORKBOOK - all };
        let size = io::copy(&mut part.take(most + 1), &mut io::sink()).unwrap_or_default();
        all += size;
        if size > most || all > LARGEST_WORKBOOK {
            let what = if is_shared {
                format!("its texts have more than {} MB", LARGEST_SHARED_TEXTS >> 20)
            } else {
                format!("more than {} MB", LARGEST_WORKBOOK >> 20)
            };
            return Err(ImportError::TooLargeUnpacked(what));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn archive(name: &str, megabytes: usize) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file(name, SimpleFileOptions::default()).unwrap();
        (0..megabytes).for_each(|_| writer.write_all(&vec![b' '; 1 << 20]).unwrap());
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn workbooks_that_become_too_large_are_refused() {
        let check = |name, megabytes| check_unpacked(&archive(name, megabytes)).map_err(|error| error.to_string());
        assert_eq!(check("xl/worksheets/sheet1.xml", 20), Ok(()));
        let error = check("xl/worksheets/sheet1.xml", 257).unwrap_err();
        assert!(error.starts_with("The workbook is too large (more than 256 MB once unpacked)"), "{error}");
        assert_eq!(check("xl/sharedStrings.xml", 64), Ok(()));
        let error = check("xl/sharedStrings.xml", 65).unwrap_err();
        assert!(error.contains("its texts have more than 64 MB"), "{error}");
        assert_eq!(check_unpacked(b"no archive"), Ok(()));
    }
}
