//! Colours, type sizes and spacing. No other file defines colours.
#![expect(clippy::unreadable_literal, reason = "colours are written as designers write them")]

#[cfg(test)]
mod contrast;
#[cfg(test)]
mod vision;

use egui::{
    Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, Style, TextStyle, Theme, Vec2, Visuals,
    style::{Selection, WidgetVisuals},
};

use crate::checks::Severity;
use crate::model::Stage;
use crate::schedule::FitVerdict;

/// All colours of one appearance, by meaning.
#[derive(Debug)]
pub struct Colors {
    pub background: Color32,
    pub panel: Color32,
    pub rail: Color32,
    pub line: Color32,
    /// The outlines of fields and buttons, and icons of disabled buttons.
    pub outline: Color32,
    pub weekend: Color32,
    pub holiday: Color32,
    pub text: Color32,
    pub muted: Color32,
    pub accent: Color32,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// A pale accent colour behind the selection.
    pub selected: Color32,
    pub error: Color32,
    pub warning: Color32,
    pub good: Color32,
    /// The lines of a hatched freeze.
    pub hatch: Color32,
    /// The background of a hovered row or button.
    pub hover: Color32,
    /// The part of the fit bar that is reserved for rolling back.
    pub reserve: Color32,
    pub verification: Color32,
    test: StageColors,
    uat: StageColors,
    pilot: StageColors,
    rest: StageColors,
    production: StageColors,
    none: StageColors,
}

/// The colour of a bar and of the text on it.
#[derive(Clone, Copy, Debug)]
pub struct StageColors {
    pub fill: Color32,
    pub ink: Color32,
}

/// What the pointer does with a control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ControlState {
    Rest,
    Hovered,
    Pressed,
}

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

const fn stage(fill: u32, ink: u32) -> StageColors {
    StageColors { fill: rgb(fill), ink: rgb(ink) }
}

static LIGHT: Colors = Colors {
    background: rgb(0xf6f6f4),
    panel: rgb(0xffffff),
    rail: rgb(0xefeeea),
    line: rgb(0xe4e3df),
    outline: rgb(0x8b8982),
    weekend: rgb(0xf1f0ec),
    holiday: rgb(0xfbeed3),
    text: rgb(0x1d1d1b),
    muted: rgb(0x66645d),
    accent: rgb(0x2456c5),
    on_accent: rgb(0xffffff),
    selected: rgb(0xe8eefb),
    error: rgb(0x962820),
    warning: rgb(0x9d5b00),
    good: rgb(0x27794d),
    hatch: rgb(0x9a8078),
    hover: rgb(0xeeede9),
    reserve: rgb(0xf6c9c3),
    verification: rgb(0xcfe6f7),
    test: stage(0xd3e8f5, 0x1c6094),
    uat: stage(0xd1c2af, 0x503b12),
    pilot: stage(0xfed87d, 0x845515),
    rest: stage(0xddf4bf, 0x116843),
    production: stage(0xcbc8fd, 0x102fa3),
    none: stage(0xefebe3, 0x495051),
};

static DARK: Colors = Colors {
    background: rgb(0x16171a),
    panel: rgb(0x1d1f23),
    rail: rgb(0x191a1d),
    line: rgb(0x2d3036),
    outline: rgb(0x70747e),
    weekend: rgb(0x2a2d34),
    holiday: rgb(0x33291a),
    text: rgb(0xe8e7e3),
    muted: rgb(0xa5a39b),
    accent: rgb(0x8ab0ff),
    on_accent: rgb(0x10131a),
    selected: rgb(0x24304a),
    error: rgb(0xfe7b66),
    warning: rgb(0xf9b848),
    good: rgb(0x68c690),
    hatch: rgb(0x87746f),
    hover: rgb(0x282b31),
    reserve: rgb(0x6b2d27),
    verification: rgb(0x1e3f57),
    test: stage(0x304a61, 0xc7eaff),
    uat: stage(0x382b17, 0xdcd0ab),
    pilot: stage(0x594217, 0xffca77),
    rest: stage(0x1c4f3c, 0xa9f0dc),
    production: stage(0x2c2861, 0xbdb8eb),
    none: stage(0x2e2f35, 0xafafa8),
};

/// `share` of one colour over another.
fn mix(over: Color32, under: Color32, share: f32) -> Color32 {
    let part = |over: u8, under: u8| egui::lerp(f32::from(under)..=f32::from(over), share).round() as u8;
    Color32::from_rgb(part(over.r(), under.r()), part(over.g(), under.g()), part(over.b(), under.b()))
}

impl Colors {
    /// The colours of the current appearance.
    pub fn for_visuals(visuals: &Visuals) -> &'static Self {
        if visuals.dark_mode { &DARK } else { &LIGHT }
    }

    pub fn stage(&self, stage: Option<Stage>) -> StageColors {
        match stage {
            Some(Stage::Test) => self.test,
            Some(Stage::Uat) => self.uat,
            Some(Stage::Pilot) => self.pilot,
            Some(Stage::Rest) => self.rest,
            Some(Stage::Production) => self.production,
            None => self.none,
        }
    }

    pub fn severity(&self, severity: Severity) -> Color32 {
        match severity {
            Severity::Error => self.error,
            Severity::Warning => self.warning,
            Severity::Note => self.muted,
        }
    }

    /// The background of a control that is filled with `fill` (none if it is transparent).
    pub fn filled(&self, fill: Option<Color32>, state: ControlState) -> Color32 {
        match (fill, state) {
            (None, ControlState::Rest) => Color32::TRANSPARENT,
            (None, ControlState::Hovered) => self.hover,
            (None, ControlState::Pressed) => self.selected,
            (Some(fill), ControlState::Rest) => fill,
            (Some(fill), ControlState::Hovered) => mix(self.text, fill, 0.08),
            (Some(fill), ControlState::Pressed) => mix(self.text, fill, 0.14),
        }
    }

    /// The ground of a table cell that is marked with `color`.
    pub fn tint(&self, color: Color32) -> Color32 {
        mix(color, self.panel, 0.12)
    }

    pub fn verdict(&self, verdict: FitVerdict) -> Color32 {
        match verdict {
            FitVerdict::Fits => self.good,
            FitVerdict::Thin => self.warning,
            FitVerdict::DoesNotFit => self.error,
        }
    }
}

