//! The list of everything that can be filtered by, below the saved filters.

use std::collections::BTreeSet;

use egui::{
    Align, Button, Id, Layout, Popup, PopupCloseBehavior, Pos2, Rect, RichText, ScrollArea, Ui, UiBuilder, Vec2,
};
use lucide_icons::Icon;

use super::{FilterState, inputs, set, traits};
use crate::model::Stage;
use crate::session::{
    Action, AgreementChoice, Command, FilterKind, FilterMatches, FilterPart, FilterStep, FindingsChoice,
};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::keys;
use crate::ui::parts::search::{SearchWords, search_ui};
use crate::ui::parts::theme;
use crate::ui::parts::widgets::{icon_button, muted};
use crate::wording::counted;

const ROW: f32 = 24.0;

/// A part that can be chosen.
pub struct Choice {
    part: FilterPart,
    title: String,
    /// How many windows would be left if it were the only one of its kind.
    count: usize,
}

/// A row of the list.
enum Row<'a> {
    Head(&'static str),
    Restore,
    Saved(&'a str),
    Part(&'a Choice),
}

/// The button that opens the list.
pub fn menu_ui(ui: &mut Ui, cx: &Cx<'_>, state: &mut FilterState) {
    let response = ui.add(Button::new("Filter by…")).on_hover_text("Choose stages, ladders, business areas and more");
    let popup = Popup::from_toggle_button_response(&response).width(300.0).gap(4.0);
    let popup = popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        let search = search_ui(ui, Id::unique("filter choices"), "filters", response.clicked());
        let choices = state.choices.get(inputs(cx), || choices(cx));
        let rows = rows(cx, &choices, &search.words);
        if rows.is_empty() {
            ui.weak("No match");
            return;
        }
        // Enter takes the first row that can be chosen.
        let first = rows.iter().find(|row| matches!(row, Row::Saved(_) | Row::Part(_)));
        match first.filter(|_| search.is_entered) {
            Some(Row::Saved(name)) => use_saved(ui, cx, name),
            Some(Row::Part(choice)) => set(cx, cx.navigation().filter.with_toggled(&choice.part)),
            Some(Row::Head(_) | Row::Restore) | None => {}
        }
        let area = ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]);
        area.show_rows(ui, ROW, rows.len(), |ui, visible| {
            for row in &rows[visible] {
                let rect = Rect::from_min_size(ui.cursor().min, Vec2::new(ui.available_width(), ROW));
                row_ui(ui, cx, rect, row);
            }
        });
    });
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, row: &Row<'_>) {
    match row {
        Row::Head(title) => {
            let layout = Layout::left_to_right(Align::Max);
            ui.scope_builder(UiBuilder::new().max_rect(rect).layout(layout), |ui| ui.label(muted(cx, *title)));
        }
        Row::Restore => {
            let keys = keys::text(ui.ctx(), Command::RestoreFilter);
            if ui.put(rect, Button::new(Command::RestoreFilter.name()).frame(false).shortcut_text(keys)).clicked() {
                cx.run(Command::RestoreFilter);
                ui.close();
            }
        }
        Row::Saved(name) => saved_ui(ui, cx, rect, name),
        Row::Part(choice) => {
            let filter = &cx.navigation().filter;
            let count = RichText::new(choice.count.to_string()).font(theme::regular(theme::SMALL));
            let button = Button::selectable(filter.parts.contains(&choice.part), choice.title.as_str())
                .truncate()
                .shortcut_text(count);
            let kind = choice.part.kind().name();
            let name = format!("{kind} {}, {}", choice.title, counted(choice.count as i64, "window"));
            if ui.put(rect, button).accessible_name(name).clicked() {
                set(cx, filter.with_toggled(&choice.part));
            }
        }
    }
}

fn use_saved(ui: &Ui, cx: &Cx<'_>, name: &str) {
    cx.send(Action::Filter(FilterStep::Use(name.to_owned())));
    ui.close();
}

