//! The other attributes of an event, in one buffer that is used again for each event.

/// What a value is, as XES types it; in CSV, what the first rows of its column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A date and time, as written in the file.
    Date,
    /// A whole number.
    Int,
    /// A decimal number.
    Float,
    /// `true` or `false`.
    Boolean,
    /// An identifier.
    Id,
    /// A list or container; its members follow with keys below it.
    List,
}

impl Kind {
    /// Its name, as XES has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "string",
            Self::Date => "date",
            Self::Int => "int",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Id => "id",
            Self::List => "list",
        }
    }
}

/// One attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Its key; of the case when it begins with `case:`; nested keys are joined with `/`.
    pub key: &'a str,
    /// Its value as written.
    pub value: &'a str,
    /// Its type.
    pub kind: Kind,
}

/// The other attributes of an event: those of its case first, then its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct Attributes<'a> {
    case: Option<&'a Buffer>,
    own: Option<&'a Buffer>,
}

impl<'a> Attributes<'a> {
    pub(crate) fn new(case: Option<&'a Buffer>, own: &'a Buffer) -> Self {
        Self { case, own: Some(own) }
    }

    /// All of them, in the order of the file.
    pub fn iter(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.case.into_iter().chain(self.own).flat_map(Buffer::iter)
    }

    /// Those of the case alone; their keys begin with `case:`.
    pub fn of_case(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.case.into_iter().flat_map(Buffer::iter)
    }

    /// Those of the event alone.
    pub fn own(&self) -> impl Iterator<Item = Attribute<'a>> + use<'a> {
        self.own.into_iter().flat_map(Buffer::iter)
    }

    /// The value of the first attribute with this key.
    pub fn get(&self, key: &str) -> Option<&'a str> {
        self.iter().find(|attribute| attribute.key == key).map(|attribute| attribute.value)
    }
}

/// Keys and values in one string.
#[derive(Debug, Default)]
pub(crate) struct Buffer {
    text: String,
    items: Vec<(usize, usize, usize, Kind)>,
}

impl Buffer {
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
    }

    /// Bytes that it takes.
    pub(super) fn bytes(&self) -> usize {
        self.text.len() + self.items.len() * size_of::<(usize, usize, usize, Kind)>()
    }

    pub(crate) fn push(&mut self, key: &[&str], value: &str, kind: Kind) {
        let start = self.text.len();
        for part in key {
            self.text.push_str(part);
        }
        let middle = self.text.len();
        self.text.push_str(value);
        self.items.push((start, middle, self.text.len(), kind));
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Attribute<'_>> {
        self.items.iter().map(|&(start, middle, end, kind)| Attribute {
            key: &self.text[start..middle],
            value: &self.text[middle..end],
            kind,
        })
    }
}
