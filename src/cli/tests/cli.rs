//! The command line as users run it: the real program on real folders.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// An empty folder of its own for each test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

struct Ran {
    code: i32,
    out: String,
    err: String,
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trapwise"));
    command.current_dir(dir).args(args).env_remove("CLICOLOR_FORCE");
    command
}

fn run(dir: &Path, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = command(dir, args).stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    let ran = Ran { code: status.code().unwrap(), out: text(stdout), err: text(stderr) };
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
    ran
}

/// A pack with the scenario that `new` makes.
fn pack(name: &str) -> PathBuf {
    let dir = folder(name);
    assert_eq!(run(&dir, &["new", "scenario", "mine", "--dir", "scenarios"]).code, 0);
    assert_eq!(run(&dir, &["index"]).code, 0);
    dir
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{} has no {from}", path.display());
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

const GOOD: &str = "scenarios/mine/reference.json";

#[test]
fn a_new_scenario_verifies_and_is_formatted() {
    let dir = pack("new-scenario");
    let verified = run(&dir, &["verify", "--part"]);
    assert_eq!(
        (verified.code, verified.out.as_str(), verified.err.as_str()),
        (0, "verified: 1 scenario, 1 reference, 1 variant\n", "")
    );
    assert_eq!(run(&dir, &["fmt", "--check"]).out, "");
    assert_eq!(run(&dir, &["index", "--check"]).code, 0);
    // The whole library would have to fire every trap.
    assert_eq!(run(&dir, &["verify"]).code, 1);
    let again = run(&dir, &["new", "scenario", "mine"]);
    assert_eq!(again.code, 2);
    assert!(again.err.contains("scenarios/mine: this is there already"), "{}", again.err);
}

#[test]
fn diagnostics_show_the_line_and_a_suggestion() {
    let dir = pack("diagnostics");
    edit(&dir.join("scenarios/mine/scenario.json"), "\"debrief\"", "\"debreif\"");
    let ran = run(&dir, &["verify", "--part"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "not verified: 1 scenario, 1 reference, 1 variant\n"));
    let wanted = "error[unknown-field]: scenario has no field `debreif`
  --> scenarios/mine/scenario.json:76:3
   |
76 |   \"debreif\": \"The task role is the application's.\\n\",
   |   ^^^^^^^^^
   |
   = help: did you mean `debrief`?
";
    assert!(ran.err.contains(wanted), "{}", ran.err);
    assert!(ran.err.ends_with("2 errors\n"), "{}", ran.err);
    assert!(!ran.err.contains('\u{1b}'), "colour is for terminals only");

    let json: Value = serde_json::from_str(&run(&dir, &["verify", "--part", "--json"]).out).unwrap();
    assert_eq!(json["ok"], false);
    let of = |code: &str| {
        json["diagnostics"].as_array().unwrap().iter().find(|one| one["code"] == code).cloned().unwrap()
    };
    let unknown = of("unknown-field");
    assert_eq!(unknown["file"], "scenarios/mine/scenario.json");
    assert_eq!(
        (&unknown["pointer"], &unknown["line"], &unknown["column"]),
        (&Value::from("/debreif"), &Value::from(76), &Value::from(3))
    );
}

#[test]
fn a_score_is_a_report() {
    let dir = pack("score");
    let json: Value = serde_json::from_str(&run(&dir, &["score", "mine", GOOD, "--json"]).out).unwrap();
    assert_eq!(
        (&json["scenario"], &json["passed"], &json["score"], &json["scaled"]),
        (&Value::from("mine"), &Value::from(true), &Value::from(100), &Value::from(1_000))
    );
    for scenario in ["mine", "scenarios/mine", "scenarios/mine/scenario.json"] {
        assert_eq!(run(&dir, &["score", scenario, GOOD]).code, 0, "{scenario}");
    }
    let first = run(&dir, &["score", "mine", GOOD, "--json"]).out;
    assert_eq!(first, run(&dir, &["score", "mine", GOOD, "--json"]).out);

    let poor = dir.join("poor.json");
    fs::copy(dir.join(GOOD), &poor).unwrap();
    edit(&poor, "s3:GetObject", "s3:PutObject");
    let ran = run(&dir, &["score", "mine", "poor.json"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out
            .starts_with("poor.json: does not pass, 0 percent (about 100 of 1000; the exam requires 720)\n"),
        "{}",
        ran.out
    );
}

#[test]
fn a_bad_file_does_not_stop_a_batch() {
    let dir = pack("batch");
    fs::write(dir.join("=bad.json"), "{").unwrap();
    fs::write(dir.join("empty, board.json"), r#"{"schemaVersion":1}"#).unwrap();
    let args = ["score", "mine", "=bad.json", "empty, board.json", "gone.json", GOOD];
    let csv = run(&dir, &[&args[..], &["--csv"]].concat());
    assert_eq!(csv.code, 2);
    assert_eq!(
        csv.out,
        "design,passed,score,scaled,findings,error,read-by-task-role\n\
         '=bad.json,,,,,the file ends within an object,\n\
         \"empty, board.json\",false,0,100,,,0\n\
         gone.json,,,,,there is no such file,\n\
         scenarios/mine/reference.json,true,100,1000,,,100\n"
    );
    assert!(csv.err.contains("--> =bad.json:1:1"), "{}", csv.err);
    let json = run(&dir, &[&args[..], &["--json"]].concat());
    let rows: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(rows[0]["diagnostics"][0]["code"], "syntax");
    assert_eq!(rows[3]["report"]["passed"], true);
    assert_eq!(json.err, "", "diagnostics are in the JSON");
}

#[test]
fn a_design_without_a_scenario_is_checked_for_every_trap() {
    let dir = folder("free");
    let design = r#"{"schemaVersion":1,"components":[
        {"id":"td","kind":"task-definition","props":{"cpu":256,"memory":8192}},
        {"id":"web","kind":"ecs-service","props":{"launchType":"FARGATE"}}],
        "links":[{"id":"l","kind":"runs","from":"web","to":"td"}]}"#;
    fs::write(dir.join("d.json"), design).unwrap();
    let ran = run(&dir, &["score", "--free", "d.json", "--json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &json["scenario"]), (1, &Value::Null));
    let traps = |json: &Value| -> Vec<String> {
        json["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["trap"].as_str().unwrap().to_owned())
            .collect()
    };
    assert!(traps(&json).contains(&"invalid-fargate-size".to_owned()), "{json}");
    assert!(!traps(&json).contains(&"no-task-scaling".to_owned()), "{json}");
    // 1 vCPU and 8 GB, the next size there is: 730 h × (0.04048 + 8 × 0.004445) dollars.
    assert_eq!(json["estimate"]["monthlyCents"], 2_955 + 2_596);
    assert_eq!(
        (&json["estimate"]["operations"], &json["estimate"]["region"]),
        (&0.into(), &"us-east-1".into())
    );
    let words = run(&dir, &["score", "--free", "d.json"]).out;
    assert!(words.contains("about $55.51 a month, operations 0"), "{words}");
    assert!(words.contains("$29.55  Fargate CPU: 730 × $0.04048 per vCPU hour"), "{words}");
    let elastic = run(&dir, &["score", "--free", "d.json", "--needs", "elastic,production", "--json"]);
    assert!(traps(&serde_json::from_str(&elastic.out).unwrap()).contains(&"no-task-scaling".to_owned()));
    let wrong = run(&dir, &["score", "--free", "d.json", "--needs", "elastik"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("did you mean `elastic`?"), "{}", wrong.err);
}

#[test]
fn a_design_may_come_from_standard_input() {
    let dir = pack("stdin");
    let mut child =
        command(&dir, &["score", "mine", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(dir.join(GOOD)).unwrap()).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn hostile_input_is_refused_with_a_reason() {
    let dir = pack("hostile");
    let deep = "[".repeat(100_000);
    let many = format!(r#"{{"schemaVersion":1,"components":[{}]}}"#, vec!["{}"; 5_001].join(","));
    let wide = format!(r#"{{"schemaVersion":1,"components":[{}]}}"#, vec!["7"; 4_000].join(","));
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("deep.json", deep.into_bytes(), "nested more than 127 levels deep"),
        ("large.json", vec![b' '; 5 << 20], "the file is larger than 4 MiB"),
        ("nul.json", b"{\"a\": \0}".to_vec(), "expected value"),
        ("latin1.json", b"{\"\xe9\": 1}".to_vec(), "the file is not UTF-8 text, from byte 2 on"),
        ("empty.json", Vec::new(), "the file is empty"),
        ("bom.json", b"\xef\xbb\xbf{}".to_vec(), "byte order mark"),
        ("many.json", many.into_bytes(), "5001 items; at most 5000 are allowed"),
        ("wide.json", wide.into_bytes(), "and 3900 more problems in this file"),
        (
            "twice.json",
            b"{\"schemaVersion\": 1, \"schemaVersion\": 1}".to_vec(),
            "`schemaVersion` stands here twice",
        ),
    ];
    for (name, bytes, why) in cases {
        fs::write(dir.join(name), bytes).unwrap();
        for args in [
            &["score", "mine", name][..],
            &["score", "--free", name],
            &["score", name, GOOD],
            &["fmt", "--check", name],
        ] {
            if args[0] == "fmt" && ["many.json", "wide.json"].contains(&name) {
                continue;
            }
            let ran = run(&dir, args);
            assert_eq!(ran.code, 2, "{args:?}: {}", ran.err);
            if args[1] != name {
                assert!(ran.err.contains(why), "{args:?}: {}", ran.err);
            }
            assert_eq!(ran.out, "", "{args:?}");
        }
    }
    for args in [
        &["score", "mine", "gone.json"][..],
        &["score", "gone", GOOD],
        &["verify", "gone"],
        &["fmt", "gone.json"],
        &["score", "mine"],
        &["score", "mine", "scenarios"],
        &["verify", "nul.json"],
        &["list", "facts"],
    ] {
        let ran = run(&dir, args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(!ran.err.is_empty(), "{args:?}");
    }
}

#[test]
fn unreadable_files_of_a_pack_are_reported() {
    let dir = pack("unreadable");
    fs::write(dir.join("scenarios/mine/variants/x.json"), b"\xff").unwrap();
    fs::write(dir.join("scenarios/picture.png"), b"\x89PNG").unwrap();
    fs::write(dir.join("scenarios/.hidden"), b"").unwrap();
    let ran = run(&dir, &["verify", "--part"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("scenarios/mine/variants/x.json: the file is not UTF-8 text"), "{}", ran.err);
    assert!(ran.err.contains("error[stray-file]: scenarios/picture.png: a pack has no file"), "{}", ran.err);
    assert!(!ran.err.contains("hidden"), "{}", ran.err);
}

#[test]
fn traps_are_listed_and_explained() {
    let dir = folder("explain");
    let list = run(&dir, &["list", "traps", "--json"]);
    let traps: Value = serde_json::from_str(&list.out).unwrap();
    for trap in traps.as_array().unwrap() {
        let ran = run(&dir, &["explain", trap["id"].as_str().unwrap()]);
        assert_eq!(ran.code, 0, "{trap}");
        assert!(ran.out.contains("\nExam answer\n") && ran.out.contains("\nAWS today\n"), "{}", ran.out);
    }
    assert!(traps.as_array().unwrap().iter().all(|trap| trap["provenIn"].as_array().unwrap().is_empty()));
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let list = run(&dir, &["list", "traps", "--dir", scenarios.to_str().unwrap()]).out;
    let line = list.lines().find(|line| line.starts_with("gpu-on-fargate ")).unwrap();
    assert!(line.ends_with(" [gpu-inference]"), "{line}");
    let ran = run(&dir, &["explain", "gpu-on-fargat"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("there is no trap `gpu-on-fargat`; did you mean `gpu-on-fargate`?"),
        "{}",
        ran.err
    );
    assert!(run(&dir, &["list", "kinds"]).out.contains("\necs-service "));
    let prices = run(&dir, &["list", "prices", "--json"]).out;
    let prices: Value = serde_json::from_str(&prices).unwrap();
    let nat = prices.as_array().unwrap().iter().find(|price| price["id"] == "nat-hour").unwrap();
    assert_eq!(
        (&nat["micros"], &nat["source"]),
        (&45_000.into(), &"https://aws.amazon.com/vpc/pricing/".into())
    );
}

#[test]
fn lists_and_coverage_read_the_pack() {
    let dir = pack("lists");
    assert_eq!(run(&dir, &["list", "scenarios"]).out, "mine  Mine\n");
    fs::write(
        dir.join("scenarios/facts.json"),
        r#"{"schemaVersion":1,"facts":[{"id":"f","claim":"C.","status":"correct","examAnswer":"E.","awsToday":"T.",
            "sources":[{"title":"S","url":"https://aws.amazon.com/"}],"verifiedOn":"2026-11-22"}]}"#,
    )
    .unwrap();
    assert_eq!(run(&dir, &["list", "facts"]).out, "f  C.\n");
    let coverage = run(&dir, &["coverage"]);
    assert!(
        coverage.code == 0 && coverage.out.starts_with("0 of 1 facts are taught; not taught yet:\n  f\n"),
        "{}",
        coverage.out
    );
    let json: Value = serde_json::from_str(&run(&dir, &["coverage", "--json"]).out).unwrap();
    assert_eq!(json["facts"][0]["id"], "f");
}

#[test]
fn cases_beside_the_pack_fire_traps() {
    let dir = pack("cases");
    let case = r#"{"schemaVersion":1,"components":[
        {"id":"td","kind":"task-definition","props":{"cpu":256,"memory":8192}},
        {"id":"web","kind":"ecs-service","props":{"launchType":"FARGATE"}}],
        "links":[{"id":"l","kind":"runs","from":"web","to":"td"}]}"#;
    fs::create_dir_all(dir.join("tests/cases")).unwrap();
    fs::write(dir.join("tests/cases/odd-size.json"), case).unwrap();
    fs::write(dir.join("tests/cases/README.md"), "# Cases").unwrap();
    let trap = "invalid-fargate-size";
    assert!(!run(&dir, &["verify"]).err.contains(trap));
    let coverage = run(&dir, &["coverage"]).out;
    let listed = format!("\nfires only in a case: add a variant\n  {trap} (odd-size)\n");
    assert!(coverage.contains(&listed), "{coverage}");
    fs::write(dir.join("tests/cases/needs.json"), "{\n  \"odd-size\": [\"elastik\"]\n}\n").unwrap();
    for (dir, pack, place) in [
        (dir.clone(), "scenarios", "tests/cases/needs.json:2:16\n"),
        (dir.join("scenarios"), ".", "./../tests/cases/needs.json:2:16\n"),
    ] {
        let ran = run(&dir, &["verify", pack]);
        assert!(ran.err.contains(place) && ran.err.contains("unknown need `elastik`"), "{}", ran.err);
    }
    assert_eq!(run(&dir, &["verify", "--part"]).code, 0, "the cases belong to the library");
}

#[test]
fn accepted_variants_are_written_for_review() {
    let dir = pack("accept");
    let variant = dir.join("scenarios/mine/variants/grant-on-the-execution-role.json");
    let index = dir.join("scenarios/index.json");
    let read = |path: &Path| fs::read_to_string(path).unwrap();
    let before = (read(&variant), read(&index));
    let name = "scenarios/mine/variants/grant-on-the-execution-role.json";
    let verified = "verified: 1 scenario, 1 reference, 1 variant\n";

    let nothing = run(&dir, &["verify", "--part", "--accept"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, verified));
    assert_eq!((read(&variant), read(&index)), before);

    edit(&variant, "\"fires\": []", "\"fires\": [\"gpu-on-fargate\"]");
    edit(&variant, "[\"read-by-task-role\"]", "[]");
    assert_eq!(run(&dir, &["index"]).code, 0);
    assert_eq!(run(&dir, &["verify", "--part"]).code, 1);
    let ran = run(&dir, &["verify", "--part", "--accept"]);
    let wanted = format!(
        "{name}: fires: removed `gpu-on-fargate`\n{name}: failsChecks: added `read-by-task-role`\n{verified}"
    );
    assert_eq!((ran.code, ran.out, ran.err), (0, wanted, String::new()));
    assert_eq!((read(&variant), read(&index)), before, "the index follows");

    // Other problems are still reported, and a file that is not formatted keeps its layout.
    let plain = before.0.replace("\"failsChecks\": [\"read-by-task-role\"]", "\"failsChecks\":  [ ]");
    fs::write(&variant, plain).unwrap();
    edit(&index, "\"minutes\": 10", "\"minutes\": 11");
    let ran = run(&dir, &["verify", "--part", "--accept", "--json"]);
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, json["accepted"][0]["file"].as_str()), (1, Some(name)));
    assert_eq!(json["accepted"][0]["changes"][0]["added"][0], "read-by-task-role");
    assert_eq!(json["diagnostics"][0]["code"], "stale-index");
    assert!(read(&variant).contains("\"failsChecks\":  [\"read-by-task-role\"]\n"));

    // A variant without effect is never accepted.
    edit(&variant, "executionRoleArn", "taskRoleArn");
    let harmless = read(&variant);
    let ran = run(&dir, &["verify", "--part", "--accept"]);
    assert!(ran.code == 1 && ran.err.contains("no-effect"), "{}", ran.err);
    assert_eq!(read(&variant), harmless);
}

#[test]
fn schemas_are_complete() {
    let dir = folder("schema");
    for document in ["scenario", "design", "report", "variant", "facts", "index"] {
        let ran = run(&dir, &["schema", document]);
        let schema: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        // Every reference resolves.
        for reference in ran.out.split("\"#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(schema["$defs"][name].is_object(), "{document}: {name}");
        }
    }
}

#[test]
fn formatting_changes_only_the_layout() {
    let dir = pack("fmt");
    let path = dir.join(GOOD);
    let before = fs::read_to_string(&path).unwrap();
    let value: Value = serde_json::from_str(&before).unwrap();
    fs::write(&path, value.to_string()).unwrap();
    let check = run(&dir, &["fmt", "--check"]);
    assert_eq!((check.code, check.out.as_str()), (1, "scenarios/mine/reference.json\n"));
    assert_eq!(run(&dir, &["fmt"]).code, 0);
    assert_eq!(fs::read_to_string(&path).unwrap(), before);
}

#[test]
fn a_new_trap_takes_its_places() {
    let dir = folder("new-trap");
    let engine = Path::new(env!("CARGO_MANIFEST_DIR")).join("../engine");
    let copied = ["traps/mod.rs", "traps/network/mod.rs"];
    for file in copied {
        fs::create_dir_all(dir.join(file).parent().unwrap()).unwrap();
        fs::copy(engine.join(file), dir.join(file)).unwrap();
    }
    let args = ["new", "trap", "odd-route", "--area", "network", "--engine", "."];
    assert_eq!(run(&dir, &args).code, 0);
    let read = |file: &str| fs::read_to_string(dir.join(file)).unwrap();
    for (file, line) in copied.iter().zip(["    &network::odd_route::TRAP,", "pub(super) mod odd_route;"]) {
        let (before, after) = (fs::read_to_string(engine.join(file)).unwrap(), read(file));
        let added: Vec<_> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
        assert_eq!(added, [line], "{file}");
    }
    assert!(read("traps/network/odd_route.rs").contains("id: \"odd-route\",\n    area: Area::Network,"));
    assert!(read("traps/network/odd_route.md").contains("title: Odd route\n"));
    assert_eq!(run(&dir, &args).code, 2, "it is there already");
    assert_eq!(run(&dir, &["new", "trap", "x", "--area", "netwerk"]).code, 2);
    assert_eq!(run(&dir, &["new", "trap", "X"]).code, 2);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_refused_and_not_waited_for() {
    let dir = folder("pipe");
    assert!(Command::new("mkfifo").arg(dir.join("design.json")).status().unwrap().success());
    let ran = run(&dir, &["score", "--free", "design.json"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("this is not a regular file"), "{}", ran.err);
}

/// The trap that `new` writes compiles and passes its own tests and those that hold for every trap.
#[test]
fn a_new_trap_compiles() {
    let dir = folder("new-trap-compiles");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let members = ["document-derive", "model", "documents", "engine"];
    for member in members {
        copy(&root.join("src").join(member), &dir.join("src").join(member));
    }
    fs::copy(root.join("Cargo.lock"), dir.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (workspace, _) = manifest.split_once("[package]").unwrap();
    let listed = workspace.lines().find(|line| line.starts_with("members = ")).unwrap();
    let members = members.map(|member| format!("\"src/{member}\"")).join(", ");
    let manifest = workspace.replace(listed, &format!("members = [{members}]"));
    fs::write(dir.join("Cargo.toml"), manifest).unwrap();

    assert_eq!(
        run(&dir, &["new", "trap", "odd-route", "--area", "network", "--engine", "src/engine"]).code,
        0
    );
    let mut cargo = Command::new(env!("CARGO"));
    // A folder of its own: in a common one the copies would be taken for the crates that they are copies of.
    cargo.current_dir(&dir).env("CARGO_TARGET_DIR", dir.with_file_name("new-trap-target"));
    cargo.args(["test", "--offline", "--quiet", "--package", "trapwise-engine", "--lib", "--"]);
    let Output { status, stdout, stderr } = cargo.args(["odd_route", "every_t"]).output().unwrap();
    let said = String::from_utf8_lossy(&stdout).into_owned() + &String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{said}");
    assert!(said.contains("test result: ok.") && !said.contains(" 0 passed"), "{said}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(from, to).unwrap();
        }
    }
}

#[test]
fn help_is_written_and_incorrect_usage_is_refused() {
    let dir = folder("help");
    for args in [
        &["--help"][..],
        &["--version"],
        &["verify", "--help"],
        &["score", "--help"],
        &["new", "trap", "--help"],
    ] {
        let ran = run(&dir, args);
        assert!(ran.code == 0 && !ran.out.is_empty(), "{args:?}");
    }
    for args in [
        &[][..],
        &["nonsense"],
        &["verify", "--nonsense"],
        &["score"],
        &["score", "a", "b", "--json", "--csv"],
        &["schema", "nonsense"],
    ] {
        let ran = run(&dir, args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
    }
}

#[test]
fn a_reader_that_closes_the_pipe_is_not_an_error() {
    let dir = folder("pipe");
    let mut child =
        command(&dir, &["schema", "scenario"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_version_is_scored_by_its_seed() {
    let dir = pack("seeds");
    let scenario = dir.join("scenarios/mine/scenario.json");
    let bucket = "files";
    let varies = format!(
        "\"varies\": {{ \"choices\": [{{ \"is\": [\"{bucket}\"], \"among\": [[\"papers\"]] }}] }},\n  \"hints\""
    );
    edit(&scenario, "\"hints\"", &varies);
    assert_eq!(run(&dir, &["verify", "--part", "--seeds", "3"]).code, 0);
    assert_eq!(run(&dir, &["score", "mine", GOOD]).code, 0);
    // A solution of the first version does not solve the next, whose presets have other names.
    assert_eq!(run(&dir, &["score", "mine", GOOD, "--seed", "1"]).code, 1);
    let text = fs::read_to_string(dir.join(GOOD)).unwrap().replace(bucket, "papers");
    fs::write(dir.join("other.json"), text).unwrap();
    assert_eq!(run(&dir, &["score", "mine", "other.json", "--seed", "1"]).code, 0);
    assert_eq!(run(&dir, &["score", "--free", GOOD, "--seed", "1"]).code, 2);
}

#[test]
fn migrating_leaves_what_is_current_and_refuses_what_is_newer() {
    let dir = pack("migrate");
    let texts = |dir: &Path| {
        ["mine/scenario.json", "mine/reference.json", "index.json"]
            .map(|name| fs::read_to_string(dir.join("scenarios").join(name)).unwrap())
    };
    let before = texts(&dir);
    let ran = run(&dir, &["migrate", "scenarios"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains("scenarios/index.json: index of version 1, up to date\n"), "{}", ran.out);
    assert!(
        ran.out.contains("scenarios/mine/reference.json: design of version 1, up to date\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains(": variant of version 1, up to date\n"), "{}", ran.out);
    assert_eq!(texts(&dir), before);

    // A layout of one's own is no reason to write a file.
    let own = "{\"links\": [],\n\"components\":[], \"schemaVersion\":1}";
    fs::write(dir.join("own.json"), own).unwrap();
    assert_eq!(run(&dir, &["migrate", "--check", "own.json"]).code, 0);
    assert_eq!(run(&dir, &["migrate", "own.json"]).code, 0);
    assert_eq!(fs::read_to_string(dir.join("own.json")).unwrap(), own);

    let newer = own.replace(":1}", ":3}");
    fs::write(dir.join("newer.json"), &newer).unwrap();
    let ran = run(&dir, &["migrate", "newer.json", "own.json"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, "own.json: design of version 1, up to date\n"));
    let wanted = "newer.json: this design was written by a newer Trapwise: version 3, this one reads up to 1";
    assert!(ran.err.contains(wanted), "{}", ran.err);
    assert_eq!(fs::read_to_string(dir.join("newer.json")).unwrap(), newer);
    let scored = run(&dir, &["score", "--free", "newer.json"]);
    assert_eq!(scored.code, 2);
    assert!(scored.err.contains("written by a newer Trapwise"), "{}", scored.err);

    assert_eq!(run(&dir, &["migrate"]).code, 2);
    assert_eq!(run(&dir, &["migrate", "gone.json"]).code, 2);
}
