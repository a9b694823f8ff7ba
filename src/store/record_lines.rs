//! On which line of a plan's text each record begins.

use std::collections::HashMap;
use std::ops::ControlFlow;

use super::ron_fields;
use crate::model::Subject;

/// The lines, from 1, of the records that a finding may be about: where their ids are, or the names of severities. The
/// first counts if the text has a record twice.
pub fn lines_of_records(text: &str) -> HashMap<Subject, usize> {
    let mut lines = HashMap::new();
    ron_fields::visit(text, |field| {
        let id = || ron::from_str::<String>(field.value).ok();
        if let Some(subject) = list_of(field.path).and_then(|list| subject(&list, &id()?)) {
            lines.entry(subject).or_insert(field.line);
        }
        ControlFlow::Continue(())
    });
    lines
}

/// "ladders.groups.id" for "ladders[0].groups[2].id"; none for other fields than ids and names.
fn list_of(path: &str) -> Option<String> {
    let is_identity = path.ends_with("].id") || path.ends_with("].name");
    is_identity.then(|| {
        let mut is_in_index = false;
        let outside = |c: &char| {
            is_in_index = (is_in_index || *c == '[') && *c != ']';
            !is_in_index && *c != ']'
        };
        path.chars().filter(outside).collect()
    })
}

fn subject(list: &str, id: &str) -> Option<Subject> {
    Some(match list {
        "advisories.id" => Subject::Advisory(id.into()),
        "areas.id" => Subject::Area(id.into()),
        "bulletin_duties.id" => Subject::BulletinDuty(id.into()),
        "checklists.id" => Subject::Checklist(id.into()),
        "freezes.id" => Subject::Freeze(id.into()),
        "ladders.groups.id" => Subject::Group(id.into()),
        "holidays.id" => Subject::Holidays(id.into()),
        "ladders.id" => Subject::Ladder(id.into()),
        "notices.id" => Subject::Notice(id.into()),
        "people.id" => Subject::Person(id.into()),
        "releases.id" => Subject::Release(id.into()),
        "scan_routines.id" => Subject::ScanRoutine(id.into()),
        "policy.severities.name" => Subject::Severity(id.to_owned()),
        "systems.id" => Subject::System(id.into()),
        "teams.id" => Subject::Team(id.into()),
        "windows.id" => Subject::Window(id.into()),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_found_by_list_and_id() {
        let text = r#"(
  id: "p",
  policy: (severities: [
    (name: "High", within: 7), // id: "not-this"
  ]),
  systems: [
    (id: "core-db", name: "id: \"core-db\""),
    (name: "late", id : r"raw"),
  ],
  ladders: [(
    id: "core-db", groups: [
      (id: "pilot"),
      (id: "core-db"),
    ],
  )],
  windows: [
    (id: "core-db", work: [(id: "step")]), (id: "caf\u{e9}"),
    (id: "core-db"),
  ],
)"#;
        let lines = lines_of_records(text);
        let mut found: Vec<(String, usize)> =
            lines.iter().map(|(subject, line)| (subject.to_string(), *line)).collect();
        found.sort();
        let expected = [
            ("group core-db", 13),
            ("group pilot", 12),
            ("ladder core-db", 11),
            ("severity High", 4),
            ("system core-db", 7),
            ("system raw", 8),
            ("window café", 17),
            ("window core-db", 17),
        ];
        assert_eq!(found, expected.map(|(name, line)| (name.to_owned(), line)));
    }
}
