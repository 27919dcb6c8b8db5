//! Alignments: what a model allows costs nothing, what it does not is named, and a model is read or refused with a place.

#![allow(clippy::unwrap_used, reason = "a test may end with a panic")]

use std::time::Duration;

use mining::fit::{Block, Kind, Limits, Model, Move, Net, NotComputed, fit, replay};
use mining::{Log, LogBuilder};
use proptest::prelude::*;

fn log_of(cases: &[&[&str]]) -> Log {
    let mut builder = LogBuilder::default();
    for (number, case) in cases.iter().enumerate() {
        for (at, step) in case.iter().enumerate() {
            builder.push(&format!("case {number}"), step, Some(at as i64 * 1000), None, None);
        }
    }
    builder.finish()
}

/// Costs, and all deviations in words, case by case.
fn found(model: &str, cases: &[&[&str]]) -> Vec<(u32, String)> {
    let (log, net) = (log_of(cases), Net::from(&Model::parse(model).unwrap()));
    let fit = fit(&log, &net, &Limits::default()).unwrap();
    let words = |kind: Kind, step: &str, count: u64| format!("{count} {kind} {step}");
    fit.cases(&log)
        .map(|case| {
            let named: Vec<_> = case.deviations.iter().map(|d| words(d.kind, &d.step, d.count)).collect();
            (case.cost.unwrap(), named.join(", "))
        })
        .collect()
}

#[test]
fn a_path_names_what_is_extra_repeated_and_missing() {
    let cases: [&[&str]; 6] =
        [&["a", "b", "c"], &["a", "x", "b", "b", "c"], &["a", "c"], &["a", "c", "b"], &["x", "x"], &["c", "b", "a"]];
    let expected = [
        (0, ""),
        (2, "1 extra x, 1 repeated b"),
        (1, "1 missing b"),
        (2, "1 extra c, 1 missing c"),
        (5, "1 extra x, 1 repeated x, 1 missing a, 1 missing b, 1 missing c"),
        (4, "1 extra a, 1 extra b, 1 missing a, 1 missing b"),
    ];
    let seen = found("a, b, c", &cases);
    for (at, (cost, words)) in expected.iter().enumerate() {
        assert_eq!(seen[at].0, *cost, "{:?}", cases[at]);
        assert!(at == 5 || seen[at].1 == *words, "{:?}: {}", cases[at], seen[at].1);
    }
}

#[test]
fn groups_allow_what_they_say_and_nothing_else() {
    for (model, cases) in [
        ("a, choice { b | c, d }, e", &[("abe", 0), ("acde", 0), ("abcde", 1), ("ae", 1), ("acd", 1)][..]),
        ("a, option { b }, c", &[("abc", 0), ("ac", 0), ("abbc", 1)]),
        ("a, loop { b, c }, d", &[("abcd", 0), ("abcbcd", 0), ("ad", 2), ("abcbd", 1)]),
        ("a, option { loop { b } }, c", &[("ac", 0), ("abc", 0), ("abbbbc", 0), ("abab", 2)]),
        ("a, parallel { b | c, d }, e", &[("abcde", 0), ("acbde", 0), ("acdbe", 0), ("adcbe", 2), ("acde", 1)]),
        // The way back of a loop does not lead into what lies beside it.
        ("choice { loop { a } | b }", &[("a", 0), ("aa", 0), ("b", 0), ("ab", 1), ("bb", 1)]),
        ("option { loop { option { a } } }, b", &[("b", 0), ("aab", 0)]),
        ("a, a, b", &[("aab", 0), ("ab", 1)]),
    ] {
        for (case, cost) in cases {
            let steps: Vec<String> = case.chars().map(String::from).collect();
            let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
            assert_eq!(found(model, &[&steps])[0].0, *cost, "{case} beside {model}");
        }
    }
}

