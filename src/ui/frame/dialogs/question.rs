//! Questions the program asks before it goes on: a text that says what will happen, and verbs as answers.

use std::path::Path;

use egui::{ScrollArea, Ui};

use crate::session::{Action, After, Question, QuestionAnswer};
use crate::store::{RecoveryOffer, RecoveryOwner};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, body, titled};
use crate::ui::parts::widgets::muted;

const WIDTH: f32 = 460.0;
const DETAILS: f32 = 220.0;

/// The texts of a question.
struct QuestionTexts {
    title: String,
    text: String,
    /// Listed below the text.
    details: Vec<String>,
    yes: Option<String>,
    other: Option<String>,
    cancel: &'static str,
    /// An answer that can be undone or loses nothing.
    default: DialogButton,
}

pub fn question_ui(ui: &Ui, cx: &Cx<'_>, question: &Question, is_new: bool) {
    let Some(words) = words(cx, question) else { return };
    let mut pressed = None;
    let closes = titled(ui, &words.title, WIDTH, |ui| {
        body(ui, &words.text);
        details_ui(ui, cx, &words.details, DETAILS);
        let buttons = Buttons {
            yes: words.yes.as_deref(),
            other: words.other.as_deref(),
            cancel: words.cancel,
            default: words.default,
            is_blocked: false,
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    if let Some(answer) = answer(pressed, closes) {
        cx.send(Action::Answer(answer));
    }
}

/// Converts a pressed button to an answer; closing a question counts as Cancel.
pub fn answer(pressed: Option<DialogButton>, closes: bool) -> Option<QuestionAnswer> {
    match pressed {
        Some(DialogButton::Yes) => Some(QuestionAnswer::Yes),
        Some(DialogButton::Other) => Some(QuestionAnswer::Other),
        Some(DialogButton::Cancel) => Some(QuestionAnswer::Cancel),
        None => closes.then_some(QuestionAnswer::Cancel),
    }
}

/// A list that scrolls if it is higher than `tallest`.
pub fn details_ui(ui: &mut Ui, cx: &Cx<'_>, details: &[String], tallest: f32) {
    if details.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ScrollArea::vertical().max_height(tallest).auto_shrink([false, true]).show(ui, |ui| {
        for detail in details {
            ui.add(egui::Label::new(muted(cx, detail)).wrap());
        }
    });
}

fn words(cx: &Cx<'_>, question: &Question) -> Option<QuestionTexts> {
    match question {
        Question::SaveFirst { then } => Some(save_first(cx.plan().title(), then)),
        Question::DropsUnknown { path, fields } => Some(drops_unknown(path, fields)),
        Question::RollDropsUnknown { fields } => Some(QuestionTexts {
            title: "The new plan would lack unknown fields".to_owned(),
            text:
                "This plan was written by a newer version or edited in a text editor. It keeps these fields, but the \
                   plan of a later year would not have them."
                    .to_owned(),
            details: fields.clone(),
            yes: Some("Roll forward without them".to_owned()),
            other: None,
            cancel: "Cancel",
            default: DialogButton::Cancel,
        }),
        Question::DeleteRecovery(offer) => Some(delete_recovery(offer)),
        Question::Edit(proposal) => Some(QuestionTexts {
            title: proposal.title.clone(),
            text: proposal.text.clone(),
            details: proposal.details.clone(),
            yes: Some(proposal.verb.clone()),
            other: None,
            cancel: "Cancel",
            default: DialogButton::Cancel,
        }),
        // These have their own dialogs.
        Question::ChangedOnDisk { .. } | Question::Import(_) => None,
    }
}

fn drops_unknown(path: &Path, fields: &[String]) -> QuestionTexts {
    QuestionTexts {
        title: "Saving would drop unknown fields".to_owned(),
        text: format!(
            "{} was written by a newer version or edited in a text editor. Saving would remove these fields from it; \
             saving to another file leaves it unchanged.",
            file_name(path)
        ),
        details: fields.to_vec(),
        yes: Some("Save without them".to_owned()),
        other: Some("Save another file…".to_owned()),
        cancel: "Cancel",
        default: DialogButton::Other,
    }
}

fn delete_recovery(offer: &RecoveryOffer) -> QuestionTexts {
    let (name, details) = match &offer.owner {
        RecoveryOwner::File(path) => (file_name(path), vec![path.display().to_string()]),
        RecoveryOwner::Untitled(_) => ("a new plan".to_owned(), Vec::new()),
    };
    QuestionTexts {
        title: format!("Delete the unsaved changes to {name}?"),
        text: "They cannot be restored afterwards. The plan file stays as it is.".to_owned(),
        details,
        yes: Some("Delete them".to_owned()),
        other: None,
        cancel: "Keep them",
        default: DialogButton::Cancel,
    }
}

fn save_first(title: &str, then: &After) -> QuestionTexts {
    let (before, without) = match then {
        After::Open(path) => (format!("opening {}", file_name(path)), "Open without saving"),
        After::Start(plan) | After::StartRolled(plan) => (format!("starting {}", plan.title()), "Start without saving"),
        After::Recover { .. } => ("restoring other changes".to_owned(), "Restore without saving"),
        After::Commit(_) => ("committing".to_owned(), "Commit without saving"),
        After::Close => ("quitting".to_owned(), "Quit without saving"),
    };
    QuestionTexts {
        title: format!("Save {title} before {before}?"),
        text: "The plan has unsaved changes. They are lost unless you save.".to_owned(),
        details: Vec::new(),
        yes: Some("Save".to_owned()),
        other: Some(without.to_owned()),
        cancel: "Cancel",
        default: DialogButton::Yes,
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
