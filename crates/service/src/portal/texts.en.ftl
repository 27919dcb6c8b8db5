portal-hello = Hello { $name }
portal-help = How can we help?
portal-example = My VPN keeps dropping
portal-ask-words = In your own words. You get an answer by mail.
portal-mine-words = See where they stand, and add to them.
portal-said-and-done = You said, we did
portal-said-and-done-words = What changed because somebody told us.
