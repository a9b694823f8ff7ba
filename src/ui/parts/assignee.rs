//! Choosing a person or a team.

use egui::Ui;

use super::cx::Cx;
use super::picker::optional_id;
use crate::model::{Assignee, Subject};

/// A list of teams and people, teams first, and of nobody. `otherwise` is the text for nobody.
pub fn assignee(
    ui: &mut Ui,
    cx: &Cx<'_>,
    name: &str,
    current: Option<&Assignee>,
    otherwise: &str,
) -> Option<Option<Assignee>> {
    let plan = cx.plan();
    let choices = || {
        let teams = plan.teams().iter().map(|team| (Subject::Team(team.id.clone()), format!("{} (team)", team.name)));
        let people = plan.people().iter().map(|person| (Subject::Person(person.id.clone()), person.name.clone()));
        teams.chain(people).collect()
    };
    let current = current.map(|who| match who {
        Assignee::Person(id) => Subject::Person(id.clone()),
        Assignee::Team(id) => Subject::Team(id.clone()),
    });
    let chosen = optional_id(ui, name, current.as_ref(), otherwise, &choices, |subject: &Subject| subject.name(plan))?;
    Some(chosen.and_then(|subject| match subject {
        Subject::Team(id) => Some(Assignee::Team(id)),
        Subject::Person(id) => Some(Assignee::Person(id)),
        _ => None,
    }))
}
