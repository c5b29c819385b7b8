"""The HTTP service: channels put together, and what is the same for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from importlib.metadata import version

from asgi_correlation_id import CorrelationIdMiddleware
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from structlog.typing import FilteringBoundLogger

from indexer.errors import CitewiseError
from service.answers.choice import GENERATIVE
from service.channels.api.bodies import AnswerBody
from service.channels.api.catalogue_routes import paragraph_routes, rating_routes, report_routes
from service.channels.api.feedback_routes import feedback_routes
from service.channels.api.probe_routes import probe_routes
from service.channels.api.routes import ask_routes, search_routes
from service.channels.pages.rating_routes import rating_page_routes
from service.channels.pages.reading_routes import reading_routes
from service.channels.pages.render import Pages
from service.channels.pages.routes import asking_routes, fixed_routes, start_routes
from service.channels.problems import Problem, describe, problem_response
from service.channels.widget.module import load_module
from service.channels.widget.routes import PATH as WIDGET_PATH
from service.channels.widget.routes import widget_routes
from service.channels.work import Workers
from service.keeping import Keeping
from service.live import LiveIndex
from service.metrics import Metrics
from service.middleware import BodyLimit, ListedOrigins, Recorder, SecureHeaders
from service.model import Answer
from service.settings import Settings
from service.store import open_store

_DESCRIPTION = (
    "Answers questions about published inspection reports. Every claim is cited to the paragraph that says it: "
    "`text[start:end] == quote`, in Unicode code points. Errors are `application/problem+json` (RFC 9457)."
)

# How long answers to Slack, whose requests have ended long since, may still take when the service stops.
_SLACK_GRACE_SECONDS = 20


def create_app(
    settings: Settings, live: LiveIndex, log: FilteringBoundLogger, metrics: Metrics | None = None
) -> FastAPI:
    """The application around an index that whoever calls this starts and closes."""
    metrics = metrics or Metrics()
    workers = Workers(live, threads=settings.threads, patient=2 * settings.model_calls)
    keeping = Keeping(lambda: open_store(settings.store_address), log, days=settings.keep_days)
    pages = Pages()
    widget = load_module()
    answered = told_of_answers(settings, keeping, metrics)
    slack = None
    if settings.slack_signing_secret is not None:  # Slack's libraries are loaded for nobody else
        from service.channels.slack.wiring import slack_channel

        slack = slack_channel(settings, workers, keeping, answered, log)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        keeping.start()
        yield
        if slack is not None:
            await slack[0].finish(_SLACK_GRACE_SECONDS)
        workers.close()
        keeping.close()

    app = FastAPI(
        title="Citewise",
        version=version("citewise"),
        description=_DESCRIPTION,
        docs_url=None,  # Swagger's page loads scripts from elsewhere; /docs is a page of our own
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan,
        middleware=_middleware(settings, log, metrics),
    )
    app.include_router(
        ask_routes(workers, answered, log, log_questions=settings.log_questions, usual=settings.answerer)
    )
    app.include_router(search_routes(workers))
    app.include_router(report_routes(workers))
    app.include_router(paragraph_routes(workers))
    app.include_router(rating_routes(workers))
    app.include_router(feedback_routes(keeping))
    app.include_router(probe_routes(live, metrics))
    app.openapi = _openapi(app)  # type: ignore[method-assign]
    app.include_router(start_routes(pages, workers, widget=(WIDGET_PATH, widget.integrity)))
    app.include_router(fixed_routes(pages, app.openapi))
    app.include_router(widget_routes(widget))
    app.include_router(reading_routes(pages, workers))
    app.include_router(rating_page_routes(pages, workers, settings.public_url))
    app.include_router(asking_routes(pages, workers, answered, patiently=settings.answerer == GENERATIVE))
    if slack is not None:
        from service.channels.slack.routes import slack_routes

        app.include_router(slack_routes(slack[1]))
    _handle_errors(app, pages)
    return app


def _middleware(settings: Settings, log: FilteringBoundLogger, metrics: Metrics) -> list[Middleware]:
    """The outermost first."""
    return [
        Middleware(CorrelationIdMiddleware, validator=_fit_request_id),
        Middleware(SecureHeaders),
        *([Middleware(ListedOrigins, origins=settings.origins)] if settings.origins else []),
        Middleware(Recorder, log=log, metrics=metrics),
        Middleware(BodyLimit, limit=settings.request_body_limit),
    ]


def told_of_answers(settings: Settings, keeping: Keeping, metrics: Metrics) -> Callable[[Answer], None]:
    """What every channel tells of each answer: counts it, and keeps it where answers are kept. For any thread."""

    def answered(answer: Answer) -> None:
        metrics.answered(answer)
        if settings.keep_answers:
            keeping.answered(answer.id, AnswerBody.of(answer).model_dump_json())

    return answered


def _handle_errors(app: FastAPI, pages: Pages) -> None:
    async def handle(request: Request, fault: Exception) -> Response:
        problem, headers = describe(fault)
        if pages.wanted(request):
            return pages.problem(problem, headers)
        return problem_response(problem, headers)

    for kind in (HTTPException, RequestValidationError, CitewiseError):
        app.add_exception_handler(kind, handle)


def _openapi(app: FastAPI) -> Callable[[], dict[str, object]]:
    """FastAPI's document with the problem document's schema in place of its own error schemas."""

    def document() -> dict[str, object]:
        if not app.openapi_schema:
            made = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            schemas = made["components"]["schemas"]
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            whole = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(whole.pop("$defs"))
            schemas["Problem"] = whole
            app.openapi_schema = made
        return app.openapi_schema

    return document


def _fit_request_id(stated: str) -> bool:
    return len(stated) <= 64 and stated.isascii() and stated.replace("-", "").replace("_", "").isalnum()
