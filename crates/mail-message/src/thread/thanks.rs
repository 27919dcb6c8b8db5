//! Whether a reply says nothing but thanks. Conservative: one word that is not in these tables, a question mark or a
//! digit, and it says more.

/// Longest reply that may be mere thanks, in characters.
const LONGEST: usize = 200;

/// Words of thanks: at least one must be there.
#[rustfmt::skip]
const THANKS: &[&str] = &[
    "thank you", "thanks", "many thanks", "thank u", "thankyou", "thx", "tnx", "ty", "cheers", "much appreciated",
    "appreciated", "i appreciate it", "danke", "dankeschön", "danke schön", "dankesehr", "vielen dank",
    "besten dank", "herzlichen dank", "merci", "remerciements", "je vous remercie", "je te remercie", "gracias",
    "muchas gracias", "mil gracias", "grazie", "mille grazie", "grazie mille", "ti ringrazio", "la ringrazio",
    "obrigado", "obrigada", "muito obrigado", "muito obrigada", "bedankt", "dank je", "dank u", "dank je wel",
    "dank u wel", "dankjewel", "hartelijk dank", "tak", "mange tak", "tusind tak", "takk", "tusen takk", "tack",
    "tack så mycket", "kiitos", "paljon kiitoksia", "dziękuję", "dzięki", "dziekuje", "dzieki", "děkuji", "díky",
    "ďakujem", "köszönöm", "mulțumesc", "multumesc", "ευχαριστώ", "teşekkürler", "teşekkür ederim", "sağol",
    "спасибо", "большое спасибо", "благодарю", "дякую", "hvala", "谢谢", "谢谢你", "谢谢您", "多谢", "非常感谢", "感谢", "謝謝",
    "ありがとう", "ありがとうございます", "ありがとうございました", "どうもありがとうございます", "감사합니다", "고맙습니다", "cảm ơn", "terima kasih", "תודה",
    "شكرا", "شكراً",
];

/// Words that may stand beside them and say nothing new.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "very much", "so much", "a lot", "a million", "a bunch", "again", "very", "so", "much", "kindly", "indeed",
    "for your help", "for the help", "for helping", "for helping me", "for your support", "for your time",
    "for your quick reply", "for your quick response", "for the quick reply", "for the quick response",
    "for your reply", "for the reply", "for the update", "for the info", "for the information",
    "for letting me know", "for your answer", "for the quick help", "for your quick help", "for everything",
    "for all your help", "all", "everyone", "hi", "hello", "hey", "dear team", "team", "and", "ok", "okay", "great",
    "perfect", "super", "awesome", "excellent", "wonderful", "brilliant", "got it", "noted", "all good",
    "that helped", "this helped", "it works", "it works now", "that works", "works now", "that worked", "it worked",
    "problem solved", "solved", "have a nice day", "have a great day", "have a good day", "have a nice weekend",
    "have a great weekend", "you are the best", "hallo", "sehr", "schön", "nochmals", "nochmal", "für ihre hilfe",
    "für die hilfe", "für deine hilfe", "für die schnelle hilfe", "für ihre schnelle hilfe",
    "für die schnelle antwort", "für die info", "für die information", "für die rückmeldung", "für ihre rückmeldung",
    "für die schnelle rückmeldung", "für ihre unterstützung", "für die unterstützung", "hat geklappt",
    "es funktioniert", "funktioniert", "funktioniert wieder", "alles gut", "alles klar", "passt", "prima", "klasse",
    "top", "und", "schönen tag noch", "ein schönes wochenende", "schönes wochenende", "bonjour", "beaucoup", "bien",
    "encore", "infiniment", "pour votre aide", "pour ton aide", "pour votre réponse", "pour votre retour",
    "pour l'info", "c'est parfait", "parfait", "super merci", "bonne journée", "bonne soirée", "bon week-end", "et",
    "hola", "por su ayuda", "por tu ayuda", "por la ayuda", "por todo", "por la respuesta", "perfecto", "excelente",
    "genial", "vale", "un saludo", "buen día", "y", "ciao", "tante", "molto", "per l'aiuto", "per il supporto",
    "per la risposta", "perfetto", "ottimo", "buona giornata", "gentilissimi", "gentilissimo", "gentilissima", "e",
    "olá", "pela ajuda", "pela resposta", "perfeito", "ótimo", "bom dia", "pelo apoio", "hartelijk", "heel erg",
    "wel", "voor je hulp", "voor uw hulp", "voor de hulp", "voor de snelle reactie", "voor de snelle hulp",
    "prima zo", "perfect zo", "en", "fijne dag", "for hjælpen", "for hjelpen", "för hjälpen", "så mycket",
    "så meget", "za pomoc", "bardzo", "super sprawa", "и", "большое", "за помощь", "огромное", "非常", "了", "很", "好的",
    "どうも", "助かりました",
];

