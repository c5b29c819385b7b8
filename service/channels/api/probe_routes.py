"""For those who run the service: is it alive, is it ready, what does it count."""

from __future__ import annotations

from fastapi import APIRouter, Response

from service.channels.api.catalogue_bodies import Live, Ready
from service.channels.problems import documented
from service.errors import NotReadyError
from service.live import LiveIndex
from service.metrics import MEDIA_TYPE as EXPOSITION
from service.metrics import Metrics


def probe_routes(live: LiveIndex, metrics: Metrics) -> APIRouter:
    router = APIRouter(tags=["operation"])

    @router.get("/healthz", operation_id="health", summary="The process is alive", responses=documented(500))
    async def health() -> Live:
        return Live()

    @router.get(
        "/readyz",
        operation_id="ready",
        summary="The next question will be quick",
        responses=documented(500, 503),
    )
    async def ready() -> Ready:
        """Index and model are open and warm; else 503, whose detail says what is missing."""
        state = live.readiness()
        if not state.ready:
            raise NotReadyError(state.detail)
        with live.lease() as opened:
            return Ready(
                status="degraded" if state.degraded else "ready",
                detail=state.detail,
                generation=opened.generation,
                created=opened.created,
                embedding_model=opened.embedding_model,
                counts=dict(opened.counts),
                skipped=opened.skipped,
            )

    @router.get(
        "/metrics",
        operation_id="metrics",
        summary="Figures for Prometheus",
        response_class=Response,
        responses={
            200: {"description": "Text exposition.", "content": {"text/plain": {"schema": {"type": "string"}}}},
            **documented(500),
        },
    )
    async def figures() -> Response:
        try:
            with live.lease() as opened:
                generation = opened.generation
        except NotReadyError:
            generation = None
        return Response(metrics.exposition(generation), media_type=EXPOSITION)

    return router
