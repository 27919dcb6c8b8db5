//! The part of CSS that mails may use: how text, boxes and tables look. Nothing that fetches, that moves a thing out of
//! its place, or that knows of the window it is in.

use cssparser::{Delimiter, ParseError, Parser, ToCss, Token};

type Outcome<T> = Result<T, ParseError<()>>;

/// What was seen of a mail's colours.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Seen {
    /// It sets colours of its own: others than black on white.
    pub colours: bool,
}

/// Properties, and beginnings of properties that end in `-`.
#[rustfmt::skip]
const PROPERTIES: &[&str] = &[
    "background", "background-color", "border", "border-", "caption-side", "clear", "color", "direction", "display",
    "empty-cells", "float", "font", "font-family", "font-size", "font-style", "font-variant", "font-weight", "height",
    "letter-spacing", "line-height", "list-style", "list-style-position", "list-style-type", "margin", "margin-",
    "max-height", "max-width", "min-height", "min-width", "overflow-wrap", "padding", "padding-", "table-layout",
    "text-align", "text-decoration", "text-decoration-", "text-indent", "text-transform", "unicode-bidi",
    "vertical-align", "white-space", "width", "word-break", "word-spacing", "word-wrap",
];

const FUNCTIONS: &[&str] = &["rgb", "rgba", "hsl", "hsla", "calc", "min", "max"];

/// Deepest nesting of functions.
const DEEPEST: usize = 3;
/// Most rules of a sheet.
const RULES: usize = 4_000;

/// The declarations of a `style` attribute that may stay.
pub(super) fn declarations(style: &str, seen: &mut Seen) -> String {
    let mut out = String::new();
    block(&mut Parser::new(style), &mut out, seen, false);
    out
}

/// The rules of a sheet that may stay.
pub(super) fn sheet(css: &str, seen: &mut Seen) -> String {
    let mut out = String::new();
    let mut left = RULES;
    rules(&mut Parser::new(css), &mut out, seen, &mut left, true);
    out
}

fn rules(parser: &mut Parser<'_>, out: &mut String, seen: &mut Seen, left: &mut usize, at_top: bool) {
    while *left > 0 {
        let before = parser.state();
        let Ok(token) = parser.next() else { return };
        match token.clone() {
            // What hides a sheet from programs of the nineties.
            Token::CDO | Token::CDC | Token::Semicolon => {}
            Token::AtKeyword(name) => {
                let is_media = at_top && name.eq_ignore_ascii_case("media");
                let condition = prelude(parser, Delimiter::CurlyBracketBlock | Delimiter::Semicolon, true);
                let kept = condition.filter(|condition| is_media && !condition.contains("prefers-"));
                if matches!(parser.next(), Ok(Token::CurlyBracketBlock)) {
                    inside(parser, |parser| {
                        if let Some(condition) = kept {
                            let start = out.len();
                            out.push_str("@media ");
                            out.push_str(condition.trim());
                            out.push('{');
                            let empty = out.len();
                            rules(parser, out, seen, left, false);
                            if out.len() == empty { out.truncate(start) } else { out.push('}') }
                        }
                    });
                }
            }
            _ => {
                parser.reset(&before);
                *left -= 1;
                let selector = prelude(parser, Delimiter::CurlyBracketBlock, false);
                if !matches!(parser.next(), Ok(Token::CurlyBracketBlock)) {
                    continue;
                }
                inside(parser, |parser| {
                    let Some(selector) = selector.filter(|selector| !selector.trim().is_empty()) else { return };
                    let mut of_link = *seen;
                    let seen = if is_about_links(&selector) { &mut of_link } else { &mut *seen };
                    let mut declared = String::new();
                    block(parser, &mut declared, seen, true);
                    if !declared.is_empty() {
                        out.push_str(selector.trim());
                        out.push('{');
                        out.push_str(&declared);
                        out.push('}');
                    }
                });
            }
        }
    }
}

/// Looks into a block that has just begun, and goes past it.
fn inside(parser: &mut Parser<'_>, look: impl FnOnce(&mut Parser<'_>)) {
    let _: Outcome<()> = parser.parse_nested_block(|parser| {
        look(parser);
        while parser.next().is_ok() {}
        Ok(())
    });
}

