//! What can be answered to a pulse. No I/O.

use serde_json::{Value, json};
use web::form::{Check, Errors, Input};

use crate::survey::model::FirstChoice;

/// The version of the wording: a changed one begins a new series.
const WORDING: i64 = 1;

/// What a person answered; every item can be left out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Said {
    /// Whether something got in the way of their work.
    pub trouble: Option<bool>,
    /// Where they went first with it.
    pub went: Option<FirstChoice>,
    /// Whether they told the desk, then or later.
    pub reported: Option<bool>,
}

impl Said {
    /// The same, without what cannot be: who had no trouble went nowhere with it, and who went to the desk told it.
    pub fn told(self) -> Self {
        if self.trouble != Some(true) {
            return Self { trouble: self.trouble, went: None, reported: None };
        }
        let came = (self.went == Some(FirstChoice::Desk)).then_some(true);
        Self { reported: came.or(self.reported), ..self }
    }

    /// The numbers and the wording, for the ledger.
    pub(super) fn detail(self) -> Value {
        let numbers = [
            ("trouble", self.trouble.map(i64::from)),
            ("went", self.went.map(FirstChoice::number)),
            ("reported", self.reported.map(i64::from)),
        ];
        let given = numbers.into_iter().filter_map(|(name, number)| Some((name.to_owned(), json!(number?))));
        Value::Object(given.chain([("wording".to_owned(), json!(WORDING))]).collect())
    }

    /// Parses a form. Each item may be left out; nothing at all may not. Whoever says where they went, or that they told
    /// the desk, had something to go with.
    pub(super) fn parse(input: &Input) -> Result<Self, Errors> {
        let yes = |word: &str| match word {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let mut check = Check::of(input);
        let said = Self {
            trouble: check.choice("trouble", yes),
            went: check.choice("went", FirstChoice::parse),
            reported: check.choice("reported", yes),
        };
        let mut errors = check.finish(()).err().unwrap_or_default();
        if errors.is_empty() && said == Self::default() {
            errors.add("trouble", "survey-nothing");
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let implied = said.went.is_some() || said.reported.is_some();
        Ok(Self { trouble: said.trouble.or(implied.then_some(true)), ..said }.told())
    }

    /// A form filled with it.
    pub(super) fn filled(self) -> Input {
        let word = |yes: Option<bool>| yes.map_or("", |yes| if yes { "yes" } else { "no" });
        Input::with(&[
            ("trouble", word(self.trouble)),
            ("went", self.went.map_or("", FirstChoice::as_str)),
            ("reported", word(self.reported)),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(form: &[(&str, &str)]) -> Result<Said, Errors> {
        Said::parse(&Input::with(form))
    }

    fn said(trouble: Option<bool>, went: Option<FirstChoice>, reported: Option<bool>) -> Said {
        Said { trouble, went, reported }
    }

    #[test]
    fn what_cannot_be_is_left_out() {
        let all = [("trouble", "no"), ("went", "colleague"), ("reported", "yes")];
        assert_eq!(parsed(&all).unwrap(), said(Some(false), None, None));
        let desk = [("trouble", "yes"), ("went", "desk"), ("reported", "no")];
        assert_eq!(parsed(&desk).unwrap(), said(Some(true), Some(FirstChoice::Desk), Some(true)));
        let bore = [("trouble", "yes"), ("went", "bear"), ("reported", "no")];
        assert_eq!(parsed(&bore).unwrap(), said(Some(true), Some(FirstChoice::Bear), Some(false)));
        assert_eq!(parsed(&[("went", "search")]).unwrap(), said(Some(true), Some(FirstChoice::Search), None));
        assert_eq!(parsed(&[("trouble", "yes")]).unwrap(), said(Some(true), None, None));
    }

    #[test]
    fn nothing_and_nonsense_are_errors_and_a_form_comes_back_as_it_was() {
        assert!(parsed(&[]).is_err());
        assert!(parsed(&[("trouble", "perhaps")]).is_err());
        assert!(parsed(&[("trouble", "yes"), ("went", "moon")]).is_err());
        let said = parsed(&[("trouble", "yes"), ("went", "search"), ("reported", "no")]).unwrap();
        assert_eq!(Said::parse(&said.filled()).unwrap(), said);
    }

    #[test]
    fn the_ledger_is_told_numbers() {
        let bore = said(Some(true), Some(FirstChoice::Bear), Some(false));
        assert_eq!(bore.detail(), json!({ "trouble": 1, "went": 5, "reported": 0, "wording": 1 }));
        assert_eq!(said(Some(false), None, None).detail(), json!({ "trouble": 0, "wording": 1 }));
    }
}
