//! Improvements: what people complained about, what was decided, what was done, who was told.

use crate::calendar::{DAY, HOUR};
use crate::dice::Dice;
use crate::person::{Person, PersonId, Role};
use crate::ticket::TicketId;

/// An improvement that somebody in the company decided about.
#[derive(Debug, Clone, PartialEq)]
pub struct Improvement {
    /// Its text, fixed.
    pub story: &'static Story,
    /// The stakeholder, lead or agent who owns it.
    pub owner: PersonId,
    /// First written down.
    pub proposed: i64,
    /// Planned or declined.
    pub decided: Option<i64>,
    /// Work began.
    pub begun: Option<i64>,
    /// Done.
    pub done: Option<i64>,
    /// Who asked for it, each person once, in time order.
    pub raisers: Vec<Raiser>,
    /// When the raisers were told (done, or declined with the reason).
    pub told: Option<i64>,
}

/// What is known of an improvement before anyone lives it.
#[derive(Debug, PartialEq)]
pub struct Story {
    /// Stable.
    pub key: &'static str,
    /// Which situations it is about, by the beginning of their keys.
    pub about: &'static str,
    /// As people said it.
    pub title: &'static str,
    /// The same in German.
    pub title_de: &'static str,
    /// What people wrote, English and German in turn.
    pub said: &'static [(&'static str, &'static str)],
    /// A second proposal with the same meaning, merged into this one.
    pub duplicate: Option<&'static str>,
    /// What was done, or why not.
    pub outcome: &'static str,
    /// The same in German.
    pub outcome_de: &'static str,
    /// How it ends.
    pub ending: Ending,
    /// When it is decided, as a share of the whole time.
    pub decided: f64,
    /// When it is done, as a share of the whole time.
    pub done: f64,
    /// Of a hundred such needs, how many no longer arise afterwards (truth).
    pub effect: f64,
}

/// How an improvement ends, as far as it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ending {
    /// Done and told.
    Done,
    /// Declined, with the reason, and told.
    Declined,
    /// Still in work.
    Doing,
    /// Planned.
    Planned,
    /// Only proposed.
    Proposed,
}

/// Somebody who asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Raiser {
    /// Who.
    pub person: PersonId,
    /// After which ticket.
    pub ticket: TicketId,
    /// When.
    pub at: i64,
}

/// The improvements of the year, before anybody has asked for them.
pub(crate) fn planned(people: &[Person], start: i64, end: i64, dice: &mut Dice) -> Vec<Improvement> {
    let owners: Vec<PersonId> =
        people.iter().filter(|p| matches!(p.role, Role::Lead | Role::Stakeholder)).map(|p| p.id).collect();
    let span = (end - start) as f64;
    let when = |share: f64| start + (share * span) as i64;
    let before_end = |at: i64| (at < end).then_some(at);
    STORIES
        .iter()
        .map(|story| {
            let decided = when(story.decided);
            let over = matches!(story.ending, Ending::Done | Ending::Declined);
            let done = if story.ending == Ending::Done { before_end(when(story.done)) } else { None };
            let last = done.unwrap_or(decided);
            Improvement {
                story,
                owner: dice.pick(&owners),
                proposed: (decided - dice.whole(10, 30) * DAY).max(start + DAY),
                decided: before_end(decided).filter(|_| story.ending != Ending::Proposed),
                begun: match story.ending {
                    Ending::Done | Ending::Doing => before_end(decided + 5 * DAY),
                    _ => None,
                },
                done,
                raisers: Vec::new(),
                told: if over { before_end(last + dice.whole(4, 60) * HOUR) } else { None },
            }
        })
        .collect()
}

/// What is done about one bad answer: somebody writes to the person.
#[derive(Debug, Clone, PartialEq)]
pub struct FollowUp {
    /// The ticket whose survey was answered badly.
    pub ticket: TicketId,
    /// Who looks after it.
    pub owner: PersonId,
    /// When the answer came.
    pub opened: i64,
    /// When the person was contacted.
    pub contacted: Option<i64>,
    /// When it was closed.
    pub closed: Option<i64>,
    /// What was found, once contacted.
    pub note: Option<&'static str>,
    /// The improvement it joined: position in [`crate::Company::improvements`].
    pub improvement: Option<usize>,
}

pub(crate) static NOTES: [&str; 6] = [
    "Called back. Was annoyed about the silence, not about the result.",
    "Wrote an apology and fixed the rest of it on the way.",
    "Talked for five minutes. The form is the problem, not the people.",
    "No answer to two mails. Leaving it at that.",
    "Has a good idea how to avoid this. Joined to the improvement.",
    "We were wrong, said so, and it was taken well.",
];