/// A colour of links alone is not one that the paper has to suit.
fn is_about_links(selector: &str) -> bool {
    selector.split(',').all(|one| {
        let one = one.trim().to_ascii_lowercase();
        one == "a" || one.starts_with("a:") || one.contains("hyperlink")
    })
}

/// A selector, or the condition of a media rule, when nothing in it is strange.
fn prelude(parser: &mut Parser<'_>, end: cssparser::Delimiters, is_media: bool) -> Option<String> {
    let mut out = String::new();
    let read: Outcome<bool> = parser.parse_until_before(end, |parser| {
        let fine = selector(parser, &mut out, is_media);
        while parser.next().is_ok() {}
        Ok(fine)
    });
    read.is_ok_and(|fine| fine).then_some(out).filter(|out| !out.contains(['<', '\\', '{', '}']))
}

fn selector(parser: &mut Parser<'_>, out: &mut String, is_media: bool) -> bool {
    const STATES: [&str; 8] =
        ["link", "visited", "hover", "active", "focus", "first-child", "last-child", "only-child"];
    loop {
        let Ok(token) = parser.next_including_whitespace().cloned() else { return true };
        let fine = match &token {
            Token::WhiteSpace(_) => {
                out.push(' ');
                continue;
            }
            Token::Colon if !is_media => {
                let Ok(Token::Ident(state)) = parser.next_including_whitespace().cloned() else { return false };
                if !STATES.contains(&state.to_ascii_lowercase().as_str()) {
                    return false;
                }
                out.push(':');
                out.push_str(&state.to_ascii_lowercase());
                continue;
            }
            Token::Ident(_) | Token::Comma => true,
            Token::IDHash(_) | Token::Hash(_) | Token::Delim('.' | '>' | '*' | '+' | '~') => !is_media,
            Token::ParenthesisBlock if is_media => {
                let read: Outcome<()> = parser.parse_nested_block(|parser| {
                    out.push('(');
                    let name = parser.expect_ident()?.to_ascii_lowercase();
                    out.push_str(&name);
                    if parser.expect_colon().is_ok() {
                        out.push(':');
                        values(parser, out, 1)?;
                    }
                    out.push(')');
                    Ok(())
                });
                if read.is_err() {
                    return false;
                }
                continue;
            }
            Token::SquareBracketBlock if !is_media => {
                let read: Outcome<()> = parser.parse_nested_block(|parser| {
                    out.push('[');
                    while let Ok(token) = parser.next().cloned() {
                        match token {
                            Token::Ident(_)
                            | Token::QuotedString(_)
                            | Token::Delim('=')
                            | Token::IncludeMatch
                            | Token::DashMatch
                            | Token::PrefixMatch
                            | Token::SuffixMatch
                            | Token::SubstringMatch => write(&token, out)?,
                            _ => return Err(ParseError::unexpected_token()),
                        }
                    }
                    out.push(']');
                    Ok(())
                });
                if read.is_err() {
                    return false;
                }
                continue;
            }
            _ => false,
        };
        if !fine || write(&token, out).is_err() {
            return false;
        }
    }
}

fn block(parser: &mut Parser<'_>, out: &mut String, seen: &mut Seen, may_insist: bool) {
    while !parser.is_exhausted() {
        let one: Outcome<(String, String, bool)> = parser.parse_until_after(Delimiter::Semicolon, |parser| {
            let name = parser.expect_ident()?.to_ascii_lowercase();
            parser.expect_colon()?;
            let mut value = String::new();
            let end = values(parser, &mut value, 0)?;
            let insists = end < value.len();
            value.truncate(end);
            Ok((name, value, insists))
        });
        let Ok((name, value, insists)) = one else { continue };
        let (value, insists) = (value.trim(), insists && may_insist);
        if value.is_empty() || !is_known(&name) || value.contains(['<', '\\']) {
            continue;
        }
        seen.colours |= sets_colour(&name, value);
        out.push_str(&name);
        out.push(':');
        out.push_str(value);
        out.push_str(if insists { " !important;" } else { ";" });
    }
}

fn is_known(name: &str) -> bool {
    PROPERTIES.iter().any(|known| *known == name || (known.ends_with('-') && name.starts_with(known)))
        && !name.contains("image")
}

