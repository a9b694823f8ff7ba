//! The status updates, one row per interval of the policy.

use egui::{RichText, Ui, Vec2};

use super::page::Page;
use crate::model::UtcMinute;
use crate::schedule::night::StatusRow;
use crate::session::{Action, NightStep};
use crate::ui::parts::cx::Cx;
use crate::ui::parts::widgets::{muted, rule, strong, text};
use crate::ui::parts::{fields, theme};
use crate::wording::time;

const CLOCK: f32 = 52.0;

pub fn status_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>) {
    let every = cx.plan().policy().status_every;
    let rows = page.night.status_rows(page.now);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(strong("Status updates"));
        if !every.is_zero() {
            ui.label(muted(cx, format!("every {every}")));
        }
    });
    rule(ui, cx);
    if rows.is_empty() {
        text(ui, muted(cx, "The policy asks for no status updates."));
    }
    let due = page.night.status_due(page.now).filter(|_| page.night.runs(page.now));
    let all = ui.make_persistent_id(("all status updates", &page.key.window, page.key.on));
    let shows_all = ui.data(|data| data.get_temp::<bool>(all)).unwrap_or_default();
    let shown = if shows_all { rows.len() } else { due_rows(&rows, page.now) };
    for row in &rows[..shown] {
        row_ui(ui, cx, page, row, due == Some(row.due_at));
    }
    if shown < rows.len() && ui.link(format!("Show {} later", rows.len() - shown)).clicked() {
        ui.data_mut(|data| data.insert_temp(all, true));
    }
}

/// How many rows are shown at first: those that were due or sent, the next one, and all if only one more is left.
fn due_rows(rows: &[StatusRow<'_>], now: UtcMinute) -> usize {
    let begun = rows.iter().rposition(|row| row.sent.is_some() || row.due_at <= now).map_or(0, |last| last + 1);
    let shown = begun + 1;
    if shown + 1 >= rows.len() { rows.len() } else { shown }
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, page: &Page<'_>, row: &StatusRow<'_>, is_due: bool) {
    let clock = page.clock(row.due_at);
    let is_late = is_due && row.due_at <= page.now;
    let (font, color) = match (is_late, is_due, row.sent) {
        (true, _, _) => (theme::strong(theme::TEXT), cx.colors.warning),
        (_, true, _) => (theme::strong(theme::TEXT), cx.colors.accent),
        (.., Some(_)) => (theme::regular(theme::TEXT), cx.colors.text),
        _ => (theme::regular(theme::TEXT), cx.colors.muted),
    };
    ui.push_id(row.due_at.0, |ui| {
        ui.horizontal(|ui| {
            // The time only: `page.clock` adds the date after midnight, which does not fit.
            let shown = time(page.night.window.local(row.due_at).time());
            ui.allocate_ui_with_layout(
                Vec2::new(CLOCK, 24.0),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_width(CLOCK);
                    ui.label(RichText::new(shown).font(font).color(color));
                },
            );
            ui.vertical(|ui| {
                let text = row.sent.map_or("", |sent| &sent.text);
                let hint = if is_due { "Status text" } else { "" };
                if let Some(text) = fields::text(ui, &format!("Status at {clock}"), text, hint) {
                    cx.send(Action::Note(page.key.clone(), NightStep::UpdateStatus(row.due_at, text)));
                }
                if let Some(sent) = row.sent {
                    let who = crate::export::one_line(&sent.by);
                    ui.add(egui::Label::new(muted(cx, format!("{who}, {}", page.clock(sent.at)))).truncate());
                }
            });
        });
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::StatusUpdate;

    #[test]
    fn rows_beyond_the_next_one_are_folded() {
        let sent = StatusUpdate { due_at: UtcMinute(0), text: String::new(), by: String::new(), at: UtcMinute(0) };
        let rows = |sent_at: Option<i32>| -> Vec<StatusRow<'_>> {
            let row = |at: i32| StatusRow { due_at: UtcMinute(at), sent: (sent_at == Some(at)).then_some(&sent) };
            (0..6).map(row).collect()
        };
        for (now, sent_at, expected) in
            [(-5, None, 1), (0, None, 2), (1, Some(1), 3), (0, Some(2), 4), (3, None, 6), (4, None, 6), (9, None, 6)]
        {
            assert_eq!(due_rows(&rows(sent_at), UtcMinute(now)), expected, "{now} {sent_at:?}");
        }
        assert_eq!(due_rows(&rows(None)[..2], UtcMinute(-5)), 2, "a link instead of one row saves nothing");
    }
}