#[test]
fn shares_are_of_the_cases_that_were_computed() {
    let log = log_of(&[&["a", "b"], &["a", "b"], &["a", "x", "b"], &["b"]]);
    let net = Net::from(&Model::path(["a", "b"]).unwrap());
    let all = fit(&log, &net, &Limits::default()).unwrap().summary(&log);
    assert_eq!((all.cases, all.computed, all.variants, all.shortest_path, all.cost), (4, 4, 3, 2, 2));
    assert_eq!((all.exact.cases, all.exact.share), (2, Some(0.5)));
    let mean = (1.0 + 1.0 + (1.0 - 1.0 / 5.0) + (1.0 - 1.0 / 3.0)) / 4.0;
    assert!((all.mean_fitness.unwrap() - mean).abs() < 1e-12);
    assert_eq!(all.log_fitness, Some(1.0 - 2.0 / 16.0));
    let named: Vec<_> = all.deviations.iter().map(|d| (d.to_string(), d.cases, d.share)).collect();
    assert_eq!(named, [("extra x".to_owned(), 1, 0.25), ("missing a".to_owned(), 1, 0.25)]);

    // One state is not enough for anything; the model itself needs three.
    let few = Limits { states: 3, ..Limits::default() };
    let some = fit(&log, &net, &few).unwrap().summary(&log);
    assert_eq!((some.cases, some.computed, some.exact.share), (4, 2, Some(1.0)));
    assert_eq!((some.not_computed[0].why, some.not_computed[0].cases), (NotComputed::TooManyStates, 2));

    let none = Limits { time: Some(Duration::ZERO), ..Limits::default() };
    let none = fit(&log, &net, &none).unwrap();
    let summary = none.summary(&log);
    assert_eq!((summary.computed, summary.mean_fitness, summary.exact.share), (0, None, None));
    assert_eq!(summary.not_computed[0].why, NotComputed::OutOfTime);
    assert!(none.cases(&log).all(|case| case.cost.is_none() && case.not_computed.is_some()));
}

#[test]
fn an_empty_log_and_a_log_of_another_world_fit_as_they_must() {
    let net = Net::from(&Model::parse("option { a }").unwrap());
    let empty = Log::default();
    assert_eq!(fit(&empty, &net, &Limits::default()).unwrap().summary(&empty).mean_fitness, None);
    let other = log_of(&[&["x", "y"]]);
    assert_eq!(fit(&other, &net, &Limits::default()).unwrap().summary(&other).mean_fitness, Some(0.0));
}

#[test]
fn a_model_that_cannot_be_read_says_where_and_what() {
    for (source, expected) in [
        ("", "line 1, column 1: there is no step"),
        ("# nothing\n", "line 2, column 1: there is no step"),
        ("a, b }", "line 1, column 6: this `}` closes nothing"),
        ("a | b", "line 1, column 3: a `|` stands between"),
        ("a\noption { b", "line 2, column 1: this option is never closed"),
        ("a\n  perhaps { b }", "line 2, column 3: `perhaps` stands before `{`"),
        ("a, { b }", "line 1, column 4: nothing stands before `{`"),
        ("choice { a | }", "line 1, column 14: a branch of choice is empty"),
        ("loop { a | b }", "line 1, column 1: loop takes one branch"),
        ("\"a\nb", "line 1, column 1: this quotation mark is never closed"),
        ("\"a\" b", "line 1, column 5: after a name in quotation marks"),
        ("a \"b\"", "line 1, column 3: a name with a quotation mark"),
        ("\"\"", "line 1, column 1: a step has no name"),
        ("[\"a\", {\"perhaps\": \"b\"}]", "line 1, column 16: no group is called \"perhaps\""),
        ("[\"a\",\n 7]", "line 2, column 2: invalid type: integer `7`, expected a step's name, a list"),
        ("[\"a\"", "line 1, column 4: EOF while parsing a list"),
        ("{\"option\": \"a\", \"loop\": \"b\"}", "\"loop\" is a second key"),
        ("[]", "an empty list"),
        ("{}", "an empty group"),
    ] {
        let error = Model::parse(source).unwrap_err().to_string();
        assert!(error.contains(expected), "{source:?}: {error}");
    }
    let deep = format!("{}a{}", "option { ".repeat(100), " }".repeat(100));
    assert!(Model::parse(&deep).unwrap_err().to_string().contains("deeper than 64"));
    let nested = format!("{}\"a\"{}", "[".repeat(100), "]".repeat(100));
    assert!(Model::parse(&nested).is_ok_and(|model| model.steps().count() == 1));
    let many = vec!["a"; 1001].join(",");
    assert!(Model::parse(&many).unwrap_err().to_string().contains("more than 1000 steps"));
}

