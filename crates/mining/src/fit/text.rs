//! The text form of a model; [`super::Model`] describes it.

use std::iter::Peekable;
use std::str::Chars;

use super::ModelError;
use super::model::{Block, DEEPEST};

/// Reads the text form.
pub(super) fn parse(source: &str) -> Result<Block, ModelError> {
    let mut scan = Scan { rest: source.chars().peekable(), line: 1, column: 1 };
    let block = sequence(&mut scan, 0)?;
    match scan.peek() {
        None => block.ok_or_else(|| scan.wrong("there is no step in it: write one name a line, or A, B, C")),
        Some('}') => Err(scan.wrong("this `}` closes nothing: take it away, or open a group before it")),
        Some(_) => Err(scan.wrong("a `|` stands between the branches of a group only: choice { A | B }")),
    }
}

/// Reads names between commas. Braces, bars and the like mean nothing here.
pub(super) fn path(source: &str) -> Result<Vec<String>, ModelError> {
    let mut scan = Scan { rest: source.chars().peekable(), line: 1, column: 1 };
    let mut names = Vec::new();
    loop {
        while scan.peek().is_some_and(char::is_whitespace) {
            scan.next();
        }
        let place = (scan.line, scan.column);
        let mut name = String::new();
        if scan.peek() == Some('"') {
            match item(&mut scan, 0)? {
                Block::Step(quoted) => name = quoted,
                _ => return Err(scan.wrong("after a name in quotation marks comes a comma")),
            }
        } else {
            while let Some(c) = scan.peek().filter(|c| *c != ',') {
                name.push(c);
                scan.next();
            }
            name.truncate(name.trim_end().len());
        }
        if name.is_empty() {
            let reason = "a step has no name: write \"A,B,C\"".into();
            return Err(ModelError { place: Some(place), reason });
        }
        names.push(name);
        match scan.next() {
            None => return Ok(names),
            Some(',') => {}
            Some(_) => return Err(scan.wrong("after a name in quotation marks comes a comma")),
        }
    }
}

struct Scan<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
    column: usize,
}

impl Scan<'_> {
    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        if next == '\n' {
            self.line += 1;
            self.column = 1;
        } else {
            self.column += 1;
        }
        Some(next)
    }

    fn wrong(&self, reason: impl Into<String>) -> ModelError {
        ModelError { place: Some((self.line, self.column)), reason: reason.into() }
    }
}

/// Items up to a `|`, a `}` or the end; `None` when there are none.
fn sequence(scan: &mut Scan<'_>, depth: usize) -> Result<Option<Block>, ModelError> {
    if depth > DEEPEST {
        return Err(scan.wrong(format!("groups lie in groups deeper than {DEEPEST}: make it flatter")));
    }
    let mut items = Vec::new();
    loop {
        match scan.peek() {
            None | Some('|' | '}') => break,
            Some(c) if c == ',' || c.is_whitespace() => {
                scan.next();
            }
            Some('#') => while scan.next().is_some_and(|c| c != '\n') {},
            Some(_) => items.push(item(scan, depth)?),
        }
    }
    Ok(match items.len() {
        0 => None,
        1 => items.pop(),
        _ => Some(Block::Sequence(items)),
    })
}

fn item(scan: &mut Scan<'_>, depth: usize) -> Result<Block, ModelError> {
    let (line, column) = (scan.line, scan.column);
    let begun = |reason: &str| ModelError { place: Some((line, column)), reason: reason.to_owned() };
    let quoted = scan.peek() == Some('"');
    let mut name = String::new();
    if quoted {
        scan.next();
        loop {
            match scan.next() {
                Some('"') if scan.peek() == Some('"') => {
                    scan.next();
                    name.push('"');
                }
                Some('"') => break,
                Some(c) => name.push(c),
                None => return Err(begun("this quotation mark is never closed: close it")),
            }
        }
        while scan.peek().is_some_and(|c| c.is_whitespace() && c != '\n') {
            scan.next();
        }
        return match scan.peek() {
            _ if name.is_empty() => Err(begun("a step has no name: give it one")),
            None | Some(',' | '\n' | '|' | '}') => Ok(Block::Step(name)),
            Some(_) => Err(scan.wrong("after a name in quotation marks comes a comma, a line end, `|` or `}`")),
        };
    }
    while let Some(c) = scan.peek().filter(|c| !matches!(c, ',' | '\n' | '{' | '}' | '|' | '"')) {
        name.push(c);
        scan.next();
    }
    let name = name.trim();
    match scan.peek() {
        Some('"') => Err(scan.wrong("a name with a quotation mark in it stands in quotation marks, the mark doubled")),
        Some('{') => group(scan, name, (line, column), depth),
        _ => Ok(Block::Step(name.to_owned())),
    }
}

/// A group, from its opening brace.
fn group(scan: &mut Scan<'_>, word: &str, place: (usize, usize), depth: usize) -> Result<Block, ModelError> {
    let wrong = |reason: String| ModelError { place: Some(place), reason };
    if !matches!(word, "choice" | "option" | "loop" | "parallel") {
        let said = if word.is_empty() { "nothing".to_owned() } else { format!("`{word}`") };
        return Err(wrong(format!("{said} stands before `{{`: it takes choice, option, loop or parallel")));
    }
    scan.next();
    let mut branches = Vec::new();
    loop {
        let Some(branch) = sequence(scan, depth + 1)? else {
            return Err(scan.wrong(format!("a branch of {word} is empty: put a step in, or use option {{ A }}")));
        };
        branches.push(branch);
        match scan.next() {
            Some('|') => {}
            Some('}') => break,
            _ => return Err(wrong(format!("this {word} is never closed: close it with `}}`"))),
        }
    }
    match (word, branches.len()) {
        ("choice", _) => Ok(Block::Choice(branches)),
        ("parallel", _) => Ok(Block::Parallel(branches)),
        (_, 1) => {
            let only = Box::new(branches.remove(0));
            Ok(if word == "option" { Block::Option(only) } else { Block::Loop(only) })
        }
        _ => Err(wrong(format!("{word} takes one branch: write {word} {{ choice {{ A | B }} }}"))),
    }
}
