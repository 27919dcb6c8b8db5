//! What must hold for any HTML that somebody else wrote, once it is made safe.
//!
//! The outcome is put into a page like the one of the frame, and read by a parser that is none of ours: only what is
//! allowed is in it, whatever a browser may make of it. The lists here are written out once more, so that a slip in
//! those of the product shows.

use web::foreign::{Clean, Pictures, Wanted, clean, prose, says_more};

use super::dom::{Met, met};

#[rustfmt::skip]
const ELEMENTS: &[&str] = &[
    "a", "abbr", "address", "article", "aside", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark",
    "nav", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "u", "ul", "var", "wbr",
];

#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "style", "class", "id", "dir", "lang", "title", "align", "href", "src", "alt", "width", "height", "border",
    "hspace", "vspace", "cellpadding", "cellspacing", "bgcolor", "valign", "colspan", "rowspan", "nowrap", "scope",
    "start", "type", "reversed", "value", "size", "noshade", "open", "rel", "target", "data-goes",
];

/// Where a picture of ours is.
const OURS: &str = "/desk/files/1/logo.png";

/// A document; its first byte says how it is wanted.
pub fn foreign(data: &[u8]) {
    let Some((&how, html)) = data.split_first() else { return };
    let html = String::from_utf8_lossy(html);
    let remote = how & 1 == 1;
    let fold = (how & 2 == 2).then(|| "Earlier".to_owned());
    let wanted = || Wanted { pictures: pictures(), remote, fold: fold.clone() };
    let once = clean(&html, wanted());
    let again = clean(&html, wanted());
    assert_eq!(same(&once), same(&again), "made safe twice from one document, two outcomes");
    let all = is_safe(&once, remote);
    assert!(
        once.html.len() <= 8 * html.len() + 2_000 && once.sheet.len() <= 4 * html.len() + 100,
        "{} bytes give {} and {}",
        html.len(),
        once.html.len(),
        once.sheet.len()
    );
    // Made safe once more it is what it was. What was folded is open then: the fold is made by us alone.
    if fold.is_none() {
        let mut known = pictures();
        known.add(None, OURS, OURS.to_owned());
        let twice = clean(&once.html, Wanted { pictures: known, ..wanted() });
        let page = page(&Clean { sheet: once.sheet.clone(), ..twice });
        assert_eq!(met(&page), all, "made safe twice: {:?} of {html:?}", once.html);
    }
    says_more(&html, &html_text(&html));
    linked(&html);
}

fn pictures() -> Pictures {
    let mut pictures = Pictures::default();
    pictures.add(Some("logo@lindenhof.example"), "logo.png", OURS.to_owned());
    pictures
}

fn html_text(html: &str) -> String {
    html.chars().filter(char::is_ascii_alphabetic).take(100).collect()
}

/// What is the same whatever the order of attributes, which is nobody's.
fn same(clean: &Clean) -> (Vec<Met>, usize, bool) {
    (met(&page(clean)), clean.blocked, clean.has_colours)
}

fn page(clean: &Clean) -> String {
    format!(
        "<!doctype html><html><head><style>{}</style></head><body><main>{}</main></body></html>",
        clean.sheet, clean.html
    )
}

fn is_safe(clean: &Clean, remote: bool) -> Vec<Met> {
    assert!(!clean.sheet.contains('<'), "a sheet that ends itself: {}", clean.sheet);
    css_holds(&clean.sheet);
    let all = met(&page(clean));
    // What we wrote ourselves: <html>, <head>, <style>, its text, <body>, <main>.
    let mut own = ["html", "head", "style", "body", "main"].into_iter().peekable();
    for one in &all {
        match one {
            Met::Element { name, is_html, attributes } => {
                if own.next_if(|next| next == name).is_some() {
                    assert!(attributes.is_empty(), "{name} has {attributes:?}");
                    continue;
                }
                assert!(*is_html && ELEMENTS.contains(&name.as_str()), "<{name}> in {}", clean.html);
                for (key, value) in attributes {
                    assert!(ATTRIBUTES.contains(&key.as_str()), "{key} of <{name}> in {}", clean.html);
                    attribute_holds(name, key, value, remote);
                }
                if name == "a" && attributes.iter().any(|(key, _)| key == "href") {
                    let has = |key: &str, value: &str| attributes.iter().any(|(k, v)| k == key && v == value);
                    assert!(has("target", "_blank") && has("rel", "noopener noreferrer nofollow"), "{}", clean.html);
                }
            }
            Met::Late(attributes) => panic!("a second body with {attributes:?} in {}", clean.html),
            Met::Comment(text) => panic!("a comment, {text:?}, in {}", clean.html),
            Met::Text(_) => {}
        }
    }
    assert!(own.next().is_none(), "the page is not whole: {}", clean.html);
    all
}

