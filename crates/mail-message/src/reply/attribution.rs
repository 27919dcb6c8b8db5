//! The line above a quote: "On Monday, Ann wrote:", in the words of each language, and the rules that programs draw.

/// Longest attribution, in lines and in bytes: programs wrap it, but not further.
const MOST_LINES: usize = 4;
const LONGEST: usize = 600;

/// Fewest digits of a date with its time: `3/4/24 9:30`.
const WHOLE_DATE: usize = 7;

/// How one language introduces a quote: what the line may begin with, and the verb that it holds.
struct Phrase {
    /// Words that begin the line; empty where the date or the name comes first.
    starts: &'static [&'static str],
    /// The verb that must be in it.
    verbs: &'static [&'static str],
}

const fn phrase(starts: &'static [&'static str], verbs: &'static [&'static str]) -> Phrase {
    Phrase { starts, verbs }
}

const PHRASES: &[Phrase] = &[
    phrase(&["on "], &["wrote", "writes"]), // English
    phrase(&["am ", "von ", "um "], &["schrieb", "geschrieben", "hat geschrieben"]), // German
    phrase(&["le ", "en date du ", "a écrit"], &["a écrit", "écrit", "écrivait", "écrivit"]), // French
    phrase(&["el ", "en "], &["escribió", "escribio", "escribía"]), // Spanish
    phrase(&["il ", "in data ", "in date "], &["ha scritto", "scrisse", "scriveva"]), // Italian
    phrase(&["em ", "no dia ", "a "], &["escreveu"]), // Portuguese
    phrase(&["op ", "am "], &["schreef", "geschreven"]), // Dutch
    phrase(&["den ", "d. ", "på ", "om "], &["skrev", "følgende"]), // Danish, Norwegian, Swedish
    phrase(&[], &["kirjoitti"]),            // Finnish
    phrase(&["w dniu ", "dnia "], &["napisał", "pisze", "napisała"]), // Polish
    phrase(&["dne "], &["napsal", "píše", "napísal"]), // Czech, Slovak
    phrase(&[], &["ezt írta", "írta"]),     // Hungarian
    phrase(&["în "], &["a scris"]),         // Romanian
    phrase(&["στις "], &["έγραψε"]),        // Greek
    phrase(&[], &["şunu yazdı", "şunları yazdı", "yazdı"]), // Turkish
    phrase(&["в письме"], &["написал", "написала", "пишет", "пишете", "вы писали"]), // Russian
    phrase(&[], &["написав", "написала", "пише"]), // Ukrainian
    phrase(&["на "], &["написа"]),          // Bulgarian
    phrase(&["dana "], &["napisao", "je napisal", "napisala"]), // Croatian, Slovene
    phrase(&["在 ", "在", "于"], &["写道", "寫道", "编写", "撰寫"]), // Chinese
    phrase(&[], &["のメール", "書きました", "wrote", "書いた"]), // Japanese
    phrase(&[], &["님이 작성", "작성", "wrote", "썼습니다"]), // Korean
    phrase(&["vào "], &["đã viết"]),        // Vietnamese
    phrase(&["pada "], &["menulis"]),       // Indonesian
    phrase(&["ב"], &["כתב", "מאת"]),        // Hebrew
    phrase(&["في "], &["كتب"]),             // Arabic
];

/// What a program writes on the line that opens the original message.
#[rustfmt::skip]
const ORIGINAL: &[&str] = &[
    "original message", "original email", "original appointment", "original", "reply message",
    "ursprüngliche nachricht", "ursprungsnachricht", "originalnachricht", "original-nachricht",
    "originale nachricht", "message d'origine", "message d’origine", "message original", "message initial",
    "mensaje original", "messaggio originale", "mensagem original", "oorspronkelijk bericht", "originele bericht",
    "oprindelig meddelelse", "original meddelelse", "opprinnelig melding", "originalmelding",
    "ursprungligt meddelande", "originalmeddelande", "alkuperäinen viesti", "wiadomość oryginalna",
    "oryginalna wiadomość", "treść oryginalnej wiadomości", "původní zpráva", "pôvodná správa", "eredeti üzenet",
    "mesaj original", "mesajul original", "αρχικό μήνυμα", "orijinal mesaj", "özgün ileti", "исходное сообщение",
    "первоначальное сообщение", "оригинальное сообщение", "оригінальне повідомлення", "原始邮件", "原始郵件", "原邮件", "原文",
    "元のメッセージ", "原始信件", "원본 메시지", "원본메일", "izvorna poruka", "izvirno sporočilo",
];

