#!/usr/bin/env python3
"""Makes the keys and the mails of this crate's tests: people who never were, keys that seal nothing else.

    crates/mail-seal/tests/make.py

Needs gpg 2.2 and openssl 3. What it makes is checked in, so nobody needs to run it; run it to add a case. Every run
makes new keys, and therefore every mail anew.
"""
import base64, json, os, pathlib, quopri, re, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).resolve().parent
KEYS, CASES = HERE / "keys", HERE / "conformance"
WORK = pathlib.Path(tempfile.mkdtemp(prefix="seals"))
BORN, SIGNED = "20240101T000000", "20240201T000000"
NOTICE = "Comment: Made for tests. It seals nothing, and anybody may read it.\n"


def run(*command, stdin=b"", may_fail=False):
    done = subprocess.run([str(word) for word in command], input=stdin, capture_output=True, cwd=WORK)
    if done.returncode and not may_fail:
        raise SystemExit(f"{command}\n{done.stderr.decode()}")
    return done.stdout


# ---- OpenPGP

class Gpg:
    def __init__(self):
        self.home = WORK / "gnupg"
        self.home.mkdir(mode=0o700)
        # Nothing to protect here, and every test opens the keys.
        (self.home / "gpg-agent.conf").write_text("s2k-count 1024\n")

    def __call__(self, *words, stdin=b"", at=SIGNED, word="", **more):
        return run("gpg", "--homedir", self.home, "--batch", "--yes", "--quiet", "--no-tty", "--trust-model", "always",
                   "--faked-system-time", at + "!", "--pinentry-mode", "loopback", "--passphrase", word,
                   "--allow-weak-digest-algos", *words, stdin=stdin, **more)

    def make(self, user, kind="ed25519", sub="cv25519", word="", at=BORN, lasts="0", split=False):
        self("--quick-generate-key", user, kind, "cert" if split else "cert,sign", lasts, at=at, word=word)
        listed = self("--list-keys", "--with-colons", user.split("<")[1].strip(">"), at=at).decode()
        print_ = re.search(r"^fpr:+([0-9A-F]+):", listed, re.M)[1]
        if split:
            self("--quick-add-key", print_, kind, "sign", lasts, at=at, word=word)
        if sub:
            self("--quick-add-key", print_, sub, "encr", lasts, at=at, word=word)
        return print_


gpg = Gpg()
people = {
    "desk": gpg.make("Help Desk <desk@help.example>", word="first word"),
    "archive": gpg.make("Archive of the Desk <archive@help.example>", word="second word"),
    "vault": gpg.make("Vault of the Desk <vault@help.example>", word="a word nobody wrote down"),
    "office": gpg.make("Office of the Desk <office@help.example>", kind="rsa2048", sub="rsa2048"),
    "ada": gpg.make("Ada Quill <ada@example.org>"),
    "dora": gpg.make("Dora Split <dora@example.org>", split=True),
    "rosa": gpg.make("Rosa Stone <rosa@example.org>", kind="rsa2048", sub=None),
    "bob": gpg.make("Bob Late <bob@example.org>", lasts="60d"),
    "carol": gpg.make("Carol Gone <carol@example.org>"),
    "eve": gpg.make("Eve Nobody <eve@example.net>"),
}
WORDS = {"desk": "first word", "archive": "second word", "vault": "a word nobody wrote down"}


def short(who):
    return people[who][-16:]


def sub_id(who, usage="e"):
    listed = gpg("--list-keys", "--with-colons", people[who]).decode().splitlines()
    return [line.split(":")[4] for line in listed if line.startswith("sub:") and usage in line.split(":")[11]][0]


def sign(content, who="ada", *words, at=SIGNED, armour=True):
    by = [part for one in who.split("+") for part in ("-u", people[one])]
    return gpg("--detach-sign", *(["--armor"] if armour else []), *by, *words, stdin=content, at=at, word=WORDS.get(who, ""))


def lock(content, *to, signer=None, words=(), armour=True, hidden=False):
    asked = [word for one in to for word in ("-R" if hidden else "-r", people[one])]
    by = ["--sign", "-u", people[signer]] if signer else []
    return gpg("--encrypt", *(["--armor"] if armour else []), *asked, *by, *words, stdin=content)


def clearsign(content, who="ada"):
    return gpg("--clearsign", "-u", people[who], stdin=content)


def public(who):
    return gpg("--armor", "--export", people[who])


# ---- S/MIME

def make_authorities():
    (WORK / "ca.cnf").write_text("""
[ca]
default_ca = one
[one]
database = index
serial = serial
new_certs_dir = .
default_md = sha256
policy = any
crlnumber = crlnumber
default_crl_days = 20000
unique_subject = no
copy_extensions = none
email_in_dn = yes
crl_extensions = crl
[any]
commonName = supplied
emailAddress = optional
[crl]
authorityKeyIdentifier = keyid
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[person]
basicConstraints = CA:FALSE
keyUsage = digitalSignature,keyEncipherment,keyAgreement
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = email:$ENV::MAIL
[server]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
subjectAltName = email:$ENV::MAIL
""")
    (WORK / "index").write_text("")
    (WORK / "serial").write_text("4A10\n")
    (WORK / "crlnumber").write_text("01\n")


