//! The panel beside the calendar.
use super::cx::Cx;
use crate::schedule::{Occurrence, WindowSchedule};
use egui::{Rect, Ui};
#[derive(Default)]
pub struct InspectorState {}
pub fn inspector_ui(_ui: &mut Ui, _cx: &Cx<'_>, _state: &mut InspectorState) {}
pub fn fit_bar(_ui: &Ui, _cx: &Cx<'_>, _bar: Rect, _window: &WindowSchedule, _occurrence: &Occurrence) {}
