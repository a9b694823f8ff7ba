//! The last saved versions of each plan, in the user's data folder: a whole plan file for each version.
//!
//! The folder is named after the plan file, since a damaged or deleted plan cannot tell its id. The name of a version has
//! its number, the moment it was saved, the id of its plan, and the length and hash of its text. A file without the
//! content that its name promises is damaged, and is never returned as a version's text.
//!
//! What others wrote to the plan's file is kept, too, before it is merged or replaced: the names of these versions end
//! with "found".

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::error::{LoadError, LoadProblem, SaveError};
use super::fingerprint::Fingerprint;
use super::format::{LoadedPlan, parse};
use super::recovery_text::RecoveryOwner;
use super::save::plan_text;
use super::text::{LARGEST_FILE, read_bytes};
use crate::encoding::decode_unicode;
use crate::model::{Plan, PlanId, UtcMinute, fnv1a};
use crate::wording::iso;

const FOLDER: &str = "versions";
/// At the end of the name of a version that this machine has not saved.
const FOUND: &str = "-found";
/// A plan has at most this many versions.
const MOST_VERSIONS: usize = 10;
/// The versions of a plan have at most this many bytes together.
const MOST_BYTES: u64 = LARGEST_FILE;
/// The folders of the plans that were saved last stay.
const MOST_PLANS: usize = 200;

/// A saved version of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Orders the versions, even if the clock was changed between them.
    number: u64,
    pub saved_at: UtcMinute,
    /// The hash of the plan's id.
    plan: u64,
    pub fingerprint: Fingerprint,
    /// Whether it was found in a file instead of being saved on this machine.
    pub is_found: bool,
    /// A plan file.
    pub path: PathBuf,
}

/// The plan's text, and when and how it was seen.
struct Content<'a> {
    plan: &'a PlanId,
    text: &'a str,
    at: UtcMinute,
    is_found: bool,
}

impl Version {
    fn new(folder: &Path, number: u64, content: &Content<'_>) -> Self {
        let &Content { plan, text, at, is_found } = content;
        let (plan, fingerprint) = (plan_hash(plan), Fingerprint::from_bytes(text.as_bytes()));
        let found = if is_found { FOUND } else { "" };
        let name = format!("{number:06}-{}-{plan:016x}-{fingerprint}{found}.ron", iso::basic_utc(at));
        Self { number, saved_at: at, plan, fingerprint, is_found, path: folder.join(name) }
    }

    /// Reads the name of a file.
    fn from_path(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".ron")?;
        let found = name.strip_suffix(FOUND);
        let (name, is_found) = (found.unwrap_or(name), found.is_some());
        let mut parts = name.splitn(4, '-');
        let number = parts.next()?.parse().ok()?;
        let saved_at = iso::read_basic_local(parts.next()?.strip_suffix('Z')?)?;
        let plan = u64::from_str_radix(parts.next()?, 16).ok()?;
        let fingerprint = parts.next()?.parse().ok()?;
        Some(Self { number, saved_at: UtcMinute::from_utc(saved_at.and_utc()), plan, fingerprint, is_found, path })
    }

    /// In bytes.
    pub fn size(&self) -> u64 {
        self.fingerprint.length()
    }

    /// The text of the plan.
    ///
    /// # Errors
    /// A file that cannot be read, or whose content is not what was saved.
    pub fn text(&self) -> Result<String, LoadError> {
        if !is_plain_file(&self.path) {
            return Err(LoadProblem::Unreadable(io::ErrorKind::NotFound.into()).at(&self.path));
        }
        let bytes = read_bytes(&self.path, LARGEST_FILE)?;
        if Fingerprint::from_bytes(&bytes) != self.fingerprint {
            return Err(LoadProblem::DamagedVersion.at(&self.path));
        }
        String::from_utf8(bytes).map_err(|_| LoadProblem::DamagedVersion.at(&self.path))
    }

    /// Parses the plan.
    ///
    /// # Errors
    /// The same as for [`Version::text`] and for a plan file.
    pub fn load(&self) -> Result<LoadedPlan, LoadError> {
        parse(&self.text()?).map_err(|error| error.problem.at(&self.path))
    }

    /// Whether its file has the right length. It does not while it is being written, or if that was interrupted.
    fn is_complete(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok_and(|found| found.is_file() && found.len() == self.size())
    }
}

