//! Whether a value fits a JSON Schema: the keywords that the schemas here use. It panics for any other keyword.
//!
//! Fields that a schema does not name are an error, too. Other programs have to ignore them, but ours must not forget them.

use regex::Regex;
use serde_json::{Map, Value};

/// What is wrong with `value`, with the path to each value.
pub fn problems(schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    Validator { root: schema }.check(schema, value, "", &mut found);
    found
}

struct Validator<'a> {
    root: &'a Value,
}

impl Validator<'_> {
    fn check(&self, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
        let schema = match schema {
            Value::Bool(true) => return,
            Value::Bool(false) => return found.push(format!("{at}: nothing may be here")),
            schema => schema.as_object().unwrap(),
        };
        for (keyword, rule) in schema {
            let fits = match keyword.as_str() {
                "$schema" | "$defs" | "title" | "description" | "format" | "default" => true,
                "$ref" | "anyOf" | "oneOf" | "properties" | "items" | "additionalProperties" => true,
                "type" => is_of_type(value, rule),
                "const" => value == rule,
                "enum" => rule.as_array().unwrap().contains(value),
                "pattern" => {
                    let pattern = Regex::new(rule.as_str().unwrap()).unwrap();
                    value.as_str().is_none_or(|text| pattern.is_match(text))
                }
                "minimum" => value.as_f64().is_none_or(|number| number >= rule.as_f64().unwrap()),
                "maximum" => value.as_f64().is_none_or(|number| number <= rule.as_f64().unwrap()),
                "required" => {
                    let has = |name: &Value| value.get(name.as_str().unwrap()).is_some();
                    !value.is_object() || rule.as_array().unwrap().iter().all(has)
                }
                keyword => panic!("the validator does not know {keyword}"),
            };
            if !fits {
                found.push(format!("{at}: {value} does not fit {keyword} {rule}"));
            }
        }
        if let Some(name) = schema.get("$ref") {
            let inner = self.root.pointer(name.as_str().unwrap().trim_start_matches('#')).unwrap();
            self.check(inner, value, at, found);
        }
        for (keyword, is_one) in [("anyOf", false), ("oneOf", true)] {
            let Some(choices) = schema.get(keyword) else { continue };
            let fits = |choice: &&Value| {
                let mut problems = Vec::new();
                self.check(choice, value, at, &mut problems);
                problems.is_empty()
            };
            let count = choices.as_array().unwrap().iter().filter(fits).count();
            if count == 0 || (is_one && count > 1) {
                found.push(format!("{at}: {value} fits {count} of {choices}"));
            }
        }
        match value {
            Value::Object(fields) => self.check_fields(schema, fields, at, found),
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    schema.get("items").into_iter().for_each(|rule| {
                        self.check(rule, item, &format!("{at}/{index}"), found);
                    });
                }
            }
            _ => {}
        }
    }

    fn check_fields(
        &self,
        schema: &Map<String, Value>,
        fields: &Map<String, Value>,
        at: &str,
        found: &mut Vec<String>,
    ) {
        for (name, field) in fields {
            let known = schema.get("properties").and_then(|properties| properties.get(name));
            match known.or_else(|| schema.get("additionalProperties")) {
                Some(rule) => self.check(rule, field, &format!("{at}/{name}"), found),
                None if schema.contains_key("properties") => found.push(format!("{at}/{name}: not in the schema")),
                None => {}
            }
        }
    }
}

fn is_of_type(value: &Value, names: &Value) -> bool {
    let is = |name: &Value| match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        name => panic!("{name}"),
    };
    names.as_array().map_or_else(|| is(names), |names| names.iter().any(is))
}

#[test]
fn values_that_do_not_fit_are_found() {
    let schema = serde_json::json!({
        "type": "object", "required": ["a"],
        "properties": {
            "a": {"type": ["string", "null"], "pattern": "^x"},
            "b": {"items": {"$ref": "#/$defs/number"}},
            "c": {"oneOf": [{"const": 1}, {"enum": [2, 3]}]},
        },
        "$defs": {"number": {"type": "integer", "minimum": 0}},
    });
    let count = |value: Value| problems(&schema, &value).len();
    for right in [serde_json::json!({"a": null}), serde_json::json!({"a": "x", "b": [0, 7], "c": 3})] {
        assert_eq!(problems(&schema, &right), [""; 0]);
    }
    for wrong in [
        serde_json::json!([]),
        serde_json::json!({}),
        serde_json::json!({"a": "y"}),
        serde_json::json!({"a": 1}),
        serde_json::json!({"a": "x", "b": [0, -1]}),
        serde_json::json!({"a": "x", "b": [0.5]}),
        serde_json::json!({"a": "x", "c": 4}),
        serde_json::json!({"a": "x", "d": 1}),
    ] {
        assert_eq!(count(wrong.clone()), 1, "{wrong}");
    }
}
