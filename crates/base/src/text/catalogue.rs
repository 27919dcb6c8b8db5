//! All texts of all capabilities, in all languages, checked when they are joined.

use super::Lang;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// One capability's texts: Fluent sources, usually `include_str!("texts.en.ftl")` and `include_str!("texts.de.ftl")`.
#[derive(Debug, Clone, Copy)]
pub struct Texts {
    /// The English source.
    pub en: &'static str,
    /// The German source.
    pub de: &'static str,
}

impl Texts {
    fn source(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::De => self.de,
        }
    }
}

/// Why texts could not be joined into a catalogue. Each variant lists everything that is wrong, not the first find.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TextError {
    /// A source is not Fluent.
    #[error("these texts are not Fluent: {}. Correct the .ftl files named", .0.join("; "))]
    Syntax(Vec<String>),
    /// Two texts have one key.
    #[error("these keys are defined twice: {}. Keep one of each", .0.join(", "))]
    Duplicate(Vec<String>),
    /// A key has no text in some language.
    #[error("these keys have no text: {}. Add them to the .ftl file of that language", .0.join(", "))]
    Missing(Vec<String>),
}

/// The joined texts of every capability. Cloning copies two pointers.
#[derive(Clone)]
pub struct Catalogue {
    tongues: Arc<[Arc<Tongue>; 2]>,
}

impl Catalogue {
    /// Joins the texts of all capabilities, with the few that `base` itself needs for dates and durations.
    ///
    /// # Errors
    /// A source that does not parse, a key defined twice in a language, a key that one language lacks.
    pub fn new(all: &[Texts]) -> Result<Self, TextError> {
        let tongues = [Tongue::join(Lang::En, all)?, Tongue::join(Lang::De, all)?];
        let keys: Vec<BTreeSet<&str>> =
            tongues.iter().map(|tongue| tongue.texts.keys().map(String::as_str).collect()).collect();
        let mut missing = Vec::new();
        for (here, there) in [(0, 1), (1, 0)] {
            let lang = Lang::ALL[here].code();
            missing.extend(keys[there].difference(&keys[here]).map(|key| format!("{key} ({lang})")));
        }
        if !missing.is_empty() {
            return Err(TextError::Missing(missing));
        }
        Ok(Self { tongues: Arc::new(tongues.map(Arc::new)) })
    }

    /// The texts in one language.
    pub fn words(&self, lang: Lang) -> Words {
        Words { tongue: Arc::clone(&self.tongues[lang.index()]) }
    }
}

/// A catalogue in one language: what a page speaks with. Cloning copies one pointer.
#[derive(Clone)]
pub struct Words {
    tongue: Arc<Tongue>,
}

impl Words {
    /// The language of these words.
    pub fn lang(&self) -> Lang {
        self.tongue.lang
    }

    /// The text of `key`. A key that does not exist is a mistake in our code: it panics in a debug build, and in a
    /// release build shows the key itself and logs it once.
    pub fn t(&self, key: &str) -> String {
        self.tn(key, &[])
    }

    /// The text of `key` with one value: `words.t1("ticket-from", "name", "Ana")`.
    pub fn t1<'a>(&self, key: &str, name: &'a str, value: impl Into<Value<'a>>) -> String {
        self.tn(key, &[(name, value.into())])
    }

    /// The text of `key` with several values. A number chooses the plural form and is written as this language does.
    pub fn tn(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        match self.tongue.texts.get(key) {
            Some(Text::Plain(text)) => text.to_string(),
            Some(Text::Pattern) => self.tongue.format(key, values),
            None => self.tongue.absent(key),
        }
    }

    /// Whether `key` has a text, for keys made of data (`"kind-" + kind`) whose absence has an answer.
    pub fn has(&self, key: &str) -> bool {
        self.tongue.texts.contains_key(key)
    }
}

/// A value inside a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Words, inserted as they are.
    Text(std::borrow::Cow<'a, str>),
    /// A number: chooses plurals, and is grouped and pointed as the language does.
    Number(f64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text.as_str().into())
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// Beyond 2^53 a count loses its last digits, which no sentence needs.
macro_rules! number_values {
    ($($number:ty),*) => { $(
        #[allow(clippy::cast_lossless, reason = "one macro for integers that fit and those that do not")]
        impl From<$number> for Value<'_> {
            fn from(number: $number) -> Self {
                Self::Number(number as f64)
            }
        }
        impl From<&$number> for Value<'_> {
            fn from(number: &$number) -> Self {
                Self::from(*number)
            }
        }
    )* };
}
number_values!(i32, i64, u16, u32, u64, usize);

