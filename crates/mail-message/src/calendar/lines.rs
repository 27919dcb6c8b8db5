//! The lines of a calendar: folded, with parameters that may be quoted.

/// One line, unfolded: `NAME;PARAMETER=VALUE:value`.
#[derive(Default)]
pub(super) struct Line {
    /// Upper case.
    pub(super) name: String,
    parameters: Vec<(String, String)>,
    /// As written.
    pub(super) value: String,
}

impl Line {
    /// A parameter by its name in upper case.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The value as text, with its escapes undone.
    pub(super) fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(escaped) => out.push(escaped),
                    None => {}
                },
                c if c.is_control() => {}
                c => out.push(c),
            }
        }
        out.trim().to_owned()
    }
}

/// Cuts a calendar into its lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line> + '_ {
    let mut rest = text.lines().peekable();
    std::iter::from_fn(move || {
        let mut unfolded = rest.next()?.to_owned();
        while let Some(more) = rest.peek().and_then(|line| line.strip_prefix([' ', '\t'])) {
            unfolded.push_str(more);
            rest.next();
        }
        Some(line(&unfolded))
    })
}

fn line(text: &str) -> Line {
    let mut pieces = vec![String::new()];
    let mut quoted = false;
    let mut value = "";
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ':' if !quoted => {
                value = &text[at + 1..];
                break;
            }
            ';' if !quoted => pieces.push(String::new()),
            c => {
                if let Some(piece) = pieces.last_mut() {
                    piece.push(c);
                }
            }
        }
    }
    let mut pieces = pieces.into_iter();
    let name = pieces.next().unwrap_or_default().trim().to_ascii_uppercase();
    let parameters = pieces
        .take(50)
        .filter_map(|piece| {
            let (name, value) = piece.split_once('=')?;
            // RFC 6868: what cannot be written in a parameter.
            let value = value.replace("^n", " ").replace("^'", "\"").replace("^^", "^");
            Some((name.trim().to_ascii_uppercase(), value))
        })
        .collect();
    Line { name, parameters, value: value.to_owned() }
}
