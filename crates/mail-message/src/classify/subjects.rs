//! Subjects of automatic answers. Weak evidence, used because much software sends no header at all.

use super::{Kind, Sign, sign};
use crate::Message;

/// How such a subject begins, lower case.
#[rustfmt::skip]
const BEGINS: &[&str] = &[
    // English
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "automated reply",
    "automated response", "automatic response", "out of office", "out-of-office", "ooo:", "on vacation",
    "vacation reply", "away from office", "away from the office", "away until", "i am away", "i'm away",
    "on annual leave", "on leave",
    // German
    "automatische antwort", "automatische rückantwort", "automatische rueckantwort", "abwesenheitsnotiz",
    "abwesenheitsbenachrichtigung", "abwesenheitsmeldung", "abwesenheit:", "abwesend:", "nicht im büro",
    "außer haus", "ich bin nicht im büro", "eingangsbestätigung", "urlaubsvertretung",
    // French
    "réponse automatique", "reponse automatique", "absence du bureau", "message d'absence", "absent du bureau",
    "accusé de réception", "absence :", "je suis absent",
    // Spanish, Catalan, Portuguese, Italian
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina",
    "ausente de la oficina", "resposta automàtica", "resposta automática", "resposta automatica",
    "fora do escritório", "ausência temporária", "risposta automatica", "fuori ufficio", "fuori sede",
    "assenza dall'ufficio", "assente dall'ufficio",
    // Dutch, Danish, Norwegian, Swedish, Finnish
    "automatisch antwoord", "automatische reactie", "automatisch bericht", "afwezig", "niet op kantoor", "autosvar",
    "automatisk svar", "automatiskt svar", "fraværsmeddelelse", "fravær", "fraværende", "ikke på kontoret",
    "frånvaro", "frånvarande", "automaattinen vastaus", "poissaoloviesti", "poissa toimistosta",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Slovene
    "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "poza biurem", "nieobecność",
    "automatická odpověď", "automatická odpoveď", "mimo kancelář", "nepřítomnost", "automatikus válasz",
    "házon kívül", "răspuns automat", "absent din birou", "automatski odgovor", "samodejni odgovor",
    // Greek, Turkish, Russian, Ukrainian, Bulgarian
    "αυτόματη απάντηση", "εκτός γραφείου", "otomatik yanıt", "otomatik cevap", "ofis dışında",
    "автоматический ответ", "автоответ", "нет на месте", "отсутствие на рабочем месте", "автоматична відповідь",
    "автоматичен отговор",
    // Chinese, Japanese, Korean, Vietnamese, Indonesian, Hebrew, Arabic
    "自动回复", "自動回覆", "自动答复", "外出", "不在办公室", "自動応答", "自動返信", "不在通知", "자동 회신", "자동 응답", "부재중", "trả lời tự động",
    "balasan otomatis", "מענה אוטומטי", "תשובה אוטומטית", "رد تلقائي",
];

/// Recognises an automatic answer by its subject. A person's reply to one begins with "Re:" and is not one.
pub(super) fn auto_reply(message: &Message, evidence: &mut Vec<Sign>) {
    let lower = message.subject.to_lowercase();
    let lower = lower.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '"' | '*' | '【'));
    if BEGINS.iter().any(|begin| lower.starts_with(begin)) {
        evidence.push(sign(Kind::AutoReply, "subject", &message.subject, true));
    }
}
