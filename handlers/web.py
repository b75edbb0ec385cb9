"""The pages beside the webhook that need no account: photos, privacy notice, mailed links, health. No clock here."""

import structlog
from flask import Flask, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from handlers.charts import charts_blueprint
from handlers.data_copies import copies_blueprint
from handlers.front_door import LARGEST_BODY
from handlers.media import media_blueprint
from handlers.notice import notice_blueprint
from handlers.office_page import office_blueprint
from storage.files import Store
from storage.session import Database

log = structlog.get_logger()


def create_pages(settings: Settings, database: Database, store: Store) -> Flask:
    """All that is not the webhook."""
    app = Flask("fasttrack", static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY
    app.register_blueprint(media_blueprint(database, store, settings))
    app.register_blueprint(charts_blueprint(database, settings))
    app.register_blueprint(notice_blueprint())
    app.register_blueprint(copies_blueprint(database, store, settings))
    app.register_blueprint(office_blueprint(database, store, settings))

    @app.get("/healthz")
    def tell_alive() -> Response:
        return Response("ok\n", mimetype="text/plain")

    @app.get("/readyz")
    def tell_ready() -> Response:
        try:
            database.check_writable()
        except SQLAlchemyError as error:
            log.error("not ready", error=type(error).__name__)
            return Response("the database cannot be written\n", status=503, mimetype="text/plain")
        return Response("ready\n", mimetype="text/plain")

    @app.get("/metrics")
    def tell_metrics() -> Response:
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    return app