/// What closes a letter. A line of at most three words after it is a name.
#[rustfmt::skip]
const CLOSING: &[&str] = &[
    "best regards", "kind regards", "warm regards", "regards", "best wishes", "all the best", "best", "br", "kr",
    "sincerely", "yours sincerely", "mit freundlichen grüßen", "freundliche grüße", "viele grüße", "beste grüße",
    "liebe grüße", "schöne grüße", "herzliche grüße", "gruß", "grüße", "lg", "vg", "mfg", "bg", "cordialement",
    "bien cordialement", "bien à vous", "salutations", "saludos", "un cordial saludo", "saludos cordiales",
    "atentamente", "cordiali saluti", "saluti", "distinti saluti", "atenciosamente", "cumprimentos",
    "com os melhores cumprimentos", "abraços", "met vriendelijke groet", "met vriendelijke groeten", "groet",
    "groeten", "vriendelijke groet", "mvg", "med venlig hilsen", "venlig hilsen", "mvh", "hilsen",
    "med vänliga hälsningar", "vänliga hälsningar", "pozdrawiam", "z poważaniem", "с уважением", "s pozdravem",
    "terveisin", "ystävällisin terveisin",
];

/// Whether `text` (the visible reply, without quote and signature) is nothing but thanks.
pub fn is_thanks(text: &str) -> bool {
    if text.chars().take(LONGEST + 1).count() > LONGEST || text.contains(['?', '？', '؟']) {
        return false;
    }
    let mut thanked = false;
    let (mut closed, mut named) = (false, false);
    for line in text.lines().map(plain).filter(|line| !line.is_empty()) {
        if closed {
            // The one line below a closing is a name, and nothing may follow it.
            if named || line.split(' ').count() > 3 || line.bytes().any(|b| b.is_ascii_digit()) {
                return false;
            }
            named = true;
            continue;
        }
        let mut rest = line.as_str();
        while !rest.is_empty() {
            if let Some(after) = taken(rest, CLOSING) {
                closed = true;
                rest = after;
            } else if let Some(after) = taken(rest, THANKS) {
                thanked = true;
                rest = after;
            } else if let Some(after) = taken(rest, BESIDE) {
                rest = after;
            } else {
                return false;
            }
        }
    }
    thanked
}

/// What remains of `text` after the longest phrase of the table at its start.
fn taken<'a>(text: &'a str, table: &[&str]) -> Option<&'a str> {
    let whole = |rest: &str, phrase: &str| {
        // Scripts without blanks between words need no boundary.
        rest.is_empty() || rest.starts_with(' ') || phrase.chars().next_back().is_some_and(|c| c >= '\u{3000}')
    };
    let found = table.iter().filter(|phrase| text.strip_prefix(**phrase).is_some_and(|rest| whole(rest, phrase)));
    let longest = found.max_by_key(|phrase| phrase.len())?;
    Some(text[longest.len()..].trim_start())
}

/// Lower case words with single blanks; punctuation, emoji and other symbols gone. Digits stay, and match nothing.
fn plain(line: &str) -> String {
    let words: String = line
        .to_lowercase()
        .chars()
        .map(|c| match c {
            '’' | '\'' => '\'',
            c if c.is_alphanumeric() || c == '-' => c,
            _ => ' ',
        })
        .collect();
    let words: Vec<&str> = words.split(' ').filter(|word| !word.trim_matches('-').is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::is_thanks;

    #[test]
    fn thanks_and_nothing_else() {
        let thanks = [
            "Thanks!",
            "Thank you very much for your help. 👍",
            "thx",
            "Vielen Dank!",
            "Danke, hat geklappt.",
            "Merci beaucoup pour votre aide",
            "¡Muchas gracias!",
            "Grazie mille",
            "Muito obrigada!",
            "Hartelijk dank",
            "Perfect, thanks a lot!\n\nKind regards\nAnn Other",
            "谢谢",
            "ありがとうございます。",
            "Большое спасибо!",
            "Mange tak",
            "Tack så mycket!",
            "Dziękuję bardzo",
        ];
        for text in thanks {
            assert!(is_thanks(text), "{text}");
        }
    }

    #[test]
    fn anything_more_is_more() {
        let more = [
            "",
            "Thanks, but it still fails",
            "Thanks?",
            "Thank you. When will it be done?",
            "Perfect",
            "No thanks",
            "Thanks for nothing",
            "Danke, aber der Drucker geht nicht",
            "Thanks, call me at 555 1234",
            "Hello",
            "Thanks\nBest regards\nAnn\nPS: the other one is broken too",
            "Merci de rappeler",
            "Thanks, Still Broken",
        ];
        for text in more {
            assert!(!is_thanks(text), "{text}");
        }
    }
}