/// The values of one declaration; gives where they end, which is before what insists on them. What fetches is left out;
/// what else is not known spoils the whole.
fn values(parser: &mut Parser<'_>, out: &mut String, depth: usize) -> Outcome<usize> {
    let mut end = None;
    while let Ok(token) = parser.next_including_whitespace().cloned() {
        match &token {
            Token::WhiteSpace(_) => out.push(' '),
            Token::UnquotedUrl(_) => {}
            Token::Function(name) if name.eq_ignore_ascii_case("url") => inside(parser, |_| {}),
            Token::Function(name) if depth < DEEPEST => {
                let name = name.to_ascii_lowercase();
                if !FUNCTIONS.contains(&name.as_str()) {
                    return Err(ParseError::unexpected_token());
                }
                part(out);
                out.push_str(&name);
                out.push('(');
                parser.parse_nested_block(|parser| values(parser, out, depth + 1))?;
                out.push(')');
            }
            Token::Dimension { unit, .. } if is_of_window(unit) => return Err(ParseError::unexpected_token()),
            Token::Ident(_)
            | Token::Hash(_)
            | Token::IDHash(_)
            | Token::Number { .. }
            | Token::Percentage { .. }
            | Token::Dimension { .. }
            | Token::QuotedString(_) => {
                part(out);
                write(&token, out)?;
            }
            Token::Delim('!') if depth == 0 => {
                end.get_or_insert(out.len());
                write(&token, out)?;
            }
            Token::Comma | Token::Delim('/' | '+' | '-' | '*') => write(&token, out)?,
            _ => return Err(ParseError::unexpected_token()),
        }
    }
    Ok(end.unwrap_or(out.len()))
}

/// What stood apart, be it by a comment, stays apart.
fn part(out: &mut String) {
    // Letters of other alphabets continue a word as well.
    let goes_on =
        |last: char| last.is_ascii_alphanumeric() || !last.is_ascii() || matches!(last, '-' | '_' | '%' | ')' | '"');
    if out.ends_with(goes_on) {
        out.push(' ');
    }
}

fn write(token: &Token<'_>, out: &mut String) -> Outcome<()> {
    token.to_css(out).map_err(|_| ParseError::unexpected_token())
}

/// A length that grows with the frame would make the frame grow with it.
fn is_of_window(unit: &str) -> bool {
    let unit = unit.to_ascii_lowercase();
    ["vw", "vh", "vi", "vb", "vmin", "vmax"].iter().any(|of| unit.ends_with(of))
}

fn sets_colour(name: &str, value: &str) -> bool {
    match name {
        "color" => !is_ink(value),
        "background" | "background-color" => !is_paper(value),
        _ => false,
    }
}

/// Black, or whatever the window writes with.
pub(super) fn is_ink(value: &str) -> bool {
    let value: String = value.to_ascii_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let named = ["black", "windowtext", "inherit", "initial", "unset", "currentcolor", "auto", "canvastext"];
    named.contains(&value.as_str()) || channels(&value).is_some_and(|all| all.iter().all(|one| *one <= 0x24))
}

/// White, or nothing.
pub(super) fn is_paper(value: &str) -> bool {
    let value = value.to_ascii_lowercase();
    let named = ["white", "transparent", "none", "inherit", "initial", "unset", "window", "0", "repeat", "no-repeat"];
    if value.starts_with("rgb") {
        let value: String = value.chars().filter(|c| !c.is_whitespace()).collect();
        return value.ends_with(",0)") || channels(&value).is_some_and(|all| all.iter().all(|one| *one >= 0xfd));
    }
    value.split_whitespace().all(|part| {
        named.contains(&part)
            || matches!(part, "0%" | "0px" | "center" | "top" | "left" | "scroll" | "repeat-x" | "50%")
            || channels(part).is_some_and(|all| all.iter().all(|one| *one >= 0xfd))
    })
}

