//! Where to open from or save to.
use crate::session::Action;
#[derive(Default)]
pub struct PathState {}
impl PathState {
    pub fn poll(&mut self, _actions: &mut Vec<Action>) {}
}
