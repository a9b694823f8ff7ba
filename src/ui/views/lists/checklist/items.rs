//! The items of one block: their text and, folded, when they are due, who does them and under which condition.

use egui::{Id, Ui, Vec2};
use lucide_icons::Icon;

use crate::model::{ChecklistBlock, ChecklistItem, Condition, Offset};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::fields;
use crate::ui::parts::form::{named, row_of};
use crate::ui::parts::widgets::{icon_button, muted};

/// Width of the button before an item and of each of the three after it.
const BUTTON: f32 = 26.0;
/// Width of the label of a detail.
const LABEL: f32 = 64.0;

/// What the user can do with an item.
#[derive(Clone, Copy)]
enum Step {
    /// Show or hide its time, owner and condition.
    Open,
    Up,
    Down,
    Remove,
}

/// The items of a block with their buttons, and a field for adding one.
pub fn block_ui(ui: &mut Ui, cx: &Cx<'_>, items: &mut Vec<ChecklistItem>, block: ChecklistBlock) {
    let mut step = None;
    let open = OpenItem::new(ui);
    let indices: Vec<usize> = (0..items.len()).filter(|index| items[*index].block == block).collect();
    for (number, index) in (1..).zip(indices) {
        let name = format!("{}, item {number}", block.name());
        let is_open = open.index == Some(index);
        ui.push_id((block, number), |ui| {
            let chosen = item_ui(ui, cx, items, index, &name, is_open);
            step = step.or(chosen.map(|chosen| (index, chosen)));
            if is_open {
                details_ui(ui, cx, &mut items[index], &name);
            }
        });
    }
    if let Some((index, step)) = step {
        let now_at = carry_out(items, index, step);
        open.after(ui, index, now_at);
    }
    let next = indented(ui, |ui| fields::text(ui, &format!("Add to {}", block.name()), "", "Add an item"));
    if let Some(text) = next.filter(|text| !text.is_empty()) {
        items.push(ChecklistItem::new(block, text));
    }
}

/// The one item whose details are shown, by its index among all items.
struct OpenItem {
    id: Id,
    index: Option<usize>,
}

impl OpenItem {
    fn new(ui: &Ui) -> Self {
        let id = ui.make_persistent_id("open item");
        Self { id, index: ui.data(|data| data.get_temp(id)) }
    }

    /// After an action on the item at `index`, makes sure that the same item stays open.
    fn after(&self, ui: &Ui, index: usize, now_at: After) {
        let open = match (self.index, now_at) {
            (open, After::Toggled) => Some(index).filter(|_| open != Some(index)),
            (Some(open), After::Swapped(other)) if open == index => Some(other),
            (Some(open), After::Swapped(other)) if open == other => Some(index),
            (Some(open), After::Gone) if open > index => Some(open - 1),
            (Some(open), After::Gone) if open == index => None,
            (open, _) => open,
        };
        ui.data_mut(|data| match open {
            Some(open) => drop(data.insert_temp(self.id, open)),
            None => data.remove::<usize>(self.id),
        });
    }
}

/// The result of an action on an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// It stays; its details are shown or hidden.
    Toggled,
    /// It was swapped with the item at this index or, if this is its own index, moved to another block.
    Swapped(usize),
    Gone,
}

/// `items` must be sorted by block.
fn carry_out(items: &mut Vec<ChecklistItem>, index: usize, step: Step) -> After {
    match step {
        Step::Open => After::Toggled,
        Step::Up => After::Swapped(move_up(items, index)),
        Step::Down => After::Swapped(move_down(items, index)),
        Step::Remove => {
            items.remove(index);
            After::Gone
        }
    }
}

/// One item as a text field with its buttons, and its details in short. Returns the button that was clicked.
fn item_ui(
    ui: &mut Ui,
    cx: &Cx<'_>,
    items: &mut [ChecklistItem],
    index: usize,
    name: &str,
    is_open: bool,
) -> Option<Step> {
    let mut chosen = None;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let arrow = if is_open { Icon::ChevronDown } else { Icon::ChevronRight };
        let verb = if is_open { "Hide time, owner and condition" } else { "Time, owner and condition" };
        if icon_button(ui, arrow, &format!("{verb}: {name}"), true).clicked() {
            chosen = Some(Step::Open);
        }
        let width = (ui.available_width() - 3.0 * BUTTON - 4.0).max(80.0);
        let typed =
            ui.allocate_ui(Vec2::new(width, 26.0), |ui| fields::wrapped_line(ui, name, &items[index].text, "")).inner;
        if let Some(text) = typed.filter(|text| !text.is_empty()) {
            items[index].text = text;
        }
        ui.add_space(4.0);
        let block = items[index].block;
        let steps = [
            (Icon::ArrowUp, "Move up", Step::Up, index > 0 || block != ChecklistBlock::DayBefore),
            (Icon::ArrowDown, "Move down", Step::Down, index + 1 < items.len() || block != ChecklistBlock::Watch),
            (Icon::X, "Remove", Step::Remove, true),
        ];
        for (icon, verb, step, is_possible) in steps {
            if icon_button(ui, icon, &format!("{verb}: {name}"), is_possible && cx.is_editable()).clicked() {
                chosen = Some(step);
            }
        }
    });
    let details = items[index].details();
    if !is_open && !details.is_empty() {
        indented(ui, |ui| {
            ui.add_space(6.0);
            ui.add(egui::Label::new(muted(cx, details)).truncate());
        });
    }
    chosen
}

