use std::path::Path;

use super::{Options, PASSWORD, Ports};
use crate::Error;
use crate::folder::User;

/// Dovecot, with every address as a user, everything in one folder, and nothing that needs root.
pub(super) fn dovecot(folder: &Path, user: User, ports: &Ports, options: &Options) -> Result<String, Error> {
    let (folder, User { uid, gid, .. }) = (folder.display(), user);
    let (name, group) = names(user)?;
    let port = ports.imap.number();
    let (imaps, pop3, pop3s) = match options.certificate {
        Some(_) => (ports.imaps.number(), ports.pop3.number(), ports.pop3s.number()),
        None => (0, ports.pop3.number(), 0),
    };
    let mut more = String::new();
    let mut protocols = "imap lmtp";
    let mut mechanisms = "plain login";
    if options.certificate.is_some() {
        more += &format!("ssl = yes\nssl_cert = <{folder}/server.pem\nssl_key = <{folder}/server.key\n");
    } else {
        more += "ssl = no\n";
    }
    if options.pop3 {
        protocols = "imap lmtp pop3";
        more += &format!(
            "service pop3-login {{\n  chroot =\n  inet_listener pop3 {{\n    port = {pop3}\n  }}\n  \
             inet_listener pop3s {{\n    port = {pop3s}\n  }}\n}}\n"
        );
    }
    if let Some(capability) = &options.imap_capability {
        more += &format!("protocol imap {{\n  imap_capability = {capability}\n}}\n");
    }
    if options.introspection.is_some() {
        mechanisms = "plain login xoauth2 oauthbearer";
        more += &format!(
            "passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf\n}}\n"
        );
    }
    Ok(format!(
        r"
base_dir = {folder}/dovecot
state_dir = {folder}/dovecot
log_path = {folder}/dovecot.log
protocols = {protocols}
listen = 127.0.0.1
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_cache_size = 0
default_internal_user = {name}
default_internal_group = {group}
default_login_user = {name}
first_valid_uid = 1
first_valid_gid = 0
mail_location = maildir:~/Maildir
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no
postmaster_address = postmaster@desk.example
hostname = mail.desk.example
mail_max_userip_connections = 1000

{more}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={PASSWORD}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail/%Lu allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {imaps}
  }}
}}
service lmtp {{
  unix_listener {folder}/lmtp {{
    mode = 0600
    user = {name}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"
    ))
}

/// Exim, with no privileges and no way out of this machine.
pub(super) fn exim(folder: &Path, user: User, ports: &Ports, options: &Options) -> Result<String, Error> {
    let folder = folder.display();
    let (port, smtps) = (ports.smtp.number(), ports.smtps.number());
    let tls = if options.certificate.is_some() {
        format!(
            "daemon_smtp_ports = {port} : {smtps}\ntls_on_connect_ports = {smtps}\ntls_advertise_hosts = *\n\
             tls_certificate = {folder}/server.pem\ntls_privatekey = {folder}/server.key"
        )
    } else {
        format!("daemon_smtp_ports = {port}\ntls_advertise_hosts =")
    };
    let (name, group) = names(user)?;
    // A name, alone or followed by -anything or +anything. (\N keeps Exim from expanding what stands between.)
    let named = |name: &str| format!(r"\N^{name}([-+].*)?$\N");
    let (refuse, defer, greylist) = (named("refuse"), named("defer"), named("greylist"));
    let (reject, hang, bounce) = (named("reject"), named("hang"), named("bounce"));
    Ok(format!(
        r"
exim_user = {name}
exim_group = {group}
deliver_drop_privilege = true
spool_directory = {folder}/exim
log_file_path = {folder}/exim/log/%s
pid_file_path = {folder}/exim/exim.pid
primary_hostname = mail.desk.example
{tls}
local_interfaces = 127.0.0.1
disable_ipv6 = true
host_lookup =
rfc1413_query_timeout = 0s
chunking_advertise_hosts = *
smtp_accept_max = 200
smtp_accept_max_nonmail = 1000
message_size_limit = 100M
ignore_bounce_errors_after = 1h
keep_environment =
domainlist ours = *.example

acl_smtp_rcpt = recipient
acl_smtp_data = content

begin acl

recipient:
  deny    message = 550 we do not carry mail for $domain
          domains = ! +ours
  deny    message = 550 5.1.1 no such person here
          local_parts = {refuse}
  defer   message = 450 4.2.0 mailbox busy, come back later
          local_parts = {defer}
  # A rate of 1 is the first time in an hour that this sender writes to this recipient.
  defer   message = 450 4.7.1 not known yet, come back in a moment
          local_parts = {greylist}
          ! ratelimit = 1.5 / 1h / strict / per_cmd / ${{sha256:$sender_address $local_part@$domain}}
  warn    local_parts = {reject}
          set acl_m_reject = yes
  warn    local_parts = {hang}
          set acl_m_hang = yes
  accept

content:
  deny    message = 550 5.7.1 we do not like what this says
          condition = ${{if eq{{$acl_m_reject}}{{yes}}}}
  drop    condition = ${{if eq{{$acl_m_hang}}{{yes}}}}
          delay = 1h
  accept

begin routers

returned:
  driver = redirect
  local_parts = {bounce}
  allow_fail
  data = :fail: 550 5.1.1 the mailbox is gone

delivered:
  driver = accept
  domains = +ours
  transport = dovecot

begin transports

dovecot:
  driver = lmtp
  socket = {folder}/lmtp
  user = {name}
  batch_max = 100

begin retry

* * F,1h,2s

begin authenticators

plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if eq{{$auth3}}{{{PASSWORD}}}}}
  server_set_id = $auth2

login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = <| Username: | Password:
  server_condition = ${{if eq{{$auth2}}{{{PASSWORD}}}}}
  server_set_id = $auth1
"
    ))
}

/// The names behind the numbers: both programs want names in their configuration.
fn names(user: User) -> Result<(String, String), Error> {
    let name = |file: &str, id: u32| {
        let lines = std::fs::read_to_string(file).ok()?;
        let line = lines.lines().find(|line| line.split(':').nth(2) == Some(&id.to_string()))?;
        Some(line.split(':').next()?.to_string())
    };
    let missing =
        || Error::Missing { program: "the name of the servers' user or group".into(), package: "base-passwd" };
    let user_name = name("/etc/passwd", user.uid).ok_or_else(missing)?;
    let group_name = name("/etc/group", user.gid).ok_or_else(missing)?;
    Ok((user_name, group_name))
}
