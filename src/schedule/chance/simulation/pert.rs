//! Beta-PERT distributions as tables of quantiles, so that a draw is a table lookup.

/// The number of points of a table, evenly spaced in z.
const POINTS: usize = 512;
/// The table covers z from −`REACH` to `REACH`. Only two draws in a billion are outside it.
const REACH: f64 = 6.0;
/// The interval from 0 to 1 is split into this many cells to integrate the density.
const CELLS: usize = 1_024;

/// A distribution between best (0) and worst (1): its quantiles by the normal variable z, that is, at Φ(z).
#[derive(Debug)]
pub struct Pert(Box<[f32; POINTS]>);

impl Pert {
    /// The quantile at Φ(z), from 0 to 1.
    pub fn quantile(&self, z: f64) -> f64 {
        const SCALE: f64 = (POINTS - 1) as f64 / (2.0 * REACH);
        let position = ((z + REACH) * SCALE).clamp(0.0, (POINTS - 1) as f64);
        let index = (position as usize).min(POINTS - 2);
        let (from, to) = (f64::from(self.0[index]), f64::from(self.0[index + 1]));
        from + (to - from) * (position - index as f64)
    }
}

/// Values that the tables of all shapes are calculated from.
#[derive(Debug)]
pub struct PertBuilder {
    /// The logarithms of the edges and midpoints of the cells.
    logs: Vec<f64>,
    /// Φ at the points of a table.
    shares: Vec<f64>,
}

impl PertBuilder {
    pub fn new() -> Self {
        let log = |step: usize| libm::log(step as f64 / (2 * CELLS) as f64);
        let share = |point: usize| {
            let z = point as f64 * 2.0 * REACH / (POINTS - 1) as f64 - REACH;
            libm::erfc(-z / std::f64::consts::SQRT_2) / 2.0
        };
        Self { logs: (0..=2 * CELLS).map(log).collect(), shares: (0..POINTS).map(share).collect() }
    }

    /// The distribution whose most likely value is `mode`, from 0 to 1: Beta(1 + 4 × mode, 1 + 4 × (1 − mode)).
    pub fn pert(&self, mode: f64) -> Pert {
        let sums = self.sums(mode);
        let whole = sums[CELLS];
        let mut table = Box::new([0.0_f32; POINTS]);
        let mut cell = 0;
        for (quantile, share) in table.iter_mut().zip(&self.shares) {
            let wanted = share * whole;
            while cell + 1 < CELLS && sums[cell + 1] < wanted {
                cell += 1;
            }
            let (below, inside) = (sums[cell], sums[cell + 1] - sums[cell]);
            let part = if inside > 0.0 { ((wanted - below) / inside).clamp(0.0, 1.0) } else { 0.0 };
            *quantile = ((cell as f64 + part) / CELLS as f64) as f32;
        }
        Pert(table)
    }

    /// The integral of the density up to the end of each cell (Simpson's rule), without its constant factor. The first
    /// value is 0.
    fn sums(&self, mode: f64) -> Vec<f64> {
        let (up, down) = (4.0 * mode, 4.0 * (1.0 - mode));
        // Zero to the power of zero is one.
        let power = |exponent: f64, log: f64| if exponent > 0.0 { exponent * log } else { 0.0 };
        let density = |step: usize| libm::exp(power(up, self.logs[step]) + power(down, self.logs[2 * CELLS - step]));
        let mut sums = Vec::with_capacity(CELLS + 1);
        let (mut sum, mut edge) = (0.0, density(0));
        sums.push(sum);
        for cell in 0..CELLS {
            let next = density(2 * cell + 2);
            sum += edge + 4.0 * density(2 * cell + 1) + next;
            edge = next;
            sums.push(sum);
        }
        sums
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The mean of the quantiles, weighted with the normal density.
    fn mean(pert: &Pert) -> f64 {
        let step = 0.001;
        let points = (-6_000..6_000).map(|n| f64::from(n) * step);
        points.map(|z| pert.quantile(z) * (-z * z / 2.0).exp() * step).sum::<f64>() / std::f64::consts::TAU.sqrt()
    }

    #[test]
    fn the_mean_of_a_beta_pert_is_four_times_the_likely_value_and_both_ends_divided_by_six() {
        let builder = PertBuilder::new();
        for mode in [0.0, 0.1, 1.0 / 7.0, 0.5, 0.9, 1.0] {
            let expected = (4.0 * mode + 1.0) / 6.0;
            let found = mean(&builder.pert(mode));
            assert!((found - expected).abs() < 1e-4, "mode {mode}: {found} instead of {expected}");
        }
    }

    #[test]
    fn quantiles_of_known_distributions_are_right() {
        let builder = PertBuilder::new();
        // Beta(1, 5): 1 − (1 − p)^(1/5). Beta(3, 3) is symmetric.
        let steep = builder.pert(0.0);
        for (z, p) in [(0.0, 0.5), (1.281_551_565_5, 0.9), (1.644_853_627, 0.95), (-1.281_551_565_5, 0.1)] {
            let expected = 1.0 - (1.0_f64 - p).powf(0.2);
            assert!((steep.quantile(z) - expected).abs() < 1e-4, "at {p}");
        }
        let even = builder.pert(0.5);
        assert!((even.quantile(0.0) - 0.5).abs() < 1e-4);
        assert!((even.quantile(1.3) + even.quantile(-1.3) - 1.0).abs() < 1e-4);
    }

    #[test]
    fn the_table_never_falls_and_stays_between_best_and_worst() {
        let builder = PertBuilder::new();
        for mode in [0.0, 0.01, 0.5, 1.0] {
            let pert = builder.pert(mode);
            assert!(pert.0.is_sorted(), "mode {mode}");
            assert!(pert.quantile(-50.0) >= 0.0 && pert.quantile(50.0) <= 1.0 && pert.quantile(50.0) > 0.9);
        }
    }
}