fn attribute_holds(element: &str, key: &str, value: &str, remote: bool) {
    match (element, key) {
        ("a", "href") => {
            let url = url::Url::parse(value).unwrap_or_else(|error| panic!("{value:?} is no URL: {error}"));
            assert!(matches!(url.scheme(), "http" | "https" | "mailto" | "tel"), "a link to {value:?}");
        }
        ("img", "src") => {
            let within = ["png", "jpeg", "jpg", "gif", "webp"]
                .iter()
                .any(|kind| value.starts_with(&format!("data:image/{kind};base64,")));
            let elsewhere = remote && value.starts_with("https://");
            assert!(value == OURS || within || elsewhere, "a picture from {value:?}");
        }
        (_, "href" | "src") => panic!("{key} of <{element}>"),
        (_, "style") => css_holds(value),
        _ => {}
    }
}

/// Nothing in a style fetches, or acts, or leaves its place, when a browser reads it.
fn css_holds(css: &str) {
    use cssparser::{Parser, Token};

    fn look(parser: &mut Parser<'_>) {
        while let Ok(token) = parser.next_including_whitespace_and_comments() {
            let token = token.clone();
            let name = match &token {
                Token::UnquotedUrl(url) => panic!("url({url})"),
                Token::BadUrl(_) | Token::BadString(_) => panic!("{token:?}"),
                Token::Function(name) => {
                    let known = ["rgb", "rgba", "hsl", "hsla", "calc", "min", "max"];
                    assert!(known.contains(&name.to_ascii_lowercase().as_str()), "{name}()");
                    ""
                }
                Token::AtKeyword(name) => {
                    assert!(name.eq_ignore_ascii_case("media"), "@{name}");
                    ""
                }
                Token::Ident(name) => name,
                _ => "",
            };
            let name = name.to_ascii_lowercase();
            // As a value or a name of one's own these do nothing, but no honest mail has them.
            let acts = ["position", "behavior", "-moz-binding", "content", "filter"];
            let is_property = acts.contains(&name.as_str()) && matches!(parser.next(), Ok(Token::Colon));
            assert!(!is_property, "{name}:");
            if matches!(
                token,
                Token::Function(_) | Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock
            ) {
                let _: Result<(), cssparser::ParseError<()>> = parser.parse_nested_block(|parser| {
                    look(parser);
                    Ok(())
                });
            }
        }
    }
    look(&mut Parser::new(css));
    // What it opens it closes: what follows it is not within it.
    let followed = format!("{css} zzz");
    let mut parser = Parser::new(&followed);
    let mut last = None;
    while let Ok(token) = parser.next() {
        last = Some(token.clone());
    }
    assert!(matches!(last, Some(Token::Ident(name)) if &*name == "zzz"), "it does not end: {css}");
}

/// Text with its addresses as links: the text is the same, and the links lead where links may.
fn linked(text: &str) {
    let shown = prose(text).to_string();
    let all = met(&format!("<!doctype html><html><head></head><body><pre>x{shown}</pre></body></html>"));
    let mut said = String::new();
    for one in &all {
        match one {
            Met::Text(words) => said.push_str(words),
            Met::Element { name, attributes, .. } if name == "a" => {
                let href = attributes.iter().find(|(key, _)| key == "href").map_or("", |(_, value)| value);
                let scheme = href.split(':').next().unwrap_or_default().to_ascii_lowercase();
                assert!(matches!(scheme.as_str(), "http" | "https" | "mailto"), "a link to {href:?}");
                assert!(attributes.iter().all(|(key, _)| matches!(key.as_str(), "href" | "rel" | "target")));
            }
            Met::Element { name, .. } => {
                assert!(matches!(name.as_str(), "html" | "head" | "body" | "pre"), "<{name}> of {text:?}");
            }
            Met::Late(_) | Met::Comment(_) => panic!("{one:?} of {text:?}"),
        }
    }
    // A parser makes line ends of returns, and leaves out what is no character.
    let plain = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
    assert_eq!(plain(&said), plain(&format!("x{text}")), "with links it is another text");
}
