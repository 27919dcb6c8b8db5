//! What a browser makes of a page: every element that html5ever, which follows the HTML standard and is none of our
//! code, creates, with its attributes, and the text, in the order in which they come.
//!
//! No tree is kept. What a parser creates and drops again counts as well: it was there.

use std::borrow::Cow;
use std::cell::RefCell;

use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::ElemName;
use html5ever::{Attribute, LocalName, Namespace, QualName, parse_document};

/// Something that a parser made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Met {
    /// An element: its name, whether it is one of HTML, its attributes in the order of their names.
    Element { name: String, is_html: bool, attributes: Vec<(String, String)> },
    /// Attributes of a second `<html>` or `<body>`, which go to the first.
    Late(Vec<(String, String)>),
    /// Text; what is adjacent is one.
    Text(String),
    /// A comment or a processing instruction.
    Comment(String),
}

/// Everything in a page, in order.
pub fn met(page: &str) -> Vec<Met> {
    parse_document(Sink::default(), html5ever::ParseOpts::default()).one(page)
}

#[derive(Default)]
struct Sink {
    /// The names of elements by their handle; other nodes have none.
    names: RefCell<Vec<Option<Rc<QualName>>>>,
    met: RefCell<Vec<Met>>,
}

/// The name of an element.
#[derive(Debug)]
struct Name(Rc<QualName>);

impl ElemName for Name {
    fn ns(&self) -> &Namespace {
        &self.0.ns
    }

    fn local_name(&self) -> &LocalName {
        &self.0.local
    }
}

impl Sink {
    fn node(&self, name: Option<QualName>) -> usize {
        let mut names = self.names.borrow_mut();
        names.push(name.map(Rc::new));
        names.len()
    }

    fn say(&self, met: Met) {
        let mut all = self.met.borrow_mut();
        match (all.last_mut(), met) {
            (Some(Met::Text(before)), Met::Text(text)) => before.push_str(&text),
            (_, met) => all.push(met),
        }
    }

    fn put(&self, new: NodeOrText<usize>) {
        if let NodeOrText::AppendText(text) = new {
            self.say(Met::Text(text.to_string()));
        }
    }
}

impl TreeSink for Sink {
    type Handle = usize;
    type Output = Vec<Met>;
    type ElemName<'a> = Name;

    fn finish(self) -> Vec<Met> {
        self.met.into_inner()
    }

    fn get_document(&self) -> usize {
        0
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Name {
        let names = self.names.borrow();
        let name = target.checked_sub(1).and_then(|at| names.get(at)?.clone());
        Name(name.expect("the parser asks for the names of elements alone"))
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> usize {
        let is_html = &*name.ns == "http://www.w3.org/1999/xhtml";
        self.say(Met::Element { name: name.local.to_string(), is_html, attributes: sorted(attributes) });
        self.node(Some(name))
    }

    fn create_comment(&self, text: StrTendril) -> usize {
        self.say(Met::Comment(text.to_string()));
        self.node(None)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> usize {
        self.say(Met::Comment(format!("{target} {data}")));
        self.node(None)
    }

    fn get_template_contents(&self, _: &usize) -> usize {
        self.node(None)
    }

    fn append(&self, _: &usize, new: NodeOrText<usize>) {
        self.put(new);
    }

    fn append_before_sibling(&self, _: &usize, new: NodeOrText<usize>) {
        self.put(new);
    }

    fn append_based_on_parent_node(&self, _: &usize, _: &usize, new: NodeOrText<usize>) {
        self.put(new);
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    fn add_attrs_if_missing(&self, _: &usize, attributes: Vec<Attribute>) {
        self.say(Met::Late(sorted(attributes)));
    }

    fn remove_from_parent(&self, _: &usize) {}

    fn reparent_children(&self, _: &usize, _: &usize) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn set_quirks_mode(&self, _: QuirksMode) {}
}

fn sorted(attributes: Vec<Attribute>) -> Vec<(String, String)> {
    let plain = |one: Attribute| (one.name.local.to_string(), one.value.to_string());
    let mut all: Vec<_> = attributes.into_iter().map(plain).collect();
    all.sort();
    all
}
