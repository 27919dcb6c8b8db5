//! Fields of a form: a label above, a sentence of help, the value as it was typed, and what is wrong with it.

use super::Given;
use askama::Template;

/// One field. Its id is its name.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/field.html")]
pub struct Field {
    kind: Kind,
    name: String,
    label: String,
    options: Vec<Opt>,
    value: String,
    hint: Option<String>,
    error: Option<String>,
    optional: Option<String>,
    placeholder: Option<String>,
    autocomplete: Option<&'static str>,
    required: bool,
    disabled: bool,
    focus: bool,
    rows: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Input(&'static str),
    Textarea,
    Select,
}

fn field(kind: Kind, name: impl ToString, label: impl ToString) -> Field {
    Field {
        kind,
        name: name.to_string(),
        label: label.to_string(),
        options: Vec::new(),
        value: String::new(),
        hint: None,
        error: None,
        optional: None,
        placeholder: None,
        autocomplete: None,
        required: false,
        disabled: false,
        focus: false,
        rows: 5,
    }
}

/// One line of text.
pub fn text(name: impl ToString, label: impl ToString) -> Field {
    field(Kind::Input("text"), name, label)
}

/// A mail address.
pub fn email(name: impl ToString, label: impl ToString) -> Field {
    Field { autocomplete: Some("email"), ..field(Kind::Input("email"), name, label) }
}

/// A password that exists already; `.autocomplete("new-password")` for a new one.
pub fn password(name: impl ToString, label: impl ToString) -> Field {
    Field { autocomplete: Some("current-password"), ..field(Kind::Input("password"), name, label) }
}

/// Words to search for.
pub fn search(name: impl ToString, label: impl ToString) -> Field {
    field(Kind::Input("search"), name, label)
}

/// Several lines of text; the box grows with them.
pub fn textarea(name: impl ToString, label: impl ToString) -> Field {
    field(Kind::Textarea, name, label)
}

/// One of many, folded.
pub fn select(name: impl ToString, label: impl ToString, options: &[Opt]) -> Field {
    Field { options: options.to_vec(), ..field(Kind::Select, name, label) }
}

impl Field {
    /// What stands in the field: as it was typed, when the form is shown again.
    pub fn value(mut self, value: impl ToString) -> Self {
        self.value = value.to_string();
        self
    }

    /// One sentence of help, under the label.
    pub fn hint(mut self, hint: impl ToString) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// What is wrong with the value, if anything.
    pub fn error(mut self, error: impl super::Maybe) -> Self {
        self.error = error.text();
        self
    }

    /// The browser asks for it before sending.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Says beside the label that it may stay empty: `.optional(page.t("optional"))`.
    pub fn optional(mut self, word: impl ToString) -> Self {
        self.optional = Some(word.to_string());
        self
    }

    /// An example inside the empty field; never in place of the label.
    pub fn placeholder(mut self, example: impl ToString) -> Self {
        self.placeholder = Some(example.to_string());
        self
    }

    /// What a browser may fill in (HTML, autofill field names).
    pub fn autocomplete(mut self, token: &'static str) -> Self {
        self.autocomplete = Some(token);
        self
    }

    /// Shown, but not to be changed.
    pub fn disabled(mut self) -> Self {
        self.disabled = true;
        self
    }

    /// The first field of a page that is nothing but a form.
    pub fn focus(mut self) -> Self {
        self.focus = true;
        self
    }

    /// How many lines an empty textarea shows.
    pub fn rows(mut self, rows: u8) -> Self {
        self.rows = rows;
        self
    }

    fn described(&self) -> Option<String> {
        described(&self.name, self.hint.is_some(), self.error.is_some())
    }
}

/// The ids of hint and error, for `aria-describedby`.
pub(super) fn described(name: &str, hint: bool, error: bool) -> Option<String> {
    match (hint, error) {
        (true, true) => Some(format!("{name}-hint {name}-error")),
        (true, false) => Some(format!("{name}-hint")),
        (false, true) => Some(format!("{name}-error")),
        (false, false) => None,
    }
}

/// One of the things to choose from.
#[derive(Debug, Clone)]
pub struct Opt {
    value: String,
    label: String,
    hint: Option<String>,
}

impl Opt {
    /// The value that is sent and the words that are shown.
    pub fn new(value: impl ToString, label: impl ToString) -> Self {
        Self { value: value.to_string(), label: label.to_string(), hint: None }
    }

    /// A line beneath, in open choices.
    pub fn hint(mut self, hint: impl ToString) -> Self {
        self.hint = Some(hint.to_string());
        self
    }
}

/// A question with its answers open to see: one of them (radio), or any (checkboxes).
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/choices.html")]
pub struct Choices {
    name: String,
    legend: String,
    options: Vec<Opt>,
    chosen: Vec<String>,
    many: bool,
    hint: Option<String>,
    error: Option<String>,
}

/// A question answered by choosing one; `.many()` for any number.
pub fn choices(name: impl ToString, legend: impl ToString, options: &[Opt]) -> Choices {
    Choices {
        name: name.to_string(),
        legend: legend.to_string(),
        options: options.to_vec(),
        chosen: Vec::new(),
        many: false,
        hint: None,
        error: None,
    }
}

impl Choices {
    /// Any number may be chosen.
    pub fn many(mut self) -> Self {
        self.many = true;
        self
    }

    /// A choice that is made already; again for another.
    pub fn value(mut self, value: impl ToString) -> Self {
        self.chosen.push(value.to_string());
        self
    }

    /// One sentence of help.
    pub fn hint(mut self, hint: impl ToString) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// What is wrong with the answer, if anything.
    pub fn error(mut self, error: impl super::Maybe) -> Self {
        self.error = error.text();
        self
    }

    fn described(&self) -> Option<String> {
        described(&self.name, self.hint.is_some(), self.error.is_some())
    }
}

/// Files to send along: named beneath the field once chosen. The form needs `enctype="multipart/form-data"`.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/files.html")]
pub struct Files {
    name: String,
    label: String,
    hint: Option<String>,
    error: Option<String>,
    optional: Option<String>,
    largest: Option<(u64, String)>,
}

/// A field for any number of files.
pub fn files(name: impl ToString, label: impl ToString) -> Files {
    Files { name: name.to_string(), label: label.to_string(), hint: None, error: None, optional: None, largest: None }
}

impl Files {
    /// One sentence of help, such as how large a file may be.
    pub fn hint(mut self, hint: impl ToString) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// What is wrong with the files, if anything.
    pub fn error(mut self, error: impl super::Maybe) -> Self {
        self.error = error.text();
        self
    }

    /// Says beside the label that it may stay empty.
    pub fn optional(mut self, word: impl ToString) -> Self {
        self.optional = Some(word.to_string());
        self
    }

    /// The largest file in bytes, and the sentence for a larger one; the server checks again.
    pub fn largest(mut self, bytes: impl Given<u64>, sentence: impl ToString) -> Self {
        self.largest = Some((bytes.given(), sentence.to_string()));
        self
    }

    fn described(&self) -> Option<String> {
        described(&self.name, self.hint.is_some(), self.error.is_some())
    }
}
