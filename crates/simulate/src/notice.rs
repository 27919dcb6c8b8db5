//! What the desk says to many: an outage, maintenance, newsletters, flyers.

use crate::Text;
use crate::calendar::{Calendar, DAY, HOUR, MINUTE};
use crate::dice::Dice;
use crate::person::{Person, PersonId};
use crate::places::Site;
use crate::services::Service;
use crate::touch::{Touch, TouchKind};

/// A position in [`crate::Company::notices`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NoticeId(pub u32);

/// A notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Index.
    pub id: NoticeId,
    /// What sort.
    pub kind: NoticeKind,
    /// Title, English.
    pub title: Text,
    /// Title, German.
    pub title_de: Text,
    /// Text, English.
    pub body: Text,
    /// Text, German.
    pub body_de: Text,
    /// About which service, if one.
    pub service: Option<Service>,
    /// For which site, if one.
    pub site: Option<Site>,
    /// When it was sent or hung up.
    pub at: i64,
    /// When what it speaks of begins and ends, for outages and maintenance.
    pub window: Option<(i64, i64)>,
    /// Later news, in time order.
    pub updates: Vec<Update>,
    /// Whom it was sent to (none for flyers).
    pub audience: Vec<PersonId>,
}

/// What sort of notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    /// Something is broken.
    Outage,
    /// Something will be down.
    Maintenance,
    /// News.
    Newsletter,
    /// On paper, with a code.
    Flyer,
}

/// News about a notice.
#[derive(Debug, Clone, PartialEq)]
pub struct Update {
    /// When.
    pub at: i64,
    /// How far it is.
    pub phase: Phase,
    /// English.
    pub text: &'static str,
    /// German.
    pub text_de: &'static str,
}

/// How far the repair is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Looking for the cause.
    Investigating,
    /// Found.
    Identified,
    /// Repaired, watching.
    Monitoring,
    /// Over.
    Resolved,
}

/// The year's notices, who met them, and who was warned of the outage when.
pub(crate) struct News {
    pub(crate) notices: Vec<Notice>,
    pub(crate) touches: Vec<Touch>,
    pub(crate) warned: Vec<Option<i64>>,
}

struct Draft {
    kind: NoticeKind,
    share: f64,
    hour: i64,
    site: Option<Site>,
    service: Option<Service>,
    /// Hours from the notice to the beginning of what it speaks of, and how long that takes, in minutes.
    window: Option<(i64, i64)>,
    /// Of a hundred who get it, how many read it.
    read: f64,
    title: (&'static str, &'static str),
    body: (&'static str, &'static str),
}

