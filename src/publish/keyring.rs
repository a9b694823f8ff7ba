//! Passwords in the system's keyring: Keychain, the Windows credential manager, the Secret Service. Only there.

use super::secret::Secret;
use super::url::Url;

/// The password of `user` on that server. None where there is none, or where the system has no keyring.
pub fn look_up(url: &Url, user: &str) -> Option<Secret> {
    system::look_up(&service(url), user).map(Secret::new).filter(|secret| !secret.is_empty())
}

/// # Errors
/// Why the keyring does not take it.
pub fn remember(url: &Url, user: &str, password: &Secret) -> Result<(), String> {
    system::remember(&service(url), user, password.reveal())
}

/// Under which name a password is kept: one for each server.
fn service(url: &Url) -> String {
    format!("Windowsill, {}", url.origin())
}

#[cfg(feature = "publish")]
mod system {
    use keyring::{Entry, Error};

    /// For machines whose keyring asks a person who is not there: `WINDOWSILL_KEYRING=off`.
    fn is_off() -> bool {
        std::env::var_os("WINDOWSILL_KEYRING").is_some_and(|value| value == "off")
    }

    pub fn look_up(service: &str, user: &str) -> Option<String> {
        if is_off() {
            return None;
        }
        match Entry::new(service, user).and_then(|entry| entry.get_password()) {
            Ok(password) => Some(password),
            Err(Error::NoEntry) => None,
            Err(error) => {
                log::info!("the keyring was not read: {error}");
                None
            }
        }
    }

    pub fn remember(service: &str, user: &str, password: &str) -> Result<(), String> {
        if is_off() {
            return Err("the keyring is switched off by WINDOWSILL_KEYRING".to_owned());
        }
        let kept = Entry::new(service, user).and_then(|entry| entry.set_password(password));
        kept.map_err(|error| in_words(&error))
    }

    fn in_words(error: &Error) -> String {
        match error {
            Error::NoDefaultStore => "this system has no keyring".to_owned(),
            Error::NoStorageAccess(_) => "the keyring is locked".to_owned(),
            error => error.to_string(),
        }
    }
}

#[cfg(not(feature = "publish"))]
mod system {
    pub fn look_up(_service: &str, _user: &str) -> Option<String> {
        None
    }

    pub fn remember(_service: &str, _user: &str, _password: &str) -> Result<(), String> {
        Err("this Windowsill was built without it".to_owned())
    }
}
