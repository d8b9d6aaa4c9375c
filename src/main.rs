//! Mounts the page.

fn main() {
    yew::Renderer::<trapwise_app::App>::new().render();
}