def certificate(name, subject, mail="", by=None, kind="rsa", usage="person", until="20991231235959Z"):
    os.environ["MAIL"] = mail
    key, request, made = f"{name}.key", f"{name}.csr", f"{name}.crt"
    made_by = {"rsa": ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"], "p256": ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"],
               "p384": ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"], "ed25519": ["ED25519"]}[kind]
    run("openssl", "genpkey", "-algorithm", *made_by, "-out", key)
    run("openssl", "req", "-new", "-config", "ca.cnf", "-key", key, "-subj", f"/CN={subject}", "-out", request)
    signer = ["-selfsign", "-keyfile", key] if by is None else ["-cert", f"{by}.crt", "-keyfile", f"{by}.key"]
    run("openssl", "ca", "-config", "ca.cnf", "-batch", "-notext", "-in", request, "-out", made, *signer,
        "-startdate", "20240101000000Z", "-enddate", until, "-extensions", usage)
    return WORK / made


def number(name):
    return run("openssl", "x509", "-in", f"{name}.crt", "-noout", "-serial").decode().strip().split("=")[1]


def cms(*words, stdin, head=True):
    """What openssl makes, the headers that it writes included."""
    made = run("openssl", "cms", *words, stdin=stdin)
    return made if head else made.split(b"\n\n", 1)[1]


make_authorities()
certificate("root", "Test Root", usage="authority")
certificate("between", "Test Between", by="root", usage="authority")
certificate("ada_cert", "Ada Quill", "ada@example.org", by="between")
certificate("pia_cert", "Pia Curve", "pia@example.org", by="between", kind="p256")
certificate("max_cert", "Max Curve", "max@example.org", by="between", kind="p384")
certificate("bob_cert", "Bob Late", "bob@example.org", by="between", until="20240301000000Z")
certificate("carol_cert", "Carol Gone", "carol@example.org", by="between")
certificate("web_cert", "Web Only", "ada@example.org", by="between", usage="server")
certificate("eve_root", "Nobody's Root", usage="authority")
certificate("eve_cert", "Ada Quill", "ada@example.org", by="eve_root")
certificate("desk_cert", "Help Desk", "desk@help.example", by="between")
certificate("sales_cert", "Sales Team", "sales@help.example", by="between", kind="p256")
certificate("board_cert", "Board", "board@help.example", by="between", kind="p384")
certificate("other_cert", "Another Desk", "desk@elsewhere.example", by="between")
run("openssl", "ca", "-config", "ca.cnf", "-revoke", "carol_cert.crt", "-cert", "between.crt", "-keyfile", "between.key")
run("openssl", "ca", "-config", "ca.cnf", "-gencrl", "-cert", "between.crt", "-keyfile", "between.key", "-out", "between.crl")


def pem(name):
    return (WORK / name).read_text()


def keep_keys():
    shutil.rmtree(KEYS, ignore_errors=True)
    (KEYS / "ca").mkdir(parents=True)
    (KEYS / "crl").mkdir()

    def armour(text):
        return text.replace("-----\n\n", "-----\n" + NOTICE + "\n", 1)

    for who in ("desk", "archive", "vault", "office"):
        secret = gpg("--armor", "--export-secret-keys", people[who], word=WORDS.get(who, "")).decode()
        (KEYS / f"{who}.asc").write_text(armour(secret))
    for who in ("ada", "dora", "rosa", "bob"):
        (KEYS / f"{who}.asc").write_text(armour(public(who).decode()))
    # Called back with the certificate that gpg made with the key.
    revocation = (gpg.home / "openpgp-revocs.d" / f"{people['carol']}.rev").read_text().replace(":-----BEGIN", "-----BEGIN")
    carol = public("carol")
    gpg("--import", stdin=revocation[revocation.index("-----BEGIN"):].encode())
    assert public("carol") != carol
    (KEYS / "carol.asc").write_text(armour(public("carol").decode()))
    notice = "Made for tests. It seals nothing, and anybody may read it.\n"
    for who in ("desk", "sales", "board"):
        (KEYS / f"{who}.pem").write_text(notice + pem(f"{who}_cert.crt") + pem(f"{who}_cert.key"))
    (KEYS / "ca" / "root.pem").write_text(notice + pem("root.crt"))
    (KEYS / "crl" / "between.pem").write_text(notice + pem("between.crl"))


# ---- Mails

def crlf(text):
    if isinstance(text, str):
        text = text.encode()
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def mail(body, sender="Ada Quill <ada@example.org>", subject="Broken lamp in room 4", more=""):
    """A mail of headers and a part, which brings its own Content-Type."""
    head = (f"Return-Path: <ada@example.org>\nFrom: {sender}\nTo: Help Desk <desk@help.example>\nSubject: {subject}\n"
            f"Date: Thu, 1 Feb 2024 10:00:00 +0100\nMessage-ID: <{case.number}@mail.example.org>\n{more}MIME-Version: 1.0\n")
    return crlf(head) + crlf(body)


def part(text, kind="text/plain; charset=utf-8", more=""):
    text = text if isinstance(text, bytes) else text.encode()
    return crlf(f"Content-Type: {kind}\n{more}\n") + crlf(text)