/// Keeps a plan that was just saved to `file` as its newest version, and removes the oldest versions beyond the limits.
/// `data` is the program's data folder.
///
/// # Errors
/// The error of the file system. The plan file is not affected.
pub fn keep_version(data: &Path, file: &Path, plan: &Plan, saved_at: UtcMinute) -> Result<(), SaveError> {
    let text = plan_text(plan, file)?;
    keep(data, file, &Content { plan: plan.id(), text: &text, at: saved_at, is_found: false })
}

/// Keeps what is in the file `source` as a version of the plan in `file`, unless it is kept already or is not a plan.
/// Returns the fingerprint of what is there now; none without a file.
///
/// # Errors
/// A source that cannot be read, or the error of the file system.
pub fn keep_found_version(
    data: &Path,
    file: &Path,
    source: &Path,
    found_at: UtcMinute,
) -> Result<Option<Fingerprint>, SaveError> {
    let bytes = match read_bytes(source, LARGEST_FILE).map_err(|error| error.problem) {
        Ok(bytes) => bytes,
        Err(LoadProblem::Unreadable(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(LoadProblem::Unreadable(error)) => return Err(SaveError::failed(source)(error)),
        // Too large for a plan.
        Err(_) => return Ok(Fingerprint::read(source).unwrap_or_default()),
    };
    let fingerprint = Fingerprint::from_bytes(&bytes);
    let kept = all_versions(&folder_for(data, file)).unwrap_or_default();
    if kept.iter().any(|version| version.fingerprint == fingerprint && version.is_complete()) {
        return Ok(Some(fingerprint));
    }
    if let Some(text) = decode_unicode(&bytes)
        && let Ok(loaded) = parse(&text)
    {
        keep(data, file, &Content { plan: loaded.plan.id(), text: &text, at: found_at, is_found: true })?;
    }
    Ok(Some(fingerprint))
}

fn keep(data: &Path, file: &Path, content: &Content<'_>) -> Result<(), SaveError> {
    let folder = folder_for(data, file);
    let is_new = create_folders(data, &folder)?;
    let all = all_versions(&folder).map_err(SaveError::failed(&folder))?;
    let number = all.first().map_or(0, |newest| newest.number).saturating_add(1);
    let version = Version::new(&folder, number, content);
    let fingerprint = version.fingerprint;
    if fingerprint.length() > MOST_BYTES {
        return Err(SaveError::failed(&folder)(io::ErrorKind::FileTooLarge.into()));
    }
    let others: Vec<Version> = all.into_iter().filter(|other| other.plan == version.plan).collect();
    if others.first().is_some_and(|newest| newest.fingerprint == fingerprint && newest.text().is_ok()) {
        return Ok(());
    }
    write(&version.path, content.text.as_bytes()).map_err(SaveError::failed(&version.path))?;
    let is_other = |other: &Version| other.fingerprint != fingerprint && other.is_complete();
    let (others, outdated): (Vec<Version>, Vec<Version>) = others.into_iter().partition(is_other);
    let sizes = [&version].into_iter().chain(&others).map(Version::size);
    let beyond_limits = others.iter().skip(count_within_limits(sizes).saturating_sub(1));
    outdated.iter().chain(beyond_limits).for_each(remove);
    if is_new {
        remove_oldest_plans(&data.join(FOLDER));
    }
    Ok(())
}

/// The versions of the plan in `file`, the newest first. Without an id, because the file is damaged or missing, those of
/// the plan that was saved there last.
///
/// # Errors
/// A folder that cannot be read.
pub fn kept_versions(data: &Path, file: &Path, plan: Option<&PlanId>) -> Result<Vec<Version>, LoadError> {
    let folder = folder_for(data, file);
    let mut all = match all_versions(&folder) {
        Ok(all) => all,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(LoadProblem::Unreadable(error).at(&folder)),
    };
    all.retain(Version::is_complete);
    let plan = plan.map(plan_hash).or_else(|| all.first().map(|newest| newest.plan));
    all.retain(|version| Some(version.plan) == plan);
    Ok(all)
}

/// The versions of other plans that were in `file` before: a new plan can replace one, and so can a checkout. The newest
/// first. `plan` as for [`kept_versions`].
///
/// # Errors
/// A folder that cannot be read.
pub fn versions_of_other_plans(data: &Path, file: &Path, plan: Option<&PlanId>) -> Result<Vec<Version>, LoadError> {
    let own = kept_versions(data, file, plan)?;
    let mut all = all_versions(&folder_for(data, file)).unwrap_or_default();
    all.retain(|version| version.is_complete() && !own.contains(version));
    Ok(all)
}

/// The plans of these versions with the versions, in the same order. Damaged ones are skipped, and those of a newer
/// program.
pub fn version_plans(versions: Vec<Version>) -> Vec<(Version, Plan)> {
    let load = |version: Version| {
        let loaded = version.load().ok().filter(|loaded| !loaded.newer_format)?;
        Some((version, loaded.plan))
    };
    versions.into_iter().filter_map(load).collect()
}

fn plan_hash(plan: &PlanId) -> u64 {
    fnv1a(plan.as_str().as_bytes())
}

fn folder_for(data: &Path, file: &Path) -> PathBuf {
    data.join(FOLDER).join(RecoveryOwner::file(file).file_stem())
}

/// All versions in a folder, of any plan, the newest first.
fn all_versions(folder: &Path) -> io::Result<Vec<Version>> {
    if !is_plain_folder(folder) {
        return Err(io::ErrorKind::NotFound.into());
    }
    let entries = fs::read_dir(folder)?;
    let mut all: Vec<Version> = entries.flatten().filter_map(|entry| Version::from_path(entry.path())).collect();
    all.sort_by(|a, b| (b.number, b.saved_at, &b.path).cmp(&(a.number, a.saved_at, &a.path)));
    Ok(all)
}

/// Creates the folder of a plan. Returns whether it is new.
fn create_folders(data: &Path, folder: &Path) -> Result<bool, SaveError> {
    fs::create_dir_all(data).map_err(SaveError::failed(data))?;
    let mut is_new = false;
    for folder in [data.join(FOLDER).as_path(), folder] {
        is_new = match private_folder().create(folder) {
            Ok(()) => true,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => false,
            Err(error) => return Err(SaveError::failed(folder)(error)),
        };
        // A link could lead to a folder that others can read.
        if !is_plain_folder(folder) {
            return Err(SaveError::failed(folder)(io::ErrorKind::NotADirectory.into()));
        }
    }
    Ok(is_new)
}

fn is_plain_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_dir())
}

