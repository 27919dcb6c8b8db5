//! What people say around the matter itself: greetings, chasers, thanks, hand-over notes. It is long because it is one
//! table of phrases in two languages.

use crate::Text;
use crate::dice::Dice;
use crate::person::{Language, Person};
use crate::places::Site;
use crate::situations::Party;

/// What fills the braces of a situation's texts, the same throughout one ticket.
pub(crate) struct Details {
    room: &'static str,
    device: String,
    number: String,
    colleague: &'static str,
    hour: String,
    day: &'static str,
    site: &'static str,
    app: &'static str,
}

impl Details {
    pub(crate) fn new(site: Site, language: Language, colleague: &'static str, dice: &mut Dice) -> Self {
        let days = match language {
            Language::En => ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
            Language::De => ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"],
        };
        Self {
            room: dice.pick(site.rooms()),
            device: format!("LH-{:05}", dice.whole(10_200, 48_900)),
            number: format!("{}", dice.whole(400_120, 489_990)),
            colleague,
            hour: format!("{}:{}", dice.whole(9, 17), dice.pick(&["00", "15", "30"])),
            day: dice.pick(&days),
            site: site.name(),
            app: dice.pick(&["LabView", "SolidEdge", "Minitab", "Acrobat", "Visio", "Power BI", "draw.io", "Matlab"]),
        }
    }

    #[cfg(test)]
    pub(crate) fn sample() -> Self {
        Self::new(Site::Hamburg, Language::En, "Nils", &mut Dice::new(1))
    }

    pub(crate) fn fill(&self, text: &'static str) -> Text {
        if !text.contains('{') {
            return text.into();
        }
        let mut filled = String::with_capacity(text.len() + 24);
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            filled.push_str(&rest[..open]);
            let close = rest[open..].find('}').map_or(rest.len() - 1, |at| open + at);
            filled.push_str(match &rest[open + 1..close] {
                "room" => self.room,
                "device" => &self.device,
                "number" => &self.number,
                "colleague" => self.colleague,
                "hour" => &self.hour,
                "day" => self.day,
                "site" => self.site,
                "app" => self.app,
                _ => &rest[open..=close],
            });
            rest = &rest[close + 1..];
        }
        filled.push_str(rest);
        filled.into()
    }
}