def file(content, name, kind="application/octet-stream"):
    more = f'Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"\n'
    return part(base64.encodebytes(content).rstrip(), f'{kind}; name="{name}"', more)


def multipart(subtype, *parts, more="", head=""):
    boundary = f"part-{case.number}-{len(parts)}{subtype[0]}"
    inner = b"".join(crlf(f"--{boundary}\n") + one + b"\r\n" for one in parts)
    return crlf(f'Content-Type: multipart/{subtype}{more}; boundary="{boundary}"\n{head}\n') + inner + crlf(f"--{boundary}--\n")


def pgp_signed(content, signature):
    signed = part(signature, 'application/pgp-signature; name="signature.asc"')
    return multipart("signed", content, signed, more='; micalg=pgp-sha512; protocol="application/pgp-signature"')


def pgp_locked(message):
    version = part("Version: 1", "application/pgp-encrypted")
    locked = part(message, 'application/octet-stream; name="encrypted.asc"')
    return multipart("encrypted", version, locked, more='; protocol="application/pgp-encrypted"')


def case(name, about, body, seal=..., has=(), lacks=(), **how):
    wanted = {"case": about}
    if seal is not ...:
        wanted["seal"] = seal
    if has or lacks:
        wanted["mail"] = {"has": list(has), "lacks": list(lacks)}
    made = body if isinstance(body, bytes) and body.startswith((b"From:", b"Return-Path:")) else mail(body, **how)
    (CASES / f"{name}.eml").write_bytes(made)
    (CASES / f"{name}.json").write_text(json.dumps(wanted, indent=2, ensure_ascii=False) + "\n")
    case.number += 1


case.number = 1
shutil.rmtree(CASES, ignore_errors=True)
CASES.mkdir()

LAMP = part("The lamp in room 4 is broken.\n-- \nAda\n")
ADA, VALID = "Ada Quill <ada@example.org>", {"kind": "pgp", "encrypted": False, "signature": "valid", "notes": []}
OPENED = {"kind": "pgp", "encrypted": True, "opened": True, "signature": None, "notes": []}


def with_signature(word, *notes, **more):
    return {"kind": "pgp", "signature": word, "notes": list(notes), **more}


def locked(*notes, **more):
    return {"kind": "pgp", "encrypted": True, "opened": False, "signature": None, "notes": list(notes), **more}


TEXT = ["The lamp in room 4 is broken."]

case("069-mime-signed", "PGP/MIME, signed by somebody known: the text without the signature's file",
     pgp_signed(LAMP, sign(LAMP)), {**VALID, "signer": ADA, "key": short("ada")}, TEXT, ["BEGIN PGP", "multipart/signed"])
case("069-mime-signed-changed", "one word of the text was changed after it was signed",
     pgp_signed(LAMP.replace(b"room 4", b"room 5"), sign(LAMP)), with_signature("invalid", signer=ADA), ["room 5"])
case("069-mime-signed-by-nobody-known", "signed with a key that is not known",
     pgp_signed(LAMP, sign(LAMP, "eve")), with_signature("unknown-key", signer=None, key=short("eve")), TEXT, sender="Eve Nobody <eve@example.net>")
case("069-mime-signed-key-expired", "the key is out of date",
     pgp_signed(LAMP, sign(LAMP, "bob")), with_signature("expired"), TEXT, sender="Bob <bob@example.org>")
case("069-mime-signed-expired", "the signature itself was to hold for a month only",
     pgp_signed(LAMP, sign(LAMP, "ada", "--default-sig-expire", "30")), with_signature("expired"), TEXT)
case("069-mime-signed-key-revoked", "the key was called back",
     pgp_signed(LAMP, sign(LAMP, "carol")), with_signature("revoked"), TEXT, sender="Carol <carol@example.org>")
case("069-mime-signed-by-another", "a signature that holds, of somebody else than the sender",
     pgp_signed(LAMP, sign(LAMP)), with_signature("mismatch", signer=ADA), TEXT, sender="Rosa Stone <rosa@example.org>")
case("069-mime-signed-name-looks-like-an-address", "the signer's address stands in the sender's name only",
     pgp_signed(LAMP, sign(LAMP)), with_signature("mismatch"), TEXT, sender='"ada@example.org" <eve@example.net>')
case("069-mime-signed-two-senders", "two senders, one of whom signed",
     pgp_signed(LAMP, sign(LAMP)), with_signature("mismatch"), TEXT, sender="ada@example.org, eve@example.net")
case("069-mime-signed-kept-with-bare-line-ends", "a store kept it with LF alone; it was signed with CR LF",
     mail(pgp_signed(LAMP, sign(LAMP))).replace(b"\r\n", b"\n"), VALID, TEXT)
case("069-mime-signed-list-footer", "a list put its footer beside the signed part: it is said that more is there",
     multipart("mixed", pgp_signed(LAMP, sign(LAMP)), part("_____\nlamps mailing list\n")),
     with_signature("valid", "beside"), TEXT + ["lamps mailing list"], subject="[lamps] Broken lamp in room 4")