fn is_plain_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_file())
}

/// Builds a folder that only its owner can read.
fn private_folder() -> fs::DirBuilder {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
}

/// Writes a new file that only its owner can read. Whatever has its name already is neither followed nor changed.
fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        // Failing to remove it is harmless: it does not have the length that its name promises.
        let _ = fs::remove_file(path);
    }
    written
}

/// How many versions of these sizes are within the limits, the newest first.
fn count_within_limits(sizes: impl IntoIterator<Item = u64>) -> usize {
    let mut bytes = 0_u64;
    let fits = |size: &u64| {
        bytes = bytes.saturating_add(*size);
        bytes <= MOST_BYTES
    };
    sizes.into_iter().take(MOST_VERSIONS).take_while(fits).count()
}

/// Failing to remove a version is harmless: it is tried again after the next save.
fn remove(version: &Version) {
    if let Err(error) = fs::remove_file(&version.path) {
        log::warn!("{}: cannot remove an old version: {error}", version.path.display());
    }
}

/// Removes the versions of the plans that were saved longest ago, beyond [`MOST_PLANS`].
fn remove_oldest_plans(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let saved_at = |path: &Path| fs::metadata(path).and_then(|data| data.modified()).ok();
    let mut plans: Vec<_> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| is_plain_folder(path))
        .map(|path| (saved_at(&path), path))
        .collect();
    plans.sort();
    for (_, plan) in plans.iter().take(plans.len().saturating_sub(MOST_PLANS)) {
        for version in all_versions(plan).unwrap_or_default() {
            remove(&version);
        }
        // A folder with files of others stays.
        let _ = fs::remove_dir(plan);
    }
}

#[cfg(test)]
mod tests;
