//! Tests of the list of views.

use super::*;

#[test]
fn each_view_is_found_again_by_its_word() {
    let on = NaiveDate::from_ymd_opt(2027, 3, 13).unwrap();
    let pages = [
        CalendarView::Month(on),
        CalendarView::Week(on),
        CalendarView::Day(on),
        CalendarView::Planner,
        CalendarView::Agenda,
    ]
    .map(View::Calendar);
    for view in ViewKind::ALL.map(ViewKind::first).into_iter().chain(pages).chain([View::Ledger(LedgerPage::Notices)]) {
        assert_eq!(View::from_word(view.word(), on), view);
    }
    assert_eq!(View::from_word("of a later version", on), View::Calendar(CalendarView::Rows));
}

#[test]
fn a_month_a_week_and_a_day_have_dates() {
    let date = |day| NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
    assert_eq!(CalendarView::Month(date(13)).dates(), Some((date(1), date(31))));
    assert_eq!(CalendarView::Week(date(14)).dates(), Some((date(8), date(14))));
    assert_eq!(CalendarView::Day(date(13)).dates(), Some((date(13), date(13))));
    assert_eq!(CalendarView::Rows.dates(), None);
}