case("069-mime-signed-footer-inside", "a list put its footer into multipart/signed as a third part",
     multipart("signed", LAMP, part(sign(LAMP), "application/pgp-signature"), part("lamps mailing list\n"),
               more='; protocol="application/pgp-signature"'),
     with_signature("valid", "beside"), TEXT + ["lamps mailing list"])
PROTECTED = part("The lamp is broken.\n", 'text/plain; protected-headers="v1"; charset=utf-8', "Subject: The lamp in room 4\n")
case("069-mime-signed-protected-subject", "the subject is signed with the text, and was changed outside of it",
     pgp_signed(PROTECTED, sign(PROTECTED)), VALID, ["Subject: The lamp in room 4"], ["Subject: [lamps]"], subject="[lamps] x")
case("069-mime-signed-protected-subject-changed", "a protected subject counts only while the signature holds",
     pgp_signed(PROTECTED.replace(b"room 4", b"room 5"), sign(PROTECTED)), with_signature("invalid"), ["Subject: outside"], ["Subject: The lamp"], subject="outside")
case("069-mime-signed-sha1", "made with SHA-1, which can be forged", pgp_signed(LAMP, sign(LAMP, "rosa", "--digest-algo", "SHA1")),
     with_signature("untrusted", "weak"), TEXT, sender="Rosa <rosa@example.org>")
case("069-mime-signed-rsa", "an RSA key", pgp_signed(LAMP, sign(LAMP, "rosa")), VALID, TEXT, sender="Rosa <rosa@example.org>")
case("069-mime-signed-by-a-part-of-a-key", "a part of the key signs, the key itself only vouches for it",
     pgp_signed(LAMP, sign(LAMP, "dora")), {**VALID, "key": sub_id("dora", "s")}, TEXT, sender="Dora <dora@example.org>")
case("069-mime-signed-twice", "two signatures, of which one is known", pgp_signed(LAMP, sign(LAMP, "eve+ada")), {**VALID, "signer": ADA}, TEXT)
case("069-mime-signed-in-the-future", "made a year ahead of our clock", pgp_signed(LAMP, sign(LAMP, at="20270801T000000")),
     with_signature("untrusted"), TEXT)
case("069-mime-signed-no-signature", "the part of the signature is empty", pgp_signed(LAMP, b""), with_signature("invalid", "not-supported"), TEXT)
case("069-mime-signed-with-attachment", "text and a picture under one signature",
     (lambda whole: pgp_signed(whole, sign(whole)))(multipart("mixed", LAMP, file(b"\x89PNG lamp", "lamp.png", "image/png"))),
     VALID, TEXT + ["lamp.png"], ["signature.asc"])

case("069-mime-encrypted", "PGP/MIME, locked for a key of ours", pgp_locked(lock(LAMP, "desk")), OPENED,
     TEXT + ["Subject: Broken lamp", "Message-ID:", "From: Ada"], ["BEGIN PGP"])
case("069-mime-encrypted-and-signed", "locked, and signed within the lock", pgp_locked(lock(LAMP, "desk", signer="ada")),
     {**OPENED, "signature": "valid", "signer": ADA}, TEXT)
case("069-mime-encrypted-and-signed-by-another", "the signature within is of somebody else",
     pgp_locked(lock(LAMP, "desk", signer="ada")), {**OPENED, "signature": "mismatch"}, TEXT, sender="rosa@example.org")
case("069-mime-encrypted-around-signed", "multipart/signed within the lock",
     pgp_locked(lock(pgp_signed(LAMP, sign(LAMP)), "desk")), {**OPENED, "signature": "valid"}, TEXT, ["BEGIN PGP"])
case("069-mime-encrypted-rsa", "an RSA key, and none of our passphrases is needed", pgp_locked(lock(LAMP, "office")), OPENED, TEXT)
case("069-mime-encrypted-for-several", "locked for somebody else and for us", pgp_locked(lock(LAMP, "eve", "desk")), OPENED, TEXT)
case("069-mime-encrypted-hidden-recipient", "it does not say for which key", pgp_locked(lock(LAMP, "desk", hidden=True)), OPENED, TEXT)
case("069-mime-encrypted-second-passphrase", "the key has the second of our passphrases", pgp_locked(lock(LAMP, "archive")), OPENED, TEXT)
case("069-mime-encrypted-wrong-passphrase", "a key of ours that no passphrase opens",
     pgp_locked(lock(LAMP, "vault")), locked("no-passphrase", locked_for=[sub_id("vault")]))
case("069-mime-encrypted-no-key", "no key of ours opens it: kept as it came, with the id of the key",
     pgp_locked(lock(LAMP, "eve")), locked("no-key", locked_for=[sub_id("eve")]))
armoured = lock(LAMP, "desk", words=("--compress-algo", "none"), armour=False)
damaged = bytearray(armoured)
damaged[-40] ^= 1
case("069-mime-encrypted-damaged", "one bit of what is locked was turned: it is not opened at all",
     pgp_locked(bytes(damaged)), locked("damaged"), lacks=TEXT)


