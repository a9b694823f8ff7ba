//! The sender and the wording of invites.

use serde::{Deserialize, Serialize};

use super::is_default;

/// The sender and the wording of invites. Subject and bodies may contain fields in braces, listed in
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
    /// The body for those who are informed and need not answer.
    #[serde(default = "usual_information", skip_serializing_if = "is_usual_information")]
    pub information: String,
}

impl InviteTexts {
    /// Each field, and what it is replaced by.
    pub const FIELDS: [(&'static str, &'static str); 15] = [
        ("window", "name of the window"),
        ("date", "date of the occurrence"),
        ("start", "start, with the zone's short name"),
        ("end", "end"),
        ("before", "date and start that the recipient was sent last, in an update"),
        ("type", "type of the window"),
        ("systems", "the owner's systems in it; for others all systems"),
        ("impact", "expected downtime and workarounds"),
        ("rollback", "roll back by"),
        ("answer-by", "last day for an answer"),
        ("area", "business areas that the owner answers for; for others all areas"),
        ("reason", "why somebody who need not answer is informed"),
        ("owner", "name of the recipient"),
        ("organizer", "name of the sender"),
        ("plan", "title of the plan"),
    ];
}

impl Default for InviteTexts {
    fn default() -> Self {
        Self {
            organizer: String::new(),
            email: String::new(),
            subject: usual_subject(),
            body: usual_body(),
            information: usual_information(),
        }
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

fn usual_information() -> String {
    "Dear {owner},\n\n\
     {window} is planned for {date}, {start} to {end}.\n\n\
     {reason}\n\n\
     Systems: {systems}\n\
     Impact and workarounds: {impact}\n\
     Roll back by: {rollback}\n\n\
     This is for your information. No answer is needed.\n\n\
     {organizer}"
        .to_owned()
}

fn is_usual_information(information: &String) -> bool {
    *information == usual_information()
}

fn is_usual_subject(subject: &String) -> bool {
    *subject == usual_subject()
}

fn is_usual_body(body: &String) -> bool {
    *body == usual_body()
}
