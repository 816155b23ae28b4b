"""Mail out: words from templates, envelope copies, SMTP."""
