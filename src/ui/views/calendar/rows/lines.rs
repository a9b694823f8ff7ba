//! The lines of the rows from top to bottom: the head of each section, then its windows. Pure.

use std::collections::HashSet;
use std::ops::Range;

use super::grouping::Section;

/// The height of a window's row.
pub const ROW: f32 = 21.0;
/// The height of a section's head.
pub const HEAD: f32 = 21.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// The head of a section, by its index.
    Head(usize),
    Window {
        section: usize,
        /// The index in `Schedule::windows`.
        window: u32,
    },
}

/// All lines with their positions, from the top.
#[derive(Debug, Default)]
pub struct Lines {
    all: Vec<Line>,
    tops: Vec<f32>,
    pub height: f32,
}

impl Lines {
    /// The rows of the sections that are not folded, and the heads of all that have a title.
    pub fn new(sections: &[Section], folded: &HashSet<String>) -> Self {
        let mut lines = Self::default();
        for (index, section) in sections.iter().enumerate() {
            if !section.title.is_empty() {
                lines.push(Line::Head(index), HEAD);
            }
            if !folded.contains(&section.title) {
                for window in &section.windows {
                    lines.push(Line::Window { section: index, window: *window }, ROW);
                }
            }
        }
        lines
    }

    fn push(&mut self, line: Line, height: f32) {
        self.all.push(line);
        self.tops.push(self.height);
        self.height += height;
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The line with its top and height.
    pub fn line(&self, index: usize) -> (Line, f32, f32) {
        let end = self.tops.get(index + 1).copied().unwrap_or(self.height);
        (self.all[index], self.tops[index], end - self.tops[index])
    }

    /// The lines that are at least partly between the two positions.
    pub fn between(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.tops.partition_point(|each| *each <= top).saturating_sub(1);
        let end = self.tops.partition_point(|each| *each < bottom);
        first.min(end)..end
    }

    /// The head of the section that the line belongs to.
    pub fn head_above(&self, index: usize) -> Option<usize> {
        self.all[..(index + 1).min(self.len())].iter().rev().find_map(|line| match line {
            Line::Head(section) => Some(*section),
            Line::Window { .. } => None,
        })
    }

    /// The first row of a window.
    pub fn row_of(&self, window: u32) -> Option<usize> {
        self.all.iter().position(|line| matches!(line, Line::Window { window: each, .. } if *each == window))
    }

    /// The next row after the line, or the previous one before it.
    pub fn next_row(&self, from: Option<usize>, forward: bool) -> Option<(usize, u32)> {
        let row = |index: usize| match self.all[index] {
            Line::Window { window, .. } => Some((index, window)),
            Line::Head(_) => None,
        };
        if forward {
            (from.map_or(0, |from| from + 1)..self.len()).find_map(row)
        } else {
            (0..from.unwrap_or(self.len())).rev().find_map(row)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sections() -> Vec<Section> {
        let section = |title: &str, windows: Vec<u32>| Section { title: title.to_owned(), stage: None, windows };
        vec![section("Test", vec![3, 1]), section("Production", vec![0, 3])]
    }

    #[test]
    fn heads_and_rows_follow_each_other() {
        let lines = Lines::new(&sections(), &HashSet::new());
        assert_eq!((lines.len(), lines.height), (6, 2.0 * HEAD + 4.0 * ROW));
        assert_eq!(lines.line(3), (Line::Head(1), HEAD + 2.0 * ROW, HEAD));
        assert_eq!(lines.line(5), (Line::Window { section: 1, window: 3 }, 2.0 * HEAD + 3.0 * ROW, ROW));
        assert_eq!(lines.row_of(3), Some(1), "the first of its rows");
        assert_eq!(lines.head_above(5), Some(1));
    }

    #[test]
    fn a_folded_section_has_only_its_head() {
        let lines = Lines::new(&sections(), &HashSet::from(["Test".to_owned()]));
        assert_eq!((lines.len(), lines.line(1).0), (4, Line::Head(1)));
        assert_eq!(lines.row_of(1), None);
    }

    #[test]
    fn only_visible_lines_are_found() {
        let lines = Lines::new(&sections(), &HashSet::new());
        assert_eq!(lines.between(0.0, 10.0), 0..1);
        assert_eq!(lines.between(HEAD, HEAD + ROW), 1..2);
        assert_eq!(lines.between(HEAD + 1.0, HEAD + ROW + 1.0), 1..3);
        assert_eq!(lines.between(0.0, 1e6), 0..6);
        assert_eq!(Lines::default().between(0.0, 100.0), 0..0);
    }

    #[test]
    fn steps_skip_heads() {
        let lines = Lines::new(&sections(), &HashSet::new());
        assert_eq!(lines.next_row(None, true), Some((1, 3)));
        assert_eq!(lines.next_row(Some(2), true), Some((4, 0)));
        assert_eq!(lines.next_row(Some(4), false), Some((2, 1)));
        assert_eq!((lines.next_row(Some(1), false), lines.next_row(Some(5), true)), (None, None));
    }
}