fn by<'a>(language: Language, en: &'a [&'static str], de: &'a [&'static str]) -> &'a [&'static str] {
    match language {
        Language::En => en,
        Language::De => de,
    }
}

/// The person's whole message: some greet, some do not, some sign, some press.
pub(crate) fn letter(person: &Person, matter: &str, hurried: bool, dice: &mut Dice) -> Text {
    let language = person.language;
    let greeting = dice.pick(by(
        language,
        &["Hi,\n\n", "Hello,\n\n", "Hi all,\n\n", "Good morning,\n\n", "Hello team,\n\n", "", ""],
        &["Hallo,\n\n", "Moin,\n\n", "Guten Morgen,\n\n", "Hallo zusammen,\n\n", "Guten Tag,\n\n", "", ""],
    ));
    let press = if hurried && dice.chance(0.55) {
        dice.pick(by(
            language,
            &[
                " It is a bit urgent, sorry.",
                " I have a customer on the phone in an hour.",
                " I cannot really work until this is sorted.",
                " Could somebody look at it today?",
                " Quick help would be wonderful.",
                " I am only in until three.",
            ],
            &[
                " Es ist leider etwas eilig.",
                " In einer Stunde habe ich einen Kunden in der Leitung.",
                " Ich kann so nicht richtig arbeiten.",
                " Könnte heute noch jemand schauen?",
                " Schnelle Hilfe wäre toll.",
                " Ich bin nur bis drei da.",
            ],
        ))
    } else {
        ""
    };
    let close = dice.pick(by(
        language,
        &["\n\nThanks,\n", "\n\nThank you\n", "\n\nBest regards,\n", "\n\nCheers,\n", "\n\nMany thanks,\n", "\n\n", ""],
        &[
            "\n\nDanke,\n",
            "\n\nViele Grüße\n",
            "\n\nDanke und Gruß\n",
            "\n\nVielen Dank\n",
            "\n\nBeste Grüße\n",
            "\n\n",
            "",
        ],
    ));
    let sign = match close {
        "" => String::new(),
        _ if dice.chance(0.5) || person.is_external() => person.name(),
        _ => person.given.to_owned(),
    };
    format!("{greeting}{matter}{press}{close}{sign}").into()
}

/// What an agent notes down of a call or a visit.
pub(crate) fn dictated(person: &Person, matter: &str, dice: &mut Dice) -> Text {
    let lead = dice.pick(by(
        person.language,
        &["Caller says: ", "Told me: ", "In their words: ", ""],
        &["Sagt: ", "Schildert: ", "In eigenen Worten: ", ""],
    ));
    format!("{lead}{matter}").into()
}

/// An agent's message with its frame.
pub(crate) fn reply(person: &Person, agent: &str, matter: &str, dice: &mut Dice) -> Text {
    let greeting = dice.pick(by(person.language, &["Hi", "Hello", "Hi"], &["Hallo", "Moin", "Hallo"]));
    let close = dice.pick(by(
        person.language,
        &["Best,", "Kind regards,", "All the best,", "Regards,"],
        &["Viele Grüße", "Beste Grüße", "Gruß", "Schönen Tag noch,"],
    ));
    format!("{greeting} {},\n\n{matter}\n\n{close}\n{agent}", person.given).into()
}

pub(crate) fn taken(language: Language, dice: &mut Dice) -> &'static str {
    dice.pick(by(
        language,
        &[
            "I have it and am looking into it now. You will hear from me today.",
            "Thanks for the clear description. I want to check one thing on our side first and come back to you.",
            "Got it. I can see the same thing here, so it is not you. Back shortly.",
            "I am on it. If it gets worse in the meantime, please answer here.",
        ],
        &[
            "Ich habe es und schaue es mir jetzt an. Sie hören heute noch von mir.",
            "Danke für die gute Beschreibung. Ich prüfe erst etwas bei uns und melde mich.",
            "Ist angekommen. Ich sehe dasselbe, es liegt also nicht an Ihnen. Melde mich gleich.",
            "Bin dran. Wenn es schlimmer wird, antworten Sie bitte einfach hier.",
        ],
    ))
}

pub(crate) fn passing_on(language: Language, dice: &mut Dice) -> &'static str {
    dice.pick(by(
        language,
        &[
            "This needs rights that I do not have, so I am passing it to the colleagues who do. You need not do anything.",
            "I have tried what I can from here. A colleague from the other team takes over and has everything you wrote.",
            "That one belongs to another team. I have told them what we know, so that you need not repeat it.",
        ],
        &[
            "Dafür fehlen mir die Rechte, ich gebe es an die Kollegen weiter. Sie müssen nichts tun.",
            "Von hier aus habe ich alles versucht. Ein Kollege aus dem anderen Team übernimmt und hat alles, was Sie geschrieben haben.",
            "Das gehört zu einem anderen Team. Ich habe alles weitergegeben, Sie müssen nichts wiederholen.",
        ],
    ))
}

pub(crate) fn note(hand_over: bool, dice: &mut Dice) -> &'static str {
    if hand_over {
        dice.pick(&[
            "Wrong queue, sorry. Tried the usual, no change.",
            "User is friendly but has told this twice already. Please do not ask again, everything is above.",
            "Needs admin rights on the other side. Facts are in the first message.",
            "Not ours after all. Logs look fine here, so I think it is yours.",
            "I have no access to that system. Passing on before it gets old.",
        ])
    } else {
        dice.pick(&[
            "Same as last week's case, see there.",
            "Checked the log: nothing before nine, then errors every minute.",
            "Rang the number, no answer. Trying again after lunch.",
            "Third one this month. We should write this down somewhere.",
            "Could not reproduce it here. Works on my machine, as they say.",
            "Setting was changed in the last update. Put it back.",
            "Asked around: two others on the same floor have it too.",
        ])
    }
}

