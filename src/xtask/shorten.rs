//! Makes what a release's visitors download shorter: notes, spaces and long names are for whoever reads the
//! source. The `WebAssembly` itself is wasm-opt's, which Trunk calls.

use crate::process::run;
use crate::{Result, files};
use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Shortens the scripts and styles of a built site, in place. esbuild has to be on the `PATH`.
pub fn shorten(site: &Path) -> Result {
    let mut found = files::below(site)?;
    let has = |file: &PathBuf, ending: &str| file.extension().is_some_and(|found| found == ending);
    for wasm in found.iter().filter(|file| has(file, "wasm")) {
        number_imports(wasm)?;
    }
    found.retain(|file| has(file, "js") || has(file, "css"));
    // Without a format, as scripts and modules are to stay what they are.
    let mut esbuild = Command::new(if cfg!(windows) { "esbuild.cmd" } else { "esbuild" });
    esbuild.args(["--minify", "--charset=utf8", "--log-level=warning", "--allow-overwrite"]);
    esbuild.arg(format!("--outbase={}", site.display())).arg(format!("--outdir={}", site.display()));
    if found.is_empty() { Ok(()) } else { run(esbuild.args(found)) }
}

/// What wasm-bindgen's names of imports start with; 16 digits of a hash end them.
const IMPORT: &[u8] = b"__wbg_";
const DIGITS: usize = 16;

/// Numbers the imports of a module, in it and in the script that gives them to it, in place of hashes: of
/// these there are hundreds, and nothing compresses them. Every length stays, and with it the module's form.
fn number_imports(wasm: &Path) -> Result {
    let Some(script) = script_of(wasm).filter(|script| script.is_file()) else { return Ok(()) };
    let problem = |error: std::io::Error| format!("cannot number the imports of {}: {error}", wasm.display());
    let (mut module, mut glue) = (fs::read(wasm).map_err(problem)?, fs::read(&script).map_err(problem)?);
    let names: BTreeSet<Vec<u8>> = imports(&glue).filter_map(|name| Some(glue.get(name)?.to_vec())).collect();
    for bytes in [&mut module, &mut glue] {
        for name in imports(bytes).collect::<Vec<_>>() {
            let Some(name) = bytes.get_mut(name) else { continue };
            let number = names.range(..name.to_vec()).count();
            if let Some((_, hash)) = name.split_last_chunk_mut::<DIGITS>() {
                hash.copy_from_slice(format!("{number:016x}").as_bytes());
            }
        }
    }
    fs::write(wasm, module).map_err(problem)?;
    fs::write(&script, glue).map_err(problem)
}

/// `app-1_bg.wasm` is started by `app-1.js`.
fn script_of(wasm: &Path) -> Option<PathBuf> {
    let name = wasm.file_name()?.to_str()?.strip_suffix("_bg.wasm")?;
    Some(wasm.with_file_name(format!("{name}.js")))
}

/// Where names of imports stand that end with a hash.
fn imports(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let is_word = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let starts = bytes.windows(IMPORT.len()).enumerate().filter(|(_, word)| *word == IMPORT);
    starts.filter_map(move |(start, _)| {
        let name = bytes.get(start..)?.split(|byte| !is_word(byte)).next()?;
        let (_, hash) = name.split_last_chunk::<DIGITS>()?;
        hash.iter().all(is_digit).then_some(start..start + name.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_are_numbered_alike_in_module_and_script() {
        let folder = std::env::temp_dir().join(format!("xtask-shorten-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (wasm, script) = (folder.join("app-1_bg.wasm"), folder.join("app-1.js"));
        let (b, a) = ("__wbg_new_b25d447a39f5578f", "__wbg___wbindgen_throw_a25d447a39f5578f");
        fs::write(&wasm, format!("\0asm{b}|{a}|__wbg_cb_unref|{b}")).unwrap();
        fs::write(&script, format!("{{ {b}: new_b, {a}: (it) => it, __wbg_cb_unref: 0 }}")).unwrap();
        number_imports(&wasm).unwrap();
        let (first, second) = ("__wbg___wbindgen_throw_0000000000000000", "__wbg_new_0000000000000001");
        let read = |file| fs::read_to_string(file).unwrap();
        assert_eq!(read(&wasm), format!("\0asm{second}|{first}|__wbg_cb_unref|{second}"));
        assert_eq!(read(&script), format!("{{ {second}: new_b, {first}: (it) => it, __wbg_cb_unref: 0 }}"));
        fs::remove_dir_all(folder).unwrap();
    }
}
