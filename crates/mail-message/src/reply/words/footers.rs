//! What phones and mail programs add below a mail by themselves.

/// How such a line begins, whatever a few words more say.
#[rustfmt::skip]
pub(in crate::reply) const BEGINS: &[&str] = &[
    // English
    "sent from my", "sent from mail", "sent from yahoo", "sent from outlook", "sent from proton", "sent with proton", "sent from gmail",
    "sent from samsung", "sent from windows mail", "sent with spark", "sent from spark", "sent via superhuman",
    "sent from em client", "sent from bluemail", "sent from the all new", "get outlook", "get bluemail for", "get typeapp for",
    "please excuse brevity", "please excuse any typos", "please excuse typos", "excuse my brevity",
    // German
    "von meinem iphone", "von meinem ipad", "von meinem mobil", "von meinem handy", "von meinem smartphone", "von meinem samsung",
    "von meinem android", "von meinem galaxy", "von meinem huawei", "von meinem pixel", "gesendet von meinem", "gesendet von unterwegs",
    "diese nachricht wurde von meinem", "holen sie sich outlook", "outlook für ios", "outlook für android", "outlook-app für",
    // French
    "envoyé de mon", "envoyé depuis mon", "envoyé à partir de mon", "télécharger outlook", "obtenir outlook", "obtenez outlook", "provenance : courrier",
    // Spanish, Portuguese
    "enviado desde mi", "enviado de mi", "obtener outlook", "obtén outlook", "descargar outlook", "enviat des del meu",
    "enviado do meu", "enviado a partir do meu", "obter o outlook", "obtenha o outlook", "baixe o outlook",
    // Italian
    "inviato dal mio", "scarica outlook", "ottieni outlook",
    // Dutch
    "verstuurd vanaf mijn", "verzonden vanaf mijn", "verzonden vanuit mijn", "outlook voor", "download outlook", "outlook downloaden",
    // Danish, Norwegian, Swedish, Finnish
    "sendt fra min", "hent outlook", "få outlook", "skaff outlook", "last ned outlook", "skickat från min", "skickat från mitt",
    "hämta outlook", "skaffa outlook", "hanki outlook", "lataa outlook",
    // Polish, Czech, Slovak, Hungarian, Romanian
    "wysłane z mojego", "wysłano z mojego", "pobierz program outlook", "pobierz outlook", "uzyskaj outlook", "pobierz aplikację outlook",
    "odesláno z mého", "odoslané z môjho", "získat outlook", "získejte outlook", "stáhnout outlook", "získať outlook", "az outlook beszerzése",
    "trimis de pe", "obțineți outlook", "descărcați outlook", "obţineţi outlook",
    // Greek, Turkish
    "στάλθηκε από το", "λήψη του outlook", "αποκτήστε το outlook", "outlook'u edinin",
    // Russian, Ukrainian
    "отправлено с моего", "отправлено из мобильной", "скачать outlook", "получить outlook", "загрузить outlook", "надіслано з мого", "надіслано з моєї", "отримати outlook", "завантажити outlook",
    // Chinese, Japanese, Korean
    "发自我的", "發自我的", "发送自我的", "傳送自我的", "来自我的", "從我的", "从我的", "获取 outlook", "取得 outlook", "下载 outlook", "下載 outlook", "获取适用于", "取得適用於", "下载适用于", "私のiphoneから", "outlook を入手", "나의 iphone", "내 iphone",
];

/// How such a line begins when it also names a device or a program of [`PROGRAMS`].
#[rustfmt::skip]
pub(in crate::reply) const BEGINS_WITH_PROGRAM: &[&str] = &[
    "sent from", "sent with", "sent using", "sent via", "sent by", "sent securely", "secured by", "composed on", "typed on", "written on", // English
    "gesendet", "verschickt", "diese nachricht wurde", "diese mail wurde", // German
    "envoyé", "envoi depuis",      // French
    "enviado", "enviada", "enviat", // Spanish, Portuguese, Catalan
    "inviato", "inviata",          // Italian
    "verstuurd", "verzonden",      // Dutch
    "sendt fra", "sendt via", "sendt med", "skickat från", "skickat med", "skickat via", "skickad från", // Danish, Norwegian, Swedish
    "lähetetty", "saadetud",       // Finnish, Estonian
    "wysłane", "wysłano", "wiadomość wysłana", // Polish
    "odesláno", "posláno", "odoslané", "poslané", // Czech, Slovak
    "küldve", "elküldve",          // Hungarian
    "trimis",                      // Romanian
    "στάλθηκε", "εστάλη", "αποστολή από", // Greek
    "отправлено", "послано", "надіслано", "відправлено", "изпратено", // Russian, Ukrainian, Bulgarian
    "发自", "發自", "来自", "來自", "发送自", "傳送自", "寄自", "由", // Chinese
    "poslano", "đã gửi từ", "được gửi từ", "gửi từ", "dikirim dari", "נשלח", "أرسلت من", "تم الإرسال من",
];

/// How such a line ends when it also names a device or a program of [`PROGRAMS`].
#[rustfmt::skip]
pub(in crate::reply) const ENDS_WITH_PROGRAM: &[&str] = &[
    "gesendet", "verschickt", "verzonden", "verstuurd", "gönderildi", "gönderilmiştir", "gönderdim", "küldve", "küldött üzenet",
    "から送信", "から送信されました", "からの送信", "より送信", "から送りました", "에서 보냄", "에서 보냈습니다", "에서 전송됨", "에서 발송", "보냈습니다", "发送", "发出", "傳送", "寄出", "lähetetty", "を入手", "다운로드", "edinin",
];

/// Devices and mail programs.
#[rustfmt::skip]
pub(in crate::reply) const PROGRAMS: &[&str] = &[
    "iphone", "ipad", "ipod", "android", "samsung", "galaxy", "huawei", "xiaomi", "redmi", "google pixel", "blackberry", "nokia", "oneplus", "motorola", "sony xperia", "windows",
    "outlook", "yahoo", "gmail", "proton", "spark", "superhuman", "airmail", "mailbird", "em client", "bluemail", "tutanota", "tuta ", "thunderbird", "k-9", "hotmail", "gmx", "web.de", "libero", "orange", "t-online", "posta", "courrier", "correo", "correio", "e-post", "почт", "пошт", "mail.ru", "mail app", "mail-app", "mailapp", "myma", "aquamail", "canary", "zoho", "qq", "网易", "邮箱", "信箱",
    "smartphone", "handy", "mobil", "móvil", "мобил", "мобіль", "puhelim", "telefo", "telefó", "téléphone", "телефон", "τηλέφωνο", "κινητό", "cihaz", "手机", "手機", "スマートフォン", "スマホ", "携帯", "휴대폰", "스마트폰", "갤럭시", "삼성", "아이폰", "tablet", "phone", "device", "macbook", "my mac",
];