#[test]
fn pnml_is_read_with_its_faults_named() {
    let net = r#"<?xml version="1.0"?>
<p:pnml xmlns:p="http://www.pnml.org/version-2009/grammar/pnml"><p:net id="n" type="x"><p:page id="g">
<p:place id="in"/><p:place id="mid"><p:name><p:text>middle</p:text></p:name></p:place><p:place id="out"/>
<p:transition id="t1"><p:name><p:text>a &amp; b</p:text></p:name></p:transition>
<p:transition id="c"/>
<p:transition id="t3"><p:name><p:text>tau</p:text></p:name><p:toolspecific tool="ProM" version="6.4" activity="$invisible$"/></p:transition>
<p:arc id="1" source="in" target="t1"/><p:arc id="2" source="t1" target="mid"/><p:arc id="3" source="mid" target="c"/>
<p:arc id="4" source="c" target="out"/><p:arc id="5" source="mid" target="t3"/><p:arc id="6" source="t3" target="out"/>
</p:page></p:net></p:pnml>"#;
    // No marking at all: one place has no way in, one no way out.
    let read = Net::from_pnml(net).unwrap();
    assert_eq!(read.labels().collect::<Vec<_>>(), ["a & b", "c"]);
    let log = log_of(&[&["a & b"], &["a & b", "c"], &["c"]]);
    let fits = fit(&log, &read, &Limits::default()).unwrap();
    assert_eq!(fits.cases(&log).map(|case| case.cost.unwrap()).collect::<Vec<_>>(), [0, 0, 1]);
    let mut written = Vec::new();
    read.to_pnml(&mut written).unwrap();
    assert_eq!(Net::from_pnml(std::str::from_utf8(&written).unwrap()).unwrap(), read);

    for (wrong, expected) in [
        (net.replace("target=\"mid\"", "target=\"nowhere\""), "line 7, column 40: the arc from \"t1\" to \"nowhere\""),
        (net.replace("id=\"mid\"", "id=\"in\""), "a second place has the id \"in\""),
        (net.replace("</p:page>", ""), "the XML is broken"),
        (net[..net.len() - 20].to_owned(), "the file is cut off"),
        (String::new(), "there is no <pnml>"),
        ("<log/>".into(), "line 1, column 1: this XML begins with <log>"),
        (net.replace("<p:arc id=\"2\" source=\"t1\" target=\"mid\"/>", ""), "names no initial marking"),
        (
            net.replace(
                "id=\"in\"/>",
                "id=\"in\"><p:initialMarking><p:text>many</p:text></p:initialMarking></p:place>",
            ),
            "\"many\" is no number from 0 to 255",
        ),
    ] {
        let error = Net::from_pnml(&wrong).unwrap_err().to_string();
        assert!(error.contains(expected), "{expected}: {error}");
    }
    let dead = net
        .replace("id=\"in\"/>", "id=\"in\"><p:initialMarking><p:text>1</p:text></p:initialMarking></p:place>")
        .replace("<p:arc id=\"2\" source=\"t1\" target=\"mid\"/>", "");
    let dead = Net::from_pnml(&dead).unwrap();
    assert!(fit(&log, &dead, &Limits::default()).unwrap_err().to_string().contains("no way leads"));
}

