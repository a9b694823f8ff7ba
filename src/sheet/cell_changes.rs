//! Changes of cells as one edit, and what is wrong with the cells that cannot be changed.

use std::sync::Arc;

use super::record_kind::RecordKind;
use super::selection::Position;
use super::sheets::sheet;
use crate::model::{Edit, Plan, Subject};

/// A text for a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellChange {
    pub subject: Subject,
    /// By its index among all columns of the kind.
    pub column: usize,
    pub text: String,
    /// Where the text comes from: its row and column in what was pasted, or in the table.
    pub source: Position,
}

/// Why a cell cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    pub source: Position,
    /// The title of the column.
    pub column: &'static str,
    pub text: String,
    /// What is wrong, and what to write instead.
    pub problem: String,
}

impl CellProblem {
    /// "Row 3, Hosts: Invalid number "many": use …"
    pub fn in_words(&self) -> String {
        format!("Row {}, {}: {}", self.source.row + 1, self.column, self.problem)
    }
}

/// What a change of cells means.
#[derive(Clone, Debug, Default)]
pub struct SheetChange {
    /// None if it changes nothing.
    pub edit: Option<Edit>,
    /// How many cells get another text.
    pub cells: usize,
    /// How many cells already have the text.
    pub same: usize,
    pub problems: Vec<CellProblem>,
}