macro_rules! story {
    ($key:literal, $about:literal, $ending:ident, $decided:literal, $done:literal, $effect:literal, $title:literal, $title_de:literal, [$(($en:literal, $de:literal)),+ $(,)?], $dup:expr, $outcome:literal, $outcome_de:literal) => {
        Story {
            key: $key, about: $about, title: $title, title_de: $title_de, said: &[$(($en, $de)),+], duplicate: $dup,
            outcome: $outcome, outcome_de: $outcome_de, ending: Ending::$ending, decided: $decided, done: $done, effect: $effect,
        }
    };
}

/// The improvements of the year.
pub static STORIES: [Story; 12] = [
    story!(
        "vpn-serial",
        "vpn.",
        Done,
        0.20,
        0.30,
        0.35,
        "The VPN form asks for my serial number twice",
        "Das VPN-Formular fragt zweimal nach der Seriennummer",
        [
            ("Why do I have to type the serial number twice?", "Warum muss ich die Seriennummer zweimal eintippen?"),
            (
                "The VPN form wants a number that I can only see when the laptop is closed.",
                "Das VPN-Formular will eine Nummer, die ich nur bei zugeklapptem Laptop sehe."
            )
        ],
        Some("VPN form: know my laptop by yourself"),
        "The form now knows your laptop. There is nothing left to type.",
        "Das Formular kennt Ihren Laptop jetzt selbst. Sie müssen nichts mehr eintippen."
    ),
    story!(
        "reset-without-call",
        "access.password",
        Done,
        0.24,
        0.38,
        0.45,
        "I have to call somebody to reset a password",
        "Für ein neues Passwort muss ich anrufen",
        [
            (
                "I lose half an hour for a forgotten password, every time.",
                "Für ein vergessenes Passwort verliere ich jedes Mal eine halbe Stunde."
            ),
            (
                "Every shop on the internet can reset a password by itself.",
                "Jeder Shop im Internet kann ein Passwort zurücksetzen."
            )
        ],
        None,
        "You can now reset your password yourself, with a code on your phone, day and night.",
        "Sie können Ihr Passwort jetzt selbst zurücksetzen, mit einem Code aufs Handy, Tag und Nacht."
    ),
    story!(
        "room-screens",
        "rooms.",
        Done,
        0.33,
        0.47,
        0.40,
        "No room has the same cable",
        "Jeder Raum hat ein anderes Kabel",
        [
            (
                "Every meeting begins with a hunt for the right cable.",
                "Jede Besprechung beginnt mit der Suche nach dem richtigen Kabel."
            ),
            ("The adapter in the room was borrowed again.", "Der Adapter im Raum war wieder ausgeliehen.")
        ],
        Some("Adapters vanish from the meeting rooms"),
        "All rooms in Hamburg, Lisbon and Leipzig have one fixed cable that fits every laptop, and a card that shows how.",
        "Alle Räume in Hamburg, Lissabon und Leipzig haben ein festes Kabel, das an jeden Laptop passt, und eine Karte, die es zeigt."
    ),
    story!(
        "first-day",
        "starters.",
        Done,
        0.40,
        0.58,
        0.30,
        "New colleagues sit without a laptop on their first day",
        "Neue sitzen am ersten Tag ohne Laptop da",
        [
            (
                "My new colleague read the company magazine for two days.",
                "Meine neue Kollegin hat zwei Tage lang die Firmenzeitung gelesen."
            ),
            (
                "I filled in three forms for one person, and the badge was still missing.",
                "Drei Formulare für eine Person, und der Ausweis fehlte trotzdem."
            )
        ],
        None,
        "One form, two weeks ahead; HR sends it with the contract. Laptop, badge and accounts are ready on the first morning.",
        "Ein Formular, zwei Wochen vorher, kommt mit dem Vertrag von HR. Laptop, Ausweis und Konten liegen am ersten Morgen bereit."
    ),
    story!(
        "tell-me-when",
        "",
        Done,
        0.45,
        0.62,
        0.0,
        "Nobody tells me how long it will take",
        "Niemand sagt mir, wie lange es dauert",
        [
            ("A date would have been enough for me.", "Ein Datum hätte mir gereicht."),
            ("Silence is the worst part. Just tell me when.", "Das Schlimmste ist die Stille. Sagt mir einfach, wann.")
        ],
        Some("Please say when, even if it is late"),
        "Every first answer now names a day. If we cannot keep it, we write before it is over, not after.",
        "Jede erste Antwort nennt jetzt einen Tag. Wenn wir ihn nicht halten können, schreiben wir vorher und nicht danach."
    ),
    story!(
        "label-printers",
        "terminals.label",
        Done,
        0.52,
        0.70,
        0.40,
        "The label printers stop in the middle of a shift",
        "Die Etikettendrucker bleiben mitten in der Schicht stehen",
        [
            (
                "The line stood still for forty minutes because of a label.",
                "Die Linie stand vierzig Minuten wegen eines Etiketts."
            ),
            (
                "At night nobody answers, and the printer stops at night.",
                "Nachts geht keiner ran, und nachts bleibt der Drucker stehen."
            )
        ],
        None,
        "A spare printer stands ready on each line, and swapping it takes two minutes. The shift leads tried it first.",
        "An jeder Linie steht ein Ersatzdrucker, der Tausch dauert zwei Minuten. Die Schichtleitungen haben es zuerst probiert."
    ),
    story!(
        "payslip-find",
        "payroll.payslip",
        Done,
        0.58,
        0.74,
        0.50,
        "I cannot find my payslip",
        "Ich finde meine Abrechnung nicht",
        [(
            "It is behind 'Documents', 'Archive', 'Other'. Who would guess?",
            "Hinter „Dokumente“, „Archiv“, „Sonstige“. Wer soll das ahnen?"
        )],
        None,
        "The payslip is now the first thing you see in the payroll portal.",
        "Die Abrechnung steht jetzt als Erstes im Gehaltsportal."
    ),
    story!(
        "weekend-desk",
        "",
        Declined,
        0.55,
        0.55,
        0.0,
        "A desk that is open at the weekend",
        "Ein Service Desk, der am Wochenende offen ist",
        [("We work on Saturdays, the desk does not.", "Wir arbeiten samstags, der Service Desk nicht.")],
        None,
        "We looked at it for three months: four contacts a weekend. We cannot staff that. There is now a number for stopped lines, answered by the shift engineer.",
        "Wir haben drei Monate gezählt: vier Anliegen pro Wochenende. Dafür können wir niemanden einteilen. Für stehende Linien gibt es jetzt eine Nummer beim Schichtingenieur."
    ),
    story!(
        "certificate-download",
        "calibration.",
        Done,
        0.66,
        0.80,
        0.45,
        "I must ask for every certificate by mail",
        "Ich muss jeden Kalibrierschein einzeln anfragen",
        [(
            "Auditors wait beside me while I write you a mail.",
            "Der Auditor steht neben mir, während ich Ihnen eine Mail schreibe."
        )],
        Some("Certificates as a list, please"),
        "All certificates of your instruments are in the portal now, back to 2015, also as one archive.",
        "Alle Kalibrierscheine Ihrer Geräte liegen jetzt im Portal, zurück bis 2015, auch als ein Archiv."
    ),
    story!(
        "own-programs",
        "software.",
        Declined,
        0.72,
        0.72,
        0.0,
        "Let engineers install their own programs",
        "Die Entwicklung soll selbst installieren dürfen",
        [(
            "I am trusted with a laser, but not with an installer.",
            "Einen Laser darf ich bedienen, ein Installationsprogramm nicht."
        )],
        None,
        "Not for all programs, because of licences and customers' audits. But forty tools are now free to install from a list, and you can propose more.",
        "Nicht für alle Programme, wegen Lizenzen und Kundenaudits. Aber vierzig Werkzeuge sind jetzt frei installierbar, und Sie können weitere vorschlagen."
    ),
    story!(
        "quarter-end",
        "erp.",
        Doing,
        0.82,
        1.2,
        0.0,
        "ERP is slowest when we need it most",
        "Das ERP ist am langsamsten, wenn wir es am meisten brauchen",
        [
            (
                "Quarter end, and the report takes twenty minutes. Again.",
                "Quartalsende, und der Bericht braucht zwanzig Minuten. Wieder."
            ),
            (
                "We do the closing at night because the system is too slow by day.",
                "Wir machen den Abschluss nachts, weil das System tagsüber zu langsam ist."
            )
        ],
        None,
        "Reports move to a copy of the data, so that booking stays fast. The first three are being tried in finance.",
        "Berichte laufen künftig auf einer Kopie, damit das Buchen schnell bleibt. Die ersten drei werden in der Finanzabteilung erprobt."
    ),
    story!(
        "laptop-swap",
        "laptop.broken",
        Planned,
        0.90,
        1.4,
        0.0,
        "A day without a laptop is a day lost",
        "Ein Tag ohne Laptop ist ein verlorener Tag",
        [
            (
                "My laptop was away for four days and I had nothing in the meantime.",
                "Mein Laptop war vier Tage weg, und ich hatte so lange nichts."
            ),
            (
                "Give me any old machine while you repair mine.",
                "Gebt mir irgendein altes Gerät, solange ihr meines repariert."
            )
        ],
        None,
        "A shelf of ready loan laptops at each site, handed out in ten minutes.",
        "An jedem Standort ein Regal mit fertigen Leihgeräten, Ausgabe in zehn Minuten."
    ),
];