/// Two ends: the nearer is taken. Two tokens: both must go.
#[test]
fn several_ends_and_weights_are_kept() {
    let net = r#"<pnml><net id="n"><place id="p"><initialMarking><text>2</text></initialMarking></place><place id="q"/>
<transition id="a"/><arc source="p" target="a"/><arc source="a" target="q"/>
<transition id="pair"/><arc source="p" target="pair"><inscription><text>2</text></inscription></arc>
<arc source="pair" target="q"/><arc source="pair" target="q"/>
<finalmarkings><marking><place idref="q"><text>2</text></place></marking>
<marking><place idref="p"><text>1</text></place><place idref="q"><text>1</text></place></marking></finalmarkings></net></pnml>"#;
    let net = Net::from_pnml(net).unwrap();
    let log = log_of(&[&["a"], &["a", "a"], &["pair"], &["a", "pair"], &["a", "a", "a"]]);
    let fits = fit(&log, &net, &Limits::default()).unwrap();
    assert_eq!(fits.shortest, 1);
    assert_eq!(fits.cases(&log).map(|case| case.cost.unwrap()).collect::<Vec<_>>(), [0, 0, 0, 1, 1]);
}

#[test]
fn replay_counts_tokens() {
    let net = Net::from(&Model::path(["a", "b"]).unwrap());
    let tokens = replay(&log_of(&[&["a", "b"], &["a", "x", "b"], &["b"]]), &net).unwrap();
    // a b: 3 put and 3 taken; the x is skipped; b alone: one lent, one left of 2 + 2.
    assert_eq!((tokens.produced, tokens.consumed, tokens.missing, tokens.remaining), (8, 8, 1, 1));
    assert_eq!(tokens.fitness(), Some(0.875));
    assert_eq!(replay(&Log::default(), &Net::from(&Model::parse("option { a }").unwrap())), None);
}

fn block() -> impl Strategy<Value = Block> {
    let leaf = "[a-e]".prop_map(Block::Step);
    leaf.prop_recursive(3, 12, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            some().prop_map(Block::Sequence),
            some().prop_map(Block::Choice),
            some().prop_map(Block::Parallel),
            inner.clone().prop_map(|part| Block::Option(part.into())),
            inner.clone().prop_map(|part| Block::Loop(part.into())),
        ]
    })
}

