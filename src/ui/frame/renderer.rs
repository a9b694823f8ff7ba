//! What draws the window: the graphics card through wgpu, or OpenGL. Notices when the card's driver fails.

use std::sync::{Arc, Mutex, PoisonError};

use eframe::{Renderer, wgpu};
use egui::Context;

use crate::store;

/// Chooses wgpu if it finds a graphics card; otherwise OpenGL, as on many remote desktops. `avoids_wgpu`: the card's
/// driver failed in an earlier run.
pub fn first_renderer(avoids_wgpu: bool) -> Renderer {
    if let Some(name) = store::renderer_wish() {
        return if name == "glow" { Renderer::Glow } else { Renderer::Wgpu };
    }
    if avoids_wgpu {
        return Renderer::Glow;
    }
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapters = crate::ui::parts::widgets::wait_for(instance.enumerate_adapters(wgpu::Backends::PRIMARY));
    let has_card = adapters.iter().any(|adapter| adapter.get_info().device_type != wgpu::DeviceType::Cpu);
    if has_card {
        Renderer::Wgpu
    } else {
        log::info!("no graphics adapter for wgpu: drawing with OpenGL");
        Renderer::Glow
    }
}

/// Why the graphics card can no longer draw, once that is known.
#[derive(Clone, Default)]
pub struct DrawingFailure(Arc<Mutex<Option<String>>>);

impl DrawingFailure {
    /// Notices when the device is lost or fails. The window of `ctx` is then drawn again, so that it can close.
    pub fn watch(&self, device: &wgpu::Device, ctx: &Context) {
        let (failure, waker) = (self.clone(), ctx.clone());
        device.set_device_lost_callback(move |reason, message| {
            failure.report(format!("the graphics device is lost ({reason:?}): {message}"));
            waker.request_repaint();
        });
        let (failure, waker) = (self.clone(), ctx.clone());
        // Without this, wgpu ends the program.
        device.on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
            failure.report(error.to_string());
            waker.request_repaint();
        }));
    }

    /// The first failure counts; the others follow from it.
    fn report(&self, reason: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(reason);
    }

    pub fn has_happened(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_some()
    }

    pub fn take(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
