# Der Rahmen jeder Seite und die Wörter der Bausteine.
skip-to-content = Zum Inhalt springen
sign-in = Anmelden
sign-out = Abmelden
account = Ihr Konto
navigation = Navigation
places = Orte
section-portal = Hilfe
section-desk = Service-Desk
section-programme = Programm
section-admin = Einstellungen
section-account = Konto
simulated-short = Simuliert
simulated = Eine simulierte Organisation: Keine dieser Personen gibt es.
keys-title = Tasten auf dieser Seite
keys-down = In der Liste abwärts
keys-up = In der Liste aufwärts
keys-open = Öffnen
keys-help = Diese Tasten zeigen
close = Schließen
back = Zurück
alert-see-to-it = Kümmern
foot = Läuft mit The Desk
optional = freiwillig
draft-kept = Entwurf auf diesem Gerät aufgehoben
pages = Seiten
page-newer = Neuere
page-older = Ältere
how = Wie wird das berechnet?

felt-1 = sehr schlecht
felt-2 = schlecht
felt-3 = weder noch
felt-4 = gut
felt-5 = sehr gut
felt-unknown = keine Angabe
feels = Zuletzt empfunden: { $felt }

channel-portal = Portal
channel-email = E-Mail
channel-chat = Chat
channel-phone = Telefon
channel-walk-up = Vor Ort
channel-knowledge = Wissen
channel-forum = Forum
channel-social = Soziale Medien
channel-notice = Mitteilung
channel-survey = Umfrage
channel-api = API

stage-evaluation = Abwägen
stage-awareness = Kennenlernen
stage-investigation = Erkunden
stage-use = Nutzen
stage-improvement = Verbessern

wait-alone = bisher { $elapsed }
wait-left = noch { $left }
wait-late = { $over } darüber
wait-spoken = { $elapsed } von { $promised } zugesagten

verdict-better = besser
verdict-worse = schlechter
verdict-same = keine sichtbare Änderung
verdict-unknown = nicht zu sagen
finding-n = n = { $n }
finding-response = { $share } haben geantwortet
finding-response-at-least = mindestens { $share } haben geantwortet
finding-between = zwischen { $low } und { $high }
finding-run = Die letzten { $n } Zeiträume: von { $first } bis { $last }

ribbon-spoken = { $n ->
    [one] Der letzte Kontakt
   *[other] Die letzten { $n } Kontakte
}
ribbon-dot = { $channel }, { $felt }

# Die Seite, die alle Bausteine zeigt.
parts-title = Bausteine des Hauses
parts-lead = Alle Bausteine, aus denen Seiten bestehen, in jedem Zustand, auf Papier und im Dunkeln.
