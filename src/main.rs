//! Mounts the page.

fn main() {
    trapwise_app::start();
}
