//! The full-text index: what is found, by whom, in what order, and that it survives.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use base::clock::{DAY, Moment};
use base::index::{AGENTS, Document, EVERYONE, Found, Index, Query, Reader};

const NOW: Moment = Moment(1_772_442_000_000);

fn document(id: i64, title: &str, body: &str) -> Document {
    Document {
        kind: "ticket".to_owned(),
        id,
        title: title.to_owned(),
        body: body.to_owned(),
        exact: vec![format!("D-{id}")],
        at: NOW,
        readers: vec![AGENTS],
        tags: vec![],
    }
}

fn query(words: &str) -> Query {
    Query { words: words.to_owned(), kind: None, tag: None, reader: Reader::Desk, now: NOW, limit: 10, offset: 0 }
}

fn ids(found: &Found) -> Vec<i64> {
    found.hits.iter().map(|hit| hit.id).collect()
}

fn filled(documents: &[Document]) -> (tempfile::TempDir, Index) {
    let home = tempfile::tempdir().unwrap();
    let index = Index::open(&home.path().join("index")).unwrap();
    index.update(documents, &[], "1").unwrap();
    (home, index)
}

fn find(index: &Index, words: &str) -> Vec<i64> {
    ids(&index.search(&query(words)).unwrap())
}

#[test]
fn titles_count_more_than_bodies_and_all_words_must_be_there() {
    let (_home, index) = filled(&[
        document(1, "Something else", "the printer has no toner, says the printer"),
        document(2, "Printer without toner", "please come by"),
        document(3, "Printer", "paper jam"),
    ]);
    assert_eq!(find(&index, "printer toner"), [2, 1]);
    assert_eq!(find(&index, "printer").len(), 3);
    assert_eq!(find(&index, ""), [0; 0]);
    assert_eq!(find(&index, " , . "), [0; 0]);
    assert_eq!(find(&index, "cathedral"), [0; 0]);
}

#[test]
fn umlauts_accents_and_case_are_alike_in_every_spelling() {
    let (_home, index) = filled(&[document(1, "Gebühr für Müller", "Straße gesperrt, schöne Grüße, José")]);
    for words in ["gebühr", "GEBUEHR", "gebuhr", "Mueller", "muller", "strasse", "STRAẞE", "gruesse", "jose", "schoen"]
    {
        assert_eq!(find(&index, words), [1], "{words}");
    }
}

#[test]
fn the_last_word_may_be_unfinished_and_a_long_one_a_letter_off() {
    let (_home, index) = filled(&[document(1, "Printer", "in the corridor"), document(2, "Sprint review", "")]);
    assert_eq!(find(&index, "corridor prin"), [1]);
    assert_eq!(find(&index, "prin corridor"), [0; 0], "only the last one");
    for words in ["pritner", "prnter", "prinnter", "corridro"] {
        assert_eq!(find(&index, words), [1], "{words}");
    }
    assert_eq!(find(&index, "corner"), [0; 0]);
}

#[test]
fn what_is_spelt_right_comes_before_what_is_forgiven() {
    let (_home, index) = filled(&[document(1, "Planet", ""), document(2, "Planer", ""), document(3, "Planet", "")]);
    let found = find(&index, "planer");
    assert_eq!((found[0], found.len()), (2, 3));
}

#[test]
fn numbers_come_first_and_their_neighbours_not_at_all() {
    let mut mention = document(7, "About 1042", "1042 1042 1042");
    mention.at = NOW;
    let mut called = document(1042, "Something", "of no interest");
    called.at = NOW.plus(-4_000 * DAY);
    let (_home, index) = filled(&[mention, called, document(1043, "Neighbour", "")]);
    for words in ["D-1042", "d-1042", "#1042", "1042", "(D-1042)"] {
        assert_eq!(find(&index, words)[0], 1042, "{words}");
        assert!(!find(&index, words).contains(&1043), "{words}");
    }
}

