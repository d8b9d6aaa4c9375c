//! The diagnostics of the verifier: each test breaks one rule.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use trapwise_engine::verify::{Options, Pack, accept_variants, coverage, index, verify, verify_version};

const REFERENCE: &str = r#"{
  "schemaVersion": 1,
  "components": [
    { "id": "files", "kind": "s3-bucket", "preset": "files" },
    { "id": "logs", "kind": "log-group" },
    { "id": "td", "kind": "task-definition", "preset": "web" },
    { "id": "reader", "kind": "iam-role" }
  ],
  "links": [
    { "id": "read", "kind": "grants", "from": "reader", "to": "files", "props": { "actions": ["s3:GetObject"] } },
    { "id": "role", "kind": "role", "from": "td", "to": "reader", "props": { "as": "taskRoleArn" } }
  ]
}"#;
const VARIANT: &str = r#"{ "reference": "reference", "title": "The wrong role",
  "edits": [{ "set": { "link": "role", "prop": "as", "value": "executionRoleArn" } }],
  "fires": [], "failsChecks": ["role"] }"#;

fn small() -> Pack {
    let mut pack = Pack::default();
    let mut add = |path: &str, text: &str| pack.files.insert(path.to_owned(), text.to_owned());
    add("small/scenario.json", include_str!("../../documents/tests/data/small.json"));
    add("small/reference.json", REFERENCE);
    add("small/variants/execution-role.json", VARIANT);
    let index = serde_json::to_string(&index(&pack)).unwrap();
    pack.files.insert("index.json".to_owned(), index);
    pack
}

fn diagnostics(pack: &Pack) -> Vec<String> {
    let options = Options { part: true, ..Options::default() };
    let found = verify(pack, &options);
    found
        .diagnostics
        .iter()
        .map(|one| format!("{}{} [{}] {}", one.file, one.pointer, one.code, one.message))
        .collect()
}

/// The diagnostics when a piece of a file of the small pack is replaced.
fn diagnostics_with(path: &str, from: &str, to: &str) -> Vec<String> {
    let mut pack = small();
    let text = pack.files.get_mut(path).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    *text = text.replacen(from, to, 1);
    diagnostics(&pack)
}

#[test]
fn a_valid_pack_has_no_diagnostics() {
    assert_eq!(diagnostics(&small()), [""; 0]);
    let found = verify(&small(), &Options { part: true, ..Options::default() });
    assert_eq!((found.scenarios, found.references, found.variants), (1, 1, 1));
}

