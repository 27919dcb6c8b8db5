//! What the figures of a table come to.

use super::*;

fn columns(file: PathBuf, by: Option<&str>, person: Option<&str>) -> Columns {
    let (by, person) = (by.map(str::to_owned), person.map(str::to_owned));
    let column = "rating".to_owned();
    Columns { file, column, by, person, k: 5, scale: None, missing: Vec::new(), decimal: None, json: true }
}

fn told(rows: &str, ask: &Ask, by: Option<&str>, person: Option<&str>) -> Result<serde_json::Value, String> {
    with(rows, ask, |file| columns(file, by, person))
}

fn with(rows: &str, ask: &Ask, columns: impl Fn(PathBuf) -> Columns) -> Result<serde_json::Value, String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answers.csv");
    std::fs::write(&file, rows).unwrap();
    let figures = figures("share", &columns(file), ask).map_err(Failure::into_words)?;
    Ok(serde_json::to_value(figures).unwrap())
}

/// 16 of 20 at 4 or 5 is 80%, 58 to 92 by Wilson; four rows without an answer make the response 20 of 24.
#[test]
fn a_share_has_its_interval_and_its_response() {
    let rows = format!("rating,x\n{}{}{}", "5,1\n".repeat(16), "1,1\n".repeat(4), ",1\n".repeat(4));
    let told = told(&rows, &Ask::AtLeast(4.0), None, None).unwrap();
    let all = &told["all"];
    assert_eq!((all["n"].as_u64(), all["value"].as_f64()), (Some(20), Some(0.8)));
    assert_eq!(all["interval"], "Wilson score");
    assert!(
        (all["low"].as_f64().unwrap() - 0.584).abs() < 5e-4 && (all["high"].as_f64().unwrap() - 0.919).abs() < 5e-4
    );
    assert_eq!((told["rows"].as_u64(), all["response"].as_f64()), (Some(24), Some(20.0 / 24.0)));
}

#[test]
fn groups_that_are_too_small_say_so_and_take_the_next_with_them() {
    let mut rows = String::from("site;who;rating\n");
    for (site, count) in [("A", 30), ("B", 3), ("C", 8)] {
        for row in 0..count {
            rows += &format!("{site};{site}{row};{}\n", 5 + row % 6);
        }
    }
    let ask = Ask::Net { pleased_from: 9.0, displeased_to: 6.0 };
    let told = told(&rows, &ask, Some("site"), Some("who")).unwrap();
    let of = |at: usize| told["groups"][at].clone();
    assert_eq!((of(0)["n"].as_u64(), of(0)["interval"].as_str()), (Some(30), Some("adjusted Wald")));
    assert_eq!((of(1)["refused"].as_str(), of(2)["refused"].as_str()), (Some("few-people"), Some("few-others")));
    assert!(of(1).get("n").is_none());
}

#[test]
fn a_cut_is_never_silent() {
    for rows in ["rating\n1\n3\n5\n", "rating\n3\n5\n"] {
        let error = told(rows, &Ask::YesOrNo, None, None).unwrap_err();
        assert!(error.contains("\"3\"") && error.contains("--at-least"), "{error}");
    }
    let told = told("rating\nyes\nno\nYES\nja\n1\n0\n", &Ask::YesOrNo, None, None).unwrap();
    assert_eq!((told["all"]["n"].as_u64(), told["all"]["value"].as_f64()), (Some(6), Some(4.0 / 6.0)));
}

#[test]
fn a_misspelt_answer_is_not_nobodys() {
    let rows = format!("rating\n{}{}rare words\n", "gut\n".repeat(8), "\u{dc}bel\n".repeat(6));
    let among = |wanted: &[&str]| wanted.iter().map(|wanted| (*wanted).to_owned()).collect::<Vec<_>>();
    let error = told(&rows, &Ask::Among(&among(&["gud"])), None, None).unwrap_err();
    assert!(error.contains("\"gud\"") && error.contains("\"gut\"") && !error.contains("rare"), "{error}");
    let told = told(&rows, &Ask::Among(&among(&["\u{fc}bel"])), None, None).unwrap();
    assert_eq!(told["all"]["value"].as_f64(), Some(6.0 / 15.0));
}

/// Six of ten can be read: four may be anything, whether they are empty or not.
#[test]
fn what_is_not_understood_was_asked_all_the_same() {
    let told = |odd: &str| told(&format!("rating\n{}{}", "5\n5\n5\n5\n5\n1\n", odd), &Ask::AtLeast(4.0), None, None);
    let unread = told("x\nx\nx\nx\n").unwrap();
    assert_eq!((unread["all"]["response"].as_f64(), unread["rows"].as_u64()), (Some(0.6), Some(10)));
    assert!((unread["all"]["bounds"][1].as_f64().unwrap() - 0.9).abs() < 1e-12);
    assert_eq!(unread["skipped"].as_array().unwrap().len(), 4);
}

#[test]
fn scales_missing_values_and_commas() {
    let rows = "rating;site\n4,5;A\n3;A\n99;A\n2;A\nN/A;A\n1,5;A\n5;A\n7;A\n";
    let told = with(rows, &Ask::Mean, |file| {
        let missing = vec!["99".to_owned(), "n/a".to_owned()];
        Columns { scale: Some((1.0, 5.0)), missing, ..columns(file, None, None) }
    });
    let told = told.unwrap();
    assert_eq!((told["all"]["n"].as_u64(), told["all"]["value"].as_f64()), (Some(5), Some(3.2)));
    assert_eq!(told["skipped"][0]["cell"], "7");
    assert_eq!((scale("1-5"), scale("-3..3"), scale("-3-3")), (Ok((1.0, 5.0)), Ok((-3.0, 3.0)), Ok((-3.0, 3.0))));
    assert!(scale("5-1").is_err() && scale("5").is_err() && scale("").is_err() && finite("nan").is_err());
}

#[test]
fn large_numbers_that_differ_by_little_are_not_alike() {
    let rows =
        |from: u64, step: u64| (0..6).map(|row| format!("{},\n", from + row * step)).collect::<Vec<_>>().concat();
    let shown = told(&format!("rating,\n{}", rows(1_795_400_000_007, 7)), &Ask::Mean, None, None).unwrap();
    assert_eq!(shown["all"]["n"], 6, "{shown}");
    let alike = told(&format!("rating,\n{}", rows(1_795_400_000_007, 0)), &Ask::Mean, None, None).unwrap();
    assert!(alike["all"]["n"].is_null(), "{alike}");
}
