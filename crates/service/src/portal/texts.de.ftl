portal-hello = Guten Tag, { $name }
portal-help = Wie können wir helfen?
portal-example = Mein VPN bricht immer ab
portal-ask-words = Mit Ihren eigenen Worten. Die Antwort kommt per Mail.
portal-mine-words = Sehen Sie, wo sie stehen, und ergänzen Sie sie.
portal-said-and-done = Gesagt, getan
portal-said-and-done-words = Was sich geändert hat, weil es jemand gesagt hat.