/// Templates reach a field of type `&str` through one more reference.
impl<'a> From<&&'a str> for Value<'a> {
    fn from(text: &&'a str) -> Self {
        Self::Text((*text).into())
    }
}

impl From<&f64> for Value<'_> {
    fn from(number: &f64) -> Self {
        Self::Number(*number)
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

/// One language. Most texts are constant and live in `texts` ready-made, so that a page of 150 texts costs 150 look-ups
/// and no lock; only a plural asks Fluent's memoizer, which locks for the length of one look-up.
struct Tongue {
    lang: Lang,
    texts: HashMap<String, Text>,
    bundle: FluentBundle<FluentResource>,
    reported: std::sync::Mutex<BTreeSet<String>>,
}

enum Text {
    Plain(Box<str>),
    Pattern,
}

impl Tongue {
    fn join(lang: Lang, all: &[Texts]) -> Result<Self, TextError> {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        // The marks keep a right-to-left name from turning the sentence around, but they end up in mails, in copied
        // text and in screen readers; both of our languages run left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match lang {
            Lang::En => |value: &FluentValue, _: &_| spoken_number(value, Lang::En),
            Lang::De => |value: &FluentValue, _: &_| spoken_number(value, Lang::De),
        }));
        let mut keys = Vec::new();
        let mut syntax = Vec::new();
        for source in all.iter().map(|texts| texts.source(lang)).chain([super::spoken::TEXTS.source(lang)]) {
            match FluentResource::try_new(source.to_owned()) {
                Ok(resource) => {
                    keys.extend(keys_of(source));
                    // A key that is already there is reported below, together with all others.
                    let _ = bundle.add_resource(resource);
                }
                Err((_, errors)) => syntax.extend(errors.iter().map(|error| {
                    let near: String = source[error.pos.start.min(source.len())..].chars().take(40).collect();
                    format!("{error} near {near:?} ({})", lang.code())
                })),
            }
        }
        if !syntax.is_empty() {
            return Err(TextError::Syntax(syntax));
        }
        let mut seen = BTreeSet::new();
        let twice: BTreeSet<_> = keys.iter().filter(|key| !seen.insert(key.as_str())).cloned().collect();
        if !twice.is_empty() {
            return Err(TextError::Duplicate(twice.into_iter().collect()));
        }
        let texts = keys.into_iter().map(|key| {
            let text = plain(&bundle, &key).map_or(Text::Pattern, |text| Text::Plain(text.into()));
            (key, text)
        });
        Ok(Self { lang, texts: texts.collect(), bundle, reported: std::sync::Mutex::default() })
    }

    fn format(&self, key: &str, values: &[(&str, Value<'_>)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return self.absent(key);
        };
        let mut args = FluentArgs::with_capacity(values.len());
        for (name, value) in values {
            args.set(
                *name,
                match value {
                    Value::Text(text) => FluentValue::from(text.as_ref()),
                    Value::Number(number) => FluentValue::Number(FluentNumber::new(*number, Default::default())),
                },
            );
        }
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned();
        if !errors.is_empty() {
            self.report(key, &format!("the text {key} was not given what it needs: {errors:?}"));
        }
        text
    }

    fn absent(&self, key: &str) -> String {
        self.report(key, &format!("there is no text {key:?}; add it to the .ftl files of its capability"));
        key.to_owned()
    }

    fn report(&self, key: &str, sentence: &str) {
        let loud = cfg!(debug_assertions);
        assert!(!loud, "{sentence}");
        let mut reported = self.reported.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if reported.insert(key.to_owned()) {
            tracing::error!(lang = self.lang.code(), "{sentence}");
        }
    }
}

/// The keys of the messages in a source. In Fluent a message begins in the first column, and nothing else that begins
/// there (a comment `#`, a term `-`, a closing `}`) looks like a key.
fn keys_of(source: &str) -> impl Iterator<Item = String> {
    source.lines().filter_map(|line| {
        let key = line.split_once('=')?.0.trim_end();
        let mut letters = key.chars();
        let is_key = letters.next()?.is_ascii_alphabetic()
            && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_'));
        is_key.then(|| key.to_owned())
    })
}

/// The text of a message that always reads the same.
fn plain(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut errors = Vec::new();
    let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
    errors.is_empty().then_some(text)
}

fn spoken_number(value: &FluentValue, lang: Lang) -> Option<String> {
    match value {
        FluentValue::Number(number) => Some(super::spoken::number(lang, number.value, None)),
        _ => None,
    }
}
