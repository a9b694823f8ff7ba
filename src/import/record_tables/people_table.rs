//! People and their teams from a table, one row for each person.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::record_tally::{self, RecordTally, name, read_cell, set, set_email};
use crate::cells::informed_of;
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
use crate::wording::{counted, list_in_sentence};

const NAME: usize = 0;
const ID: usize = 1;
const EMAIL: usize = 2;
const PHONE: usize = 3;
const TEAM: usize = 4;
const NOTES: usize = 5;
const GIVEN_NAME: usize = 6;
const FAMILY_NAME: usize = 7;
const TEAM_EMAIL: usize = 8;
const INFORMED_OF: usize = 9;
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
        Field {
            id: "team-email",
            titles: &["teammail", "teamaddress", "groupemail", "teamemailadresse", "gruppenmail"],
        },
        Field { id: "informed-of", titles: &["informed", "informedabout", "informiertüber", "informiertueber"] },
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
    let mut members: BTreeMap<String, Members> = BTreeMap::new();
    let given = record_tally::ids(&tables, ID);
    let mut known: HashMap<Key, PersonId> = HashMap::new();
    let mut unchanged: BTreeSet<PersonId> = BTreeSet::new();
    for table in &tables {
        for row in &table.rows {
            input.source.check_cancelled()?;
            let warn = &mut |message| table.warn(row.line, message, &mut imported);
            let key = key(row);
            // A table may have a row for each team of a person.
            let again = known.get(&key).filter(|_| row.problem.is_none() && row.get(TEAM).is_some());
            let put = match again {
                Some(id) => Ok(id.clone()),
                None => full_name(row)
                    .and_then(|name| tally.claim((row.get(ID), &name), row.line, warn))
                    .and_then(|()| person(row, plan, &given, &mut ids, warn))
                    .and_then(|person| {
                        let id = person.id.clone();
                        let old = plan.people().get(&id).map(|old| &**old);
                        if old == Some(&person) {
                            unchanged.insert(id.clone());
                        }
                        tally.put((id.as_str(), row.line), person, old, Edit::PutPerson, &mut imported)?;
                        known.insert(key, id.clone());
                        Ok(id)
                    }),
            };
            if let Some(id) = rows.count(put, table, row, &mut imported) {
                let teams = row.get(TEAM).into_iter().flat_map(|teams| teams.split([';', ',', '|', '\n']));
                let teams = teams.map(words_on_one_line).filter(|team| !team.is_empty());
                let teams: Vec<String> = teams.collect();
                let email = team_email(row, teams.len(), &mut |message| table.warn(row.line, message, &mut imported));
                for team in teams {
                    let warn = &mut |message| table.warn(row.line, message, &mut imported);
                    members.entry(team).or_default().add(id.clone(), email.as_deref(), warn);
                }
            }
        }
    }
    let staying = staying(&members, plan);
    let put = put_teams(members, plan, &mut imported);
    put.people.iter().filter(|id| unchanged.contains(*id)).for_each(|_| tally.is_changed_otherwise());
    tally.report("person", &mut imported);
    if put.new_teams > 0 {
        imported.summary = format!("{} and {}", imported.summary, counted(put.new_teams, "team"));
    }
    if put.new_addresses > 0 {
        let teams = counted(put.new_addresses, "team");
        imported.summary = format!("{}, new e-mail address of {teams}", imported.summary);
    }
    if let Some(staying) = staying {
        imported.warn(None, staying);
    }
    rows.report(&mut imported);
    Ok(imported.in_order())
}

/// What the rows of a table say of a team.
#[derive(Default)]
struct Members {
    people: Vec<PersonId>,
    /// Empty if no row has one.
    email: String,
}

impl Members {
    /// Adds a person. Of different addresses of the team, the first counts.
    fn add(&mut self, person: PersonId, email: Option<&str>, warn: &mut dyn FnMut(String)) {
        self.people.push(person);
        match email {
            Some(email) if self.email.is_empty() => email.clone_into(&mut self.email),
            Some(email) if !email.eq_ignore_ascii_case(&self.email) => {
                warn(format!("Another e-mail address of the team, \"{email}\": ignored, {} stays", self.email));
            }
            _ => {}
        }
    }
}

/// The e-mail address of the team in a row. One of several teams is not known to be whose it is.
fn team_email(row: &Row, teams: usize, warn: &mut dyn FnMut(String)) -> Option<String> {
    let mut email = String::new();
    set_email(&mut email, row, TEAM_EMAIL, warn);
    if !email.is_empty() && teams != 1 {
        warn(format!("E-mail address of a team \"{email}\": ignored, use a row for each team"));
        return None;
    }
    Some(email).filter(|email| !email.is_empty())
}

