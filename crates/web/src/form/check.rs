//! Parsing a form into a type, and saying what is wrong with each field.

use super::Input;

/// What is wrong, by field: the keys of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Errors(Vec<(String, &'static str)>);

impl Errors {
    /// The key of what is wrong with this field.
    pub fn get(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, key)| *key)
    }

    /// The same as a sentence in the reader's language.
    pub fn text(&self, field: &str, words: &base::text::Words) -> Option<String> {
        self.get(field).map(|key| words.t(key))
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Says that something is wrong with a field; the first thing said of it stays.
    pub fn add(&mut self, field: &str, key: &'static str) {
        if self.get(field).is_none() {
            self.0.push((field.to_owned(), key));
        }
    }
}

/// Reads fields one by one and remembers what is wrong.
pub struct Check<'i> {
    input: &'i Input,
    errors: Errors,
}

impl<'i> Check<'i> {
    /// Begins with this input.
    pub fn of(input: &'i Input) -> Self {
        Self { input, errors: Errors::default() }
    }

    /// A text that must be there, trimmed, of at most `longest` characters.
    pub fn required(&mut self, field: &str, longest: usize) -> String {
        let text = self.optional(field, longest);
        if text.is_empty() {
            self.errors.add(field, "form-required");
        }
        text
    }

    /// A text that may be empty, trimmed, of at most `longest` characters. Control characters but line ends go.
    pub fn optional(&mut self, field: &str, longest: usize) -> String {
        let raw = self.input.get(field).replace("\r\n", "\n");
        let text: String = raw.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        let text = text.trim();
        if text.chars().count() > longest {
            self.errors.add(field, "form-too-long");
        }
        text.to_owned()
    }

    /// One of a set of words; `None` when it is left empty.
    pub fn choice<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let word = self.input.get(field);
        let chosen = parse(word);
        if chosen.is_none() && !word.is_empty() {
            self.errors.add(field, "form-choose");
        }
        chosen
    }

    /// One of a set of words, which must be chosen.
    pub fn required_choice<T>(&mut self, field: &str, parse: impl Fn(&str) -> Option<T>) -> Option<T> {
        let chosen = self.choice(field, parse);
        if chosen.is_none() {
            self.errors.add(field, "form-choose");
        }
        chosen
    }

    /// A mail address in its normal form.
    pub fn email(&mut self, field: &str) -> String {
        let typed = self.required(field, 254);
        let normal = ledger::person::normal_email(&typed);
        if normal.is_none() && !typed.is_empty() {
            self.errors.add(field, "form-email");
        }
        normal.unwrap_or_default()
    }

    /// Says that something is wrong with a field.
    pub fn refuse(&mut self, field: &str, key: &'static str) {
        self.errors.add(field, key);
    }

    /// The files of a field; too large ones are an error of the field.
    pub fn files(&mut self, field: &str, most: usize) -> Vec<super::Upload> {
        let sent: Vec<_> = self.input.uploads().iter().filter(|upload| upload.field == field).cloned().collect();
        if sent.iter().any(|upload| upload.too_large) {
            self.errors.add(field, "form-file-too-large");
        }
        if sent.len() > most {
            self.errors.add(field, "form-too-many-files");
        }
        sent
    }

    /// The parsed value, or what is wrong.
    pub fn finish<T>(self, value: T) -> Result<T, Errors> {
        if self.errors.is_empty() { Ok(value) } else { Err(self.errors) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_check_collects_what_is_wrong() {
        let input = Input::with(&[("subject", "  \u{0}hi\r\nthere "), ("mail", "nobody"), ("state", "purple")]);
        let mut check = Check::of(&input);
        assert_eq!(check.required("subject", 100), "hi\nthere");
        check.required("body", 10);
        check.email("mail");
        check.choice("state", |word| (word == "open").then_some(()));
        let errors = check.finish(()).expect_err("three things are wrong");
        assert_eq!(errors.get("subject"), None);
        assert_eq!(errors.get("body"), Some("form-required"));
        assert_eq!(errors.get("mail"), Some("form-email"));
        assert_eq!(errors.get("state"), Some("form-choose"));
    }
}
