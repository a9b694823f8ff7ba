//! The form of a checklist: its items, block by block.

use egui::{Ui, Vec2};
use lucide_icons::Icon;

use super::system::head_ui;
use crate::model::{Block, ChecklistItem, ChecklistTemplate, Edit, handbook_items};
use crate::ui::cx::Cx;
use crate::ui::widgets::{icon_button, muted, text};
use crate::ui::{fields, theme};

/// Width of the three buttons behind an item.
const BUTTONS: f32 = 3.0 * 26.0 + 4.0;

/// What can be done to an item.
#[derive(Clone, Copy)]
enum Step {
    Up,
    Down,
    Remove,
}

pub fn checklist_ui(ui: &mut Ui, cx: &Cx<'_>, template: &ChecklistTemplate) {
    let mut copy = template.clone();
    copy.items.sort_by_key(|item| item.block);
    let before = copy.clone();
    let font = theme::strong(theme::HEAD);
    if let Some(name) = fields::title(ui, "Name", &template.name, font, 300.0, cx.is_editable()) {
        copy.name = name;
    }
    if copy.items.is_empty() && ui.button("Start from the handbook's 25 items").clicked() {
        copy.items = handbook_items();
    }
    for block in Block::ALL {
        head_ui(ui, block.name());
        block_ui(ui, cx, &mut copy.items, block);
    }
    ui.add_space(8.0);
    text(ui, muted(cx, "On paper, {ticket} is the change ticket and {every} how often the status is told."));
    copy.items.sort_by_key(|item| item.block);
    if copy != before {
        cx.edit(Edit::PutChecklist(copy));
    }
}

/// The items of a block with what can be done to them, and a field for the next one.
fn block_ui(ui: &mut Ui, cx: &Cx<'_>, items: &mut Vec<ChecklistItem>, block: Block) {
    let mut step = None;
    let places: Vec<usize> = (0..items.len()).filter(|place| items[*place].block == block).collect();
    for (number, place) in (1..).zip(places) {
        let name = format!("{}, item {number}", block.name());
        let chosen = ui.push_id((block, number), |ui| item_ui(ui, cx, items, place, &name)).inner;
        step = step.or(chosen.map(|chosen| (place, chosen)));
    }
    match step {
        Some((place, Step::Up)) => move_up(items, place),
        Some((place, Step::Down)) => move_down(items, place),
        Some((place, Step::Remove)) => {
            items.remove(place);
        }
        None => {}
    }
    let next = fields::text(ui, &format!("Add to {}", block.name()), "", "Add an item");
    if let Some(text) = next.filter(|text| !text.is_empty()) {
        items.push(ChecklistItem::new(block, text));
    }
}

/// One item as a field, with its buttons; gives back which was pressed.
fn item_ui(ui: &mut Ui, cx: &Cx<'_>, items: &mut [ChecklistItem], place: usize, name: &str) -> Option<Step> {
    let mut chosen = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let width = (ui.available_width() - BUTTONS).max(80.0);
        let typed = ui.allocate_ui(Vec2::new(width, 26.0), |ui| fields::text(ui, name, &items[place].text, "")).inner;
        if let Some(text) = typed.filter(|text| !text.is_empty()) {
            items[place].text = text;
        }
        ui.add_space(4.0);
        let block = items[place].block;
        let steps = [
            (Icon::ChevronUp, "Move up", Step::Up, place > 0 || block != Block::DayBefore),
            (Icon::ChevronDown, "Move down", Step::Down, place + 1 < items.len() || block != Block::After),
            (Icon::X, "Remove", Step::Remove, true),
        ];
        for (icon, verb, step, is_possible) in steps {
            if icon_button(ui, icon, &format!("{verb}: {name}"), is_possible && cx.is_editable()).clicked() {
                chosen = Some(step);
            }
        }
    });
    chosen
}

/// Before the one above it; the first of a block becomes the last of the block before. `items` stand in the order of
/// their blocks.
fn move_up(items: &mut [ChecklistItem], place: usize) {
    let block = items[place].block;
    if place > 0 && items[place - 1].block == block {
        items.swap(place - 1, place);
    } else if let Some(before) = Block::ALL.into_iter().rev().find(|each| *each < block) {
        items[place].block = before;
    }
}

/// The same the other way round.
fn move_down(items: &mut [ChecklistItem], place: usize) {
    let block = items[place].block;
    if items.get(place + 1).is_some_and(|next| next.block == block) {
        items.swap(place, place + 1);
    } else if let Some(after) = Block::ALL.into_iter().find(|each| *each > block) {
        items[place].block = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_moves_inside_its_block_and_then_into_the_next_one() {
        let item = |block, text: &str| ChecklistItem::new(block, text.to_owned());
        let mut items = vec![item(Block::Start, "a"), item(Block::Start, "b"), item(Block::During, "c")];
        move_down(&mut items, 0);
        assert_eq!(items[..2], [item(Block::Start, "b"), item(Block::Start, "a")]);
        move_down(&mut items, 1);
        assert_eq!(items[1], item(Block::During, "a"));
        move_up(&mut items, 1);
        assert_eq!(items[1], item(Block::Start, "a"));
        move_up(&mut items, 0);
        assert_eq!(items[0], item(Block::HoursBefore, "b"));
    }
}