/// Writes texts into cells, in their order, as one edit. `label` gets the number of cells that change.
pub fn change_cells(
    plan: &Arc<Plan>,
    kind: RecordKind,
    changes: &[CellChange],
    label: impl FnOnce(usize) -> String,
) -> SheetChange {
    let sheet = sheet(kind);
    let columns = sheet.columns();
    let mut result = SheetChange::default();
    let mut edits: Vec<Edit> = Vec::new();
    // Edits of other records build on those before them.
    let mut current = Arc::clone(plan);
    for run in changes.chunk_by(|a, b| a.subject == b.subject) {
        let cells: Vec<(usize, &str)> = run.iter().map(|change| (change.column, change.text.as_str())).collect();
        let written = sheet.write(&current, &run[0].subject, &cells);
        result.cells += written.cells;
        result.same += run.len() - written.problems.len() - written.cells;
        for (column, problem) in written.problems {
            let Some(change) = run.iter().find(|change| change.column == column) else { continue };
            let title = columns.get(column).map_or("", |column| column.title);
            let (source, text) = (change.source, change.text.clone());
            result.problems.push(CellProblem { source, column: title, text, problem });
        }
        for edit in written.edits.iter().filter(|_| written.has_others) {
            if let Ok(next) = current.apply(edit) {
                current = Arc::new(next);
            }
        }
        edits.extend(written.edits);
    }
    result.edit = match edits.len() {
        0 => None,
        // So that the first name of a new record gives it its id.
        1 => edits.pop(),
        _ => Some(Edit::Together { label: label(result.cells), edits }),
    };
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ChangeFreeze, DeploymentGroup, Horizon, Ladder, MaintenanceWindow, Person, System, Team};

    fn plan() -> Arc<Plan> {
        let mut parts = Plan::new("p".into(), "P", Horizon::year(2027), "UTC").to_parts();
        let system = |id: &str, name: &str| System { id: id.into(), name: name.into(), hosts: 3, ..System::default() };
        parts.systems = [system("a", "Web"), system("b", "Core")].into_iter().collect();
        parts.people = [Person::new("ann".into(), "Ann"), Person::new("bo".into(), "Berg, Bo")].into_iter().collect();
        parts.teams = [Team::new("dba".into(), "DBA")].into_iter().collect();
        let plan = Plan::from(parts);
        let freeze = plan.new_freeze_on("2027-03-10".parse().unwrap(), "x");
        let rule = plan.new_window_on("2027-03-10".parse().unwrap(), "x").rule;
        let ladder = |id: &str| -> Ladder {
            let group = |name: &str| DeploymentGroup {
                id: format!("{id}-{name}").as_str().into(),
                name: name.to_owned(),
                ..plan.new_ladder("x").groups[0].clone()
            };
            Ladder {
                id: id.into(),
                name: id.to_owned(),
                groups: vec![group("Test"), group(&format!("Live, {id}"))],
                ..plan.new_ladder("x")
            }
        };
        let edits = [
            Edit::PutLadder(ladder("one")),
            Edit::PutLadder(ladder("two")),
            Edit::PutFreeze(ChangeFreeze { id: "f".into(), ..freeze }),
            Edit::PutWindow(MaintenanceWindow::new("w".into(), "W", rule)),
        ];
        Arc::new(edits.iter().fold(plan, |plan, edit| plan.apply(edit).unwrap()))
    }

    fn column(kind: RecordKind, title: &str) -> usize {
        sheet(kind).columns().iter().position(|column| column.title == title).unwrap()
    }

    /// Writes texts into columns of one record.
    fn write(subject: &Subject, cells: &[(&str, &str)]) -> SheetChange {
        let kind = RecordKind::for_subject(subject).unwrap();
        let change = |(title, text): &(&str, &str)| CellChange {
            subject: subject.clone(),
            column: column(kind, title),
            text: (*text).to_owned(),
            source: Position { row: 0, column: 0 },
        };
        let changes: Vec<CellChange> = cells.iter().map(change).collect();
        change_cells(&plan(), kind, &changes, |cells| format!("Change {cells} cells"))
    }

    /// What is wrong with a text.
    fn problem(subject: &Subject, title: &str, text: &str) -> Option<String> {
        let change = write(subject, &[(title, text)]);
        assert!(change.edit.is_none() || change.problems.is_empty());
        change.problems.into_iter().map(|problem| problem.problem).next()
    }

    #[test]
    fn the_same_text_or_value_again_changes_nothing() {
        let system = Subject::System("a".into());
        for (title, text) in [("Hosts", " 3 "), ("Name", "Web"), ("Environment", "prod"), ("Group", ""), ("Zone", "")] {
            let change = write(&system, &[(title, text)]);
            assert!(change.edit.is_none() && change.problems.is_empty(), "{title}");
            assert_eq!((change.cells, change.same), (0, 1), "{title}");
        }
        let change = write(&system, &[("Hosts", "4"), ("Name", "Web")]);
        assert_eq!((change.cells, change.same), (1, 1));
    }

    #[test]
    fn a_last_day_before_the_first_is_refused_and_both_together_are_not() {
        let freeze = Subject::Freeze("f".into());
        let told = problem(&freeze, "To", "2027-03-01").unwrap();
        assert_eq!(
            told,
            "The last day would be Mon 1 Mar 2027, before the first, Wed 10 Mar 2027: change the other one first"
        );
        assert!(problem(&freeze, "From", "2028-01-01").is_some());
        let both = write(&freeze, &[("From", "2028-01-01"), ("To", "2028-01-05"), ("Notes", "later")]);
        assert!(both.problems.is_empty() && both.edit.is_some());
        let mixed = write(&freeze, &[("Notes", "kept"), ("To", "2026-01-05")]);
        assert_eq!((mixed.problems.len(), mixed.cells, mixed.edit.is_some()), (1, 1, true));
        let window = Subject::Window("w".into());
        let change = write(&window, &[("First date", "2027-05-01"), ("Last date", "2027-04-01")]);
        assert_eq!((change.problems.len(), change.edit.is_none()), (2, true));
    }

    #[test]
    fn numbers_are_no_names_and_a_team_needs_somebody() {
        let team = Subject::Team("dba".into());
        let told = problem(&team, "Needed", "0").unwrap();
        assert_eq!(told, "Invalid number \"0\": use a whole number from 1 to 999, or all");
        assert_eq!(problem(&team, "Needed", "all"), None);
        assert_eq!(problem(&team, "In order", "2").unwrap(), "Unknown person \"2\": use Ann or Berg, Bo");
        assert_eq!(problem(&team, "In order", "Berg, Bo, Ann"), None);
        assert!(problem(&Subject::Person("ann".into()), "Teams", "1").is_some());
    }

    #[test]
    fn groups_are_named_with_their_ladder_where_that_is_needed() {
        let window = Subject::Window("w".into());
        let told = problem(&window, "Groups", "Test").unwrap();
        assert_eq!(told, "\"Test\" is a group of several ladders: use one: Test or two: Test");
        let change = write(&window, &[("Groups", "two: Test, Live, one")]);
        let Some(Edit::PutWindow(changed)) = change.edit else { panic!("{:?}", change.problems) };
        let groups: Vec<String> = changed.groups.iter().map(ToString::to_string).collect();
        assert_eq!(groups, ["one-Live, one", "two-Test"]);
    }
}