/// A saved filter: a click uses it, the cross removes it.
fn saved_ui(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, name: &str) {
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let at = rect.with_max_x(rect.right() - 28.0);
        if ui
            .put(at, Button::selectable(false, name).truncate().shortcut_text(""))
            .accessible_name(format!("Use filter {name}"))
            .clicked()
        {
            use_saved(ui, cx, name);
        }
        let cross = Rect::from_min_size(Pos2::new(rect.right() - 26.0, rect.top() - 1.0), Vec2::splat(26.0));
        let mut corner = ui.new_child(UiBuilder::new().max_rect(cross));
        if icon_button(&mut corner, Icon::X, &format!("Remove saved filter {name}"), true).clicked() {
            cx.send(Action::Filter(FilterStep::Forget(name.to_owned())));
        }
    });
}

/// The saved filters and the choices that match the search, each kind below its head.
fn rows<'a>(cx: &Cx<'a>, choices: &'a [Choice], words: &SearchWords) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    if words.is_empty() && cx.is_enabled(Command::RestoreFilter) {
        rows.push(Row::Restore);
    }
    let saved = cx.settings().filters.iter().map(|saved| saved.name.as_str());
    let saved: Vec<&str> = saved.filter(|name| words.are_in(name)).collect();
    if !saved.is_empty() {
        rows.push(Row::Head("Saved filters"));
        rows.extend(saved.into_iter().map(Row::Saved));
    }
    let mut last = None;
    for choice in choices {
        let kind = choice.part.kind();
        if !words.is_empty() && !words.are_in(&format!("{} {}", kind.name(), choice.title)) {
            continue;
        }
        if last.replace(kind) != Some(kind) {
            rows.push(Row::Head(kind.name()));
        }
        rows.push(Row::Part(choice));
    }
    rows
}

/// Everything that can be chosen, by kind.
fn choices(cx: &Cx<'_>) -> Vec<Choice> {
    let (plan, traits) = (cx.plan(), traits(cx));
    let matches = FilterMatches::new(&traits, &cx.navigation().filter);
    let parts = FilterKind::ALL.into_iter().flat_map(|kind| -> Vec<FilterPart> {
        match kind {
            FilterKind::Stage => stages(cx).into_iter().map(FilterPart::Stage).collect(),
            FilterKind::Ladder => plan.ladders().iter().map(|each| FilterPart::Ladder(each.id.clone())).collect(),
            FilterKind::Area => plan.areas().iter().map(|each| FilterPart::Area(each.id.clone())).collect(),
            FilterKind::Team => plan.teams().iter().map(|each| FilterPart::Team(each.id.clone())).collect(),
            FilterKind::Findings => FindingsChoice::ALL.map(FilterPart::Findings).to_vec(),
            FilterKind::Agreement => AgreementChoice::ALL.map(FilterPart::Agreement).to_vec(),
            FilterKind::System => plan.systems().iter().map(|each| FilterPart::System(each.id.clone())).collect(),
        }
    });
    let choice = |part: FilterPart| Choice { title: part.title(plan), count: matches.count_with(&traits, &part), part };
    let mut choices: Vec<Choice> = parts.map(choice).collect();
    // Ids come from the names that records had first, so the records are sorted by name.
    choices.sort_by_cached_key(|choice| {
        let is_record =
            !matches!(choice.part, FilterPart::Stage(_) | FilterPart::Findings(_) | FilterPart::Agreement(_));
        (choice.part.kind(), if is_record { choice.title.to_lowercase() } else { String::new() })
    });
    choices
}

/// The stages of the plan's windows.
fn stages(cx: &Cx<'_>) -> Vec<Option<Stage>> {
    let used: BTreeSet<Option<Stage>> = cx.schedule().windows.iter().map(|window| window.scope.stage).collect();
    Stage::ALL.into_iter().map(Some).chain([None]).filter(|stage| used.contains(stage)).collect()
}
