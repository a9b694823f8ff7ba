//! What is being typed into a field: it becomes part of the plan when the field is left, but it must not be lost before.

use std::sync::Arc;

use crate::model::{Edit, Plan};

/// The edits that the field in use would make now. Nothing if no field has text to return.
#[derive(Debug, Default)]
pub(in crate::session) struct Typing {
    edits: Vec<Edit>,
    /// The plan that they were made in last, and the plan with them.
    made: Option<(Arc<Plan>, Arc<Plan>)>,
}

impl Typing {
    pub fn new(edits: Vec<Edit>) -> Self {
        Self { edits, made: None }
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The plan with what is being typed; the plan itself if that changes nothing. The same pointer for the same plan.
    pub fn plan_with(&mut self, plan: &Arc<Plan>) -> Arc<Plan> {
        if self.is_empty() {
            return Arc::clone(plan);
        }
        if let Some((_, with)) = self.made.as_ref().filter(|(without, _)| Arc::ptr_eq(without, plan)) {
            return Arc::clone(with);
        }
        let mut with = Plan::clone(plan);
        for edit in &self.edits {
            // The record may have been removed meanwhile.
            if let Ok(next) = with.apply(edit) {
                with = next;
            }
        }
        let with = if with == **plan { Arc::clone(plan) } else { Arc::new(with) };
        self.made = Some((Arc::clone(plan), Arc::clone(&with)));
        with
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{BusinessArea, Horizon};

    #[test]
    fn the_plan_with_what_is_typed_is_made_once_and_is_the_plan_if_nothing_changes() {
        let plan = Arc::new(Plan::new("p".into(), "Plan", Horizon::year(2027), "UTC"));
        assert!(Arc::ptr_eq(&Typing::default().plan_with(&plan), &plan));
        let area = BusinessArea { id: "a".into(), name: "Payments".to_owned(), ..BusinessArea::default() };
        let mut typing = Typing::new(vec![Edit::RemoveArea("gone".into()), Edit::PutArea(area)]);
        let with = typing.plan_with(&plan);
        assert_eq!((with.areas().len(), plan.areas().len()), (1, 0), "an edit that is impossible is left out");
        assert!(Arc::ptr_eq(&typing.plan_with(&plan), &with));
        assert!(Arc::ptr_eq(&typing.plan_with(&with), &with), "it is part of the plan now");
    }
}
