//! The sender and the wording of invites.

use serde::{Deserialize, Serialize};

use super::is_default;

/// The sender and the wording of invites. Subject and body may contain fields in braces, listed in
/// [`InviteTexts::FIELDS`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteTexts {
    /// The name of the sender, who also receives the answers.
    #[serde(default, skip_serializing_if = "is_default")]
    pub organizer: String,
    #[serde(default, skip_serializing_if = "is_default")]
    pub email: String,
    #[serde(default = "usual_subject", skip_serializing_if = "is_usual_subject")]
    pub subject: String,
    #[serde(default = "usual_body", skip_serializing_if = "is_usual_body")]
    pub body: String,
}

impl InviteTexts {
    /// Each field, and what it is replaced by.
    pub const FIELDS: [(&'static str, &'static str); 14] = [
        ("window", "name of the window"),
        ("date", "date of the occurrence"),
        ("start", "start, with the zone's short name"),
        ("end", "end"),
        ("before", "date and start that the owner was sent last, in an update"),
        ("type", "type of the window"),
        ("systems", "the owner's systems in it"),
        ("impact", "expected downtime and workarounds"),
        ("rollback", "roll back by"),
        ("answer-by", "last day for an answer"),
        ("area", "business areas that the owner answers for"),
        ("owner", "name of the owner"),
        ("organizer", "name of the sender"),
        ("plan", "title of the plan"),
    ];
}

impl Default for InviteTexts {
    fn default() -> Self {
        Self { organizer: String::new(), email: String::new(), subject: usual_subject(), body: usual_body() }
    }
}

fn usual_subject() -> String {
    "Maintenance window {window}, {date}".to_owned()
}

fn usual_body() -> String {
    "Dear {owner},\n\n\
     {window} is planned for {date}, {start} to {end}, and affects systems of {area}: {systems}.\n\n\
     Impact and workarounds: {impact}\n\
     Roll back by: {rollback}\n\n\
     Please accept or decline by {answer-by}.\n\n\
     {organizer}"
        .to_owned()
}

fn is_usual_subject(subject: &String) -> bool {
    *subject == usual_subject()
}

fn is_usual_body(body: &String) -> bool {
    *body == usual_body()
}
