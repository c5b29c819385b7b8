"""The parts of the channel put together, for either transport."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp
from structlog.typing import FilteringBoundLogger

from service.channels.slack.desk import Desk, Service
from service.channels.slack.handlers import slack_app
from service.channels.work import Workers
from service.keeping import Keeping
from service.model import Answer
from service.settings import Settings


def slack_channel(
    settings: Settings,
    workers: Workers,
    keeping: Keeping,
    answered: Callable[[Answer], None],
    log: FilteringBoundLogger,
) -> tuple[Desk, AsyncApp]:
    """What answers, and Bolt's application in front of it. The settings have a bot token and a public URL, which
    `settings.check_slack` sees to.

    answered  told of every answer, in a worker's thread.
    """
    token = settings.slack_bot_token
    desk = Desk(
        Service(
            workers=workers,
            keeping=keeping,
            log=log,
            answered=answered,
            patiently=settings.answerer == "generative",
            log_questions=settings.log_questions,
            base=(settings.public_url or "").rstrip("/"),
            secret=(token.get_secret_value() if token else "").encode(),
        )
    )
    return desk, slack_app(settings, desk, log)
