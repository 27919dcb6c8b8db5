my-journey = My journey
journey-map = Map
journey-lead = Everything that happened between this person and the desk.
journey-mine-lead = Everything that happened between you and us.
journey-empty = Nothing happened yet
journey-empty-words = The first question, visit or answer appears here.
journey-about = About the person
journey-said = What they said, and what came of it
journey-said-mine = What you said, and what came of it
journey-facts = Now
journey-facts-mine = What we know of you
journey-key = A hollow mark is something they did not see.
journey-unseen = behind the scenes
journey-on-behalf = noted by the desk
journey-quoted = “{ $words }”
journey-other = Something happened: { $kind }
journey-whole = The whole journey
journey-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
imports = Imports
imports-lead = Logs of other desks that were read into the ledger. Each can be drawn as a map.
imports-empty = No log yet
imports-empty-words = Bring the log of the desk you have, as XES or CSV: your journeys are visible before you switch. Whoever runs this desk does it with one command:
imports-name = Log
imports-cases = Cases
imports-events = Events
imports-when = Imported
imports-unfinished = cut off; import it again to go on
map-title = The journey as it was
map-lead = How many went which way, and after how long.
map-note = What began between { $first } and { $last }
map-spoken = The journey as it was: { $name }
map-of = Whose
map-of-desk = This desk
map-days = Begun in the last
map-period-30 = 30 days
map-period-90 = 90 days
map-period-365 = 12 months
map-period-0 = any time
map-detail = Show
map-detail-few = Only the main ways
map-detail-usual = The usual ways
map-detail-all = Every way
map-all = Also behind the scenes
map-show = Draw
map-empty = No journey to draw
map-empty-words = Nothing began in this time. Choose a longer one, or another source.
map-facts-tickets = { $n ->
    [one] ticket
   *[other] tickets
}
map-facts-cases = { $n ->
    [one] case
   *[other] cases
}
map-facts-steps = { $n ->
    [one] step
   *[other] steps
}
map-cut = Only the newest { $n } steps were read. Choose a shorter time to see all of it.
map-region = Map, can be scrolled
map-download = Download as SVG
map-table = The same as a table
map-table-rest = { $n ->
    [one] One rare move more is left out.
   *[other] { $n } rare moves more are left out.
}
map-from = From
map-to = To
map-count-tickets = Tickets
map-count-cases = Cases
map-share = Of all
map-count = Times
map-ticket = ticket
map-tickets = tickets
map-case = case
map-cases = cases
map-person = person
map-people = people
map-percent = { $n }%
map-under-one = under 1%
map-over-ninety-nine = over 99%
map-at-once = at once
map-span-s = { $n } s
map-span-min = { $n } min
map-span-h = { $n } h
map-span-d = { $n } d
map-span-months = { $n } months
map-span-years = { $n } years
map-after = after { $wait }
map-again = again { $n }×
map-once = once
map-times = { $n } times
map-arc = { $from } to { $to }
map-median = median wait { $wait }
map-begin = { $n } begin with { $step }
map-finish = { $n } end with { $step }
map-start = Start
map-end = End
map-waits = Median wait
map-colour-1 = under 1 h
map-colour-2 = 1 h to 1 d
map-colour-3 = 1 d to 1 week
map-colour-4 = 1 week to 30 d
map-colour-5 = over 30 d
map-wider = The wider, the more { $unit }.
map-whole = All arcs are shown.
map-hidden = { $hidden } of { $all } arcs hidden, { $share } of moves
map-rare-one = 1 rare step hidden
map-rare = { $n } rare steps hidden
map-through = { $n } { $unit } through { $steps } steps.
map-from-to = From { $from } to { $to }
