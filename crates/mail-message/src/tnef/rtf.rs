//! The text of an RTF body, or the HTML that Outlook wrapped in it (MS-OXRTFEX). One pass, no tree.

use std::collections::HashMap;

use super::codepage;

/// What an RTF held.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// Text.
    Text(String),
    /// The HTML that it was made of.
    Html(String),
}

/// Groups whose text is not part of the body.
#[rustfmt::skip]
const HIDDEN: &[&str] = &[
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "fldinst", "themedata", "listtable", "listoverridetable", "rsidtbl", "generator",
    "datastore", "latentstyles", "xmlnstbl", "pntext",
];

/// Words that stand for characters.
#[rustfmt::skip]
const CHARACTERS: &[(&str, &str)] = &[
    ("par", "\n"), ("line", "\n"), ("sect", "\n"), ("page", "\n"), ("row", "\n"), ("tab", "\t"), ("cell", "\t"),
    ("lquote", "\u{2018}"), ("rquote", "\u{2019}"), ("ldblquote", "\u{201c}"), ("rdblquote", "\u{201d}"),
    ("bullet", "\u{2022}"), ("endash", "\u{2013}"), ("emdash", "\u{2014}"), ("emspace", " "), ("enspace", " "),
];

/// What holds within one pair of braces.
#[derive(Clone, Copy)]
struct Group {
    hidden: bool,
    /// Inside `\htmltag`: this is HTML as it was.
    tag: bool,
    /// Between `\htmlrtf` and `\htmlrtf0`: made for RTF, not in the HTML.
    only_rtf: bool,
    fonts: bool,
    /// How many characters stand for those that cannot read `\u`.
    fallback: usize,
    font: i32,
}

/// Reads an RTF.
pub(super) fn read(rtf: &[u8]) -> Content {
    let mut reading = Reading {
        rtf,
        at: 0,
        group: Group { hidden: false, tag: false, only_rtf: false, fonts: false, fallback: 1, font: 0 },
        outer: Vec::new(),
        is_html: false,
        codepage: 1252,
        fonts: HashMap::new(),
        pending: Vec::new(),
        out: String::new(),
        skip: 0,
        half: None,
    };
    while let Some(&byte) = rtf.get(reading.at) {
        reading.at += 1;
        reading.step(byte);
    }
    reading.flush();
    if reading.is_html { Content::Html(reading.out) } else { Content::Text(reading.out) }
}

struct Reading<'x> {
    rtf: &'x [u8],
    at: usize,
    group: Group,
    outer: Vec<Group>,
    is_html: bool,
    codepage: u32,
    /// The code page of each font that has its own.
    fonts: HashMap<i32, u32>,
    /// Bytes in the code page of the font, not decoded yet: a character may take two.
    pending: Vec<u8>,
    out: String,
    /// Characters to pass over after a `\u`.
    skip: usize,
    /// The first half of a pair of UTF-16 units.
    half: Option<u16>,
}

