//! Reads files and packs. Everything is limited: size, number, depth.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use trapwise_engine::verify::Pack;
use trapwise_model::diagnostic::Diagnostic;
use trapwise_model::source::MAX_BYTES;

/// Most files of a pack.
const MAX_FILES: usize = 20_000;
/// Deepest folder that is read; a pack has two levels.
const MAX_DEPTH: usize = 4;

/// Reads a file of text.
///
/// # Errors
/// It does not exist, is not a file, is too large, or is not UTF-8.
pub fn read_text(path: &Path) -> Result<String, Box<Diagnostic>> {
    let name = show(path);
    let failed = |why: String| Box::new(Diagnostic::of_file("unreadable", &name, why));
    if path.is_dir() {
        return Err(failed("this is a folder, not a file".to_owned()));
    }
    // Opening a pipe that no one writes to would wait for ever.
    let metadata = fs::metadata(path).map_err(|error| failed(explain(&error)))?;
    if !metadata.is_file() {
        return Err(failed(
            "this is not a regular file; use `-` to read a design from standard input".to_owned(),
        ));
    }
    let file = File::open(path).map_err(|error| failed(explain(&error)))?;
    read_limited(file, &name)
}

/// Reads text from standard input.
///
/// # Errors
/// As for files.
pub fn read_stdin() -> Result<String, Box<Diagnostic>> {
    read_limited(io::stdin().lock(), "-")
}

fn read_limited(reader: impl Read, name: &str) -> Result<String, Box<Diagnostic>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    reader
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|error| Box::new(Diagnostic::of_file("unreadable", name, explain(&error))))?;
    if bytes.len() > MAX_BYTES {
        let message = format!("the file is larger than {} MiB", MAX_BYTES >> 20);
        return Err(Diagnostic::of_file("too-large", name, message).into());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Diagnostic::of_file("not-utf8", name, format!("the file is not UTF-8 text, from byte {at} on")).into()
    })
}

/// Reads the files of a pack. Names that start with a dot are skipped.
///
/// # Errors
/// The folder cannot be read. Files that cannot be read are returned as diagnostics.
pub fn read_pack(dir: &Path) -> Result<(Pack, Vec<Diagnostic>), Box<Diagnostic>> {
    let failed = |why: String| Box::new(Diagnostic::of_file("unreadable", &show(dir), why));
    if !dir.is_dir() {
        let why = if dir.exists() { "this is a file, not a folder" } else { "there is no such folder" };
        return Err(failed(why.to_owned()));
    }
    let (mut pack, mut unreadable) = (Pack::default(), Vec::new());
    for path in list(dir).map_err(failed)? {
        let name = path.strip_prefix(dir).unwrap_or(&path);
        let names: Vec<_> = name.iter().map(|part| part.to_string_lossy()).collect();
        let name = names.join("/");
        // Other files are reported as stray, so their content does not matter.
        let text = if name.ends_with(".json") { read_text(&path) } else { Ok(String::new()) };
        match text {
            Ok(text) => drop(pack.files.insert(name, text)),
            Err(why) => unreadable.push(*why),
        }
    }
    Ok((pack, unreadable))
}

/// Reads the cases of the library into a pack: `tests/cases` beside the pack's folder, where it exists.
/// Returns the files that cannot be read.
pub fn read_cases(dir: &Path, pack: &mut Pack) -> Vec<Diagnostic> {
    let beside = match (dir.file_name(), dir.parent()) {
        (Some(_), Some(parent)) => parent.to_owned(),
        _ => dir.join(".."),
    };
    let folder = beside.join("tests/cases");
    if !folder.is_dir() {
        return Vec::new();
    }
    let paths = match list(&folder) {
        Ok(paths) => paths,
        Err(why) => return vec![Diagnostic::of_file("unreadable", &show(&folder), why)],
    };
    let mut unreadable = Vec::new();
    for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "json")) {
        match read_text(path) {
            Ok(text) => drop(pack.cases.insert(show(path), text)),
            Err(why) => unreadable.push(*why),
        }
    }
    unreadable
}

/// Every file in a folder and its folders, sorted.
///
/// # Errors
/// A folder cannot be read, or there are too many files.
pub fn list(dir: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![(dir.to_owned(), 0)];
    while let Some((folder, depth)) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{}: {}", show(&folder), explain(&error)))?;
        for entry in entries {
            let entry = entry.map_err(|error| explain(&error))?;
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            // Links to folders are not followed: they can form a cycle.
            let kind = entry.file_type().map_err(|error| explain(&error))?;
            if !kind.is_dir() {
                files.push(entry.path());
            } else if depth < MAX_DEPTH {
                folders.push((entry.path(), depth + 1));
            }
            if files.len() + folders.len() > MAX_FILES {
                return Err(format!("more than {MAX_FILES} files: this is probably not a pack"));
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Writes a file and creates its folders.
///
/// # Errors
/// It cannot be written.
pub fn write(path: &Path, text: &str) -> Result<(), Box<Diagnostic>> {
    let failed = |error: io::Error| Box::new(Diagnostic::of_file("unwritable", &show(path), explain(&error)));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(path, text).map_err(failed)
}

/// A path for messages, with `/` on every system.
pub fn show(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The message of a system error; common errors have their own.
fn explain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "this is a folder, not a file".to_owned(),
        _ => error.to_string(),
    }
}
