//! Puts things that overlap into separate lanes. Pure.

/// The lane of each stretch, so that no two in a lane are nearer than `gap`, and the number of lanes. The stretches are
/// sorted by their left end.
pub fn lanes(stretches: &[(f32, f32)], gap: f32) -> (Vec<usize>, usize) {
    let mut ends: Vec<f32> = Vec::new();
    let lane = |(left, right): &(f32, f32)| {
        let lane = ends.iter().position(|end| end + gap <= *left).unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(*right);
        } else {
            ends[lane] = *right;
        }
        lane
    };
    let lanes = stretches.iter().map(lane).collect();
    (lanes, ends.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_overlaps_is_in_another_lane() {
        let (found, count) = lanes(&[(0.0, 10.0), (5.0, 20.0), (11.0, 12.0), (30.0, 40.0)], 2.0);
        assert_eq!((found, count), (vec![0, 1, 2, 0], 3));
        assert_eq!(lanes(&[], 2.0), (vec![], 0));
    }
}
