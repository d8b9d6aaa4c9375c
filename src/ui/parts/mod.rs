//! Small pieces that several pages use.

mod choice;
mod dialog;
mod file_button;
mod notices;
mod page_title;
mod problem_list;
mod tabs;
mod trap_text;

pub use choice::Choice;
pub use dialog::Dialog;
pub use file_button::FileButton;
pub use notices::Notices;
pub use page_title::PageTitle;
pub use problem_list::{ProblemList, TroubleNotice};
pub use tabs::{Tab, TabPanel, Tabs};
pub use trap_text::TrapWords;
