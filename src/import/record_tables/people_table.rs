//! People and their teams from a table, one row for each person.

use std::collections::BTreeMap;

use super::record_tally::{RecordTally, name, set, set_email};
use crate::import::confidence::Confidence;
use crate::import::error::ImportError;
use crate::import::fresh_ids::FreshIds;
use crate::import::head::Head;
use crate::import::imported::Imported;
use crate::import::input::Input;
use crate::import::tables::layout::{Field, Layout};
use crate::import::tables::row_count::RowCount;
use crate::import::tables::sniff::SniffedTitles;
use crate::import::tables::table::{Row, Table};
use crate::import::text::words_on_one_line;
use crate::import::topic::Topic;
use crate::model::{Edit, Person, PersonId, Plan, Team, TeamId};

const NAME: usize = 0;
const ID: usize = 1;
const EMAIL: usize = 2;
const PHONE: usize = 3;
const TEAM: usize = 4;
const NOTES: usize = 5;
const GIVEN_NAME: usize = 6;
const FAMILY_NAME: usize = 7;
pub(super) const LAYOUT: Layout = Layout {
    topic: Topic::People,
    fields: &[
        Field {
            id: "name",
            titles: &["person", "fullname", "displayname", "mitarbeiter", "vollername", "anzeigename", "who", "wer"],
        },
        Field {
            id: "id",
            titles: &["personid", "user", "username", "userid", "login", "kürzel", "kuerzel", "personalnummer"],
        },
        Field { id: "email", titles: &["mail", "emailaddress", "emailadresse", "email1value"] },
        Field {
            id: "phone",
            titles: &[
                "telephone",
                "mobile",
                "telefon",
                "mobil",
                "handy",
                "phonenumber",
                "telefonnummer",
                "businessphone",
                "mobilephone",
                "phone1value",
            ],
        },
        Field { id: "team", titles: &["teams", "group", "gruppe"] },
        Field { id: "notes", titles: &["note", "comment", "bemerkung", "bemerkungen", "kommentar", "notiz"] },
        Field { id: "given-name", titles: &["firstname", "forename", "vorname", "rufname"] },
        Field { id: "family-name", titles: &["lastname", "surname", "nachname", "familienname"] },
    ],
    required: &[&[NAME, FAMILY_NAME]],
};

/// A name alone could be anything: a phone or a team makes it a table of people.
pub(super) fn sniff(head: &Head) -> Confidence {
    let titles = SniffedTitles::read(head, &LAYOUT);
    let is_of_people = [PHONE, TEAM].into_iter().any(|field| titles.has_field(field)) && titles.has_field(EMAIL);
    match titles.confidence() {
        Confidence::Likely if !is_of_people => Confidence::Unlikely,
        confidence => confidence,
    }
}

pub(super) fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let plan = input.plan();
    let mut imported = Imported::default();
    let Some(tables) = Table::read_all(input, &LAYOUT, &mut imported)? else { return Ok(imported) };
    let (mut rows, mut tally, mut ids) = (RowCount::default(), RecordTally::default(), FreshIds::default());
    let mut members: BTreeMap<String, Vec<PersonId>> = BTreeMap::new();
    for table in &tables {
        for row in &table.rows {
            input.source.check_cancelled()?;
            let read = person(row, plan, &mut ids, &mut |message| table.warn(row.line, message, &mut imported));
            let put = read.and_then(|person| {
                let id = person.id.clone();
                let old = plan.people().get(&id).map(|old| &**old);
                tally.put((id.as_str(), row.line), person, old, Edit::PutPerson, &mut imported)?;
                Ok(id)
            });
            if let Some(id) = rows.count(put, table, row, &mut imported) {
                let teams = row
                    .get(TEAM)
                    .into_iter()
                    .flat_map(|teams| teams.split([';', ',', '|', '\n']))
                    .map(words_on_one_line);
                teams
                    .filter(|team| !team.is_empty())
                    .for_each(|team| members.entry(team).or_default().push(id.clone()));
            }
        }
    }
    tally.report("person", &mut imported);
    put_teams(members, plan, &mut imported);
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// # Errors
/// Why the row is skipped.
fn person(row: &Row, plan: &Plan, ids: &mut FreshIds, warn: &mut dyn FnMut(String)) -> Result<Person, String> {
    let whole = [GIVEN_NAME, FAMILY_NAME].into_iter().filter_map(|field| row.get(field)).map(words_on_one_line);
    let whole = whole.collect::<Vec<_>>().join(" ");
    let name =
        if row.problem.is_none() && row.get(NAME).is_none() && !whole.is_empty() { whole } else { name(row, NAME)? };
    let wanted = row.get(ID).unwrap_or_default().to_lowercase();
    let by_id = plan.people().iter().find(|person| !wanted.is_empty() && person.id.as_str().to_lowercase() == wanted);
    let same_name = || plan.people().iter().find(|person| person.name.to_lowercase() == name.to_lowercase());
    let old = by_id.or_else(same_name).map(|person| Person::clone(person));
    let mut person = old.unwrap_or_else(|| {
        let id = ids.fresh(row.get(ID).unwrap_or(&name), |id| plan.people().contains(&id.into()));
        Person::new(PersonId::new(&id), &name)
    });
    person.name = name;
    set_email(&mut person.email, row, EMAIL, warn);
    set(&mut person.phone, row, PHONE);
    if let Some(text) = row.get(NOTES) {
        text.clone_into(&mut person.notes);
    }
    Ok(person)
}

/// Adds people to the teams of the plan, or to new ones. Nobody is removed from a team.
fn put_teams(members: BTreeMap<String, Vec<PersonId>>, plan: &Plan, imported: &mut Imported) {
    let mut ids = FreshIds::default();
    for (name, people) in members {
        let old = plan.teams().iter().find(|team| team.name.to_lowercase() == name.to_lowercase());
        let mut team = old.map_or_else(
            || Team::new(TeamId::new(&ids.fresh(&name, |id| plan.teams().contains(&id.into()))), &name),
            |team| Team::clone(team),
        );
        let new: Vec<PersonId> = people.into_iter().filter(|person| !team.people.contains(person)).collect();
        if !new.is_empty() {
            team.people.extend(new);
            imported.edits.push(Edit::PutTeam(team));
        }
    }
}