pub(crate) fn waiting(language: Language, party: Party, dice: &mut Dice) -> &'static str {
    let (en, de): (&[_], &[_]) = match party {
        Party::Supplier => (
            &[
                "I have ordered it. The supplier says three to five working days; I will write as soon as it is here.",
                "It is on order. I will let you know when the parcel arrives.",
            ],
            &[
                "Ist bestellt. Der Lieferant sagt drei bis fünf Werktage, ich melde mich, sobald es da ist.",
                "Die Bestellung ist raus. Ich sage Bescheid, wenn das Paket kommt.",
            ],
        ),
        Party::Vendor => (
            &[
                "This looks like a fault in the program itself. I have opened a case with the vendor and will push them.",
                "The vendor knows about it and is working on a fix. I will keep you posted.",
            ],
            &[
                "Das sieht nach einem Fehler im Programm aus. Ich habe einen Fall beim Hersteller eröffnet und bleibe dran.",
                "Der Hersteller kennt das und arbeitet daran. Ich halte Sie auf dem Laufenden.",
            ],
        ),
        Party::Manager => (
            &[
                "This needs a yes from your manager; I have just asked for it. Then it is quick.",
                "Your manager has to approve this. The request is in their inbox.",
            ],
            &[
                "Das muss Ihre Führungskraft freigeben, ich habe eben gefragt. Danach geht es schnell.",
                "Die Freigabe liegt bei Ihrer Führungskraft im Postfach.",
            ],
        ),
        Party::Facilities => (
            &[
                "Facilities have to come and look at it. They plan it for this week.",
                "I have asked facilities, since it is in the wall and not in the device.",
            ],
            &[
                "Das muss sich die Haustechnik ansehen. Geplant ist diese Woche.",
                "Ich habe die Haustechnik gebeten, es liegt in der Wand und nicht am Gerät.",
            ],
        ),
        Party::Payroll => (
            &[
                "I have asked the payroll colleagues to check the figures. They answer within two days as a rule.",
                "That is a question for payroll; I have passed it on and stay on it.",
            ],
            &[
                "Ich habe die Kollegen der Abrechnung gebeten, die Zahlen zu prüfen. Meist dauert es zwei Tage.",
                "Das ist eine Frage an die Abrechnung, ich habe sie weitergegeben und bleibe dran.",
            ],
        ),
        Party::Carrier => (
            &[
                "The fault is with the phone company. They have given me a number and no time, but I call them daily.",
                "I have reported it to the carrier and wait for their answer.",
            ],
            &[
                "Die Störung liegt beim Anbieter. Ich habe eine Nummer und keine Uhrzeit, frage aber täglich nach.",
                "Ich habe es dem Anbieter gemeldet und warte auf Antwort.",
            ],
        ),
        Party::Laboratory => (
            &[
                "The calibration laboratory has to look this up. I have asked them and come back to you.",
                "I have passed this to the laboratory; they need a day or two.",
            ],
            &[
                "Das muss das Kalibrierlabor nachsehen. Ich habe gefragt und melde mich.",
                "Ich habe es ans Labor gegeben, es braucht ein bis zwei Tage.",
            ],
        ),
    };
    dice.pick(by(language, en, de))
}

pub(crate) fn chaser(language: Language, again: bool, dice: &mut Dice) -> &'static str {
    if again {
        return dice.pick(by(
            language,
            &[
                "Me again. Is somebody still working on this?",
                "I do not want to be a nuisance, but it has been a while now. What is happening?",
                "Still nothing here. Should I ask somebody else?",
            ],
            &[
                "Ich noch mal. Arbeitet noch jemand daran?",
                "Ich möchte nicht lästig sein, aber es dauert jetzt schon. Was passiert gerade?",
                "Hier hat sich nichts getan. Soll ich jemand anderen fragen?",
            ],
        ));
    }
    dice.pick(by(
        language,
        &[
            "Any news on this?",
            "Hi, just checking whether somebody has seen this.",
            "Is there an update? It still does not work.",
            "Hello? I would like to plan my day.",
            "Any idea when this will be done?",
            "Sorry to ask again, how far is this?",
        ],
        &[
            "Gibt es schon etwas Neues?",
            "Hallo, hat das schon jemand gesehen?",
            "Gibt es einen Stand? Es geht immer noch nicht.",
            "Hallo? Ich würde gern meinen Tag planen.",
            "Wann ist damit zu rechnen?",
            "Darf ich noch mal nachfragen, wie weit das ist?",
        ],
    ))
}

