//! Subjects of automatic answers and of other mails that programs write. Weak evidence, used because much software
//! sends no header at all.

use super::{Kind, Sign, sign};
use crate::Message;

/// How the subject of an automatic answer begins, lower case.
#[rustfmt::skip]
const BEGINS: &[&str] = &[
    // English
    "automatic reply", "auto reply", "auto-reply", "autoreply", "auto response", "auto-response", "automated reply",
    "automated response", "automatic response", "autoresponse", "auto responder", "autoresponder", "out of office",
    "out-of-office", "outofoffice", "out of the office", "ooo:", "ooo -", "[ooo", "oof:", "on vacation",
    "vacation reply", "vacation response", "away from office", "away from the office", "away from my mail",
    "away until", "i am away", "i'm away", "i am out of", "i'm out of", "i am currently out", "on annual leave",
    "on leave", "on holiday", "on parental leave", "on maternity leave", "i am on leave", "i am on holiday",
    "i am on vacation", "currently out of", "no longer with the company", "no longer working at",
    "no longer employed",
    // Acknowledgements and challenges
    "we have received your", "we received your", "thank you for contacting", "thank you for your email",
    "thank you for your message", "your email has been received", "your message has been received",
    "please confirm your message", "please confirm your email", "please verify your email to",
    "your email requires verification", "message requires verification", "verify your message to",
    "confirm your message to", "sender verification required", "confirmation required for your message",
    "spam arrest", "boxtrapper", "challenge:",
    // German
    "automatische antwort", "automatische rückantwort", "automatische rueckantwort", "automatische e-mail",
    "automatische nachricht", "abwesenheitsnotiz", "abwesenheitsbenachrichtigung", "abwesenheitsmeldung",
    "abwesenheitsagent", "abwesenheit:", "abwesend:", "abwesend bis", "bin abwesend", "nicht im büro",
    "nicht im buero", "außer haus", "ausser haus", "ich bin nicht im büro", "ich bin außer haus", "ich bin im urlaub",
    "im urlaub", "urlaubsabwesenheit", "urlaubsnotiz", "urlaubsmeldung", "eingangsbestätigung", "empfangsbestätigung",
    "urlaubsvertretung", "nicht am arbeitsplatz", "autoantwort",
    // French
    "réponse automatique", "reponse automatique", "absence du bureau", "message d'absence", "absent du bureau",
    "absente du bureau", "accusé de réception", "absence :", "absence:", "je suis absent", "absent jusqu",
    "en vacances", "message automatique", "réponse d'absence", "hors du bureau", "notification d'absence",
    // Spanish, Catalan, Galician, Portuguese, Italian
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "fuera de la ofic",
    "ausente de la oficina", "estoy fuera", "estoy de vacaciones", "de vacaciones", "acuse de recibo",
    "mensaje automático", "autorespuesta", "auto respuesta", "resposta automàtica", "fora de l'oficina",
    "resposta automática", "resposta automatica", "fora do escritório", "ausência temporária",
    "ausência do escritório", "ausente do escritório", "estou de férias", "em férias", "ausência:",
    "mensagem automática", "risposta automatica", "fuori ufficio", "fuori sede", "messaggio automatico",
    "risponditore automatico", "assenza dall'ufficio", "assente dall'ufficio", "assenza:", "sono in ferie",
    "in ferie", "sono fuori ufficio",
    // Dutch, Danish, Norwegian, Swedish, Finnish, Icelandic
    "automatisch antwoord", "automatische reactie", "automatisch bericht", "afwezig", "niet op kantoor",
    "buiten kantoor", "ik ben afwezig", "met vakantie", "ontvangstbevestiging", "autosvar", "automatisk svar",
    "automatiskt svar", "automatisk besked", "fraværsmeddelelse", "fravær", "fraværende", "ikke på kontoret",
    "ikke til stede", "på ferie", "frånvaro", "frånvarande", "inte på kontoret", "på semester",
    "automaattinen vastaus", "automaattivastaus", "poissaoloviesti", "poissaolo", "poissa toimistosta",
    "olen lomalla", "lomalla", "sjálfvirkt svar",
    // Polish, Czech, Slovak, Hungarian, Romanian, Croatian, Serbian, Slovene
    "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "autoresponder", "poza biurem",
    "nieobecność", "jestem na urlopie", "automatická odpověď", "automatická odpoveď", "mimo kancelář",
    "mimo kanceláriu", "nepřítomnost", "neprítomnosť", "automatikus válasz", "automatikus üzenet", "házon kívül",
    "szabadságon", "irodán kívül", "răspuns automat", "raspuns automat", "absent din birou", "în afara biroului",
    "automatski odgovor", "izvan ureda", "van kancelarije", "аутоматски одговор", "samodejni odgovor", "odsoten",
    "odsutnost",
    // Baltic, Greek, Turkish, Albanian, Russian, Ukrainian, Bulgarian
    "automaatvastus", "kontorist väljas", "automātiskā atbilde", "prombūtnē", "automatinis atsakymas",
    "automatiškas atsakymas", "nesu biure", "αυτόματη απάντηση", "εκτός γραφείου", "απουσία", "otomatik yanıt",
    "otomatik cevap", "ofis dışında", "ofis dışı", "izindeyim", "përgjigje automatike", "автоматический ответ",
    "автоответ", "автоматическое сообщение", "нет на месте", "отсутствие на рабочем месте", "вне офиса",
    "меня нет в офисе", "в отпуске", "автоматична відповідь", "автовідповідь", "поза офісом", "автоматичен отговор",
    "извън офиса",
    // Chinese, Japanese, Korean, Vietnamese, Thai, Indonesian, Malay, Hindi, Hebrew, Arabic, Persian
    "自动回复", "自动答复", "自動回覆", "自動回復", "外出", "不在办公室", "不在辦公室", "自動応答", "自動返信",
    "自動送信", "不在通知", "不在のお知らせ", "不在届", "休暇中", "자동 회신", "자동 응답", "자동응답", "자동회신",
    "부재중", "부재 중", "trả lời tự động", "vắng mặt", "การตอบกลับอัตโนมัติ", "ตอบกลับอัตโนมัติ",
    "ไม่อยู่ที่สำนักงาน", "balasan otomatis", "jawaban otomatis", "di luar kantor", "jawapan automatik",
    "balasan automatik", "स्वचालित उत्तर", "מענה אוטומטי", "תשובה אוטומטית", "מחוץ למשרד", "رد تلقائي",
    "الرد التلقائي", "خارج المكتب", "پاسخ خودکار",
];