#[test]
fn of_two_that_fit_alike_the_newer_comes_first() {
    let aged = |id, days: i64| Document { at: NOW.plus(-days * DAY), ..document(id, "Printer", "jam") };
    let (_home, index) = filled(&[aged(1, 900), aged(2, 3), aged(3, 90)]);
    assert_eq!(find(&index, "printer"), [2, 3, 1]);
}

#[test]
fn everybody_finds_only_what_they_may_see() {
    let seen_by = |id, readers: &[i64]| Document { readers: readers.to_vec(), ..document(id, "Printer", "") };
    let (_home, index) = filled(&[
        seen_by(1, &[AGENTS, 501]),
        seen_by(2, &[AGENTS]),
        seen_by(3, &[EVERYONE]),
        seen_by(4, &[502]),
        seen_by(5, &[]),
    ]);
    let found = |reader| {
        let found = index.search(&Query { reader, ..query("printer") }).unwrap();
        let mut ids = ids(&found);
        ids.sort_unstable();
        assert_eq!(found.total, ids.len(), "the count tells no more than the list");
        ids
    };
    assert_eq!(found(Reader::Desk), [1, 2, 3]);
    assert_eq!(found(Reader::Person(501)), [1, 3]);
    assert_eq!(found(Reader::Person(502)), [3, 4]);
    assert_eq!(found(Reader::Person(503)), [3]);
    assert_eq!(found(Reader::Anyone), [3]);
    for not_a_person in [AGENTS, EVERYONE, i64::MIN] {
        assert_eq!(found(Reader::Person(not_a_person)), [0; 0]);
    }
    let by_number = index.search(&Query { reader: Reader::Anyone, ..query("D-1") }).unwrap();
    assert_eq!(by_number.total, 0, "nor by the number");
}

#[test]
fn kinds_and_tags_narrow_and_tags_are_found_as_words() {
    let article =
        Document { kind: "article".to_owned(), tags: vec!["Für Neue".to_owned()], ..document(1, "Printer", "") };
    let (_home, index) = filled(&[article, document(1, "Printer", ""), document(2, "Printer", "")]);
    let only = |kind: Option<&str>, tag: Option<&str>, words: &str| {
        let narrow = Query { kind: kind.map(str::to_owned), tag: tag.map(str::to_owned), ..query(words) };
        index.search(&narrow).unwrap().total
    };
    assert_eq!(only(Some("ticket"), None, "printer"), 2);
    assert_eq!(only(None, Some("für neue"), "printer"), 1);
    assert_eq!(only(None, None, "neue"), 1);
    assert_eq!(only(Some("ticket"), Some("für neue"), "printer"), 0);
}

#[test]
fn what_changes_is_replaced_and_what_goes_is_gone() {
    let (_home, index) = filled(&[document(1, "Printer", ""), document(2, "Printer", "")]);
    index.update(&[document(1, "Telephone", "")], &[("ticket", 2)], "2").unwrap();
    assert_eq!((find(&index, "printer"), find(&index, "telephone")), (vec![], vec![1]));
    assert_eq!((index.count(), index.cursor().unwrap().as_deref()), (1, Some("2")));
    // The same update again, as after a crash before the follower noted it, changes nothing.
    index.update(&[document(1, "Telephone", "")], &[("ticket", 2)], "2").unwrap();
    assert_eq!(index.count(), 1);
}

#[test]
fn hits_show_where_the_words_are() {
    let body = format!("{} the tuner says <b>Gruesse</b> to the printer", "nothing of note ".repeat(40));
    let (_home, index) = filled(&[document(1, "Grüße", &body)]);
    let hit = &index.search(&query("grüße printer")).unwrap().hits[0];
    assert_eq!(hit.title.pieces(), [("Grüße", true)]);
    let marked: Vec<&str> = hit.snippet.pieces().into_iter().filter(|piece| piece.1).map(|piece| piece.0).collect();
    assert_eq!(marked, ["Gruesse", "printer"]);
    assert!(hit.snippet.text.contains("<b>"), "plain text: escaping is the template's");
}