/// The font family of the semibold weight.
pub fn semibold() -> FontFamily {
    FontFamily::Name("semibold".into())
}

/// The font family of the icons.
pub fn icons() -> FontFamily {
    FontFamily::Name("icons".into())
}

/// How strongly disabled controls are drawn; their text stays readable.
const DISABLED: f32 = 0.66;

/// What dims the screen behind search, which is read together with it.
pub const LIGHT_BACKDROP: Color32 = Color32::from_black_alpha(50);

pub const TEXT: f32 = 12.5;
pub const SMALL: f32 = 11.0;
pub const HEAD: f32 = 14.5;
pub const TITLE: f32 = 18.0;
/// Corner radii of bars and cards.
pub const BAR_RADIUS: u8 = 4;
pub const CARD_RADIUS: u8 = 8;

/// Text in the regular weight.
pub fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Text in the semibold weight.
pub fn strong(size: f32) -> FontId {
    FontId::new(size, semibold())
}

/// An icon of the given size.
pub fn icon(size: f32) -> FontId {
    FontId::new(size, icons())
}

/// Registers both appearances with egui.
pub fn install(ctx: &egui::Context) {
    ctx.options_mut(|options| options.fallback_theme = Theme::Light);
    ctx.set_style_of(Theme::Light, style(&LIGHT, Visuals::light()));
    ctx.set_style_of(Theme::Dark, style(&DARK, Visuals::dark()));
}

fn style(colors: &Colors, visuals: Visuals) -> Style {
    let mut style = Style { visuals: self::visuals(colors, visuals), ..Style::default() };
    style.text_styles = [
        (TextStyle::Heading, strong(TITLE)),
        (TextStyle::Body, regular(TEXT)),
        (TextStyle::Button, regular(TEXT)),
        (TextStyle::Small, regular(SMALL)),
        (TextStyle::Monospace, FontId::monospace(TEXT)),
    ]
    .into();
    style.spacing.item_spacing = Vec2::new(8.0, 4.0);
    style.spacing.button_padding = Vec2::new(10.0, 4.0);
    style.spacing.interact_size.y = 24.0;
    style.spacing.menu_margin = Margin::same(6);
    style.spacing.window_margin = Margin::same(16);
    style.spacing.text_edit_width = 180.0;
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.interaction.tooltip_delay = 0.4;
    style.animation_time = 0.0;
    style
}

fn visuals(colors: &Colors, base: Visuals) -> Visuals {
    let radius = CornerRadius::same(BAR_RADIUS);
    let widget = |fill: Color32, border: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, border),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let base_is_dark = base.dark_mode;
    let mut visuals = base;
    visuals.widgets.noninteractive = widget(colors.panel, colors.line, colors.text);
    visuals.widgets.inactive = widget(colors.panel, colors.outline, colors.text);
    // Check boxes and sliders need a fill that differs from the panel, because in menus they have no border.
    visuals.widgets.inactive.bg_fill = colors.line;
    visuals.widgets.hovered = widget(colors.hover, colors.muted, colors.text);
    visuals.widgets.active = widget(colors.selected, colors.accent, colors.text);
    visuals.widgets.open = widget(colors.hover, colors.muted, colors.text);
    visuals.selection = Selection { bg_fill: colors.selected, stroke: Stroke::new(1.0, colors.accent) };
    visuals.hyperlink_color = colors.accent;
    visuals.faint_bg_color = colors.background;
    visuals.extreme_bg_color = colors.panel;
    visuals.text_edit_bg_color = Some(colors.panel);
    if base_is_dark {
        // On dark cards, the fill of a field or an unticked box needs more contrast.
        visuals.widgets.inactive.bg_fill = rgb(0x3a3e46);
        visuals.text_edit_bg_color = Some(colors.background);
    }
    visuals.disabled_alpha = DISABLED;
    visuals.code_bg_color = colors.weekend;
    visuals.warn_fg_color = colors.warning;
    visuals.error_fg_color = colors.error;
    visuals.weak_text_color = Some(colors.muted);
    visuals.window_fill = colors.panel;
    visuals.panel_fill = colors.background;
    visuals.window_stroke = Stroke::new(1.0, colors.line);
    visuals.window_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.menu_corner_radius = CornerRadius::same(CARD_RADIUS);
    visuals.window_shadow = Shadow { offset: [0, 8], blur: 32, spread: 0, color: Color32::from_black_alpha(60) };
    visuals.popup_shadow = Shadow { offset: [0, 4], blur: 16, spread: 0, color: Color32::from_black_alpha(40) };
    visuals
}
