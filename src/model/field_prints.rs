//! Fingerprints of a record's fields, by the names of the fields.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

/// The fingerprint of each field, sorted by name. In a file it is a map of names to eight hexadecimal digits. In memory
/// it is a list, because a plan may have 100,000 records with a few fields each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldPrints(Vec<(Box<str>, u32)>);

impl FieldPrints {
    pub fn get(&self, name: &str) -> Option<u32> {
        self.find(name).ok().map(|at| self.0[at].1)
    }

    /// Sets the fingerprint of a field. None removes it.
    pub fn set(&mut self, name: &str, print: Option<u32>) {
        match (self.find(name), print) {
            (Ok(at), Some(print)) => self.0[at].1 = print,
            (Ok(at), None) => _ = self.0.remove(at),
            (Err(at), Some(print)) => self.0.insert(at, (name.into(), print)),
            (Err(_), None) => {}
        }
    }

    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| &**name)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(known, _)| (**known).cmp(name))
    }
}

impl<'a> FromIterator<(&'a str, u32)> for FieldPrints {
    fn from_iter<T: IntoIterator<Item = (&'a str, u32)>>(prints: T) -> Self {
        let sorted: BTreeMap<&str, u32> = prints.into_iter().collect();
        Self(sorted.into_iter().map(|(name, print)| (name.into(), print)).collect())
    }
}

impl Serialize for FieldPrints {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, print)| (name, format!("{print:08x}"))))
    }
}

impl<'de> Deserialize<'de> for FieldPrints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, String>::deserialize(deserializer)?;
        let print = |(name, text): (&String, &String)| match u32::from_str_radix(text, 16) {
            Ok(print) if text.len() == 8 && !text.starts_with('+') => Ok((name.as_str().into(), print)),
            _ => Err(D::Error::custom(format!(
                "invalid fingerprint \"{text}\" of the field {name}: it has eight hexadecimal digits, e.g. 1f3a90c2"
            ))),
        };
        Ok(Self(texts.iter().map(print).collect::<Result<_, _>>()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_set_and_removed_and_a_file_lists_them_by_name() {
        let mut prints: FieldPrints = [("start", 0x1f), ("name", u32::MAX)].into_iter().collect();
        prints.set("zone", Some(7));
        prints.set("start", Some(8));
        prints.set("name", None);
        prints.set("rule", None);
        assert_eq!((prints.get("start"), prints.get("name"), prints.get("rule")), (Some(8), None, None));
        let text = ron::to_string(&prints).unwrap();
        assert_eq!(text, r#"{"start":"00000008","zone":"00000007"}"#);
        assert_eq!(ron::from_str::<FieldPrints>(&text).unwrap(), prints);
        for wrong in ["", "123", "123456789", "0000000g", "+0000001"] {
            let message = ron::from_str::<FieldPrints>(&format!("{{\"name\": \"{wrong}\"}}")).unwrap_err().to_string();
            assert!(message.contains(&format!("invalid fingerprint \"{wrong}\" of the field name")), "{message}");
        }
    }
}
