//! The script with which Trunk's development server reloads the page. Trunk writes it into the page,
//! whose policy refuses inline scripts; so it moves to a file, and the policy stays the released one.

/// The file, beside the page.
pub const FILE: &str = "reload.js";

/// Found in that script alone: where Trunk's server fills in the address when it sends the page.
const ADDRESS: &str = "'{{__TRUNK_ADDRESS__}}'";
const BASE: &str = "{{__TRUNK_WS_BASE__}}";

/// A page, and the script taken out of it if there was one.
pub struct Moved {
    pub page: String,
    pub script: Option<String>,
}

/// Replaces the inline script by a reference to [`FILE`] and fills in what the server no longer can.
pub fn move_to_file(page: &str) -> Moved {
    let Some((before, script, after)) = inline_script_with(page, ADDRESS) else {
        return Moved { page: page.to_owned(), script: None };
    };
    Moved {
        page: format!("{before}<script src=\"./{FILE}\"></script>{after}"),
        script: Some(script.replace(ADDRESS, "window.location.host").replace(BASE, "/")),
    }
}

fn inline_script_with<'a>(page: &'a str, mark: &str) -> Option<(&'a str, &'a str, &'a str)> {
    const OPEN: &str = "<script>";
    const CLOSE: &str = "</script>";
    let marked = page.find(mark)?;
    let (head, tail) = page.split_at_checked(marked)?;
    let start = head.rfind(OPEN)?;
    let end = marked + tail.find(CLOSE)?;
    Some((page.get(..start)?, page.get(start + OPEN.len()..end)?, page.get(end + CLOSE.len()..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_released_page_stays_as_it_is() {
        let page = r#"<script src="./boot.js"></script>"#;
        let moved = move_to_file(page);
        assert_eq!((moved.page.as_str(), moved.script), (page, None));
    }

    #[test]
    fn the_reload_script_moves_and_finds_the_server_itself() {
        let page = "<body><script src=\"a.js\"></script>\
                    <script>connect('{{__TRUNK_ADDRESS__}}', '{{__TRUNK_WS_BASE__}}')</script></body>";
        let moved = move_to_file(page);
        assert_eq!(
            moved.page,
            "<body><script src=\"a.js\"></script><script src=\"./reload.js\"></script></body>"
        );
        assert_eq!(moved.script.as_deref(), Some("connect(window.location.host, '/')"));
    }
}
