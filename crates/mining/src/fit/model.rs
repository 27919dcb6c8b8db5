//! The model of a process as people say it: steps in order, with choices, options, loops and parallel parts.

use std::fmt;

use super::{ModelError, json, text};

/// Most steps in a model: alignments grow with it, and nobody can read more on one page.
pub const MOST_STEPS: usize = 1000;
/// Deepest group in a group.
pub(super) const DEEPEST: usize = 64;

/// A part of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// An activity, by name.
    Step(String),
    /// One after the other.
    Sequence(Vec<Block>),
    /// Exactly one of these.
    Choice(Vec<Block>),
    /// This, or nothing.
    Option(Box<Block>),
    /// This, once or more often.
    Loop(Box<Block>),
    /// All of these, in any order and interleaved.
    Parallel(Vec<Block>),
}

/// A process as it is meant to be.
///
/// In text, steps are separated by commas or line ends, and groups are written with braces, their branches with bars:
///
/// ```
/// let model = mining::fit::Model::parse(
///     r#"
///     ## how a ticket goes
///     Asked
///     option { Asked back }
///     loop { Looked into, option { Handed over } }
///     choice { Solved | Declined, "Told why, in words" }
///     parallel { Closed | Survey sent }
///     "#,
/// )?;
/// assert_eq!(model.steps().count(), 9);
/// // The same in JSON: a text is a step, a list a sequence, and a group an object with one key.
/// let json = r#"["Asked", {"option": "Asked back"}, {"loop": ["Looked into", {"option": "Handed over"}]},
///     {"choice": ["Solved", ["Declined", "Told why, in words"]]}, {"parallel": ["Closed", "Survey sent"]}]"#;
/// assert_eq!(mining::fit::Model::parse(json)?, model);
/// # Ok::<(), mining::fit::ModelError>(())
/// ```
///
/// A name with a comma, a brace, a bar, a quotation mark or a line end in it stands in quotation marks, a mark inside
/// is doubled. A line whose first character is `#` is a comment. `loop` is once or more often; with `option` around it,
/// any number of times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model {
    pub(super) root: Block,
}

impl Model {
    /// A model from its parts.
    ///
    /// # Errors
    /// When a group is empty, a name is empty, or the model is too large or too deep.
    pub fn new(root: Block) -> Result<Self, ModelError> {
        let mut steps = 0;
        check(&root, 0, &mut steps)?;
        Ok(Self { root })
    }

    /// The model that is a path: these steps, in this order.
    ///
    /// # Errors
    /// When there is no step, a name is empty, or there are too many.
    pub fn path<S: Into<String>>(steps: impl IntoIterator<Item = S>) -> Result<Self, ModelError> {
        Self::new(Block::Sequence(steps.into_iter().map(|step| Block::Step(step.into())).collect()))
    }

    /// The model that is a path, written as names between commas; one with a comma in it stands in quotation marks, a
    /// mark inside is doubled.
    ///
    /// # Errors
    /// When a name is empty or a quotation mark is not closed, with its place.
    pub fn parse_path(source: &str) -> Result<Self, ModelError> {
        Self::path(text::path(source)?)
    }

    /// Reads a model in text, or in JSON when it begins with `[` or `{`.
    ///
    /// # Errors
    /// With line and column, and what was expected there.
    pub fn parse(source: &str) -> Result<Self, ModelError> {
        let source = source.trim_start_matches('\u{feff}');
        let first = source.trim_start().chars().next();
        let root = if matches!(first, Some('[' | '{')) { json::parse(source)? } else { text::parse(source)? };
        Self::new(root)
    }

    /// The model as a block.
    pub fn root(&self) -> &Block {
        &self.root
    }

    /// The names of all steps, in the order in which they are written; one that stands twice comes twice.
    pub fn steps(&self) -> impl Iterator<Item = &str> {
        let mut open = vec![&self.root];
        std::iter::from_fn(move || {
            while let Some(block) = open.pop() {
                match block {
                    Block::Step(name) => return Some(name.as_str()),
                    Block::Sequence(parts) | Block::Choice(parts) | Block::Parallel(parts) => {
                        open.extend(parts.iter().rev());
                    }
                    Block::Option(part) | Block::Loop(part) => open.push(part),
                }
            }
            None
        })
    }
}

fn check(block: &Block, depth: usize, steps: &mut usize) -> Result<(), ModelError> {
    if depth > DEEPEST {
        return Err(ModelError::whole(format!("groups lie in groups deeper than {DEEPEST}: make it flatter")));
    }
    match block {
        Block::Step(name) if name.is_empty() => {
            return Err(ModelError::whole("a step has no name: give it one".into()));
        }
        Block::Step(_) => {
            *steps += 1;
            if *steps > MOST_STEPS {
                return Err(ModelError::whole(format!("it has more than {MOST_STEPS} steps: split it")));
            }
        }
        Block::Sequence(parts) | Block::Choice(parts) | Block::Parallel(parts) => {
            if parts.is_empty() {
                return Err(ModelError::whole("a group holds no step: put one in, or take the group away".into()));
            }
            for part in parts {
                check(part, depth + 1, steps)?;
            }
        }
        Block::Option(part) | Block::Loop(part) => check(part, depth + 1, steps)?,
    }
    Ok(())
}

/// The text form, on one line; [`Model::parse`] reads it again.
impl fmt::Display for Model {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_block(&self.root, f)
    }
}

fn write_block(block: &Block, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let joined = |parts: &[Block], between: &str, f: &mut fmt::Formatter<'_>| {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                f.write_str(between)?;
            }
            write_block(part, f)?;
        }
        Ok(())
    };
    let (word, parts) = match block {
        Block::Step(name) => {
            let plain = name.trim() == name
                // The first begins a comment, the other a model in JSON.
                && !name.starts_with(['#', '['])
                && !name.contains([',', '{', '}', '|', '"', '\n', '\r', '\u{feff}']);
            return if plain { f.write_str(name) } else { write!(f, "\"{}\"", name.replace('"', "\"\"")) };
        }
        Block::Sequence(parts) => return joined(parts, ", ", f),
        Block::Choice(parts) => ("choice", parts.as_slice()),
        Block::Parallel(parts) => ("parallel", parts.as_slice()),
        Block::Option(part) => ("option", std::slice::from_ref(&**part)),
        Block::Loop(part) => ("loop", std::slice::from_ref(&**part)),
    };
    write!(f, "{word} {{ ")?;
    joined(parts, " | ", f)?;
    f.write_str(" }")
}
