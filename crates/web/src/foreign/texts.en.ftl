# HTML that somebody else wrote, in its frame.
frame-blocked = { $count ->
    [one] One picture from elsewhere is not shown.
   *[other] { $count } pictures from elsewhere are not shown.
}
frame-blocked-why = Fetching them would tell their sender that this was opened, when, and from where.
frame-show-remote = Show remote pictures ({ $count })
frame-remote-shown = Pictures from elsewhere are shown, fetched by this browser.
frame-hide-remote = Hide them
frame-history = Earlier messages
