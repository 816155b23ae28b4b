"""Configuration of the private Dovecot and Postfix. `$name` is filled in by string.Template.

Dovecot lets every name in with the one password, so a new user needs no reload; whom mail reaches, Postfix's maps say.
"""

DOVECOT = """
protocols = imap lmtp submission
listen = 127.0.0.1
base_dir = $folder/run
state_dir = $folder/run
log_path = $folder/log/dovecot.log
ssl = yes
ssl_cert = <$cert_file
ssl_key = <$key_file
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 0
mail_location = maildir:$folder/mail/%u:UTF-8
mail_max_userip_connections = 200
hostname = hub.demo.local
imap_id_send = name * version *
submission_relay_host = 127.0.0.1
submission_relay_port = $smtp_port
submission_relay_trusted = yes
passdb {
  driver = static
  args = password=$password
}
userdb {
  driver = static
  args = uid=mail gid=mail home=$folder/mail/%u
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox 垃圾邮件 {
    special_use = \\Junk
    auto = subscribe
  }
  mailbox 已发送 {
    special_use = \\Sent
    auto = subscribe
  }
}
service imap-login {
  chroot =
  inet_listener imap {
    port = $imap_port
  }
  inet_listener imaps {
    port = $tls_port
    ssl = yes
  }
}
service submission-login {
  chroot =
  inet_listener submission {
    port = $submission_port
  }
  inet_listener submissions {
    port = $submission_tls_port
    ssl = yes
  }
}
service lmtp {
  inet_listener lmtp {
    port = $lmtp_port
  }
}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
"""

POSTFIX_MAIN = """
compatibility_level = 3.6
queue_directory = $folder/postfix/queue
data_directory = $folder/postfix/data
maillog_file = $folder/log/postfix.log
maillog_file_prefixes = $folder
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = hub.demo.local
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = hash:$folder/postfix/domains
virtual_mailbox_maps = hash:$folder/postfix/mailboxes
virtual_transport = lmtp:inet:127.0.0.1:$lmtp_port
smtpd_recipient_restrictions = reject_unauth_destination, reject_unlisted_recipient
smtpd_client_connection_count_limit = 0
default_transport = error:no outbound mail
message_size_limit = 52428800
"""

POSTFIX_MASTER = """
127.0.0.1:$smtp_port inet n - n - - smtpd
pickup unix n - n 60 1 pickup
qmgr unix n - n 300 1 qmgr
flush unix n - n - 0 flush
cleanup unix n - n - 0 cleanup
showq unix n - n - - showq
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
tlsmgr unix - - n - 1 tlsmgr
verify unix - - n - 1 verify
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
rewrite unix - - n - - trivial-rewrite
proxymap unix - - n - - proxymap
smtp unix - - n - - smtp
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
postlog unix-dgram n - n - 1 postlogd
"""