static DRAFTS: [Draft; 8] = [
    Draft {
        kind: NoticeKind::Outage,
        share: 0.635,
        hour: 9,
        site: Some(Site::Lisbon),
        service: Some(Service::Vpn),
        window: Some((0, 260)),
        read: 0.42,
        title: ("Lisbon: VPN and outside line are down", "Lissabon: VPN und Außenleitung gestört"),
        body: (
            "Since 9:20 nobody in Lisbon can reach the VPN or anything outside the building. Printing and the phones inside work. You need not report it. Next news here at 10:30.",
            "Seit 9:20 Uhr erreicht in Lissabon niemand das VPN oder etwas außerhalb des Hauses. Drucken und Haustelefone gehen. Sie müssen nichts melden. Nächste Nachricht hier um 10:30 Uhr.",
        ),
    },
    Draft {
        kind: NoticeKind::Newsletter,
        share: 0.17,
        hour: 10,
        site: None,
        service: None,
        window: None,
        read: 0.24,
        title: ("What the desk does, and what it does not", "Was der Service Desk tut, und was nicht"),
        body: (
            "Fifteen people, three teams, about eighty matters a day. How to reach us, what helps us to help you, and why the printer on the second floor is not haunted.",
            "Fünfzehn Leute, drei Teams, rund achtzig Anliegen am Tag. Wie Sie uns erreichen, was uns hilft zu helfen, und warum es am Drucker im zweiten Stock nicht spukt.",
        ),
    },
    Draft {
        kind: NoticeKind::Maintenance,
        share: 0.29,
        hour: 11,
        site: None,
        service: Some(Service::Erp),
        window: Some((55, 300)),
        read: 0.31,
        title: ("ERP closed on Saturday from 18:00 to 23:00", "ERP am Samstag von 18 bis 23 Uhr geschlossen"),
        body: (
            "We move the ERP to new machines. Please save and leave before six. On Sunday everything is as before, only quicker.",
            "Das ERP zieht auf neue Maschinen um. Bitte speichern und vor sechs abmelden. Am Sonntag ist alles wie vorher, nur schneller.",
        ),
    },
    Draft {
        kind: NoticeKind::Flyer,
        share: 0.36,
        hour: 8,
        site: Some(Site::Leipzig),
        service: Some(Service::Terminals),
        window: None,
        read: 0.14,
        title: ("Terminal stopped? Scan here", "Terminal steht? Hier scannen"),
        body: (
            "One scan opens the form for your line. No sign-in.",
            "Ein Scan öffnet das Formular für Ihre Linie. Ohne Anmeldung.",
        ),
    },
    Draft {
        kind: NoticeKind::Maintenance,
        share: 0.52,
        hour: 14,
        site: Some(Site::Hamburg),
        service: Some(Service::Network),
        window: Some((100, 120)),
        read: 0.36,
        title: ("Hamburg: new Wi-Fi on floors 1 to 3", "Hamburg: neues WLAN in den Etagen 1 bis 3"),
        body: (
            "On Monday from 6:00 to 8:00 the Wi-Fi is away. Afterwards your laptop finds the new one by itself; phones ask once.",
            "Am Montag von 6 bis 8 Uhr ist das WLAN weg. Danach findet Ihr Laptop das neue von selbst, Handys fragen einmal.",
        ),
    },
    Draft {
        kind: NoticeKind::Newsletter,
        share: 0.71,
        hour: 10,
        site: None,
        service: None,
        window: None,
        read: 0.27,
        title: ("You said, we did: seven things", "Gesagt, getan: sieben Dinge"),
        body: (
            "The VPN form knows your laptop, rooms have one cable, payslips are where you look. And two wishes that we have declined, with the reasons.",
            "Das VPN-Formular kennt Ihren Laptop, Räume haben ein Kabel, Abrechnungen liegen dort, wo man sucht. Und zwei Wünsche, die wir abgelehnt haben, mit Gründen.",
        ),
    },
    Draft {
        kind: NoticeKind::Flyer,
        share: 0.78,
        hour: 8,
        site: Some(Site::Leeds),
        service: Some(Service::Phone),
        window: None,
        read: 0.11,
        title: ("On the road? The desk calls you back", "Unterwegs? Der Service Desk ruft zurück"),
        body: ("Scan, choose an hour, drive on.", "Scannen, Stunde wählen, weiterfahren."),
    },
    Draft {
        kind: NoticeKind::Maintenance,
        share: 0.93,
        hour: 13,
        site: None,
        service: Some(Service::Payroll),
        window: Some((30, 90)),
        read: 0.29,
        title: ("Payroll portal: a short break tomorrow evening", "Gehaltsportal: morgen Abend kurz nicht da"),
        body: (
            "From 19:00 to 20:30 the payroll portal is updated. Payslips of this month are not affected.",
            "Von 19:00 bis 20:30 Uhr wird das Gehaltsportal aktualisiert. Die Abrechnungen dieses Monats sind nicht betroffen.",
        ),
    },
];