/// What rows of one person have in common: name, id and address in lower case.
type Key = [String; 3];

fn key(row: &Row) -> Key {
    let text = |field: usize| row.get(field).map(words_on_one_line).unwrap_or_default().to_lowercase();
    [full_name(row).unwrap_or_default().to_lowercase(), text(ID), text(EMAIL)]
}

/// The name in a row, which may be in two columns.
///
/// # Errors
/// The row is skipped.
fn full_name(row: &Row) -> Result<String, String> {
    let whole = [GIVEN_NAME, FAMILY_NAME].into_iter().filter_map(|field| row.get(field)).map(words_on_one_line);
    let whole = whole.collect::<Vec<_>>().join(" ");
    if row.problem.is_none() && row.get(NAME).is_none() && !whole.is_empty() { Ok(whole) } else { name(row, NAME) }
}

/// # Errors
/// Why the row is skipped.
fn person(
    row: &Row,
    plan: &Plan,
    given: &HashSet<String>,
    ids: &mut FreshIds,
    warn: &mut dyn FnMut(String),
) -> Result<Person, String> {
    let name = full_name(row)?;
    let wanted = row.get(ID).unwrap_or_default().to_lowercase();
    let by_id = plan.people().iter().find(|person| !wanted.is_empty() && person.id.as_str().to_lowercase() == wanted);
    // Another row is about a person whose id it has.
    let is_free = |person: &Person| wanted.is_empty() || !given.contains(&person.id.as_str().to_lowercase());
    let has_name = |person: &Person| person.name.to_lowercase() == name.to_lowercase();
    let same_name = || plan.people().iter().find(|person| has_name(person) && is_free(person));
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
    person.informed_of =
        read_cell(row, INFORMED_OF, warn, |text| informed_of::read(plan, text)).unwrap_or(person.informed_of);
    Ok(person)
}

/// A warning names at most this many people.
const MOST_NAMES: usize = 5;

/// Says who stays in teams of the plan that the table does not name for them.
fn staying(members: &BTreeMap<String, Members>, plan: &Plan) -> Option<String> {
    let mut named: BTreeMap<&PersonId, BTreeSet<String>> = BTreeMap::new();
    for (team, members) in members {
        for person in &members.people {
            named.entry(person).or_default().insert(team.to_lowercase());
        }
    }
    let stays = plan.teams().iter().flat_map(|team| {
        let is_there =
            |person: &&PersonId| named.get(person).is_some_and(|teams| !teams.contains(&team.name.to_lowercase()));
        team.people.iter().filter(is_there).map(|person| (person, &team.name)).collect::<Vec<_>>()
    });
    let stays: Vec<String> = stays
        .filter_map(|(person, team)| Some(format!("\"{}\" in \"{team}\"", plan.people().get(person)?.name)))
        .collect();
    let names = list_in_sentence(stays.iter(), MOST_NAMES);
    (!stays.is_empty()).then(|| format!("Nobody is removed from a team that the table does not name: {names}"))
}

/// What becomes of the teams.
#[derive(Default)]
struct PutTeams {
    new_teams: usize,
    /// Teams of the plan that have another address now.
    new_addresses: usize,
    /// Who is new in a team.
    people: BTreeSet<PersonId>,
}

/// Adds people to the teams of the plan, or to new ones. Nobody is removed from a team.
fn put_teams(members: BTreeMap<String, Members>, plan: &Plan, imported: &mut Imported) -> PutTeams {
    let mut put = PutTeams::default();
    let mut ids = FreshIds::default();
    for (name, Members { people, email }) in members {
        let old = plan.teams().iter().find(|team| team.name.to_lowercase() == name.to_lowercase());
        let mut team = old.map_or_else(
            || Team::new(TeamId::new(&ids.fresh(&name, |id| plan.teams().contains(&id.into()))), &name),
            |team| Team::clone(team),
        );
        let mut is_changed = false;
        for person in people {
            if !team.people.contains(&person) {
                is_changed = true;
                team.people.push(person.clone());
                put.people.insert(person);
            }
        }
        if !email.is_empty() && email != team.email {
            is_changed = true;
            put.new_addresses += usize::from(old.is_some());
            team.email = email;
        }
        if is_changed {
            put.new_teams += usize::from(old.is_none());
            imported.edits.push(Edit::PutTeam(team));
        }
    }
    put
}
