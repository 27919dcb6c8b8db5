//! PNML (ISO/IEC 15909-2), as process mining programs write it: places, transitions, arcs with weights, one initial
//! marking and, in `finalmarkings`, the ends. Silent transitions carry a `toolspecific` element `$invisible$`.
//!
//! Where a file names no end, the one place without outgoing arcs is it; where it marks no beginning, the one place
//! without incoming arcs.

use std::io::{self, Write};

use hashbrown::HashMap;
use quick_xml::escape::escape;
use quick_xml::events::{BytesStart, Event as Xml};
use quick_xml::{Reader, XmlVersion};

use super::ModelError;
use super::net::{Net, Transition};

impl Net {
    /// Reads a net from PNML.
    ///
    /// # Errors
    /// With line and column, when it is no PNML, an arc leads nowhere, or it has no single beginning or no end.
    pub fn from_pnml(source: &str) -> Result<Self, ModelError> {
        Reading { source, ..Reading::default() }.read()?.checked()
    }

    /// Writes the net as PNML.
    ///
    /// # Errors
    /// When `into` fails.
    pub fn to_pnml(&self, into: impl Write) -> io::Result<()> {
        let mut into = io::BufWriter::new(into);
        writeln!(into, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pnml>")?;
        writeln!(into, "<net id=\"net1\" type=\"http://www.pnml.org/version-2009/grammar/pnmlcoremodel\">")?;
        writeln!(into, "<page id=\"page1\">")?;
        for (place, tokens) in self.initial.iter().enumerate() {
            write!(into, "<place id=\"p{place}\"><name><text>p{place}</text></name>")?;
            if *tokens > 0 {
                write!(into, "<initialMarking><text>{tokens}</text></initialMarking>")?;
            }
            writeln!(into, "</place>")?;
        }
        for (at, transition) in self.transitions.iter().enumerate() {
            let label = transition.label.as_deref().unwrap_or("silent");
            write!(into, "<transition id=\"t{at}\"><name><text>{}</text></name>", escape(label))?;
            if transition.label.is_none() {
                write!(into, "<toolspecific tool=\"ProM\" version=\"6.4\" activity=\"$invisible$\"/>")?;
            }
            writeln!(into, "</transition>")?;
        }
        let mut number = 0;
        let mut arc = |from: String, to: String, weight: u8| {
            number += 1;
            writeln!(
                into,
                "<arc id=\"a{number}\" source=\"{from}\" target=\"{to}\"><inscription><text>{weight}</text></inscription></arc>"
            )
        };
        for (at, transition) in self.transitions.iter().enumerate() {
            for &(place, weight) in &transition.inputs {
                arc(format!("p{place}"), format!("t{at}"), weight)?;
            }
            for &(place, weight) in &transition.outputs {
                arc(format!("t{at}"), format!("p{place}"), weight)?;
            }
        }
        writeln!(into, "</page>\n<finalmarkings>")?;
        for marking in &self.finals {
            write!(into, "<marking>")?;
            for (place, tokens) in marking.iter().enumerate().filter(|(_, tokens)| **tokens > 0) {
                write!(into, "<place idref=\"p{place}\"><text>{tokens}</text></place>")?;
            }
            writeln!(into, "</marking>")?;
        }
        writeln!(into, "</finalmarkings>\n</net>\n</pnml>")?;
        into.flush()
    }
}

/// A transition as the file has it.
struct Drawn {
    id: String,
    name: String,
    silent: bool,
}

/// What is open, innermost last; other elements are passed through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Place,
    Transition,
    Arc,
    Name,
    Initial,
    Inscription,
    Final,
    Marking,
    MarkedPlace,
    Text,
    Other,
}

#[derive(Default)]
struct Reading<'a> {
    source: &'a str,
    root: bool,
    open: Vec<Open>,
    /// Places and transitions by id.
    places: HashMap<String, usize>,
    transitions: HashMap<String, usize>,
    tokens: Vec<u8>,
    drawn: Vec<Drawn>,
    /// From, to, weight, and where in the file.
    arcs: Vec<(String, String, u8, usize)>,
    /// Ends: ids of places with tokens.
    ends: Vec<Vec<(String, u8, usize)>>,
    text: String,
    nets: usize,
}

