//! The card about what others wrote to the plan's file or to a conflicted copy of it. It is over the view, which stays
//! usable, until somebody decides.

use egui::{
    Align, Align2, Area, Button, Frame, Id, Key, Label, Layout, Margin, Modifiers, Order, Pos2, RichText, Ui, Vec2,
};
use lucide_icons::Icon;

use crate::session::{
    ChangedFile, Command, CopyChange, CopyState, FileChange, MergeBase, MergeOutcome, OutsideCard, Session, ViewKind,
};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, icon_text, muted, primary_button, strong};
use crate::wording::counted;

const WIDTH: f32 = 440.0;
/// The distance from the corner of the view.
const MARGIN: f32 = 16.0;
/// At most this many new findings are listed.
const MOST_FINDINGS: usize = 3;

/// The contents of the card.
struct CardTexts {
    icon: Icon,
    title: String,
    /// The first is the most important one.
    lines: Vec<String>,
    /// Commands with their short names on the card. The first is the highlighted one.
    buttons: Vec<(Command, &'static str)>,
}

/// Draws the card in the lower right corner of the view. Draws nothing if there is nothing to decide.
pub fn outside_ui(ui: &Ui, cx: &Cx<'_>, session: &Session) {
    let Some(card) = session.outside.card() else {
        return ui.data_mut(|data| data.remove::<bool>(focus_id()));
    };
    let texts = texts(session, card);
    let room = ui.max_rect();
    let corner = Pos2::new(room.right() - MARGIN, room.bottom() - MARGIN);
    let width = WIDTH.min(room.width() - 2.0 * MARGIN);
    let area = Area::new(Id::unique("outside changes")).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM);
    area.fixed_pos(corner).show(ui.ctx(), |ui| {
        let frame = Frame::popup(ui.style()).inner_margin(Margin::same(14)).corner_radius(theme::CARD_RADIUS);
        frame.show(ui, |ui| {
            ui.set_width(width - 28.0);
            card_ui(ui, cx, &texts, session.outside.wants_focus);
        });
    });
}

fn card_ui(ui: &mut Ui, cx: &Cx<'_>, texts: &CardTexts, wants_focus: bool) {
    let mut has_focus = false;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = Vec2::new(10.0, 6.0);
        ui.label(icon_text(texts.icon, 18.0).color(cx.colors.warning));
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            let hide = icon_button(ui, Icon::X, Command::DecideLater.name(), true);
            has_focus |= hide.has_focus();
            if hide.clicked() {
                cx.run(Command::DecideLater);
            }
            ui.with_layout(Layout::top_down(Align::Min), |ui| {
                lines_ui(ui, cx, texts);
                ui.add_space(6.0);
                has_focus |= buttons_ui(ui, cx, &texts.buttons, wants_focus);
            });
        });
    });
    // egui takes the focus from a widget at the beginning of the frame in which Escape is pressed.
    let had_focus = ui.data(|data| data.get_temp::<bool>(focus_id())).unwrap_or_default();
    if had_focus && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        cx.run(Command::DecideLater);
    }
    ui.data_mut(|data| data.insert_temp(focus_id(), has_focus));
}

/// Where it is kept whether a button of the card had the focus in the last frame.
fn focus_id() -> Id {
    Id::unique("outside changes had the focus")
}

fn lines_ui(ui: &mut Ui, cx: &Cx<'_>, texts: &CardTexts) {
    let title = ui.add(Label::new(strong(&texts.title)).wrap());
    // Screen readers announce it when it appears.
    ui.ctx().accesskit_node_builder(title.id, |node| node.set_live(egui::accesskit::Live::Polite));
    for (index, line) in texts.lines.iter().enumerate() {
        let line = if index == 0 { RichText::new(line) } else { muted(cx, line) };
        ui.add(Label::new(line).wrap());
    }
}

/// Returns whether a button has the focus.
fn buttons_ui(ui: &mut Ui, cx: &Cx<'_>, buttons: &[(Command, &'static str)], wants_focus: bool) -> bool {
    let mut has_focus = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(8.0);
        for (index, (command, text)) in buttons.iter().enumerate() {
            let button = |ui: &mut Ui| {
                if index == 0 { primary_button(ui, cx, text) } else { ui.add(Button::new(*text)) }
            };
            let response = ui.add_enabled_ui(cx.is_enabled(*command), button).inner;
            if index == 0 && wants_focus {
                response.request_focus();
            }
            has_focus |= response.has_focus();
            if response.clicked() {
                cx.run(*command);
            }
            response.on_hover_text(hover_text(ui, *command));
        }
    });
    has_focus
}

