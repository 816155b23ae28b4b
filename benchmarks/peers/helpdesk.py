"""django-helpdesk's `get_email` over IMAP: one queue on SQLite, its own templates, notices to the sink."""

import sqlite3

from benchmarks.mailbox import BOT, DIRECTOR
from benchmarks.peers.peer import Place, environment, run

VERSION = "django-helpdesk==2.6.1"
DJANGO = "django==5.2.19"
_SETTINGS = """
SECRET_KEY = "benchmark"
DEBUG = False
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
SITE_ID = 1
ROOT_URLCONF = "urls"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
INSTALLED_APPS = ["django.contrib." + name for name in (
    "auth", "contenttypes", "sessions", "sites", "admin", "messages", "staticfiles", "humanize"
)] + ["rest_framework", "helpdesk"]
MIDDLEWARE = ["django.contrib." + name for name in (
    "sessions.middleware.SessionMiddleware", "auth.middleware.AuthenticationMiddleware",
    "messages.middleware.MessageMiddleware",
)]
CONTEXT = [f"django.{{name}}" for name in (
    "template.context_processors.request", "contrib.auth.context_processors.auth",
    "contrib.messages.context_processors.messages",
)]
TEMPLATES = [{{
    "BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True,
    "OPTIONS": {{"context_processors": CONTEXT}},
}}]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": "helpdesk.db"}}}}
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", {smtp_port}
DEFAULT_FROM_EMAIL = "{bot}"
STATIC_URL, MEDIA_ROOT, MEDIA_URL = "/static/", "media", "/media/"
HELPDESK_TEAMS_MODE_ENABLED = False
HELPDESK_TEAMS_MODEL = "auth.Group"
HELPDESK_TEAMS_MIGRATION_DEPENDENCIES = []
HELPDESK_KBITEM_TEAM_GETTER = lambda _: None
"""
_URLS = """
from django.urls import include, path
urlpatterns = [path("helpdesk/", include("helpdesk.urls", namespace="helpdesk"))]
"""
_QUEUE = """
import django
django.setup()
from helpdesk.models import Queue
Queue.objects.create(
    title="support", slug="support", email_address="{bot}", allow_email_submission=True, new_ticket_cc="{director}",
    updated_ticket_cc="{director}", email_box_type="imap", email_box_host="127.0.0.1", email_box_port={imap_port},
    email_box_ssl=False, email_box_user="{user}", email_box_pass="{password}", email_box_imap_folder="INBOX",
    email_box_interval=0, enable_notifications_on_email_events=True,
)
"""
_MANAGE = "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"


class Helpdesk:
    """One project with one queue."""

    name = VERSION

    def __init__(self, place: Place) -> None:
        self._place = place
        self._python = str(environment("helpdesk", [VERSION, DJANGO]) / "python")
        self._more = {"DJANGO_SETTINGS_MODULE": "settings", "PYTHONPATH": str(place.folder)}
        values = {
            "smtp_port": place.smtp_port, "imap_port": place.imap_port, "bot": BOT, "director": DIRECTOR[1],
            "user": place.user, "password": place.password,
        }  # fmt: skip
        (place.folder / "settings.py").write_text(_SETTINGS.format(**values))
        (place.folder / "urls.py").write_text(_URLS)
        (place.folder / "manage.py").write_text(_MANAGE)
        (place.folder / "queue_.py").write_text(_QUEUE.format(**values))
        self._manage("migrate")
        self._manage("loaddata", "emailtemplate.json")
        run([self._python, "queue_.py"], place.folder, self._more)

    def read(self) -> float:
        """Read the mailbox once; seconds of CPU."""
        return self._manage("get_email")

    def tickets(self) -> int:
        """How many tickets there are."""
        with sqlite3.connect(self._place.folder / "helpdesk.db") as connection:
            return int(connection.execute("SELECT count(*) FROM helpdesk_ticket").fetchone()[0])

    def _manage(self, *words: str) -> float:
        return run([self._python, "manage.py", *words], self._place.folder, self._more)