def without_integrity(message):
    """The packet that proves its integrity, passed off as one of the old kind that does not."""
    at, out = 0, b""
    while at < len(message):
        tag, length, head = message[at], message[at + 1], 2
        if tag & 0x40:
            if length >= 192:
                length, head = ((length - 192) << 8) + message[at + 2] + 192, 3
        elif tag & 3 == 1:
            length, head = int.from_bytes(message[at + 1:at + 3], "big"), 3
        body = message[at + head:at + head + length]
        if (tag & 0x3F if tag & 0x40 else tag >> 2 & 15) == 18:
            out += bytes([0xC9, 255]) + (len(body) - 1).to_bytes(4, "big") + body[1:]
        else:
            out += message[at:at + head + length]
        at += head + length
    return out


case("069-mime-encrypted-integrity-removed", "the proof of integrity was taken off (EFAIL): it is not opened",
     pgp_locked(without_integrity(armoured)), locked("damaged"), lacks=TEXT)
HTML = '<img src="http://example.net/'
case("069-mime-encrypted-between-html", "HTML around the lock that would carry the opened text away (EFAIL): put aside as files",
     multipart("mixed", part(HTML, "text/html"), pgp_locked(lock(LAMP, "desk")), part('">', "text/html")),
     {**OPENED, "notes": ["beside"]}, TEXT + ["beside-1.html"], [HTML, "text/html"])
case("069-mime-encrypted-mangled-by-exchange", "Exchange made multipart/mixed of it and added an empty text",
     multipart("mixed", part("\n"), part("Version: 1", "application/pgp-encrypted"), file(lock(LAMP, "desk"), "encrypted.asc")), OPENED, TEXT, ["BEGIN PGP"])
case("069-mime-encrypted-bomb", "a small mail that unpacks to a large one stays closed",
     pgp_locked(lock(part("0" * 3_000_000), "desk", words=("--compress-level", "9"))), locked("too-large"))
inner = multipart("mixed", part("Subject: The secret lamp\n", 'text/plain; protected-headers="v1"'), LAMP, more='; protected-headers="v1"',
                  head="Subject: The secret lamp\nIn-Reply-To: <earlier@help.example>\nReferences: <first@help.example> <earlier@help.example>\nFrom: Boss <boss@help.example>\n")
case("069-mime-encrypted-protected-headers", "subject and thread are locked as well, and stand for those outside; the sender does not",
     pgp_locked(lock(inner, "desk", signer="ada")), {**OPENED, "signature": "valid"},
     TEXT + ["Subject: The secret lamp\r\n", "In-Reply-To: <earlier@help.example>", "From: Ada Quill"], ["Subject: ...", "Boss", "\r\n\r\nSubject:"], subject="...")
case("069-mime-encrypted-in-a-forward", "a locked mail that is attached to one that is not: not this mail's seal",
     multipart("mixed", LAMP, part(mail(pgp_locked(lock(LAMP, "desk"))), "message/rfc822")), None)
case("069-mime-encrypted-for-nobody", "locked with a passphrase and no key", pgp_locked(gpg("--symmetric", "--armor", stdin=LAMP, word="x")), locked("no-key", locked_for=[]))
case("069-mime-encrypted-cut-off", "the mail was cut off in the middle", mail(pgp_locked(lock(LAMP, "desk")))[:-150], locked("damaged"))

WORDS_ONLY = b"The lamp in room 4 is broken.\n- one\n-- \nAda\n"
case("069-inline-signed", "clear text with its signature: dashes and all are as they were written",
     part(clearsign(WORDS_ONLY)), VALID, TEXT + ["\r\n- one\r\n-- \r\nAda"], ["BEGIN PGP", "Hash:"])
case("069-inline-signed-changed", "a word of it was changed", part(clearsign(WORDS_ONLY).replace(b"room 4", b"room 5")), with_signature("invalid"), ["room 5"])
case("069-inline-signed-among-other-text", "text above and below that is not signed",
     part(b"Hello,\n\n" + clearsign(WORDS_ONLY) + b"\nlamps mailing list\n"), with_signature("valid", "beside"), TEXT + ["Hello,", "lamps mailing list"])
case("069-inline-signed-in-latin-1", "signed in ISO-8859-1, sent as quoted-printable",
     part(quopri.encodestring(clearsign("Die Lampe ist überall kaputt.\n".encode("latin-1"))), "text/plain; charset=iso-8859-1",
          "Content-Transfer-Encoding: quoted-printable\n"), VALID, ["charset=\"iso-8859-1\""], ["BEGIN PGP"])
case("069-inline-signed-beside-html", "signed text and the same as HTML: the signed one counts",
     multipart("alternative", part(clearsign(WORDS_ONLY)), part("<p>The lamp", "text/html")), VALID, TEXT, ["<p>"])
case("069-inline-signed-attachment-unsigned", "signed text, and a file that nobody signed",
     multipart("mixed", part(clearsign(WORDS_ONLY)), file(b"bill", "bill.pdf", "application/pdf")), with_signature("valid", "beside"), TEXT + ["bill.pdf"])
