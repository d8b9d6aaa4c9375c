//! What the shelf has to tell: a store that refuses, and work that was set aside.

use trapwise_session::Aside;
use yew::prelude::*;

use crate::platform::files;
use crate::ui::icon::icon;
use crate::ui::parts::button;
use crate::ui::services::Services;
use crate::ui::words::count;

/// What the notices need.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// Where the shelf is.
    pub services: Services,
    /// Another number means that there may be news.
    pub news: u32,
}

/// Notices above the page, until dismissed.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let dismissed = use_state_eq(|| false);
    let trouble = props.services.shelf.trouble().filter(|_| !*dismissed);
    let asides = props.services.shelf.asides();
    if trouble.is_none() && asides.is_empty() {
        return Html::default();
    }
    html! {
        <section aria-label="Notices">
            if let Some(trouble) = trouble {
                <div class="notice warn" role="status">
                    { icon("ui-warning") }
                    <p>
                        { format!("Your work is kept only as long as this page stays open: {trouble}. ") }
                        { "Download your design to keep it." }
                    </p>
                    { button("button quiet", "", "Dismiss", Callback::from(move |_| dismissed.set(true))) }
                </div>
            }
            if !asides.is_empty() {
                <details class="notice">
                    <summary>
                        { icon("ui-info") }
                        { format!("{} set aside", count(asides.len(), "piece of work was", "pieces of work were")) }
                    </summary>
                    <ul class="asides">
                        { for asides.into_iter().map(|aside| row(&props.services, aside)) }
                    </ul>
                </details>
            }
        </section>
    }
}

fn row(services: &Services, aside: Aside) -> Html {
    let (why, name, text) = match &aside.saved {
        Ok(saved) => {
            let parts = saved.attempt.design.components().len();
            let design = serde_json::to_string_pretty(&saved.attempt.design).unwrap_or_default();
            (
                format!("another state of your work, with {}", count(parts, "component", "components")),
                "design",
                design,
            )
        }
        Err(why) => (format!("could not be read: {why}"), "unreadable", aside.text.clone()),
    };
    let name = format!("{}.{name}.json", aside.place.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let download = Callback::from(move |_| files::download(&name, &text));
    let services = services.clone();
    let key = aside.key.clone();
    let delete = Callback::from(move |_| {
        services.shelf.remove_aside(&key);
        services.shelf_changed.emit(());
    });
    html! {
        <li key={aside.key}>
            <p><strong>{ aside.place }</strong>{ ": " }{ why }</p>
            { button("button", "ui-download", "Download", download) }
            { button("button", "ui-delete", "Delete", delete) }
        </li>
    }
}