/// One run through a block, by dice: what it says, as a list of steps.
fn run(block: &Block, dice: &mut impl FnMut(usize) -> usize) -> Vec<String> {
    match block {
        Block::Step(name) => vec![name.clone()],
        Block::Sequence(parts) => parts.iter().flat_map(|part| run(part, dice)).collect(),
        Block::Choice(parts) => run(&parts[dice(parts.len())], dice),
        Block::Option(part) => {
            if dice(2) == 0 {
                Vec::new()
            } else {
                run(part, dice)
            }
        }
        Block::Loop(part) => (0..=dice(3)).flat_map(|_| run(part, dice)).collect(),
        Block::Parallel(parts) => {
            let mut runs: Vec<_> = parts.iter().map(|part| run(part, dice).into_iter().peekable()).collect();
            let mut all = Vec::new();
            loop {
                let open: Vec<usize> = (0..runs.len()).filter(|&at| runs[at].peek().is_some()).collect();
                if open.is_empty() {
                    return all;
                }
                all.extend(runs[open[dice(open.len())]].next());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_model_is_written_and_read_the_same(block in block()) {
        let model = Model::new(block).unwrap();
        let again = Model::parse(&model.to_string()).unwrap();
        // A list in a list says the same as one list.
        prop_assert_eq!(again.to_string(), model.to_string());
        let (mut one, mut other) = (Vec::new(), Vec::new());
        Net::from(&model).to_pnml(&mut one).unwrap();
        Net::from_pnml(std::str::from_utf8(&one).unwrap()).unwrap().to_pnml(&mut other).unwrap();
        prop_assert_eq!(one, other);
    }

    #[test]
    fn what_a_model_allows_costs_nothing(block in block(), dice in prop::collection::vec(0_usize..1000, 40)) {
        let mut at = 0;
        let mut dice = |below: usize| { at += 1; dice[at % dice.len()] % below };
        let steps = run(&block, &mut dice);
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        prop_assume!(!steps.is_empty());
        let log = log_of(&[&steps]);
        let net = Net::from(&Model::new(block).unwrap());
        let found = fit(&log, &net, &Limits::default()).unwrap();
        prop_assert_eq!(found.variants[0].outcome.as_ref().unwrap().cost, 0);
    }

    /// The chosen alignment is a way through trace and net of just that cost, and the same each time.
    #[test]
    fn alignments_are_what_they_say(block in block(), trace in prop::collection::vec("[a-f]", 1..8)) {
        let steps: Vec<&str> = trace.iter().map(String::as_str).collect();
        let log = log_of(&[&steps]);
        let net = Net::from(&Model::new(block).unwrap());
        let found = fit(&log, &net, &Limits::default()).unwrap();
        let alignment = found.variants[0].outcome.clone().unwrap();
        let again = fit(&log, &net, &Limits::default()).unwrap();
        prop_assert_eq!(again.variants[0].outcome.as_ref().unwrap(), &alignment);
        let events: Vec<usize> = alignment.moves.iter().filter_map(|step| match *step {
            Move::Both { event, .. } | Move::Log { event } => Some(event),
            Move::Model { .. } => None,
        }).collect();
        prop_assert_eq!(events, (0..trace.len()).collect::<Vec<_>>());
        let case = found.cases(&log).next().unwrap();
        let named: u64 = case.deviations.iter().map(|d| d.count).sum();
        prop_assert_eq!(named, u64::from(alignment.cost));
        prop_assert!((0.0..=1.0).contains(&case.fitness.unwrap()));
    }
}

proptest! {
    /// Whatever is given: a model or an error, never a panic.
    #[test]
    fn any_text_is_answered(text in "[a-b,{}|\"# \n\\[\\]:]{0,60}", words in prop::collection::vec(prop::sample::select(vec![
        "loop {", "option {", "choice {", "parallel {", "}", "|", ",", "a", "\"b\"", "\n", "[", "]", "{\"loop\":", "7",
    ]), 0..40), cut in 0_usize..2000, turn in 0_usize..2000) {
        for text in [text, words.concat()] {
            if let Ok(model) = Model::parse(&text) {
                prop_assert_eq!(Model::parse(&model.to_string()).unwrap().steps().count(), model.steps().count());
            }
            let _ = Model::parse_path(&text);
        }
        let mut pnml = Vec::new();
        Net::from(&Model::parse("loop { a, option { b } }, parallel { c | d }").unwrap()).to_pnml(&mut pnml).unwrap();
        let (cut, turn) = (cut % pnml.len(), turn % pnml.len());
        let _ = Net::from_pnml(&String::from_utf8_lossy(&pnml[..cut]));
        pnml[turn] ^= 0x11;
        let _ = Net::from_pnml(&String::from_utf8_lossy(&pnml));
    }
}

#[test]
fn a_name_that_looks_like_json_is_written_in_marks() {
    let model = Model::parse("# a comment before it\n[draft], a").unwrap();
    assert_eq!(model.steps().collect::<Vec<_>>(), ["[draft]", "a"]);
    assert!(Model::parse(&model.to_string()).unwrap().steps().eq(model.steps()), "{model}");
}

#[test]
fn a_path_is_read_as_it_is_typed() {
    let steps =
        |source: &str| Model::parse_path(source).map(|model| model.steps().map(str::to_owned).collect::<Vec<_>>());
    assert_eq!(steps("A, B {c} | d ,\"E, \"\"F\"\"\" ").unwrap(), ["A", "B {c} | d", "E, \"F\""]);
    for (source, expected) in [
        ("", "line 1, column 1: a step has no name"),
        ("A,,B", "line 1, column 3: a step has no name"),
        ("A,\"B", "line 1, column 3: this quotation mark is never closed"),
        ("\"A\" B", "line 1, column 5: after a name in quotation marks"),
    ] {
        let error = steps(source).unwrap_err().to_string();
        assert!(error.contains(expected), "{source}: {error}");
    }
}
