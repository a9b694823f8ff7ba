//! Search and commands.
#[derive(Default)]
pub struct PaletteState {}
