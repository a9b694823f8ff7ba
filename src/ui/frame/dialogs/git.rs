//! The plan in Git: its branch, what is uncommitted, the commits to pull, and the message of a commit.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};
use lucide_icons::Icon;

use crate::session::{Action, Session};
use crate::store::{GitFileState, GitReport, IncomingChanges, OUTDATED};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::modal::{Buttons, DialogButton, body, close, titled_form};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_text, job_bar, muted, strong, text};

const WIDTH: f32 = 640.0;
/// Height of each list; longer ones scroll.
const LIST: f32 = 96.0;
/// Lines of the message that are visible.
const LINES: usize = 5;
/// Width of the progress bar.
const BAR: f32 = 320.0;

/// The state of the dialog between frames.
#[derive(Default)]
pub struct GitDraft {
    /// The message as edited.
    message: String,
    /// The suggested message that it began with.
    suggested: String,
}

pub fn git_ui(ui: &Ui, cx: &Cx<'_>, session: &Session, draft: &mut GitDraft, is_new: bool) {
    let git = &session.git;
    // An edited message stays while the changes are the same.
    if draft.suggested != git.message && git.report.is_some() {
        git.message.clone_into(&mut draft.suggested);
        git.message.clone_into(&mut draft.message);
    }
    let job = git.committing.and_then(|id| session.jobs.running(id));
    let can_commit = matches!(&git.report, Some(Ok(report)) if may_commit(session, report));
    let mut pressed = None;
    let closes = titled_form(ui, "Git", WIDTH, |ui| {
        match &git.report {
            None => match session.jobs.shown() {
                Some(job) => job_bar(ui, cx, &job, BAR),
                None => body(ui, "Reading the changes"),
            },
            Some(Err(why)) => body(ui, &sentence(why)),
            Some(Ok(report)) => {
                report_ui(ui, cx, session, report);
                if can_commit || job.is_some() {
                    message_ui(ui, cx, draft, job.is_none());
                }
            }
        }
        if let Some(failure) = &git.failure {
            failure_ui(ui, cx, failure);
        }
        if let Some(job) = &job {
            ui.add_space(10.0);
            job_bar(ui, cx, job, BAR);
        }
        let buttons = Buttons {
            yes: (can_commit && job.is_none()).then_some("Commit"),
            other: job.as_ref().map(|_| "Stop"),
            cancel: "Close",
            default: if can_commit && job.is_none() { DialogButton::Yes } else { DialogButton::Cancel },
            is_blocked: job.is_none() && draft.message.trim().is_empty(),
        };
        pressed = buttons.show(ui, cx, is_new);
    });
    match (pressed, &job) {
        (Some(DialogButton::Yes), None) => cx.send(Action::Commit(draft.message.clone())),
        (Some(DialogButton::Other), Some(job)) => cx.send(Action::CancelJob(job.id)),
        (Some(DialogButton::Cancel), _) => close(cx),
        _ if closes => close(cx),
        _ => {}
    }
}

/// Whether there is something to commit that Git accepts.
fn may_commit(session: &Session, report: &GitReport) -> bool {
    // It may have been saved since the dialog was opened.
    let status = match &session.git.status {
        Some(Ok(status)) => status,
        Some(Err(_)) | None => &report.status,
    };
    let is_changed = status.file != GitFileState::Committed || session.is_unsaved();
    is_changed && obstacle(session, report).is_none()
}

/// Why the plan cannot be committed. Saving asks if the file was changed by somebody else, and then it is the plan's.
fn obstacle(session: &Session, report: &GitReport) -> Option<String> {
    let is_outdated = report.is_outdated && session.git.failure.is_none() && !session.is_unsaved();
    report.status.obstacle().or_else(|| is_outdated.then(|| OUTDATED.to_owned()))
}

fn report_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session, report: &GitReport) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon_text(Icon::GitBranch, 15.0).color(cx.colors.muted));
        ui.add(Label::new(strong(report.status.branch.in_words())).truncate());
    });
    let upstream = match &report.upstream {
        Some(upstream) => upstream.clone(),
        None => "This branch has no upstream, so nothing is known of what others pushed.".to_owned(),
    };
    ui.add(Label::new(muted(cx, upstream)).wrap());
    heading(ui, "Not committed");
    let uncommitted = if report.is_outdated && !session.is_unsaved() {
        vec!["Changes by another program, which this window does not show.".to_owned()]
    } else {
        report.uncommitted_in_words()
    };
    if uncommitted.is_empty() {
        ui.label(muted(cx, "Nothing: the plan is as in the last commit."));
    } else {
        lines_ui(ui, cx, "uncommitted", &uncommitted);
        if session.is_unsaved() {
            ui.label(muted(cx, "Including unsaved changes. Committing saves the plan first."));
        }
    }
    if let Some(incoming) = &report.incoming {
        incoming_ui(ui, cx, incoming);
    }
    if let Some(obstacle) = obstacle(session, report) {
        ui.add_space(10.0);
        text(ui, RichText::new(sentence(&obstacle)).color(cx.colors.warning));
    }
}

fn incoming_ui(ui: &mut Ui, cx: &Cx<'_>, incoming: &IncomingChanges) {
    heading(ui, &incoming.title());
    lines_ui(ui, cx, "commits", &incoming.commits_in_words(&cx.schedule().zone));
    heading(ui, "What they change in this plan");
    lines_ui(ui, cx, "incoming", &incoming.changes_in_words());
    ui.add_space(2.0);
    ui.add(Label::new(muted(cx, "To get them, commit, pull with Git, and open the plan again.")).wrap());
}

fn heading(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(strong(words));
    ui.add_space(2.0);
}

/// Lines that scroll if there are many.
fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, lines: &[String]) {
    ScrollArea::vertical().id_salt(name).max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        for line in lines {
            ui.add(Label::new(RichText::new(line).color(cx.colors.text)).wrap());
        }
    });
}

fn message_ui(ui: &mut Ui, cx: &Cx<'_>, draft: &mut GitDraft, is_enabled: bool) {
    heading(ui, "Message");
    ScrollArea::vertical().id_salt("message").max_height(LIST + 24.0).show(ui, |ui| {
        let field = TextEdit::multiline(&mut draft.message).desired_rows(LINES).desired_width(f32::INFINITY);
        let field = field.hint_text("What changed, and why");
        ui.add_enabled(is_enabled, field).accessible_name("Message");
    });
    ui.add_space(2.0);
    ui.label(muted(cx, "Only this plan is committed. Nothing is pushed."));
}

/// What Git and its hooks wrote.
fn failure_ui(ui: &mut Ui, cx: &Cx<'_>, failure: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new("Not committed").font(theme::strong(theme::TEXT)).color(cx.colors.error));
    ScrollArea::vertical().id_salt("failure").max_height(LIST).auto_shrink([false, true]).show(ui, |ui| {
        ui.add(Label::new(RichText::new(failure).color(cx.colors.error)).wrap());
    });
}

/// With a capital letter and a full stop.
fn sentence(words: &str) -> String {
    let words = crate::wording::capitalised(words);
    if words.ends_with(['.', '!', '?']) { words } else { format!("{words}.") }
}
