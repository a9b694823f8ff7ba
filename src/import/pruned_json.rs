//! JSON values without what no reader needs: a document of any size and shape takes little memory.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Longer texts are cut if members are left out by name: no field that is read is so long.
const LONGEST_TEXT: usize = 8 << 10;

/// What is kept of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum PrunedJson {
    /// All but the members of these names, at any depth. Long texts are cut.
    Without(&'static [&'static str]),
    /// Of an object these members, without what is in them; of a list nothing.
    Only(&'static [&'static str]),
    /// Texts and numbers; objects and lists are empty.
    Flat,
}

impl PrunedJson {
    /// What is kept of the member of an object. None if that is left out.
    fn of_member(self, name: &str) -> Option<Self> {
        match self {
            Self::Without(names) => (!names.contains(&name)).then_some(self),
            Self::Only(names) => names.contains(&name).then_some(Self::Flat),
            Self::Flat => None,
        }
    }
}

impl<'de> DeserializeSeed<'de> for PrunedJson {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for PrunedJson {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        let is_cut = matches!(self, Self::Without(_));
        Ok(if is_cut { &value[..value.floor_char_boundary(LONGEST_TEXT)] } else { value }.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        if matches!(self, Self::Without(_)) {
            while let Some(value) = seq.next_element_seed(self)? {
                list.push(value);
            }
        } else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            match self.of_member(&key) {
                Some(kept) => {
                    let value = map.next_value_seed(kept)?;
                    object.insert(key, value);
                }
                None => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_to_prune_keeps_what_it_says() {
        let text = r#"{"a": [1, {"b": "x", "c": null}], "b": {"a": -2, "d": [true]}, "d": 1.5}"#;
        let read =
            |kept: PrunedJson| kept.deserialize(&mut serde_json::Deserializer::from_str(text)).unwrap().to_string();
        assert_eq!(read(PrunedJson::Without(&["b"])), r#"{"a":[1,{"c":null}],"d":1.5}"#);
        assert_eq!(read(PrunedJson::Only(&["a", "b", "d"])), r#"{"a":[],"b":{},"d":1.5}"#);
        assert_eq!(read(PrunedJson::Flat), "{}");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let text = format!("\"x{}\"", "é".repeat(LONGEST_TEXT));
        let read = |kept: PrunedJson| kept.deserialize(&mut serde_json::Deserializer::from_str(&text)).unwrap();
        assert_eq!(read(PrunedJson::Without(&[])).as_str().unwrap().len(), LONGEST_TEXT - 1);
        assert_eq!(read(PrunedJson::Flat).as_str().unwrap().len(), 2 * LONGEST_TEXT + 1);
    }
}
