//! Values that several kinds of JSON have.

use std::borrow::Cow;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// A value that is always there, and null if there is none.
pub struct OrNull<T>(PhantomData<T>);

impl<T: JsonSchema> JsonSchema for OrNull<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("{}_or_null", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [value, { "type": "null" }] })
    }
}

/// A value that may be missing, and is never null. Its field needs `#[schemars(default)]`.
pub struct MaybeAbsent<T>(PhantomData<T>);

impl<T> Default for MaybeAbsent<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T: JsonSchema> JsonSchema for MaybeAbsent<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<T>()
    }
}

/// Declares texts of a form: their name, their pattern, and what they are.
macro_rules! texts {
    ($($name:ident, $pattern:literal, $about:literal;)+) => {
        $(pub struct $name;

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $about })
            }
        })+
    };
}

texts! {
    Date, r"^\d{4}-\d\d-\d\d$", "A day: 2027-03-20";
    Instant, r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?Z$", "An instant in UTC: 2027-03-20T22:00:00Z";
    LocalTime, r"^\d{4}-\d\d-\d\dT\d\d:\d\d$", "A time on a clock: 2027-03-20T22:00";
    Month, r"^\d{4}-\d\d$", "A month: 2027-03";
    Code, r"^[A-Z]\d{3}$", "The code of a check: B001";
}

/// How severe a finding is.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Note,
}

/// The number of the form. It rises when a field is removed or gets another meaning, not for new fields.
pub struct Version;

impl JsonSchema for Version {
    fn schema_name() -> Cow<'static, str> {
        "Version".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "const": 1,
            "description": "The number of the form. It rises when a field is removed or gets another meaning, not for \
                            new fields."
        })
    }
}

/// A list of a plan.
pub type List<R> = Vec<PlanRow<R>>;

/// A list that is not about times.
pub type Rows<R> = Vec<Row<R>>;

/// A record of a plan.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct PlanRow<R> {
    version: Version,
    /// The release of the time zone data that the times were calculated with.
    zone_data: String,
    #[schemars(flatten)]
    record: R,
}

/// A record that is not about times.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Row<R> {
    version: Version,
    #[schemars(flatten)]
    record: R,
}
