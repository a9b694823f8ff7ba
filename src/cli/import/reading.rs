//! Reads one source with the options that were typed.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::arguments::Request;
use crate::connect;
use crate::import::{ImportError, ImportKind, Imported, Options, Source, Target};
use crate::model::{Plan, UtcMinute};
use crate::schedule::Zone;
use crate::wording::within_sentence;

/// Why a file is not imported.
pub struct Refusal {
    /// What the file is: the id of its kind.
    pub kind: &'static str,
    /// As a sentence.
    pub reason: String,
}

/// What a file is of which nothing is known.
const UNKNOWN: &str = "unknown";

/// Recognises and reads the source with the options that were given.
///
/// # Errors
/// The source is of another kind, cannot be read, or a person must choose an option first.
pub fn read(request: &Request, source: &Source<'_>, plan: &Plan, clock: DateTime<Utc>) -> Result<Imported, Refusal> {
    let kinds = recognise(request, source)
        .map_err(|error| Refusal { kind: error.kind().unwrap_or(UNKNOWN), reason: error.to_string() })?;
    let Some(&kind) = kinds.first() else {
        return Err(Refusal { kind: UNKNOWN, reason: "Unknown file content".to_owned() });
    };
    let refused = |reason: String| Refusal { kind: kind.id, reason };
    let options = options(request, kind, plan).map_err(refused)?;
    let zone = Zone::for_plan(plan);
    let target = Target::new(Arc::new(plan.clone()), zone.local(UtcMinute::from_utc(clock)).date());
    let imported = connect::read(source, kind, &options, &target)
        .map_err(|error| Refusal { kind: error.kind().unwrap_or(kind.id), reason: error.to_string() })?;
    if let Some(question) = imported.question {
        // It may be a file of another topic.
        let other = connect::recognise(source, None).ok().filter(|kinds| kinds.len() == 1);
        let kind = other.and_then(|kinds| kinds.first().copied()).unwrap_or(kind);
        return Err(Refusal { kind: kind.id, reason: question });
    }
    Ok(imported)
}

/// Among the kinds of the system that was named, if one was.
fn recognise(request: &Request, source: &Source<'_>) -> Result<Vec<&'static ImportKind>, ImportError> {
    let topic = Some(request.topic);
    match request.from.as_deref().and_then(connect::find_system) {
        Some(system) => {
            let kinds: Vec<&ImportKind> = connect::kinds_of(system).chain(connect::empty_kinds()).collect();
            connect::catalogue().recognise_among(source, topic, &kinds)
        }
        None => connect::recognise(source, topic),
    }
}

/// The options for `kind`.
///
/// # Errors
/// An option does not belong to the kind, or its value is invalid.
fn options(request: &Request, kind: &ImportKind, plan: &Plan) -> Result<Options, String> {
    let mut options = Options::default();
    for (spec, text) in &request.options {
        if kind.options.iter().all(|own| own.id != spec.id) {
            let has_it = |kind: &&ImportKind| kind.options.iter().any(|own| own.id == spec.id);
            let others: Vec<&str> =
                connect::kinds_of_topic(request.topic).filter(has_it).map(|kind| kind.name).collect();
            return Err(format!("--{} is for {}, but this is {}", spec.id, others.join(" and "), kind.name));
        }
        let value =
            spec.value.parse(text, plan).map_err(|problem| format!("--{}: {}", spec.id, within_sentence(&problem)))?;
        options.set(spec, Some(value));
    }
    Ok(options)
}