/// The item's time, owner and condition as fields.
fn details_ui(ui: &mut Ui, cx: &Cx<'_>, item: &mut ChecklistItem, name: &str) {
    indented(ui, |ui| {
        ui.add_space(6.0);
        ui.vertical(|ui| {
            let shown = item.offset.map_or_else(String::new, |minutes| Offset(minutes).to_string());
            let typed = row_of(ui, cx, LABEL, "Due", |ui| {
                fields::parsed(ui, &format!("{name}, due"), &shown, when(item.block), read_offset)
            });
            if let Some(offset) = typed {
                item.offset = offset;
            }
            let owner = row_of(ui, cx, LABEL, "Owner", |ui| {
                fields::text(ui, &format!("{name}, owner"), &item.owner, "Who does it")
            });
            if let Some(owner) = owner {
                item.owner = owner;
            }
            let conditions = named(&Condition::ALL, Condition::in_words);
            let condition = row_of(ui, cx, LABEL, "Condition", |ui| {
                fields::choice(ui, &format!("{name}, condition"), &conditions, item.condition)
            });
            if let Some(condition) = condition {
                item.condition = condition;
            }
        });
    });
}

/// Indents the content as far as the text of an item.
fn indented<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> R {
    let gaps = ui.spacing().item_spacing;
    let line = |ui: &mut Ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(BUTTON);
        ui.spacing_mut().item_spacing = gaps;
        content(ui)
    };
    ui.scope(|ui| {
        // A line of small text needs less height than a button.
        ui.spacing_mut().interact_size.y = 14.0;
        ui.horizontal(line).inner
    })
    .inner
}

/// When an item without its own time is due.
fn when(block: ChecklistBlock) -> &'static str {
    match block {
        ChecklistBlock::DayBefore => "24 h before the start",
        ChecklistBlock::HoursBefore => "2 h before the start",
        ChecklistBlock::Start | ChecklistBlock::During => "At the start",
        ChecklistBlock::After => "At the end",
        ChecklistBlock::Watch => "At the end of the watch",
    }
}

fn read_offset(text: &str) -> Result<Option<i32>, String> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse::<Offset>().map(|offset| Some(offset.0)).map_err(|error| error.to_string()),
    }
}

/// Moves an item up; the first of a block becomes the last of the previous block. `items` must be sorted by block.
/// Returns the new index.
fn move_up(items: &mut [ChecklistItem], index: usize) -> usize {
    let block = items[index].block;
    if index > 0 && items[index - 1].block == block {
        items.swap(index - 1, index);
        return index - 1;
    }
    if let Some(before) = ChecklistBlock::ALL.into_iter().rev().find(|each| *each < block) {
        items[index].block = before;
    }
    index
}

/// The same downwards.
fn move_down(items: &mut [ChecklistItem], index: usize) -> usize {
    let block = items[index].block;
    if items.get(index + 1).is_some_and(|next| next.block == block) {
        items.swap(index, index + 1);
        return index + 1;
    }
    if let Some(after) = ChecklistBlock::ALL.into_iter().find(|each| *each > block) {
        items[index].block = after;
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_moves_inside_its_block_and_then_into_the_next_one() {
        let item = |block, text: &str| ChecklistItem::new(block, text.to_owned());
        let mut items =
            vec![item(ChecklistBlock::Start, "a"), item(ChecklistBlock::Start, "b"), item(ChecklistBlock::During, "c")];
        assert_eq!(carry_out(&mut items, 0, Step::Down), After::Swapped(1));
        assert_eq!(items[..2], [item(ChecklistBlock::Start, "b"), item(ChecklistBlock::Start, "a")]);
        assert_eq!(carry_out(&mut items, 1, Step::Down), After::Swapped(1));
        assert_eq!(items[1], item(ChecklistBlock::During, "a"));
        assert_eq!(carry_out(&mut items, 1, Step::Up), After::Swapped(1));
        assert_eq!(items[1], item(ChecklistBlock::Start, "a"));
        assert_eq!(carry_out(&mut items, 0, Step::Up), After::Swapped(0));
        assert_eq!(items[0], item(ChecklistBlock::HoursBefore, "b"));
    }

    #[test]
    fn what_says_no_side_is_refused_with_what_to_write() {
        assert_eq!(read_offset(" "), Ok(None));
        assert_eq!(read_offset("1h before"), Ok(Some(-60)));
        assert!(read_offset("21:30").is_err_and(|error| error.contains("use e.g. 30 min before")));
    }
}
