//! Small pieces that several pages use.

mod button;
mod choice;
mod dialog;
mod fact_links;
mod fact_words;
mod file_button;
mod notices;
mod page_title;
mod problem_list;
mod search;
mod sources;
mod tabs;
mod trap_text;

pub use button::{button, click, link_button, toggle, waiting};
pub use choice::{Choice, choice};
pub use dialog::Dialog;
pub use fact_links::FactLinks;
pub use fact_words::{fact_status, fact_words};
pub use file_button::{Files, file_button};
pub use notices::Notices;
pub use page_title::PageTitle;
pub use problem_list::{problem_list, trouble_notice};
pub use search::search;
pub use sources::sources;
pub use tabs::{Tab, tab_panel, tabs};
pub use trap_text::{trap_section, trap_words};
