//! Passwords in the system's keyring: Keychain on macOS, the Windows Credential Manager, the Secret Service elsewhere.

use super::secret::Secret;
use super::url::Url;

/// Returns the password of `user` on this server. None if there is none, or if the system has no keyring.
pub fn find_password(url: &Url, user: &str) -> Option<Secret> {
    system::find_password(&service(url), user).map(Secret::new).filter(|secret| !secret.is_empty())
}

/// Stores the password of `user` on this server.
///
/// # Errors
/// The reason why the keyring does not accept it.
pub fn store_password(url: &Url, user: &str, password: &Secret) -> Result<(), String> {
    system::store_password(&service(url), user, password.reveal())
}

/// The name under which passwords for this server are stored.
fn service(url: &Url) -> String {
    format!("Windowsill, {}", url.origin())
}

#[cfg(feature = "publish")]
mod system {
    use keyring::{Entry, Error};

    use crate::store;

    pub fn find_password(service: &str, user: &str) -> Option<String> {
        if !store::uses_keyring() {
            return None;
        }
        match Entry::new(service, user).and_then(|entry| entry.get_password()) {
            Ok(password) => Some(password),
            Err(Error::NoEntry) => None,
            Err(error) => {
                log::info!("cannot read the keyring: {error}");
                None
            }
        }
    }

    pub fn store_password(service: &str, user: &str, password: &str) -> Result<(), String> {
        if !store::uses_keyring() {
            return Err("WINDOWSILL_KEYRING=off disables the keyring".to_owned());
        }
        let stored = Entry::new(service, user).and_then(|entry| entry.set_password(password));
        stored.map_err(|error| reason(&error))
    }

    fn reason(error: &Error) -> String {
        match error {
            Error::NoDefaultStore => "this system has no keyring".to_owned(),
            Error::NoStorageAccess(_) => "the keyring is locked".to_owned(),
            error => error.to_string(),
        }
    }
}

#[cfg(not(feature = "publish"))]
mod system {
    pub fn find_password(_service: &str, _user: &str) -> Option<String> {
        None
    }

    pub fn store_password(_service: &str, _user: &str, _password: &str) -> Result<(), String> {
        Err("this build of Windowsill does not support keyrings".to_owned())
    }
}