fn hover_text(ui: &Ui, command: Command) -> String {
    let keys = keys::text(ui.ctx(), command);
    if keys.is_empty() { command.help().to_owned() } else { format!("{} ({keys})", command.help()) }
}

fn texts(session: &Session, card: OutsideCard<'_>) -> CardTexts {
    match card {
        OutsideCard::Outcome(outcome) => outcome_texts(session, outcome),
        OutsideCard::File(FileChange::Changed(change)) => changed_texts(session, change),
        OutsideCard::File(FileChange::Missing) => CardTexts {
            icon: Icon::FileX2,
            title: format!("{} is gone", session.file.name()),
            lines: vec![
                "Another person or program has moved or deleted it, or its folder cannot be reached.".to_owned(),
            ],
            buttons: vec![(Command::KeepMine, "Write it again"), (Command::SaveAs, "Save as…")],
        },
        OutsideCard::File(FileChange::Unreadable(why)) => CardTexts {
            icon: Icon::FileX2,
            title: format!("{} cannot be read as a plan", session.file.name()),
            lines: vec![why.clone(), "The plan as you see it is complete.".to_owned()],
            buttons: vec![(Command::KeepMine, "Overwrite it"), (Command::SaveAs, "Save as…")],
        },
        OutsideCard::Copy(copy) => copy_texts(session, copy),
    }
}

fn changed_texts(session: &Session, change: &ChangedFile) -> CardTexts {
    let who = change.who.as_deref().unwrap_or("another program");
    let when = change.when.as_ref().map(|when| format!(" {when}")).unwrap_or_default();
    let mut lines = Vec::new();
    lines.extend((!change.changes.is_empty()).then(|| change.changes.clone()));
    let is_unsaved = session.is_unsaved();
    let mut buttons = Vec::new();
    if session.file.read_only_reason().is_some() {
        lines.push("You see the plan as it was before.".to_owned());
        buttons.extend([(Command::Reload, "Reload"), (Command::CompareWithDisk, "Compare")]);
    } else if is_unsaved && change.is_mergeable {
        lines.push("You have unsaved changes. Merging keeps both, as one step that can be undone.".to_owned());
        buttons.extend([
            (Command::MergeOutsideChange, "Merge"),
            (Command::Reload, "Reload"),
            (Command::KeepMine, "Keep mine"),
            (Command::CompareWithDisk, "Compare"),
        ]);
    } else {
        lines.push(not_merged_in_words(session, change));
        buttons.extend((!change.is_mergeable).then_some((Command::SaveAs, "Save as…")));
        buttons.extend([
            (Command::Reload, "Reload"),
            (Command::KeepMine, "Keep mine"),
            (Command::CompareWithDisk, "Compare"),
        ]);
    }
    let title = format!("{} was changed by {who}{when}", session.file.name());
    CardTexts { icon: Icon::FilePen, title, lines, buttons }
}

/// Why the card does not offer to merge the file, and what to do.
fn not_merged_in_words(session: &Session, change: &ChangedFile) -> String {
    let theirs = &change.found.loaded.plan;
    let is_other = theirs.id() != session.plan().id();
    match (session.is_unsaved(), is_other) {
        (true, true) => format!(
            "It cannot be merged, because it is another plan: {}. Saving yours under another name keeps both.",
            theirs.title()
        ),
        (true, false) => "It cannot be merged, because it has fields that this version does not know. Saving yours \
                          under another name keeps both."
            .to_owned(),
        (false, true) => {
            format!("You have no unsaved changes. Reloading opens {} instead of your plan.", theirs.title())
        }
        (false, false) if !change.is_mergeable => "You have no unsaved changes. It has fields that this version does \
                                                   not know."
            .to_owned(),
        (false, false) => "You have no unsaved changes. Reloading can be undone.".to_owned(),
    }
}

