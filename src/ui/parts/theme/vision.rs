//! How colours look: their contrast, what colour-blind people see of them, and how far apart two of them are.

use egui::Color32;

/// Sight with all cones, with some missing, or of a grey copy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vision {
    Full,
    Deuteranopia,
    Protanopia,
    Grey,
}

impl Vision {
    /// The matrices of Machado, Oliveira and Fernandes (2009) at full severity, for linear values.
    fn matrix(self) -> [[f64; 3]; 3] {
        const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];
        match self {
            Self::Full => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Self::Deuteranopia => [
                [0.367_322, 0.860_646, -0.227_968],
                [0.280_085, 0.672_501, 0.047_413],
                [-0.011_820, 0.042_940, 0.968_881],
            ],
            Self::Protanopia => [
                [0.152_286, 1.052_583, -0.204_868],
                [0.114_503, 0.786_281, 0.099_216],
                [-0.003_882, -0.048_116, 1.051_998],
            ],
            Self::Grey => [LUMINANCE; 3],
        }
    }
}

/// The values of an sRGB colour in linear light.
fn linear(color: Color32) -> [f64; 3] {
    [color.r(), color.g(), color.b()].map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn product(matrix: [[f64; 3]; 3], values: [f64; 3]) -> [f64; 3] {
    matrix.map(|row| row.iter().zip(values).map(|(factor, value)| factor * value).sum())
}

/// The contrast of two colours after WCAG 2.1, from 1 to 21.
pub fn contrast(one: Color32, other: Color32) -> f64 {
    let luminance = |color| product(Vision::Grey.matrix(), linear(color))[0];
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// A colour in CIELAB with white D65.
type Lab = [f64; 3];

fn lab(linear: [f64; 3]) -> Lab {
    let xyz = product(
        [
            [0.412_456_4, 0.357_576_1, 0.180_437_5],
            [0.212_672_9, 0.715_152_2, 0.072_175_0],
            [0.019_333_9, 0.119_192_0, 0.950_304_1],
        ],
        linear,
    );
    let cube_root =
        |value: f64| if value > 216.0 / 24_389.0 { value.cbrt() } else { (24_389.0 / 27.0 * value + 16.0) / 116.0 };
    let [x, y, z] = [xyz[0] / 0.950_47, xyz[1], xyz[2] / 1.088_83].map(cube_root);
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours look, as CIEDE2000. Under 10 they are easily confused.
pub fn distance(one: Color32, other: Color32, vision: Vision) -> f64 {
    let seen = |color| lab(product(vision.matrix(), linear(color)).map(|value| value.clamp(0.0, 1.0)));
    ciede2000(seen(one), seen(other))
}

/// The formula with the names of Sharma, Wu and Dalal (2005).
fn ciede2000(one: Lab, other: Lab) -> f64 {
    let seventh = |chroma: f64| (chroma.powi(7) / (chroma.powi(7) + 25_f64.powi(7))).sqrt();
    let raw_mean = f64::midpoint(one[1].hypot(one[2]), other[1].hypot(other[2]));
    let stretch = 1.0 + 0.5 * (1.0 - seventh(raw_mean));
    let polar = |lab: Lab| {
        let a = lab[1] * stretch;
        (a.hypot(lab[2]), lab[2].atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(other));
    let is_grey = c1 * c2 == 0.0;
    let turn = if is_grey { 0.0 } else { (h2 - h1 + 180.0).rem_euclid(360.0) - 180.0 };
    let delta_hue = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let mean_hue = if is_grey { h1 + h2 } else { (h1 + turn / 2.0).rem_euclid(360.0) };
    let (mean_light, mean_chroma) = (f64::midpoint(one[0], other[0]), f64::midpoint(c1, c2));
    let cosine = |factor: f64, shift: f64| (factor * mean_hue + shift).to_radians().cos();
    let t =
        1.0 - 0.17 * cosine(1.0, -30.0) + 0.24 * cosine(2.0, 0.0) + 0.32 * cosine(3.0, 6.0) - 0.2 * cosine(4.0, -63.0);
    let bend = 30.0 * (-((mean_hue - 275.0) / 25.0).powi(2)).exp();
    let rotation = -2.0 * seventh(mean_chroma) * (2.0 * bend).to_radians().sin();
    let offset = (mean_light - 50.0).powi(2);
    let light = (other[0] - one[0]) / (1.0 + 0.015 * offset / (20.0 + offset).sqrt());
    let chroma = (c2 - c1) / (1.0 + 0.045 * mean_chroma);
    let hue = delta_hue / (1.0 + 0.015 * mean_chroma * t);
    (light.powi(2) + chroma.powi(2) + hue.powi(2) + rotation * chroma * hue).sqrt()
}

/// Pairs of the table of test data in Sharma, Wu and Dalal (2005).
#[test]
fn the_distance_is_that_of_the_published_pairs() {
    let pairs = [
        ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
        ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
        ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
        ([50.0, 2.49, -0.001], [50.0, -2.49, 0.0009], 7.1792),
        ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
        ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
        ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
        ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
    ];
    for (one, other, expected) in pairs {
        let found = ciede2000(one, other);
        assert!((found - expected).abs() < 5e-5, "{one:?} and {other:?} are {found} apart, not {expected}");
    }
}
