//! A small static file server for the built site: this machine only, reading only.

use crate::Result;
use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

/// Longest head of a request that is read, in bytes.
const MAX_HEAD: u64 = 16 * 1024;
/// A client that stays silent this long is let go.
const PATIENCE: Duration = Duration::from_secs(10);

/// A port of the loopback address, taken.
pub struct Server {
    listener: TcpListener,
    port: u16,
}

impl Server {
    /// Takes the port. The error says which option chooses another one.
    pub fn bind(port: u16) -> Result<Self> {
        let listener =
            TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
                ErrorKind::AddrInUse => {
                    format!(
                        "port {port} of 127.0.0.1 is taken by another program: choose another with `--port N`"
                    )
                }
                _ => format!(
                    "cannot serve on port {port} of 127.0.0.1: {error}; choose another with `--port N`"
                ),
            })?;
        Ok(Self { listener, port })
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Answers requests with the files of `root` until the process is stopped.
    pub fn run(self, root: &Path) -> Result {
        for connection in self.listener.incoming() {
            let root = root.to_owned();
            // A connection that breaks off concerns nobody but its client.
            thread::spawn(move || connection.and_then(|stream| converse(stream, &root)));
        }
        Ok(())
    }
}

fn converse(mut stream: TcpStream, root: &Path) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new((&stream).take(MAX_HEAD));
    let mut request_line = String::new();
    reader.read_line(&mut request_line)?;
    // The headers are read, so that the client is not cut off while it writes, and ignored.
    let mut header = String::new();
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let answer = answer(&request_line, root);
    stream.write_all(answer.head().as_bytes())?;
    if answer.with_body {
        stream.write_all(&answer.body)?;
    }
    stream.flush()
}

struct Answer {
    status: &'static str,
    content_type: &'static str,
    body: Vec<u8>,
    with_body: bool,
}

impl Answer {
    fn text(status: &'static str, with_body: bool) -> Self {
        Self {
            status,
            content_type: "text/plain; charset=utf-8",
            body: status.as_bytes().to_owned(),
            with_body,
        }
    }

    fn head(&self) -> String {
        // Without `no-cache` a browser may keep the page of a former build.
        format!(
            "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
             X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
            self.status,
            self.content_type,
            self.body.len()
        )
    }
}

fn answer(request_line: &str, root: &Path) -> Answer {
    let mut words = request_line.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let with_body = method != "HEAD";
    if !matches!(method, "GET" | "HEAD") {
        return Answer::text("405 Method Not Allowed", true);
    }
    let Some(file) = file_for(target) else {
        return Answer::text("400 Bad Request", with_body);
    };
    match fs::read(root.join(&file)) {
        Ok(body) => Answer { status: "200 OK", content_type: content_type(&file), body, with_body },
        Err(_) => Answer::text("404 Not Found", with_body),
    }
}

/// The file that a request's target asks for, relative to the site; `None` if the target is malformed
/// or would lead out of the site.
fn file_for(target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?;
    let path = decode(path.strip_prefix('/')?)?;
    let mut file = PathBuf::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            // Whatever a system reads as more than a name: parents, drives, its own separators.
            ".." => return None,
            part if part.contains(['\\', ':', '\0']) => return None,
            part => file.push(part),
        }
    }
    if path.is_empty() || path.ends_with('/') {
        file.push("index.html");
    }
    Some(file)
}

fn decode(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("md") => "text/markdown; charset=utf-8",
        Some("png") => "image/png",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(target: &str) -> Option<String> {
        file_for(target).map(|file| file.to_string_lossy().replace('\\', "/"))
    }

    #[test]
    fn targets_become_files_of_the_site() {
        for (target, wanted) in [
            ("/", "index.html"),
            ("/?embed=1", "index.html"),
            ("/a/b.json?x=/../y", "a/b.json"),
            ("/scenarios/", "scenarios/index.html"),
            ("/with%20space.css", "with space.css"),
            ("//etc/passwd", "etc/passwd"),
            ("/./a", "a"),
        ] {
            assert_eq!(file(target).as_deref(), Some(wanted), "{target}");
        }
    }

    #[test]
    fn nothing_leads_out_of_the_site() {
        for target in [
            "/../secret",
            "/a/../../secret",
            "/%2e%2e/secret",
            "/..%2fsecret",
            "/a\\..\\secret",
            "/C:/secret",
            "/%00",
            "/%zz",
            "/%",
            "/%ff",
            "secret",
            "http://elsewhere/",
            "",
        ] {
            assert_eq!(file(target), None, "{target}");
        }
    }

    #[test]
    fn files_are_answered_and_other_methods_refused() {
        let root = std::env::temp_dir().join(format!("xtask-serve-{}", std::process::id()));
        fs::create_dir_all(&root).unwrap();
        fs::write(root.join("app.wasm"), b"\0asm").unwrap();

        let found = answer("GET /app.wasm HTTP/1.1\r\n", &root);
        assert_eq!((found.status, found.content_type), ("200 OK", "application/wasm"));
        assert!(found.with_body && found.body == b"\0asm");
        let head = answer("HEAD /app.wasm HTTP/1.1\r\n", &root);
        assert!(!head.with_body && head.head().contains("Content-Length: 4\r\n"));
        assert_eq!(answer("GET /other HTTP/1.1\r\n", &root).status, "404 Not Found");
        assert_eq!(answer("GET /../x HTTP/1.1\r\n", &root).status, "400 Bad Request");
        assert_eq!(answer("POST / HTTP/1.1\r\n", &root).status, "405 Method Not Allowed");
        assert_eq!(answer("", &root).status, "405 Method Not Allowed");

        fs::remove_dir_all(&root).unwrap();
    }

    #[test]
    fn a_taken_port_names_the_option() {
        let first = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        let problem = Server::bind(port).err().unwrap();
        assert!(problem.contains(&port.to_string()) && problem.contains("--port N"), "{problem}");
    }
}
