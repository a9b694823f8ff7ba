//! The owner, group, mode, access control list and extended attributes of a file, for the file that replaces it.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
use std::path::Path;

use xattr::FileExt as _;

use super::stream::open_to_read;

/// The access control list on Linux, as an extended attribute.
const ACCESS_LIST: &str = "system.posix_acl_access";
/// What group and others may do, in a mode.
const SHARED: u32 = 0o077;

/// What is kept when a file is replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FileAttributes {
    owner: u32,
    group: u32,
    mode: u32,
    links: u64,
    extended: Vec<(OsString, Vec<u8>)>,
}

impl FileAttributes {
    /// The attributes of the file at `path`; none if it does not exist.
    pub(super) fn read(path: &Path) -> io::Result<Option<Self>> {
        let found = match fs::metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            found => found?,
        };
        // Without permission to read it, nothing but its owner and mode can be known.
        let extended = open_to_read(path).map_or_else(|_| Vec::new(), |file| extended(&file));
        let (owner, group, mode) = (found.uid(), found.gid(), found.mode() & 0o7777);
        Ok(Some(Self { owner, group, mode, links: found.nlink(), extended }))
    }

    /// Whether other names lead to the file, too.
    pub(super) fn has_other_names(&self) -> bool {
        self.links > 1
    }

    pub(super) fn owner(&self) -> u32 {
        self.owner
    }

    /// Gives all of them to `file`, which nobody else could read before.
    ///
    /// # Errors
    /// The system does not allow that. `file` may have some of them then.
    pub(super) fn give_to(&self, file: &File) -> io::Result<()> {
        let found = file.metadata()?;
        if (found.uid(), found.gid()) != (self.owner, self.group) {
            fchown(file, Some(self.owner), Some(self.group))?;
        }
        self.give_rights_to(file)?;
        for (name, value) in self.extended.iter().filter(|(name, _)| name != ACCESS_LIST) {
            if file.get_xattr(name)?.as_ref() != Some(value) {
                file.set_xattr(name, value)?;
            }
        }
        Ok(())
    }

    /// Gives as many rights to `file`, which keeps its owner, as is possible without giving anybody more than they
    /// have on the original.
    pub(super) fn give_part_to(&self, file: &File) -> io::Result<()> {
        if file.metadata()?.gid() != self.group && fchown(file, None, Some(self.group)).is_err() {
            return Ok(());
        }
        let own = Self { mode: (self.mode & SHARED) | 0o600, ..self.clone() };
        own.give_rights_to(file).or_else(|_| file.set_permissions(fs::Permissions::from_mode(0o600)))
    }

    /// Gives mode and access control list. The list of a new file comes from its folder, and may name more people.
    fn give_rights_to(&self, file: &File) -> io::Result<()> {
        let list = self.extended.iter().find(|(name, _)| name == ACCESS_LIST);
        if list.is_none() && extended(file).iter().any(|(name, _)| name == ACCESS_LIST) {
            file.remove_xattr(ACCESS_LIST)?;
        }
        file.set_permissions(fs::Permissions::from_mode(self.mode))?;
        match list {
            Some((_, list)) => file.set_xattr(OsStr::new(ACCESS_LIST), list),
            None => Ok(()),
        }
    }
}

/// Empty on a file system that has none.
fn extended(file: &File) -> Vec<(OsString, Vec<u8>)> {
    let Ok(names) = file.list_xattr() else { return Vec::new() };
    let mut all: Vec<_> =
        names.filter_map(|name| file.get_xattr(&name).ok().flatten().map(|value| (name, value))).collect();
    all.sort();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mode(file: &File) -> u32 {
        file.metadata().unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn a_file_gets_mode_and_extended_attributes_of_another_one() {
        let home = tempfile::tempdir().unwrap();
        let old = home.path().join("old");
        let file = File::create(&old).unwrap();
        file.set_permissions(fs::Permissions::from_mode(0o604)).unwrap();
        // Some file systems have no extended attributes.
        let has_extended = file.set_xattr("user.comment", b"ours").is_ok();
        let attributes = FileAttributes::read(&old).unwrap().unwrap();
        let new = File::create(home.path().join("new")).unwrap();
        attributes.give_to(&new).unwrap();
        assert_eq!(mode(&new), 0o604);
        assert_eq!(new.get_xattr("user.comment").ok().flatten().is_some_and(|value| value == b"ours"), has_extended);
        assert_eq!(FileAttributes::read(&home.path().join("new")).unwrap().unwrap(), attributes);
        assert_eq!(FileAttributes::read(&home.path().join("none")).unwrap(), None);
    }

    #[test]
    fn part_of_the_rights_are_never_more_than_on_the_original() {
        let home = tempfile::tempdir().unwrap();
        let (old, new) = (home.path().join("old"), home.path().join("new"));
        for (given, expected) in [(0o600, 0o600), (0o640, 0o640), (0o664, 0o664), (0o4440, 0o640), (0o404, 0o604)] {
            let file = File::create(&old).unwrap();
            file.set_permissions(fs::Permissions::from_mode(given)).unwrap();
            let part = File::create(&new).unwrap();
            FileAttributes::read(&old).unwrap().unwrap().give_part_to(&part).unwrap();
            assert_eq!(mode(&part), expected, "{given:o}");
            assert_eq!(part.metadata().unwrap().gid(), file.metadata().unwrap().gid());
            fs::remove_file(&old).unwrap();
        }
    }
}
