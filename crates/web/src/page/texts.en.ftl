# The frame of every page, and the words of the parts.
skip-to-content = Skip to content
sign-in = Sign in
sign-out = Sign out
account = Your account
navigation = Navigation
places = Places
section-portal = Help
section-desk = Desk
section-programme = Programme
section-admin = Settings
section-account = Account
simulated-short = Simulated
simulated = A simulated organisation: none of these people exist.
keys-title = Keys of this page
keys-down = Down the list
keys-up = Up the list
keys-open = Open
keys-help = Show these keys
close = Close
back = Back
alert-see-to-it = See to it
foot = Runs on The Desk
optional = optional
draft-kept = Draft kept on this device
pages = Pages
page-newer = Newer
page-older = Older
how = How is this computed?

felt-1 = very bad
felt-2 = bad
felt-3 = neither
felt-4 = good
felt-5 = very good
felt-unknown = not said
feels = Last felt { $felt }

channel-portal = Portal
channel-email = Email
channel-chat = Chat
channel-phone = Phone
channel-walk-up = Walk-up
channel-knowledge = Knowledge
channel-forum = Forum
channel-social = Social
channel-notice = Notice
channel-survey = Survey
channel-api = API

stage-evaluation = Evaluation
stage-awareness = Awareness
stage-investigation = Investigation
stage-use = Use
stage-improvement = Improvement

wait-alone = { $elapsed } so far
wait-left = { $left } left
wait-late = { $over } over
wait-spoken = { $elapsed } of { $promised } promised

verdict-better = better
verdict-worse = worse
verdict-same = no visible change
verdict-unknown = cannot tell
finding-n = n = { $n }
finding-response = { $share } answered
finding-response-at-least = at least { $share } answered
finding-between = between { $low } and { $high }
finding-run = The last { $n } periods: from { $first } to { $last }

ribbon-spoken = { $n ->
    [one] The last contact
   *[other] The last { $n } contacts
}
ribbon-dot = { $channel }, { $felt }

# The page that shows all parts.
parts-title = Parts of the house
parts-lead = Every part that pages are made of, with each of its states, on paper and in the dark.
