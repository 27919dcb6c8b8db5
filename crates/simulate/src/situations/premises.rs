//! Meeting rooms, badges, doors.

use super::{NOW, Party, Situation, TODAY, WEEK, Who, Words};
use crate::services::Service;

pub(super) static TABLE: &[Situation] = &[
    Situation {
        key: "rooms.screen",
        service: Service::Rooms,
        who: Who::Office,
        weight: 18,
        minutes: 18,
        hurry: NOW,
        party: None,
        en: Words {
            subjects: &["No picture in {room}", "Adapter gone from {room}", "Screen in {room} finds nothing"],
            bodies: &[
                "We sit in {room} with a customer and the screen shows a mountain lake instead of my slides.",
                "The adapter in {room} is gone. Again. The meeting begins at {hour}.",
                "The screen in {room} says 'no signal' with four different laptops.",
            ],
            ask: "Which of the two cables are you using, the black or the grey one?",
            answer: "The grey one, the black one fits nothing.",
            done: "The screen was set to the wrong input. It now switches by itself, and a spare adapter is chained to the table.",
        },
        de: Words {
            subjects: &["Kein Bild in {room}", "Adapter in {room} fehlt", "Bildschirm in {room} findet nichts"],
            bodies: &[
                "Wir sitzen mit einem Kunden in {room}, und der Bildschirm zeigt einen Bergsee statt meiner Folien.",
                "Der Adapter in {room} ist weg. Wieder. Die Besprechung beginnt um {hour} Uhr.",
                "Der Bildschirm in {room} meldet „kein Signal“, mit vier verschiedenen Laptops.",
            ],
            ask: "Welches der beiden Kabel nehmen Sie, das schwarze oder das graue?",
            answer: "Das graue, das schwarze passt nirgends.",
            done: "Der Bildschirm stand auf dem falschen Eingang. Er schaltet jetzt selbst um, und am Tisch hängt ein Ersatzadapter an der Kette.",
        },
    },
    Situation {
        key: "rooms.sound",
        service: Service::Rooms,
        who: Who::Office,
        weight: 12,
        minutes: 20,
        hurry: TODAY,
        party: Some(Party::Supplier),
        en: Words {
            subjects: &["Echo in {room}", "They cannot hear us from {room}"],
            bodies: &[
                "In {room} the others hear themselves twice. For some that is once too often.",
                "{site} cannot hear us. We see them waving, which is nice, but slow.",
            ],
            ask: "Do you use the microphone on the table or the one of a laptop?",
            answer: "The one on the table. One of the laptops was open too.",
            done: "Two microphones were listening to each other. The table one has a new program and mutes laptops by itself now.",
        },
        de: Words {
            subjects: &["Echo in {room}", "Man hört uns aus {room} nicht"],
            bodies: &[
                "In {room} hören sich die anderen doppelt. Bei manchen ist das einmal zu viel.",
                "{site} hört uns nicht. Wir sehen sie winken, das ist nett, aber langsam.",
            ],
            ask: "Nutzen Sie das Mikrofon am Tisch oder das vom Laptop?",
            answer: "Das am Tisch. Ein Laptop war auch offen.",
            done: "Zwei Mikrofone hörten einander zu. Das am Tisch hat neue Software und schaltet Laptops jetzt stumm.",
        },
    },
    Situation {
        key: "rooms.booking",
        service: Service::Rooms,
        who: Who::Office,
        weight: 10,
        minutes: 10,
        hurry: TODAY,
        party: None,
        en: Words {
            subjects: &["Cannot book {room}", "{room} booked twice"],
            bodies: &[
                "{room} has been booked every {day} until 2030 by somebody who left last year.",
                "Two groups stand in front of {room} at {hour}, both with a confirmation. We are being very polite.",
            ],
            ask: "Which of the two meetings has been there longer?",
            answer: "Ours, since the beginning of the month.",
            done: "The old series is gone and the calendar no longer accepts two at once. {room} is yours.",
        },
        de: Words {
            subjects: &["{room} lässt sich nicht buchen", "{room} doppelt gebucht"],
            bodies: &[
                "{room} ist jeden {day} bis 2030 gebucht, von jemandem, der seit letztem Jahr weg ist.",
                "Vor {room} stehen um {hour} Uhr zwei Gruppen, beide mit Bestätigung. Alle sind sehr höflich.",
            ],
            ask: "Welche der beiden Besprechungen steht länger drin?",
            answer: "Unsere, seit Monatsanfang.",
            done: "Die alte Serie ist gelöscht, und der Kalender nimmt keine zwei mehr an. {room} gehört Ihnen.",
        },
    },
    Situation {
        key: "badge.lost",
        service: Service::Badge,
        who: Who::All,
        weight: 12,
        minutes: 12,
        hurry: TODAY,
        party: None,
        en: Words {
            subjects: &["Badge lost", "Left my badge on the train"],
            bodies: &[
                "My badge travelled on to the end of the line without me. Please lock it.",
                "I have looked everywhere for my badge since {day}. It will turn up the moment you make a new one, I promise.",
            ],
            ask: "Shall I lock it at once, or do you want to look until tomorrow?",
            answer: "Lock it, please.",
            done: "The old badge is locked and a new one lies at reception in {site}. Please bring something with a photo.",
        },
        de: Words {
            subjects: &["Ausweis verloren", "Ausweis im Zug liegen lassen"],
            bodies: &[
                "Mein Ausweis ist ohne mich bis zur Endstation gefahren. Bitte sperren.",
                "Ich suche meinen Ausweis seit {day}. Er taucht auf, sobald Sie einen neuen machen, versprochen.",
            ],
            ask: "Soll ich ihn gleich sperren, oder möchten Sie bis morgen suchen?",
            answer: "Bitte sperren.",
            done: "Der alte Ausweis ist gesperrt, ein neuer liegt am Empfang in {site}. Bitte etwas mit Foto mitbringen.",
        },
    },
    Situation {
        key: "badge.door",
        service: Service::Badge,
        who: Who::All,
        weight: 12,
        minutes: 16,
        hurry: TODAY,
        party: Some(Party::Facilities),
        en: Words {
            subjects: &["Door does not open for me", "Locked out of the laboratory"],
            bodies: &[
                "The door to the laboratory blinks red at me since {day}. I work there.",
                "My badge opens the front door, the car park and the canteen, but not the room with my chair in it.",
            ],
            ask: "Which number is on the little plate above the reader?",
            answer: "T-{number}.",
            done: "Your badge had lost that group when you changed teams. It is in again; the door needs up to ten minutes to hear of it.",
        },
        de: Words {
            subjects: &["Tür öffnet nicht", "Aus dem Labor ausgesperrt"],
            bodies: &[
                "Die Tür zum Labor blinkt mich seit {day} rot an. Ich arbeite dort.",
                "Mein Ausweis öffnet Haupttür, Parkhaus und Kantine, aber nicht den Raum mit meinem Stuhl.",
            ],
            ask: "Welche Nummer steht auf dem Schildchen über dem Leser?",
            answer: "T-{number}.",
            done: "Beim Teamwechsel war diese Gruppe verloren gegangen. Sie ist wieder drin; die Tür braucht bis zu zehn Minuten, bis sie es weiß.",
        },
    },
    Situation {
        key: "badge.parking",
        service: Service::Badge,
        who: Who::Office,
        weight: 6,
        minutes: 10,
        hurry: WEEK,
        party: Some(Party::Facilities),
        en: Words {
            subjects: &["Car park barrier", "Place for a visitor's car"],
            bodies: &[
                "The barrier does not know my new number plate and the line behind me grows.",
                "A customer comes by car on {day} at {hour}. Where may they stand?",
            ],
            ask: "What is the number plate?",
            answer: "HH LH {number}.",
            done: "The barrier knows the plate from now on. Place 14 is kept free.",
        },
        de: Words {
            subjects: &["Schranke am Parkhaus", "Parkplatz für Besuch"],
            bodies: &[
                "Die Schranke kennt mein neues Kennzeichen nicht, und die Schlange hinter mir wächst.",
                "Ein Kunde kommt am {day} um {hour} Uhr mit dem Auto. Wo darf er stehen?",
            ],
            ask: "Wie ist das Kennzeichen?",
            answer: "HH LH {number}.",
            done: "Die Schranke kennt das Kennzeichen ab jetzt. Platz 14 ist freigehalten.",
        },
    },
];