pub(crate) fn notices(people: &[Person], start: i64, end: i64, calendar: &Calendar, dice: &mut Dice) -> News {
    let mut news = News { notices: Vec::new(), touches: Vec::new(), warned: vec![None; people.len()] };
    for draft in &DRAFTS {
        let site = draft.site.unwrap_or(Site::Hamburg);
        // A working day that is neither Monday nor Friday.
        let mut day = start + (draft.share * (end - start) as f64) as i64;
        day -= day.rem_euclid(DAY);
        while calendar.day(day).holiday || !(1..=3).contains(&calendar.day(day).weekday) {
            day += DAY;
        }
        let begins = calendar.utc(site, day + draft.hour * HOUR + 20 * MINUTE);
        let outage = draft.kind == NoticeKind::Outage;
        let at = if outage { begins + 32 * MINUTE } else { begins };
        if at >= end {
            continue;
        }
        let id = NoticeId(news.notices.len() as u32);
        let window =
            draft.window.map(|(after, minutes)| (begins + after * HOUR, begins + after * HOUR + minutes * MINUTE));
        let concerned = |person: &&Person| {
            !person.is_external() && person.started < at && draft.site.is_none_or(|site| person.then(at).0 == site)
        };
        let audience: Vec<PersonId> = if draft.kind == NoticeKind::Flyer {
            Vec::new()
        } else {
            people.iter().filter(concerned).filter(|person| person.email.is_some()).map(|person| person.id).collect()
        };
        for &person in &audience {
            news.touch(at, end, person, draft.service, TouchKind::NoticeSent(id));
            // Those who like the desk read what it writes.
            let liking = people[person.0 as usize].then(at).1.habit_of_going_around();
            if dice.chance(draft.read * (1.25 - liking * 0.9)) {
                let pace = if outage { 14.0 * MINUTE as f64 } else { 5.0 * HOUR as f64 };
                let read = at + (pace * dice.spread()) as i64;
                let seconds = 5 + (20.0 * dice.spread()) as u32;
                news.touch(read, end, person, draft.service, TouchKind::NoticeRead { notice: id, seconds });
                if outage {
                    news.warned[person.0 as usize] = Some(read);
                }
            }
        }
        if draft.kind == NoticeKind::Flyer {
            for person in people.iter().filter(concerned) {
                if dice.chance(draft.read) {
                    let place = dice.pick(&["canteen", "time clock", "line 2", "reception", "coffee kitchen"]);
                    let scanned = at + (20.0 * DAY as f64 * dice.spread()) as i64;
                    let scanned = calendar.opens(site, crate::calendar::OFFICE, scanned) + dice.whole(1, 300) * MINUTE;
                    news.touch(scanned, end, person.id, draft.service, TouchKind::FlyerScanned { notice: id, place });
                }
            }
        }
        let updates = if outage { updates(begins) } else { Vec::new() };
        news.notices.push(Notice {
            id,
            kind: draft.kind,
            title: draft.title.0.into(),
            title_de: draft.title.1.into(),
            body: draft.body.0.into(),
            body_de: draft.body.1.into(),
            service: draft.service,
            site: draft.site,
            at,
            window,
            updates: updates.into_iter().filter(|update| update.at < end).collect(),
            audience,
        });
    }
    news
}

fn updates(begins: i64) -> Vec<Update> {
    let update = |minutes, phase, text, text_de| Update { at: begins + minutes * MINUTE, phase, text, text_de };
    vec![
        update(
            32,
            Phase::Investigating,
            "We see it too and are looking for the cause.",
            "Wir sehen es auch und suchen die Ursache.",
        ),
        update(
            75,
            Phase::Identified,
            "An excavator in the Rua da Palma found our fibre before the provider did. They are splicing it.",
            "Ein Bagger in der Rua da Palma hat unsere Glasfaser vor dem Anbieter gefunden. Sie wird gespleißt.",
        ),
        update(
            262,
            Phase::Monitoring,
            "The line is back. Please reconnect the VPN once. We keep watching.",
            "Die Leitung steht wieder. Bitte das VPN einmal neu verbinden. Wir beobachten weiter.",
        ),
        update(
            390,
            Phase::Resolved,
            "Stable for two hours. Thank you for your patience, and to the canteen for the extra coffee.",
            "Seit zwei Stunden stabil. Danke für die Geduld, und der Kantine für den zusätzlichen Kaffee.",
        ),
    ]
}

impl News {
    fn touch(&mut self, at: i64, end: i64, person: PersonId, service: Option<Service>, kind: TouchKind) {
        if at < end {
            self.touches.push(Touch { at, person, service, need: None, kind });
        }
    }
}