quoted = b"".join(b"> " + line for line in clearsign(WORDS_ONLY).splitlines(True))
case("069-inline-quoted-signature", "a quoted signed mail is not signed", part(b"I saw this:\n" + quoted + b"\nThanks\n"), None)
case("069-inline-encrypted", "a locked text", part(lock(WORDS_ONLY, "desk")), OPENED, TEXT, ["BEGIN PGP"])
case("069-inline-encrypted-and-signed", "a locked text, signed within", part(lock(WORDS_ONLY, "desk", signer="ada")), {**OPENED, "signature": "valid"}, TEXT)
case("069-inline-encrypted-among-other-text", "text above and below that was not locked",
     part(b"See below:\n\n" + lock(WORDS_ONLY, "desk") + b"\nlamps mailing list\n"), {**OPENED, "notes": ["beside"]}, TEXT + ["See below:", "lamps mailing list"])
case("069-inline-encrypted-no-key", "a locked text that no key of ours opens: it becomes a file",
     part(b"See below:\n\n" + lock(WORDS_ONLY, "eve")), locked("beside", "no-key", locked_for=[sub_id("eve")]), ["See below:", "locked.asc"], ["BEGIN PGP"])
case("069-inline-encrypted-in-html", "armour in HTML and nowhere else",
     part(b"<html><body>" + lock(WORDS_ONLY, "desk").replace(b"\n", b"<br>\n") + b"</body></html>", "text/html"), {**OPENED, "notes": ["beside"]}, TEXT, ["<br>", "<html>"])
case("069-inline-signed-as-one-message", "signed and compressed in armour, not locked",
     part(gpg("--sign", "--armor", "-u", people["ada"], stdin=WORDS_ONLY)), VALID, TEXT, ["BEGIN PGP"])
case("069-inline-armour-without-end", "armour that begins and does not end is text", part("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n"), None)

COVER = part("The list is attached.\n")
case("069-file-encrypted", "a locked file beside a text, as .pgp: its own name comes back",
     multipart("mixed", COVER, file(lock(b"lamp;room\n1;4\n", "desk", armour=False), "lamps.csv.pgp")), {**OPENED, "notes": ["beside"]},
     ["The list is attached.", 'filename="lamps.csv"', base64.b64encode(b"lamp;room\n1;4\n").decode()], [".pgp"])
case("069-file-encrypted-binary-asc", "named .asc, and not in armour",
     multipart("mixed", COVER, file(lock(b"lamp;room\n", "desk", armour=False), "lamps.csv.asc")), {**OPENED, "notes": ["beside"]}, ['filename="lamps.csv"'])
case("069-file-encrypted-no-key", "a locked file that no key of ours opens stays as it is",
     multipart("mixed", COVER, file(lock(b"lamp", "eve"), "lamps.csv.gpg")), locked("beside", "no-key"))
case("069-file-is-the-mail", "the whole mail in one locked file, as old programs sent it",
     file(lock(LAMP, "desk"), "message.asc"), OPENED, TEXT)
LIST = b"lamp;room\r\n1;4\r\n"
case("069-file-signature-beside", "a file and its signature beside it: the text is not signed",
     multipart("mixed", COVER, file(LIST, "lamps.csv"), file(sign(LIST, armour=False), "lamps.csv.sig")),
     with_signature("valid", "beside", "attachment-only"))
case("069-file-signature-beside-changed", "the file was changed after it was signed",
     multipart("mixed", COVER, file(LIST + b"2;5\r\n", "lamps.csv"), file(sign(LIST), "lamps.csv.asc")),
     with_signature("invalid", "beside", "attachment-only"))
case("069-key-attached", "a key came along: whose it says it is, and nothing is signed by it",
     multipart("mixed", COVER, file(public("eve"), "0xEVE.asc", "application/pgp-keys")),
     {"kind": "pgp", "encrypted": False, "signature": None, "came_along": [f"Eve Nobody <eve@example.net> {short('eve')}"], "notes": []})
case("069-key-attached-signed-with-it", "a mail signed with the very key that it brings: still not known",
     (lambda whole: pgp_signed(whole, sign(whole, "eve")))(multipart("mixed", LAMP, file(public("eve"), "key.asc", "application/pgp-keys"))),
     with_signature("unknown-key", came_along=[f"Eve Nobody <eve@example.net> {short('eve')}"]), TEXT, sender="eve@example.net")
case("069-key-inline", "a key in the text", part(b"My key:\n" + public("eve")), {"kind": "pgp", "encrypted": False, "signature": None, "came_along": [f"Eve Nobody <eve@example.net> {short('eve')}"]})
case("069-no-seal", "a mail without any seal", LAMP, None)

# ---- S/MIME

ADA_SIGNS = ("-signer", "ada_cert.crt", "-inkey", "ada_cert.key", "-certfile", "between.crt")
SMIME = {"kind": "smime", "encrypted": False, "signature": "valid", "notes": []}
SMIME_OPENED = {"kind": "smime", "encrypted": True, "opened": True, "signature": None, "notes": []}


def smime_says(word, *notes, **more):
    return {"kind": "smime", "signature": word, "notes": list(notes), **more}


def signs(who):
    return ("-signer", f"{who}.crt", "-inkey", f"{who}.key", "-certfile", "between.crt")


def detached(content=LAMP, by=ADA_SIGNS, *words):
    return cms("-sign", *by, *words, stdin=content)


