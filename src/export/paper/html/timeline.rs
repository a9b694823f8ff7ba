//! An occurrence drawn to scale with boxes, without a picture.

use std::fmt::{Result, Write as _};

use super::escaped::line;
use crate::export::paper::{Band, BandKind, Tick, TickKind, Timeline};

/// The share of the width that a character takes. Bands that are too narrow for their label are drawn without it, and a
/// line below names all bands.
const CHARACTER: f64 = 0.0088;

pub fn write(out: &mut String, timeline: &Timeline) -> Result {
    let labels: Vec<String> = timeline.bands.iter().map(|band| line(&band.label)).collect();
    writeln!(out, "<div class=\"timeline\" role=\"img\" aria-label=\"{}\">", labels.join(", "))?;
    timeline.bands.iter().try_for_each(|band| write_band(out, band))?;
    if timeline.end < 1.0 {
        writeln!(out, "<div class=\"end\" style=\"left:{:.2}%\"></div>", timeline.end * 100.0)?;
    }
    timeline.ticks.iter().try_for_each(|tick| write_tick(out, tick))?;
    writeln!(out, "</div>")?;
    if !timeline.bands.iter().all(is_labelled) {
        writeln!(out, "<p class=\"legend\">{}</p>", labels.join(" → "))?;
    }
    match &timeline.no_return {
        Some(no_return) => writeln!(out, "<p class=\"legend\" dir=\"auto\"><b>{}</b></p>", line(no_return)),
        None => Ok(()),
    }
}

fn is_labelled(band: &Band) -> bool {
    (band.label.chars().count() + 2) as f64 * CHARACTER < band.to - band.from
}

fn write_band(out: &mut String, band: &Band) -> Result {
    let (left, width) = (band.from * 100.0, (band.to - band.from) * 100.0);
    write!(out, "<div class=\"band {}\" style=\"left:{left:.2}%;width:{width:.2}%\">", class(band.kind))?;
    out.push_str(&"<i></i>".repeat(band.boxes as usize));
    if is_labelled(band) {
        write!(out, "<b><span>{}</span></b>", line(&band.label))?;
    }
    writeln!(out, "</div>")
}

fn class(kind: BandKind) -> &'static str {
    match kind {
        BandKind::Prepare => "prepare",
        BandKind::Batches => "batches",
        BandKind::Verification => "verification",
        BandKind::Margin => "margin",
        BandKind::RollbackReserve => "rollback-reserve",
        BandKind::Handover => "handover",
    }
}

fn write_tick(out: &mut String, tick: &Tick) -> Result {
    let edge = match tick.at {
        at if at < 0.03 => " first",
        at if at > 0.97 => " last",
        _ => "",
    };
    let bare = if tick.is_bare { " bare" } else { "" };
    let kind = match tick.kind {
        TickKind::Time => "",
        TickKind::RollBackBy => " deadline",
        TickKind::NoReturn => " no-return",
    };
    let clock = if tick.is_bare { String::new() } else { format!("<span>{}</span>", line(&tick.clock)) };
    writeln!(out, "<div class=\"mark{edge}{bare}{kind}\" style=\"left:{:.2}%\">{clock}</div>", tick.at * 100.0)
}
