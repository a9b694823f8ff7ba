//! temp
use crate::model::*;
use chrono::*;
use egui::*;
pub fn title(ui: &mut Ui, _n: &str, t: &str, f: FontId, _w: f32, _e: bool) -> Option<String> {
    ui.label(RichText::new(t).font(f));
    None
}
pub fn choice<T: PartialEq + Clone>(ui: &mut Ui, _n: &str, o: &[(T, String)], c: T) -> Option<T> {
    if let Some(x) = o.iter().find(|x| x.0 == c) {
        ui.label(&x.1);
    }
    None
}
pub fn text(ui: &mut Ui, _n: &str, t: &str, _h: &str) -> Option<String> {
    ui.label(t);
    None
}
pub fn paragraph(ui: &mut Ui, _n: &str, t: &str, _h: &str) -> Option<String> {
    ui.label(t);
    None
}
pub fn date(ui: &mut Ui, _n: &str, t: NaiveDate) -> Option<NaiveDate> {
    ui.label(t.to_string());
    None
}
pub fn optional_date(_ui: &mut Ui, _n: &str, _t: Option<NaiveDate>) -> Option<Option<NaiveDate>> {
    None
}
pub fn time(ui: &mut Ui, _n: &str, t: NaiveTime) -> Option<NaiveTime> {
    ui.label(t.to_string());
    None
}
pub fn minutes(ui: &mut Ui, _n: &str, t: Minutes) -> Option<Minutes> {
    ui.label(t.to_string());
    None
}
pub fn optional_minutes(_ui: &mut Ui, _n: &str, _t: Option<Minutes>) -> Option<Option<Minutes>> {
    None
}
pub fn zone(ui: &mut Ui, _n: &str, t: &str) -> Option<String> {
    ui.label(t);
    None
}
pub fn choices<T: PartialEq + Clone>(_ui: &mut Ui, _n: &str, _o: &[(T, String)], _c: &[T]) -> Option<Vec<T>> {
    None
}
pub fn number(ui: &mut Ui, _n: &str, c: i64, _r: std::ops::RangeInclusive<i64>, s: &str) -> Option<i64> {
    ui.label(format!("{c}{s}"));
    None
}
