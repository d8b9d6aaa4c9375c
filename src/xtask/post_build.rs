//! The last step of every build of the site, Trunk's `post_build` hook: adds what the page fetches at
//! run time, and holds the page to its own Content-Security-Policy.

use crate::minify::minify;
use crate::workspace::Workspace;
use crate::{Result, files, reload};
use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

/// Finishes the site that Trunk has staged; Trunk says where in `TRUNK_STAGING_DIR`.
pub fn run_from_hook(workspace: &Workspace) -> Result {
    let staging = std::env::var_os("TRUNK_STAGING_DIR")
        .ok_or("`post-build` is for Trunk's hook, which sets TRUNK_STAGING_DIR; run `cargo xtask build`")?;
    let staging = Path::new(&staging);
    post_build(workspace.root(), staging)?;
    let files = files::below(staging)?;
    if !files.iter().any(|file| files::name_in(staging, file).starts_with(WORKER_FOLDER)) {
        return Err(format!("the site has no worker: index.html builds no {}", WORKER[0]));
    }
    let release = std::env::var_os("TRUNK_PROFILE").is_some_and(|profile| profile == "release");
    if release { minify(staging) } else { Ok(()) }
}

/// Copies the content of the checkout `root` into the site and checks its page.
fn post_build(root: &Path, site: &Path) -> Result {
    copy_scenarios(&root.join("scenarios"), &site.join("scenarios"))?;
    write_trap_library(&site.join("traps"))?;
    let worker = move_worker(site)?;
    let icons = root.join("styles").join("icons.svg");
    let icons =
        fs::read_to_string(&icons).map_err(|error| format!("cannot read {}: {error}", icons.display()))?;
    write_page(site, &icons, worker.as_deref())
}

fn copy_scenarios(from: &Path, to: &Path) -> Result {
    for file in files_below(from, "json")? {
        let place = file.strip_prefix(from).map_err(|error| error.to_string())?;
        copy(&file, &to.join(place))?;
    }
    Ok(())
}

/// Writes every trap with its words: one file for each language.
fn write_trap_library(folder: &Path) -> Result {
    let library = serde_json::to_string(&trapwise_engine::texts::library())
        .map_err(|error| format!("cannot write the traps: {error}"))?;
    fs::create_dir_all(folder).map_err(|error| format!("cannot create {}: {error}", folder.display()))?;
    write(&folder.join("en.json"), &library)
}

/// The files of the worker, as Trunk writes them: workers have fixed names there.
const WORKER: [&str; 3] = ["trapwise-worker_loader.js", "trapwise-worker.js", "trapwise-worker_bg.wasm"];

/// The start of the name of their folder.
pub const WORKER_FOLDER: &str = "worker-";

/// Moves the worker into a folder whose name holds its content's hash, and returns where its first script is
/// then. Its files name each other relative to themselves.
fn move_worker(site: &Path) -> Result<Option<String>> {
    if !site.join(WORKER[0]).is_file() {
        return Ok(None);
    }
    let problem = |error: std::io::Error| format!("cannot move the worker: {error}");
    let mut hasher = DefaultHasher::new();
    for name in WORKER {
        hasher.write(&fs::read(site.join(name)).map_err(problem)?);
    }
    let folder = format!("{WORKER_FOLDER}{:016x}", hasher.finish());
    fs::create_dir_all(site.join(&folder)).map_err(problem)?;
    for name in WORKER {
        fs::rename(site.join(name), site.join(&folder).join(name)).map_err(problem)?;
    }
    Ok(Some(format!("./{folder}/{}", WORKER[0])))
}

/// Where in the page the address of the worker goes.
const WORKER_PLACE: &str = "<!-- worker -->";

/// The page starts it when it needs it.
fn worker_in_page(address: &str) -> String {
    format!("<meta name=\"trapwise-worker\" content=\"{address}\" />")
}

/// Where in the page the icons go.
const ICONS_PLACE: &str = "<!-- icons -->";

fn write_page(site: &Path, icons: &str, worker: Option<&str>) -> Result {
    let path = site.join("index.html");
    let page =
        fs::read_to_string(&path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let page = page.replacen(ICONS_PLACE, &icons_in_page(icons), 1);
    let page = page.replacen(WORKER_PLACE, &worker.map(worker_in_page).unwrap_or_default(), 1);
    let page = without_comments(&one_stylesheet(site, &page)?);
    let moved = reload::move_to_file(&page);
    if let Some(script) = &moved.script {
        write(&site.join(reload::FILE), script)?;
    }
    write(&path, &moved.page)?;
    match inline_code(&moved.page) {
        None => Ok(()),
        Some(code) => Err(format!("index.html holds {code}, which its policy refuses: move it to a file")),
    }
}

/// The page without the notes to whoever reads its source, which every visit would download.
fn without_comments(page: &str) -> String {
    let mut pieces = page.split("<!--");
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.truncate(text.trim_end().len());
        text.push_str(piece.split_once("-->").map_or("", |(_, rest)| rest));
    }
    text
}

