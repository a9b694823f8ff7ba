//! Terraform files: the resources in them, with what is literal. References, functions and conditions are known to
//! Terraform alone (<https://developer.hashicorp.com/terraform/language/syntax/configuration>).

use hcl::{Block, Body, Expression, Structure};
use serde_json::{Map, Value};

use crate::import::{Head, ImportError, words_on_one_line};
use crate::wording::{capitalised, counted};

/// A resource of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// The second label: `prod_pilot` of `resource "aws_ssm_maintenance_window" "prod_pilot"`.
    pub label: String,
    /// Arguments and nested blocks by their names. A block that occurs several times is a list.
    pub body: Value,
    /// Arguments that are not literal, by their path, with what is written: ("window.duration", "var.hours").
    pub references: Vec<(String, String)>,
}

/// The deepest nesting of brackets that is parsed: the parser calls itself for each.
const DEEPEST: usize = 64;

/// Resources that are windows, and the systems that they belong to.
const WINDOWS: [(&str, &str); 3] = [
    ("aws_ssm_maintenance_window", "ssm"),
    ("azurerm_maintenance_configuration", "azure"),
    ("google_os_config_patch_deployment", "gcp"),
];

/// Whether the beginning of a file has such a resource: `aws_ssm_maintenance_window`.
pub fn has_resource(head: &Head, kind: &str) -> bool {
    count(head.text(), kind) > 0
}

fn count(text: &str, kind: &str) -> usize {
    let resource = format!("resource \"{kind}\"");
    let begins = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(&resource);
    text.lines().filter(|line| begins(line)).count()
}

/// Says which windows a file has besides those of one kind.
pub fn other_windows(text: &str, kind: &str) -> impl Iterator<Item = String> {
    let others = WINDOWS.into_iter().filter(move |(other, _)| *other != kind);
    let others = others.map(move |(other, system)| (other, system, count(text, other)));
    others.filter(|(_, _, count)| *count > 0).map(|(other, system, count)| {
        format!("The file also has {} {other}: import it again with --from {system}", counted(count, "resource"))
    })
}

/// The resources of a kind. `name`: what the file should be, for messages.
///
/// # Errors
/// It is not a Terraform file, or its brackets are nested too deep.
pub fn resources(text: &str, kind: &str, name: &'static str) -> Result<Vec<Resource>, ImportError> {
    let broken = |problem: String| ImportError::BrokenDocument { name, problem: words_on_one_line(&problem) };
    if nesting(text) > DEEPEST {
        return Err(broken(format!("brackets are nested more than {DEEPEST} deep")));
    }
    let body: Body = hcl::parse(text).map_err(|error| broken(error.to_string()))?;
    let blocks = body.into_inner().into_iter().filter_map(|structure| match structure {
        Structure::Block(block) => Some(block),
        Structure::Attribute(_) => None,
    });
    let of_kind = blocks.filter(|block| {
        block.identifier() == "resource" && block.labels.first().is_some_and(|label| label.as_str() == kind)
    });
    Ok(of_kind.map(resource).collect())
}

fn resource(block: Block) -> Resource {
    let label = block.labels.get(1).map(|label| label.as_str().to_owned()).unwrap_or_default();
    let mut references = Vec::new();
    let body = object(block.body, "", &mut references);
    Resource { label, body, references }
}

fn object(body: Body, path: &str, references: &mut Vec<(String, String)>) -> Value {
    let mut object = Map::new();
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                let name = attribute.key().to_owned();
                // An argument that is null is as good as left out.
                let value = value(attribute.expr, &format!("{path}{name}"), references);
                if !value.is_null() {
                    object.insert(name, value);
                }
            }
            Structure::Block(block) => {
                let name = block.identifier().to_owned();
                let value = self::object(block.body, &format!("{path}{name}."), references);
                match object.get_mut(&name) {
                    Some(Value::Array(list)) => list.push(value),
                    Some(first) => *first = Value::Array(vec![first.take(), value]),
                    None => drop(object.insert(name, value)),
                }
            }
        }
    }
    Value::Object(object)
}

fn value(expression: Expression, path: &str, references: &mut Vec<(String, String)>) -> Value {
    match expression {
        Expression::Null => Value::Null,
        Expression::Bool(is_on) => Value::Bool(is_on),
        Expression::Number(number) => {
            let whole = number.as_i64().map(Value::from);
            whole.or_else(|| number.as_f64().map(Value::from)).unwrap_or(Value::Null)
        }
        Expression::String(text) => Value::String(text),
        Expression::Array(list) => list.into_iter().map(|each| value(each, path, references)).collect(),
        Expression::Object(fields) => {
            let field = |(key, each): (hcl::expr::ObjectKey, Expression)| {
                let key = key.to_string();
                let each = value(each, &format!("{path}.{key}"), references);
                (key, each)
            };
            Value::Object(fields.into_iter().map(field).collect())
        }
        Expression::Parenthesis(inner) => value(*inner, path, references),
        other => {
            let written = hcl::format::to_string(&other).unwrap_or_default();
            references.push((path.to_owned(), words_on_one_line(&written)));
            Value::Null
        }
    }
}

/// The same object with names as most interfaces write them: `recurringSchedule` for `recurring_schedule`.
pub fn in_camel_case(value: Value) -> Value {
    let Value::Object(fields) = value else { return value };
    let camel_case = |name: String| {
        let mut words = name.split('_');
        let first = words.next().unwrap_or_default().to_owned();
        words.fold(first, |name, word| name + &capitalised(word))
    };
    Value::Object(fields.into_iter().map(|(name, value)| (camel_case(name), in_camel_case(value))).collect())
}

/// How deep brackets are nested; those in texts count, too, which only makes it stricter.
fn nesting(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
        variable "hours" { default = 4 }
        # The pilot
        resource "aws_ssm_maintenance_window" "pilot" {
          name     = "Pilot"
          duration = var.hours
          cutoff   = 1
          schedule_timezone = null
          enabled  = true
          tag { key = "a" }
          tag { key = "b" }
        }
        resource "other" "x" { name = "no" }
    "#;

    #[test]
    fn literals_and_references_are_told_apart() {
        let found = resources(FILE, "aws_ssm_maintenance_window", "a file").unwrap();
        let [pilot] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(pilot.label, "pilot");
        let expected = r#"{"cutoff":1,"enabled":true,"name":"Pilot","tag":[{"key":"a"},{"key":"b"}]}"#;
        let expected: Value = serde_json::from_str(expected).unwrap();
        assert_eq!(pilot.body, expected);
        assert_eq!(pilot.references, [("duration".to_owned(), "var.hours".to_owned())]);
        assert!(has_resource(&Head::new(FILE.as_bytes()), "aws_ssm_maintenance_window"));
        assert!(!has_resource(&Head::new(FILE.as_bytes()), "aws_ssm"));
    }

    #[test]
    fn broken_and_deep_files_are_refused() {
        let deep = format!("a = {}1{}", "[".repeat(100_000), "]".repeat(100_000));
        for text in ["resource {", "a = = 1", deep.as_str()] {
            assert!(resources(text, "x", "a file").is_err());
        }
    }
}
