//! XES (IEEE 1849).

use std::io::{self, Write};

use hashbrown::HashMap;

use super::{Written, escaped, is_xml, renamed};
use crate::log::{AttributeTable, Header, Log, NO_TIME};
use crate::read::{Attribute, Kind, plural};
use crate::time::iso;

/// Writes a log as XES: cases, activities, times, resources and lifecycles. An event without a time has none.
///
/// Characters that XML cannot hold (control characters, but for tab and line ends) are written as U+FFFD.
///
/// # Errors
/// When `into` fails.
pub fn xes(log: &Log, into: impl Write) -> io::Result<()> {
    xes_with(log, &AttributeTable::default(), into).map(|_| ())
}

/// The same with the other attributes, nested as they were, and with what the log says of itself.
///
/// An attribute that is called as one of the log's own fields is written under another name, which is noted.
///
/// # Errors
/// When `into` fails.
pub fn xes_with(log: &Log, attributes: &AttributeTable, into: impl Write) -> io::Result<Written> {
    let (names, mut notes) = renamed(attributes);
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    into.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <log xes.version=\"1.0\" xes.features=\"nested-attributes\" xmlns=\"http://www.xes-standard.org/\">\n\
        <extension name=\"Concept\" prefix=\"concept\" uri=\"http://www.xes-standard.org/concept.xesext\"/>\n\
        <extension name=\"Time\" prefix=\"time\" uri=\"http://www.xes-standard.org/time.xesext\"/>\n\
        <extension name=\"Organizational\" prefix=\"org\" uri=\"http://www.xes-standard.org/org.xesext\"/>\n\
        <extension name=\"Lifecycle\" prefix=\"lifecycle\" uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n",
    )?;
    header(&mut into, attributes.header())?;
    if attributes.header().left_out() {
        notes.push("some of what the log says of itself is left out: there is too much of it".to_owned());
    }
    let control = attributes.texts().chain(log.texts()).filter(|text| !is_xml(text)).count() as u64;
    if control > 0 {
        let texts = plural(control, "text");
        notes.push(format!("{texts} with control characters, which XML cannot hold: U+FFFD stands for each"));
    }
    for case in log.iter() {
        into.write_all(b"<trace>\n")?;
        one(&mut into, "string", "concept:name", case.name)?;
        nested(&mut into, attributes.of_case(case.index).map(|one| named(&names, one)), "case:")?;
        for (event, (&code, &time)) in log.range(case.index).zip(case.activities.iter().zip(case.times)) {
            into.write_all(b"<event>\n")?;
            one(&mut into, "string", "concept:name", log.activity_names().get(code))?;
            if time != NO_TIME {
                one(&mut into, "date", "time:timestamp", &iso(time))?;
            }
            for (key, value) in [("org:resource", log.resource(event)), ("lifecycle:transition", log.lifecycle(event))]
            {
                if let Some(value) = value {
                    one(&mut into, "string", key, value)?;
                }
            }
            nested(&mut into, attributes.of_event(log, event).map(|one| named(&names, one)), "")?;
            into.write_all(b"</event>\n")?;
        }
        into.write_all(b"</trace>\n")?;
    }
    into.write_all(b"</log>\n")?;
    into.flush()?;
    Ok(Written { left_out: 0, notes })
}

/// What the log says of itself, in the order of the standard's schema. The classifier is ours where it has none.
fn header(into: &mut impl Write, header: &Header) -> io::Result<()> {
    let known = |prefix: &str| matches!(prefix, "concept" | "time" | "org" | "lifecycle");
    for [name, prefix, uri] in header.extensions.iter().filter(|[_, prefix, _]| !known(prefix)) {
        let (name, prefix, uri) = (escaped(name), escaped(prefix), escaped(uri));
        writeln!(into, "<extension name=\"{name}\" prefix=\"{prefix}\" uri=\"{uri}\"/>")?;
    }
    for (scope, attributes) in header.globals() {
        writeln!(into, "<global scope=\"{}\">", escaped(scope))?;
        nested(into, attributes, "")?;
        into.write_all(b"</global>\n")?;
    }
    if header.classifiers.is_empty() {
        into.write_all(b"<classifier name=\"Activity\" keys=\"concept:name\"/>\n")?;
    }
    for [name, scope, keys] in &header.classifiers {
        let of = if scope.is_empty() { String::new() } else { format!(" scope=\"{}\"", escaped(scope)) };
        writeln!(into, "<classifier name=\"{}\"{of} keys=\"{}\"/>", escaped(name), escaped(keys))?;
    }
    nested(into, header.attributes(), "")
}

