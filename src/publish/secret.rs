//! User names and passwords. A password is never written anywhere but to the system's keyring.

use std::fmt;

/// A password. `Debug` hides it, so that it never gets into a log.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(password: impl Into<String>) -> Self {
        Self(password.into())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The password itself, to be sent or stored.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// A user name with its password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    pub user: String,
    pub password: Secret,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_output_hides_the_password() {
        let credentials = Credentials { user: "anna".into(), password: Secret::new("harbour") };
        assert!(!format!("{credentials:?}").contains("harbour"));
    }
}
