//! The Trapwise page: [`ui`] over the pure crates, [`client`], through which it asks the engine, and
//! [`platform`], the browser beneath it.

pub mod client;
pub mod platform;
pub mod ui;

pub use ui::app::App;

/// Puts the page into its place.
pub fn start() {
    platform::crash::install();
    platform::theme::Theme::chosen().put_on();
    match platform::dom::root() {
        Some(root) => yew::Renderer::<App>::with_root(root).render(),
        None => yew::Renderer::<App>::new().render(),
    };
}