#[test]
fn documents_and_cursor_are_there_after_reopening() {
    let (home, index) = filled(&[document(1, "Printer", "")]);
    drop(index);
    let index = Index::open(&home.path().join("index")).unwrap();
    assert_eq!((find(&index, "printer"), index.cursor().unwrap().as_deref()), (vec![1], Some("1")));
    index.update(&[document(2, "Printer", "")], &[], "2").unwrap();
    assert_eq!(index.search(&query("printer")).unwrap().total, 2);
}

#[test]
fn a_new_index_has_no_cursor_and_an_older_shape_is_cleared_away() {
    let home = tempfile::tempdir().unwrap();
    let old = home.path().join("shape-0");
    std::fs::create_dir_all(&old).unwrap();
    std::fs::write(home.path().join("notes.txt"), "not ours").unwrap();
    let index = Index::open(home.path()).unwrap();
    assert_eq!((index.cursor().unwrap(), index.count(), old.exists()), (None, 0, false));
    assert!(home.path().join("notes.txt").exists());
}

#[test]
fn a_damaged_index_starts_anew() {
    for victim in ["meta.json", ".term", ".store"] {
        let (home, index) = filled(&[document(1, "Printer", "")]);
        drop(index);
        let mut damaged = 0;
        for entry in std::fs::read_dir(home.path().join("index/shape-1")).unwrap() {
            let path = entry.unwrap().path();
            if path.to_string_lossy().ends_with(victim) {
                std::fs::write(&path, "{ not what it was").unwrap();
                damaged += 1;
            }
        }
        assert!(damaged > 0, "{victim}");
        let index = Index::open(&home.path().join("index")).unwrap();
        assert_eq!((index.cursor().unwrap(), index.count()), (None, 0), "{victim}");
        index.update(&[document(1, "Printer", "")], &[], "1").unwrap();
        assert_eq!(find(&index, "printer"), [1]);
    }
}

#[test]
fn a_second_writer_is_told_so_and_may_read() {
    let (home, index) = filled(&[document(1, "Printer", "")]);
    let second = Index::open(&home.path().join("index")).unwrap();
    assert_eq!(find(&second, "printer"), [1]);
    let refused = second.update(&[], &[], "2").unwrap_err();
    assert!(refused.to_string().contains("another process"), "{refused}");
    assert_eq!(index.cursor().unwrap().as_deref(), Some("1"));
}

#[test]
fn ten_thousand_documents_are_counted_and_paged() {
    let words = ["printer", "telephone", "invoice", "delivery", "password"];
    let all: Vec<Document> = (0..10_000_i64)
        .map(|id| {
            let word = words[id as usize % words.len()];
            document(id, &format!("About the {word}"), &format!("Somebody wrote about the {word} number {id}."))
        })
        .collect();
    let home = tempfile::tempdir().unwrap();
    let index = Index::open(home.path()).unwrap();
    let begun = std::time::Instant::now();
    for (number, some) in all.chunks(2_500).enumerate() {
        index.update(some, &[], &number.to_string()).unwrap();
    }
    eprintln!("10,000 documents in {:?}", begun.elapsed());
    let begun = std::time::Instant::now();
    let found = index.search(&Query { limit: 50, offset: 1_980, ..query("invoice") }).unwrap();
    assert_eq!((found.total, found.hits.len()), (2_000, 20));
    let typo = index.search(&query("telefhone")).unwrap();
    assert_eq!(typo.total, 2_000);
    assert_eq!(find(&index, "D-7777")[0], 7_777);
    assert_eq!(index.search(&Query { limit: 0, ..query("password") }).unwrap().total, 2_000);
    eprintln!("four searches in {:?}", begun.elapsed());
}
