//! What mail programs say by the structure of their HTML: which element holds the quote, the line above it, the
//! signature, a forwarded message. Names come from class, id, name and data-marker; some web mailers put `x_` before.

use super::tag::Tag;

/// What an element is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it is quoted.
    Quote,
    /// Quoted, and so is all that follows it.
    QuoteFromHere,
    /// The line above the quote and then the quote, marked line by line; answers may stand in between.
    Attributed,
    /// A signature.
    Signature,
    /// A forwarded message.
    Forwarded,
}

/// Names of elements, lower case, and what they are for.
#[rustfmt::skip]
const NAMES: &[(&str, Part)] = &[
    // Gmail, and many that copy it
    ("gmail_quote", Part::Attributed), ("gmail_attr", Part::Attributed), ("gmail_quote_container", Part::Attributed),
    // Thunderbird, Roundcube
    ("moz-cite-prefix", Part::Attributed), ("reply-intro", Part::Attributed), ("moz-forward-container", Part::Forwarded),
    // Outlook: desktop, web, new, mobile; Hotmail
    ("divrplyfwdmsg", Part::QuoteFromHere), ("appendonsend", Part::QuoteFromHere), ("outlookmessageheader", Part::QuoteFromHere),
    ("mail-editor-reference-message-container", Part::Quote), ("ms-outlook-mobile-reference-message", Part::Quote),
    ("ms-outlook-mobile-body-separator-line", Part::QuoteFromHere), ("stopspelling", Part::QuoteFromHere),
    ("olk_src_body_section", Part::Quote),
    // Yahoo, AOL
    ("yahoo_quoted", Part::Quote), ("yahoo-quoted-begin", Part::QuoteFromHere), ("yahooquoted", Part::Quote),
    // Proton, Tuta
    ("protonmail_quote", Part::Attributed), ("tutanota_quote", Part::Attributed),
    // Zimbra, Zoho
    ("zwchr", Part::QuoteFromHere), ("__divider__", Part::QuoteFromHere), ("__headers__", Part::QuoteFromHere),
    ("__quoted_text__", Part::Quote), ("zmail_extra", Part::Attributed),
    // NetEase, Tencent
    ("isreplycontent", Part::Quote), ("isforwardcontent", Part::Forwarded), ("origbody", Part::Quote),
    // Spark, Samsung, Edison, Airmail, Front, Superhuman, Missive
    ("messagereplysection", Part::Attributed), ("composewebview_previousecontent", Part::Quote), ("edo-original", Part::Quote),
    ("airmail_on", Part::Attributed), ("bloop_original_html", Part::Attributed), ("front-blockquote", Part::Attributed),
    ("sh-quoted-content", Part::Attributed), ("missive_quote", Part::Attributed), ("nylas-quote", Part::Attributed),
    // GMX, web.de, mail.com
    ("quote", Part::Quote), ("quoted-content", Part::Quote),
    // Signatures
    ("gmail_signature", Part::Signature), ("moz-signature", Part::Signature), ("applemailsignature", Part::Signature),
    ("ms-outlook-mobile-signature", Part::Signature), ("protonmail_signature_block", Part::Signature),
    ("messagesignaturesection", Part::Signature), ("sh-signature", Part::Signature), ("composer_signature", Part::Signature),
    ("__sig_pre__", Part::Signature), ("__sig_post__", Part::Signature), ("signature", Part::Signature),
];

/// What the style of Outlook's line above a header block holds; inches and centimetres differ by country.
const OUTLOOK_RULES: &[&str] =
    &["border-top:solid #e1e1e1 1", "border-top:solid #b5c4df 1", "border-top-color:#e1e1e1"];

/// What this element is for, when its names tell.
pub(super) fn part(tag: &Tag<'_>) -> Option<Part> {
    if !matches!(tag.name, "div" | "span" | "p" | "hr" | "table" | "section" | "blockquote") {
        return None;
    }
    for attribute in ["class", "id", "name", "data-marker"] {
        let Some(value) = tag.attribute(attribute) else { continue };
        for name in value.split_ascii_whitespace().take(20) {
            let named = named(name, attribute);
            // A blockquote marks its own lines.
            if named.is_some_and(|part| tag.name != "blockquote" || part == Part::Signature) {
                return named;
            }
        }
    }
    let style = tag.attribute("style").filter(|style| style.len() < 1000)?;
    let style: String =
        style.chars().filter(|c| !c.is_whitespace() || *c == ' ').collect::<String>().to_ascii_lowercase();
    let style = style.replace(": ", ":");
    let outlook = style.contains("padding:3.0pt 0") || style.contains("padding:3pt 0");
    (tag.name == "div" && outlook && OUTLOOK_RULES.iter().any(|rule| style.contains(rule)))
        .then_some(Part::QuoteFromHere)
}

fn named(name: &str, attribute: &str) -> Option<Part> {
    if name.len() > 60 {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let mut name = name.as_str();
    while let Some(rest) = name.strip_prefix("x_") {
        name = rest;
    }
    // Yahoo numbers its ids and puts random letters before its classes.
    if name.starts_with("yahoo_quoted") || name.starts_with("ydp") && name.ends_with("yahoo_quoted") {
        return Some(Part::Quote);
    }
    let known = NAMES.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
    match name {
        // Words that anybody may use as a class.
        "quote" | "quoted-content" => known.filter(|_| attribute == "name"),
        "signature" => known.filter(|_| attribute == "id"),
        _ => known,
    }
}

/// Whether a blockquote only moves its text to the right, as the indent button of web mailers does.
pub(super) fn is_indent(tag: &Tag<'_>) -> bool {
    let Some(style) = tag.attribute("style").filter(|style| style.len() < 500) else { return false };
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    let quote = tag.attribute("type").is_some() || tag.attribute("cite").is_some();
    let class = tag.attribute("class").is_some_and(|class| class.contains("quote") || class.contains("cite"));
    style.contains("border:none") && style.contains("margin") && !quote && !class
}

/// Whether nothing of this element is to be seen.
pub(super) fn is_hidden(tag: &Tag<'_>) -> bool {
    let Some(style) = tag.attribute("style").filter(|style| style.len() < 2000) else { return false };
    if !style.as_bytes().iter().any(|b| matches!(b, b'n' | b'N')) {
        return false;
    }
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
    ["display:none", "mso-hide:all", "visibility:hidden"]
        .iter()
        .any(|hiding| style.match_indices(hiding).any(|(at, _)| at == 0 || style.as_bytes()[at - 1] == b';'))
}
