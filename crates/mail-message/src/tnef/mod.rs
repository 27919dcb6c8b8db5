//! `winmail.dat`: the wrapping in which Outlook and Exchange send a mail to each other (MS-OXTNEF), opened: its files
//! become attachments, its body the text where there is none. What is broken or too large stays a file, with a warning.

mod bytes;
mod codepage;
mod lzfu;
mod properties;
mod rtf;

use std::collections::HashSet;

use crate::Warning;
use crate::body::{self, Attachment, Body, html_to_text};
use bytes::Reader;
use properties::Properties;

const SIGNATURE: &[u8] = &[0x78, 0x9f, 0x3e, 0x22];
/// Most files that are taken out of one message.
const MOST_FILES: usize = 500;
/// Deepest message within a message that is opened.
const DEEPEST: usize = 4;

// The attributes that we read.
const OEM_CODEPAGE: u32 = 0x0006_9007;
const ATT_SUBJECT: u32 = 0x0001_8004;
const ATT_BODY: u32 = 0x0002_800c;
const MESSAGE_PROPERTIES: u32 = 0x0006_9003;
const ATTACH_BEGINS: u32 = 0x0006_9002;
const ATTACH_DATA: u32 = 0x0006_800f;
const ATTACH_TITLE: u32 = 0x0001_8010;
const ATTACH_TRANSPORT_NAME: u32 = 0x0006_9001;
const ATTACH_PROPERTIES: u32 = 0x0006_9005;

/// Opens every `winmail.dat` in `body`. Gives the subject that one of them holds.
pub(crate) fn open(body: &mut Body, warnings: &mut Vec<Warning>) -> Option<String> {
    if !body.attachments.iter().any(is_tnef) {
        return None;
    }
    let mut subject = None;
    let mut files = Vec::new();
    for file in std::mem::take(&mut body.attachments) {
        if !is_tnef(&file) {
            files.push(file);
            continue;
        }
        let opened = read(&file.bytes, 0);
        if !opened.whole {
            warnings.push(Warning::DamagedTnef(file.name.clone()));
            files.push(file);
        }
        subject = subject.or(opened.subject);
        merge(opened.text, opened.html, body);
        let room = MOST_FILES.saturating_sub(files.len());
        if opened.files.len() > room {
            warnings.push(Warning::TooManyParts);
        }
        files.extend(opened.files.into_iter().take(room));
    }
    body.attachments = files;
    subject
}

/// By its first bytes, and by a name or a type that says so: any other file keeps what it is.
fn is_tnef(file: &Attachment) -> bool {
    let named = matches!(file.content_type.as_str(), "application/ms-tnef" | "application/vnd.ms-tnef")
        || file.name.to_ascii_lowercase().ends_with(".dat");
    named && (file.bytes.starts_with(SIGNATURE) || file.content_type.ends_with("ms-tnef"))
}

/// Adds the body of a TNEF to the text of the mail that carried it, which is mostly the same.
fn merge(text: Option<String>, html: Option<String>, body: &mut Body) {
    let text = text.or_else(|| html.as_deref().map(html_to_text)).map(|text| body::tidy(&text)).unwrap_or_default();
    if !text.trim().is_empty() && !says_the_same(&body.text, &text) {
        body.text = body::tidy(&format!("{text}\n\n{}", body.text));
        body.html = html;
    } else if body.html.is_none() {
        body.html = html;
    }
}

/// Whether most words of `part` are in `whole`: the same text, written by another program.
fn says_the_same(whole: &str, part: &str) -> bool {
    let known: HashSet<&str> = whole.split_whitespace().collect();
    let words: HashSet<&str> = part.split_whitespace().collect();
    words.iter().filter(|word| known.contains(*word)).count() * 2 > words.len()
}

/// What was in a TNEF.
#[derive(Default)]
struct Opened {
    subject: Option<String>,
    text: Option<String>,
    html: Option<String>,
    files: Vec<Attachment>,
    /// Nothing was broken, too much or too long.
    whole: bool,
}

/// A file as its attributes come.
#[derive(Default)]
struct File<'x> {
    title: &'x [u8],
    transport_name: &'x [u8],
    data: &'x [u8],
    properties: Properties<'x>,
}

fn read(tnef: &[u8], depth: usize) -> Opened {
    let mut opened = Opened::default();
    let mut reader = Reader(tnef);
    if reader.take(4) != Some(SIGNATURE) || reader.u16().is_none() {
        return opened;
    }
    opened.whole = true;
    let (mut codepage, mut subject, mut text) = (1252, &[][..], &[][..]);
    let mut properties = Properties::default();
    let mut files: Vec<File<'_>> = Vec::new();
    while let Some((id, data, right)) = attribute(&mut reader) {
        opened.whole &= right;
        match id {
            OEM_CODEPAGE => codepage = Reader(data).u32().filter(|page| *page != 0).unwrap_or(codepage),
            ATT_SUBJECT => subject = data,
            ATT_BODY => text = data,
            MESSAGE_PROPERTIES => {
                let (read, whole) = Properties::read(data);
                opened.whole &= whole;
                properties = read;
            }
            ATTACH_BEGINS if files.len() < MOST_FILES => files.push(File::default()),
            ATTACH_BEGINS => {
                opened.whole = false;
                break;
            }
            _ => {
                let Some(file) = files.last_mut() else { continue };
                match id {
                    ATTACH_DATA => file.data = data,
                    ATTACH_TITLE => file.title = data,
                    ATTACH_TRANSPORT_NAME => file.transport_name = data,
                    ATTACH_PROPERTIES => {
                        let (read, whole) = Properties::read(data);
                        opened.whole &= whole;
                        file.properties = read;
                    }
                    _ => {}
                }
            }
        }
    }
    // A relay may have left blanks or zeros behind the end.
    opened.whole &= reader.0.iter().all(|byte| matches!(byte, 0 | b'\r' | b'\n' | b' '));
    opened.subject =
        line(&codepage::decode(subject, codepage)).or_else(|| line(&properties.text(properties::SUBJECT, codepage)?));
    opened.text = properties.text(properties::BODY, codepage).or_else(|| some(codepage::decode(text, codepage)));
    opened.html =
        properties.text(properties::BODY_HTML, properties.number(properties::INTERNET_CODEPAGE).unwrap_or(codepage));
    opened.read_rtf(&properties);
    for file in files {
        opened.add(&file, codepage, depth);
    }
    opened
}