/// What stands anywhere in the subject of an automatic answer, lower case.
#[rustfmt::skip]
const HOLDS: &[&str] = &[
    "is out of the office", "is out of office", "will be out of the office", "out of office reply",
    "out of office autoreply", "out of office notification", "out of office message", "out of office assistant",
    "out of the office until", "out of office until", "is on vacation", "is on leave", "is away from the office",
    "ist nicht im büro", "ist ausser haus", "ist außer haus", "ist im urlaub", "ist abwesend", "est absent",
    "está fuera de la oficina", "está ausente", "è fuori ufficio", "is afwezig", "[auto-reply]", "[auto reply]",
    "[autoreply]", "[auto-response]", "[autoresponse]", "[auto response]", "(auto-reply)", "(auto reply)",
    "(autoreply)", "(auto response)", "(auto-response)", "(automatic reply)", "(automatic response)",
    "(automatische antwort)", "(réponse automatique)", "(respuesta automática)", "(out of office)", "[out of office]",
    "auto-reply from", "autoreply from", "auto reply from", "vacation message", "vacation notice",
    "requires verification verify#", "【自動返信】", "[自動返信]", "（自動返信）", "(自動返信)", "【自动回复】",
];

/// Marks of answers and forwards; a person writes below them.
#[rustfmt::skip]
const ANSWERS: &[&str] = &[
    "re:", "aw:", "sv:", "vs:", "fw:", "fwd:", "wg:", "tr:", "rv:", "antw:", "odp:", "回复:", "答复:", "回覆:",
    "ynt:", "r:", "i:", "enc:", "res:", "doorst:", "re :", "tr :", "re：", "回复：", "答复：",
];

/// How the subjects of other mails that programs write begin, lower case.
#[rustfmt::skip]
const MACHINES: &[&str] = &[
    "** problem", "** recovery", "** acknowledgement", "** flapping", "** downtime", "*** problem", "*** recovery",
    "*** notification", "monit alert --", "[firing:", "[resolved:", "[resolved] ", "[alerting]", "[no data]",
    "cron <", "anacron job", "logwatch for", "smart error (", "[nagios]", "[icinga]", "[zabbix]", "check_mk:",
    "checkmk:", "[prtg", "alarm: \"", "[uptime", "monitor is down", "monitor is up", "fail2ban", "[fail2ban]",
    "denyhosts report",
];