def opaque(content=LAMP, by=ADA_SIGNS, *words):
    return cms("-sign", "-nodetach", *by, *words, stdin=content)


def enveloped(content, *to, cipher="-aes-128-cbc", words=()):
    return cms("-encrypt", cipher, *words, *(f"{one}.crt" for one in to), stdin=content)


case("070-detached", "the signature beside what it signs, the chain of certificates with it", detached(),
     {**SMIME, "signer": "Ada Quill <ada@example.org>", "key": number("ada_cert")}, TEXT, ["smime.p7s"])
case("070-detached-changed", "one word of the text was changed", detached().replace(b"room 4", b"room 5"), smime_says("invalid", signer="Ada Quill <ada@example.org>"), ["room 5"])
case("070-opaque", "the text is in the signature", opaque(), SMIME, TEXT, ["smime.p7m"])
case("070-opaque-streamed", "written with lengths not known beforehand, as many programs do", opaque(LAMP, ADA_SIGNS, "-stream", "-binary"), SMIME, TEXT)
case("070-opaque-key-named-by-its-id", "the signer named by the id of the key", opaque(LAMP, ADA_SIGNS, "-keyid"), SMIME, TEXT)
case("070-detached-no-attributes", "over the text itself, without attributes", detached(LAMP, ADA_SIGNS, "-noattr"), SMIME, TEXT)
case("070-detached-ecdsa", "a key on the curve P-256", detached(LAMP, signs("pia_cert")), SMIME, TEXT, sender="Pia <pia@example.org>")
case("070-detached-ecdsa-384", "a key on the curve P-384, SHA-384", detached(LAMP, signs("max_cert"), "-md", "sha384"), SMIME, TEXT, sender="Max <max@example.org>")
case("070-detached-pss", "RSA with PSS", detached(LAMP, ADA_SIGNS, "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:-1"), SMIME, TEXT)
case("070-detached-pss-long-salt", "RSA with PSS in a form that is not read: nothing can be said, also not that it is wrong",
     detached(LAMP, ADA_SIGNS, "-keyopt", "rsa_padding_mode:pss"), smime_says("untrusted", "not-supported"), TEXT)
case("070-detached-sha512", "SHA-512", detached(LAMP, ADA_SIGNS, "-md", "sha512"), SMIME, TEXT)
case("070-detached-sha1", "made with SHA-1, which can be forged", detached(LAMP, ADA_SIGNS, "-md", "sha1"), smime_says("untrusted", "weak"), TEXT)
case("070-detached-chain-missing", "the certificate between the signer's and the authority's is not with it",
     detached(LAMP, ADA_SIGNS[:4]), smime_says("untrusted", "no-authority"), TEXT)
case("070-detached-no-certificate", "the signer's certificate is not with it", detached(LAMP, ADA_SIGNS[:4], "-nocerts"),
     smime_says("unknown-key", key=number("ada_cert")), TEXT)
case("070-detached-untrusted", "the same name and address, vouched for by nobody whom we trust",
     detached(LAMP, ("-signer", "eve_cert.crt", "-inkey", "eve_cert.key", "-certfile", "eve_root.crt")), smime_says("untrusted", "no-authority"), TEXT)
case("070-detached-expired", "the certificate is out of date", detached(LAMP, signs("bob_cert")), smime_says("expired"), TEXT, sender="bob@example.org")
case("070-detached-revoked", "the certificate is on the authority's list of revoked ones", detached(LAMP, signs("carol_cert")), smime_says("revoked"), TEXT, sender="carol@example.org")
case("070-detached-not-for-mail", "a certificate for web servers", detached(LAMP, signs("web_cert")), smime_says("untrusted", "no-authority"), TEXT)
case("070-detached-by-another", "holds, and is of somebody else than the sender", detached(), smime_says("mismatch"), TEXT, sender="rosa@example.org")
case("070-detached-list-footer", "a list put its footer beside it", multipart("mixed", crlf(detached()).replace(b"MIME-Version: 1.0\r\n", b"", 1), part("lamps mailing list\n")),
     smime_says("valid", "beside"), TEXT + ["lamps mailing list"])
case("070-detached-old-names", "with the names from before they were registered",
     detached().replace(b"application/pkcs7-signature", b"application/x-pkcs7-signature"), SMIME, TEXT)
case("070-enveloped", "locked for a certificate of ours: AES in a chain, RSA PKCS #1", enveloped(LAMP, "desk_cert"), SMIME_OPENED, TEXT, ["smime.p7m"])
case("070-enveloped-aes-256", "AES with 256 bits", enveloped(LAMP, "desk_cert", cipher="-aes-256-cbc"), SMIME_OPENED, TEXT)
case("070-enveloped-aes-192", "AES with 192 bits", enveloped(LAMP, "desk_cert", cipher="-aes-192-cbc"), SMIME_OPENED, TEXT)
case("070-enveloped-authenticated", "AES with a proof of integrity", enveloped(LAMP, "desk_cert", cipher="-aes-256-gcm"), SMIME_OPENED, TEXT)
case("070-enveloped-3des", "triple DES, only to read what was locked long ago", enveloped(LAMP, "desk_cert", cipher="-des3"), SMIME_OPENED, TEXT)
case("070-enveloped-streamed", "written with lengths not known beforehand", enveloped(LAMP, "desk_cert", words=("-stream",)), SMIME_OPENED, TEXT)


