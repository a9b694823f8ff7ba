//! The table of one kind: sorted by clicking a column head, filtered, drawn only for visible rows.

use egui::{Align, Button, Label, Layout, RichText, Sense, Ui};
use egui_extras::{Column, TableBuilder};

use super::kind::{Line, RecordKind, lines};
use crate::model::Plan;
use crate::session::Destination;
use crate::ui::parts::cx::Cx;
use crate::ui::parts::memo::{Memo, Pointer};
use crate::ui::parts::states::quiet_button;
use crate::ui::parts::theme;
use crate::ui::parts::widgets::muted;

/// The least width of the first column.
const NAME: f32 = 120.0;

/// The column and direction of sorting.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Sort {
    column: usize,
    is_descending: bool,
}

/// The lines of the table, kept between frames.
pub type LinesMemo = Memo<(Pointer<Plan>, RecordKind, String, Sort), Vec<Line>>;

/// Draws the table; a click opens the record's form.
pub fn table_ui(ui: &mut Ui, cx: &Cx<'_>, kind: RecordKind, filter: &str, sort: &mut Sort, memo: &mut LinesMemo) {
    let plan = cx.plan_pointer();
    let list = memo.get((Pointer::to(plan), kind, filter.to_owned(), *sort), || {
        lines(plan, kind, filter, sort.column, sort.is_descending)
    });
    if list.is_empty() {
        ui.label(muted(cx, format!("No match for \"{filter}\"")));
    }
    // In a narrow window the columns share what the name leaves, so that the last one is not cut off.
    let others = ((ui.available_width() - NAME - 40.0) / 3.0).clamp(60.0, 150.0);
    let builder = TableBuilder::new(ui)
        .id_salt((kind.name(), others as i32))
        .striped(false)
        .sense(Sense::click())
        .column(Column::remainder().at_least(NAME).clip(true))
        .columns(Column::initial(others).at_least(50.0).clip(true).resizable(true), 3)
        .auto_shrink(false);
    let table = builder.header(24.0, |mut header| {
        for (column, name) in kind.heads().into_iter().enumerate() {
            header.col(|ui| head_ui(ui, cx, name, column, sort));
        }
    });
    table.body(|body| {
        body.rows(26.0, list.len(), |mut row| {
            let line = &list[row.index()];
            row.set_selected(cx.navigation().listed.as_ref() == Some(&line.subject));
            for (column, cell) in line.cells.iter().enumerate() {
                let text = RichText::new(cell);
                let text = if column == 0 { text.font(theme::strong(theme::TEXT)) } else { text };
                let label = Label::new(text).truncate().selectable(false);
                row.col(|ui| {
                    if line.is_number(column) {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            ui.add_space(8.0);
                            ui.add(label);
                        });
                    } else {
                        ui.add_space(4.0);
                        ui.add(label);
                    }
                });
            }
            let response = row.response();
            crate::ui::parts::widgets::name(&response, egui::Role::Row, || line.name());
            if response.clicked() {
                cx.reveal(Destination::List(line.subject.clone()));
            }
        });
    });
}

fn head_ui(ui: &mut Ui, cx: &Cx<'_>, name: &str, column: usize, sort: &mut Sort) {
    let is_sorted = sort.column == column;
    let mark = match (is_sorted, sort.is_descending) {
        (false, _) => "",
        (true, false) => " ↑",
        (true, true) => " ↓",
    };
    let text = RichText::new(format!("{name}{mark}")).font(theme::strong(theme::SMALL)).color(cx.colors.muted);
    let response = quiet_button(ui, cx, Button::new(text));
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_label(format!("Sort by {name}")));
    if response.clicked() {
        *sort = Sort { column, is_descending: is_sorted && !sort.is_descending };
    }
}