impl Reading<'_> {
    fn read(mut self) -> Result<Net, ModelError> {
        let mut xml = Reader::from_str(self.source);
        loop {
            let before = xml.buffer_position() as usize;
            match xml.read_event() {
                Ok(Xml::Start(element)) => self.start(&element, before)?,
                Ok(Xml::Empty(element)) => {
                    self.start(&element, before)?;
                    self.end(before)?;
                }
                Ok(Xml::End(_)) => self.end(before)?,
                Ok(Xml::Text(part)) if self.open.last() == Some(&Open::Text) => self.text.push_str(&part),
                Ok(Xml::CData(part)) if self.open.last() == Some(&Open::Text) => self.text.push_str(&part),
                Ok(Xml::GeneralRef(part)) if self.open.last() == Some(&Open::Text) => {
                    let reference = format!("&{};", &*part);
                    self.text.push_str(&quick_xml::escape::unescape(&reference).unwrap_or_default());
                }
                Ok(Xml::Eof) if self.open.is_empty() && self.root => break,
                Ok(Xml::Eof) if self.root => return Err(self.wrong(before, "the file is cut off: export it again")),
                Ok(Xml::Eof) => return Err(self.wrong(before, "there is no <pnml> in it: give a PNML file")),
                Ok(_) => {}
                Err(quick_xml::Error::Syntax(_)) => {
                    return Err(self.wrong(before, "the file is cut off inside a tag: export it again"));
                }
                Err(error) => return Err(self.wrong(before, format!("the XML is broken ({error}): export it again"))),
            }
        }
        self.net()
    }

    fn wrong(&self, at: usize, reason: impl Into<String>) -> ModelError {
        let before = self.source.as_bytes().get(..at).unwrap_or(self.source.as_bytes());
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let start = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
        ModelError { place: Some((line, at.saturating_sub(start) + 1)), reason: reason.into() }
    }

    fn start(&mut self, element: &BytesStart<'_>, at: usize) -> Result<(), ModelError> {
        let name = element.local_name();
        let name = name.as_ref();
        if !self.root {
            if name != "pnml" {
                return Err(self.wrong(at, format!("this XML begins with <{name}> where PNML has <pnml>")));
            }
            self.root = true;
        }
        let inside = self.open.last().copied();
        let open = match name {
            "net" => {
                self.nets += 1;
                if self.nets > 1 {
                    return Err(self.wrong(at, "it holds a second net: keep one"));
                }
                Open::Other
            }
            "place" if inside == Some(Open::Marking) => {
                let id = self.needed(element, "idref", at)?;
                // A place that is listed is marked, unless its text says how often.
                if let Some(end) = self.ends.last_mut() {
                    end.push((id, 1, at));
                }
                Open::MarkedPlace
            }
            "place" => {
                let id = self.needed(element, "id", at)?;
                if self.places.insert(id.clone(), self.tokens.len()).is_some() {
                    return Err(self.wrong(at, format!("a second place has the id \"{id}\"")));
                }
                self.tokens.push(0);
                Open::Place
            }
            "transition" => {
                let id = self.needed(element, "id", at)?;
                if self.transitions.insert(id.clone(), self.drawn.len()).is_some() {
                    return Err(self.wrong(at, format!("a second transition has the id \"{id}\"")));
                }
                self.drawn.push(Drawn { id, name: String::new(), silent: false });
                Open::Transition
            }
            "arc" => {
                let arc = (self.needed(element, "source", at)?, self.needed(element, "target", at)?, 1, at);
                self.arcs.push(arc);
                Open::Arc
            }
            "referencePlace" | "referenceTransition" => {
                return Err(self.wrong(at, "it spreads over pages with references: export it on one page"));
            }
            "toolspecific" if inside == Some(Open::Transition) => {
                let silent = value(element, "activity").is_some_and(|activity| activity == "$invisible$");
                if let Some(last) = self.drawn.last_mut() {
                    last.silent |= silent;
                }
                Open::Other
            }
            "finalmarkings" => Open::Final,
            "marking" if inside == Some(Open::Final) => {
                self.ends.push(Vec::new());
                Open::Marking
            }
            "name" => Open::Name,
            "initialMarking" => Open::Initial,
            "inscription" => Open::Inscription,
            "text" => {
                self.text.clear();
                Open::Text
            }
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, at: usize) -> Result<(), ModelError> {
        if self.open.pop() != Some(Open::Text) {
            return Ok(());
        }
        let mut around = self.open.iter().rev();
        let (inner, outer) = (around.next().copied(), around.next().copied());
        match (inner, outer) {
            (Some(Open::Name), Some(Open::Transition)) => {
                // Around a name of one line there is no indentation: what is there belongs to it.
                let trimmed = self.text.trim();
                let whole = !trimmed.is_empty() && !self.text.contains('\n');
                let name = if whole { self.text.clone() } else { trimmed.to_owned() };
                if let Some(last) = self.drawn.last_mut() {
                    last.name = name;
                }
            }
            (Some(Open::Initial), Some(Open::Place)) => {
                let tokens = self.number(at)?;
                if let Some(last) = self.tokens.last_mut() {
                    *last = tokens;
                }
            }
            (Some(Open::Inscription), Some(Open::Arc)) => {
                let weight = self.number(at)?;
                if let Some(last) = self.arcs.last_mut() {
                    last.2 = weight;
                }
            }
            (Some(Open::MarkedPlace), _) => {
                let tokens = self.number(at)?;
                if let Some(last) = self.ends.last_mut().and_then(|end| end.last_mut()) {
                    last.1 = tokens;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn number(&self, at: usize) -> Result<u8, ModelError> {
        let said = self.text.trim();
        said.parse().map_err(|_| self.wrong(at, format!("\"{said}\" is no number from 0 to 255")))
    }

    fn needed(&self, element: &BytesStart<'_>, key: &str, at: usize) -> Result<String, ModelError> {
        value(element, key).ok_or_else(|| self.wrong(at, format!("a <{}> has no {key}", element.local_name().as_ref())))
    }

    fn net(self) -> Result<Net, ModelError> {
        let mut transitions: Vec<Transition> = Vec::with_capacity(self.drawn.len());
        for drawn in &self.drawn {
            let name = if drawn.name.is_empty() { &drawn.id } else { &drawn.name };
            let label = (!drawn.silent).then(|| name.clone());
            transitions.push(Transition { label, inputs: Vec::new(), outputs: Vec::new() });
        }
        let mut fed = vec![false; self.tokens.len()];
        let mut drained = vec![false; self.tokens.len()];
        for (from, to, weight, at) in &self.arcs {
            let ends =
                (self.places.get(from), self.transitions.get(to), self.transitions.get(from), self.places.get(to));
            let (arcs, place) = match ends {
                (Some(&place), Some(&transition), _, _) => {
                    drained[place] = true;
                    (&mut transitions[transition].inputs, place)
                }
                (_, _, Some(&transition), Some(&place)) => {
                    fed[place] = true;
                    (&mut transitions[transition].outputs, place)
                }
                _ => {
                    let reason = format!("the arc from \"{from}\" to \"{to}\" joins no place with a transition");
                    return Err(self.wrong(*at, reason));
                }
            };
            match arcs.iter_mut().find(|(known, _)| *known == place) {
                Some((_, tokens)) => {
                    *tokens = tokens
                        .checked_add(*weight)
                        .ok_or_else(|| self.wrong(*at, "arcs between the same two carry more than 255 tokens"))?;
                }
                None => arcs.push((place, *weight)),
            }
        }
        for transition in &mut transitions {
            transition.inputs.retain(|(_, tokens)| *tokens > 0);
            transition.outputs.retain(|(_, tokens)| *tokens > 0);
        }
        let only = |found: &[bool], what: &str| {
            let mut alone = found.iter().enumerate().filter(|(_, touched)| !**touched).map(|(place, _)| place);
            match (alone.next(), alone.next()) {
                (Some(place), None) => {
                    let mut marking = vec![0; self.tokens.len()];
                    marking[place] = 1;
                    Ok(marking)
                }
                _ => Err(ModelError::whole(format!("it names no {what}, and not just one place can be it: mark it"))),
            }
        };
        let initial = if self.tokens.iter().any(|tokens| *tokens > 0) {
            self.tokens.clone()
        } else {
            only(&fed, "initial marking")?
        };
        let mut finals = Vec::new();
        for end in &self.ends {
            let mut marking = vec![0; self.tokens.len()];
            for (id, tokens, at) in end {
                let place = self.places.get(id);
                let place = place.ok_or_else(|| self.wrong(*at, format!("no place has the id \"{id}\"")))?;
                marking[*place] = *tokens;
            }
            if !finals.contains(&marking) {
                finals.push(marking);
            }
        }
        if finals.is_empty() {
            finals.push(only(&drained, "final marking")?);
        }
        Ok(Net { places: self.tokens.len(), transitions, initial, finals })
    }
}

fn value(element: &BytesStart<'_>, key: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|a| a.key.as_ref() == key)?;
    Some(found.normalized_value(XmlVersion::Explicit1_0).map_or_else(|_| found.value.to_string(), |v| v.into_owned()))
}
