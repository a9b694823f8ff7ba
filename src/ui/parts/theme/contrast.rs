//! Which colours are drawn on which others, and the tests that all of them can be read and told apart.

use egui::Color32;

use super::vision::{Vision, contrast, distance};
use super::{Colors, ControlState, DARK, DISABLED, LIGHT, StageColors, mix};
use crate::checks::Severity;
use crate::model::Stage;

/// The least contrast of text, and of marks and outlines.
const TEXT: f64 = 4.5;
const MARK: f64 = 3.0;
/// The least distance of colours with different meanings.
const APART: f64 = 10.0;

type Named = (&'static str, Color32);

macro_rules! named {
    ($colors:expr, $($name:ident),+) => {{
        // Without "..", so that a new colour has to be added here, and to one of the lists below.
        let Colors { $($name),+ } = $colors;
        vec![$((stringify!($name), format!("{:?}", $name))),+]
    }};
}

/// Every colour of the theme.
fn all(colors: &Colors) -> Vec<(&'static str, String)> {
    named!(
        colors,
        background,
        panel,
        rail,
        line,
        outline,
        weekend,
        holiday,
        text,
        muted,
        accent,
        on_accent,
        selected,
        error,
        warning,
        good,
        hatch,
        hover,
        reserve,
        verification,
        test,
        uat,
        pilot,
        rest,
        production,
        none
    )
}

/// What texts are written on: all grounds of views, rows and cards.
fn grounds(colors: &Colors) -> Vec<Named> {
    let Colors { background, panel, rail, weekend, holiday, selected, hover, .. } = *colors;
    vec![
        ("background", background),
        ("panel", panel),
        ("rail", rail),
        ("weekend", weekend),
        ("holiday", holiday),
        ("selected", selected),
        ("hover", hover),
    ]
}

/// What is written on any of these grounds.
fn inks(colors: &Colors) -> Vec<Named> {
    let Colors { text, muted, accent, error, warning, good, .. } = *colors;
    vec![("text", text), ("muted", muted), ("accent", accent), ("error", error), ("warning", warning), ("good", good)]
}

/// Outlines and lines that carry a meaning, drawn on any of these grounds.
fn marks(colors: &Colors) -> Vec<Named> {
    vec![("hatch", colors.hatch)]
}

/// What fields and buttons stand on.
fn grounds_of_fields(colors: &Colors) -> Vec<Named> {
    let Colors { background, panel, rail, .. } = *colors;
    vec![("background", background), ("panel", panel), ("rail", rail)]
}

/// Texts on grounds that only they are written on.
fn own_grounds(colors: &Colors) -> Vec<(Named, Named)> {
    let Colors { text, muted, on_accent, accent, error, good, line, reserve, verification, panel, .. } = *colors;
    let mut pairs = vec![
        (("text", text), ("reserve", reserve)),
        (("text", text), ("verification", verification)),
        (("text", text), ("line", line)),
        (("muted", muted), ("line", line)),
        (("on_accent", on_accent), ("good", good)),
        (("on_accent", on_accent), ("error", error)),
    ];
    for state in [ControlState::Rest, ControlState::Hovered, ControlState::Pressed] {
        pairs.push((("on_accent", on_accent), ("accent", colors.filled(Some(accent), state))));
    }
    for (name, ink) in inks(colors) {
        pairs.push(((name, ink), ("its tint", colors.tint(ink))));
    }
    let faded = |color| mix(color, panel, DISABLED);
    pairs.push((("disabled text", faded(text)), ("panel", panel)));
    pairs.push((("disabled text", faded(text)), ("disabled main button", faded(line))));
    pairs
}

const STAGES: [Option<Stage>; 6] =
    [Some(Stage::Test), Some(Stage::Uat), Some(Stage::Pilot), Some(Stage::Rest), Some(Stage::Production), None];

fn themes() -> [(&'static str, &'static Colors); 2] {
    [("light", &LIGHT), ("dark", &DARK)]
}

/// Fails with all pairs that have less contrast than they need.
#[track_caller]
fn assert_contrast(theme: &str, least: f64, pairs: impl IntoIterator<Item = (Named, Named)>) {
    let weak = pairs.into_iter().filter_map(|((ink, color), (ground, below))| {
        let found = contrast(color, below);
        (found < least).then(|| format!("{ink} on {ground}: {found:.2}"))
    });
    let weak: Vec<String> = weak.collect();
    assert!(weak.is_empty(), "Less contrast than {least} in {theme}:\n{}", weak.join("\n"));
}

#[test]
fn every_text_can_be_read_on_every_ground() {
    for (theme, colors) in themes() {
        let on_all =
            inks(colors).into_iter().flat_map(|ink| grounds(colors).into_iter().map(move |ground| (ink, ground)));
        assert_contrast(theme, TEXT, on_all);
        assert_contrast(theme, TEXT, own_grounds(colors));
    }
}

#[test]
fn the_text_of_a_bar_can_be_read_in_it_and_beside_it() {
    for (theme, colors) in themes() {
        for StageColors { fill, ink } in STAGES.map(|stage| colors.stage(stage)) {
            let on_ground = grounds(colors).into_iter().map(|ground| (("ink", ink), ground));
            assert_contrast(theme, TEXT, on_ground.chain([(("ink", ink), ("fill", fill))]));
            assert_contrast(theme, TEXT, [(("letter", colors.panel), ("ink", ink))]);
        }
    }
}

#[test]
fn marks_and_outlines_stand_out() {
    for (theme, colors) in themes() {
        let calendar = |ground: &Named| ["background", "panel", "weekend", "holiday"].contains(&ground.0);
        let days: Vec<Named> = grounds(colors).into_iter().filter(calendar).collect();
        let hatches = marks(colors).into_iter().flat_map(|mark| days.clone().into_iter().map(move |day| (mark, day)));
        assert_contrast(theme, MARK, hatches);
        let outline = ("outline", colors.outline);
        assert_contrast(theme, MARK, grounds_of_fields(colors).into_iter().map(|ground| (outline, ground)));
        let on_bars = STAGES.map(|stage| colors.stage(stage).fill);
        for severity in [Severity::Error, Severity::Warning] {
            let mark = (severity.name(), colors.severity(severity));
            assert_contrast(theme, MARK, on_bars.map(|fill| (mark, ("fill", fill))));
        }
        assert_contrast(theme, MARK, [(("roll back by", colors.error), ("reserve", colors.reserve))]);
        // The lines of day cells; the weekend is not a mark, but must be visible.
        assert_contrast(theme, 1.1, [(("weekend", colors.weekend), ("panel", colors.panel))]);
    }
}

/// Fails with all pairs that look alike to somebody.
#[track_caller]
fn assert_apart(theme: &str, meanings: &[(String, Color32)]) {
    let mut alike = Vec::new();
    for (nth, (one, color)) in meanings.iter().enumerate() {
        for (other, beside) in &meanings[nth + 1..] {
            for vision in [Vision::Full, Vision::Deuteranopia, Vision::Protanopia] {
                let found = distance(*color, *beside, vision);
                if found < APART {
                    alike.push(format!("{one} and {other} in {vision:?}: {found:.1}"));
                }
            }
        }
    }
    assert!(alike.is_empty(), "Closer than {APART} in {theme}:\n{}", alike.join("\n"));
}

#[test]
fn stages_are_told_apart_by_colour_blind_people() {
    for (theme, colors) in themes() {
        let name = |stage: Option<Stage>| stage.map_or("no stage", Stage::name).to_owned();
        assert_apart(theme, &STAGES.map(|stage| (name(stage), colors.stage(stage).fill)));
        assert_apart(theme, &STAGES.map(|stage| (name(stage), colors.stage(stage).ink)));
    }
}

#[test]
fn error_warning_and_good_are_told_apart_by_colour_blind_people() {
    for (theme, colors) in themes() {
        let Colors { error, warning, good, .. } = *colors;
        let meanings = [("error", error), ("warning", warning), ("good", good)];
        assert_apart(theme, &meanings.map(|(name, color)| (name.to_owned(), color)));
    }
}

#[test]
fn every_colour_of_the_theme_is_in_a_pair() {
    let colors = &LIGHT;
    let mut paired: Vec<String> = Vec::new();
    let own = own_grounds(colors).into_iter().flat_map(|(ink, ground)| [ink, ground]);
    let lists = [inks(colors), grounds(colors), marks(colors), vec![("outline", colors.outline)]];
    paired.extend(lists.into_iter().flatten().chain(own).map(|(_, color)| format!("{color:?}")));
    paired.extend(STAGES.map(|stage| format!("{:?}", colors.stage(stage))));
    let missing: Vec<_> = all(colors).into_iter().filter(|(_, color)| !paired.contains(color)).collect();
    assert!(missing.is_empty(), "No pair has {missing:?}");
}