fn copy_texts(session: &Session, copy: &CopyChange) -> CardTexts {
    let name = copy.copy.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let plan = session.file.name();
    let delete = (Command::DeleteCopy, "Delete the copy");
    let compare = (Command::CompareWithDisk, "Compare");
    let later = (Command::DecideLater, "Later");
    let (title, mut lines, buttons) = match &copy.state {
        CopyState::Offered | CopyState::Merged(_) => {
            let when = copy.when.as_ref().map(|when| format!("Written {when}. ")).unwrap_or_default();
            let conflicts = (copy.conflicts > 0).then(|| format!("{} to decide", counted(copy.conflicts, "conflict")));
            let changes = Some(copy.changes.clone()).filter(|changes| !changes.is_empty());
            let mut effects: Vec<String> = changes.into_iter().chain(conflicts).collect();
            if effects.is_empty() {
                effects.push("changes that a comparison does not show, such as answers or advisories".to_owned());
            }
            let mut lines = vec![format!("{when}Merging it: {}", effects.join("; "))];
            lines.extend(base_in_words(&copy.base));
            (
                format!("A sync tool left a conflicted copy of {plan}"),
                lines,
                vec![(Command::MergeOutsideChange, "Merge"), compare, later],
            )
        }
        CopyState::NothingNew => (
            format!("The plan has everything from a conflicted copy of {plan}"),
            vec!["Deleting the copy loses nothing, and it is kept in Versions.".to_owned()],
            vec![delete, compare, later],
        ),
        CopyState::Saved => (
            format!("A conflicted copy of {plan} is merged and saved"),
            vec!["Delete the copy, so that it is not merged again? It is kept in Versions.".to_owned()],
            vec![delete, (Command::DecideLater, "Keep it")],
        ),
        CopyState::Unmergeable(why) => {
            (format!("A conflicted copy of {plan} cannot be merged"), vec![why.clone()], vec![compare, later])
        }
        CopyState::Unreadable(why) => (
            format!("A conflicted copy of {plan} cannot be read"),
            vec![format!(
                "{why} It may have changes that the plan lacks: ask who wrote it, or wait for the sync tool."
            )],
            vec![later],
        ),
    };
    lines.insert(1, name);
    let others = session.outside.open_copies().filter(|copy| !copy.is_postponed).count().saturating_sub(1);
    lines.extend((others > 0).then(|| format!("{} after this one", counted(others, "more copy"))));
    CardTexts { icon: Icon::Files, title, lines, buttons }
}

fn base_in_words(base: &MergeBase) -> Option<String> {
    match base {
        MergeBase::Saved => None,
        MergeBase::Version(saved) => Some(format!("Both began with the version of {saved}.")),
        MergeBase::Unknown => Some(
            "The version with which both began is not known, so every field that differs is a conflict to decide."
                .to_owned(),
        ),
    }
}

fn outcome_texts(session: &Session, outcome: &MergeOutcome) -> CardTexts {
    let mut lines: Vec<String> =
        Some(outcome.changes.clone()).filter(|changes| !changes.is_empty()).into_iter().collect();
    let conflicts = outcome.conflicts.min(session.plan().conflicts().len());
    lines.extend((conflicts > 0).then(|| format!("{} to resolve", counted(conflicts, "conflict"))));
    lines.extend(outcome.renamed.iter().cloned());
    if !outcome.findings.is_empty() {
        lines.push(format!("{}, which neither side had:", counted(outcome.findings.len(), "new finding")));
        lines.extend(outcome.findings.iter().take(MOST_FINDINGS).cloned());
        let more = outcome.findings.len().saturating_sub(MOST_FINDINGS);
        lines.extend((more > 0).then(|| format!("and {more} more")));
    }
    lines.extend(base_in_words(&outcome.base));
    CardTexts {
        icon: Icon::GitMerge,
        title: format!("{} is merged, but not saved yet", outcome.name),
        lines,
        buttons: vec![
            (Command::Show(ViewKind::Findings), "Show findings"),
            (Command::Undo, "Undo"),
            (Command::DecideLater, "Close"),
        ],
    }
}

/// In the status bar: what there is to decide while the card is hidden. A click shows the card.
pub fn outside_status_ui(ui: &mut Ui, cx: &Cx<'_>, session: &Session) {
    let outside = &session.outside;
    if !outside.is_open() || outside.card().is_some() {
        return;
    }
    let words = if outside.file().is_some() {
        format!("{} changed on disk", session.file.name())
    } else {
        counted(outside.open_copies().count(), "conflicted copy")
    };
    let text = RichText::new(words).font(theme::strong(theme::SMALL)).color(cx.colors.warning);
    let hover = hover_text(ui, Command::ShowOutsideChanges);
    if quiet_button(ui, cx, Button::new(text)).on_hover_text(hover).clicked() {
        cx.run(Command::ShowOutsideChanges);
    }
}
