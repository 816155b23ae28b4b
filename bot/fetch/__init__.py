"""Mail in: one IMAP connection per account, which mails are new; raw bytes and envelope out, nothing else."""
