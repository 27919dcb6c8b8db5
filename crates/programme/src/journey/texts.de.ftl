my-journey = Mein Weg
journey-map = Landkarte
journey-lead = Alles, was zwischen dieser Person und dem Service-Desk geschehen ist.
journey-mine-lead = Alles, was zwischen Ihnen und uns geschehen ist.
journey-empty = Noch ist nichts geschehen
journey-empty-words = Die erste Frage, der erste Besuch, die erste Antwort steht dann hier.
journey-about = Zur Person
journey-said = Was sie sagte, und was daraus wurde
journey-said-mine = Was Sie sagten, und was daraus wurde
journey-facts = Heute
journey-facts-mine = Was wir von Ihnen wissen
journey-key = Ein hohles Zeichen ist etwas, das die Person nicht sah.
journey-unseen = hinter den Kulissen
journey-on-behalf = vom Service-Desk notiert
journey-quoted = „{ $words }“
journey-other = Etwas geschah: { $kind }
journey-whole = Der ganze Weg
journey-month = { $month ->
    [1] Januar
    [2] Februar
    [3] März
    [4] April
    [5] Mai
    [6] Juni
    [7] Juli
    [8] August
    [9] September
    [10] Oktober
    [11] November
   *[12] Dezember
} { $year }
imports = Importe
imports-lead = Protokolle anderer Service-Desks, die eingelesen wurden. Aus jedem lässt sich eine Landkarte zeichnen.
imports-empty = Noch kein Protokoll
imports-empty-words = Bringen Sie das Protokoll Ihres bisherigen Systems mit, als XES oder CSV: Ihre Wege sind dann sichtbar, bevor Sie wechseln. Wer dieses System betreibt, braucht dafür einen Befehl:
imports-name = Protokoll
imports-cases = Fälle
imports-events = Ereignisse
imports-when = Eingelesen
imports-unfinished = abgebrochen; noch einmal einlesen, dann geht es weiter
map-title = Der Weg, wie er war
map-lead = Wie viele welchen Weg gingen, und nach welcher Zeit.
map-note = Was zwischen { $first } und { $last } begann
map-spoken = Der Weg, wie er war: { $name }
map-of = Wessen
map-of-desk = Dieser Service-Desk
map-days = Begonnen in
map-period-30 = den letzten 30 Tagen
map-period-90 = den letzten 90 Tagen
map-period-365 = den letzten 12 Monaten
map-period-0 = beliebiger Zeit
map-detail = Zeigen
map-detail-few = Nur die Hauptwege
map-detail-usual = Die üblichen Wege
map-detail-all = Jeden Weg
map-all = Auch hinter den Kulissen
map-show = Zeichnen
map-empty = Kein Weg zu zeichnen
map-empty-words = In dieser Zeit begann nichts. Wählen Sie eine längere, oder eine andere Quelle.
map-facts-tickets = { $n ->
    [one] Anfrage
   *[other] Anfragen
}
map-facts-cases = { $n ->
    [one] Fall
   *[other] Fälle
}
map-facts-steps = { $n ->
    [one] Schritt
   *[other] Schritte
}
map-cut = Nur die neuesten { $n } Schritte wurden gelesen. Wählen Sie eine kürzere Zeit, um alles zu sehen.
map-region = Landkarte, lässt sich verschieben
map-download = Als SVG herunterladen
map-table = Dasselbe als Tabelle
map-table-rest = { $n ->
    [one] Ein weiterer seltener Übergang fehlt hier.
   *[other] { $n } weitere seltene Übergänge fehlen hier.
}
map-from = Von
map-to = Nach
map-count-tickets = Anfragen
map-count-cases = Fälle
map-share = Von allen
map-count = Mal
map-ticket = Anfrage
map-tickets = Anfragen
map-case = Fall
map-cases = Fälle
map-person = Person
map-people = Personen
map-percent = { $n } %
map-under-one = unter 1 %
map-over-ninety-nine = über 99 %
map-at-once = sofort
map-span-s = { $n } s
map-span-min = { $n } min
map-span-h = { $n } Std.
map-span-d = { $n } T.
map-span-months = { $n } Mon.
map-span-years = { $n } J.
map-after = nach { $wait }
map-again = erneut { $n }×
map-once = einmal
map-times = { $n }-mal
map-arc = { $from } nach { $to }
map-median = Wartezeit im Median { $wait }
map-begin = { $n } beginnen mit { $step }
map-finish = { $n } enden mit { $step }
map-start = Anfang
map-end = Ende
map-waits = Wartezeit (Median)
map-colour-1 = unter 1 Std.
map-colour-2 = 1 Std. bis 1 Tag
map-colour-3 = 1 Tag bis 1 Woche
map-colour-4 = 1 Woche bis 30 Tage
map-colour-5 = über 30 Tage
map-wider = Je breiter, desto mehr { $unit }.
map-whole = Alle Übergänge sind gezeigt.
map-hidden = { $hidden } von { $all } Übergängen verborgen, { $share } der Schritte
map-rare-one = 1 seltener Schritt verborgen
map-rare = { $n } seltene Schritte verborgen
map-through = { $n } { $unit } durch { $steps } Schritte.
map-from-to = Von { $from } nach { $to }