/// The attribute under its new name, if it has one.
fn named<'a>(names: &'a HashMap<&str, String>, attribute: Attribute<'a>) -> Attribute<'a> {
    if names.is_empty() {
        return attribute;
    }
    Attribute { key: names.get(attribute.key).map_or(attribute.key, String::as_str), ..attribute }
}

fn one(into: &mut impl Write, kind: &str, key: &str, value: &str) -> io::Result<()> {
    writeln!(into, "<{kind} key=\"{}\" value=\"{}\"/>", escaped(key), escaped(value))
}

/// Attributes with keys like `list/member` inside those that they belong to, which come before them.
fn nested<'a>(into: &mut impl Write, all: impl Iterator<Item = Attribute<'a>>, prefix: &str) -> io::Result<()> {
    // Key and element of each attribute that is open.
    let mut open: Vec<(&str, &str)> = Vec::new();
    let close = |into: &mut dyn Write, element: &str| {
        into.write_all(if element == "list" { b"</values>" } else { b"" })?;
        writeln!(into, "</{element}>")
    };
    let mut all = all.peekable();
    while let Some(Attribute { key, value, kind }) = all.next() {
        let inside = |outer: &str| key.strip_prefix(outer).and_then(|rest| rest.strip_prefix('/'));
        while let Some(&(_, element)) = open.last().filter(|(outer, _)| inside(outer).is_none()) {
            close(into, element)?;
            open.pop();
        }
        let own = open.last().and_then(|(outer, _)| inside(outer)).unwrap_or(key.strip_prefix(prefix).unwrap_or(key));
        let (element, value) = typed(kind, value);
        let holds = all.peek().is_some_and(|next| next.key.strip_prefix(key).is_some_and(|rest| rest.starts_with('/')));
        write!(into, "<{element} key=\"{}\"", escaped(own))?;
        if element != "list" {
            write!(into, " value=\"{}\"", escaped(&value))?;
        }
        if !holds {
            into.write_all(b"/>\n")?;
            continue;
        }
        into.write_all(if element == "list" { b"><values>\n" } else { b">\n" })?;
        open.push((key, element));
    }
    while let Some((_, element)) = open.pop() {
        close(into, element)?;
    }
    Ok(())
}

/// The element of a kind; a value that is not of its kind is text, so that other programs need not stumble over it.
fn typed(kind: Kind, value: &str) -> (&'static str, std::borrow::Cow<'_, str>) {
    let trimmed = value.trim();
    match kind {
        Kind::Date if crate::read::parse_date(trimmed, crate::read::DateStyle::YearFirst, None).is_some() => {
            ("date", value.into())
        }
        Kind::Int if trimmed.parse::<i64>().is_ok() => ("int", value.into()),
        Kind::Float if trimmed.parse::<f64>().is_ok() => ("float", value.into()),
        // A comma before decimals, as half of the world writes it.
        Kind::Float if trimmed.replacen(',', ".", 1).parse::<f64>().is_ok() => {
            ("float", trimmed.replacen(',', ".", 1).into())
        }
        // Some programs write them with capitals.
        Kind::Boolean if trimmed.eq_ignore_ascii_case("true") || trimmed == "1" => ("boolean", "true".into()),
        Kind::Boolean if trimmed.eq_ignore_ascii_case("false") || trimmed == "0" => ("boolean", "false".into()),
        Kind::Id => ("id", value.into()),
        Kind::List => ("list", "".into()),
        _ => ("string", value.into()),
    }
}
