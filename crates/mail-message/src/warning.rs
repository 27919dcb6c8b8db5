//! What could not be understood as it stands, said plainly. A warning never means that content was lost silently.

use std::fmt;

/// One thing about a message that is not as the standards have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Warning {
    /// There is no block of headers at the start: everything was taken as text.
    NoHeaders,
    /// A line among the headers is neither a header nor the continuation of one; it was left out.
    BrokenHeaderLine,
    /// No usable From header.
    NoFrom,
    /// No Date header; the date is that of the newest Received header where there is one.
    NoDate,
    /// The Date header cannot be read.
    UnreadableDate(String),
    /// The date is more than two days later than the message was received, or outside 1980 to 2100: it was moved.
    AbsurdDate(String),
    /// No Message-ID header.
    NoMessageId,
    /// A header that must be alone appears several times; the first counts.
    RepeatedHeader(String),
    /// The charset that is named is unknown; the text was read as what it looks like.
    UnknownCharset(String),
    /// Bytes do not fit the charset that is named; the text was read as well as can be.
    WrongCharset(String),
    /// Null bytes were taken out of the text.
    NullBytes,
    /// The transfer encoding (base64, quoted-printable) is damaged; what could be decoded is there.
    DamagedEncoding,
    /// A `winmail.dat` is broken, or more than is read; the file is kept whole beside what could be taken out of it.
    DamagedTnef(String),
    /// The borders between the parts are damaged; they were put where they must have been.
    DamagedStructure,
    /// More nested multiparts or parts than are read; the rest stays in the raw message only.
    TooManyParts,
    /// The MIME structure could not be read at all: the body was taken as plain text.
    UnreadableStructure,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHeaders => f.write_str("no headers: everything was taken as text"),
            Self::BrokenHeaderLine => f.write_str("a line among the headers is not a header"),
            Self::NoFrom => f.write_str("no sender address"),
            Self::NoDate => f.write_str("no date"),
            Self::UnreadableDate(date) => write!(f, "the date cannot be read: {date}"),
            Self::AbsurdDate(date) => write!(f, "the date cannot be right: {date}"),
            Self::NoMessageId => f.write_str("no Message-ID"),
            Self::RepeatedHeader(name) => write!(f, "the header {name} appears more than once"),
            Self::UnknownCharset(label) => write!(f, "unknown charset: {label}"),
            Self::WrongCharset(label) => write!(f, "the text is not in the charset it names: {label}"),
            Self::NullBytes => f.write_str("null bytes were taken out"),
            Self::DamagedEncoding => f.write_str("a part is damaged: its base64 or quoted-printable is broken"),
            Self::DamagedTnef(name) => write!(f, "{name} cannot be opened in full"),
            Self::DamagedStructure => f.write_str("the borders between the parts are damaged"),
            Self::TooManyParts => f.write_str("more parts than are read"),
            Self::UnreadableStructure => f.write_str("the structure of the message cannot be read"),
        }
    }
}
