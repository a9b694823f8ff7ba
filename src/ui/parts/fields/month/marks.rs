//! What is known of the days around a date that is being chosen.

use chrono::NaiveDate;

use crate::schedule::Occurrence;
use crate::ui::parts::cx::Cx;
use crate::wording;

/// What is known of one day.
#[derive(Default)]
pub(super) struct DayMark {
    pub freezes: Vec<String>,
    pub holidays: Vec<String>,
    /// The name of the selected window, if it takes place on that day.
    pub window: Option<String>,
}

impl DayMark {
    /// "Thu 25 Mar 2027 · Easter freeze · Core DB patching"
    pub fn text(&self, on: NaiveDate) -> String {
        let notes = self.freezes.iter().chain(&self.holidays).chain(&self.window);
        let parts: Vec<String> = std::iter::once(wording::date(on)).chain(notes.cloned()).collect();
        parts.join(" · ")
    }
}

/// The marks of the days from `first`, one for each of `count` days.
pub(super) fn marks(cx: &Cx<'_>, first: NaiveDate, count: usize) -> Vec<DayMark> {
    let mut marks: Vec<DayMark> = std::iter::repeat_with(DayMark::default).take(count).collect();
    let day = |on: NaiveDate| usize::try_from((on - first).num_days()).ok().filter(|day| *day < count);
    for holiday in cx.plan().holidays().iter().flat_map(|calendar| &calendar.days) {
        let mark = day(holiday.on).and_then(|day| marks.get_mut(day));
        if let Some(mark) = mark.filter(|mark| !mark.holidays.contains(&holiday.name)) {
            mark.holidays.push(holiday.name.clone());
        }
    }
    for freeze in cx.plan().freezes() {
        let last = first + chrono::TimeDelta::days(count as i64 - 1);
        for span in freeze.spans(first, last) {
            for (mark, on) in marks.iter_mut().zip(first.iter_days()) {
                if span.contains(on) {
                    mark.freezes.push(freeze.name.clone());
                }
            }
        }
    }
    if let Some((name, dates)) = selected_dates(cx) {
        for on in dates {
            if let Some(mark) = day(on).and_then(|day| marks.get_mut(day)) {
                mark.window = Some(name.clone());
            }
        }
    }
    marks
}

/// The name and the dates of the window that is selected beside the calendar. Elsewhere, a date is not about that window.
fn selected_dates(cx: &Cx<'_>) -> Option<(String, Vec<NaiveDate>)> {
    let is_beside = cx.view().kind().shows_selection() && cx.is_inspecting() && !cx.has_dialog();
    let window = cx.schedule().window(cx.selection().window().filter(|_| is_beside)?)?;
    let dates = window.expansion.occurrences.iter().map(Occurrence::on);
    Some((window.window.name.clone(), dates.collect()))
}
