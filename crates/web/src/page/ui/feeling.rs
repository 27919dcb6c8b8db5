//! How something felt: five faces from very bad (1) to very good (5), and scales of effort.

use super::Given;
use crate::page::Page;
use askama::Template;

/// One face, in its colour, with its word for readers of screens.
#[derive(Template, Debug, Clone)]
#[template(
    source = r##"<svg class="face felt-{{ felt }}" role="img" aria-label="{{ word }}"><use href="{{ crate::asset::url("icons.svg") }}#face-{{ felt }}"/></svg>"##,
    ext = "html"
)]
pub struct Face {
    felt: u8,
    word: String,
}

/// The face of a feeling, 1 (very bad) to 5 (very good); what lies outside becomes the nearest.
pub fn face(page: &Page, felt: impl Given<u8>) -> Face {
    let felt = felt.given().clamp(1, 5);
    Face { felt, word: word(page, felt) }
}

/// The word of a feeling; 0 is "not said".
pub(super) fn word(page: &Page, felt: u8) -> String {
    match felt {
        1..=5 => page.t(format!("felt-{felt}")),
        _ => page.t("felt-unknown"),
    }
}

/// Five faces to choose from. The values are 1 to 5.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/faces.html")]
pub struct Faces {
    name: String,
    legend: String,
    words: Vec<(u8, String)>,
    chosen: Option<String>,
    hint: Option<String>,
    error: Option<String>,
}

/// A question answered with a face.
pub fn faces(page: &Page, name: impl ToString, legend: impl ToString) -> Faces {
    Faces {
        name: name.to_string(),
        legend: legend.to_string(),
        words: (1..=5).map(|felt| (felt, word(page, felt))).collect(),
        chosen: None,
        hint: None,
        error: None,
    }
}

/// Numbers to choose from, with words at both ends.
#[derive(Template, Debug, Clone)]
#[template(path = "page/ui/scale.html")]
pub struct Scale {
    name: String,
    legend: String,
    steps: Vec<u8>,
    ends: (String, String),
    chosen: Option<String>,
    hint: Option<String>,
    error: Option<String>,
}

/// A question answered on a scale of 1 to `steps`, such as the seven of effort.
pub fn scale(name: impl ToString, legend: impl ToString, steps: u8, low: impl ToString, high: impl ToString) -> Scale {
    Scale {
        name: name.to_string(),
        legend: legend.to_string(),
        steps: (1..=steps).collect(),
        ends: (low.to_string(), high.to_string()),
        chosen: None,
        hint: None,
        error: None,
    }
}

macro_rules! kept {
    ($($part:ty),+) => { $(
        impl $part {
            /// The choice as it was sent, kept when the form is shown again.
            pub fn value(mut self, value: impl ToString) -> Self {
                self.chosen = Some(value.to_string());
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

            fn is_chosen(&self, value: impl ToString) -> bool {
                self.chosen.as_deref() == Some(value.to_string().as_str())
            }

            /// What describes the group, for `aria-describedby`.
            fn described(&self) -> Option<String> {
                super::field::described(&self.name, self.hint.is_some(), self.error.is_some())
            }
        }
    )+ };
}
kept!(Faces, Scale);