def by_recipient(*words, who="desk_cert", cipher="-aes-128-cbc"):
    return cms("-encrypt", cipher, "-recip", f"{who}.crt", *words, stdin=LAMP)


case("070-enveloped-oaep", "RSA OAEP", by_recipient("-keyopt", "rsa_padding_mode:oaep"), SMIME_OPENED, TEXT)
case("070-enveloped-oaep-sha256", "RSA OAEP with SHA-256",
     by_recipient("-keyopt", "rsa_padding_mode:oaep", "-keyopt", "rsa_oaep_md:sha256", "-keyopt", "rsa_mgf1_md:sha256"), SMIME_OPENED, TEXT)
case("070-enveloped-for-a-team", "another team's certificate, a key that is agreed on over P-256", by_recipient(who="sales_cert"), SMIME_OPENED, TEXT)
case("070-enveloped-p384", "a key that is agreed on over P-384, SHA-256, AES-256",
     by_recipient("-keyopt", "ecdh_kdf_md:sha256", who="board_cert", cipher="-aes-256-cbc"), SMIME_OPENED, TEXT)
case("070-enveloped-for-several", "locked for another desk and for us", enveloped(LAMP, "other_cert", "desk_cert"), SMIME_OPENED, TEXT)
case("070-enveloped-key-named-by-its-id", "the recipient named by the id of the key", enveloped(LAMP, "desk_cert", words=("-keyid",)), SMIME_OPENED, TEXT)
case("070-enveloped-no-key", "locked for another desk: kept as it came, with the number of the certificate",
     enveloped(LAMP, "other_cert"), {**SMIME_OPENED, "opened": False, "notes": ["no-key"], "locked_for": [number("other_cert")]})


def turned(message, at=-60):
    head, body = message.split(b"\n\n", 1)
    raw = bytearray(base64.b64decode(body))
    raw[at] ^= 1
    return head + b"\n\n" + base64.encodebytes(bytes(raw))


case("070-enveloped-damaged", "one bit turned, and the proof of integrity says so",
     turned(enveloped(LAMP, "desk_cert", cipher="-aes-128-gcm")), {**SMIME_OPENED, "opened": False, "notes": ["damaged"]})
case("070-signed-inside-enveloped", "signed, then locked", enveloped(detached(), "desk_cert"), {**SMIME_OPENED, "signature": "valid"}, TEXT, ["p7s", "p7m"])
case("070-opaque-inside-enveloped-old-names", "an opaque signature within a lock, both as x-pkcs7-mime",
     enveloped(opaque().replace(b"pkcs7-mime", b"x-pkcs7-mime"), "desk_cert").replace(b"pkcs7-mime", b"x-pkcs7-mime"), {**SMIME_OPENED, "signature": "valid"}, TEXT)
case("070-enveloped-inside-signed", "locked, then signed", opaque(enveloped(LAMP, "desk_cert")), {**SMIME_OPENED, "signature": "valid"}, TEXT)
case("070-enveloped-as-a-file", "of no type, by its name alone",
     re.sub(rb"application/(x-)?pkcs7-mime[^\n]*(\n[ \t][^\n]*)*", b'application/octet-stream; name="smime.p7m"', enveloped(LAMP, "desk_cert")), SMIME_OPENED, TEXT)
case("070-compressed", "compressed data is not read", cms("-compress", stdin=LAMP) if b"zlib" in run("openssl", "version", "-a", may_fail=True) else
     part(base64.encodebytes(bytes.fromhex("300f060b2a864886f70d0109100109a000")), "application/pkcs7-mime; smime-type=compressed-data", "Content-Transfer-Encoding: base64\n"),
     {"kind": "smime", "opened": False, "notes": ["not-supported"]})
case("070-broken", "not readable as what it says it is", part("bm90aGluZw==", "application/pkcs7-mime; name=smime.p7m", "Content-Transfer-Encoding: base64\n"),
     {"kind": "smime", "opened": False, "notes": ["not-supported"]})
inner = part("The lamp is broken.\n", 'text/plain; protected-headers="v1"', "Subject: The secret lamp\nReferences: <first@help.example>\n")
case("071-smime-protected-headers", "subject and thread come from within the lock", enveloped(inner, "desk_cert"), SMIME_OPENED,
     ["Subject: The secret lamp", "References: <first@help.example>"], ["Subject: ..."], subject="...")
case("071-pgp-read-as-the-mail", "what is read is the mail without its lock: its headers, the locked part, nothing of the lock",
     pgp_locked(lock(multipart("mixed", LAMP, file(b"bill", "bill.pdf", "application/pdf")), "desk")), OPENED,
     TEXT + ["bill.pdf", "Date: Thu, 1 Feb 2024", "To: Help Desk"], ["pgp-encrypted", "encrypted.asc"])

keep_keys()
run("gpgconf", "--homedir", gpg.home, "--kill", "all")
shutil.rmtree(WORK)
print(len(list(CASES.glob("*.eml"))), "mails")
