//! OCEL 2.0 as XML.

use std::io::{self, Write};

use super::{ObjectLog, Type};
use crate::time::iso;
use crate::write::escaped;

/// Writes an object-centric log as OCEL 2.0 XML. Characters that XML cannot hold are written as U+FFFD.
///
/// # Errors
/// When `into` fails.
pub fn xml(log: &ObjectLog, into: impl Write) -> io::Result<()> {
    let mut into = io::BufWriter::with_capacity(1 << 17, into);
    writeln!(into, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<log>")?;
    types(&mut into, "object", &log.object_types)?;
    types(&mut into, "event", &log.event_types)?;
    writeln!(into, "<objects>")?;
    for object in 0..log.objects() {
        let (id, kind) = (escaped(log.object_id(object)), escaped(&log.object_type(object).name));
        writeln!(into, "<object id=\"{id}\" type=\"{kind}\">")?;
        writeln!(into, "<attributes>")?;
        for (name, since, value) in log.object_values(object) {
            let (name, value) = (escaped(name), value.text());
            writeln!(into, "<attribute name=\"{name}\" time=\"{}\">{}</attribute>", iso(since), escaped(&value))?;
        }
        writeln!(into, "</attributes>")?;
        relations(&mut into, log, log.object_objects(object))?;
        writeln!(into, "</object>")?;
    }
    writeln!(into, "</objects>\n<events>")?;
    for event in 0..log.events() {
        let (id, kind) = (escaped(log.event_id(event)), escaped(&log.event_type(event).name));
        writeln!(into, "<event id=\"{id}\" type=\"{kind}\" time=\"{}\">", iso(log.event_time(event)))?;
        writeln!(into, "<attributes>")?;
        for (name, value) in log.event_values(event) {
            let value = value.text();
            writeln!(into, "<attribute name=\"{}\">{}</attribute>", escaped(name), escaped(&value))?;
        }
        writeln!(into, "</attributes>")?;
        relations(&mut into, log, log.event_objects(event))?;
        writeln!(into, "</event>")?;
    }
    writeln!(into, "</events>\n</log>")?;
    into.flush()
}

fn types(into: &mut impl Write, of: &str, types: &[Type]) -> io::Result<()> {
    writeln!(into, "<{of}-types>")?;
    for kind in types {
        writeln!(into, "<{of}-type name=\"{}\">\n<attributes>", escaped(&kind.name))?;
        for (name, value) in &kind.attributes {
            writeln!(into, "<attribute name=\"{}\" type=\"{}\"/>", escaped(name), value.name())?;
        }
        writeln!(into, "</attributes>\n</{of}-type>")?;
    }
    writeln!(into, "</{of}-types>")
}

fn relations<'a>(
    into: &mut impl Write,
    log: &ObjectLog,
    links: impl Iterator<Item = (usize, &'a str)>,
) -> io::Result<()> {
    writeln!(into, "<objects>")?;
    for (object, qualifier) in links {
        let (id, qualifier) = (escaped(log.object_id(object)), escaped(qualifier));
        writeln!(into, "<relationship object-id=\"{id}\" qualifier=\"{qualifier}\"/>")?;
    }
    writeln!(into, "</objects>")
}
