//! Converts the parts of a fit bar from minutes to shares of its width. Pure.

use crate::schedule::Fit;

/// What a part of the window is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FitPart {
    Prepare,
    Batches,
    Verification,
    /// Unused time: the margin.
    Spare,
    Reserve,
    Handover,
}

/// The parts of a window, as shares of the available or the needed time, whichever is longer.
#[derive(Clone, Debug, PartialEq)]
pub struct FitLayout {
    /// In order, each with its start and end from 0 to 1. If the work does not fit, the reserve extends past the end of
    /// the window.
    pub parts: Vec<(FitPart, f32, f32)>,
    /// The window's end.
    pub end: f32,
    /// The latest start of a rollback; negative if even the start of the window is too late.
    pub deadline: f32,
    /// The number of minutes in the full width.
    whole: f32,
}

impl FitLayout {
    pub fn new(fit: &Fit) -> Self {
        let whole = fit.length.0.max(fit.need().0).max(1) as f32;
        let spare = u32::try_from(fit.margin()).unwrap_or(0);
        let batches = fit.work.0.saturating_sub(fit.prepare.0 + fit.final_verification.0);
        let lengths = [
            (FitPart::Prepare, fit.prepare.0),
            (FitPart::Batches, batches),
            (FitPart::Verification, fit.final_verification.0),
            (FitPart::Spare, spare),
            (FitPart::Reserve, fit.rollback.0),
            (FitPart::Handover, fit.handover.0),
        ];
        let mut from = 0;
        let parts = lengths.into_iter().filter(|(_, length)| *length > 0).map(|(part, length)| {
            let stretch = (part, from as f32 / whole, (from + length) as f32 / whole);
            from += length;
            stretch
        });
        Self {
            parts: parts.collect(),
            end: fit.length.0 as f32 / whole,
            deadline: fit.rollback_deadline() as f32 / whole,
            whole,
        }
    }

    /// Converts minutes after the start to a share of the width; `None` outside the bar.
    pub fn share_at(&self, minutes: f64) -> Option<f32> {
        Some(minutes as f32 / self.whole).filter(|share| (0.0..=1.0).contains(share))
    }
}

/// The widest piece of a part between the lines that cross it, so that no line runs through its label.
pub fn widest_from(from: f32, to: f32, lines: &[f32]) -> (f32, f32) {
    let mut edges = vec![from, to];
    edges.extend(lines.iter().copied().filter(|line| from < *line && *line < to));
    edges.sort_by(f32::total_cmp);
    let pieces = edges.windows(2).map(|pair| (pair[0], pair[1]));
    pieces.max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0))).unwrap_or((from, to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Minutes;

    fn layout(length: u32, work: u32, rollback: u32) -> FitLayout {
        FitLayout::new(&Fit {
            length: Minutes(length),
            batches: 4,
            prepare: Minutes(10),
            one_batch: Minutes(28),
            final_verification: Minutes(15),
            work: Minutes(work),
            rollback: Minutes(rollback),
            handover: Minutes(5),
            cutoff: 0,
        })
    }

    #[test]
    fn the_parts_follow_one_another_and_fill_the_bar() {
        for layout in [layout(240, 137, 82), layout(180, 137, 82), layout(600, 30, 0)] {
            assert!(layout.parts.windows(2).all(|pair| (pair[0].2 - pair[1].1).abs() < 1e-5), "{layout:?}");
            assert!((layout.parts.last().unwrap().2 - 1.0).abs() < 1e-5, "{layout:?}");
        }
    }

    #[test]
    fn a_moment_has_a_position_if_it_is_on_the_bar() {
        let layout = layout(240, 137, 82);
        assert_eq!(layout.share_at(60.0), Some(0.25));
        assert_eq!((layout.share_at(-1.0), layout.share_at(241.0)), (None, None));
    }

    #[test]
    fn a_label_keeps_clear_of_the_lines() {
        assert_eq!(widest_from(0.2, 0.8, &[0.3, 0.9]), (0.3, 0.8));
        assert_eq!(widest_from(0.2, 0.8, &[0.1, 1.0]), (0.2, 0.8));
        assert_eq!(widest_from(0.0, 1.0, &[0.6, 0.7]), (0.0, 0.6));
    }

    #[test]
    fn if_it_fits_the_reserve_begins_at_the_deadline() {
        let layout = layout(240, 137, 82);
        let reserve = layout.parts.iter().find(|part| part.0 == FitPart::Reserve).unwrap();
        assert!((reserve.1 - layout.deadline).abs() < 1e-5);
        assert!((layout.end - 1.0).abs() < 1e-5);
    }

    #[test]
    fn where_it_does_not_fit_the_window_ends_inside_the_bar_and_the_deadline_is_in_the_work() {
        let layout = layout(180, 137, 82);
        assert!(layout.end < 1.0);
        let work_ends = layout.parts.iter().find(|part| part.0 == FitPart::Verification).unwrap().2;
        assert!(layout.deadline < work_ends);
        assert!(layout.parts.iter().all(|part| part.0 != FitPart::Spare));
    }
}
