sign-in-as = Sign in as …
sign-in-as-words = This is a made-up organisation. Choose somebody and look around; nothing you do reaches anyone.
sign-in-by-link = With a link by mail
sign-in-by-link-hint = We send you a link. You need no password.
sign-in-send-link = Send me a link
sign-in-link-sent = If { $email } can receive mail, a link is on its way. It works for an hour.
sign-in-with-password = I work here and have a password
sign-in-wrong = Address and password do not belong together. Try again, or let us send you a link.
sign-in-hello = Hello { $name }
sign-in-go-on = Go on
sign-in-mail-subject = Your way in to { $brand }
sign-in-mail-text =
    Hello { $name },

    here is your way in. It works once, for an hour:
    { $link }

    If you did not ask for it, you need not do anything.

    { $brand }
email = Mail address
password = Password
password-hint = At least 12 characters. A sentence is good.
your-name = Your name
set-up = Set up your desk
set-up-words = You are the first. Make yourself the administrator; you can add others later.
set-up-go = Begin
role-customer = Someone who needs help
role-agent = Agents
role-lead = Experience leads
role-stakeholder = Stakeholders
role-admin = Administrators
done-link-used = That link was used or is too old. Ask for a new one.
done-signed-out = You are signed out.
form-required = Please fill this in.
form-too-long = This is too long. Please shorten it.
form-choose = Please choose one.
form-email = This is not a whole mail address.
form-password-short = This is too short: 12 characters or more, please.
form-file-too-large = A file is too large. Leave it out, or send a smaller one; everything else is kept.
form-too-many-files = These are too many files at once.
error-not-found-title = There is nothing here
error-not-found-words = The page may have moved, or it is not yours to see. Nothing is lost.
error-sign-in-title = Please sign in
error-sign-in-words = This is for people we know. Sign in, and you come straight back here.
error-forbidden-title = This door is not yours
error-forbidden-words = Your account may not do this. If it should, ask your administrator.
error-conflict-title = Somebody was faster
error-conflict-words = This was changed meanwhile, so nothing was done. Look at it again, then try once more.
error-too-large-title = That was too much at once
error-too-large-words = What you sent is larger than we take. Send less, or in several parts.
error-too-many-title = A short pause, please
error-too-many-words = There were too many tries. Wait ten minutes, then try again.
error-refused-title = We could not read that
error-refused-words = The request was not complete. Go back, load the page again and repeat it.
error-internal-title = This is our fault
error-internal-words = Something broke on our side. What was saved is safe. Try again; if it stays, tell us the number below.
error-reference = Number { $reference }
error-way-back = Take me back