impl Reading<'_> {
    fn step(&mut self, byte: u8) {
        match byte {
            b'{' => {
                self.flush();
                self.outer.push(self.group);
            }
            b'}' => {
                self.flush();
                self.skip = 0;
                if let Some(group) = self.outer.pop() {
                    self.group = group;
                }
            }
            b'\\' => self.control(),
            b'\r' | b'\n' => {}
            _ => self.byte(byte),
        }
    }

    fn control(&mut self) {
        let Some(&first) = self.rtf.get(self.at) else { return };
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            match first {
                b'\'' => self.hex(),
                b'~' => self.text(" "),
                b'_' => self.text("-"),
                b'\\' | b'{' | b'}' => self.byte(first),
                b'\r' | b'\n' => self.text("\n"),
                b'*' => self.destination(),
                _ => {}
            }
            return;
        }
        let (word, number) = self.word();
        self.flush();
        self.command(&word, number);
    }

    /// A control word with its number; the blank after it belongs to it.
    fn word(&mut self) -> (String, Option<i32>) {
        let rest = &self.rtf[self.at..];
        let length = rest.iter().take(32).take_while(|byte| byte.is_ascii_alphabetic()).count();
        let word = String::from_utf8_lossy(&rest[..length]).into_owned();
        let digits = &rest[length..];
        let minus = usize::from(digits.first() == Some(&b'-'));
        let count = digits[minus..].iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
        let number = if count > 0 {
            std::str::from_utf8(&digits[..minus + count]).ok().and_then(|digits| digits.parse().ok())
        } else {
            None
        };
        self.at += length + if count > 0 { minus + count } else { 0 };
        if self.rtf.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
        (word, number)
    }

    /// `\*` begins a group that may be passed over by who does not know its word; we know one.
    fn destination(&mut self) {
        if self.rtf[self.at..].starts_with(b"\\htmltag") {
            self.at += 1;
            self.word();
            self.group.tag = true;
        } else {
            self.group.hidden = true;
        }
    }

    fn command(&mut self, word: &str, number: Option<i32>) {
        match word {
            "fromhtml" if number == Some(1) => self.is_html = true,
            "htmlrtf" => self.group.only_rtf = number != Some(0),
            "ansicpg" => self.codepage = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(self.codepage),
            "uc" => self.group.fallback = number.map_or(1, |n| n.clamp(0, 16) as usize),
            "u" => {
                // Written as a signed number of 16 bits.
                let code = number.unwrap_or(0) as u16;
                self.unit(code);
                self.skip = self.group.fallback;
            }
            "f" => self.group.font = number.unwrap_or(0),
            "fcharset" if self.group.fonts => {
                if let Some(codepage) = codepage_of(number) {
                    self.fonts.insert(self.group.font, codepage);
                }
            }
            "bin" => {
                let count = number.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
                self.at = self.at.saturating_add(count).min(self.rtf.len());
            }
            "fonttbl" => {
                self.group.hidden = true;
                self.group.fonts = true;
            }
            _ if HIDDEN.contains(&word) => self.group.hidden = true,
            _ => {
                if let Some((_, text)) = CHARACTERS.iter().find(|(known, _)| *known == word) {
                    self.text(text);
                }
            }
        }
    }

    /// One UTF-16 unit; the two halves of a pair come one after the other.
    fn unit(&mut self, unit: u16) {
        let half = self.half.take();
        if (0xd800..=0xdbff).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        for c in char::decode_utf16(half.into_iter().chain([unit])).flatten() {
            self.text(c.encode_utf8(&mut [0; 4]));
        }
    }

    fn hex(&mut self) {
        let digit = |at: usize| self.rtf.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        if let (Some(high), Some(low)) = (digit(self.at), digit(self.at + 1)) {
            self.at += 2;
            self.byte((high * 16 + low) as u8);
        }
    }

    /// One byte of text in the code page that holds here.
    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
        } else if self.is_shown() {
            self.pending.push(byte);
        }
    }

    fn is_shown(&self) -> bool {
        let only_in_rtf = self.is_html && self.group.only_rtf && !self.group.tag;
        !self.group.hidden && !only_in_rtf
    }

    fn text(&mut self, text: &str) {
        self.flush();
        if self.is_shown() {
            self.write(text);
        }
    }

    fn flush(&mut self) {
        if !self.pending.is_empty() {
            let bytes = std::mem::take(&mut self.pending);
            let codepage = self.fonts.get(&self.group.font).copied().unwrap_or(self.codepage);
            let text = codepage::decode(&bytes, codepage);
            self.write(&text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.is_html && !self.group.tag {
            for c in text.chars() {
                match c {
                    '<' => self.out.push_str("&lt;"),
                    '&' => self.out.push_str("&amp;"),
                    c => self.out.push(c),
                }
            }
        } else {
            self.out.push_str(text);
        }
    }
}

/// The code page of a font's character set.
fn codepage_of(charset: Option<i32>) -> Option<u32> {
    Some(match charset? {
        77 => 10000,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_html_come_out_of_rtf() {
        let text = |rtf: &str| match read(rtf.as_bytes()) {
            Content::Text(text) => text,
            Content::Html(html) => format!("HTML {html}"),
        };
        let cases = [
            ("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\f0 Gr\\'fc\\'dfe\\par Ann\\par}", "Grüße\nAnn\n"),
            ("{\\rtf1 \\u8364?5 \\uc0\\u8364 {\\*\\unknown x}\\{a\\}}", "€5 €{a}"),
            ("{\\rtf1{\\fonttbl{\\f1\\fcharset204 Arial;}}{\\f1 \\'c4\\'e0}\\emdash}", "Да\u{2014}"),
            ("{\\rtf1{\\fonttbl{\\f1\\fcharset128 Gothic;}}{\\f1 \\'82\\'a0}}", "あ"),
            ("{\\rtf1 \\u-10179?\\u-8704?}", "\u{1f600}"),
            (
                "{\\rtf1\\ansi\\fromhtml1{\\*\\htmltag64 <p>}\\htmlrtf {\\htmlrtf0 a {\\*\\htmltag84 &lt;}\\htmlrtf <\\htmlrtf0 b}\
                {\\*\\htmltag72 </p>}{\\*\\mhtmltag x}}",
                "HTML <p>a &lt;b</p>",
            ),
            ("{\\rtf1 open", "open"),
            ("}}}\\", ""),
        ];
        for (rtf, expected) in cases {
            assert_eq!(text(rtf), expected, "{rtf}");
        }
    }
}