#[test]
fn the_best_estimate_has_to_be_correct() {
    let with =
        |best: &str| diagnostics_with("small/scenario.json", r#""checks":"#, &format!(r#"{best} "checks":"#));
    // 50 GB in a bucket; a log group without log lines costs nothing.
    assert_eq!(with(r#""best": { "costCents": 115, "operations": 0 },"#), [""; 0]);
    assert_eq!(
        with(r#""best": { "costCents": 114, "operations": 0 },"#),
        [
            r#"small/scenario.json/best [wrong-best] the references give `"best": { "costCents": 115, "operations": 0 }`"#
        ]
    );
    let mut pack = small();
    let text = pack.files.get_mut("small/scenario.json").unwrap();
    let mut scenario: serde_json::Value = serde_json::from_str(text).unwrap();
    let when = scenario["checks"][0]["when"].take();
    scenario["checks"][0]["when"] =
        serde_json::json!({ "allOf": [when, { "cost": { "leBestPercent": 110 } }] });
    *text = scenario.to_string();
    let lines = diagnostics(&pack);
    let wanted = r#"small/scenario.json [missing-field] a check compares with the best reference: add `"best": { "costCents": 115, "operations": 0 }`"#;
    assert!(lines.contains(&wanted.to_owned()), "{lines:#?}");
}

#[test]
fn the_library_has_to_fire_every_trap() {
    let found = verify(&small(), &Options::default());
    let unfired = found.diagnostics.iter().filter(|one| one.code == "unfired-trap").count();
    assert_eq!(unfired, trapwise_engine::traps::TRAPS.len());
    assert_eq!(coverage(&small()).traps.iter().filter(|trap| trap.variants.is_empty()).count(), unfired);
}

/// A service on Fargate whose task definition has a size that Fargate does not offer.
const CASE: &str = r#"{ "schemaVersion": 1,
  "components": [
    { "id": "td", "kind": "task-definition", "props": { "cpu": 256, "memory": 8192 } },
    { "id": "web", "kind": "ecs-service", "props": { "launchType": "FARGATE" } }
  ],
  "links": [{ "id": "l", "kind": "runs", "from": "web", "to": "td" }] }"#;

/// The small pack with files under `tests/cases`.
fn with_cases(cases: &[(&str, &str)]) -> Pack {
    let mut pack = small();
    pack.cases
        .extend(cases.iter().map(|(name, text)| (format!("tests/cases/{name}.json"), (*text).to_owned())));
    pack
}

#[test]
fn a_trap_may_fire_in_a_case_until_it_has_a_variant() {
    let needs = r#"{ "odd-size": ["elastic", "production"] }"#;
    let accepted = |pack: &Pack, trap: &str| {
        let found = verify(pack, &Options::default()).diagnostics;
        assert!(found.iter().all(|one| one.code == "unfired-trap"), "{found:#?}");
        !found.iter().any(|one| one.message.contains(&format!("`{trap}`")))
    };
    let pack = with_cases(&[("odd-size", CASE)]);
    assert!(!accepted(&small(), "invalid-fargate-size"));
    assert!(accepted(&pack, "invalid-fargate-size"));
    assert!(!accepted(&pack, "no-task-scaling"), "it needs a need");
    let pack = with_cases(&[("odd-size", CASE), ("needs", needs)]);
    assert!(accepted(&pack, "no-task-scaling"));
    let coverage = coverage(&pack);
    let of = |id: &str| coverage.traps.iter().find(|trap| trap.id == id).unwrap();
    assert!(of("no-task-scaling").is_only_in_cases());
    assert_eq!(of("no-task-scaling").cases, ["odd-size"]);
    assert!(of("gpu-on-fargate").is_unfired());
}

#[test]
fn a_damaged_case_is_reported_with_its_place() {
    let wrong = |cases: &[(&str, &str)]| -> Vec<_> {
        let found = verify(&with_cases(cases), &Options::default()).diagnostics;
        let found = found.iter().filter(|one| one.code != "unfired-trap");
        found.map(ToString::to_string).collect()
    };
    let kind = CASE.replace("ecs-service", "ecs-servise");
    assert_eq!(
        wrong(&[("odd-size", &kind)]),
        [
            "tests/cases/odd-size.json:4:28: error[unknown-value]: unknown component kind `ecs-servise`; did you mean `ecs-service`?"
        ]
    );
    let needs = "{\n  \"odd-size\": [\"elastik\"],\n  \"odd-sise\": [\"elastic\"]\n}";
    assert_eq!(
        wrong(&[("odd-size", CASE), ("needs", needs)]),
        [
            "tests/cases/needs.json:2:16: error[unknown-value]: unknown need `elastik`; did you mean `elastic`?",
            "tests/cases/needs.json:3:15: error[unknown-case]: there is no case `odd-sise`; did you mean `odd-size`?"
        ]
    );
    assert_eq!(
        wrong(&[("odd-size", "{"), ("needs", "[]")]),
        [
            "tests/cases/needs.json:1:1: error[wrong-type]: expected an object, found a list",
            "tests/cases/odd-size.json:1:1: error[syntax]: the file ends within an object"
        ]
    );
}

#[test]
fn facts_that_are_cited_have_to_exist() {
    let path = "small/scenario.json";
    let mut pack = small();
    let text = pack.files.get(path).unwrap().replace(r#""facts": []"#, r#""facts": ["two-roles"]"#);
    pack.files.insert(path.to_owned(), text);
    let codes = |pack: &Pack| -> Vec<_> {
        let found = verify(pack, &Options::default());
        found
            .diagnostics
            .iter()
            .filter(|one| one.code != "unfired-trap")
            .map(|one| (one.file.clone(), one.code.clone().into_owned()))
            .collect()
    };
    assert!(codes(&pack).contains(&("facts.json".to_owned(), "missing-file".to_owned())));
    pack.files.insert("facts.json".to_owned(), r#"{ "schemaVersion": 1, "facts": [] }"#.to_owned());
    assert!(codes(&pack).contains(&(path.to_owned(), "unknown-fact".to_owned())));
}

#[test]
fn every_fact_of_the_library_has_to_be_taught() {
    let fact = |id: &str| {
        format!(
            r#"{{ "id": "{id}", "claim": "c", "status": "correct", "examAnswer": "e", "awsToday": "t",
                "sources": [{{ "title": "s", "url": "https://docs.aws.amazon.com/" }}], "verifiedOn": "2026-11-22" }}"#
        )
    };
    let facts = format!(r#"{{ "schemaVersion": 1, "facts": [{}, {}] }}"#, fact("drilled"), fact("forgotten"));
    let mut pack = small();
    pack.files.insert("facts.json".to_owned(), facts);
    let text =
        pack.files.get("small/scenario.json").unwrap().replace(r#""facts": []"#, r#""facts": ["drilled"]"#);
    pack.files.insert("small/scenario.json".to_owned(), text);
    let untaught = |part: bool| -> Vec<_> {
        let found = verify(&pack, &Options { part, ..Options::default() }).diagnostics;
        found
            .into_iter()
            .filter(|one| one.code == "untaught-fact")
            .map(|one| (one.pointer, one.message))
            .collect()
    };
    let message = "no scenario and no trap teaches `forgotten`".to_owned();
    assert_eq!(untaught(false), [("/facts/1/id".to_owned(), message)]);
    assert_eq!(untaught(true), [], "a separate pack does not have to teach every fact");
}

#[test]
fn files_have_to_be_where_they_belong() {
    let mut pack = small();
    for path in ["notes.txt", "small/notes.json", "small/variants/Odd Name.json", "other/variants/x.json"] {
        pack.files.insert(path.to_owned(), "{}".to_owned());
    }
    let lines = diagnostics(&pack);
    let has = |text: &str| assert!(lines.iter().any(|line| line.starts_with(text)), "{text}: {lines:#?}");
    has("notes.txt [stray-file]");
    has("small/notes.json [stray-file]");
    has("small/variants/Odd Name.json [stray-file]");
    has("other/scenario.json [missing-file] this folder has no scenario");
    has("other/reference.json [missing-file] the scenario has no reference");
    has("other/variants/x.json [missing-field]");
}

#[test]
fn names_have_to_be_those_of_files() {
    assert_eq!(
        diagnostics_with("small/scenario.json", r#""id": "small""#, r#""id": "big""#),
        [
            "index.json/scenarios [stale-index] `big` is not listed",
            "index.json/scenarios/0 [stale-index] there is no scenario `small`",
            "small/scenario.json/id [wrong-id] the folder is named `small`, but the scenario `big`",
        ]
    );
    assert_eq!(
        diagnostics_with(
            "small/variants/execution-role.json",
            r#""failsChecks": ["role"]"#,
            r#""failsChecks": ["rule"]"#
        ),
        [
            "small/variants/execution-role.json/failsChecks [unknown-check] there is no check `rule`",
            "small/variants/execution-role.json/failsChecks [wrong-checks] listed, but does not occur: `rule`",
            "small/variants/execution-role.json/failsChecks [wrong-checks] occurs, but is not listed: `role`",
        ]
    );
    let lines = diagnostics_with(
        "small/variants/execution-role.json",
        r#""reference": "reference""#,
        r#""reference": "referense""#,
    );
    assert_eq!(
        lines[1],
        "small/variants/execution-role.json/reference [unknown-reference] there is no `referense.json`"
    );
    let lines = diagnostics_with(
        "small/scenario.json",
        r#""variant": "execution-role""#,
        r#""variant": "executionrole""#,
    );
    assert_eq!(
        lines,
        [
            "small/scenario.json/question/options/1/variant [unknown-variant] there is no variant `executionrole`"
        ]
    );
}

#[test]
fn the_index_has_to_be_current() {
    assert_eq!(
        diagnostics_with("small/scenario.json", r#""minutes": 5"#, r#""minutes": 6"#),
        ["index.json/scenarios/0/id [stale-index] the entry of `small` is not current"]
    );
}

#[test]
fn references_have_to_pass() {
    let lines = diagnostics_with("small/reference.json", "s3:GetObject", "s3:PutObject");
    assert!(lines.iter().any(|line| line.contains("the reference does not pass: 0 percent")), "{lines:#?}");
    assert!(
        lines.iter().any(|line| line.contains("[reference-falls-short] the check `role` does not pass")),
        "{lines:#?}"
    );
    assert!(
        lines.iter().any(|line| line.contains("[idle-check] no reference passes the check `role`")),
        "{lines:#?}"
    );
}

#[test]
fn references_have_to_be_buildable() {
    let lines = diagnostics_with("small/reference.json", r#"{ "id": "logs", "kind": "log-group" },"#, "");
    assert_eq!(lines.len(), 2, "the reference and, as a warning, its variant: {lines:#?}");
    assert!(lines[0].ends_with("[cannot-be-built] `logs` is locked, but missing here"), "{lines:#?}");
    let lines = diagnostics_with(
        "small/reference.json",
        r#""id": "reader", "kind": "iam-role" }"#,
        r#""id": "reader", "kind": "iam-role" }, { "id": "q", "kind": "sqs-queue" }"#,
    );
    assert!(lines[1].ends_with("[cannot-be-built] the palette has no `sqs-queue`"), "{lines:#?}");
    let lines = diagnostics_with(
        "small/reference.json",
        r#""kind": "log-group" }"#,
        r#""kind": "log-group", "props": { "retentionInDays": 30 } }"#,
    );
    assert_eq!(lines, [""; 0], "an exception of the lock");
}

#[test]
fn references_have_to_differ() {
    let mut pack = small();
    let twin = REFERENCE.replace("reader", "another").replace("\"td\"", "\"task\"");
    pack.files.insert("small/reference-twin.json".to_owned(), twin.clone());
    let lines = diagnostics(&pack);
    assert!(lines.iter().any(|line| line.contains("[same-reference]")), "{lines:#?}");
    let more = twin.replace("\"s3:GetObject\"", "\"s3:GetObject\", \"s3:ListBucket\"");
    pack.files.insert("small/reference-twin.json".to_owned(), more);
    let lines = diagnostics(&pack);
    assert!(lines.iter().all(|line| line.contains("stale-index")), "{lines:#?}");
    assert_eq!(index(&pack).scenarios[0].references, ["reference", "reference-twin"], "by name");
}

#[test]
fn variants_have_to_do_what_they_list() {
    let path = "small/variants/execution-role.json";
    assert_eq!(
        diagnostics_with(path, r#""fires": []"#, r#""fires": ["gpu-on-fargate"]"#),
        [
            "index.json/scenarios/0/id [stale-index] the entry of `small` is not current".to_owned(),
            format!("{path}/fires [wrong-traps] listed, but does not occur: `gpu-on-fargate`"),
        ]
    );
    let lines = diagnostics_with(path, r#""link": "role", "prop""#, r#""link": "rule", "prop""#);
    assert!(
        lines.iter().any(|line| *line
            == format!("{path}/edits/0 [unknown-link] this edit cannot be applied: there is no link `rule`")),
        "{lines:#?}"
    );
    let lines = diagnostics_with(
        path,
        r#"{ "set": { "link": "role", "prop": "as", "value": "executionRoleArn" } }"#,
        r#"{ "place": { "component": "td", "at": 3 } }"#,
    );
    assert!(
        lines.iter().any(|line| line.contains("[no-effect] this variant fires no trap and fails no check")),
        "{lines:#?}"
    );
    assert!(lines.iter().any(|line| line.contains("[wrong-option-passes]")), "{lines:#?}");
}

#[test]
fn accepting_changes_nothing_but_the_lists() {
    let path = "small/variants/execution-role.json";
    let accepted_with = |from: &str, to: &str| {
        let mut pack = small();
        let text = pack.files.get_mut(path).unwrap();
        assert!(text.contains(from));
        *text = text.replace(from, to);
        accept_variants(&pack)
    };
    assert_eq!(accept_variants(&small()), []);
    let listed = r#""fires": [], "failsChecks": ["role"]"#;
    let accepted = accepted_with(listed, r#""fires":["gpu-on-fargate"] , "failsChecks":[]"#);
    let [variant] = accepted.as_slice() else { panic!("{accepted:#?}") };
    assert_eq!(variant.file, path);
    assert_eq!(variant.text, VARIANT.replace(listed, r#""fires":[] , "failsChecks":["role"]"#));
    let changes: Vec<_> =
        variant.changes.iter().map(|one| (one.field, one.added.join(" "), one.removed.join(" "))).collect();
    assert_eq!(
        changes,
        [
            ("fires", String::new(), "gpu-on-fargate".to_owned()),
            ("failsChecks", "role".to_owned(), String::new())
        ]
    );
    // What is kept stays in its order.
    let accepted = accepted_with(r#"["role"]"#, r#"["zone", "role", "area"]"#);
    assert_eq!(accepted[0].text, VARIANT);
    // An edit without effect, and one that cannot be applied.
    let edit = r#"{ "set": { "link": "role", "prop": "as", "value": "executionRoleArn" } }"#;
    assert_eq!(accepted_with(edit, r#"{ "place": { "component": "td", "at": 3 } }"#), []);
    assert_eq!(accepted_with(edit, r#"{ "unlink": "rule" }"#), []);
}

#[test]
fn what_is_taught_has_to_be_needed() {
    let path = "small/scenario.json";
    let lines = diagnostics_with(
        path,
        r#""link": { "kind": "grants", "from": { "kind": "iam-role" } }"#,
        r#""component": { "kind": "log-group" }"#,
    );
    assert_eq!(lines, ["small/scenario.json/teaches/0 [not-taught] `reference.json` passes without this"]);
    let lines = diagnostics_with(
        path,
        r#""link": { "kind": "grants", "from": { "kind": "iam-role" } }"#,
        r#""component": { "kind": "ecs-service" }"#,
    );
    assert_eq!(lines, ["small/scenario.json/teaches/0 [not-taught] no reference has this part"]);
}

#[test]
fn every_part_of_a_reference_has_to_matter() {
    let spare = |pack: &mut Pack| {
        let text = pack.files.get_mut("small/reference.json").unwrap();
        *text = text.replace(r#"{ "id": "td""#, r#"{ "id": "spare", "kind": "iam-role" }, { "id": "td""#);
    };
    let listed = |pack: &mut Pack| {
        let text = pack.files.get_mut("small/scenario.json").unwrap();
        let optional = r#""optional": [{ "text": "Unused", "component": { "kind": "iam-role" } }], "hints""#;
        *text = text.replace(r#""hints""#, optional);
    };
    let mut pack = small();
    spare(&mut pack);
    assert_eq!(
        diagnostics(&pack),
        ["small/reference.json [idle-part] the reference scores the same without the component `spare`"]
    );
    listed(&mut pack);
    assert_eq!(diagnostics(&pack), [""; 0]);
    let mut pack = small();
    listed(&mut pack);
    assert_eq!(
        diagnostics(&pack),
        [
            "small/scenario.json/optional/0 [not-optional] no reference contains this as a part that does not matter"
        ]
    );
}

#[test]
fn unbuilt_boards_must_not_pass() {
    let lines = diagnostics_with("small/scenario.json", r#""onEmpty": "fail""#, r#""onEmpty": "pass""#);
    assert!(lines.iter().any(|line| line.contains("[passes-unbuilt] an empty board passes")), "{lines:#?}");
    assert!(lines.iter().any(|line| line.contains("[passes-unbuilt] the start board passes")), "{lines:#?}");
}

#[test]
fn broken_files_never_panic_the_verifier() {
    let mut pack = Pack::default();
    let root = format!("{}/../../scenarios/two-roles-and-a-bucket", env!("CARGO_MANIFEST_DIR"));
    for folder in ["", "variants/"] {
        for entry in std::fs::read_dir(format!("{root}/{folder}")).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_file() {
                let name = entry.file_name().into_string().unwrap();
                let text = std::fs::read_to_string(entry.path()).unwrap();
                pack.files.insert(format!("two-roles-and-a-bucket/{folder}{name}"), text);
            }
        }
    }
    let paths: Vec<_> = pack.files.keys().cloned().collect();
    let mut state = 11_usize;
    let mut next = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    for _ in 0..60 {
        let mut broken = pack.clone();
        for _ in 0..3 {
            // Removes or repeats a line: often still JSON, with another meaning.
            let text = broken.files.get_mut(&paths[next(paths.len())]).unwrap();
            let mut lines: Vec<_> = text.lines().collect();
            let at = next(lines.len());
            if next(2) == 0 {
                lines.remove(at);
            } else {
                lines.insert(at, lines[next(lines.len())])
            }
            *text = lines.join("\n").replace(",\n]", "\n]").replace(",\n}", "\n}");
        }
        let found = verify(&broken, &Options { part: true, ..Options::default() });
        assert!(!found.ok(), "its index is missing at least");
    }
}

#[test]
fn a_replacing_word_must_not_be_present() {
    let varies = |word: &str| {
        format!(r#""varies": {{ "choices": [{{ "is": ["files"], "among": [["{word}"]] }}] }}, "hints""#)
    };
    let lines = |word: &str| diagnostics_with("small/scenario.json", r#""hints""#, &varies(word));
    assert_eq!(lines("papers"), [""; 0]);
    assert_eq!(
        lines("reader"),
        [
            "small/scenario.json/varies/choices/0/among/0 [ambiguous-version] `reader` is already present and could not be distinguished from it"
        ]
    );
}

#[test]
fn a_problem_of_one_version_is_reported_with_its_seed() {
    let mut pack = small();
    let text = pack.files.get_mut("small/scenario.json").unwrap();
    // The number that a check asks for is replaced, the one that the reference has is not.
    let varies =
        r#""varies": { "choices": [{ "is": [100], "among": [[90]], "under": ["points"] }] }, "hints""#;
    *text = text.replace(r#""hints""#, varies);
    let of_seed = |seed| {
        let found = verify_version(&pack, seed, &Options::default());
        found.iter().map(|one| format!("[{}] {}", one.code, one.message)).collect::<Vec<_>>()
    };
    assert!(of_seed(1).iter().any(|line| line.contains("with seed 1: ")), "{:?}", of_seed(1));
    assert_eq!(of_seed(2), [""; 0], "the second seed is as written");
}