/// What a program writes on the line that opens a forwarded message.
#[rustfmt::skip]
const FORWARDED: &[&str] = &[
    "forwarded message", "begin forwarded message", "weitergeleitete nachricht", "anfang der weitergeleiteten",
    "message transféré", "début du message", "message réexpédié", "mensaje reenviado", "messaggio inoltrato",
    "inizio messaggio inoltrato", "mensagem encaminhada", "mensagem reencaminhada", "doorgestuurd bericht",
    "begin doorgestuurd bericht", "videresendt", "videresendt meddelelse", "vidarebefordrat",
    "vidarebefordrat meddelande", "edelleenlähetetty", "wiadomość przekazana", "przekazana wiadomość",
    "přeposlaná zpráva", "továbbított üzenet", "mesaj redirecționat", "iletilen mesaj", "пересылаемое сообщение",
    "перенаправленное сообщение", "转发的邮件", "转发邮件", "轉寄的郵件", "転送されたメッセージ", "전달된 메시지", "προωθημένο μήνυμα",
];

/// An attribution that was found.
pub(super) struct Found {
    /// How many lines it takes.
    pub(super) lines: usize,
    /// Written by a program without doubt: it names a time or an address, so what follows is a quote even without `>`.
    pub(super) by_program: bool,
    /// Its first line begins as an attribution does, with a date in it.
    begins: bool,
}

/// Looks for an attribution that begins at line `at`.
pub(super) fn find(lines: &[&str], at: usize) -> Option<Found> {
    let mut joined = String::new();
    for (number, line) in lines[at..].iter().take(MOST_LINES).enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('>') || joined.len() + line.len() > LONGEST {
            return None;
        }
        if number > 0 {
            joined.push(' ');
        }
        joined.push_str(line);
        if line.ends_with([':', '：', '；']) {
            let found = judged(lines[at].trim(), &joined, number + 1)?;
            // A line of prose above an attribution is not part of it: the latest beginning counts.
            let later = number > 0 && find(lines, at + 1).is_some_and(|later| later.begins);
            return if later { None } else { Some(found) };
        }
    }
    None
}

/// Judges a candidate of `lines` lines: its first line alone, and all of them as one.
fn judged(first: &str, written: &str, lines: usize) -> Option<Found> {
    let lower = written.to_lowercase();
    let lower = lower.trim_start_matches(|c: char| matches!(c, '*' | '_' | '-' | '—') || c.is_whitespace());
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    let address = lower.contains('@') && (lower.contains('<') || lower.contains('[') || lower.contains("mailto:"));
    let start = first.to_lowercase();
    let start = start.trim_start_matches(|c: char| matches!(c, '*' | '_' | '-' | '—') || c.is_whitespace());
    let dated = first_words(first).bytes().any(|b| b.is_ascii_digit());
    let has_digit = first.bytes().any(|b| b.is_ascii_digit());
    // A wrapped attribution begins as its language does, with the date in its first line; prose above one does not.
    let begins = |p: &Phrase| dated || has_digit && p.starts.iter().any(|word| start.starts_with(word));
    let spoken: Vec<&Phrase> = PHRASES.iter().filter(|p| p.verbs.iter().any(|verb| lower.contains(verb))).collect();
    let starts = |p: &Phrase| p.starts.is_empty() && dated || p.starts.iter().any(|word| start.starts_with(word));
    // A person who writes "at 10:11 he wrote:" names no full date; programs do, or they give the address.
    let whole_date = digits >= WHOLE_DATE && has_time(lower) && spoken.iter().any(|p| starts(p));
    let by_program = digits > 0 && address || whole_date;
    let begins = spoken.iter().any(|p| begins(p)) || spoken.is_empty() && dated;
    // Gmail in Russian and Japanese has no verb: date, time, name, address in brackets, colon.
    let verbless =
        dated && by_program && has_time(lower) && address && lower.trim_end_matches([':', '：']).ends_with('>');
    let one_line = lines == 1 && (by_program || address || lower.len() < 80);
    let named = !spoken.is_empty() && (begins || one_line);
    (named || verbless).then_some(Found { lines, by_program, begins })
}

fn first_words(text: &str) -> &str {
    let end = text.char_indices().nth(24).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// A time of day: two groups of digits around `:`, `.` or `h`.
fn has_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(4).any(|w| {
        w[0].is_ascii_digit() && matches!(w[1], b':' | b'.' | b'h') && w[2].is_ascii_digit() && w[3].is_ascii_digit()
    })
}

/// A line like `----- Original Message -----`.
pub(super) fn opens_original(line: &str) -> bool {
    ruled(line, 2).is_some_and(|words| ORIGINAL.contains(&words.as_str()))
}

/// A line like `---------- Forwarded message ---------` or `Begin forwarded message:`.
pub(super) fn forwards(line: &str) -> bool {
    ruled(line, 0).is_some_and(|words| FORWARDED.iter().any(|phrase| words.starts_with(phrase)) && words.len() < 80)
}

/// The words of a line between at least `least` rule characters at its start, in lower case.
fn ruled(line: &str, least: usize) -> Option<String> {
    let line = line.trim();
    if line.len() > 200 {
        return None;
    }
    let words = line.trim_start_matches(['-', '_', '=', '*', '—', '–']);
    if line.len() - words.len() < least {
        return None;
    }
    let words = words.trim_end_matches(['-', '_', '=', '*', '—', '–', ':']).trim();
    Some(words.to_lowercase())
}
