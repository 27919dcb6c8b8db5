//! Reading what was sent: anything may come, and becomes answers or says what is wrong.

use web::form::{Check, Errors, Input};

use super::model::{Answers, COMMENT, FirstChoice, Lost, Word};

/// What was sent: all items, or the first two from the short form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sent {
    answers: Answers,
    is_short: bool,
}

impl Sent {
    /// Parses a form. Each item may be left out; nothing at all may not.
    pub(super) fn parse(input: &Input) -> Result<Self, Errors> {
        let mut check = Check::of(input);
        let step = |most: i64| move |word: &str| word.parse::<i64>().ok().filter(|step| (1..=most).contains(step));
        let answers = Answers {
            satisfaction: check.choice("satisfaction", step(5)),
            effort: check.choice("effort", step(7)),
            emotion: check.choice("emotion", step(5)),
            word: check.choice("word", Word::parse),
            lost: check.choice("lost", Lost::parse),
            first: check.choice("first", FirstChoice::parse),
            comment: check.optional("comment", COMMENT),
            may_contact: input.get("may_contact") == "yes",
        };
        let sent = Self { is_short: input.get("part") == "short", answers };
        let mut errors = check.finish(()).err().unwrap_or_default();
        if errors.is_empty() && sent.answers.is_empty() {
            errors.add("satisfaction", "survey-nothing");
        }
        if errors.is_empty() { Ok(sent) } else { Err(errors) }
    }

    /// The answers that hold now: the short form leaves what it does not ask as it was.
    pub(super) fn over(self, before: Option<Answers>) -> Answers {
        match before {
            Some(before) if self.is_short => Answers {
                satisfaction: self.answers.satisfaction.or(before.satisfaction),
                emotion: self.answers.emotion.or(before.emotion),
                ..before
            },
            _ => self.answers,
        }
    }
}

/// A form filled with what was answered before.
pub(super) fn filled(answers: &Answers) -> Input {
    let number = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
    Input::with(&[
        ("satisfaction", &number(answers.satisfaction)),
        ("effort", &number(answers.effort)),
        ("emotion", &number(answers.emotion)),
        ("word", answers.word.map_or("", Word::as_str)),
        ("lost", answers.lost.map_or("", Lost::as_str)),
        ("first", answers.first.map_or("", FirstChoice::as_str)),
        ("comment", &answers.comment),
        ("may_contact", if answers.may_contact { "yes" } else { "" }),
    ])
}
