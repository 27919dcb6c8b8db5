//! What a XES log says of itself beside its traces, for writing it again.

use crate::read::{Attribute, Kind};

/// Most parts, and most bytes of their texts; what is beyond is left out.
const MOST: usize = 10_000;
const MOST_BYTES: usize = 1 << 20;

/// An attribute: key, with those around it before it (`a/b`), value and kind.
type Owned = (String, String, Kind);

/// Extensions, globals, classifiers and attributes of a whole log.
#[derive(Debug, Clone, Default)]
pub struct Header {
    /// Name, prefix and address of each extension.
    pub(crate) extensions: Vec<[String; 3]>,
    /// Scope of each global, and its attributes.
    globals: Vec<(String, Vec<Owned>)>,
    /// Name, scope and keys of each classifier.
    pub(crate) classifiers: Vec<[String; 3]>,
    attributes: Vec<Owned>,
    parts: usize,
    bytes: usize,
    left_out: bool,
}

impl Header {
    /// Whether it holds nothing that a log written without it has not.
    pub fn is_empty(&self) -> bool {
        self.globals.is_empty() && self.classifiers.is_empty() && self.attributes.is_empty()
    }

    /// Whether there was too much of it to keep all.
    pub(crate) fn left_out(&self) -> bool {
        self.left_out
    }

    pub(crate) fn extension(&mut self, name: String, prefix: String, uri: String) {
        if self.room(name.len() + prefix.len() + uri.len()) {
            self.extensions.push([name, prefix, uri]);
        }
    }

    pub(crate) fn classifier(&mut self, name: String, scope: String, keys: String) {
        if self.room(name.len() + scope.len() + keys.len()) {
            self.classifiers.push([name, scope, keys]);
        }
    }

    pub(crate) fn global(&mut self, scope: String) {
        if self.room(scope.len()) {
            self.globals.push((scope, Vec::new()));
        }
    }

    /// Takes an attribute of the log, or of the last global.
    pub(crate) fn attribute(&mut self, in_global: bool, key: &[&str], value: &str, kind: Kind) {
        let key = key.concat();
        if !self.room(key.len() + value.len()) {
            return;
        }
        let list = if in_global { self.globals.last_mut().map(|(_, list)| list) } else { Some(&mut self.attributes) };
        if let Some(list) = list {
            list.push((key, value.to_owned(), kind));
        }
    }

    /// Drops the classifiers; whether there were any.
    pub(crate) fn forget_classifiers(&mut self) -> bool {
        !std::mem::take(&mut self.classifiers).is_empty()
    }

    /// Each global: its scope, and its attributes.
    pub(crate) fn globals(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = Attribute<'_>>)> {
        self.globals.iter().map(|(scope, list)| (scope.as_str(), list.iter().map(attribute)))
    }

    /// The attributes of the log itself, in the order of the file; nested keys are joined with `/`.
    pub fn attributes(&self) -> impl Iterator<Item = Attribute<'_>> {
        self.attributes.iter().map(attribute)
    }

    fn room(&mut self, bytes: usize) -> bool {
        let room = self.parts < MOST && self.bytes + bytes <= MOST_BYTES;
        if room {
            self.parts += 1;
            self.bytes += bytes;
        }
        self.left_out |= !room;
        room
    }
}

fn attribute((key, value, kind): &Owned) -> Attribute<'_> {
    Attribute { key, value, kind: *kind }
}
