//! The entries of the catalogue as JSON, without what no plan needs: a file of any shape takes little memory.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde_json::Value;

use crate::import::limits::MOST_RECORDS;
use crate::import::pruned_json::PrunedJson;

/// Reads the list of entries; one more than may be imported, so that too many are noticed. Of each entry it keeps these
/// fields.
///
/// # Errors
/// It is not a list.
pub fn entries<'de, D: Deserializer<'de>>(
    deserializer: D,
    fields: &'static [&'static str],
) -> Result<Vec<Value>, D::Error> {
    deserializer.deserialize_seq(Entries { fields })
}

struct Entries {
    fields: &'static [&'static str],
}

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while entries.len() <= MOST_RECORDS {
            match seq.next_element_seed(PrunedJson::Only(self.fields))? {
                Some(entry) => entries.push(entry),
                None => return Ok(entries),
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Value> {
        entries(&mut serde_json::Deserializer::from_str(text), &["a", "b"]).unwrap()
    }

    #[test]
    fn only_the_known_fields_of_entries_are_kept() {
        let found = read("[{\"a\": \"x\", \"b\": [[1], {}], \"c\": \"y\"}, 1, [2], null, {\"a\": {\"a\": 1}}]");
        assert_eq!(serde_json::to_string(&found).unwrap(), "[{\"a\":\"x\",\"b\":[]},1,[],null,{\"a\":{}}]");
    }

    #[test]
    fn one_entry_more_than_may_be_imported_is_kept() {
        let many = format!("[{}0]", "0,".repeat(MOST_RECORDS + 10));
        assert_eq!(read(&many).len(), MOST_RECORDS + 1);
    }
}