/// How the subjects of mails begin that take another back, lower case; the text must agree, too.
#[rustfmt::skip]
const RECALLS: &[&str] = &[
    "recall:", "message recall", "rückruf:", "nachrichtenrückruf", "rappel :", "rappel:", "recuperar:", "richiamo:",
    "intrekken:", "återkalla:", "tilbagekald:", "tilbakekall:", "wycofaj:", "отзыв:", "撤回:", "取り消し:",
];
#[rustfmt::skip]
const RECALL_TEXTS: &[&str] = &[
    "would like to recall the message", "recall report", "recall was successful", "recall failed",
    "möchte die nachricht", "souhaite rappeler le message", "desea recuperar el mensaje",
    "vuole richiamare il messaggio", "wil het bericht", "wil dit bericht intrekken", "deseja recuperar",
    "deseja recolher", "vill återkalla", "ønsker at tilbagekalde", "vil tilbakekalle", "chce wycofać",
    "хочет отозвать", "撤回邮件", "撤回", "取り消",
];

/// How the subjects of receipts begin, lower case; the text must agree, since people write such subjects, too.
#[rustfmt::skip]
const RECEIPTS: &[&str] = &[
    "read:", "not read:", "delivered:", "read receipt", "return receipt", "disposition notification", "gelesen:",
    "ungelesen gelöscht:", "nicht gelesen:", "lesebestätigung", "zugestellt:", "übermittelt:", "lu :", "lu:",
    "non lu", "remis :", "leído:", "no leído", "entregado:", "letto:", "non letto", "lida:", "lido:", "gelezen:",
    "niet gelezen", "læst:", "lest:", "läst:", "luettu:", "przeczytano:", "přečteno:", "okundu:", "прочитано:",
    "прочтено:", "開封済み:", "開封確認", "已读:", "已读回执", "읽음:", "confirmation de lecture",
    "confirmación de lectura", "conferma di lettura",
];
#[rustfmt::skip]
const RECEIPT_TEXTS: &[&str] = &[
    "was read on", "was deleted without being read", "was displayed on the recipient", "was displayed at",
    "has been read", "has been displayed", "this is a receipt for the mail", "this is a return receipt",
    "was successfully delivered", "has been delivered to the following recipients", "successfully relayed",
    "wurde gelesen", "ungelesen gelöscht", "wurde zugestellt", "a été lu", "a été affiché", "ha sido leído",
    "se leyó", "fue leído", "è stato letto", "è stata letta", "foi lida", "foi lido", "is gelezen", "blev læst",
    "ble lest", "lästes", "został przeczytany", "прочитано", "прочтено", "было прочитано", "開封", "已被阅读", "已读",
    "읽",
];

/// Recognises an automatic answer by its subject. A person's reply to one begins with "Re:" and is not one.
pub(super) fn auto_reply(message: &Message, evidence: &mut Vec<Sign>) {
    let lower = message.subject.to_lowercase().replace('’', "'");
    let bare = lower.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '[' | '(' | '"' | '*' | '【' | '<'));
    let answer = ANSWERS.iter().any(|mark| bare.starts_with(mark));
    if BEGINS.iter().any(|begin| bare.starts_with(begin) || lower.starts_with(begin))
        || !answer && HOLDS.iter().any(|words| lower.contains(words))
    {
        evidence.push(sign(Kind::AutoReply, "subject", &message.subject, true));
    }
}

/// Recognises monitoring, recalls and receipts by their subjects.
pub(super) fn machine(message: &Message, evidence: &mut Vec<Sign>) {
    let lower = message.subject.trim().to_lowercase();
    let begins = |table: &[&str]| table.iter().any(|begin| lower.starts_with(begin));
    if begins(MACHINES) {
        evidence.push(sign(Kind::Machine, "subject", &message.subject, true));
    }
    for (subjects, texts) in [(RECEIPTS, RECEIPT_TEXTS), (RECALLS, RECALL_TEXTS)] {
        if begins(subjects) {
            let text: String = message.text.chars().take(2000).flat_map(char::to_lowercase).collect();
            if texts.iter().any(|words| text.contains(words)) {
                evidence.push(sign(Kind::Machine, "subject", &message.subject, true));
            }
        }
    }
}