/// How Trunk writes a stylesheet into the page, up to its name and after it.
const STYLESHEET: (&str, &str) = ("<link rel=\"stylesheet\" href=\"./", "\"/>");

/// Makes one stylesheet of all, in their order, named by its content's hash: one request instead of seven
/// before anything is seen.
fn one_stylesheet(site: &Path, page: &str) -> Result<String> {
    let mut pieces = page.split(STYLESHEET.0);
    let before = pieces.next().unwrap_or_default();
    let (mut styles, mut after) = (String::new(), String::new());
    for piece in pieces {
        let (name, rest) = piece.split_once(STYLESHEET.1).ok_or("a stylesheet in index.html has no end")?;
        let path = site.join(name);
        let problem = |error: std::io::Error| format!("cannot move {}: {error}", path.display());
        styles.push_str(&fs::read_to_string(&path).map_err(problem)?);
        fs::remove_file(&path).map_err(problem)?;
        after.push_str(rest.trim_start());
    }
    if styles.is_empty() {
        return Ok(page.to_owned());
    }
    let mut hasher = DefaultHasher::new();
    hasher.write(styles.as_bytes());
    let name = format!("trapwise-{:016x}.css", hasher.finish());
    write(&site.join(&name), &styles)?;
    Ok(format!("{before}{}{name}{}\n    {after}", STYLESHEET.0, STYLESHEET.1))
}

/// The symbols as a part of the page: there from the first frame, and no file to fetch. Their ids get a
/// prefix, because a page has one space of ids.
fn icons_in_page(sprite: &str) -> String {
    let symbols = sprite.replace(" id=\"", " id=\"icon-");
    let inside = symbols.split_once('>').map_or("", |(_, inside)| inside);
    format!("<svg class=\"icons\" width=\"0\" height=\"0\" aria-hidden=\"true\">{inside}")
}

/// The first piece of a page that `script-src 'self'; style-src 'self'` would refuse.
fn inline_code(page: &str) -> Option<String> {
    let tags = page.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag));
    for tag in tags {
        let name = tag.split([' ', '\n', '\t', '/']).next().unwrap_or_default();
        let attributes = tag.split_whitespace().skip(1);
        if name == "style" || (name == "script" && !tag.contains(" src=")) {
            return Some(format!("an inline <{name}>"));
        }
        for attribute in attributes {
            let key = attribute.split('=').next().unwrap_or_default();
            if attribute.contains('=') && (key == "style" || key.starts_with("on")) {
                return Some(format!("the attribute `{key}` at a <{name}>"));
            }
        }
    }
    None
}

fn files_below(folder: &Path, extension: &str) -> Result<Vec<PathBuf>> {
    let mut found = files::below(folder)?;
    found.retain(|file| file.extension().is_some_and(|found| found == extension));
    Ok(found)
}

fn copy(from: &Path, to: &Path) -> Result {
    let problem =
        |error: std::io::Error| format!("cannot copy {} to {}: {error}", from.display(), to.display());
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(problem)?;
    }
    fs::copy(from, to).map(drop).map_err(problem)
}

