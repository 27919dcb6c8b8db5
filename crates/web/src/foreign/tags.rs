//! Which elements and attributes of foreign HTML are shown. What is not named here is not shown; its text is.

/// How an element behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It stands alone: `<br>`.
    Void,
    /// A browser opens it again in the next block when it was not closed: `<b>`.
    Formatting,
    /// It ends a paragraph.
    Block,
    /// It is part of a table.
    InTable,
    /// Anything else.
    Inline,
}

#[rustfmt::skip]
const KNOWN: &[(&str, Kind)] = &[
    ("div", Kind::Block), ("span", Kind::Inline), ("p", Kind::Block), ("br", Kind::Void), ("a", Kind::Inline),
    ("td", Kind::InTable), ("tr", Kind::InTable), ("table", Kind::Block), ("tbody", Kind::InTable), ("img", Kind::Void),
    ("b", Kind::Formatting), ("strong", Kind::Formatting), ("i", Kind::Formatting), ("em", Kind::Formatting),
    ("u", Kind::Formatting), ("s", Kind::Formatting), ("small", Kind::Formatting), ("big", Kind::Formatting),
    ("code", Kind::Formatting), ("del", Kind::Inline), ("ins", Kind::Inline), ("mark", Kind::Inline),
    ("sub", Kind::Inline), ("sup", Kind::Inline), ("kbd", Kind::Inline), ("samp", Kind::Inline), ("var", Kind::Inline),
    ("q", Kind::Inline), ("cite", Kind::Inline), ("abbr", Kind::Inline), ("dfn", Kind::Inline), ("bdi", Kind::Inline),
    ("bdo", Kind::Inline), ("time", Kind::Inline), ("ruby", Kind::Inline), ("rt", Kind::Inline), ("rp", Kind::Inline),
    ("ul", Kind::Block), ("ol", Kind::Block), ("li", Kind::Block), ("dl", Kind::Block), ("dt", Kind::Block),
    ("dd", Kind::Block), ("h1", Kind::Block), ("h2", Kind::Block), ("h3", Kind::Block), ("h4", Kind::Block),
    ("h5", Kind::Block), ("h6", Kind::Block), ("blockquote", Kind::Block), ("pre", Kind::Block), ("hr", Kind::Void),
    ("center", Kind::Block), ("address", Kind::Block), ("article", Kind::Block), ("section", Kind::Block),
    ("header", Kind::Block), ("footer", Kind::Block), ("main", Kind::Block), ("aside", Kind::Block),
    ("nav", Kind::Block), ("figure", Kind::Block), ("figcaption", Kind::Block), ("details", Kind::Block),
    ("summary", Kind::Block), ("thead", Kind::InTable), ("tfoot", Kind::InTable), ("th", Kind::InTable),
    ("caption", Kind::InTable), ("colgroup", Kind::InTable), ("wbr", Kind::Void),
];

/// What an element that is no longer written, or not here, is shown as.
const RENAMED: &[(&str, &str)] = &[
    ("body", "div"),
    ("font", "span"),
    ("tt", "code"),
    ("strike", "s"),
    ("dir", "ul"),
    ("menu", "ul"),
    ("hgroup", "div"),
];

/// Elements that vanish with all that is in them, and where they end.
#[rustfmt::skip]
const SWALLOWED: &[(&str, &str)] = &[
    ("script", "</script"), ("style", "</style"), ("title", "</title"), ("textarea", "</textarea"), ("xmp", "</xmp"),
    ("iframe", "</iframe"), ("noembed", "</noembed"), ("noframes", "</noframes"), ("xml", "</xml"), ("svg", "</svg"),
    ("math", "</math"), ("datalist", "</datalist"),
];

/// The name under which an element is shown, when it is.
pub(super) fn known(name: &str) -> Option<&'static str> {
    let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
    KNOWN.iter().find(|(known, _)| *known == name).map(|(known, _)| *known)
}

/// How an element behaves.
pub(super) fn kind(tag: &str) -> Kind {
    KNOWN.iter().find(|(known, _)| *known == tag).map_or(Kind::Inline, |(_, kind)| *kind)
}

/// Where an element ends that vanishes with all that is in it.
pub(super) fn swallowed(name: &str) -> Option<&'static str> {
    SWALLOWED.iter().find(|(swallowed, _)| *swallowed == name).map(|(_, end)| *end)
}

/// All elements that are shown.
pub(super) fn all() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().map(|(tag, _)| *tag)
}

pub(super) fn is_list(tag: &str) -> bool {
    matches!(tag, "ul" | "ol") || is_cell_or_table(tag)
}

pub(super) fn is_cell_or_table(tag: &str) -> bool {
    matches!(tag, "td" | "th" | "caption" | "table")
}

/// Attributes of any element.
pub(super) const ANYWHERE: &[&str] = &["style", "class", "id", "dir", "lang", "title", "align"];

/// Attributes of some elements.
#[rustfmt::skip]
pub(super) const SOMEWHERE: &[(&str, &[&str])] = &[
    ("a", &["href", GOES]),
    ("img", &["src", "alt", "width", "height", "border", "hspace", "vspace"]),
    ("table", &["width", "height", "border", "cellpadding", "cellspacing", "bgcolor"]),
    ("tr", &["height", "bgcolor", "valign"]),
    ("td", &["width", "height", "colspan", "rowspan", "bgcolor", "valign", "nowrap"]),
    ("th", &["width", "height", "colspan", "rowspan", "bgcolor", "valign", "nowrap", "scope"]),
    ("thead", &["bgcolor", "valign"]), ("tbody", &["bgcolor", "valign"]), ("tfoot", &["bgcolor", "valign"]),
    ("ol", &["start", "type", "reversed"]), ("ul", &["type"]), ("li", &["value", "type"]),
    ("hr", &["width", "size", "noshade"]), ("blockquote", &["type"]), ("details", &["open"]),
];

/// Where a link goes whose words name another place. Ours: what comes with it is not taken over.
pub(super) const GOES: &str = "data-goes";

/// Whether an attribute is kept for the closer look.
pub(super) fn has_attribute(tag: &str, attribute: &str) -> bool {
    attribute != GOES
        && (ANYWHERE.contains(&attribute)
            || SOMEWHERE.iter().any(|(element, its)| *element == tag && its.contains(&attribute)))
}

/// What attributes of `<body>` and `<font>` say that a style says today.
pub(super) fn style_of(name: &str, attributes: &[(&str, &str)]) -> Option<String> {
    let rules: &[(&str, &str)] = match name {
        "body" => &[("bgcolor", "background-color"), ("text", "color")],
        "font" => &[("color", "color"), ("face", "font-family"), ("size", "font-size")],
        _ => return None,
    };
    let mut style = String::new();
    for (attribute, property) in rules {
        let Some((_, value)) = attributes.iter().find(|(name, _)| name.eq_ignore_ascii_case(attribute)) else {
            continue;
        };
        let value = match *attribute {
            "size" => size(value),
            _ => value.trim(),
        };
        if !value.is_empty() && !value.contains([';', '"']) {
            style.push_str(property);
            style.push(':');
            if *property != "font-family" && value.len() == 6 && value.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                style.push('#');
            }
            style.push_str(value);
            style.push(';');
        }
    }
    (!style.is_empty()).then_some(style)
}

fn size(value: &str) -> &'static str {
    match value.trim() {
        "1" | "-2" => "x-small",
        "2" | "-1" => "small",
        "4" | "+1" => "large",
        "5" | "+2" => "x-large",
        "6" | "7" | "+3" | "+4" => "xx-large",
        _ => "",
    }
}
