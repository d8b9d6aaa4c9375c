//! Notices of the attempt store: a store that refuses, and backups.

use trapwise_session::Backup;
use yew::prelude::*;

use crate::platform::files;
use crate::ui::icon::icon;
use crate::ui::parts::button;
use crate::ui::services::Services;
use crate::ui::words::count;

/// What the notices need.
#[derive(Properties, PartialEq)]
pub struct NoticesProps {
    /// The attempt store.
    pub services: Services,
    /// Another number means that there may be news.
    pub news: u32,
}

/// Notices above the page, until dismissed.
#[component]
pub fn Notices(props: &NoticesProps) -> Html {
    let dismissed = use_state_eq(|| false);
    let trouble = props.services.attempt_store.trouble().filter(|_| !*dismissed);
    let backups = props.services.attempt_store.backups();
    if trouble.is_none() && backups.is_empty() {
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
            if !backups.is_empty() {
                <details class="notice">
                    <summary>
                        { icon("ui-info") }
                        { format!("{} set aside", count(backups.len(), "piece of work was", "pieces of work were")) }
                    </summary>
                    <ul class="backups">
                        { for backups.into_iter().map(|backup| row(&props.services, backup)) }
                    </ul>
                </details>
            }
        </section>
    }
}

fn row(services: &Services, backup: Backup) -> Html {
    let (why, name, text) = match &backup.saved {
        Ok(saved) => {
            let parts = saved.attempt.design.components().len();
            let design = serde_json::to_string_pretty(&saved.attempt.design).unwrap_or_default();
            (
                format!("another state of your work, with {}", count(parts, "component", "components")),
                "design",
                design,
            )
        }
        Err(why) => (format!("could not be read: {why}"), "unreadable", backup.text.clone()),
    };
    let name = format!("{}.{name}.json", backup.place.replace(|c: char| !c.is_ascii_alphanumeric(), "-"));
    let download = Callback::from(move |_| files::download(&name, &text));
    let services = services.clone();
    let key = backup.key.clone();
    let delete = Callback::from(move |_| {
        services.attempt_store.remove_backup(&key);
        services.store_changed.emit(());
    });
    html! {
        <li key={backup.key}>
            <p><strong>{ backup.place }</strong>{ ": " }{ why }</p>
            { button("button", "ui-download", "Download", download) }
            { button("button", "ui-delete", "Delete", delete) }
        </li>
    }
}