fn channels(value: &str) -> Option<[u8; 3]> {
    if let Some(hex) = value.strip_prefix('#') {
        let digit = |at: usize| u8::from_str_radix(hex.get(at..=at)?, 16).ok().map(|one| one * 17);
        let pair = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
        return match hex.len() {
            3 | 4 => Some([digit(0)?, digit(1)?, digit(2)?]),
            6 | 8 => Some([pair(0)?, pair(2)?, pair(4)?]),
            _ => None,
        };
    }
    let inner = value.strip_prefix("rgb")?.trim_start_matches('a').strip_prefix('(')?.strip_suffix(')')?;
    let mut numbers = inner.split([',', ' ', '/']).filter(|part| !part.is_empty()).map(str::parse::<f32>);
    let mut next = || numbers.next()?.ok().map(|one| one.clamp(0.0, 255.0) as u8);
    Some([next()?, next()?, next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(text: &str) -> String {
        declarations(text, &mut Seen::default())
    }

    fn rules_of(text: &str) -> String {
        sheet(text, &mut Seen::default())
    }

    #[test]
    fn what_looks_stays_and_what_acts_goes() {
        assert_eq!(style("COLOR: Red; position:fixed; top:0"), "color:Red;");
        assert_eq!(style("background: #fff url(http://x.example/p.png) no-repeat"), "background:#fff  no-repeat;");
        for bad in [
            "width: expression(alert(1))",
            "wid\\74h: 1px; behavior: url(#default)",
            "-moz-binding: url(x)",
            "background-image: url('javascript:x')",
            "background: image-set('x' 1x)",
            "color: var(--x)",
            "--x: url(http://x.example)",
            "height: 100vh",
            "color: red</style><script>",
            "color: \"</style>\"",
            "opacity: 0",
            "content: 'x'",
        ] {
            let kept = style(bad);
            assert!(kept.is_empty() || kept == "width:1px;", "{bad} left {kept}");
        }
        assert_eq!(style("width:exp/**/ression(1);color:red"), "color:red;");
        assert_eq!(style("margin:1px/**/2px"), "margin:1px 2px;");
        assert_eq!(style("margin:1\u{fffd}.0pt"), "margin:1\u{fffd} 0.0pt;", "two stay two, however they are written");
        assert_eq!(style("color:rgb(1,!,3);width:1px"), "width:1px;", "what is opened is closed");
        assert_eq!(style("font-family:\"a!b\" !important"), "font-family:\"a!b\";");
        assert_eq!(rules_of("p{font-family:'a!b' ! important}"), "p{font-family:\"a!b\" !important;}");
        assert_eq!(style("color:red !important"), "color:red;", "an element does not insist against the paper");
        assert_eq!(style(";;;}{;color:red"), "", "what is broken ends with its block");
        assert_eq!(style("font-family:\"Segoe UI\",Arial"), "font-family:\"Segoe UI\",Arial;");
    }

    #[test]
    fn a_sheet_keeps_its_rules_for_small_screens() {
        let css = "<!-- @import url(x.css); @font-face{src:url(x)} @page WordSection1{margin:1cm}\
            p.MsoNormal, li.MsoNormal {margin:0cm; mso-style-unhide:no; font-size:11.0pt}\
            @media only screen and (max-width:480px) { .col { width:100% !important } @media print { p{color:red} } }\
            @media (prefers-color-scheme: dark) { p { color: white } }\
            a::before { color: red } p{ } u + .body .g { color: rgb(1, 2, 3) } [class=\"x\"]{color:blue} -->";
        assert_eq!(
            rules_of(css),
            "p.MsoNormal, li.MsoNormal{margin:0cm;font-size:11.0pt;}\
             @media only screen and (max-width:480px){.col{width:100% !important;}}\
             u + .body .g{color:rgb(1, 2, 3);}[class=\"x\"]{color:blue;}"
        );
    }

    #[test]
    fn black_on_white_is_no_colour() {
        let seen = |text: &str| {
            let mut seen = Seen::default();
            declarations(text, &mut seen);
            seen.colours
        };
        assert!(!seen("color:windowtext;background:white") && !seen("color:rgb(0, 0, 0)") && !seen("color:#222"));
        assert!(!seen("background:transparent none repeat scroll 0% 0%"));
        assert!(seen("color:#1F497D") && seen("background-color:#eee") && seen("background:yellow"));
        let mut of_links = Seen::default();
        sheet("a:link, span.MsoHyperlink {color:#0563C1}", &mut of_links);
        assert!(!of_links.colours);
    }
}