/// The next attribute: what it is, its content, whether its sum is right. `None` at the end, or where it breaks off.
fn attribute<'x>(reader: &mut Reader<'x>) -> Option<(u32, &'x [u8], bool)> {
    let mut ahead = *reader;
    let level = ahead.u8()?;
    let id = ahead.u32()?;
    let length = ahead.u32()? as usize;
    let data = ahead.take(length)?;
    let sum = ahead.u16()?;
    if !matches!(level, 1 | 2) {
        return None;
    }
    *reader = ahead;
    // Some programs never write a sum.
    let right = sum == 0 || data.iter().fold(0u16, |sum, byte| sum.wrapping_add(u16::from(*byte))) == sum;
    Some((id, data, right))
}

impl Opened {
    /// The RTF body counts where nothing better is there.
    fn read_rtf(&mut self, properties: &Properties<'_>) {
        let Some(packed) = properties.bytes(properties::RTF_COMPRESSED).filter(|_| self.html.is_none()) else {
            return;
        };
        match lzfu::unpacked(packed).map(|rtf| rtf::read(&rtf)) {
            Some(rtf::Content::Html(html)) => self.html = Some(html),
            Some(rtf::Content::Text(text)) if self.text.is_none() => self.text = some(text),
            Some(rtf::Content::Text(_)) => {}
            None => self.whole &= self.text.is_some(),
        }
    }

    fn add(&mut self, file: &File<'_>, codepage: u32, depth: usize) {
        let properties = &file.properties;
        let in_properties = properties.bytes(properties::ATTACH_DATA).unwrap_or(&[]);
        // An attached message has its content in the properties, and nothing or a stand-in in the attribute.
        let embedded = in_properties.starts_with(SIGNATURE);
        let data = if file.data.is_empty() || embedded { in_properties } else { file.data };
        let name = [properties::ATTACH_LONG_FILENAME, properties::ATTACH_TRANSPORT_NAME]
            .iter()
            .find_map(|id| properties.text(*id, codepage))
            .or_else(|| some(codepage::decode(file.title, codepage)))
            .or_else(|| some(codepage::decode(file.transport_name, codepage)))
            .or_else(|| properties.text(properties::ATTACH_FILENAME, codepage))
            .or_else(|| properties.text(properties::DISPLAY_NAME, codepage));
        let name = name.map(|name| body::name::cleaned(&name)).filter(|name| !name.is_empty());
        if embedded && depth < DEEPEST {
            return self.add_message(data, name, depth);
        }
        let content_type = properties
            .text(properties::ATTACH_MIME_TAG, codepage)
            .map(|said| body::type_cleaned(&said))
            .filter(|said| said.contains('/') && said.len() < 120)
            .or_else(|| name.as_deref().and_then(body::name::type_of).map(str::to_owned))
            .unwrap_or_else(|| "application/octet-stream".to_owned());
        let name = name.unwrap_or_else(|| body::name::made_up(&content_type, self.files.len() + 1));
        let content_id = properties
            .text(properties::ATTACH_CONTENT_ID, codepage)
            .and_then(|id| line(id.trim_matches(['<', '>', ' '])));
        self.files.push(Attachment { name, content_type, content_id, inline: false, bytes: data.to_vec() });
    }

    /// A message within: its text as a file, then its own files.
    fn add_message(&mut self, tnef: &[u8], name: Option<String>, depth: usize) {
        let inner = read(tnef, depth + 1);
        self.whole &= inner.whole;
        let name = inner.subject.as_deref().map(body::name::cleaned).filter(|name| !name.is_empty()).or(name);
        let name = name.unwrap_or_else(|| "message".to_owned());
        let (content_type, ending, text) = match (inner.html, inner.text) {
            (Some(html), _) => ("text/html", "html", html),
            (None, text) => ("text/plain", "txt", text.unwrap_or_default()),
        };
        self.files.push(Attachment {
            name: body::name::cleaned(&format!("{name}.{ending}")),
            content_type: content_type.to_owned(),
            content_id: None,
            inline: false,
            bytes: text.into_bytes(),
        });
        self.files.extend(inner.files);
    }
}

/// A text of one line: without control characters, which no header can hold.
fn line(text: &str) -> Option<String> {
    some(text.chars().filter(|c| !c.is_control()).collect())
}

fn some(text: String) -> Option<String> {
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests;