pub(crate) fn thanks(language: Language, quick: bool, dice: &mut Dice) -> &'static str {
    if quick && dice.chance(0.4) {
        return dice.pick(by(
            language,
            &["Brilliant, that was quick.", "That was fast. Thank you!", "Already works. Thanks!"],
            &["Super, das ging schnell.", "So schnell! Vielen Dank.", "Geht schon wieder, danke!"],
        ));
    }
    dice.pick(by(
        language,
        &[
            "Works, thank you!",
            "Perfect, thanks.",
            "All good now. Thanks for staying with it.",
            "Thank you, it works again.",
            "Great, thanks a lot. Have a nice weekend when it comes.",
        ],
        &[
            "Läuft, danke!",
            "Perfekt, danke schön.",
            "Alles gut jetzt. Danke fürs Dranbleiben.",
            "Vielen Dank, es geht wieder.",
            "Klasse, vielen Dank.",
        ],
    ))
}

pub(crate) fn still_broken(language: Language, dice: &mut Dice) -> &'static str {
    dice.pick(by(
        language,
        &[
            "Sorry, but it is back. Same thing as before.",
            "It worked for an hour and now it does not.",
            "I am afraid this is not solved. I have just tried it again.",
            "Not quite: it is better than before, but not right yet.",
        ],
        &[
            "Leider ist es wieder da, genau wie vorher.",
            "Es ging eine Stunde und jetzt nicht mehr.",
            "Das ist leider nicht gelöst, ich habe es gerade noch mal versucht.",
            "Fast: besser als vorher, aber noch nicht richtig.",
        ],
    ))
}

pub(crate) fn second_try(language: Language, dice: &mut Dice) -> &'static str {
    dice.pick(by(
        language,
        &["Sorry about that. I had treated the symptom only. Now the cause is gone as well; please try once more.", "You were right, there was a second setting. I have changed that too and tested it from here.", "My mistake. I have done it again from scratch and watched it for half an hour: stable."],
        &["Das tut mir leid, ich hatte nur das Symptom behandelt. Jetzt ist auch die Ursache weg, bitte noch einmal versuchen.", "Sie hatten recht, es gab eine zweite Einstellung. Die habe ich auch geändert und von hier getestet.", "Mein Fehler. Ich habe es neu aufgesetzt und eine halbe Stunde beobachtet: stabil."],
    ))
}

/// Ending without a solution: because the person never answered, or because there is none.
pub(crate) fn giving_up(language: Language, unanswered: bool, dice: &mut Dice) -> &'static str {
    let (en, de): (&[_], &[_]) = if unanswered {
        (
            &[
                "I have not heard from you, so I am closing this for now. Just answer here and it is open again.",
                "As there was no answer I assume that it is settled. If not, a short reply is enough.",
            ],
            &[
                "Da ich nichts gehört habe, schließe ich das erst einmal. Eine Antwort hier genügt, dann ist es wieder offen.",
                "Ohne Antwort nehme ich an, dass es sich erledigt hat. Falls nicht, reicht eine kurze Nachricht.",
            ],
        )
    } else {
        (
            &[
                "We cannot change this at the moment, I am afraid. I have noted it for the owner of the service.",
                "I have found no cause and it looks fine from here, so I am closing this. Please write again if it comes back.",
                "There is no way to do this today. I know that is not what you hoped for.",
            ],
            &[
                "Das können wir im Moment leider nicht ändern. Ich habe es beim Verantwortlichen vermerkt.",
                "Ich habe keine Ursache gefunden, von hier sieht es gut aus. Ich schließe das; bitte melden, wenn es wiederkommt.",
                "Dafür gibt es heute keinen Weg. Ich weiß, das hatten Sie sich anders erhofft.",
            ],
        )
    };
    dice.pick(by(language, en, de))
}

