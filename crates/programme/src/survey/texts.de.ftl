survey-title = Wie war es?
survey-thanks = Danke
survey-privacy =
    Vertraulich, nicht anonym: Ihren Namen { $readers ->
        [0] sehen nur die, die sich darum kümmern
        [one] sieht nur die eine Person, die sich darum kümmert
       *[other] sehen die { $readers } Personen, die sich darum kümmern
    }. Ergebnisse zeigen wir erst ab { $k } Personen.
survey-satisfaction = Wie zufrieden sind Sie damit, wie wir das erledigt haben?
survey-satisfaction-1 = Sehr unzufrieden
survey-satisfaction-2 = Eher unzufrieden
survey-satisfaction-3 = Weder noch
survey-satisfaction-4 = Eher zufrieden
survey-satisfaction-5 = Sehr zufrieden
survey-emotion = Und wie hat es sich angefühlt?
survey-send = Absenden
survey-enough = Das genügt. Alles Weitere hilft uns noch mehr.
survey-nothing = Wählen Sie mindestens eine Antwort; die anderen können Sie auslassen.
survey-look-again = Etwas passt noch nicht. Nichts von Ihrer Eingabe ist verloren.
survey-more = Falls Sie noch eine Minute haben
survey-effort = { $brand } hat es mir leicht gemacht, das zu erledigen.
survey-effort-low = gar nicht
survey-effort-high = voll und ganz
survey-word = Wenn ein Wort genügen müsste
survey-word-none = Kein Wort
survey-word-relieved = Erleichtert
survey-word-confident = Zuversichtlich
survey-word-respected = Ernst genommen
survey-word-neutral = Neutral
survey-word-confused = Ratlos
survey-word-anxious = Beunruhigt
survey-word-frustrated = Genervt
survey-word-ignored = Übersehen
survey-lost = Wie viel Arbeitszeit hat Sie das ungefähr gekostet?
survey-lost-none = Keine
survey-lost-under-quarter = Unter 15 Minuten
survey-lost-under-hour = 15 bis 60 Minuten
survey-lost-hours = 1 bis 4 Stunden
survey-lost-half-day = Einen halben Tag oder mehr
survey-lost-days = Mehr als einen Tag
survey-first = Wenn wieder etwas nicht geht: Wohin würden Sie sich zuerst wenden?
survey-first-desk = An { $brand }
survey-first-acquaintance = An jemanden in der IT, den ich kenne
survey-first-colleague = An eine Kollegin oder einen Kollegen
survey-first-search = Ich würde selbst suchen
survey-first-bear = Ich würde damit leben
survey-comment = Was hätte es besser gemacht?
survey-consent = Dürfen wir uns deswegen melden?
survey-consent-yes = Ja, Sie dürfen mir schreiben
survey-consent-hint = Sonst erfahren Sie von uns nur, was daraus geworden ist.
survey-send-all = Alles absenden
survey-kept = Wir haben Ihre Antwort. Bis { $until } können Sie sie ergänzen oder ändern.
survey-over = Diese Frage ist geschlossen
survey-over-words = Sie war eine Weile offen. Wenn Sie etwas auf dem Herzen haben, schreiben Sie uns: Ein Mensch liest es.
survey-over-ask = Uns schreiben
survey-not-sorted = Doch noch nicht erledigt?
survey-not-sorted-link = Sagen Sie es uns bei Ihrer Anfrage
survey-not-now = Jetzt nicht
survey-never = Bitte nicht mehr fragen
survey-panel-thanks = Danke, dass Sie uns gesagt haben, wie es war.
survey-panel-change = Ansehen oder ändern
done-survey-answered = Danke. Ihre Antwort ist da.
done-survey-dismissed = In Ordnung. Dazu fragen wir nicht noch einmal.
done-survey-refused = Verstanden. Wir fragen Sie nicht mehr.
survey-mail-subject = Wie war es? { $subject }
survey-mail-text =
    Guten Tag { $name },

    Sie haben gesagt, dass „{ $subject }“ erledigt ist. Wie war es? Zweimal tippen genügt:
    { $link }

    { $privacy }

    { $brand }
did-survey-invited = Wurde gefragt, wie es war
did-survey-withheld = Wurde nicht gefragt, wie es war
did-survey-answered = Hat gesagt, wie es war
did-survey-amended = Hat die Antwort geändert
did-survey-dismissed = Wollte nicht sagen, wie es war
pulse-title = Die letzten zwei Wochen
pulse-why = Wir fragen alle der Reihe nach, jeden Tag ein paar. Zwei Klicks genügen.
pulse-trouble = Stand Ihnen in den letzten zwei Wochen etwas in der IT bei der Arbeit im Weg?
pulse-yes = Ja
pulse-no = Nein
pulse-went = Denken Sie an das letzte Mal. Was haben Sie zuerst getan?
pulse-went-hint = Es gibt keine falsche Antwort. Wenn ein anderer Weg besser war, wollen wir gerade das wissen.
pulse-went-desk = Ich ging zu { $brand }
pulse-went-acquaintance = Ich fragte jemanden in der IT, den ich kenne
pulse-went-colleague = Ich fragte im Kollegenkreis
pulse-went-search = Ich suchte selbst nach der Lösung
pulse-went-bear = Ich lebte damit
pulse-reported = Haben Sie { $brand } davon erzählt, gleich oder später?
pulse-panel = Sie sind dran: zwei Klicks
pulse-panel-words = Stand Ihnen zuletzt etwas bei der Arbeit im Weg? Wir fragen alle der Reihe nach.
pulse-still = Steht es Ihnen noch im Weg?
pulse-mail-subject = Stand Ihnen zuletzt etwas im Weg?
pulse-mail-text =
    Guten Tag { $name },

    stand Ihnen in den letzten zwei Wochen etwas in der IT bei der Arbeit im Weg? Wir fragen alle der Reihe nach, auch die, die uns nie schreiben. Zwei Klicks genügen:
    { $link }

    { $privacy }

    { $brand }
did-pulse-invited = Wurde nach den letzten zwei Wochen gefragt
did-pulse-withheld = Wurde nicht nach den letzten zwei Wochen gefragt
did-pulse-answered = Sagte, wie die letzten zwei Wochen waren
did-pulse-amended = Änderte, was zu zwei Wochen gesagt war
did-pulse-dismissed = Wollte zu zwei Wochen nichts sagen