fn write(path: &Path, text: &str) -> Result {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<html><head><script src="./boot.js" defer></script></head><body></body></html>"#;

    const SPRITE: &str = r#"<svg xmlns="x"><symbol id="vpc"><path d="M0 0"/></symbol></svg>"#;

    /// A checkout with some content and a staged page, removed at the end.
    struct Checkout(PathBuf);

    impl Checkout {
        fn new(name: &str) -> Self {
            let root = std::env::temp_dir().join(format!("xtask-post-build-{}-{name}", std::process::id()));
            let checkout = Self(root);
            checkout.add("site/index.html", PAGE);
            checkout.add("styles/icons.svg", SPRITE);
            checkout
        }

        fn add(&self, path: &str, text: &str) {
            let path = self.0.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }

        fn post_build(&self) -> Result {
            post_build(&self.0, &self.0.join("site"))
        }

        fn site(&self) -> Vec<String> {
            let site = self.0.join("site");
            files::below(&site).unwrap().iter().map(|file| files::name_in(&site, file)).collect()
        }
    }

    impl Drop for Checkout {
        fn drop(&mut self) {
            fs::remove_dir_all(&self.0).unwrap();
        }
    }

    #[test]
    fn scenarios_and_traps_come_into_the_site() {
        let checkout = Checkout::new("content");
        checkout.add("scenarios/index.json", "{}");
        checkout.add("scenarios/first/scenario.json", "{}");
        checkout.add("scenarios/first/variants/image-pull.json", "{}");
        checkout.add("scenarios/first/notes.txt", "not for the site");
        checkout.post_build().unwrap();
        assert_eq!(
            checkout.site(),
            [
                "index.html",
                "scenarios/first/scenario.json",
                "scenarios/first/variants/image-pull.json",
                "scenarios/index.json",
                "traps/en.json",
            ]
        );
        let library = fs::read_to_string(checkout.0.join("site/traps/en.json")).unwrap();
        assert!(library.contains(r#""id":"execution-role-missing","area":"roles""#), "the traps are named");
        assert!(library.contains(r#""execution-role-missing":{"title":"#), "the traps have words");
    }

    #[test]
    fn icons_come_into_the_page() {
        let checkout = Checkout::new("icons");
        checkout.add("site/index.html", &format!("<body>{ICONS_PLACE}</body>"));
        checkout.post_build().unwrap();
        let page = fs::read_to_string(checkout.0.join("site/index.html")).unwrap();
        let icons = r#"<svg class="icons" width="0" height="0" aria-hidden="true">"#;
        assert_eq!(
            page,
            format!(r#"<body>{icons}<symbol id="icon-vpc"><path d="M0 0"/></symbol></svg></body>"#)
        );
    }

    #[test]
    fn comments_stay_behind() {
        assert_eq!(without_comments("<p>\n  <!-- a\n b -->\n</p><!-- c -->!"), "<p>\n</p>!");
    }

    #[test]
    fn stylesheets_become_one_in_their_order() {
        let checkout = Checkout::new("styles");
        let link = |name: &str| format!("{}{name}{}", STYLESHEET.0, STYLESHEET.1);
        let page = format!("<head>\n{}\n{}\n</head>", link("b-1.css"), link("a-2.css"));
        checkout.add("site/index.html", &page);
        checkout.add("site/b-1.css", "b{}");
        checkout.add("site/a-2.css", "a{}");
        checkout.post_build().unwrap();
        let [page, _, styles] = &checkout.site()[..] else { panic!("{:?}", checkout.site()) };
        let site = checkout.0.join("site");
        assert_eq!(fs::read_to_string(site.join(styles)).unwrap(), "b{}a{}");
        let page = fs::read_to_string(site.join(page)).unwrap();
        assert_eq!(
            page.replace(char::is_whitespace, ""),
            format!("<head>{}</head>", link(styles)).replace(' ', "")
        );
    }

    #[test]
    fn the_worker_is_found_by_what_is_in_it() {
        let folder = |name: &str, wasm: &str| {
            let checkout = Checkout::new(name);
            checkout.add("site/index.html", &format!("<head>{WORKER_PLACE}</head>"));
            for file in WORKER {
                checkout.add(&format!("site/{file}"), wasm);
            }
            checkout.post_build().unwrap();
            let files = checkout.site();
            let folder = files
                .iter()
                .find_map(|file| file.strip_suffix(&format!("/{}", WORKER[0])))
                .unwrap()
                .to_owned();
            assert!(folder.starts_with(WORKER_FOLDER) && files.len() == 5, "{files:?}");
            let page = fs::read_to_string(checkout.0.join("site/index.html")).unwrap();
            assert!(page.contains(&format!("content=\"./{folder}/{}\"", WORKER[0])), "{page}");
            folder
        };
        assert_eq!(folder("worker", "a"), folder("same", "a"));
        assert_ne!(folder("other", "b"), folder("again", "a"));
    }

    #[test]
    fn a_checkout_without_content_is_no_error() {
        let checkout = Checkout::new("bare");
        checkout.post_build().unwrap();
        assert_eq!(checkout.site(), ["index.html", "traps/en.json"]);
    }

    #[test]
    fn a_page_with_inline_code_is_refused() {
        for (code, named) in [
            ("<script>run()</script>", "an inline <script>"),
            ("<script type=\"module\">run()</script>", "an inline <script>"),
            ("<style>p {}</style>", "an inline <style>"),
            ("<p style=\"color: red\">", "`style` at a <p>"),
            ("<body\n onload=\"run()\">", "`onload` at a <body>"),
        ] {
            let checkout = Checkout::new("inline");
            checkout.add("site/index.html", &format!("{PAGE}{code}"));
            let problem = checkout.post_build().unwrap_err();
            assert!(problem.contains(named), "{code}: {problem}");
        }
    }
}