/// Why a comment is made, so that it fits the story.
#[derive(Clone, Copy)]
pub(crate) enum About {
    Good,
    Waiting,
    Chasing,
    PassedAround,
    Unsolved,
    Middling,
}

pub(crate) fn comment(language: Language, about: About, dice: &mut Dice) -> &'static str {
    let (en, de): (&[_], &[_]) = match about {
        About::Good => (
            &[
                "Quick and friendly. More please.",
                "Solved before my coffee was cold.",
                "They explained it so that I can do it myself next time.",
                "Very patient with me, thank you.",
                "I had feared an afternoon on hold. It took ten minutes.",
                "Nothing to complain about, and I looked.",
                "It helped to be told what happens next.",
            ],
            &[
                "Schnell und freundlich, gern wieder.",
                "Gelöst, bevor der Kaffee kalt war.",
                "So erklärt, dass ich es nächstes Mal selbst kann.",
                "Sehr geduldig mit mir, danke.",
                "Ich hatte mit einem Nachmittag Warteschleife gerechnet. Es waren zehn Minuten.",
                "Es gibt nichts zu meckern, und ich habe gesucht.",
                "Gut, dass mir gesagt wurde, wie es weitergeht.",
            ],
        ),
        About::Waiting => (
            &[
                "Nice people, but silence is a poor answer.",
                "By the time it worked I no longer needed it.",
                "Nobody told me how long it would take, so I sat and waited.",
                "I would rather hear 'not before Thursday' than nothing.",
            ],
            &[
                "Nette Leute, aber Stille ist keine gute Antwort.",
                "Als es ging, brauchte ich es nicht mehr.",
                "Niemand hat gesagt, wie lange es dauert, also saß ich da und wartete.",
                "Lieber höre ich „nicht vor Donnerstag“ als gar nichts.",
            ],
        ),
        About::Chasing => (
            &[
                "I had to ask for news myself. A single line would have been enough.",
                "It moved only when I asked. What happens to those who do not ask?",
                "Asking twice should not be part of the process.",
            ],
            &[
                "Ich musste selbst nachfragen. Eine Zeile hätte gereicht.",
                "Bewegt hat es sich erst, als ich fragte. Was ist mit denen, die nicht fragen?",
                "Zweimal nachfragen sollte nicht dazugehören.",
            ],
        ),
        About::PassedAround => (
            &[
                "I told the same story again and again.",
                "Everybody was kind and nobody was responsible.",
                "Please find out who does it before you answer.",
                "Passed on twice. The third one fixed it in a minute.",
            ],
            &[
                "Ich habe dieselbe Geschichte immer wieder erzählt.",
                "Alle waren freundlich und keiner zuständig.",
                "Bitte erst klären, wer es macht, dann antworten.",
                "Zweimal weitergereicht. Der Dritte hatte es in einer Minute.",
            ],
        ),
        About::Unsolved => (
            &[
                "It was closed, but it was not solved.",
                "I have found my own way around it in the end.",
                "The ticket is closed and I still cannot do it.",
                "The answer had nothing to do with my question.",
            ],
            &[
                "Geschlossen ja, gelöst nein.",
                "Am Ende habe ich mir selbst geholfen.",
                "Das Ticket ist zu und es geht immer noch nicht.",
                "Die Antwort hatte mit meiner Frage nichts zu tun.",
            ],
        ),
        About::Middling => (
            &[
                "Fine in the end, a bit slow to start.",
                "All right. The form asks for things I cannot know.",
                "Solved, though I am not sure what it was.",
                "It works now. Could have been on the intranet.",
            ],
            &[
                "Am Ende gut, am Anfang etwas langsam.",
                "In Ordnung. Das Formular fragt Dinge, die ich nicht wissen kann.",
                "Gelöst, auch wenn ich nicht weiß, was es war.",
                "Geht jetzt. Hätte auch im Intranet stehen können.",
            ],
        ),
    };
    dice.pick(by(language, en, de))
}
