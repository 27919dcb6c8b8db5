//! Mails that are right enough to be read deeply: trees of parts with odd headers, made from any bytes.

/// Deepest part within a part.
const DEEPEST: usize = 6;

/// A mail made from `data`.
pub fn mail(data: &[u8]) -> Vec<u8> {
    let mut tree = Tree { choices: data, out: Vec::new(), borders: Vec::new(), end: "\r\n" };
    // What is made when the choices run out is a mail cut off, which is as good.
    tree.whole();
    tree.out
}

struct Tree<'a> {
    /// Each byte decides something.
    choices: &'a [u8],
    out: Vec<u8>,
    borders: Vec<String>,
    end: &'static str,
}

impl Tree<'_> {
    fn whole(&mut self) -> Option<()> {
        self.end = if self.chance(1, 3)? { "\n" } else { "\r\n" };
        self.message(0)
    }

    fn message(&mut self, depth: usize) -> Option<()> {
        for _ in 0..self.up_to(6)? {
            self.one_of(HEADERS)?;
            self.one_of(&[": ", ":", " : ", ":\r\n ", ":\t"])?;
            self.value()?;
            self.line("");
        }
        self.part(depth)
    }

    fn part(&mut self, depth: usize) -> Option<()> {
        let kind = if depth < DEEPEST { self.up_to(9)? } else { 9 };
        if self.chance(1, 2)? {
            self.put("Content-Disposition: ");
            self.one_of(&["attachment", "inline", "form-data", ""])?;
            self.parameters()?;
            self.line("");
        }
        if self.chance(1, 4)? {
            self.line("Content-ID: <one@example.org>");
        }
        match kind {
            0..=3 => self.multipart(depth),
            4 => {
                self.put("Content-Type: message/");
                self.one_of(&["rfc822", "global", "partial", "external-body", "delivery-status", "feedback-report"])?;
                self.line("");
                if self.chance(1, 4)? {
                    self.line("Content-Transfer-Encoding: base64");
                }
                self.line("");
                self.message(depth + 1)
            }
            _ => self.leaf(),
        }
    }

    fn multipart(&mut self, depth: usize) -> Option<()> {
        let border = match self.borders.last().cloned() {
            Some(open) if self.chance(1, 5)? => {
                format!("{open}{}", self.chosen(&["", "-", "--", " ", "b"])?)
            }
            _ => format!("b{}", self.up_to(5)?),
        };
        self.put("Content-Type: multipart/");
        self.one_of(&["mixed", "alternative", "related", "report", "signed", "encrypted", "digest", "form-data", ""])?;
        match self.up_to(7)? {
            0 => self.put("; boundary"),
            1 => self.put(&format!("; boundary*0={border}; boundary*1=")),
            2 => self.put(&format!("; Boundary={border}")),
            3 => self.put(&format!(";{}\tboundary = \"{border}\"", self.end)),
            4 => self.put(&format!("; boundary=\"{border}")),
            _ => self.put(&format!("; boundary=\"{border}\"")),
        }
        self.parameters()?;
        self.line("");
        self.line("");
        self.borders.push(border.clone());
        if self.chance(1, 4)? {
            self.content()?;
        }
        for _ in 0..self.up_to(4)? {
            // Now and then the border of a part further out, which ends this one.
            let border = if self.chance(1, 8)? {
                {
                    let which = self.up_to(self.borders.len() - 1)?;
                    self.borders[which].clone()
                }
            } else {
                border.clone()
            };
            self.put(&format!("--{border}"));
            self.one_of(&["", "", "", " ", "\t", "-", "x"])?;
            self.line("");
            self.part(depth + 1)?;
        }
        if self.chance(3, 4)? {
            self.put(&format!("--{border}--"));
            self.line("");
        }
        self.borders.pop();
        Some(())
    }

    fn leaf(&mut self) -> Option<()> {
        if self.chance(7, 8)? {
            self.put("Content-Type: ");
            self.one_of(TYPES)?;
            self.parameters()?;
            self.line("");
        }
        if self.chance(1, 2)? {
            self.put("Content-Transfer-Encoding: ");
            self.one_of(&["base64", "quoted-printable", "7bit", "binary", "x-uuencode", "", "base64 (x)"])?;
            self.line("");
        }
        self.line("");
        self.content()?;
        self.line("");
        Some(())
    }

    fn parameters(&mut self) -> Option<()> {
        for _ in 0..self.up_to(3)? {
            let one = self.chosen(PARAMETERS)?;
            self.put(one);
            if one.ends_with('=') {
                self.value()?;
            }
        }
        Some(())
    }

    fn content(&mut self) -> Option<()> {
        for _ in 0..self.up_to(8)? {
            if self.chance(1, 4)? {
                self.raw()?;
            } else {
                self.one_of(LINES)?;
            }
            if self.chance(5, 6)? {
                self.line("");
            }
        }
        Some(())
    }

    fn value(&mut self) -> Option<()> {
        for _ in 0..self.up_to(5)? {
            if self.chance(1, 5)? {
                self.raw()?;
            } else {
                self.one_of(VALUES)?;
            }
        }
        Some(())
    }

    fn raw(&mut self) -> Option<()> {
        let length = self.up_to(24)?;
        let (bytes, rest) = self.choices.split_at(length.min(self.choices.len()));
        self.choices = rest;
        self.out.extend_from_slice(bytes);
        Some(())
    }

    fn up_to(&mut self, most: usize) -> Option<usize> {
        let (first, rest) = self.choices.split_first()?;
        self.choices = rest;
        Some(usize::from(*first) % (most + 1))
    }

    fn chance(&mut self, times: usize, of: usize) -> Option<bool> {
        Some(self.up_to(of - 1)? < times)
    }

    fn chosen(&mut self, table: &[&'static str]) -> Option<&'static str> {
        Some(table[self.up_to(table.len() - 1)?])
    }

    fn one_of(&mut self, table: &[&'static str]) -> Option<()> {
        let chosen = self.chosen(table)?;
        self.put(chosen);
        Some(())
    }

    fn put(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    fn line(&mut self, text: &str) {
        self.put(text);
        self.put(self.end);
    }
}

const HEADERS: &[&str] = &[
    "From",
    "To",
    "Cc",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "Reply-To",
    "Sender",
    "Return-Path",
    "Delivered-To",
    "Received",
    "Auto-Submitted",
    "Precedence",
    "X-Autoreply",
    "List-Id",
    "X-Failed-Recipients",
    "Content-Type",
    "MIME-Version",
    "X-Loop",
    "subject",
    "FROM",
    "Thread-Topic",
    "Resent-Date",
    "Content-Language",
    "",
];

const TYPES: &[&str] = &[
    "text/plain",
    "text/html",
    "text/calendar; method=REPLY",
    "text/rfc822-headers",
    "application/ms-tnef",
    "image/png",
    "application/octet-stream",
    "message/delivery-status",
    "message/feedback-report",
    "message/disposition-notification",
    "text/plain; format=flowed",
    "text/plain; format=flowed; delsp=yes",
    "text/enriched",
    "application/pgp-encrypted",
    "text",
    "TEXT/HTML",
    "text/html; charset=utf-16",
    "text/plain; charset=utf-7",
    "text/plain; charset=iso-2022-jp",
    "*/*",
    "",
];

const PARAMETERS: &[&str] = &[
    "; charset=",
    "; name=",
    "; name*=utf-8''",
    "; name*0*=",
    "; name*1*=",
    "; name*1=",
    "; filename=",
    "; filename*=",
    "; filename*0*=utf-8''",
    "; filename*1=",
    "; charset=utf-8",
    "; charset=gb18030",
    "; name=\"",
    ";",
    "; boundary=",
    ";\r\n ",
    "; size=9999999999",
    "; x=y",
];

const VALUES: &[&str] = &[
    "a@example.org",
    "<b@example.net>",
    "\"Other, Ann\" <ann@example.com>",
    "=?utf-8?Q?",
    "=?utf-8?B?",
    "?=",
    "=C3=A4",
    "w6Q=",
    "=?iso-2022-jp?B?GyRC?=",
    "(",
    ")",
    "\"",
    "\\",
    ",",
    ";",
    ":",
    "<",
    ">",
    "@",
    "\r\n ",
    "\r\n\t",
    " ",
    "Re: ",
    "Fwd: ",
    "[D-7] ",
    "Mon, 4 Mar 2024 10:11:00 +0100",
    "99999999",
    "auto-replied",
    "utf-8",
    "x.pdf",
    "../",
    "%41",
    "%",
    "\u{e4}",
    "\u{202e}",
    "\0",
    "Undelivered Mail Returned to Sender",
    "desk+abc@example.org",
    "mailto:",
    "multipart/mixed",
    "boundary=b1",
];

const LINES: &[&str] = &[
    "Hello,",
    "",
    "> quoted",
    ">> deeper",
    "-- ",
    "--",
    "--b1",
    "--b1--",
    "On 4 Mar 2024, at 10:11, Ann <ann@example.com> wrote:",
    "-----Original Message-----",
    "---------- Forwarded message ---------",
    "From: Ann <ann@example.com>",
    "Sent: Monday",
    "Subject: x",
    "-- Reply above this line --",
    "Am 04.03.24 um 10:11 schrieb Ann:",
    "Sent from my phone",
    "<html><body>",
    "<blockquote type=cite>",
    "</blockquote>",
    "<div class=\"gmail_quote\">",
    "</div>",
    "<p>a",
    "<td>b",
    "<li>",
    "<script>",
    "</script>",
    "<style>",
    "<!--",
    "-->",
    "<a href=\"http://example.org/\">x</a>",
    "&amp;",
    "&#x41;",
    "&",
    "<img src=\"cid:one@example.org\">",
    "BEGIN:VCALENDAR",
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTART;TZID=Europe/Berlin:20240715T100000",
    "DURATION:PT1H",
    "END:VEVENT",
    "END:VCALENDAR",
    "Final-Recipient: rfc822; a@example.org",
    "Action: failed",
    "Status: 5.1.1",
    "Diagnostic-Code: smtp; 550 no",
    "Feedback-Type: abuse",
    "Message-ID: <one@example.org>",
    "begin 644 a.txt",
    "#0V%T",
    "`",
    "end",
    "SGVsbG8=",
    "=C3=A4=",
    "x \n",
    "550 5.1.1 <a@example.org> user unknown",
    "+AGE-",
    "\u{1b}$B",
    "\x78\u{9f}",
    "This is a multi-part message in MIME format.",
];
